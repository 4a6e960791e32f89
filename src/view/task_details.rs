//! All that is known of one task, with its texts in full.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Event, FocusOptions, HtmlElement, KeyboardEvent, ShadowRoot};

use super::Ui;
use super::dom::{El, button, effect, el};
use super::present::{Cell, Column, clamp, row};
use super::texts::fill;

/// Characters of one field that are put on screen; a message may hold megabytes.
const FIELD_CHARS: usize = 20_000;

/// The drawer beside the table. It follows its task through refreshes, and says when the task is no longer listed.
#[must_use]
pub fn task_details(ui: Ui) -> El {
    let is_open = move || ui.selected.with(Option::is_some);
    el("div").class("lane").switch(move || is_open().into(), move || is_open().then(|| drawer(ui)))
}

fn drawer(ui: Ui) -> El {
    let texts = ui.texts();
    let fields = el("dl").class("fields");
    let drawer =
        el("aside").class("drawer").attr("role", "dialog").attr("aria-label", texts.details).attr("tabindex", "-1");

    let list = fields.clone();
    let mut shown = None;
    effect(move || {
        let viewer = ui.viewer.get();
        let key = ui.selected.get();
        let row = ui.panel.load.with(|load| row(&load.data.as_ref()?.page, key?, &viewer));
        // What does not change is not written: someone may be selecting it.
        if shown.replace(row.clone()).is_some_and(|last| last == row) {
            return;
        }
        list.node().set_text_content(None);
        let cells = row.map(|row| row.cells).into_iter().flatten().zip(Column::ALL);
        let mut filled = cells.filter(|(cell, _)| !cell.main.is_empty()).peekable();
        if filled.peek().is_none() {
            list.node().set_text_content(Some(texts.gone));
        }
        for (cell, column) in filled {
            _ = list.clone().children([el("dt").text(column.title(texts)), field(&cell, column, texts.cut)]);
        }
    });

    // Back to where the drawer was opened from, once it is closed.
    let before = drawer_opener(ui, &drawer);
    let close = move || {
        ui.selected.set(None);
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
    let head = [el("h3").class("title").text(texts.details), button("button", texts.close, move |_| close())];
    drawer.on("keydown", keys).children([el("header").class("toolbar").children(head), fields])
}

/// Moves the focus into `drawer` once it stands in the page, and gives the element that had it.
fn drawer_opener(ui: Ui, drawer: &El) -> Option<HtmlElement> {
    let node = drawer.html().clone();
    spawn_local(async move {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        _ = node.focus_with_options(&options);
    });
    let root: ShadowRoot = ui.host.get_value().shadow_root()?;
    root.active_element()?.dyn_into().ok()
}

fn field(cell: &Cell, column: Column, cut: &str) -> El {
    let (shown, more) = clamp(&cell.main, FIELD_CHARS);
    let part = |class: &str, text: &str| (!text.is_empty()).then(|| el("span").class(class).text(text));
    let more = if more > 0 { fill(cut, &[("count", &more.to_string())]) } else { String::new() };
    let parts = [part("main", shown), part("tag", cell.tag), part("sub", &cell.sub), part("sub", &more)];
    let field = el("dd").class(if column == Column::Status { "status" } else { "" });
    let field = field.children(parts.into_iter().flatten());
    match cell.tone {
        Some(tone) => field.attr("data-tone", tone.name()),
        None => field,
    }
}
