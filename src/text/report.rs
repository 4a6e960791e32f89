//! Reports for a ticket, in Markdown. The one on a cluster has the verdict, the tasks to look at, what happened in the session, how to repeat
//! the request, and what to ask the database next. The one on a task has its message, the cause, what to do, and its fields. They hold no
//! credentials, since the panel has none.

use std::iter;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::causes::advice;
use super::columns::Column;
use super::diagnostics::diagnostics;
use super::footer::footer;
use super::format::{format_span, loss, short_name, time_of_day, zone, zoned};
use super::markdown::{escape, table};
use super::problem::problem;
use super::remarks::cached;
use super::rows::{Row, row, rows};
use super::sanitize::{clamp, visible};
use super::texts::fill;
use super::verdict::{last_known, spread, step_name, verdict};
use super::viewer::Viewer;
use crate::api::request::{Request, request};
use crate::domain::kinds::Kind;
use crate::domain::query::Query;
use crate::domain::task::{DecodedTask, Task, TaskKey, Tone};
use crate::domain::time::{EpochMs, ms, seconds};
use crate::state::history::History;
use crate::state::request_state::{Loaded, RequestState};

/// What a URL may not hold as it is, and the quote that would end the string in the shell. `%` is not in it: the URL may be encoded already.
const NOT_IN_URL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'\'')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The greatest number of tasks that are listed. Further ones are counted.
const MOST_TASKS: usize = 50;
/// The columns that are listed of a task.
const COLUMNS: [Column; 6] =
    [Column::Status, Column::Tenant, Column::Delay, Column::Checkpoint, Column::Error, Column::Uri];
/// How many characters of a message the report on a task has.
const MESSAGE_CHARS: usize = 2_000;

/// Where the request goes.
#[derive(Clone, Copy, Debug)]
pub struct Server<'a> {
    /// The address of OCP or a path, empty for the page's own origin.
    pub base_url: &'a str,
    /// The address of the page, against which the browser resolves a path.
    pub page: &'a str,
}

/// Writes the report on `state` at `now`. `query` is the current request, which goes to `server`.
#[must_use]
pub fn report(state: &RequestState, query: &Query, server: Server, now: EpochMs, viewer: &Viewer) -> String {
    let texts = viewer.locale.later_texts();
    let mut out = ["# ", texts.title, "\n\n"].concat();
    let cluster = [Column::Cluster.title(texts), texts.colon, &query.cluster].concat();
    let made = fill(texts.made_at, &[("time", &zoned(now, viewer))]);
    list(&mut out, [&*cluster, &made, &zone(viewer, now)].into_iter());
    if let Some(error) = &state.problem {
        list(&mut out, problem(error, texts).to_text(texts).lines());
    }
    let data = state.data.as_ref();
    let rows = data.map(|data| rows(&data.page, &state.history, viewer)).unwrap_or_default();
    let listed = data.into_iter().flat_map(|data| data.page.keyed()).zip(&rows);
    let alarming: Vec<Alarming> = listed.filter(|(_, row)| row.tone >= Tone::Warning).collect();
    if let Some(data) = data {
        write_state(&mut out, state, data, now, viewer);
        tasks(&mut out, &alarming, viewer);
        samples(&mut out, &state.history, &alarming, viewer);
    }
    let skew = data.map(|data| data.skew).unwrap_or_default();
    for (title, lines) in diagnostics(&state.history, skew, viewer) {
        heading(&mut out, title);
        if lines.is_empty() {
            list(&mut out, [texts.nothing].into_iter());
        }
        list(&mut out, lines.iter().map(String::as_str));
    }
    heading(&mut out, texts.next_steps);
    if let Ok(request) = request(server.base_url, query, now, viewer.clock.offset_minutes) {
        block(&mut out, "sh", &curl(&request, server.page));
    }
    block(&mut out, "sql", &queries(&alarming.iter().map(|((_, task), _)| -> &Task { task }).collect::<Vec<_>>()));
    out
}

/// Writes the report on the task `key` at `now`; `None` where `data` does not list it.
#[must_use]
pub fn task_report(data: &Loaded, key: TaskKey, history: &History, now: EpochMs, viewer: &Viewer) -> Option<String> {
    let texts = viewer.locale.later_texts();
    let (_, task) = data.page.keyed().find(|(listed, _)| *listed == key)?;
    let (_, row) = row(&data.page, key, history, viewer)?;
    let mut out = ["# ", texts.title, texts.colon, &escape(&short_name(task.label())), "\n\n"].concat();
    let made = fill(texts.made_at, &[("time", &zoned(now, viewer))]);
    list(&mut out, [&*made, &zone(viewer, now)].into_iter());
    list(&mut out, cached(data, texts).as_deref().into_iter());
    list(&mut out, footer(data, viewer).iter().map(String::as_str));
    if let Some(message) = task.error_msg.as_deref().filter(|message| !message.trim().is_empty()) {
        heading(&mut out, Column::Error.title(texts));
        list(&mut out, iter::once(clamp(message, MESSAGE_CHARS).0));
    }
    let advice = advice(task, row.tone, texts);
    heading(&mut out, advice.heading);
    list(&mut out, iter::once(advice.what));
    if !advice.steps.is_empty() {
        heading(&mut out, texts.what_to_do);
        for (step, number) in advice.steps.iter().zip(1_usize..) {
            out.push_str(&[&number.to_string(), ". ", step, "\n"].concat());
        }
    }
    heading(&mut out, texts.details);
    let fields =
        row.cells.iter().zip(Column::ALL).filter(|(cell, column)| !cell.main.is_empty() && *column != Column::Error);
    let fields: Vec<_> =
        fields.map(|(cell, column)| [column.title(texts), texts.colon, &cell.to_line()].concat()).collect();
    list(&mut out, fields.iter().map(String::as_str));
    samples(&mut out, history, &[((key, task), &row)], viewer);
    heading(&mut out, texts.next_steps);
    block(&mut out, "sql", &queries(&[task]));
    Some(out)
}

/// The verdict, what would be lost, and the footer.
fn write_state(out: &mut String, state: &RequestState, data: &Loaded, now: EpochMs, viewer: &Viewer) {
    let texts = viewer.locale.later_texts();
    let summary = state.history.summary(&data.page, viewer.thresholds);
    let words = verdict(data, &summary, viewer);
    let as_of_then = if state.is_fresh() { String::new() } else { last_known(data, viewer) };
    let mut point = [words.restorable_title, " ", &words.restorable].concat();
    if !words.restorable_of.is_empty() {
        point = [&point, texts.semicolon, &words.restorable_of].concat();
    }
    let gap = summary.risk.as_ref().map(|risk| ms(risk.seconds) + data.age(now));
    let gap = gap.map_or_else(|| texts.not_known.to_owned(), |gap| loss(gap, words.is_least, texts));
    let lost = [words.loss, " ", &gap].concat();
    let counted = |name: &str, count: u32| [name, texts.colon, &texts.number(count.into())].concat();
    let kinds = Kind::ALL.into_iter().zip(&summary.kinds).filter(|(_, group)| group.count > 0);
    let kinds: Vec<_> = kinds.map(|(kind, group)| counted(texts.kinds.of(kind), group.count)).collect();
    let age = seconds(data.age(now));
    let spread: Vec<_> =
        spread(&summary, age).into_iter().map(|(step, count)| counted(&step_name(step, texts), count)).collect();
    let [kinds, spread] = [kinds, spread].map(|counts| counts.join(texts.comma));
    let state = [&*[&*as_of_then, &words.headline].concat(), &kinds, &words.scope, &point, &lost, &spread];
    list(out, state.into_iter().filter(|line| !line.is_empty()));
    list(out, cached(data, texts).as_deref().into_iter());
    list(out, footer(data, viewer).iter().map(String::as_str));
}

/// A task of warning or critical tone, with its key and its row.
type Alarming<'a> = ((TaskKey, &'a Arc<DecodedTask>), &'a Row);

/// The tasks to look at as a table.
fn tasks(out: &mut String, alarming: &[Alarming], viewer: &Viewer) {
    let texts = viewer.locale.later_texts();
    heading(out, texts.to_look_at);
    if alarming.is_empty() {
        return list(out, [texts.nothing].into_iter());
    }
    let rows: Vec<Row> = alarming.iter().take(MOST_TASKS).map(|(_, row)| (*row).clone()).collect();
    out.push_str(&table(&rows, &COLUMNS, viewer));
    let more = alarming.len() - rows.len();
    if more > 0 {
        out.push_str(&fill(texts.more_lines, &[("count", &texts.number(more as u64))]));
    }
}

/// The delays of the tasks to look at that were seen in this session, oldest first.
fn samples(out: &mut String, history: &History, alarming: &[Alarming], viewer: &Viewer) {
    let texts = viewer.locale.later_texts();
    let line = |((key, task), _): &Alarming| {
        let seen = history.samples(*key, task)?.list();
        let seen = seen.map(|(at, seconds)| [&time_of_day(at, viewer), " ", &*format_span(seconds, texts)].concat());
        let seen: Vec<_> = seen.collect();
        (!seen.is_empty()).then(|| [&short_name(task.label()), texts.colon, &*seen.join(texts.comma)].concat())
    };
    let lines: Vec<_> = alarming.iter().take(MOST_TASKS).filter_map(line).collect();
    if !lines.is_empty() {
        heading(out, texts.delays_seen);
        list(out, lines.iter().map(String::as_str));
    }
}

/// SQL for the sys tenant that asks the database itself: for OceanBase 4, then for 2 and 3. It asks about the tenants of `tasks` where
/// OceanBase's id of each is known, else about all. The value of a destination is cut where its keys begin, because the result goes into
/// the ticket. The events have no tenant; `ls_id` is the log stream.
#[must_use]
pub fn queries(tasks: &[&Task]) -> String {
    let is_id = |id: &&str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
    let ids = tasks.iter().map(|task| task.ob_tenant_id.as_deref().filter(is_id));
    let mut ids: Vec<_> = ids.collect::<Option<_>>().unwrap_or_default();
    ids.sort_unstable();
    ids.dedup();
    let of = if ids.is_empty() { String::new() } else { [" WHERE tenant_id IN (", &ids.join(", "), ")"].concat() };
    [
        "SELECT * FROM oceanbase.CDB_OB_ARCHIVELOG",
        &of,
        ";\n\nSELECT tenant_id, dest_no, name, SUBSTRING_INDEX(value, '?', 1) AS value FROM oceanbase.CDB_OB_ARCHIVE_DEST",
        &of,
        ";\n\nSELECT timestamp, svr_ip, value1 AS ls_id, value2 AS reason, value3 AS ret_code FROM oceanbase.DBA_OB_SERVER_EVENT_HISTORY \
         WHERE module = 'log_archive' AND event = 'mark_fatal_error' ORDER BY timestamp DESC LIMIT 10",
        ";\n\n-- OceanBase 2 and 3\nSELECT * FROM oceanbase.CDB_OB_BACKUP_ARCHIVELOG_SUMMARY",
        &of,
        ";",
    ]
    .concat()
}

/// The request for a shell. Behind `--url` it can be no option, and without globs it is one request.
fn curl(request: &Request, page: &str) -> String {
    let params = request.params.iter().map(|(name, value)| [*name, "=", value].concat()).collect::<Vec<_>>();
    let url = [&absolute(&request.url, page), "?", &*params.join("&")].concat();
    ["curl --globoff -u USER --url '", &utf8_percent_encode(&url, NOT_IN_URL).to_string(), "'"].concat()
}

/// `url` with a scheme and a host: a path is at the address of the `page`, and at an example where that is none of the web.
fn absolute(url: &str, page: &str) -> String {
    let is_web = |url: &str| ["http://", "https://"].iter().any(|scheme| starts_with(url, scheme));
    if is_web(url) {
        return url.to_owned();
    }
    let page = page.split(['?', '#']).next().filter(|page| is_web(page)).unwrap_or("https://ocp.example.com/");
    let host = page.find("://").map_or(0, |scheme| scheme + 3);
    let slash = |place: Option<usize>| place.map_or(page.len(), |place| host + place);
    let path = page.get(host..).unwrap_or_default();
    if url.starts_with('/') {
        let origin = page.get(..slash(path.find('/'))).unwrap_or_default();
        return [origin, url].concat();
    }
    let folder = page.get(..slash(path.rfind('/'))).unwrap_or_default();
    [folder, "/", url].concat()
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn heading(out: &mut String, title: &str) {
    out.push_str(&["\n## ", title, "\n\n"].concat());
}

fn list<'a>(out: &mut String, lines: impl Iterator<Item = &'a str>) {
    for line in lines {
        out.push_str(&["- ", &escape(&visible(line)), "\n"].concat());
    }
}

fn block(out: &mut String, language: &str, code: &str) {
    out.push_str(&["```", language, "\n", code, "\n```\n\n"].concat());
}
