//! A button that copies text, and says whether it could.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::Event;

use super::dom::{El, button, el};
use crate::text::texts::Texts;

/// A button named `label` that copies what `text` gives when it is pressed.
#[must_use]
pub fn copy_button(label: &'static str, texts: &'static Texts, text: impl Fn() -> String + 'static) -> El {
    boxed(label, texts, Box::new(text))
}

/// A quiet one beside the field `name`, that copies `text`.
#[must_use]
pub fn copy_field(name: &str, texts: &'static Texts, text: String) -> El {
    let button = boxed(texts.copy_field, texts, Box::new(move || text.clone()));
    button.class("link copy").child(el("span").class("unseen").text(&[" ", name].concat()))
}

fn boxed(label: &'static str, texts: &'static Texts, text: Box<dyn Fn() -> String>) -> El {
    let state = RwSignal::new(0_i64);
    let click = move |_: &Event| {
        let text = text();
        spawn_local(async move {
            state.try_set(if copy(&text).await { 1 } else { 2 });
        });
    };
    button("button small", "", click).text_of(move || {
        let label = match state.get() {
            0 => label,
            1 => texts.copied,
            _ => texts.copy_failed,
        };
        label.to_owned()
    })
}

/// Writes to the clipboard, which an insecure page or a policy may withhold.
async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).unwrap_or_default();
    clipboard.is_truthy() && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
