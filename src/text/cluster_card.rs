//! What a card says of a whole cluster, and which card comes first.

use super::coverage::{cluster_name, cluster_role};
use super::footer::as_of;
use super::format::{coarse_span, instant, short_name};
use super::problem::problem;
use super::texts::{Texts, fill};
use super::verdict::{Verdict, last_known, more, verdict};
use super::viewer::Viewer;
use crate::domain::kinds::{Group, Kind};
use crate::domain::task::Tone;
use crate::domain::time::{EpochMs, ms};
use crate::state::request_state::{Loaded, RequestState};
use crate::state::sweep::Rest;

/// How many kinds of trouble a card names. The sentence above them counts all.
const MOST_KINDS: usize = 3;
/// Steps of [`Rank`] between two kinds.
const STEP: u8 = 10;

/// The place of a card: the lowest is the worst. It is a kind of task, with steps between for what no task tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank(u8);

impl Rank {
    /// Nothing is known of the cluster now: behind what is critical, and before all else. An outage makes no card calmer.
    pub const UNKNOWN: Self = Self::of(Kind::FarBehind, 5);
    /// The first answer is under way.
    pub const WAITING: Self = Self::of(Kind::InTransition, 5);

    const fn of(kind: Kind, after: u8) -> Self {
        Self(kind as u8 * STEP + after)
    }
}

/// A kind of trouble on a card.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KindWords {
    /// How urgent it is.
    pub tone: Tone,
    /// What it is called.
    pub name: &'static str,
    /// How many tasks are of it.
    pub count: String,
    /// The tenants that are furthest behind.
    pub tenants: String,
}

/// How much would be lost.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LossWords {
    /// “At least” or “at most”.
    pub title: &'static str,
    /// The loss in milliseconds, when the response came.
    pub ms: i64,
    /// When that was, on the browser's clock.
    pub received: EpochMs,
    /// Whether it is only a least one.
    pub is_least: bool,
    /// Whose it is.
    pub tenant: String,
}

/// What a card says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CardWords {
    /// How urgent it is.
    pub tone: Tone,
    /// `name:id` of the cluster, where its tasks tell it.
    pub name: String,
    /// Its role.
    pub role: String,
    /// The verdict in a sentence, or why there is none.
    pub headline: String,
    /// What is the matter, worst first.
    pub kinds: Vec<KindWords>,
    /// How many more tasks need attention, of kinds that are not named; empty for none.
    pub others: String,
    /// Up to where can be restored: a title and a time.
    pub restorable: Option<(&'static str, String)>,
    /// What would be lost.
    pub loss: Option<LossWords>,
    /// As of when all this is; empty where there was no response.
    pub as_of: String,
    /// Why it is not of now: the last failure, or where the response came from.
    pub problem: String,
}

/// What a card says of a cluster, and its rank. `is_old` tells whether the response is older than it should be.
#[must_use]
pub fn cluster_card(state: &RequestState, is_old: bool, viewer: &Viewer) -> (CardWords, Rank) {
    let texts = viewer.locale.texts();
    let failure = state.problem.as_ref().map(|error| problem(error, texts).title);
    let Some(data) = &state.data else {
        let (headline, tone, rank) = match failure {
            Some(title) => (title, Tone::Warning, Rank::UNKNOWN),
            None => (texts.loading, Tone::Neutral, Rank::WAITING),
        };
        return (words(tone, headline.to_owned()), rank);
    };
    let is_now = state.is_fresh() && !is_old;
    let (mut card, mut rank) = known(data, state, viewer);
    card.name = cluster_name(data);
    card.role = cluster_role(data, texts);
    card.as_of = as_of(data, viewer);
    if let Some(at) = data.whole.and_then(|whole| whole.refreshed) {
        let part = fill(viewer.locale.later_texts().console.part, &[("time", &instant(at, viewer))]);
        card.as_of = [&card.as_of, texts.semicolon, &part].concat();
    }
    if !is_now {
        card.headline = [last_known(data, viewer), card.headline].concat();
        failure.unwrap_or_default().clone_into(&mut card.problem);
        card.tone = card.tone.max(Tone::Warning);
        rank = rank.min(Rank::UNKNOWN);
    }
    (card, rank)
}

fn words(tone: Tone, headline: String) -> CardWords {
    CardWords {
        tone,
        name: String::new(),
        role: String::new(),
        headline,
        kinds: Vec::new(),
        others: String::new(),
        restorable: None,
        loss: None,
        as_of: String::new(),
        problem: String::new(),
    }
}

/// What a response tells, as if it were of now.
fn known(data: &Loaded, state: &RequestState, viewer: &Viewer) -> (CardWords, Rank) {
    let texts = viewer.locale.texts();
    let summary = state.history.summary(&data.page, viewer.thresholds);
    let Verdict { headline, scope, restorable_title, restorable, loss, is_least, .. } = verdict(data, &summary, viewer);
    if data.page.tasks.is_empty() {
        let is_odd = data.has_no_backup() || data.page.unread() > 0;
        let tone = if is_odd { Tone::Warning } else { Tone::Neutral };
        let kind = if is_odd { Kind::ToCheck } else { Kind::NotRunning };
        return (words(tone, headline), Rank::of(kind, 0));
    }
    let listed = || Kind::ALL.into_iter().zip(&summary.kinds).filter(|(_, group)| group.count > 0);
    // A task that was not read may be in trouble.
    let is_partial = is_partial(data);
    let is_reading = is_partial && matches!(state.rest, Rest::Reading(_));
    let floor = match data.page.unread() > 0 || is_partial && !is_reading {
        true => Kind::ToCheck,
        false if is_reading => Kind::InTransition,
        false => Kind::NotRunning,
    };
    let headline = if is_partial { [&headline, texts.semicolon, &scope].concat() } else { headline };
    let worst = listed().next().map_or(floor, |(kind, _)| kind.min(floor));
    let kinds = || listed().filter(|(kind, _)| kind.tone() >= Tone::Warning);
    let others: u32 = kinds().skip(MOST_KINDS).map(|(_, group)| group.count).sum();
    let others = (others > 0)
        .then(|| fill(viewer.locale.later_texts().console.others, &[("count", &texts.number(others.into()))]));
    let card = CardWords {
        kinds: kinds().take(MOST_KINDS).map(|(kind, group)| kind_words(kind, group, texts)).collect(),
        others: others.unwrap_or_default(),
        restorable: Some((restorable_title, restorable)),
        loss: summary.risk.as_ref().map(|risk| LossWords {
            title: loss,
            ms: ms(risk.seconds),
            received: data.received,
            is_least,
            tenant: short_name(&risk.tenant),
        }),
        ..words(summary.tone().max(floor.tone()), headline)
    };
    (card, Rank::of(worst, 0))
}

/// Whether tasks of the list are not among those that were read.
fn is_partial(data: &Loaded) -> bool {
    let is_changed = data.whole.is_some_and(|whole| whole.changed);
    is_changed || data.page.total.is_some_and(|total| total > data.page.tasks.len() as u64 + data.page.unread())
}

fn kind_words(kind: Kind, group: &Group, texts: &'static Texts) -> KindWords {
    let named = group.named.iter().map(|named| {
        let behind = named.seconds.map(|seconds| [" ", &*coarse_span(seconds, texts)].concat());
        [short_name(&named.tenant), behind.unwrap_or_default()].concat()
    });
    KindWords {
        tone: kind.tone(),
        name: texts.kinds.of(kind),
        count: texts.number(group.count.into()),
        tenants: [&named.collect::<Vec<_>>().join(texts.comma), more(group)].concat(),
    }
}
