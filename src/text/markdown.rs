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

/// Writes `text` so that Markdown shows it as it is: as no HTML, no link, no mention, no emphasis, and no picture, which would be
/// loaded from elsewhere. Line breaks become spaces. A `|` is never in code, so that it can be escaped in a table.
///
/// A word that is live without any sign around it becomes code. An escape would not do: renderers look for addresses, and sites for
/// mentions, in the text that is left when the escapes are gone.
#[must_use]
pub fn escape(text: &str) -> String {
    let is_end = |c: char| c.is_whitespace() || c == '|';
    let text = text.trim();
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(is_end) {
        let word = part.strip_suffix(is_end).unwrap_or(part);
        if is_live(word) || out.is_empty() && starts_block(word) {
            push_code(&mut out, word);
        } else {
            out.push_str(&word.replace('\\', "\\\\").replace('<', "&lt;").replace('[', "\\[").replace('`', "\\`"));
        }
        out.push_str(match part.get(word.len()..).unwrap_or_default() {
            "\n" | "\r" => " ",
            end => end,
        });
    }
    out
}

/// What makes a word live on its own: an address, a mention, emphasis.
const LIVE: [&str; 8] = ["://", "www.", "mailto:", "xmpp:", "@", "#", "*", "~"];

/// Whether a renderer or a site would make something else of `word` than its letters.
fn is_live(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    // What GitLab refers by (`!1`, `$1`, `%1`, `&1`), and HTML's names of signs (`&commat;`).
    let is_reference = |pair: &[u8]| matches!(pair, [b'!' | b'$' | b'%' | b'&' | b'^', c] if c.is_ascii_alphanumeric());
    // A host without a scheme.
    let is_host = |three: &[u8]| matches!(three, [b'.', a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic());
    // At the edge of a word `_` is emphasis.
    let is_edge = |part: &str| {
        !part.starts_with(|c: char| c.is_ascii_alphanumeric()) || !part.ends_with(|c: char| c.is_ascii_alphanumeric())
    };
    LIVE.iter().any(|sign| word.contains(sign))
        || word.as_bytes().windows(2).any(is_reference)
        || word.as_bytes().windows(3).any(is_host)
        || word.contains('_') && word.split('_').any(is_edge)
}

/// Whether a line that starts with `word` is a quote, an item of a list, or a rule.
fn starts_block(word: &str) -> bool {
    let number = word.strip_suffix(['.', ')']);
    word.starts_with('>')
        || word == "+"
        || !word.is_empty() && word.trim_matches(['-', '=']).is_empty()
        || number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Writes `word` as code, between more backticks than it has in a row.
fn push_code(out: &mut String, word: &str) {
    let most = word.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(most + 1);
    // Markdown takes one space away at each side.
    let space = if word.starts_with('`') || word.ends_with('`') { " " } else { "" };
    out.push_str(&[&*fence, space, word, space, &*fence].concat());
}
