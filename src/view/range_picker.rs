//! Picks the time range: presets that stay relative, or a start and an end of one's own (`range_draft.rs`). It emits an
//! intent; it fetches nothing.

use leptos::prelude::*;
use web_sys::Event;

use super::Ui;
use super::dom::{El, button, el};
use super::later::{Part, later};
use crate::domain::query::Intent;
use crate::domain::time::TimeRange;
use crate::text::format;

/// Whether one's own range is being picked. Numbers, since each type of signal is a kilobyte of code, and numbers are
/// signals already.
const CLOSED: i64 = 0;
const OPEN: i64 = 1;

/// The range picker.
#[must_use]
pub fn range_picker(ui: Ui) -> El {
    let texts = ui.texts();
    let panel = ui.panel;
    let range = move || panel.query.with(|query| query.range);
    let is_preset = move || TimeRange::PRESETS.contains(&range());
    let open = RwSignal::new(CLOSED);
    let preset = |preset: TimeRange| {
        let label = texts.presets.of(preset).unwrap_or_default();
        let pick = move |_: &Event| {
            open.set(CLOSED);
            panel.apply(Intent::Range(preset));
        };
        button("segment", label, pick).flag_of("aria-pressed", move || range() == preset)
    };
    let custom_label =
        move || if is_preset() { texts.custom.to_owned() } else { format::range(range(), &ui.viewer.get()) };
    let custom = button("segment custom", "", move |_| open.update(|open| *open = OPEN - *open))
        .text_of(custom_label)
        .attr("part", "custom-range")
        .flag_of("aria-pressed", move || !is_preset())
        .flag_of("aria-expanded", move || open.get() == OPEN);
    let presets = TimeRange::PRESETS.map(preset);
    el("div")
        .class("range")
        .attr("role", "group")
        .attr("aria-label", texts.range)
        .child(el("div").class("segments").children(presets).child(custom))
        .switch(
            move || open.get().unsigned_abs(),
            move || (open.get_untracked() == OPEN).then(|| later(ui, Part::Range(open))),
        )
}
