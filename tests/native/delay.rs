use log_backup_panel::domain::delay::{Delay, Level, Thresholds, format_seconds};
use log_backup_panel::domain::task::{Seconds, Status, Task};
use log_backup_panel::domain::time::Stamp;

use super::NOW;

fn judge(status: &str, delay: Option<f64>, checkpoint: Option<&str>) -> Delay {
    let task = Task {
        status: Status::read(status),
        delay: delay.map(Seconds::Number),
        checkpoint: checkpoint.map(|text| Stamp::read(text, None)),
        ..Task::default()
    };
    Delay::judge(&task, Some(NOW), Thresholds::default())
}

#[test]
fn levels_begin_at_their_thresholds() {
    let cases = [
        (0.0, Level::Ok),
        (130.0, Level::Ok),
        (299.9999, Level::Ok),
        (300.0, Level::Lagging),
        (899.9, Level::Lagging),
        (900.0, Level::Critical),
        (86_400.0, Level::Critical),
    ];
    for (seconds, level) in cases {
        assert_eq!(judge("RUNNING", Some(seconds), None), Delay::Lag { seconds, level, computed: false });
    }
}

#[test]
fn a_delay_is_a_lag_only_where_the_checkpoint_moves() {
    for status in ["STOP", "SUSPENDED", "INTERRUPTED", "FAILED", "PREPARE", "BEGINNING", "STOPPING", "MIXED", ""] {
        assert_eq!(judge(status, Some(99_999.0), None), Delay::NotApplicable(Some(99_999.0)), "{status}");
    }
    assert_eq!(judge("ARCHIVING_V9", Some(99_999.0), None), Delay::NoVerdict(99_999.0));
}

#[test]
fn odd_delays_are_no_lag_of_fifty_years() {
    assert_eq!(judge("RUNNING", Some(1.79e9), None), Delay::NoCheckpoint);
    assert_eq!(judge("RUNNING", Some(1e9), None), Delay::NoCheckpoint);
    assert_eq!(judge("RUNNING", Some(5.0), Some("1970-01-01T00:00:00Z")), Delay::NoCheckpoint);
    assert_eq!(judge("RUNNING", Some(-0.4), None), Delay::Lag { seconds: 0.0, level: Level::Ok, computed: false });
    assert_eq!(judge("RUNNING", Some(-5.0), None), Delay::Lag { seconds: 0.0, level: Level::Ok, computed: false });
    assert_eq!(judge("RUNNING", Some(-28_800.0), None), Delay::Ahead(28_800.0));
    assert_eq!(judge("RUNNING", None, None), Delay::Missing);
}

#[test]
fn a_missing_delay_is_computed_on_the_servers_clock_and_says_so() {
    let delay = judge("RUNNING", None, Some("2021-09-23T14:33:17.357+0800"));
    assert_eq!(delay, Delay::Lag { seconds: 77.792, level: Level::Ok, computed: true });
}

#[test]
fn exact_seconds_are_written_as_the_database_truncates_them() {
    for (seconds, text) in [
        (77.6421, "77.6421"),
        (98.0, "98"),
        (0.5, "0.5"),
        (-0.4, "-0.4"),
        (-0.00001, "0"),
        (1e308, "922337203685477.5807"),
    ] {
        assert_eq!(format_seconds(seconds), text);
    }
}
