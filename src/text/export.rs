//! Rows as a file, in the order and the zone that is shown: CSV (RFC 4180) for spreadsheets, JSON for programs, Markdown for
//! tickets. Each says what it is of. Pure.

use std::borrow::Cow;

use super::column_visibility::shown_columns;
use super::coverage::subject;
use super::event_detail::task_detail;
use super::footer::as_of;
use super::format::{time, zone};
use super::json::JsonObject;
use super::markdown::table;
use super::rows::Row;
use super::texts::fill;
use super::viewer::Viewer;
use crate::domain::delay::format_seconds;
use crate::domain::hash::Places;
use crate::domain::task::{Seconds, Task};
use crate::state::load::Loaded;

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For spreadsheets.
    Csv,
    /// For programs: the tasks by OCP's names, times in UTC.
    Json,
    /// For tickets.
    Markdown,
}

impl Format {
    /// All of them, in the order of their buttons.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Json, Self::Markdown];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Json => "JSON",
            Self::Markdown => "Markdown",
        }
    }

    /// The ending of its files' names, and its media type.
    fn kind(self) -> (&'static str, &'static str) {
        match self {
            Self::Csv => (".csv", "text/csv;charset=utf-8"),
            Self::Json => (".json", "application/json"),
            Self::Markdown => (".md", "text/markdown;charset=utf-8"),
        }
    }
}

/// A file to be saved.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// What is in it.
    pub text: String,
}

/// `rows` of `data` as a file. `covers` says which ones they are.
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
        Format::Markdown => {
            ["# ", texts.title, "\n\n", &stamp, "\n\n", &table(rows, &shown_columns(rows, viewer.columns), viewer)]
                .concat()
        }
    };
    let name = ["log-backup-", &data.query.cluster, "-", &as_of.replace([' ', ':'], "-"), ending].concat();
    File { name, media_type, text }
}

fn csv(stamp: &str, tasks: &[&Task], viewer: &Viewer) -> String {
    // For spreadsheets that would otherwise take UTF-8 for their own code page.
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

/// The fields by OCP's names.
const FIELDS: [Field; 16] = [
    ("status", |task, _| task.status.raw.clone()),
    ("tenantName", |task, _| text(task.tenant_name.as_ref())),
    ("tenantId", |task, _| text(task.tenant_id.as_ref())),
    ("obTenantId", |task, _| text(task.ob_tenant_id.as_ref())),
    ("delay", |task, _| match &task.delay {
        Some(Seconds::Number(seconds)) => format_seconds(*seconds),
        Some(Seconds::Raw(raw)) => raw.clone(),
        None => String::new(),
    }),
    ("checkpoint", |task, viewer| time(task.checkpoint.as_ref(), viewer)),
    ("errorMsg", |task, _| text(task.error_msg.as_ref())),
    ("clusterName", |task, _| text(task.cluster_name.as_ref())),
    ("clusterId", |task, _| text(task.cluster_id.as_ref())),
    ("obClusterId", |task, _| text(task.ob_cluster_id.as_ref())),
    ("clusterType", |task, _| text(task.cluster_type.as_ref())),
    ("backupMode", |task, _| text(task.backup_mode.as_ref())),
    ("backupUri", |task, _| text(task.backup_uri.as_ref())),
    ("agentServerIp", |task, _| text(task.agent_server_ip.as_ref())),
    ("createTime", |task, viewer| time(task.created.as_ref(), viewer)),
    ("modifyTime", |task, viewer| time(task.modified.as_ref(), viewer)),
];

fn text(field: Option<&String>) -> String {
    field.cloned().unwrap_or_default()
}

fn line(out: &mut String, cells: &[String]) {
    for (index, cell) in cells.iter().enumerate() {
        out.push_str(if index > 0 { "," } else { "" });
        out.push_str(&guarded(cell));
    }
    out.push_str("\r\n");
}

/// What a spreadsheet takes for the start of a formula, in full width, too.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The cell, quoted where it must be. A spreadsheet would run what starts like a formula, so that gets an apostrophe; a
/// plain number is none.
fn guarded(cell: &str) -> Cow<'_, str> {
    // Parsing it as a number would be 13 kB of tables.
    let is_number = cell.strip_prefix('-').is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
    let is_formula = cell.starts_with(FORMULA) && !is_number;
    // Where a semicolon or a tab parts cells it must not part this one.
    if !is_formula && !cell.contains(['"', ',', ';', '\t', '\n', '\r']) {
        return cell.into();
    }
    ["\"", if is_formula { "'" } else { "" }, &cell.replace('"', "\"\""), "\""].concat().into()
}
