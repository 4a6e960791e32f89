//! What goes into a ticket.

use log_backup_panel::api::decode::{Reply, decode};
use log_backup_panel::api::error::{ApiError, ErrorKind};
use log_backup_panel::domain::query::Query;
use log_backup_panel::state::load::{Event, Load};
use log_backup_panel::view::incident::incident;

use super::{NOW, VIEWER};

const BODY: &str = r#"{"data":{"contents":[
    {"tenantName":"ok","obTenantId":1001,"status":"RUNNING","delay":5,"checkpoint":"2021-09-23T14:34:30+0800"},
    {"tenantName":"t|2","obTenantId":1003,"status":"FAILED","delay":900,"checkpoint":"2021-09-23T14:19:35+0800",
     "errorMsg":"put failed\noss://b/p?access_key=SECRET <script>","backupUri":"oss://b/p?host=h&access_key=SECRET"},
    {"obTenantId":"1); DROP TABLE t; --","status":"SUSPENDED"}],"page":{"totalElements":3}},
    "traceId":"t-7","server":"s-1","timestamp":"2021-09-23T14:34:35.149+08:00"}"#;

fn load(body: &str) -> Load {
    let mut load = Load::default();
    load.settle(Event::Asked(Query { cluster: "5".into(), ..Query::default() }, NOW));
    let result = decode(&Reply { status: 200, body: body.into(), ..Reply::default() });
    load.settle(Event::Answered { ticket: load.ticket(), result, at: NOW });
    load
}

#[test]
fn a_report_says_what_is_wrong_and_how_to_ask_on_without_a_secret() {
    let report = incident(&load(BODY), "", NOW, &VIEWER);
    for part in [
        "# Log backup tasks\n\n- Cluster: 5\n- 2 tasks need attention; worst delay 5 s, ok\n- All 3 tasks\n",
        "- Latest restorable point: 2021-09-23 14:19:35, for every tenant but stopped ones; furthest back: t|2\n",
        "- As of 2021-09-23 14:34:35\n- Server s-1\n- Trace ID t-7\n",
        "| Status | Tenant | Delay | Checkpoint | Error message | Backup URI |\n| --- | --- | --- | --- | --- | --- |\n",
        "| Failed | t\\|2 · OB 1003 | Not a lag · 15 min since checkpoint | 2021-09-23 14:19:35 | put failed oss://b/p?access_key=*** &lt;script> | oss://b/p?host=h&access_key=*** |\n| Suspended |",
        "## Clocks\n\n- This browser's clock agrees with OCP's.\n",
        "```sh\ncurl -u USER 'https://ocp.example.com/api/v2/ob/clusters/5/backup/task/logBackupTasks?page=1&size=20'\n```",
        "SELECT * FROM oceanbase.CDB_OB_ARCHIVELOG WHERE tenant_id IN (1001, 1003);\n",
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
    let mut load = load(BODY);
    load.settle(Event::Asked(Query { cluster: "5".into(), ..Query::default() }, NOW));
    let error = ApiError::without_answer(ErrorKind::Unreachable);
    load.settle(Event::Answered { ticket: load.ticket(), result: Err(error), at: NOW });
    let report = incident(&load, "https://ocp.corp", NOW, &VIEWER);
    assert!(report.starts_with("# Log backup tasks\n\n- OCP can't be reached\n- Check the network"), "{report}");
    assert!(report.contains("- As of 2021-09-23 14:34:35, unknown since; 2 tasks need attention"), "{report}");
    assert!(report.contains("'https://ocp.corp/api/v2/"), "{report}");
}
