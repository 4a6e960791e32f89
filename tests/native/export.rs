//! Rows as files.

use log_backup_panel::api::decode::{HttpResponse, decode};
use log_backup_panel::domain::query::Query;
use log_backup_panel::domain::task::Tone;
use log_backup_panel::state::request_state::{Event, RequestState};
use log_backup_panel::text::columns::Column;
use log_backup_panel::text::coverage::{filtered, scope};
use log_backup_panel::text::export::{File, Format, file};
use log_backup_panel::text::rows::rows;
use log_backup_panel::text::table_view::TableView;

use super::{NOW, VIEWER};

fn state(rows: &str, total: u32) -> RequestState {
    let mut state = RequestState::default();
    state.settle(Event::Sent(Query { cluster: "5".into(), size: 10, ..Query::default() }, NOW));
    let body = format!(
        r#"{{"data":{{"contents":[{rows}],"page":{{"totalElements":{total}}}}},"timestamp":"2021-09-23T14:34:35.149+08:00"}}"#
    );
    let result = decode(&HttpResponse { status: 200, body, ..HttpResponse::default() });
    state.settle(Event::Ended { id: state.id(), result, at: NOW });
    state
}

/// The rows of `load` that `shown` leaves, as a file.
fn saved(format: Format, state: &RequestState, shown: &TableView) -> File {
    let data = state.data.as_ref().unwrap();
    let listed = shown.pick(&rows(&data.page, &state.history, &VIEWER), &data.page, 0.0);
    let count = filtered(listed.len(), data.page.tasks.len(), VIEWER.locale.texts());
    file(format, data, &listed, &[&scope(data, &VIEWER), " · ", &*count].concat(), &VIEWER)
}

fn csv(state: &RequestState, shown: &TableView) -> String {
    saved(Format::Csv, state, shown).text
}

const ROWS: &str = r#"{"tenantName":"a","status":"RUNNING","delay":-3.5,"checkpoint":"2021-09-23T14:33:17.357+0800"},
    {"tenantName":"b, \"c\"","status":"FAILED","delay":300,"checkpoint":"2021-09-23T14:29:35+0800","errorMsg":"one\ntwo | <b>","backupUri":"oss://b/p?access_key=SECRET"},
    {"tenantName":"d","status":"RUNNING","delay":40,"obTenantId":9007199254740993}"#;
const STAMP: &str = "Cluster 5 · All time · Page 1 only, of 85 tasks · Tasks shown: 3 of 3 · As of 2021-09-23 14:34:35 · Times in UTC+08:00";

#[test]
fn a_file_says_what_it_is_of_and_holds_what_is_shown() {
    let state = state(ROWS, 85);
    let File { name, media_type, text } = saved(Format::Csv, &state, &TableView::default());
    assert_eq!((&*name, media_type), ("log-backup-5-2021-09-23-14-34-35.csv", "text/csv;charset=utf-8"));
    let lines: Vec<_> = text.split("\r\n").collect();
    assert_eq!(
        lines[0],
        "\u{feff}verdict,status,tenantName,tenantId,obTenantId,delaySeconds,checkpointAgeSeconds,checkpoint,errorMsg,clusterName,\
         clusterId,obClusterId,clusterType,backupMode,backupUri,agentServerIp,createTime,modifyTime"
    );
    assert_eq!(lines[1], "healthy,RUNNING,a,,,-3.5,,2021-09-23T14:33:17+08:00,,,,,,,,,,");
    assert_eq!(
        lines[2],
        "failed,FAILED,\"b, \"\"c\"\"\",,,,300,2021-09-23T14:29:35+08:00,\"one\ntwo | <b>\",,,,,,oss://b/p?access_key=***,,,"
    );
    assert_eq!(lines[3], "healthy,RUNNING,d,,9007199254740993,40,,,,,,,,,,,,");
    assert_eq!(lines[4], format!("\"Log backup tasks · {STAMP}\""), "what it is of comes last");
    assert_eq!(lines.len(), 6);
    let sorted = TableView { tone: Some(Tone::Ok), sort: Some((Column::Tenant, true)), ..TableView::default() };
    let text = csv(&state, &sorted);
    assert!(text.lines().nth(1).unwrap().starts_with("healthy,RUNNING,d,"), "{text}");
    assert!(text.contains("Tasks shown: 2 of 3") && !text.contains("FAILED"), "{text}");
}

#[test]
fn json_holds_what_ocp_sent_without_its_secrets() {
    let File { name, media_type, text } = saved(Format::Json, &state(ROWS, 85), &TableView::default());
    assert_eq!((&*name, media_type), ("log-backup-5-2021-09-23-14-34-35.json", "application/json"));
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["about"], STAMP);
    assert_eq!(value["tasks"].as_array().unwrap().len(), 3);
    assert_eq!(value["tasks"][0]["checkpoint"], "2021-09-23T06:33:17.357Z");
    assert_eq!(value["tasks"][1]["errorMsg"], "one\ntwo | <b>");
    assert_eq!(value["tasks"][1]["backupUri"], "oss://b/p?access_key=***");
    assert_eq!(value["tasks"][2]["obTenantId"], "9007199254740993");
}

#[test]
fn markdown_is_a_table_that_no_cell_breaks() {
    let File { name, media_type, text } = saved(Format::Markdown, &state(ROWS, 85), &TableView::default());
    assert_eq!((&*name, media_type), ("log-backup-5-2021-09-23-14-34-35.md", "text/markdown;charset=utf-8"));
    let lines: Vec<_> = text.lines().collect();
    assert_eq!((lines[0], lines[2]), ("# Log backup tasks", STAMP));
    let table = &lines[4..];
    assert_eq!(table.len(), 5);
    let columns = |line: &str| line.replace("\\|", "").matches('|').count();
    assert!(table.iter().all(|line| columns(line) == columns(table[0])), "{text}");
    assert!(table[3].contains("one two \\| &lt;b>"), "{text}");
}

#[test]
fn markdown_loads_nothing_from_elsewhere_and_makes_no_link() {
    let message = "![x](https://evil.example/p.png) [y](z) @team #1 www.evil.example `z` | <img>";
    let row = serde_json::json!({"tenantName": "t", "status": "FAILED", "errorMsg": message}).to_string();
    let text = saved(Format::Markdown, &state(&row, 1), &TableView::default()).text;
    let shown = r"| `![x](https://evil.example/p.png)` \[y](z) `@team` `#1` `www.evil.example` \`z\` \| &lt;img> |";
    assert!(text.contains(shown), "{text}");
}

#[test]
fn markdown_says_as_of_when_without_a_link() {
    let mut state = state(ROWS, 85);
    let body =
        r#"{"data":{"contents":[{"tenantName":"a","status":"RUNNING"}]},"timestamp":"@team http://evil.example"}"#;
    let result = decode(&HttpResponse { status: 200, body: body.into(), ..HttpResponse::default() });
    state.settle(Event::Sent(Query { cluster: "5".into(), ..Query::default() }, NOW));
    state.settle(Event::Ended { id: state.id(), result, at: NOW });
    let text = saved(Format::Markdown, &state, &TableView::default()).text;
    assert!(text.contains("As of `@team` `http://evil.example`"), "{text}");
}

#[test]
fn a_button_names_its_format() {
    assert_eq!(Format::ALL.map(Format::name), ["CSV", "JSON", "Markdown"]);
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
        ("＝1+1", "\"'＝1+1\""),
        ("＠SUM(A1)", "\"'＠SUM(A1)\""),
        ("\\n=1+1", "\"'\n=1+1\""),
        ("a;=1+1", "\"a;=1+1\""),
        ("a\\t+1+1", "\"a\t+1+1\""),
        (" =1+1", "\"' =1+1\""),
        (" \u{a0}\u{3000}@SUM(A1)", "\"' \u{a0}\u{3000}@SUM(A1)\""),
        ("\u{2009}＋1", "\"'\u{2009}＋1\""),
        ("\u{a0}－1", "\"'\u{a0}－1\""),
        ("\u{ad}\u{200d}=1+1", "\"'\u{ad}\u{200d}=1+1\""),
        ("\\t=1+1", "\"'\t=1+1\""),
        ("\\r=1+1", "\"'\r=1+1\""),
        (" -7", "\"' -7\""),
        (" a=b", " a=b"),
    ] {
        let text = csv(&state(&format!(r#"{{"tenantName":"{name}","status":"STOPPED"}}"#), 1), &TableView::default());
        assert!(text.contains(&format!("\r\nnot-running,STOPPED,{cell},,")), "{name}: {text}");
    }
}

#[test]
fn a_spreadsheet_shows_what_is_hidden() {
    for (name, cell) in [
        ("a\\u001b]0;x\\u0007b", "\"a⟨U+001b⟩]0;x⟨U+0007⟩b\""),
        ("a\\u001b[2Jb", "a⟨U+001b⟩[2Jb"),
        ("a\u{202e}gnp.exe\u{202c}", "a⟨U+202e⟩gnp.exe⟨U+202c⟩"),
        ("\u{2067}a\u{2069}", "⟨U+2067⟩a⟨U+2069⟩"),
        ("\u{200b}=1+1", "⟨U+200b⟩=1+1"),
        ("\u{feff}=1+1", "⟨U+feff⟩=1+1"),
        ("\\u0000=1+1", "⟨U+0000⟩=1+1"),
    ] {
        let text = csv(&state(&format!(r#"{{"tenantName":"{name}","status":"STOPPED"}}"#), 1), &TableView::default());
        assert!(text.contains(&format!("\r\nnot-running,STOPPED,{cell},,")), "{name}: {text}");
    }
}
