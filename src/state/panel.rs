//! The driver of a panel. It follows the query, sends the request, hands the answer to [`Load`], and asks again when the next request
//! is due.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use super::load::{Event, Load};
use super::refresh::{Outcome, Refresh, TIMEOUT, is_moving};
use crate::api::decode::{decode, decode_after};
use crate::api::error::{ApiError, ErrorKind};
use crate::api::fetch::{self, Early, Transport};
use crate::api::request::{Request, request};
use crate::domain::page::TaskPage;
use crate::domain::query::{Intent, Query};
use crate::domain::time::{Clock, EpochMs};

/// What a panel starts with.
#[derive(Clone, Debug)]
pub struct Start {
    /// Where OCP is, empty for the page's own origin.
    pub base_url: String,
    /// The first question.
    pub query: Query,
    /// The language of OCP's messages, an HTTP language tag.
    pub language: String,
    /// How requests are sent.
    pub transport: Transport,
    /// Seconds between an answer and the next question; 0 for never.
    pub refresh_seconds: u32,
    /// The clock that all of the panel uses.
    pub clock: Clock,
    /// The first request, if JavaScript has sent it already.
    pub early: Option<Early>,
}

/// A panel's state: signals that live as long as the owner that made them. Copies are handles to the same state.
#[derive(Clone, Copy)]
pub struct Panel {
    /// The current question. Only [`Panel::apply_all`] writes it. (Leptos' separate read and write signals would make that a rule of the
    /// compiler, but cost half a kilobyte of download for each signal.)
    pub query: RwSignal<Query>,
    load: RwSignal<Load>,
    /// The time of the last tick. Whatever shows an age or a countdown tracks it.
    pub now: RwSignal<EpochMs>,
    /// The clock that all of the panel uses.
    pub clock: Clock,
    asking: StoredValue<Rc<RefCell<Asking>>, LocalStorage>,
    /// A counter that makes the driver ask the same question again. It has the type of `now`, because each further type of signal is
    /// a kilobyte of code.
    repeats: RwSignal<EpochMs>,
}

/// How and when the panel asks. It is one struct, because each further type of stored value is more code.
struct Asking {
    base_url: String,
    language: String,
    transport: Transport,
    /// When to ask again. Whoever shows it tracks [`Panel::now`].
    refresh: Refresh,
    /// When [`Panel::time`] last read the clock.
    looked: EpochMs,
    early: Option<Early>,
}

impl Panel {
    /// Starts a panel under the current owner. The first request leaves at once.
    #[must_use]
    pub fn start(start: Start) -> Self {
        let Start { base_url, query, language, transport, refresh_seconds, clock, early } = start;
        let at = (clock.now)();
        let (query, load, now) = (RwSignal::new(query), RwSignal::new(Load::default()), RwSignal::new(at));
        let asking =
            Asking { base_url, language, transport, refresh: Refresh::new(refresh_seconds, at), looked: at, early };
        let asking = StoredValue::new_local(Rc::new(RefCell::new(asking)));
        let panel = Self { query, load, now, clock, asking, repeats: RwSignal::new(0) };
        // Not a `LocalResource`: it awaits the old answer before it looks at the new question, and would paint the old answer.
        // When this effect runs again, the future that `ask` spawned is cancelled, and that aborts its request.
        StoredValue::new_local(RenderEffect::new(move |_| panel.ask()));
        panel
    }

    /// Changes the query, which sends a request. If the query stays the same but has no answer, because its request failed, it is sent
    /// again.
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
            self.update_asking(|asking, now| asking.refresh.asked(now));
            self.query.set(next);
        } else if self.with_load_untracked(|load| !load.is_current() && !load.is_loading()) {
            self.refresh();
        }
    }

    /// Reads what is known, and tracks it.
    ///
    /// It uses a guard, because the code of `RwSignal::with` is compiled for each closure.
    pub fn with_load<T>(&self, read: impl FnOnce(&Load) -> T) -> T {
        read(&self.load.read())
    }

    /// Reads what is known, without tracking it.
    pub fn with_load_untracked<T>(&self, read: impl FnOnce(&Load) -> T) -> T {
        read(&self.load.read_untracked())
    }

    /// Asks the same question again, because the user or the embedder wants it.
    pub fn refresh(&self) {
        self.update_asking(|asking, now| asking.refresh.asked(now));
        self.repeat();
    }

    fn repeat(&self) {
        self.repeats.update(|count| *count += 1);
    }

    /// Points the panel at another server, and forgets what the old one told.
    pub fn move_to(&self, base_url: String) {
        if self.with_asking(|asking| asking.base_url != base_url) {
            self.load.update(|load| load.settle(Event::Forget));
            self.update_asking(|asking, now| {
                asking.refresh.asked(now);
                asking.base_url = base_url;
            });
            self.repeat();
        }
    }

    /// Sets the language of OCP's own messages, from the next request on.
    pub fn speak(&self, language: String) {
        self.update_asking(|asking, _| asking.language = language);
    }

    /// Sets how requests are sent, from the next one on.
    pub fn send_by(&self, transport: Transport) {
        self.update_asking(|asking, _| asking.transport = transport);
    }

    fn with_asking<T>(&self, read: impl FnOnce(&Asking) -> T) -> T {
        read(&self.asking.get_value().borrow())
    }

    fn update_asking<T>(&self, change: impl FnOnce(&mut Asking, EpochMs) -> T) -> T {
        let now = self.time();
        change(&mut self.asking.get_value().borrow_mut(), now)
    }

    /// Reads the clock. If the clock was set back since the last reading, all ages and deadlines are moved back by as much, because they
    /// were measured by it.
    fn time(&self) -> EpochMs {
        let now = (self.clock.now)();
        let asking = self.asking.get_value();
        let set_by = now - std::mem::replace(&mut asking.borrow_mut().looked, now);
        if set_by < 0 {
            asking.borrow_mut().refresh.clock_set(set_by);
            self.load.update(|load| load.settle(Event::ClockSet(set_by)));
            self.now.set(now);
        }
        now
    }

    /// Where OCP is, empty for the page's own origin.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.with_asking(|asking| asking.base_url.clone())
    }

    /// Reads the refresh machine.
    pub fn with_refresh<T>(&self, read: impl FnOnce(&Refresh) -> T) -> T {
        self.with_asking(|asking| read(&asking.refresh))
    }

    /// Changes the refresh machine, then does what is due and updates what the screen shows of it.
    pub fn update_refresh(&self, change: impl FnOnce(&mut Refresh, EpochMs)) {
        self.update_asking(|asking, now| change(&mut asking.refresh, now));
        self.tick();
    }

    /// Notes that the user has looked at the journal. Does nothing in a panel that is about to end.
    pub fn mark_journal_read(&self) {
        _ = self.load.try_update(|load| load.watch.mark_read());
    }

    /// Notes that the user has touched a key, the pointer or the wheel.
    pub fn input(&self) {
        self.update_asking(|asking, now| asking.refresh.input(now));
    }

    /// Does what is due. It is called about once a second while the page is shown or the panel is unattended. A call that is late or left
    /// out does no harm.
    pub fn tick(&self) {
        let now = self.time();
        self.now.set(now);
        if let Some(waiting) = self.with_load_untracked(|load| load.waiting(now)) {
            if waiting >= TIMEOUT {
                // The timeout is shown, but the request stays open until the next one: a late answer is better than none.
                let ticket = self.with_load_untracked(Load::ticket);
                let result = Err(ApiError::without_answer(ErrorKind::Timeout));
                self.end(Event::Answered { ticket, result, at: now });
            }
        } else if self.update_asking(|asking, now| asking.refresh.take_due(now)).is_some() {
            self.repeat();
        }
    }

    fn ask(self) {
        self.repeats.track();
        let query = self.query.get();
        let at = self.time();
        let (request, language, transport) = self.question(&query, at);
        let early = self.update_asking(|asking, _| asking.early.take());
        let early =
            early.filter(|early| request.as_ref().is_ok_and(|request| early.is(request, &language, &transport)));
        let left = early.as_ref().map_or(at, Early::left);
        self.load.update(|load| load.settle(Event::Asked(query.clone(), left)));
        let ticket = self.with_load_untracked(Load::ticket);
        spawn_local_scoped_with_cancellation(async move {
            let result = match (&early, request) {
                (Some(early), _) => fetch::take(early).await,
                (None, Ok(request)) => fetch::get(request, &language, &transport).await,
                (None, Err(error)) => Err(error),
            };
            let last = self.with_load_untracked(|load| load.data.clone());
            let result = result.and_then(|reply| decode_after(&reply, last.as_ref().map(|last| &*last.page)));
            let now = self.time();
            self.end(Event::Answered { ticket, result, at: early.map_or(now, |early| early.came(now)) });
        });
    }

    /// Asks `query` once, outside of the driver: the answer does not change what is shown. Dropping the future aborts the request.
    ///
    /// # Errors
    /// The same as for the driver's own requests: an invalid query, no answer, or an answer that is no list.
    pub async fn ask_beside(self, query: Query) -> Result<TaskPage, ApiError> {
        let (request, language, transport) = self.question(&query, (self.clock.now)());
        decode(&fetch::get(request?, &language, &transport).await?)
    }

    /// The request for `query` at the time `at`, with the language and the transport to send it by.
    fn question(&self, query: &Query, at: EpochMs) -> (Result<Request, ApiError>, String, Transport) {
        self.with_asking(|asking| {
            let request = request(&asking.base_url, query, at, self.clock.offset_minutes);
            (request, asking.language.clone(), asking.transport.clone())
        })
    }

    /// Hands the answer to [`Load`] and plans the next request.
    fn end(self, answered: Event) {
        let now = self.time();
        self.load.update(|load| load.settle(answered));
        self.with_load_untracked(|load| {
            let moving = |data: &super::load::Loaded| data.page.tasks.iter().any(|task| is_moving(task.status.kind));
            let outcome = match &load.problem {
                Some(problem) => Outcome::Failed(problem),
                None => Outcome::Answered { moving: load.data.as_ref().is_some_and(moving) },
            };
            let range = self.query.read_untracked().range;
            let asking = self.asking.get_value();
            asking.borrow_mut().refresh.ended(outcome, range, now, (self.clock.random)());
        });
        self.now.set(now);
    }
}
