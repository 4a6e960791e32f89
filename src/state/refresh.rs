//! When to ask again. Pure: what happens goes in, a deadline comes out, and the driver compares it with the clock; so a
//! laptop that slept wakes up right.

use crate::api::error::{ApiError, ErrorKind};
use crate::domain::task::StatusKind;
use crate::domain::time::{EpochMs, TimeRange};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
/// The usual interval between an answer and the next question, in seconds.
pub const DEFAULT_SECONDS: u32 = 30;
/// The shortest one that may be configured, and the one while a task is on its way to another status.
pub const LEAST_SECONDS: u32 = 5;
/// How long tasks on their way keep the interval short.
const TRANSITION: i64 = 10 * MINUTE;
/// The longest interval, after repeated failures.
const WIDEST: i64 = 5 * MINUTE;
/// Without user input for so long the panel stops: a poll must not keep an OCP session alive for ever.
const UNATTENDED: i64 = 30 * MINUTE;
/// A tick that comes so late comes from a machine that slept; and who woke it is there.
const ASLEEP: i64 = MINUTE;
/// A request without an answer is given up after this.
pub const TIMEOUT: i64 = 15 * SECOND;
/// A request without an answer is worth a word after this.
pub const SLOW: i64 = 3 * SECOND;
/// How often a failed question is asked again before the cadence widens.
const RETRIES: u32 = 3;
const RETRY_BASE: i64 = SECOND;

/// Why nothing is asked until the user does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Not signed in. Asking on would lock the client out of OCP.
    SignedOut,
    /// Nobody is there.
    Unattended,
}

/// What is to be done when the deadline is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// The next question of the usual cadence.
    Poll,
    /// The same question again, after a failure.
    Retry,
}

/// The refresh machine of one panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Refresh {
    /// Milliseconds between an answer and the next question; `None` where the embedder turned it off.
    interval: Option<i64>,
    paused: bool,
    hidden: bool,
    /// Whether it goes on where nobody is there or the page is hidden.
    unattended: bool,
    stop: Option<Stop>,
    last_input: EpochMs,
    last_tick: Option<EpochMs>,
    moving_since: Option<EpochMs>,
    /// Failures in a row, and how many retries the present one has had.
    failures: u32,
    retries: u32,
    due: Option<(EpochMs, Due)>,
}

/// How a question ended.
#[derive(Clone, Copy, Debug)]
pub enum Outcome<'a> {
    /// It was answered. `moving` is whether a task is on its way to another status.
    Answered {
        /// See [`is_moving`].
        moving: bool,
    },
    /// It failed.
    Failed(&'a ApiError),
}

/// Whether a task of this status will soon have another.
#[must_use]
pub fn is_moving(status: StatusKind) -> bool {
    matches!(status, StatusKind::Preparing | StatusKind::Starting | StatusKind::Stopping | StatusKind::Suspending)
}

impl Refresh {
    /// A machine that asks every `seconds` after an answer; 0 turns it off.
    #[must_use]
    pub fn new(seconds: u32, now: EpochMs) -> Self {
        Self {
            interval: interval(seconds),
            paused: false,
            hidden: false,
            unattended: false,
            stop: None,
            last_input: now,
            last_tick: None,
            moving_since: None,
            failures: 0,
            retries: 0,
            due: None,
        }
    }

    /// Another interval, in force from the next answer on.
    pub fn set_seconds(&mut self, seconds: u32) {
        self.interval = interval(seconds);
        if self.interval.is_none() {
            self.due = self.due.filter(|(_, due)| *due == Due::Retry);
        }
    }

    /// Whether it goes on while the page is hidden and nobody is there: an alarm, a screen on a wall.
    pub fn set_unattended(&mut self, unattended: bool, now: EpochMs) {
        self.unattended = unattended;
        if unattended && self.stop == Some(Stop::Unattended) {
            self.stop = None;
        }
        // What would never have been asked again. While a question is under way its end plans the next.
        if unattended && self.due.is_none() && self.stop.is_none() && self.interval.is_some() {
            self.due = Some((now, Due::Poll));
        }
    }

    /// Whether it goes on while the page is hidden and nobody is there.
    #[must_use]
    pub fn is_unattended(&self) -> bool {
        self.unattended
    }

    /// The clock was set by `by` milliseconds, less than 0 for back: what was to come stays as far away as it was. Else a clock
    /// that is set back by hours would silence the panel for as long.
    pub fn clock_set(&mut self, by: i64) {
        self.last_input += by;
        self.last_tick = self.last_tick.map(|at| at + by);
        self.moving_since = self.moving_since.map(|at| at + by);
        self.due = self.due.map(|(at, due)| (at + by, due));
    }

    /// The user or the embedder asks: all that went wrong before is forgotten, and nothing is due while it is under way.
    pub fn asked(&mut self, now: EpochMs) {
        self.last_input = now;
        (self.stop, self.failures, self.retries, self.due) = (None, 0, 0, None);
    }

    /// The user is there.
    pub fn input(&mut self, now: EpochMs) {
        self.last_input = now;
    }

    /// A question ended at `now`. `random` is a number from 0 to 1 that keeps panels from asking in step.
    pub fn ended(&mut self, outcome: Outcome<'_>, range: TimeRange, now: EpochMs, random: f64) {
        self.due = match outcome {
            Outcome::Answered { moving } => {
                (self.failures, self.retries) = (0, 0);
                self.moving_since = if moving { self.moving_since.or(Some(now)) } else { None };
                self.poll_at(range, now, random)
            }
            Outcome::Failed(error) => self.after_failure(error, range, now, random),
        };
    }

    fn after_failure(
        &mut self,
        error: &ApiError,
        range: TimeRange,
        now: EpochMs,
        random: f64,
    ) -> Option<(EpochMs, Due)> {
        match error.kind {
            ErrorKind::NotSignedIn => {
                self.stop = Some(Stop::SignedOut);
                return None;
            }
            ErrorKind::InvalidCluster(_) | ErrorKind::InvalidBaseUrl(_) => return None,
            _ => {}
        }
        let floor = i64::from(error.retry_after.unwrap_or_default()) * SECOND;
        if error.is_passing() && self.retries < RETRIES {
            self.retries += 1;
            let most = RETRY_BASE << self.retries;
            return Some((now + scale(most, random).max(floor), Due::Retry));
        }
        self.failures += 1;
        self.retries = 0;
        self.poll_at(range, now, random).map(|(at, due)| (at.max(now + floor), due))
    }

    /// When the usual cadence asks next: with ±10 % of jitter, wider after failures, shorter while a task is on its way,
    /// and never for a range that lies in the past, unless there is an alarm to be kept.
    fn poll_at(&self, range: TimeRange, now: EpochMs, random: f64) -> Option<(EpochMs, Due)> {
        let usual = self.interval?;
        if !self.unattended && matches!(range, TimeRange::Between { end, .. } if end <= now) {
            return None;
        }
        let moving = self.moving_since.is_some_and(|since| now - since < TRANSITION);
        let base = if moving { usual.min(i64::from(LEAST_SECONDS) * SECOND) } else { usual };
        let wide = base.saturating_mul(1 << self.failures.min(10)).min(WIDEST.max(usual));
        Some((now + wide - wide / 10 + scale(wide / 5, random), Due::Poll))
    }

    /// What is to be done at `now`. Whoever asks does it.
    pub fn take_due(&mut self, now: EpochMs) -> Option<Due> {
        if self.last_tick.replace(now).is_some_and(|last| now - last > ASLEEP) {
            self.last_input = now;
        }
        let (at, due) = self.due?;
        if now < at || self.is_silent() {
            return None;
        }
        if due == Due::Poll && !self.unattended && now - self.last_input >= UNATTENDED {
            self.stop = Some(Stop::Unattended);
            return None;
        }
        self.due = None;
        Some(due)
    }

    fn is_silent(&self) -> bool {
        self.paused || self.hidden && !self.unattended || self.stop.is_some()
    }

    /// Stops or resumes at the user's wish. Resuming asks at once when a question is overdue.
    pub fn pause(&mut self, paused: bool, now: EpochMs) {
        self.paused = paused;
        self.last_input = now;
        if self.stop == Some(Stop::Unattended) {
            self.stop = None;
        }
    }

    /// The page was hidden, or shown by somebody who is there. Shown again it asks at once when a question is overdue.
    pub fn hide(&mut self, hidden: bool, now: EpochMs) {
        self.hidden = hidden;
        self.last_input = now;
    }

    /// Whether the user stopped it.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.paused
    }

    /// Why it stopped by itself.
    #[must_use]
    pub fn stop(&self) -> Option<Stop> {
        self.stop
    }

    /// What comes next and in how many milliseconds, for the countdown.
    #[must_use]
    pub fn next(&self, now: EpochMs) -> Option<(i64, Due)> {
        let (at, due) = self.due.filter(|_| !self.is_silent())?;
        Some(((at - now).max(0), due))
    }

    /// Whether rows of this age are older than three intervals, and with that worth a warning.
    #[must_use]
    pub fn is_old(&self, age: i64) -> bool {
        age > 3 * self.interval.unwrap_or(i64::from(DEFAULT_SECONDS) * SECOND)
    }
}

fn interval(seconds: u32) -> Option<i64> {
    (seconds > 0).then(|| i64::from(seconds.max(LEAST_SECONDS)) * SECOND)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "minutes in milliseconds")]
fn scale(most: i64, random: f64) -> i64 {
    (most as f64 * random.clamp(0.0, 1.0)) as i64
}
