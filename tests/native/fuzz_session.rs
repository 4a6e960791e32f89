//! Fuzzing of what only a comparison of responses shows: two random lists, and what the journal tells of them.

use std::collections::BTreeMap;

use log_backup_panel::api::decode::{HttpResponse, decode};
use log_backup_panel::domain::query::Query;
use log_backup_panel::state::history::Change;
use log_backup_panel::state::request_state::{Event, RequestState};
use proptest::collection::vec;
use proptest::prelude::*;

/// A row: the tenant, whether it has its second name, the destination, the round, and the status.
type Row = (u8, bool, u8, u8, u8);

/// Rows that differ in tenant, destination or round. (Rows that differ in neither can't be told apart by anyone.)
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0..4u8, any::<bool>(), 0..2u8, 0..3u8, 0..3u8);
    vec(row, 0..8).prop_map(|rows| {
        let mut kept: Vec<Row> = Vec::new();
        for row in rows {
            // A tenant has one name in one list.
            let name = kept.iter().find(|known| known.0 == row.0).map_or(row.1, |known| known.1);
            if kept.iter().all(|known| (known.0, known.2, known.3) != (row.0, row.2, row.3)) {
                kept.push((row.0, name, row.2, row.3, row.4));
            }
        }
        kept
    })
}

fn body(rows: &[Row], minute: usize) -> String {
    let row = |(tenant, renamed, destination, round, status): &Row| {
        let name = format!("t{tenant}{}", if *renamed { "_v2" } else { "" });
        let status = ["DOING", "INTERRUPTED", "STOP"][usize::from(*status)];
        format!(
            r#"{{"tenantId":{tenant},"tenantName":"{name}","backupUri":"oss://{destination}","createTime":"2026-11-2{round}T08:00:00+08:00","status":"{status}"}}"#
        )
    };
    let rows = rows.iter().map(row).collect::<Vec<_>>().join(",");
    format!(r#"{{"data":{{"contents":[{rows}]}},"timestamp":"2026-11-25T08:{minute:02}:00+08:00"}}"#)
}

/// How many rows each tenant has.
fn count(rows: &[Row]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry(format!("t{}", row.0)).or_default() += 1;
    }
    counts
}

proptest! {
    #![proptest_config(super::fuzz::cases())]

    #[test]
    fn a_task_that_is_listed_is_never_gone_and_none_is_told_twice(before in rows(), now in rows()) {
        let mut state = RequestState::default();
        for (minute, rows) in [&before, &now, &now].into_iter().enumerate() {
            state.settle(Event::Sent(Query { cluster: "1".into(), ..Query::default() }, 0));
            let result = decode(&HttpResponse { status: 200, body: body(rows, minute), ..HttpResponse::default() });
            state.settle(Event::Ended { id: state.id(), result, at: 0 });
        }
        let (mut gone, mut told) = (BTreeMap::<_, usize>::new(), BTreeMap::<_, usize>::new());
        for entry in state.history.journal() {
            prop_assert_eq!(entry.tasks.len(), entry.count);
            for name in &entry.tasks {
                let tenant = name.trim_end_matches("_v2").to_owned();
                *told.entry(tenant.clone()).or_default() += 1;
                if matches!(entry.change, Change::Gone { .. }) {
                    *gone.entry(tenant).or_default() += 1;
                }
            }
        }
        let (before, now) = (count(&before), count(&now));
        for (tenant, had) in &before {
            let has = now.get(tenant).copied().unwrap_or_default();
            let gone = gone.get(tenant).copied().unwrap_or_default();
            prop_assert_eq!(gone, had.saturating_sub(has), "{}", tenant);
            prop_assert!(told.get(tenant).copied().unwrap_or_default() <= *had, "{} is told twice", tenant);
        }
        prop_assert!(told.keys().all(|tenant| before.contains_key(tenant)), "a task that came is no change of another");
    }
}
