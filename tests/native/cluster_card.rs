//! What the card of a cluster says, and which card comes first.

use log_backup_panel::api::decode::{HttpResponse, decode};
use log_backup_panel::api::error::{ApiError, ErrorKind};
use log_backup_panel::domain::query::Query;
use log_backup_panel::domain::task::Tone;
use log_backup_panel::state::page_walk::Progress;
use log_backup_panel::state::request_state::{Event, RequestState};
use log_backup_panel::state::sweep::Rest;
use log_backup_panel::text::cluster_card::{CardWords, Rank, cluster_card};
use log_backup_panel::text::verdict::Glance;

use super::{NOW, VIEWER};

/// The state after these tasks were listed.
fn listed(rows: &[&str]) -> RequestState {
    listed_of(rows, rows.len())
}

/// The state after these tasks of a list of `total` were listed.
fn listed_of(rows: &[&str], total: usize) -> RequestState {
    let body = format!(
        r#"{{"data":{{"contents":[{}],"page":{{"totalElements":{}}}}},"successful":true,"timestamp":"2021-09-23T14:34:35.149+08:00"}}"#,
        rows.join(","),
        total
    );
    let mut state = RequestState::default();
    let query = Query { cluster: "1".to_owned(), size: 2000, ..Query::default() };
    state.settle(Event::Sent(query, NOW));
    let result = decode(&HttpResponse { status: 200, body, ..HttpResponse::default() });
    state.settle(Event::Ended { id: state.id(), result, at: NOW });
    state
}

fn fail(state: &mut RequestState, kind: ErrorKind) {
    let query = Query { cluster: "1".to_owned(), size: 2000, ..Query::default() };
    state.settle(Event::Sent(query, NOW));
    state.settle(Event::Ended { id: state.id(), result: Err(ApiError::without_answer(kind)), at: NOW });
}

fn card(state: &RequestState) -> (CardWords, Rank) {
    cluster_card(state, false, &VIEWER)
}

const HEALTHY: &str = r#"{"tenantName":"a","clusterName":"pay","obClusterId":5,"clusterType":"STANDBY","status":"DOING","delay":30,"checkpoint":"2021-09-23T14:34:05+08:00"}"#;
const BEHIND: &str = r#"{"tenantName":"b","status":"DOING","delay":400,"checkpoint":"2021-09-23T14:27:55+08:00"}"#;
const FAILED: &str = r#"{"tenantName":"c","status":"FAILED","checkpoint":"2021-09-22T14:34:35+08:00"}"#;
const INTERRUPTED: &str = r#"{"tenantName":"d","status":"INTERRUPTED","checkpoint":"2021-09-23T10:34:35+08:00"}"#;

const ODD: &str = r#"{"tenantName":"e","status":"NEW"}"#;

#[test]
fn a_healthy_cluster_says_so_in_one_sentence() {
    let (card, _) = card(&listed(&[HEALTHY]));
    assert_eq!((card.tone, &*card.name, &*card.role), (Tone::Ok, "pay:5", "Standby"));
    assert!(card.headline.contains("archiving"), "{card:?}");
    assert_eq!(card.kinds, []);
    assert!(card.restorable.is_some_and(|(_, point)| point.contains("2021-09-23 14:34:05")));
    let loss = card.loss.unwrap();
    assert_eq!((loss.ms, loss.received, &*loss.tenant), (30_000, NOW, "a"));
}

#[test]
fn trouble_is_named_with_its_tenants_worst_first() {
    let (card, _) = card(&listed(&[HEALTHY, BEHIND, FAILED, INTERRUPTED]));
    assert_eq!(card.tone, Tone::Critical);
    let kinds: Vec<_> = card.kinds.iter().map(|kind| (kind.name, &*kind.count, &*kind.tenants)).collect();
    assert_eq!(kinds, [("Interrupted", "1", "d 4 h"), ("Failed", "1", "c 24 h"), ("Behind", "1", "b 6 min")]);
    assert_eq!(card.others, "");
    let (more, _) = self::card(&listed(&[BEHIND, FAILED, INTERRUPTED, ODD, ODD, HEALTHY]));
    assert_eq!((more.kinds.len(), &*more.others), (3, "2 more need attention"), "no trouble is left uncounted");
}

#[test]
fn the_worst_cluster_comes_first_and_an_outage_makes_none_calmer() {
    let after = |rows: &[&str], kind| {
        let mut state = listed(rows);
        fail(&mut state, kind);
        state
    };
    let mut never = RequestState::default();
    fail(&mut never, ErrorKind::Unreachable);
    let states = [
        listed(&[HEALTHY, INTERRUPTED]),
        after(&[FAILED], ErrorKind::Timeout),
        never,
        listed(&[BEHIND]),
        listed(&[ODD]),
        RequestState::default(),
        listed(&[HEALTHY]),
    ];
    let ranks: Vec<_> = states.iter().map(|state| card(state).1).collect();
    assert!(ranks.is_sorted() && ranks.first() < ranks.get(1) && ranks.get(2) < ranks.get(3), "{ranks:?}");
    for rows in [&[HEALTHY][..], &[BEHIND]] {
        let (card, rank) = card(&after(rows, ErrorKind::Gateway));
        assert_eq!((card.tone, rank), (Tone::Warning, Rank::UNKNOWN), "{card:?}");
        assert!(card.headline.starts_with("As of") || card.headline.contains("14:34:35"), "{card:?}");
        assert!(!card.problem.is_empty() && !card.as_of.is_empty(), "{card:?}");
    }
    let (card, rank) = card(&after(&[FAILED], ErrorKind::Gateway));
    assert!(card.tone == Tone::Critical && rank < Rank::UNKNOWN, "{card:?}");
}

#[test]
fn what_is_old_is_not_green() {
    let state = listed(&[HEALTHY]);
    let (card, rank) = cluster_card(&state, true, &VIEWER);
    assert_eq!((card.tone, rank), (Tone::Warning, Rank::UNKNOWN));
}

#[test]
fn a_cluster_without_tasks_or_with_unreadable_ones_is_not_well() {
    let (none, rank) = card(&listed(&[]));
    assert_eq!(none.tone, Tone::Warning);
    assert!(none.headline.contains("no log backup") && rank < Rank::WAITING, "{none:?}");
    let (odd, rank) = card(&listed(&[HEALTHY, "5"]));
    assert_eq!(odd.tone, Tone::Warning, "{odd:?}");
    assert!(rank < Rank::WAITING);
}

#[test]
fn at_a_glance_a_row_that_could_not_be_read_is_a_warning() {
    assert_eq!(Glance::of(&listed(&[]), &VIEWER), None);
    let worst = |rows: &[&str]| Glance::of(&listed(rows), &VIEWER).unwrap().worst;
    assert_eq!(worst(&[HEALTHY]), Tone::Ok);
    assert_eq!(worst(&[HEALTHY, "5"]), Tone::Warning);
    assert_eq!(worst(&[FAILED, "5"]), Tone::Critical);
}

#[test]
fn a_list_that_is_not_read_to_its_end_is_not_well() {
    let mut state = listed_of(&[HEALTHY], 3000);
    state.settle(Event::Rest(Rest::Reading(Progress { count: 1, total: Some(3000) })));
    let (reading, rank) = card(&state);
    assert_eq!((reading.tone, rank < card(&listed(&[HEALTHY])).1), (Tone::Info, true), "{reading:?}");
    assert!(reading.headline.contains("3,000"), "{reading:?}");
    state.settle(Event::Rest(Rest::Failed(ApiError::without_answer(ErrorKind::Throttled))));
    let (failed, rank) = card(&state);
    assert_eq!((failed.tone, rank < Rank::WAITING), (Tone::Warning, true), "{failed:?}");
}
