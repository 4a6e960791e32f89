//! What a hostile OCP, or a page with a hostile address of OCP, can't do to what is copied: the lines of a report stay lines, its `curl` and its SQL
//! stay one command, and what OCP writes for its own developers is told nowhere.

use std::process::Command;

use log_backup_panel::api::decode::{HttpResponse, decode};
use log_backup_panel::domain::query::Query;
use log_backup_panel::state::request_state::{Event, RequestState};
use log_backup_panel::text::diagnostics::{diagnostics, to_text};
use log_backup_panel::text::event_detail::state_detail;
use log_backup_panel::text::problem::problem;
use log_backup_panel::text::report::{Server, report};
use log_backup_panel::text::table_view::TableView;

use super::{NOW, VIEWER};

fn query() -> Query {
    Query { cluster: "5".into(), ..Query::default() }
}

/// What is known after these responses.
fn state(responses: &[(u16, String)]) -> RequestState {
    let mut state = RequestState::default();
    for (status, body) in responses {
        state.settle(Event::Sent(query(), NOW));
        let result = decode(&HttpResponse { status: *status, body: body.clone(), ..HttpResponse::default() });
        state.settle(Event::Ended { id: state.id(), result, at: NOW });
    }
    state
}

/// A response with one task, whose fields these are.
fn task(fields: &serde_json::Value, second: u32) -> (u16, String) {
    let timestamp = format!("2021-09-23T14:34:{second}+08:00");
    (200, serde_json::json!({ "data": { "contents": [fields] }, "timestamp": timestamp }).to_string())
}

/// The lines of the code block in `language`.
fn block(report: &str, language: &str) -> String {
    report.split_once(&format!("\n```{language}\n")).unwrap().1.split_once("\n```\n").unwrap().0.to_owned()
}

/// OCP at `base_url`, for a page of its own.
fn at(base_url: &str) -> Server<'_> {
    Server { base_url, page: "https://console.example/backup/" }
}

#[test]
fn names_that_break_lines_write_no_line_of_a_report_or_of_the_journal() {
    for line_break in ["\n", "\r\n", "\r", "\n\n"] {
        let name = |name: &str| {
            ["## forged", "```sh", "- forged", "| forged |", "![forged](https://evil.example/p.png)", "<script>forged"]
                .into_iter()
                .fold(name.to_owned(), |name, line| [name, line.to_owned()].join(line_break))
        };
        let seen = |status: &str, named: &str, second| {
            let message = name("message");
            task(
                &serde_json::json!({ "obTenantId": 7, "tenantName": name(named), "status": status, "errorMsg": message }),
                second,
            )
        };
        // A status and a name that changed are in the journal.
        let state = state(&[seen("RUNNING", "a", 30), seen("FAILED", "b", 40), seen(&name("ODD"), "b", 50)]);
        let report = report(&state, &query(), at(""), NOW, &VIEWER);
        assert!(report.contains("forged"), "{report}");
        for line in report.lines() {
            let forged = ["## forged", "```sh ", "| forged", "<script>"].iter().any(|start| line.starts_with(start));
            assert!(!forged && line != "- forged", "{line:?} in\n{report}");
        }
        assert_eq!(
            report.lines().filter(|line| line.starts_with("```")).collect::<Vec<_>>(),
            ["```sh", "```", "```sql", "```"]
        );
        // A picture stands in code, which shows it as it is.
        assert!(!report.contains("<script"), "{report}");
        assert!(report.match_indices("![").all(|(at, _)| report[..at].ends_with('`')), "{report}");
        // What is copied of the diagnostics has a line for each entry.
        let sections = diagnostics(&state.history, state.data.as_ref().unwrap().skew, &VIEWER);
        let [(_, journal), ..] = &*sections else { panic!("no journal") };
        assert_eq!(journal.len(), 2, "{journal:?}");
        let entries: usize = sections.iter().map(|(_, lines)| 1 + lines.len()).sum();
        let text = to_text(&sections);
        assert_eq!(text.lines().filter(|line| !line.is_empty()).count(), entries, "{text}");
    }
}

/// Runs `line` in a shell whose `curl` prints its arguments, one a line.
fn arguments(line: &str) -> Vec<String> {
    let script = format!("curl() {{ printf '%s\\n' \"$@\"; }}\n{line}");
    let output = Command::new("sh").args(["-c", &script]).current_dir("/").output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{line}: {output:?}");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn a_shell_takes_the_address_of_a_report_for_one_word() {
    for base in [
        "https://ocp.example.com",
        "https://ocp.example.com/it's",
        "https://h/';printf${IFS}ran;'",
        "https://h/$(printf${IFS}ran)",
        "https://h/`printf${IFS}ran`",
        "https://h/\"\";ran",
        "https://h/&ran&|ran;ran>ran",
        "https://h/*[a-z]{1,2}~!$HOME",
    ] {
        let line = block(&report(&RequestState::default(), &query(), at(base), NOW, &VIEWER), "sh");
        let arguments = arguments(&line);
        let path = "/api/v2/ob/clusters/5/backup/task/logBackupTasks?page=1&size=20";
        let is_address = |argument: &&String| argument.starts_with("https://") && argument.ends_with(path);
        assert_eq!(arguments.iter().filter(is_address).count(), 1, "{arguments:?}");
        assert_eq!(arguments.len(), 5, "{arguments:?}");
        assert!(!arguments.iter().any(|argument| argument == "ran"), "{arguments:?}");
    }
    // One that would break the line or hold a password is no address at all.
    for base in ["https://h/\nran", "https://h/ ran", "https://u:p@h", "javascript:ran", "//evil.example", "data:,ran"]
    {
        let report = report(&RequestState::default(), &query(), at(base), NOW, &VIEWER);
        assert!(!report.contains("curl") && !report.contains("ran"), "{report}");
    }
}

#[test]
fn the_sql_of_a_report_holds_numbers_of_tenants_and_nothing_else_of_the_answer() {
    for id in
        ["1 OR 1=1", "1); DROP TABLE t; --", "1\n; DROP TABLE t", "-1", "0x1", "１", "1e3", "1/**/", "'1'", "@@version"]
    {
        let fields = serde_json::json!({ "obTenantId": id, "tenantName": id, "tenantId": id, "status": "FAILED" });
        let sql = block(&report(&state(&[task(&fields, 30)]), &query(), at(""), NOW, &VIEWER), "sql");
        assert!(!sql.contains("tenant_id IN") && !sql.contains(id), "{id}: {sql}");
    }
    let fields = serde_json::json!({ "obTenantId": 1002, "status": "FAILED" });
    let sql = block(&report(&state(&[task(&fields, 30)]), &query(), at(""), NOW, &VIEWER), "sql");
    assert_eq!(sql.matches(" WHERE tenant_id IN (1002)").count(), 3, "{sql}");
}

#[test]
fn what_ocp_writes_for_its_developers_is_told_nowhere() {
    let inner = r#""debugMessage":"D3BUG at com.oceanbase","stackTrace":["D3BUG"],"stack_trace":"D3BUG""#;
    let failed = [
        (
            500,
            format!(
                r#"{{"error":{{"code":"COM1","message":"it failed",{inner}}},{inner},"successful":false,"status":500}}"#
            ),
        ),
        (
            200,
            format!(
                r#"{{"error":{{"code":"COM1","message":"it failed",{inner}}},{inner},"successful":false,"status":200}}"#
            ),
        ),
        (502, format!(r#"{{"msg":"it failed",{inner}}}"#)),
    ];
    let known =
        (200, format!(r#"{{"data":{{"contents":[{{"tenantName":"t","status":"FAILED",{inner}}}],{inner}}},{inner}}}"#));
    for failed in failed {
        let state = state(&[known.clone(), failed]);
        let error = state.problem.as_ref().unwrap();
        let told = [
            problem(error, VIEWER.locale.texts()).to_text(VIEWER.locale.texts()),
            report(&state, &query(), at(""), NOW, &VIEWER),
            to_text(&diagnostics(&state.history, state.data.as_ref().unwrap().skew, &VIEWER)),
            state_detail(&state, &query(), &TableView::default(), &VIEWER).end(),
            format!("{state:?}"),
        ];
        for told in told {
            assert!(!told.contains("D3BUG"), "{told}");
        }
        assert!(problem(error, VIEWER.locale.texts()).to_text(VIEWER.locale.texts()).contains("it failed"));
    }
}
