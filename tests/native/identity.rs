//! Whose task it is, and what is told when another task of the same tenant takes its place.

use std::slice;

use log_backup_panel::api::decode::{HttpResponse, decode};
use log_backup_panel::domain::identity::is_same_tenant;
use log_backup_panel::domain::query::Query;
use log_backup_panel::domain::task::{Task, Tone};
use log_backup_panel::domain::time::{Clock, TimeRange};
use log_backup_panel::state::request_state::{Event, RequestState};
use log_backup_panel::state::sweep::Scope;
use log_backup_panel::text::event_detail::change_detail;
use log_backup_panel::text::journal::journal_line;
use log_backup_panel::text::viewer::Viewer;

use super::{CLOCK, ms};

const VIEWER: Viewer = Viewer { clock: Clock { now: || ms("2026-11-23T14:30:00+08:00"), ..CLOCK }, ..super::VIEWER };

/// Tenant `pay`, the row that all others differ from.
const PAY: &str = r#""clusterId":5,"tenantId":11,"tenantName":"pay","clusterType":"PRIMARY","backupUri":"oss://a/pay","createTime":"2026-11-20T08:00:00+08:00","status":"INTERRUPTED","checkpoint":"2026-11-23T13:00:00+08:00","delay":7200"#;

/// `row` with these fields in place of its own.
fn with(row: &str, fields: &[(&str, &str)]) -> String {
    let mut object: serde_json::Map<_, _> = serde_json::from_str(&format!("{{{row}}}")).unwrap();
    for (name, value) in fields {
        object.insert((*name).to_owned(), serde_json::from_str(value).unwrap());
    }
    serde_json::to_string(&object).unwrap()
}

fn answer(state: &mut RequestState, query: &Query, rows: &[String], total: usize, minute: u32) {
    let body = format!(
        r#"{{"data":{{"contents":[{}],"page":{{"totalElements":{total}}}}},"successful":true,"timestamp":"2026-11-23T14:{minute:02}:00+08:00"}}"#,
        rows.join(",")
    );
    state.settle(Event::Sent(query.clone(), 0));
    let result = decode(&HttpResponse { status: 200, body, ..HttpResponse::default() });
    state.settle(Event::Ended { id: state.id(), result, at: 0 });
}

/// The journal of a session of whole lists, one minute apart.
fn session(lists: &[&[String]]) -> RequestState {
    let mut state = RequestState::default();
    let query = Query { cluster: "5".into(), ..Query::default() };
    for (minute, rows) in (0..).zip(lists) {
        answer(&mut state, &query, rows, rows.len(), minute);
    }
    state
}

fn journal(state: &RequestState) -> Vec<String> {
    state.history.journal().iter().map(|entry| journal_line(entry, &VIEWER)).collect()
}

#[test]
fn another_task_of_the_same_tenant_is_news_of_its_own_and_never_gone() {
    let before = with(PAY, &[]);
    for (fields, told, kinds, tone) in [
        (
            &[("createTime", r#""2026-11-23T14:00:00+08:00""#), ("status", r#""DOING""#)][..],
            "14:01:00 pay: Interrupted → In progress; new round since 14:00:00",
            r#"["status","round"]"#,
            Tone::Ok,
        ),
        (&[("backupUri", r#""oss://b/pay""#)], "14:01:00 pay: new destination", r#"["destination"]"#, Tone::Info),
        (&[("tenantName", r#""pay_v2""#)], "14:01:00 pay_v2: renamed, was pay", r#"["renamed"]"#, Tone::Info),
        (&[("clusterType", r#""STANDBY""#)], "14:01:00 pay: Primary → Standby", r#"["role"]"#, Tone::Info),
        (
            &[
                ("createTime", r#""2026-11-23T14:00:00+08:00""#),
                ("backupUri", r#""oss://b/pay""#),
                ("status", r#""FAILED""#),
            ],
            "14:01:00 pay: Interrupted → Failed; new round since 14:00:00; new destination",
            r#"["status","round","destination"]"#,
            Tone::Critical,
        ),
    ] {
        let state = session(&[slice::from_ref(&before), &[with(PAY, fields)], &[with(PAY, fields)]]);
        assert_eq!(journal(&state), [told]);
        let entry = &state.history.journal()[0];
        assert!(change_detail(entry).end().contains(&format!(r#""kinds":{kinds}"#)), "{}", change_detail(entry).end());
        assert_eq!(entry.change.tone(), tone, "{told}");
        let key = state.data.as_ref().unwrap().page.keyed().next().unwrap().0;
        let first = session(&[slice::from_ref(&before)]).data.unwrap().page.keyed().next().unwrap().0;
        assert_eq!(state.history.current_key(first), key, "details that are open stay with the tenant");
    }
}

#[test]
fn what_was_seen_of_a_renamed_tenant_stays_known_and_a_new_round_begins_anew() {
    let at = |minute: u32| format!(r#""2026-11-23T13:{minute:02}:00+08:00""#);
    let running = |fields: &[(&str, &str)]| with(&with(PAY, &[("status", r#""DOING""#)])[1..].replace('}', ""), fields);
    let renamed = session(&[
        &[running(&[("checkpoint", &at(30))])],
        &[running(&[("checkpoint", &at(20)), ("tenantName", r#""pay_v2""#)])],
    ]);
    assert_eq!(journal(&renamed), ["14:01:00 pay_v2: renamed, was pay", "14:01:00 pay_v2: checkpoint moved backwards"]);
    let restarted = session(&[
        &[running(&[("checkpoint", &at(30))])],
        &[running(&[("checkpoint", &at(20)), ("createTime", &at(15))])],
    ]);
    assert_eq!(journal(&restarted), ["14:01:00 pay: new round since 13:15:00"]);
}

#[test]
fn a_tenant_that_comes_back_in_a_new_round_is_told_once() {
    let state = session(&[
        &[with(PAY, &[])],
        &[],
        &[with(PAY, &[("createTime", r#""2026-11-23T14:00:00+08:00""#), ("status", r#""DOING""#)])],
    ]);
    assert_eq!(
        journal(&state),
        ["14:01:00 pay: no longer listed", "14:02:00 pay: Interrupted → In progress; new round since 14:00:00"]
    );
}

#[test]
fn a_task_whose_row_leaves_out_a_field_is_the_same_task() {
    let bare = with(PAY, &[("createTime", "null")]);
    assert!(journal(&session(&[&[with(PAY, &[])], slice::from_ref(&bare)])).is_empty());
    let back = session(&[&[with(PAY, &[])], &[], slice::from_ref(&bare)]);
    assert_eq!(journal(&back), ["14:01:00 pay: no longer listed", "14:02:00 pay: listed again"]);
}

#[test]
fn of_two_destinations_each_is_followed_by_itself() {
    let [a, b] = ["oss://a/pay", "oss://b/pay"].map(|uri| with(PAY, &[("backupUri", &format!("{uri:?}"))]));
    let gone = session(&[&[a.clone(), b.clone()], slice::from_ref(&b)]);
    assert_eq!(journal(&gone), ["14:01:00 pay: no longer listed"], "one of two destinations is lost");
    let later = [("createTime", r#""2026-11-23T14:00:00+08:00""#), ("status", r#""DOING""#)];
    let [new_a, new_b] = ["oss://a/pay", "oss://b/pay"]
        .map(|uri| with(PAY, &[&later[..], &[("backupUri", &format!("{uri:?}"))]].concat()));
    let restarted = session(&[&[a, b], &[new_b, new_a]]);
    assert_eq!(
        journal(&restarted),
        ["14:01:00 pay, pay: Interrupted → In progress; new round since 14:00:00"],
        "neither took the other's destination"
    );
}

#[test]
fn a_task_that_left_one_page_of_several_or_a_range_is_a_warning_and_only_the_whole_list_makes_it_critical() {
    let [pay, other] = [with(PAY, &[]), with(PAY, &[("tenantId", "12"), ("tenantName", r#""hr""#)])];
    let unreadable = "7".to_owned();
    for (total, range, rows, tone) in [
        (1, TimeRange::All, vec![other.clone()], Tone::Critical),
        (30, TimeRange::All, vec![other.clone()], Tone::Warning),
        (1, TimeRange::Between { start: 0, end: i64::MAX }, vec![other.clone()], Tone::Warning),
        (2, TimeRange::All, vec![other.clone(), unreadable], Tone::Warning),
    ] {
        let mut state = RequestState::default();
        state.settle(Event::Scoped(Scope::Page));
        let query = Query { cluster: "5".into(), range, ..Query::default() };
        answer(&mut state, &query, &[pay.clone(), other.clone()], 2, 0);
        answer(&mut state, &query, &rows, total, 1);
        let from = if tone == Tone::Critical { "" } else { " on page 1" };
        assert_eq!(journal(&state), [format!("14:01:00 pay: no longer listed{from}")]);
        assert_eq!(state.history.journal()[0].change.tone(), tone, "{total} {range:?}");
    }
}

#[test]
fn ids_tell_tenants_apart_and_names_only_where_ids_are_missing() {
    let task = |cluster: &str, id: &str, ob_id: &str, name: &str| {
        let given = |text: &str| (!text.is_empty()).then(|| text.into());
        Task {
            cluster_id: given(cluster),
            tenant_id: given(id),
            ob_tenant_id: given(ob_id),
            tenant_name: given(name),
            ..Task::default()
        }
    };
    for (one, other, same) in [
        (task("5", "11", "1002", "pay"), task("5", "11", "1002", "pay_v2"), true),
        (task("5", "11", "1002", "pay"), task("5", "12", "1004", "pay"), false),
        (task("5", "11", "1002", "pay"), task("5", "11", "1004", "pay"), false),
        (task("5", "11", "1002", "pay"), task("6", "11", "1002", "pay"), false),
        (task("5", "11", "1002", "pay"), task("5", "", "1002", ""), true),
        (task("5", "11", "", "pay"), task("", "", "1002", "pay"), true),
        (task("5", "", "", "pay"), task("5", "", "", "hr"), false),
        (task("5", "", "", ""), task("5", "", "", ""), false),
    ] {
        assert_eq!(is_same_tenant(&one, &other), same, "{one:?} {other:?}");
        assert_eq!(is_same_tenant(&other, &one), same, "{other:?} {one:?}");
    }
}
