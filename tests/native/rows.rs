//! What the cells of a row say.

use log_backup_panel::api::decode::{HttpResponse, decode};
use log_backup_panel::domain::delay::Thresholds;
use log_backup_panel::domain::page::TaskPage;
use log_backup_panel::domain::summary::Summary;
use log_backup_panel::domain::task::{StatusKind, TaskKey, Tone};
use log_backup_panel::domain::time::Clock;
use log_backup_panel::state::history::History;
use log_backup_panel::text::columns::Column;
use log_backup_panel::text::locale::Locale;
use log_backup_panel::text::rows::{Cell, Row, notch_percent, row, rows};
use log_backup_panel::text::viewer::Viewer;

use super::{CLOCK, VIEWER, ms, row_with, sample};

fn cell(row: &Row, column: Column) -> &Cell {
    &row.cells[column as usize]
}

#[test]
fn the_sample_reads_well_in_both_languages() {
    for (locale, status, delay, exact, mode, ids) in [
        (Locale::EnUs, "In progress", "1 min 17 s", "77.6421 s", "Physical", "ID 1000005 · OB cluster ID 5"),
        (Locale::ZhCn, "进行中", "1 分钟 17 秒", "77.6421 秒", "物理备份", "ID 1000005 · OB 集群 ID 5"),
    ] {
        let row = rows(&sample(), &History::default(), &Viewer { locale, ..VIEWER }).remove(0);
        assert_eq!(cell(&row, Column::Status).main, status);
        assert_eq!(cell(&row, Column::Delay).main, delay);
        assert_eq!(cell(&row, Column::Delay).sub, exact);
        assert_eq!(cell(&row, Column::Delay).meter, Some(9));
        assert_eq!(cell(&row, Column::Checkpoint).main, "2021-09-23 14:33:17");
        assert_eq!(cell(&row, Column::Created).main, "2021-09-09 16:19:47");
        assert_eq!(cell(&row, Column::Cluster).main, "yc0820_17");
        assert_eq!(cell(&row, Column::Cluster).sub, ids);
        assert_eq!(cell(&row, Column::Mode).main, mode);
        assert_eq!(cell(&row, Column::Uri).main, "file:///obbackup/");
    }
}

#[test]
fn a_time_of_another_offset_than_todays_says_so() {
    // An hour less since 09:00 UTC of that day; the sample's task was made before, its checkpoint and response are later.
    let offset_minutes = |_, at| if at < ms("2021-09-09T09:00:00Z") { 120 } else { 60 };
    let viewer = Viewer { clock: Clock { offset_minutes, ..CLOCK }, ..VIEWER };
    let row = rows(&sample(), &History::default(), &viewer).remove(0);
    assert_eq!(cell(&row, Column::Checkpoint).main, "2021-09-23 07:33:17");
    assert_eq!(cell(&row, Column::Created).main, "2021-09-09 10:19:47 UTC+02:00");
}

#[test]
fn a_page_in_numbers_agrees_with_its_rows() {
    let body = r#"{"data":{"contents":[{"status":"RUNNING","delay":5},{"status":"RUNNING","delay":400},{"status":"DOING","delay":901.5},
        {"status":"FAILED","delay":9e6},{"status":"STOPPED"},{"status":"BEGINNING"},{"status":"RUNNING","delay":-300},{"status":"?","delay":1}],
        "page":{"totalElements":8}},"timestamp":"2021-09-23T14:34:35.149+08:00"}"#;
    let page = decode(&HttpResponse { status: 200, body: body.into(), ..HttpResponse::default() }).unwrap();
    let summary = Summary::of(&page, VIEWER.thresholds, |_, _| false);
    assert_eq!((summary.worst.as_ref().map(|(seconds, _)| *seconds), summary.tones), (Some(901.5), [1, 1, 1, 3, 2]));
    for row in rows(&page, &History::default(), &VIEWER) {
        assert!(summary.tones[row.tone as usize] > 0, "{row:?}");
    }
    assert_eq!(Summary::of(&page, VIEWER.thresholds, |_, _| true).tones, [0, 0, 0, 0, 8]);
    assert_eq!(Summary::of(&TaskPage::default(), VIEWER.thresholds, |_, _| true), Summary::default());
}

#[test]
fn the_status_has_the_tone_of_its_row_and_says_what_is_wrong() {
    for (fields, en, zh, tone) in [
        (r#""status":"RUNNING","delay":3700"#, "In progress · critically behind", "进行中 · 严重延迟", Tone::Critical),
        (r#""status":"DOING","delay":400"#, "In progress · behind", "进行中 · 延迟", Tone::Warning),
        (r#""status":"RUNNING","delay":40"#, "In progress", "进行中", Tone::Ok),
        (r#""status":"RUNNING","delay":-300"#, "In progress", "进行中", Tone::Warning),
        (r#""status":"RUNNING""#, "In progress", "进行中", Tone::Warning),
        (r#""status":"STOPPED","delay":9e6"#, "Stopped", "已停止", Tone::Neutral),
        (r#""status":"FAILED","delay":5"#, "Failed", "失败", Tone::Critical),
    ] {
        for (locale, words) in [(Locale::EnUs, en), (Locale::ZhCn, zh)] {
            let row = row_with(fields, locale);
            let status = cell(&row, Column::Status);
            assert_eq!((&*status.main, status.tone, row.tone), (words, Some(tone), tone), "{fields}");
        }
    }
}

#[test]
fn exact_seconds_and_ids_are_in_no_line_of_the_table_but_in_the_details() {
    let fields =
        r#""status":"STOPPED","delay":61200.5,"tenantName":"t","tenantId":"9007199254740993","obTenantId":1005"#;
    let row = row_with(fields, Locale::EnUs);
    let [tenant, delay] = [Column::Tenant, Column::Delay].map(|column| cell(&row, column));
    assert_eq!((&*tenant.main, &*tenant.note, &*tenant.sub), ("t", "", "ID 9007199254740993 · OB tenant ID 1005"));
    assert_eq!((&*delay.main, &*delay.note), ("Checkpoint 17 h old", "Delay does not apply"));
    assert_eq!(delay.sub, "Delay does not apply · 61200.5 s");
    let row = row_with(fields, Locale::ZhCn);
    let delay = cell(&row, Column::Delay);
    assert_eq!((&*delay.main, &*delay.note), ("位点停在 17 小时前", "延迟不适用"));
}

#[test]
fn every_kind_of_delay_has_its_words() {
    let running = |delay: &str| [r#""status":"RUNNING""#, delay].join(",");
    for (fields, main, sub, tone) in [
        (running(r#""delay":5"#), "5 s", "5 s", Some(Tone::Ok)),
        (running(r#""delay":300"#), "5 min", "300 s", Some(Tone::Warning)),
        (running(r#""checkpoint":"2021-09-23T14:33:35.149+0800""#), "1 min", "60 s, computed", Some(Tone::Ok)),
        (running(r#""delay":1.79e9"#), "No checkpoint yet", "", Some(Tone::Warning)),
        (
            running(r#""delay":-28800"#),
            "8 h ahead",
            "Checkpoint ahead of the database clock · -28800 s",
            Some(Tone::Warning),
        ),
        (running(r#""delay":"soon\u202e""#), "soon⟨U+202e⟩", "", Some(Tone::Warning)),
        (running(r#""delay":null"#), "Unknown", "", Some(Tone::Warning)),
        (
            r#""status":"STOPPED","delay":7200"#.into(),
            "Checkpoint 2 h old",
            "Delay does not apply · 7200 s",
            Some(Tone::Neutral),
        ),
        (r#""status":"STOPPED""#.into(), "Delay does not apply", "", Some(Tone::Neutral)),
        (r#""status":"NEW","delay":40"#.into(), "40 s", "Not judged: unknown status · 40 s", None),
        (r#""status":"NEW","delay":null"#.into(), "", "", None),
    ] {
        let row = row_with(&fields, Locale::EnUs);
        let delay = cell(&row, Column::Delay);
        assert_eq!((&*delay.main, &*delay.sub, delay.tone), (main, sub, tone), "{fields}");
    }
}

#[test]
fn a_cluster_says_its_role_and_a_mode_its_name() {
    for (fields, tag, sub) in [
        (r#""clusterType":"PRIMARY""#, "Primary", "OB cluster ID 5"),
        (r#""clusterType":"STANDBY""#, "Standby", "OB cluster ID 5"),
        (r#""clusterType":"ARBITRATION""#, "", "OB cluster ID 5 · ARBITRATION"),
        (r#""status":"RUNNING""#, "", "OB cluster ID 5"),
    ] {
        let row = row_with(&[fields, r#""clusterId":1000005,"obClusterId":5"#].join(","), Locale::EnUs);
        let cluster = cell(&row, Column::Cluster);
        assert_eq!((&*cluster.main, &*cluster.tag, &*cluster.sub), ("ID 1000005", tag, sub), "{fields}");
    }
    for (mode, name) in [("LOGICAL_BACKUP", "Logical"), ("PHYSICAL_BACKUP", "Physical"), ("NEW_BACKUP", "NEW_BACKUP")] {
        let row = row_with(&format!(r#""backupMode":"{mode}""#), Locale::EnUs);
        assert_eq!(cell(&row, Column::Mode).main, name);
    }
}

#[test]
fn the_meter_ends_at_the_critical_threshold_and_is_notched_at_the_lagging_one() {
    for (seconds, meter) in [(0, 0), (225, 25), (900, 100), (9000, 100)] {
        let row = row_with(&format!(r#""status":"RUNNING","delay":{seconds}"#), Locale::EnUs);
        assert_eq!(cell(&row, Column::Delay).meter, Some(meter), "{seconds}");
    }
    assert_eq!(notch_percent(Thresholds { lagging: 300.0, critical: 900.0 }), 33);
    assert_eq!(notch_percent(Thresholds { lagging: 0.0, critical: 0.0 }), 0, "nothing is divided by zero");
}

#[test]
fn one_task_is_found_by_its_key() {
    let page = sample();
    let all = rows(&page, &History::default(), &VIEWER);
    assert_eq!(row(&page, all[0].key, &History::default(), &VIEWER), Some((StatusKind::InProgress, all[0].clone())));
    assert_eq!(row(&page, TaskKey(7), &History::default(), &VIEWER), None);
}

#[test]
fn an_unknown_status_is_shown_raw_and_a_name_of_spaces_gives_way_to_the_id() {
    let row = row_with(r#""status":"Archiving","tenantName":"   ","tenantId":7"#, Locale::EnUs);
    assert_eq!(cell(&row, Column::Status).main, "Unknown (Archiving)");
    assert_eq!(cell(&row, Column::Tenant).main, "ID 7");
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
            for text in [&cell.main, &cell.tag, &cell.note, &cell.sub] {
                assert!(!text.contains(char::is_control), "{column:?}: {text:?}");
            }
        }
        assert!(cell(&row, Column::Tenant).main.starts_with("a⟨U+001f⟩b⟨U+001e⟩c"));
    }
}
