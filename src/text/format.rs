//! Lengths of time, points in time, time ranges, counts and names as text.

use super::sanitize::{clamp, visible};
use super::texts::{Texts, fill};
use super::viewer::Viewer;
use crate::domain::time::{EpochMs, Span, Stamp, TimeRange, Unit, format_civil, format_offset, from_epoch_ms, seconds};

/// A length of time in seconds, in its two largest units: `1 min 17 s`, `3 d 4 h`. Rounded down; a negative one is 0.
#[must_use]
pub fn format_span(seconds: f64, texts: &Texts) -> String {
    span_in_units(seconds, 2, texts)
}

/// A length of time in seconds, in its largest unit: `17 h`. Rounded down; a negative one is 0.
#[must_use]
pub fn coarse_span(seconds: f64, texts: &Texts) -> String {
    let whole = whole_seconds(seconds);
    // Up to two of a unit in the smaller one: a day is too much to leave out of a day and a half.
    let place = [2 * 86_400, 2 * 3600, 2 * 60].iter().position(|least| whole >= *least).unwrap_or(3);
    let count = [86_400, 3600, 60, 1].get(place).map_or(whole, |unit| whole / unit);
    [&*texts.number(count), texts.units.get(place).copied().unwrap_or_default()].concat()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float cast saturates")]
fn whole_seconds(seconds: f64) -> u64 {
    seconds.max(0.0) as u64
}

fn span_in_units(seconds: f64, most: usize, texts: &Texts) -> String {
    let whole = whole_seconds(seconds);
    let parts = [whole / 86_400, whole / 3600 % 24, whole / 60 % 60, whole % 60];
    let first = parts.iter().position(|&part| part > 0).unwrap_or(3);
    let shown = parts.iter().zip(texts.units).skip(first).take(most).filter(|&(part, _)| *part > 0 || first == 3);
    shown.map(|(part, unit)| [&texts.number(*part), unit].concat()).collect::<Vec<_>>().join(" ")
}

/// The data loss, `ms` milliseconds of writes, in its two largest units. Rounded down where it is a least loss (`is_least`), and up
/// where it is a greatest one, so that it stays true.
#[must_use]
pub fn loss(ms: i64, is_least: bool, texts: &Texts) -> String {
    if is_least {
        return format_span(seconds(ms), texts);
    }
    let least = match ms {
        86_400_000.. => 3600.0,
        3_600_000.. => 60.0,
        _ => 1.0,
    };
    format_span((seconds(ms) / least).ceil() * least, texts)
}

/// A length of time in milliseconds, rounded up to a full second.
#[must_use]
pub fn span_of_ms(ms: i64, texts: &Texts) -> String {
    format_span(seconds(ms).ceil(), texts)
}

/// A time field in the viewer's zone. Text that is no time stays as it was sent; a missing one is empty.
#[must_use]
pub fn time(stamp: Option<&Stamp>, viewer: &Viewer) -> String {
    match stamp {
        Some(Stamp::Known(time)) => instant(time.timestamp_millis(), viewer),
        Some(Stamp::Raw(raw)) => visible(raw),
        None => String::new(),
    }
}

/// An instant in the viewer's zone, with its offset where that differs from the current one, which the footer shows.
#[must_use]
pub fn instant(ms: EpochMs, viewer: &Viewer) -> String {
    let today = viewer.today.unwrap_or_else(|| viewer.offset_minutes((viewer.clock.now)()));
    // Asked once for a time: each is a call of the browser.
    let offset = viewer.offset_minutes(ms);
    if offset == today { civil_at(ms, offset) } else { zoned_at(ms, offset) }
}

/// The date and time of day of an instant in the viewer's zone, without its offset.
#[must_use]
pub fn civil(ms: EpochMs, viewer: &Viewer) -> String {
    civil_at(ms, viewer.offset_minutes(ms))
}

fn civil_at(ms: EpochMs, offset: i32) -> String {
    let zoned = from_epoch_ms(ms, offset);
    zoned.map_or_else(|| ms.to_string(), |zoned| format_civil(&zoned.naive_local()))
}

/// The date and time of day of an instant in the viewer's zone, with its offset.
#[must_use]
pub fn zoned(ms: EpochMs, viewer: &Viewer) -> String {
    zoned_at(ms, viewer.offset_minutes(ms))
}

fn zoned_at(ms: EpochMs, offset: i32) -> String {
    [&civil_at(ms, offset), " ", &*format_offset(offset)].concat()
}

/// The time of day of an instant, with its date where that is not today.
#[must_use]
pub fn time_of_day(ms: EpochMs, viewer: &Viewer) -> String {
    let (full, now) = (instant(ms, viewer), instant((viewer.clock.now)(), viewer));
    match (full.split_once(' '), now.split_once(' ')) {
        (Some((date, time)), Some((today, _))) if date == today => time.to_owned(),
        _ => full,
    }
}

/// A time range: its preset's name, or its ends.
#[must_use]
pub fn range(range: TimeRange, viewer: &Viewer) -> String {
    let texts = viewer.locale.texts();
    match (texts.presets.of(range), range) {
        (Some(preset), _) => preset.to_owned(),
        (None, TimeRange::Last(span)) => fill(texts.last_span, &[("span", &relative_span(span, texts))]),
        (None, TimeRange::Relative { start, end, zone }) => {
            let days = [texts.today, texts.yesterday, texts.last_7_full_days];
            let ends = || [start.to_string(), end.to_string()].join(" → ");
            let name = range.days().and_then(|index| days.get(index)).map_or_else(ends, |name| (*name).to_owned());
            let now = (viewer.clock.now)();
            [&name, " · ", &*format_offset((viewer.clock.offset_minutes)(zone, now))].concat()
        }
        (None, TimeRange::Between { start, end }) => {
            let ends = [instant(start, viewer), instant(end, viewer)].join(" → ");
            [&ends, " · ", &*format_offset(viewer.offset_minutes(start))].concat()
        }
        (None, TimeRange::All) => String::new(),
    }
}

/// A length of time that looks back from now, in its own unit: `90 min`. Weeks and months are told in days.
fn relative_span(span: Span, texts: &Texts) -> String {
    let [days, hours, minutes, _] = texts.units;
    let (factor, unit) = match span.unit {
        Unit::Minutes => (1, minutes),
        Unit::Hours => (1, hours),
        Unit::Days => (1, days),
        Unit::Weeks => (7, days),
        Unit::Months => (30, days),
    };
    [&texts.number(u64::from(span.count) * factor), unit].concat()
}

/// Says in which zone times are shown, by its offset at `now`.
#[must_use]
pub fn zone(viewer: &Viewer, now: EpochMs) -> String {
    fill(viewer.locale.texts().times_in, &[("zone", &format_offset(viewer.offset_minutes(now)))])
}

/// A tenant's name within a sentence: its first 60 characters, none of them hidden.
#[must_use]
pub fn short_name(name: &str) -> String {
    clamp(&visible(name), 60).0.to_owned()
}

/// A number, or `?` where the server did not send it.
#[must_use]
pub fn known(number: Option<u64>, texts: &Texts) -> String {
    number.map_or_else(|| "?".to_owned(), |number| texts.number(number))
}

/// Two sentences in a row, of which one may be empty. In Chinese there is no space between them.
#[must_use]
pub fn sentences(first: &str, second: &str) -> String {
    let gap = if first.is_empty() || second.is_empty() || first.ends_with('。') { "" } else { " " };
    [first, gap, second].concat()
}

/// Puts a no-break space after each number, so that it stays on one line with what it counts.
#[must_use]
pub fn unbroken(text: &str) -> String {
    let mut last = ' ';
    let keep = |c: char| match std::mem::replace(&mut last, c) {
        '0'..='9' if c == ' ' => '\u{a0}',
        _ => c,
    };
    text.chars().map(keep).collect()
}
