//! What the host hears: bubbling, composed events on the element, whose details are plain JSON. Pure.

use super::present::Shown;
use crate::api::error::ApiError;
use crate::domain::delay::{Thresholds, format_seconds};
use crate::domain::query::Query;
use crate::domain::summary::Summary;
use crate::domain::task::{Seconds, Task, Tone};
use crate::domain::time::{Stamp, TimeRange, format_utc};
use crate::state::load::{Load, Loaded};
use crate::state::watch::{Change, Entry, Watch};

/// The names of all events, as documented.
pub const EVENTS: [&str; 7] = [
    "ocp-query-change",
    "ocp-filter-change",
    "ocp-data-load",
    "ocp-task-change",
    "ocp-auth-required",
    "ocp-error",
    "ocp-row-activate",
];

/// A JSON object under construction. Written as text and parsed by the browser, which is a third of the code that setting
/// each property from here would be.
#[derive(Debug)]
pub struct Detail(String);

impl Detail {
    /// An object without fields.
    #[must_use]
    pub fn new() -> Self {
        Self(String::from("{"))
    }

    /// The object as JSON.
    #[must_use]
    pub fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }

    /// A field that is JSON already.
    #[must_use]
    pub fn raw(mut self, name: &str, json: &str) -> Self {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        push_text(&mut self.0, name);
        self.0.push(':');
        self.0.push_str(json);
        self
    }

    /// A string, or null.
    #[must_use]
    pub fn text(self, name: &str, text: Option<&str>) -> Self {
        let mut json = String::new();
        match text {
            Some(text) => push_text(&mut json, text),
            None => json.push_str("null"),
        }
        self.raw(name, &json)
    }

    /// A count, or null.
    fn count(self, name: &str, count: Option<u64>) -> Self {
        self.raw(name, &count.map_or_else(|| "null".to_owned(), |count| count.to_string()))
    }

    /// An instant in ISO 8601 and UTC; raw text stays raw.
    fn stamp(self, name: &str, stamp: Option<&Stamp>) -> Self {
        match stamp {
            Some(Stamp::Known(time)) => self.text(name, format_utc(time.timestamp_millis()).as_deref()),
            Some(Stamp::Raw(raw)) => self.text(name, Some(raw)),
            None => self.text(name, None),
        }
    }

    /// Seconds, or null.
    fn seconds(self, name: &str, seconds: Option<f64>) -> Self {
        self.raw(name, &seconds.map_or_else(|| "null".to_owned(), format_seconds))
    }
}

impl Default for Detail {
    fn default() -> Self {
        Self::new()
    }
}

fn push_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\0'..='\u{1f}' => {
                out.push_str("\\u00");
                out.extend(
                    [u32::from(c) >> 4, u32::from(c) & 15].map(|digit| char::from_digit(digit, 16).unwrap_or('0')),
                );
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

/// `{ clusterId, range, start, end, page, pageSize }`: strings as the attributes take them, null where not set.
#[must_use]
pub fn query_detail(query: &Query) -> Detail {
    let (range, start, end) = match query.range {
        TimeRange::All => (Some("all".to_owned()), None, None),
        TimeRange::Last(span) => (Some(span.to_string()), None, None),
        TimeRange::Relative { start, end, .. } => (Some([start.to_string(), end.to_string()].join(" to ")), None, None),
        TimeRange::Between { start, end } => (None, format_utc(start), format_utc(end)),
    };
    Detail::new()
        .text("clusterId", Some(&query.cluster))
        .text("range", range.as_deref())
        .text("start", start.as_deref())
        .text("end", end.as_deref())
        .text("page", Some(&query.page.to_string()))
        .text("pageSize", Some(&query.size.to_string()))
}

/// `{ sort, tone, find }`: strings as the attributes take them, null where not set.
#[must_use]
pub fn filter_detail(shown: &Shown) -> Detail {
    Detail::new()
        .text("sort", shown.sort_name().as_deref())
        .text("tone", shown.tone.map(Tone::name))
        .text("find", Some(shown.text.trim()).filter(|text| !text.is_empty()))
}

/// `{ clusterId, page, pageSize, total, tasks, unread, asOf, worstDelaySeconds, restorableUntil, lossSeconds, lossUnknown,
/// tones, criticalTasks }`: the page in numbers, and the names of its first critical tasks.
#[must_use]
pub fn load_detail(data: &Loaded, watch: &Watch, thresholds: Thresholds) -> Detail {
    let Loaded { page, query, .. } = data;
    let Summary { worst, tones, critical, risk, unknown } = watch.summary(page, thresholds);
    let all = [Tone::Neutral, Tone::Ok, Tone::Info, Tone::Warning, Tone::Critical].into_iter().zip(tones);
    let by_tone = all.fold(Detail::new(), |detail, (tone, count)| detail.count(tone.name(), Some(count.into())));
    Detail::new()
        .text("clusterId", Some(&query.cluster))
        .count("page", Some(query.page.into()))
        .count("pageSize", Some(query.size.into()))
        .count("total", page.total)
        .count("tasks", Some(page.tasks.len() as u64))
        .count("unread", Some(page.unread()))
        .stamp("asOf", page.meta.timestamp.as_ref())
        .seconds("worstDelaySeconds", worst.map(|(seconds, _)| seconds))
        .text("restorableUntil", risk.as_ref().and_then(|risk| format_utc(risk.checkpoint?)).as_deref())
        .seconds("lossSeconds", risk.map(|risk| risk.seconds))
        .count("lossUnknown", Some(unknown.into()))
        .raw("tones", &by_tone.end())
        .raw("criticalTasks", &list(&critical))
}

/// An array of strings.
fn list(texts: &[String]) -> String {
    let mut out = String::from("[");
    for (index, text) in texts.iter().enumerate() {
        out.push_str(if index > 0 { "," } else { "" });
        push_text(&mut out, text);
    }
    out.push(']');
    out
}

/// `{ change, tasks, count, from, to, at }`; `from` and `to` are OCP's own words, and null but for a change of status.
#[must_use]
pub fn change_detail(entry: &Entry) -> Detail {
    let (name, from, to) = match &entry.change {
        Change::Status { from, to } => ("status", Some(from.raw.as_str()), Some(to.raw.as_str())),
        Change::Gone => ("gone", None, None),
        Change::Back => ("back", None, None),
        Change::Backwards => ("backwards", None, None),
        Change::Stalled => ("stalled", None, None),
        Change::Moving => ("moving", None, None),
    };
    Detail::new()
        .text("change", Some(name))
        .raw("tasks", &list(&entry.tasks))
        .count("count", Some(entry.count as u64))
        .text("from", from)
        .text("to", to)
        .text("at", format_utc(entry.at).as_deref())
}

/// `{ kind, httpStatus, code, message, traceId, server }`.
#[must_use]
pub fn error_detail(error: &ApiError) -> Detail {
    let ocp = &error.ocp;
    Detail::new()
        .text("kind", Some(error.kind.name()))
        .count("httpStatus", error.http_status.map(u64::from))
        .text("code", ocp.code.as_deref())
        .text("message", ocp.message.as_deref())
        .text("traceId", ocp.trace_id.as_deref())
        .text("server", ocp.server.as_deref())
}

/// The task as OCP names its fields, redacted; times in ISO 8601 UTC, `delay` in seconds.
#[must_use]
pub fn task_detail(task: &Task) -> Detail {
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
    let detail = fields.into_iter().fold(Detail::new(), |detail, (name, field)| detail.text(name, field.as_deref()));
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

/// `{ phase, loading, data, error }`: what `getState()` gives, with the details of the last answer and of the last problem.
#[must_use]
pub fn state_detail(load: &Load, query: &Query, shown: &Shown, thresholds: Thresholds) -> Detail {
    let data = load.data.as_ref().map(|data| load_detail(data, &load.watch, thresholds).end());
    let error = load.problem.as_ref().map(|error| error_detail(error).end());
    Detail::new()
        .text("phase", Some(load.phase().name()))
        .raw("loading", if load.is_loading() { "true" } else { "false" })
        .raw("query", &query_detail(query).end())
        .raw("filter", &filter_detail(shown).end())
        .raw("data", data.as_deref().unwrap_or("null"))
        .raw("error", error.as_deref().unwrap_or("null"))
}
