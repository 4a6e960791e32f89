//! What the events of the element hold.

use log_backup_panel::api::decode::{HttpResponse, decode};
use log_backup_panel::api::error::{ApiError, ErrorKind, OcpError};
use log_backup_panel::domain::kinds::Kind;
use log_backup_panel::domain::losses::LossStep;
use log_backup_panel::domain::query::Query;
use log_backup_panel::domain::task::Tone;
use log_backup_panel::domain::time::{TimeRange, Zone};
use log_backup_panel::state::history::{Change, Entry};
use log_backup_panel::state::request_state::{Event, RequestState};
use log_backup_panel::text::columns::Column;
use log_backup_panel::text::event_detail::*;
use log_backup_panel::text::json::JsonObject;
use log_backup_panel::text::table_view::TableView;
use serde_json::{Value, json};

use super::{CLOCK, NOW, VIEWER, ms};

fn value(detail: JsonObject) -> Value {
    serde_json::from_str(&detail.end()).unwrap()
}

/// The fields of `detail` that `expected` has, so that a new field breaks no test.
fn assert_has(detail: &Value, expected: &Value) {
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&detail[name], value, "{name}");
    }
}

#[test]
fn a_query_is_told_as_the_attributes_take_it() {
    let relative = TimeRange::parse("now-7d/d to now/d", Zone::Local).unwrap();
    let between = TimeRange::Between { start: ms("2021-09-22T06:00:00Z"), end: ms("2021-09-23T06:00:00Z") };
    for (range, name, start, end) in [
        (TimeRange::All, Some("all"), None, None),
        (TimeRange::parse("24h", Zone::Local).unwrap(), Some("24h"), None, None),
        (relative, Some("now-7d/d to now/d"), None, None),
        (between, None, Some("2021-09-22T06:00:00.000Z"), Some("2021-09-23T06:00:00.000Z")),
    ] {
        let detail = value(query_detail(&Query { cluster: "5".into(), range, page: 2, size: 50 }, CLOCK));
        let expected =
            json!({ "clusterId": "5", "range": name, "start": start, "end": end, "page": "2", "pageSize": "50" });
        assert_has(&detail, &expected);
    }
    let shown = TableView {
        tone: Some(Tone::Warning),
        text: " t3 ".into(),
        sort: Some((Column::Delay, true)),
        kind: Some(Kind::Behind),
        loss: Some(LossStep::Unknown),
    };
    assert_has(
        &value(filter_detail(&shown)),
        &json!({ "sort": "-delay", "tone": "warning", "kind": "behind", "find": "t3" }),
    );
    let blank = TableView { text: " ".into(), sort: Some((Column::Tenant, false)), ..TableView::default() };
    assert_has(&value(filter_detail(&blank)), &json!({ "sort": "tenant", "tone": null, "kind": null, "find": null }));
}

const BODY: &str = r#"{"data":{"contents":[
    {"tenantName":"a","status":"RUNNING","delay":400.5,"checkpoint":"2021-09-23T14:27:54.649+0800"},
    {"tenantName":"b","status":"FAILED","errorMsg":"full"},{"tenantName":"c","status":"STOPPED","delay":"soon"},7],
    "page":{"totalElements":85}},"timestamp":"2021-09-23T14:34:35.149+08:00"}"#;

#[test]
fn a_response_is_told_in_numbers_and_a_failure_in_ocps_words() {
    let query = Query { cluster: "5".into(), page: 2, ..Query::default() };
    let mut state = RequestState::default();
    state.settle(Event::Sent(query.clone(), NOW));
    let reply = HttpResponse { status: 200, body: BODY.into(), ..HttpResponse::default() };
    state.settle(Event::Ended { id: state.id(), result: decode(&reply), at: NOW });
    let load = json!({
        "clusterId": "5", "page": 2, "pageSize": 20, "total": 85, "tasks": 3, "unread": 1,
        "asOf": "2021-09-23T06:34:35.149Z", "worstDelaySeconds": 400.5, "restorableUntil": "2021-09-23T06:27:54.649Z",
        "lossSeconds": 400.5, "lossUnknown": 1, "criticalTasks": ["b"],
        "tones": { "neutral": 1, "ok": 0, "info": 0, "warning": 1, "critical": 1 },
    });
    let data = state.data.clone().unwrap();
    assert_has(&value(load_detail(&data, &data.query, &state.history.summary(&data.page, VIEWER.thresholds))), &load);
    let task = |index: usize| value(task_detail(&data.page.tasks[index]));
    let first =
        json!({ "tenantName": "a", "status": "RUNNING", "delay": 400.5, "checkpoint": "2021-09-23T06:27:54.649Z" });
    assert_has(&task(0), &first);
    assert_has(&task(1), &json!({ "errorMsg": "full", "delay": null, "checkpoint": null, "backupUri": null }));
    assert_has(&task(2), &json!({ "delay": "soon" }));

    let told = |state: &RequestState| value(state_detail(state, &query, &TableView::default(), &VIEWER));
    assert_has(&told(&state), &json!({ "phase": "ready", "loading": false, "error": null }));
    assert_has(&told(&state)["data"], &load);
    assert_eq!(told(&state)["query"], value(query_detail(&query, CLOCK)));
    let sorted = TableView { sort: Some((Column::Delay, true)), ..TableView::default() };
    let whole = value(state_detail(&state, &query, &sorted, &VIEWER));
    let view = json!({ "query": whole["query"], "filter": whole["filter"] });
    assert_eq!(value(view_detail(&query, &sorted, CLOCK)), view, "a link is of the same view");
    state.settle(Event::Sent(query.clone(), NOW));
    assert_eq!(told(&state)["loading"], true);
    let ocp = OcpError {
        code: Some("60001".into()),
        message: Some("no".into()),
        trace_id: Some("t-1".into()),
        ..OcpError::default()
    };
    let error = ApiError { http_status: Some(500), ocp, ..ApiError::without_answer(ErrorKind::Server) };
    state.settle(Event::Ended { id: state.id(), result: Err(error), at: NOW });
    let failure = json!({
        "kind": "server", "httpStatus": 500, "code": "60001", "message": "no", "traceId": "t-1", "server": null,
    });
    assert_eq!(told(&state)["phase"], "stale");
    assert_has(&told(&state)["error"], &failure);
}

#[test]
fn a_change_is_told_with_its_tasks_and_when_it_was_seen() {
    let entry = |change| Entry { at: NOW, query: Query::default(), change, tasks: vec!["a".into()], count: 12 };
    let detail = value(change_detail(&entry(Change::Stalled)));
    let expected = json!({
        "change": "stalled", "tasks": ["a"], "count": 12, "from": null, "to": null, "at": "2021-09-23T06:34:35.149Z",
    });
    assert_has(&detail, &expected);
}
