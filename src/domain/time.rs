//! Points in time as OCP writes them, the ranges that are asked for, and the zone in which they are shown.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::redact::Redacted;
use super::search::{split_at, split_once};

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type EpochMs = i64;

const MS_PER_MINUTE: i64 = 60_000;
const MS_PER_DAY: i64 = 24 * 60 * MS_PER_MINUTE;

/// The seam to the browser's clock, so that all else takes time as a value.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// The current time.
    pub now: fn() -> EpochMs,
    /// A number from 0 to 1, so that panels do not ask in step.
    pub random: fn() -> f64,
    /// Minutes east of UTC that a zone has at the given instant.
    pub offset_minutes: OffsetMinutes,
    /// The zone of an IANA name such as `Asia/Shanghai`, where the browser knows it.
    pub named_zone: fn(&str) -> Option<Zone>,
    /// The name of a [`Zone::Named`].
    pub zone_name: fn(usize) -> String,
}

/// Gives the minutes east of UTC that a zone has at an instant.
pub type OffsetMinutes = fn(Zone, EpochMs) -> i32;

/// The zone in which times are shown and picked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Zone {
    /// The browser's own.
    #[default]
    Local,
    /// Always this many minutes east of UTC.
    Fixed(i32),
    /// A named one, by its number in the clock that gave it.
    Named(usize),
}

impl Clock {
    /// Reads `local`, `UTC`, an offset such as `+08:00`, `+8` or `UTC+8`, or an IANA name.
    ///
    /// An abbreviation is no zone, even where the browser knows one: `CST` is a time of China, of America and of Cuba, and whoever writes
    /// `EST` may want the summer time of New York or not.
    #[must_use]
    pub fn zone(self, text: &str) -> Option<Zone> {
        if text.eq_ignore_ascii_case("local") {
            return Some(Zone::Local);
        }
        let offset =
            parse_time(&["2000-01-01T00:00", text].concat(), None).map(|time| time.offset().local_minus_utc() / 60);
        let is_abbreviation = text.len() < 5 && text.ends_with(['T', 't']);
        offset.map(Zone::Fixed).or_else(|| if is_abbreviation { None } else { (self.named_zone)(text) })
    }

    /// The name of `zone`, which [`Clock::zone`] reads.
    #[must_use]
    pub fn name(self, zone: Zone) -> String {
        match zone {
            Zone::Local => "local".to_owned(),
            Zone::Fixed(0) => "UTC".to_owned(),
            Zone::Fixed(minutes) => iso_offset(minutes),
            Zone::Named(index) => (self.zone_name)(index),
        }
    }
}

/// A time field: understood, or kept as it came so that it can be shown raw.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Stamp {
    /// An instant, with the offset that the server wrote it in.
    Known(DateTime<FixedOffset>),
    /// Text that no known form fits.
    Raw(Redacted),
}

impl Stamp {
    /// Reads `text`; what does not parse is kept raw.
    #[must_use]
    pub fn read(text: &str, assumed: Option<FixedOffset>) -> Self {
        parse_time(text, assumed).map_or_else(|| Self::Raw(Redacted::of(text)), Self::Known)
    }

    /// The instant, where there is one.
    #[must_use]
    pub fn epoch_ms(&self) -> Option<EpochMs> {
        match self {
            Self::Known(time) => Some(time.timestamp_millis()),
            Self::Raw(_) => None,
        }
    }
}

/// Reads every time form that OCP's documentation and servers are known to write: `2021-09-23T14:33:17.357+0800`,
/// RFC 3339 with 0 to 9 fraction digits, a space for `T`, `/` or `.` in the date, and numbers since 1970 (see [`parse_epoch`]).
///
/// A time without an offset is read in `assumed` (the offset of the response's own `timestamp`); without one it is no
/// instant, and `None` is returned rather than a guess.
#[must_use]
pub fn parse_time(text: &str, assumed: Option<FixedOffset>) -> Option<DateTime<FixedOffset>> {
    let text = text.trim();
    if let Some(ms) = parse_epoch(text) {
        return from_epoch_ms(ms, 0);
    }
    let mut scan = Scan(text);
    let year = scan.number(1, 5)?;
    let mark = ['-', '/', '.'].into_iter().find(|&mark| scan.eat(mark))?;
    let month = scan.number(1, 2)?;
    scan.eat(mark).then_some(())?;
    let day = scan.number(1, 2)?;
    if !(scan.eat('T') || scan.eat('t')) {
        scan.eat(' ').then_some(())?;
    }
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    let civil = date.and_time(scan.time_of_day()?);
    scan.0 = scan.0.trim_start();
    let offset = if scan.0.is_empty() { assumed? } else { scan.offset()? };
    scan.0.is_empty().then_some(())?;
    civil.and_local_timezone(offset).single()
}

/// Reads seconds since 1970, with a fraction or without one, or milli-, micro- or nanoseconds.
///
/// Its length tells which: from 2001 to 2286 there are 10 digits, 13, 16 or 19. Any other number is no time, so that a count or a 0 never
/// looks like one.
#[must_use]
pub fn parse_epoch(text: &str) -> Option<EpochMs> {
    let (seconds, rest) = text.split_at_checked(10)?;
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let fraction = match rest.strip_prefix('.') {
        Some(fraction) => fraction,
        None => [0, 3, 6, 9].contains(&rest.len()).then_some(rest)?,
    };
    if seconds.starts_with('0') || !is_digits(seconds) || !is_digits(fraction) {
        return None;
    }
    Some(seconds.parse::<i64>().ok()? * 1000 + i64::from(leading_digits(fraction, 3)))
}

/// The number that the first `count` digits of a fraction make. Missing ones are zeros.
fn leading_digits(fraction: &str, count: usize) -> u32 {
    let digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(count);
    digits.fold(0, |sum, b| sum * 10 + u32::from(b - b'0'))
}

/// Reads a civil time without a zone: `2026-11-23T08:47:45` or the console's form, seconds optional.
#[must_use]
pub fn parse_civil(text: &str) -> Option<NaiveDateTime> {
    parse_time(text, FixedOffset::east_opt(0)).map(|time| time.naive_utc())
}

struct Scan<'a>(&'a str);

impl Scan<'_> {
    fn eat(&mut self, wanted: char) -> bool {
        self.0.strip_prefix(wanted).map(|rest| self.0 = rest).is_some()
    }

    fn digits(&mut self, most: usize) -> &str {
        let length = self.0.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (digits, rest) = split_at(self.0, length);
        self.0 = rest;
        digits
    }

    fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let digits = self.digits(most);
        (digits.len() >= least).then(|| digits.parse().ok())?
    }

    fn time_of_day(&mut self) -> Option<NaiveTime> {
        let hour = self.number(1, 2)?;
        self.eat(':').then_some(())?;
        let minute = self.number(1, 2)?;
        let second = if self.eat(':') { self.number(1, 2)? } else { 0 };
        let mut nanos = 0;
        if self.eat('.') || self.eat(',') {
            nanos = leading_digits(self.digits(usize::MAX), 9);
        }
        NaiveTime::from_hms_nano_opt(hour, minute, second, nanos)
    }

    /// `Z`, `UTC`, `+0800`, `+08:00`, `+08` or `+8`, the last ones also after `UTC` or `GMT`.
    fn offset(&mut self) -> Option<FixedOffset> {
        let name = self.0.get(..3).filter(|name| ["UTC", "GMT"].iter().any(|utc| name.eq_ignore_ascii_case(utc)));
        let is_zulu = self.eat('Z') || self.eat('z');
        if name.is_some() {
            self.0 = self.0.get(3..).unwrap_or_default().trim_start();
        }
        if (is_zulu || name.is_some()) && self.0.is_empty() {
            return FixedOffset::east_opt(0);
        }
        let sign = if self.eat('+') { 1 } else { self.eat('-').then_some(-1)? };
        let hours = self.number(1, 2)?;
        self.eat(':');
        let minutes = if self.0.is_empty() { 0 } else { self.number(2, 2)? };
        (minutes < 60 && !is_zulu).then_some(())?;
        FixedOffset::east_opt(sign * i32::try_from(hours * 3600 + minutes * 60).ok()?)
    }
}

/// The instant `ms`, written in an offset of `offset_minutes` east of UTC; `None` beyond what a calendar holds.
#[must_use]
pub fn from_epoch_ms(ms: EpochMs, offset_minutes: i32) -> Option<DateTime<FixedOffset>> {
    let offset = FixedOffset::east_opt(offset_minutes.checked_mul(60)?)?;
    let utc = DateTime::from_timestamp_millis(ms)?.naive_utc();
    // The calendar ends before the last instants do: adding the offset there would panic.
    utc.checked_add_offset(offset)?;
    Some(DateTime::from_naive_utc_and_offset(utc, offset))
}

/// `2021-09-23 14:33:17`, the console's own form.
#[must_use]
pub fn format_civil(time: &NaiveDateTime) -> String {
    let mut out = String::with_capacity(19);
    if time.year() < 0 {
        out.push('-');
    }
    push_padded(&mut out, time.year().unsigned_abs(), 4);
    for (mark, number) in
        [('-', time.month()), ('-', time.day()), (' ', time.hour()), (':', time.minute()), (':', time.second())]
    {
        out.push(mark);
        push_padded(&mut out, number, 2);
    }
    out
}

/// `2021-09-23T14:33:17`, ISO 8601 without an offset.
#[must_use]
pub fn format_field(time: &NaiveDateTime) -> String {
    format_civil(time).replace(' ', "T")
}

/// `UTC+08:00`, or `UTC` for none.
#[must_use]
pub fn format_offset(minutes: i32) -> String {
    let mut out = String::from("UTC");
    if minutes != 0 {
        out.push(if minutes < 0 { '-' } else { '+' });
        let minutes = minutes.unsigned_abs();
        push_padded(&mut out, minutes / 60, 2);
        out.push(':');
        push_padded(&mut out, minutes % 60, 2);
    }
    out
}

/// `+08:00`, or `Z` for none: ISO 8601's own, which [`parse_time`] and [`Clock::zone`] read.
#[must_use]
pub fn iso_offset(minutes: i32) -> String {
    if minutes == 0 {
        "Z".to_owned()
    } else {
        format_offset(minutes).trim_start_matches(|c: char| c.is_ascii_alphabetic()).to_owned()
    }
}

/// `2021-09-23T06:33:17.357Z`: the one form that OCP's parser takes for certain, since a `+` in a URL may arrive as a
/// space and `+0800` is refused.
#[must_use]
pub fn format_utc(ms: EpochMs) -> Option<String> {
    let time = from_epoch_ms(ms, 0)?.naive_utc();
    let mut out = format_field(&time);
    out.push('.');
    push_padded(&mut out, time.nanosecond() / 1_000_000, 3);
    out.push('Z');
    Some(out)
}

fn push_padded(out: &mut String, number: u32, width: usize) {
    let digits = number.to_string();
    out.extend(std::iter::repeat_n('0', width.saturating_sub(digits.len())));
    out.push_str(&digits);
}

/// The instant that a civil time of the viewer's zone names.
///
/// In an overlap (clocks set back) the earlier instant is taken, in a gap (clocks set forward) the time moves on by the
/// gap's length, as browsers and RFC 5545 do.
#[must_use]
pub fn from_civil(civil: NaiveDateTime, offset_minutes: impl Fn(EpochMs) -> i32) -> EpochMs {
    from_civil_ms(civil.and_utc().timestamp_millis(), &offset_minutes)
}

/// As [`from_civil`], of a civil time that is told as if it were of UTC.
fn from_civil_ms(as_utc: EpochMs, offset_minutes: &dyn Fn(EpochMs) -> i32) -> EpochMs {
    let before = offset_minutes(as_utc.saturating_sub(MS_PER_DAY));
    let after = offset_minutes(as_utc.saturating_add(MS_PER_DAY));
    let instant = |offset: i32| as_utc.saturating_sub(i64::from(offset) * MS_PER_MINUTE);
    [before, after]
        .into_iter()
        .find(|&offset| offset_minutes(instant(offset)) == offset)
        .map_or(instant(before), instant)
}

/// The civil time `months` later, at most the last day of that month. Both are told as if they were of UTC.
fn add_months(as_utc: EpochMs, months: i64) -> Option<EpochMs> {
    let time = from_epoch_ms(as_utc, 0)?.naive_utc();
    let months = i64::from(time.year()) * 12 + i64::from(time.month0()) + months;
    let (year, month) = (i32::try_from(months.div_euclid(12)).ok()?, u32::try_from(months.rem_euclid(12)).ok()? + 1);
    let day = (1..=time.day()).rev().find_map(|day| NaiveDate::from_ymd_opt(year, month, day))?;
    Some(day.and_time(time.time()).and_utc().timestamp_millis())
}

/// The unit of a [`Span`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Written `m`.
    Minutes,
    /// Written `h`.
    Hours,
    /// Written `d`, 24 hours each.
    Days,
    /// Written `w`, 7 days each.
    Weeks,
    /// Written `M`. How long one is tells a calendar.
    Months,
}

/// A length of time that looks back from now, as in "the last 24 hours".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// How many units, at least 1.
    pub count: u32,
    /// What is counted.
    pub unit: Unit,
}

impl Span {
    /// Its length in milliseconds; a month counts 30 days.
    #[must_use]
    pub fn millis(self) -> i64 {
        let minutes = match self.unit {
            Unit::Minutes => 1,
            Unit::Hours => 60,
            Unit::Days => 24 * 60,
            Unit::Weeks => 7 * 24 * 60,
            Unit::Months => 30 * 24 * 60,
        };
        i64::from(self.count) * minutes * MS_PER_MINUTE
    }

    /// Reads `90m`, `24h`, `7d`, `2w` or `1M`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (count, unit) = text.trim().split_at_checked(text.trim().len().checked_sub(1)?)?;
        let unit = match unit {
            "m" => Unit::Minutes,
            "h" => Unit::Hours,
            "d" => Unit::Days,
            "w" => Unit::Weeks,
            "M" => Unit::Months,
            _ => return None,
        };
        let count = count.bytes().all(|b| b.is_ascii_digit()).then(|| count.parse().ok())??;
        (count > 0).then_some(Self { count, unit })
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.count, self.unit)
    }
}

impl std::fmt::Display for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Minutes => "m",
            Self::Hours => "h",
            Self::Days => "d",
            Self::Weeks => "w",
            Self::Months => "M",
        })
    }
}

/// A point in time that is counted back from now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ago {
    /// How far back; `None` for now itself.
    pub back: Option<Span>,
    /// Rounded to this unit of a calendar: a start down, an end up.
    pub round: Option<Unit>,
}

impl Ago {
    /// Now.
    pub const NOW: Self = Self { back: None, round: None };

    /// Reads `now`, `now-24h`, `now-7d/d` or `now/w`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.trim().strip_prefix("now")?;
        let (back, round) = match rest.split_once('/') {
            Some((back, unit)) => (back, Some(Span::parse(&["1", unit].concat())?.unit)),
            None => (rest, None),
        };
        let back = match back.trim().strip_prefix('-') {
            Some(span) => Some(Span::parse(span)?),
            None => back.trim().is_empty().then_some(None)?,
        };
        Some(Self { back, round })
    }

    /// Whether it is another instant in another zone.
    #[must_use]
    pub fn has_calendar(self) -> bool {
        self.round.is_some() || self.back.is_some_and(|back| back.unit == Unit::Months)
    }

    /// The instant at `now`, by the calendar of the zone that is `offset_minutes` east of UTC at an instant. `is_end` rounds up. Weeks begin
    /// on Monday.
    ///
    /// Where it is rounded, days and weeks are those of the calendar, too: on the day after clocks were set, 24 hours back may be the day
    /// before yesterday.
    #[must_use]
    pub fn resolve(self, is_end: bool, now: EpochMs, offset_minutes: &dyn Fn(EpochMs) -> i32) -> Option<EpochMs> {
        let civil = |at: EpochMs| at.checked_add(i64::from(offset_minutes(at)) * MS_PER_MINUTE);
        let at = match self.back {
            None => now,
            Some(Span { count, unit: Unit::Months }) => {
                from_civil_ms(add_months(civil(now)?, -i64::from(count))?, offset_minutes)
            }
            Some(back @ Span { unit: Unit::Days | Unit::Weeks, .. }) if self.round.is_some() => {
                from_civil_ms(civil(now)?.checked_sub(back.millis())?, offset_minutes)
            }
            Some(back) => now.checked_sub(back.millis())?,
        };
        let Some(unit) = self.round else { return Some(at) };
        let (civil, step) = (civil(at)?, Span { count: 1, unit }.millis());
        // `None` beyond the calendar, where the numbers below would overflow.
        let day = i64::from(from_epoch_ms(civil, 0)?.day0());
        let bound = match unit {
            Unit::Minutes | Unit::Hours => {
                let first = at - civil.rem_euclid(step);
                return Some(if is_end { first + step - 1 } else { first });
            }
            Unit::Days | Unit::Weeks => {
                // 1970 began on a Thursday.
                let monday = if unit == Unit::Weeks { 3 * MS_PER_DAY } else { 0 };
                civil - (civil + monday).rem_euclid(step) + if is_end { step } else { 0 }
            }
            Unit::Months => {
                let first = civil - civil.rem_euclid(MS_PER_DAY) - day * MS_PER_DAY;
                if is_end { add_months(first, 1)? } else { first }
            }
        };
        Some(from_civil_ms(bound, offset_minutes) - i64::from(is_end))
    }
}

impl std::fmt::Display for Ago {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("now")?;
        if let Some(back) = self.back {
            write!(f, "-{back}")?;
        }
        match self.round {
            Some(unit) => write!(f, "/{unit}"),
            None => Ok(()),
        }
    }
}

/// The time filter of a query.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TimeRange {
    /// No filter. The default: a log backup task is a stream that may have started weeks ago.
    #[default]
    All,
    /// Relative, and stays so: resolved anew at each request.
    Last(Span),
    /// The same between any two ends, by the calendar of a zone.
    Relative {
        /// Start, inclusive.
        start: Ago,
        /// End.
        end: Ago,
        /// Whose days and hours the ends are rounded to.
        zone: Zone,
    },
    /// Absolute, both ends.
    Between {
        /// Start, inclusive.
        start: EpochMs,
        /// End.
        end: EpochMs,
    },
}

impl TimeRange {
    /// The presets of the range picker, those of OCP's console and one hour.
    pub const PRESETS: [Self; 5] = [
        Self::All,
        Self::Last(Span { count: 1, unit: Unit::Hours }),
        Self::Last(Span { count: 24, unit: Unit::Hours }),
        Self::Last(Span { count: 7, unit: Unit::Days }),
        Self::Last(Span { count: 30, unit: Unit::Days }),
    ];

    /// The two ends of each range of whole days that the range picker offers: today, yesterday, and the last 7 full days.
    pub const DAYS: [(&str, &str); 3] = [("now/d", "now"), ("now-1d/d", "now-1d/d"), ("now-7d/d", "now-1d/d")];

    /// Which of [`TimeRange::DAYS`] it is.
    #[must_use]
    pub fn days(self) -> Option<usize> {
        let Self::Relative { start, end, .. } = self else { return None };
        Self::DAYS.iter().position(|days| Ago::parse(days.0) == Some(start) && Ago::parse(days.1) == Some(end))
    }

    /// The range of the same length right before this one, or right after it where `is_later`. `None` for all time, and for a range that
    /// would begin in the future.
    #[must_use]
    pub fn shifted(self, is_later: bool, now: EpochMs, offset_minutes: OffsetMinutes) -> Option<Self> {
        let (start, end) = self.resolve(now, offset_minutes)?;
        // A whole day ends in its last millisecond.
        let length = end - start + i64::from((end - start) % 1000 == 999);
        let by = if is_later { length } else { -length };
        let (start, end) = (start.saturating_add(by), end.saturating_add(by));
        (start < now).then_some(Self::Between { start, end })
    }

    /// The relative range between two ends of the calendar of `zone`.
    #[must_use]
    pub fn relative(start: Ago, end: Ago, zone: Zone) -> Self {
        match (start, end) {
            (Ago { back: Some(span), .. }, Ago::NOW) if !start.has_calendar() => Self::Last(span),
            _ => Self::Relative { start, end, zone },
        }
    }

    /// Reads `all`, a length of time before now such as `24h`, or two relative ends: `now-7d/d to now`, rounded by the calendar of
    /// `zone`.
    #[must_use]
    pub fn parse(text: &str, zone: Zone) -> Option<Self> {
        if text.eq_ignore_ascii_case("all") {
            return Some(Self::All);
        }
        match split_once(text, " to ") {
            Some((start, end)) => Some(Self::relative(Ago::parse(start)?, Ago::parse(end)?, zone)),
            None => Some(Self::relative(Ago { back: Some(Span::parse(text)?), round: None }, Ago::NOW, zone)),
        }
    }

    /// Writes it for [`TimeRange::recall`]. `None` for all time. A range that a named zone rounds is left out: a name is only of use to the
    /// browser that knows it.
    #[must_use]
    pub fn record(self) -> Option<String> {
        match self {
            Self::All | Self::Relative { zone: Zone::Named(_), .. } => None,
            Self::Last(span) => Some(span.to_string()),
            Self::Relative { start, end, zone } => {
                let offset = if let Zone::Fixed(minutes) = zone { iso_offset(minutes) } else { String::new() };
                Some([&*start.to_string(), " to ", &*end.to_string(), " ", &*offset].concat().trim_end().to_owned())
            }
            Self::Between { start, end } => Some([start.to_string(), "..".to_owned(), end.to_string()].concat()),
        }
    }

    /// Reads what [`TimeRange::record`] wrote.
    #[must_use]
    pub fn recall(text: &str) -> Option<Self> {
        if let Some((start, end)) = text.split_once("..") {
            return between(start.parse().ok(), end.parse().ok()).ok();
        }
        let Some((range, offset)) = text.rsplit_once(' ').filter(|(_, offset)| *offset == "Z" || offset.contains(':'))
        else {
            return Self::parse(text, Zone::Local);
        };
        let offset = parse_time(&["2000-01-01T00:00", offset].concat(), None)?.offset().local_minus_utc() / 60;
        Self::parse(range, Zone::Fixed(offset))
    }

    /// The zone, if the range is another one in another zone.
    #[must_use]
    pub fn zone(self) -> Option<Zone> {
        match self {
            Self::Relative { start, end, zone } => (start.has_calendar() || end.has_calendar()).then_some(zone),
            _ => None,
        }
    }

    /// Whether it reads as `other` does, in whichever zone.
    #[must_use]
    pub fn reads_as(self, other: Self) -> bool {
        match (self, other) {
            (Self::Relative { start, end, .. }, Self::Relative { start: from, end: to, .. }) => {
                (start, end) == (from, to)
            }
            _ => self == other,
        }
    }

    /// Start and end to send at `now`; both or neither, since OCP refuses a range with one end.
    #[must_use]
    pub fn resolve(self, now: EpochMs, offset_minutes: OffsetMinutes) -> Option<(EpochMs, EpochMs)> {
        match self {
            Self::All => None,
            Self::Last(span) => Some((now.saturating_sub(span.millis()), now)),
            Self::Relative { start, end, zone } => {
                let offset = |ms| offset_minutes(zone, ms);
                Some((start.resolve(false, now, &offset)?, end.resolve(true, now, &offset)?))
            }
            Self::Between { start, end } => Some((start, end)),
        }
    }
}

/// Why two picked ends are no range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangeError {
    /// Neither end is given.
    Empty,
    /// The start is missing or no time.
    StartMissing,
    /// The end is missing or no time.
    EndMissing,
    /// The end is not after the start.
    EndBeforeStart,
}

/// The absolute range from two ends of which either may be missing.
///
/// # Errors
/// [`RangeError`] names the end to mend.
pub fn between(start: Option<EpochMs>, end: Option<EpochMs>) -> Result<TimeRange, RangeError> {
    match (start, end) {
        (None, None) => Err(RangeError::Empty),
        (None, Some(_)) => Err(RangeError::StartMissing),
        (Some(_), None) => Err(RangeError::EndMissing),
        (Some(start), Some(end)) if end <= start => Err(RangeError::EndBeforeStart),
        (Some(start), Some(end)) => Ok(TimeRange::Between { start, end }),
    }
}

/// Milliseconds as seconds.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "milliseconds of a calendar fit an f64 exactly")]
pub fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

/// Seconds as whole milliseconds.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "a float cast saturates")]
pub fn ms(seconds: f64) -> i64 {
    (seconds * 1000.0) as i64
}
