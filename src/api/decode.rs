//! Decodes an HTTP response into a page of tasks or a typed error. It is pure: [`HttpResponse`] holds all that the network gave.

use std::sync::Arc;

use chrono::FixedOffset;

use super::error::{ApiError, ErrorKind, Oddity};
use super::lenient::{Array, Object};
use super::redact::redact;
use super::refusal::{is_refusal, refusal};
use super::response::{LogBackupWrapperTask, Page, Response};
use super::wire::{Json, flatten, repair};
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
    let mut text = body;
    let mut json = parse(text);
    if json.is_none() && body.starts_with('{') {
        flat = flatten(body);
        text = &flat;
        json = parse(text);
        if json.is_none() {
            repaired = repair(&flat);
            deviations.add(DeviationKind::RepairedJson, "", "");
            text = &repaired;
            json = parse(text);
        }
    }
    let envelope = json.as_ref().filter(|json| json.fields().is_some_and(is_envelope));
    let response = envelope.and_then(Object::fields);
    let refused = || refusal(reply, body, json.as_ref().map(|_| text), response.is_some());
    let is_list = (200..300).contains(&reply.status) && !reply.redirected && !envelope.is_some_and(is_refused);
    let Some(response) = response.filter(|_| is_list) else { return Err(refused()) };
    let data = response.data.fields();
    let page = data.and_then(|data| data.page.fields());
    let total = page.and_then(|page| {
        [&page.total_elements, &page.total_elements_in_snake_case].into_iter().find_map(Json::to_count)
    });
    let (rows, surplus) = match data.map(|data| &data.contents) {
        Some(Array::Items(rows, surplus)) => (rows.as_slice(), *surplus),
        // OCP leaves empty fields out. So a missing list is an empty one if the total is 0. Otherwise this is no valid response.
        Some(Array::Other(Json::Null)) if total == Some(0) => (&[] as &[_], 0),
        _ => return Err(ApiError { kind: ErrorKind::NotOcp(Oddity::NoList), ..refused() }),
    };
    let mut reader = Reader { place: "", deviations: &mut deviations };
    let meta = Meta { age: reply.age.filter(|age| *age > 0), ..reader.meta(response) };
    let offset = match &meta.timestamp {
        Some(Stamp::Known(time)) => Some(*time.offset()),
        _ => None,
    };
    reader.unknown(envelope);
    reader.place = "data.";
    reader.unknown(Some(&response.data));
    reader.place = "page.";
    reader.unknown(data.map(|data| &data.page));
    let total_pages = page.and_then(|page| reader.page(page));
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
        let found = match row {
            Object::Fields { fields, is_known: true, .. } => {
                let mut own = Deviations::default();
                let mut reader = Reader { place: "contents[].", deviations: &mut own };
                let task = reader.task(fields, offset);
                reader.unknown(Some(row));
                deviations.merge(&own);
                tasks.push(Arc::new(DecodedTask::new(task, row_hash, own)));
                continue;
            }
            Object::Fields { .. } => "object without a known field",
            Object::Other(json) => json.type_name(),
        };
        deviations.add(DeviationKind::MalformedRow, "contents[]", found);
        malformed.push(Malformed { position: index + 1, found });
    }
    Ok(TaskPage { tasks, malformed, surplus, deviations, total, total_pages, meta, ..TaskPage::default() })
}

fn parse(body: &str) -> Option<Object<'_, Response<'_>>> {
    serde_json::from_str(body).ok()
}

/// Whether this is OCP's frame and not a gateway's. Both may have a trace id or an `error` that is a word.
fn is_envelope(response: &Response<'_>) -> bool {
    response.successful != Json::Null
        || matches!(response.error, Json::Object(_))
        || matches!(response.data, Object::Fields { is_known: true, .. })
}

/// Whether the frame says that there is no list.
fn is_refused(envelope: &Object<'_, Response<'_>>) -> bool {
    let Object::Fields { fields, unknown, .. } = envelope else { return true };
    let says_no = |value: &Json<'_>| value.to_text() == "false";
    says_no(&fields.successful)
        || unknown.iter().any(|(name, value)| name == "success" && says_no(value) || is_refusal(name, value))
        || fields.error != Json::Null
        || fields.status.to_count().is_some_and(|status| status >= 400)
}

/// Reads the fields of an object whatever their types, and counts what is unlike the contract. Null stands for a field that is left out.
struct Reader<'a> {
    /// Where the object is, such as `contents[].`.
    place: &'static str,
    deviations: &'a mut Deviations,
}

impl Reader<'_> {
    fn add(&mut self, kind: DeviationKind, name: &str, found: &str) {
        self.deviations.add(kind, &[self.place, name].concat(), found);
    }

    /// Counts the fields that the contract does not name.
    fn unknown<T>(&mut self, object: Option<&Object<'_, T>>) {
        let Some(Object::Fields { unknown, .. }) = object else { return };
        for (name, value) in unknown {
            self.add(DeviationKind::UnknownField, &redact(name), value.type_name());
        }
    }

    fn expect(&mut self, fits: bool, name: &str, value: &Json<'_>) {
        if !fits && *value != Json::Null {
            self.add(DeviationKind::OddType, name, value.type_name());
        }
    }

    fn text(&mut self, name: &str, value: &Json<'_>) -> Option<String> {
        self.expect(matches!(value, Json::Text(_)), name, value);
        if matches!(value, Json::Text(text) if text.len() > MOST_TEXT) {
            self.add(DeviationKind::LongText, name, "");
        }
        text(value)
    }

    fn long(&mut self, name: &str, value: &Json<'_>) -> Option<String> {
        self.expect(matches!(value, Json::Int(_) | Json::Text(_)), name, value);
        text(value)
    }

    fn number(&mut self, name: &str, value: &Json<'_>) {
        self.expect(matches!(value, Json::Int(_) | Json::Float(_)), name, value);
    }

    fn time(&mut self, name: &str, value: &Json<'_>, assumed: Option<FixedOffset>) -> Option<Stamp> {
        self.expect(matches!(value, Json::Text(_)), name, value);
        let stamp = stamp(value, assumed);
        if let Some(Stamp::Raw(raw)) = &stamp {
            self.add(DeviationKind::Unreadable, name, raw);
        }
        stamp
    }

    fn meta(&mut self, response: &Response<'_>) -> Meta {
        self.expect(matches!(response.timestamp, Json::Text(_)), "timestamp", &response.timestamp);
        self.number("duration", &response.duration);
        self.number("status", &response.status);
        Meta {
            timestamp: stamp(&response.timestamp, None),
            duration: text(&response.duration),
            server: self.text("server", &response.server),
            trace_id: self.text("traceId", &response.trace_id),
            age: None,
        }
    }

    /// The total of pages.
    fn page(&mut self, page: &Page<'_>) -> Option<u64> {
        for (name, value) in [
            ("number", &page.number),
            ("size", &page.size),
            ("totalElements", &page.total_elements),
            ("total_elements", &page.total_elements_in_snake_case),
            ("totalPages", &page.total_pages),
            ("totalPage", &page.total_page),
            ("total_pages", &page.total_pages_in_snake_case),
        ] {
            self.long(name, value);
        }
        [&page.total_pages, &page.total_page, &page.total_pages_in_snake_case].into_iter().find_map(Json::to_count)
    }

    fn task(&mut self, row: &LogBackupWrapperTask<'_>, offset: Option<FixedOffset>) -> Task {
        let status = Status::read(&self.text("status", &row.status).unwrap_or_default());
        if status.kind == StatusKind::Unknown {
            self.add(DeviationKind::UnknownStatus, "status", &status.raw);
        }
        self.number("delay", &row.delay);
        let delay = seconds(&row.delay);
        if let Some(Seconds::Raw(raw)) = &delay {
            self.add(DeviationKind::Unreadable, "delay", raw);
        }
        Task {
            created: self.time("createTime", &row.create_time, offset),
            modified: self.time("modifyTime", &row.modify_time, offset),
            cluster_name: self.text("clusterName", &row.cluster_name),
            cluster_id: self.long("clusterId", &row.cluster_id),
            ob_cluster_id: self.long("obClusterId", &row.ob_cluster_id),
            ob_tenant_id: self.long("obTenantId", &row.ob_tenant_id),
            cluster_type: self.text("clusterType", &row.cluster_type),
            tenant_id: self.long("tenantId", &row.tenant_id),
            tenant_name: self.text("tenantName", &row.tenant_name),
            status,
            error_msg: self.text("errorMsg", &row.error_msg),
            backup_uri: self.text("backupUri", &row.backup_uri),
            checkpoint: self.time("checkpoint", &row.checkpoint, offset),
            backup_mode: self.text("backupMode", &row.backup_mode),
            delay,
            agent_server_ip: self.text("agentServerIp", &row.agent_server_ip),
        }
    }
}

/// A field as redacted text; `None` where it is absent, null or empty.
pub(super) fn text(value: &Json<'_>) -> Option<String> {
    let text = Some(value).filter(|value| **value != Json::Null).map(Json::to_text)?;
    (!text.is_empty()).then(|| shorten(&text))
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

fn stamp(value: &Json<'_>, assumed: Option<FixedOffset>) -> Option<Stamp> {
    let text = Some(value).filter(|value| **value != Json::Null).map(Json::to_text)?;
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
    if *value == Json::Null {
        return None;
    }
    number(value).map(Seconds::Number).or_else(|| {
        let text = value.to_text();
        let text = text.trim();
        let number = read(text).or_else(|| read(&text.replace(',', ".")));
        (!text.is_empty()).then(|| number.map_or_else(|| Seconds::Raw(redact(text)), Seconds::Number))
    })
}
