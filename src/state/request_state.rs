//! What is known of the task list, on three axes: the last good response, what is under way, and the last problem.
//! [`RequestState::settle`] changes them, and all else is derived from them.

use std::sync::Arc;

use super::cache::{CacheDetector, Cached};
use super::history::History;
use super::sweep::{Rest, Scope};
use crate::api::error::{ApiError, ErrorKind};
use crate::domain::page::TaskPage;
use crate::domain::query::Query;
use crate::domain::skew::Skew;
use crate::domain::time::{EpochMs, TimeRange};

/// The number of a request. A response carries the id of its request, so that a late response to an older request is recognized.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RequestId(u64);

/// A good response, and the request that it answers.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The response.
    pub page: Arc<TaskPage>,
    /// The request.
    pub query: Query,
    /// When it arrived, on the browser's clock. If it comes from a cache: as of when it tells.
    pub received: EpochMs,
    /// How far the browser's and the database's clocks were apart from OCP's.
    pub skew: Skew,
    /// What shows that it comes from a cache, so that it tells nothing of now.
    pub cached: Option<Cached>,
    /// How the whole list was read, if this is more than one response.
    pub whole: Option<Whole>,
}

/// How a whole list was read in the background.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Whole {
    /// How many tasks the list has, where the server told.
    pub total: Option<u64>,
    /// Whether the list changed while it was read, so that a task may be missing.
    pub changed: bool,
    /// How many requests it took.
    pub requests: u32,
    /// When a later response last brought a page of it anew, on the browser's clock.
    pub refreshed: Option<EpochMs>,
}

/// Two are equal if they are the same response with the same age. The rows are not compared: with thousands of them that would cost more
/// than it saves.
impl PartialEq for Loaded {
    fn eq(&self, other: &Self) -> bool {
        let told = |data: &Self| (data.received, data.cached, data.whole);
        self.is_same_answer(other) && told(self) == told(other)
    }
}

impl Loaded {
    /// Whether `other` is the same response. The ages may differ, because a clock that is set moves them.
    #[must_use]
    pub fn is_same_answer(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.page, &other.page)
    }
}

/// What is under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flight {
    /// Nothing.
    #[default]
    Idle,
    /// A request, sent at this time of the browser's clock.
    Loading(EpochMs),
}

/// What is known of the task list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RequestState {
    /// The last good response for this cluster.
    pub data: Option<Loaded>,
    /// What is under way.
    pub flight: Flight,
    /// The failure of the last request, if it came after that response.
    pub problem: Option<ApiError>,
    /// What only a comparison of responses shows.
    pub history: History,
    /// What is known of the tasks that `data` does not hold.
    pub rest: Rest,
    scope: Scope,
    cache: CacheDetector,
    /// The latest request, and when it was sent.
    latest: Option<(RequestId, Query, EpochMs)>,
}

/// An event that changes a [`RequestState`].
#[derive(Clone, Debug)]
pub enum Event {
    /// A request is about to be sent, at this time of the browser's clock.
    Sent(Query, EpochMs),
    /// A request was answered, or failed.
    Ended {
        /// The number of the request, from [`RequestState::id`].
        id: RequestId,
        /// The outcome.
        result: Result<TaskPage, ApiError>,
        /// When the response came, on the browser's clock.
        at: EpochMs,
    },
    /// Of which tasks the panel is to speak.
    Scoped(Scope),
    /// The reading of all tasks has come so far.
    Rest(Rest),
    /// All tasks of a list were read.
    Read(Loaded),
    /// The user has looked at the journal.
    JournalRead,
    /// The browser's clock was set by this many milliseconds, negative for back. Ages and waits stay as long as they were.
    ClockSet(i64),
    /// The embedder pointed the panel at another server, so nothing that the old one told holds any more.
    Forget,
}

/// The state in one word, for hosts, tests and stylesheets (`data-state`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The current request has no response yet.
    Loading,
    /// The current request is answered, and its rows are shown.
    Ready,
    /// The current request is answered, and there are no rows.
    Empty,
    /// Rows are shown, but the last request failed, or a cache answered it.
    Stale,
    /// The request failed and there is nothing to show.
    Error,
}

impl Phase {
    /// The public name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Ready => "ready",
            Self::Empty => "empty",
            Self::Stale => "stale",
            Self::Error => "error",
        }
    }
}

impl Loaded {
    /// Whether it holds the whole list, or all of it that could be read, and not only a page.
    #[must_use]
    pub fn is_list(&self) -> bool {
        self.whole.is_some() || self.page.is_whole(&self.query)
    }

    /// How long before `now` it was received, in milliseconds.
    #[must_use]
    pub fn age(&self, now: EpochMs) -> i64 {
        (now - self.received).max(0)
    }

    /// This list with what `part`, a later response to a request for a page of it, tells anew.
    fn updated(&self, part: &TaskPage, received: EpochMs) -> Self {
        let page = self.page.updated(part);
        let is_changed = self.page.total != page.total;
        let (total, requests) = (part.total, self.whole.map_or(1, |whole| whole.requests));
        let changed = self.whole.is_some_and(|whole| whole.changed) || is_changed;
        let whole = Some(Whole { total, changed, requests, refreshed: Some(received) });
        Self { page: Arc::new(page), query: Query { page: 1, ..self.query.clone() }, whole, ..self.clone() }
    }

    /// Whether this is what `query` asks for. A whole list is, whatever the page.
    #[must_use]
    pub fn answers(&self, query: &Query) -> bool {
        self.query == *query || self.is_list() && self.query.is_same_list(query)
    }

    /// Whether OCP lists no log backup of the whole cluster. A time range, a later page or a total above zero leave that open.
    #[must_use]
    pub fn has_no_backup(&self) -> bool {
        let Self { page, query, .. } = self;
        let is_whole = query.range == TimeRange::All && query.page == 1;
        is_whole && page.tasks.is_empty() && page.unread() == 0 && page.total.unwrap_or_default() == 0
    }
}

impl RequestState {
    /// Takes in an event. Nothing else changes a `RequestState`. A response to another request than the latest is ignored.
    pub fn settle(&mut self, event: Event) {
        match event {
            Event::Forget => {
                let mut history = std::mem::take(&mut self.history);
                history.forget();
                *self = Self { latest: self.latest.take(), history, ..Self::default() };
            }
            Event::Scoped(scope) => self.scope = scope,
            Event::Rest(rest) => self.rest = rest,
            Event::Read(read) => {
                // Another list may be on its way by now.
                if self.latest.as_ref().is_none_or(|(_, latest, _)| !latest.is_same_list(&read.query)) {
                    return;
                }
                let last = self.data.take();
                self.history.observe(&read.page, &read.query, last.as_ref(), read.received);
                self.rest = Rest::Settled;
                self.data = Some(read);
            }
            Event::JournalRead => self.history.mark_read(),
            Event::ClockSet(by) => {
                if let Flight::Loading(since) = &mut self.flight {
                    *since += by;
                }
                if let Some(data) = &mut self.data {
                    data.received += by;
                    if let Some(refreshed) = data.whole.as_mut().and_then(|whole| whole.refreshed.as_mut()) {
                        *refreshed += by;
                    }
                }
                self.cache.clock_set(by);
                if let Some((.., at)) = &mut self.latest {
                    *at += by;
                }
            }
            Event::Sent(query, at) => {
                // Rows of one cluster must never stand under the name of another, and the next user must not see those of the last one.
                let signed_out = self.problem.as_ref().is_some_and(|problem| problem.kind == ErrorKind::NotSignedIn);
                let is_same = self.latest.as_ref().is_none_or(|(_, last, _)| last.cluster == query.cluster);
                if signed_out || !is_same {
                    self.data = None;
                    self.history.forget();
                }
                if self.latest.as_ref().is_some_and(|(_, last, _)| !last.is_same_list(&query)) {
                    self.rest = Rest::Settled;
                }
                let id = self.latest.as_ref().map_or(RequestId(1), |(RequestId(last), ..)| RequestId(last + 1));
                self.flight = Flight::Loading(at);
                if self.latest.as_ref().is_some_and(|(_, last, _)| *last != query) {
                    self.problem = None;
                }
                self.latest = Some((id, query, at));
            }
            Event::Ended { id, result, at } => {
                let Some((_, query, sent)) = self.latest.as_ref().filter(|(latest, ..)| *latest == id) else {
                    return;
                };
                self.flight = Flight::Idle;
                match result {
                    Ok(page) => {
                        if page.is_whole(query) {
                            self.rest = Rest::Settled;
                        }
                        let mut skew = Skew::of(&page, *sent, at);
                        let (cached, received) = self.cache.observe(&page, *sent, at, skew);
                        if cached.is_some() {
                            skew.browser = None;
                        }
                        let last = self.data.take();
                        // What came before is no news, and no proof that a checkpoint stands still.
                        let is_again = cached == Some(Cached::Again);
                        let whole = last.as_ref().filter(|last| {
                            self.scope == Scope::All
                                && last.is_list()
                                && !page.is_whole(query)
                                && last.query.is_same_list(query)
                        });
                        if let Some(whole) = whole {
                            self.data = Some(whole.updated(&page, received));
                            if !is_again {
                                self.history.observe(&page, query, None, received);
                            }
                            self.problem = None;
                            return;
                        }
                        if !is_again {
                            self.history.observe(&page, query, last.as_ref(), received);
                        }
                        let is_shown = |last: &Loaded| last.query == *query && last.page.is_same_envelope(&page);
                        let page = match last.filter(|last| is_again && is_shown(last)) {
                            Some(last) => last.page,
                            None => Arc::new(page),
                        };
                        self.data = Some(Loaded { page, query: query.clone(), received, skew, cached, whole: None });
                        self.problem = None;
                    }
                    Err(error) => {
                        self.history.fail(at, &error);
                        self.problem = Some(error);
                    }
                }
            }
        }
    }

    /// The number of the latest request.
    #[must_use]
    pub fn id(&self) -> RequestId {
        self.latest.as_ref().map(|(id, ..)| *id).unwrap_or_default()
    }

    /// How long the request under way has been waiting, in milliseconds.
    #[must_use]
    pub fn waiting(&self, now: EpochMs) -> Option<i64> {
        match self.flight {
            Flight::Idle => None,
            Flight::Loading(since) => Some((now - since).max(0)),
        }
    }

    /// Whether a request is under way.
    #[must_use]
    pub fn is_loading(&self) -> bool {
        self.flight != Flight::Idle
    }

    /// Whether the rows on screen answer the latest request.
    #[must_use]
    pub fn is_current(&self) -> bool {
        matches!((&self.data, &self.latest), (Some(data), Some((_, query, _))) if data.answers(query))
    }

    /// Whether what is shown tells of now, as far as is known: the last request did not fail, and no cache answered it.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        self.problem.is_none() && self.data.as_ref().is_none_or(|data| data.cached.is_none())
    }

    /// Whether the last query could not be sent at all.
    #[must_use]
    pub fn is_unsent(&self) -> bool {
        self.problem.as_ref().is_some_and(|error| error.kind.is_unsent())
    }

    /// The state in one word.
    #[must_use]
    pub fn phase(&self) -> Phase {
        match (&self.data, &self.problem) {
            (None, Some(_)) => Phase::Error,
            (Some(_), Some(_)) => Phase::Stale,
            (Some(_), None) if self.is_current() && !self.is_fresh() => Phase::Stale,
            (Some(data), None) if self.is_current() => {
                let page = &data.page;
                if page.tasks.is_empty() && page.malformed.is_empty() { Phase::Empty } else { Phase::Ready }
            }
            _ => Phase::Loading,
        }
    }
}
