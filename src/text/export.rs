//! Rows as a file: CSV (RFC 4180) for spreadsheets, JSON for programs, Markdown for tickets. The rows keep the order of the
//! table, and each file says which rows of which list it holds.

use std::borrow::Cow;

use super::column_visibility::shown_columns;
use super::coverage::subject;
use super::event_detail::task_detail;
use super::footer::as_of;
use super::format::{time, zone};
use super::json::JsonObject;
use super::markdown::{escape, table};
use super::rows::Row;
use super::sanitize::visible;
use super::texts::fill;
use super::viewer::Viewer;
use crate::domain::delay::format_seconds;
use crate::domain::hash::Places;
use crate::domain::task::{Seconds, Task};
use crate::state::request_state::Loaded;

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For spreadsheets: fields by OCP's names, times in the viewer's zone.
    Csv,
    /// For programs: fields by OCP's names, times in UTC.
    Json,
    /// For tickets: the table as it is shown.
    Markdown,
}

impl Format {
    /// All formats, in the order of their buttons.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Json, Self::Markdown];

    /// The name on its button, the same in all languages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Json => "JSON",
            Self::Markdown => "Markdown",
        }
    }

    /// The file name extension and the media type.
    fn kind(self) -> (&'static str, &'static str) {
        match self {
            Self::Csv => (".csv", "text/csv;charset=utf-8"),
            Self::Json => (".json", "application/json"),
            Self::Markdown => (".md", "text/markdown;charset=utf-8"),
        }
    }
}

/// A file to save.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// The file name.
    pub name: String,
    /// The media type, such as `application/json`.
    pub media_type: &'static str,
    /// The content.
    pub text: String,
}

/// Writes `rows` of `data` to a file. `covers` says which rows these are.
#[must_use]
pub fn file(format: Format, data: &Loaded, rows: &[Row], covers: &str, viewer: &Viewer) -> File {
    let texts = viewer.locale.texts();
    let as_of = as_of(data, viewer);
    let at = fill(texts.as_of, &[("time", &as_of)]);
    let stamp = [&subject(data, viewer), covers, &at, &zone(viewer, data.received)];
    let stamp = stamp.map(|part| part.trim_end_matches('.')).join(texts.semicolon);
    let places: Places = data.page.keyed().enumerate().map(|(place, (key, _))| (key.0, place)).collect();
    let task = |row: &Row| data.page.tasks.get(*places.get(&row.key.0)?).map(|task| &***task);
    let tasks: Vec<&Task> = rows.iter().filter_map(task).collect();
    let (ending, media_type) = format.kind();
    let text = match format {
        Format::Csv => csv(&[texts.title, texts.semicolon, &stamp].concat(), &tasks, viewer),
        Format::Json => json(&stamp, &tasks),
        Format::Markdown => [
            "# ",
            texts.title,
            "\n\n",
            &escape(&stamp),
            "\n\n",
            &table(rows, &shown_columns(rows, viewer.columns), viewer),
        ]
        .concat(),
    };
    let name = ["log-backup-", &data.query.cluster, "-", &as_of.replace([' ', ':'], "-"), ending].concat();
    File { name, media_type, text }
}

fn csv(stamp: &str, tasks: &[&Task], viewer: &Viewer) -> String {
    // A byte order mark, without which some spreadsheets read UTF-8 in their own code page.
    let mut out = String::from("\u{feff}");
    line(&mut out, &[stamp.to_owned()]);
    line(&mut out, &FIELDS.map(|(name, _)| name.to_owned()));
    for task in tasks {
        line(&mut out, &FIELDS.map(|(_, value)| value(task, viewer)));
    }
    out
}

fn json(stamp: &str, tasks: &[&Task]) -> String {
    let tasks: Vec<_> = tasks.iter().map(|task| task_detail(task).end()).collect();
    let list = ["[\n", &tasks.join(",\n"), "\n]"].concat();
    JsonObject::new().text("about", Some(stamp)).raw("tasks", &list).end()
}

type Field = (&'static str, fn(&Task, &Viewer) -> String);

/// The columns of a CSV file, by OCP's field names.
const FIELDS: [Field; 16] = [
    ("status", |task, _| task.status.raw.to_string()),
    ("tenantName", |task, _| text(task.tenant_name.as_deref())),
    ("tenantId", |task, _| text(task.tenant_id.as_deref())),
    ("obTenantId", |task, _| text(task.ob_tenant_id.as_deref())),
    ("delay", |task, _| match &task.delay {
        Some(Seconds::Number(seconds)) => format_seconds(*seconds),
        Some(Seconds::Raw(raw)) => raw.to_string(),
        None => String::new(),
    }),
    ("checkpoint", |task, viewer| time(task.checkpoint.as_ref(), viewer)),
    ("errorMsg", |task, _| text(task.error_msg.as_deref())),
    ("clusterName", |task, _| text(task.cluster_name.as_deref())),
    ("clusterId", |task, _| text(task.cluster_id.as_deref())),
    ("obClusterId", |task, _| text(task.ob_cluster_id.as_deref())),
    ("clusterType", |task, _| text(task.cluster_type.as_deref())),
    ("backupMode", |task, _| text(task.backup_mode.as_deref())),
    ("backupUri", |task, _| text(task.backup_uri.as_deref())),
    ("agentServerIp", |task, _| text(task.agent_server_ip.as_deref())),
    ("createTime", |task, viewer| time(task.created.as_ref(), viewer)),
    ("modifyTime", |task, viewer| time(task.modified.as_ref(), viewer)),
];

fn text(field: Option<&str>) -> String {
    field.unwrap_or_default().to_owned()
}

fn line(out: &mut String, cells: &[String]) {
    for (index, cell) in cells.iter().enumerate() {
        out.push_str(if index > 0 { "," } else { "" });
        out.push_str(&csv_cell(&visible(cell)));
    }
    out.push_str("\r\n");
}

/// What a spreadsheet takes for the start of a formula, also in full width.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// What is nothing to the eye, and to a spreadsheet that leaves out what stands before a formula.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{ad}' | '\u{180e}' | '\u{200c}' | '\u{200d}' | '\u{2800}' | '\u{3164}')
}

/// Quotes a CSV cell where that is needed. A cell that starts like a formula, with gaps before it or without, gets an apostrophe, or a
/// spreadsheet would run it; a negative number does not.
fn csv_cell(cell: &str) -> Cow<'_, str> {
    // Parsing it as a number would be 13 kB of tables.
    let is_number = cell.strip_prefix('-').is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
    let starts_like_one = cell.starts_with(['\t', '\r', '\n']) || cell.trim_start_matches(is_gap).starts_with(FORMULA);
    let is_formula = starts_like_one && !is_number;
    // Some spreadsheets separate cells by semicolons or tabs, so these are quoted too.
    if !is_formula && !cell.contains(['"', ',', ';', '\t', '\n', '\r']) {
        return cell.into();
    }
    ["\"", if is_formula { "'" } else { "" }, &cell.replace('"', "\"\""), "\""].concat().into()
}
