//! What the panel says besides rows: a failure, an empty answer, rows that could not be read.

use std::hash::{DefaultHasher, Hash, Hasher};

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::Ui;
use super::dom::{El, button, el};
use super::present::{self, Problem};
use super::texts::{Texts, fill};
use crate::domain::page::Pager;
use crate::domain::query::Intent;
use crate::domain::time::TimeRange;
use crate::state::refresh::{Due, Refresh, SLOW, Stop};

/// The last failure: what is wrong, what to do, OCP's own words, and how old the rows on screen are.
#[must_use]
pub fn problem(ui: Ui) -> El {
    let texts = ui.texts();
    let words = move || ui.panel.load.with(|load| load.problem.as_ref().map(|error| present::problem(error, texts)));
    let age = move || {
        let viewer = ui.viewer.get();
        let data = ui.panel.load.with(|load| load.data.clone());
        let as_of = data.map(|data| match &data.page.meta.timestamp {
            Some(stamp) => present::time(Some(stamp), &viewer),
            None => present::instant(data.received, viewer.clock),
        });
        as_of.map(|as_of| fill(texts.stale, &[("time", &as_of)])).unwrap_or_default()
    };
    let retry = move || {
        let now = ui.panel.now.get();
        match ui.panel.with_refresh(|refresh| refresh.next(now)) {
            Some((wait, Due::Retry)) => fill(texts.retry_in, &[("span", &present::span_of_ms(wait, texts))]),
            _ => String::new(),
        }
    };
    let key = move || words().map_or(0, |words| hash(&words));
    el("div").class("notices").attr("role", "alert").switch(key, move || {
        let words = words()?;
        let facts = words.facts.iter().flat_map(|(name, value)| [el("dt").text(name), el("dd").text(value)]);
        Some(el("div").class("notice").attr("data-tone", "critical").children([
            el("p").class("headline").text(words.title),
            el("p").class("advice").text(&words.advice),
            el("p").class("advice").text_of(age),
            // A countdown in an alert would be read out every second.
            el("p").class("advice").attr("aria-live", "off").text_of(retry),
            el("dl").class("facts").children(facts),
            el("div").class("actions").children([
                button("button small", texts.retry, move |_| ui.panel.refresh()),
                copy_button(words, texts),
            ]),
        ]))
    })
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Copies a failure for support; says so, or says that it may not.
fn copy_button(problem: Problem, texts: &'static Texts) -> El {
    let label = RwSignal::new(texts.copy.to_owned());
    let click = move |_: &web_sys::Event| {
        let text = problem.to_text();
        spawn_local(async move {
            let done = copy(&text).await;
            label.try_set(if done { texts.copied } else { texts.copy_failed }.to_owned());
        });
    };
    button("button small", "", click).text_of(move || label.get())
}

/// Writes to the clipboard, which an insecure page or a policy may withhold.
async fn copy(text: &str) -> bool {
    // Absent outside secure contexts, where calling it would throw.
    let clipboard = window().navigator().clipboard();
    !clipboard.is_undefined() && JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// What the panel says of time: an answer that is long in coming, rows that are old, a refresh that stopped by itself.
#[must_use]
pub fn timely(ui: Ui) -> El {
    let texts = ui.texts();
    let panel = ui.panel;
    let said = move || {
        let now = panel.now.get();
        let span = |template, ms| fill(template, &[("span", &present::span_of_ms(ms, texts))]);
        panel.load.with(|load| match (load.waiting(now), &load.data) {
            (Some(waiting), _) if waiting >= SLOW => span(texts.slow, waiting),
            (None, _) if panel.with_refresh(Refresh::stop) == Some(Stop::Unattended) => texts.unattended.to_owned(),
            (_, Some(data)) if panel.with_refresh(|refresh| refresh.is_old(now - data.received)) => {
                span(texts.old, now - data.received)
            }
            _ => String::new(),
        })
    };
    let stopped = move || {
        panel.now.track();
        panel.with_refresh(Refresh::stop) == Some(Stop::Unattended)
    };
    let resume = button("button small", texts.resume, move |_| panel.refresh());
    el("p")
        .class("notice")
        .attr("data-tone", "warning")
        .text_of(said)
        .child(resume.attr_of("hidden", move || (!stopped()).then(String::new)))
        .attr_of("hidden", move || said().is_empty().then(String::new))
}

/// An answer without rows: beyond the end, none in this range, or none at all. Three different things.
#[must_use]
pub fn empty(ui: Ui) -> El {
    let data = move || ui.panel.load.with(|load| load.data.clone());
    let key = move || data().map_or(0, |data| hash(&(&data.query, data.page.total, data.page.total_pages)));
    el("div").switch(key, move || {
        let texts = ui.texts();
        let data = data()?;
        let pager = Pager::of(&data.page, &data.query);
        let (headline, hint, action) = if pager.beyond_end() {
            let headline = fill(texts.beyond_end, &[("page", &data.query.page.to_string())]);
            (headline, texts.beyond_end_hint, Some((texts.go_last, Intent::Page(pager.last.unwrap_or(1)))))
        } else if data.query.range == TimeRange::All {
            (texts.empty_all.to_owned(), texts.empty_all_hint, None)
        } else {
            (
                texts.empty_range.to_owned(),
                texts.empty_range_hint,
                Some((texts.show_all, Intent::Range(TimeRange::All))),
            )
        };
        let action = action.map(|(label, intent)| button("button", label, move |_| ui.panel.apply(intent.clone())));
        let words = [el("p").class("headline").text(&headline), el("p").class("advice").text(hint)];
        Some(el("div").class("empty").children(words).children(action))
    })
}

/// The rows of the answer that are not in the list.
#[must_use]
pub fn malformed(ui: Ui) -> El {
    let texts = ui.texts();
    let text = move || {
        ui.panel.load.with(|load| {
            let malformed = load.data.as_ref().map(|data| data.page.malformed.as_slice());
            present::malformed(malformed.unwrap_or_default(), texts)
        })
    };
    let notice = el("p").class("notice").attr("data-tone", "warning").attr("role", "alert");
    notice.text_of(text).attr_of("hidden", move || text().is_empty().then(String::new))
}
