//! What the panel says besides rows: a failure, an empty answer, rows that could not be read.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::Ui;
use super::present::{self, Problem};
use super::texts::{Texts, fill};
use crate::domain::page::Pager;
use crate::domain::query::Intent;
use crate::domain::time::TimeRange;

/// The last failure: what is wrong, what to do, OCP's own words, and how old the rows on screen are.
#[component]
pub fn ProblemNotice(
    /// The state and settings.
    ui: Ui,
) -> impl IntoView {
    let texts = ui.texts();
    let load = ui.panel.load;
    let problem = Memo::new(move |_| load.with(|load| load.problem.as_ref().map(|error| present::problem(error, texts))));
    let age = move || {
        let viewer = ui.viewer.get();
        load.with(|load| {
            let data = load.data.as_ref()?;
            let as_of = match &data.page.meta.timestamp {
                Some(stamp) => present::time(Some(stamp), &viewer),
                None => present::instant(data.received, viewer.clock),
            };
            Some(view! { <p class="advice">{fill(texts.stale, &[("time", &as_of)])}</p> })
        })
    };
    move || {
        problem.get().map(|problem| {
            let fact = |(name, value): (&'static str, String)| view! { <dt>{name}</dt><dd>{value}</dd> };
            let facts = problem.facts.clone().into_iter().map(fact).collect_view();
            view! {
                <div class="notice" data-tone="critical" role="alert">
                    <p class="headline">{problem.title}</p>
                    <p class="advice">{problem.advice.clone()}</p>
                    {age}
                    <dl class="facts">{facts}</dl>
                    <div class="actions">
                        <button type="button" class="button small" on:click=move |_| ui.panel.refresh()>{texts.retry}</button>
                        <CopyButton problem texts />
                    </div>
                </div>
            }
        })
    }
}

/// Copies a failure for support; says so, or says that it may not.
#[component]
fn CopyButton(problem: Problem, texts: &'static Texts) -> impl IntoView {
    let label = RwSignal::new(texts.copy);
    let copy = move |_| {
        let text = problem.to_text();
        spawn_local(async move {
            let done = copy(&text).await;
            label.try_set(if done { texts.copied } else { texts.copy_failed });
        });
    };
    view! { <button type="button" class="button small" on:click=copy>{label}</button> }
}

/// Writes to the clipboard, which an insecure page or a policy may withhold.
async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    // Absent outside secure contexts, where calling it would throw.
    if !js_sys::Reflect::has(&navigator, &"clipboard".into()).unwrap_or_default() || navigator.clipboard().is_undefined() {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// An answer without rows: beyond the end, none in this range, or none at all. Three different things.
#[component]
pub fn EmptyNotice(
    /// The state and settings.
    ui: Ui,
) -> impl IntoView {
    let texts = ui.texts();
    let panel = ui.panel;
    move || {
        let data = panel.load.with(|load| load.data.clone())?;
        let pager = Pager::of(&data.page, &data.query);
        let (headline, hint, action) = if pager.beyond_end() {
            let headline = fill(texts.beyond_end, &[("page", &data.query.page.to_string())]);
            let last = pager.last.unwrap_or(1);
            (headline, texts.beyond_end_hint, Some((texts.go_last, Intent::Page(last))))
        } else if data.query.range == TimeRange::All {
            (texts.empty_all.to_owned(), texts.empty_all_hint, None)
        } else {
            (texts.empty_range.to_owned(), texts.empty_range_hint, Some((texts.show_all, Intent::Range(TimeRange::All))))
        };
        let action = action.map(|(label, intent)| {
            let act = move |_| panel.apply(intent.clone());
            view! { <button type="button" class="button" on:click=act>{label}</button> }
        });
        Some(view! {
            <div class="empty">
                <p class="headline">{headline}</p>
                <p class="advice">{hint}</p>
                {action}
            </div>
        })
    }
}

/// The rows of the answer that are not in the list.
#[component]
pub fn Malformed(
    /// The state and settings.
    ui: Ui,
) -> impl IntoView {
    let texts = ui.texts();
    let text = Memo::new(move |_| {
        let malformed = |data: &crate::state::load::Loaded| present::malformed(&data.page.malformed, texts);
        ui.panel.load.with(|load| load.data.as_ref().map(malformed).unwrap_or_default())
    });
    move || Some(text.get()).filter(|text| !text.is_empty()).map(|text| {
        view! { <div class="notice" data-tone="warning" role="alert"><p class="advice">{text}</p></div> }
    })
}
