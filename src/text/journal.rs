//! The journal of a session: a line for each change that was seen.

use super::format::{short_name, time_of_day};
use super::rows::{role_label, status_label};
use super::texts::fill;
use super::viewer::Viewer;
use crate::domain::identity::Difference;
use crate::state::history::{Change, Entry};

/// One entry of the journal: when, which tasks, and what changed.
#[must_use]
pub fn journal_line(entry: &Entry, viewer: &Viewer) -> String {
    let texts = viewer.locale.later_texts();
    let mut tasks = entry.tasks.iter().map(|task| short_name(task)).collect::<Vec<_>>().join(texts.comma);
    let more = entry.count.saturating_sub(entry.tasks.len());
    if more > 0 {
        tasks.push_str(&fill(texts.more_tasks, &[("count", &texts.number(more as u64))]));
    }
    let page = entry.query.page.to_string();
    let change = match &entry.change {
        Change::Differs(difference) => differs(difference, viewer),
        Change::Gone { is_whole: true } => texts.change_gone.to_owned(),
        Change::Gone { is_whole: false } => fill(texts.change_gone_from, &[("page", &page)]),
        Change::Back => texts.change_back.to_owned(),
        Change::Backwards => texts.change_backwards.to_owned(),
        Change::Stalled => texts.change_stalled.to_owned(),
        Change::Moving => texts.change_moving.to_owned(),
    };
    fill(texts.change, &[("time", &time_of_day(entry.at, viewer)), ("tasks", &tasks), ("change", &change)])
}

/// What differs, the status first.
fn differs(difference: &Difference, viewer: &Viewer) -> String {
    let texts = viewer.locale.later_texts();
    let Difference { status, round, destination, old_name, role } = difference;
    let parts = [
        status.as_ref().map(|(from, to)| [status_label(from, texts), status_label(to, texts)].join(" → ")),
        round.map(|since| fill(texts.change_round, &[("time", &time_of_day(since, viewer))])),
        destination.then(|| texts.change_destination.to_owned()),
        old_name.as_ref().map(|name| fill(texts.change_name, &[("name", &short_name(name))])),
        role.as_ref().map(|(from, to)| [role_label(from, texts), role_label(to, texts)].join(" → ")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(texts.semicolon)
}
