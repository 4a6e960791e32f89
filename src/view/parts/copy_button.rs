//! A button that copies text, and says whether it could.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::super::context::use_panel;
use super::{Outcome, boxed};

/// A button that copies the text that it is given when it is pressed.
#[component]
pub fn CopyButton(
    /// Its class.
    #[prop(default = "button small")]
    class: &'static str,
    /// What stands on it until it is pressed.
    #[prop(into)]
    label: String,
    /// What is copied, for a screen reader.
    #[prop(optional)]
    of: &'static str,
    /// Returns the text.
    #[prop(into)]
    text: UnsyncCallback<(), String>,
) -> impl IntoView {
    let texts = use_panel().texts();
    let copied = RwSignal::new(Outcome::Pending);
    let copy = move |_| {
        let text = text.run(());
        spawn_local(async move {
            // The button may be gone by now.
            _ = copied.try_set(if copy(&text).await { Outcome::Done } else { Outcome::Failed });
        });
    };
    let label = move || match copied.get() {
        Outcome::Pending => label.clone(),
        Outcome::Done => texts.copied.to_owned(),
        Outcome::Failed => texts.copy_failed.to_owned(),
    };
    let of = (!of.is_empty()).then(|| view! { <span class="unseen">{[" ", of].concat()}</span> }.into_any());
    view! {
        <button type="button" class=class on:click=copy>
            {boxed(label)}
            {of}
        </button>
    }
}

/// A quiet copy button beside the field `name`.
#[component]
pub fn CopyField(
    /// The field.
    name: &'static str,
    /// What is copied.
    text: String,
) -> impl IntoView {
    let label = use_panel().texts().copy_field;
    view! { <CopyButton class="link copy" label of=name text=move |()| text.clone() /> }
}

/// Writes to the clipboard, and returns whether that worked. An insecure page or a policy may forbid it.
async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).unwrap_or_default();
    clipboard.is_truthy() && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
