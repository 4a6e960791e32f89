//! What is asked of OCP, and the verbs that change it.

use super::time::TimeRange;

/// The page sizes that the panel offers.
pub const PAGE_SIZES: [u32; 4] = [10, 20, 50, 100];
/// OCP clamps a larger `size` to this, so no larger one is ever asked for.
pub const MAX_PAGE_SIZE: u32 = 2000;

/// One request to the endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Query {
    /// OCP's cluster id as the embedder gave it; checked where the URL is built ([`Query::cluster_id`]).
    pub cluster: String,
    /// The time filter.
    pub range: TimeRange,
    /// The page, from 1.
    pub page: u32,
    /// Tasks a page, 1 to [`MAX_PAGE_SIZE`].
    pub size: u32,
}

impl Default for Query {
    fn default() -> Self {
        Self { cluster: String::new(), range: TimeRange::All, page: 1, size: PAGE_SIZES[1] }
    }
}

/// A wish of the user or the embedder. A query changes only by an intent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Another cluster, by OCP's id.
    Cluster(String),
    /// Another time filter.
    Range(TimeRange),
    /// Another page, from 1.
    Page(u32),
    /// Another page size.
    PageSize(u32),
}

impl Query {
    /// Applies one intent. If it changes which tasks are listed, it also goes back to page 1.
    pub fn apply(&mut self, intent: Intent) {
        match intent {
            Intent::Page(page) => self.page = page.max(1),
            Intent::Cluster(cluster) if cluster != self.cluster => {
                self.cluster = cluster;
                self.page = 1;
            }
            Intent::Range(range) if range != self.range => {
                self.range = range;
                self.page = 1;
            }
            Intent::PageSize(size) if size != self.size => {
                self.size = size.clamp(1, MAX_PAGE_SIZE);
                self.page = 1;
            }
            Intent::Cluster(_) | Intent::Range(_) | Intent::PageSize(_) => {}
        }
    }

    /// Whether `other` asks for the same list: the same cluster and the same time range, whatever the page.
    #[must_use]
    pub fn is_same_list(&self, other: &Self) -> bool {
        self.cluster == other.cluster && self.range == other.range
    }

    /// The cluster id, see [`parse_cluster_id`].
    #[must_use]
    pub fn cluster_id(&self) -> Option<u64> {
        parse_cluster_id(&self.cluster)
    }
}

/// Reads a cluster id: a Java `Long` of ASCII digits, from 1. `None` for anything else, so that no id can reach another path or add a
/// parameter.
#[must_use]
pub fn parse_cluster_id(text: &str) -> Option<u64> {
    let text = text.trim();
    let id = text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<i64>().ok())??;
    u64::try_from(id).ok().filter(|&id| id > 0)
}
