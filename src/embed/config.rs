//! Reads the element's attributes into a configuration. A bad value is replaced by the default and named in a warning. It never
//! stops the panel.

use crate::api::request::Credentials;
use crate::domain::delay::{Thresholds, format_seconds};
use crate::domain::kinds::Kind;
use crate::domain::losses::LossStep;
use crate::domain::query::{MAX_PAGE_SIZE, PAGE_SIZES, Query};
use crate::domain::task::Tone;
use crate::domain::time::{Clock, EpochMs, Stamp, TimeRange, Zone, between, from_civil, parse_civil};
use crate::state::refresh::{DEFAULT_SECONDS, LEAST_SECONDS};
use crate::state::sweep::Scope;
use crate::text::columns::Columns;
use crate::text::locale::Locale;
use crate::text::table_view::TableView;
use crate::text::view_options::Density;

/// The attributes that the element observes, as `package/element.json` has them; `ocp-log-backup-panel.js` holds the same list
/// (`tests/native/facts.rs`).
pub const ATTRIBUTES: [&str; 26] = [
    "cluster-id",
    "base-url",
    "range",
    "start",
    "end",
    "page",
    "page-size",
    "page-sizes",
    "scope",
    "lang",
    "time-zone",
    "theme",
    "density",
    "columns",
    "lagging-seconds",
    "critical-seconds",
    "refresh-seconds",
    "unattended",
    "view",
    "sort",
    "tone",
    "kind",
    "loss",
    "find",
    "link-base",
    "credentials",
];

/// What a `kind` may be.
const KIND: &str = "interrupted, failed, stalled, far-behind, behind, suspended, to-check, \
     in-transition, healthy or not-running";
/// What a `time-zone` may be.
const ZONE: &str = "local, UTC, an offset such as +08:00, or an IANA name such as Asia/Shanghai, not an abbreviation such as CST, \
     which several zones share";

/// What the embedder wants.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// `base-url`: where OCP is; empty for the page's own origin.
    pub base_url: String,
    /// `cluster-id`, `range` or `start` and `end`, `page`, `page-size`.
    pub query: Query,
    /// The language that the element speaks: that of `lang`, or the page's.
    pub locale: Locale,
    /// `lagging-seconds`, `critical-seconds`.
    pub thresholds: Thresholds,
    /// `refresh-seconds`: seconds between a response and the next request, 0 for never.
    pub refresh_seconds: u32,
    /// `unattended`: whether it goes on while the page is hidden and nobody is there.
    pub unattended: bool,
    /// `scope`: whether it speaks of all tasks, or of one page as OCP pages them.
    pub scope: Scope,
    /// `page-sizes`: those on offer, and the configured one if it is another.
    pub page_sizes: Vec<u32>,
    /// `time-zone`.
    pub zone: Zone,
    /// `theme`.
    pub theme: Theme,
    /// `columns`.
    pub columns: Columns,
    /// `sort`, `tone`, `kind`, `loss`, `find`.
    pub table: TableView,
    /// `density`.
    pub density: Density,
    /// `credentials`.
    pub credentials: Credentials,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the page around: its `data-theme`, else its `color-scheme`.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Reads `auto`, `light` or `dark`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "auto" => Some(Self::Auto),
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            _ => None,
        }
    }
}

/// An attribute whose value could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Its name.
    pub attribute: &'static str,
    /// Its value.
    pub given: String,
    /// What a good value looks like.
    pub expected: &'static str,
}

/// Returns the value of an attribute of this name if it fits, and else warns of it with what a good value looks like.
type Parsed<'a> = dyn FnMut(&'static str, &'static str, &dyn Fn(&str) -> bool) -> Option<String> + 'a;

/// Reads `sort`, `tone`, `kind` and `loss`.
fn table_view(parsed: &mut Parsed<'_>) -> TableView {
    let sort = "a column, with - before it for the highest first, such as -delay";
    let sort = parsed("sort", sort, &|text| TableView::parse_sort(text).is_some());
    let tone = parsed("tone", "critical, warning, info, ok or neutral", &|text| Tone::parse(text).is_some());
    let kind = parsed("kind", KIND, &|text| Kind::parse(text).is_some());
    let loss = parsed("loss", "2m, 1h, 1d, longer or unknown", &|text| LossStep::parse(text).is_some());
    TableView {
        sort: sort.and_then(|sort| TableView::parse_sort(&sort)),
        tone: tone.and_then(|tone| Tone::parse(&tone)),
        kind: kind.and_then(|kind| Kind::parse(&kind)),
        loss: loss.and_then(|loss| LossStep::parse(&loss)),
        text: String::new(),
    }
}

/// Reads the attributes through `attribute`. The element itself reads `lang`, because it fetches the texts, and gives the `language` that it has
/// texts for.
pub fn read(attribute: &dyn Fn(&str) -> Option<String>, language: &str, clock: Clock) -> (Config, Vec<Warning>) {
    let mut warnings = Vec::new();
    let given = |name| attribute(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
    let mut parsed = |name: &'static str, expected: &'static str, fit: &dyn Fn(&str) -> bool| {
        let value = given(name)?;
        if fit(&value) {
            return Some(value);
        }
        warnings.push(Warning { attribute: name, given: value, expected });
        None
    };
    let number = |text: &str| text.parse::<u32>().ok().filter(|&number| number > 0);

    let base_url = given("base-url").unwrap_or_default();
    let cluster = attribute("cluster-id").unwrap_or_default();
    let page = parsed("page", "a number from 1", &|text| number(text).is_some());
    let size =
        parsed("page-size", "a number from 1 to 2000", &|text| number(text).is_some_and(|size| size <= MAX_PAGE_SIZE));
    let lagging = parsed("lagging-seconds", "a whole number of seconds from 1", &|text| number(text).is_some());
    let critical = parsed("critical-seconds", "a whole number of seconds from 1", &|text| number(text).is_some());
    let refresh = parsed("refresh-seconds", "0 for never, or a number of seconds from 5", &|text| {
        text.parse::<u32>().is_ok_and(|seconds| seconds == 0 || seconds >= LEAST_SECONDS)
    });
    let sizes = parsed("page-sizes", "numbers from 1 to 2000 with commas between", &|text| parse_sizes(text).is_some());
    let scope = parsed("scope", "all or page", &|text| Scope::parse(text).is_some());
    let zone = parsed("time-zone", ZONE, &|text| clock.zone(text).is_some());
    let theme = parsed("theme", "auto, light or dark", &|text| Theme::parse(text).is_some());
    let density = parsed("density", "comfortable or compact", &|text| Density::parse(text).is_some());
    let columns = parsed(
        "columns",
        "names of columns with commas between, each with a width in pixels after a colon or without",
        &|text| Columns::parse(text).is_some(),
    );
    // Only the stylesheet uses `view`. It is read here for the warning.
    _ = parsed("view", "table or summary", &|text| ["table", "summary"].contains(&text));
    let table = TableView { text: given("find").unwrap_or_default(), ..table_view(&mut parsed) };
    let credentials = parsed("credentials", "same-origin, include or omit", &|text| Credentials::parse(text).is_some());
    let zone = zone.and_then(|zone| clock.zone(&zone)).unwrap_or_default();
    let ranges = "all, a number and m, h, d, w or M, such as 24h, or two relative times, such as now-7d/d to now";
    let preset = parsed("range", ranges, &|text| parse_range(text, zone, clock).is_some());
    let time = "a time in ISO 8601, such as 2026-11-23T08:00:00Z";
    let start = parsed("start", time, &|text| parse_instant(text, zone, clock).is_some());
    let end = parsed("end", time, &|text| parse_instant(text, zone, clock).is_some());

    let instant = |text: Option<&String>| text.and_then(|text| parse_instant(text, zone, clock));
    let range = match (preset, instant(start.as_ref()), instant(end.as_ref())) {
        (Some(preset), ..) => parse_range(&preset, zone, clock).unwrap_or_default(),
        (None, None, None) => TimeRange::All,
        (None, start_at, end_at) => between(start_at, end_at).unwrap_or_else(|_| {
            let given = [start.unwrap_or_default(), end.unwrap_or_default()].join(" → ");
            warnings.push(Warning { attribute: "start", given, expected: "start and end, the end after the start" });
            TimeRange::All
        }),
    };
    let defaults = (Query::default(), Thresholds::default());
    let size = size.and_then(|size| number(&size)).unwrap_or(defaults.0.size);
    let seconds = |text: Option<String>| text.and_then(|text| number(&text)).map(f64::from);
    let lagging = seconds(lagging).unwrap_or(defaults.1.lagging);
    let critical = seconds(critical);
    if let Some(critical) = critical.filter(|&critical| critical < lagging) {
        let given = format_seconds(critical);
        warnings.push(Warning { attribute: "critical-seconds", given, expected: "at least lagging-seconds" });
    }
    let thresholds = Thresholds { lagging, critical: critical.unwrap_or(defaults.1.critical).max(lagging) };
    let mut page_sizes = sizes.and_then(|sizes| parse_sizes(&sizes)).unwrap_or_else(|| PAGE_SIZES.to_vec());
    if let Err(place) = page_sizes.binary_search(&size) {
        page_sizes.insert(place, size);
    }
    let page = page.and_then(|page| number(&page)).unwrap_or(1);
    let scope = scope.and_then(|scope| Scope::parse(&scope)).unwrap_or_default();
    let locale = Locale::of_tag(language);
    let query = Query { cluster, range, page, size };
    // Like HTML's own boolean attributes, its presence counts. But some frameworks write `false` as text.
    let unattended = attribute("unattended").is_some_and(|text| text != "false");
    let refresh_seconds = refresh.and_then(|text| text.parse().ok()).unwrap_or(DEFAULT_SECONDS);
    let theme = theme.and_then(|theme| Theme::parse(&theme)).unwrap_or_default();
    let density = density.and_then(|density| Density::parse(&density)).unwrap_or_default();
    let columns = columns.and_then(|columns| Columns::parse(&columns)).unwrap_or_default();
    let credentials = credentials.and_then(|credentials| Credentials::parse(&credentials)).unwrap_or_default();
    let config = Config {
        base_url,
        query,
        locale,
        thresholds,
        refresh_seconds,
        unattended,
        scope,
        page_sizes,
        zone,
        theme,
        columns,
        table,
        density,
        credentials,
    };
    (config, warnings)
}

fn parse_sizes(text: &str) -> Option<Vec<u32>> {
    let mut sizes = Vec::new();
    for size in text.split(',') {
        let size = size.trim().parse().ok().filter(|size| (1..=MAX_PAGE_SIZE).contains(size))?;
        if let Err(place) = sizes.binary_search(&size) {
            sizes.insert(place, size);
        }
    }
    Some(sizes)
}

/// A range whose end is after its start.
fn parse_range(text: &str, zone: Zone, clock: Clock) -> Option<TimeRange> {
    let range = TimeRange::parse(text, zone)?;
    let ends = range.resolve((clock.now)(), clock.offset_minutes);
    ends.is_none_or(|(start, end)| start < end).then_some(range)
}

/// An instant; a time without an offset is one of the viewer's zone.
fn parse_instant(text: &str, zone: Zone, clock: Clock) -> Option<EpochMs> {
    let civil = || Some(from_civil(parse_civil(text)?, |ms| (clock.offset_minutes)(zone, ms)));
    Stamp::read(text, None).epoch_ms().or_else(civil)
}
