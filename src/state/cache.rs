//! Recognizes responses that come from a cache between here and OCP. Such a response looks like any other, but it tells nothing of now.
//! The header `Age` shows it, which another origin may hide, or that the same response came before: with the same rows, and with a
//! `timestamp` that did not move or a trace id that came before.

use std::hash::{Hash, Hasher};

use crate::domain::hash::{Fnv, hash_of};
use crate::domain::page::TaskPage;
use crate::domain::skew::Skew;
use crate::domain::task::Seconds;
use crate::domain::time::EpochMs;

/// How many responses are remembered: caches that take turns, or pages that the viewer turns to and fro, repeat an older one.
const MOST_REMEMBERED: usize = 16;
/// The coarsest clock of a server shows another time after so long, in milliseconds.
const CLOCK_STEP: i64 = 2000;

/// What shows that a response comes from a cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cached {
    /// It came before.
    Again,
    /// Its header `Age`, in seconds.
    Aged(u32),
}

/// What is remembered of a response.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    /// A hash of all rows.
    rows: u64,
    server_time: Option<EpochMs>,
    /// A hash of the trace id.
    trace_id: Option<u64>,
    /// As of when it tells, on the browser's clock: when it first came, or earlier if it was in a cache by then.
    as_of: EpochMs,
    /// How far the browser's clock seemed to be ahead of OCP's.
    skew: Option<i64>,
}

/// The last responses that differ from one another, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CacheDetector(Vec<Seen>);

impl CacheDetector {
    /// Takes in `page`, the response to a request that left at `sent` and came back at `received`, with the skew that it shows. Returns what
    /// shows that it comes from a cache, and as of when it tells, on the browser's clock.
    pub fn observe(
        &mut self,
        page: &TaskPage,
        sent: EpochMs,
        received: EpochMs,
        skew: Skew,
    ) -> (Option<Cached>, EpochMs) {
        let server_time = page.server_time();
        let age = page.meta.age;
        let as_of = received.saturating_sub(i64::from(age.unwrap_or_default()) * 1000);
        let skew = skew.browser.filter(|_| age.is_none());
        let trace_id = page.meta.trace_id.as_ref().map(hash_of);
        let now = Seen { rows: rows_hash(page), server_time, trace_id, as_of, skew };
        // A server that sent other rows with the same time and trace id sends them always, and they prove nothing.
        let is_constant = self.0.iter().any(|seen| seen.rows != now.rows && seen.has_envelope_of(&now));
        let Some(place) = self.0.iter().position(|seen| !is_constant && seen.is_same(&now, page, sent)) else {
            if self.0.len() == MOST_REMEMBERED {
                self.0.remove(0);
            }
            self.0.push(now);
            return (age.map(Cached::Aged), as_of);
        };
        // A cache makes the browser's clock seem further ahead, so the least difference is the truest. What the same response showed when
        // it first came proves nothing: it may have been in the cache by then.
        let others = self.0.iter().enumerate().filter(|(other, _)| *other != place);
        let skew = others.filter_map(|(_, seen)| seen.skew).min().unwrap_or_default();
        let by_timestamp = server_time.filter(|_| age.is_none()).map(|time| time.saturating_add(skew));
        let Some(seen) = self.0.get_mut(place) else { return (None, as_of) };
        seen.as_of = seen.as_of.min(as_of).min(by_timestamp.unwrap_or(as_of));
        (Some(Cached::Again), seen.as_of)
    }

    /// The browser's clock was set by `by` milliseconds, negative for back.
    pub fn clock_set(&mut self, by: i64) {
        for seen in &mut self.0 {
            seen.as_of = seen.as_of.saturating_add(by);
            seen.skew = seen.skew.map(|skew| skew.saturating_add(by));
        }
    }
}

impl Seen {
    fn has_envelope_of(&self, other: &Self) -> bool {
        (self.server_time, self.trace_id) == (other.server_time, other.trace_id)
    }

    /// Whether `now`, the response `page` to a request that left at `sent`, is this one again.
    fn is_same(&self, now: &Self, page: &TaskPage, sent: EpochMs) -> bool {
        let passed = sent.saturating_sub(self.as_of);
        let is_later = passed >= CLOCK_STEP;
        let trace_id = page.meta.trace_id.as_deref().filter(|_| self.trace_id == now.trace_id);
        // A word that a server sends with every response is no id.
        let has_id = trace_id.is_some_and(|id| id.len() >= 8 && id.contains(|c: char| c.is_ascii_digit()));
        let is_told = match (self.server_time, now.server_time) {
            // A server that tells whole seconds may answer twice within one.
            (Some(before), Some(after)) => before == after && (has_id || is_later || passed > 0 && after % 1000 != 0),
            (None, None) => has_id || trace_id.is_some() && is_later && tells_time(page),
            _ => false,
        };
        is_told && self.rows == now.rows
    }
}

/// Whether a row tells the database's time, as its checkpoint and its delay together do. Then it is another row at each request.
fn tells_time(page: &TaskPage) -> bool {
    page.tasks
        .iter()
        .any(|task| task.checkpoint_ms().is_some_and(|at| at > 0) && matches!(task.delay, Some(Seconds::Number(_))))
}

fn rows_hash(page: &TaskPage) -> u64 {
    let mut hasher = Fnv::default();
    for task in &page.tasks {
        task.row_hash.hash(&mut hasher);
    }
    hasher.write_u64(page.total.unwrap_or(u64::MAX));
    hasher.write_u64(page.unread());
    hasher.finish()
}
