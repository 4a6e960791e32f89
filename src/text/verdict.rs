//! The verdict above the table: whether log backup works, the latest restorable point, and how much would be lost now.

use super::coverage::{is_all, scope, unread};
use super::footer::as_of;
use super::format::{format_span, instant, short_name};
use super::texts::fill;
use super::viewer::Viewer;
use crate::domain::summary::Summary;
use crate::domain::time::TimeRange;
use crate::state::request_state::Loaded;

/// A [`Summary`] in words.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Verdict {
    /// Whether log backup works, the worst delay, and which tenant has it.
    pub headline: String,
    /// Which tasks the verdict covers.
    pub scope: String,
    /// The latest point to which all running tenants can be restored.
    pub restorable: String,
    /// Which tenant that point belongs to.
    pub restorable_of: String,
    /// The title of the loss: "at most" or "at least".
    pub loss: &'static str,
    /// Whether the loss is only “at least” so large, because tenants may be missing from it.
    pub is_least: bool,
    /// Under which condition that is lost, and how many tenants are missing from it.
    pub loss_note: String,
}

impl Verdict {
    /// All texts, in the order of the fields.
    #[must_use]
    pub fn texts(&self) -> [&str; 6] {
        let Self { headline, scope, restorable, restorable_of, loss, loss_note, .. } = self;
        [headline, scope, restorable, restorable_of, loss, loss_note]
    }
}

/// The words before a verdict that may no longer hold. They say as of when it was known.
#[must_use]
pub fn last_known(data: &Loaded, viewer: &Viewer) -> String {
    let texts = viewer.locale.texts();
    [&fill(texts.verdict_then, &[("time", &as_of(data, viewer))]), texts.semicolon].concat()
}

/// Puts `summary`, the summary of `data`, into words.
#[must_use]
pub fn verdict(data: &Loaded, summary: &Summary, viewer: &Viewer) -> Verdict {
    let texts = viewer.locale.texts();
    let Loaded { page, query, .. } = data;
    let [off, archiving, in_transition, ..] = summary.tones;
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
            fill(texts.form(texts.some_archiving, archiving.into()), &values)
        }
        alarming => texts.counted(texts.attention, alarming.into()),
    };
    let mut parts = vec![state];
    for (count, forms) in [(in_transition, texts.in_transition), (off, texts.not_running)] {
        if count > 0 {
            parts.push(texts.counted(forms, count.into()));
        }
    }
    parts.extend(unread(data, texts));
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
    Verdict {
        headline,
        scope: scope(data, viewer),
        restorable: point.map_or_else(|| texts.not_known.to_owned(), |point| instant(point, viewer)),
        restorable_of: of.unwrap_or_default(),
        loss: if is_partial { texts.loss_at_least } else { texts.loss },
        is_least: is_partial,
        loss_note: match summary.unknown {
            0 => texts.loss_hint.to_owned(),
            unknown => [texts.loss_hint, texts.semicolon, &texts.counted(texts.loss_unknown, unknown.into())].concat(),
        },
    }
}
