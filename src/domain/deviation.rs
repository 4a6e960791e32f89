//! Departures of responses from the documented contract. They are counted and named, so that an OCP upgrade is noticed here first.

use super::redact::Redacted;

/// What is unlike the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeviationKind {
    /// A field that no documentation names.
    UnknownField,
    /// A documented field that holds another JSON type.
    OddType,
    /// A status that no dialect knows.
    UnknownStatus,
    /// A time or a number that no known form fits.
    Unreadable,
    /// A row that is no task.
    MalformedRow,
    /// A text so long that it was cut.
    LongText,
    /// A body that is JSON only after a repair (`NaN`, a decimal comma).
    RepairedJson,
}

/// One departure, and how often it was met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// What it is.
    pub kind: DeviationKind,
    /// The field, such as `contents[].status`.
    pub place: Redacted,
    /// What stood there: a JSON type or the text itself, cut; empty where the place says all.
    pub found: Redacted,
    /// How often.
    pub count: u64,
}

/// The departures of one response, or of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deviations {
    list: Vec<Deviation>,
    unlisted: u64,
}

/// How many different departures are listed. More are only counted: a server that invents a new field in each row must not
/// fill the memory.
const MOST: usize = 100;
/// How many characters of what was found are kept.
const FOUND_CHARS: usize = 60;

impl Deviations {
    /// Counts one departure.
    pub fn add(&mut self, kind: DeviationKind, place: &str, found: &str) {
        self.count(kind, &Redacted::of(place), &Redacted::of(found).first(FOUND_CHARS), 1);
    }

    fn count(&mut self, kind: DeviationKind, place: &Redacted, found: &Redacted, count: u64) {
        let same = |known: &&mut Deviation| known.kind == kind && known.place == *place && known.found == *found;
        if let Some(known) = self.list.iter_mut().find(same) {
            known.count += count;
        } else if self.list.len() < MOST {
            self.list.push(Deviation { kind, place: place.clone(), found: found.clone(), count });
        } else {
            self.unlisted += count;
        }
    }

    /// Adds those of another response.
    pub fn merge(&mut self, other: &Self) {
        for Deviation { kind, place, found, count } in &other.list {
            self.count(*kind, place, found, *count);
        }
        self.unlisted += other.unlisted;
    }

    /// The different departures, in the order in which they were first met.
    #[must_use]
    pub fn list(&self) -> &[Deviation] {
        &self.list
    }

    /// How many more there were that the list had no room for.
    #[must_use]
    pub fn unlisted(&self) -> u64 {
        self.unlisted
    }
}
