use std::sync::Arc;

use log_backup_panel::api::error::{ApiError, ErrorKind};
use log_backup_panel::domain::page::TaskPage;
use log_backup_panel::domain::query::Query;
use log_backup_panel::domain::task::Task;
use log_backup_panel::state::load::{Event, Load, Phase, Ticket};

fn query(page: u32) -> Query {
    Query { cluster: "1".into(), page, ..Query::default() }
}

fn page(rows: usize) -> TaskPage {
    TaskPage { tasks: (0..rows).map(|_| Arc::new(Task::default().into())).collect(), ..TaskPage::default() }
}

fn ask(load: &mut Load, query: Query) -> Ticket {
    load.settle(Event::Asked(query, 0));
    load.ticket()
}

fn answer(load: &mut Load, ticket: Ticket, rows: usize) {
    load.settle(Event::Answered { ticket, result: Ok(page(rows)), at: 5 });
}

fn fail(load: &mut Load, ticket: Ticket) {
    let error = ApiError::without_answer(ErrorKind::Unreachable);
    load.settle(Event::Answered { ticket, result: Err(error), at: 6 });
}

fn rows(load: &Load) -> Option<usize> {
    load.data.as_ref().map(|data| data.page.tasks.len())
}

#[test]
fn the_first_answer_makes_it_ready_or_empty() {
    for (count, phase) in [(3, Phase::Ready), (0, Phase::Empty)] {
        let mut load = Load::default();
        assert_eq!(load.phase(), Phase::Loading);
        let ticket = ask(&mut load, query(1));
        assert_eq!(load.phase(), Phase::Loading);
        answer(&mut load, ticket, count);
        assert_eq!((load.phase(), load.is_loading()), (phase, false));
    }
}

#[test]
fn a_clock_that_is_set_back_makes_no_age_shorter() {
    let mut load = Load::default();
    let ticket = ask(&mut load, query(1));
    load.settle(Event::Answered { ticket, result: Ok(page(1)), at: 50_000 });
    load.settle(Event::Asked(query(1), 60_000));
    load.settle(Event::ClockSet(-40_000));
    assert_eq!(load.data.as_ref().map(|data| data.received), Some(10_000));
    assert_eq!(load.waiting(30_000), Some(10_000));
}

#[test]
fn a_first_failure_is_an_error_and_not_an_empty_list() {
    let mut load = Load::default();
    let ticket = ask(&mut load, query(1));
    fail(&mut load, ticket);
    assert_eq!(load.phase(), Phase::Error);
}

#[test]
fn a_failed_refresh_keeps_the_rows_and_the_next_good_one_clears_the_problem() {
    let mut load = Load::default();
    let first = ask(&mut load, query(1));
    answer(&mut load, first, 3);
    let second = ask(&mut load, query(1));
    assert_eq!(load.phase(), Phase::Ready, "a refresh of the same query is not a new load");
    fail(&mut load, second);
    assert_eq!((load.phase(), rows(&load)), (Phase::Stale, Some(3)));
    let third = ask(&mut load, query(1));
    assert_eq!(load.phase(), Phase::Stale, "still stale until it is answered");
    answer(&mut load, third, 4);
    assert_eq!((load.phase(), rows(&load), load.problem.is_none()), (Phase::Ready, Some(4), true));
}

#[test]
fn answers_count_by_ticket_and_not_by_arrival() {
    let mut load = Load::default();
    let slow = ask(&mut load, query(1));
    let fast = ask(&mut load, query(2));
    answer(&mut load, fast, 2);
    answer(&mut load, slow, 1);
    fail(&mut load, slow);
    assert_eq!((load.phase(), rows(&load)), (Phase::Ready, Some(2)));
}

#[test]
fn another_page_keeps_the_rows_until_it_comes() {
    let mut load = Load::default();
    let first = ask(&mut load, query(1));
    answer(&mut load, first, 3);
    let second = ask(&mut load, query(2));
    assert_eq!((load.phase(), rows(&load), load.is_current()), (Phase::Loading, Some(3), false));
    fail(&mut load, second);
    assert_eq!((load.phase(), rows(&load)), (Phase::Stale, Some(3)));
}

#[test]
fn rows_of_one_cluster_are_never_shown_for_another() {
    let mut load = Load::default();
    let first = ask(&mut load, query(1));
    answer(&mut load, first, 3);
    ask(&mut load, Query { cluster: "2".into(), ..query(1) });
    assert_eq!((load.phase(), rows(&load)), (Phase::Loading, None));
}

#[test]
fn another_server_forgets_all_but_ignores_late_answers() {
    let mut load = Load::default();
    let first = ask(&mut load, query(1));
    answer(&mut load, first, 3);
    let late = ask(&mut load, query(1));
    load.settle(Event::Forget);
    let next = ask(&mut load, query(1));
    answer(&mut load, late, 9);
    assert_eq!(rows(&load), None);
    answer(&mut load, next, 1);
    assert_eq!(rows(&load), Some(1));
}
