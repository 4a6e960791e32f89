use log_backup_panel::api::request::Credentials;
use log_backup_panel::domain::kinds::Kind;
use log_backup_panel::domain::losses::LossStep;
use log_backup_panel::domain::task::Tone;
use log_backup_panel::domain::time::{Span, TimeRange, Unit, Zone};
use log_backup_panel::embed::config::{Config, Theme, read};
use log_backup_panel::text::columns::{Column, Columns};
use log_backup_panel::text::event_detail::query_detail;
use log_backup_panel::text::locale::Locale;
use log_backup_panel::text::table_view::TableView;
use log_backup_panel::view::stylesheet::{CSS, LATER_CSS};

use super::{CLOCK, NOW, ms};

fn config(attributes: &[(&str, &str)]) -> (Config, Vec<String>) {
    let find = |name: &str| attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    let (config, warnings) = read(&find, "en", CLOCK);
    (config, warnings.into_iter().map(|warning| warning.attribute.to_owned()).collect())
}

#[test]
fn nothing_said_means_the_documented_defaults() {
    let (config, warnings) = config(&[]);
    assert_eq!(warnings, Vec::<String>::new());
    assert_eq!((config.query.page, config.query.size, config.query.range), (1, 20, TimeRange::All));
    assert_eq!((config.thresholds.lagging, config.thresholds.critical), (300.0, 900.0));
    assert_eq!((config.base_url.as_str(), config.locale, config.page_sizes), ("", Locale::EnUs, vec![10, 20, 50, 100]));
}

#[test]
fn reads_all_attributes() {
    let (config, warnings) = config(&[
        ("cluster-id", "1000005"),
        ("base-url", "https://ocp"),
        ("range", "24h"),
        ("page", "3"),
        ("page-size", "500"),
        ("lagging-seconds", "60"),
        ("critical-seconds", "120"),
    ]);
    assert!(warnings.is_empty());
    assert_eq!(config.query.cluster, "1000005");
    assert_eq!(config.query.range, TimeRange::Last(Span { count: 24, unit: Unit::Hours }));
    assert_eq!((config.query.page, config.query.size, config.page_sizes), (3, 500, vec![10, 20, 50, 100, 500]));
    assert_eq!((config.thresholds.lagging, config.thresholds.critical), (60.0, 120.0));
}

#[test]
fn relative_ends_are_those_of_the_zone_and_in_their_order() {
    let (config, warnings) = self::config(&[("range", "now-7d/d to now/d"), ("time-zone", "UTC")]);
    assert_eq!(
        (config.query.range.resolve(NOW, CLOCK.offset_minutes), warnings.len()),
        (Some((ms("2021-09-16T00:00:00Z"), ms("2021-09-23T23:59:59.999Z"))), 0)
    );
    assert_eq!(query_detail(&config.query, CLOCK).end().matches(r#""range":"now-7d/d to now/d""#).count(), 1);
    let elsewhere = self::config(&[("range", "now-7d/d to now/d"), ("time-zone", "+05:00")]).0.query.range;
    assert!(elsewhere != config.query.range && elsewhere.reads_as(config.query.range));
    for text in ["now to now-7d", "now to now", "now-7d/y to now", "yesterday to now", "to"] {
        let (config, warnings) = self::config(&[("range", text)]);
        assert_eq!((config.query.range, &*warnings), (TimeRange::All, &["range".to_owned()][..]), "{text}");
    }
}

#[test]
fn unattended_is_a_boolean_attribute_as_html_and_frameworks_write_it() {
    for (value, unattended) in
        [(None, false), (Some(""), true), (Some("true"), true), (Some("unattended"), true), (Some("false"), false)]
    {
        let given: Vec<_> = value.into_iter().map(|value| ("unattended", value)).collect();
        assert_eq!(config(&given).0.unattended, unattended, "{value:?}");
    }
}

#[test]
fn reads_how_it_looks_and_how_it_asks() {
    let (config, warnings) = config(&[
        ("page-sizes", "500, 5,50 "),
        ("time-zone", "Europe/Paris"),
        ("theme", "dark"),
        ("density", "compact"),
        ("columns", "status, tenant,delay"),
        ("credentials", "include"),
        ("view", "summary"),
        ("sort", "-delay"),
        ("tone", "critical"),
        ("kind", "failed"),
        ("loss", "1d"),
        ("find", " t3 "),
    ]);
    let shown = TableView {
        tone: Some(Tone::Critical),
        text: "t3".to_owned(),
        sort: Some((Column::Delay, true)),
        kind: Some(Kind::Failed),
        loss: Some(LossStep::Day),
    };
    assert_eq!(config.table, shown);
    assert!(warnings.is_empty(), "{warnings:?}");
    assert_eq!(config.page_sizes, [5, 20, 50, 500], "and the one in force");
    assert_eq!((config.zone, config.theme, config.credentials), (Zone::Named(0), Theme::Dark, Credentials::Include));
    assert_eq!(Some(config.columns), Columns::parse("status,tenant,delay"));
}

#[test]
fn a_zone_is_the_browsers_an_offset_or_a_name_and_is_that_of_the_range_too() {
    for (text, zone) in [
        ("local", Zone::Local),
        ("UTC", Zone::Fixed(0)),
        ("Z", Zone::Fixed(0)),
        ("+05:45", Zone::Fixed(345)),
        ("-0330", Zone::Fixed(-210)),
        ("Europe/Paris", Zone::Named(0)),
    ] {
        assert_eq!(config(&[("time-zone", text)]).0.zone, zone, "{text}");
    }
    let (config, _) = config(&[("time-zone", "-01:00"), ("start", "2026-01-01 08:00"), ("end", "2026-01-02T08:00Z")]);
    let expected = TimeRange::Between { start: ms("2026-01-01T09:00:00Z"), end: ms("2026-01-02T08:00:00Z") };
    assert_eq!(config.query.range, expected);
}

#[test]
fn reads_an_absolute_range_with_and_without_offset() {
    let expected = TimeRange::Between { start: ms("2026-01-01T00:00:00Z"), end: ms("2026-01-02T00:00:00Z") };
    for (start, end) in [("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"), ("2026-01-01 08:00:00", "2026-01-02T08:00")]
    {
        let (config, warnings) = config(&[("start", start), ("end", end)]);
        assert_eq!((config.query.range, warnings.is_empty()), (expected, true));
    }
}

#[test]
fn a_bad_value_falls_back_and_is_named() {
    let cases: [(&[(&str, &str)], &str); 18] = [
        (&[("page-sizes", "10,0")], "page-sizes"),
        (&[("page-sizes", "10;20")], "page-sizes"),
        (&[("time-zone", "Mars/Olympus")], "time-zone"),
        (&[("time-zone", "+99:00")], "time-zone"),
        (&[("theme", "Dark")], "theme"),
        (&[("density", "dense")], "density"),
        (&[("columns", "status,secret")], "columns"),
        (&[("credentials", "yes")], "credentials"),
        (&[("view", "cards")], "view"),
        (&[("page", "0")], "page"),
        (&[("page", "two")], "page"),
        (&[("page-size", "2001")], "page-size"),
        (&[("range", "1y")], "range"),
        (&[("lagging-seconds", "-3")], "lagging-seconds"),
        (&[("critical-seconds", "NaN")], "critical-seconds"),
        (&[("start", "soon"), ("end", "2026-01-01T00:00:00Z")], "start"),
        (&[("start", "2026-01-01T00:00:00Z")], "start"),
        (&[("start", "2026-01-02T00:00:00Z"), ("end", "2026-01-01T00:00:00Z")], "start"),
    ];
    let defaults = config(&[]).0;
    for (attributes, named) in cases {
        let (config, warnings) = config(attributes);
        assert_eq!(config, defaults, "{attributes:?}");
        assert_eq!(warnings.first().map(String::as_str), Some(named), "{attributes:?}");
    }
}

#[test]
fn a_critical_threshold_below_the_lagging_one_is_raised() {
    let (config, warnings) = config(&[("lagging-seconds", "600"), ("critical-seconds", "100")]);
    assert_eq!((config.thresholds.critical, warnings), (600.0, vec!["critical-seconds".to_owned()]));
}

#[test]
fn the_stylesheets_are_squeezed_and_whole() {
    for (css, source, start) in [
        (CSS, include_str!("../../style/panel.css"), ":host{display:block}"),
        (LATER_CSS, include_str!("../../style/later.css"), ".draft{position:absolute;"),
    ] {
        assert!(css.len() < source.len() * 49 / 50 && !css.contains("/*") && !css.contains('\n'));
        let count = |css: &str, mark: char| css.matches(mark).count();
        assert_eq!((count(css, '{'), count(css, '}')), (count(source, '{'), count(source, '}')));
        assert!(css.starts_with(start) && !css.contains("; ") && css.trim_end().ends_with('}'), "{css}");
    }
}
