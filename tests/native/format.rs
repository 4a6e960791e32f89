//! Values as text.

use log_backup_panel::domain::time::{Clock, Stamp, TimeRange, Zone};
use log_backup_panel::text::format::*;
use log_backup_panel::text::viewer::Viewer;

use super::{CLOCK, VIEWER, ms};

#[test]
fn a_loss_is_rounded_to_the_side_that_keeps_it_true() {
    let texts = VIEWER.locale.texts();
    for (seconds, most, least) in [
        (93_540, "1 d 2 h", "1 d 1 h"),
        (93_600, "1 d 2 h", "1 d 2 h"),
        (86_399, "1 d", "23 h 59 min"),
        (3661, "1 h 2 min", "1 h 1 min"),
        (277, "4 min 37 s", "4 min 37 s"),
        (0, "0 s", "0 s"),
    ] {
        assert_eq!(loss(seconds * 1000, false, texts), most);
        assert_eq!(loss(seconds * 1000, true, texts), least);
    }
    assert_eq!(loss(1500, false, texts), "2 s");
    assert_eq!(loss(1500, true, texts), "1 s");
}

#[test]
fn numbers_stay_on_one_line_with_what_they_count() {
    assert_eq!(unbroken("2 tasks, 4 min 9 s, t 7"), "2\u{a0}tasks, 4\u{a0}min 9\u{a0}s, t 7");
}

#[test]
fn spans_use_their_two_largest_units() {
    let texts = VIEWER.locale.texts();
    for (seconds, words) in [
        (0.0, "0 s"),
        (0.9, "0 s"),
        (59.0, "59 s"),
        (60.0, "1 min"),
        (77.6, "1 min 17 s"),
        (3600.0, "1 h"),
        (7500.0, "2 h 5 min"),
        (86_400.0, "1 d"),
        (277_200.0, "3 d 5 h"),
        (-3.0, "0 s"),
    ] {
        assert_eq!(format_span(seconds, texts), words);
    }
}

#[test]
fn a_span_of_one_unit_leaves_out_less_than_half() {
    let texts = VIEWER.locale.texts();
    for (seconds, words) in [
        (0.0, "0 s"),
        (-3.0, "0 s"),
        (119.0, "119 s"),
        (120.0, "2 min"),
        (7140.0, "119 min"),
        (7200.0, "2 h"),
        (133_200.0, "37 h"),
        (172_800.0, "2 d"),
        (1e9, "11,574 d"),
    ] {
        assert_eq!(coarse_span(seconds, texts), words);
    }
}

#[test]
fn ranges_are_told_in_words() {
    assert_eq!(range(TimeRange::All, &VIEWER), "All time");
    let between = TimeRange::Between { start: ms("2026-01-01T00:00:00Z"), end: ms("2026-01-02T00:00:00Z") };
    assert_eq!(range(between, &VIEWER), "2026-01-01 08:00:00 → 2026-01-02 08:00:00 · UTC+08:00");
    let parse = |text| TimeRange::parse(text, Zone::Local).unwrap();
    assert_eq!(range(parse("90m"), &VIEWER), "Last 90 min");
    assert_eq!(range(parse("24h"), &VIEWER), "Last 24 hours");
    assert_eq!(range(parse("now-7d/d to now/d"), &VIEWER), "now-7d/d → now/d · UTC+08:00");
    assert_eq!(range(parse("now-7d/d to now-1d/d"), &VIEWER), "Last 7 full days · UTC+08:00");
    let utc = TimeRange::parse("now-1d/d to now-1d/d", Zone::Fixed(0)).unwrap();
    assert_eq!(range(utc, &VIEWER), "Yesterday · UTC", "the zone of its days, not that of the viewer");
}

#[test]
fn a_time_of_today_needs_no_date_and_one_of_another_offset_tells_it() {
    let at = |text: &str| time_of_day(ms(text), &VIEWER);
    assert_eq!(at("2021-09-23T00:00:01+08:00"), "00:00:01");
    assert_eq!(at("2021-09-22T23:59:59+08:00"), "2021-09-22 23:59:59");
    // Clocks went from +02:00 to +01:00 three hours ago.
    let offset_minutes = |_, at| if at < ms("2021-09-23T03:34:35Z") { 120 } else { 60 };
    let viewer = Viewer { clock: Clock { offset_minutes, ..CLOCK }, ..VIEWER };
    assert_eq!(time_of_day(ms("2021-09-23T03:00:00Z"), &viewer), "05:00:00 UTC+02:00");
    assert_eq!(instant(ms("2021-09-23T04:00:00Z"), &viewer), "2021-09-23 05:00:00");
    assert_eq!(
        instant(ms("2021-09-23T04:00:00Z"), &Viewer { today: Some(120), ..viewer }),
        "2021-09-23 05:00:00 UTC+01:00"
    );
    assert_eq!(zoned(ms("2021-09-23T04:00:00Z"), &viewer), "2021-09-23 05:00:00 UTC+01:00");
    assert_eq!(zone(&viewer, ms("2021-09-23T03:00:00Z")), "Times in UTC+02:00");
    assert_eq!(civil(i64::MAX, &VIEWER), i64::MAX.to_string(), "beyond the calendar");
}

#[test]
fn what_is_no_time_stays_as_it_was_sent() {
    assert_eq!(time(Some(&Stamp::read("2021-09-23T06:33:17Z", None)), &VIEWER), "2021-09-23 14:33:17");
    assert_eq!(time(Some(&Stamp::Raw("yester\u{202e}day".into())), &VIEWER), "yester⟨U+202e⟩day");
    assert_eq!(time(None, &VIEWER), "");
}

#[test]
fn short_values() {
    let texts = VIEWER.locale.texts();
    assert_eq!(short_name(&"状".repeat(61)), "状".repeat(60));
    assert_eq!(short_name("a\u{202e}"), "a⟨U+202e⟩");
    assert_eq!([known(Some(1000), texts), known(None, texts)], ["1,000", "?"]);
    assert_eq!([span_of_ms(1001, texts), span_of_ms(60_000, texts)], ["2 s", "1 min"]);
}
