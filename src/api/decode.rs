//! Decodes an HTTP response into a page of tasks or a typed error. It is pure: [`HttpResponse`] holds all that the network gave.

use std::sync::Arc;

use chrono::FixedOffset;

use super::error::{ApiError, ErrorKind, OcpError, Oddity};
use super::wire::{Json, flatten, repair};
use crate::domain::deviation::{DeviationKind, Deviations};
use crate::domain::page::{Malformed, Meta, TaskPage, near};
use crate::domain::redact::{MOST_TEXT, Redacted};
use crate::domain::search::contains;
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
    /// `Age`: for how many seconds the response lay in a cache.
    pub age: Option<u32>,
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
    let (flat, repaired);
    let mut json = Json::parse(body);
    if json.is_none() && body.starts_with('{') {
        flat = flatten(body);
        json = Json::parse(&flat);
        if json.is_none() {
            repaired = repair(&flat);
            deviations.add(DeviationKind::RepairedJson, "", "");
            json = Json::parse(&repaired);
        }
    }
    let envelope = json.as_ref().filter(|json| is_envelope(json));
    let told = json.as_ref().and_then(told_status);
    // What came in place of OCP's envelope.
    let oddity = envelope.is_none().then(|| match &json {
        _ if body.is_empty() => Oddity::Empty,
        _ if body.starts_with('<') => Oddity::Html,
        Some(_) => Oddity::NoEnvelope,
        None => Oddity::NotJson,
    });
    let fail = |kind| {
        let http_status = Some(reply.status).filter(|&status| status > 0);
        let ocp = json.as_ref().map(|json| words(json, oddity.is_some())).unwrap_or_default();
        Err(ApiError { kind, http_status, retry_after: reply.retry_after, ocp })
    };

    if reply.redirected {
        return fail(ErrorKind::NotSignedIn);
    }
    if !(200..300).contains(&reply.status) {
        // Some gateways say “not signed in” under another status. To ask again would lock the client out.
        return fail(kind_of_status(told.filter(|told| *told == 401).unwrap_or(reply.status), oddity));
    }
    // Gateways, and OCP itself, also refuse with a 200 that tells another status inside.
    if let Some(status) = told {
        return fail(kind_of_status(status, oddity));
    }
    let Some(envelope) = envelope else {
        return fail(match oddity {
            Some(Oddity::Html) if is_sign_in(body) => ErrorKind::NotSignedIn,
            oddity => ErrorKind::NotOcp(oddity.unwrap_or(Oddity::NoEnvelope)),
        });
    };
    let is_refused = envelope.get(&["successful", "success"]).is_some_and(|success| success.to_text() == "false");
    if is_refused || envelope.get(&["error"]).is_some() {
        return fail(ErrorKind::Refused);
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
    let meta = Meta { age: reply.age.filter(|age| *age > 0), ..meta(envelope) };
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
                deviations.add(DeviationKind::UnknownField, &[place, name].concat(), value.type_name());
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

/// What an HTTP status means. `oddity` is what came in place of OCP's envelope; `None` for OCP's own words.
fn kind_of_status(status: u16, oddity: Option<Oddity>) -> ErrorKind {
    match (status, oddity) {
        (401, _) => ErrorKind::NotSignedIn,
        // A firewall's page says nothing of OCP's permissions.
        (403, None | Some(Oddity::Empty | Oddity::NoEnvelope)) => ErrorKind::Forbidden,
        (404, None) => ErrorKind::NoSuchCluster,
        (404, Some(_)) => ErrorKind::WrongPath,
        (400 | 422, None) => ErrorKind::BadRequest,
        (429, _) => ErrorKind::Throttled,
        (502..=504 | 520..=530, Some(_)) => ErrorKind::Gateway,
        (500.., _) => ErrorKind::Server,
        (_, None) => ErrorKind::Refused,
        (_, Some(form)) => ErrorKind::Blocked(form),
    }
}

/// Whether a web page asks to sign in.
fn is_sign_in(page: &str) -> bool {
    let page = page.to_ascii_lowercase();
    let marks = ["type=\"password\"", "type=password", "type='password'", "login", "sign in", "登录"];
    marks.iter().any(|mark| contains(&page, mark))
}

/// Whether `json` is OCP's envelope and not a gateway's. Both may have a trace id or an `error` that is a word.
fn is_envelope(json: &Json<'_>) -> bool {
    let object = |name| json.get(&[name]).filter(|json| matches!(json, Json::Object(_)));
    json.get(&["successful"]).is_some()
        || object("error").is_some()
        || object("data").is_some_and(|data| data.get(&["contents", "page"]).is_some())
}

/// The fields in which OCP and gateways tell an HTTP status, or a code of their own.
const CODES: [&str; 8] =
    ["status", "code", "errorCode", "error_code", "errcode", "statusCode", "status_code", "httpStatus"];
/// The fields in which they say what went wrong.
const MESSAGES: [&str; 10] = [
    "message",
    "msg",
    "errorMessage",
    "error_message",
    "errorMsg",
    "error_msg",
    "errmsg",
    "error_description",
    "detail",
    "reason",
];

/// The HTTP status of a refusal that `json` tells by itself or in an object inside, whatever the response's own status is.
fn told_status(json: &Json<'_>) -> Option<u16> {
    let Json::Object(fields) = json else { return None };
    let told = |object: &Json<'_>| CODES.iter().find_map(|name| status_in(&object.get(&[name])?.to_text()));
    let mut inner = fields.iter().filter(|(name, _)| name != "data");
    told(json).or_else(|| inner.find_map(|(_, value)| told(value)))
}

/// The status of a refusal in a code such as `401`, `401 UNAUTHORIZED`, `E-401` or `unauthenticated`.
fn status_in(code: &str) -> Option<u16> {
    let digits = code.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty());
    if let Some(digits) = digits {
        return digits.parse().ok().filter(|status| digits.len() == 3 && (400..600).contains(status));
    }
    contains(&code.to_ascii_lowercase(), "unauth").then_some(401)
}

/// The code, the message and the ids of whoever refused. OCP has code and message in `error`, a gateway anywhere.
fn words(json: &Json<'_>, is_foreign: bool) -> OcpError {
    let error = json.get(&["error"]);
    let inner = error.filter(|error| matches!(error, Json::Object(_))).unwrap_or(json);
    let first = |object: &Json<'_>, names: &[&str]| names.iter().find_map(|name| text(object, name));
    let [_, codes @ ..] = &CODES;
    OcpError {
        code: first(inner, codes),
        message: first(inner, &MESSAGES)
            .or_else(|| text(json, "error").filter(|_| matches!(error, Some(Json::Text(_))))),
        trace_id: first(json, &["traceId", "trace_id", "requestId", "request_id"]),
        server: text(json, "server"),
        is_foreign,
    }
}

fn meta(envelope: &Json<'_>) -> Meta {
    Meta {
        timestamp: stamp(envelope, "timestamp", None),
        duration: text(envelope, "duration"),
        server: text(envelope, "server"),
        trace_id: text(envelope, "traceId"),
        age: None,
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

/// A field as text; `None` where it is absent, null or empty.
pub(super) fn text(object: &Json<'_>, name: &str) -> Option<Redacted> {
    object.get(&[name]).map(Json::to_text).filter(|text| !text.is_empty()).map(|text| Redacted::of(&text))
}

fn stamp(object: &Json<'_>, name: &str, assumed: Option<FixedOffset>) -> Option<Stamp> {
    let text = object.get(&[name])?.to_text();
    (!text.trim().is_empty()).then(|| Stamp::read(&text, assumed))
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
        (!text.is_empty()).then(|| number.map_or_else(|| Seconds::Raw(Redacted::of(text)), Seconds::Number))
    })
}
