//! Reading all pages of a list, one after another, for a verdict on the whole cluster. Pure: it says what to do next.

use std::sync::Arc;

use super::load::Loaded;
use crate::api::error::ApiError;
use crate::domain::hash::Places;
use crate::domain::page::TaskPage;
use crate::domain::query::{Intent, MAX_PAGE_SIZE, Query};
use crate::domain::skew::Skew;
use crate::domain::time::EpochMs;

/// Tasks that are read at most.
pub const MOST_TASKS: usize = 10_000;
/// Tasks that are asked for at once, at least.
const LEAST_SIZE: u32 = 100;
/// How often one page is tried again.
const RETRIES: u32 = 3;
/// The first wait before a page is tried again where the server names none, in milliseconds; it doubles.
const FIRST_WAIT: i64 = 2000;
/// Between two requests, in milliseconds: OCP serves others too.
const PAUSE: i64 = 100;

/// All pages read so far.
#[derive(Debug)]
pub struct Sweep {
    query: Query,
    page: TaskPage,
    changed: bool,
    /// The tasks read so far that name a tenant.
    seen: Places,
    is_done: bool,
    failures: u32,
    begun: EpochMs,
}

/// What to do next.
#[derive(Debug, PartialEq)]
pub enum Next {
    /// Wait this long in milliseconds, then ask for [`Sweep::query`].
    Ask(i64),
    /// All is read, or as much as is read at most.
    Done,
    /// A page could not be had.
    Failed(ApiError),
}

impl Sweep {
    /// Starts at `now` from the question of the panel: its cluster, range and, where that is larger, page size.
    #[must_use]
    pub fn new(mut query: Query, now: EpochMs) -> Self {
        query.apply(Intent::PageSize(query.size.clamp(LEAST_SIZE, MAX_PAGE_SIZE)));
        query.apply(Intent::Page(1));
        Self {
            query,
            page: TaskPage::default(),
            changed: false,
            seen: Places::default(),
            is_done: false,
            failures: 0,
            begun: now,
        }
    }

    /// What to ask now.
    #[must_use]
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// How many tasks are read, and how many there are, where the server told.
    #[must_use]
    pub fn progress(&self) -> (usize, Option<u64>) {
        (self.page.tasks.len(), self.page.total)
    }

    /// Whether the list changed while it was read: it became longer or shorter, or a task was listed twice. So one may be missing.
    #[must_use]
    pub fn changed(&self) -> bool {
        self.changed
    }

    /// Whether nothing is missing: the list was read to its end, each row could be read, and there are as many as there should be.
    #[must_use]
    pub fn is_all(&self) -> bool {
        let count = self.page.tasks.len();
        let is_counted = self.page.total.is_none_or(|total| count as u64 >= total);
        // A list that has no total and was read up to the bound may go on.
        let is_ended = self.page.total.is_some() || count < MOST_TASKS;
        self.is_done && !self.changed && is_ended && self.page.unread() == 0 && is_counted
    }

    /// When it was begun, on the browser's clock.
    #[must_use]
    pub fn begun(&self) -> EpochMs {
        self.begun
    }

    /// Takes in the answer to [`Sweep::query`].
    pub fn settle(&mut self, answer: Result<TaskPage, ApiError>) -> Next {
        let page = match answer {
            Ok(page) => page,
            Err(error) => return self.failed(error),
        };
        self.failures = 0;
        let read = page.tasks.len() as u64 + page.unread();
        self.changed |= self.query.page > 1 && self.page.total != page.total;
        for task in page.tasks.iter().filter(|task| task.names_tenant()) {
            // Twins of one page are what the server has; on another page it is the same task again.
            let number = self.seen.entry(task.identity).or_insert(self.query.page as usize);
            self.changed |= *number != self.query.page as usize;
        }
        self.page.keys.take();
        self.page.tasks.extend(page.tasks);
        self.page.malformed.extend(page.malformed);
        self.page.surplus += page.surplus;
        self.page.meta = page.meta;
        self.page.total = page.total;
        let all = self.page.tasks.len() as u64 + self.page.unread();
        // Without a total only an empty page is the end: a server may give fewer than asked for.
        let is_last = read == 0 || page.total.is_some_and(|total| all >= total);
        if is_last || self.page.tasks.len() >= MOST_TASKS {
            self.is_done = true;
            return Next::Done;
        }
        self.query.apply(Intent::Page(self.query.page.saturating_add(1)));
        Next::Ask(PAUSE)
    }

    fn failed(&mut self, error: ApiError) -> Next {
        if !error.is_passing() || self.failures >= RETRIES {
            return Next::Failed(error);
        }
        let own = FIRST_WAIT << self.failures;
        self.failures += 1;
        Next::Ask(error.retry_after.map_or(own, |seconds| own.max(i64::from(seconds) * 1000)))
    }

    /// All that is read, as if it were one page, at `now`; of a list that is longer by an unknown number, unless nothing is missing.
    #[must_use]
    pub fn loaded(&self, now: EpochMs) -> Loaded {
        let skew = Skew::of(&self.page, self.begun, now);
        let total = self.is_all().then_some(self.page.tasks.len() as u64);
        Loaded {
            page: Arc::new(TaskPage { total, ..self.page.clone() }),
            query: self.query.clone(),
            received: now,
            skew,
        }
    }
}
