//! The network: the only place in the wasm that sends requests.

use std::string::FromUtf8Error;

use gloo_net::http::Request as Get;
use js_sys::{Array, Date, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, RequestCache, RequestCredentials, RequestRedirect, Response, ResponseType,
    TextDecoder,
};

use super::charset::other_charset;
use super::decode::HttpResponse;
use super::error::{ApiError, ErrorKind};
use super::request::{Credentials, Request};
use crate::domain::redact::Redacted;
use crate::domain::time::EpochMs;

/// Aborts its request when it is dropped. So a cancelled future leaves no request behind.
#[must_use = "dropping the guard aborts the request"]
struct AbortGuard(Option<AbortController>);

impl AbortGuard {
    fn new() -> Self {
        Self(AbortController::new().ok())
    }

    fn signal(&self) -> Option<AbortSignal> {
        self.0.as_ref().map(AbortController::signal)
    }
}

impl Drop for AbortGuard {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            // Without a reason of our own: gloo-net panics at a rejection that is no `Error`.
            controller.abort();
        }
    }
}

#[wasm_bindgen]
extern "C" {
    /// The `fetch` of the page.
    #[wasm_bindgen(js_name = fetch)]
    fn send(request: &web_sys::Request) -> Promise;

    /// A request that `ocp-log-backup-panel.js` sent while the wasm was still on its way.
    #[derive(Clone, Debug)]
    pub type EarlyRequest;

    /// Its URL, language and credentials, with spaces between.
    #[wasm_bindgen(method, getter)]
    fn key(this: &EarlyRequest) -> String;
    #[wasm_bindgen(method, getter)]
    fn controller(this: &EarlyRequest) -> AbortController;
    #[wasm_bindgen(method, getter)]
    fn response(this: &EarlyRequest) -> Promise;
    /// The whole body, as an `ArrayBuffer`.
    #[wasm_bindgen(method, getter)]
    fn body(this: &EarlyRequest) -> Promise;
    /// When it left, on the browser's clock.
    #[wasm_bindgen(method, getter)]
    fn sent(this: &EarlyRequest) -> f64;
    /// When the response's headers came; `NaN` before that.
    #[wasm_bindgen(method, getter)]
    fn received(this: &EarlyRequest) -> f64;
}

#[expect(clippy::cast_possible_truncation, reason = "a float cast saturates")]
impl EarlyRequest {
    /// Whether this is the same request as `request`, sent with the same language and transport. Otherwise it is aborted.
    #[must_use]
    pub fn matches(&self, request: &Request, language: &str, transport: &Transport) -> bool {
        let mut url = request.url.clone();
        for (index, (name, value)) in request.params.iter().enumerate() {
            url.push_str(if index == 0 { "?" } else { "&" });
            url.push_str(&[name, "=", value].concat());
        }
        let is_same =
            transport.headers.is_none() && self.key() == [&url, language, transport.credentials.name()].join(" ");
        if !is_same {
            self.controller().abort();
        }
        is_same
    }

    /// When it left, on the browser's clock.
    #[must_use]
    pub fn sent_at(&self) -> EpochMs {
        self.sent() as EpochMs
    }

    /// When its response came, or `now` if that is earlier or the response has not come.
    #[must_use]
    pub fn received_at(&self, now: EpochMs) -> EpochMs {
        let received = self.received();
        if received.is_nan() { now } else { now.min(received as EpochMs) }
    }
}

/// How the embedder wants requests to be sent.
#[derive(Clone, Debug, Default)]
pub struct Transport {
    /// Whether cookies go along.
    pub credentials: Credentials,
    /// Called before each request: gives headers for it, as an object of strings, or a promise of one.
    pub headers: Option<Function>,
}

impl Transport {
    /// Asks the embedder for the headers of this request.
    async fn headers(&self) -> Result<Vec<(String, String)>, ApiError> {
        let Some(headers) = &self.headers else { return Ok(Vec::new()) };
        let failed = |why: JsValue| {
            let words = Reflect::get(&why, &"message".into()).ok().and_then(|words| words.as_string());
            let words = words.or_else(|| why.as_string()).unwrap_or_default();
            ApiError::without_answer(ErrorKind::NoHeaders(Redacted::of(&words)))
        };
        let given = headers.call0(&JsValue::UNDEFINED).map_err(failed)?;
        let given = JsFuture::from(Promise::resolve(&given)).await.map_err(failed)?;
        if !given.is_object() {
            return Ok(Vec::new());
        }
        let pair = |pair: JsValue| {
            let pair: Array = pair.unchecked_into();
            let (name, value) = (pair.get(0).as_string().unwrap_or_default(), pair.get(1).as_string());
            // `fetch` would throw at an invalid header. Leaving it out would end in a 401 that explains nothing.
            match value.filter(|value| is_header(&name, value)) {
                Some(value) => Ok((name, value)),
                None => Err(ApiError::without_answer(ErrorKind::NoHeaders(Redacted::of(&name)))),
            }
        };
        Object::entries(given.unchecked_ref()).iter().map(pair).collect()
    }
}

/// Sends one GET and reads its whole body. Dropping the future aborts the request, up to the last byte.
///
/// Redirects are not followed: the API has none, and one to a sign-in page at another origin would look like an outage.
///
/// # Errors
/// [`ErrorKind::NoHeaders`] where nothing was sent, [`ErrorKind::Unreachable`] before a response, [`ErrorKind::Interrupted`]
/// in the middle of one.
pub async fn get(request: Request, language: &str, transport: &Transport) -> Result<HttpResponse, ApiError> {
    let guard = AbortGuard::new();
    let signal = guard.signal();
    let mut get = Get::get(&request.url)
        .query(request.params)
        .header("Accept", "application/json")
        .header("Accept-Language", language)
        .cache(RequestCache::NoStore)
        .redirect(RequestRedirect::Manual)
        .credentials(match transport.credentials {
            Credentials::SameOrigin => RequestCredentials::SameOrigin,
            Credentials::Include => RequestCredentials::Include,
            Credentials::Omit => RequestCredentials::Omit,
        })
        .abort_signal(signal.as_ref());
    for (name, value) in transport.headers().await? {
        get = get.header(&name, &value);
    }
    let get = get.build().map_err(|_| ApiError::without_answer(ErrorKind::Unreachable))?.into();
    // Not gloo-net's `send`: it panics at the response of a `fetch` that a micro-frontend took from another window.
    let response = JsFuture::from(send(&get)).await.map_err(|_| ApiError::without_answer(ErrorKind::Unreachable))?;
    let response: Response = response.unchecked_into();
    // Read as bytes: the browser would decode a text, only to encode it again for the wasm.
    let body = match response.array_buffer() {
        Ok(body) => JsFuture::from(body).await.ok(),
        Err(_) => None,
    };
    reply(&response, body.as_ref().map(bytes))
}

/// Reads the response to `early`, as [`get`] does for a request of its own.
///
/// # Errors
/// The same as for [`get`].
pub async fn take(early: &EarlyRequest) -> Result<HttpResponse, ApiError> {
    let _guard = AbortGuard(Some(early.controller()));
    let response = JsFuture::from(early.response()).await;
    let response = response.map_err(|_| ApiError::without_answer(ErrorKind::Unreachable))?;
    let body = JsFuture::from(early.body()).await;
    let response = response.unchecked_into();
    reply(&response, body.as_ref().ok().map(bytes))
}

fn bytes(body: &JsValue) -> Vec<u8> {
    Uint8Array::new(body).to_vec()
}

/// The reply that `response` amounts to. `body` is `None` if the connection broke while it was read.
fn reply(response: &Response, body: Option<Vec<u8>>) -> Result<HttpResponse, ApiError> {
    let body = body.ok_or_else(|| ApiError {
        http_status: Some(response.status()),
        ..ApiError::without_answer(ErrorKind::Interrupted)
    })?;
    let header = |name| header(response, name);
    let content_type = header("Content-Type").unwrap_or_default();
    // Checked before it is repaired: `from_utf8_lossy` takes ten times as long.
    let utf8 = String::from_utf8(body);
    let bytes = utf8.as_ref().map_or_else(FromUtf8Error::as_bytes, String::as_bytes);
    // If the browser does not know the charset, the text is read as UTF-8.
    let text = other_charset(&content_type, utf8.is_ok()).and_then(|label| {
        TextDecoder::new_with_label(&label).and_then(|decoder| decoder.decode_with_u8_array(bytes)).ok()
    });
    let repaired = |error: FromUtf8Error| String::from_utf8_lossy(error.as_bytes()).into_owned();
    Ok(HttpResponse {
        status: response.status(),
        redirected: response.type_() == ResponseType::Opaqueredirect,
        retry_after: wait(response),
        age: header("Age").and_then(|age| age.trim().parse().ok()),
        body: text.unwrap_or_else(|| utf8.unwrap_or_else(repaired)),
    })
}

fn header(response: &Response, name: &str) -> Option<String> {
    response.headers().get(name).ok().flatten()
}

/// Whether `name` and `value` make a valid header. Of the marks that are allowed in a name, only those in common use are accepted.
fn is_header(name: &str, value: &str) -> bool {
    let is_token = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    !name.is_empty() && name.bytes().all(is_token) && value.bytes().all(|b| b.is_ascii_graphic() || b == b' ')
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float cast saturates")]
/// For how many seconds the server wants no further request. `Retry-After` may be a date. That is compared with the server's own `Date`,
/// because the browser's clock may differ.
fn wait(response: &Response) -> Option<u32> {
    let header = |name| header(response, name);
    let text = header("Retry-After").or_else(|| header("RateLimit-Reset"))?;
    text.trim().parse().ok().or_else(|| {
        let seconds = (Date::parse(&text) - Date::parse(&header("Date")?)) / 1000.0;
        // The difference is NaN, and the comparison false, if one of them is no date.
        (seconds > 0.0).then_some(seconds as u32)
    })
}
