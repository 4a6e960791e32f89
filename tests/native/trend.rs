//! Is it getting better? Never said of a saw-tooth.

use log_backup_panel::domain::trend::{Samples, Trend};
use proptest::prelude::*;

/// A session of `count` responses, `every` seconds apart.
fn samples(count: i32, every: i32, delay: impl Fn(f64) -> f64) -> Samples {
    let mut samples = Samples::default();
    for answer in 0..count {
        let at = answer * every;
        samples.add(i64::from(at) * 1000, delay(f64::from(at)));
    }
    samples
}

#[test]
fn the_slope_gives_the_verdict() {
    for (count, delay, trend, why) in [
        (20, (|_| 30.0) as fn(f64) -> f64, Some(Trend::KeepingPace), "healthy"),
        (20, |_| 5000.0, Some(Trend::KeepingPace), "late, and staying so"),
        (20, |at| 400.0 + at, Some(Trend::FallingBehind), "the archive stands still"),
        (20, |at| 400.0 + at / 3.0, Some(Trend::FallingBehind), "it is too slow"),
        (20, |at| at / 5.0, Some(Trend::KeepingPace), "within the lag target"),
        (60, |at| 400.0 + at / 10.0, Some(Trend::FallingBehind), "slowly"),
        (8, |at| 400.0 + at, None, "too soon to say"),
        (10, |at| 400.0 + at, Some(Trend::FallingBehind), "soon enough"),
        (1, |_| 400.0, None, "one sample"),
        (0, |_| 400.0, None, "none"),
        // It caught up for an hour, and stands still since 20 minutes.
        (
            180,
            |at| if at < 4200.0 { 9000.0 - at } else { 4800.0 + (at - 4200.0) },
            Some(Trend::FallingBehind),
            "the last half hour counts",
        ),
        (
            41,
            |at| if at < 900.0 { 400.0 + at } else { 2200.0 - at },
            Some(Trend::CatchingUp(870.0)),
            "most of it down again",
        ),
        (
            50,
            |at| if at < 900.0 { 400.0 + at } else { 2200.0 - at },
            Some(Trend::CatchingUp(600.0)),
            "nearly all of it",
        ),
        (
            40,
            |at| if at < 600.0 { 2000.0 - at } else { 800.0 + at },
            Some(Trend::FallingBehind),
            "as far up as it fell",
        ),
        // It caught up for ten minutes, and falls behind since.
        (
            40,
            |at| if at < 600.0 { 9000.0 - 10.0 * at } else { 3000.0 + 0.9 * (at - 600.0) },
            Some(Trend::FallingBehind),
            "what came after the turn",
        ),
        (
            26,
            |at| if at < 600.0 { 9000.0 - 10.0 * at } else { 3000.0 + 0.9 * (at - 600.0) },
            None,
            "too soon after the turn",
        ),
        (
            60,
            |at| if at < 900.0 { 400.0 + 10.0 * at } else { 9400.0 - 0.9 * (at - 900.0) },
            Some(Trend::CatchingUp(9430.0)),
            "the other turn",
        ),
    ] {
        match (samples(count, 30, delay).trend(), trend) {
            (Some(Trend::CatchingUp(left)), Some(Trend::CatchingUp(expected))) => {
                // Older samples are coarser, and with them where it turned.
                assert!((left - expected).abs() < expected / 20.0, "{why}: {left}");
            }
            (found, expected) => assert_eq!(found, expected, "{why}"),
        }
    }
    let Some(Trend::CatchingUp(left)) = samples(20, 30, |at| 3000.0 - at).trend() else { panic!() };
    assert!((left - (3000.0 - 570.0 - 130.0)).abs() < 1.0, "{left}");
}

#[test]
fn a_long_session_stays_in_view_in_few_samples() {
    let day = samples(2880, 30, |at| 100_000.0 - at);
    assert!(matches!(day.trend(), Some(Trend::CatchingUp(_))));
    assert_eq!(day.sparkline(900.0).chars().count(), 12);
    let times: Vec<_> = day.list().map(|(at, _)| at).collect();
    assert!(times.len() <= 32, "{times:?}");
    let last = &times[times.len() - 16..];
    assert!(last.windows(2).all(|pair| pair[1] - pair[0] == 30_000), "the last are all kept: {times:?}");
}

#[test]
fn three_samples_are_no_trend_however_far_apart() {
    assert_eq!(samples(3, 200, |at| 400.0 + at).trend(), None);
    assert_eq!(samples(4, 200, |at| 400.0 + at).trend(), Some(Trend::FallingBehind));
    assert_eq!(samples(4, 80, |at| 400.0 + at).trend(), None, "nor four that are close together");
}

#[test]
fn the_same_answer_twice_is_one_sample() {
    let mut twice = Samples::default();
    for at in [1, 1, 0, 2, 2, 3, 4, 5, 5, 6] {
        twice.add(at, 5.0);
    }
    assert_eq!(twice.sparkline(900.0).chars().count(), 6);
}

#[test]
fn a_clock_that_is_set_back_begins_anew() {
    let mut samples = samples(20, 30, |at| 3000.0 - at);
    samples.add(-3_600_000, 5.0);
    assert_eq!(samples.list().collect::<Vec<_>>(), [(-3_600_000, 5.0)]);
}

#[test]
fn the_line_has_the_scale_of_the_critical_threshold() {
    let line = |delay: fn(f64) -> f64| samples(6, 30, delay).sparkline(900.0);
    assert_eq!(line(|_| 0.0), "▁▁▁▁▁▁");
    assert_eq!(line(|at| at / 2.0), "▁▁▁▁▁▁", "the saw-tooth is nothing to look at");
    assert_eq!(line(|at| at * 6.0), "▁▂▄▅▇█");
    assert_eq!(line(|at| 900.0 - at * 6.0), "█▇▅▄▂▁");
    assert_eq!(line(|at| 19_020.0 + at * 1.6), "██████", "5 h 17 min to 5 h 21 min is flat, and at the top");
    assert_eq!(samples(6, 30, |at| at * 6.0).sparkline(9000.0), "▁▁▁▁▁▁", "the threshold decides");
    assert_eq!(samples(6, 30, |_| 5.0).sparkline(0.0), "██████", "nothing is divided by zero");
    assert_eq!(samples(5, 30, |_| 9000.0).sparkline(900.0), "", "too few for a line");
}

proptest! {
    /// Rising at a second a second, falling at once: what the archive lag target makes of any stream, at any height.
    #[test]
    fn a_saw_tooth_is_no_trend(level in 0.0..20_000.0_f64, tooth in 20.0..130.0_f64, phase in 0.0..130.0_f64, count in 4..120_i32, every in 5..60_i32) {
        let trend = samples(count, every, |at| level + (at + phase) % tooth).trend();
        prop_assert!(matches!(trend, None | Some(Trend::KeepingPace)), "{trend:?}");
    }
}
