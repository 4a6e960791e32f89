//! What a first screen does not need. The release is split at [`part`] into two wasm files; the second is loaded after the
//! first rows and shares the memory of the first (`embed/later.js`). A debug build is one file, and this an ordinary call.
//!
//! Not Leptos' own `#[lazy]`: it panics where the file can't be loaded, and a panic ends the panel. `wasm_split` with `fallible`,
//! which `#[lazy]` is made of, gives an error that the panel shows.

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use super::dom::{El, button, el};
use super::{Ui, all_pages, diagnostics, display, keys, range_draft, task_details};

/// A part that comes from the second file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All that is known of a task.
    Details,
    /// The journal, the clocks, and departures from the contract.
    Diagnostics,
    /// What each key does.
    Keys,
    /// Files to save, and all pages.
    Export,
    /// Columns, density and time zone.
    Display,
    /// A time range of one's own; 0 in the signal closes it.
    Range(RwSignal<i64>),
}

/// The second file could not be loaded; the browser's console says why. The next call tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotLoaded;

#[cfg(split)]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

#[cfg_attr(split, wasm_split_helpers::wasm_split(later, fallible, preload(load)))]
#[allow(clippy::unnecessary_wraps, reason = "the macro adds the failure, to load the file")]
fn part(ui: Ui, part: Part) -> Result<El, NotLoaded> {
    Ok(match part {
        Part::Details => task_details::task_details(ui),
        Part::Diagnostics => diagnostics::diagnostics(ui),
        Part::Keys => keys::keys(ui),
        Part::Export => all_pages::all_pages(ui),
        Part::Display => display::display(ui),
        Part::Range(open) => range_draft::range_draft(ui, open),
    })
}

/// The part, once it is there; until then that it is being loaded, or that it could not be, with a button to try again.
#[must_use]
pub fn later(ui: Ui, part: Part) -> El {
    let place = el("div").class("later");
    fill(ui, part, place.clone(), Owner::current().unwrap_or_default());
    place
}

fn fill(ui: Ui, wanted: Part, place: El, owner: Owner) {
    place.node().set_text_content(Some(ui.texts().loading));
    // The future runs under this owner, and so does what it builds; it ends with it.
    owner.clone().with(|| {
        spawn_local_scoped_with_cancellation(async move {
            let built = part(ui, wanted);
            #[cfg(split)]
            let built = built.await;
            place.node().set_text_content(None);
            _ = place.clone().child(built.unwrap_or_else(|NotLoaded| not_loaded(ui, wanted, place, owner)));
        });
    });
}

fn not_loaded(ui: Ui, wanted: Part, place: El, owner: Owner) -> El {
    let texts = ui.texts();
    let again = button("button small", texts.retry, move |_| fill(ui, wanted, place.clone(), owner.clone()));
    el("div")
        .class("notice")
        .attr("role", "alert")
        .attr("data-tone", "critical")
        .children([el("p").class("advice").text(texts.not_loaded), el("div").class("actions").child(again)])
}

/// Loads the second file, so that it is there when it is wanted, and the server perhaps not.
pub fn load_early() {
    #[cfg(split)]
    leptos::task::spawn_local(async { _ = load().await });
}
