//! What a panic leaves. It ends the whole wasm instance, so JavaScript tells it in every panel and starts a fresh instance on a click.

use std::cell::RefCell;
use std::panic::set_hook;

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::domain::redact::Redacted;
use crate::state::panel;

thread_local! {
    static REPORT: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Calls `report` with the message and the place of a panic.
#[wasm_bindgen]
pub fn report_panics(report: Function) {
    REPORT.set(Some(report));
    set_hook(Box::new(|info| {
        halt();
        if let Some(report) = REPORT.take() {
            // If the report fails, the trap that follows is an error of the page.
            _ = report.call1(&JsValue::UNDEFINED, &(*Redacted::of(&info.to_string())).into());
        }
    }));
}

/// Lets no panel of this instance send a request or take in a response any more. JavaScript calls it after a trap that is no panic, such
/// as one for want of memory.
#[wasm_bindgen]
pub fn halt() {
    panel::halt();
}

/// Panics. The end-to-end tests call it, to see what a panic leaves.
///
/// # Panics
/// Always.
#[expect(clippy::panic, reason = "this is what it is for")]
#[wasm_bindgen]
pub fn crash() {
    panic!("a test crashed the panel");
}
