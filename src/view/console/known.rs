//! The clusters that were seen in this browser: names for cards that have no answer yet, and a choice where OCP gives no list.

use crate::domain::query::parse_cluster_id;
use crate::text::sanitize::{clamp, visible};
use crate::view::preferences::{keep_setting, setting};

const KEY: &str = "clusters";
/// How many are kept, so many that the cards of a full overview have their names.
const MOST: usize = 250;

/// A cluster that was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// OCP's id.
    pub id: String,
    /// `name:id` of OceanBase.
    pub name: String,
    /// Its role, in the words of the page that saw it.
    pub role: String,
}

/// All that were seen, the last visited one first.
#[must_use]
pub fn known() -> Vec<Known> {
    let kept = setting(KEY).unwrap_or_default();
    let read = |line: &str| {
        let mut fields = line.split('\t').map(str::to_owned);
        Some(Known { id: fields.next()?, name: fields.next()?, role: fields.next()? })
    };
    kept.lines().take(MOST).filter_map(read).collect()
}

/// What the cluster `id` was called when it was seen.
#[must_use]
pub fn known_name(id: &str) -> Option<Known> {
    known().into_iter().find(|known| known.id == id)
}

/// Keeps that the cluster `id` is called `name`, as the last one that was seen.
pub fn visit(id: &str, name: &str, role: &str) {
    let Some(seen) = Known::of(id, name, role) else { return };
    let mut all = known();
    if all.first() == Some(&seen) {
        return;
    }
    all.retain(|known| known.id != id);
    all.insert(0, seen);
    keep(&all);
}

/// Keeps what these clusters are called, behind those that were visited.
pub fn learn(seen: impl IntoIterator<Item = Known>) {
    let mut all = known();
    let mut is_new = false;
    for seen in seen {
        match all.iter_mut().find(|known| known.id == seen.id) {
            Some(known) if *known == seen => continue,
            Some(known) => *known = seen,
            None => all.push(seen),
        }
        is_new = true;
    }
    if is_new {
        keep(&all);
    }
}

impl Known {
    /// The cluster `id`, which is called `name`; `None` for what is no id and no name.
    #[must_use]
    pub fn of(id: &str, name: &str, role: &str) -> Option<Self> {
        // Without what would break the line.
        let plain = |text: &str| clamp(&visible(text).replace(['\t', '\n', '\r'], " "), 128).0.to_owned();
        let is_worth = !name.is_empty() && parse_cluster_id(id).is_some();
        is_worth.then(|| Self { id: id.trim().to_owned(), name: plain(name), role: plain(role) })
    }
}

fn keep(all: &[Known]) {
    let line = |known: &Known| [&*known.id, &*known.name, &*known.role].join("\t");
    let lines: Vec<_> = all.iter().take(MOST).map(line).collect();
    keep_setting(KEY, Some(&lines.join("\n")));
}
