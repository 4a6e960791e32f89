//! The strip over the table. It says at a glance: what is the matter with which tasks, up to which point can be restored, how much would be
//! lost now, and which tasks all this is about.

use leptos::prelude::*;

use super::context::{PanelContext, use_panel};
use super::parts::{Button, Fingerprint, Switch, boxed};
use crate::domain::delay::Level;
use crate::domain::kinds::{Group, Kind};
use crate::domain::losses::LossStep;
use crate::domain::summary;
use crate::domain::task::Tone;
use crate::domain::time::{EpochMs, ms, seconds};
use crate::text::coverage::rest;
use crate::text::format::{self, coarse_span, short_name, span_of_ms, unbroken};
use crate::text::texts::fill;
use crate::text::verdict::{Verdict, last_known, more, spread, step_name, verdict};
use crate::text::view_options::Drawer;

/// What the strip says of a response.
struct Glance {
    words: Verdict,
    summary: summary::Summary,
    /// The worst tone of the list; at least a warning if a row could not be read, because that task may be in trouble.
    worst: Tone,
    /// When the response came, on the browser's clock.
    received: EpochMs,
}

fn glance(context: PanelContext) -> Option<Glance> {
    let data = context.loaded().filter(|data| !data.page.tasks.is_empty())?;
    let viewer = context.viewer();
    let summary = context.panel.with_state_untracked(|state| state.history.summary(&data.page, viewer.thresholds));
    let floor = if data.page.unread() > 0 { Tone::Warning } else { Tone::Neutral };
    let worst = summary.tone().max(floor);
    Some(Glance { words: verdict(&data, &summary, &viewer), summary, worst, received: data.received })
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
    let Glance { words, summary, worst, received } = glance;
    let scope = unbroken(&words.scope);
    let (groups, is_alarming) = (summary.kinds.clone(), summary.alarming() > 0);
    view! {
        <div class="verdict">
            <State headline=words.headline.clone() note=words.note.clone() is_alarming worst />
            <Kinds groups />
        </div>
        <Losses words summary received />
        <Tools scope />
    }
}

/// The verdict in a sentence. Where tasks are in trouble their kinds say it, and the sentence is for screen readers.
#[component]
fn State(headline: String, note: String, is_alarming: bool, worst: Tone) -> impl IntoView {
    let context = use_panel();
    let then = move || {
        let data = context.loaded().filter(|_| !context.is_now());
        data.map(|data| last_known(&data, &context.viewer())).unwrap_or_default()
    };
    // After a failed refresh, or when the response is old or from a cache, the verdict may no longer hold. Then it is not green.
    let tone = move || {
        let tone = if worst < Tone::Warning && !context.is_now() { Tone::Warning } else { worst };
        tone.name().to_owned()
    };
    let (class, said, note) =
        if is_alarming { ("status shown", "unseen", note) } else { ("status", "", String::new()) };
    view! {
        <p class=class data-tone=boxed(tone)>
            <span class="main">
                <span>{boxed(then)}</span>
                <span class=said>{unbroken(&headline)}</span>
                <span>{unbroken(&note)}</span>
            </span>
        </p>
    }
}

/// What is the matter with the tasks that should run, worst first. A single kind that is no trouble is what the sentence says already.
#[component]
fn Kinds(groups: [Group; 10]) -> impl IntoView {
    let listed = Kind::ALL.into_iter().zip(groups);
    let listed = listed.filter(|(kind, group)| group.count > 0 && *kind != Kind::NotRunning);
    let listed: Vec<_> = listed.collect();
    let worst = listed.first().map_or(Tone::Neutral, |(kind, _)| kind.tone());
    let is_said = listed.len() < 2 && worst < Tone::Warning;
    let kinds = listed.into_iter().filter(|_| !is_said).map(|(kind, group)| {
        let is_named = worst >= Tone::Warning && kind.tone() == worst;
        view! { <KindOf kind group is_named /> }.into_any()
    });
    let kinds = kinds.collect_view();
    view! {
        <div class="kinds" role="group" aria-label=use_panel().texts().filter>
            {kinds}
        </div>
    }
}

/// A kind with the number of tasks of it; while it is pressed, only these are shown. After it the tasks that are furthest behind, each of
/// which opens its details.
#[component]
fn KindOf(kind: Kind, group: Group, is_named: bool) -> impl IntoView {
    let context = use_panel();
    let texts = context.texts();
    let rest = if is_named { more(&group) } else { "" };
    let names = group.named.into_iter().filter(|_| is_named).map(|named| {
        let behind = named.seconds.map(|seconds| [" ", &*coarse_span(seconds, texts)].concat());
        let label = [short_name(&named.tenant), behind.unwrap_or_default()].concat();
        view! { <Button class="name" label on_click=move |()| context.open(Drawer::Task(named.key)) /> }.into_any()
    });
    let names = names.collect_view();
    view! {
        <span class="kind">
            <Button
                class="chip"
                part="filter"
                pressed=move || context.table().shows(kind)
                on_click=move |()| context.arrange(|options| options.toggle_kind(kind))
            >
                <span class="status" data-tone=kind.tone().name()>
                    <span class="main">{texts.kinds.of(kind)}</span>
                </span>
                <b>{texts.number(group.count.into())}</b>
            </Button>
            {names}
            <span>{rest}</span>
        </span>
    }
}

/// The restorable point, the loss, and how the tenants spread over it. The loss grows between responses.
#[component]
fn Losses(words: Verdict, summary: summary::Summary, received: EpochMs) -> impl IntoView {
    let context = use_panel();
    let (texts, panel) = (context.texts(), context.panel);
    let Verdict { is_least, restorable_title, restorable, restorable_of, loss, .. } = words;
    let age = move || (panel.now.get() - received).max(0);
    let behind = summary.risk.as_ref().map(|risk| ms(risk.seconds));
    let owner = summary.risk.as_ref().map(|risk| {
        let key = risk.key;
        view! { <Button class="name" label=short_name(&risk.tenant) on_click=move |()| context.open(Drawer::Task(key)) /> }
            .into_any()
    });
    // One that was stopped on purpose is no loss, and named apart.
    let [.., stopped] = &summary.kinds;
    let stopped = Some(stopped.clone()).filter(|group| group.count > 0);
    let stopped = stopped.map(|group| view! { <KindOf kind=Kind::NotRunning group is_named=true /> }.into_any());
    let lost_ms = move || behind.map(|behind| age() + behind);
    let lost = move || lost_ms().map_or_else(|| texts.not_known.to_owned(), |ms| format::loss(ms, is_least, texts));
    let tone = move || {
        let thresholds = context.viewer().thresholds;
        lost_ms().map(|ms| Level::of(seconds(ms), thresholds).tone().name().to_owned()).unwrap_or_default()
    };
    let summary = StoredValue::new(summary);
    let steps = move || summary.with_value(|summary| spread(summary, context.growth()));
    let bar = move || {
        let part = |(step, count)| view! { <LossPart step count /> }.into_any();
        steps().into_iter().map(part).collect_view().into_any()
    };
    view! {
        <div class="losses">
            <p class="metric" title=restorable_of>
                <span>{restorable_title}</span>
                " "
                <strong translate="no">{unbroken(&restorable)}</strong>
            </p>
            <p class="metric">
                <span>{loss}</span>
                " "
                <strong data-tone=boxed(tone)>{boxed(lost)}</strong>
                " "
                {owner}
            </p>
            <div class="spread" role="group" aria-label=loss>
                <Switch on=move || Fingerprint::of(&steps()) view=bar />
            </div>
            {stopped}
        </div>
    }
}

/// A part of the bar of losses, as wide as it has tenants. While it is pressed, only their tasks are shown.
#[component]
fn LossPart(step: LossStep, count: u32) -> impl IntoView {
    let context = use_panel();
    let texts = context.texts();
    view! {
        <span class="part" data-tone=step.tone().name() style:flex-grow=count.to_string()>
            <Button
                class="loss"
                part="loss"
                pressed=move || context.table().loss == Some(step)
                on_click=move |()| context.arrange(|options| options.toggle_loss(step))
            >
                {step_name(step, texts)}
                " "
                <b>{texts.number(count.into())}</b>
            </Button>
        </span>
    }
}

/// Which tasks all is about, and the filter by text.
#[component]
fn Tools(scope: String) -> impl IntoView {
    let context = use_panel();
    let (texts, panel) = (context.texts(), context.panel);
    let others = move || {
        let words = panel.with_state(|state| rest(&state.rest, texts));
        if words.is_empty() { words } else { [" · ", &words].concat() }
    };
    // Of a list that is read every few minutes, since the footer also has the age of the page on screen.
    let age = move || {
        let age = context.with_loaded(|answer| {
            let data = answer.filter(|data| data.whole.is_some_and(|whole| whole.refreshed.is_some()))?;
            Some(data.age(panel.now.get()))
        });
        age.map(|age| [" · ", &fill(texts.age, &[("span", &span_of_ms(age, texts))])].concat()).unwrap_or_default()
    };
    view! {
        <div class="tools">
            <p class="scope">
                <span>{scope}</span>
                <span>{boxed(age)}</span>
                <span role="status">{boxed(others)}</span>
            </p>
            <input
                type="search"
                class="input find"
                part="find"
                aria-label=texts.find
                placeholder=texts.find
                prop:value=move || context.table().text
                on:input=move |event| context.arrange(|options| options.find(event_target_value(&event)))
            />
        </div>
    }
}
