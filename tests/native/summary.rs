//! Are we protected, and how much would be lost now?

use log_backup_panel::api::decode::{HttpResponse, decode};
use log_backup_panel::domain::delay::Thresholds;
use log_backup_panel::domain::page::TaskPage;
use log_backup_panel::domain::query::Query;
use log_backup_panel::domain::skew::Skew;
use log_backup_panel::domain::summary::{Risk, Summary};
use log_backup_panel::domain::task::Tone;
use log_backup_panel::domain::time::{Span, TimeRange, Unit};
use log_backup_panel::state::request_state::Loaded;
use log_backup_panel::text::coverage::{cluster_name, cluster_role};
use log_backup_panel::text::event_detail::load_detail;
use log_backup_panel::text::verdict::{self, last_known};

use super::VIEWER;

/// A response at 06:34:35.149 UTC with these rows.
fn page(rows: &str, total: &str) -> TaskPage {
    let body =
        format!(r#"{{"data":{{"contents":[{rows}],"page":{{{total}}}}},"timestamp":"2021-09-23T14:34:35.149+08:00"}}"#);
    decode(&HttpResponse { status: 200, body, ..HttpResponse::default() }).unwrap()
}

fn summary(rows: &str) -> Summary {
    Summary::of(&page(rows, ""), Thresholds::default(), |_, _| false)
}

/// 06:30:00 UTC.
const HALF_PAST: i64 = 1_632_378_600_000;

#[test]
fn tones_are_listed_and_counted_in_the_order_of_their_numbers() {
    assert_eq!(Tone::ALL.map(|tone| tone as usize), [0, 1, 2, 3, 4]);
    let summary = Summary { tones: [7, 6, 5, 4, 3], ..Summary::default() };
    assert_eq!(Tone::ALL.map(|tone| summary.count(tone)), summary.tones);
    assert!(Tone::ALL.is_sorted(), "from the calmest to the worst");
}

#[test]
fn the_tenant_furthest_behind_says_what_would_be_lost() {
    let rows = r#"{"tenantName":"a","status":"RUNNING","delay":30,"checkpoint":"2021-09-23T14:34:05+0800"},
        {"tenantName":"b","status":"RUNNING","delay":275.149,"checkpoint":"2021-09-23T14:30:00+0800"}"#;
    let of =
        |summary: Summary| summary.risk.map(|Risk { tenant, checkpoint, seconds, .. }| (tenant, checkpoint, seconds));
    assert_eq!(of(summary(rows)), Some(("b".into(), Some(HALF_PAST), 275.149)));
    let key = page(rows, "").keyed().last().map(|(key, _)| key);
    assert_eq!(summary(rows).risk.map(|risk| risk.key), key, "and which task it is");
    assert_eq!(summary(rows).worst, Some((275.149, "b".into())));
}

#[test]
fn what_counts_as_a_tenants_restorable_point() {
    for (rows, seconds, unknown, why) in [
        (
            r#"{"tenantId":1,"status":"RUNNING","delay":900},{"tenantId":1,"status":"DOING","delay":20}"#,
            Some(20.0),
            0,
            "the best of its tasks",
        ),
        (
            r#"{"tenantId":1,"status":"FAILED","delay":900},{"tenantId":1,"status":"RUNNING"}"#,
            Some(900.0),
            0,
            "the one that is known",
        ),
        (
            r#"{"tenantId":1,"status":"INTERRUPTED","delay":5000},{"tenantId":2,"status":"RUNNING","delay":9}"#,
            Some(5000.0),
            0,
            "an interrupted one too",
        ),
        (
            r#"{"tenantId":1,"status":"STOPPED","delay":9e5},{"tenantId":2,"status":"RUNNING","delay":9}"#,
            Some(9.0),
            0,
            "not where it was stopped",
        ),
        (
            r#"{"tenantId":1,"delay":9e5},{"tenantId":2,"status":"RUNNING","delay":9}"#,
            Some(9.0),
            0,
            "nor where it never started",
        ),
        (
            r#"{"tenantId":1,"status":"RUNNING","delay":1.8e9},{"tenantId":2,"status":"RUNNING","delay":9}"#,
            Some(9.0),
            1,
            "without a checkpoint it is unknown",
        ),
        (r#"{"tenantId":1,"status":"RUNNING","delay":"NaN"}"#, None, 1, "as with a number that is none"),
        (r#"{"tenantId":1,"status":"RUNNING","delay":-3}"#, Some(0.0), 0, "two clocks read one after the other"),
        (r#"{"tenantId":1,"status":"RUNNING","delay":-300}"#, None, 1, "by a clock that is wrong nothing can be told"),
        (r#"{"tenantId":1,"status":"SUSPENDED","delay":-300}"#, None, 1, "the same where it stands still"),
        (
            r#"{"tenantId":1,"status":"RUNNING","checkpoint":"2021-09-23T14:30:00+0800"}"#,
            Some(275.149),
            0,
            "computed where the server left it out",
        ),
        (
            r#"{"clusterId":5,"status":"RUNNING","delay":40},{"clusterId":5,"status":"RUNNING","delay":7}"#,
            Some(40.0),
            0,
            "of rows that name no tenant each may be another's",
        ),
        (r#"{"status":"NEW_STATUS","delay":40}"#, Some(40.0), 0, "an unknown status may run"),
        ("", None, 0, "nothing"),
    ] {
        let found = summary(rows);
        assert_eq!((found.risk.map(|risk| risk.seconds), found.unknown), (seconds, unknown), "{why}: {rows}");
    }
}

#[test]
fn the_verdict_in_words() {
    let ok = r#"{"tenantName":"a","status":"RUNNING","delay":30}"#;
    let late = r#"{"tenantName":"t3","status":"RUNNING","delay":400}"#;
    let stopped = r#"{"tenantName":"b","status":"STOPPED","delay":9e5}"#;
    for (rows, total, verdict, scope) in [
        (ok.to_owned(), r#""totalElements":1"#, "1 task is archiving; worst delay 30 s (a)", "The only task"),
        ([ok, ok].join(","), r#""totalElements":2"#, "2 tasks are archiving; worst delay 30 s (a)", "All 2 tasks"),
        ([ok, stopped].join(","), "", "Tasks archiving: 1 of 2; worst delay 30 s (a)", "Page 3; total unknown"),
        (
            [ok, late].join(","),
            r#""totalElements":50"#,
            "1 task needs attention; worst delay 6 min 40 s (t3)",
            "Page 3 only, of 50 tasks",
        ),
        (
            [late, late, ok].join(","),
            r#""totalElements":50"#,
            "2 tasks need attention; worst delay 6 min 40 s (t3)",
            "Page 3 only, of 50 tasks",
        ),
        (
            [ok, "7"].join(","),
            "",
            "Tasks archiving: 1 of 1; 1 could not be read; worst delay 30 s (a)",
            "Page 3; total unknown",
        ),
        (stopped.to_owned(), "", "Tasks archiving: 0 of 1", "Page 3; total unknown"),
        (
            [ok, stopped, late, r#"{"status":"BEGINNING"}"#].join(","),
            "",
            "1 task needs attention; worst delay 6 min 40 s (t3)",
            "Page 3; total unknown",
        ),
        (
            r#"{"tenantName":"c","status":"RUNNING"},{"tenantName":"d","status":"RUNNING","delay":1.79e9}"#.to_owned(),
            r#""totalElements":2"#,
            "2 tasks need attention",
            "All 2 tasks",
        ),
    ] {
        let page = page(&rows, total);
        let summary = Summary::of(&page, VIEWER.thresholds, |_, _| false);
        let query = Query { page: 3, ..Query::default() };
        let data = Loaded { page: page.into(), query, received: 0, skew: Skew::default(), cached: None, whole: None };
        let words = verdict::verdict(&data, &summary, &VIEWER);
        assert_eq!((words.headline.as_str(), words.scope.as_str()), (verdict, scope), "{rows}");
        assert_eq!(words.note, if rows.ends_with(",7") { "1 could not be read" } else { "" }, "{rows}");
        assert_eq!(last_known(&data, &VIEWER), "Last known (2021-09-23 14:34:35): ");
    }
}

#[test]
fn what_is_not_in_the_verdict_makes_it_a_least() {
    let known = r#"{"tenantName":"a","status":"RUNNING","delay":275.149,"checkpoint":"2021-09-23T14:30:00+0800"}"#;
    let unknown = r#"{"tenantName":"b","status":"RUNNING"}"#;
    let (one, all, day) =
        (r#""totalElements":1"#, TimeRange::All, TimeRange::Last(Span { count: 1, unit: Unit::Days }));
    for (rows, total, range, claims_all, restorable) in [
        (known.to_owned(), one, all, true, "2021-09-23 14:30:00"),
        (known.to_owned(), one, day, false, "2021-09-23 14:30:00"),
        (known.to_owned(), "", all, false, "2021-09-23 14:30:00"),
        (known.to_owned(), r#""totalElements":2"#, all, false, "2021-09-23 14:30:00"),
        ([known, unknown].join(","), r#""totalElements":2"#, all, false, "2021-09-23 14:30:00"),
        ([known, "null"].join(","), one, all, false, "2021-09-23 14:30:00"),
        (unknown.to_owned(), one, all, false, "Unknown"),
    ] {
        let page = page(&rows, total);
        let summary = Summary::of(&page, VIEWER.thresholds, |_, _| false);
        let query = Query { range, ..Query::default() };
        let data = Loaded { page: page.into(), query, received: 0, skew: Skew::default(), cached: None, whole: None };
        let words = verdict::verdict(&data, &summary, &VIEWER);
        let (of, loss) = match restorable {
            "Unknown" => ("Restorable point:", "Data lost if the cluster died now:"),
            _ if claims_all => ("All tenants restorable to", "Data lost if the cluster died now: at most"),
            _ => ("Known tenants restorable to", "Data lost if the cluster died now: at least"),
        };
        assert_eq!((words.restorable_title, words.loss, &*words.restorable), (of, loss, restorable), "{rows}");
        assert_eq!(
            (words.restorable_of.ends_with("stopped tenants excluded"), words.is_least),
            (claims_all, !claims_all)
        );
    }
}

#[test]
fn a_verdict_on_a_time_range_says_so() {
    let page = page(r#"{"tenantName":"a","status":"RUNNING","delay":30}"#, r#""totalElements":1"#);
    let summary = Summary::of(&page, VIEWER.thresholds, |_, _| false);
    let range = TimeRange::Last(Span { count: 24, unit: Unit::Hours });
    let query = Query { range, ..Query::default() };
    let data = Loaded { page: page.into(), query, received: 0, skew: Skew::default(), cached: None, whole: None };
    assert_eq!(verdict::verdict(&data, &summary, &VIEWER).scope, "The only task; in this time range only");
}

#[test]
fn of_equal_tenants_the_same_one_is_named_in_any_order() {
    let row = |name| format!(r#"{{"tenantName":"{name}","status":"RUNNING","delay":40}}"#);
    for rows in [["a", "b", "c"], ["c", "a", "b"], ["b", "c", "a"]] {
        let risk = summary(&rows.map(row).join(",")).risk.unwrap();
        assert_eq!((&*risk.tenant, risk.seconds), ("a", 40.0), "{rows:?}");
    }
}

#[test]
fn critical_tasks_are_named_up_to_ten() {
    let row = |n: u32| {
        format!(r#"{{"tenantName":"t{n}","status":"{}"}}"#, if n.is_multiple_of(2) { "FAILED" } else { "RUNNING" })
    };
    let rows = (0..30).map(row).collect::<Vec<_>>().join(",");
    let named: Vec<_> = (0..10).map(|n| format!("t{}", 2 * n)).collect();
    assert_eq!(summary(&rows).critical, named);
    let stalled = Summary::of(
        &page(r#"{"tenantName":"a","status":"RUNNING","delay":200}"#, ""),
        Thresholds::default(),
        |_, _| true,
    );
    assert_eq!(stalled.critical, ["a"]);
}

#[test]
fn the_worst_tone_is_that_of_the_page() {
    for (rows, tone) in [
        ("", Tone::Neutral),
        (r#"{"status":"RUNNING","delay":1}"#, Tone::Ok),
        (r#"{"status":"RUNNING","delay":1},{"status":"STOPPED"}"#, Tone::Neutral),
        (r#"{"status":"RUNNING"}"#, Tone::Warning),
        (r#"{"status":"DOING","delay":"?"}"#, Tone::Warning),
        (r#"{"status":"RUNNING","delay":1.79e9}"#, Tone::Warning),
        (r#"{"status":"STOPPED"}"#, Tone::Neutral),
        (r#"{"status":"BEGINNING"},{"status":"RUNNING","delay":1}"#, Tone::Info),
        (r#"{"status":"SUSPENDED"},{"status":"RUNNING","delay":1}"#, Tone::Warning),
        (r#"{"status":"SUSPENDED"},{"status":"RUNNING","delay":1000}"#, Tone::Critical),
    ] {
        assert_eq!(summary(rows).tone(), tone, "{rows}");
    }
}

#[test]
fn only_an_answer_about_the_whole_cluster_can_say_that_it_has_no_backup() {
    let told = |rows, total, query| {
        let data = Loaded {
            page: page(rows, total).into(),
            query,
            received: 0,
            skew: Skew::default(),
            cached: None,
            whole: None,
        };
        let words = verdict::verdict(&data, &Summary::default(), &VIEWER).headline;
        let detail = load_detail(&data, &data.query, &Summary::default()).end();
        let is_counted = detail.contains(r#""warning":1"#);
        assert_eq!(words.contains("point-in-time recovery is not possible"), is_counted, "{detail}");
        is_counted
    };
    let of_page = |number| Query { page: number, ..Query::default() };
    let last_week = TimeRange::Last(Span { count: 7, unit: Unit::Days });
    assert!(told("", r#""totalElements":0"#, of_page(1)));
    assert!(told("", "", of_page(1)), "without a total, too");
    for (rows, total, query, why) in [
        ("", "", of_page(2), "a later page"),
        ("", r#""totalElements":0"#, Query { range: last_week, ..of_page(1) }, "a time range"),
        ("", r#""totalElements":3"#, of_page(1), "tasks that OCP counts and does not list"),
        ("7", "", of_page(1), "a row that can't be read"),
        (r#"{"status":"STOPPED"}"#, "", of_page(1), "a task that does not run"),
    ] {
        assert!(!told(rows, total, query), "{why}");
    }
}

#[test]
fn the_spread_counts_each_tenant_once_and_those_that_nobody_knows_apart() {
    let rows = r#"{"tenantId":1,"status":"RUNNING","delay":5000},{"tenantId":1,"status":"RUNNING","delay":20},
        {"tenantId":2,"status":"RUNNING","delay":100},{"tenantId":3,"status":"INTERRUPTED","delay":90000},
        {"tenantId":4,"status":"RUNNING"},{"tenantId":5,"status":"STOPPED","delay":9e5,"tenantName":"paused"}"#;
    let summary = summary(rows);
    let texts = VIEWER.locale.texts();
    let told = |age| {
        let parts = verdict::spread(&summary, age);
        parts
            .iter()
            .map(|(step, count)| format!("{}: {count}", verdict::step_name(*step, texts)))
            .collect::<Vec<_>>()
            .join(", ")
    };
    assert_eq!(told(0.0), "≤ 2 min: 2, > 1 d: 1, Unknown: 1");
    assert_eq!(told(30.0), "≤ 2 min: 1, ≤ 1 h: 1, > 1 d: 1, Unknown: 1", "the loss grows while no response comes");
    let [.., stopped] = &summary.kinds;
    assert_eq!(stopped.named.first().map(|named| &*named.tenant), Some("paused"), "stopped ones are named apart");
    assert_eq!(verdict::more(stopped), "");
}

#[test]
fn the_head_names_a_cluster_that_all_rows_agree_on() {
    let row = |name, id, role| {
        format!(r#"{{"clusterName":"{name}","obClusterId":{id},"clusterType":"{role}","status":"RUNNING"}}"#)
    };
    let (a, other_id, standby, b) =
        (row("a", 5, "PRIMARY"), row("a", 6, "PRIMARY"), row("a", 5, "STANDBY"), row("b", 5, "PRIMARY"));
    for (rows, name, role) in [
        ([&*a, &*a], "a:5", "Primary"),
        ([&a, &other_id], "a", "Primary"),
        ([&a, &standby], "a:5", ""),
        ([&standby, &standby], "a:5", "Standby"),
        ([&a, &b], "", "Primary"),
        ([&a, r#"{"status":"RUNNING"}"#], "", ""),
        ([r#"{"obClusterId":5}"#, r#"{"obClusterId":5}"#], "", ""),
    ] {
        let page = page(&rows.join(","), "");
        let query = Query::default();
        let data = Loaded { page: page.into(), query, received: 0, skew: Skew::default(), cached: None, whole: None };
        assert_eq!([cluster_name(&data), cluster_role(&data, VIEWER.locale.texts())], [name, role], "{rows:?}");
    }
}
