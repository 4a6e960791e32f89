//! Three clocks meet in a response: the browser's, OCP's (`timestamp`) and the database's (a task's `checkpoint` plus its
//! `delay`). If they disagree, delays and ranges mislead. A difference of whole quarters of an hour does not come from
//! a clock that drifts, but from a wrong time zone.

use super::page::TaskPage;
use super::task::Seconds;
use super::time::EpochMs;

/// How far two clocks may differ before the panel says so, in milliseconds.
const TOLERANCE: i64 = 5000;
const QUARTER: i64 = 15 * 60_000;
/// No two zones are further apart: UTC-12 and UTC+14.
const WIDEST_ZONES: i64 = 26 * 60 * 60_000;
/// How close to a multiple of a quarter of an hour a difference must be to look like a zone.
const ZONE_TOLERANCE: i64 = 60_000;

/// How far the clocks are ahead of OCP's, in milliseconds; negative is behind. `None` where it can't be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Skew {
    /// The browser's clock.
    pub browser: Option<i64>,
    /// The database's clock.
    pub database: Option<i64>,
}

impl Skew {
    /// The skew that `page` shows, a response to a request that left at `sent` and came back at `received`, both on the
    /// browser's clock. The server's time lies somewhere in between, so within that span there is no skew.
    #[must_use]
    pub fn of(page: &TaskPage, sent: EpochMs, received: EpochMs) -> Self {
        let Some(server) = page.server_time() else { return Self::default() };
        let browser = match () {
            () if server < sent => sent.saturating_sub(server),
            () if server > received => received.saturating_sub(server),
            () => 0,
        };
        let database: Vec<i64> = page
            .tasks
            .iter()
            .filter_map(|task| {
                let checkpoint = task.checkpoint_ms().filter(|&at| at > 0)?;
                let Some(Seconds::Number(delay)) = task.delay else { return None };
                Some(checkpoint.saturating_add(millis(delay)).saturating_sub(server))
            })
            .collect();
        // The median, so that a single odd row does not matter.
        Self { browser: Some(browser), database: median(&database) }
    }
}

/// The upper median. It halves the range of the values until one is left, because a sort of this type is more code to download.
fn median(values: &[i64]) -> Option<i64> {
    let (mut low, mut high) = (*values.iter().min()?, *values.iter().max()?);
    while low < high {
        // Rounded down, also below 0, so that two values become one.
        let middle = low.saturating_add(high.saturating_sub(low) / 2);
        let below = values.iter().filter(|value| **value <= middle).count();
        if below > values.len() / 2 { high = middle } else { low = middle + 1 }
    }
    Some(low)
}

#[expect(clippy::cast_possible_truncation, reason = "a float cast saturates")]
fn millis(seconds: f64) -> i64 {
    (seconds * 1000.0) as i64
}

/// Whether the panel should say that a clock is `skew` milliseconds off.
#[must_use]
pub fn is_off(skew: i64) -> bool {
    skew.saturating_abs() > TOLERANCE
}

/// The minutes of the time-zone error that `skew` looks like.
#[must_use]
pub fn zone_error(skew: i64) -> Option<i64> {
    let size = skew.saturating_abs();
    let quarters = size.saturating_add(QUARTER / 2) / QUARTER;
    let off = size.abs_diff(quarters.saturating_mul(QUARTER));
    (quarters > 0 && size <= WIDEST_ZONES && off <= ZONE_TOLERANCE.unsigned_abs()).then_some(quarters * 15)
}
