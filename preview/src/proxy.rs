//! A reverse proxy of a real OCP, for one viewer: the endpoint and the way to sign in, nothing else. Panel and OCP then
//! share an origin, so that session cookies work and CORS does not matter.

use std::sync::Arc;

use crate::assets::Proxied;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use axum::{Extension, Router};
use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

/// What a sign-in sends at the most.
const MAX_BODY: usize = 64 * 1024;

/// The OCP behind the proxy.
pub struct Upstream {
    origin: String,
    authorization: Option<HeaderValue>,
    agent: Agent,
}

impl Upstream {
    /// The OCP at `url`, with Basic credentials from `OCP_USER` and `OCP_PASSWORD` where both are set. They are added
    /// here to the one GET and never reach the browser.
    pub fn new(url: &str) -> Result<Arc<Self>, String> {
        let origin = url.trim().trim_end_matches('/').to_owned();
        if !(origin.starts_with("http://") || origin.starts_with("https://")) || origin.contains(['@', '?', '#']) {
            return Err(format!("--ocp takes an address such as https://ocp.example.com, not {url}"));
        }
        let credentials = std::env::var("OCP_USER").ok().zip(std::env::var("OCP_PASSWORD").ok());
        let authorization = credentials.map(|(user, password)| basic(&user, &password)).transpose()?;
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let config = Agent::config_builder().max_redirects(0).http_status_as_error(false).tls_config(tls).build();
        Ok(Arc::new(Self { origin, authorization, agent: config.into() }))
    }
}

fn basic(user: &str, password: &str) -> Result<HeaderValue, String> {
    let mut value = HeaderValue::from_str(&format!("Basic {}", BASE64.encode(format!("{user}:{password}"))))
        .map_err(|error| error.to_string())?;
    value.set_sensitive(true);
    Ok(value)
}

/// The endpoint, OCP's sign-in page and what that page calls; and, for what is not the panel's, the scripts and pictures
/// of that page, which OCP serves from paths of its own, outside its API.
pub fn routers(upstream: &Arc<Upstream>) -> (Router, Router) {
    let asset = async |State(upstream): State<Arc<Upstream>>, request: Request| {
        let is_asset = request.method() == Method::GET && !request.uri().path().starts_with("/api/");
        if is_asset { send(upstream, request, None).await } else { StatusCode::NOT_FOUND.into_response() }
    };
    let missing = Router::new().fallback(asset).with_state(Arc::clone(upstream));
    let api = Router::new()
        .route("/api/v2/ob/clusters/{id}/backup/task/logBackupTasks", any(forward_endpoint))
        .route("/login", any(forward))
        .route("/login/{*rest}", any(forward))
        .route("/api/v1/login", any(forward))
        .route("/api/v1/loginKey", any(forward))
        .route("/api/v1/logout", any(forward))
        .with_state(Arc::clone(upstream));
    (api, missing)
}

async fn forward_endpoint(State(upstream): State<Arc<Upstream>>, request: Request) -> Response {
    if request.method() != Method::GET {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let authorization = upstream.authorization.clone();
    send(upstream, request, authorization).await
}

async fn forward(State(upstream): State<Arc<Upstream>>, request: Request) -> Response {
    if ![Method::GET, Method::HEAD, Method::POST].contains(request.method()) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    send(upstream, request, None).await
}

async fn send(upstream: Arc<Upstream>, request: Request, authorization: Option<HeaderValue>) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let mut outgoing = axum::http::Request::builder().method(parts.method).uri(format!("{}{path}", upstream.origin));
    if let Some(headers) = outgoing.headers_mut() {
        copy(&parts.headers, headers, &[header::HOST, header::ORIGIN, header::REFERER, header::ACCEPT_ENCODING]);
        if let Some(authorization) = authorization {
            headers.insert(header::AUTHORIZATION, authorization);
        }
    }
    let answered = tokio::task::spawn_blocking(move || {
        let outgoing = outgoing.body(body.to_vec()).map_err(|error| error.to_string())?;
        let mut answer = upstream.agent.run(outgoing).map_err(|error| error.to_string())?;
        let body = answer.body_mut().with_config().limit(u64::MAX).read_to_vec().map_err(|error| error.to_string())?;
        Ok::<_, String>((answer.status(), here(answer.headers(), &upstream.origin), Bytes::from(body)))
    });
    match answered.await.map_err(|error| error.to_string()).flatten() {
        Ok(answer) => (Extension(Proxied), answer).into_response(),
        Err(error) => (StatusCode::BAD_GATEWAY, format!("The proxy could not reach OCP: {error}")).into_response(),
    }
}

/// Headers that speak of one connection, not of the message.
const HOP: [HeaderName; 4] = [header::CONNECTION, header::TRANSFER_ENCODING, header::CONTENT_LENGTH, header::UPGRADE];

fn copy(from: &HeaderMap, to: &mut HeaderMap, except: &[HeaderName]) {
    for (name, value) in from {
        if !HOP.contains(name) && !except.contains(name) {
            to.append(name, value.clone());
        }
    }
}

/// OCP's headers for a page of this origin: redirects and cookies lead back here, over plain HTTP.
fn here(from: &HeaderMap, origin: &str) -> HeaderMap {
    let mut to = HeaderMap::new();
    copy(from, &mut to, &[header::LOCATION, header::SET_COOKIE]);
    let mut append = |name: HeaderName, text: &str| {
        if let Ok(value) = HeaderValue::from_str(text) {
            to.append(name, value);
        }
    };
    if let Some(target) = from.get(header::LOCATION).and_then(|target| target.to_str().ok()) {
        append(header::LOCATION, target.strip_prefix(origin).unwrap_or(target));
    }
    for cookie in from.get_all(header::SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok()) {
        let kept = cookie.split(';').filter(|attribute| {
            let name = attribute.trim().to_ascii_lowercase();
            !(name == "secure" || name.starts_with("domain=") || name == "samesite=none")
        });
        append(header::SET_COOKIE, &kept.collect::<Vec<_>>().join(";"));
    }
    to
}
