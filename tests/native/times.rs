//! `docs/times.md` tells which times and ranges are read, by examples; here each of its rows is read.

use chrono::{DateTime, Datelike, NaiveDateTime, Timelike};
use log_backup_panel::domain::moment::{Moment, split_range, write_civil};
use log_backup_panel::domain::time::{Clock, EpochMs, Stamp, TimeRange, Zone, format_offset};
use log_backup_panel::embed::config;

use proptest::prelude::*;
use proptest::sample::select;

use super::{CLOCK, ms};

const PAPER: &str = include_str!("../../docs/times.md");

/// As the paper says.
fn now() -> EpochMs {
    ms("2026-11-25T18:20:30.500+08:00")
}

/// A browser that knows the names in the paper, and abbreviations, as Chromium does.
const CHROMIUM: Clock = Clock { now, named_zone, ..CLOCK };

fn named_zone(name: &str) -> Option<Zone> {
    let known = ["Asia/Shanghai", "Etc/GMT-8", "PRC", "CST6CDT", "CST", "IST", "BST", "EST"];
    known.iter().any(|known| known.eq_ignore_ascii_case(name)).then_some(Zone::Named(0))
}

/// The rows of the tables under `heading`: the texts of their cells, without the marks of code.
fn rows(heading: &str) -> Vec<Vec<String>> {
    let rest = PAPER.split_once(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("no “{heading}”")).1;
    let section = rest.split("\n## ").next().unwrap();
    let cell = |cell: &str| {
        let text = cell.trim();
        let code = text.strip_prefix('`').and_then(|text| text.strip_suffix('`')).unwrap_or(text);
        code.replace("\\t", "\t").replace("\\r", "\r").replace("\\n", "\n")
    };
    let lines = section.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"));
    let rows = lines.map(|line| format!("`{line}").split(" | ").map(cell).collect::<Vec<_>>());
    // The head of a table that begins with an attribute is none.
    let rows: Vec<_> = rows.filter(|row| !["range", "time-zone"].contains(&&*row[0])).collect();
    assert!(rows.len() > 5, "{heading}");
    rows
}

fn shown(at: Option<EpochMs>) -> String {
    at.and_then(|at| write_civil(at, 480)).unwrap_or_else(|| "—".to_owned())
}

#[test]
fn typed_ends_mean_what_the_paper_says() {
    let rows = rows("An end of a range, typed in the picker");
    assert!(rows.len() > 60, "all five tables");
    for row in rows {
        let at = |is_end| Moment::parse(&row[0]).and_then(|moment| moment.resolve(is_end, now(), |_| 480));
        let end = if row[2] == "same" { &row[1] } else { &row[2] };
        assert_eq!((shown(at(false)), shown(at(true))), (row[1].clone(), end.clone()), "{row:?}");
    }
}

#[test]
fn pasted_ranges_are_split_as_the_paper_says() {
    for row in rows("A pasted range") {
        let refused = || ("—".to_owned(), "—".to_owned());
        assert_eq!(split_range(&row[0]).unwrap_or_else(refused), (row[1].clone(), row[2].clone()), "{row:?}");
    }
}

#[test]
fn the_attribute_range_means_what_the_paper_says() {
    for row in rows("The attribute `range`") {
        let given = |name: &str| (name == "range").then(|| row[0].clone());
        let (config, warnings) = config::read(&given, "en", CHROMIUM);
        let range = config.query.range;
        assert_eq!(warnings.is_empty(), range != TimeRange::All, "{row:?}");
        let ends = range.resolve(now(), CLOCK.offset_minutes).unzip();
        assert_eq!((shown(ends.0), shown(ends.1)), (row[1].clone(), row[2].clone()), "{row:?}");
    }
}

#[test]
fn the_attribute_time_zone_means_what_the_paper_says() {
    for row in rows("The attribute `time-zone`") {
        let given = |name: &str| (name == "time-zone").then(|| row[0].clone());
        let (config, warnings) = config::read(&given, "en", CHROMIUM);
        let zone = match config.zone {
            Zone::Local if warnings.is_empty() => "the browser's".to_owned(),
            Zone::Local => "—".to_owned(),
            Zone::Fixed(minutes) => format_offset(minutes),
            Zone::Named(_) => "by its name".to_owned(),
        };
        assert_eq!(zone, row[1], "{row:?}");
    }
}

#[test]
fn sent_times_mean_what_the_paper_says() {
    let assumed = chrono::FixedOffset::east_opt(8 * 3600);
    for row in rows("Times in OCP's responses, and the attributes `start` and `end`") {
        assert_eq!(shown(Stamp::read(&row[0], assumed).epoch_ms()), row[1], "{row:?}");
    }
}

/// Ways to write a time of the calendar, which all mean the same, in the letters of `strftime`.
const DIALECTS: [&str; 16] = [
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y/%m/%d %H:%M:%S",
    "%Y.%m.%d %H:%M:%S",
    "%Y/%-m/%-d %-H:%M:%S",
    "%Y%m%d %H%M%S",
    "%Y%m%d%H%M%S",
    "%Y%m%dT%H%M%S",
    "%Y年%m月%d日 %H:%M:%S",
    "%Y年%-m月%-d日%-H时%-M分%-S秒",
    "%Y 年 %-m 月 %-d 日 %-H 点 %-M 分 %-S 秒",
    "%Y-%m-%d %I:%M:%S %p",
    "%Y／%m／%d　%H：%M：%S",
    "%Y－%m－%d %H：%M：%S",
    "%Y-%m-%dT%H:%M:%S.000",
    " %Y-%m-%d  %H:%M:%S ",
];

fn write(civil: NaiveDateTime, dialect: &str) -> String {
    let half = civil.hour12();
    let fields = [
        ("Y", civil.year().unsigned_abs()),
        ("m", civil.month()),
        ("d", civil.day()),
        ("H", civil.hour()),
        ("I", half.1),
        ("M", civil.minute()),
        ("S", civil.second()),
    ];
    let text = dialect.replace("%p", if half.0 { "PM" } else { "AM" });
    fields.into_iter().fold(text, |text, (name, number)| {
        text.replace(&format!("%-{name}"), &number.to_string()).replace(&format!("%{name}"), &format!("{number:02}"))
    })
}

fn civil() -> impl Strategy<Value = NaiveDateTime> {
    (0..253_402_300_800_i64).prop_map(|seconds| DateTime::from_timestamp(seconds, 0).unwrap().naive_utc())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_time_is_the_same_in_every_dialect_and_beside_another(
        (start, end) in (civil(), civil()),
        (first, second) in (select(DIALECTS.to_vec()), select(DIALECTS.to_vec())),
        between in select(vec![" → ", "\t", "\n", "\r\n", ",", "，", "~", "～", "至", " 到 ", "—", "——", "–", " - ", "-", " to ", "to", "->", "/"]),
    ) {
        let (first, second) = (write(start, first), write(end, second));
        prop_assert_eq!(Moment::parse(&first), Some(Moment::Civil(start)), "{}", first);
        let text = [&first, between, &second].concat();
        let read = split_range(&text).map(|(start, end)| (Moment::parse(&start), Moment::parse(&end)));
        prop_assert_eq!(read, Some((Some(Moment::Civil(start)), Some(Moment::Civil(end)))), "{}", text);
    }
}
