//! What is the matter with a task, and who is worst.

use log_backup_panel::api::decode::{HttpResponse, decode};
use log_backup_panel::domain::kinds::{Group, Kind, NAMED_OF_KIND};
use log_backup_panel::domain::page::TaskPage;
use log_backup_panel::domain::task::{TaskKey, Tone};
use log_backup_panel::state::history::History;
use log_backup_panel::text::rows::rows;

use super::VIEWER;

fn page(rows: &str) -> TaskPage {
    let body = format!(r#"{{"data":{{"contents":[{rows}]}},"timestamp":"2021-09-23T14:34:35.149+08:00"}}"#);
    decode(&HttpResponse { status: 200, body, ..HttpResponse::default() }).unwrap()
}

#[test]
fn each_task_has_one_kind() {
    for (row, kind) in [
        (r#"{"status":"INTERRUPTED","delay":61200}"#, Kind::Interrupted),
        (r#"{"status":"FAILED","delay":5}"#, Kind::Failed),
        (r#"{"status":"DOING","delay":900}"#, Kind::FarBehind),
        (r#"{"status":"DOING","delay":300}"#, Kind::Behind),
        (r#"{"status":"SUSPENDING"}"#, Kind::Suspended),
        (r#"{"status":"PAUSED","delay":9e5}"#, Kind::Suspended),
        (r#"{"status":"STOPPING"}"#, Kind::ToCheck),
        (r#"{"status":"MIXED"}"#, Kind::ToCheck),
        (r#"{"status":"NEW_STATUS","delay":5}"#, Kind::ToCheck),
        (r#"{"status":"DOING"}"#, Kind::ToCheck),
        (r#"{"status":"DOING","delay":"NaN"}"#, Kind::ToCheck),
        (r#"{"status":"DOING","delay":1.79e9}"#, Kind::ToCheck),
        (r#"{"status":"DOING","delay":-300}"#, Kind::ToCheck),
        (r#"{"status":"PREPARE"}"#, Kind::InTransition),
        (r#"{"status":"BEGINNING","delay":9e5}"#, Kind::InTransition),
        (r#"{"status":"DOING","delay":299}"#, Kind::Healthy),
        (r#"{"status":"STOP","delay":9e5}"#, Kind::NotRunning),
        (r#"{"tenantName":"a"}"#, Kind::NotRunning),
    ] {
        let page = page(row);
        let rows = rows(&page, &History::default(), &VIEWER);
        assert_eq!(rows.first().map(|row| (row.kind, row.tone)), Some((kind, kind.tone())), "{row}");
        let summary = History::default().summary(&page, VIEWER.thresholds);
        assert_eq!(summary.kinds[kind as usize].count, 1, "{row}");
    }
}

#[test]
fn a_checkpoint_that_stands_still_is_worse_than_its_delay_and_no_more_than_its_status() {
    use log_backup_panel::domain::delay::Delay;
    use log_backup_panel::domain::task::StatusKind;
    let of = |status| Kind::of(status, &Delay::Missing, true);
    assert_eq!(of(StatusKind::InProgress), Kind::Stalled);
    assert_eq!([of(StatusKind::Interrupted), of(StatusKind::Failed)], [Kind::Interrupted, Kind::Failed]);
}

#[test]
fn kinds_are_listed_worst_first() {
    assert_eq!(Kind::ALL.map(|kind| kind as usize), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(Kind::ALL.map(|kind| Kind::parse(kind.name())), Kind::ALL.map(Some));
    let tones = Kind::ALL.map(Kind::tone);
    let calmest = [Tone::Info, Tone::Ok, Tone::Neutral];
    assert!(tones.is_sorted_by(|a, b| a >= b), "{tones:?}");
    assert_eq!(tones[7..], calmest);
}

#[test]
fn the_furthest_behind_of_a_kind_are_named() {
    let named = |tasks: &[(&str, Option<f64>)]| {
        let mut group = Group::default();
        for (place, (tenant, seconds)) in tasks.iter().enumerate() {
            group.add(TaskKey(place as u64), tenant, *seconds);
        }
        assert_eq!(group.count as usize, tasks.len());
        group.named.iter().map(|named| format!("{} {}", named.tenant, named.key.0)).collect::<Vec<_>>()
    };
    assert_eq!(NAMED_OF_KIND, 2);
    assert_eq!(named(&[("a", Some(1.0)), ("b", Some(3.0)), ("c", Some(2.0))]), ["b 1", "c 2"]);
    assert_eq!(
        named(&[("a", Some(1.0)), ("b", Some(1.0)), ("c", Some(1.0))]),
        ["a 0", "b 1"],
        "of equal ones the first"
    );
    assert_eq!(named(&[("a", None), ("b", None), ("c", Some(0.0))]), ["c 2", "a 0"], "what is not known comes last");
    assert!(named(&[]).is_empty());
}
