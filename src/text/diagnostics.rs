//! The diagnostics of a session: changes, failed requests, clocks, and departures from OCP's documented contract.

use std::iter;

use super::format::time_of_day;
use super::journal::journal_line;
use super::problem::{Problem, problem};
use super::remarks::clock_line;
use super::sanitize::visible;
use super::texts::fill;
use super::viewer::Viewer;
use crate::api::error::ApiError;
use crate::domain::deviation::Deviation;
use crate::domain::skew::Skew;
use crate::domain::time::EpochMs;
use crate::state::history::History;

/// The sections of the diagnostics: a title, and the lines below it, of which there may be none. Changes and failed requests start
/// with the latest.
#[must_use]
pub fn diagnostics(history: &History, skew: Skew, viewer: &Viewer) -> Vec<(&'static str, Vec<String>)> {
    let texts = viewer.locale.later_texts();
    let clock = |clock, skew: Option<i64>| {
        skew.map_or_else(|| fill(texts.unknown_clock, &[("clock", clock)]), |skew| clock_line(clock, skew, texts))
    };
    let deviation = |deviation: &Deviation| {
        let kind = texts.deviations.of(deviation.kind);
        let what = [kind.to_owned(), visible(&deviation.place), visible(&deviation.found)];
        let what = what.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        [what, texts.number(deviation.count)].join(" × ")
    };
    let mut deviations: Vec<_> = history.deviations().list().iter().map(deviation).collect();
    if history.deviations().unlisted() > 0 {
        deviations.push(fill(texts.more_lines, &[("count", &texts.number(history.deviations().unlisted()))]));
    }
    let mut journal: Vec<_> = history.journal().iter().rev().map(|entry| journal_line(entry, viewer)).collect();
    if history.dropped() > 0 {
        journal.push(fill(texts.more_lines, &[("count", &texts.number(history.dropped()))]));
    }
    let failure = |(at, error): &(EpochMs, ApiError)| {
        let Problem { title, facts, .. } = problem(error, texts);
        let facts = facts.iter().map(|(name, value)| [name, texts.colon, value].concat());
        let parts = iter::once([&time_of_day(*at, viewer), " ", title].concat()).chain(facts);
        parts.collect::<Vec<_>>().join(" · ")
    };
    let failures = history.failures().iter().rev().map(failure).collect();
    vec![
        (texts.changes, journal),
        (texts.failures, failures),
        (texts.clocks, vec![clock(texts.browser_clock, skew.browser), clock(texts.database_clock, skew.database)]),
        (texts.contract, deviations),
    ]
}

/// Writes `sections` as plain text, for the clipboard. A name with a line break must not write an entry of its own.
#[must_use]
pub fn to_text(sections: &[(&'static str, Vec<String>)]) -> String {
    let section = |(title, lines): &(&str, Vec<String>)| {
        let line = |line: &String| ["- ", &line.replace(['\n', '\r'], " ")].concat();
        [*title].map(str::to_owned).into_iter().chain(lines.iter().map(line)).collect::<Vec<_>>().join("\n")
    };
    sections.iter().map(section).collect::<Vec<_>>().join("\n\n")
}
