//! The parts of the panel that a first screen does not need. A release is split at [`part`] into two wasm files. The second is loaded after
//! the first rows and shares the memory of the first (`embed/later.js`). A debug build is one file, and `part` is an ordinary function.
//!
//! Leptos' own `#[lazy]` panics if the file can't be loaded, and a panic ends the panel. `wasm_split` with `fallible`, which `#[lazy]` is
//! made of, returns an error instead, which the panel shows.

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use super::context::use_panel;
use super::diagnostics::Diagnostics;
use super::display::Display;
use super::export::Export;
use super::keys::Keys;
use super::menu::{Menu, MenuItems};
use super::news::NewsLine;
use super::parts::{Button, Outcome, boxed};
use super::range_draft::RangeDraft;
use super::stylesheet::{LATER_CSS, adopt_styles};
use super::task_details::TaskDetails;

/// A part that comes from the second file.
#[derive(Clone, Copy)]
pub enum Part {
    /// All that is known of a task, with a title line of its own. It sets the signal while it is there, so that its drawer shows none, and
    /// closes the drawer by the callback.
    Details(RwSignal<bool>, UnsyncCallback<()>),
    /// The journal, the clocks, and departures from the contract.
    Diagnostics,
    /// The most urgent change that is unread.
    News,
    /// What each key does.
    Keys,
    /// Files to save, and all pages.
    Export,
    /// Columns, density and time zone.
    Display,
    /// What a menu offers. It is open while the signal is true.
    Menu(Menu, RwSignal<bool>),
    /// The popover to enter a time range. It is open while the signal is true.
    Range(RwSignal<bool>),
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
fn part(part: Part) -> Result<AnyView, NotLoaded> {
    // Before the part is shown, in whichever panel.
    if let Some(root) = use_panel().host().element.shadow_root() {
        adopt_styles(&root, LATER_CSS);
    }
    Ok(match part {
        Part::Details(is_titled, close) => view! { <TaskDetails is_titled close /> }.into_any(),
        Part::Diagnostics => view! { <Diagnostics /> }.into_any(),
        Part::News => view! { <NewsLine /> }.into_any(),
        Part::Keys => view! { <Keys /> }.into_any(),
        Part::Export => view! { <Export /> }.into_any(),
        Part::Display => view! { <Display /> }.into_any(),
        Part::Menu(menu, open) => view! { <MenuItems menu open /> }.into_any(),
        Part::Range(open) => view! { <RangeDraft open /> }.into_any(),
    })
}

/// Shows a part once it is loaded. Until then it says that the part is loading, or that it could not be loaded, with a button to try again.
#[component]
pub fn Lazy(
    /// Which part.
    part: Part,
) -> impl IntoView {
    let texts = use_panel().texts();
    let outcome = RwSignal::new(Outcome::Pending);
    let loaded = StoredValue::new_local(None::<AnyView>);
    // The part must belong to this component, even if a click loads it later. So the owner is kept.
    let owner = StoredValue::new(Owner::current().unwrap_or_default());
    let load = move || {
        outcome.set(Outcome::Pending);
        owner.get_value().with(|| {
            spawn_local_scoped_with_cancellation(async move {
                let built = self::part(part);
                #[cfg(split)]
                let built = built.await;
                let end = if built.is_ok() { Outcome::Done } else { Outcome::Failed };
                loaded.set_value(built.ok());
                outcome.set(end);
            });
        });
    };
    load();
    let content = move || match outcome.get() {
        Outcome::Pending => view! { <p class="advice">{texts.loading}</p> }.into_any(),
        Outcome::Done => loaded.try_update_value(Option::take).flatten().unwrap_or_else(|| ().into_any()),
        Outcome::Failed => view! {
            <div class="notice" role="alert" data-tone="critical">
                <p class="advice">{texts.not_loaded}</p>
                <div class="actions">
                    <Button class="button small" label=texts.retry on_click=move |()| load() />
                </div>
            </div>
        }
        .into_any(),
    };
    view! { <div class="later">{boxed(content)}</div> }
}

/// Loads the second file ahead, because the server may be out of reach by the time the user wants it.
pub fn preload() {
    #[cfg(split)]
    leptos::task::spawn_local(async { _ = load().await });
}
