//! The faults that a list can be told to play: the group HTTP of `faults.md`.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use futures_util::stream;
use serde_json::{Value, json};

use crate::ocp::{Refusal, SIGN_IN_PAGE, json_response, refusal};

/// What goes wrong.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    HtmlWith200,
    SignInWith200,
    JsonAsHtml,
    NoContent,
    EmptyWith200,
    RedirectHere,
    RedirectElsewhere,
    Unauthorized,
    UnauthorizedBasic,
    UnauthorizedOnPage2,
    Forbidden,
    NotFoundJson,
    NotFoundHtml,
    ThrottledReset,
    ThrottledRetryAfter,
    ServerErrorJson,
    BadGatewayHtml,
    UnavailableHtml,
    GatewayTimeoutHtml,
    Truncated,
    ResetMidBody,
    Trickle,
    Silence,
    Unsuccessful,
    GatewayUnauthorized,
    FirewallHtml,
}

const NAMES: [(&str, Fault); 26] = [
    ("html-200", Fault::HtmlWith200),
    ("sign-in-200", Fault::SignInWith200),
    ("json-as-html", Fault::JsonAsHtml),
    ("no-content", Fault::NoContent),
    ("empty-200", Fault::EmptyWith200),
    ("redirect-same-origin", Fault::RedirectHere),
    ("redirect-cross-origin", Fault::RedirectElsewhere),
    ("401", Fault::Unauthorized),
    ("401-basic", Fault::UnauthorizedBasic),
    ("401-page-2", Fault::UnauthorizedOnPage2),
    ("403", Fault::Forbidden),
    ("404-json", Fault::NotFoundJson),
    ("404-html", Fault::NotFoundHtml),
    ("429-reset", Fault::ThrottledReset),
    ("429-retry-after", Fault::ThrottledRetryAfter),
    ("500-json", Fault::ServerErrorJson),
    ("502-html", Fault::BadGatewayHtml),
    ("503-html", Fault::UnavailableHtml),
    ("504-html", Fault::GatewayTimeoutHtml),
    ("truncated", Fault::Truncated),
    ("reset", Fault::ResetMidBody),
    ("trickle", Fault::Trickle),
    ("silence", Fault::Silence),
    ("unsuccessful-200", Fault::Unsuccessful),
    ("gateway-401", Fault::GatewayUnauthorized),
    ("405-html", Fault::FirewallHtml),
];

impl Fault {
    /// The fault of that name.
    pub fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|&(_, fault)| fault)
    }

    /// All names.
    pub fn names() -> Vec<&'static str> {
        NAMES.iter().map(|(name, _)| *name).collect()
    }

    /// The answer in place of `good`, to a request for `page`.
    pub async fn play(self, page: Option<&str>, good: Value) -> Response {
        let error = |status, code, message: &str| {
            json_response(status, &refusal(Refusal { status, code, message: message.to_owned() }))
        };
        let unauthorized = || error(StatusCode::UNAUTHORIZED, json!(70101), "Authentication required");
        let html =
            |status: StatusCode| (status, Html(format!("<html><h1>{status}</h1><hr>nginx</html>"))).into_response();
        let throttled = |name: &'static str| {
            let mut answer = error(StatusCode::TOO_MANY_REQUESTS, json!("COM10429"), "Too many requests");
            answer.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static("7"));
            answer
        };
        let good_text = good.to_string();
        match self {
            Self::HtmlWith200 => Html("<!doctype html><h1>Welcome to nginx!</h1>").into_response(),
            Self::SignInWith200 => Html(SIGN_IN_PAGE).into_response(),
            Self::JsonAsHtml => Html(good_text).into_response(),
            Self::NoContent => StatusCode::NO_CONTENT.into_response(),
            Self::EmptyWith200 => StatusCode::OK.into_response(),
            Self::RedirectHere => (StatusCode::FOUND, [(header::LOCATION, "/login")]).into_response(),
            Self::RedirectElsewhere => Redirect::temporary("http://sso.invalid/login").into_response(),
            Self::UnauthorizedOnPage2 if page != Some("2") => json_response(StatusCode::OK, &good),
            Self::Unauthorized | Self::UnauthorizedOnPage2 => unauthorized(),
            Self::UnauthorizedBasic => {
                let mut answer = unauthorized();
                answer.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"OCP\""));
                answer
            }
            Self::Forbidden => error(StatusCode::FORBIDDEN, json!(70103), "Permission denied: CLUSTER backup read"),
            Self::NotFoundJson => error(StatusCode::NOT_FOUND, json!(60001), "Cluster does not exist"),
            Self::NotFoundHtml => html(StatusCode::NOT_FOUND),
            Self::ThrottledReset => throttled("ratelimit-reset"),
            Self::ThrottledRetryAfter => throttled("retry-after"),
            Self::ServerErrorJson => {
                error(StatusCode::INTERNAL_SERVER_ERROR, json!("COM10010"), "Unexpected internal server error")
            }
            Self::BadGatewayHtml => html(StatusCode::BAD_GATEWAY),
            Self::UnavailableHtml => html(StatusCode::SERVICE_UNAVAILABLE),
            Self::GatewayTimeoutHtml => html(StatusCode::GATEWAY_TIMEOUT),
            Self::Truncated => {
                let half = good_text.chars().take(good_text.chars().count() / 2).collect::<String>();
                ([(header::CONTENT_TYPE, "application/json")], half).into_response()
            }
            Self::ResetMidBody => {
                let half: Bytes = good_text.into_bytes().into_iter().take(100).collect();
                let broken = async {
                    // Headers and the first bytes are to arrive before the connection breaks.
                    tokio::time::sleep(Duration::from_millis(300)).await;
                    Err(io::Error::from(io::ErrorKind::ConnectionReset))
                };
                let sent = stream::once(std::future::ready(Ok(half)));
                Body::from_stream(futures_util::StreamExt::chain(sent, stream::once(broken))).into_response()
            }
            Self::Trickle => {
                let bytes = stream::iter(good_text.into_bytes());
                let slow = futures_util::StreamExt::then(bytes, async |byte| {
                    tokio::time::sleep(Duration::from_secs(1)).await;
                    Ok::<_, Infallible>(Bytes::from(vec![byte]))
                });
                Body::from_stream(slow).into_response()
            }
            Self::Silence => std::future::pending().await,
            Self::GatewayUnauthorized => {
                json_response(StatusCode::OK, &json!({ "code": 401, "msg": "Please log in first" }))
            }
            Self::FirewallHtml => html(StatusCode::METHOD_NOT_ALLOWED),
            Self::Unsuccessful => {
                let mut body = refusal(Refusal {
                    status: StatusCode::INTERNAL_SERVER_ERROR,
                    code: json!("COM10010"),
                    message: "Unexpected internal server error".to_owned(),
                });
                if let Some(status) = body.get_mut("status") {
                    *status = json!(200);
                }
                json_response(StatusCode::OK, &body)
            }
        }
    }
}
