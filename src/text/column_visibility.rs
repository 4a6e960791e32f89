//! Column visibility: the table shows the columns that the viewer wants and that have a value in at least one row. The cluster and the
//! backup mode must also differ between rows, unless they were chosen: what is the same in all of them takes no column.

use std::rc::Rc;

use super::columns::{Column, Columns};
use super::rows::{Cell, Row};
use crate::domain::query::Query;

/// The columns of `wanted` that have a value in at least one of `rows`, in the viewer's order, for files and what is copied: there no
/// heading names the cluster. The status always shows.
#[must_use]
pub fn shown_columns(rows: &[Row], wanted: Columns) -> Vec<Column> {
    let is_filled = |column| rows.iter().filter_map(|row| row.cell(column)).any(|cell| !cell.main.is_empty());
    filled_columns(wanted, is_filled)
}

fn filled_columns(wanted: Columns, is_filled: impl Fn(Column) -> bool) -> Vec<Column> {
    let mut columns = wanted.ordered().to_vec();
    columns.retain(|&column| wanted.has(column) && (column == Column::Status || is_filled(column)));
    columns
}

/// Remembers which columns had a value, and which differed, since the list was first shown. A column that showed once stays through page
/// turns and refreshes, so that the table does not jump. It is forgotten when another list is asked for.
#[derive(Default)]
pub struct ColumnVisibility {
    list: Query,
    filled: [bool; 11],
    /// The first row that was seen.
    first: Option<Rc<[Cell; 11]>>,
    /// The rows that were seen last: in a refresh most are the same.
    known: Vec<Rc<[Cell; 11]>>,
    differing: [bool; 11],
}

impl ColumnVisibility {
    /// The columns for the table: as [`shown_columns`], but an automatic one ([`Columns::is_auto`]) shows only if rows differ in it.
    /// Earlier rows of the same list count, too. `query` is the request that `rows` are the response to.
    pub fn columns(&mut self, rows: &[Row], query: &Query, wanted: Columns) -> Vec<Column> {
        let list = Query { page: 1, ..query.clone() };
        if self.list != list {
            *self = Self { list, ..Self::default() };
        }
        let known = std::mem::replace(&mut self.known, rows.iter().map(|row| row.cells.clone()).collect());
        for (index, row) in rows.iter().enumerate() {
            if known.get(index).is_some_and(|cells| Rc::ptr_eq(cells, &row.cells)) {
                continue;
            }
            let first = self.first.get_or_insert_with(|| row.cells.clone());
            let found = self.filled.iter_mut().zip(&mut self.differing).zip(&**first);
            for (((filled, differs), first), cell) in found.zip(&*row.cells) {
                *filled |= !cell.main.is_empty();
                *differs = *differs || cell.main != first.main || cell.tag != first.tag;
            }
        }
        let is_in = |list: &[bool; 11], column| list.get(column as usize).is_some_and(|is_in| *is_in);
        filled_columns(wanted, |column| {
            is_in(&self.filled, column) && (!wanted.is_auto(column) || is_in(&self.differing, column))
        })
    }
}
