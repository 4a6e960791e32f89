//! Keeps what a viewer chose in the browser's `localStorage`, if the browser allows that. A remembered choice holds for all panels of the
//! origin, where the embedder has not set the attribute.

use crate::text::columns::Columns;

/// The attributes that a remembered choice may stand in for.
pub const NAMES: [&str; 3] = ["columns", "density", "time-zone"];

fn storage() -> Option<web_sys::Storage> {
    // Fails in a frame without an origin, and where cookies are blocked.
    leptos::prelude::window().local_storage().ok().flatten()
}

fn key(name: &str) -> String {
    ["ocp-log-backup-panel.", name].concat()
}

/// The remembered choice for the attribute `name`.
#[must_use]
pub fn recall(name: &str) -> Option<String> {
    if !NAMES.contains(&name) {
        return None;
    }
    storage()?.get_item(&key(name)).ok().flatten()
}

/// Remembers a choice. If the storage is full or forbidden, the choice lasts as long as the page.
pub fn remember(name: &str, value: &str) {
    _ = storage().map(|storage| storage.set_item(&key(name), value));
}

/// Remembers the columns.
pub fn remember_columns(columns: Columns) {
    remember("columns", &columns.names());
}

/// Forgets all choices.
pub fn forget() {
    for name in NAMES {
        _ = storage().map(|storage| storage.remove_item(&key(name)));
    }
}
