//! When the alarm of a page rings, and what it shows.

use log_backup_panel::domain::query::Query;
use log_backup_panel::state::alarm::{Alarm, Badge, Report, Ring};

const SECOND: i64 = 1000;

fn report(cluster: &str, names: &[&str]) -> Report {
    Report {
        query: Query { cluster: cluster.to_owned(), ..Query::default() },
        is_list: true,
        critical: u32::try_from(names.len()).unwrap(),
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        has_no_backup: false,
        is_fresh: true,
    }
}

fn critical(cluster: &str, count: u64, names: &[&str]) -> Ring {
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    Ring::Critical { cluster: cluster.to_owned(), count, names }
}

fn blind(clusters: &[&str], is_first: bool) -> Ring {
    Ring::Blind { clusters: clusters.iter().map(|id| (*id).to_owned()).collect(), is_first }
}

#[test]
fn it_rings_for_one_more_or_another_and_not_for_what_was_so_at_first() {
    let mut alarm = Alarm::default();
    for (names, ring) in [
        (&["a"][..], None),
        (&["a", "b"], Some(critical("1", 2, &["a", "b"]))),
        (&["a", "b"], None),
        // As many, but another one.
        (&["a", "c"], Some(critical("1", 2, &["a", "c"]))),
        (&["c"], None),
        (&[], None),
        (&["c"], Some(critical("1", 1, &["c"]))),
    ] {
        assert_eq!(alarm.hear("1", report("1", names), 0), ring, "{names:?}");
    }
}

#[test]
fn of_more_tasks_than_are_named_only_the_number_counts() {
    let many = |critical, name: &str| Report { critical, ..report("1", &[name]) };
    let mut alarm = Alarm::default();
    assert_eq!(alarm.hear("1", many(20, "a"), 0), None);
    assert_eq!(alarm.hear("1", many(20, "b"), 0), None);
    assert_eq!(alarm.hear("1", many(21, "b"), 0), Some(critical("1", 21, &["b"])));
}

#[test]
fn another_page_or_range_is_no_news_and_the_whole_list_is_compared_with_itself() {
    let page = |page, names: &[&str]| {
        let report = report("1", names);
        Report { is_list: false, query: Query { page, ..report.query.clone() }, ..report }
    };
    let mut alarm = Alarm::default();
    assert_eq!(alarm.hear("1", page(1, &[]), 0), None);
    assert_eq!(alarm.hear("1", page(2, &["x", "y"]), 0), None);
    assert_eq!(alarm.hear("1", report("1", &["x", "y", "z"]), 0), None, "the first list is no news");
    assert_eq!(alarm.hear("1", page(1, &["a"]), 0), None, "the page before this one was another");
    assert_eq!(alarm.hear("1", report("1", &["x", "y", "z", "u"]), 0), Some(critical("1", 4, &["x", "y", "z", "u"])));
}

#[test]
fn an_outage_rings_once_looks_no_better_and_makes_no_news_of_what_was_known() {
    let mut alarm = Alarm::default();
    alarm.hear("1", report("1", &["a", "b"]), 0);
    alarm.hear("2", report("2", &["c"]), 0);
    assert_eq!(alarm.badge().text(), "3");
    assert_eq!(alarm.lose("1", 0), Some(blind(&["1"], true)));
    assert_eq!(alarm.lose("1", 0), None, "it is known to be lost");
    assert_eq!(alarm.lose("2", 0), Some(blind(&["1", "2"], false)), "the same outage");
    assert_eq!(alarm.badge(), Badge { critical: 3, is_in_doubt: true, has_no_backup: false });
    assert_eq!(alarm.badge().text(), "3?");
    assert_eq!(alarm.hear("1", report("1", &["a", "b"]), 0), None);
    assert_eq!(alarm.badge().text(), "3?", "the other one is still lost");
    alarm.hear("2", report("2", &[]), 0);
    assert_eq!(alarm.badge().text(), "2");
}

#[test]
fn what_never_answered_is_unknown_and_what_a_cache_answers_was_so_once() {
    let mut alarm = Alarm::default();
    assert_eq!(alarm.lose("1", 0), Some(blind(&["1"], true)));
    assert_eq!(alarm.badge().text(), "?");
    let cached = || Report { is_fresh: false, ..report("1", &["a"]) };
    alarm.hear("1", cached(), 0);
    assert_eq!(alarm.badge().text(), "1?");
    let mut alarm = Alarm::default();
    alarm.hear("1", report("1", &[]), 0);
    for minute in 1..=3 {
        alarm.hear("1", cached(), minute * 60 * SECOND);
        assert_eq!(alarm.badge().text(), "1?", "at once");
        assert_eq!(alarm.check(|_| 0, minute * 60 * SECOND), []);
    }
    assert_eq!(alarm.check(|_| 0, 181 * SECOND), [blind(&["1"], true)], "and it is told once it lasts");
}

#[test]
fn one_that_is_lost_for_good_makes_no_later_outage_silent() {
    let mut alarm = Alarm::default();
    alarm.hear("1", report("1", &[]), 0);
    assert_eq!(alarm.lose("wrong", 0), Some(blind(&["wrong"], true)));
    assert_eq!(alarm.lose("1", 3600 * SECOND), Some(blind(&["1", "wrong"], true)));
}

#[test]
fn a_clock_that_is_set_back_keeps_no_silence_secret() {
    let mut alarm = Alarm::default();
    alarm.hear("1", report("1", &[]), 10_000 * SECOND);
    assert_eq!(alarm.check(|_| 0, 0), []);
    assert_eq!(alarm.check(|_| 0, 181 * SECOND), [blind(&["1"], true)]);
}

#[test]
fn silence_is_no_calm() {
    let mut alarm = Alarm::default();
    alarm.hear("often", report("often", &[]), 0);
    alarm.hear("rare", report("rare", &["a"]), 0);
    let interval = |cluster: &str| if cluster == "rare" { 200 * SECOND } else { 30 * SECOND };
    assert_eq!(alarm.check(interval, 180 * SECOND), []);
    assert_eq!(alarm.check(interval, 181 * SECOND), [blind(&["often"], true)]);
    assert_eq!(alarm.check(interval, 600 * SECOND), [], "three intervals");
    assert_eq!(alarm.check(interval, 601 * SECOND), [blind(&["often", "rare"], true)]);
    assert_eq!(alarm.badge().text(), "1?");
}

#[test]
fn a_cluster_without_log_backup_warns_and_one_that_was_left_counts_no_more() {
    let mut alarm = Alarm::default();
    alarm.hear("1", Report { has_no_backup: true, ..report("1", &[]) }, 0);
    assert_eq!(alarm.badge().text(), "!");
    alarm.hear("2", report("2", &["a"]), 0);
    assert_eq!(alarm.badge().text(), "1", "a number says more than a mark");
    alarm.retain(&["1".to_owned()]);
    assert_eq!(alarm.badge().text(), "!");
    alarm.retain(&[]);
    assert_eq!(alarm.badge().text(), "");
    let many = Badge { critical: 1234, ..Badge::default() };
    assert_eq!(many.text(), "99", "an icon has room for two digits");
}
