//! Picks the time range: a preset, which stays relative, or a start and an end that the user enters (`range_draft.rs`). It sends an
//! intent and fetches nothing.

use leptos::prelude::*;

use super::context::use_panel;
use super::lazy::Part;
use super::parts::Button;
use super::popover::Popover;
use crate::domain::query::Intent;
use crate::domain::time::TimeRange;
use crate::text::format;

/// The range picker.
#[component]
pub fn RangePicker() -> impl IntoView {
    let context = use_panel();
    let (texts, panel) = (context.texts(), context.panel);
    let open = RwSignal::new(false);
    let range = move || panel.query.read().range;
    let is_preset = move || TimeRange::PRESETS.contains(&range());
    let preset = move |preset: TimeRange| {
        let label = texts.presets.of(preset).unwrap_or_default();
        let pick = move |()| {
            open.set(false);
            panel.apply(Intent::Range(preset));
        };
        view! { <Button class="segment" label pressed=move || range() == preset on_click=pick /> }.into_any()
    };
    let custom = move || if is_preset() { texts.custom.to_owned() } else { format::range(range(), &context.viewer()) };
    view! {
        <div class="range" role="group" aria-label=texts.range>
            <div class="segments">
                {TimeRange::PRESETS.into_iter().map(preset).collect_view()}
                <Button
                    class="segment custom"
                    part="custom-range"
                    label=custom
                    pressed=move || !is_preset()
                    expanded=move || open.get()
                    on_click=move |()| open.update(|open| *open = !*open)
                />
            </div>
            <Popover open part=Part::Range(open) />
        </div>
    }
}
