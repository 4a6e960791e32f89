//! A time range of one's own: two ends typed, pasted or picked from a calendar (WAI-ARIA's date grid), until they are applied.
//! Native `datetime-local` fields follow the browser's language and not the panel's, take no `now-24h` and no pasted range.

use chrono::{Datelike, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::Ui;
use super::copy_button::copy_button;
use super::display::{choose_zone, zones};
use super::dom::{El, button, effect, el, listen};
use crate::domain::moment::{Moment, Oddity, month_grid, split_range, typed_range, week_place, write_range};
use crate::domain::query::Intent;
use crate::domain::time::{EpochMs, RangeError, TimeRange, format_civil, from_civil, from_epoch_ms};
use crate::text::format::{self, zoned};
use crate::text::texts::fill;

/// The draft: a copy is a handle.
#[derive(Clone, Copy)]
struct Draft {
    ui: Ui,
    /// The picker's own signal: 0 closes it.
    open: RwSignal<i64>,
    /// Counts what was typed or picked; whoever shows the fields' meaning follows it.
    edited: RwSignal<i64>,
    /// 1 once the user has asked for a range that can't be.
    refused: RwSignal<i64>,
    /// The day that the calendar's focus is on, in days of the common era.
    day: RwSignal<i64>,
    /// The first of two picked days, 0 for none.
    anchor: RwSignal<i64>,
    fields: StoredValue<Fields, LocalStorage>,
}

#[derive(Clone)]
struct Fields {
    start: HtmlInputElement,
    end: HtmlInputElement,
}

/// The popover. Setting `open` to 0 closes it.
#[must_use]
pub fn range_draft(ui: Ui, open: RwSignal<i64>) -> El {
    let texts = ui.texts();
    let field = |name: &str| {
        let input = el("input").class("input").attr("type", "text").attr("name", name);
        let input =
            input.attr("autocomplete", "off").attr("spellcheck", "false").attr("placeholder", texts.range_format);
        (input.clone(), input.node().clone().unchecked_into::<HtmlInputElement>())
    };
    let ((start, start_node), (end, end_node)) = (field("start"), field("end"));
    let draft = Draft {
        ui,
        open,
        edited: RwSignal::new(0),
        refused: RwSignal::new(0),
        day: RwSignal::new(0),
        anchor: RwSignal::new(0),
        fields: StoredValue::new_local(Fields { start: start_node, end: end_node }),
    };
    draft.write(ui.panel.query.with_untracked(|query| query.range));
    let today = draft.civil(draft.now()).map(|now| now.date());
    let day = draft.day_of(false).or(today).unwrap_or_default();
    draft.day.set(day.num_days_from_ce().into());

    let labelled = |label: &str, input: El, is_end: bool| {
        let input = input
            .flag_of("aria-invalid", move || draft.is_wrong(is_end))
            .on("input", move |_| draft.typed())
            .on("paste", move |event| draft.pasted(event));
        el("label").class("field").text(label).child(input)
    };
    let apply = button("button primary", texts.apply, move |_| draft.apply());
    let clear = button("button", texts.clear, move |_| {
        draft.close();
        ui.panel.apply(Intent::Range(TimeRange::All));
    });
    let copy = copy_button(texts.copy_range, texts, move || {
        write_range(draft.range().unwrap_or_default(), |ms| {
            ui.viewer.with_untracked(|viewer| viewer.offset_minutes(ms))
        })
    });
    let keys = move |event: &Event| match event.unchecked_ref::<KeyboardEvent>().key().as_str() {
        "Enter" if event.target().is_some_and(|target| target.has_type::<HtmlInputElement>()) => {
            event.prevent_default();
            draft.apply();
        }
        "Escape" => {
            event.stop_propagation();
            draft.close();
        }
        _ => {}
    };
    // Once it stands in the page.
    spawn_local(async move { _ = draft.field(false).focus() });
    // Whoever goes on elsewhere in the page has left it.
    let range = ui.find(".range");
    listen(&window(), "pointerdown", move |event| {
        if !range.as_ref().is_some_and(|range| event.composed_path().includes(range, 0)) {
            open.set(0);
        }
    });
    let quick = [
        (texts.today, "now/d", "now"),
        (texts.yesterday, "now-1d/d", "now-1d/d"),
        (texts.last_7_full_days, "now-7d/d", "now-1d/d"),
    ];
    let quick = quick.map(|(label, start, end)| {
        let fill = move |_: &Event| {
            draft.set_text(false, start);
            draft.set_text(true, end);
            draft.typed();
        };
        button("button small", label, fill).attr("title", &[start, " → ", end].concat())
    });
    let form = el("div").class("ends").children([
        el("div").class("actions").children(quick),
        labelled(texts.start, start, false),
        labelled(texts.end, end, true),
        zone(draft),
        el("p").class("hint").text_of(move || draft.preview()),
        el("p").class("invalid").attr("role", "alert").text_of(move || draft.error()),
        el("div").class("actions").children([apply, clear, copy]),
    ]);
    el("div")
        .class("draft")
        .attr("role", "dialog")
        .attr("aria-label", texts.custom_range)
        .on("keydown", keys)
        .children([calendar(draft), form])
}

impl Draft {
    fn now(self) -> EpochMs {
        (self.ui.panel.clock.now)()
    }

    fn offset(self, ms: EpochMs) -> i32 {
        self.ui.viewer.with_untracked(|viewer| viewer.offset_minutes(ms))
    }

    /// The time of day in the viewer's zone.
    fn civil(self, ms: EpochMs) -> Option<NaiveDateTime> {
        from_epoch_ms(ms, self.offset(ms)).map(|time| time.naive_local())
    }

    fn field(self, is_end: bool) -> HtmlInputElement {
        let Fields { start, end } = self.fields.get_value();
        if is_end { end } else { start }
    }

    fn text(self, is_end: bool) -> String {
        self.field(is_end).value()
    }

    fn set_text(self, is_end: bool, text: &str) {
        self.field(is_end).set_value(text);
    }

    fn write(self, range: TimeRange) {
        let civil = |ms| self.civil(ms).map(|civil| format_civil(&civil)).unwrap_or_default();
        let (start, end) = match range {
            TimeRange::All => (String::new(), String::new()),
            TimeRange::Last(span) => (["now-", &span.to_string()].concat(), "now".to_owned()),
            TimeRange::Relative { start, end, .. } => (start.to_string(), end.to_string()),
            TimeRange::Between { start, end } => (civil(start), civil(end)),
        };
        self.set_text(false, &start);
        self.set_text(true, &end);
    }

    fn typed(self) {
        self.refused.set(0);
        self.anchor.set(0);
        if let Some(day) = self.day_of(false) {
            self.day.set(day.num_days_from_ce().into());
        }
        self.edited.update(|edited| *edited += 1);
    }

    /// A pasted range fills both fields.
    fn pasted(self, event: &Event) {
        let data = js_sys::Reflect::get(event, &"clipboardData".into()).unwrap_or_default();
        let text = data.dyn_into::<web_sys::DataTransfer>().and_then(|data| data.get_data("text"));
        if let Some((start, end)) = text.as_deref().ok().and_then(split_range) {
            event.prevent_default();
            self.set_text(false, start);
            self.set_text(true, end);
            self.typed();
        }
    }

    fn moment(self, is_end: bool) -> Option<Moment> {
        Moment::parse(&self.text(is_end))
    }

    fn at(self, is_end: bool) -> Option<EpochMs> {
        self.moment(is_end)?.resolve(is_end, self.now(), |ms| self.offset(ms))
    }

    fn day_of(self, is_end: bool) -> Option<NaiveDate> {
        self.civil(self.at(is_end)?).map(|civil| civil.date())
    }

    fn range(self) -> Result<TimeRange, RangeError> {
        let (zone, clock) = self.ui.viewer.with_untracked(|viewer| (viewer.zone, viewer.clock));
        typed_range(&self.text(false), &self.text(true), self.now(), zone, clock.offset_minutes)
    }

    fn is_no_time(self, is_end: bool) -> bool {
        !self.text(is_end).trim().is_empty() && self.moment(is_end).is_none()
    }

    fn is_wrong(self, is_end: bool) -> bool {
        self.edited.track();
        if self.refused.get() == 0 {
            return false;
        }
        match self.range() {
            Ok(_) => false,
            Err(RangeError::Empty | RangeError::EndBeforeStart) => true,
            Err(RangeError::StartMissing) => !is_end,
            Err(RangeError::EndMissing) => is_end,
        }
    }

    /// What is wrong, once the user has asked for it.
    fn error(self) -> String {
        self.edited.track();
        let texts = self.ui.texts();
        if self.refused.get() == 0 {
            return String::new();
        }
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
    fn preview(self) -> String {
        self.edited.track();
        let (viewer, texts) = (self.ui.viewer.get(), self.ui.texts());
        let mut lines = match (self.at(false), self.at(true)) {
            (Some(start), Some(end)) if start < end => {
                // Up to the end of the last second: whole minutes and days are told as such.
                let (begun, left) = (start.rem_euclid(60_000), 60_000 - end.rem_euclid(60_000));
                let last = if begun == 0 && left <= 1000 { left } else { 0 };
                let span = fill(texts.range_span, &[("span", &format::span_of_ms(end - start + last, texts))]);
                vec![zoned(start, &viewer), zoned(end, &viewer), span]
            }
            _ => vec![format::zone(&viewer, self.now()), texts.range_help.to_owned()],
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

    fn apply(self) {
        match self.range() {
            Ok(range) => {
                self.close();
                self.ui.panel.apply(Intent::Range(range));
            }
            Err(_) => self.refused.set(1),
        }
    }

    fn close(self) {
        self.open.set(0);
        // The fields that have the focus go away.
        if let Some(toggle) = self.ui.find("[part=custom-range]") {
            _ = toggle.focus();
        }
    }

    /// The first day that is picked is a range of its own; a second one makes it a range of days. Times of day that the fields
    /// hold are kept.
    fn pick(self, day: NaiveDate) {
        let number: i64 = day.num_days_from_ce().into();
        let anchor = i32::try_from(self.anchor.get_untracked()).ok().filter(|&anchor| anchor > 0);
        let other = anchor.and_then(NaiveDate::from_num_days_from_ce_opt).unwrap_or(day);
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
        self.set_text(false, &format_civil(&start));
        self.set_text(true, &format_civil(&end));
        self.anchor.set(if anchor.is_some() { 0 } else { number });
        self.day.set(number);
        self.refused.set(0);
        self.edited.update(|edited| *edited += 1);
    }
}

/// The zone of the fields and of the whole panel. Times that the fields hold are written anew.
fn zone(draft: Draft) -> El {
    zones(draft.ui, move |zone| {
        let instants = [false, true].map(|is_end| match draft.moment(is_end) {
            Some(Moment::Civil(civil)) => Some(from_civil(civil, |ms| draft.offset(ms))),
            _ => None,
        });
        choose_zone(draft.ui, zone);
        for (is_end, at) in [false, true].into_iter().zip(instants) {
            if let Some(civil) = at.and_then(|at| draft.civil(at)) {
                draft.set_text(is_end, &format_civil(&civil));
            }
        }
        draft.edited.update(|edited| *edited += 1);
    })
}

/// A month as a grid of days; arrows move, Page Up and Page Down turn the month, Home and End go to the ends of the week.
fn calendar(draft: Draft) -> El {
    let texts = draft.ui.texts();
    let title = el("strong").attr("aria-live", "polite");
    let turn = |class: &str, label: &str, months: i32| {
        let turn = move |_: &Event| {
            if let Some(day) = moved(draft, months) {
                draft.day.set(day.num_days_from_ce().into());
            }
        };
        button(&["step ", class].concat(), "", turn).attr("aria-label", label).attr("title", label)
    };
    let head = el("div").class("month").children([
        turn("first", texts.year_before, -12),
        turn("previous", texts.month_before, -1),
        title.clone(),
        turn("next", texts.month_after, 1),
        turn("last", texts.year_after, 12),
    ]);
    let names = texts.week.map(|name| el("th").attr("scope", "col").text(name));
    let days = el("tbody");
    let grid = el("table")
        .class("days")
        .attr("role", "grid")
        .attr("aria-label", texts.custom_range)
        .children([el("thead").child(el("tr").children(names)), days.clone()]);
    let click = move |event: &Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let day = target.and_then(|target| target.get_attribute("data-day")).and_then(|day| day.parse().ok());
        if let Some(day) = day.and_then(NaiveDate::from_num_days_from_ce_opt) {
            draft.pick(day);
        }
    };
    let keys = move |event: &Event| {
        let Some(day) = day(draft) else { return };
        let week = TimeDelta::days(week_place(day, texts.week_start).into());
        let next = match event.unchecked_ref::<KeyboardEvent>().key().as_str() {
            "ArrowLeft" => day.pred_opt(),
            "ArrowRight" => day.succ_opt(),
            "ArrowUp" => day.checked_sub_signed(TimeDelta::days(7)),
            "ArrowDown" => day.checked_add_signed(TimeDelta::days(7)),
            "PageUp" => moved(draft, -1),
            "PageDown" => moved(draft, 1),
            "Home" => day.checked_sub_signed(week),
            "End" => day.checked_add_signed(TimeDelta::days(6) - week),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        if let Some(next) = next {
            draft.day.set(next.num_days_from_ce().into());
        }
    };
    let body = days.node().clone();
    effect(move || {
        draft.edited.track();
        draft.ui.viewer.track();
        let Some(focused) = day(draft) else { return };
        let had_focus = body.query_selector("button:focus").ok().flatten().is_some();
        title.node().set_text_content(format_civil(&focused.and_time(NaiveTime::MIN)).get(..7));
        let (start, end) = (draft.day_of(false), draft.day_of(true));
        let today = draft.civil(draft.now()).map(|now| now.date());
        body.set_text_content(None);
        for week in month_grid(focused, texts.week_start).chunks(7) {
            let cell = |&day: &NaiveDate| {
                let is_end = start == Some(day) || end == Some(day);
                let is_between = start.zip(end).is_some_and(|(start, end)| start <= day && day <= end);
                let full = format_civil(&day.and_time(NaiveTime::MIN));
                let pick = el("button").attr("type", "button").text(&day.day().to_string());
                let pick = pick.attr("data-day", &day.num_days_from_ce().to_string());
                let pick = pick.attr("aria-label", full.get(..10).unwrap_or_default());
                let pick = pick.attr("tabindex", if day == focused { "0" } else { "-1" });
                let pick = if today == Some(day) { pick.attr("aria-current", "date") } else { pick };
                let class = if day.month() == focused.month() { "day" } else { "day other" };
                let cell = el("td").attr("role", "gridcell").class(class).attr("aria-selected", &is_end.to_string());
                (if is_between { cell.attr("data-between", "") } else { cell }).child(pick)
            };
            _ = body.append_child(el("tr").children(week.iter().map(cell)).node());
        }
        if had_focus && let Ok(Some(focus)) = body.query_selector("[tabindex='0']") {
            _ = focus.unchecked_into::<HtmlElement>().focus();
        }
    });
    el("div").class("calendar").children([head, grid.on("click", click).on("keydown", keys)])
}

fn day(draft: Draft) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(draft.day.get()).ok()?)
}

fn moved(draft: Draft, months: i32) -> Option<NaiveDate> {
    let day = NaiveDate::from_num_days_from_ce_opt(i32::try_from(draft.day.get_untracked()).ok()?)?;
    let by = Months::new(months.unsigned_abs());
    if months < 0 { day.checked_sub_months(by) } else { day.checked_add_months(by) }
}
