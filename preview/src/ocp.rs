//! OCP's side of the endpoint, simulated: parameters parsed as strictly as OCP does, its envelope, and its error bodies.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, put};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::cluster;
use crate::fault::Fault;

const MAX_SIZE: u64 = 2000;
const DEFAULT_SIZE: u64 = 10;
/// Longer ranges are refused, as some OCP versions do.
const MAX_RANGE_DAYS: i64 = 366;

type Faults = Arc<Mutex<HashMap<u64, Fault>>>;

/// The endpoint, a sign-in page, and the switch that makes a cluster play a fault.
pub fn router() -> Router {
    Router::new()
        .route("/api/v2/ob/clusters/{id}/backup/task/logBackupTasks", get(log_backup_tasks))
        .route("/login", get(async || Html(SIGN_IN_PAGE)))
        .route("/preview/clusters/{id}/fault/{name}", put(set_fault))
        .with_state(Faults::default())
}

/// What a redirect to a sign-in leads to.
pub const SIGN_IN_PAGE: &str =
    "<!doctype html><title>OCP · Sign in</title><form><input name=user><input type=\"password\"></form>";

/// `PUT /preview/clusters/{id}/fault/{name}`: from now on the cluster plays that fault; `none` ends it.
async fn set_fault(State(faults): State<Faults>, Path((id, name)): Path<(u64, String)>) -> Response {
    let mut faults = faults.lock().unwrap_or_else(PoisonError::into_inner);
    if name == "none" {
        faults.remove(&id);
        return StatusCode::NO_CONTENT.into_response();
    }
    match Fault::named(&name) {
        Some(fault) => {
            faults.insert(id, fault);
            StatusCode::NO_CONTENT.into_response()
        }
        None => (StatusCode::NOT_FOUND, Fault::names().join("\n")).into_response(),
    }
}

async fn log_backup_tasks(State(faults): State<Faults>, Path(id): Path<String>, RawQuery(query): RawQuery) -> Response {
    let begun = Instant::now();
    let now = Utc::now();
    let query: HashMap<_, _> = form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
    let answered = answer(&id, &query, now);
    let fault =
        id.parse().ok().and_then(|id: u64| faults.lock().unwrap_or_else(PoisonError::into_inner).get(&id).copied());
    let body = envelope(answered, now, begun);
    match fault {
        Some(fault) => fault.play(query.get("page").map(String::as_str), body).await,
        None => json_response(StatusCode::OK, &body),
    }
}

/// What OCP refuses a request with.
pub struct Refusal {
    /// The HTTP status.
    pub status: StatusCode,
    /// `error.code`.
    pub code: Value,
    /// `error.message`.
    pub message: String,
}

fn bad_request(message: impl Into<String>) -> Refusal {
    Refusal { status: StatusCode::BAD_REQUEST, code: json!(1001), message: message.into() }
}

fn answer(id: &str, query: &HashMap<String, String>, now: DateTime<Utc>) -> Result<Value, Refusal> {
    let id: u64 = id.parse().map_err(|_| bad_request(format!("Invalid argument 'id': {id}")))?;
    let long = |name: &str| {
        let text = query.get(name).ok_or_else(|| bad_request(format!("Missing parameter '{name}'")))?;
        text.parse::<i64>().map_err(|_| bad_request(format!("Invalid argument '{name}': {text}")))
    };
    let time = |name: &str| {
        let parse = |text: &String| {
            let strict = DateTime::parse_from_rfc3339(text).ok().filter(|_| !text.contains(' '));
            strict.ok_or_else(|| bad_request(format!("Invalid argument '{name}': {text}")))
        };
        query.get(name).map(parse).transpose()
    };
    let (page, size) = (long("page")?, long("size")?);
    let range = match (time("startTime")?, time("endTime")?) {
        (None, None) => None,
        (Some(start), Some(end)) if end - start > TimeDelta::days(MAX_RANGE_DAYS) => {
            return Err(bad_request(format!("The time range must not be longer than {MAX_RANGE_DAYS} days")));
        }
        (Some(start), Some(end)) => Some((start, end)),
        _ => return Err(bad_request("startTime and endTime must be given together")),
    };
    if id == cluster::NO_SUCH_CLUSTER {
        let message = format!("Cluster {id} does not exist");
        return Err(Refusal { status: StatusCode::NOT_FOUND, code: json!(60001), message });
    }
    let page = u64::try_from(page).unwrap_or(1).max(1);
    let size = u64::try_from(size).ok().filter(|&size| size > 0).unwrap_or(DEFAULT_SIZE).min(MAX_SIZE);
    let from = (page - 1).saturating_mul(size);
    let tasks = (0..cluster::count(id)).map(|index| cluster::task(id, index, now));
    // What the range filters on is documented nowhere; here it is whether the stream ran within it.
    let within = |task: &cluster::SimTask| {
        range.is_none_or(|(start, end)| task.created <= end && task.checkpoint.unwrap_or(task.created) >= start)
    };
    let matching: Vec<Value> = tasks.filter(within).map(|task| task.json).collect();
    let total = matching.len();
    let contents: Vec<Value> = matching
        .into_iter()
        .skip(usize::try_from(from).unwrap_or(usize::MAX))
        .take(usize::try_from(size).unwrap_or_default())
        .collect();
    let pages = u64::try_from(total).unwrap_or_default().div_ceil(size);
    let (number, shown) = if total == 0 { (1, 0) } else { (page, contents.len()) };
    Ok(json!({
        "contents": contents,
        // As in the sample: `size` is the number of elements, not the one asked for.
        "page": { "number": number, "size": shown, "totalElements": total, "totalPages": pages },
    }))
}

fn envelope(answered: Result<Value, Refusal>, now: DateTime<Utc>, begun: Instant) -> Value {
    let time = now.with_timezone(&cluster::china()).to_rfc3339_opts(SecondsFormat::Millis, false);
    let mut body = json!({
        "duration": u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
        "server": "a83ad33525",
        "timestamp": time,
        "traceId": format!("{:016x}", now.timestamp_micros()),
    });
    let (name, value, status) = match answered {
        Ok(data) => ("data", data, StatusCode::OK),
        Err(Refusal { status, code, message }) => ("error", json!({ "code": code, "message": message }), status),
    };
    if let Value::Object(fields) = &mut body {
        fields.insert("successful".to_owned(), json!(name == "data"));
        fields.insert("status".to_owned(), json!(status.as_u16()));
        fields.insert(name.to_owned(), value);
    }
    body
}

/// An envelope around a refusal, for the faults.
pub fn refusal(refusal: Refusal) -> Value {
    envelope(Err(refusal), Utc::now(), Instant::now())
}

/// `body` as JSON, under its own status where it is a refusal.
pub fn json_response(ok: StatusCode, body: &Value) -> Response {
    let status = body.get("status").and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok());
    let status = status.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(ok);
    (status, [(header::CONTENT_TYPE, "application/json;charset=UTF-8")], body.to_string()).into_response()
}
