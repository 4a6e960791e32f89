//! How much data each tenant would lose if the cluster died now.

use super::delay::{CLOCK_JITTER, Delay, Thresholds};
use super::hash::Places;
use super::page::TaskPage;
use super::task::{DecodedTask, Tone};

/// How much a tenant would lose, in steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LossStep {
    /// Two minutes at most.
    Minutes,
    /// An hour at most.
    Hour,
    /// A day at most.
    Day,
    /// More than a day.
    Longer,
    /// Nobody knows.
    Unknown,
}

impl LossStep {
    /// All steps, the least loss first.
    pub const ALL: [Self; 5] = [Self::Minutes, Self::Hour, Self::Day, Self::Longer, Self::Unknown];
    /// The greatest loss of the first three steps, in seconds. [`LossStep::Longer`] is over the last of them.
    pub const ENDS: [f64; 3] = [120.0, 3600.0, 86_400.0];

    /// The step of a loss in seconds, which may be unknown.
    #[must_use]
    pub fn of(loss: Option<f64>) -> Self {
        let place = loss.map(|loss| Self::ENDS.into_iter().filter(|end| loss > *end).count());
        place.and_then(|place| Self::ALL.get(place).copied()).unwrap_or(Self::Unknown)
    }

    /// The step of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.name() == name)
    }

    /// The name in the attribute `loss`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Minutes => "2m",
            Self::Hour => "1h",
            Self::Day => "1d",
            Self::Longer => "longer",
            Self::Unknown => "unknown",
        }
    }

    /// How urgent it is.
    #[must_use]
    pub fn tone(self) -> Tone {
        match self {
            Self::Minutes => Tone::Ok,
            Self::Hour => Tone::Warning,
            Self::Day | Self::Longer => Tone::Critical,
            Self::Unknown => Tone::Neutral,
        }
    }
}

/// The tenants of a list that are meant to be protected, and what each of them would lose.
///
/// A tenant with several tasks (destinations, rounds) can be restored from the best of them. Each task that names no tenant counts as a
/// tenant of its own. A task that was stopped or never started is not meant to protect anything.
#[derive(Default)]
pub struct Losses<'a> {
    places: Places,
    /// Of each task, the place of its tenant in `tenants`.
    tenant_of: Vec<Option<usize>>,
    /// Of each tenant the least loss in seconds, and the task that it is of; `None` where it is not known.
    tenants: Vec<Option<(f64, &'a DecodedTask)>>,
}

impl<'a> Losses<'a> {
    /// The losses of the tenants of `page`.
    #[must_use]
    pub fn of(page: &'a TaskPage) -> Self {
        let server_time = page.server_time();
        let mut losses = Self::for_tasks(page.tasks.len());
        for task in &page.tasks {
            losses.add(task, &Delay::judge(task, server_time, Thresholds::default()));
        }
        losses
    }

    /// None yet, with room for those of `count` tasks.
    #[must_use]
    pub fn for_tasks(count: usize) -> Self {
        let mut losses = Self::default();
        losses.places.reserve(count);
        losses.tenant_of.reserve(count);
        losses.tenants.reserve(count);
        losses
    }

    /// Adds the next task of the list.
    pub fn add(&mut self, task: &'a DecodedTask, delay: &Delay) {
        if task.status.kind.tone() == Tone::Neutral {
            return self.tenant_of.push(None);
        }
        let next_place = self.tenants.len();
        let is_named = task.names_tenant();
        let place = if is_named { *self.places.entry(task.tenant).or_insert(next_place) } else { next_place };
        self.tenant_of.push(Some(place));
        let loss = loss(delay);
        let next = loss.map(|loss| (loss, task));
        match self.tenants.get_mut(place) {
            Some(known) if known.is_none_or(|(least, _)| loss.is_some_and(|loss| loss < least)) => *known = next,
            Some(_) => {}
            None => self.tenants.push(next),
        }
    }

    /// What each tenant would lose, in seconds, and its best task; `None` where that is not known.
    #[must_use]
    pub fn tenants(&self) -> &[Option<(f64, &'a DecodedTask)>] {
        &self.tenants
    }

    /// The step of the tenant of the task at `index` of the list, when the losses grew by `growth` seconds; `None` for a task that is not meant to
    /// protect anything.
    #[must_use]
    pub fn step(&self, index: usize, growth: f64) -> Option<LossStep> {
        let place = (*self.tenant_of.get(index)?)?;
        Some(LossStep::of(self.tenants.get(place)?.map(|(loss, _)| loss + growth)))
    }
}

/// The seconds that would be lost at this delay.
#[must_use]
pub fn loss(delay: &Delay) -> Option<f64> {
    match delay {
        Delay::Lag { seconds, .. } | Delay::NotApplicable(Some(seconds)) | Delay::NoVerdict(seconds) => {
            (*seconds >= CLOCK_JITTER).then_some(seconds.max(0.0))
        }
        // With a wrong clock or a wrong time zone nothing can be said.
        Delay::NotApplicable(None) | Delay::Ahead(_) | Delay::NoCheckpoint | Delay::Raw(_) | Delay::Missing => None,
    }
}
