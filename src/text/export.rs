//! Rows as a file: CSV (RFC 4180) for spreadsheets, JSON for programs, Markdown for tickets. The rows keep the order of the
//! table, and each file says which rows of which list it holds.

use std::borrow::Cow;

use super::column_visibility::shown_columns;
use super::coverage::subject;
use super::event_detail::task_detail;
use super::footer::as_of;
use super::format::zone;
use super::json::JsonObject;
use super::markdown::{escape, table};
use super::rows::Row;
use super::sanitize::visible;
use super::texts::fill;
use super::viewer::Viewer;
use crate::domain::delay::{Delay, format_seconds};
use crate::domain::hash::Places;
use crate::domain::task::{Seconds, Task};
use crate::domain::time::{EpochMs, Stamp, format_civil, from_epoch_ms, iso_offset};
use crate::state::request_state::Loaded;

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For spreadsheets and programs: a column a fact, times in ISO 8601 with the offset of the viewer's zone.
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
    let stamp = stamp.map(|part| part.trim_end_matches(['.', '。'])).join(" · ");
    let places: Places = data.page.keyed().enumerate().map(|(place, (key, _))| (key.0, place)).collect();
    let task = |row: &Row| data.page.tasks.get(*places.get(&row.key.0)?).map(|task| &***task);
    let listed: Vec<(&Row, &Task)> = rows.iter().filter_map(|row| Some((row, task(row)?))).collect();
    let (ending, media_type) = format.kind();
    let text = match format {
        Format::Csv => csv(&[texts.title, " · ", &stamp].concat(), &listed, data.page.server_time(), viewer),
        Format::Json => json(&stamp, &listed),
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

/// The first line has the headings, and the last one says which rows these are: programs and spreadsheets take the first line for headings.
fn csv(stamp: &str, listed: &[(&Row, &Task)], server_time: Option<EpochMs>, viewer: &Viewer) -> String {
    // A byte order mark, without which some spreadsheets read UTF-8 in their own code page.
    let mut out = String::from("\u{feff}");
    line(&mut out, &FIELDS.map(|(name, _)| name.to_owned()));
    for (row, task) in listed {
        let facts = Facts { row, task, delay: &Delay::judge(task, server_time, viewer.thresholds), viewer };
        line(&mut out, &FIELDS.map(|(_, value)| value(&facts)));
    }
    line(&mut out, &[stamp.to_owned()]);
    out
}

fn json(stamp: &str, listed: &[(&Row, &Task)]) -> String {
    let tasks: Vec<_> = listed.iter().map(|(_, task)| task_detail(task).end()).collect();
    let list = ["[\n", &tasks.join(",\n"), "\n]"].concat();
    JsonObject::new().text("about", Some(stamp)).raw("tasks", &list).end()
}

/// What a line of a CSV file is made of.
struct Facts<'a> {
    row: &'a Row,
    task: &'a Task,
    delay: &'a Delay,
    viewer: &'a Viewer,
}

type Field = (&'static str, fn(&Facts) -> String);

/// The columns of a CSV file, one for each fact. What OCP sends has its name there. `verdict` is the kind of the panel's head,
/// `delaySeconds` is empty where the number that OCP sends is no delay but the age of a checkpoint that does not move.
const FIELDS: [Field; 18] = [
    ("verdict", |facts| facts.row.kind.name().to_owned()),
    ("status", |facts| facts.task.status.raw.to_string()),
    ("tenantName", |facts| text(facts.task.tenant_name.as_deref())),
    ("tenantId", |facts| text(facts.task.tenant_id.as_deref())),
    ("obTenantId", |facts| text(facts.task.ob_tenant_id.as_deref())),
    ("delaySeconds", |facts| match (facts.delay, &facts.task.delay) {
        (Delay::NotApplicable(_), _) | (_, None) => String::new(),
        (_, Some(Seconds::Number(seconds))) => format_seconds(*seconds),
        (_, Some(Seconds::Raw(raw))) => raw.to_string(),
    }),
    ("checkpointAgeSeconds", |facts| match facts.delay {
        Delay::NotApplicable(Some(seconds)) => format_seconds(*seconds),
        _ => String::new(),
    }),
    ("checkpoint", |facts| iso(facts.task.checkpoint.as_ref(), facts.viewer)),
    ("errorMsg", |facts| text(facts.task.error_msg.as_deref())),
    ("clusterName", |facts| text(facts.task.cluster_name.as_deref())),
    ("clusterId", |facts| text(facts.task.cluster_id.as_deref())),
    ("obClusterId", |facts| text(facts.task.ob_cluster_id.as_deref())),
    ("clusterType", |facts| text(facts.task.cluster_type.as_deref())),
    ("backupMode", |facts| text(facts.task.backup_mode.as_deref())),
    ("backupUri", |facts| text(facts.task.backup_uri.as_deref())),
    ("agentServerIp", |facts| text(facts.task.agent_server_ip.as_deref())),
    ("createTime", |facts| iso(facts.task.created.as_ref(), facts.viewer)),
    ("modifyTime", |facts| iso(facts.task.modified.as_ref(), facts.viewer)),
];

/// A time in ISO 8601, with the offset of the viewer's zone at that time; as sent where it is no time that can be read.
fn iso(stamp: Option<&Stamp>, viewer: &Viewer) -> String {
    let raw = |stamp: &Stamp| match stamp {
        Stamp::Raw(raw) => raw.to_string(),
        Stamp::Known(_) => String::new(),
    };
    let known = stamp.and_then(Stamp::epoch_ms).and_then(|ms| {
        let offset = viewer.offset_minutes(ms);
        let civil = format_civil(&from_epoch_ms(ms, offset)?.naive_local());
        Some([&civil.replace(' ', "T"), &*iso_offset(offset)].concat())
    });
    known.or_else(|| stamp.map(raw)).unwrap_or_default()
}

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
