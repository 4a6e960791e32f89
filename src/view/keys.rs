//! The keyboard. Single keys work only while the focus is in the panel, as WCAG 2.1.4 wants it, and never while typing.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

use super::Ui;
use super::dom::{El, el};
use super::drawer::Drawer;

/// Does what the pressed key stands for.
pub fn press(ui: Ui, event: &Event) {
    let key: &KeyboardEvent = event.unchecked_ref();
    let target = event.composed_path().get(0).dyn_into::<Element>().ok();
    let is_typing = target.as_ref().is_some_and(|target| matches!(target.tag_name().as_str(), "INPUT" | "SELECT"));
    if is_typing || key.ctrl_key() || key.meta_key() || key.alt_key() {
        return;
    }
    // The rows are in groups: beside the last of one is the first of the next.
    let neighbour = |next: fn(&Element) -> Option<Element>, first: fn(&Element) -> Option<Element>| {
        let row = target.as_ref()?.closest("[part=row]").ok().flatten()?;
        let row = next(&row).or_else(|| first(&next(&row.parent_element()?)?))?;
        row.query_selector("[part=open]").ok().flatten().map(JsCast::unchecked_into::<HtmlElement>)
    };
    let (focus, click) = match key.key().as_str() {
        "ArrowDown" => (neighbour(Element::next_element_sibling, Element::first_element_child), None),
        "ArrowUp" => (neighbour(Element::previous_element_sibling, Element::last_element_child), None),
        "/" => (ui.find("[part=find]"), None),
        "r" => (None, ui.find("[part=refresh]")),
        "[" => (None, ui.find("[part=previous]")),
        "]" => (None, ui.find("[part=next]")),
        "?" => {
            ui.drawer.set(Some(Drawer::Keys));
            (None, None)
        }
        _ => return,
    };
    // A key that has nothing to do here is left to the page.
    if let Some(element) = focus {
        _ = element.focus();
    } else if let Some(element) = click {
        element.click();
    } else if key.key() != "?" {
        return;
    }
    event.prevent_default();
}

/// What each key does, for the drawer.
#[must_use]
pub fn keys(ui: Ui) -> El {
    let does = &ui.texts().keys;
    let lines = [
        ("↑ ↓", does.rows),
        ("Enter", does.open),
        ("Esc", does.close),
        ("r", does.refresh),
        ("[ ]", does.pages),
        ("/", does.find),
        ("?", does.help),
    ];
    let lines = lines.into_iter().flat_map(|(key, does)| [el("dt").child(el("kbd").text(key)), el("dd").text(does)]);
    el("dl").class("fields keys").children(lines)
}
