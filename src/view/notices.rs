//! What the panel says besides rows: a failed request, a slow response, old rows, news, remarks on the response, and that there are no tasks.

use leptos::prelude::*;

use super::context::use_panel;
use super::parts::{Button, CopyButton, Facts, Fingerprint, Switch, boxed};
use crate::domain::page::Pager;
use crate::domain::query::Intent;
use crate::domain::task::Tone;
use crate::domain::time::TimeRange;
use crate::state::refresh::{Due, Refresh, SLOW, Stop};
use crate::text::footer::as_of;
use crate::text::format::span_of_ms;
use crate::text::problem;
use crate::text::remarks::remarks;
use crate::text::texts::fill;

/// The last failure: what went wrong, what to do, OCP's own words, and how old the rows on screen are.
#[component]
pub fn Problem() -> impl IntoView {
    let context = use_panel();
    let texts = context.texts();
    let words =
        move || context.panel.with_state(|state| state.problem.as_ref().map(|error| problem::problem(error, texts)));
    let notice = move || match words() {
        Some(words) => view! { <ProblemNotice words /> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <div class="notices" role="alert">
            <Switch on=move || Fingerprint::of(&words()) view=notice />
        </div>
    }
}

#[component]
fn ProblemNotice(words: problem::Problem) -> impl IntoView {
    let context = use_panel();
    let (texts, panel) = (context.texts(), context.panel);
    let age = move || {
        let viewer = context.viewer();
        panel.with_state(|state| {
            let as_of = state.data.as_ref().map(|data| as_of(data, &viewer));
            let other = if state.is_current() { "" } else { texts.stale_other };
            as_of.map(|as_of| [&*fill(texts.stale, &[("time", &as_of)]), other].concat()).unwrap_or_default()
        })
    };
    let retry = move || {
        let now = panel.now.get();
        match panel.with_refresh(|refresh| refresh.next(now)) {
            Some((wait, Due::Retry)) => fill(texts.retry_in, &[("span", &span_of_ms(wait, texts))]),
            _ => String::new(),
        }
    };
    view! {
        <div class="notice" data-tone="critical">
            <p class="headline">{words.title}</p>
            <p class="advice">{words.advice.clone()}</p>
            <p class="advice">{boxed(age)}</p>
            // Not part of the alert: a screen reader would read a countdown out every second.
            <p class="advice" aria-live="off">
                {boxed(retry)}
            </p>
            <Facts facts=words.facts.clone() />
            <div class="actions">
                <Button class="button small" label=texts.retry on_click=move |()| panel.refresh() />
                <CopyButton label=texts.copy text=move |()| words.to_text(texts) />
            </div>
        </div>
    }
}

/// What the panel says of time: that a response is slow, that rows are old, or that the refresh stopped by itself.
#[component]
pub fn Timely() -> impl IntoView {
    let context = use_panel();
    let (texts, panel) = (context.texts(), context.panel);
    let is_stopped = move || {
        panel.now.track();
        panel.with_refresh(Refresh::stop) == Some(Stop::Unattended)
    };
    let words = move || {
        let now = panel.now.get();
        let span = |template, ms| fill(template, &[("span", &span_of_ms(ms, texts))]);
        panel.with_state(|state| match (state.waiting(now), &state.data) {
            (Some(waiting), _) if waiting >= SLOW => span(texts.slow, waiting),
            (None, _) if is_stopped() => texts.unattended.to_owned(),
            (_, Some(data)) if panel.is_old(data, now) => span(texts.old, now - data.received),
            _ => String::new(),
        })
    };
    let is_hidden = move || words().is_empty();
    view! {
        <p class="notice" data-tone="warning" hidden=boxed(is_hidden)>
            {boxed(words)}
            <Button
                class="button small"
                label=texts.resume
                hidden=move || !is_stopped()
                on_click=move |()| panel.refresh()
            />
        </p>
    }
}

/// Says why there are no rows: the page lies beyond the last, no task is in this range, or the cluster has none at all.
#[component]
pub fn Empty() -> impl IntoView {
    let context = use_panel();
    let (texts, panel) = (context.texts(), context.panel);
    let words = move || {
        let Some(data) = context.loaded() else { return ().into_any() };
        let pager = Pager::of(&data.page, &data.query);
        let (headline, hint, action) = if pager.beyond_end() {
            let headline = fill(texts.beyond_end, &[("page", &data.query.page.to_string())]);
            (headline, texts.beyond_end_hint, Some((texts.go_last, Intent::Page(pager.last.unwrap_or(1)))))
        } else if let Some(total) = data.page.total.filter(|total| *total > 0) {
            (texts.counted(texts.empty_page, total), texts.empty_page_hint, None)
        } else if data.query.range == TimeRange::All {
            (texts.empty_all.to_owned(), texts.empty_all_hint, None)
        } else {
            let headline = texts.empty_range.to_owned();
            (headline, texts.empty_range_hint, Some((texts.show_all, Intent::Range(TimeRange::All))))
        };
        let action = match action {
            Some((label, intent)) => {
                view! { <Button label on_click=move |()| panel.apply(intent.clone()) /> }.into_any()
            }
            None => ().into_any(),
        };
        // Nothing to list is no trouble, but nothing that a restore could use is.
        let (class, tone) =
            if data.has_no_backup() { ("headline status", Some(Tone::Warning.name())) } else { ("headline", None) };
        view! {
            <div class="empty">
                <p class=class data-tone=tone>
                    <span class="main">{headline}</span>
                </p>
                <p class="advice">{hint}</p>
                {action}
            </div>
        }
        .into_any()
    };
    view! { <div>{boxed(words)}</div> }
}

/// Remarks on the response besides its rows.
#[component]
pub fn Remarks() -> impl IntoView {
    let context = use_panel();
    let texts = context.texts();
    let lines = move || {
        let lines = context.with_loaded(|answer| answer.map(|data| remarks(data, texts)));
        lines.unwrap_or_default().join("\n")
    };
    view! {
        <p class="notice lines" data-tone="warning" role="status">
            {boxed(lines)}
        </p>
    }
}
