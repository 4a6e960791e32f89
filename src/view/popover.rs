//! What opens below a button: a part from the second wasm file, until the user goes on elsewhere.

use leptos::ev;
use leptos::prelude::*;
use web_sys::HtmlElement;

use super::lazy::{Lazy, Part};
use super::parts::{Fingerprint, Switch};

/// Shows a part while a signal is true.
#[component]
pub fn Popover(
    /// The signal.
    open: RwSignal<bool>,
    /// The part.
    part: Part,
) -> impl IntoView {
    let view = move || if open.get() { view! { <Lazy part /> }.into_any() } else { ().into_any() };
    view! { <Switch on=move || Fingerprint::of(&open.get()) view /> }
}

/// Sets `open` to false when the user presses outside of the element that `inside` finds, as long as the current owner lives.
pub fn close_elsewhere(open: RwSignal<bool>, inside: impl Fn() -> Option<HtmlElement> + 'static) {
    let elsewhere = window_event_listener(ev::pointerdown, move |event| {
        if !inside().is_some_and(|inside| event.composed_path().includes(&inside, 0)) {
            open.set(false);
        }
    });
    on_cleanup(move || elsewhere.remove());
}
