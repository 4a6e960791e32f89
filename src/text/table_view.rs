//! How a page is filtered and sorted in the table.

use std::cmp::Ordering;

use super::columns::Column;
use super::rows::Row;
use crate::domain::delay::{Delay, Thresholds};
use crate::domain::page::TaskPage;
use crate::domain::task::{Task, Tone};
use crate::domain::time::{Stamp, seconds};

/// Which rows of a page are shown, and in which order. OCP sorts and filters nothing, so this is of one page only.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableView {
    /// Only those of this tone.
    pub tone: Option<Tone>,
    /// Only those with this text in a cell, in either case.
    pub text: String,
    /// By which column, and whether from the highest; `None` for the server's order.
    pub sort: Option<(Column, bool)>,
}

impl TableView {
    /// Whether rows may be left out.
    #[must_use]
    pub fn is_filter(&self) -> bool {
        self.tone.is_some() || !self.text.trim().is_empty()
    }

    /// Reads the name of a column, with `-` before it for the highest first.
    #[must_use]
    pub fn parse_sort(text: &str) -> Option<(Column, bool)> {
        let name = text.strip_prefix('-').unwrap_or(text);
        Some((Column::parse(name)?, name != text))
    }

    /// The order as [`TableView::parse_sort`] reads it.
    #[must_use]
    pub fn sort_name(&self) -> Option<String> {
        self.sort.map(|(column, descending)| [if descending { "-" } else { "" }, column.name()].concat())
    }

    /// The next order when the heading of `column` is pressed: what is worst or latest first where that is the question,
    /// then the other way round, then the server's.
    pub fn turn(&mut self, column: Column) {
        let first =
            matches!(column, Column::Status | Column::Delay | Column::Checkpoint | Column::Created | Column::Modified);
        self.sort = match self.sort {
            Some((by, descending)) if by == column => (descending == first).then_some((column, !first)),
            _ => Some((column, first)),
        };
    }

    /// The rows of `rows`, all those of `page` in its order, that are shown, in the order that is wished.
    #[must_use]
    pub fn pick(&self, rows: Vec<Row>, page: &TaskPage) -> Vec<Row> {
        let needle = self.text.trim().to_ascii_lowercase();
        let has = |text: &str| text.to_ascii_lowercase().contains(&needle);
        let keeps = |row: &Row| {
            self.tone.is_none_or(|tone| row.tone == tone)
                && (needle.is_empty() || row.cells.iter().any(|cell| has(&cell.main) || has(&cell.sub)))
        };
        let Some((column, descending)) = self.sort else { return rows.into_iter().filter(keeps).collect() };
        let keyed = rows.into_iter().zip(&page.tasks).filter(|(row, _)| keeps(row));
        let mut keyed: Vec<_> = keyed.map(|(row, task)| (sort_key(&row, task, column, page), row)).collect();
        keyed.sort_by(|(a, _), (b, _)| match (a, b) {
            (None, None) => Ordering::Equal,
            // What has no value comes last either way.
            (None, _) => Ordering::Greater,
            (_, None) => Ordering::Less,
            (Some(a), Some(b)) => {
                let order = a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1));
                if descending { order.reverse() } else { order }
            }
        });
        keyed.into_iter().map(|(_, row)| row).collect()
    }
}

/// What a row is sorted by: a number, and text where numbers are equal.
fn sort_key(row: &Row, task: &Task, column: Column, page: &TaskPage) -> Option<(f64, String)> {
    let time = |stamp: &Option<Stamp>| Some((seconds(stamp.as_ref()?.epoch_ms()?), String::new()));
    let cell = row.cell(column).filter(|cell| !cell.main.is_empty())?;
    match column {
        // A task in progress may lag by hours, so its row's tone comes first.
        Column::Status => Some((f64::from(row.tone as u8 * 8 + task.status.kind.tone() as u8), cell.main.clone())),
        Column::Delay => match Delay::judge(task, page.server_time(), Thresholds::default()) {
            Delay::Lag { seconds, .. } => Some((seconds, String::new())),
            _ => None,
        },
        Column::Checkpoint => time(&task.checkpoint),
        Column::Created => time(&task.created),
        Column::Modified => time(&task.modified),
        _ => Some((0.0, cell.main.to_ascii_lowercase())),
    }
}
