//! The keyboard. Single keys work only while the focus is in the panel, as WCAG 2.1.4 wants it, and not while the user types.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::context::{PanelContext, use_panel};
use super::pager::turn_page;
use crate::text::view_options::Drawer;

/// Does what the pressed key stands for. A key that has nothing to do here is left to the page.
pub fn press(context: PanelContext, event: &KeyboardEvent) {
    let target = target(event);
    let is_typing = target.as_ref().is_some_and(|target| matches!(target.tag_name().as_str(), "INPUT" | "SELECT"));
    if is_typing || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let focus = |element: Option<HtmlElement>| element.is_some_and(|element| element.focus().is_ok());
    let is_done = match event.key().as_str() {
        "ArrowDown" => focus(neighbour(target.as_ref(), Element::next_element_sibling, Element::first_element_child)),
        "ArrowUp" => focus(neighbour(target.as_ref(), Element::previous_element_sibling, Element::last_element_child)),
        "/" => focus(context.find("[part=find]")),
        "r" => {
            context.panel.refresh();
            true
        }
        "[" => turn_page(context, false),
        "]" => turn_page(context, true),
        "?" => {
            context.open(Drawer::Keys);
            true
        }
        _ => false,
    };
    if is_done {
        event.prevent_default();
    }
}

/// The element that has the focus. In a micro-frontend it is no instance of the `Element` of the script's window.
pub fn target(event: &KeyboardEvent) -> Option<Element> {
    Some(event.composed_path().get(0)).filter(JsValue::is_truthy).map(JsValue::unchecked_into)
}

/// The button that opens the row next to that of `target`. The rows are in groups: after the last row of one comes the first of the next.
fn neighbour(
    target: Option<&Element>,
    next: fn(&Element) -> Option<Element>,
    first: fn(&Element) -> Option<Element>,
) -> Option<HtmlElement> {
    let row = target?.closest("[part=row]").ok().flatten()?;
    let row = next(&row).or_else(|| first(&next(&row.parent_element()?)?))?;
    row.query_selector("[part=open]").ok().flatten().map(JsCast::unchecked_into)
}

/// What each key does, for the drawer.
#[component]
pub fn Keys() -> impl IntoView {
    let does = &use_panel().later_texts().keys;
    let lines = [
        ("↑ ↓", does.rows),
        ("Enter", does.open),
        ("← →", does.tasks),
        ("Esc", does.close),
        ("r", does.refresh),
        ("[ ]", does.pages),
        ("/", does.find),
        ("?", does.help),
    ];
    let lines = lines.into_iter().map(|(key, does)| {
        view! {
            <dt>
                <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
        }
        .into_any()
    });
    view! { <dl class="fields keys">{lines.collect_view()}</dl> }
}
