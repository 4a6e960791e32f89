//! What is said of a response besides its rows.

use std::sync::Arc;

use log_backup_panel::domain::page::{Malformed, TaskPage};
use log_backup_panel::domain::skew::Skew;
use log_backup_panel::state::request_state::Loaded;
use log_backup_panel::text::locale::Locale;
use log_backup_panel::text::remarks::remarks;

use super::loaded;

#[test]
fn malformed_rows_are_counted_and_named() {
    let texts = Locale::EnUs.texts();
    let row = |position| Malformed { position, found: "number" };
    let remarks = |rows: Vec<Malformed>| remarks(&loaded(TaskPage { malformed: rows, ..TaskPage::default() }), texts);
    assert!(remarks(vec![]).is_empty());
    assert_eq!(remarks(vec![row(2)]), ["Rows not listed because they could not be read (1): row 2 (number)"]);
    let five = "(5): row 1 (number), row 2 (number), row 3 (number), row 4 (number), row 5 (number)";
    assert!(remarks((1..=5).map(row).collect())[0].ends_with(five));
    assert!(remarks((1..=6).map(row).collect())[0].ends_with(&[&five.replace("(5)", "(6)"), ", …"].concat()));
}

#[test]
fn an_answer_of_more_than_was_asked_for_is_told() {
    let texts = Locale::EnUs.texts();
    let page = TaskPage {
        tasks: (0..30).map(|_| Arc::new(log_backup_panel::domain::task::Task::default().into())).collect(),
        surplus: 70,
        ..TaskPage::default()
    };
    let as_asked = TaskPage { tasks: page.tasks[..20].to_vec(), ..TaskPage::default() };
    assert!(remarks(&loaded(as_asked.clone()), texts).is_empty());
    let malformed = vec![Malformed { position: 21, found: "number" }];
    let one_more = remarks(&loaded(TaskPage { malformed, ..as_asked }), texts);
    assert_eq!(one_more[1], "OCP sent 21 tasks instead of 20; the first 21 are listed.");
    assert_eq!(remarks(&loaded(page), texts), ["OCP sent 100 tasks instead of 20; the first 30 are listed."]);
}

#[test]
fn clocks_that_disagree_are_told_and_zones_are_recognized() {
    const HOUR: i64 = 3_600_000;
    let cases = [
        (0, None, ""),
        (5000, None, ""),
        (5001, None, "This browser's clock is 5 s ahead of OCP's."),
        (-90_000, None, "This browser's clock is 1 min 30 s behind OCP's."),
        (8 * HOUR, None, "This browser's clock is 8 h ahead of OCP's. That looks like a time-zone error of 8 h."),
        (
            0,
            Some(-8 * HOUR - 2000),
            "The database's clock is 8 h behind OCP's. That looks like a time-zone error of 8 h.",
        ),
        (
            345 * 60_000,
            None,
            "This browser's clock is 5 h 45 min ahead of OCP's. That looks like a time-zone error of 5 h 45 min.",
        ),
        (8 * HOUR + 400_000, None, "This browser's clock is 8 h 6 min ahead of OCP's."),
        (1000 * HOUR, None, "This browser's clock is 41 d 16 h ahead of OCP's."),
    ];
    for (browser, database, expected) in cases {
        let data = Loaded { skew: Skew { browser: Some(browser), database }, ..loaded(TaskPage::default()) };
        assert_eq!(remarks(&data, Locale::EnUs.texts()).join("|"), expected);
    }
}
