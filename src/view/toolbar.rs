//! The title, the range picker and the refresh button.

use std::cell::Cell;

use leptos::prelude::*;
use web_sys::Event;

use super::Ui;
use super::dom::{El, button, el, svg};
use super::range_picker::range_picker;
use crate::state::load::Load;
use crate::state::panel::Panel;
use crate::state::refresh::{Due, Refresh};
use crate::text::format::span_of_ms;

/// The head of the panel.
#[must_use]
pub fn toolbar(ui: Ui) -> El {
    let texts = ui.texts();
    let panel = ui.panel;
    let busy = move || ui.panel.load.with(Load::is_loading);
    let refresh = button("button refresh", "", move |_| ui.panel.refresh())
        .attr("part", "refresh")
        // An icon that turns is a layer of its own, and with a thousand rows each layer that comes or goes costs the browser
        // more than a refresh costs us.
        .class_after_a_while("busy", busy)
        .child(refresh_icon())
        .child(el("span").text_of(move || match next(panel) {
            Some(wait) => [texts.refresh, " · ", &*span_of_ms(wait, texts)].concat(),
            None => texts.refresh.to_owned(),
        }));
    let controls = el("div").class("controls").children([refresh, auto_refresh(ui)]);
    el("header").class("toolbar").children([el("h2").class("title").text(texts.title), range_picker(ui), controls])
}

/// How long it is until the next automatic refresh, in milliseconds.
fn next(panel: Panel) -> Option<i64> {
    let now = panel.now.get();
    panel.with_refresh(|refresh| refresh.next(now)).filter(|(_, due)| *due == Due::Poll).map(|(wait, _)| wait)
}

/// Pauses and resumes automatic refresh; away where there is none.
fn auto_refresh(ui: Ui) -> El {
    let texts = ui.texts();
    let panel = ui.panel;
    let paused = move || {
        panel.now.track();
        panel.with_refresh(Refresh::is_paused)
    };
    let label = move || if paused() { texts.resume } else { texts.pause }.to_owned();
    let is_shown = Cell::new(true);
    let toggle = move |_: &Event| panel.update_refresh(|refresh, now| refresh.pause(!refresh.is_paused(), now));
    button("button auto", "", toggle)
        .attr("part", "auto-refresh")
        .text_of(label)
        .flag_of("aria-pressed", paused)
        .attr_of("hidden", move || {
            // While a request is under way nothing is due, and the button stays as it was.
            let is_wanted = next(panel).is_some() || paused();
            if !panel.load.with(Load::is_loading) {
                is_shown.set(is_wanted);
            }
            (!is_shown.get()).then(String::new)
        })
}

fn refresh_icon() -> El {
    let path = "M13.5 3v3.5H10M2.5 13V9.5H6M3.2 6A5.2 5.2 0 0 1 13 5.5M12.8 10A5.2 5.2 0 0 1 3 10.5";
    let icon = svg("svg").class("icon").attr("viewBox", "0 0 16 16").attr("aria-hidden", "true");
    icon.child(svg("path").attr("d", path))
}
