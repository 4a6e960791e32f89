//! The title, the range picker and the refresh button.

use leptos::prelude::*;

use super::Ui;
use super::dom::{El, button, el, svg};
use super::range_picker::range_picker;
use crate::state::load::Load;

/// The head of the panel.
#[must_use]
pub fn toolbar(ui: Ui) -> El {
    let texts = ui.texts();
    let busy = move || ui.panel.load.with(Load::is_loading);
    let refresh = button("button refresh", "", move |_| ui.panel.refresh())
        .attr("part", "refresh")
        .class_of("busy", busy)
        .child(refresh_icon())
        .text(texts.refresh);
    el("header").class("toolbar").children([el("h2").class("title").text(texts.title), range_picker(ui), refresh])
}

fn refresh_icon() -> El {
    let path = "M13.5 3v3.5H10M2.5 13V9.5H6M3.2 6A5.2 5.2 0 0 1 13 5.5M12.8 10A5.2 5.2 0 0 1 3 10.5";
    let icon = svg("svg").class("icon").attr("viewBox", "0 0 16 16").attr("aria-hidden", "true");
    icon.child(svg("path").attr("d", path))
}
