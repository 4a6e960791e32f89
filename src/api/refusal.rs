//! Why a response is no list of tasks: OCP's own refusal, or what a gateway, a firewall or a sign-in page says in its place.

use super::decode::{HttpResponse, text};
use super::error::{ApiError, ErrorKind, OcpError, Oddity};
use super::wire::Json;

/// Why `reply`, whose body is `body`, is no list. `json` is the body as it could be parsed. `is_envelope` is whether that is OCP's frame.
pub fn refusal(reply: &HttpResponse, body: &str, json: Option<&str>, is_envelope: bool) -> ApiError {
    let json = json.and_then(Json::parse);
    let told = json.as_ref().and_then(told_status);
    // What came in place of OCP's envelope.
    let oddity = (!is_envelope).then(|| match &json {
        _ if body.is_empty() => Oddity::Empty,
        _ if body.starts_with('<') => Oddity::Html,
        Some(_) => Oddity::NoEnvelope,
        None => Oddity::NotJson,
    });
    let kind = if reply.redirected {
        ErrorKind::NotSignedIn
    } else if !(200..300).contains(&reply.status) {
        // Some gateways say “not signed in” under another status. To ask again would lock the client out.
        kind_of_status(told.filter(|told| *told == 401).unwrap_or(reply.status), oddity)
    } else if let Some(status) = told {
        // Gateways, and OCP itself, also refuse with a 200 that tells another status inside.
        kind_of_status(status, oddity)
    } else {
        match oddity {
            None => ErrorKind::Refused,
            Some(Oddity::Html) if is_sign_in(body) => ErrorKind::NotSignedIn,
            Some(oddity) => ErrorKind::NotOcp(oddity),
        }
    };
    let http_status = Some(reply.status).filter(|&status| status > 0);
    let ocp = json.as_ref().map(|json| words(json, oddity.is_some())).unwrap_or_default();
    ApiError { kind, http_status, retry_after: reply.retry_after, ocp }
}

/// What an HTTP status means. `oddity` is what came in place of OCP's envelope; `None` for OCP's own words.
fn kind_of_status(status: u16, oddity: Option<Oddity>) -> ErrorKind {
    match (status, oddity) {
        (401, _) => ErrorKind::NotSignedIn,
        // A firewall's page says nothing of OCP's permissions.
        (403, None | Some(Oddity::Empty | Oddity::NoEnvelope)) => ErrorKind::Forbidden,
        (404, None) => ErrorKind::NoSuchCluster,
        (404, Some(_)) => ErrorKind::WrongPath,
        (400 | 422, None) => ErrorKind::BadRequest,
        (429, _) => ErrorKind::Throttled,
        (502..=504 | 520..=530, Some(_)) => ErrorKind::Gateway,
        (500.., _) => ErrorKind::Server,
        (_, None) => ErrorKind::Refused,
        (_, Some(form)) => ErrorKind::Blocked(form),
    }
}

/// Whether a web page asks to sign in.
fn is_sign_in(page: &str) -> bool {
    let page = page.to_ascii_lowercase();
    let marks = ["type=\"password\"", "type=password", "type='password'", "login", "sign in", "登录"];
    marks.iter().any(|mark| page.contains(mark))
}

/// The fields in which OCP and gateways tell an HTTP status, or a code of their own.
const CODES: [&str; 8] =
    ["status", "code", "errorCode", "error_code", "errcode", "statusCode", "status_code", "httpStatus"];
/// The fields in which they say what went wrong.
const MESSAGES: [&str; 10] = [
    "message",
    "msg",
    "errorMessage",
    "error_message",
    "errorMsg",
    "error_msg",
    "errmsg",
    "error_description",
    "detail",
    "reason",
];

/// The HTTP status of a refusal that `json` tells by itself or in an object inside, whatever the response's own status is.
fn told_status(json: &Json<'_>) -> Option<u16> {
    let Json::Object(fields) = json else { return None };
    let told = |object: &Json<'_>| CODES.iter().find_map(|name| status_in(&object.get(name)?.to_text()));
    let mut inner = fields.iter().filter(|(name, _)| name != "data");
    told(json).or_else(|| inner.find_map(|(_, value)| told(value)))
}

/// Whether a field tells the status of a refusal.
pub fn is_refusal(name: &str, value: &Json<'_>) -> bool {
    CODES.contains(&name) && status_in(&value.to_text()).is_some()
}

/// The status of a refusal in a code such as `401`, `401 UNAUTHORIZED`, `E-401` or `unauthenticated`.
fn status_in(code: &str) -> Option<u16> {
    let digits = code.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty());
    if let Some(digits) = digits {
        return digits.parse().ok().filter(|status| digits.len() == 3 && (400..600).contains(status));
    }
    code.to_ascii_lowercase().contains("unauth").then_some(401)
}

/// The code, the message and the ids of whoever refused. OCP has code and message in `error`, a gateway anywhere.
fn words(json: &Json<'_>, is_foreign: bool) -> OcpError {
    let error = json.get("error");
    let inner = error.filter(|error| matches!(error, Json::Object(_))).unwrap_or(json);
    let first = |object: &Json<'_>, names: &[&str]| names.iter().find_map(|name| object.get(name).and_then(text));
    let [_, codes @ ..] = &CODES;
    OcpError {
        code: first(inner, codes),
        message: first(inner, &MESSAGES)
            .or_else(|| json.get("error").and_then(text).filter(|_| matches!(error, Some(Json::Text(_))))),
        trace_id: first(json, &["traceId", "trace_id", "requestId", "request_id"]),
        server: json.get("server").and_then(text),
        is_foreign,
    }
}
