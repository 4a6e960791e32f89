//! What only a comparison of responses shows: a checkpoint that stands still, a status that changed, a task that is gone.
//! OCP's own screen leaves interrupted tasks out, so a row that disappears is news.

use std::cmp::Ordering;
use std::collections::VecDeque;
use std::mem::take;
use std::sync::Arc;

use super::request_state::Loaded;
use crate::api::error::ApiError;
use crate::domain::delay::{Delay, LAG_TARGET, Thresholds};
use crate::domain::deviation::Deviations;
use crate::domain::hash::Places;
use crate::domain::identity::{Difference, successors};
use crate::domain::page::TaskPage;
use crate::domain::query::Query;
use crate::domain::summary::{MOST_NAMED, Summary};
use crate::domain::task::{DecodedTask, DelayMeaning, Task, TaskKey, Tone};
use crate::domain::time::{EpochMs, TimeRange, seconds};
use crate::domain::trend::Samples;

/// A checkpoint counts as standing still after this many responses that had it. They must also span more time than a healthy stream needs
/// from one checkpoint to the next.
const STALLED_FROM: u32 = 3;
/// How many failed requests are remembered.
const MOST_FAILURES: usize = 20;
/// How many tasks are remembered from page to page.
const MOST_SEEN: usize = 5000;
/// How many entries the journal holds. The oldest give way to new ones, and are counted.
const MOST_ENTRIES: usize = 200;

/// What happened to a task. [`Change::Differs`] and [`Change::Gone`] come from two responses to the same request; the others compare a task
/// with what was last seen of it, whatever request listed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Its status changed, or another task of its tenant took its place.
    Differs(Difference),
    /// It is no longer listed on this page, and no other task of its tenant took its place.
    Gone {
        /// Whether the page is the whole list of the cluster. From one page of several, a task also goes to another page.
        is_whole: bool,
    },
    /// It is listed again.
    Back,
    /// Its checkpoint has moved backwards, so less can be restored than before.
    Backwards,
    /// Its checkpoint stands still while its status says that log backup is running.
    Stalled,
    /// Its checkpoint moves again.
    Moving,
}

impl Change {
    /// How urgent the change is.
    #[must_use]
    pub fn tone(&self) -> Tone {
        match self {
            Self::Differs(difference) => difference.status.as_ref().map_or(Tone::Info, |(_, to)| to.kind.tone()),
            Self::Gone { is_whole: true } | Self::Backwards | Self::Stalled => Tone::Critical,
            Self::Gone { is_whole: false } => Tone::Warning,
            Self::Back | Self::Moving => Tone::Ok,
        }
    }
}

/// A line of the journal: one change, and the tasks that it happened to at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When: the server's time of the response, or the browser's if the server sent none.
    pub at: EpochMs,
    /// The request whose response showed it.
    pub query: Query,
    /// What happened.
    pub change: Change,
    /// The names of the first tasks.
    pub tasks: Vec<String>,
    /// How many tasks there are in all.
    pub count: usize,
}

/// What is remembered of a task.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    checkpoint: Option<EpochMs>,
    /// The time of the first response with this checkpoint.
    since: EpochMs,
    /// How many responses had it.
    answers: u32,
    stalled: bool,
    samples: Samples,
}

/// What the responses of a session showed, up to now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    places: Places,
    seen: Vec<Seen>,
    /// Tasks that are no longer listed.
    gone: Vec<(TaskKey, Arc<DecodedTask>)>,
    /// Each task that took the place of another of its tenant: the key before, and the key now.
    renewed: Vec<(TaskKey, TaskKey)>,
    journal: VecDeque<Entry>,
    dropped: u64,
    /// How many entries were written before [`History::forget`] was last called.
    before: u64,
    /// How many entries had been written when the user last looked at the journal; 0 if that was before the last [`History::forget`].
    read: u64,
    failures: VecDeque<(EpochMs, ApiError)>,
    deviations: Deviations,
}

impl History {
    /// Forgets everything, because it belongs to another cluster, server or user.
    pub fn forget(&mut self) {
        *self = Self { before: self.written(), ..Self::default() };
    }

    /// Notes a request that failed at the time `at` of the browser's clock. A query that could not be sent at all is not noted.
    pub fn fail(&mut self, at: EpochMs, error: &ApiError) {
        if error.kind.is_unsent() {
            return;
        }
        if self.failures.len() == MOST_FAILURES {
            self.failures.pop_front();
        }
        self.failures.push_back((at, error.clone()));
    }

    /// The last requests that failed, oldest first, each with the time of the browser's clock.
    #[must_use]
    pub fn failures(&self) -> &VecDeque<(EpochMs, ApiError)> {
        &self.failures
    }

    /// Compares `page`, the response to `query` that came at `received`, with what was seen before. `last` is the response that the
    /// screen shows up to now.
    pub fn observe(&mut self, page: &TaskPage, query: &Query, last: Option<&Loaded>, received: EpochMs) {
        self.deviations.merge(&page.deviations);
        let server_time = page.server_time();
        let at = server_time.unwrap_or(received);
        let mut changes = Changes::default();
        let listed: Places = page.keyed().enumerate().map(|(index, (key, _))| (key.0, index)).collect();
        // Whole lists can be compared, whatever requests gave them.
        let is_whole = page.is_whole(query);
        let last = last.filter(|last| last.query == *query || is_whole && last.is_list() && last.answers(query));
        self.renew(page, last, &listed, &mut changes);
        for (key, task) in page.keyed() {
            let mut known = self.places.get(&key.0).and_then(|place| self.seen.get_mut(*place));
            let now = look(task, known.as_deref_mut(), server_time, at);
            if let Some(known) = known {
                let moved = match (known.checkpoint, now.checkpoint) {
                    (Some(before), Some(after)) => after.cmp(&before),
                    _ => Ordering::Equal,
                };
                if moved == Ordering::Less {
                    changes.add(Change::Backwards, task);
                }
                if now.stalled && !known.stalled {
                    changes.add(Change::Stalled, task);
                }
                // A task that only changed its status is no longer stalled either, but its checkpoint did not move.
                if known.stalled && moved == Ordering::Greater {
                    changes.add(Change::Moving, task);
                }
                *known = now;
            } else {
                self.places.insert(key.0, self.seen.len());
                self.seen.push(now);
            }
        }
        for (key, task) in last.into_iter().flat_map(|last| last.page.keyed()) {
            if let Some(now) = listed.get(&key.0).and_then(|place| page.tasks.get(*place)) {
                // A row that did not change is the same decoded task.
                if !Arc::ptr_eq(task, now) {
                    changes.differ(Difference::between(task, now), now);
                }
            }
        }
        if self.seen.len() > MOST_SEEN {
            let mut last: Vec<_> = std::mem::take(&mut self.seen).into_iter().map(Some).collect();
            self.places.retain(|key, place| {
                let seen = last.get_mut(*place).and_then(Option::take).filter(|_| listed.contains_key(key));
                *place = self.seen.len();
                let is_kept = seen.is_some();
                self.seen.extend(seen);
                is_kept
            });
        }
        for (change, tasks, count) in changes.0 {
            if self.journal.len() == MOST_ENTRIES {
                self.journal.pop_front();
                self.dropped += 1;
            }
            self.journal.push_back(Entry { at, query: query.clone(), change, tasks, count });
        }
    }

    /// Notes which tasks of `last` and which of those that are gone are listed again, have a successor, or are gone now.
    fn renew(&mut self, page: &TaskPage, last: Option<&Loaded>, listed: &Places, changes: &mut Changes) {
        let before = || last.into_iter().flat_map(|last| last.page.keyed());
        let missing = before().filter(|(key, _)| !listed.contains_key(&key.0));
        let mut missing: Vec<_> = missing.map(|(key, task)| (key, task.clone())).collect();
        let new_from = missing.len();
        for (key, task) in take(&mut self.gone) {
            if listed.contains_key(&key.0) {
                changes.add(Change::Back, &task);
            } else {
                missing.push((key, task));
            }
        }
        if missing.is_empty() {
            return;
        }
        // A task of another page of the same list took nobody's place.
        let known: Places = before().map(|(key, _)| (key.0, 0)).collect();
        let known = if last.is_some() { &known } else { &self.places };
        let new: Vec<_> = page.keyed().filter(|(key, _)| !known.contains_key(&key.0)).collect();
        let now: Vec<_> = new.iter().map(|(_, task)| *task).collect();
        let places = successors(&missing.iter().map(|(_, task)| task).collect::<Vec<_>>(), &now);
        let is_whole = last.is_some_and(|last| last.query.range == TimeRange::All)
            && page.unread() == 0
            && page.total.is_some_and(|total| total <= page.tasks.len() as u64);
        for (index, ((key, task), place)) in missing.into_iter().zip(places).enumerate() {
            let was_listed = index < new_from;
            if let Some((new_key, new)) = place.and_then(|place| new.get(place)) {
                let difference = Difference::between(&task, new);
                self.inherit(key, *new_key, difference.is_new_archive());
                if !changes.differ(difference, new) && !was_listed {
                    changes.add(Change::Back, new);
                }
            } else if page.tasks.iter().all(|listed| listed.identity != task.identity) {
                if was_listed {
                    changes.add(Change::Gone { is_whole }, &task);
                }
                self.gone.push((key, task));
            }
        }
        self.gone.truncate(MOST_SEEN);
    }

    /// Notes that the task of the key `now` took the place of the one of the key `before`. What was seen of that one holds for it, too,
    /// unless it archives something else.
    fn inherit(&mut self, before: TaskKey, now: TaskKey, is_new_archive: bool) {
        if !is_new_archive && let Some(place) = self.places.get(&before.0).copied() {
            self.places.insert(now.0, place);
        }
        self.renewed.retain(|(from, _)| *from != before);
        self.renewed.push((before, now));
        if self.renewed.len() > MOST_SEEN {
            self.renewed.remove(0);
        }
    }

    /// The key that the task of the key `key` has now, or the task that took its place.
    #[must_use]
    pub fn current_key(&self, key: TaskKey) -> TaskKey {
        self.renewed.iter().fold(key, |key, (from, to)| if key == *from { *to } else { key })
    }

    /// What is remembered of `task`; `None` if its checkpoint differs from the one that was last seen.
    fn seen(&self, key: TaskKey, task: &Task) -> Option<&Seen> {
        let seen = self.places.get(&key.0).and_then(|place| self.seen.get(*place));
        seen.filter(|seen| seen.checkpoint == task.checkpoint_ms())
    }

    /// Since when the checkpoint of `task` has stood still: the time of the first response that had it. `None` if it moves.
    #[must_use]
    pub fn stalled_since(&self, key: TaskKey, task: &Task) -> Option<EpochMs> {
        let is_running = task.status.kind.delay_meaning() == DelayMeaning::Lag;
        self.seen(key, task).filter(|seen| is_running && seen.stalled).map(|seen| seen.since)
    }

    /// The delays of `task` that were seen since it last began to run.
    #[must_use]
    pub fn samples(&self, key: TaskKey, task: &Task) -> Option<&Samples> {
        self.seen(key, task).map(|seen| &seen.samples)
    }

    /// The summary of `page`.
    #[must_use]
    pub fn summary(&self, page: &TaskPage, thresholds: Thresholds) -> Summary {
        Summary::of(page, thresholds, |key, task| self.stalled_since(key, task).is_some())
    }

    /// The journal, oldest first.
    #[must_use]
    pub fn journal(&self) -> &VecDeque<Entry> {
        &self.journal
    }

    /// How many entries gave way to newer ones.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// How many entries were ever written, including those that gave way to newer ones or were forgotten.
    #[must_use]
    pub fn written(&self) -> u64 {
        self.before + self.dropped + self.journal.len() as u64
    }

    /// The entries that were written after the first `written` ones, as far as they are kept.
    pub fn since(&self, written: u64) -> impl Iterator<Item = &Entry> {
        let new = usize::try_from(self.written().saturating_sub(written)).unwrap_or_default();
        self.journal.iter().skip(self.journal.len().saturating_sub(new))
    }

    /// Notes that the user has looked at the journal.
    pub fn mark_read(&mut self) {
        self.read = self.written();
    }

    /// How many entries were written since the user last looked, including those that gave way to newer ones.
    #[must_use]
    pub fn unread(&self) -> u64 {
        self.written().saturating_sub(self.read).min(self.dropped + self.journal.len() as u64)
    }

    /// Where the responses of this session depart from the contract.
    #[must_use]
    pub fn deviations(&self) -> &Deviations {
        &self.deviations
    }
}

/// What to remember of `task` now. `known` is what was remembered before; its samples are moved to the result.
fn look(task: &Task, known: Option<&mut Seen>, server_time: Option<EpochMs>, at: EpochMs) -> Seen {
    let checkpoint = task.checkpoint_ms();
    let lags = task.status.kind.delay_meaning() == DelayMeaning::Lag;
    let (since, answers) = match known.as_ref().filter(|known| lags && known.checkpoint == checkpoint) {
        // If the clock was set back, the wait must not begin in the future.
        Some(known) => (known.since.min(at), known.answers.saturating_add(1)),
        None => (at, u32::from(lags)),
    };
    let lag = match Delay::judge(task, server_time, Thresholds::default()) {
        Delay::Lag { seconds, .. } => Some(seconds),
        _ => None,
    };
    // The samples of a task that did not run in between begin anew.
    let mut samples = known.filter(|_| lag.is_some()).map(|known| take(&mut known.samples)).unwrap_or_default();
    if let Some(lag) = lag {
        samples.add(at, lag);
    }
    let behind = lag.is_some_and(|lag| lag > LAG_TARGET);
    let stands = answers >= STALLED_FROM && seconds(at.saturating_sub(since)) > LAG_TARGET;
    let stalled = behind && stands && checkpoint.is_some();
    Seen { checkpoint, since, answers, stalled, samples }
}

/// The changes that one response shows. Tasks with the same change share a line.
#[derive(Default)]
struct Changes(Vec<(Change, Vec<String>, usize)>);

impl Changes {
    /// Adds how `now` differs from the task before it, and returns whether it does.
    fn differ(&mut self, difference: Difference, now: &Task) -> bool {
        let differs = !difference.is_none();
        if differs {
            self.add(Change::Differs(difference), now);
        }
        differs
    }

    fn add(&mut self, change: Change, task: &Task) {
        let at = self.0.iter().position(|(known, ..)| *known == change).unwrap_or_else(|| {
            self.0.push((change, Vec::new(), 0));
            self.0.len() - 1
        });
        if let Some((_, tasks, count)) = self.0.get_mut(at) {
            *count += 1;
            if tasks.len() < MOST_NAMED {
                tasks.push(task.label().to_owned());
            }
        }
    }
}
