//! OCP's list of clusters: `GET /api/v2/ob/clusters`. It needs the role `CLUSTER_VIEWER`, which whoever may see log backup need not have.

use super::decode::{HttpResponse, decode, text};
use super::error::{ApiError, ErrorKind, Oddity};
use super::request::{Request, is_base_url};
use super::wire::Json;
use crate::domain::cluster::{Cluster, ClusterPage, ClusterStatus};
use crate::domain::query::parse_cluster_id;
use crate::domain::redact::Redacted;

/// Which clusters are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ClusterQuery {
    /// A part of the name, in either case; empty for all.
    pub name: String,
    /// Only those of this status.
    pub status: Option<ClusterStatus>,
    /// The page, from 1.
    pub page: u32,
    /// Clusters a page, at most 2000.
    pub size: u32,
}

/// The request for `query`, sorted by name. `base` is where OCP is, empty for the page's own origin.
///
/// # Errors
/// [`ErrorKind::InvalidBaseUrl`]. Nothing is sent then.
pub fn request(base: &str, query: &ClusterQuery) -> Result<Request, ApiError> {
    if !is_base_url(base) {
        return Err(ApiError::without_answer(ErrorKind::InvalidBaseUrl(Redacted::of(base))));
    }
    let url = [base.trim().trim_end_matches('/'), "/api/v2/ob/clusters"].concat();
    let mut params =
        vec![("page", query.page.to_string()), ("size", query.size.to_string()), ("sort", "name,asc".to_owned())];
    let name = query.name.trim();
    if !name.is_empty() {
        params.push(("name", name.to_owned()));
    }
    params.extend(query.status.map(|status| ("status", status.name().to_owned())));
    Ok(Request { url, params })
}

/// Decodes `reply`.
///
/// # Errors
/// The same as for [`decode`].
pub fn decode_clusters(reply: &HttpResponse) -> Result<ClusterPage, ApiError> {
    // The envelope is that of the task list, whose decoder knows every way to fail. What it makes of the rows is left.
    let total = decode(reply)?.total;
    let not_json =
        || ApiError { http_status: Some(reply.status), ..ApiError::without_answer(ErrorKind::NotOcp(Oddity::NotJson)) };
    let envelope = Json::parse(reply.body.trim_start_matches('\u{feff}')).ok_or_else(not_json)?;
    let mut page = ClusterPage { total, ..ClusterPage::default() };
    if let Some(Json::Array(rows, surplus)) = envelope.get(&["data"]).and_then(|data| data.get(&["contents"])) {
        page.unread = *surplus;
        for row in rows {
            match cluster(row) {
                Some(cluster) => page.clusters.push(cluster),
                None => page.unread += 1,
            }
        }
    }
    Ok(page)
}

fn cluster(row: &Json<'_>) -> Option<Cluster> {
    Some(Cluster {
        id: parse_cluster_id(&row.get(&["id"])?.to_text())?,
        name: text(row, "name")?,
        ob_cluster_id: text(row, "obClusterId"),
        version: text(row, "obVersion"),
        status: text(row, "status"),
        role: text(row, "type"),
        tenants: row.get(&["tenantCount"]).and_then(Json::to_count),
    })
}
