//! Keeps what a viewer chose in the browser's `localStorage`, if the browser allows that. A remembered choice holds for all panels of the
//! origin, where the embedder has not set the attribute.

use crate::domain::time::TimeRange;
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

/// What the standalone page keeps under `name`.
#[must_use]
pub fn setting(name: &str) -> Option<String> {
    storage()?.get_item(&key(name)).ok().flatten()
}

/// Keeps `value` under `name` for the standalone page, or forgets it.
pub fn keep_setting(name: &str, value: Option<&str>) {
    match value {
        Some(value) => remember(name, value),
        None => _ = storage().map(|storage| storage.remove_item(&key(name))),
    }
}

/// Remembers the columns.
pub fn remember_columns(columns: Columns) {
    remember("columns", &columns.names());
}

/// How many ranges are offered again.
const MOST_RANGES: usize = 5;

/// The ranges that were last applied, the latest first, as [`TimeRange::recall`] reads them.
#[must_use]
pub fn recent_ranges() -> Vec<String> {
    let kept = storage().and_then(|storage| storage.get_item(&key("ranges")).ok().flatten()).unwrap_or_default();
    kept.lines().take(MOST_RANGES).map(str::to_owned).collect()
}

/// Remembers that `range` was applied.
pub fn remember_range(range: TimeRange) {
    let Some(text) = range.record() else { return };
    let mut kept = recent_ranges();
    kept.retain(|other| *other != text);
    kept.insert(0, text);
    kept.truncate(MOST_RANGES);
    remember("ranges", &kept.join("\n"));
}

/// The day that weeks begin with, 0 for Monday to 6 for Sunday, where the viewer chose one.
#[must_use]
pub fn week_start() -> Option<u32> {
    let kept = storage()?.get_item(&key("week-start")).ok()??;
    kept.parse().ok().filter(|day| *day < 7)
}

/// Forgets all choices.
pub fn forget() {
    for name in NAMES.into_iter().chain(["ranges", "week-start"]) {
        _ = storage().map(|storage| storage.remove_item(&key(name)));
    }
}
