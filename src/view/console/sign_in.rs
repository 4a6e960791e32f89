//! The way to OCP's sign-in, and back to this very view.

use gloo_events::EventListener;
use leptos::prelude::*;

use super::context::{Console, use_console};
use super::watch::{Watch, refresh_all};
use crate::api::error::ErrorKind;
use crate::state::panel::Panel;
use crate::text::address::Address;
use crate::view::parts::{Fingerprint, boxed, keep};

/// Whether OCP wants a sign-in, for its list or for a cluster.
fn is_signed_out(console: Console) -> bool {
    let is_refused = |watch: &Watch| {
        let problem =
            |panel: Panel| panel.with_state(|state| state.problem.as_ref().map(|problem| problem.kind.clone()));
        watch.panel.get().and_then(problem) == Some(ErrorKind::NotSignedIn)
    };
    console.is_list_refused.get() || console.watched.read().iter().any(is_refused)
}

/// Leads to the sign-in in a tab of its own: so this page, with all that it shows, is still there afterwards, whatever page OCP shows
/// then. When the user comes back, it asks again, once: OCP locks out whoever asks without a session too often.
#[component]
pub fn SignIn() -> impl IntoView {
    let console = use_console();
    let texts = console.texts();
    let is_away = StoredValue::new(false);
    let come_back = move || {
        if !document().hidden() && is_away.try_update_value(std::mem::take).unwrap_or_default() {
            refresh_all(console);
            console.ask_again();
        }
    };
    keep(EventListener::new(&document(), "visibilitychange", move |_| come_back()));
    // From another window, no page was hidden.
    keep(EventListener::new(&window(), "focus", move |_| come_back()));
    let is_shown = Memo::new(move |_| Fingerprint::of(&is_signed_out(console)));
    let is_hidden = move || is_shown.get() == Fingerprint::of(&false);
    let href = move || {
        let setup = console.setup();
        // The view may be another one by the time that the session is over.
        is_shown.track();
        // Where OCP is on another origin, its sign-in can't lead here.
        let is_here = !setup.base_url.contains(':');
        let callback = Address::default().with("callback", is_here.then(|| setup.page.here()).as_deref()).search();
        [setup.base_url.trim_end_matches('/'), "/login", callback.trim_end_matches('?')].concat()
    };
    view! {
        <p class="notice sign-in" role="alert" hidden=boxed(is_hidden)>
            <a id="sign-in" class="bar-button primary" target="_blank" href=boxed(href) on:click=move |_| is_away.set_value(true) on:auxclick=move |_| is_away.set_value(true)>
                {texts.console.sign_in}
            </a>
            <span>{texts.console.sign_in_hint}</span>
        </p>
    }
}
