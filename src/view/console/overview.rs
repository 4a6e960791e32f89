//! A card for each of several clusters, the worst first; on a wall screen the same cards in large, with a clock.

use std::sync::Arc;

use leptos::prelude::*;

use super::alarm::{AlarmSign, AlarmState};
use super::bar::set_wall;
use super::context::{Console, use_console};
use super::known::{Known, known, learn};
use super::watch::{Watch, is_any_stopped, refresh_all};
use crate::domain::task::Tone;
use crate::state::panel::Panel;
use crate::state::refresh::Stop;
use crate::text::cluster_card::{CardWords, KindWords, LossWords, Rank, cluster_card};
use crate::text::format::{civil, loss, unbroken};
use crate::text::texts::fill;
use crate::view::parts::{Button, Fingerprint, Switch, boxed, effect};

/// The cards, and what there is to say of them.
#[component]
pub fn Overview(
    /// What was left out, and why the clusters are asked less often; a line each.
    notes: Vec<String>,
    /// Words for a link to the clusters that were left out, and the link.
    rest: Option<(String, String)>,
) -> impl IntoView {
    let console = use_console();
    let watched = console.watched.get_untracked();
    let ranks: Vec<_> = watched.iter().map(|watch| watch.rank).collect();
    let order = move || {
        let mut order: Vec<_> = (0..ranks.len()).collect();
        // A stable sort: those of equal rank stay as the address has them.
        order.sort_by_key(|index| ranks.get(*index).map(RwSignal::get));
        order
    };
    // Read once: the browser's storage is slow for 200 cards.
    let known = known();
    let card = move |index: usize| match watched.get(index) {
        Some(watch) => {
            let known = known.iter().find(|known| known.id == watch.id).cloned();
            view! { <Card watch=watch.clone() known /> }.into_any()
        }
        None => ().into_any(),
    };
    let notes = notes.into_iter().map(|note| view! { <p role="note">{note}</p> }.into_any()).collect_view();
    let rest = rest.map(|(words, href)| {
        view! {
            <p>
                <a href=href>{words}</a>
            </p>
        }
        .into_any()
    });
    view! {
        <div class="notes">{notes} {rest}</div>
        <Unattended />
        <div class="overview">
            <For each=order key=|index| *index children=card />
        </div>
    }
}

/// Says that nothing is asked any more, since nobody was there.
#[component]
fn Unattended() -> impl IntoView {
    let console = use_console();
    let texts = console.texts();
    let is_stopped = move || {
        console.now.track();
        is_any_stopped(&console.watched.read(), Stop::Unattended)
    };
    view! {
        <p class="notice" role="status" data-tone="warning" hidden=boxed(move || !is_stopped())>
            <span>{texts.unattended}</span>
            <Button class="bar-button" label=texts.resume on_click=move |()| refresh_all(console) />
        </p>
    }
}

/// The clock and the count of a wall screen.
#[component]
pub fn WallHead() -> impl IntoView {
    let console = use_console();
    let leave = console.texts().console.wall_end;
    let time = move || {
        let now = civil(console.now.get(), &console.viewer());
        now.split_once(' ').map_or_else(|| now.clone(), |(_, time)| time.to_owned())
    };
    view! {
        <header class="wall-head" hidden=boxed(move || !console.is_wall.get())>
            <h1 class="unseen">{console.texts().console.brand}</h1>
            <AlarmState />
            <AlarmSign />
            <span class="clock">{boxed(time)}</span>
            // Seen when it is needed, so that the wall shows no control.
            <Button class="bar-button leave" label=leave on_click=move |()| set_wall(console, false) />
        </header>
    }
}

/// What can change on a card: the response, the failure, and whether the response is old. It is compared each second.
fn fingerprint(console: Console, panel: Panel) -> Fingerprint {
    console.now.track();
    panel.with_state(|state| {
        let data = state.data.as_ref().map(|data| (Arc::as_ptr(&data.page), data.received, data.whole));
        let problem = state.problem.as_ref().map(|error| error.kind.name());
        Fingerprint::of(&(data, problem, is_old(panel), state.is_fresh(), console.zone.get()))
    })
}

fn is_old(panel: Panel) -> bool {
    let now = (panel.clock.now)();
    panel.with_state_untracked(|state| state.data.as_ref().is_some_and(|data| panel.is_old(data, now)))
}

#[component]
fn Card(watch: Watch, known: Option<Known>) -> impl IntoView {
    let console = use_console();
    let Watch { id, panel, rank, .. } = watch;
    let (bare, bare_role) =
        known.map_or_else(|| (console.bare_name(&id), String::new()), |known| (known.name, known.role));
    let href = console.link_to_cluster(&id);
    let changed = Memo::new(move |_| match panel.get() {
        Some(panel) => fingerprint(console, panel),
        None => Fingerprint::of(&()),
    });
    let said = RwSignal::new(None::<CardWords>);
    effect(move || {
        _ = changed.get();
        let Some(panel) = panel.get_untracked() else { return };
        let (words, place) = untrack(|| {
            let viewer = console.viewer();
            panel.with_state(|state| cluster_card(state, is_old(panel), &viewer))
        });
        learn(Known::of(&id, &words.name, &words.role));
        if rank.get_untracked() != place {
            rank.set(place);
        }
        said.set(Some(words));
    });
    let first = move |text: fn(&CardWords) -> &String, bare: &str| {
        let said = said.read();
        said.as_ref().map(text).filter(|text| !text.is_empty()).map_or_else(|| bare.to_owned(), Clone::clone)
    };
    let name = move || first(|words| &words.name, &bare);
    let role = move || first(|words| &words.role, &bare_role);
    let tone = move || said.read().as_ref().map_or(Tone::Neutral, |words| words.tone).name().to_owned();
    let is_calm = move || (rank.get() > Rank::WAITING).to_string();
    let body = move || match said.get() {
        Some(words) => view! { <CardBody words /> }.into_any(),
        None => view! { <p class="status">{console.texts().loading}</p> }.into_any(),
    };
    view! {
        <article class="card" data-tone=boxed(tone) data-calm=boxed(is_calm)>
            <h2 translate="no">
                <a href=href>{boxed(name)}</a>
                <small>{boxed(role)}</small>
            </h2>
            <Switch on=move || Fingerprint::of(&said.get()) view=body />
        </article>
    }
}

#[component]
fn CardBody(words: CardWords) -> impl IntoView {
    let texts = use_console().texts();
    let CardWords { tone, headline, kinds, others, restorable, loss, as_of, problem, .. } = words;
    let kinds = kinds.into_iter().map(|kind| view! { <KindLine kind /> }.into_any()).collect_view();
    let restorable = restorable.map(|(title, point)| {
        view! {
            <dt>{title}</dt>
            <dd translate="no">{unbroken(&point)}</dd>
        }
        .into_any()
    });
    let loss = loss.map(|loss| view! { <Lost loss /> }.into_any());
    let as_of = if as_of.is_empty() { as_of } else { fill(texts.as_of, &[("time", &as_of)]) };
    view! {
        <p class="status" data-tone=tone.name()>
            {unbroken(&headline)}
        </p>
        <p class="problem">{problem}</p>
        <ul class="kinds">{kinds}</ul>
        <p class="others">{others}</p>
        <dl>{restorable} {loss}</dl>
        <p class="as-of" translate="no">
            {as_of}
        </p>
    }
}

#[component]
fn KindLine(kind: KindWords) -> impl IntoView {
    let KindWords { tone, name, count, tenants } = kind;
    view! {
        <li>
            <span class="status" data-tone=tone.name()>
                {name}
            </span>
            " "
            <b>{count}</b>
            " "
            <span class="tenants" translate="no">
                {unbroken(&tenants)}
            </span>
        </li>
    }
}

/// What would be lost, which grows until the next response.
#[component]
fn Lost(loss: LossWords) -> impl IntoView {
    let console = use_console();
    let LossWords { title, ms, received, is_least, tenant } = loss;
    let texts = console.texts();
    let lost = move || self::loss(ms + (console.now.get() - received).max(0), is_least, texts);
    view! {
        <dt>{title}</dt>
        <dd>
            {boxed(lost)}
            " "
            <span translate="no">{tenant}</span>
        </dd>
    }
}
