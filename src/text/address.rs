//! The address of the standalone page: which clusters it shows, and links to its other views.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stands in a query string as it is. A comma does: `clusters=1,2` is easier to read so.
const PLAIN: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b',').remove(b':');

/// The parameters of a page's address, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address(Vec<(String, String)>);

impl Address {
    /// Reads the query string of an address, with or without its `?`. Of a parameter that comes twice, the first counts.
    #[must_use]
    pub fn read(search: &str) -> Self {
        let decode = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
        let pairs = search.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty());
        Self(
            pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(a, b)| (decode(a), decode(b))).collect(),
        )
    }

    /// The value of a parameter.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }

    /// The same with another value of a parameter, or without it.
    #[must_use]
    pub fn with(&self, name: &str, value: Option<&str>) -> Self {
        let mut parameters = self.0.clone();
        parameters.retain(|(known, _)| known != name);
        parameters.extend(value.map(|value| (name.to_owned(), value.to_owned())));
        Self(parameters)
    }

    /// The query string with its `?`.
    #[must_use]
    pub fn search(&self) -> String {
        let encode = |text: &str| utf8_percent_encode(text, PLAIN).to_string();
        let pairs = self.0.iter().map(|(name, value)| [&encode(name), "=", &*encode(value)].concat());
        ["?", &pairs.collect::<Vec<_>>().join("&")].concat()
    }

    /// What the page shows.
    #[must_use]
    pub fn route(&self) -> Route {
        match (self.get("cluster").filter(|id| !id.trim().is_empty()), self.get("clusters")) {
            (Some(cluster), _) => Route::Cluster(cluster.trim().to_owned()),
            (None, Some("all")) => Route::All,
            (None, Some(list)) => {
                let mut clusters: Vec<String> = Vec::new();
                for id in list.split(',').map(str::trim).filter(|id| !id.is_empty()) {
                    if clusters.iter().all(|known| known != id) {
                        clusters.push(id.to_owned());
                    }
                }
                if clusters.is_empty() { Route::List } else { Route::Clusters(clusters) }
            }
            (None, None) => Route::List,
        }
    }
}

/// What the standalone page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// A choice of clusters.
    List,
    /// One cluster, as the address names it.
    Cluster(String),
    /// A card for each of these clusters.
    Clusters(Vec<String>),
    /// A card for each cluster that OCP lists.
    All,
}
