//! Rows and text as Markdown.

use super::columns::Column;
use super::rows::{Cell, Row};
use super::sanitize::clamp;
use super::viewer::Viewer;

/// `rows` as a table in Markdown.
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

/// Characters of one cell.
const CELL_CHARS: usize = 500;

/// A cell on one line that ends no column: its parts, with what Markdown would take for its own.
fn cell(cell: &Cell) -> String {
    let parts = [cell.main.as_str(), cell.tag.as_str(), cell.sub.as_str()].into_iter().filter(|part| !part.is_empty());
    let text = parts.collect::<Vec<_>>().join(" · ").replace(['\n', '\r'], " ");
    escape(clamp(&text, CELL_CHARS).0).replace('|', "\\|")
}

/// Text of which Markdown makes nothing: no element, no link, and no picture, which would be loaded from elsewhere.
#[must_use]
pub fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('<', "&lt;").replace('[', "\\[").replace('`', "\\`").replace(['\n', '\r'], " ")
}
