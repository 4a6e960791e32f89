//! Who may ask: browsers that were led here by this server's own name, from its own pages. Otherwise a page of another
//! site that points its name at this address would read OCP as the user whose credentials the server has.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::extract::connect_info::{ConnectInfo, Connected};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderName, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::serve::IncomingStream;
use tokio::net::TcpListener;

use crate::path;
use crate::refusal::Refusal;

/// What the server in front of this one was asked for. It counts as `Host` does, wherever it comes from.
const X_FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// The address of this machine that a connection was made to.
#[derive(Clone, Copy, Debug)]
pub struct LocalAddress(SocketAddr);

impl Connected<IncomingStream<'_, TcpListener>> for LocalAddress {
    fn connect_info(stream: IncomingStream<'_, TcpListener>) -> Self {
        // A connection that is gone already gets no answer, whatever its address was.
        Self(stream.io().local_addr().unwrap_or(SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0)))
    }
}

/// The names that this server answers to, beside the address that it is reached at and those of loopback.
#[derive(Clone, Debug, Default)]
pub struct Hosts(Vec<Authority>);

impl Hosts {
    /// The names of `--host`: `NAME` for any port, `NAME:PORT` for that one.
    ///
    /// # Errors
    /// A name that is none, in words.
    pub fn new(names: &[String]) -> Result<Self, String> {
        let host = |name: &String| {
            authority(name).ok_or_else(|| format!("--host takes a name such as panel.example.com:8080, not {name}"))
        };
        names.iter().map(host).collect::<Result<_, _>>().map(Self)
    }

    fn answer_to(&self, asked: &Authority, local: SocketAddr) -> bool {
        let (host, port) = (asked.host(), asked.port_u16().unwrap_or(80));
        let is_named = |name: &Authority| {
            name.host().eq_ignore_ascii_case(host) && name.port_u16().is_none_or(|named| named == port)
        };
        let here = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into(), local.ip().to_canonical()];
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        let is_here = host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| here.contains(&address));
        (is_here && port == local.port()) || self.0.iter().any(is_named)
    }
}

fn authority(text: &str) -> Option<Authority> {
    text.parse::<Authority>().ok().filter(|authority| !authority.as_str().contains('@') && !authority.host().is_empty())
}

/// `app` behind the guard. It must be served with [`LocalAddress`] as the connection's information.
pub fn guarded(app: Router, hosts: Hosts) -> Router {
    app.layer(from_fn_with_state(Arc::new(hosts), guard))
}

async fn guard(
    State(hosts): State<Arc<Hosts>>,
    ConnectInfo(LocalAddress(local)): ConnectInfo<LocalAddress>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    match admit(&hosts, local, &parts) {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(refusal) => refusal.into_response(),
    }
}

/// Whether a request to the address `local` may go on.
fn admit(hosts: &Hosts, local: SocketAddr, parts: &Parts) -> Result<(), Refusal> {
    if parts.uri.scheme().is_some() {
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "This server is no proxy for other addresses."));
    }
    let asked = asked_host(hosts, local, parts)?;
    let segments = path::segments(parts.uri.path())?;
    let top = segments.first().map(String::as_str).unwrap_or_default();
    from_here(parts, &asked, ["api", "preview"].contains(&top))
}

/// The host that the browser asked for.
fn asked_host(hosts: &Hosts, local: SocketAddr, parts: &Parts) -> Result<Authority, Refusal> {
    let foreign = || {
        let words = "This server does not answer to that name. If it should, start it with --host NAME.";
        Refusal::new(StatusCode::FORBIDDEN, words)
    };
    let named = |header: HeaderName| parts.headers.get_all(header).iter();
    if named(header::HOST).count() != 1 {
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "A request names one host."));
    }
    let mut asked = Err(foreign());
    for value in named(header::HOST).chain(named(X_FORWARDED_HOST)) {
        let host = value.to_str().ok().and_then(authority).ok_or_else(foreign)?;
        if !hosts.answer_to(&host, local) {
            return Err(foreign());
        }
        asked = Ok(host);
    }
    asked
}

/// Refuses what a page of another site sends, but for links to this server's pages. `is_data` is whether the path is
/// one of data, to which nothing links.
fn from_here(parts: &Parts, asked: &Authority, is_data: bool) -> Result<(), Refusal> {
    let foreign = || Refusal::new(StatusCode::FORBIDDEN, "A page of another site may not ask this server.");
    let told = |name: &'static str| parts.headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let site = told("sec-fetch-site");
    let is_link = parts.method == Method::GET
        && told("sec-fetch-mode") == Some("navigate")
        && told("sec-fetch-dest") == Some("document")
        && !is_data;
    if !(matches!(site, None | Some("same-origin" | "none")) || is_link) {
        return Err(foreign());
    }
    for origin in parts.headers.get_all(header::ORIGIN) {
        let origin = origin.to_str().unwrap_or_default();
        // Pages under `Referrer-Policy: no-referrer` send `null` to their own server, too.
        if !(is_origin(origin, asked) || (origin == "null" && site == Some("same-origin"))) {
            return Err(foreign());
        }
    }
    let is_led = |referer: &str| {
        let (scheme, rest) = referer.split_once("://").unwrap_or_default();
        is_origin(&format!("{scheme}://{}", rest.split(['/', '?', '#']).next().unwrap_or_default()), asked)
    };
    let has_origin = parts.headers.contains_key(header::ORIGIN);
    if !parts.method.is_safe() && !has_origin && told("referer").is_some_and(|referer| !is_led(referer)) {
        return Err(foreign());
    }
    Ok(())
}

/// Whether `origin` is that of `host`. It is `https` where a server in front of this one speaks it.
fn is_origin(origin: &str, host: &Authority) -> bool {
    let rest = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    rest.is_some_and(|rest| rest.eq_ignore_ascii_case(host.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(hosts: &[&str], local: &str, request: &str) -> Result<(), StatusCode> {
        let hosts = Hosts::new(&hosts.iter().map(|&host| host.to_owned()).collect::<Vec<_>>()).unwrap();
        let mut lines = request.split('|');
        let (method, uri) = lines.next().unwrap().split_once(' ').unwrap();
        let mut built = axum::http::Request::builder().method(method).uri(uri);
        for line in lines {
            let (name, value) = line.split_once(": ").unwrap();
            built = built.header(name, value);
        }
        let (parts, ()) = built.body(()).unwrap().into_parts();
        admit(&hosts, local.parse().unwrap(), &parts).map_err(|refusal| refusal.status)
    }

    #[test]
    fn it_answers_to_loopback_and_the_address_it_is_reached_at() {
        for (local, host, admitted) in [
            ("127.0.0.1:8080", "127.0.0.1:8080", true),
            ("127.0.0.1:8080", "localhost:8080", true),
            ("127.0.0.1:8080", "LOCALHOST:8080", true),
            ("127.0.0.1:8080", "[::1]:8080", true),
            ("127.0.0.1:80", "localhost", true),
            ("192.0.2.7:8080", "192.0.2.7:8080", true),
            ("[::ffff:192.0.2.7]:8080", "192.0.2.7:8080", true),
            ("[2001:db8::7]:8080", "[2001:db8::7]:8080", true),
            ("127.0.0.1:8080", "evil.example", false),
            ("127.0.0.1:8080", "evil.example:8080", false),
            ("127.0.0.1:8080", "localhost.evil.example:8080", false),
            ("127.0.0.1:8080", "127.0.0.1.evil.example:8080", false),
            ("127.0.0.1:8080", "evil.localhost:8080", false),
            ("127.0.0.1:8080", "localhost:8081", false),
            ("127.0.0.1:8080", "localhost", false),
            ("127.0.0.1:8080", "192.0.2.7:8080", false),
            ("127.0.0.1:8080", "evil@localhost:8080", false),
            ("127.0.0.1:8080", "localhost:8080@evil", false),
            ("127.0.0.1:8080", "localhost:8080, evil.example", false),
            ("127.0.0.1:8080", "", false),
        ] {
            assert_eq!(ask(&[], local, &format!("GET /|Host: {host}")).is_ok(), admitted, "{local} {host}");
        }
    }

    #[test]
    fn it_answers_to_configured_names() {
        let asked = |host: &str| {
            ask(&["panel.example.com", "other.example:81"], "10.0.0.1:8080", &format!("GET /|Host: {host}"))
        };
        for host in ["panel.example.com", "Panel.Example.com:8080", "other.example:81"] {
            assert_eq!(asked(host), Ok(()), "{host}");
        }
        for host in ["a.panel.example.com", "panel.example.com.evil", "other.example", "other.example:8080"] {
            assert_eq!(asked(host), Err(StatusCode::FORBIDDEN), "{host}");
        }
        for name in ["", "a b", "http://panel.example.com", "user@panel.example.com", "a/b"] {
            assert!(Hosts::new(&[name.to_owned()]).is_err(), "{name}");
        }
    }

    #[test]
    fn the_server_in_front_is_believed_only_if_its_host_is_known_too() {
        let asked = |forwarded: &str| {
            ask(&["127.0.0.1"], "127.0.0.1:8081", &format!("GET /|Host: 127.0.0.1|X-Forwarded-Host: {forwarded}"))
        };
        assert_eq!(asked("127.0.0.1:8080"), Ok(()));
        assert_eq!(asked("evil.example:8080"), Err(StatusCode::FORBIDDEN));
        assert_eq!(asked("127.0.0.1:8080|X-Forwarded-Host: evil.example"), Err(StatusCode::FORBIDDEN));
    }

    #[test]
    fn a_request_names_one_host_and_a_path() {
        for request in [
            "GET /",
            "GET /|Host: localhost:8080|Host: localhost:8080",
            "GET http://localhost:8080/|Host: localhost:8080",
            "CONNECT localhost:8080|Host: localhost:8080",
            "OPTIONS *|Host: localhost:8080",
            "GET /..%2fa|Host: localhost:8080",
        ] {
            assert_eq!(ask(&[], "127.0.0.1:8080", request), Err(StatusCode::BAD_REQUEST), "{request}");
        }
    }

    #[test]
    fn other_sites_are_refused_but_for_links_to_pages() {
        let link = "Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: document";
        let frame = "Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: iframe";
        for (request, admitted) in [
            ("GET /api/x", true),
            ("GET /api/x|Sec-Fetch-Site: same-origin|Sec-Fetch-Mode: cors", true),
            ("GET /|Sec-Fetch-Site: none", true),
            ("GET /api/x|Sec-Fetch-Site: cross-site", false),
            ("GET /api/x|Sec-Fetch-Site: same-site", false),
            ("GET /a.js|Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: no-cors", false),
            (&format!("GET /?cluster=1|Sec-Fetch-Site: cross-site|{link}"), true),
            (&format!("GET /login|Sec-Fetch-Site: cross-site|{link}"), true),
            (&format!("GET /api/v1/logout|Sec-Fetch-Site: cross-site|{link}"), false),
            (&format!("GET /|Sec-Fetch-Site: cross-site|{frame}"), false),
            (&format!("POST /login|Sec-Fetch-Site: cross-site|{link}"), false),
            (&format!("PUT /preview/x|Sec-Fetch-Site: same-site|{link}"), false),
            ("POST /api/v1/login", true),
            ("POST /api/v1/login|Origin: http://localhost:8080", true),
            ("POST /api/v1/login|Origin: https://localhost:8080", true),
            ("POST /api/v1/login|Origin: null|Sec-Fetch-Site: same-origin", true),
            ("POST /api/v1/login|Origin: null", false),
            ("POST /api/v1/login|Origin: http://evil.example", false),
            ("POST /api/v1/login|Origin: http://localhost:8081", false),
            ("POST /api/v1/login|Origin: http://localhost:8080.evil.example", false),
            ("POST /api/v1/login|Origin: http://localhost:8080|Origin: http://evil.example", false),
            ("GET /api/x|Origin: http://evil.example", false),
            ("POST /api/v1/login|Referer: http://localhost:8080/login", true),
            ("POST /api/v1/login|Referer: http://evil.example/http://localhost:8080/", false),
            ("POST /api/v1/login|Referer: http://localhost:8080@evil.example/", false),
            ("GET /|Referer: http://tickets.example/1", true),
        ] {
            let answer = ask(&[], "127.0.0.1:8080", &format!("{request}|Host: localhost:8080"));
            assert_eq!(answer, if admitted { Ok(()) } else { Err(StatusCode::FORBIDDEN) }, "{request}");
        }
    }
}
