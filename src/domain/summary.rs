//! One page in a few numbers.

use super::delay::{Delay, Thresholds};
use super::page::TaskPage;
use super::task::{TaskKey, Tone};

/// What a page of tasks comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Summary {
    /// The worst lag, in seconds; `None` where no task has one.
    pub worst_delay: Option<f64>,
    /// How many tasks there are of each tone, in the order of [`Tone`].
    pub tones: [u32; 5],
}

impl Summary {
    /// The summary of `page`; `is_stalled` tells whose checkpoint stands still.
    #[must_use]
    pub fn of(page: &TaskPage, thresholds: Thresholds, is_stalled: impl Fn(TaskKey) -> bool) -> Self {
        let server_time = page.server_time();
        let mut summary = Self::default();
        for (key, task) in page.keyed() {
            let delay = Delay::judge(task, server_time, thresholds);
            if let Delay::Lag { seconds, .. } = delay {
                summary.worst_delay = Some(summary.worst_delay.unwrap_or_default().max(seconds));
            }
            let tone = task.status.kind.tone().max(delay.tone().unwrap_or(Tone::Neutral));
            let tone = if is_stalled(key) { Tone::Critical } else { tone };
            if let Some(count) = summary.tones.get_mut(tone as usize) {
                *count += 1;
            }
        }
        summary
    }
}
