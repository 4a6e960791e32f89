//! The answers at a glance: does log backup work, to which point could be restored, how much would be lost now.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

use super::Ui;
use super::dom::{El, button, effect, el};
use super::drawer::Drawer;
use crate::domain::delay::Level;
use crate::domain::task::Tone;
use crate::domain::time::{ms, seconds};
use crate::text::format::{self, unbroken};
use crate::text::verdict;

/// The tones, those to act on first.
const TONES: [Tone; 5] = [Tone::Critical, Tone::Warning, Tone::Info, Tone::Ok, Tone::Neutral];

/// The strip over the table.
#[must_use]
pub fn summary(ui: Ui) -> El {
    let texts = ui.texts();
    let panel = ui.panel;
    // What an answer changes: the verdict and its scope, the restorable point and whose it is, what the loss is and what
    // is not in it.
    let words = ["span", "span", "strong", "span", "span", "span"].map(el);
    let [verdict, scope, point, point_of, loss_name, loss_note] = words.clone();
    // The worst tone of the page, as a number: each type of signal is a kilobyte of code.
    let worst = RwSignal::new(0_i64);
    let is_now = move || {
        let now = panel.now.get();
        let is_old = |age| panel.with_refresh(|refresh| refresh.is_old(age));
        panel
            .load
            .with(|load| load.problem.is_none() && load.data.as_ref().is_none_or(|data| !is_old(now - data.received)))
    };
    let then = move || {
        let data = (!is_now()).then(|| panel.load.with(|load| load.data.clone())).flatten();
        data.map(|data| verdict::last_known(&data, &ui.viewer.get())).unwrap_or_default()
    };
    let verdict = el("p").class("main").child(el("span").text_of(then)).child(verdict);
    let more = button("link", texts.all_pages, move |_| ui.drawer.set(Some(Drawer::Export)));
    let scope = el("p").class("sub").child(scope).child(more.clone());
    let state = el("div").class("status").children([verdict, scope]).attr_of("data-tone", move || {
        // What is not known to hold any more is not green.
        let is_calm = worst.get() < Tone::Warning as i64;
        let tone = TONES.into_iter().find(|tone| *tone as i64 == worst.get()).unwrap_or(Tone::Neutral);
        Some(if is_calm && !is_now() { Tone::Warning } else { tone }.name().to_owned())
    });
    // How long before the answer the worst tenant's point was, in milliseconds; -1 where no tenant has one.
    let behind = RwSignal::new(-1_i64);
    // Whether more than that may be lost.
    let is_least = RwSignal::new(0_i64);
    let chips = TONES.map(|tone| chip(ui, tone));
    let strip = el("div").class("summary").attr("role", "group").attr("aria-label", texts.summary);

    let (root, counts) = (strip.clone(), chips.clone());
    let mut last = None;
    effect(move || {
        let viewer = ui.viewer.get();
        let tone_shown = ui.shown.with(|shown| shown.tone);
        let data = panel.load.with(|load| load.data.clone()).filter(|data| !data.page.tasks.is_empty());
        // The state changes with every question and the wish with every key; this only with the answer and the tone.
        let next = Some((data.clone(), viewer.thresholds, viewer.zone, tone_shown));
        if last == next {
            return;
        }
        last = next;
        root.hide(data.is_none());
        let Some(data) = data else { return };
        more.hide(data.page.total.is_some_and(|total| total <= data.page.tasks.len() as u64));
        let summary = panel.load.with_untracked(|load| load.watch.summary(&data.page, viewer.thresholds));
        let verdict_text = verdict::verdict(&data, &summary, &viewer);
        for (node, text) in words.iter().zip(verdict_text.texts()) {
            node.write(&unbroken(text));
        }
        is_least.set(verdict_text.is_least.into());
        // What could not be read may be in trouble.
        let floor = if data.page.unread() > 0 { Tone::Warning } else { Tone::Neutral };
        worst.set(summary.tone().max(floor) as i64);
        behind.set(summary.risk.as_ref().map_or(-1, |risk| ms(risk.seconds)));
        for (tone, (chip, number)) in TONES.into_iter().zip(&counts) {
            let count = summary.count(tone);
            number.write(&texts.number(count.into()));
            chip.hide(count == 0 && tone_shown != Some(tone));
        }
    });
    let gap = move || {
        let received = panel.load.with(|load| load.data.as_ref().map(|data| data.received))?;
        let behind = Some(behind.get()).filter(|behind| *behind >= 0)?;
        Some((panel.now.get() - received).max(0) + behind)
    };
    let loss = el("strong")
        .text_of(move || {
            gap().map_or_else(|| texts.not_known.to_owned(), |gap| format::loss(gap, is_least.get() != 0, texts))
        })
        .attr_of("data-tone", move || {
            let thresholds = ui.viewer.with(|viewer| viewer.thresholds);
            gap().map(|gap| Level::of(seconds(gap), thresholds).tone().name().to_owned())
        });
    strip.children([
        state,
        el("div").class("metric").children([el("span").text(texts.restorable), point, point_of]),
        el("div").class("metric").children([loss_name, loss, loss_note]),
        filters(ui, chips.map(|(chip, _)| chip)),
    ])
}

/// A tone and how many tasks of this page have it. Pressed, only these are shown.
fn chip(ui: Ui, tone: Tone) -> (El, El) {
    let label = ui.texts().tones.of(tone);
    let is_shown = move || ui.shown.with(|shown| shown.tone == Some(tone));
    let press = move |_: &Event| {
        ui.shown.update(|shown| shown.tone = (shown.tone != Some(tone)).then_some(tone));
    };
    let number = el("b");
    let mark = el("span").class("status").attr("data-tone", tone.name()).child(el("span").class("main").text(label));
    let chip = button("button chip", "", press).attr("part", "filter").flag_of("aria-pressed", is_shown);
    (chip.children([mark, number.clone()]), number)
}

/// The filters of this page: by tone, and by text.
fn filters(ui: Ui, chips: [El; 5]) -> El {
    let texts = ui.texts();
    let typed = move |event: &Event| {
        let input = event.target().and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
        let text = input.map(|input| input.value()).unwrap_or_default();
        ui.shown.update(|shown| shown.text = text);
    };
    let input = el("input").attr("type", "search").class("input find").attr("part", "find");
    let input = input.attr("aria-label", texts.find).attr("placeholder", texts.find).on("input", typed);
    // “Show all” empties it too.
    let node = input.node().clone().unchecked_into::<HtmlInputElement>();
    effect(move || {
        ui.shown.with(|shown| {
            if node.value() != shown.text {
                node.set_value(&shown.text);
            }
        });
    });
    let group = el("div").class("chips").attr("role", "group").attr("aria-label", texts.filter);
    let save = button("button", texts.export, move |_| ui.drawer.set(Some(Drawer::Export)));
    let display = button("button", texts.display, move |_| ui.drawer.set(Some(Drawer::Display)));
    let buttons = [display.attr("part", "display"), save.attr("part", "export")];
    group.children(chips).child(input).children(buttons)
}
