//! The ends of a time range as an operator types or pastes them: `now-24h`, `now-7d/d`, `2026-11-23 08:47:45`, ISO 8601, and more.
//! `docs/times.md` lists the forms with examples, and `tests/native/times.rs` reads each of them.

use chrono::{DateTime, Datelike, FixedOffset, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::time::{
    Ago, EpochMs, OffsetMinutes, RangeError, TimeRange, Zone, between, format_field, from_civil, from_epoch_ms,
    iso_offset, parse_time,
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
    /// The month of the viewer's zone that begins on this day.
    Month(NaiveDate),
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
        let text = half_width(text);
        let text = text.trim();
        if let Some(rest) = text.get(..3).filter(|now| now.eq_ignore_ascii_case("now")).and_then(|_| text.get(3..)) {
            return Ago::parse(&["now", &rest.replace(' ', "")].concat()).map(Self::Ago);
        }
        let (text, half_day) = take_half_day(text);
        let text = with_marks(&without_words(&text));
        let utc = FixedOffset::east_opt(0);
        let (is_instant, time) = match parse_time(&text, None) {
            Some(time) => (true, Some(time)),
            None => (false, parse_time(&text, utc)),
        };
        let time = match half_day {
            Some(half) => Some(half.apply(time?)?),
            None => time.or_else(|| end_of_day(&text)),
        };
        if let Some(time) = time {
            return is_plausible(time.year(), is_instant)
                .then(|| if is_instant { Self::At(time.timestamp_millis()) } else { Self::Civil(time.naive_local()) });
        }
        let day = |text: &str| parse_time(&[text, "T00:00"].concat(), utc).map(|midnight| midnight.date_naive());
        let day = day(&text).map(Self::Day).or_else(|| {
            // Without its day: `2026-11`.
            let mark = text.find(['-', '/', '.']).and_then(|at| text.get(at..=at))?;
            day(&[&*text, mark, "1"].concat()).map(Self::Month)
        });
        day.filter(|day| {
            half_day.is_none() && matches!(day, Self::Day(day) | Self::Month(day) if is_plausible(day.year(), false))
        })
    }

    /// The instant at `now`, in the zone that is `offset_minutes` east of UTC at an instant. `is_end` rounds up.
    #[must_use]
    pub fn resolve(self, is_end: bool, now: EpochMs, offset_minutes: impl Fn(EpochMs) -> i32) -> Option<EpochMs> {
        let (day, next) = match self {
            Self::At(at) => return Some(at),
            Self::Civil(civil) => return Some(from_civil(civil, offset_minutes)),
            Self::Ago(ago) => {
                let at = ago.resolve(is_end, now, &offset_minutes)?;
                return is_plausible(from_epoch_ms(at, 0)?.year(), true).then_some(at);
            }
            Self::Day(day) => (day, day.succ_opt()?),
            Self::Month(day) => (day, day.checked_add_months(Months::new(1))?),
        };
        let bound = if is_end { next } else { day };
        Some(from_civil(bound.and_time(NaiveTime::MIN), offset_minutes) - i64::from(is_end))
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

/// What may stand between two pasted ends, with spaces around it or without. [`half_width`] has made most dashes a `-`.
const BETWEEN: [&str; 12] = ["→", "->", "--", "\t", "\n", "\r", ",", "~", "至", "到", "to", "-"];

/// How long a pasted range may be, in bytes.
const MOST_PASTED: usize = 256;

/// The two ends in a pasted text: `start → end`, `start to end`, `start ~ end`, ISO 8601's `start/end`, and the like.
#[must_use]
pub fn split_range(text: &str) -> Option<(String, String)> {
    // Each mark is tried as the one between, so a long text would keep the page busy.
    if text.len() > MOST_PASTED {
        return None;
    }
    let text = half_width(text);
    let text = text.trim();
    let text = text.strip_prefix(['从', '自']).or_else(|| text.strip_prefix("from ")).unwrap_or(text);
    let end = |text: &str| {
        let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        Moment::parse(text).map(|_| text.to_owned())
    };
    BETWEEN.into_iter().chain(["/"]).find_map(|mark| {
        text.match_indices(mark).find_map(|(at, _)| {
            let (start, rest) = text.split_at_checked(at)?;
            end(start).zip(end(rest.get(mark.len()..)?))
        })
    })
}

/// `text` with the ASCII characters that stand for full-width ones, dashes and spaces of other kinds. Marks of direction and other
/// characters that are not seen are left out.
fn half_width(text: &str) -> String {
    let to_ascii = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        '\u{301c}' | '\u{223c}' => Some('~'),
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => None,
        '\t' | '\n' | '\r' => Some(c),
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    };
    text.chars().filter_map(to_ascii).collect()
}

/// Before noon or after it.
#[derive(Clone, Copy)]
enum HalfDay {
    Morning,
    Afternoon,
}

impl HalfDay {
    /// The time that is written as `time` in this half of the day; `None` where no clock shows it.
    fn apply(self, time: DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
        let hours = match (self, time.hour()) {
            (Self::Morning, 13..) => return None,
            (Self::Morning, 12) => -12,
            (Self::Afternoon, ..12) => 12,
            _ => 0,
        };
        time.checked_add_signed(TimeDelta::hours(hours))
    }
}

/// Takes the half of the day out of a text.
fn take_half_day(text: &str) -> (String, Option<HalfDay>) {
    let halves = [
        ("上午", HalfDay::Morning),
        ("下午", HalfDay::Afternoon),
        ("am", HalfDay::Morning),
        ("pm", HalfDay::Afternoon),
    ];
    let lower = text.to_ascii_lowercase();
    let found = halves.into_iter().find(|(word, _)| lower.contains(word));
    // The letters of a time are read in either case.
    found.map_or_else(|| (text.to_owned(), None), |(word, half)| (lower.replacen(word, " ", 1), Some(half)))
}

/// A date and a time in the marks of ISO 8601 instead of Chinese words: `2026年11月24日8时` becomes `2026-11-24 8:00`.
fn without_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        // What the word becomes before a number, and elsewhere.
        let (mark, last) = match c {
            '年' | '月' => ("-", ""),
            '日' | '号' | '號' => (" ", " "),
            '时' | '時' | '点' | '點' => (":", ":00"),
            '分' => (":", ""),
            '秒' => (" ", ""),
            ' ' if out.ends_with([' ', '-', ':']) => continue,
            c => {
                out.push(c);
                continue;
            }
        };
        out.truncate(out.trim_end().len());
        out.push_str(if rest.as_str().trim_start().starts_with(|c: char| c.is_ascii_digit()) { mark } else { last });
    }
    out.truncate(out.trim_end().len());
    out
}

/// A date and a time with the marks that the compact form leaves out: `20261124 0800` becomes `2026-11-24T08:00`.
fn with_marks(text: &str) -> String {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let day = match digits(text) {
        8 | 12 | 14 => 8,
        _ => text.find([' ', 'T', 't']).unwrap_or(text.len()),
    };
    let (date, time) = text.split_at_checked(day).unwrap_or((text, ""));
    let date = match (digits(date), date.get(..4), date.get(4..6), date.get(6..)) {
        (8, Some(year), Some(month), Some(day)) => [year, "-", month, "-", day].concat(),
        _ => date.to_owned(),
    };
    let time = time.trim_start_matches([' ', 'T', 't']);
    let time = match (digits(time), time.get(..2), time.get(2..4), time.get(4..)) {
        (4, Some(hour), Some(minute), Some(rest)) => [hour, ":", minute, rest].concat(),
        (6, Some(hour), Some(minute), Some(rest)) => [hour, ":", minute, ":", rest].concat(),
        _ => time.to_owned(),
    };
    if time.is_empty() { date } else { [date, time].join("T") }
}

/// The midnight that `24:00` of a day is.
fn end_of_day(text: &str) -> Option<DateTime<FixedOffset>> {
    let day = text.strip_suffix("T24:00:00").or_else(|| text.strip_suffix("T24:00"))?;
    let midnight = parse_time(&[day, "T00:00"].concat(), FixedOffset::east_opt(0))?;
    midnight.checked_add_signed(TimeDelta::days(1))
}

/// Whether there may be backups of that year; else it is a slip of the hand such as `0226` or `26`. An instant may be in the next year by
/// another zone.
fn is_plausible(year: i32, is_instant: bool) -> bool {
    let slack = i32::from(is_instant);
    (1970 - slack..=9999 + slack).contains(&year)
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
    weekday_place(day.weekday().num_days_from_monday(), week_start)
}

/// The same of a day of the week, 0 for Monday to 6 for Sunday.
#[must_use]
pub fn weekday_place(weekday: u32, week_start: u32) -> u32 {
    (weekday + 7 - week_start) % 7
}

/// `2021-09-23T14:33:17`, with milliseconds where they are not 0.
fn format_exactly(time: &NaiveDateTime) -> String {
    let ms = time.and_utc().timestamp_subsec_millis();
    let fraction = if ms == 0 { String::new() } else { (1000 + ms).to_string().replacen('1', ".", 1) };
    [format_field(time), fraction].concat()
}

/// An instant as the text of an end, in the zone that is `offset_minutes` east of UTC: `2021-09-23 14:33:17`.
#[must_use]
pub fn write_civil(at: EpochMs, offset_minutes: i32) -> Option<String> {
    from_epoch_ms(at, offset_minutes).map(|time| format_exactly(&time.naive_local()).replace('T', " "))
}

/// `range` as text that [`split_range`] and [`typed_range`] read back, wherever it is pasted: absolute ends carry their offset.
#[must_use]
pub fn write_range(range: TimeRange, offset_minutes: impl Fn(EpochMs) -> i32) -> String {
    let end = |at: EpochMs| {
        let offset = offset_minutes(at);
        let time = from_epoch_ms(at, offset).map(|time| format_exactly(&time.naive_local())).unwrap_or_default();
        [time, iso_offset(offset)].concat()
    };
    match range {
        TimeRange::All => String::new(),
        TimeRange::Last(span) => ["now-", &span.to_string(), " → now"].concat(),
        TimeRange::Relative { start, end, .. } => [start.to_string(), end.to_string()].join(" → "),
        TimeRange::Between { start, end: until } => [end(start), end(until)].join(" → "),
    }
}
