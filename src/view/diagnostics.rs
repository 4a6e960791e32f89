//! What support asks for and what an OCP upgrade shows first: the journal, the clocks, departures from the contract.

use leptos::prelude::*;

use super::Ui;
use super::copy_button::copy_button;
use super::dom::{El, effect, el};
use crate::text::{diagnostics, report};

type Sections = Vec<(&'static str, Vec<String>)>;

fn sections(ui: Ui) -> Sections {
    let viewer = ui.viewer.get();
    ui.panel.load.with(|load| {
        let skew = load.data.as_ref().map(|data| data.skew).unwrap_or_default();
        diagnostics::diagnostics(&load.watch, skew, &viewer)
    })
}

/// The diagnostics, for the drawer; they follow the session.
#[must_use]
pub fn diagnostics(ui: Ui) -> El {
    let texts = ui.texts();
    // Whoever had the journal before his eyes has seen its news.
    on_cleanup(move || {
        let written = ui.panel.load.try_with_untracked(|load| load.watch.written());
        _ = written.and_then(|written| ui.news_seen.try_set(written.cast_signed()));
    });
    let copy = copy_button(texts.copy, texts, move || untrack(|| diagnostics::to_text(&sections(ui))));
    let report = move || {
        let viewer = ui.viewer.get_untracked();
        let (now, base_url) = ((ui.panel.clock.now)(), ui.panel.base_url());
        let query = ui.panel.query.get_untracked();
        ui.panel.load.with_untracked(|load| report::report(load, &query, &base_url, now, &viewer))
    };
    let report = copy_button(texts.copy_report, texts, report);
    let body = el("div").class("sections");
    let list = body.clone();
    let mut shown = Sections::new();
    effect(move || {
        let next = sections(ui);
        if shown == next {
            return;
        }
        list.node().set_text_content(None);
        for (title, lines) in &next {
            let none = lines.is_empty().then(|| el("p").class("advice").text(texts.nothing));
            let items = lines.iter().map(|line| el("li").text(line));
            let section = [el("h4").text(title), el("ul").children(items)];
            _ = list.clone().children(section).children(none);
        }
        shown = next;
    });
    el("div").class("fields").children([body, el("div").class("actions").children([report, copy])])
}
