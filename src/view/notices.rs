//! What the panel says besides rows: a failure, what takes long or is old, news, remarks on the answer, an empty one.

use std::cmp::Reverse;
use std::hash::{Hash, Hasher};

use leptos::prelude::*;

use super::Ui;
use super::copy_button::copy_button;
use super::dom::{El, button, el};
use super::drawer::Drawer;
use crate::domain::hash::Fnv;
use crate::domain::page::Pager;
use crate::domain::query::Intent;
use crate::domain::time::TimeRange;
use crate::state::refresh::{Due, Refresh, SLOW, Stop};
use crate::text::texts::fill;
use crate::text::{footer, format, journal, problem, remarks};

/// The last failure: what is wrong, what to do, OCP's own words, and how old the rows on screen are.
#[must_use]
pub fn problem(ui: Ui) -> El {
    let texts = ui.texts();
    let words = move || ui.panel.load.with(|load| load.problem.as_ref().map(|error| problem::problem(error, texts)));
    let age = move || {
        let viewer = ui.viewer.get();
        ui.panel.load.with(|load| {
            let as_of = load.data.as_ref().map(|data| footer::as_of(data, &viewer));
            let other = if load.is_current() { "" } else { texts.stale_other };
            as_of.map(|as_of| [&*fill(texts.stale, &[("time", &as_of)]), other].concat()).unwrap_or_default()
        })
    };
    let retry = move || {
        let now = ui.panel.now.get();
        match ui.panel.with_refresh(|refresh| refresh.next(now)) {
            Some((wait, Due::Retry)) => fill(texts.retry_in, &[("span", &format::span_of_ms(wait, texts))]),
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
                copy_button(texts.copy, texts, move || words.to_text()),
            ]),
        ]))
    })
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = Fnv::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// What the panel says of time: an answer that is long in coming, rows that are old, a refresh that stopped by itself.
#[must_use]
pub fn timely(ui: Ui) -> El {
    let texts = ui.texts();
    let panel = ui.panel;
    let said = move || {
        let now = panel.now.get();
        let span = |template, ms| fill(template, &[("span", &format::span_of_ms(ms, texts))]);
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
        } else if let Some(total) = data.page.total.filter(|total| *total > 0) {
            let headline = texts.counted(texts.empty_page, total);
            (headline, texts.empty_page_hint, None)
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

/// What is to be known of the answer besides its rows.
#[must_use]
pub fn remarks(ui: Ui) -> El {
    let texts = ui.texts();
    let lines = move || ui.panel.load.with(|load| load.data.as_ref().map(|data| remarks::remarks(data, texts)));
    let notice = el("p").class("notice lines").attr("data-tone", "warning").attr("role", "status");
    notice.text_of(move || lines().unwrap_or_default().join("\n"))
}

/// The weightiest line of the journal of those that nobody has read, the last of these, and how many more there are.
#[must_use]
pub fn news(ui: Ui) -> El {
    let texts = ui.texts();
    let line = move || {
        let viewer = ui.viewer.get();
        let seen = ui.news_seen.get();
        let is_open = ui.drawer.get() == Some(Drawer::Diagnostics);
        ui.panel.load.with(|load| {
            let journal = load.watch.journal();
            let kept = load.watch.dropped() + journal.len() as u64;
            let unread = load.watch.written().saturating_sub(seen.unsigned_abs()).min(kept);
            let unread_here = usize::try_from(unread).unwrap_or(usize::MAX);
            let mut told = Vec::new();
            // What a later change of the same tasks made an end of is no news any more. Of equals the last one.
            let last = journal.iter().rev().take(unread_here).filter(|entry| {
                let is_last = !told.contains(&&entry.tasks);
                told.push(&entry.tasks);
                is_last
            });
            let entry = last.min_by_key(|entry| Reverse(entry.change.tone())).filter(|_| !is_open)?;
            let more = unread.saturating_sub(1);
            let more = if more > 0 { texts.counted(texts.more_changes, more) } else { String::new() };
            Some([journal::journal_line(entry, &viewer), more].concat())
        })
    };
    let open = button("button small", texts.show_changes, move |_| ui.drawer.set(Some(Drawer::Diagnostics)));
    el("div")
        .class("notice news")
        .attr("data-tone", "warning")
        .attr("role", "status")
        .child(el("p").text_of(move || line().unwrap_or_default()))
        .child(el("div").class("actions").child(open))
        .attr_of("hidden", move || line().is_none().then(String::new))
}
