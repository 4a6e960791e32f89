//! A button that copies text, and says whether it could.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::MouseEvent;

use super::super::context::use_panel;
use super::{Outcome, boxed};

#[wasm_bindgen(module = "/src/view/browser.js")]
extern "C" {
    /// Copies `text`, and returns whether that worked. Else the text stands selected beside `button`.
    #[wasm_bindgen(js_name = copyText)]
    async fn copy_text(button: JsValue, text: &str) -> JsValue;
}

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
    let copy = move |event: MouseEvent| {
        let (text, button) = (text.run(()), event.current_target().into());
        spawn_local(async move {
            // The button may be gone by now.
            _ = copied.try_set(if copy_text(button, &text).await.is_truthy() {
                Outcome::Done
            } else {
                Outcome::Failed
            });
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
