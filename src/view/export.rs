//! The page at hand as a CSV file (RFC 4180): the rows that are shown, in their order, in the zone that is shown.

use std::borrow::Cow;

use super::present::{Column, Shown, Viewer, as_of, filtered, range, rows, time, zone};
use super::texts::fill;
use crate::domain::delay::format_seconds;
use crate::domain::hash::HashMap;
use crate::domain::page::Pager;
use crate::domain::task::{Seconds, Task};
use crate::state::load::Load;

/// The file, and its name without an ending; `None` without rows. Its first line says what it is of.
#[must_use]
pub fn csv(load: &Load, shown: &Shown, viewer: &Viewer) -> Option<(String, String)> {
    let data = load.data.as_ref().filter(|data| !data.page.tasks.is_empty())?;
    let texts = viewer.locale.texts();
    let as_of = as_of(data, viewer);
    let last = Pager::of(&data.page, &data.query).last.map_or_else(|| "?".to_owned(), |last| last.to_string());
    let of = fill(texts.page_of, &[("page", &data.query.page.to_string()), ("last", &last)]);
    let cluster = [Column::Cluster.title(texts), " ", &data.query.cluster].concat();
    let at = fill(texts.as_of, &[("time", &as_of)]);
    let range = range(data.query.range, viewer);
    let zone = zone(viewer, data.received);
    let listed = shown.pick(rows(&data.page, &load.watch, viewer), &data.page);
    let count = filtered(listed.len(), data.page.tasks.len(), texts);
    let stamp = [texts.title, &cluster, &range, &of, &count, &at, &zone].join(texts.semicolon);

    // For spreadsheets that would otherwise take UTF-8 for their own code page.
    let mut out = String::from("\u{feff}");
    line(&mut out, &[stamp]);
    line(&mut out, &FIELDS.map(|(name, _)| name.to_owned()));
    let tasks: HashMap<_, _> = data.page.keyed().collect();
    for task in listed.iter().filter_map(|row| tasks.get(&row.key)) {
        line(&mut out, &FIELDS.map(|(_, value)| value(task, viewer)));
    }
    let name = ["log-backup-", &data.query.cluster, "-", &as_of.replace([' ', ':'], "-")].concat();
    Some((out, name))
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

/// The cell, quoted where it must be. A spreadsheet would run what starts like a formula, so that gets an apostrophe; a
/// plain number is none.
fn guarded(cell: &str) -> Cow<'_, str> {
    let (first, rest) = cell.split_at_checked(1).unwrap_or_default();
    // Parsing it as a number would be 13 kB of tables.
    let is_number = first == "-" && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_formula = first.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number;
    if !is_formula && !cell.contains(['"', ',', '\n', '\r']) {
        return cell.into();
    }
    ["\"", if is_formula { "'" } else { "" }, &cell.replace('"', "\"\""), "\""].concat().into()
}
