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
    taken: usize,
}

impl Turns {
    /// How many more clusters may ask at `now`, while `waiting` wait for their answers. In a hidden page a browser may call its timers once a
    /// minute: there a burst is all that there is, and only those that wait count.
    #[must_use]
    pub fn free(&self, waiting: usize, is_hidden: bool, now: EpochMs) -> usize {
        // After `now` if the clock was set back since.
        let recent = self.asked.iter().filter(|at| (0..SPAN).contains(&(now - **at))).count();
        let most = if is_hidden { AT_ONCE } else { BURST.saturating_sub(recent) };
        AT_ONCE.saturating_sub(waiting).min(most)
    }

    /// Notes that a cluster asks at `now`. Returns the number of its turn: who had the lowest one is next, so that clusters that fail, which are
    /// due again soon, take no turn from the others.
    pub fn take(&mut self, now: EpochMs) -> usize {
        self.asked.push_back(now);
        if self.asked.len() > BURST {
            self.asked.pop_front();
        }
        self.taken += 1;
        self.taken
    }
}
