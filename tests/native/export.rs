//! The page at hand for a spreadsheet.

use log_backup_panel::api::decode::{Reply, decode};
use log_backup_panel::domain::query::Query;
use log_backup_panel::domain::task::Tone;
use log_backup_panel::state::load::{Event, Load};
use log_backup_panel::view::export::csv;
use log_backup_panel::view::present::{Column, Shown};

use super::{NOW, VIEWER};

fn load(rows: &str, total: u32) -> Load {
    let mut load = Load::default();
    load.settle(Event::Asked(Query { cluster: "5".into(), size: 10, ..Query::default() }, NOW));
    let body = format!(
        r#"{{"data":{{"contents":[{rows}],"page":{{"totalElements":{total}}}}},"timestamp":"2021-09-23T14:34:35.149+08:00"}}"#
    );
    let result = decode(&Reply { status: 200, body, ..Reply::default() });
    load.settle(Event::Answered { ticket: load.ticket(), result, at: NOW });
    load
}

#[test]
fn a_file_says_what_it_is_of_and_holds_what_is_shown() {
    let rows = r#"{"tenantName":"a","status":"RUNNING","delay":-3.5,"checkpoint":"2021-09-23T14:33:17.357+0800"},
        {"tenantName":"b, \"c\"","status":"FAILED","errorMsg":"one\ntwo","backupUri":"oss://b/p?access_key=SECRET"},
        {"tenantName":"d","status":"RUNNING","delay":40,"obTenantId":9007199254740993}"#;
    let load = load(rows, 85);
    let (file, name) = csv(&load, &Shown::default(), &VIEWER).unwrap();
    assert_eq!(name, "log-backup-5-2021-09-23-14-34-35");
    let lines: Vec<_> = file.split("\r\n").collect();
    assert_eq!(
        lines[0],
        "\u{feff}Log backup tasks; Cluster 5; All time; page 1 of 9; 3 of 3 tasks of this page are shown.; As of 2021-09-23 14:34:35; Times in UTC+08:00"
    );
    assert_eq!(
        lines[1].split(',').take(6).collect::<Vec<_>>(),
        ["status", "tenantName", "tenantId", "obTenantId", "delay", "checkpoint"]
    );
    assert_eq!(lines[2], "RUNNING,a,,,-3.5,2021-09-23 14:33:17,,,,,,,,,,");
    assert_eq!(lines[3], "FAILED,\"b, \"\"c\"\"\",,,,,\"one\ntwo\",,,,,,oss://b/p?access_key=***,,,");
    assert_eq!(lines[4], "RUNNING,d,,9007199254740993,40,,,,,,,,,,,");
    assert_eq!(lines.len(), 6);
    let sorted = Shown { tone: Some(Tone::Ok), sort: Some((Column::Tenant, true)), ..Shown::default() };
    let (file, _) = csv(&load, &sorted, &VIEWER).unwrap();
    assert!(file.lines().nth(2).unwrap().starts_with("RUNNING,d,"), "{file}");
    assert!(file.contains("2 of 3 tasks") && !file.contains("FAILED"), "{file}");
}

#[test]
fn a_spreadsheet_runs_nothing_of_it() {
    for (name, cell) in [
        ("=cmd|'/c calc'!A1", "\"'=cmd|'/c calc'!A1\""),
        ("+1+1", "\"'+1+1\""),
        ("-2+3", "\"'-2+3\""),
        ("@SUM(A1)", "\"'@SUM(A1)\""),
        ("-7", "-7"),
        ("a-b", "a-b"),
    ] {
        let (file, _) =
            csv(&load(&format!(r#"{{"tenantName":"{name}","status":"STOPPED"}}"#), 1), &Shown::default(), &VIEWER)
                .unwrap();
        assert!(file.contains(&format!("\r\nSTOPPED,{cell},,")), "{name}: {file}");
    }
    assert_eq!(csv(&load("", 0), &Shown::default(), &VIEWER), None);
}
