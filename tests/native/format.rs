//! Values as text.

use log_backup_panel::domain::time::TimeRange;
use log_backup_panel::text::format::{format_span, loss, range, unbroken};

use super::{VIEWER, ms};

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
fn ranges_are_told_in_words() {
    assert_eq!(range(TimeRange::All, &VIEWER), "All time");
    let between = TimeRange::Between { start: ms("2026-01-01T00:00:00Z"), end: ms("2026-01-02T00:00:00Z") };
    assert_eq!(range(between, &VIEWER), "2026-01-01 08:00:00 → 2026-01-02 08:00:00");
}
