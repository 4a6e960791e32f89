use std::sync::Arc;

use log_backup_panel::domain::page::{PageItem, Pager, TaskPage};
use log_backup_panel::domain::query::Query;
use log_backup_panel::domain::task::Task;

fn pager(page: u32, size: u32, rows: usize, total: Option<u64>) -> Pager {
    let answer =
        TaskPage { tasks: (0..rows).map(|_| Arc::new(Task::default().into())).collect(), total, ..TaskPage::default() };
    Pager::of(&answer, &Query { page, size, ..Query::default() })
}

fn items(page: u32, last: u64) -> String {
    let item = |item: &PageItem| match item {
        PageItem::Page(page) => page.to_string(),
        PageItem::Gap => "…".to_owned(),
    };
    pager(page, 10, 10, Some(last * 10)).items.iter().map(item).collect::<Vec<_>>().join(" ")
}

#[test]
fn numbers_keep_the_ends_and_the_neighbours() {
    let cases = [
        (1, 1, "1"),
        (1, 5, "1 2 3 4 5"),
        (1, 7, "1 2 3 … 7"),
        (4, 7, "1 2 3 4 5 6 7"),
        (5, 9, "1 2 3 4 5 6 7 8 9"),
        (6, 20, "1 … 4 5 6 7 8 … 20"),
        (20, 20, "1 … 18 19 20"),
        (5000, 5001, "1 … 4998 4999 5000 5001"),
    ];
    for (page, last, expected) in cases {
        assert_eq!(items(page, last), expected);
    }
}

#[test]
fn there_are_never_more_places_than_the_pager_has() {
    for last in 1..40 {
        for page in 1..=u32::try_from(last).unwrap() {
            let pager = pager(page, 10, 10, Some(last * 10));
            assert!(pager.items.len() <= 9, "{page} of {last}: {:?}", pager.items);
            assert!(pager.items.contains(&PageItem::Page(page)));
        }
    }
}

#[test]
fn an_empty_list_is_one_page() {
    let pager = pager(1, 10, 0, Some(0));
    assert_eq!((pager.last, pager.has_next(), pager.beyond_end(), pager.previous()), (Some(1), false, false, None));
}

#[test]
fn beyond_the_end_leads_back_to_the_last_page() {
    let pager = pager(9, 10, 0, Some(11));
    assert!(pager.beyond_end() && !pager.has_next());
    assert_eq!((pager.last, pager.previous()), (Some(2), Some(2)));
    assert!(!self::pager(2, 10, 0, Some(11)).beyond_end(), "the last page is none, even if it came empty");
}

#[test]
fn a_total_that_shrank_is_not_less_than_what_is_shown() {
    // 11 tasks on page 1; on page 2 the server says 9 in all and still sends one.
    let pager = pager(2, 10, 1, Some(9));
    assert_eq!((pager.total, pager.last, pager.shown), (Some(11), Some(2), Some((11, 11))));
}

#[test]
fn without_a_total_the_next_page_may_be_tried() {
    assert!(pager(1, 10, 10, None).has_next());
    assert!(!pager(3, 10, 0, None).has_next());
    assert!(pager(3, 10, 0, None).beyond_end());
}

#[test]
fn without_a_total_the_count_of_pages_is_believed_unless_more_is_shown() {
    let pager = |page, rows: usize| {
        let tasks = (0..rows).map(|_| Arc::new(Task::default().into())).collect();
        let answer = TaskPage { tasks, total_pages: Some(4), ..TaskPage::default() };
        Pager::of(&answer, &Query { page, size: 10, ..Query::default() })
    };
    for (page, rows, last, has_next, beyond_end) in
        [(2, 10, 4, true, false), (4, 3, 4, false, false), (6, 3, 6, false, false), (6, 0, 4, false, true)]
    {
        let pager = pager(page, rows);
        assert_eq!((pager.last, pager.total), (Some(last), None), "{page}");
        assert_eq!((pager.has_next(), pager.beyond_end()), (has_next, beyond_end), "{page}");
        assert_eq!(pager.previous(), Some(last.min(page - 1)), "{page}");
    }
}

#[test]
fn a_page_that_is_asked_for_is_marked_before_it_comes() {
    let asked = pager(1, 10, 10, Some(200)).marked(6);
    assert_eq!((asked.page, &asked.items), (6, &pager(6, 10, 10, Some(200)).items));
    assert_eq!((asked.last, asked.total, asked.shown), (Some(20), Some(200), Some((1, 10))), "what is shown is not");
    assert_eq!(pager(1, 10, 10, None).marked(2).items, [PageItem::Page(1), PageItem::Page(2)]);
}

#[test]
fn a_total_past_any_page_number_does_not_overflow() {
    assert_eq!(pager(1, 1, 1, Some(u64::MAX)).last, Some(u32::MAX));
    assert_eq!(pager(u32::MAX, 2000, 1, Some(5)).shown, Some((8_589_934_588_001, 8_589_934_588_001)));
}
