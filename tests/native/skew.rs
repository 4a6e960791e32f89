use std::sync::Arc;

use log_backup_panel::domain::page::{Meta, TaskPage};
use log_backup_panel::domain::skew::{Skew, is_off, zone_error};
use log_backup_panel::domain::task::{Seconds, Task};
use log_backup_panel::domain::time::Stamp;

use super::{NOW, SAMPLE};
use log_backup_panel::api::decode::{HttpResponse, decode};

const SECOND: i64 = 1000;
const HOUR: i64 = 3600 * SECOND;

fn at_now(tasks: Vec<Task>) -> TaskPage {
    let timestamp = Some(Stamp::read("2021-09-23T14:34:35.149+08:00", None));
    let tasks = tasks.into_iter().map(|task| Arc::new(task.into())).collect();
    TaskPage { tasks, meta: Meta { timestamp, ..Meta::default() }, ..TaskPage::default() }
}

#[test]
fn within_the_time_that_the_answer_took_there_is_no_browser_skew() {
    let page = at_now(vec![]);
    let cases = [
        (NOW, NOW, 0),
        (NOW - 20 * SECOND, NOW + 20 * SECOND, 0),
        (NOW + 8 * HOUR, NOW + 8 * HOUR + SECOND, 8 * HOUR),
        (NOW - HOUR - SECOND, NOW - HOUR, -HOUR),
        (i64::MAX, i64::MAX, i64::MAX - NOW),
        (i64::MIN, i64::MIN, i64::MIN),
    ];
    for (sent, received, browser) in cases {
        assert_eq!(Skew::of(&page, sent, received).browser, Some(browser), "{sent} {received}");
    }
    assert_eq!(Skew::of(&TaskPage::default(), NOW, NOW), Skew::default(), "nothing to compare with");
}

#[test]
fn the_databases_clock_is_checkpoint_plus_delay_and_one_odd_row_says_nothing() {
    let task = |checkpoint: &str, delay: f64| Task {
        checkpoint: Some(Stamp::read(checkpoint, None)),
        delay: Some(Seconds::Number(delay)),
        ..Task::default()
    };
    let sample = decode(&HttpResponse { status: 200, body: SAMPLE.into(), ..HttpResponse::default() }).unwrap();
    assert_eq!(Skew::of(&sample, NOW, NOW).database, Some(-150), "14:33:17.357 + 77.6421 s against 14:34:35.149");
    let good = || task("2021-09-23T14:33:17.149+0800", 78.0);
    let behind = |ms: u32| task("2021-09-23T14:33:17.149+0800", 78.0 - f64::from(ms) / 1000.0);
    let odd = || task("2021-09-23T14:33:17.149+0800", 1e308);
    let west = || task("2021-09-23T06:33:17.149+0800", 78.0);
    for (tasks, database) in [
        (vec![good()], Some(0)),
        (vec![good(), odd(), good()], Some(0)),
        (vec![west(), west(), good()], Some(-8 * HOUR)),
        (vec![behind(3), behind(2)], Some(-2)),
        (vec![behind(3), behind(1), behind(2), behind(5)], Some(-2)),
        (vec![odd(), behind(7), task("2021-09-23T14:33:17.149+0800", -1e308)], Some(-7)),
        (vec![task("1970-01-01T00:00:00Z", 1.8e9)], None),
        (vec![task("yesterday", 1.0), Task::default()], None),
    ] {
        assert_eq!(Skew::of(&at_now(tasks), NOW, NOW).database, database);
    }
}

#[test]
fn quarters_of_an_hour_look_like_a_zone() {
    for (skew, minutes) in [
        (8 * HOUR, Some(480)),
        (-8 * HOUR - 59 * SECOND, Some(480)),
        (8 * HOUR + 60 * SECOND, Some(480)),
        (8 * HOUR + 61 * SECOND, None),
        (26 * HOUR, Some(1560)),
        (-26 * HOUR - SECOND, None),
        (345 * 60 * SECOND, Some(345)),
        (15 * 60 * SECOND, Some(15)),
        (60 * SECOND, None),
        (0, None),
        (27 * HOUR, None),
        (i64::MIN, None),
        (i64::MAX, None),
    ] {
        assert_eq!(zone_error(skew), minutes, "{skew}");
    }
    assert!(is_off(5001) && is_off(-5001) && !is_off(5000) && is_off(i64::MIN));
}
