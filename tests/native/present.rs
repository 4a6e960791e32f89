use std::sync::Arc;

use log_backup_panel::api::decode::{Reply, decode};
use log_backup_panel::api::error::{ApiError, ErrorKind, OcpError, Oddity};
use log_backup_panel::domain::page::{Malformed, TaskPage};
use log_backup_panel::domain::query::Query;
use log_backup_panel::domain::skew::Skew;
use log_backup_panel::domain::summary::Summary;
use log_backup_panel::domain::task::Tone;
use log_backup_panel::domain::time::{Clock, TimeRange};
use log_backup_panel::state::load::Loaded;
use log_backup_panel::state::watch::Watch;
use log_backup_panel::view::columns::{Column, Columns};
use log_backup_panel::view::present::*;
use log_backup_panel::view::texts::Locale;

use super::{CLOCK, NOW, SAMPLE, VIEWER, ms};

fn viewer(locale: Locale) -> Viewer {
    Viewer { locale, ..VIEWER }
}

fn sample() -> TaskPage {
    decode(&Reply { status: 200, body: SAMPLE.into(), ..Reply::default() }).unwrap()
}

fn row_with(fields: &str, locale: Locale) -> Row {
    let body = format!(r#"{{"data":{{"contents":[{{{fields}}}]}},"timestamp":"2021-09-23T14:34:35.149+08:00"}}"#);
    let page = decode(&Reply { status: 200, body, ..Reply::default() }).unwrap();
    rows(&page, &Watch::default(), &viewer(locale)).remove(0)
}

fn loaded(page: TaskPage) -> Loaded {
    Loaded { page: Arc::new(page), query: Query::default(), received: NOW, skew: Skew::default() }
}

fn cell(row: &Row, column: Column) -> &Cell {
    &row.cells[column as usize]
}

#[test]
fn the_sample_reads_well_in_both_languages() {
    for (locale, status, delay, exact, mode) in [
        (Locale::EnUs, "In progress", "1 min 17 s", "77.6421 s", "Physical"),
        (Locale::ZhCn, "进行中", "1 分 17 秒", "77.6421 秒", "物理备份"),
    ] {
        let row = rows(&sample(), &Watch::default(), &viewer(locale)).remove(0);
        assert_eq!(cell(&row, Column::Status).main, status);
        assert_eq!(cell(&row, Column::Delay).main, delay);
        assert_eq!(cell(&row, Column::Delay).sub, exact);
        assert_eq!(cell(&row, Column::Delay).meter, Some(9));
        assert_eq!(cell(&row, Column::Checkpoint).main, "2021-09-23 14:33:17");
        assert_eq!(cell(&row, Column::Created).main, "2021-09-09 16:19:47");
        assert_eq!(cell(&row, Column::Cluster).main, "yc0820_17");
        assert_eq!(cell(&row, Column::Cluster).sub, "ID 1000005 · OB 5");
        assert_eq!(cell(&row, Column::Mode).main, mode);
        assert_eq!(cell(&row, Column::Uri).main, "file:///obbackup/");
    }
}

#[test]
fn a_loss_is_rounded_to_the_side_that_keeps_it_true() {
    let texts = VIEWER.locale.texts();
    for (seconds, most, least) in [
        (93_540, "1 d 2 h", "1 d 1 h"),
        (93_600, "1 d 2 h", "1 d 2 h"),
        (86_399, "1 d", "23 h 59 min"),
        (3661, "1 h 2 min", "1 h 1 min"),
        (277, "4 min 37 s", "4 min 37 s"),
        (0, "0 s", "0 s"),
    ] {
        assert_eq!(loss(seconds * 1000, false, texts), most);
        assert_eq!(loss(seconds * 1000, true, texts), least);
    }
    assert_eq!(loss(1500, false, texts), "2 s");
    assert_eq!(loss(1500, true, texts), "1 s");
}

#[test]
fn numbers_stay_on_one_line_with_what_they_count() {
    assert_eq!(unbroken("2 tasks, 4 min 9 s, t 7"), "2\u{a0}tasks, 4\u{a0}min 9\u{a0}s, t 7");
}

#[test]
fn a_time_of_another_offset_than_todays_says_so() {
    // An hour less since 09:00 UTC of that day; the sample's task was made before, its checkpoint and answer are later.
    let offset_minutes = |_, at| if at < ms("2021-09-09T09:00:00Z") { 120 } else { 60 };
    let viewer = Viewer { clock: Clock { offset_minutes, ..CLOCK }, ..VIEWER };
    let row = rows(&sample(), &Watch::default(), &viewer).remove(0);
    assert_eq!(cell(&row, Column::Checkpoint).main, "2021-09-23 07:33:17");
    assert_eq!(cell(&row, Column::Created).main, "2021-09-09 10:19:47 UTC+02:00");
}

#[test]
fn a_page_in_numbers_agrees_with_its_rows() {
    let body = r#"{"data":{"contents":[{"status":"RUNNING","delay":5},{"status":"RUNNING","delay":400},{"status":"DOING","delay":901.5},
        {"status":"FAILED","delay":9e6},{"status":"STOPPED"},{"status":"BEGINNING"},{"status":"RUNNING","delay":-300},{"status":"?","delay":1}],
        "page":{"totalElements":8}},"timestamp":"2021-09-23T14:34:35.149+08:00"}"#;
    let page = decode(&Reply { status: 200, body: body.into(), ..Reply::default() }).unwrap();
    let summary = Summary::of(&page, VIEWER.thresholds, |_, _| false);
    assert_eq!((summary.worst.as_ref().map(|(seconds, _)| *seconds), summary.tones), (Some(901.5), [1, 1, 1, 3, 2]));
    for row in rows(&page, &Watch::default(), &VIEWER) {
        assert!(summary.tones[row.tone as usize] > 0, "{row:?}");
    }
    assert_eq!(Summary::of(&page, VIEWER.thresholds, |_, _| true).tones, [0, 0, 0, 0, 8]);
    assert_eq!(Summary::of(&TaskPage::default(), VIEWER.thresholds, |_, _| true), Summary::default());
}

#[test]
fn columns_can_be_chosen_but_the_status_stays() {
    let rows = rows(&sample(), &Watch::default(), &VIEWER);
    let chosen = |text| columns(&rows, Columns::parse(text).unwrap());
    assert_eq!(chosen("delay,status"), [Column::Delay, Column::Status], "in the order of their names");
    assert_eq!(chosen("delay,error"), [Column::Status, Column::Delay], "and what no row fills takes no space");
    for bad in ["delay,", "delay:", "delay:wide", "delay:-1", "delay:1:2", "nope"] {
        assert_eq!(Columns::parse(bad), None, "{bad}");
    }
}

#[test]
fn columns_are_written_as_they_are_read() {
    for names in ["delay:180,status,tenant", "status", "status,tenant:48,delay:1200,uri"] {
        assert_eq!(Columns::parse(names).unwrap().names(), names);
    }
    let narrow = Columns::parse("tenant:1,delay:65535,tenant").unwrap();
    assert_eq!(narrow.names(), "status,tenant:48,delay:1200", "widths have bounds, and a column has one place");
    assert_eq!(narrow.sized(Column::Tenant, 0).names(), "status,tenant,delay:1200");
    assert_eq!(Columns::parse(&Columns::FITTING.names()), Some(Columns::FITTING));
}

#[test]
fn a_column_moves_one_place_and_not_out_of_the_table() {
    let columns = Columns::parse("status,tenant,delay").unwrap();
    assert_eq!(columns.moved(Column::Delay, true).names(), "status,delay,tenant");
    assert_eq!(columns.moved(Column::Status, true), columns);
    assert_eq!(columns.moved(Column::Status, false).names(), "tenant,status,delay");
    assert_eq!(Columns::FITTING.moved(Column::Modified, false), Columns::FITTING);
    let hidden = columns.with(Column::Tenant, false).moved(Column::Tenant, false);
    assert_eq!(hidden.with(Column::Tenant, true).names(), "status,delay,tenant", "a hidden one has a place too");
}

#[test]
fn columns_that_no_row_fills_take_no_space() {
    let rows = rows(&sample(), &Watch::default(), &viewer(Locale::EnUs));
    let absent = [Column::Tenant, Column::Error, Column::Modified];
    assert_eq!(
        columns(&rows, Columns::FITTING),
        Column::ALL.into_iter().filter(|column| !absent.contains(column)).collect::<Vec<_>>()
    );
    assert_eq!(columns(&[], Columns::FITTING), [Column::Status]);
}

#[test]
fn columns_stay_while_pages_of_one_list_are_turned() {
    let with = |fields| vec![row_with(fields, Locale::EnUs)];
    let (broken, calm) = (with(r#""status":"RUNNING","errorMsg":"OSS is full""#), with(r#""status":"RUNNING""#));
    let page = |page| Query { page, ..Query::default() };
    let mut filled = Filled::default();
    let mut has_error = |rows, query: &Query| filled.columns(rows, query, Columns::FITTING).contains(&Column::Error);
    assert!(!has_error(&calm, &page(1)));
    assert!(has_error(&broken, &page(2)));
    assert!(has_error(&calm, &page(3)), "another page, or the same again");
    assert!(!has_error(&calm, &Query { size: 50, ..page(1) }), "another list begins anew");
    assert!(has_error(&broken, &page(1)));
    assert_eq!(filled.columns(&calm, &page(1), Columns::parse("status").unwrap()), [Column::Status], "as chosen");
}

#[test]
fn a_running_task_that_lags_keeps_its_badge_and_shows_its_delay() {
    let row = row_with(r#""status":"RUNNING","delay":3700"#, Locale::EnUs);
    assert_eq!(cell(&row, Column::Status).tone, Some(Tone::Ok));
    let delay = cell(&row, Column::Delay);
    assert_eq!((delay.tone, delay.meter), (Some(Tone::Critical), Some(100)));
    assert_eq!((delay.main.as_str(), delay.sub.as_str()), ("1 h 1 min", "Critical · 3700 s"));
    assert_eq!(row.tone, Tone::Critical, "the row is marked by the worse of both");
}

#[test]
fn an_unknown_status_is_shown_raw_and_a_name_of_spaces_gives_way_to_the_id() {
    let row = row_with(r#""status":"Archiving","tenantName":"   ","tenantId":7"#, Locale::EnUs);
    assert_eq!(cell(&row, Column::Status).main, "Unknown (Archiving)");
    assert_eq!(cell(&row, Column::Tenant).main, "ID 7");
}

#[test]
fn spans_use_their_two_largest_units() {
    let texts = Locale::EnUs.texts();
    for (seconds, words) in [
        (0.0, "0 s"),
        (0.9, "0 s"),
        (59.0, "59 s"),
        (60.0, "1 min"),
        (77.6, "1 min 17 s"),
        (3600.0, "1 h"),
        (7500.0, "2 h 5 min"),
        (86_400.0, "1 d"),
        (277_200.0, "3 d 5 h"),
        (-3.0, "0 s"),
    ] {
        assert_eq!(format_span(seconds, texts), words);
    }
}

#[test]
fn hidden_characters_are_made_visible() {
    assert_eq!(visible("plain 中文 👩‍👩‍👧"), "plain 中文 👩‍👩‍👧");
    assert_eq!(visible("a\u{202e}b\u{0}c\u{feff}"), "a⟨U+202e⟩b⟨U+0000⟩c⟨U+feff⟩");
    assert_eq!(visible("line\nbreak\ttab"), "line\nbreak\ttab");
}

#[test]
fn clamping_counts_characters_and_cuts_none() {
    assert_eq!(clamp("中文字", 2), ("中文", 1));
    assert_eq!(clamp("abc", 3), ("abc", 0));
}

#[test]
fn malformed_rows_are_counted_and_named() {
    let texts = Locale::EnUs.texts();
    let row = |position| Malformed { position, found: "number" };
    let remarks = |rows: Vec<Malformed>| remarks(&loaded(TaskPage { malformed: rows, ..TaskPage::default() }), texts);
    assert!(remarks(vec![]).is_empty());
    assert_eq!(remarks(vec![row(2)]), ["Could not be read and is missing from this list (1): row 2 (number)."]);
    assert!(remarks((1..=20).map(row).collect())[0].contains("(20)"));
}

#[test]
fn an_answer_of_more_than_was_asked_for_is_told() {
    let texts = Locale::EnUs.texts();
    let page = TaskPage {
        tasks: (0..30).map(|_| Arc::new(log_backup_panel::domain::task::Task::default().into())).collect(),
        surplus: 70,
        ..TaskPage::default()
    };
    assert_eq!(
        remarks(&loaded(page), texts),
        ["OCP sent 100 tasks though 20 were asked for. The first 30 are listed."]
    );
}

#[test]
fn clocks_that_disagree_are_told_and_zones_are_recognized() {
    const HOUR: i64 = 3_600_000;
    let cases = [
        (0, None, ""),
        (5000, None, ""),
        (5001, None, "This browser's clock is 5 s ahead of OCP's."),
        (-90_000, None, "This browser's clock is 1 min 30 s behind OCP's."),
        (8 * HOUR, None, "This browser's clock is 8 h ahead of OCP's. That looks like a time-zone error of 8 h."),
        (
            0,
            Some(-8 * HOUR - 2000),
            "The database's clock is 8 h behind OCP's. That looks like a time-zone error of 8 h.",
        ),
        (
            345 * 60_000,
            None,
            "This browser's clock is 5 h 45 min ahead of OCP's. That looks like a time-zone error of 5 h 45 min.",
        ),
        (8 * HOUR + 400_000, None, "This browser's clock is 8 h 6 min ahead of OCP's."),
        (1000 * HOUR, None, "This browser's clock is 41 d 16 h ahead of OCP's."),
    ];
    for (browser, database, expected) in cases {
        let data = Loaded { skew: Skew { browser: Some(browser), database }, ..loaded(TaskPage::default()) };
        assert_eq!(remarks(&data, Locale::EnUs.texts()).join("|"), expected);
    }
}

#[test]
fn every_failure_has_words_of_its_own_and_keeps_ocps() {
    use ErrorKind::*;
    let kinds = [
        InvalidCluster("x".into()),
        InvalidBaseUrl("y".into()),
        NotSignedIn,
        Forbidden,
        NoSuchCluster,
        WrongPath,
        BadRequest,
        Throttled,
        Server,
        Unreachable,
        Interrupted,
        NotOcp(Oddity::Html),
        NotOcp(Oddity::Empty),
        NotOcp(Oddity::NotJson),
        NotOcp(Oddity::NoEnvelope),
        NotOcp(Oddity::NoList),
        Refused,
    ];
    for locale in Locale::ALL {
        let mut seen = std::collections::HashSet::new();
        for kind in &kinds {
            let ocp = OcpError {
                code: Some("COM10010".into()),
                message: Some("Boom".into()),
                trace_id: Some("t-1".into()),
                server: None,
            };
            let words = problem(
                &ApiError { kind: kind.clone(), http_status: Some(500), retry_after: None, ocp },
                locale.texts(),
            );
            assert!(seen.insert((words.title, words.advice.clone())), "{kind:?} has the words of another");
            let copied = words.to_text();
            assert!(["COM10010", "Boom", "t-1", "500"].iter().all(|fact| copied.contains(fact)), "{copied}");
        }
    }
}

#[test]
fn the_footer_says_whose_clock_it_is() {
    let viewer = viewer(Locale::EnUs);
    let footer = footer(&loaded(sample()), &viewer);
    assert_eq!(footer, ["As of 2021-09-23 14:34:35", "Took 112 ms", "Server a83ad33525", "Trace ID 0e74add7846c479c"]);
    let bare = super::present::footer(&loaded(TaskPage::default()), &viewer);
    assert_eq!(bare, ["Received 2021-09-23 14:34:35 (browser clock; the server sent no time)"]);
    assert_eq!(zone(&viewer, NOW), "Times in UTC+08:00");
}

#[test]
fn ranges_are_told_in_words() {
    let viewer = viewer(Locale::EnUs);
    assert_eq!(range(TimeRange::All, &viewer), "All time");
    let between = TimeRange::Between { start: ms("2026-01-01T00:00:00Z"), end: ms("2026-01-02T00:00:00Z") };
    assert_eq!(range(between, &viewer), "2026-01-01 08:00:00 → 2026-01-02 08:00:00");
}

#[test]
fn a_page_is_sorted_and_filtered_here_since_ocp_does_neither() {
    let body = r#"{"data":{"contents":[
        {"tenantName":"b","status":"RUNNING","delay":40,"checkpoint":"2021-09-23T14:30:00+0800"},
        {"tenantName":"A","status":"FAILED","delay":9e6,"errorMsg":"disk FULL"},
        {"tenantName":"c","status":"RUNNING","delay":1000,"checkpoint":"2021-09-23T14:10:00+0800"},
        {"status":"STOPPED","checkpoint":"2021-09-01T00:00:00+0800"}],"page":{}},"timestamp":"2021-09-23T14:34:35.149+08:00"}"#;
    let page = decode(&Reply { status: 200, body: body.into(), ..Reply::default() }).unwrap();
    let shown = |shown: &Shown| {
        let name = |row: &Row| if row.cells[1].main.is_empty() { "-".to_owned() } else { row.cells[1].main.clone() };
        shown.pick(rows(&page, &Watch::default(), &VIEWER), &page).iter().map(name).collect::<String>()
    };
    let sorted = |column, descending| shown(&Shown { sort: Some((column, descending)), ..Shown::default() });
    let with = |text: &str| shown(&Shown { text: text.into(), ..Shown::default() });
    let tone = |tone| shown(&Shown { tone: Some(tone), ..Shown::default() });
    assert_eq!(shown(&Shown::default()), "bAc-", "the server's order");
    assert_eq!(sorted(Column::Delay, true), "cbA-", "what is no lag comes last");
    assert_eq!(sorted(Column::Delay, false), "bcA-", "either way");
    assert_eq!(sorted(Column::Tenant, false), "Abc-", "in either case, without a name last");
    assert_eq!(sorted(Column::Tenant, true), "cbA-");
    assert_eq!(sorted(Column::Checkpoint, true), "bc-A");
    assert_eq!(sorted(Column::Status, true), "Acb-", "the worst first");
    assert_eq!([with("full"), with(" FULL "), with("16 min"), with("nothing"), with("")], ["A", "A", "c", "", "bAc-"]);
    assert_eq!([tone(Tone::Critical), tone(Tone::Neutral), tone(Tone::Info)], ["Ac", "-", ""]);
}

#[test]
fn a_heading_turns_the_order_and_gives_it_back() {
    for (column, first) in [(Column::Delay, true), (Column::Tenant, false)] {
        let mut shown = Shown::default();
        let mut turns = Vec::new();
        for _ in 0..3 {
            shown.turn(column);
            turns.push(shown.sort);
        }
        assert_eq!(turns, [Some((column, first)), Some((column, !first)), None]);
        shown.turn(column);
        shown.turn(Column::Host);
        assert_eq!(shown.sort, Some((Column::Host, false)), "another heading starts anew");
    }
}

#[test]
fn no_cell_holds_a_control_character() {
    // `rows.js` tells the texts of a row apart by two of them.
    const FIELDS: [&str; 16] = [
        "tenantName",
        "tenantId",
        "obTenantId",
        "clusterName",
        "clusterId",
        "obClusterId",
        "clusterType",
        "status",
        "delay",
        "checkpoint",
        "createTime",
        "modifyTime",
        "errorMsg",
        "backupMode",
        "backupUri",
        "agentServerIp",
    ];
    let odd: Vec<String> = FIELDS.iter().map(|name| format!(r#""{name}":"a\u001fb\u001ec \u0000""#)).collect();
    for locale in [Locale::EnUs, Locale::ZhCn] {
        let row = row_with(&odd.join(","), locale);
        for (cell, column) in row.cells.iter().zip(Column::ALL) {
            for text in [&cell.main, &cell.tag, &cell.sub] {
                assert!(!text.contains(char::is_control), "{column:?}: {text:?}");
            }
        }
        assert!(cell(&row, Column::Tenant).main.starts_with("a⟨U+001f⟩b⟨U+001e⟩c"));
    }
}
