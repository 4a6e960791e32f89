//! One page in a few numbers, and how far back a restore would reach if the cluster died now.

use std::cmp::Reverse;
use std::ptr;
use std::sync::Arc;

use super::delay::{Delay, Thresholds};
use super::kinds::{Group, Kind};
use super::losses::{Losses, loss};
use super::page::TaskPage;
use super::task::{DecodedTask, Task, TaskKey, Tone};
use super::time::EpochMs;

/// How many tasks are named. More are only counted.
pub const MOST_NAMED: usize = 10;

/// A page of tasks in a few numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// The worst lag in seconds, and whose it is; `None` where no task has one.
    pub worst: Option<(f64, String)>,
    /// How many tasks there are of each tone, in the order of [`Tone`].
    pub tones: [u32; 5],
    /// The tasks of each kind, in the order of [`Kind::ALL`].
    pub kinds: [Group; 10],
    /// The names of the first critical tasks.
    pub critical: Vec<String>,
    /// The tenant that would lose most; `None` where none has a known point.
    pub risk: Option<Risk>,
    /// How much each tenant with a known point would lose, in seconds.
    pub losses: Vec<f64>,
    /// How many tenants that should be protected have no known point.
    pub unknown: u32,
}

/// How far back a restore of one tenant would reach.
#[derive(Clone, Debug, PartialEq)]
pub struct Risk {
    /// Its task, the best of those that it has.
    pub key: TaskKey,
    /// The tenant's name.
    pub tenant: String,
    /// Its latest restorable point, where the server told it.
    pub checkpoint: Option<EpochMs>,
    /// The seconds between that point and the response, on the database's clock where it told them.
    pub seconds: f64,
}

impl Summary {
    /// The summary of `page`; `is_stalled` tells whose checkpoint stands still.
    ///
    /// What each tenant would lose is counted as [`Losses`] does.
    #[must_use]
    pub fn of(page: &TaskPage, thresholds: Thresholds, is_stalled: impl Fn(TaskKey, &Task) -> bool) -> Self {
        let server_time = page.server_time();
        let mut summary = Self::default();
        let mut losses = Losses::for_tasks(page.tasks.len());
        for (key, task) in page.keyed() {
            let delay = Delay::judge(task, server_time, thresholds);
            if let Delay::Lag { seconds, .. } = delay
                && summary.worst.as_ref().is_none_or(|(worst, _)| seconds > *worst)
            {
                summary.worst = Some((seconds, task.label().to_owned()));
            }
            losses.add(task, &delay);
            let kind = Kind::of(task.status.kind, &delay, is_stalled(key, task));
            if let Some(group) = summary.kinds.get_mut(kind as usize) {
                group.add(key, task.label(), loss(&delay));
            }
            let tone = kind.tone();
            if let Some(count) = summary.tones.get_mut(tone as usize) {
                *count += 1;
            }
            if tone == Tone::Critical && summary.critical.len() < MOST_NAMED {
                summary.critical.push(task.label().to_owned());
            }
        }
        let mut most: Option<(f64, &DecodedTask)> = None;
        for tenant in losses.tenants() {
            let Some(tenant) = *tenant else {
                summary.unknown += 1;
                continue;
            };
            summary.losses.push(tenant.0);
            // Among tenants of equal risk the name decides, so that the same page always gives the same one.
            let order = |(seconds, task): (f64, &DecodedTask)| (seconds, Reverse(task.label().to_owned()));
            if most.is_none_or(|most| tenant.0 >= most.0 && order(tenant) > order(most)) {
                most = Some(tenant);
            }
        }
        summary.risk = most.and_then(|(seconds, task)| {
            let (key, _) = page.keyed().find(|(_, listed)| ptr::eq(Arc::as_ptr(listed), task))?;
            Some(Risk { key, tenant: task.label().to_owned(), checkpoint: task.checkpoint_ms(), seconds })
        });
        summary
    }

    /// How many tasks have this tone.
    #[must_use]
    pub fn count(&self, tone: Tone) -> u32 {
        self.tones.get(tone as usize).copied().unwrap_or_default()
    }

    /// How many tasks are of warning or critical tone.
    #[must_use]
    pub fn alarming(&self) -> u32 {
        let [.., warning, critical] = self.tones;
        warning + critical
    }

    /// The worst tone of a task. It is “ok” only if every task is: tasks that do not run make it neutral.
    #[must_use]
    pub fn tone(&self) -> Tone {
        let [off, _, in_transition, warning, critical] = self.tones;
        let all =
            [(critical, Tone::Critical), (warning, Tone::Warning), (in_transition, Tone::Info), (off, Tone::Neutral)];
        let worst = all.into_iter().find(|(count, _)| *count > 0).map(|(_, tone)| tone);
        worst.unwrap_or(if self.tones == [0; 5] { Tone::Neutral } else { Tone::Ok })
    }
}
