use log_backup_panel::api::decode::{HttpResponse, decode};
use log_backup_panel::domain::deviation::{DeviationKind, Deviations};
use log_backup_panel::domain::page::TaskPage;
use log_backup_panel::domain::query::Query;
use log_backup_panel::domain::skew::Skew;
use log_backup_panel::state::history::History;
use log_backup_panel::text::diagnostics::diagnostics;

use super::{NOW, SAMPLE, VIEWER};

fn found(body: &str) -> Vec<(DeviationKind, String, String, u64)> {
    let page = decode(&HttpResponse { status: 200, body: body.to_owned(), ..HttpResponse::default() }).unwrap();
    page.deviations.list().iter().map(|it| (it.kind, it.place.to_string(), it.found.to_string(), it.count)).collect()
}

fn rows(rows: &str) -> Vec<(DeviationKind, String, String, u64)> {
    found(&format!(r#"{{"data":{{"contents":[{rows}],"page":{{"totalElements":1}}}},"successful":true}}"#))
}

#[test]
fn the_documented_sample_departs_in_nothing() {
    assert_eq!(found(SAMPLE), []);
}

#[test]
fn each_departure_is_named_and_counted() {
    use DeviationKind::*;
    let cases = [
        (
            r#"{"status":"RUNNING","newField":1},{"status":"RUNNING","newField":2}"#,
            UnknownField,
            "contents[].newField",
            "number",
            2,
        ),
        (r#"{"status":"RUNNING","tenantName":7}"#, OddType, "contents[].tenantName", "number", 1),
        (r#"{"status":"RUNNING","delay":"77.6421"}"#, OddType, "contents[].delay", "string", 1),
        (r#"{"status":"ARCHIVING"},{"status":"ARCHIVING"}"#, UnknownStatus, "contents[].status", "ARCHIVING", 2),
        (r#"{"status":"RUNNING","checkpoint":"yesterday"}"#, Unreadable, "contents[].checkpoint", "yesterday", 1),
        (r#"{"status":"RUNNING"},42,7"#, MalformedRow, "contents[]", "number", 2),
        (
            &format!(r#"{{"status":"RUNNING","errorMsg":"{}"}}"#, "x".repeat(300_000)),
            LongText,
            "contents[].errorMsg",
            "",
            1,
        ),
        (
            &format!(r#"{{"status":"RUNNING","errorMsg":"{}"}}"#, "x".repeat(256 * 1024 + 1)),
            LongText,
            "contents[].errorMsg",
            "",
            1,
        ),
        (r#"{"status":"RUNNING","delay":NaN}"#, RepairedJson, "", "", 1),
    ];
    for (given, kind, place, what, count) in cases {
        assert_eq!(rows(given), [(kind, place.to_owned(), what.to_owned(), count)], "{given}");
    }
    let long = format!(r#"{{"status":"RUNNING","errorMsg":"{}"}}"#, "x".repeat(256 * 1024));
    let id = r#"{"status":"RUNNING","tenantId":"9007199254740993"}"#;
    for harmless in [id, r#"{"status":null,"errorMsg":null}"#, &long] {
        assert_eq!(rows(harmless), [], "{harmless}");
    }
}

#[test]
fn envelope_and_page_are_compared_too() {
    let all = found(
        r#"{"data":{"contents":[],"page":{"totalElements":0,"cursor":"x"},"hint":1},"successful":true,"requestId":"r"}"#,
    );
    let places: Vec<_> = all.iter().map(|(_, place, ..)| place.as_str()).collect();
    assert_eq!(places, ["requestId", "data.hint", "page.cursor"]);
}

#[test]
fn what_is_found_is_redacted_and_cut() {
    let all = rows(r#"{"status":"oss://b/p?access_key=SECRET","checkpoint":"s3://u:SECRET@h","access_key=SECRET":1}"#);
    assert_eq!(all.len(), 3, "{all:?}");
    assert!(!format!("{all:?}").contains("SECRET"), "{all:?}");
    let long = rows(&format!(r#"{{"status":"{}"}}"#, "状".repeat(100_000)));
    assert_eq!(long.last().unwrap().2.chars().count(), 60);
}

#[test]
fn a_server_that_invents_fields_without_end_fills_no_memory() {
    let mut session = Deviations::default();
    for index in 0..1000 {
        let mut answer = Deviations::default();
        answer.add(DeviationKind::UnknownField, &format!("contents[].f{index}"), "null");
        answer.add(DeviationKind::UnknownField, "contents[].f0", "null");
        session.merge(&answer);
    }
    assert_eq!((session.list().len(), session.unlisted()), (100, 900));
    assert_eq!(session.list()[0].count, 1001);
    let mut history = History::default();
    let page = TaskPage { deviations: session.clone(), ..TaskPage::default() };
    history.observe(&page, &Query::default(), None, NOW);
    let lines = diagnostics(&history, Skew::default(), &VIEWER).pop().unwrap().1;
    assert_eq!((lines.len(), lines[0].ends_with("contents[].f0 · null × 1,001")), (101, true), "{}", lines[0]);
    assert_eq!(lines[100], "… and 900 more");
    let mut other = Deviations::default();
    other.merge(&session);
    other.merge(&session);
    assert_eq!((other.list().len(), other.unlisted(), other.list()[0].count), (100, 1800, 2002));
}
