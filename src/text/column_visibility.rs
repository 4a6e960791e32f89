//! Column visibility: the table shows the columns that the viewer wants and that have a value in at least one row.

use super::columns::{Column, Columns};
use super::rows::Row;
use crate::domain::query::Query;

/// The columns of `wanted` that have a value in at least one of `rows`, in the viewer's order. The status always shows.
#[must_use]
pub fn shown_columns(rows: &[Row], wanted: Columns) -> Vec<Column> {
    ColumnVisibility::default().columns(rows, &Query::default(), wanted)
}

/// Remembers which columns had a value since the list was first shown. A column that showed once stays through page turns and
/// refreshes, so that the table does not jump. It is forgotten when another list is asked for.
#[derive(Default)]
pub struct ColumnVisibility {
    list: Query,
    filled: [bool; 11],
}

impl ColumnVisibility {
    /// As [`shown_columns`], with the columns that had a value in earlier rows of the same list. `query` is the request that `rows`
    /// are the response to.
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
