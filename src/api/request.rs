//! From a query to the URL of the one request that the panel makes.

use form_urlencoded::Serializer;

use super::error::{ApiError, ErrorKind};
use crate::domain::query::Query;
use crate::domain::time::{EpochMs, format_utc};

/// The URL of `query` at `now`, below `base` (empty for the page's own origin).
///
/// Times go as UTC with `Z` and milliseconds, both or neither; see `shared/ocp-contract.md`.
///
/// # Errors
/// [`ErrorKind::InvalidCluster`] and [`ErrorKind::InvalidBaseUrl`]: nothing is sent for these.
pub fn url(base: &str, query: &Query, now: EpochMs) -> Result<String, ApiError> {
    let refuse = |kind| Err(ApiError::without_answer(kind));
    if !is_base_url(base) {
        return refuse(ErrorKind::InvalidBaseUrl(base.to_owned()));
    }
    let Some(id) = query.cluster_id() else {
        return refuse(ErrorKind::InvalidCluster(query.cluster.clone()));
    };
    let mut url = String::from(base.trim().trim_end_matches('/'));
    for part in ["/api/v2/ob/clusters/", &id.to_string(), "/backup/task/logBackupTasks?"] {
        url.push_str(part);
    }
    let params_start = url.len();
    let mut params = Serializer::for_suffix(url, params_start);
    let range = query.range.resolve(now).and_then(|(start, end)| Some((format_utc(start)?, format_utc(end)?)));
    if let Some((start, end)) = range {
        params.append_pair("startTime", &start).append_pair("endTime", &end);
    }
    params.append_pair("page", &query.page.to_string()).append_pair("size", &query.size.to_string());
    Ok(params.finish())
}

/// Whether `base` can stand before a path: empty, a path, or an `http(s)` origin with an optional path; no query,
/// fragment or credentials (which `fetch` refuses).
fn is_base_url(base: &str) -> bool {
    let base = base.trim();
    let plain = !base.contains(['?', '#', '@', '\\']) && !base.contains(|c: char| c.is_control() || c.is_whitespace());
    let scheme_end = base.find("://").unwrap_or_default();
    let (scheme, rest) = base.split_at(scheme_end);
    let has_host = rest.get(3..).is_some_and(|host| !host.is_empty() && !host.starts_with('/'));
    let absolute = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) && has_host;
    let path = scheme.is_empty() && !base.contains(':') && !base.starts_with("//");
    plain && (absolute || path)
}
