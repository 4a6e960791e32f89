//! Writes Markdown, for reports and files.

use super::columns::Column;
use super::rows::{Cell, Row};
use super::sanitize::clamp;
use super::viewer::Viewer;

/// Writes `columns` of `rows` as a table.
#[must_use]
pub fn table(rows: &[Row], columns: &[Column], viewer: &Viewer) -> String {
    let texts = viewer.locale.texts();
    let line = |cells: Vec<String>| ["| ", &cells.join(" | "), " |\n"].concat();
    let head = [
        line(columns.iter().map(|column| column.title(texts).to_owned()).collect()),
        line(columns.iter().map(|_| "---".to_owned()).collect()),
    ];
    let body = rows
        .iter()
        .map(|row| line(columns.iter().map(|column| row.cell(*column).map(cell).unwrap_or_default()).collect()));
    head.into_iter().chain(body).collect()
}

/// Characters that a cell shows at most.
const CELL_CHARS: usize = 500;

/// A cell on one line, with its parts separated by dots and what ends a column escaped.
fn cell(cell: &Cell) -> String {
    escape(clamp(&cell.to_line(), CELL_CHARS).0).replace('|', "\\|")
}

/// Escapes `text`, so that Markdown shows it as it is: as no HTML, no link, and no picture, which would be loaded from elsewhere.
/// Line breaks become spaces.
#[must_use]
pub fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('<', "&lt;").replace('[', "\\[").replace('`', "\\`").replace(['\n', '\r'], " ")
}
