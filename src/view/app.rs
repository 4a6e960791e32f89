//! The whole panel: which parts show in which state.

use leptos::prelude::*;

use super::notices::{EmptyNotice, Malformed, ProblemNotice};
use super::pager::Pager;
use super::present;
use super::table::Table;
use super::task_details::TaskDetails;
use super::texts::fill;
use super::toolbar::Toolbar;
use super::Ui;
use crate::state::load::{Load, Phase};

/// What takes the middle of the panel.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Middle {
    Skeleton,
    Rows,
    Empty,
    Nothing,
}

fn middle(load: &Load) -> Middle {
    match (&load.data, load.phase()) {
        (Some(data), _) if !data.page.tasks.is_empty() => Middle::Rows,
        (_, Phase::Loading) => Middle::Skeleton,
        (Some(data), Phase::Empty | Phase::Stale) if data.page.malformed.is_empty() => Middle::Empty,
        _ => Middle::Nothing,
    }
}

/// The panel. Rebuilt when the language changes, and only then.
#[component]
pub fn App(
    /// The state and settings.
    ui: Ui,
) -> impl IntoView {
    let locale = Memo::new(move |_| ui.viewer.with(|viewer| viewer.locale));
    move || {
        let locale = locale.get();
        view! { <div class="panel" lang=locale.tag()>{body(ui)}</div> }
    }
}

fn body(ui: Ui) -> AnyView {
    let texts = ui.texts();
    let load = ui.panel.load;
    let middle = Memo::new(move |_| load.with(middle));
    let outdated = move || load.with(|load| load.data.is_some() && !load.is_current() || load.phase() == Phase::Stale);
    let announcement = move || {
        load.with(|load| match (load.phase(), &load.data) {
            (Phase::Loading, _) => texts.loading.to_owned(),
            (Phase::Ready, Some(data)) => fill(texts.loaded, &[("count", &data.page.tasks.len().to_string())]),
            _ => String::new(),
        })
    };
    view! {
        <section class="card" aria-label=texts.title>
            <Toolbar ui />
            <ProblemNotice ui />
            <Malformed ui />
            <div class="middle" class:outdated=outdated aria-busy=move || load.with(Load::is_loading).to_string()>
                {move || match middle.get() {
                    Middle::Skeleton => skeleton(),
                    Middle::Rows => view! { <Table ui /> }.into_any(),
                    Middle::Empty => view! { <EmptyNotice ui /> }.into_any(),
                    Middle::Nothing => ().into_any(),
                }}
            </div>
            <Pager ui />
            <Footer ui />
            <p class="unseen" role="status">{announcement}</p>
        </section>
        <TaskDetails ui />
    }
    .into_any()
}

fn skeleton() -> AnyView {
    let bar = |_| view! { <i class="bar" aria-hidden=true.to_string()></i> };
    view! { <div class="skeleton">{(0..8).map(bar).collect_view()}</div> }.into_any()
}

/// As of when, how long it took, who answered, the trace id, and the zone of all times.
#[component]
fn Footer(ui: Ui) -> impl IntoView {
    let parts = move || {
        let viewer = ui.viewer.get();
        let meta = ui.panel.load.with(|load| {
            load.data.as_ref().map(|data| present::footer(&data.page.meta, data.received, &viewer))
        });
        let mut parts = meta.unwrap_or_default();
        parts.push(present::zone(&viewer, (ui.panel.clock.now)()));
        parts.into_iter().map(|part| view! { <span>{part}</span> }).collect_view()
    };
    view! { <footer class="footer">{parts}</footer> }
}
