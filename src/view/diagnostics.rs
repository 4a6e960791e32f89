//! The diagnostics: the journal, failed requests, the clocks, and departures from the contract. Support asks for them, and an OCP upgrade
//! shows there first.

use js_sys::Reflect;
use leptos::prelude::*;

use super::context::{PanelContext, use_panel};
use super::parts::{CopyButton, Fingerprint, Switch};
use crate::text::diagnostics::{diagnostics, to_text};
use crate::text::report::{self, Server};

type Sections = Vec<(&'static str, Vec<String>)>;

fn sections(context: PanelContext) -> Sections {
    let viewer = context.viewer();
    context.panel.with_state(|state| {
        let skew = state.data.as_ref().map(|data| data.skew).unwrap_or_default();
        diagnostics(&state.history, skew, &viewer)
    })
}

/// The report for a ticket.
fn report(context: PanelContext) -> String {
    let (panel, viewer) = (context.panel, untrack(|| context.viewer()));
    let (now, base_url, query) = ((panel.clock.now)(), panel.base_url(), panel.query.get_untracked());
    let page = Reflect::get(&context.host().element, &"baseURI".into()).ok().and_then(|page| page.as_string());
    let server = Server { base_url: &base_url, page: page.as_deref().unwrap_or_default() };
    panel.with_state_untracked(|state| report::report(state, &query, server, now, &viewer))
}

/// The diagnostics, for the drawer. They stay up to date while they are shown.
#[component]
pub fn Diagnostics() -> impl IntoView {
    let context = use_panel();
    let panel = context.panel;
    let texts = context.later_texts();
    // The user has the journal on screen, so its news is read.
    on_cleanup(move || panel.mark_journal_read());
    let section = move |(title, lines): (&'static str, Vec<String>)| {
        let none = lines.is_empty().then(|| view! { <p class="advice">{texts.nothing}</p> }.into_any());
        let items = lines.into_iter().map(|line| view! { <li>{line}</li> }.into_any()).collect_view();
        view! {
            <h4>{title}</h4>
            <ul>{items}</ul>
            {none}
        }
        .into_any()
    };
    let list = move || sections(context).into_iter().map(section).collect_view();
    view! {
        <div class="fields">
            <div class="sections">
                <Switch on=move || Fingerprint::of(&sections(context)) view=list />
            </div>
            <div class="actions">
                <CopyButton label=texts.copy_report text=move |()| report(context) />
                <CopyButton label=texts.copy text=move |()| untrack(|| to_text(&sections(context))) />
            </div>
        </div>
    }
}
