//! OCP's side of the two lists, of clusters and of a cluster's tasks, simulated: parameters parsed as strictly as OCP does, its envelope, and its error bodies.

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
use crate::clusters::{self, Cluster};
use crate::fault::Fault;

const MAX_SIZE: usize = 2000;
const DEFAULT_SIZE: usize = 10;
/// Longer ranges are refused, as some OCP versions do.
const MAX_RANGE_DAYS: i64 = 366;

/// What can be asked for, and told to play a fault.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum List {
    Clusters,
    Tasks(u64),
}

type Faults = Arc<Mutex<HashMap<List, Fault>>>;

/// The lists, a sign-in page, and the switches that make a list play a fault.
pub fn router() -> Router {
    Router::new()
        .route("/api/v2/ob/clusters", get(list_clusters))
        .route("/api/v2/ob/clusters/{id}/backup/task/logBackupTasks", get(log_backup_tasks))
        .route("/login", get(async || Html(SIGN_IN_PAGE)))
        .route("/preview/clusters/fault/{name}", put(set_fault_of_clusters))
        .route("/preview/clusters/{id}/fault/{name}", put(set_fault_of_tasks))
        .with_state(Faults::default())
}

/// What a redirect to a sign-in leads to.
pub const SIGN_IN_PAGE: &str =
    "<!doctype html><title>OCP · Sign in</title><form><input name=user><input type=\"password\"></form>";

/// `PUT /preview/clusters/fault/{name}`: from now on the list of clusters plays that fault; `none` ends it.
async fn set_fault_of_clusters(State(faults): State<Faults>, Path(name): Path<String>) -> Response {
    set_fault(&faults, List::Clusters, &name)
}

/// `PUT /preview/clusters/{id}/fault/{name}`: the same for a cluster's list of tasks.
async fn set_fault_of_tasks(State(faults): State<Faults>, Path((id, name)): Path<(u64, String)>) -> Response {
    set_fault(&faults, List::Tasks(id), &name)
}

fn set_fault(faults: &Faults, list: List, name: &str) -> Response {
    let mut faults = faults.lock().unwrap_or_else(PoisonError::into_inner);
    if name == "none" {
        faults.remove(&list);
        return StatusCode::NO_CONTENT.into_response();
    }
    match Fault::named(name) {
        Some(fault) => {
            faults.insert(list, fault);
            StatusCode::NO_CONTENT.into_response()
        }
        None => (StatusCode::NOT_FOUND, Fault::names().join("\n")).into_response(),
    }
}

async fn list_clusters(State(faults): State<Faults>, RawQuery(query): RawQuery) -> Response {
    let begun = Instant::now();
    let parameters = Parameters::of(query);
    let body = envelope(clusters(&parameters), Utc::now(), begun);
    respond(&faults, Some(List::Clusters), &parameters, body).await
}

async fn log_backup_tasks(State(faults): State<Faults>, Path(id): Path<String>, RawQuery(query): RawQuery) -> Response {
    let begun = Instant::now();
    let now = Utc::now();
    let parameters = Parameters::of(query);
    let body = envelope(tasks(&id, &parameters, now), now, begun);
    respond(&faults, id.parse().ok().map(List::Tasks), &parameters, body).await
}

/// `body`, or what the fault that `list` plays makes of it.
async fn respond(faults: &Faults, list: Option<List>, parameters: &Parameters, body: Value) -> Response {
    let fault = list.and_then(|list| faults.lock().unwrap_or_else(PoisonError::into_inner).get(&list).copied());
    match fault {
        Some(fault) => fault.play(parameters.get("page"), body).await,
        None => json_response(StatusCode::OK, &body),
    }
}

/// The parameters of a request.
struct Parameters(Vec<(String, String)>);

impl Parameters {
    fn of(query: Option<String>) -> Self {
        Self(form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect())
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(sent, _)| sent == name).map(|(_, value)| value.as_str())
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(sent, _)| sent == name).map(|(_, value)| value.as_str())
    }

    fn long(&self, name: &str) -> Result<Option<i64>, Refusal> {
        self.get(name).map(|text| text.parse().map_err(|_| invalid(name, text))).transpose()
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

fn invalid(name: &str, value: &str) -> Refusal {
    bad_request(format!("Invalid argument '{name}': {value}"))
}

fn clusters(parameters: &Parameters) -> Result<Value, Refusal> {
    let page = parameters.long("page")?.unwrap_or(1);
    // As one under 1 does, a missing one becomes the default.
    let size = parameters.long("size")?.unwrap_or(0);
    let statuses: Vec<&str> = parameters.all("status").flat_map(|list| list.split(',')).collect();
    if let Some(unknown) = statuses.iter().find(|status| !clusters::STATUSES.contains(status)) {
        return Err(invalid("status", unknown));
    }
    let part = parameters.get("name").unwrap_or_default().to_lowercase();
    let is_wanted = |cluster: &Cluster| {
        cluster.name.to_lowercase().contains(&part) && (statuses.is_empty() || statuses.contains(&cluster.status()))
    };
    let mut found: Vec<Cluster> = clusters::all().filter(is_wanted).collect();
    if let Some(sort) = parameters.get("sort") {
        let (field, direction) = sort.split_once(',').unwrap_or((sort, "asc"));
        match field {
            "id" => {}
            "name" => found.sort_by(|a, b| a.name.cmp(&b.name)),
            "obClusterId" => found.sort_by_key(|cluster| cluster.ob_id),
            _ => return Err(invalid("sort", sort)),
        }
        match direction {
            "asc" => {}
            "desc" => found.reverse(),
            _ => return Err(invalid("sort", sort)),
        }
    }
    Ok(paged(found, page, size, |cluster| cluster.json()))
}

fn tasks(id: &str, parameters: &Parameters, now: DateTime<Utc>) -> Result<Value, Refusal> {
    let id: u64 = id.parse().map_err(|_| invalid("id", id))?;
    let long = |name: &str| parameters.long(name)?.ok_or_else(|| bad_request(format!("Missing parameter '{name}'")));
    let time = |name: &str| {
        let parse = |text: &str| {
            let strict = DateTime::parse_from_rfc3339(text).ok().filter(|_| !text.contains(' '));
            strict.ok_or_else(|| invalid(name, text))
        };
        parameters.get(name).map(parse).transpose()
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
    let tasks = (0..cluster::count(id)).map(|index| cluster::task(id, index, now));
    // What the range filters on is documented nowhere; here it is whether the stream ran within it.
    let within = |task: &cluster::SimTask| {
        range.is_none_or(|(start, end)| task.created <= end && task.checkpoint.unwrap_or(task.created) >= start)
    };
    Ok(paged(tasks.filter(within).collect(), page, size, |task| task.json))
}

/// The page of that number of what was found.
fn paged<T>(found: Vec<T>, page: i64, size: i64, to_json: impl Fn(T) -> Value) -> Value {
    let page = usize::try_from(page).unwrap_or(1).max(1);
    let size = usize::try_from(size).ok().filter(|&size| size > 0).unwrap_or(DEFAULT_SIZE).min(MAX_SIZE);
    let total = found.len();
    let contents: Vec<Value> =
        found.into_iter().skip((page - 1).saturating_mul(size)).take(size).map(to_json).collect();
    let (number, shown) = if total == 0 { (1, 0) } else { (page, contents.len()) };
    json!({
        "contents": contents,
        // As in the sample: `size` is the number of elements, not the one asked for.
        "page": { "number": number, "size": shown, "totalElements": total, "totalPages": total.div_ceil(size) },
    })
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
