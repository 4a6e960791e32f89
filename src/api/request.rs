//! Turns a query into the one request that the panel sends.

use super::error::{ApiError, ErrorKind};
use crate::domain::query::Query;
use crate::domain::redact::Redacted;
use crate::domain::search::split_once;
use crate::domain::time::{EpochMs, OffsetMinutes, format_utc};

/// A GET request. The browser encodes its parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The URL up to the `?`.
    pub url: String,
    /// Names and values of the query string.
    pub params: Vec<(&'static str, String)>,
}

/// When the browser sends cookies and HTTP credentials: the option `credentials` of `fetch`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Credentials {
    /// Only to the page's own origin.
    #[default]
    SameOrigin,
    /// To other origins as well. Those must allow it by CORS.
    Include,
    /// Never.
    Omit,
}

impl Credentials {
    /// The name that `fetch` uses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SameOrigin => "same-origin",
            Self::Include => "include",
            Self::Omit => "omit",
        }
    }

    /// Reads `same-origin`, `include` or `omit`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::SameOrigin, Self::Include, Self::Omit].into_iter().find(|known| known.name() == text)
    }
}

/// The request for `query` at the time `now`. `base` is where OCP is, empty for the page's own origin. `offset_minutes`
/// gives the offset of a zone, by which relative ranges are rounded.
///
/// Both ends of the range are sent or neither, because OCP refuses a range with one end. Times are UTC with `Z` and milliseconds: OCP
/// refuses `+0800`, and a `+` in a URL may arrive as a space.
///
/// # Errors
/// [`ErrorKind::InvalidCluster`] or [`ErrorKind::InvalidBaseUrl`]. Nothing is sent then.
pub fn request(base: &str, query: &Query, now: EpochMs, offset_minutes: OffsetMinutes) -> Result<Request, ApiError> {
    let refuse = |kind| Err(ApiError::without_answer(kind));
    if !is_base_url(base) {
        return refuse(ErrorKind::InvalidBaseUrl(Redacted::of(base)));
    }
    let Some(id) = query.cluster_id() else {
        return refuse(ErrorKind::InvalidCluster(Redacted::of(&query.cluster)));
    };
    let base = base.trim().trim_end_matches('/');
    let url = [base, "/api/v2/ob/clusters/", &id.to_string(), "/backup/task/logBackupTasks"].concat();
    let mut params = Vec::with_capacity(4);
    let range =
        query.range.resolve(now, offset_minutes).and_then(|(start, end)| Some((format_utc(start)?, format_utc(end)?)));
    if let Some((start, end)) = range {
        params.extend([("startTime", start), ("endTime", end)]);
    }
    params.extend([("page", query.page.to_string()), ("size", query.size.to_string())]);
    Ok(Request { url, params })
}

/// Whether a path can be appended to `base`: it is empty, a path, or an `http(s)` origin with an optional path. It must not have a query,
/// a fragment, or credentials, which `fetch` refuses.
pub(super) fn is_base_url(base: &str) -> bool {
    let base = base.trim();
    let plain = !base.contains(['?', '#', '@', '\\']) && !base.contains(|c: char| c.is_control() || c.is_whitespace());
    let (scheme, host) = split_once(base, "://").unwrap_or_default();
    let has_host = !host.is_empty() && !host.starts_with('/');
    let absolute = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) && has_host;
    let path = scheme.is_empty() && !base.contains(':') && !base.starts_with("//");
    plain && (absolute || path)
}
