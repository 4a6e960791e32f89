//! What goes into a ticket.

use log_backup_panel::api::decode::{HttpResponse, decode};
use log_backup_panel::api::error::{ApiError, ErrorKind};
use log_backup_panel::domain::query::Query;
use log_backup_panel::state::request_state::{Event, RequestState};
use log_backup_panel::text::report::{self, Server, task_report};

use super::{NOW, VIEWER};

fn query() -> Query {
    Query { cluster: "5".into(), ..Query::default() }
}

/// The report on `state`, with OCP at `base_url`, in a page of the console.
fn report(state: &RequestState, base_url: &str, now: i64) -> String {
    let server = Server { base_url, page: "https://console.example/backup/index.html?a=b/c#d/e" };
    report::report(state, &query(), server, now, &VIEWER)
}

const BODY: &str = r#"{"data":{"contents":[
    {"tenantName":"ok","obTenantId":1001,"status":"RUNNING","delay":5,"checkpoint":"2021-09-23T14:34:30+0800"},
    {"tenantName":"t|2","obTenantId":1003,"status":"FAILED","delay":900,"checkpoint":"2021-09-23T14:19:35+0800",
     "errorMsg":"put failed\noss://b/p?access_key=SECRET <script>","backupUri":"oss://b/p?host=h&access_key=SECRET"},
    {"obTenantId":"1); DROP TABLE t; --","status":"SUSPENDED"}],"page":{"totalElements":3}},
    "traceId":"t-7","server":"s-1","timestamp":"2021-09-23T14:34:35.149+08:00"}"#;

fn state(body: &str) -> RequestState {
    let mut state = RequestState::default();
    state.settle(Event::Sent(query(), NOW));
    let result = decode(&HttpResponse { status: 200, body: body.into(), ..HttpResponse::default() });
    state.settle(Event::Ended { id: state.id(), result, at: NOW });
    state
}

#[test]
fn a_report_says_what_is_wrong_and_how_to_ask_on_without_a_secret() {
    let report = report(&state(BODY), "", NOW);
    for part in [
        "# Log backup tasks\n\n- Cluster: 5\n- Generated 2021-09-23 14:34:35 UTC+08:00\n- Times in UTC+08:00\n",
        "- 2 tasks need attention; worst delay 5 s (ok)\n- Failed: 1, Suspended: 1, Healthy: 1\n- All 3 tasks\n",
        "- Known tenants restorable to 2021-09-23 14:19:35; earliest: t|2; unlisted or unknown tenants may be earlier\n",
        "- Data lost if the cluster died now: at least 15 min\n- ≤ 2 min: 1, ≤ 1 h: 1, Unknown: 1\n",
        "- As of 2021-09-23 14:34:35\n- Server s-1\n- Trace ID t-7\n",
        "| Status | Tenant | Delay | Checkpoint | Error message | Backup URI |\n| --- | --- | --- | --- | --- | --- |\n",
        "| Failed | t\\|2 · OB tenant ID 1003 | Checkpoint 15 min old · Delay does not apply · 900 s | 2021-09-23 14:19:35 | put failed `oss://b/p?access_key=***` &lt;script> | `oss://b/p?host=h&access_key=***` |\n| Suspended |",
        "## Clocks\n\n- This browser's clock agrees with OCP's.\n",
        "```sh\ncurl --globoff -u USER --url 'https://console.example/api/v2/ob/clusters/5/backup/task/logBackupTasks?page=1&size=20'\n```",
        "## Failed requests in this session\n\n- None\n",
        // One of the tasks to look at has no id that could be asked for.
        "SELECT * FROM oceanbase.CDB_OB_ARCHIVELOG;\n",
        "SUBSTRING_INDEX(value, '?', 1) AS value FROM oceanbase.CDB_OB_ARCHIVE_DEST;\n",
    ] {
        assert!(report.contains(part), "{part}\nis not in\n{report}");
    }
    for absent in ["SECRET", "| ok"] {
        assert!(!report.contains(absent), "{absent}\n{report}");
    }
    let sql = report.split("```sql").nth(1).unwrap();
    assert!(!sql.contains("DROP"), "what is no number is no part of a query: {sql}");
}

#[test]
fn a_report_of_an_outage_has_the_failure_and_what_was_known_before() {
    let mut state = state(BODY);
    state.settle(Event::Sent(query(), NOW));
    let error = ApiError::without_answer(ErrorKind::Unreachable);
    state.settle(Event::Ended { id: state.id(), result: Err(error), at: NOW });
    let report = report(&state, "https://ocp.corp", NOW);
    assert!(report.contains("\n- OCP can't be reached\n- Check the network"), "{report}");
    assert!(report.contains("## Failed requests in this session\n\n- 14:34:35 OCP can't be reached\n"), "{report}");
    assert!(report.contains("- Last known (2021-09-23 14:34:35): 2 tasks need attention"), "{report}");
    assert!(report.contains("'https://ocp.corp/api/v2/"), "{report}");
}

#[test]
fn a_report_lists_fifty_tasks_and_counts_the_rest() {
    let report = |count: u32| {
        let row = |n| format!(r#"{{"tenantName":"t{n}","obTenantId":{n},"status":"SUSPENDED","delay":{n}}}"#);
        let rows = (1..=count).map(row).collect::<Vec<_>>().join(",");
        let body = format!(r#"{{"data":{{"contents":[{rows}]}},"timestamp":"2021-09-23T14:34:35.149+08:00"}}"#);
        report(&state(&body), "", NOW + 65_000)
    };
    let [fifty, more] = [report(50), report(53)];
    assert!([&fifty, &more].iter().all(|report| report.contains("| t50 · ") && !report.contains("| t51 · ")));
    assert!(more.contains("\n… and 3 more") && !fifty.contains(" more\n"), "{more}");
    assert!(!more.contains("Delays seen"), "what stands still has no delay that was seen");
    // The loss grew since the response came.
    assert!(fifty.contains("died now: at least 1 min 55 s\n"), "{fifty}");
}

#[test]
fn a_report_before_any_answer_says_what_was_asked() {
    let mut state = RequestState::default();
    state.settle(Event::Sent(query(), NOW));
    let error = ApiError::without_answer(ErrorKind::Timeout);
    state.settle(Event::Ended { id: state.id(), result: Err(error), at: NOW });
    let report = report(&state, "", NOW);
    for part in ["- Cluster: 5\n", "- OCP does not answer\n", "clusters/5/backup/task/logBackupTasks?page=1&size=20'"] {
        assert!(report.contains(part), "{part}\nis not in\n{report}");
    }
}

#[test]
fn a_report_asks_the_database_for_the_tenants_in_trouble_and_tells_their_delays() {
    let mut state = RequestState::default();
    for minute in 30..33 {
        let row = |n: u32| {
            let delay = if n == 160 { 400 } else { 5 };
            format!(r#"{{"tenantName":"t{n}","obTenantId":{n},"status":"RUNNING","delay":{delay}}}"#)
        };
        let rows = (1..=160).map(row).collect::<Vec<_>>().join(",");
        let body = format!(r#"{{"data":{{"contents":[{rows}]}},"timestamp":"2021-09-23T14:{minute}:00+08:00"}}"#);
        state.settle(Event::Sent(query(), NOW));
        let result = decode(&HttpResponse { status: 200, body, ..HttpResponse::default() });
        state.settle(Event::Ended { id: state.id(), result, at: NOW });
    }
    let report = report(&state, "", NOW);
    for part in [
        "CDB_OB_ARCHIVELOG WHERE tenant_id IN (160);",
        "## Delays seen in this session\n\n- t160: 14:30:00 6 min 40 s, 14:31:00 6 min 40 s, 14:32:00 6 min 40 s\n",
    ] {
        assert!(report.contains(part), "{part}\nis not in\n{report}");
    }
}

#[test]
fn a_report_on_a_task_has_its_message_the_cause_the_steps_and_its_sql() {
    let state = state(BODY);
    let data = state.data.as_ref().unwrap();
    let keys: Vec<_> = data.page.keyed().map(|(key, _)| key).collect();
    let report = |index: usize| task_report(data, keys[index], &state.history, NOW, &VIEWER).unwrap();
    let failed = report(1);
    for part in [
        "# Log backup tasks: t|2\n\n- Generated 2021-09-23 14:34:35 UTC+08:00\n- Times in UTC+08:00\n",
        "- Server s-1\n- Trace ID t-7\n",
        "\n## Error message\n\n- put failed `oss://b/p?access_key=***` &lt;script>\n",
        "\n## Cause\n\n- The cause is not recognized.",
        "\n## What to do\n\n1. Run the SQL below",
        "\n4. Start log backup again.\n",
        "\n## Task details\n\n- Status: Failed\n- Tenant: t|2 · OB tenant ID 1003\n",
        "- Backup URI: `oss://b/p?host=h&access_key=***`\n",
        "```sql\nSELECT * FROM oceanbase.CDB_OB_ARCHIVELOG WHERE tenant_id IN (1003);\n",
        "FROM oceanbase.DBA_OB_SERVER_EVENT_HISTORY WHERE module = 'log_archive'",
    ] {
        assert!(failed.contains(part), "{part}\nis not in\n{failed}");
    }
    assert!(!failed.contains("SECRET"), "{failed}");
    let calm = report(0);
    assert!(calm.contains("## What it means\n\n- Logs are being archived."), "{calm}");
    assert!(!calm.contains("## What to do") && !calm.contains("## Error message"), "{calm}");
    let unnamed = report(2);
    let sql = unnamed.split("```sql").nth(1).unwrap();
    assert!(
        sql.contains("CDB_OB_ARCHIVELOG;\n") && !sql.contains("DROP"),
        "what is no number is no part of a query: {sql}"
    );
    let gone = log_backup_panel::domain::task::TaskKey(7);
    assert_eq!(task_report(data, gone, &state.history, NOW, &VIEWER), None, "a task that is not listed has no report");
}

/// The line of the report that begins with `curl`.
fn curl(base_url: &str, page: &str) -> String {
    let server = Server { base_url, page };
    let report = report::report(&state(BODY), &query(), server, NOW, &VIEWER);
    report.lines().find(|line| line.starts_with("curl ")).unwrap().to_owned()
}

#[test]
fn the_request_for_a_shell_goes_where_the_browser_sends_it() {
    let page = "https://console.example:8443/backup/index.html?a=b/c#d/e";
    for (base, page, at) in [
        ("", page, "https://console.example:8443"),
        ("/ocp", page, "https://console.example:8443/ocp"),
        ("/ocp/", page, "https://console.example:8443/ocp"),
        ("ocp", page, "https://console.example:8443/backup/ocp"),
        ("../ocp", page, "https://console.example:8443/backup/../ocp"),
        ("https://ocp.corp/x", page, "https://ocp.corp/x"),
        ("HTTP://ocp.corp", page, "HTTP://ocp.corp"),
        ("", "https://console.example", "https://console.example"),
        ("ocp", "https://console.example", "https://console.example/ocp"),
        ("ocp", "https://console.example?a=/b", "https://console.example/ocp"),
        // A page that is nowhere on the web.
        ("", "file:///tmp/index.html", "https://ocp.example.com"),
        ("/ocp", "about:srcdoc", "https://ocp.example.com/ocp"),
        ("ocp", "", "https://ocp.example.com/ocp"),
    ] {
        let url = format!("{at}/api/v2/ob/clusters/5/backup/task/logBackupTasks?page=1&size=20");
        assert_eq!(curl(base, page), format!("curl --globoff -u USER --url '{url}'"), "{base} in {page}");
    }
}

#[test]
fn no_base_url_becomes_an_option_or_leaves_its_quotes() {
    let page = "https://console.example/backup/";
    for (base, at) in [
        ("-K.evil", "https://console.example/backup/-K.evil"),
        ("--output=/etc/x", "https://console.example/backup/--output=/etc/x"),
        ("https://a'$(id)'b", "https://a%27$(id)%27b"),
        ("/x';id;'", "https://console.example/x%27;id;%27"),
        ("/`id`\"", "https://console.example/%60id%60%22"),
        ("/{a,b}[1-9]", "https://console.example/%7Ba,b%7D[1-9]"),
        ("/\u{202e}中", "https://console.example/%E2%80%AE%E4%B8%AD"),
    ] {
        let line = curl(base, page);
        assert!(line.starts_with(&format!("curl --globoff -u USER --url '{at}/api/v2/")), "{line}");
        assert_eq!(line.matches('\'').count(), 2, "{line}");
        assert!(line.is_ascii() && line.ends_with('\''), "{line}");
    }
    // And what is no address at all is not asked for.
    let server = Server { base_url: "javascript:alert(1)", page };
    assert!(!report::report(&state(BODY), &query(), server, NOW, &VIEWER).contains("curl"));
}

#[test]
fn nothing_that_ocp_says_is_live_in_a_report_or_leaves_its_line() {
    let hostile = "<img src=x> @team #1 www.evil.example ```\\n# heading\\n```sh\\n![x](https://evil.example/p)";
    let body =
        BODY.replace("t|2", hostile).replace("t-7", hostile).replace("s-1", hostile).replace("put failed", hostile);
    let report = report(&state(&body), "", NOW);
    assert!(report.contains("`@team` `#1` `www.evil.example`"), "{report}");
    let fences = report.lines().filter(|line| line.contains("```"));
    let fences: Vec<_> = fences.collect();
    assert_eq!(fences, ["```sh", "```", "```sql", "```"], "{report}");
}
