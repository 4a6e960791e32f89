//! The answers at a glance: does log backup work, to which point could be restored, how much would be gap now.

use leptos::prelude::*;

use super::Ui;
use super::dom::{El, button, effect, el};
use super::present::{self, span_of_ms};
use super::texts::fill;
use crate::domain::delay::Level;
use crate::domain::summary::Summary;
use crate::domain::task::Tone;

/// The tones, those to act on first.
const TONES: [Tone; 5] = [Tone::Critical, Tone::Warning, Tone::Info, Tone::Ok, Tone::Neutral];

/// A tone as a number in [`Ui::tone`].
#[must_use]
pub fn code(tone: Tone) -> i64 {
    tone as i64 + 1
}

/// The strip over the table.
#[must_use]
pub fn summary(ui: Ui) -> El {
    let texts = ui.texts();
    let panel = ui.panel;
    // What an answer changes: the verdict and its scope, the restorable point and whose it is, what the loss is and what
    // is not in it.
    let words = ["p", "span", "strong", "span", "span", "span"].map(el);
    let [verdict, scope, point, point_of, loss_name, loss_note] = words.clone();
    let state = el("div").class("status").children([verdict.class("main"), scope.class("sub")]);
    // When the worst tenant's point was, on the browser's clock; 0 where no tenant has one.
    let since = RwSignal::new(0_i64);
    let chips = TONES.map(|tone| chip(ui, tone));
    let shown = el("span");
    let marks = chips.clone();
    let show_all = button("button small", texts.unfilter, move |_| {
        // This button goes away; the focus stays with what it undid.
        let pressed = TONES.into_iter().zip(&marks).find(|(tone, _)| code(*tone) == ui.tone.get_untracked());
        if let Some((_, (chip, _))) = pressed {
            _ = chip.html().focus();
        }
        ui.tone.set(0);
    });
    let filtered = el("div").class("filtered").attr("role", "status").children([shown.clone(), show_all]);
    let strip = el("section").class("summary").attr("aria-label", texts.summary);

    let (root, badge, counts, bar) = (strip.clone(), state.clone(), chips.clone(), filtered.clone());
    let mut last = None;
    effect(move || {
        let viewer = ui.viewer.get();
        let tone_shown = ui.tone.get();
        let found = panel.load.with(|load| {
            let data = load.data.as_ref().filter(|data| !data.page.tasks.is_empty())?;
            let summary = Summary::of(&data.page, viewer.thresholds, |key| load.watch.stalled_since(key).is_some());
            let is_now = load.problem.is_none() && load.is_current();
            Some((present::digest(data, &summary, is_now, &viewer), summary, is_now, data.received))
        });
        let next = Some((found.clone(), tone_shown));
        if last == next {
            return;
        }
        last = next;
        hide(&root, found.is_none());
        let Some((digest, summary, is_now, received)) = found else { return };
        for (node, text) in words.iter().zip(digest.texts()) {
            if node.node().text_content().as_deref() != Some(text) {
                node.node().set_text_content(Some(text));
            }
        }
        // What is not known to hold any more is not green.
        let tone = if is_now { summary.tone() } else { summary.tone().max(Tone::Warning) };
        _ = badge.node().set_attribute("data-tone", tone.name());
        since.set(summary.risk.as_ref().map_or(0, |risk| received - present::ms(risk.seconds)));
        let (mut all, mut kept) = (0, 0);
        for (tone, (chip, number)) in TONES.into_iter().zip(&counts) {
            let count = summary.tones.get(tone as usize).copied().unwrap_or_default();
            number.node().set_text_content(Some(&count.to_string()));
            hide(chip, count == 0 && tone_shown != code(tone));
            all += count;
            kept += if tone_shown == code(tone) { count } else { 0 };
        }
        let words = [("shown", &*kept.to_string()), ("count", &*all.to_string())];
        shown.node().set_text_content(Some(&fill(texts.filtered, &words)));
        hide(&bar, tone_shown == 0);
    });
    let gap = move || Some((panel.now.get() - since.get()).max(0)).filter(|_| since.get() != 0);
    let loss = el("strong")
        .text_of(move || gap().map_or_else(|| texts.not_known.to_owned(), |gap| span_of_ms(gap, texts)))
        .attr_of("data-tone", move || {
            let thresholds = ui.viewer.with(|viewer| viewer.thresholds);
            gap().map(|gap| Level::of(present::seconds(gap), thresholds).tone().name().to_owned())
        });
    strip.children([
        state,
        el("div").class("metric").children([el("span").text(texts.restorable), point, point_of]),
        el("div").class("metric").children([loss_name, loss, loss_note]),
        el("div")
            .class("chips")
            .attr("role", "group")
            .attr("aria-label", texts.filter)
            .children(chips.map(|(chip, _)| chip)),
        filtered,
    ])
}

/// A tone and how many tasks of this page have it. Pressed, only these are shown.
fn chip(ui: Ui, tone: Tone) -> (El, El) {
    let label = ui.texts().tones.get(tone as usize).copied().unwrap_or_default();
    let is_shown = move || ui.tone.get() == code(tone);
    let press =
        move |_: &web_sys::Event| ui.tone.update(|shown| *shown = if *shown == code(tone) { 0 } else { code(tone) });
    let number = el("b");
    let mark = el("span").class("status").attr("data-tone", tone.name()).child(el("span").class("main").text(label));
    let chip = button("button chip", "", press).attr("part", "filter").flag_of("aria-pressed", is_shown);
    (chip.children([mark, number.clone()]), number)
}

fn hide(element: &El, hidden: bool) {
    _ = element.node().toggle_attribute_with_force("hidden", hidden);
}
