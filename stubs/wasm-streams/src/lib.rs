//! Stands in for the crate of this name. Leptos depends on server functions whatever its features, and those on this crate, whose
//! classes are exported from the wasm: no linker leaves them out, nor what they reach, nor their glue. That was 6 kB of every
//! download. The panel has no server functions, so nothing here is ever called; it compiles as far as they need it.

use futures_util::stream::{Stream, empty};
use wasm_bindgen::{JsValue, UnwrapThrowExt};

/// A stream of the browser.
#[derive(Debug)]
pub struct ReadableStream(Option<web_sys::ReadableStream>);

impl ReadableStream {
    /// Takes over a stream of the browser.
    #[must_use]
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(Some(raw))
    }

    /// Would read `stream`.
    #[must_use]
    pub fn from_stream(_stream: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> Self {
        Self(None)
    }

    /// Gives back what [`ReadableStream::from_raw`] took.
    #[must_use]
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0.unwrap_throw()
    }

    /// Would give what the browser's stream holds.
    pub fn into_stream(self) -> impl Stream<Item = Result<JsValue, JsValue>> + 'static {
        empty()
    }
}
