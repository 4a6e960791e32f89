//! The strip over the table. It says at a glance: does log backup work, up to which point can be restored, how much would be lost now?

use leptos::prelude::*;

use super::context::{PanelContext, use_panel};
use super::parts::{Button, boxed};
use crate::domain::delay::Level;
use crate::domain::task::Tone;
use crate::domain::time::{ms, seconds};
use crate::state::request_state::RequestState;
use crate::text::coverage::rest;
use crate::text::format::{self, unbroken};
use crate::text::verdict::{Verdict, last_known, verdict};
use crate::text::view_options::Drawer;

/// The tones, from the most urgent to the calmest.
const TONES: [Tone; 5] = [Tone::Critical, Tone::Warning, Tone::Info, Tone::Ok, Tone::Neutral];

/// What the strip says of a response.
struct Glance {
    words: Verdict,
    /// The worst tone of the page; at least a warning if a row could not be read, because that task may be in trouble.
    worst: Tone,
    /// How far the restorable point of the worst tenant lay before the response, in milliseconds; `None` if no tenant has a known point.
    behind: Option<i64>,
    /// How many tasks have each tone.
    counts: [u32; 5],
}

fn glance(context: PanelContext) -> Option<Glance> {
    let data = context.loaded().filter(|data| !data.page.tasks.is_empty())?;
    let viewer = context.viewer();
    let summary = context.panel.with_state_untracked(|state| state.history.summary(&data.page, viewer.thresholds));
    let floor = if data.page.unread() > 0 { Tone::Warning } else { Tone::Neutral };
    Some(Glance {
        words: verdict(&data, &summary, &viewer),
        worst: summary.tone().max(floor),
        behind: summary.risk.as_ref().map(|risk| ms(risk.seconds)),
        counts: summary.tones,
    })
}

/// The strip over the table.
#[component]
pub fn Summary() -> impl IntoView {
    let context = use_panel();
    let is_hidden = move || context.with_loaded(|answer| answer.is_none_or(|data| data.page.tasks.is_empty()));
    // The strip tracks the response and the viewer. What changes each second, and the filter, are tracked inside of it.
    let strip = move || match glance(context) {
        Some(glance) => view! { <Content glance /> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <div class="summary" role="group" aria-label=context.texts().summary hidden=boxed(is_hidden)>
            {boxed(strip)}
        </div>
    }
}

#[component]
fn Content(glance: Glance) -> impl IntoView {
    let counts = glance.counts;
    view! {
        <Answers glance />
        <Filters counts />
    }
}

/// The verdict, the restorable point and the loss. The loss grows between responses.
#[component]
fn Answers(glance: Glance) -> impl IntoView {
    let context = use_panel();
    let (texts, panel) = (context.texts(), context.panel);
    let Glance { words, worst, behind, .. } = glance;
    let Verdict { is_least, loss: loss_name, .. } = words;
    let age = move || panel.now.get() - context.with_loaded(|answer| answer.map_or(0, |data| data.received));
    let is_now = move || {
        let now = panel.now.get();
        let is_old = context.with_loaded(|answer| answer.is_some_and(|data| panel.is_old(data, now)));
        panel.with_state(RequestState::is_fresh) && !is_old
    };
    let others = move || {
        let words = panel.with_state(|state| rest(&state.rest, texts));
        if words.is_empty() { words } else { [texts.semicolon, &words].concat() }
    };
    let then = move || {
        let data = context.loaded().filter(|_| !is_now());
        data.map(|data| last_known(&data, &context.viewer())).unwrap_or_default()
    };
    // After a failed refresh, or when the response is old or from a cache, the verdict may no longer hold. Then it is not green.
    let tone = move || {
        let tone = if worst < Tone::Warning && !is_now() { Tone::Warning } else { worst };
        tone.name().to_owned()
    };
    let lost_ms = move || behind.map(|behind| age().max(0) + behind);
    let loss = move || lost_ms().map_or_else(|| texts.not_known.to_owned(), |ms| format::loss(ms, is_least, texts));
    let loss_tone = move || {
        let thresholds = context.viewer().thresholds;
        lost_ms().map(|ms| Level::of(seconds(ms), thresholds).tone().name().to_owned()).unwrap_or_default()
    };
    view! {
        <div class="status" data-tone=boxed(tone)>
            <p class="main">
                <span>{boxed(then)}</span>
                <span>{unbroken(&words.headline)}</span>
            </p>
            <p class="sub">
                <span>{unbroken(&words.scope)}</span>
                <span role="status">{boxed(others)}</span>
            </p>
        </div>
        <div class="metric">
            <span>{texts.restorable}</span>
            <strong translate="no">{unbroken(&words.restorable)}</strong>
            <span>{unbroken(&words.restorable_of)}</span>
        </div>
        <div class="metric">
            <span>{unbroken(loss_name)}</span>
            <strong data-tone=boxed(loss_tone)>{boxed(loss)}</strong>
            <span>{unbroken(&words.loss_note)}</span>
        </div>
    }
}

/// The filters of this page: by tone, and by text.
#[component]
fn Filters(counts: [u32; 5]) -> impl IntoView {
    let context = use_panel();
    let texts = context.texts();
    let chips = TONES.into_iter().map(|tone| {
        let count = counts.get(tone as usize).copied().unwrap_or_default();
        view! { <Chip tone count /> }.into_any()
    });
    view! {
        <div class="chips" role="group" aria-label=texts.filter>
            {chips.collect_view()}
            <input
                type="search"
                class="input find"
                part="find"
                aria-label=texts.find
                placeholder=texts.find
                prop:value=move || context.table().text
                on:input=move |event| context.update(|options| options.find(event_target_value(&event)))
            />
            <Button part="display" label=texts.display on_click=move |()| context.open(Drawer::Display) />
            <Button part="export" label=texts.export on_click=move |()| context.open(Drawer::Export) />
        </div>
    }
}

/// A button with a tone and the number of tasks of this page that have it. While it is pressed, only these tasks are shown.
#[component]
fn Chip(tone: Tone, count: u32) -> impl IntoView {
    let context = use_panel();
    let texts = context.texts();
    let is_shown = move || context.table().tone == Some(tone);
    let press = move |()| context.update(|options| options.toggle_tone(tone));
    view! {
        <Button
            class="button chip"
            part="filter"
            pressed=is_shown
            hidden=move || count == 0 && !is_shown()
            on_click=press
        >
            <span class="status" data-tone=tone.name()>
                <span class="main">{texts.tones.of(tone)}</span>
            </span>
            <b>{texts.number(count.into())}</b>
        </Button>
    }
}
