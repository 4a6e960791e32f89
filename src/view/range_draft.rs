//! Lets the user enter a time range: two ends that are typed, pasted or picked from a calendar, and then applied. Not by native
//! `datetime-local` fields: they follow the browser's language, not the panel's, and accept neither `now-24h` nor a pasted range.

mod calendar;
mod draft;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::context::use_panel;
use super::parts::{Button, CopyButton, Fingerprint, Switch, effect};
use super::popover::close_elsewhere;
use super::preferences::recent_ranges;
use super::zone_select::ZoneSelect;
use calendar::Calendar;
use draft::Draft;

use crate::domain::time::TimeRange;
use crate::text::format;

/// The popover of the range picker.
#[component]
pub fn RangeDraft(
    /// Whether it is shown. The popover closes itself by setting it to false.
    open: RwSignal<bool>,
) -> impl IntoView {
    let context = use_panel();
    let texts = context.later_texts();
    let draft = Draft::new(context, open);
    // In a task of its own, because the popover is not in the page yet.
    let start = NodeRef::<html::Input>::new();
    effect(move || _ = start.get().map(|start| start.focus()));
    close_elsewhere(open, move || context.find(".range"));
    let keys = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" if event.target().is_some_and(|at| at.unchecked_into::<Element>().tag_name() == "INPUT") => {
            event.prevent_default();
            draft.apply();
        }
        "Escape" => {
            event.stop_propagation();
            draft.close();
        }
        _ => {}
    };
    let quick = [texts.today, texts.yesterday, texts.last_7_full_days].into_iter().zip(TimeRange::DAYS);
    let quick = quick.map(|(label, (start, end))| {
        let title = [start, " → ", end].concat();
        view! {
            <button type="button" class="button small" title=title on:click=move |_| draft.fill(start, end)>
                {label}
            </button>
        }
        .into_any()
    });
    let shift = move |is_later: bool, label: &'static str| {
        let shifted = move || draft.shifted(is_later);
        view! {
            <Button
                class="button small"
                label
                disabled=untrack(shifted).is_none()
                on_click=move |()| draft.show(untrack(shifted))
            />
        }
        .into_any()
    };
    let shifts = move || [shift(false, texts.range_earlier), shift(true, texts.range_later)].collect_view().into_any();
    let range = move || Fingerprint::of(&context.panel.query.read().range);
    let recent = recent_ranges().into_iter().filter_map(|text| {
        let range = TimeRange::recall(&text)?;
        let label = format::range(range, &untrack(|| context.viewer()));
        Some(view! { <Button class="button small" label on_click=move |()| draft.choose(range) /> }.into_any())
    });
    let recent: Vec<_> = recent.collect();
    let has_recent = !recent.is_empty();
    view! {
        <div class="draft" role="dialog" aria-label=texts.custom_range on:keydown=keys>
            <Calendar draft />
            <div class="ends">
                <div class="actions">
                    {quick.collect_view()}
                    <Switch on=range view=shifts />
                </div>
                <EndField draft is_end=false input=start />
                <EndField draft is_end=true />
                <ZoneSelect selected=Signal::derive(move || draft.zone()) on_pick=move |zone| draft.set_zone(zone) />
                <p class="hint">{move || draft.preview()}</p>
                <p class="invalid" role="alert">
                    {move || draft.error()}
                </p>
                <p class="hint" hidden=!has_recent>{texts.range_recent}</p>
                <div class="actions">{recent.collect_view()}</div>
                <p class="hint">{texts.range_meaning}</p>
                <div class="actions">
                    <Button class="button primary" label=texts.apply on_click=move |()| draft.apply() />
                    <Button label=texts.clear on_click=move |()| draft.clear() />
                    <CopyButton label=texts.copy_range text=move |()| draft.to_text() />
                </div>
            </div>
        </div>
    }
}

/// The field of the start or of the end.
#[component]
fn EndField(
    draft: Draft,
    /// Which one.
    is_end: bool,
    /// Is set to its input.
    #[prop(optional)]
    input: NodeRef<html::Input>,
) -> impl IntoView {
    let texts = use_panel().later_texts();
    let (name, label) = if is_end { ("end", texts.end) } else { ("start", texts.start) };
    view! {
        <label class="field">
            {label}
            <input
                class="input"
                type="text"
                name=name
                autocomplete="off"
                spellcheck="false"
                placeholder=texts.range_format
                aria-invalid=move || draft.is_wrong(is_end).to_string()
                node_ref=input
                prop:value=move || draft.text(is_end)
                on:input=move |event| draft.type_in(is_end, event_target_value(&event))
                on:paste=move |event| draft.paste(&event)
            />
        </label>
    }
}
