//! What the panel says of a failed request.

use super::format::sentences;
use super::sanitize::visible;
use super::texts::{Texts, fill};
use crate::api::error::{ApiError, ErrorKind, OcpError, Oddity};

/// A failed request in words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Problem {
    /// What went wrong.
    pub title: &'static str,
    /// What the operator can do.
    pub advice: String,
    /// Names and values that support asks for, such as the trace id.
    pub facts: Vec<(&'static str, String)>,
}

/// Describes `error`.
#[must_use]
pub fn problem(error: &ApiError, texts: &'static Texts) -> Problem {
    let mut given = None;
    let mut odd = "";
    let [title, advice] = match &error.kind {
        ErrorKind::InvalidCluster(text) => {
            given = Some(text);
            texts.invalid_cluster
        }
        ErrorKind::InvalidBaseUrl(text) => {
            given = Some(text);
            texts.invalid_base_url
        }
        ErrorKind::NoHeaders(text) => {
            given = Some(text);
            texts.no_headers
        }
        ErrorKind::NotSignedIn => texts.not_signed_in,
        ErrorKind::Forbidden => texts.forbidden,
        ErrorKind::NoSuchCluster => texts.no_such_cluster,
        ErrorKind::WrongPath => texts.wrong_path,
        ErrorKind::BadRequest => texts.bad_request,
        ErrorKind::Throttled => texts.throttled,
        ErrorKind::Server => texts.server_error,
        ErrorKind::Gateway => texts.gateway,
        ErrorKind::Unreachable => texts.unreachable,
        ErrorKind::Timeout => texts.timeout,
        ErrorKind::Interrupted => texts.interrupted,
        ErrorKind::NotOcp(oddity) => {
            odd = texts.oddities.of(*oddity);
            texts.not_ocp
        }
        ErrorKind::Refused => texts.refused,
        ErrorKind::Blocked(_) => texts.blocked,
    };
    let OcpError { code, message, trace_id, server, is_foreign } = &error.ocp;
    let advice = match (&error.kind, error.retry_after) {
        (ErrorKind::Blocked(form), _) => {
            // Under a 200 the status is a gateway's code.
            let status = error.http_status.filter(|status| *status >= 300).map(|status| status.to_string());
            let status = status.or_else(|| code.as_deref().map(visible)).unwrap_or_default();
            let form = match form {
                Oddity::Html => ", HTML",
                Oddity::NoEnvelope => ", JSON",
                _ => "",
            };
            fill(advice, &[("what", &[&status, form].concat())])
        }
        (ErrorKind::Throttled, Some(seconds)) => fill(texts.throttled_for, &[("seconds", &seconds.to_string())]),
        _ => sentences(odd, advice),
    };
    let [message_name, code_name] =
        if *is_foreign { [texts.their_message, texts.their_code] } else { [texts.message, texts.code] };
    let facts = [
        (texts.given, given.map(|given| ["“", &visible(given), "”"].concat())),
        (message_name, message.as_deref().map(visible)),
        (code_name, code.as_deref().map(visible)),
        (texts.trace_id, trace_id.as_deref().map(visible)),
        (texts.server_name, server.as_deref().map(visible)),
        (texts.http_status, error.http_status.map(|status| status.to_string())),
    ];
    let facts = facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    Problem { title, advice, facts }
}

impl Problem {
    /// Writes all of it as lines of plain text, for the clipboard.
    #[must_use]
    pub fn to_text(&self, texts: &Texts) -> String {
        let facts = self.facts.iter().map(|(name, value)| [name, texts.colon, value].concat());
        [self.title.to_owned(), self.advice.clone()].into_iter().chain(facts).collect::<Vec<_>>().join("\n")
    }
}
