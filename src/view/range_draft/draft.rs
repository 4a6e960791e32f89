//! The draft of a time range: what the user typed and picked, until it is applied.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use leptos::prelude::*;
use web_sys::ClipboardEvent;

use super::super::context::PanelContext;
use super::super::preferences::remember_range;
use super::super::zone_select::choose_zone;
use crate::domain::moment::{Moment, Oddity, split_range, typed_range, write_civil, write_range};
use crate::domain::query::Intent;
use crate::domain::time::{EpochMs, RangeError, TimeRange, Zone, format_civil, from_civil, from_epoch_ms};
use crate::text::format::{span_of_ms, zone, zoned};
use crate::text::texts::fill;
use crate::text::viewer::Viewer;

/// The draft of a range. A copy is a handle to the same draft. Its methods track what they read.
#[derive(Clone, Copy)]
pub struct Draft {
    context: PanelContext,
    /// Whether the popover is shown.
    open: RwSignal<bool>,
    /// The text of the start.
    start: RwSignal<String>,
    /// The text of the end.
    end: RwSignal<String>,
    /// Whether the user has tried to apply a range that is invalid.
    refused: RwSignal<bool>,
    /// The zone of the times in the fields, and of the whole panel once the range is applied.
    zone: RwSignal<Zone>,
    days: RwSignal<Days>,
}

/// What the calendar remembers.
#[derive(Clone, Copy)]
struct Days {
    /// The day that its keys are on.
    focused: NaiveDate,
    /// The first of two picked days, until the second is picked.
    first: Option<NaiveDate>,
}

impl Draft {
    /// The draft of the range that the panel shows.
    #[must_use]
    pub fn new(context: PanelContext, open: RwSignal<bool>) -> Self {
        let draft = Self {
            context,
            open,
            start: RwSignal::default(),
            end: RwSignal::default(),
            refused: RwSignal::new(false),
            zone: RwSignal::new(untrack(|| context.viewer()).zone),
            days: RwSignal::new(Days { focused: NaiveDate::default(), first: None }),
        };
        untrack(|| {
            draft.write(context.panel.query.read().range);
            draft.focus(draft.day_of(false).or(draft.today()).unwrap_or_default());
        });
        draft
    }

    fn write(self, range: TimeRange) {
        let civil = |ms| write_civil(ms, self.offset(ms)).unwrap_or_default();
        let (start, end) = match range {
            TimeRange::All => (String::new(), String::new()),
            TimeRange::Last(span) => (["now-", &span.to_string()].concat(), "now".to_owned()),
            TimeRange::Relative { start, end, .. } => (start.to_string(), end.to_string()),
            TimeRange::Between { start, end } => (civil(start), civil(end)),
        };
        self.start.set(start);
        self.end.set(end);
    }

    /// The text of an end.
    #[must_use]
    pub fn text(self, is_end: bool) -> String {
        self.field(is_end).get()
    }

    fn field(self, is_end: bool) -> RwSignal<String> {
        if is_end { self.end } else { self.start }
    }

    /// Takes the text that the user typed for an end.
    pub fn type_in(self, is_end: bool, text: String) {
        self.field(is_end).set(text);
        self.edited();
    }

    /// Takes the texts of both ends.
    pub fn fill(self, start: &str, end: &str) {
        self.start.set(start.to_owned());
        self.end.set(end.to_owned());
        self.edited();
    }

    /// Takes both ends from a pasted range. Other text is pasted at the cursor, as usual.
    pub fn paste(self, event: &ClipboardEvent) {
        let text = event.clipboard_data().and_then(|data| data.get_data("text").ok());
        if let Some((start, end)) = text.as_deref().and_then(split_range) {
            event.prevent_default();
            self.fill(&start, &end);
        }
    }

    /// Forgets what was picked or refused before, because the texts changed. Turns the calendar to the start.
    fn edited(self) {
        self.refused.set(false);
        let start = self.day_of(false);
        self.days.update(|days| *days = Days { focused: start.unwrap_or(days.focused), first: None });
    }

    /// Takes a picked day. The first day makes a range of one day, a second one a range of days. Times of day in the fields are kept.
    pub fn pick(self, day: NaiveDate) {
        let first = self.days.with(|days| days.first);
        let other = first.unwrap_or(day);
        let last_second = NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default();
        let time = |is_end: bool| match self.moment(is_end) {
            Some(Moment::Civil(civil)) => civil.time(),
            Some(Moment::At(at)) => self.civil(at).unwrap_or_default().time(),
            _ if is_end => last_second,
            _ => NaiveTime::MIN,
        };
        let (mut start, mut end) = (day.min(other).and_time(time(false)), day.max(other).and_time(time(true)));
        if end <= start {
            (start, end) = (start.date().and_time(NaiveTime::MIN), end.date().and_time(last_second));
        }
        self.start.set(format_civil(&start));
        self.end.set(format_civil(&end));
        self.refused.set(false);
        self.days.set(Days { focused: day, first: first.is_none().then_some(day) });
    }

    /// Makes `day` the one that the arrow keys start from.
    pub fn focus(self, day: NaiveDate) {
        self.days.update(|days| days.focused = day);
    }

    /// The day that the keys of the calendar are on.
    #[must_use]
    pub fn focused(self) -> NaiveDate {
        self.days.with(|days| days.focused)
    }

    /// Writes the times in the fields anew, as `zone` has them, so that they stay the same instants. The panel follows when the range is
    /// applied.
    pub fn set_zone(self, zone: Zone) {
        let instants = [false, true].map(|is_end| match self.moment(is_end) {
            Some(Moment::Civil(civil)) => Some(from_civil(civil, |ms| self.offset(ms))),
            _ => None,
        });
        self.zone.set(zone);
        for (is_end, at) in [false, true].into_iter().zip(instants) {
            if let Some(civil) = at.and_then(|at| write_civil(at, self.offset(at))) {
                self.field(is_end).set(civil);
            }
        }
    }

    /// The zone of the times in the fields.
    #[must_use]
    pub fn zone(self) -> Zone {
        self.zone.get()
    }

    /// Applies the range and the zone, or says why the range is invalid.
    pub fn apply(self) {
        let zone = self.zone.get_untracked();
        let is_other_zone = zone != untrack(|| self.context.viewer()).zone;
        let range = match self.range() {
            Ok(range) => Some(range),
            // Both fields are empty, so the zone is all that the user wants to change.
            Err(RangeError::Empty) if is_other_zone && !self.is_no_time(false) && !self.is_no_time(true) => None,
            Err(_) => return self.refused.set(true),
        };
        self.close();
        if is_other_zone {
            choose_zone(self.context, zone);
        }
        if let Some(range) = range {
            remember_range(range);
            self.context.panel.apply(Intent::Range(range));
        }
    }

    /// Applies a range that was applied before, as it is.
    pub fn choose(self, range: TimeRange) {
        self.close();
        remember_range(range);
        self.context.panel.apply(Intent::Range(range));
    }

    /// The range of the panel, moved by its length. Tracks the range.
    #[must_use]
    pub fn shifted(self, is_later: bool) -> Option<TimeRange> {
        let range = self.context.panel.query.read().range;
        range.shifted(is_later, self.now(), self.context.panel.clock.offset_minutes)
    }

    /// Applies `range` and stays open, so that the user can move on.
    pub fn show(self, range: Option<TimeRange>) {
        if let Some(range) = range {
            self.context.panel.apply(Intent::Range(range));
            self.write(range);
            self.edited();
        }
    }

    /// Removes the time range.
    pub fn clear(self) {
        self.close();
        self.context.panel.apply(Intent::Range(TimeRange::All));
    }

    /// Closes the popover.
    pub fn close(self) {
        self.open.set(false);
        // The focus may be in a field, which goes away, so it is moved.
        if let Some(toggle) = self.context.find("[part=custom-range]") {
            _ = toggle.focus();
        }
    }

    /// The range as text that can be pasted.
    #[must_use]
    pub fn to_text(self) -> String {
        write_range(self.range().unwrap_or_default(), |ms| self.offset(ms))
    }

    /// The day of an end in the draft's zone.
    #[must_use]
    pub fn day_of(self, is_end: bool) -> Option<NaiveDate> {
        self.civil(self.at(is_end)?).map(|civil| civil.date())
    }

    /// The current day in the draft's zone.
    #[must_use]
    pub fn today(self) -> Option<NaiveDate> {
        self.civil(self.now()).map(|now| now.date())
    }

    /// Whether this end makes the range invalid, after the user has tried to apply it. Beside an end that cannot be read, the other one
    /// is not to blame.
    #[must_use]
    pub fn is_wrong(self, is_end: bool) -> bool {
        self.refused.get()
            && match self.range() {
                _ if self.is_no_time(false) || self.is_no_time(true) => self.is_no_time(is_end),
                Ok(_) => false,
                Err(RangeError::Empty | RangeError::EndBeforeStart) => true,
                Err(RangeError::StartMissing) => !is_end,
                Err(RangeError::EndMissing) => is_end,
            }
    }

    /// What is wrong with the range, after the user has tried to apply it.
    #[must_use]
    pub fn error(self) -> String {
        if !self.refused.get() {
            return String::new();
        }
        let texts = self.context.later_texts();
        let text = match self.range() {
            _ if self.is_no_time(false) || self.is_no_time(true) => texts.no_time,
            Ok(_) => "",
            Err(RangeError::Empty) => texts.range_empty,
            Err(RangeError::StartMissing) => texts.start_missing,
            Err(RangeError::EndMissing) => texts.end_missing,
            Err(RangeError::EndBeforeStart) => texts.end_before_start,
        };
        text.to_owned()
    }

    /// What the fields come to, and what clocks that are set make of it.
    #[must_use]
    pub fn preview(self) -> String {
        let (viewer, texts) = (self.viewer(), self.context.later_texts());
        let mut lines = match (self.at(false), self.at(true)) {
            (Some(start), Some(end)) if start < end => {
                // Up to the end of the last second: whole minutes and days are told as such.
                let (begun, left) = (start.rem_euclid(60_000), 60_000 - end.rem_euclid(60_000));
                let last = if begun == 0 && left <= 1000 { left } else { 0 };
                let span = fill(texts.range_span, &[("span", &span_of_ms(end - start + last, texts))]);
                vec![zoned(start, &viewer), zoned(end, &viewer), span]
            }
            _ => vec![zone(&viewer, self.now()), texts.range_help.to_owned()],
        };
        for is_end in [false, true] {
            let oddity = self.moment(is_end).and_then(|moment| moment.oddity(|ms| viewer.offset_minutes(ms)));
            let text = match oddity {
                None => continue,
                Some(Oddity::Skipped) => texts.time_skipped,
                Some(Oddity::Twice) => texts.time_twice,
            };
            lines.push(fill(text, &[("time", &self.text(is_end))]));
        }
        lines.join("\n")
    }

    fn range(self) -> Result<TimeRange, RangeError> {
        let Viewer { zone, clock, .. } = self.viewer();
        typed_range(&self.text(false), &self.text(true), self.now(), zone, clock.offset_minutes)
    }

    fn moment(self, is_end: bool) -> Option<Moment> {
        Moment::parse(&self.text(is_end))
    }

    fn at(self, is_end: bool) -> Option<EpochMs> {
        self.moment(is_end)?.resolve(is_end, self.now(), |ms| self.offset(ms))
    }

    fn is_no_time(self, is_end: bool) -> bool {
        !self.text(is_end).trim().is_empty() && self.at(is_end).is_none()
    }

    /// Who looks, in the zone of the draft.
    fn viewer(self) -> Viewer {
        Viewer { zone: self.zone.get(), ..self.context.viewer() }
    }

    fn now(self) -> EpochMs {
        (self.context.panel.clock.now)()
    }

    fn offset(self, ms: EpochMs) -> i32 {
        self.viewer().offset_minutes(ms)
    }

    /// The time of day in the draft's zone.
    fn civil(self, ms: EpochMs) -> Option<NaiveDateTime> {
        from_epoch_ms(ms, self.offset(ms)).map(|time| time.naive_local())
    }
}
