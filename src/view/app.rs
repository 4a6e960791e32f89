//! The root of the panel: its parts, and what stands in its middle in each state.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::context::{PanelContext, use_panel};
use super::drawer::DrawerLane;
use super::keys;
use super::news::News;
use super::notices::{Empty, Problem, Remarks, Timely};
use super::pager::Pager;
use super::parts::{Button, Fingerprint, Switch, boxed};
use super::summary::Summary;
use super::table::Table;
use super::toolbar::Toolbar;
use crate::domain::hash::hash_of;
use crate::state::request_state::{Phase, RequestState};
use crate::text::footer::footer;
use crate::text::format::{span_of_ms, zone};
use crate::text::texts::fill;
use crate::text::view_options::{Drawer, ViewOptions};

/// What stands between the summary and the pager.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Body {
    Nothing,
    Skeleton,
    Table,
    Empty,
}

impl Body {
    fn of(state: &RequestState) -> Self {
        match (&state.data, state.phase()) {
            (Some(data), _) if !data.page.tasks.is_empty() => Self::Table,
            (_, Phase::Loading) => Self::Skeleton,
            (Some(data), Phase::Empty | Phase::Stale) if data.page.malformed.is_empty() => Self::Empty,
            _ => Self::Nothing,
        }
    }
}

/// The root of the panel. All in it is built anew when the language changes, so that no part needs to track the language.
#[component]
pub fn App(
    /// The context that all parts share.
    context: PanelContext,
) -> impl IntoView {
    provide_context(context);
    let language = move || context.viewer().locale;
    let theme = move || context.with_options(ViewOptions::theme).to_owned();
    let density = move || context.with_options(|options| options.density.name().to_owned());
    let panel = move || {
        view! {
            <div class="panel" lang=language().tag() on:keydown=move |event: KeyboardEvent| keys::press(context, &event)>
                <Card />
                <DrawerLane />
            </div>
        }
        .into_any()
    };
    view! {
        <div class="root" data-theme=boxed(theme) data-density=boxed(density)>
            <Switch on=move || Fingerprint::of(&language()) view=panel />
        </div>
    }
}

#[component]
fn Card() -> impl IntoView {
    let context = use_panel();
    let texts = context.texts();
    let panel = context.panel;
    // The name of the cluster tells screen readers which of several panels this is.
    let name = move || [texts.title, " ", &*panel.query.read().cluster].concat();
    let is_outdated = move || {
        let is_waiting = context.is_waiting();
        panel.with_state(|state| {
            state.phase() == Phase::Stale || is_waiting && state.data.is_some() && !state.is_current()
        })
    };
    let body_class = move || if is_outdated() { "middle outdated" } else { "middle" }.to_owned();
    let is_busy = move || context.is_waiting().to_string();
    let body = move || match panel.with_state(Body::of) {
        Body::Nothing => ().into_any(),
        Body::Skeleton => view! { <Skeleton /> }.into_any(),
        Body::Table => view! { <Table /> }.into_any(),
        Body::Empty => view! { <Empty /> }.into_any(),
    };
    // A screen reader reads a text out when it changes, and two pages may list as many tasks. So the text of every other query ends in a
    // no-break space. To empty the text in between would cost a layout for each page.
    let (last, has_space) = (AtomicU64::new(0), AtomicBool::new(false));
    let announcement = move || {
        let is_waiting = context.is_waiting();
        panel.with_state(|state| match (state.phase(), &state.data) {
            (Phase::Loading, _) if is_waiting => texts.loading.to_owned(),
            (Phase::Loading | Phase::Ready, Some(data)) => {
                let query = hash_of(&data.query);
                if last.swap(query, Ordering::Relaxed) != query {
                    has_space.fetch_xor(true, Ordering::Relaxed);
                }
                let end = if has_space.load(Ordering::Relaxed) { "\u{a0}" } else { "" };
                let count = texts.number(data.page.tasks.len() as u64);
                [&fill(texts.loaded, &[("count", &count)]), end].concat()
            }
            _ => String::new(),
        })
    };
    view! {
        <section class="card" aria-label=boxed(name)>
            <Toolbar />
            <Problem />
            <Timely />
            <News />
            <Remarks />
            <Summary />
            <div class=boxed(body_class) aria-busy=boxed(is_busy)>
                <Switch on=move || Fingerprint::of(&panel.with_state(Body::of)) view=body />
            </div>
            <Pager />
            <Footer />
            <p class="unseen" role="status">
                {boxed(announcement)}
            </p>
        </section>
    }
}

#[component]
fn Skeleton() -> impl IntoView {
    let bars = (0..8).map(|_| view! { <i class="bar"></i> }.into_any()).collect_view();
    view! {
        <div class="skeleton" aria-hidden="true">
            {bars}
        </div>
    }
}

/// The time and age of the response, how long it took, which server sent it, its trace id, the time zone, and the button that
/// opens the diagnostics.
#[component]
fn Footer() -> impl IntoView {
    let context = use_panel();
    let (texts, panel) = (context.texts(), context.panel);
    let facts = move || {
        let (viewer, now, table) = (context.viewer(), panel.now.get(), context.table());
        let is_arranged = table.is_filter() || table.sort.is_some();
        let answered = context.with_loaded(|answer| {
            let data = answer?;
            let mut facts = footer(data, &viewer);
            let age = span_of_ms(data.age(now), texts);
            facts.insert(1, fill(texts.age, &[("span", &age)]));
            // Only in OCP's order the page on screen is the one that was read anew.
            let refreshed = data.whole.and_then(|whole| whole.refreshed).filter(|_| !is_arranged);
            if let Some(at) = refreshed {
                facts.insert(2, fill(texts.page_age, &[("span", &span_of_ms((now - at).max(0), texts))]));
            }
            Some(facts)
        });
        let facts = answered.unwrap_or_default().into_iter().chain([zone(&viewer, now)]);
        facts.map(|fact| view! { <span translate="no">{fact}</span> }.into_any()).collect_view().into_any()
    };
    let label = move || match panel.with_state(|state| state.history.deviations().list().len()) {
        0 => texts.diagnostics.to_owned(),
        count => [texts.diagnostics, " (", &count.to_string(), ")"].concat(),
    };
    view! {
        <footer class="footer">
            {boxed(facts)}
            <Button
                class="button small"
                part="diagnostics"
                label
                on_click=move |()| context.open(Drawer::Diagnostics)
            />
        </footer>
    }
}
