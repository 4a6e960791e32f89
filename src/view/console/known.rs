//! The clusters that were seen in this browser: names for cards that have no answer yet, and a choice where OCP gives no list.

use crate::text::sanitize::{clamp, visible};
use crate::view::preferences::{keep_setting, setting};

const KEY: &str = "clusters";
/// How many are kept. The one that was not seen for longest makes room.
const MOST: usize = 50;

/// A cluster that was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// OCP's id.
    pub id: String,
    /// `name:id` of OceanBase.
    pub name: String,
    /// Its role, in OCP's word.
    pub role: String,
}

/// All that were seen, the last one first.
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

/// Keeps that the cluster `id` is called `name`.
pub fn learn(id: &str, name: &str, role: &str) {
    // What is no id and no name, or would break the line, is not worth keeping.
    if name.is_empty() || !id.bytes().all(|b| b.is_ascii_digit()) {
        return;
    }
    let plain = |text: &str| clamp(&visible(text).replace(['\t', '\n', '\r'], " "), 128).0.to_owned();
    let seen = Known { id: id.to_owned(), name: plain(name), role: plain(role) };
    let mut all = known();
    if all.first() == Some(&seen) {
        return;
    }
    all.retain(|known| known.id != id);
    all.insert(0, seen);
    all.truncate(MOST);
    let lines: Vec<_> = all.iter().map(|known| [&*known.id, &*known.name, &*known.role].join("\t")).collect();
    keep_setting(KEY, Some(&lines.join("\n")));
}
