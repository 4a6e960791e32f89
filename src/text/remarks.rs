//! Remarks on a response besides its rows: that it comes from a cache, rows that could not be read, more rows than were asked for, clocks
//! that disagree.

use super::format::{sentences, span_of_ms};
use super::sanitize::visible;
use super::texts::{Texts, fill};
use crate::domain::page::{Malformed, TaskPage};
use crate::domain::query::Query;
use crate::domain::skew::{is_off, zone_error};
use crate::state::cache::Cached;
use crate::state::request_state::Loaded;

/// The remarks on a response, a line each; none where all is well.
#[must_use]
pub fn remarks(data: &Loaded, texts: &Texts) -> Vec<String> {
    let Loaded { page, query, skew, .. } = data;
    let clocks = [(texts.browser_clock, skew.browser), (texts.database_clock, skew.database)];
    let clocks = clocks.into_iter().filter(|(_, skew)| skew.is_some_and(is_off));
    // A list that was read in parts is no response of one request.
    let surplus = data.whole.is_none().then(|| surplus(page, query, texts)).flatten();
    let lines = [cached(data, texts), malformed(page, texts), surplus].into_iter().flatten();
    lines.chain(clocks.filter_map(|(clock, skew)| Some(clock_line(clock, skew?, texts)))).collect()
}

/// Says what shows that the response comes from a cache; `None` if nothing does.
#[must_use]
pub fn cached(data: &Loaded, texts: &Texts) -> Option<String> {
    let trace = data.page.meta.trace_id.as_deref();
    let trace = trace.map(|trace| fill(texts.cached_trace, &[("trace", &visible(trace))])).unwrap_or_default();
    Some(match data.cached? {
        Cached::Again => fill(texts.cached_again, &[("trace", &trace)]),
        Cached::Aged(seconds) => {
            let span = span_of_ms(i64::from(seconds) * 1000, texts);
            fill(texts.cached_aged, &[("span", &span), ("trace", &trace)])
        }
    })
}

fn malformed(page: &TaskPage, texts: &Texts) -> Option<String> {
    const NAMED: usize = 5;
    let rows = &page.malformed;
    let name =
        |row: &Malformed| fill(texts.malformed_row, &[("position", &row.position.to_string()), ("found", row.found)]);
    let mut named: Vec<_> = rows.iter().take(NAMED).map(name).collect();
    if rows.len() > NAMED {
        named.push("…".to_owned());
    }
    let values = [("count", &*texts.number(rows.len() as u64)), ("rows", &*named.join(texts.comma))];
    (!rows.is_empty()).then(|| fill(texts.malformed, &values))
}

fn surplus(page: &TaskPage, query: &Query, texts: &Texts) -> Option<String> {
    let read = (page.tasks.len() + page.malformed.len()) as u64;
    let asked = u64::from(query.size);
    let number = |number| texts.number(number);
    let values = [("came", &*number(read + page.surplus)), ("asked", &*number(asked)), ("read", &*number(read))];
    (read + page.surplus > asked).then(|| fill(texts.surplus, &values))
}

/// Says how far a clock is from OCP's (`skew` in milliseconds, positive where it is ahead), and whether that looks like a wrong time
/// zone.
pub(super) fn clock_line(clock: &str, skew: i64, texts: &Texts) -> String {
    let seconds = skew.saturating_abs().saturating_add(500) / 1000;
    let line = if seconds == 0 {
        fill(texts.in_step, &[("clock", clock)])
    } else {
        let template = if skew > 0 { texts.ahead_of_ocp } else { texts.behind_ocp };
        fill(template, &[("clock", clock), ("span", &span_of_ms(seconds.saturating_mul(1000), texts))])
    };
    let zone =
        zone_error(skew).map(|minutes| fill(texts.zone_error, &[("span", &span_of_ms(minutes * 60_000, texts))]));
    sentences(&line, &zone.unwrap_or_default())
}
