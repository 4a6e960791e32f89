//! What goes into a ticket.

use log_backup_panel::api::decode::{HttpResponse, decode};
use log_backup_panel::api::error::{ApiError, ErrorKind};
use log_backup_panel::domain::query::Query;
use log_backup_panel::state::request_state::{Event, RequestState};
use log_backup_panel::text::report::{report, task_report};

use super::{NOW, VIEWER};

fn query() -> Query {
    Query { cluster: "5".into(), ..Query::default() }
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
    let report = report(&state(BODY), &query(), "", NOW, &VIEWER);
    for part in [
        "# Log backup tasks\n\n- Cluster: 5\n- Made at 2021-09-23 14:34:35 UTC+08:00\n- Times in UTC+08:00\n",
        "- 2 tasks need attention; worst delay 5 s (ok)\n- Failed 1, Suspended 1, Healthy 1\n- All 3 tasks\n",
        "- Known tenants restorable to 2021-09-23 14:19:35; furthest back: t|2; what is not listed or not known may be worse\n",
        "- Data lost if the cluster died now: at least 15 min\n- ≤ 2 min 1, ≤ 1 h 1, Not known 1\n",
        "- As of 2021-09-23 14:34:35\n- Server s-1\n- Trace ID t-7\n",
        "| Status | Tenant | Delay | Checkpoint | Error message | Backup URI |\n| --- | --- | --- | --- | --- | --- |\n",
        "| Failed | t\\|2 · OB 1003 | Checkpoint 15 min old · Delay does not apply · 900 s | 2021-09-23 14:19:35 | put failed oss://b/p?access_key=*** &lt;script> | oss://b/p?host=h&access_key=*** |\n| Suspended |",
        "## Clocks\n\n- This browser's clock agrees with OCP's.\n",
        "```sh\ncurl -u USER 'https://ocp.example.com/api/v2/ob/clusters/5/backup/task/logBackupTasks?page=1&size=20'\n```",
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
    let report = report(&state, &query(), "https://ocp.corp", NOW, &VIEWER);
    assert!(report.contains("\n- OCP can't be reached\n- Check the network"), "{report}");
    assert!(report.contains("## Failed requests in this session\n\n- 14:34:35 OCP can't be reached\n"), "{report}");
    assert!(report.contains("- Last known at 2021-09-23 14:34:35; 2 tasks need attention"), "{report}");
    assert!(report.contains("'https://ocp.corp/api/v2/"), "{report}");
}

#[test]
fn a_report_lists_fifty_tasks_and_counts_the_rest() {
    let report = |count: u32| {
        let row = |n| format!(r#"{{"tenantName":"t{n}","obTenantId":{n},"status":"SUSPENDED","delay":{n}}}"#);
        let rows = (1..=count).map(row).collect::<Vec<_>>().join(",");
        let body = format!(r#"{{"data":{{"contents":[{rows}]}},"timestamp":"2021-09-23T14:34:35.149+08:00"}}"#);
        report(&state(&body), &query(), "", NOW + 65_000, &VIEWER)
    };
    let [fifty, more] = [report(50), report(53)];
    assert!([&fifty, &more].iter().all(|report| report.contains("| t50 · ") && !report.contains("| t51 · ")));
    assert!(more.contains(" and 3 more") && !fifty.contains(" more\n"), "{more}");
    assert!(!more.contains("Delays seen"), "what stands still has no lag that was seen");
    // The loss grew since the response came.
    assert!(fifty.contains("died now: at least 1 min 55 s\n"), "{fifty}");
}

#[test]
fn a_report_before_any_answer_says_what_was_asked() {
    let mut state = RequestState::default();
    state.settle(Event::Sent(query(), NOW));
    let error = ApiError::without_answer(ErrorKind::Timeout);
    state.settle(Event::Ended { id: state.id(), result: Err(error), at: NOW });
    let report = report(&state, &query(), "", NOW, &VIEWER);
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
    let report = report(&state, &query(), "", NOW, &VIEWER);
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
        "# Log backup tasks: t|2\n\n- Made at 2021-09-23 14:34:35 UTC+08:00\n- Times in UTC+08:00\n",
        "- Server s-1\n- Trace ID t-7\n",
        "\n## Error message\n\n- put failed oss://b/p?access_key=*** &lt;script>\n",
        "\n## Cause\n\n- The cause is not recognized.",
        "\n## What to do\n\n1. Run the SQL below",
        "\n4. Start log backup again.\n",
        "\n## Task details\n\n- Status: Failed\n- Tenant: t|2 · OB 1003\n",
        "- Backup URI: oss://b/p?host=h&access_key=***\n",
        "```sql\nSELECT * FROM oceanbase.CDB_OB_ARCHIVELOG WHERE tenant_id IN (1003);\n",
        "FROM oceanbase.DBA_OB_SERVER_EVENT_HISTORY WHERE module = 'log_archive'",
    ] {
        assert!(failed.contains(part), "{part}\nis not in\n{failed}");
    }
    assert!(!failed.contains("SECRET"), "{failed}");
    let calm = report(0);
    assert!(calm.contains("## What it means\n\n- Redo log is being archived."), "{calm}");
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
