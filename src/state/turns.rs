//! Whose turn it is to ask, where a page watches many clusters: OCP hears so many requests at a time, and no burst.

use std::collections::VecDeque;

use crate::domain::time::EpochMs;

/// How many clusters may wait for an answer at a time.
pub const AT_ONCE: usize = 4;
/// How many may ask within [`SPAN`].
pub const BURST: usize = 8;
/// See [`BURST`], in milliseconds.
pub const SPAN: i64 = 2000;

/// When the last clusters asked.
#[derive(Clone, Debug, Default)]
pub struct Turns {
    asked: VecDeque<EpochMs>,
}

impl Turns {
    /// How many more clusters may ask at `now`, while `waiting` wait for their answers.
    #[must_use]
    pub fn free(&self, waiting: usize, now: EpochMs) -> usize {
        // After `now` if the clock was set back since.
        let recent = self.asked.iter().filter(|at| (0..SPAN).contains(&(now - **at))).count();
        AT_ONCE.saturating_sub(waiting).min(BURST.saturating_sub(recent))
    }

    /// Notes that a cluster asks at `now`.
    pub fn take(&mut self, now: EpochMs) {
        self.asked.push_back(now);
        if self.asked.len() > BURST {
            self.asked.pop_front();
        }
    }
}
