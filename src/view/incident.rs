//! What goes into a ticket: the state, the tasks to look at, what happened, how to ask again, and what to ask the
//! database next. Markdown, and as free of secrets as all that the panel holds. Pure.

use super::columns::Column;
use super::export::table;
use super::present::{Row, Viewer, diagnostics, digest, footer, problem, rows, then, visible};
use crate::api::request::request;
use crate::domain::task::Tone;
use crate::domain::time::EpochMs;
use crate::state::load::{Load, Loaded};

/// Tasks that are listed; more are counted.
const MOST_TASKS: usize = 50;
/// What of a task is told.
const COLUMNS: [Column; 6] =
    [Column::Status, Column::Tenant, Column::Delay, Column::Checkpoint, Column::Error, Column::Uri];

/// The report on what `load` knows at `now` of the OCP at `base_url`, empty for the page's own.
#[must_use]
pub fn incident(load: &Load, base_url: &str, now: EpochMs, viewer: &Viewer) -> String {
    let texts = viewer.locale.texts();
    let mut out = ["# ", texts.title, "\n\n"].concat();
    if let Some(error) = &load.problem {
        list(&mut out, problem(error, texts).to_text().lines());
    }
    let Some(data) = &load.data else { return out };
    let summary = load.watch.summary(&data.page, viewer.thresholds);
    let words = digest(data, &summary, viewer);
    let then = load.problem.as_ref().map(|_| then(data, viewer)).unwrap_or_default();
    let verdict = [&*then, &words.verdict].concat();
    let point = [texts.restorable, ": ", &words.restorable, ", ", &words.restorable_of].concat();
    let cluster = [Column::Cluster.title(texts), ": ", &data.query.cluster].concat();
    list(&mut out, [&*cluster, &verdict, &words.scope, &point].into_iter());
    list(&mut out, footer(data, viewer).iter().map(String::as_str));
    tasks(&mut out, &rows(&data.page, &load.watch, viewer), viewer);
    for (title, lines) in diagnostics(&load.watch, data.skew, viewer) {
        heading(&mut out, title);
        list(&mut out, lines.iter().map(String::as_str));
    }
    heading(&mut out, texts.next_steps);
    let base = if base_url.is_empty() { "https://ocp.example.com" } else { base_url };
    if let Ok(request) = request(base, &data.query, now) {
        let params = request.params.iter().map(|(name, value)| [*name, "=", value].concat()).collect::<Vec<_>>();
        let url = ["curl -u USER '", &request.url, "?", &params.join("&"), "'"].concat();
        block(&mut out, "sh", &url);
    }
    block(&mut out, "sql", &queries(data));
    out
}

/// The tasks of warning or critical tone as a table.
fn tasks(out: &mut String, rows: &[Row], viewer: &Viewer) {
    let texts = viewer.locale.texts();
    heading(out, texts.to_look_at);
    let mut alarming: Vec<_> = rows.iter().filter(|row| row.tone >= Tone::Warning).cloned().collect();
    let more = alarming.len().saturating_sub(MOST_TASKS);
    alarming.truncate(MOST_TASKS);
    out.push_str(&table(&alarming, &COLUMNS, viewer));
    if more > 0 {
        out.push_str(&super::texts::fill(texts.more_tasks, &[("count", &texts.number(more as u64))]));
    }
}

/// What the database itself says, asked in the sys tenant: OceanBase 4, then 2 and 3.
fn queries(data: &Loaded) -> String {
    let ids = data.page.tasks.iter().filter_map(|task| task.ob_tenant_id.as_deref());
    let mut ids: Vec<_> = ids.filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())).collect();
    ids.dedup();
    ids.truncate(MOST_TASKS);
    let of = if ids.is_empty() { String::new() } else { [" WHERE tenant_id IN (", &ids.join(", "), ")"].concat() };
    [
        "SELECT * FROM oceanbase.CDB_OB_ARCHIVELOG",
        &of,
        ";\nSELECT * FROM oceanbase.CDB_OB_ARCHIVE_DEST",
        &of,
        ";\n-- OceanBase 2 and 3\nSELECT * FROM oceanbase.CDB_OB_BACKUP_ARCHIVELOG_SUMMARY",
        &of,
        ";",
    ]
    .concat()
}

fn heading(out: &mut String, title: &str) {
    out.push_str(&["\n## ", title, "\n\n"].concat());
}

fn list<'a>(out: &mut String, lines: impl Iterator<Item = &'a str>) {
    for line in lines {
        out.push_str(&["- ", &visible(line).replace('<', "&lt;"), "\n"].concat());
    }
}

fn block(out: &mut String, language: &str, code: &str) {
    out.push_str(&["```", language, "\n", code, "\n```\n\n"].concat());
}
