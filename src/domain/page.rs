//! One page of tasks as the server answered it, and the pages that a pager offers for it.

use std::sync::{Arc, OnceLock};

use super::deviation::Deviations;
use super::hash::Places;
use super::query::Query;
use super::redact::Redacted;
use super::task::{DecodedTask, TaskKey, keys};
use super::time::{EpochMs, Stamp};

/// One decoded response.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskPage {
    /// The tasks that could be read, in the server's order.
    pub tasks: Vec<Arc<DecodedTask>>,
    /// The keys of the tasks, worked out when they are first needed.
    pub keys: OnceLock<Vec<TaskKey>>,
    /// The rows that could not be read, so that none is dropped in silence.
    pub malformed: Vec<Malformed>,
    /// How many more rows came than are read of one response. These are only counted.
    pub surplus: u64,
    /// Where the response departs from the contract.
    pub deviations: Deviations,
    /// `totalElements`: how many tasks match in all.
    pub total: Option<u64>,
    /// `totalPages` or `totalPage`.
    pub total_pages: Option<u64>,
    /// What the envelope says of the response itself.
    pub meta: Meta,
}

impl TaskPage {
    /// The server's own time of the response, where it sent one that can be read.
    #[must_use]
    pub fn server_time(&self) -> Option<EpochMs> {
        self.meta.timestamp.as_ref().and_then(Stamp::epoch_ms)
    }

    /// Whether `other` has the same time and trace id.
    #[must_use]
    pub fn is_same_envelope(&self, other: &Self) -> bool {
        self.meta.timestamp == other.meta.timestamp && self.meta.trace_id == other.meta.trace_id
    }

    /// How many rows of the response are not among the tasks: those that could not be read or came beyond what is read.
    #[must_use]
    pub fn unread(&self) -> u64 {
        self.malformed.len() as u64 + self.surplus
    }

    /// How many rows the response has, read or not.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tasks.len() as u64 + self.unread()
    }

    /// Whether this response to `query` holds the whole list.
    #[must_use]
    pub fn is_whole(&self, query: &Query) -> bool {
        let rows = self.rows();
        query.page == 1 && self.total.map_or(rows == 0, |total| total <= rows)
    }

    /// This list, with the tasks that `part`, a later response to a request for a page of it, holds anew.
    #[must_use]
    pub fn updated(&self, part: &Self) -> Self {
        let places: Places = self.keyed().enumerate().map(|(place, (key, _))| (key.0, place)).collect();
        let mut tasks = self.tasks.clone();
        for (key, task) in part.keyed() {
            match places.get(&key.0).and_then(|place| tasks.get_mut(*place)) {
                Some(known) => *known = task.clone(),
                None => tasks.push(task.clone()),
            }
        }
        // A list of another length than it had when it was read is not known as a whole.
        let total = self.total.and(part.total);
        Self { tasks, total, keys: OnceLock::new(), ..self.clone() }
    }

    /// The tasks with their keys, in the server's order.
    pub fn keyed(&self) -> impl Iterator<Item = (TaskKey, &Arc<DecodedTask>)> {
        self.keys.get_or_init(|| keys(&self.tasks)).iter().copied().zip(&self.tasks)
    }
}

/// The items of `list`, made for an earlier response, among which to look for the item at `index` of this response: those around the same
/// index. If more than a few rows came or went, the item is not found and is made anew, which takes longer and gives the same result.
pub fn near<T>(list: &[T], index: usize) -> impl Iterator<Item = &T> {
    const NEAR: usize = 32;
    list.iter().skip(index.saturating_sub(NEAR)).take(2 * NEAR)
}

/// A row of the response that is no task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// Its place in the response, from 1.
    pub position: usize,
    /// What stands there instead, as a JSON type: `number`, `null`, `object without a known field` …
    pub found: &'static str,
}

/// The envelope of a response, for support and for "as of".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// `timestamp`: the server's own time.
    pub timestamp: Option<Stamp>,
    /// `duration`: milliseconds that the server took.
    pub duration: Option<Redacted>,
    /// `server`: the application server that answered.
    pub server: Option<Redacted>,
    /// `traceId`.
    pub trace_id: Option<Redacted>,
    /// For how many seconds the response lay in a cache, by its header `Age`, at least 1.
    pub age: Option<u32>,
}

/// What a pager offers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pager {
    /// The current page, from 1. It may lie beyond the last.
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
    /// The pager for `page`, a response to `query`.
    ///
    /// The page size is the one that was asked for: `page.size` in the response may be the number of elements or a clamp,
    /// so nothing is derived from it. A total that is smaller than the number of the last row shown is taken for stale, and raised to it.
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

    /// The pager of `total` rows that are on hand, `size` a page. A page beyond the last stands for the last.
    #[must_use]
    pub fn on_hand(total: usize, page: u32, size: u32) -> Self {
        let (total, size) = (total as u64, u64::from(size.max(1)));
        let last = u32::try_from(total.div_ceil(size).max(1)).unwrap_or(u32::MAX);
        let page = page.clamp(1, last);
        let before = u64::from(page - 1) * size;
        let shown = (total > 0).then(|| (before + 1, total.min(before + size)));
        Self { page, last: Some(last), total: Some(total), shown, items: page_items(page, last) }
    }

    /// The same pages with `page` as the current one.
    #[must_use]
    pub fn marked(self, page: u32) -> Self {
        let items = page_items(page, self.last.unwrap_or(page));
        Self { page, items, ..self }
    }

    /// The page before this one. If this one lies beyond the end, it is the last page.
    #[must_use]
    pub fn previous(&self) -> Option<u32> {
        let before = self.page.checked_sub(1).filter(|&page| page > 0)?;
        Some(before.min(self.last.unwrap_or(u32::MAX)))
    }

    /// Whether there is a page after this one. Without a known total there may be one.
    #[must_use]
    pub fn has_next(&self) -> bool {
        self.last.map_or(self.shown.is_some(), |last| self.page < last)
    }

    /// Whether the current page lies beyond the last one.
    #[must_use]
    pub fn beyond_end(&self) -> bool {
        self.shown.is_none() && self.page > 1 && self.last.is_none_or(|last| self.page > last || self.total == Some(0))
    }
}

/// The first page, the last, the current one with two neighbours on each side, and gaps for the pages that are left out.
fn page_items(page: u32, last: u32) -> Vec<PageItem> {
    let centre = page.clamp(1, last);
    let (mut from, mut to) = (centre.saturating_sub(2).max(1), centre.saturating_add(2).min(last));
    // A gap in place of a single page would save no space, so the page is shown.
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
