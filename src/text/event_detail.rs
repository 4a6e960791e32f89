//! The events that the element dispatches: their names, and their details as JSON. `docs/embedding.md` documents them.

use super::coverage::is_all;
use super::json::{JsonObject, array};
use super::table_view::TableView;
use super::viewer::Viewer;
use crate::api::error::ApiError;
use crate::domain::identity::Difference;
use crate::domain::kinds::Kind;
use crate::domain::losses::LossStep;
use crate::domain::query::Query;
use crate::domain::summary::Summary;
use crate::domain::task::{Seconds, Task, Tone};
use crate::domain::time::{Clock, TimeRange, format_utc};
use crate::state::history::{Change, Entry};
use crate::state::request_state::{Loaded, RequestState};

/// The names of all events.
pub const EVENTS: [&str; 7] = [
    "ocp-query-change",
    "ocp-filter-change",
    "ocp-data-load",
    "ocp-task-change",
    "ocp-auth-required",
    "ocp-error",
    "ocp-row-activate",
];

/// The query: `{ clusterId, range, start, end, timeZone, page, pageSize }`. Strings as the attributes take them; null where not set.
/// `timeZone` is set where `range` is another range in another zone.
#[must_use]
pub fn query_detail(query: &Query, clock: Clock) -> JsonObject {
    let (range, start, end) = match query.range {
        TimeRange::All => (Some("all".to_owned()), None, None),
        TimeRange::Last(span) => (Some(span.to_string()), None, None),
        TimeRange::Relative { start, end, .. } => (Some([start.to_string(), end.to_string()].join(" to ")), None, None),
        TimeRange::Between { start, end } => (None, format_utc(start), format_utc(end)),
    };
    JsonObject::new()
        .text("clusterId", Some(&query.cluster))
        .text("range", range.as_deref())
        .text("start", start.as_deref())
        .text("end", end.as_deref())
        .text("timeZone", query.range.zone().map(|zone| clock.name(zone)).as_deref())
        .text("page", Some(&query.page.to_string()))
        .text("pageSize", Some(&query.size.to_string()))
}

/// The filter and the sort order: `{ sort, tone, kind, find }`. Strings as the attributes take them; null where not set.
#[must_use]
pub fn filter_detail(shown: &TableView) -> JsonObject {
    JsonObject::new()
        .text("sort", shown.sort_name().as_deref())
        .text("tone", shown.tone.map(Tone::name))
        .text("kind", shown.kind.map(Kind::name))
        .text("loss", shown.loss.map(LossStep::name))
        .text("find", Some(shown.text.trim()).filter(|text| !text.is_empty()))
}

/// What is on hand in numbers: `{ clusterId, page, pageSize, total, tasks, complete, unread, asOf, worstDelaySeconds, restorableUntil, lossSeconds,
/// lossUnknown, tones, criticalTasks }`. `complete` is whether `tasks` are all of the list; `page` and
/// `pageSize` are those of `shown`, the page on screen. `criticalTasks` names the first critical tasks.
#[must_use]
pub fn load_detail(data: &Loaded, shown: &Query, summary: &Summary) -> JsonObject {
    let Loaded { page, query, whole, .. } = data;
    let Summary { worst, tones, critical, risk, unknown, .. } = summary;
    let mut tones = *tones;
    if data.has_no_backup() {
        // A host that adds the tones up must not take the cluster for a calm one.
        let [.., warning, _] = &mut tones;
        *warning = 1;
    }
    let by_tone = Tone::ALL
        .into_iter()
        .zip(tones)
        .fold(JsonObject::new(), |detail, (tone, count)| detail.count(tone.name(), Some(count.into())));
    JsonObject::new()
        .text("clusterId", Some(&query.cluster))
        .count("page", Some(shown.page.into()))
        .count("pageSize", Some(shown.size.into()))
        .count("total", whole.map_or(page.total, |whole| whole.total))
        .count("tasks", Some(page.tasks.len() as u64))
        .raw("complete", if is_all(data) { "true" } else { "false" })
        .count("unread", Some(page.unread()))
        .stamp("asOf", page.meta.timestamp.as_ref())
        .seconds("worstDelaySeconds", worst.as_ref().map(|(seconds, _)| *seconds))
        .text("restorableUntil", risk.as_ref().and_then(|risk| format_utc(risk.checkpoint?)).as_deref())
        .seconds("lossSeconds", risk.as_ref().map(|risk| risk.seconds))
        .count("lossUnknown", Some((*unknown).into()))
        .raw("tones", &by_tone.end())
        .raw("criticalTasks", &array(critical))
}

/// A change that was seen between two responses: `{ change, kinds, tasks, count, from, to, at }`. `kinds` names all that changed at once,
/// `change` is the first of them. `from` and `to` are OCP's own words for a change of status, the name before a rename, or the roles, and null else.
#[must_use]
pub fn change_detail(entry: &Entry) -> JsonObject {
    let (kinds, from, to) = match &entry.change {
        Change::Differs(difference) => differs(difference),
        Change::Gone { .. } => (vec!["gone"], None, None),
        Change::Back => (vec!["back"], None, None),
        Change::Backwards => (vec!["backwards"], None, None),
        Change::Stalled => (vec!["stalled"], None, None),
        Change::Moving => (vec!["moving"], None, None),
    };
    let kinds: Vec<_> = kinds.into_iter().map(str::to_owned).collect();
    JsonObject::new()
        .text("change", kinds.first().map(String::as_str))
        .raw("kinds", &array(&kinds))
        .raw("tasks", &array(&entry.tasks))
        .count("count", Some(entry.count as u64))
        .text("from", from)
        .text("to", to)
        .text("at", format_utc(entry.at).as_deref())
}

/// The kinds of what differs, and what stood there before and now: the statuses, else the name, else the roles.
fn differs(difference: &Difference) -> (Vec<&'static str>, Option<&str>, Option<&str>) {
    let Difference { status, round, destination, old_name, role } = difference;
    let all = [
        (status.is_some(), "status"),
        (round.is_some(), "round"),
        (*destination, "destination"),
        (old_name.is_some(), "renamed"),
        (role.is_some(), "role"),
    ];
    let kinds = all.into_iter().filter(|(differs, _)| *differs).map(|(_, kind)| kind).collect();
    let (from, to) = match (status, old_name, role) {
        (Some((from, to)), ..) => (Some(&*from.raw), Some(&*to.raw)),
        (None, Some(name), _) => (Some(&**name), None),
        (None, None, Some((from, to))) => (Some(&**from), Some(&**to)),
        (None, None, None) => (None, None),
    };
    (kinds, from, to)
}

/// A failed request: `{ kind, httpStatus, code, message, traceId, server }`.
#[must_use]
pub fn error_detail(error: &ApiError) -> JsonObject {
    let ocp = &error.ocp;
    JsonObject::new()
        .text("kind", Some(error.kind.name()))
        .count("httpStatus", error.http_status.map(u64::from))
        .text("code", ocp.code.as_deref())
        .text("message", ocp.message.as_deref())
        .text("traceId", ocp.trace_id.as_deref())
        .text("server", ocp.server.as_deref())
}

/// A task by OCP's field names, with credentials masked. Times are in ISO 8601 and UTC, `delay` is in seconds.
#[must_use]
pub fn task_detail(task: &Task) -> JsonObject {
    let fields = [
        ("clusterId", &task.cluster_id),
        ("clusterName", &task.cluster_name),
        ("clusterType", &task.cluster_type),
        ("obClusterId", &task.ob_cluster_id),
        ("tenantId", &task.tenant_id),
        ("tenantName", &task.tenant_name),
        ("obTenantId", &task.ob_tenant_id),
        ("errorMsg", &task.error_msg),
        ("backupUri", &task.backup_uri),
        ("backupMode", &task.backup_mode),
        ("agentServerIp", &task.agent_server_ip),
    ];
    let detail =
        fields.into_iter().fold(JsonObject::new(), |detail, (name, field)| detail.text(name, field.as_deref()));
    let detail = detail
        .text("status", Some(&task.status.raw))
        .stamp("checkpoint", task.checkpoint.as_ref())
        .stamp("createTime", task.created.as_ref())
        .stamp("modifyTime", task.modified.as_ref());
    match &task.delay {
        Some(Seconds::Raw(raw)) => detail.text("delay", Some(raw)),
        Some(Seconds::Number(seconds)) => detail.seconds("delay", Some(*seconds)),
        None => detail.seconds("delay", None),
    }
}

/// Which view it is: `{ query, filter }`. Unlike [`state_detail`] it does not count the tasks, so that a link can be made at each typed letter.
#[must_use]
pub fn view_detail(query: &Query, shown: &TableView, clock: Clock) -> JsonObject {
    JsonObject::new().raw("query", &query_detail(query, clock).end()).raw("filter", &filter_detail(shown).end())
}

/// What `getState()` returns: `{ phase, loading, query, filter, data, error }`, with the details of the last response and of the last
/// failure, or null.
#[must_use]
pub fn state_detail(state: &RequestState, query: &Query, shown: &TableView, viewer: &Viewer) -> JsonObject {
    let summary = |data: &Loaded| state.history.summary(&data.page, viewer.thresholds);
    let data = state.data.as_ref().map(|data| load_detail(data, query, &summary(data)).end());
    let error = state.problem.as_ref().map(|error| error_detail(error).end());
    JsonObject::new()
        .text("phase", Some(state.phase().name()))
        .raw("loading", if state.is_loading() { "true" } else { "false" })
        .raw("query", &query_detail(query, viewer.clock).end())
        .raw("filter", &filter_detail(shown).end())
        .raw("data", data.as_deref().unwrap_or("null"))
        .raw("error", error.as_deref().unwrap_or("null"))
}
