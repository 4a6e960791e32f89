//! One page of tasks as answered, and what a pager offers for it.

use std::sync::{Arc, OnceLock};

use super::deviation::Deviations;
use super::query::Query;
use super::task::{Listed, TaskKey, keys};
use super::time::{EpochMs, Stamp};

/// One decoded answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskPage {
    /// The tasks that could be read, in the server's order.
    pub tasks: Vec<Arc<Listed>>,
    /// Their keys, from the first time that these are asked for.
    pub keys: OnceLock<Vec<TaskKey>>,
    /// The rows that could not, so that none is dropped in silence.
    pub malformed: Vec<Malformed>,
    /// How many rows came beyond those that are read of one answer, and are only counted.
    pub surplus: u64,
    /// Where the answer departs from the contract.
    pub deviations: Deviations,
    /// `totalElements`: how many tasks match in all.
    pub total: Option<u64>,
    /// `totalPages` or `totalPage`.
    pub total_pages: Option<u64>,
    /// What the envelope says of the answer itself.
    pub meta: Meta,
}

impl TaskPage {
    /// The server's own time of the answer, where it sent one that can be read.
    #[must_use]
    pub fn server_time(&self) -> Option<EpochMs> {
        self.meta.timestamp.as_ref().and_then(Stamp::epoch_ms)
    }

    /// How many rows of the answer are not among the tasks: those that could not be read or came beyond what is read.
    #[must_use]
    pub fn unread(&self) -> u64 {
        self.malformed.len() as u64 + self.surplus
    }

    /// The tasks with their keys, in the server's order.
    pub fn keyed(&self) -> impl Iterator<Item = (TaskKey, &Arc<Listed>)> {
        self.keys.get_or_init(|| keys(&self.tasks)).iter().copied().zip(&self.tasks)
    }
}

/// The places of `list`, which an earlier answer gave, where the thing at `index` of this one is looked for: those
/// around the same. Where more than a few rows came or went all is worked out anew, which takes longer and gives the same.
pub fn near<T>(list: &[T], index: usize) -> impl Iterator<Item = &T> {
    const NEAR: usize = 32;
    list.iter().skip(index.saturating_sub(NEAR)).take(2 * NEAR)
}

/// A row of the answer that is no task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// Its place in the answer, from 1.
    pub position: usize,
    /// What stands there instead, as a JSON type: `number`, `null`, `object without a known field` …
    pub found: &'static str,
}

/// The envelope of an answer, for support and for "as of".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// `timestamp`: the server's own time.
    pub timestamp: Option<Stamp>,
    /// `duration`: milliseconds that the server took.
    pub duration: Option<String>,
    /// `server`: the application server that answered.
    pub server: Option<String>,
    /// `traceId`.
    pub trace_id: Option<String>,
}

/// What a pager offers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pager {
    /// The page in force, from 1. It may lie beyond the last.
    pub page: u32,
    /// The last page, at least 1; `None` where the server told no total.
    pub last: Option<u32>,
    /// How many tasks there are in all, where known.
    pub total: Option<u64>,
    /// The first and last ordinal shown, from 1; `None` where nothing is.
    pub shown: Option<(u64, u64)>,
    /// The buttons between "previous" and "next".
    pub items: Vec<PageItem>,
}

/// A place between "previous" and "next".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PageItem {
    /// A page to go to.
    Page(u32),
    /// Left-out pages.
    Gap,
}

impl Pager {
    /// The pager for `page`, an answer to `query`.
    ///
    /// The page size in force is the one asked for: `page.size` in the answer may be the number of elements or a clamp,
    /// so nothing is derived from it. A total smaller than what is shown is taken for stale and raised to it.
    #[must_use]
    pub fn of(page: &TaskPage, query: &Query) -> Self {
        let size = u64::from(query.size.max(1));
        let before = u64::from(query.page.saturating_sub(1)) * size;
        let here = (page.tasks.len() + page.malformed.len()) as u64;
        let shown = (here > 0).then(|| (before + 1, before + here));
        let total = page.total.map(|total| total.max(shown.map_or(0, |(_, last)| last)));
        let last = total
            .map(|total| total.div_ceil(size))
            .or_else(|| page.total_pages.map(|pages| if here > 0 { pages.max(u64::from(query.page)) } else { pages }))
            .map(|last| u32::try_from(last.max(1)).unwrap_or(u32::MAX));
        let items = page_items(query.page, last.unwrap_or(query.page));
        Self { page: query.page, last, total, shown, items }
    }

    /// The same pages with `page` as the one in force.
    #[must_use]
    pub fn marked(self, page: u32) -> Self {
        let items = page_items(page, self.last.unwrap_or(page));
        Self { page, items, ..self }
    }

    /// The page before this one; from beyond the end, the last.
    #[must_use]
    pub fn previous(&self) -> Option<u32> {
        let before = self.page.checked_sub(1).filter(|&page| page > 0)?;
        Some(before.min(self.last.unwrap_or(u32::MAX)))
    }

    /// Whether there is a page after this one. Where no total is known it may be tried.
    #[must_use]
    pub fn has_next(&self) -> bool {
        self.last.map_or(self.shown.is_some(), |last| self.page < last)
    }

    /// Whether the page in force lies beyond the last one.
    #[must_use]
    pub fn beyond_end(&self) -> bool {
        self.shown.is_none() && self.page > 1 && self.last.is_none_or(|last| self.page > last || self.total == Some(0))
    }
}

/// First, last, the page in force with two neighbours each side, and gaps where pages are left out.
fn page_items(page: u32, last: u32) -> Vec<PageItem> {
    let centre = page.clamp(1, last);
    let (mut from, mut to) = (centre.saturating_sub(2).max(1), centre.saturating_add(2).min(last));
    // A gap that stands for a single page is no shorter than the page.
    if from <= 3 {
        from = 1;
    }
    if to >= last.saturating_sub(2) {
        to = last;
    }
    let mut items = Vec::with_capacity(9);
    if from > 1 {
        items.extend([PageItem::Page(1), PageItem::Gap]);
    }
    items.extend((from..=to).map(PageItem::Page));
    if to < last {
        items.extend([PageItem::Gap, PageItem::Page(last)]);
    }
    items
}
