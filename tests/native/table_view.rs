//! How a page is sorted and filtered.

use log_backup_panel::api::decode::{HttpResponse, decode};
use log_backup_panel::domain::kinds::Kind;
use log_backup_panel::domain::losses::LossStep;
use log_backup_panel::domain::page::TaskPage;
use log_backup_panel::domain::query::Query;
use log_backup_panel::domain::task::{TaskKey, Tone};
use log_backup_panel::state::history::History;
use log_backup_panel::text::columns::Column;
use log_backup_panel::text::rows::{Row, rows};
use log_backup_panel::text::table_view::{TableView, neighbours};

use super::VIEWER;

#[test]
fn a_page_is_sorted_and_filtered_here_since_ocp_does_neither() {
    let body = r#"{"data":{"contents":[
        {"tenantName":"b","status":"RUNNING","delay":40,"checkpoint":"2021-09-23T14:30:00+0800"},
        {"tenantName":"A","status":"FAILED","delay":9e6,"errorMsg":"disk FULL"},
        {"tenantName":"c","status":"RUNNING","delay":1000,"checkpoint":"2021-09-23T14:10:00+0800"},
        {"status":"STOPPED","checkpoint":"2021-09-01T00:00:00+0800"}],"page":{}},"timestamp":"2021-09-23T14:34:35.149+08:00"}"#;
    let page = decode(&HttpResponse { status: 200, body: body.into(), ..HttpResponse::default() }).unwrap();
    let shown = |shown: &TableView| {
        let name = |row: &Row| if row.cells[1].main.is_empty() { "-".to_owned() } else { row.cells[1].main.clone() };
        shown.pick(&rows(&page, &History::default(), &VIEWER), &page, 0.0).iter().map(name).collect::<String>()
    };
    let sorted = |column, descending| shown(&TableView { sort: Some((column, descending)), ..TableView::default() });
    let with = |text: &str| shown(&TableView { text: text.into(), ..TableView::default() });
    let tone = |tone| shown(&TableView { tone: Some(tone), ..TableView::default() });
    assert_eq!(shown(&TableView::default()), "bAc-", "the server's order");
    assert_eq!(sorted(Column::Delay, true), "A-cb", "the oldest checkpoint first, whether its age is a delay or not");
    assert_eq!(sorted(Column::Delay, false), "bc-A");
    assert_eq!(sorted(Column::Tenant, false), "Abc-", "in either case, without a name last");
    assert_eq!(sorted(Column::Tenant, true), "cbA-");
    assert_eq!(sorted(Column::Checkpoint, true), "bc-A");
    assert_eq!(sorted(Column::Status, true), "Acb-", "the worst first");
    assert_eq!([with("full"), with(" FULL "), with("16 min"), with("nothing"), with("")], ["A", "A", "c", "", "bAc-"]);
    assert_eq!([tone(Tone::Critical), tone(Tone::Neutral), tone(Tone::Info)], ["Ac", "-", ""]);
    let kind = |kind| shown(&TableView { kind: Some(kind), ..TableView::default() });
    assert_eq!([kind(Kind::Failed), kind(Kind::FarBehind), kind(Kind::Behind)], ["A", "c", ""]);
    let lost = |step| shown(&TableView { loss: Some(step), ..TableView::default() });
    assert_eq!(
        LossStep::ALL.map(lost),
        ["b", "c", "", "A", ""],
        "of who would lose so much; one that is stopped on purpose is in none"
    );
}

#[test]
fn numbers_in_names_sort_by_their_value() {
    let sorted = |column, field: &str, names: &[&str]| {
        let rows: Vec<_> = names.iter().map(|name| format!(r#"{{"status":"RUNNING","{field}":"{name}"}}"#)).collect();
        let body = format!(r#"{{"data":{{"contents":[{}],"page":{{}}}}}}"#, rows.join(","));
        let page = decode(&HttpResponse { status: 200, body, ..HttpResponse::default() }).unwrap();
        let shown = TableView { sort: Some((column, false)), ..TableView::default() };
        let rows = shown.pick(&rows_of(&page), &page, 0.0);
        rows.iter().filter_map(|row| row.cell(column)).map(|cell| cell.main.clone()).collect::<Vec<_>>()
    };
    for names in [
        &["ob_tenant_1", "OB_tenant_2", "ob_tenant_10", "ob_tenant_10a", "ob_tenant_10b"][..],
        &["7", "t", "t-8", "t007", "t70", "t70_1"],
        &["租户2", "租户10"],
        &["t99999999999999999999999999", "t100000000000000000000000000"],
    ] {
        for turned in 0..names.len() {
            let mut given = names.to_vec();
            given.rotate_left(turned);
            assert_eq!(sorted(Column::Tenant, "tenantName", &given), names);
        }
    }
    assert_eq!(
        sorted(Column::Host, "agentServerIp", &["10.0.0.10", "10.0.0.9", "9.0.0.1"]),
        ["9.0.0.1", "10.0.0.9", "10.0.0.10"]
    );
    assert_eq!(sorted(Column::Tenant, "tenantName", &["t01", "t1"]), ["t01", "t1"], "the server's order");
}

fn rows_of(page: &TaskPage) -> Vec<Row> {
    rows(page, &History::default(), &VIEWER)
}

#[test]
fn a_heading_turns_the_order_and_gives_it_back() {
    for (column, first) in [(Column::Delay, true), (Column::Tenant, false)] {
        let mut shown = TableView::default();
        let mut turns = Vec::new();
        for _ in 0..3 {
            shown.toggle_sort(column);
            turns.push(shown.sort);
        }
        assert_eq!(turns, [Some((column, first)), Some((column, !first)), None]);
        shown.toggle_sort(column);
        shown.toggle_sort(Column::Host);
        assert_eq!(shown.sort, Some((Column::Host, false)), "another heading starts anew");
    }
}

#[test]
fn times_are_sorted_by_their_instant_and_statuses_by_the_worst_of_the_row() {
    let body = r#"{"data":{"contents":[
        {"tenantName":"a","status":"STOPPED","createTime":"2021-09-23T09:00:00+0800","modifyTime":"2021-09-23T03:00:00Z"},
        {"tenantName":"b","status":"BEGINNING","createTime":"2021-09-23T02:00:00+0000","modifyTime":"2021-09-23T01:00:00Z"},
        {"tenantName":"c","status":"SUSPENDED","createTime":"yesterday"},
        {"tenantName":"d","status":"RUNNING","delay":1000,"createTime":"2021-09-22T23:00:00Z","modifyTime":"2021-09-23T02:00:00Z"},
        {"tenantName":"e","status":"FAILED"}]},"timestamp":"2021-09-23T14:34:35.149+08:00"}"#;
    let page = decode(&HttpResponse { status: 200, body: body.into(), ..HttpResponse::default() }).unwrap();
    for (sort, expected) in
        [("created", "dabce"), ("-created", "badce"), ("-modified", "adbce"), ("status", "abcde"), ("-status", "edcba")]
    {
        let view = TableView { sort: TableView::parse_sort(sort), ..TableView::default() };
        assert_eq!(view.sort_name().as_deref(), Some(sort));
        let rows = view.pick(&rows(&page, &History::default(), &VIEWER), &page, 0.0);
        assert_eq!(rows.iter().map(|row| &*row.cells[1].main).collect::<String>(), expected, "{sort}");
    }
    assert_eq!((TableView::parse_sort("nothing"), TableView::default().sort_name()), (None, None));
}

#[test]
fn a_delay_without_a_number_comes_last_either_way() {
    let body = r#"{"data":{"contents":[
        {"tenantName":"a","status":"RUNNING","delay":"soon"},{"tenantName":"b","status":"RUNNING","delay":60},
        {"tenantName":"c","status":"STOPPED"},{"tenantName":"d","status":"NEW","delay":7}]}}"#;
    let page = decode(&HttpResponse { status: 200, body: body.into(), ..HttpResponse::default() }).unwrap();
    for (sort, expected) in [("delay", "dbac"), ("-delay", "bdac")] {
        let view = TableView { sort: TableView::parse_sort(sort), ..TableView::default() };
        let names =
            view.pick(&rows_of(&page), &page, 0.0).iter().map(|row| row.cells[1].main.clone()).collect::<String>();
        assert_eq!(names, expected, "{sort}");
    }
}

#[test]
fn the_first_press_on_the_status_puts_the_worst_first() {
    // The checkpoint of "s" stands still: three answers in five minutes, and a fourth with all of the others.
    let task = |name: &str, status: &str, seconds: u32| {
        format!(r#"{{"tenantName":"{name}","status":"{status}","delay":{seconds}}}"#)
    };
    let others = [
        task("h", "RUNNING", 5),
        task("o", "STOPPED", 900_000),
        task("l", "RUNNING", 400),
        task("c", "RUNNING", 2000),
        task("C", "RUNNING", 9000),
        task("f", "FAILED", 100),
        task("F", "FAILED", 70_000),
        task("p", "SUSPENDED", 80_000),
        task("i", "INTERRUPTED", 200),
    ];
    let mut history = History::default();
    let mut page = TaskPage::default();
    for (turn, minute) in ["00", "02", "04", "06"].into_iter().enumerate() {
        let stalled = r#"{"tenantName":"s","status":"RUNNING","checkpoint":"2021-09-23T13:50:00+0800"}"#.to_owned();
        let rows: Vec<_> = others.iter().filter(|_| turn == 3).cloned().chain([stalled]).collect();
        let body =
            format!(r#"{{"data":{{"contents":[{}]}},"timestamp":"2021-09-23T14:{minute}:00+08:00"}}"#, rows.join(","));
        page = decode(&HttpResponse { status: 200, body, ..HttpResponse::default() }).unwrap();
        history.observe(&page, &Query::default(), None, 0);
    }
    let mut view = TableView::default();
    view.toggle_sort(Column::Status);
    let names = view.pick(&rows(&page, &history, &VIEWER), &page, 0.0).into_iter().map(|row| row.cells[1].main.clone());
    assert_eq!(names.collect::<String>(), "iFfsCclpho", "by the kinds of the head, and within a kind the oldest first");
}

#[test]
fn a_filter_is_a_tone_or_a_text_but_no_spaces() {
    let filter = |tone, text: &str| TableView { tone, text: text.into(), ..TableView::default() }.is_filter();
    assert_eq!([filter(None, ""), filter(None, " "), filter(None, "x")], [false, false, true]);
    assert_eq!([filter(Some(Tone::Ok), ""), filter(Some(Tone::Ok), "x")], [true, true]);
}

#[test]
fn the_tasks_beside_one_are_those_of_the_shown_order() {
    let [a, b, c] = [7, 3, 5].map(TaskKey);
    let shown = [a, b, c];
    for (open, before, after) in [
        (a, None, Some(b)),
        (b, Some(a), Some(c)),
        (c, Some(b), None),
        // A task that is not shown stands before all that are.
        (TaskKey(9), None, Some(a)),
    ] {
        assert_eq!(neighbours(&shown, open), [before, after], "{open:?}");
    }
    assert_eq!(neighbours(&[], a), [None, None]);
}

#[test]
fn a_letter_more_leaves_what_a_new_filter_would() {
    let names = ["tenant_1", "Tenant_12", "sys", "tenant_2"];
    let rows: Vec<_> = names.iter().map(|name| format!(r#"{{"status":"RUNNING","tenantName":"{name}"}}"#)).collect();
    let body = format!(r#"{{"data":{{"contents":[{}],"page":{{}}}}}}"#, rows.join(","));
    let page = decode(&HttpResponse { status: 200, body, ..HttpResponse::default() }).unwrap();
    let all = rows_of(&page);
    let typed =
        |text: &str| TableView { text: text.to_owned(), sort: Some((Column::Tenant, true)), ..TableView::default() };
    let mut picked = typed("").pick(&all, &page, 0.0);
    for (before, after) in
        [("", "t"), ("t", "tenant_"), ("tenant_", "tenant_1"), ("tenant_1", "tenant_12"), ("tenant_12", "tenant_12x")]
    {
        assert!(typed(after).narrows(&typed(before)), "{before} → {after}");
        picked.retain(|row| typed(after).has_text(row));
        assert_eq!(picked, typed(after).pick(&all, &page, 0.0), "{before} → {after}");
    }
    assert!(!typed("tenan").narrows(&typed("tenant")), "a letter less shows more");
    assert!(
        !typed("tenants").narrows(&TableView { kind: Some(Kind::Failed), ..typed("tenant") }),
        "another filter as well"
    );
    assert!(!typed("tenants").narrows(&TableView { sort: None, ..typed("tenant") }), "another order as well");
}
