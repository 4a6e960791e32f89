use chrono::{Datelike, NaiveDate};
use log_backup_panel::domain::moment::*;
use log_backup_panel::domain::time::{
    Ago, EpochMs, OffsetMinutes, RangeError, Span, TimeRange, Unit, Zone, parse_time,
};

fn at(text: &str) -> EpochMs {
    parse_time(text, None).unwrap().timestamp_millis()
}

/// Berlin in 2026: clocks go forward on 29 March and back on 25 October, at 01:00 UTC.
fn berlin(ms: EpochMs) -> i32 {
    if (at("2026-03-29T01:00Z")..at("2026-10-25T01:00Z")).contains(&ms) { 120 } else { 60 }
}

/// Lord Howe Island in 2026: clocks go back by half an hour on 4 April, at 15:00 UTC.
fn lord_howe(ms: EpochMs) -> i32 {
    if ms < at("2026-04-04T15:00Z") { 660 } else { 630 }
}

fn shanghai(_: EpochMs) -> i32 {
    480
}

#[test]
fn reads_what_is_typed_or_pasted() {
    let now = at("2026-11-23T10:20:30.500Z");
    let cases = [
        ("now", false, Some("2026-11-23T10:20:30.500Z")),
        (" now-90m ", false, Some("2026-11-23T08:50:30.500Z")),
        ("now-2w", false, Some("2026-11-09T10:20:30.500Z")),
        ("now/d", false, Some("2026-11-22T16:00:00Z")),
        ("now/d", true, Some("2026-11-23T15:59:59.999Z")),
        ("now-7d/d", false, Some("2026-11-15T16:00:00Z")),
        ("now-1h/h", true, Some("2026-11-23T09:59:59.999Z")),
        ("now-1h/m", false, Some("2026-11-23T09:20:00Z")),
        ("2026-11-23 08:47:45", false, Some("2026-11-23T00:47:45Z")),
        ("2026-11-23", false, Some("2026-11-22T16:00:00Z")),
        ("2026-11-23", true, Some("2026-11-23T15:59:59.999Z")),
        ("9999-12-31", true, Some("9999-12-31T15:59:59.999Z")),
        ("2026-11-23T08:47:45+02:00", false, Some("2026-11-23T06:47:45Z")),
        ("1632378797357", false, Some("2021-09-23T06:33:17.357Z")),
        ("now-", false, None),
        ("now+1h", false, None),
        ("now-1y", false, None),
        ("now-1d/", false, None),
        ("now-1d/y", false, None),
        ("nowhere", false, None),
        ("yesterday", false, None),
        ("", false, None),
    ];
    for (text, is_end, expected) in cases {
        let moment = Moment::parse(text).and_then(|moment| moment.resolve(is_end, now, shanghai));
        assert_eq!(moment, expected.map(at), "{text}");
    }
}

#[test]
fn rounded_ends_are_days_of_the_calendar_where_clocks_are_set() {
    let cases = [
        // 24 hours before, it was the day before yesterday.
        ("2026-03-30T00:30+02:00", "now-1d/d", "2026-03-29T00:00+01:00", "2026-03-29T23:59:59.999+02:00"),
        ("2026-10-25T23:30+01:00", "now-1d/d", "2026-10-24T00:00+02:00", "2026-10-24T23:59:59.999+02:00"),
        ("2026-03-30T12:00+02:00", "now-1w/w", "2026-03-23T00:00+01:00", "2026-03-29T23:59:59.999+02:00"),
        ("2026-11-10T12:00+01:00", "now-1M/M", "2026-10-01T00:00+02:00", "2026-10-31T23:59:59.999+01:00"),
        // The hour that clocks show twice, for the second time.
        ("2026-10-25T02:30+01:00", "now/h", "2026-10-25T02:00+01:00", "2026-10-25T02:59:59.999+01:00"),
        ("2026-03-31T12:00+02:00", "now-1M", "2026-02-28T12:00+01:00", "2026-02-28T12:00+01:00"),
        ("2026-03-30T00:30+02:00", "now-1d", "2026-03-28T23:30+01:00", "2026-03-28T23:30+01:00"),
    ];
    for (now, text, start, end) in cases {
        let resolve = |is_end| Moment::parse(text).unwrap().resolve(is_end, at(now), berlin);
        assert_eq!((resolve(false), resolve(true)), (Some(at(start)), Some(at(end))), "{text} at {now}");
    }
}

#[test]
fn two_relative_ends_stay_relative_and_one_beside_an_absolute_one_is_fixed() {
    let now = at("2026-11-23T10:20:30Z");
    let read = |start, end| typed_range(start, end, now, Zone::Local, |_, ms| shanghai(ms));
    let day = Span { count: 24, unit: Unit::Hours };
    assert_eq!(read("now-24h", "now"), Ok(TimeRange::Last(day)));
    let week = Ago { back: Some(Span { count: 7, unit: Unit::Days }), round: Some(Unit::Days) };
    assert_eq!(read("now-7d/d", "now"), Ok(TimeRange::Relative { start: week, end: Ago::NOW, zone: Zone::Local }));
    let fixed = TimeRange::Between { start: at("2026-11-22T16:00:00Z"), end: now };
    assert_eq!(read("2026-11-23", "now"), Ok(fixed));
    assert_eq!(read("", ""), Err(RangeError::Empty));
    assert_eq!(read("soon", "now"), Err(RangeError::StartMissing));
    assert_eq!(read("now", ""), Err(RangeError::EndMissing));
    assert_eq!(read("now", "now-1h"), Err(RangeError::EndBeforeStart));
}

#[test]
fn says_where_clocks_are_set() {
    let cases = [
        ("2026-03-29 02:30:00", Some(Oddity::Skipped)),
        ("2026-10-25 02:30:00", Some(Oddity::Twice)),
        ("2026-10-25 03:00:00", None),
        ("2026-03-29 03:00:00", None),
        ("2026-06-01 02:30:00", None),
        ("2026-03-29T02:30:00+01:00", None),
    ];
    for (text, expected) in cases {
        assert_eq!(Moment::parse(text).unwrap().oddity(berlin), expected, "{text}");
    }
    for (text, expected) in [
        ("2026-04-05 01:29:59", None),
        ("2026-04-05 01:30:00", Some(Oddity::Twice)),
        ("2026-04-05 01:59:59", Some(Oddity::Twice)),
        ("2026-04-05 02:00:00", None),
    ] {
        assert_eq!(Moment::parse(text).unwrap().oddity(lord_howe), expected, "{text}");
    }
}

#[test]
fn a_copied_range_is_read_back_in_another_zone() {
    let ranges = [
        TimeRange::Last(Span { count: 7, unit: Unit::Days }),
        TimeRange::parse("now-2d/d to now-1d/d", Zone::Local).unwrap(),
        TimeRange::Between { start: at("2026-10-24T23:30:00Z"), end: at("2026-10-25T03:30:00Z") },
        TimeRange::Between { start: at("2026-01-24T23:30:00Z"), end: at("2026-07-25T03:30:00Z") },
    ];
    for range in ranges {
        let zones: [(OffsetMinutes, OffsetMinutes); 2] =
            [(|_, ms| berlin(ms), |_, ms| shanghai(ms)), (|_, _| 0, |_, ms| berlin(ms))];
        for (from, to) in zones {
            let text = write_range(range, |ms| from(Zone::Local, ms));
            let (start, end) = split_range(&text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(typed_range(&start, &end, 0, Zone::Local, to), Ok(range), "{text}");
        }
    }
    assert_eq!(write_range(TimeRange::All, shanghai), "");
}

#[test]
fn splits_a_pasted_range_and_nothing_else() {
    let cases = [
        ("2026-11-22 08:00:00 → 2026-11-23 08:00:00", true),
        ("2026/11/22 08:00 - 2026/11/23 08:00", true),
        ("2026-11-22T08:00:00Z/2026-11-23T08:00:00Z", true),
        ("now-7d/d to now/d", true),
        ("2026-11-22 至 2026-11-23", true),
        ("now-7d/d", false),
        ("2026/11/22", false),
        ("2026-11-22 08:00:00", false),
    ];
    for (text, is_range) in cases {
        assert_eq!(split_range(text).is_some(), is_range, "{text}");
    }
}

#[test]
fn a_calendar_page_holds_its_month_in_whole_weeks() {
    for (month, week_start, days, first) in [
        ("2026-11-23", 0, 42, "2026-10-26"),
        ("2026-11-23", 6, 35, "2026-11-01"),
        ("2026-02-01", 6, 28, "2026-02-01"),
        ("2024-02-29", 0, 35, "2024-01-29"),
    ] {
        let day: NaiveDate = month.parse().unwrap();
        let grid = month_grid(day, week_start);
        assert_eq!((grid.len(), grid[0].to_string()), (days, first.to_owned()), "{month}");
        let of_month = grid.iter().filter(|other| other.month() == day.month()).count();
        assert_eq!(of_month, usize::from(day.num_days_in_month()), "{month}");
    }
}
