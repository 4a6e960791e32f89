//! The menus of the toolbar. Their items come from the second wasm file.

use js_sys::{Function, Reflect};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::context::{PanelContext, use_panel};
use super::keys::target;
use super::lazy::Part;
use super::parts::{Button, CopyButton, boxed, effect};
use super::popover::{Popover, close_elsewhere};
use crate::state::refresh::{DEFAULT_SECONDS, LEAST_SECONDS, Refresh};
use crate::text::format::format_span;
use crate::text::texts::{Texts, fill};
use crate::text::view_options::Drawer;

/// A menu of the toolbar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// How often the panel asks.
    Refresh,
    /// Display, files, a link, diagnostics and keys.
    More,
}

impl Menu {
    fn name(self, texts: &Texts) -> &'static str {
        match self {
            Self::Refresh => texts.refresh_interval,
            Self::More => texts.more_menu,
        }
    }
}

/// The button of a menu, and the menu while it is open.
#[component]
pub fn MenuButton(
    /// Which menu.
    menu: Menu,
    /// The name of the button for `::part()`.
    part: &'static str,
) -> impl IntoView {
    let texts = use_panel().texts();
    let open = RwSignal::new(false);
    let (class, label) = match menu {
        Menu::Refresh => ("segment custom", ""),
        Menu::More => ("button", "⋯"),
    };
    view! {
        <div class="opener">
            <Button
                class
                label
                name=menu.name(texts)
                part
                expanded=move || open.get()
                on_click=move |()| open.update(|open| *open = !*open)
            />
            <Popover open part=Part::Menu(menu, open) />
        </div>
    }
}

/// What a menu offers.
#[component]
pub fn MenuItems(
    /// Which menu.
    menu: Menu,
    /// Whether it is open. It closes itself by setting this to false.
    open: RwSignal<bool>,
) -> impl IntoView {
    let context = use_panel();
    let texts = context.later_texts();
    let opener = move || context.find(".opener:has(> .later)");
    // The focus goes back to the button before the items go away, so that a drawer knows where it was opened from.
    let close = UnsyncCallback::new(move |()| {
        focus(opener().and_then(|opener| opener.first_element_child()));
        open.set(false);
    });
    close_elsewhere(open, opener);
    let items = NodeRef::<html::Div>::new();
    effect(move || _ = items.get().map(|items| focus(items.first_element_child())));
    let keys = move |event: KeyboardEvent| {
        let focused = target(&event);
        let items = items.get_untracked();
        let first = || items.as_ref().and_then(|items| items.first_element_child());
        let last = || items.as_ref().and_then(|items| items.last_element_child());
        match event.key().as_str() {
            "Escape" => close.run(()),
            "Tab" => return open.set(false),
            "ArrowDown" => focus(focused.and_then(|item| item.next_element_sibling()).or_else(first)),
            "ArrowUp" => focus(focused.and_then(|item| item.previous_element_sibling()).or_else(last)),
            "Home" => focus(first()),
            "End" => focus(last()),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let offered = match menu {
        Menu::Refresh => view! { <Intervals close /> }.into_any(),
        Menu::More => view! { <More close /> }.into_any(),
    };
    view! {
        <div class="menu" role="group" aria-label=menu.name(texts) node_ref=items on:keydown=keys>
            {offered}
        </div>
    }
}

fn focus(item: Option<Element>) {
    _ = item.map(|item| item.unchecked_into::<HtmlElement>().focus());
}

/// The intervals on offer, in seconds.
const INTERVALS: [u32; 4] = [10, DEFAULT_SECONDS, 60, 300];

/// How often the panel asks. A choice is an attribute of the element, as if the embedder had set it, and asks at once.
#[component]
fn Intervals(
    /// Closes the menu.
    close: UnsyncCallback<()>,
) -> impl IntoView {
    let context = use_panel();
    let (texts, panel) = (context.later_texts(), context.panel);
    let current = panel.with_refresh(Refresh::seconds);
    let current = u32::try_from(current).unwrap_or_default();
    let mut offered = INTERVALS.to_vec();
    if let (1.., Err(place)) = (current, offered.binary_search(&current)) {
        offered.insert(place, current);
    }
    let item = move |seconds: u32| {
        let label = fill(texts.refresh_every, &[("span", &format_span(seconds.into(), texts))]);
        let choose = move |()| {
            close.run(());
            let host = context.host();
            _ = host.element.set_attribute("refresh-seconds", &seconds.to_string());
            panel.refresh();
        };
        view! { <Button class="item" label pressed=move || seconds == current on_click=choose /> }.into_any()
    };
    let note = move || {
        let (now, range) = (panel.now.get(), panel.query.read().range);
        panel.with_refresh(|refresh| match refresh.is_hurried(now) {
            true => fill(texts.refresh_hurried, &[("span", &format_span(LEAST_SECONDS.into(), texts))]),
            false if current > 0 && !refresh.is_paused() && !refresh.is_automatic(range, now) => {
                texts.refresh_past.to_owned()
            }
            false => String::new(),
        })
    };
    view! {
        {offered.into_iter().map(item).collect_view()}
        <p class="note" role="status">{boxed(note)}</p>
    }
}

/// What else there is to do.
#[component]
fn More(
    /// Closes the menu.
    close: UnsyncCallback<()>,
) -> impl IntoView {
    let texts = use_panel().later_texts();
    view! {
        <Opens close drawer=Drawer::Display label=texts.display part="display" />
        <Opens close drawer=Drawer::Export label=texts.export part="export" />
        <CopyLink />
        <Opens close drawer=Drawer::Diagnostics label=texts.diagnostics part="diagnostics" />
        <Opens close drawer=Drawer::Keys label=texts.keyboard part="keys" />
    }
}

/// An item that opens a drawer.
#[component]
fn Opens(
    close: UnsyncCallback<()>,
    drawer: Drawer,
    label: &'static str,
    /// Its name for `::part()`.
    part: &'static str,
) -> impl IntoView {
    let context = use_panel();
    let open = move |()| {
        close.run(());
        context.open(drawer);
    };
    view! { <Button class="item" label part on_click=open /> }
}

/// Copies a link to this view, if the embedder says to which page (`link-base`), and that is one of the web.
#[component]
fn CopyLink() -> impl IntoView {
    let context = use_panel();
    let link = move || link(context).unwrap_or_default();
    if context.host().element.has_attribute("link-base") && !link().is_empty() {
        view! { <CopyButton class="item" label=context.later_texts().copy_link text=move |()| link() /> }.into_any()
    } else {
        ().into_any()
    }
}

/// What the element's `getLink` returns.
fn link(context: PanelContext) -> Option<String> {
    let element = context.host().element.clone();
    let get_link: Function = Reflect::get(&element, &"getLink".into()).ok()?.dyn_into().ok()?;
    get_link.call0(&element).ok()?.as_string()
}
