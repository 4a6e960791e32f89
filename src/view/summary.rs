//! The strip over the table. It says at a glance: what is the matter with which tasks, up to which point can be restored, how much would be
//! lost now, and which tasks all this is about.

use leptos::prelude::*;

use super::context::{PanelContext, use_panel};
use super::parts::{Button, Fingerprint, Switch, boxed};
use crate::domain::delay::Level;
use crate::domain::kinds::{Group, Kind};
use crate::domain::losses::LossStep;
use crate::domain::summary::Risk;
use crate::domain::task::{TaskKey, Tone};
use crate::domain::time::{ms, seconds};
use crate::text::coverage::rest;
use crate::text::format::{self, coarse_span, short_name, span_of_ms, unbroken};
use crate::text::texts::{Texts, fill};
use crate::text::verdict::{Glance, last_known, more, spread, step_name};
use crate::text::view_options::Drawer;

/// A text that the strip takes from what is known at a glance; empty where nothing is.
fn word(context: PanelContext, of: fn(&Glance) -> String) -> Box<dyn Fn() -> String + Send> {
    boxed(move || context.glance().map(|glance| of(&glance)).unwrap_or_default())
}

/// The strip over the table. It stays from response to response, and each text of it is written where it differs.
#[component]
pub fn Summary() -> impl IntoView {
    let context = use_panel();
    let has_tasks = move || context.glance().is_some();
    let strip = move || if has_tasks() { view! { <Strip /> }.into_any() } else { ().into_any() };
    view! {
        <div class="summary" role="group" aria-label=context.texts().summary hidden=boxed(move || !has_tasks())>
            <Switch on=move || Fingerprint::of(&has_tasks()) view=strip />
        </div>
    }
}

#[component]
fn Strip() -> impl IntoView {
    view! {
        <div class="verdict">
            <State />
            <Kinds />
        </div>
        <Losses />
        <Tools />
    }
}

/// The verdict in a sentence. Where tasks are in trouble their kinds say it, and the sentence is for screen readers.
#[component]
fn State() -> impl IntoView {
    let context = use_panel();
    let then = move || {
        let data = context.loaded().filter(|_| !context.is_now());
        data.map(|data| last_known(&data, &context.viewer())).unwrap_or_default()
    };
    // After a failed refresh, or when the response is old or from a cache, the verdict may no longer hold. Then it is not green.
    let tone = move || {
        let worst = context.glance().map_or(Tone::Neutral, |glance| glance.worst);
        let tone = if worst < Tone::Warning && !context.is_now() { Tone::Warning } else { worst };
        tone.name().to_owned()
    };
    let class = |glance: &Glance| if glance.is_alarming() { "status shown" } else { "status" }.to_owned();
    let said = |glance: &Glance| if glance.is_alarming() { "unseen" } else { "" }.to_owned();
    let note = |glance: &Glance| if glance.is_alarming() { unbroken(&glance.words.note) } else { String::new() };
    view! {
        <p class=word(context, class) data-tone=boxed(tone)>
            <span class="main">
                <span>{boxed(then)}</span>
                <span class=word(context, said)>{word(context, |glance| unbroken(&glance.words.headline))}</span>
                <span>{word(context, note)}</span>
            </span>
        </p>
    }
}

/// What is shown of a kind of task.
#[derive(Clone, Hash)]
struct ShownKind {
    kind: Kind,
    count: u32,
    /// The tasks that are furthest behind, each with its delay.
    named: Vec<(TaskKey, String)>,
    /// Whether there are more of them.
    more: &'static str,
}

impl ShownKind {
    fn of(kind: Kind, group: &Group, is_named: bool, texts: &Texts) -> Self {
        let named = group.named.iter().filter(|_| is_named).map(|named| {
            let behind = named.seconds.map(|seconds| [" ", &*coarse_span(seconds, texts)].concat());
            (named.key, [short_name(&named.tenant), behind.unwrap_or_default()].concat())
        });
        Self { kind, count: group.count, named: named.collect(), more: if is_named { more(group) } else { "" } }
    }

    /// What is the matter with the tasks that should run, worst first. A single kind that is no trouble is what the sentence says already.
    fn running(glance: &Glance, texts: &Texts) -> Vec<Self> {
        let listed = Kind::ALL.into_iter().zip(&glance.summary.kinds);
        let listed: Vec<_> = listed.filter(|(kind, group)| group.count > 0 && *kind != Kind::NotRunning).collect();
        let worst = listed.first().map_or(Tone::Neutral, |(kind, _)| kind.tone());
        if listed.len() < 2 && worst < Tone::Warning {
            return Vec::new();
        }
        let is_named = |kind: Kind| worst >= Tone::Warning && kind.tone() == worst;
        listed.into_iter().map(|(kind, group)| Self::of(kind, group, is_named(kind), texts)).collect()
    }

    /// The tasks that were stopped on purpose. They are no loss, and named apart.
    fn stopped(glance: &Glance, texts: &Texts) -> Vec<Self> {
        let [.., group] = &glance.summary.kinds;
        if group.count > 0 { vec![Self::of(Kind::NotRunning, group, true, texts)] } else { Vec::new() }
    }
}

/// These kinds of tasks, rendered again when one of them differs.
#[component]
fn KindList(of: fn(&Glance, &Texts) -> Vec<ShownKind>) -> impl IntoView {
    let context = use_panel();
    let kinds = move || context.glance().map(|glance| of(&glance, context.texts())).unwrap_or_default();
    let list = move || {
        let kind = |words| view! { <KindOf words /> }.into_any();
        kinds().into_iter().map(kind).collect_view().into_any()
    };
    view! { <Switch on=move || Fingerprint::of(&kinds()) view=list /> }
}

#[component]
fn Kinds() -> impl IntoView {
    view! {
        <div class="kinds" role="group" aria-label=use_panel().texts().filter>
            <KindList of=ShownKind::running />
        </div>
    }
}

/// A kind with the number of tasks of it; while it is pressed, only these are shown. After it the tasks that are furthest behind, each of
/// which opens its details.
#[component]
fn KindOf(words: ShownKind) -> impl IntoView {
    let context = use_panel();
    let texts = context.texts();
    let ShownKind { kind, count, named, more } = words;
    let names = named.into_iter().map(|(key, label)| {
        view! { <Button class="name" label on_click=move |()| context.open(Drawer::Task(key)) /> }.into_any()
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
                <b>{texts.number(count.into())}</b>
            </Button>
            {names}
            <span>{more}</span>
        </span>
    }
}

/// Reads what is known of the tenant that would lose most.
fn risk<T>(context: PanelContext, read: impl FnOnce(&Risk) -> T) -> Option<T> {
    context.glance()?.summary.risk.as_ref().map(read)
}

/// The restorable point, the loss, and how the tenants spread over it. The loss grows between responses.
#[component]
fn Losses() -> impl IntoView {
    let context = use_panel();
    let (texts, panel) = (context.texts(), context.panel);
    let lost_ms = move || {
        let now = panel.now.get();
        let age = context.with_loaded(|answer| answer.map_or(0, |data| data.age(now)));
        risk(context, |risk| age + ms(risk.seconds))
    };
    let lost = move || {
        let is_least = context.glance().is_some_and(|glance| glance.words.is_least);
        lost_ms().map_or_else(|| texts.not_known.to_owned(), |ms| format::loss(ms, is_least, texts))
    };
    let tone = move || {
        let thresholds = context.viewer().thresholds;
        lost_ms().map(|ms| Level::of(seconds(ms), thresholds).tone().name().to_owned()).unwrap_or_default()
    };
    let open = move |()| {
        if let Some(key) = untrack(|| risk(context, |risk| risk.key)) {
            context.open(Drawer::Task(key));
        }
    };
    let steps = move || {
        let growth = context.growth();
        context.glance().map(|glance| spread(&glance.summary, growth)).unwrap_or_default()
    };
    let bar = move || {
        let part = |(step, count)| view! { <LossPart step count /> }.into_any();
        steps().into_iter().map(part).collect_view().into_any()
    };
    let title = |glance: &Glance| glance.words.loss.to_owned();
    view! {
        <div class="losses">
            <p class="metric" title=word(context, |glance| glance.words.restorable_of.clone())>
                <span>{word(context, |glance| glance.words.restorable_title.to_owned())}</span>
                " "
                <strong translate="no">{word(context, |glance| unbroken(&glance.words.restorable))}</strong>
            </p>
            <p class="metric">
                <span>{word(context, title)}</span>
                " "
                <strong data-tone=boxed(tone)>{boxed(lost)}</strong>
                " "
                <Button
                    class="name"
                    label=move || risk(context, |risk| short_name(&risk.tenant)).unwrap_or_default()
                    hidden=move || risk(context, |_| ()).is_none()
                    on_click=open
                />
            </p>
            <div class="spread" role="group" aria-label=word(context, title)>
                <Switch on=move || Fingerprint::of(&steps()) view=bar />
            </div>
            <KindList of=ShownKind::stopped />
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
fn Tools() -> impl IntoView {
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
                <span>{word(context, |glance| unbroken(&glance.words.scope))}</span>
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
