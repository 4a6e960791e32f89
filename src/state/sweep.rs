//! Reads all tasks of the list in the background, so that the panel can speak of the whole cluster. It is pure: it only says what to ask
//! next. The driver asks for the page at hand first, and never for two things at once.

use super::page_walk::{Next, PageWalk, Progress};
use super::request_state::Loaded;
use crate::api::error::ApiError;
use crate::domain::page::TaskPage;
use crate::domain::query::Query;
use crate::domain::time::EpochMs;

const SECOND: i64 = 1000;
/// How often a list that takes several requests is read anew, in milliseconds. A list that fits one request is read at each refresh.
pub const EVERY: i64 = 300 * SECOND;
/// The least time for each request of a reading, in milliseconds, so that a server with small pages is not asked without end.
const EVERY_REQUEST: i64 = 5 * SECOND;
/// How soon a list that changed while it was read is read again, in milliseconds.
const SOON: i64 = 60 * SECOND;

/// Which tasks the panel speaks of: the attribute `scope`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All tasks of the list.
    #[default]
    All,
    /// One page of the list, as OCP pages it.
    Page,
}

impl Scope {
    /// The scope of this name in the attribute.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "all" => Some(Self::All),
            "page" => Some(Self::Page),
            _ => None,
        }
    }
}

/// What is known of the tasks besides those on hand.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Rest {
    /// Nothing, or all of them.
    #[default]
    Settled,
    /// They are being read.
    Reading(Progress),
    /// They could not be read.
    Failed(ApiError),
}

/// Plans the reading of all tasks.
#[derive(Debug, Default)]
pub struct Sweep {
    scope: Scope,
    /// The list that is read: its cluster and its time range.
    list: Query,
    /// The request whose response last held the whole list.
    whole: Option<Query>,
    walk: Option<PageWalk>,
    /// How many tasks it had when it was last read.
    total: Option<u64>,
    /// How many requests that took.
    requests: i64,
    /// When the list may be read again, and when it was last begun.
    due: Option<EpochMs>,
    begun: Option<EpochMs>,
    /// When the next request may be sent.
    next: EpochMs,
}

impl Sweep {
    /// Reads all tasks, or only the page at hand.
    pub fn set_scope(&mut self, scope: Scope) {
        *self = Self { scope, ..Self::default() };
    }

    /// Which tasks the panel speaks of.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Forgets what was read, because it belongs to another list, server or user.
    pub fn forget(&mut self) {
        self.set_scope(self.scope);
    }

    /// The user asks now: a list that takes several requests is read again, too.
    pub fn demand(&mut self) {
        self.due = None;
    }

    /// The request to send for `query`, the page at hand: the one that gives the whole list, where one is enough.
    pub fn request(&mut self, query: &Query) -> Query {
        if !self.list.is_same_list(query) {
            self.forget();
            self.list = query.clone();
        }
        self.whole.as_ref().unwrap_or(query).clone()
    }

    /// Takes in `page`, the response to `request`.
    pub fn answered(&mut self, request: &Query, page: &TaskPage, now: EpochMs) {
        if self.scope == Scope::Page || !self.list.is_same_list(request) {
            return;
        }
        if page.is_whole(request) {
            self.whole = Some(request.clone());
            self.walk = None;
            return;
        }
        if self.whole.take().is_some() || self.total != page.total {
            self.changed();
        }
        let is_due = self.due.is_none_or(|due| now >= due);
        // A list without rows on this page or without a total is read, too: only its end tells how long it is.
        if self.walk.is_none() && is_due && page.total != Some(0) {
            self.walk = Some(PageWalk::new(request.clone(), now));
            self.begun = Some(now);
            self.next = now;
        }
    }

    /// Notes that the list is another than when it was read. It is read again, but not more than once a minute,
    /// nor sooner than its requests allow.
    fn changed(&mut self) {
        let soon = SOON.max(EVERY_REQUEST * self.requests);
        self.due = self.due.min(self.begun.map(|begun| begun + soon));
    }

    /// The next request of the reading, and how long to wait before it in milliseconds; `None` if nothing is to be read.
    #[must_use]
    pub fn next(&self, now: EpochMs) -> Option<(Query, i64)> {
        self.walk.as_ref().map(|walk| (walk.query().clone(), (self.next - now).max(0)))
    }

    /// Takes in the response to the request of [`Sweep::next`]. Returns what is read, once the reading has ended.
    pub fn settle(&mut self, page: Result<TaskPage, ApiError>, now: EpochMs) -> (Rest, Option<Loaded>) {
        let Some(walk) = &mut self.walk else { return (Rest::Settled, None) };
        let rest = match walk.settle(page) {
            Next::Ask(wait) => {
                self.next = now + wait;
                return (Rest::Reading(walk.progress()), None);
            }
            Next::Done => Rest::Settled,
            Next::Failed(error) => Rest::Failed(error),
        };
        self.requests = i64::from(walk.query().page);
        self.total = walk.progress().total;
        self.due = Some(now + EVERY.max(EVERY_REQUEST * self.requests));
        // A list that counts tasks and lists none is known no better than its first page.
        let is_read = rest == Rest::Settled && (walk.progress().count > 0 || walk.is_all());
        let read = is_read.then(|| walk.loaded(now));
        if walk.is_all() && self.requests == 1 {
            self.whole = Some(walk.query().clone());
        }
        if walk.changed() {
            self.changed();
        }
        self.walk = None;
        (rest, read)
    }

    /// The clock was set by `by` milliseconds, negative for back.
    pub fn clock_set(&mut self, by: i64) {
        self.due = self.due.map(|at| at + by);
        self.begun = self.begun.map(|at| at + by);
        self.next += by;
        if let Some(walk) = &mut self.walk {
            walk.clock_set(by);
        }
    }
}
