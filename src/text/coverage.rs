//! Which tasks a list, a file or a verdict covers: of which cluster, time range and page, how many are shown, and how many
//! could not be read.

use super::columns::Column;
use super::format::{known, range};
use super::texts::{Texts, fill};
use super::viewer::Viewer;
use crate::domain::page::Pager;
use crate::state::load::Loaded;

/// How many rows of an answer could not be read, where there are any.
#[must_use]
pub fn unread(data: &Loaded, texts: &Texts) -> Option<String> {
    let unread = data.page.unread();
    (unread > 0).then(|| fill(texts.unread, &[("count", &texts.number(unread))]))
}

/// How many of all rows of a page are shown.
#[must_use]
pub fn filtered(shown: usize, all: usize, texts: &Texts) -> String {
    fill(texts.filtered, &[("shown", &texts.number(shown as u64)), ("count", &texts.number(all as u64))])
}

/// Which page of how many `data` is.
#[must_use]
pub fn page_of(data: &Loaded, viewer: &Viewer) -> String {
    let last = Pager::of(&data.page, &data.query).last;
    let texts = viewer.locale.texts();
    let last = known(last.map(u64::from), texts);
    fill(texts.page_of, &[("page", &data.query.page.to_string()), ("last", &last)])
}

/// Which list `data` is of: its cluster and its time range.
#[must_use]
pub fn subject(data: &Loaded, viewer: &Viewer) -> String {
    let texts = viewer.locale.texts();
    let cluster = [Column::Cluster.title(texts), " ", &data.query.cluster].concat();
    [cluster, range(data.query.range, viewer)].join(texts.semicolon)
}
