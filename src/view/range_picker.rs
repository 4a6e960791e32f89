//! Picks the time range: presets that stay relative, or a start and an end of one's own. It holds a draft and emits an
//! intent; it fetches nothing.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::Ui;
use super::dom::{El, button, el};
use super::present;
use crate::domain::query::Intent;
use crate::domain::time::{
    EpochMs, RangeError, TimeRange, between, format_field, from_civil, from_epoch_ms, parse_civil,
};

/// The states of the draft, and of its error (a [`RangeError`] from 1 on). Numbers, since each type of signal is a kilobyte
/// of code, and numbers are signals already.
const NONE: i64 = 0;
const OPEN: i64 = 1;

fn code(why: RangeError) -> i64 {
    why as i64 + 1
}

/// The range picker.
#[must_use]
pub fn range_picker(ui: Ui) -> El {
    let texts = ui.texts();
    let panel = ui.panel;
    let range = move || panel.query.with(|query| query.range);
    let is_preset = move || TimeRange::PRESETS.contains(&range());
    let open = RwSignal::new(NONE);
    let preset = |(preset, label): (TimeRange, &'static str)| {
        let pick = move |_: &Event| {
            open.set(NONE);
            panel.apply(Intent::Range(preset));
        };
        button("segment", label, pick).flag_of("aria-pressed", move || range() == preset)
    };
    let custom_label =
        move || if is_preset() { texts.custom.to_owned() } else { present::range(range(), &ui.viewer.get()) };
    let custom = button("segment custom", "", move |_| open.update(|open| *open = OPEN - *open))
        .text_of(custom_label)
        .flag_of("aria-pressed", move || !is_preset())
        .flag_of("aria-expanded", move || open.get() == OPEN);
    let toggle = custom.html().clone();
    let presets = TimeRange::PRESETS.into_iter().zip(texts.presets).map(preset);
    el("div")
        .class("range")
        .attr("role", "group")
        .attr("aria-label", texts.range)
        .child(el("div").class("segments").children(presets).child(custom))
        .switch(
            move || open.get().unsigned_abs(),
            move || (open.get_untracked() == OPEN).then(|| draft(ui, open, toggle.clone())),
        )
}

/// The two ends, in the viewer's zone, until they are applied.
fn draft(ui: Ui, open: RwSignal<i64>, toggle: HtmlElement) -> El {
    let texts = ui.texts();
    let viewer = ui.viewer.get_untracked();
    let now = (viewer.clock.now)();
    let ends = ui.panel.query.with_untracked(|query| query.range).resolve(now);
    let error = RwSignal::new(NONE);
    let field = |label: &str, name: &str, at: Option<EpochMs>, wrong: [RangeError; 3]| {
        let input = el("input")
            .class("input")
            .attr("type", "datetime-local")
            .attr("step", "1")
            .attr("name", name)
            .flag_of("aria-invalid", move || wrong.iter().any(|why| code(*why) == error.get()))
            .on("input", move |_| error.set(NONE));
        let zoned = at.and_then(|ms| from_epoch_ms(ms, viewer.offset_minutes(ms)));
        let value = zoned.map(|zoned| format_field(&zoned.naive_local())).unwrap_or_default();
        let node: HtmlInputElement = input.node().clone().unchecked_into();
        node.set_value(&value);
        (el("label").class("field").text(label).child(input), node)
    };
    let (start_field, start) = field(
        texts.start,
        "start",
        ends.map(|(start, _)| start),
        [RangeError::Empty, RangeError::StartMissing, RangeError::EndBeforeStart],
    );
    let (end_field, end) = field(
        texts.end,
        "end",
        ends.map(|(_, end)| end),
        [RangeError::Empty, RangeError::EndMissing, RangeError::EndBeforeStart],
    );
    let instant =
        move |field: &HtmlInputElement| Some(from_civil(parse_civil(&field.value())?, |ms| viewer.offset_minutes(ms)));
    let close = move || {
        open.set(NONE);
        // The fields that have the focus go away.
        _ = toggle.focus();
    };
    let (close_applied, close_cleared) = (close.clone(), close.clone());
    let apply = move || match between(instant(&start), instant(&end)) {
        Ok(range) => {
            ui.panel.apply(Intent::Range(range));
            close_applied();
        }
        Err(why) => error.set(code(why)),
    };
    let clear = move |_: &Event| {
        close_cleared();
        ui.panel.apply(Intent::Range(TimeRange::All));
    };
    let message = move || {
        let messages = [
            (RangeError::Empty, texts.range_empty),
            (RangeError::StartMissing, texts.start_missing),
            (RangeError::EndMissing, texts.end_missing),
            (RangeError::EndBeforeStart, texts.end_before_start),
        ];
        let message = messages.into_iter().find(|(why, _)| code(*why) == error.get());
        message.map(|(_, message)| message).unwrap_or_default().to_owned()
    };
    let apply_by_key = apply.clone();
    let keys = move |event: &Event| match event.unchecked_ref::<KeyboardEvent>().key().as_str() {
        "Enter" if event.target().is_some_and(|target| target.has_type::<HtmlInputElement>()) => {
            event.prevent_default();
            apply_by_key();
        }
        "Escape" => close(),
        _ => {}
    };
    el("div").class("draft").on("keydown", keys).children([
        start_field,
        end_field,
        el("div")
            .class("actions")
            .children([button("button primary", texts.apply, move |_| apply()), button("button", texts.clear, clear)]),
        el("p").class("hint").text(&present::zone(&ui.viewer.get_untracked(), now)),
        el("p").class("invalid").attr("role", "alert").text_of(message),
    ])
}
