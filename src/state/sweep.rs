//! Reading all pages of a list, one after another, for a verdict on the whole cluster. Pure: it says what to do next.

use std::sync::Arc;

use super::load::Loaded;
use crate::api::error::{ApiError, ErrorKind};
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
        Self { query, page: TaskPage::default(), changed: false, failures: 0, begun: now }
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

    /// Whether the list became longer or shorter while it was read, so that a task may be missing or listed twice.
    #[must_use]
    pub fn changed(&self) -> bool {
        self.changed
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
        self.page.keys.take();
        self.page.tasks.extend(page.tasks);
        self.page.malformed.extend(page.malformed);
        self.page.surplus += page.surplus;
        self.page.meta = page.meta;
        self.page.total = page.total;
        let all = self.page.tasks.len() as u64 + self.page.unread();
        // Without a total a page that is not full is the last one.
        let is_last = read == 0 || page.total.map_or(read < u64::from(self.query.size), |total| all >= total);
        if is_last || self.page.tasks.len() >= MOST_TASKS {
            return Next::Done;
        }
        self.query.apply(Intent::Page(self.query.page.saturating_add(1)));
        Next::Ask(PAUSE)
    }

    fn failed(&mut self, error: ApiError) -> Next {
        let passes = matches!(
            error.kind,
            ErrorKind::Throttled
                | ErrorKind::Server
                | ErrorKind::Unreachable
                | ErrorKind::Timeout
                | ErrorKind::Interrupted
        );
        if !passes || self.failures >= RETRIES {
            return Next::Failed(error);
        }
        let own = FIRST_WAIT << self.failures;
        self.failures += 1;
        Next::Ask(error.retry_after.map_or(own, |seconds| own.max(i64::from(seconds) * 1000)))
    }

    /// All that is read, as if it were one page, at `now`.
    #[must_use]
    pub fn loaded(&self, now: EpochMs) -> Loaded {
        let skew = Skew::of(&self.page, self.begun, now);
        Loaded { page: Arc::new(self.page.clone()), query: self.query.clone(), received: now, skew }
    }
}
