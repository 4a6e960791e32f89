//! The title, the range picker and the refresh button.

use leptos::prelude::*;

use super::range_picker::RangePicker;
use super::Ui;
use crate::state::load::Load;

/// The head of the panel.
#[component]
pub fn Toolbar(
    /// The state and settings.
    ui: Ui,
) -> impl IntoView {
    let texts = ui.texts();
    let load = ui.panel.load;
    let busy = move || load.with(Load::is_loading);
    view! {
        <header class="toolbar">
            <h2 class="title">{texts.title}</h2>
            <RangePicker ui />
            <button type="button" class="button refresh" part="refresh" class:busy=busy on:click=move |_| ui.panel.refresh()>
                {refresh_icon()}
                {texts.refresh}
            </button>
        </header>
    }
}

fn refresh_icon() -> impl IntoView {
    // The attribute is dynamic on purpose: Leptos sets a fully static subtree through innerHTML, which Trusted Types refuse.
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden=true.to_string()>
            <path d="M13.5 3v3.5H10M2.5 13V9.5H6M3.2 6A5.2 5.2 0 0 1 13 5.5M12.8 10A5.2 5.2 0 0 1 3 10.5" />
        </svg>
    }
}
