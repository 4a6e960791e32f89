//! How tasks are filtered and sorted in the table.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::columns::Column;
use super::rows::Row;
use crate::domain::delay::{Delay, Thresholds};
use crate::domain::kinds::Kind;
use crate::domain::losses::{LossStep, Losses};
use crate::domain::page::TaskPage;
use crate::domain::search::{contains_ignoring_case, split_at};
use crate::domain::task::{Task, TaskKey, Tone};
use crate::domain::time::{Stamp, seconds};

/// The filter and the sort order of the table. OCP can neither filter nor sort, so both apply to the tasks on hand: all of them, or those of
/// a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TableView {
    /// Shows only rows of this tone; `None` for all.
    pub tone: Option<Tone>,
    /// Shows only rows of this kind, which is finer than its tone; `None` for all.
    pub kind: Option<Kind>,
    /// Shows only the tasks of tenants that would lose so much; `None` for all.
    pub loss: Option<LossStep>,
    /// Shows only rows that have this text in a cell. Case and spaces around it do not matter; empty for all.
    pub text: String,
    /// The column to sort by, and whether in descending order; `None` for the server's order.
    pub sort: Option<(Column, bool)>,
}

impl TableView {
    /// Whether the filter is by `kind`, or by its tone where it is by no kind.
    #[must_use]
    pub fn shows(&self, kind: Kind) -> bool {
        self.kind.map_or(self.tone == Some(kind.tone()), |shown| shown == kind)
    }

    /// Whether a filter is set.
    #[must_use]
    pub fn is_filter(&self) -> bool {
        self.tone.is_some() || self.loss.is_some() || !self.text.trim().is_empty()
    }

    /// Reads a sort order: the name of a column, after `-` for descending order. `None` for an unknown column.
    #[must_use]
    pub fn parse_sort(text: &str) -> Option<(Column, bool)> {
        let name = text.strip_prefix('-').unwrap_or(text);
        Some((Column::parse(name)?, name != text))
    }

    /// Writes the sort order as [`TableView::parse_sort`] reads it.
    #[must_use]
    pub fn sort_name(&self) -> Option<String> {
        self.sort.map(|(column, descending)| [if descending { "-" } else { "" }, column.name()].concat())
    }

    /// Changes the sort order as a press on the heading of `column` does: first by that column, then the other way round, then the
    /// server's order. Status, delay and times start with the worst or latest.
    pub fn toggle_sort(&mut self, column: Column) {
        let first =
            matches!(column, Column::Status | Column::Delay | Column::Checkpoint | Column::Created | Column::Modified);
        self.sort = match self.sort {
            Some((by, descending)) if by == column => (descending == first).then_some((column, !first)),
            _ => Some((column, first)),
        };
    }

    /// Whether this is `last` with a longer text, so that it shows no row that `last` does not show.
    #[must_use]
    pub fn narrows(&self, last: &Self) -> bool {
        let but_text = |view: &Self| (view.tone, view.kind, view.loss, view.sort);
        but_text(self) == but_text(last) && self.text.starts_with(&last.text)
    }

    /// Whether `row` has the text in a cell.
    #[must_use]
    pub fn has_text(&self, row: &Row) -> bool {
        let needle = self.text.trim();
        let has = |text: &str| contains_ignoring_case(text, needle);
        row.cells.iter().any(|cell| has(&cell.main) || has(&cell.sub))
    }

    /// Filters and sorts `rows`, which are those of `page` in its order. The losses grew by `growth` seconds since its response.
    #[must_use]
    pub fn pick(&self, rows: &[Row], page: &TaskPage, growth: f64) -> Vec<Row> {
        let losses = self.loss.map(|step| (step, Losses::of(page)));
        let keeps = |(index, (row, _)): &(usize, (&Row, _))| {
            self.tone.is_none_or(|tone| row.tone == tone)
                && self.kind.is_none_or(|kind| row.kind == kind)
                && losses.as_ref().is_none_or(|(step, losses)| losses.step(*index, growth) == Some(*step))
                && self.has_text(row)
        };
        let kept = rows.iter().zip(&page.tasks).enumerate().filter(keeps);
        let Some((column, descending)) = self.sort else {
            return kept.map(|(_, (row, _))| row.clone()).collect();
        };
        let places =
            kept.map(|(index, (row, task))| Place { key: sort_key(row, task, column, page), descending, index, row });
        // A heap, as it is a kilobyte less of a first visit than the standard library's sorting.
        let heap: BinaryHeap<_> = places.collect();
        heap.into_sorted_vec().into_iter().map(|place| place.row.clone()).collect()
    }
}

/// A row that is to be sorted.
struct Place<'a> {
    key: Option<(f64, f64, String)>,
    descending: bool,
    /// Where it stood before. Rows with the same key keep their order.
    index: usize,
    row: &'a Row,
}

impl Ord for Place<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = match (&self.key, &other.key) {
            (None, None) => Ordering::Equal,
            // Rows without a value come last in both directions.
            (None, _) => Ordering::Greater,
            (_, None) => Ordering::Less,
            (Some(a), Some(b)) => {
                let order = a.0.total_cmp(&b.0).then_with(|| a.1.total_cmp(&b.1)).then_with(|| a.2.cmp(&b.2));
                if self.descending { order.reverse() } else { order }
            }
        };
        order.then(self.index.cmp(&other.index))
    }
}

impl PartialOrd for Place<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Place<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Place<'_> {}

/// The tasks before and after `open` among the shown ones. Where `open` is not shown, the first one comes after it.
#[must_use]
pub fn neighbours(shown: &[TaskKey], open: TaskKey) -> [Option<TaskKey>; 2] {
    let place = shown.iter().position(|key| *key == open);
    let next = place.map_or(0, |place| place + 1);
    [place.and_then(|place| place.checked_sub(1)), Some(next)].map(|place| shown.get(place?).copied())
}

/// What a row is sorted by: two numbers, then text where numbers are equal. `None` where it has no value in `column`.
fn sort_key(row: &Row, task: &Task, column: Column, page: &TaskPage) -> Option<(f64, f64, String)> {
    let number = |number| (number, 0.0, String::new());
    let time = |stamp: &Option<Stamp>| Some(number(seconds(stamp.as_ref()?.epoch_ms()?)));
    let cell = row.cell(column).filter(|cell| !cell.main.is_empty())?;
    match column {
        Column::Status => {
            let age = age(task, page).unwrap_or(f64::NEG_INFINITY);
            // Of kinds the first is the worst, of sort keys the highest.
            Some((-f64::from(row.kind as u8), age, cell.main.clone()))
        }
        Column::Delay => age(task, page).map(number),
        Column::Checkpoint => time(&task.checkpoint),
        Column::Created => time(&task.created),
        Column::Modified => time(&task.modified),
        _ => Some((0.0, 0.0, natural_key(&cell.main))),
    }
}

/// The seconds that the delay's cell tells: the delay, or the age of the checkpoint where a delay does not apply.
fn age(task: &Task, page: &TaskPage) -> Option<f64> {
    match Delay::judge(task, page.server_time(), Thresholds::default()) {
        Delay::Lag { seconds, .. } | Delay::NotApplicable(Some(seconds)) | Delay::NoVerdict(seconds) => Some(seconds),
        _ => None,
    }
}

/// A key whose order is the natural one of `text`: `t2` before `t10`, in either case. Each number is written without leading zeros, after
/// a character that stands for how many digits it has.
fn natural_key(text: &str) -> String {
    let mut key = String::with_capacity(2 * text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|next: char| next.is_ascii_digit()).len();
        let (part, after) = split_at(rest, if digits > 0 { digits } else { first.len_utf8() });
        if digits > 0 {
            let number = part.trim_start_matches('0');
            // From '0' on, so that a number stands among other characters where its digits do.
            key.extend(u32::try_from(number.len()).ok().and_then(|length| char::from_u32(u32::from('0') + length)));
            key.push_str(number);
        } else {
            key.push(first.to_ascii_lowercase());
        }
        rest = after;
    }
    key
}
