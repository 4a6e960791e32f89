//! The headers that pass, in both directions. What is not listed stays behind: headers that speak of a connection, that
//! change what a request is, or that tell the browser something of OCP's origin which is not true of this one.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use url::Url;

use super::route::{Purpose, Target};
use super::{cookies, location};

/// What passes to OCP with every request.
const TO_OCP: [HeaderName; 3] = [header::ACCEPT, header::ACCEPT_LANGUAGE, header::USER_AGENT];
/// What passes with the sign-in beside it.
const OF_SIGN_IN: [&str; 4] = ["content-type", "x-csrf-token", "x-requested-with", "x-xsrf-token"];
/// What asks for a file only if it has changed.
const OF_ASSETS: [HeaderName; 2] = [header::IF_MODIFIED_SINCE, header::IF_NONE_MATCH];
/// What passes to the browser with every response.
const TO_BROWSER: [&str; 21] = [
    "age",
    "cache-control",
    "content-disposition",
    "content-language",
    "content-security-policy",
    "content-type",
    "date",
    "etag",
    "expires",
    "last-modified",
    "pragma",
    "ratelimit-limit",
    "ratelimit-remaining",
    "ratelimit-reset",
    "referrer-policy",
    "retry-after",
    "vary",
    "x-content-type-options",
    "x-frame-options",
    "x-ocp-trace-id",
    "x-request-id",
];
/// Schemes of which a request carries its own proof. `Negotiate` and `NTLM` sign a connection in, and connections to
/// OCP are shared.
const SCHEMES: [&str; 2] = ["Basic ", "Bearer "];

/// The headers for OCP. `own` are the server's credentials, which take the place of the browser's.
pub fn for_ocp(purpose: Purpose, sent: &HeaderMap, base: &Url, own: Option<&HeaderValue>) -> HeaderMap {
    let sent = without_hops(sent);
    let mut passed = HeaderMap::new();
    pass(&sent, &mut passed, TO_OCP);
    match purpose {
        Purpose::Asset => pass(&sent, &mut passed, OF_ASSETS),
        Purpose::Tasks | Purpose::Clusters => {}
        Purpose::SignIn => {
            pass(&sent, &mut passed, OF_SIGN_IN.map(HeaderName::from_static));
            // The guard has found both to be of this server, which stands for OCP.
            let origin = base.origin().ascii_serialization();
            for (name, value) in [(header::ORIGIN, origin.clone()), (header::REFERER, format!("{origin}/"))] {
                if let (true, Ok(value)) = (sent.contains_key(&name), HeaderValue::from_str(&value)) {
                    passed.insert(name, value);
                }
            }
        }
    }
    match own {
        _ if purpose == Purpose::Asset => {}
        Some(own) => _ = passed.insert(header::AUTHORIZATION, own.clone()),
        None => {
            let proof = sent.get(header::AUTHORIZATION).filter(|value| is_of_requests(value));
            passed.extend(proof.map(|value| (header::AUTHORIZATION, value.clone())));
            for cookie in sent.get_all(header::COOKIE) {
                append(&mut passed, header::COOKIE, &cookies::for_ocp(cookie.as_bytes()));
            }
        }
    }
    passed
}

/// The headers for the browser. `is_own` is whether the server's credentials went along.
///
/// `None` if OCP redirects to what is no plain address.
pub fn for_browser(target: &Target, answered: &HeaderMap, base: &Url, is_own: bool) -> Option<HeaderMap> {
    let answered = without_hops(answered);
    let mut passed = HeaderMap::new();
    pass(&answered, &mut passed, TO_BROWSER.map(HeaderName::from_static));
    if let Some(value) = answered.get(header::LOCATION) {
        let location = location::for_browser(value.as_bytes(), &target.url, base)?;
        append(&mut passed, header::LOCATION, location.as_bytes());
    }
    // A session of the server's own user would let the browser do all that this user may. And a file needs no session.
    if !is_own && target.purpose != Purpose::Asset {
        let prefix = base.path().trim_end_matches('/');
        for cookie in answered.get_all(header::SET_COOKIE) {
            append(&mut passed, header::SET_COOKIE, &cookies::for_browser(cookie.as_bytes(), prefix));
        }
        for challenge in answered.get_all(header::WWW_AUTHENTICATE).iter().filter(|value| is_of_requests(value)) {
            passed.append(header::WWW_AUTHENTICATE, challenge.clone());
        }
    }
    Some(passed)
}

/// `headers` without those that `Connection` names, which are for one connection.
fn without_hops(headers: &HeaderMap) -> HeaderMap {
    let mut kept = headers.clone();
    for value in headers.get_all(header::CONNECTION) {
        for name in value.as_bytes().split(|&byte| byte == b',') {
            if let Ok(name) = HeaderName::from_bytes(name.trim_ascii()) {
                kept.remove(name);
            }
        }
    }
    kept
}

fn pass(from: &HeaderMap, to: &mut HeaderMap, names: impl IntoIterator<Item = HeaderName>) {
    for name in names {
        for value in from.get_all(&name) {
            to.append(&name, value.clone());
        }
    }
}

fn append(to: &mut HeaderMap, name: HeaderName, value: &[u8]) {
    if let Ok(value) = HeaderValue::from_bytes(value) {
        to.append(name, value);
    }
}

fn is_of_requests(value: &HeaderValue) -> bool {
    let starts = |scheme: &str| {
        value
            .as_bytes()
            .split_at_checked(scheme.len())
            .is_some_and(|(start, _)| start.eq_ignore_ascii_case(scheme.as_bytes()))
    };
    SCHEMES.into_iter().any(starts)
}
