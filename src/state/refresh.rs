//! When to ask again. It is pure: events go in, a deadline comes out, and the driver compares the deadline with the clock.
//! So a laptop that slept asks at once when it wakes up.

use crate::api::error::{ApiError, ErrorKind};
use crate::domain::task::StatusKind;
use crate::domain::time::{EpochMs, TimeRange};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
/// The usual interval between a response and the next request, in seconds.
pub const DEFAULT_SECONDS: u32 = 30;
/// The shortest interval that may be configured, in seconds. It is also used while a task is on its way to another status.
pub const LEAST_SECONDS: u32 = 5;
/// Tasks on their way to another status keep the interval short for so long at most.
const TRANSITION: i64 = 10 * MINUTE;
/// The longest interval, after repeated failures.
const WIDEST: i64 = 5 * MINUTE;
/// In the first minutes of an outage somebody waits for its end, and wants to know of it within half a minute.
const EARLY: i64 = 10 * MINUTE;
/// The longest interval in these minutes. With the greatest jitter and the second until the next tick it is 30 s.
const WIDEST_EARLY: i64 = 29 * SECOND * 10 / 11;
/// The panel stops after so long without user input: its requests must not keep an OCP session alive for ever.
const UNATTENDED: i64 = 30 * MINUTE;
/// If a tick comes so late, the machine slept. Somebody woke it, so somebody is there.
const ASLEEP: i64 = MINUTE;
/// A request that has no response after this time counts as failed.
pub const TIMEOUT: i64 = 15 * SECOND;
/// If a request has no response after this time, the panel says so.
pub const SLOW: i64 = 3 * SECOND;
/// How often a failed request is tried again before the interval grows.
const RETRIES: u32 = 3;
const RETRY_BASE: i64 = SECOND;

/// Why the panel asks nothing until the user does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The user is not signed in. More requests would lock the client out of OCP.
    SignedOut,
    /// Nobody is there.
    Unattended,
}

/// What to do at the deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Ask as usual.
    Poll,
    /// Try again after a failure.
    Retry,
}

/// The refresh machine of one panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Refresh {
    /// Milliseconds between a response and the next request; `None` where the embedder turned it off.
    interval: Option<i64>,
    paused: bool,
    hidden: bool,
    /// Whether it goes on while nobody is there or the page is hidden.
    unattended: bool,
    stop: Option<Stop>,
    last_input: EpochMs,
    last_tick: Option<EpochMs>,
    transition_since: Option<EpochMs>,
    /// When the first of the failures in a row came, how many retries the last one has had, and the interval that they widened.
    failing_since: Option<EpochMs>,
    retries: u32,
    widened: Option<i64>,
    due: Option<(EpochMs, Due)>,
}

/// How a request ended.
#[derive(Clone, Copy, Debug)]
pub enum RequestOutcome<'a> {
    /// It was answered. `in_transition` is whether a task is on its way to another status.
    Succeeded {
        /// See [`is_in_transition`].
        in_transition: bool,
    },
    /// It failed.
    Failed(&'a ApiError),
}

/// Whether a task of this status will soon have another one by itself.
#[must_use]
pub fn is_in_transition(status: StatusKind) -> bool {
    matches!(status, StatusKind::Preparing | StatusKind::Starting | StatusKind::Stopping | StatusKind::Suspending)
}

impl Refresh {
    /// A machine that asks `seconds` after each response, or never for 0.
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
            transition_since: None,
            failing_since: None,
            retries: 0,
            widened: None,
            due: None,
        }
    }

    /// Sets the interval, from the next response on. 0 also drops the next request, but no retry.
    pub fn set_seconds(&mut self, seconds: u32) {
        self.interval = interval(seconds);
        if self.interval.is_none() {
            self.due = self.due.filter(|(_, due)| *due == Due::Retry);
        }
    }

    /// The seconds between a response and the next request; 0 where it never asks by itself.
    #[must_use]
    pub fn seconds(&self) -> i64 {
        self.interval.unwrap_or_default() / SECOND
    }

    /// Sets whether it goes on while the page is hidden and nobody is there: for an alarm, or a screen on a wall.
    pub fn set_unattended(&mut self, unattended: bool, now: EpochMs) {
        self.unattended = unattended;
        if unattended && self.stop == Some(Stop::Unattended) {
            self.stop = None;
        }
        // With nothing due, it would never ask again. (While a request is under way nothing is due either. Its end plans anew.)
        if unattended && self.due.is_none() && self.stop.is_none() && self.interval.is_some() {
            self.due = Some((now, Due::Poll));
        }
    }

    /// Whether it goes on while the page is hidden and nobody is there.
    #[must_use]
    pub fn is_unattended(&self) -> bool {
        self.unattended
    }

    /// The clock was set by `by` milliseconds, negative for back. Deadlines move along. Otherwise a clock that is set back by hours would
    /// silence the panel for hours.
    pub fn clock_set(&mut self, by: i64) {
        self.last_input += by;
        self.last_tick = self.last_tick.map(|at| at + by);
        self.transition_since = self.transition_since.map(|at| at + by);
        self.failing_since = self.failing_since.map(|at| at + by);
        self.due = self.due.map(|(at, due)| (at + by, due));
    }

    /// The user or the embedder asks now. Earlier failures are forgotten, and nothing is due until the request has ended.
    pub fn requested(&mut self, now: EpochMs) {
        self.last_input = now;
        (self.stop, self.due) = (None, None);
        self.forget_failures();
    }

    /// Asks as soon as it may: what stopped it is over, or somebody is there again.
    pub fn resume(&mut self, now: EpochMs) {
        self.requested(now);
        self.due = Some((now, Due::Poll));
    }

    /// Notes user input, which shows that somebody is there.
    pub fn input(&mut self, now: EpochMs) {
        self.last_input = now;
    }

    /// A request ended at `now`. `random` is a number from 0 to 1, which keeps several panels from asking at the same moment.
    pub fn ended(&mut self, outcome: RequestOutcome<'_>, range: TimeRange, now: EpochMs, random: f64) {
        self.due = match outcome {
            RequestOutcome::Succeeded { in_transition } => {
                self.forget_failures();
                self.transition_since = if in_transition { self.transition_since.or(Some(now)) } else { None };
                self.poll_at(range, now, random)
            }
            RequestOutcome::Failed(error) => self.after_failure(error, range, now, random),
        };
    }

    fn forget_failures(&mut self) {
        (self.failing_since, self.retries, self.widened) = (None, 0, None);
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
            ref kind if kind.is_unsent() => return None,
            _ => {}
        }
        let is_early = now - *self.failing_since.get_or_insert(now) < EARLY;
        let floor = i64::from(error.retry_after.unwrap_or_default()) * SECOND;
        if error.is_passing() && self.retries < RETRIES {
            self.retries += 1;
            let most = RETRY_BASE << self.retries;
            return Some((now + scale(most, random).max(floor), Due::Retry));
        }
        self.retries = 0;
        let base = self.base(now)?;
        let widest = if error.is_outage() && is_early { WIDEST_EARLY } else { WIDEST.max(base) };
        self.widened = Some((2 * self.widened.unwrap_or_default().max(base)).min(widest));
        self.poll_at(range, now, random).map(|(at, due)| (at.max(now + floor), due))
    }

    /// When to ask next as usual: after the interval ±10 %. The interval is longer after failures, and shorter while a task is on its way
    /// to another status. `None` for a range that lies in the past, unless the panel is unattended.
    fn poll_at(&self, range: TimeRange, now: EpochMs, random: f64) -> Option<(EpochMs, Due)> {
        let base = self.base(now)?;
        if !self.unattended && matches!(range, TimeRange::Between { end, .. } if end <= now) {
            return None;
        }
        let wait = self.widened.unwrap_or(base);
        Some((now + wait - wait / 10 + scale(wait / 5, random), Due::Poll))
    }

    /// The interval without failures.
    fn base(&self, now: EpochMs) -> Option<i64> {
        let usual = self.interval?;
        let in_transition = self.transition_since.is_some_and(|since| now - since < TRANSITION);
        Some(if in_transition { usual.min(i64::from(LEAST_SECONDS) * SECOND) } else { usual })
    }

    /// The server wants no request before `at`.
    pub fn hold(&mut self, at: EpochMs) {
        self.due = self.due.map(|(due_at, due)| (due_at.max(at), due));
    }

    /// What is due at `now`. It is due only once, so the caller must do it.
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

    /// Stops or resumes, because the user wants it. If a request is overdue when it resumes, it is sent at once.
    pub fn pause(&mut self, paused: bool, now: EpochMs) {
        self.paused = paused;
        self.last_input = now;
        if self.stop == Some(Stop::Unattended) {
            self.stop = None;
        }
    }

    /// The page was hidden, or shown again by somebody who is there. If a request is overdue when it is shown, it is sent at once.
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

    /// In how many milliseconds the next request is due, and why, for the countdown.
    #[must_use]
    pub fn next(&self, now: EpochMs) -> Option<(i64, Due)> {
        let (at, due) = self.due.filter(|_| !self.is_silent())?;
        Some(((at - now).max(0), due))
    }

    /// Whether it asks by itself, for a list of this range.
    #[must_use]
    pub fn is_automatic(&self, range: TimeRange, now: EpochMs) -> bool {
        !self.is_silent() && self.poll_at(range, now, 0.0).is_some()
    }

    /// Whether it asks sooner than its interval says, as a task is on its way to another status.
    #[must_use]
    pub fn is_hurried(&self, now: EpochMs) -> bool {
        self.base(now) < self.interval
    }

    /// Whether rows of this age, in milliseconds, are older than three intervals. The panel warns of such rows.
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
