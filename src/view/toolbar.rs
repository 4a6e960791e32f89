//! The title, which cluster it is about, the range picker and the refresh button.

use leptos::prelude::*;

use super::context::use_panel;
use super::menu::{Menu, MenuButton};
use super::parts::{Button, boxed};
use super::range_picker::RangePicker;
use crate::state::panel::Panel;
use crate::state::refresh::{Due, Refresh};
use crate::state::request_state::RequestState;
use crate::text::coverage::{cluster_name, cluster_role};
use crate::text::format::span_of_ms;
use crate::text::texts::fill;

/// The head of the panel.
#[component]
pub fn Toolbar() -> impl IntoView {
    let context = use_panel();
    let (texts, panel) = (context.texts(), context.panel);
    let name = move || context.with_loaded(|answer| answer.map(cluster_name)).unwrap_or_default();
    let role = move || context.with_loaded(|answer| answer.map(|data| cluster_role(data, texts))).unwrap_or_default();
    let id = move || fill(texts.ids, &[("id", &panel.query.read().cluster)]);
    let countdown = move || match countdown(panel) {
        Some(wait) => [" · ", &*span_of_ms(wait, texts)].concat(),
        None => String::new(),
    };
    view! {
        <header class="toolbar">
            <h2 class="title">{texts.title}</h2>
            <p class="subject" translate="no">
                <strong>{boxed(name)}</strong>
                <span class="tag">{boxed(role)}</span>
                <span>{boxed(id)}</span>
            </p>
            <RangePicker />
            <div class="controls">
                <div class="segments">
                    <Button class="segment refresh" part="refresh" on_click=move |()| panel.refresh()>
                        <RefreshIcon />
                        <span>
                            {texts.refresh}
                            // Not part of the name: a screen reader would read it out every second.
                            <span aria-hidden="true">{boxed(countdown)}</span>
                        </span>
                    </Button>
                    <MenuButton menu=Menu::Refresh part="refresh-menu" />
                </div>
                <AutoRefresh />
                <MenuButton menu=Menu::More part="more" />
            </div>
        </header>
    }
}

/// How long it is until the next automatic refresh, in milliseconds: 0 while a request is under way, so that the button keeps its width.
fn countdown(panel: Panel) -> Option<i64> {
    let now = panel.now.get();
    match panel.with_refresh(|refresh| refresh.next(now)) {
        Some((wait, Due::Poll)) => Some(wait),
        Some((_, Due::Retry)) => None,
        None => is_automatic(panel).then_some(0),
    }
}

/// Whether the panel asks by itself. A failure that no request can mend ends that.
fn is_automatic(panel: Panel) -> bool {
    let (now, range) = (panel.now.get(), panel.query.read().range);
    panel.with_refresh(|refresh| refresh.is_automatic(range, now)) && !panel.with_state(RequestState::is_unsent)
}

/// Pauses and resumes automatic refresh. It is hidden where there is none.
#[component]
fn AutoRefresh() -> impl IntoView {
    let context = use_panel();
    let (texts, panel) = (context.texts(), context.panel);
    let is_paused = move || {
        panel.now.track();
        panel.with_refresh(Refresh::is_paused)
    };
    let label = move || if is_paused() { texts.resume } else { texts.pause }.to_owned();
    let is_hidden = move || !(is_automatic(panel) || is_paused());
    let toggle = move |()| panel.update_refresh(|refresh, now| refresh.pause(!refresh.is_paused(), now));
    view! {
        <Button
            class="button auto"
            part="auto-refresh"
            label
            pressed=is_paused
            hidden=is_hidden
            on_click=toggle
        />
    }
}

/// It turns during a wait. The browser gives a rotating icon its own compositing layer. With a thousand rows, adding and removing a layer
/// costs the browser more than the refresh costs us.
#[component]
fn RefreshIcon() -> impl IntoView {
    let context = use_panel();
    let class = move || if context.is_waiting() { "icon busy" } else { "icon" }.to_owned();
    // A value, so that `view!` does not take it for static markup, which it sets through `innerHTML`. Trusted Types refuse that.
    let path = "M13.5 3v3.5H10M2.5 13V9.5H6M3.2 6A5.2 5.2 0 0 1 13 5.5M12.8 10A5.2 5.2 0 0 1 3 10.5";
    view! {
        <svg class=boxed(class) viewBox="0 0 16 16" aria-hidden="true">
            <path d=path></path>
        </svg>
    }
}
