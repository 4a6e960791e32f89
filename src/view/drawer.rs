//! The drawer beside the table: one place for what is not on the first screen.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Event, FocusOptions, HtmlElement, KeyboardEvent, ShadowRoot};

use super::Ui;
use super::dom::{El, button, el};
use super::later::{Part, later};
use crate::domain::task::TaskKey;

/// What the drawer shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Drawer {
    /// All that is known of a task.
    Task(TaskKey),
    /// The journal, the clocks, and departures from the contract.
    Diagnostics,
    /// What each key does.
    Keys,
    /// Files to save, and all pages.
    Export,
    /// Columns, density and time zone.
    Display,
}

/// The drawer, while something is to be shown in it.
#[must_use]
pub fn drawer(ui: Ui) -> El {
    let key = move || match ui.drawer.get() {
        None => 0,
        Some(Drawer::Task(_)) => 1,
        Some(Drawer::Diagnostics) => 2,
        Some(Drawer::Keys) => 3,
        Some(Drawer::Export) => 4,
        Some(Drawer::Display) => 5,
    };
    el("div").class("lane").switch(key, move || {
        let texts = ui.texts();
        let (title, part) = match ui.drawer.get()? {
            Drawer::Task(_) => (texts.details, Part::Details),
            Drawer::Diagnostics => (texts.diagnostics, Part::Diagnostics),
            Drawer::Keys => (texts.keyboard, Part::Keys),
            Drawer::Export => (texts.export_title, Part::Export),
            Drawer::Display => (texts.display, Part::Display),
        };
        Some(frame(ui, title, later(ui, part)))
    })
}

fn frame(ui: Ui, title: &str, body: El) -> El {
    let texts = ui.texts();
    let drawer = el("section").class("drawer").attr("role", "dialog").attr("aria-label", title).attr("tabindex", "-1");
    // Back to where the drawer was opened from, once it is closed.
    let before = opener(ui, &drawer);
    let close = move || {
        ui.drawer.set(None);
        if let Some(before) = &before {
            _ = before.focus();
        }
    };
    let close_by_key = close.clone();
    let keys = move |event: &Event| {
        if event.unchecked_ref::<KeyboardEvent>().key() == "Escape" {
            event.stop_propagation();
            close_by_key();
        }
    };
    let head = [el("h3").class("title").text(title), button("button", texts.close, move |_| close())];
    drawer.on("keydown", keys).children([el("header").class("toolbar").children(head), body])
}

/// Moves the focus into `drawer` once it stands in the page, and gives the element that had it.
fn opener(ui: Ui, drawer: &El) -> Option<HtmlElement> {
    let node = drawer.html().clone();
    spawn_local(async move {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        _ = node.focus_with_options(&options);
    });
    let root: ShadowRoot = ui.outside.get_value().host.shadow_root()?;
    root.active_element()?.dyn_into().ok()
}
