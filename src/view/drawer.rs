//! The drawer beside the table: one place for what is not on the first screen.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{FocusOptions, HtmlElement, KeyboardEvent};

use super::context::{PanelContext, use_panel};
use super::lazy::{Lazy, Part};
use super::parts::{Button, Fingerprint, Switch, boxed};
use crate::text::texts::Texts;
use crate::text::view_options::{Drawer, ViewOptions};

impl Drawer {
    /// The part that fills the drawer. `is_titled` and `close` are for one that has a title line of its own.
    fn part(self, is_titled: RwSignal<bool>, close: UnsyncCallback<()>) -> Part {
        match self {
            Self::Task(_) => Part::Details(is_titled, close),
            Self::Diagnostics => Part::Diagnostics,
            Self::Keys => Part::Keys,
            Self::Export => Part::Export,
            Self::Display => Part::Display,
        }
    }

    /// What the drawer is called. All tasks have the same title, so that another task does not build the drawer anew.
    fn title(self, texts: &Texts) -> &'static str {
        match self {
            Self::Task(_) => texts.details,
            Self::Diagnostics => texts.diagnostics,
            Self::Keys => texts.keyboard,
            Self::Export => texts.export_title,
            Self::Display => texts.display,
        }
    }
}

/// The drawer, while something is to be shown in it.
#[component]
pub fn DrawerLane() -> impl IntoView {
    let context = use_panel();
    let open = move || match context.drawer() {
        Some(drawer) => view! { <Frame drawer /> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <div class="lane">
            <Switch on=move || Fingerprint::of(&context.drawer().map(|drawer| drawer.title(context.texts()))) view=open />
        </div>
    }
}

#[component]
fn Frame(drawer: Drawer) -> impl IntoView {
    let context = use_panel();
    let texts = context.texts();
    let title = drawer.title(texts);
    let is_titled = RwSignal::new(false);
    // When the drawer is closed, the focus returns to where it was opened from.
    let opener = take_focus(context);
    let close = UnsyncCallback::new(move |()| {
        // The row of the open task, wherever it is by now: another task may have taken the place of the opener.
        let row = context.find("[part=row][aria-current] [part=open]");
        context.update(ViewOptions::close);
        let opener = || opener.clone().filter(|opener| opener.is_connected());
        if let Some(next) = row.or_else(opener).or_else(|| context.find(".scroll")) {
            focus_in_place(&next);
        }
    });
    let keys = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            close.run(());
        }
    };
    view! {
        <section class="drawer" role="dialog" aria-label=title tabindex="-1" on:keydown=keys>
            // `try_get`: when the panel ends, its details write to the signal after it has ended.
            <header class="toolbar" hidden=boxed(move || is_titled.try_get().unwrap_or_default())>
                <h3 class="title">{title}</h3>
                <Button label=texts.close on_click=close />
            </header>
            <Lazy part=drawer.part(is_titled, close) />
        </section>
    }
}

/// Moves the focus into the drawer once it stands in the page. Returns the element that has it now.
fn take_focus(context: PanelContext) -> Option<HtmlElement> {
    spawn_local(async move {
        if let Some(drawer) = context.find(".drawer") {
            focus_in_place(&drawer);
        }
    });
    context.focused()
}

/// Focuses `element` without scrolling to it: what the user looks at stays where it is.
fn focus_in_place(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    _ = element.focus_with_options(&options);
}
