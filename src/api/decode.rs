//! Decodes an HTTP response into a page of tasks or a typed error. It is pure: [`HttpResponse`] holds all that the network gave.

use std::sync::Arc;

use chrono::FixedOffset;

use super::error::{ApiError, ErrorKind, OcpError, Oddity};
use super::redact::redact;
use super::wire::{Json, repair};
use crate::domain::deviation::{DeviationKind, Deviations};
use crate::domain::page::{Malformed, Meta, TaskPage, near};
use crate::domain::task::{DecodedTask, RowHash, Seconds, Status, StatusKind, Task};
use crate::domain::time::Stamp;

/// The parts of an HTTP response that matter here. The content type does not, because servers also send JSON as `text/html`.
#[derive(Clone, Debug, Default)]
pub struct HttpResponse {
    /// The HTTP status; 0 for a redirect, which the request does not follow.
    pub status: u16,
    /// Whether the server redirected. The API never does; a sign-in does.
    pub redirected: bool,
    /// `Retry-After` or `RateLimit-Reset`, in seconds.
    pub retry_after: Option<u32>,
    /// The body as text.
    pub body: String,
}

/// Decodes `reply`.
///
/// # Errors
/// An [`ApiError`] whose kind says what the operator can do; OCP's code, message and trace id are kept where sent.
pub fn decode(reply: &HttpResponse) -> Result<TaskPage, ApiError> {
    decode_after(reply, None)
}

/// Decodes `reply`. Rows that `last`, an earlier response, has as well are not decoded again: the task is taken from there.
///
/// # Errors
/// The same as for [`decode`].
pub fn decode_after(reply: &HttpResponse, last: Option<&TaskPage>) -> Result<TaskPage, ApiError> {
    let body = reply.body.trim_start_matches('\u{feff}').trim();
    let mut deviations = Deviations::default();
    let repaired;
    let json = match Json::parse(body) {
        None if body.starts_with('{') => {
            repaired = repair(body);
            deviations.add(DeviationKind::RepairedJson, "", "");
            Json::parse(&repaired)
        }
        json => json,
    };
    let envelope = json.as_ref().filter(|json| json.get(&["data", "successful", "error", "traceId"]).is_some());
    let ocp = envelope.map(ocp_error).unwrap_or_default();
    let fail = |kind| {
        let http_status = Some(reply.status).filter(|&status| status > 0);
        Err(ApiError { kind, http_status, retry_after: reply.retry_after, ocp: ocp.clone() })
    };

    if reply.redirected {
        return fail(ErrorKind::NotSignedIn);
    }
    if !(200..300).contains(&reply.status) {
        return fail(kind_of_status(reply.status, envelope.is_some()));
    }
    let Some(envelope) = envelope else {
        return fail(kind_of_oddity(body, json.is_some()));
    };
    if envelope.get(&["successful"]) == Some(&Json::Bool(false)) || envelope.get(&["error"]).is_some() {
        let status = envelope.get(&["status"]).and_then(Json::to_count).and_then(|status| u16::try_from(status).ok());
        return fail(match status {
            Some(status @ 400..) => kind_of_status(status, true),
            _ => ErrorKind::Refused,
        });
    }
    let data = envelope.get(&["data"]);
    let page = data.and_then(|data| data.get(&["page"]));
    let count = |names: &[&str]| page.and_then(|page| page.get(names)).and_then(Json::to_count);
    let total = count(&["totalElements", "total_elements"]);
    let (rows, surplus) = match data.and_then(|data| data.get(&["contents"])) {
        Some(Json::Array(rows, surplus)) => (rows.as_slice(), *surplus),
        // OCP leaves empty fields out. So a missing list is an empty one if the total is 0. Otherwise this is no valid response.
        None if total == Some(0) => (&[] as &[_], 0),
        _ => return fail(ErrorKind::NotOcp(Oddity::NoList)),
    };
    let meta = meta(envelope);
    let offset = match &meta.timestamp {
        Some(Stamp::Known(time)) => Some(*time.offset()),
        _ => None,
    };
    compare(Some(envelope), "", &ENVELOPE, &mut deviations);
    compare(data, "data.", &DATA, &mut deviations);
    compare(page, "page.", &PAGE, &mut deviations);
    let mut tasks = Vec::with_capacity(rows.len());
    let mut malformed = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        // A time without an offset is read with the offset of the response, so the same row may mean another time in another response.
        let row_hash = RowHash::of(&(row, offset));
        if let Some(known) = last.and_then(|last| near(&last.tasks, index).find(|known| known.row_hash == row_hash)) {
            deviations.merge(&known.deviations);
            tasks.push(known.clone());
            continue;
        }
        match task(row, offset) {
            Ok(task) => {
                let mut own = Deviations::default();
                compare(Some(row), "contents[].", &FIELDS, &mut own);
                doubts(&task, &mut own);
                deviations.merge(&own);
                tasks.push(Arc::new(DecodedTask::new(task, row_hash, own)));
            }
            Err(found) => {
                deviations.add(DeviationKind::MalformedRow, "contents[]", found);
                malformed.push(Malformed { position: index + 1, found });
            }
        }
    }
    let total_pages = count(&["totalPages", "totalPage", "total_pages"]);
    Ok(TaskPage { tasks, malformed, surplus, deviations, total, total_pages, meta, ..TaskPage::default() })
}

/// Counts the fields of `object` that the contract does not name, and those that hold another type than it says.
fn compare(object: Option<&Json<'_>>, place: &str, known: &[(&str, Expected)], deviations: &mut Deviations) {
    let Some(Json::Object(fields)) = object else { return };
    for (name, value) in fields {
        let fits = match known.iter().find(|(known, _)| known == name).map(|(_, expected)| expected) {
            None => {
                deviations.add(DeviationKind::UnknownField, &[place, &redact(name)].concat(), value.type_name());
                continue;
            }
            Some(Expected::Any) => true,
            Some(Expected::Text) => match value {
                Json::Text(text) if text.len() > MOST_TEXT => {
                    deviations.add(DeviationKind::LongText, &[place, name].concat(), "");
                    true
                }
                value => matches!(value, Json::Text(_)),
            },
            Some(Expected::Number) => matches!(value, Json::Int(_) | Json::Float(_)),
            Some(Expected::Id) => matches!(value, Json::Int(_) | Json::Text(_)),
        };
        // Null stands for a field that is left out.
        if !fits && *value != Json::Null {
            deviations.add(DeviationKind::OddType, &[place, name].concat(), value.type_name());
        }
    }
}

/// Counts the fields of `task` whose value is unknown or unreadable.
fn doubts(task: &Task, deviations: &mut Deviations) {
    if task.status.kind == StatusKind::Unknown {
        deviations.add(DeviationKind::UnknownStatus, "contents[].status", &task.status.raw);
    }
    let times =
        [("createTime", &task.created), ("modifyTime", &task.modified), ("checkpoint", &task.checkpoint)].into_iter();
    let raw = times.filter_map(|(name, time)| match time {
        Some(Stamp::Raw(raw)) => Some((name, raw)),
        _ => None,
    });
    let delay = match &task.delay {
        Some(Seconds::Raw(raw)) => Some(("delay", raw)),
        _ => None,
    };
    for (name, raw) in raw.chain(delay) {
        deviations.add(DeviationKind::Unreadable, &["contents[].", name].concat(), raw);
    }
}

fn kind_of_status(status: u16, from_ocp: bool) -> ErrorKind {
    match status {
        401 => ErrorKind::NotSignedIn,
        403 => ErrorKind::Forbidden,
        404 if from_ocp => ErrorKind::NoSuchCluster,
        404 => ErrorKind::WrongPath,
        400 | 422 => ErrorKind::BadRequest,
        429 => ErrorKind::Throttled,
        502..=504 if !from_ocp => ErrorKind::Gateway,
        500.. => ErrorKind::Server,
        _ => ErrorKind::Refused,
    }
}

fn kind_of_oddity(body: &str, is_json: bool) -> ErrorKind {
    if body.starts_with('<') {
        let page = body.to_ascii_lowercase();
        let sign_in = ["type=\"password\"", "type=password", "type='password'", "login", "sign in", "登录"];
        return if sign_in.iter().any(|mark| page.contains(mark)) {
            ErrorKind::NotSignedIn
        } else {
            ErrorKind::NotOcp(Oddity::Html)
        };
    }
    ErrorKind::NotOcp(match (body.is_empty(), is_json) {
        (true, _) => Oddity::Empty,
        (_, true) => Oddity::NoEnvelope,
        (_, false) => Oddity::NotJson,
    })
}

fn ocp_error(envelope: &Json<'_>) -> OcpError {
    let error = envelope.get(&["error"]);
    OcpError {
        code: error.and_then(|error| text(error, "code")),
        message: match error {
            Some(Json::Text(message)) => Some(shorten(message)),
            error => error.and_then(|error| text(error, "message")),
        },
        trace_id: text(envelope, "traceId"),
        server: text(envelope, "server"),
    }
}

fn meta(envelope: &Json<'_>) -> Meta {
    Meta {
        timestamp: stamp(envelope, "timestamp", None),
        duration: text(envelope, "duration"),
        server: text(envelope, "server"),
        trace_id: text(envelope, "traceId"),
    }
}

/// The JSON type that the contract gives a field. A Long is a number, or a string above 2^53-1.
#[derive(Clone, Copy)]
enum Expected {
    Any,
    Text,
    Number,
    Id,
}

const ENVELOPE: [(&str, Expected); 8] = [
    ("data", Expected::Any),
    ("error", Expected::Any),
    ("successful", Expected::Any),
    ("timestamp", Expected::Text),
    ("duration", Expected::Number),
    ("status", Expected::Number),
    ("traceId", Expected::Text),
    ("server", Expected::Text),
];
const DATA: [(&str, Expected); 2] = [("contents", Expected::Any), ("page", Expected::Any)];
const PAGE: [(&str, Expected); 7] = [
    ("number", Expected::Id),
    ("size", Expected::Id),
    ("totalElements", Expected::Id),
    ("totalPages", Expected::Id),
    ("totalPage", Expected::Id),
    ("total_elements", Expected::Id),
    ("total_pages", Expected::Id),
];
/// The documented fields of `LogBackupWrapperTask`, and `agentServerIp` of the sample.
const FIELDS: [(&str, Expected); 16] = [
    ("createTime", Expected::Text),
    ("modifyTime", Expected::Text),
    ("clusterName", Expected::Text),
    ("clusterId", Expected::Id),
    ("obClusterId", Expected::Id),
    ("obTenantId", Expected::Id),
    ("clusterType", Expected::Text),
    ("tenantId", Expected::Id),
    ("tenantName", Expected::Text),
    ("status", Expected::Text),
    ("errorMsg", Expected::Text),
    ("backupUri", Expected::Text),
    ("checkpoint", Expected::Text),
    ("backupMode", Expected::Text),
    ("delay", Expected::Number),
    ("agentServerIp", Expected::Text),
];

fn task(row: &Json<'_>, offset: Option<FixedOffset>) -> Result<Task, &'static str> {
    let Json::Object(fields) = row else { return Err(row.type_name()) };
    if !fields.iter().any(|(key, _)| FIELDS.iter().any(|(known, _)| known == key)) {
        return Err("object without a known field");
    }
    let field = |name| text(row, name);
    Ok(Task {
        created: stamp(row, "createTime", offset),
        modified: stamp(row, "modifyTime", offset),
        cluster_name: field("clusterName"),
        cluster_id: field("clusterId"),
        ob_cluster_id: field("obClusterId"),
        ob_tenant_id: field("obTenantId"),
        cluster_type: field("clusterType"),
        tenant_id: field("tenantId"),
        tenant_name: field("tenantName"),
        status: Status::read(&field("status").unwrap_or_default()),
        error_msg: field("errorMsg"),
        backup_uri: field("backupUri"),
        checkpoint: stamp(row, "checkpoint", offset),
        backup_mode: field("backupMode"),
        delay: row.get(&["delay"]).and_then(seconds),
        agent_server_ip: field("agentServerIp"),
    })
}

/// A field as redacted text; `None` where it is absent, null or empty.
fn text(object: &Json<'_>, name: &str) -> Option<String> {
    object.get(&[name]).map(Json::to_text).filter(|text| !text.is_empty()).map(|text| shorten(&text))
}

/// How many bytes of a text are kept. A message of megabytes would freeze the page at each refresh.
const MOST_TEXT: usize = 256 * 1024;
/// How far before that a word that is cut may begin. Such a word is left out, because half a credential is not recognized as one.
const LONGEST_WORD: usize = 4096;

/// Redacts `text`, cut where it is far too long, with the number of characters left out.
fn shorten(text: &str) -> String {
    if text.len() <= MOST_TEXT {
        return redact(text);
    }
    let (head, tail) = text.split_at(text.floor_char_boundary(MOST_TEXT));
    let (kept, word) = head.split_at(head.floor_char_boundary(MOST_TEXT - LONGEST_WORD));
    let (word, cut) = word.split_at(word.rfind(char::is_whitespace).unwrap_or_default());
    let cut = cut.chars().count() + tail.chars().count();
    [&redact(&[kept, word].concat()), " …(+", &cut.to_string(), ")"].concat()
}

fn stamp(object: &Json<'_>, name: &str, assumed: Option<FixedOffset>) -> Option<Stamp> {
    let text = object.get(&[name])?.to_text();
    (!text.trim().is_empty()).then(|| match Stamp::read(&text, assumed) {
        Stamp::Raw(raw) => Stamp::Raw(redact(&raw)),
        known @ Stamp::Known(_) => known,
    })
}

#[expect(clippy::cast_precision_loss, reason = "a delay is nowhere near 2^53 s")]
fn seconds(value: &Json<'_>) -> Option<Seconds> {
    fn number(value: &Json<'_>) -> Option<f64> {
        match value {
            Json::Float(number) => Some(*number),
            Json::Int(number) => Some(*number as f64),
            _ => None,
        }
    }
    // serde_json reads numbers in text too: the standard library's parser would be several kilobytes more.
    let read = |text: &str| Json::parse(text).as_ref().and_then(number);
    number(value).map(Seconds::Number).or_else(|| {
        let text = value.to_text();
        let text = text.trim();
        let number = read(text).or_else(|| read(&text.replace(',', ".")));
        (!text.is_empty()).then(|| number.map_or_else(|| Seconds::Raw(redact(text)), Seconds::Number))
    })
}
