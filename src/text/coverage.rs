//! Which tasks a table, a file or a verdict covers: the cluster, time range and page, how many rows are shown, and how many
//! could not be read.

use super::columns::Column;
use super::format::{known, range};
use super::problem::problem;
use super::rows::role_label;
use super::sanitize::visible;
use super::texts::{Texts, fill};
use super::viewer::Viewer;
use crate::domain::redact::Redacted;
use crate::domain::task::Task;
use crate::domain::time::TimeRange;
use crate::state::page_walk::Progress;
use crate::state::request_state::Loaded;
use crate::state::sweep::Rest;

/// Says how many rows of the response could not be read; `None` where all could.
#[must_use]
pub fn unread(data: &Loaded, texts: &Texts) -> Option<String> {
    let unread = data.page.unread();
    (unread > 0).then(|| fill(texts.unread, &[("count", &texts.number(unread))]))
}

/// Says that `shown` of `all` tasks on hand are shown.
#[must_use]
pub fn filtered(shown: usize, all: usize, texts: &Texts) -> String {
    let values = [("shown", &*texts.number(shown as u64)), ("count", &*texts.number(all as u64))];
    fill(texts.filtered, &values)
}

/// Whether `data` holds all tasks of the list, as far as is known.
#[must_use]
pub fn is_all(data: &Loaded) -> bool {
    let is_changed = data.whole.is_some_and(|whole| whole.changed);
    !is_changed && data.page.total.is_some_and(|total| total <= data.page.tasks.len() as u64)
}

/// Says which tasks `data` holds: all, so many of how many, or a page of them.
#[must_use]
pub fn scope(data: &Loaded, viewer: &Viewer) -> String {
    let Loaded { page, query, whole, .. } = data;
    let texts = viewer.locale.texts();
    let tasks = page.tasks.len() as u64;
    let mut scope = if is_all(data) {
        texts.counted(texts.scope_all, tasks)
    } else {
        let total = whole.map_or(page.total, |whole| whole.total);
        let (forms, bare, name, value) = if data.is_list() {
            (texts.scope_list, texts.loaded, "count", texts.number(tasks))
        } else {
            (texts.scope_page, texts.page, "page", query.page.to_string())
        };
        match total {
            Some(total) => fill(texts.form(forms, total), &[(name, &value), ("total", &texts.number(total))]),
            None => [&fill(bare, &[(name, &value)]), texts.semicolon, texts.total_missing].concat(),
        }
    };
    if query.range != TimeRange::All {
        scope = [&scope, texts.semicolon, texts.scope_range].concat();
    }
    if whole.is_some_and(|whole| whole.changed) {
        scope = [&scope, texts.semicolon, texts.list_changed].concat();
    }
    scope
}

/// Says what is known of the tasks that are not on hand; empty where there is nothing to say.
#[must_use]
pub fn rest(rest: &Rest, texts: &'static Texts) -> String {
    match rest {
        Rest::Settled => String::new(),
        Rest::Reading(Progress { count, total }) => {
            let values = [("count", &*texts.number(*count as u64)), ("total", &*known(*total, texts))];
            fill(texts.reading, &values)
        }
        Rest::Failed(error) => fill(texts.rest_failed, &[("problem", problem(error, texts).title)]),
    }
}

/// The name of the cluster with OceanBase's own id of it, `name:id`. Empty where the tasks of `data` differ in the name or one has none.
/// Where they differ in the id, the name stands alone.
#[must_use]
pub fn cluster_name(data: &Loaded) -> String {
    let name = common(data, |task| task.cluster_name.as_ref());
    let id = common(data, |task| task.ob_cluster_id.as_ref()).filter(|_| name.is_some());
    full_name(name, id)
}

/// `name:id` of a cluster, as far as both are known.
#[must_use]
pub fn full_name(name: Option<&str>, ob_cluster_id: Option<&str>) -> String {
    [name, ob_cluster_id].into_iter().flatten().map(visible).collect::<Vec<_>>().join(":")
}

/// The role of the cluster in the viewer's language. Empty where the tasks of `data` differ in it or one does not say it.
#[must_use]
pub fn cluster_role(data: &Loaded, texts: &Texts) -> String {
    common(data, |task| task.cluster_type.as_ref()).map(|role| role_label(role, texts)).unwrap_or_default()
}

/// What `field` is for all tasks of `data`, where it is the same for all.
fn common(data: &Loaded, field: fn(&Task) -> Option<&Redacted>) -> Option<&str> {
    let mut tasks = data.page.tasks.iter();
    let first = field(tasks.next()?)?;
    tasks.all(|task| field(task) == Some(first)).then_some(&**first)
}

/// Names the list that `data` is a page of: its cluster and its time range.
#[must_use]
pub fn subject(data: &Loaded, viewer: &Viewer) -> String {
    let texts = viewer.locale.texts();
    let cluster = [Column::Cluster.title(texts), " ", &data.query.cluster].concat();
    [cluster, range(data.query.range, viewer)].join(" · ")
}
