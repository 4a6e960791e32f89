//! The network: the only place that sends anything.

use gloo_net::http::{Request as Get, Response};
use js_sys::Date;
use web_sys::{AbortController, AbortSignal, RequestCache, RequestRedirect, ResponseType};

use super::decode::Reply;
use super::error::{ApiError, ErrorKind};
use super::request::Request;

/// Aborts its request when dropped, so that a cancelled future leaves nothing under way.
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
            // Without a reason: gloo-net takes a rejection that is no `Error` for unreachable.
            controller.abort();
        }
    }
}

/// Sends one GET and reads its whole body. Dropping the future aborts the request, up to the last byte.
///
/// Redirects are not followed: the API has none, and one to a sign-in page at another origin would look like an outage.
///
/// # Errors
/// [`ErrorKind::Unreachable`] before an answer, [`ErrorKind::Interrupted`] in the middle of one.
pub async fn get(request: Request, language: &str) -> Result<Reply, ApiError> {
    let guard = AbortGuard::new();
    let signal = guard.signal();
    let response = Get::get(&request.url)
        .query(request.params)
        .header("Accept", "application/json")
        .header("Accept-Language", language)
        .cache(RequestCache::NoStore)
        .redirect(RequestRedirect::Manual)
        .abort_signal(signal.as_ref())
        .send()
        .await
        .map_err(|_| ApiError::without_answer(ErrorKind::Unreachable))?;
    let body = response.text().await.map_err(|_| ApiError {
        http_status: Some(response.status()),
        ..ApiError::without_answer(ErrorKind::Interrupted)
    })?;
    Ok(Reply {
        status: response.status(),
        redirected: response.type_() == ResponseType::Opaqueredirect,
        retry_after: wait(&response),
        body,
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float cast saturates")]
/// The seconds that the server wants to be left alone. `Retry-After` may be a date, which only the server's own `Date`
/// can be compared with.
fn wait(response: &Response) -> Option<u32> {
    let headers = response.headers();
    let text = headers.get("Retry-After").or_else(|| headers.get("RateLimit-Reset"))?;
    text.trim().parse().ok().or_else(|| {
        let seconds = (Date::parse(&text) - Date::parse(&headers.get("Date")?)) / 1000.0;
        // Also no where one of them is no date, and with that NaN.
        (seconds > 0.0).then_some(seconds as u32)
    })
}
