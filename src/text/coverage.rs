//! Which tasks a table, a file or a verdict covers: the cluster, time range and page, how many rows are shown, and how many
//! could not be read.

use super::columns::Column;
use super::format::{known, range};
use super::texts::{Texts, fill};
use super::viewer::Viewer;
use crate::domain::page::Pager;
use crate::state::request_state::Loaded;

/// Says how many rows of the response could not be read; `None` where all could.
#[must_use]
pub fn unread(data: &Loaded, texts: &Texts) -> Option<String> {
    let unread = data.page.unread();
    (unread > 0).then(|| fill(texts.unread, &[("count", &texts.number(unread))]))
}

/// Says that `shown` of `all` rows of the page are shown.
#[must_use]
pub fn filtered(shown: usize, all: usize, texts: &Texts) -> String {
    let values = [("shown", &*texts.number(shown as u64)), ("count", &*texts.number(all as u64))];
    fill(texts.form(texts.filtered, shown as u64), &values)
}

/// Says which page `data` is, of how many.
#[must_use]
pub fn page_of(data: &Loaded, viewer: &Viewer) -> String {
    let last = Pager::of(&data.page, &data.query).last;
    let texts = viewer.locale.later_texts();
    let last = known(last.map(u64::from), texts);
    fill(texts.page_of, &[("page", &data.query.page.to_string()), ("last", &last)])
}

/// Names the list that `data` is a page of: its cluster and its time range.
#[must_use]
pub fn subject(data: &Loaded, viewer: &Viewer) -> String {
    let texts = viewer.locale.texts();
    let cluster = [Column::Cluster.title(texts), " ", &data.query.cluster].concat();
    [cluster, range(data.query.range, viewer)].join(texts.semicolon)
}
