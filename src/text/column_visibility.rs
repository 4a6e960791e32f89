//! Which columns of the table show: those that the viewer wants and that at least one row fills.

use super::columns::{Column, Columns};
use super::rows::Row;
use crate::domain::query::Query;

/// The columns of `wanted` that at least one of `rows` fills, in the order wished; the status always shows.
#[must_use]
pub fn shown_columns(rows: &[Row], wanted: Columns) -> Vec<Column> {
    ColumnVisibility::default().columns(rows, &Query::default(), wanted)
}

/// The columns that a list has filled since it was asked for. They stay from page to page and from refresh to refresh,
/// so that the table holds still under the reader's eyes.
#[derive(Default)]
pub struct ColumnVisibility {
    list: Query,
    filled: [bool; 11],
}

impl ColumnVisibility {
    /// As [`shown_columns`], and those that earlier rows of the same list filled; `query` is what `rows` answer.
    pub fn columns(&mut self, rows: &[Row], query: &Query, wanted: Columns) -> Vec<Column> {
        let list = Query { page: 1, ..query.clone() };
        if self.list != list {
            *self = Self { list, ..Self::default() };
        }
        for row in rows {
            for (filled, cell) in self.filled.iter_mut().zip(&*row.cells) {
                *filled |= !cell.main.is_empty();
            }
        }
        let is_filled = |column| self.filled.get(column as usize).is_some_and(|filled| *filled);
        let mut columns = wanted.ordered().to_vec();
        columns.retain(|&column| wanted.has(column) && (column == Column::Status || is_filled(column)));
        columns
    }
}
