//! What is the matter with a task, in one word: its status, its delay and whether it is stalled taken together. And the tasks of a list by
//! these kinds, worst first, with the names of the worst.

use super::delay::Delay;
use super::task::{StatusKind, TaskKey, Tone};

/// How many tasks of a kind are named. More are only counted.
pub const NAMED_OF_KIND: usize = 2;

/// What is the matter with a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Logs were recycled before they were archived: recovery has a gap, which outranks all else.
    Interrupted,
    /// Log backup gave up.
    Failed,
    /// The status says “in progress”, and the checkpoint stands still.
    Stalled,
    /// The delay is at or over the critical threshold.
    FarBehind,
    /// The delay is at or over the lower threshold.
    Behind,
    /// Paused, or being paused.
    Suspended,
    /// Another warning: being stopped, mixed, an unknown status, or a delay that nothing can be told from.
    ToCheck,
    /// About to run.
    InTransition,
    /// Archiving, with a delay below both thresholds.
    Healthy,
    /// Not running, and not meant to.
    NotRunning,
}

impl Kind {
    /// All kinds, worst first.
    pub const ALL: [Self; 10] = [
        Self::Interrupted,
        Self::Failed,
        Self::Stalled,
        Self::FarBehind,
        Self::Behind,
        Self::Suspended,
        Self::ToCheck,
        Self::InTransition,
        Self::Healthy,
        Self::NotRunning,
    ];

    /// The kind of a task with this status and delay; `is_stalled` tells whether its checkpoint stands still.
    #[must_use]
    pub fn of(status: StatusKind, delay: &Delay, is_stalled: bool) -> Self {
        let tone = status.tone().max(delay.tone(status).unwrap_or(Tone::Neutral));
        match (status, tone) {
            (StatusKind::Interrupted, _) => Self::Interrupted,
            (StatusKind::Failed, _) => Self::Failed,
            _ if is_stalled => Self::Stalled,
            (_, Tone::Critical) => Self::FarBehind,
            (StatusKind::Suspending | StatusKind::Suspended, _) => Self::Suspended,
            (_, Tone::Warning) if matches!(delay, Delay::Lag { .. }) => Self::Behind,
            (_, Tone::Warning) => Self::ToCheck,
            (_, Tone::Info) => Self::InTransition,
            (_, Tone::Ok) => Self::Healthy,
            (_, Tone::Neutral) => Self::NotRunning,
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The name in the attribute `kind`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Interrupted => "interrupted",
            Self::Failed => "failed",
            Self::Stalled => "stalled",
            Self::FarBehind => "far-behind",
            Self::Behind => "behind",
            Self::Suspended => "suspended",
            Self::ToCheck => "to-check",
            Self::InTransition => "in-transition",
            Self::Healthy => "healthy",
            Self::NotRunning => "not-running",
        }
    }

    /// How urgent it is.
    #[must_use]
    pub fn tone(self) -> Tone {
        match self {
            Self::Interrupted | Self::Failed | Self::Stalled | Self::FarBehind => Tone::Critical,
            Self::Behind | Self::Suspended | Self::ToCheck => Tone::Warning,
            Self::InTransition => Tone::Info,
            Self::Healthy => Tone::Ok,
            Self::NotRunning => Tone::Neutral,
        }
    }
}

/// The tasks of one kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// How many there are.
    pub count: u32,
    /// The first [`NAMED_OF_KIND`] of them, those furthest behind first.
    pub named: Vec<Named>,
}

/// A task that is named.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// Which task it is.
    pub key: TaskKey,
    /// Its tenant.
    pub tenant: String,
    /// Its delay, or how old its checkpoint is, in seconds; `None` where that is not known.
    pub seconds: Option<f64>,
}

impl Group {
    /// Counts a task, and names it if it is further behind than one that is named. Of equal ones the first stays.
    pub fn add(&mut self, key: TaskKey, tenant: &str, seconds: Option<f64>) {
        self.count += 1;
        let place = self.named.iter().position(|named| named.seconds < seconds).unwrap_or(self.named.len());
        if place < NAMED_OF_KIND {
            self.named.truncate(NAMED_OF_KIND - 1);
            self.named.insert(place, Named { key, tenant: tenant.to_owned(), seconds });
        }
    }
}
