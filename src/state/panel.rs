//! The driver of a panel. It follows the query, sends the request, hands the response to [`RequestState`], and sends the next request when
//! it is due.

use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use super::refresh::{Refresh, RequestOutcome, TIMEOUT, is_in_transition};
use super::request_state::{Event, Loaded, RequestState};
use super::sweep::{self, Rest, Scope, Sweep};
use crate::api::decode::{decode, decode_after};
use crate::api::error::{ApiError, ErrorKind};
use crate::api::fetch::{self, EarlyRequest, Transport};
use crate::api::request::{Request, request};
use crate::domain::page::TaskPage;
use crate::domain::query::{Intent, Query};
use crate::domain::time::{Clock, EpochMs};

/// Whether the wasm instance has panicked. What still runs in it then must do nothing.
static HALTED: AtomicBool = AtomicBool::new(false);

/// Lets no panel of this wasm instance send a request or take in a response any more, because the instance has panicked.
pub fn halt() {
    HALTED.store(true, Ordering::Relaxed);
}

/// Whether this wasm instance has panicked, see [`halt`].
#[must_use]
pub fn is_halted() -> bool {
    HALTED.load(Ordering::Relaxed)
}

/// What a panel starts with.
#[derive(Clone, Debug)]
pub struct Start {
    /// Where OCP is, empty for the page's own origin.
    pub base_url: String,
    /// The first request.
    pub query: Query,
    /// The language of OCP's messages, an HTTP language tag.
    pub language: String,
    /// How requests are sent.
    pub transport: Transport,
    /// Of which tasks it speaks.
    pub scope: Scope,
    /// Seconds between a response and the next request; 0 for never.
    pub refresh_seconds: u32,
    /// The clock that all of the panel uses.
    pub clock: Clock,
    /// The first request, if JavaScript has sent it already.
    pub early: Option<EarlyRequest>,
}

/// A panel's state: signals that live as long as the owner that made them. Copies are handles to the same state.
#[derive(Clone, Copy)]
pub struct Panel {
    /// What the panel shows: cluster, range and page. Only [`Panel::apply_all`] writes it. (Leptos' separate read and write signals would make that a rule of the
    /// compiler, but cost half a kilobyte of download for each signal.)
    pub query: RwSignal<Query>,
    state: RwSignal<RequestState>,
    /// The time of the last tick. Whatever shows an age or a countdown tracks it.
    pub now: RwSignal<EpochMs>,
    /// The clock that all of the panel uses.
    pub clock: Clock,
    requester: StoredValue<Rc<RefCell<Requester>>, LocalStorage>,
    /// A counter that makes the driver ask the same request again. It has the type of `now`, because each further type of signal is
    /// a kilobyte of code.
    repeats: RwSignal<EpochMs>,
}

/// How and when the panel asks. It is one struct, because each further type of stored value is more code.
struct Requester {
    base_url: String,
    language: String,
    transport: Transport,
    /// When to ask again. Whoever shows it tracks [`Panel::now`].
    refresh: Refresh,
    /// Reads all tasks in the background.
    sweep: Sweep,
    /// When [`Panel::time`] last read the clock.
    last_read: EpochMs,
    early: Option<EarlyRequest>,
    /// Whether the panel is out of the page, and whether a request was wanted or cut off since.
    is_resting: bool,
    is_behind: bool,
}

impl Panel {
    /// Starts a panel under the current owner. The first request leaves at once.
    #[must_use]
    pub fn start(start: Start) -> Self {
        let Start { base_url, query, language, transport, scope, refresh_seconds, clock, early } = start;
        let at = (clock.now)();
        let (query, state, now) = (RwSignal::new(query), RwSignal::new(RequestState::default()), RwSignal::new(at));
        let requester = Requester {
            base_url,
            language,
            transport,
            refresh: Refresh::new(refresh_seconds, at),
            sweep: Sweep::default(),
            last_read: at,
            early,
            is_resting: false,
            is_behind: false,
        };
        let requester = StoredValue::new_local(Rc::new(RefCell::new(requester)));
        let panel = Self { query, state, now, clock, requester, repeats: RwSignal::new(0) };
        panel.apply_scope(scope);
        // Not a `LocalResource`: it awaits the old response before it looks at the new request, and would paint the old response.
        // When this effect runs again, the future that `send` spawned is cancelled, and that aborts its request.
        StoredValue::new_local(RenderEffect::new(move |_| panel.send()));
        panel
    }

    /// Changes the query, which sends a request, unless the whole list is on hand and only the page changes. If the query stays the same but
    /// has no response, because its request failed, it is sent again.
    pub fn apply(&self, intent: Intent) {
        self.apply_all(vec![intent]);
    }

    /// Applies several intents in their order, with one request.
    pub fn apply_all(&self, intents: Vec<Intent>) {
        if intents.is_empty() {
            return;
        }
        let mut next = self.query.get_untracked();
        for intent in intents {
            next.apply(intent);
        }
        if next != self.query.get_untracked() {
            let is_on_hand = self.scope() == Scope::All
                && self.with_state_untracked(|state| {
                    state.is_current() && state.data.as_ref().is_some_and(|data| data.is_list() && data.answers(&next))
                });
            self.update_requester(|requester, now| {
                if is_on_hand {
                    requester.refresh.input(now);
                } else {
                    requester.refresh.requested(now);
                }
            });
            self.query.set(next);
            if !is_on_hand {
                self.repeat();
            }
        } else if self.with_state_untracked(|state| !state.is_current() && !state.is_loading()) {
            self.refresh();
        }
    }

    /// Reads what is known, and tracks it.
    ///
    /// It uses a guard, because the code of `RwSignal::with` is compiled for each closure.
    pub fn with_state<T>(&self, read: impl FnOnce(&RequestState) -> T) -> T {
        read(&self.state.read())
    }

    /// Reads what is known, without tracking it.
    pub fn with_state_untracked<T>(&self, read: impl FnOnce(&RequestState) -> T) -> T {
        read(&self.state.read_untracked())
    }

    /// Asks the same request again, because the user or the embedder wants it.
    pub fn refresh(&self) {
        self.update_requester(|requester, now| {
            requester.refresh.requested(now);
            requester.sweep.demand();
        });
        self.repeat();
    }

    /// Sets of which tasks the panel speaks, and asks again.
    pub fn set_scope(&self, scope: Scope) {
        if self.scope() != scope {
            self.apply_scope(scope);
            self.refresh();
        }
    }

    /// Of which tasks the panel speaks.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.with_requester(|requester| requester.sweep.scope())
    }

    fn apply_scope(&self, scope: Scope) {
        self.update_requester(|requester, _| requester.sweep.set_scope(scope));
        self.state.update(|state| state.settle(Event::Scoped(scope)));
    }

    fn repeat(&self) {
        self.update_requester(|requester, _| requester.is_behind = true);
        self.repeats.update(|count| *count += 1);
    }

    /// Rests while the panel is out of the page: what is under way ends, and nothing is asked. Once it is back, it asks for what was cut off,
    /// wanted meanwhile or is due.
    pub fn rest(&self, is_resting: bool) {
        self.update_requester(|requester, _| requester.is_resting = is_resting);
        let is_busy = |state: &RequestState| state.is_loading() || matches!(state.rest, Rest::Reading(_));
        let is_behind = self.with_requester(|requester| requester.is_behind);
        if is_resting {
            let is_busy = self.with_state_untracked(is_busy);
            self.repeat();
            self.update_requester(|requester, _| requester.is_behind = is_busy);
        } else if is_behind {
            self.repeat();
        } else {
            self.tick();
        }
    }

    /// Points the panel at another server, and forgets what the old one told.
    pub fn set_base_url(&self, base_url: String) {
        if self.with_requester(|requester| requester.base_url != base_url) {
            self.state.update(|state| state.settle(Event::Forget));
            self.update_requester(|requester, now| {
                requester.refresh.requested(now);
                requester.sweep.forget();
                requester.base_url = base_url;
            });
            self.repeat();
        }
    }

    /// Sets the language of OCP's own messages, from the next request on.
    pub fn set_language(&self, language: String) {
        self.update_requester(|requester, _| requester.language = language);
    }

    /// Sets how requests are sent, from the next one on.
    pub fn set_transport(&self, transport: Transport) {
        self.update_requester(|requester, _| requester.transport = transport);
    }

    fn with_requester<T>(&self, read: impl FnOnce(&Requester) -> T) -> T {
        read(&self.requester.get_value().borrow())
    }

    fn update_requester<T>(&self, change: impl FnOnce(&mut Requester, EpochMs) -> T) -> T {
        let now = self.time();
        change(&mut self.requester.get_value().borrow_mut(), now)
    }

    /// Reads the clock. If the clock was set back since the last reading, all ages and deadlines are moved back by as much, because they
    /// were measured by it.
    fn time(&self) -> EpochMs {
        let now = (self.clock.now)();
        let requester = self.requester.get_value();
        let set_by = now - std::mem::replace(&mut requester.borrow_mut().last_read, now);
        if set_by < 0 {
            requester.borrow_mut().refresh.clock_set(set_by);
            requester.borrow_mut().sweep.clock_set(set_by);
            self.state.update(|state| state.settle(Event::ClockSet(set_by)));
            self.now.set(now);
        }
        now
    }

    /// Where OCP is, empty for the page's own origin.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.with_requester(|requester| requester.base_url.clone())
    }

    /// Reads the refresh machine.
    pub fn with_refresh<T>(&self, read: impl FnOnce(&Refresh) -> T) -> T {
        self.with_requester(|requester| read(&requester.refresh))
    }

    /// Changes the refresh machine, then does what is due and updates what the screen shows of it.
    pub fn update_refresh(&self, change: impl FnOnce(&mut Refresh, EpochMs)) {
        self.note(change);
        self.tick();
    }

    /// Changes the refresh machine, and leaves what is due to the next [`Panel::tick`].
    pub fn note(&self, change: impl FnOnce(&mut Refresh, EpochMs)) {
        self.update_requester(|requester, now| change(&mut requester.refresh, now));
    }

    /// Notes that the user has looked at the journal. Does nothing in a panel that is about to end.
    pub fn mark_journal_read(&self) {
        _ = self.state.try_update(|state| state.settle(Event::JournalRead));
    }

    /// Notes that the user has touched a key, the pointer or the wheel.
    pub fn input(&self) {
        self.update_requester(|requester, now| requester.refresh.input(now));
    }

    /// Does what is due. It is called about once a second while the page is shown or the panel is unattended. A call that is late or left
    /// out does no harm.
    pub fn tick(&self) {
        if is_halted() {
            return;
        }
        let now = self.time();
        self.now.set(now);
        if let Some(waiting) = self.with_state_untracked(|state| state.waiting(now)) {
            if waiting >= TIMEOUT {
                // The timeout is shown, but the request stays open until the next one: a late response is better than none.
                let id = self.with_state_untracked(RequestState::id);
                let result = Err(ApiError::without_answer(ErrorKind::Timeout));
                self.finish(Event::Ended { id, result, at: now });
            }
        } else if self.update_requester(|requester, now| requester.refresh.take_due(now)).is_some() {
            self.repeat();
        }
    }

    fn send(self) {
        self.repeats.track();
        if self.with_requester(|requester| requester.is_resting) {
            return;
        }
        self.update_requester(|requester, _| requester.is_behind = false);
        let query = self.query.get_untracked();
        let query = self.update_requester(|requester, _| requester.sweep.request(&query));
        let at = self.time();
        let (request, language, transport) = self.build_request(&query, at);
        let early = self.update_requester(|requester, _| requester.early.take());
        let early =
            early.filter(|early| request.as_ref().is_ok_and(|request| early.matches(request, &language, &transport)));
        let sent = early.as_ref().map_or(at, EarlyRequest::sent_at);
        self.state.update(|state| state.settle(Event::Sent(query.clone(), sent)));
        let id = self.with_state_untracked(RequestState::id);
        spawn_local_scoped_with_cancellation(async move {
            let result = match (&early, request) {
                (Some(early), _) => fetch::take(early).await,
                (None, Ok(request)) => fetch::get(request, &language, &transport).await,
                (None, Err(error)) => Err(error),
            };
            let last = self.with_state_untracked(|state| state.data.clone());
            let result = result.and_then(|reply| decode_after(&reply, last.as_ref().map(|last| &*last.page)));
            let now = self.time();
            if let Ok(page) = &result {
                self.update_requester(|requester, now| requester.sweep.answered(&query, page, now));
            }
            let is_answered = result.is_ok();
            self.finish(Event::Ended { id, result, at: early.map_or(now, |early| early.received_at(now)) });
            if is_answered {
                self.read_rest().await;
            }
        });
    }

    /// Reads the tasks that are not on hand, one request after another. The next request for the page at hand cancels it, and goes on with
    /// it afterwards: this future belongs to the effect that sends.
    async fn read_rest(self) {
        while let Some((query, wait)) = self.update_requester(|requester, now| requester.sweep.next(now)) {
            if wait > 0 {
                TimeoutFuture::new(u32::try_from(wait).unwrap_or_default()).await;
            }
            let page = self.fetch_once(query).await;
            if is_halted() {
                return;
            }
            let now = self.time();
            if let Err(error) = &page
                && error.kind == ErrorKind::NotSignedIn
            {
                // The session is over, whichever request shows it.
                let id = self.with_state_untracked(RequestState::id);
                return self.finish(Event::Ended { id, result: Err(error.clone()), at: now });
            }
            let hold = page.as_ref().err().and_then(|error| error.retry_after);
            let (rest, read) = self.update_requester(|requester, now| {
                if let Some(hold) = hold {
                    requester.refresh.hold(now + i64::from(hold) * 1000);
                }
                requester.sweep.settle(page, now)
            });
            self.state.update(|state| {
                state.settle(Event::Rest(rest));
                if let Some(read) = read {
                    state.settle(Event::Read(read));
                }
            });
        }
    }

    /// Whether `data` is older than it should be: a list that takes several requests is read less often than a page.
    #[must_use]
    pub fn is_old(&self, data: &Loaded, now: EpochMs) -> bool {
        let age = data.age(now);
        match data.whole {
            Some(whole) if whole.requests > 1 => age > 2 * sweep::EVERY,
            _ => self.with_refresh(|refresh| refresh.is_old(age)),
        }
    }

    /// Sends one request for `query`, and waits at most [`TIMEOUT`] for its response.
    async fn fetch_once(self, query: Query) -> Result<TaskPage, ApiError> {
        let (request, language, transport) = self.build_request(&query, (self.clock.now)());
        let response = pin!(fetch::get(request?, &language, &transport));
        match select(response, TimeoutFuture::new(u32::try_from(TIMEOUT).unwrap_or(u32::MAX))).await {
            Either::Left((response, _)) => decode(&response?),
            Either::Right(_) => Err(ApiError::without_answer(ErrorKind::Timeout)),
        }
    }

    /// The request for `query` at the time `at`, with the language and the transport to send it by.
    fn build_request(&self, query: &Query, at: EpochMs) -> (Result<Request, ApiError>, String, Transport) {
        self.with_requester(|requester| {
            let request = request(&requester.base_url, query, at, self.clock.offset_minutes);
            (request, requester.language.clone(), requester.transport.clone())
        })
    }

    /// Hands the response to [`RequestState`] and plans the next request.
    fn finish(self, ended: Event) {
        if is_halted() {
            return;
        }
        let now = self.time();
        self.state.update(|state| state.settle(ended));
        if self.with_state_untracked(|state| state.problem.as_ref().is_some_and(|it| it.kind == ErrorKind::NotSignedIn))
        {
            // The next user may see another list.
            self.update_requester(|requester, _| requester.sweep.forget());
        }
        self.with_state_untracked(|state| {
            let in_transition = |data: &Loaded| data.page.tasks.iter().any(|task| is_in_transition(task.status.kind));
            let outcome = match &state.problem {
                Some(problem) => RequestOutcome::Failed(problem),
                None => RequestOutcome::Succeeded { in_transition: state.data.as_ref().is_some_and(in_transition) },
            };
            let range = self.query.read_untracked().range;
            let requester = self.requester.get_value();
            requester.borrow_mut().refresh.ended(outcome, range, now, (self.clock.random)());
        });
        self.now.set(now);
    }
}
