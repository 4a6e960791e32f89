//! The line that tells of changes between responses. It comes from the second wasm file: nothing has changed on a first screen.

use std::cmp::Reverse;

use leptos::prelude::*;

use super::context::use_panel;
use super::lazy::{Lazy, Part};
use super::parts::{Button, Fingerprint, Switch, boxed};
use crate::text::journal::journal_line;
use crate::text::view_options::Drawer;

/// The place of [`NewsLine`]. The part is loaded when there is something to tell.
#[component]
pub fn News() -> impl IntoView {
    let context = use_panel();
    let has_news = move || context.panel.with_state(|state| state.history.unread() > 0);
    let line = move || if has_news() { view! { <Lazy part=Part::News /> }.into_any() } else { ().into_any() };
    view! {
        <div>
            <Switch on=move || Fingerprint::of(&has_news()) view=line />
        </div>
    }
}

/// The most urgent unread line of the journal, or the last of several equally urgent ones, and how many more are unread.
#[component]
pub fn NewsLine() -> impl IntoView {
    let context = use_panel();
    let (texts, panel) = (context.later_texts(), context.panel);
    let line = move || {
        let viewer = context.viewer();
        let is_open = context.drawer() == Some(Drawer::Diagnostics);
        panel.with_state(|state| {
            let journal = state.history.journal();
            let unread = state.history.unread();
            let unread_here = usize::try_from(unread).unwrap_or(usize::MAX);
            let mut told = Vec::new();
            // A change that a later change of the same tasks ended is no news any more. Of equally urgent changes, the last one counts.
            let last = journal.iter().rev().take(unread_here).filter(|entry| {
                let is_last = !told.contains(&&entry.tasks);
                told.push(&entry.tasks);
                is_last
            });
            let last = last.min_by_key(|entry| Reverse(entry.change.tone())).filter(|_| !is_open);
            let Some(entry) = last else { return String::new() };
            let more = unread.saturating_sub(1);
            let more = if more > 0 { texts.counted(texts.more_changes, more) } else { String::new() };
            [journal_line(entry, &viewer), more].concat()
        })
    };
    let is_hidden = move || line().is_empty();
    view! {
        <div class="notice news" data-tone="warning" role="status" hidden=boxed(is_hidden)>
            <p>{boxed(line)}</p>
            <div class="actions">
                <Button
                    class="button small"
                    label=texts.show_changes
                    on_click=move |()| context.open(Drawer::Diagnostics)
                />
            </div>
        </div>
    }
}
