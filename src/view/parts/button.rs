//! A button, in all the forms that the panel has.

use leptos::prelude::*;

use super::{Derived, boxed};

/// A button. Nearly all buttons use this component, because another element with attributes of its own is half a kilobyte of download.
#[component]
pub fn Button(
    /// Its class.
    #[prop(default = "button")]
    class: &'static str,
    /// What stands on it.
    #[prop(into, default = "".into())]
    label: Derived<String>,
    /// What a screen reader says in place of the label; also its tooltip.
    #[prop(into, optional)]
    name: Option<String>,
    /// Its name for `::part()`.
    #[prop(optional)]
    part: Option<&'static str>,
    /// Whether it is pressed, for a button that stays pressed (`aria-pressed`).
    #[prop(into, optional)]
    pressed: Option<Derived<bool>>,
    /// Whether what it opens is open (`aria-expanded`).
    #[prop(into, optional)]
    expanded: Option<Derived<bool>>,
    /// Whether a click has nothing to do now (`aria-disabled`). The button can still have the focus, and `on_click` is still called.
    #[prop(optional)]
    disabled: Option<bool>,
    /// Whether it stands for what is shown now (`aria-current="page"`).
    #[prop(optional)]
    current: bool,
    /// Whether it is hidden.
    #[prop(into, optional)]
    hidden: Option<Derived<bool>>,
    /// What a click does.
    #[prop(into)]
    on_click: UnsyncCallback<()>,
    /// What stands before the label.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let flag = |flag: Option<Derived<bool>>| flag.map(|flag| boxed(move || flag.get().to_string()));
    let (pressed, expanded) = (flag(pressed), flag(expanded));
    view! {
        <button
            type="button"
            class=class
            part=part
            aria-label=name.clone()
            title=name
            aria-pressed=pressed
            aria-expanded=expanded
            aria-disabled=disabled.map(|disabled| disabled.to_string())
            aria-current=current.then(|| "page".to_owned())
            hidden=hidden.map(|hidden| boxed(move || hidden.get()))
            on:click=move |_| on_click.run(())
        >
            {children.map_or_else(|| ().into_any(), |children| children())}
            {label.text()}
        </button>
    }
}
