//! The verdict above the table: whether log backup works, the latest restorable point, how much would be lost now, and how the tenants
//! spread over that.

use super::coverage::{is_all, scope, unread};
use super::footer::as_of;
use super::format::{format_span, instant, short_name};
use super::texts::{Texts, fill};
use super::viewer::Viewer;
use crate::domain::kinds::Group;
use crate::domain::losses::LossStep;
use crate::domain::summary::Summary;
use crate::domain::task::Tone;
use crate::domain::time::TimeRange;
use crate::state::request_state::{Loaded, RequestState};

/// A [`Summary`] in words.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Verdict {
    /// Whether log backup works, what could not be read, the worst delay, and which tenant has it.
    pub headline: String,
    /// Of the headline, what the kinds of the tasks do not say: how many rows could not be read.
    pub note: String,
    /// Which tasks the verdict covers.
    pub scope: String,
    /// Which tenants the point is of: all, or those that are known.
    pub restorable_title: &'static str,
    /// The latest point to which all running tenants can be restored.
    pub restorable: String,
    /// Which tenant that point belongs to.
    pub restorable_of: String,
    /// The title of the loss: “at most”, “at least”, or neither where it is not known.
    pub loss: &'static str,
    /// Whether the loss is only “at least” so large, because tenants may be missing from it.
    pub is_least: bool,
}

/// What is said of a response at a glance.
#[derive(Clone, Debug, PartialEq)]
pub struct Glance {
    /// In words.
    pub words: Verdict,
    /// In numbers.
    pub summary: Summary,
    /// The worst tone of the list; at least a warning if a row could not be read, because that task may be in trouble.
    pub worst: Tone,
}

impl Glance {
    /// What is said of the response in `state`; `None` without one, or if it lists no task.
    #[must_use]
    pub fn of(state: &RequestState, viewer: &Viewer) -> Option<Self> {
        let data = state.data.as_ref().filter(|data| !data.page.tasks.is_empty())?;
        let summary = state.history.summary(&data.page, viewer.thresholds);
        let floor = if data.page.unread() > 0 { Tone::Warning } else { Tone::Neutral };
        Some(Self { words: verdict(data, &summary, viewer), worst: summary.tone().max(floor), summary })
    }

    /// Whether tasks are in trouble.
    #[must_use]
    pub fn is_alarming(&self) -> bool {
        self.summary.alarming() > 0
    }
}

/// The words before a verdict that may no longer hold. They say as of when it was known.
#[must_use]
pub fn last_known(data: &Loaded, viewer: &Viewer) -> String {
    let texts = viewer.locale.texts();
    fill(texts.verdict_then, &[("time", &as_of(data, viewer))])
}

/// Puts `summary`, the summary of `data`, into words.
#[must_use]
pub fn verdict(data: &Loaded, summary: &Summary, viewer: &Viewer) -> Verdict {
    let texts = viewer.locale.texts();
    let Loaded { page, query, .. } = data;
    let archiving = summary.count(Tone::Ok);
    let tasks = page.tasks.len();
    let is_all = is_all(data);
    let is_ranged = query.range != TimeRange::All;
    let state = match summary.alarming() {
        _ if data.has_no_backup() => texts.empty_all.to_owned(),
        0 if is_all && !is_ranged && u64::from(archiving) == tasks as u64 && page.unread() == 0 => {
            texts.counted(texts.all_archiving, archiving.into())
        }
        0 => {
            let values = [("count", &*texts.number(archiving.into())), ("tasks", &*texts.number(tasks as u64))];
            fill(texts.some_archiving, &values)
        }
        alarming => texts.counted(texts.attention, alarming.into()),
    };
    let mut parts = vec![state];
    let note = unread(data, texts);
    parts.extend(note.clone());
    if let Some((seconds, tenant)) = &summary.worst {
        let values = [("delay", &*format_span(*seconds, texts)), ("tenant", &*short_name(tenant))];
        parts.push(fill(texts.worst, &values));
    }
    let headline = parts.join(texts.semicolon);
    let risk = summary.risk.as_ref();
    let point = risk.and_then(|risk| risk.checkpoint);
    // A task that is not listed, or whose point is not known, may be further behind.
    let is_partial = summary.unknown > 0 || page.unread() > 0 || !is_all || is_ranged;
    let of = if is_partial { texts.loss_of_known } else { texts.loss_of };
    let of = risk.map(|risk| fill(of, &[("tenant", &short_name(&risk.tenant))]));
    // Before “Unknown” a title names what is not known.
    let restorable_title = match point {
        None => texts.restorable_point,
        Some(_) if is_partial => texts.restorable_known,
        Some(_) => texts.restorable,
    };
    let loss = match risk {
        None => texts.loss_amount,
        Some(_) if is_partial => texts.loss_at_least,
        Some(_) => texts.loss,
    };
    Verdict {
        headline,
        note: note.unwrap_or_default(),
        scope: scope(data, viewer),
        restorable_title,
        restorable: point.map_or_else(|| texts.not_known.to_owned(), |point| instant(point, viewer)),
        restorable_of: of.unwrap_or_default(),
        loss,
        is_least: is_partial,
    }
}

/// How many tenants would lose how much `age` seconds after the response of `summary`, without steps that have none.
#[must_use]
pub fn spread(summary: &Summary, age: f64) -> Vec<(LossStep, u32)> {
    let mut counts = LossStep::ALL.map(|step| (step, 0));
    let mut add = |step: LossStep, more| {
        if let Some((_, count)) = counts.get_mut(step as usize) {
            *count += more;
        }
    };
    summary.losses.iter().for_each(|loss| add(LossStep::of(Some(loss + age)), 1));
    add(LossStep::Unknown, summary.unknown);
    counts.into_iter().filter(|(_, count)| *count > 0).collect()
}

/// What a step of losses is called.
#[must_use]
pub fn step_name(step: LossStep, texts: &Texts) -> String {
    let [minutes, hour, day] = LossStep::ENDS.map(|end| format_span(end, texts));
    let (sign, end) = match step {
        LossStep::Minutes => ("≤ ", minutes),
        LossStep::Hour => ("≤ ", hour),
        LossStep::Day => ("≤ ", day),
        LossStep::Longer => ("> ", day),
        LossStep::Unknown => ("", texts.not_known.to_owned()),
    };
    [sign, &end].concat()
}

/// An ellipsis where `group` has more tasks than it names.
#[must_use]
pub fn more(group: &Group) -> &'static str {
    if group.count as usize > group.named.len() { " …" } else { "" }
}
