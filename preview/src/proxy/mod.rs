//! A reverse proxy of a real OCP, for one viewer: the lists of clusters and of tasks and the way to sign in, nothing
//! else. Panel and OCP then share an origin, so that session cookies work and CORS does not matter.

mod cookies;
mod failure;
mod headers;
mod location;
mod relay;
mod route;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, Response, StatusCode};
use axum::response::IntoResponse;
use axum::routing::any;
use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use reqwest::Client;
use reqwest::redirect::Policy;
use tokio::sync::Semaphore;
use tokio::time::timeout;
use url::{Host, Url};

use crate::assets::Proxied;
use crate::refusal::Refusal;

/// What a sign-in sends at the most, in bytes.
const MAX_BODY: usize = 64 * 1024;

/// How much and how long is waited for.
#[derive(Clone, Debug)]
pub struct Limits {
    /// For a connection to OCP, with TLS.
    pub connect: Duration,
    /// For the head of OCP's answer.
    pub answer: Duration,
    /// For each piece of an answer's body, from OCP and to the browser, and for all that a browser sends to sign in.
    pub idle: Duration,
    /// Requests to OCP at a time.
    pub requests: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            answer: Duration::from_secs(30),
            idle: Duration::from_secs(30),
            requests: 64,
        }
    }
}

/// User and password for HTTP Basic.
pub type Credentials = (String, String);

/// The OCP behind the proxy.
pub struct Upstream {
    base: Url,
    authorization: Option<HeaderValue>,
    client: Client,
    limits: Limits,
    permits: Arc<Semaphore>,
}

impl Upstream {
    /// The OCP at `address`. The credentials are added here to the two lists and never reach the browser.
    ///
    /// # Errors
    /// In words, where `address` is none of a web server or there are no authorities to trust.
    pub fn new(address: &str, credentials: Option<Credentials>, limits: Limits) -> Result<Arc<Self>, String> {
        let base = Url::parse(address.trim()).ok().filter(is_base);
        let base = base.ok_or("--ocp takes an address such as https://ocp.example.com, without a user and a query")?;
        let authorization = credentials.map(|(user, password)| basic(&user, &password)).transpose()?;
        // Fails where it was done before, which is as good.
        _ = rustls::crypto::ring::default_provider().install_default();
        let mut client = Client::builder()
            .connect_timeout(limits.connect)
            .pool_max_idle_per_host(limits.requests)
            .redirect(Policy::none())
            .referer(false)
            .http1_only();
        if base.scheme() == "http" {
            // There are machines without any authorities, on which the client could not be made otherwise.
            client = client.tls_certs_only([]);
        }
        if is_loopback(&base) {
            // Whatever proxy the environment names, it does not lead to this machine.
            client = client.no_proxy();
        }
        let client = client.build().map_err(|error| format!("no HTTP client: {}", failure::chain(&error)))?;
        let permits = Arc::new(Semaphore::new(limits.requests));
        Ok(Arc::new(Self { base, authorization, client, limits, permits }))
    }

    /// OCP's address. It has no credentials in it.
    pub fn address(&self) -> &str {
        self.base.as_str()
    }

    /// What the user should know before the first request. `is_local` is whether only this machine reaches the server.
    pub fn warnings(&self, is_local: bool) -> Vec<&'static str> {
        let mut warnings = Vec::new();
        if self.authorization.is_some() && self.base.scheme() == "http" && !is_loopback(&self.base) {
            warnings
                .push("OCP_USER and OCP_PASSWORD go over the network in the clear, because --ocp is no https address");
        }
        if self.authorization.is_some() && !is_local {
            warnings.push("everyone who reaches this server reads OCP as OCP_USER");
        }
        warnings
    }

    async fn forward(&self, request: Request) -> Result<Response<Body>, Refusal> {
        let (parts, body) = request.into_parts();
        let target = route::target(&self.base, &parts.method, parts.uri.path(), parts.uri.query())?;
        let own = self.authorization.as_ref().filter(|_| target.purpose.is_list());
        let body = if parts.method == Method::POST { self.read(body).await? } else { Bytes::new() };
        let permit = Arc::clone(&self.permits).try_acquire_owned().map_err(|_| {
            Refusal::busy(2, format!("The proxy has {} requests to OCP under way already.", self.limits.requests))
        })?;
        let mut asked = self.client.request(parts.method.clone(), target.url.clone());
        asked = asked.headers(headers::for_ocp(target.purpose, &parts.headers, &self.base, own));
        if parts.method == Method::POST {
            asked = asked.body(body);
        }
        let answered = timeout(self.limits.answer, asked.send()).await.map_err(|_| {
            eprintln!("preview: no answer in time from {}", target.url);
            failure::silence(self.limits.answer)
        })?;
        let answered = answered.map_err(|error| {
            eprintln!("preview: {}", failure::chain(&error));
            failure::failure(&error, self.limits.connect)
        })?;
        let (head, body) = Response::<reqwest::Body>::from(answered).into_parts();
        let bad = |words| Refusal::new(StatusCode::BAD_GATEWAY, words);
        if head.status.is_informational() {
            return Err(bad("OCP wants to speak another protocol."));
        }
        let headers = headers::for_browser(&target, &head.headers, &self.base, own.is_some())
            .ok_or_else(|| bad("OCP redirects to what is no plain web address."))?;
        let mut response = Response::new(relay::relay(body, permit, self.limits.idle));
        *response.status_mut() = head.status;
        *response.headers_mut() = headers;
        response.extensions_mut().insert(Proxied);
        Ok(response)
    }

    /// What a browser sends to sign in.
    async fn read(&self, body: Body) -> Result<Bytes, Refusal> {
        let refuse = |status, words| Err(Refusal::new(status, words));
        match timeout(self.limits.idle, to_bytes(body, MAX_BODY)).await {
            Ok(Ok(body)) => Ok(body),
            Ok(Err(_)) => refuse(StatusCode::PAYLOAD_TOO_LARGE, "The request is too large, or broke off."),
            Err(_) => refuse(StatusCode::REQUEST_TIMEOUT, "The request did not come to its end."),
        }
    }
}

fn is_base(url: &Url) -> bool {
    let is_plain = url.username().is_empty() && url.password().is_none();
    matches!(url.scheme(), "http" | "https") && is_plain && url.query().is_none() && url.fragment().is_none()
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn basic(user: &str, password: &str) -> Result<HeaderValue, String> {
    if user.contains(':') {
        return Err("OCP_USER has a colon in it, which HTTP Basic can't send".to_owned());
    }
    let mut value = HeaderValue::from_str(&format!("Basic {}", BASE64.encode(format!("{user}:{password}"))))
        .map_err(|error| error.to_string())?;
    value.set_sensitive(true);
    Ok(value)
}

/// OCP's paths, and, for what is not the panel's, the scripts and pictures of its sign-in page. [`route`] decides which
/// of them are forwarded.
pub fn routers(upstream: &Arc<Upstream>) -> (Router, Router) {
    let ocp = Router::new()
        .route("/api/{*rest}", any(forward))
        .route("/login", any(forward))
        .route("/login/{*rest}", any(forward))
        .with_state(Arc::clone(upstream));
    let missing = Router::new().fallback(forward).with_state(Arc::clone(upstream));
    (ocp, missing)
}

async fn forward(State(upstream): State<Arc<Upstream>>, request: Request) -> axum::response::Response {
    upstream.forward(request).await.unwrap_or_else(Refusal::into_response)
}
