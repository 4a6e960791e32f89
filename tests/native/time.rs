use super::NOW;
use chrono::FixedOffset;
use log_backup_panel::domain::time::*;

const fn offset(_: Zone, _: EpochMs) -> i32 {
    480
}

#[test]
fn reads_every_form_that_servers_write() {
    let sample = 1_632_378_797_357;
    let cases = [
        ("2021-09-23T14:33:17.357+0800", sample),
        ("2021-09-23T14:33:17.357+08:00", sample),
        ("2021-09-23T14:33:17.357+08", sample),
        ("2021-09-23T06:33:17.357Z", sample),
        ("2021-09-23t06:33:17.357z", sample),
        ("2021-09-23 14:33:17.357 +0800", sample),
        ("2021/09/23 14:33:17.357+0800", sample),
        ("2021-09-23T12:18:17.357+05:45", sample),
        ("2021-09-23T06:33:17.357-00:00", sample),
        ("2021-09-23T06:33:17.357 UTC", sample),
        ("  2021-09-23T06:33:17.357Z  ", sample),
        ("2021-09-23T06:33:17,357Z", sample),
        ("1632378797357", sample),
        ("2021-09-23T06:33:17Z", sample - 357),
        ("2021-09-23T06:33:17.357999999Z", sample),
        ("2021-09-23T06:33:17.3Z", sample - 57),
        ("2021-09-23T06:33:17.Z", sample - 357),
        ("2021-09-23T06:33Z", sample - 17_357),
        ("1970-01-01T00:00:00Z", 0),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000),
        ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ];
    for (text, expected) in cases {
        assert_eq!(parse_time(text, None).map(|time| time.timestamp_millis()), Some(expected), "{text}");
    }
}

#[test]
fn keeps_what_is_no_time_raw() {
    for text in
        ["", "soon", "2021-13-01T00:00:00Z", "2021-09-23", "2021-09-23T25:00:00Z", "2021-09-23T06:33:17 CST", "12:00"]
    {
        assert_eq!(Stamp::read(text, None), Stamp::Raw(text.into()), "{text}");
    }
}

#[test]
fn a_time_without_an_offset_is_never_guessed() {
    let text = "2021-09-23 14:33:17.357";
    assert_eq!(parse_time(text, None), None);
    let offset = FixedOffset::east_opt(8 * 3600);
    assert_eq!(parse_time(text, offset).unwrap().timestamp_millis(), 1_632_378_797_357);
}

#[test]
fn sends_utc_with_milliseconds() {
    assert_eq!(format_utc(1_632_378_797_007).as_deref(), Some("2021-09-23T06:33:17.007Z"));
    assert_eq!(format_utc(-62_167_219_200_000).as_deref(), Some("0000-01-01T00:00:00.000Z"));
    assert_eq!(format_utc(-62_167_219_200_001).as_deref(), Some("-0001-12-31T23:59:59.999Z"));
    assert_eq!(format_utc(i64::MAX), None);
}

#[test]
fn writes_offsets() {
    for (minutes, text) in [(0, "UTC"), (480, "UTC+08:00"), (345, "UTC+05:45"), (-210, "UTC-03:30")] {
        assert_eq!(format_offset(minutes), text);
    }
}

/// New York in 2026: clocks go forward on 8 March at 07:00Z, back on 1 November at 06:00Z.
fn new_york(at: EpochMs) -> i32 {
    let summer = super::ms("2026-03-08T07:00:00Z")..super::ms("2026-11-01T06:00:00Z");
    if summer.contains(&at) { -240 } else { -300 }
}

#[test]
fn resolves_civil_times_across_clock_changes() {
    let cases = [
        ("2026-01-15T12:00:00", "2026-01-15T17:00:00Z"),
        ("2026-07-15T12:00:00", "2026-07-15T16:00:00Z"),
        // Does not exist: moves on by the gap.
        ("2026-03-08T02:30:00", "2026-03-08T07:30:00Z"),
        // Exists twice: the earlier one.
        ("2026-11-01T01:30:00", "2026-11-01T05:30:00Z"),
        ("2026-11-01T03:00:00", "2026-11-01T08:00:00Z"),
    ];
    for (civil, utc) in cases {
        assert_eq!(from_civil(parse_civil(civil).unwrap(), new_york), super::ms(utc), "{civil}");
    }
}

#[test]
fn an_instant_beyond_the_calendar_is_not_formatted_and_does_not_panic() {
    for ms in [i64::MIN, i64::MAX, 8_210_266_876_799_999, -8_334_601_228_800_000] {
        for offset in [-720, 0, 840] {
            _ = from_epoch_ms(ms, offset).map(|time| format_civil(&time.naive_local()));
        }
    }
    assert!(from_epoch_ms(i64::MAX, 0).is_none());
}

#[test]
fn spans_parse_and_print_alike() {
    for text in ["1h", "24h", "7d", "30d", "90m", "2w", "6M"] {
        assert_eq!(Span::parse(text).unwrap().to_string(), text);
    }
    for text in ["", "h", "0h", "-1h", "1y", "1.5h", "99999999999h", "１h", "é"] {
        assert_eq!(Span::parse(text), None, "{text}");
    }
}

#[test]
fn a_relative_range_moves_with_now_and_an_absolute_one_does_not() {
    let last = TimeRange::Last(Span { count: 24, unit: Unit::Hours });
    assert_eq!(last.resolve(1_000_000_000, offset), Some((1_000_000_000 - 86_400_000, 1_000_000_000)));
    assert_eq!(last.resolve(2_000_000_000, offset), Some((2_000_000_000 - 86_400_000, 2_000_000_000)));
    let between = TimeRange::Between { start: 1, end: 2 };
    assert_eq!(between.resolve(99, offset), Some((1, 2)));
    assert_eq!(TimeRange::All.resolve(99, offset), None);
}

#[test]
fn ranges_read_alike_where_their_words_are_the_same() {
    let parse = |text, zone| TimeRange::parse(text, zone).unwrap();
    let week = parse("now-7d/d to now/d", Zone::Local);
    assert!(week.reads_as(parse("now-7d/d to now/d", Zone::Fixed(0))));
    for other in ["now-7d/d to now", "now-6d/d to now/d", "7d", "all"] {
        assert!(!week.reads_as(parse(other, Zone::Local)) && !parse(other, Zone::Local).reads_as(week), "{other}");
    }
    assert!(parse("ALL", Zone::Local).reads_as(TimeRange::All) && !parse("7d", Zone::Local).reads_as(TimeRange::All));
    assert_eq!(parse("now-7d to now", Zone::Local), parse("7d", Zone::Local), "it needs no calendar");
}

#[test]
fn a_range_needs_both_ends_in_order() {
    assert_eq!(between(None, None), Err(RangeError::Empty));
    assert_eq!(between(Some(1), None), Err(RangeError::EndMissing));
    assert_eq!(between(None, Some(1)), Err(RangeError::StartMissing));
    assert_eq!(between(Some(2), Some(2)), Err(RangeError::EndBeforeStart));
    assert_eq!(between(Some(1), Some(2)), Ok(TimeRange::Between { start: 1, end: 2 }));
}

#[test]
fn a_range_moves_by_its_length_but_not_into_the_future() {
    let hours = |count: i64| count * 3_600_000;
    let zone = |_, _| 480;
    let between = |from, to| TimeRange::Between { start: NOW - hours(from), end: NOW - hours(to) };
    let last = TimeRange::parse("24h", Zone::Local).unwrap();
    for (range, is_later, moved) in [
        (last, false, Some(between(48, 24))),
        (last, true, None),
        (between(48, 24), true, Some(between(24, 0))),
        (between(30, 6), true, Some(between(6, -18))),
        (TimeRange::All, false, None),
    ] {
        assert_eq!(range.shifted(is_later, NOW, zone), moved, "{range:?} {is_later}");
    }
    // A whole day and the one before it.
    let yesterday = TimeRange::parse("now-1d/d to now-1d/d", Zone::Local).unwrap();
    let (start, end) = yesterday.resolve(NOW, zone).unwrap();
    let before = TimeRange::parse("now-2d/d to now-2d/d", Zone::Local).unwrap().resolve(NOW, zone).unwrap();
    let moved = yesterday.shifted(false, NOW, zone).unwrap();
    assert_eq!((moved.resolve(NOW, zone).unwrap(), start - before.0), (before, end - start + 1));
}

#[test]
fn a_range_that_was_applied_is_recalled_as_it_was() {
    for (text, zone) in [
        ("24h", Zone::Local),
        ("now-7d/d to now-1d/d", Zone::Local),
        ("now-7d/d to now/d", Zone::Fixed(0)),
        ("now/d to now", Zone::Fixed(-210)),
    ] {
        let range = TimeRange::parse(text, zone).unwrap();
        assert_eq!(TimeRange::recall(&range.record().unwrap()), Some(range), "{text}");
    }
    let between = TimeRange::Between { start: -5, end: NOW };
    assert_eq!(TimeRange::recall(&between.record().unwrap()), Some(between));
    assert_eq!(TimeRange::All.record(), None);
    assert_eq!(TimeRange::parse("now-1d/d to now", Zone::Named(0)).unwrap().record(), None);
    for broken in ["", "5..", "9..5", "now-7d/d to", "x y:z"] {
        assert_eq!(TimeRange::recall(broken), None, "{broken}");
    }
}

#[test]
fn whole_days_are_known_by_name() {
    for (index, (start, end)) in TimeRange::DAYS.into_iter().enumerate() {
        let range = TimeRange::parse(&[start, " to ", end].concat(), Zone::Local).unwrap();
        assert_eq!(range.days(), Some(index));
    }
    assert_eq!(TimeRange::parse("24h", Zone::Local).unwrap().days(), None);
}
