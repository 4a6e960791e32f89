//! One reading of all pages of a list, one after another, for a verdict on the whole cluster. It is pure: it only says what to do next.

use std::sync::Arc;

use super::cache::Cached;
use super::request_state::{Loaded, Whole};
use crate::api::error::{ApiError, ErrorKind};
use crate::domain::hash::Places;
use crate::domain::page::{Meta, TaskPage};
use crate::domain::query::{Intent, MAX_PAGE_SIZE, Query};
use crate::domain::skew::Skew;
use crate::domain::time::EpochMs;

/// The most tasks that are read.
pub const MOST_TASKS: usize = 20_000;
/// The most pages that are read: those tasks at 100 a page. A server with pages of a task each must not be asked 20,000 times.
const MOST_PAGES: u32 = 200;
/// How often a page is tried again.
const RETRIES: u32 = 3;
/// How long to wait before a page is tried again, in milliseconds, if the server does not ask for a longer wait. It doubles each time.
const FIRST_WAIT: i64 = 2000;
/// The pause between two requests, in milliseconds: OCP has others to serve.
const PAUSE: i64 = 100;

/// The pages that were read so far, as one page.
#[derive(Debug)]
pub struct PageWalk {
    query: Query,
    page: TaskPage,
    changed: bool,
    /// What the envelope of the first page says: the list is as old as its oldest page.
    meta: Meta,
    /// By the identity of a task that names a tenant: the number of the page that listed it.
    seen: Places,
    /// How many rows came, those that came twice included.
    rows: u64,
    is_done: bool,
    failures: u32,
    begun: EpochMs,
    /// The greatest `Age` of a page.
    age: Option<u32>,
}

/// How far a walk has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many tasks were read.
    pub count: usize,
    /// How many there are, where the server told.
    pub total: Option<u64>,
}

/// What to do next.
#[derive(Debug, PartialEq)]
pub enum Next {
    /// Wait this long in milliseconds, then ask for [`PageWalk::query`].
    Ask(i64),
    /// The list ended, or as much of it was read as is read at all.
    Done,
    /// A page could not be read.
    Failed(ApiError),
}

impl PageWalk {
    /// Starts at `now` with the cluster and the range of `query`, the panel's, and the largest pages that OCP gives.
    #[must_use]
    pub fn new(mut query: Query, now: EpochMs) -> Self {
        query.apply(Intent::PageSize(MAX_PAGE_SIZE));
        query.apply(Intent::Page(1));
        Self {
            query,
            page: TaskPage::default(),
            changed: false,
            meta: Meta::default(),
            seen: Places::default(),
            rows: 0,
            is_done: false,
            failures: 0,
            begun: now,
            age: None,
        }
    }

    /// The request to send now.
    #[must_use]
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// How far it has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress { count: self.page.tasks.len(), total: self.page.total }
    }

    /// Whether the list changed while it was read: its length changed, or two pages listed the same task. Then a task may be missing.
    #[must_use]
    pub fn changed(&self) -> bool {
        self.changed
    }

    /// Whether nothing is missing: the list was read to its end, it did not change, each row could be read, and there are as many tasks as
    /// the server told.
    #[must_use]
    pub fn is_all(&self) -> bool {
        let count = self.page.tasks.len();
        let is_counted = self.page.total.is_none_or(|total| count as u64 >= total);
        // A list without a total that was read up to the bound may be longer.
        let is_ended = self.page.total.is_some() || count < MOST_TASKS && self.query.page < MOST_PAGES;
        self.is_done && !self.changed && is_ended && self.page.unread() == 0 && is_counted
    }

    /// Takes in the response to [`PageWalk::query`].
    pub fn settle(&mut self, page: Result<TaskPage, ApiError>) -> Next {
        let page = match page {
            Ok(page) => page,
            Err(error) => return self.failed(error),
        };
        self.failures = 0;
        let read = page.tasks.len() as u64 + page.unread();
        self.changed |= self.query.page > 1 && self.page.total != page.total;
        let number = self.query.page as usize;
        let mut tasks = page.tasks;
        // One page may list two tasks of the same identity. On another page it is the same task again.
        tasks.retain(|task| !task.names_tenant() || *self.seen.entry(task.identity).or_insert(number) == number);
        let repeated = read - page.malformed.len() as u64 - page.surplus - tasks.len() as u64;
        self.changed |= repeated > 0;
        self.page.keys.take();
        self.page.tasks.extend(tasks);
        self.page.malformed.extend(page.malformed);
        self.page.surplus += page.surplus;
        self.age = self.age.max(page.meta.age);
        self.page.deviations.merge(&page.deviations);
        if self.query.page == 1 {
            self.meta = page.meta;
        }
        self.page.total = page.total;
        self.rows += read;
        let all = self.rows;
        // Without a total only an empty page is the end, because a server may send fewer tasks than asked for.
        let is_last = read == 0 || page.total.is_some_and(|total| all >= total);
        // Rows that are no tasks, or come again, count too: a server may send nothing else.
        if is_last || all >= MOST_TASKS as u64 || self.query.page >= MOST_PAGES {
            self.is_done = true;
            return Next::Done;
        }
        self.query.apply(Intent::Page(self.query.page.saturating_add(1)));
        Next::Ask(PAUSE)
    }

    fn failed(&mut self, error: ApiError) -> Next {
        // Who asks in the background gives up at the first refusal.
        if !error.is_passing() || error.kind == ErrorKind::Throttled || self.failures >= RETRIES {
            return Next::Failed(error);
        }
        let own = FIRST_WAIT << self.failures;
        self.failures += 1;
        Next::Ask(error.retry_after.map_or(own, |seconds| own.max(i64::from(seconds) * 1000)))
    }

    /// All tasks that were read, as if they were one page that came when the reading began. It has a total only if nothing is missing.
    #[must_use]
    pub fn loaded(&self, now: EpochMs) -> Loaded {
        let mut page = TaskPage { meta: self.meta.clone(), ..self.page.clone() };
        let skew = Skew::of(&page, self.begun, now);
        let whole = Whole { total: page.total, changed: self.changed, requests: self.query.page, refreshed: None };
        page.total = self.is_all().then_some(page.tasks.len() as u64);
        Loaded {
            page: Arc::new(page),
            query: Query { page: 1, ..self.query.clone() },
            received: self.begun,
            skew,
            cached: self.age.map(Cached::Aged),
            whole: Some(whole),
        }
    }

    /// The clock was set by `by` milliseconds, negative for back.
    pub fn clock_set(&mut self, by: i64) {
        self.begun += by;
    }
}
