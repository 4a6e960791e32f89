//! Why a request goes no further, in words.

use std::borrow::Cow;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// An answer in place of the one that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: StatusCode,
    /// What to tell whoever asked. It names no address and no credential.
    pub message: Cow<'static, str>,
    extra: Option<(HeaderName, HeaderValue)>,
}

impl Refusal {
    /// A refusal with that status and message.
    pub fn new(status: StatusCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self { status, message: message.into(), extra: None }
    }

    /// The method is none of `allowed`, which are names with commas between.
    pub fn method(allowed: &'static str) -> Self {
        let extra = Some((header::ALLOW, HeaderValue::from_static(allowed)));
        Self { extra, ..Self::new(StatusCode::METHOD_NOT_ALLOWED, format!("Only {allowed} is taken here.")) }
    }

    /// There is too much to do; ask again after `seconds`.
    pub fn busy(seconds: u32, message: impl Into<Cow<'static, str>>) -> Self {
        let extra = Some((header::RETRY_AFTER, HeaderValue::from(seconds)));
        Self { extra, ..Self::new(StatusCode::SERVICE_UNAVAILABLE, message) }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        // A failure of the proxy is told by the panel, which reads a gateway's JSON. The others are read as they are.
        let (content_type, body) = if self.status.is_server_error() {
            ("application/json", json!({ "message": self.message }).to_string())
        } else {
            ("text/plain; charset=utf-8", self.message.into_owned())
        };
        let kept = [(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "no-store")];
        let mut response = (self.status, kept, body).into_response();
        if let Some((name, value)) = self.extra {
            response.headers_mut().insert(name, value);
        }
        response
    }
}
