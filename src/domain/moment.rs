//! The ends of a time range as an operator types or pastes them: `now-24h`, `now-7d/d`, `2026-11-23 08:47:45`, ISO 8601.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::time::{
    Ago, EpochMs, OffsetMinutes, RangeError, Stamp, TimeRange, Zone, between, format_field, from_civil, from_epoch_ms,
    iso_offset, parse_civil,
};

/// One end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Counted back from now, and rounded by the viewer's calendar.
    Ago(Ago),
    /// An instant.
    At(EpochMs),
    /// A time of day of the viewer's zone, without an offset.
    Civil(NaiveDateTime),
    /// A day of the viewer's zone: a start is its first instant, an end its last.
    Day(NaiveDate),
}

/// What is odd about a civil time where clocks are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// Clocks skip it: it is moved on by as much.
    Skipped,
    /// Clocks show it twice: the first is meant.
    Twice,
}

impl Moment {
    /// Reads one end.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let relative = Ago::parse(text).map(Self::Ago);
        let at = || Stamp::read(text, None).epoch_ms().map(Self::At);
        relative.or_else(at).or_else(|| parse_civil(text).map(Self::Civil)).or_else(|| date(text).map(Self::Day))
    }

    /// The instant at `now`, in the zone that is `offset_minutes` east of UTC at an instant. `is_end` rounds up.
    #[must_use]
    pub fn resolve(self, is_end: bool, now: EpochMs, offset_minutes: impl Fn(EpochMs) -> i32) -> Option<EpochMs> {
        match self {
            Self::At(at) => Some(at),
            Self::Civil(civil) => Some(from_civil(civil, offset_minutes)),
            Self::Day(day) => {
                let day = if is_end { day.succ_opt()? } else { day };
                Some(from_civil(day.and_time(NaiveTime::MIN), offset_minutes) - i64::from(is_end))
            }
            Self::Ago(ago) => ago.resolve(is_end, now, offset_minutes),
        }
    }

    /// What is odd about a civil time in that zone.
    #[must_use]
    pub fn oddity(self, offset_minutes: impl Fn(EpochMs) -> i32) -> Option<Oddity> {
        let Self::Civil(civil) = self else { return None };
        let at = from_civil(civil, &offset_minutes);
        let shown = |at: EpochMs| from_epoch_ms(at, offset_minutes(at)).map(|time| time.naive_local());
        if shown(at) != Some(civil) {
            return Some(Oddity::Skipped);
        }
        // Clocks are set by an hour, or by half of one.
        let again = |minutes: i64| shown(at + minutes * 60_000) == Some(civil);
        (again(60) || again(30)).then_some(Oddity::Twice)
    }
}

/// The range from `start` to `end` as typed in `zone`. Two relative ends stay relative; one beside an absolute one is fixed as it is at
/// `now`. Text that is no time counts as missing.
///
/// # Errors
/// [`RangeError`] names the end to mend.
pub fn typed_range(
    start: &str,
    end: &str,
    now: EpochMs,
    zone: Zone,
    offset_minutes: OffsetMinutes,
) -> Result<TimeRange, RangeError> {
    let (from, to) = (Moment::parse(start), Moment::parse(end));
    let at = |moment: Option<Moment>, is_end| moment?.resolve(is_end, now, |ms| offset_minutes(zone, ms));
    let fixed = between(at(from, false), at(to, true))?;
    Ok(match (from, to) {
        (Some(Moment::Ago(from)), Some(Moment::Ago(to))) => TimeRange::relative(from, to, zone),
        _ => fixed,
    })
}

/// The two ends in a pasted text: `start → end`, `start to end`, `start ~ end`, or ISO 8601's `start/end`.
#[must_use]
pub fn split_range(text: &str) -> Option<(&str, &str)> {
    ["→", " to ", " ~ ", " – ", " - ", " 至 ", "/"].into_iter().find_map(|mark| {
        let (start, end) = text.split_once(mark)?;
        (Moment::parse(start).is_some() && Moment::parse(end).is_some()).then_some((start.trim(), end.trim()))
    })
}

fn date(text: &str) -> Option<NaiveDate> {
    parse_civil(&[text, "T00:00"].concat()).map(|midnight| midnight.date())
}

/// The days that a month's page of a calendar shows, in whole weeks of 7 from `week_start` (0 for Monday, 6 for Sunday).
#[must_use]
pub fn month_grid(day: NaiveDate, week_start: u32) -> Vec<NaiveDate> {
    let Some(first) = day.with_day(1) else { return Vec::new() };
    let lead = week_place(first, week_start);
    let start = first - TimeDelta::days(i64::from(lead));
    let weeks = (lead + u32::from(first.num_days_in_month())).div_ceil(7);
    (0..weeks * 7).filter_map(|index| start.checked_add_signed(TimeDelta::days(i64::from(index)))).collect()
}

/// How many days `day` is after the start of its week, 0 to 6; `week_start` as in [`month_grid`].
#[must_use]
pub fn week_place(day: NaiveDate, week_start: u32) -> u32 {
    (day.weekday().num_days_from_monday() + 7 - week_start) % 7
}

/// `range` as text that [`split_range`] and [`typed_range`] read back, wherever it is pasted: absolute ends carry their offset.
#[must_use]
pub fn write_range(range: TimeRange, offset_minutes: impl Fn(EpochMs) -> i32) -> String {
    let end = |at: EpochMs| {
        let offset = offset_minutes(at);
        let time = from_epoch_ms(at, offset).map(|time| format_field(&time.naive_local())).unwrap_or_default();
        [time, iso_offset(offset)].concat()
    };
    match range {
        TimeRange::All => String::new(),
        TimeRange::Last(span) => ["now-", &span.to_string(), " → now"].concat(),
        TimeRange::Relative { start, end, .. } => [start.to_string(), end.to_string()].join(" → "),
        TimeRange::Between { start, end: until } => [end(start), end(until)].join(" → "),
    }
}
