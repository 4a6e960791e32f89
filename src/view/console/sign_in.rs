//! The way to OCP's sign-in, and back to this very view.

use gloo_events::EventListener;
use leptos::prelude::*;

use super::context::{Console, use_console};
use super::watch::refresh_all;
use crate::api::error::{ApiError, ErrorKind};
use crate::text::address::Address;
use crate::view::parts::{boxed, keep};

/// Offers the sign-in if `error` asks for one.
pub fn sign_in_if(console: Console, error: Option<&ApiError>) {
    if error.is_some_and(|error| error.kind == ErrorKind::NotSignedIn) {
        console.is_signed_out.set(true);
    }
}

/// Leads to the sign-in in a tab of its own: so this page, with all that it shows, is still there afterwards, whatever page OCP shows
/// then. When the user comes back, it asks again, once: OCP locks out whoever asks without a session too often.
#[component]
pub fn SignIn() -> impl IntoView {
    let console = use_console();
    let texts = console.texts();
    let is_away = StoredValue::new(false);
    keep(EventListener::new(&document(), "visibilitychange", move |_| {
        if !document().hidden() && is_away.try_update_value(std::mem::take).unwrap_or_default() {
            console.is_signed_out.set(false);
            refresh_all(console);
            console.ask_again();
        }
    }));
    let href = move || {
        let setup = console.setup();
        // Where OCP is on another origin, its sign-in can't lead here.
        let is_here = !setup.base_url.contains(':');
        let callback = Address::default().with("callback", is_here.then(|| setup.page.here()).as_deref()).search();
        [setup.base_url.trim_end_matches('/'), "/login", callback.trim_end_matches('?')].concat()
    };
    view! {
        <p class="notice sign-in" role="alert" hidden=boxed(move || !console.is_signed_out.get())>
            <a id="sign-in" class="bar-button primary" target="_blank" href=boxed(href) on:click=move |_| is_away.set_value(true)>
                {texts.console.sign_in}
            </a>
            <span>{texts.console.sign_in_hint}</span>
        </p>
    }
}
