//! Native tests of all that is pure. One binary, so that Leptos is linked once.
#![cfg(not(target_arch = "wasm32"))]
// What a test trips over is a failed test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, clippy::too_many_lines)]

#[path = "native/address.rs"]
mod address;
#[path = "native/alarm.rs"]
mod alarm;
#[path = "native/cache.rs"]
mod cache;
#[path = "native/causes.rs"]
mod causes;
#[path = "native/cluster_card.rs"]
mod cluster_card;
#[path = "native/clusters.rs"]
mod clusters;
#[path = "native/columns.rs"]
mod columns;
#[path = "native/config.rs"]
mod config;
#[path = "native/decode.rs"]
mod decode;
#[path = "native/delay.rs"]
mod delay;
#[path = "native/deviation.rs"]
mod deviation;
#[path = "native/event_detail.rs"]
mod event_detail;
#[path = "native/export.rs"]
mod export;
#[path = "native/facts.rs"]
mod facts;
#[path = "native/footer.rs"]
mod footer;
#[path = "native/format.rs"]
mod format;
#[path = "native/fuzz.rs"]
mod fuzz;
#[path = "native/fuzz_session.rs"]
mod fuzz_session;
#[path = "native/hash.rs"]
mod hash;
#[path = "native/history.rs"]
mod history;
#[path = "native/hostile.rs"]
mod hostile;
#[path = "native/identity.rs"]
mod identity;
#[path = "native/json.rs"]
mod json;
#[path = "native/kinds.rs"]
mod kinds;
#[path = "native/layers.rs"]
mod layers;
#[path = "native/locales.rs"]
mod locales;
#[path = "native/losses.rs"]
mod losses;
#[path = "native/markdown.rs"]
mod markdown;
#[path = "native/moment.rs"]
mod moment;
#[path = "native/page.rs"]
mod page;
#[path = "native/page_walk.rs"]
mod page_walk;
#[path = "native/papers.rs"]
mod papers;
#[path = "native/problem.rs"]
mod problem;
#[path = "native/query.rs"]
mod query;
#[path = "native/redact.rs"]
mod redact;
#[path = "native/refresh.rs"]
mod refresh;
#[path = "native/remarks.rs"]
mod remarks;
#[path = "native/report.rs"]
mod report;
#[path = "native/request_state.rs"]
mod request_state;
#[path = "native/rows.rs"]
mod rows;
#[path = "native/sanitize.rs"]
mod sanitize;
#[path = "native/search.rs"]
mod search;
#[path = "native/security.rs"]
mod security;
#[path = "native/security_headers.rs"]
mod security_headers;
#[path = "native/skew.rs"]
mod skew;
#[path = "native/summary.rs"]
mod summary;
#[path = "native/sweep.rs"]
mod sweep;
#[path = "native/table_view.rs"]
mod table_view;
#[path = "native/task.rs"]
mod task;
#[path = "native/texts.rs"]
mod texts;
#[path = "native/time.rs"]
mod time;
#[path = "native/times.rs"]
mod times;
#[path = "native/trend.rs"]
mod trend;
#[path = "native/turns.rs"]
mod turns;
#[path = "native/view_options.rs"]
mod view_options;

use std::sync::Arc;

use log_backup_panel::api::decode::{HttpResponse, decode};
use log_backup_panel::domain::delay::Thresholds;
use log_backup_panel::domain::page::TaskPage;
use log_backup_panel::domain::query::Query;
use log_backup_panel::domain::skew::Skew;
use log_backup_panel::domain::time::{Clock, EpochMs, Zone, parse_time};
use log_backup_panel::state::history::History;
use log_backup_panel::state::request_state::Loaded;
use log_backup_panel::text::columns::Columns;
use log_backup_panel::text::locale::Locale;
use log_backup_panel::text::rows::{Row, rows};
use log_backup_panel::text::viewer::Viewer;

/// The clock of all tests: the sample's own time, in a zone of UTC+08:00.
const CLOCK: Clock =
    Clock { now: || NOW, random: || 0.5, offset_minutes, named_zone, zone_name: |_| "Europe/Paris".to_owned() };
/// 2021-09-23T14:34:35.149+08:00, the sample's timestamp.
const NOW: EpochMs = 1_632_378_875_149;

/// Who looks in all tests: in English, by the default thresholds.
const VIEWER: Viewer = Viewer {
    locale: Locale::EnUs,
    thresholds: Thresholds { lagging: 300.0, critical: 900.0 },
    zone: Zone::Local,
    clock: CLOCK,
    today: None,
    columns: Columns::FITTING,
};

/// The sample response of the endpoint's page.
const SAMPLE: &str = include_str!("fixtures/sample.json");

fn ms(text: &str) -> EpochMs {
    parse_time(text, None).unwrap().timestamp_millis()
}

fn offset_minutes(zone: Zone, _: EpochMs) -> i32 {
    match zone {
        Zone::Local => 480,
        Zone::Fixed(minutes) => minutes,
        Zone::Named(_) => 60,
    }
}

fn named_zone(name: &str) -> Option<Zone> {
    (name == "Europe/Paris").then_some(Zone::Named(0))
}

/// The sample response, decoded.
fn sample() -> TaskPage {
    decode(&HttpResponse { status: 200, body: SAMPLE.into(), ..HttpResponse::default() }).unwrap()
}

/// The row of a task with these fields, in JSON.
fn row_with(fields: &str, locale: Locale) -> Row {
    let body = format!(r#"{{"data":{{"contents":[{{{fields}}}]}},"timestamp":"2021-09-23T14:34:35.149+08:00"}}"#);
    let page = decode(&HttpResponse { status: 200, body, ..HttpResponse::default() }).unwrap();
    rows(&page, &History::default(), &Viewer { locale, ..VIEWER }).remove(0)
}

/// `page` as a response that came now.
fn loaded(page: TaskPage) -> Loaded {
    Loaded {
        page: Arc::new(page),
        query: Query::default(),
        received: NOW,
        skew: Skew::default(),
        cached: None,
        whole: None,
    }
}
