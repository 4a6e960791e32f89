use std::sync::Arc;

use log_backup_panel::api::error::{ApiError, ErrorKind};
use log_backup_panel::domain::page::{Malformed, Meta, TaskPage};
use log_backup_panel::domain::query::Query;
use log_backup_panel::domain::task::Task;
use log_backup_panel::domain::time::Stamp;
use log_backup_panel::state::request_state::{Event, Phase, RequestId, RequestState};

fn query(page: u32) -> Query {
    Query { cluster: "1".into(), page, ..Query::default() }
}

fn page(rows: usize) -> TaskPage {
    TaskPage { tasks: (0..rows).map(|_| Arc::new(Task::default().into())).collect(), ..TaskPage::default() }
}

fn ask(state: &mut RequestState, query: Query) -> RequestId {
    state.settle(Event::Sent(query, 0));
    state.id()
}

fn answer(state: &mut RequestState, id: RequestId, rows: usize) {
    state.settle(Event::Ended { id, result: Ok(page(rows)), at: 5 });
}

fn fail(state: &mut RequestState, id: RequestId) {
    let error = ApiError::without_answer(ErrorKind::Unreachable);
    state.settle(Event::Ended { id, result: Err(error), at: 6 });
}

fn rows(state: &RequestState) -> Option<usize> {
    state.data.as_ref().map(|data| data.page.tasks.len())
}

#[test]
fn the_first_answer_makes_it_ready_or_empty() {
    for (count, phase) in [(3, Phase::Ready), (0, Phase::Empty)] {
        let mut state = RequestState::default();
        assert_eq!(state.phase(), Phase::Loading);
        let id = ask(&mut state, query(1));
        assert_eq!(state.phase(), Phase::Loading);
        answer(&mut state, id, count);
        assert_eq!((state.phase(), state.is_loading()), (phase, false));
    }
}

#[test]
fn a_clock_that_is_set_back_makes_no_age_shorter() {
    let mut state = RequestState::default();
    let id = ask(&mut state, query(1));
    state.settle(Event::Ended { id, result: Ok(page(1)), at: 50_000 });
    state.settle(Event::Sent(query(1), 60_000));
    state.settle(Event::ClockSet(-40_000));
    assert_eq!(state.data.as_ref().map(|data| data.received), Some(10_000));
    assert_eq!(state.waiting(30_000), Some(10_000));
    assert_eq!(state.waiting(0), Some(0), "no wait is negative");
    let timestamp = Some(Stamp::read("1970-01-01T00:00:15Z", None));
    let page = TaskPage { meta: Meta { timestamp, ..Meta::default() }, ..page(1) };
    state.settle(Event::Ended { id: state.id(), result: Ok(page), at: 21_000 });
    assert_eq!(state.data.as_ref().and_then(|data| data.skew.browser), Some(5000), "it was sent at 20 s, not at 60 s");
    assert_eq!(state.waiting(30_000), None);
}

#[test]
fn a_first_failure_is_an_error_and_not_an_empty_list() {
    let mut state = RequestState::default();
    let id = ask(&mut state, query(1));
    fail(&mut state, id);
    assert_eq!(state.phase(), Phase::Error);
}

#[test]
fn a_failed_refresh_keeps_the_rows_and_the_next_good_one_clears_the_problem() {
    let mut state = RequestState::default();
    let first = ask(&mut state, query(1));
    answer(&mut state, first, 3);
    let second = ask(&mut state, query(1));
    assert_eq!(state.phase(), Phase::Ready, "a refresh of the same query is not a new load");
    fail(&mut state, second);
    assert_eq!((state.phase(), rows(&state)), (Phase::Stale, Some(3)));
    let third = ask(&mut state, query(1));
    assert_eq!(state.phase(), Phase::Stale, "still stale until it is answered");
    answer(&mut state, third, 4);
    assert_eq!((state.phase(), rows(&state), state.problem.is_none()), (Phase::Ready, Some(4), true));
}

#[test]
fn answers_count_by_ticket_and_not_by_arrival() {
    let mut state = RequestState::default();
    let slow = ask(&mut state, query(1));
    let fast = ask(&mut state, query(2));
    answer(&mut state, fast, 2);
    answer(&mut state, slow, 1);
    fail(&mut state, slow);
    assert_eq!((state.phase(), rows(&state)), (Phase::Ready, Some(2)));
}

#[test]
fn another_page_keeps_the_rows_until_it_comes() {
    let mut state = RequestState::default();
    let first = ask(&mut state, query(1));
    answer(&mut state, first, 3);
    let second = ask(&mut state, query(2));
    assert_eq!((state.phase(), rows(&state), state.is_current()), (Phase::Loading, Some(3), false));
    fail(&mut state, second);
    assert_eq!((state.phase(), rows(&state)), (Phase::Stale, Some(3)));
}

#[test]
fn the_same_response_of_another_age_is_another_state() {
    let mut state = RequestState::default();
    let id = ask(&mut state, query(1));
    answer(&mut state, id, 3);
    let before = state.data.clone().unwrap();
    assert_eq!(before, before.clone());
    state.settle(Event::ClockSet(1));
    let moved = state.data.clone().unwrap();
    assert!(moved != before && moved.is_same_answer(&before));
    let id = ask(&mut state, query(1));
    state.settle(Event::Ended { id, result: Ok(page(3)), at: moved.received });
    let again = state.data.clone().unwrap();
    assert!(again != moved && !again.is_same_answer(&moved), "another response that holds the same");
}

#[test]
fn rows_that_can_not_be_read_are_no_empty_list() {
    let mut state = RequestState::default();
    let id = ask(&mut state, query(1));
    let malformed = vec![Malformed { position: 1, found: "number" }];
    state.settle(Event::Ended { id, result: Ok(TaskPage { malformed, ..page(0) }), at: 5 });
    assert_eq!(state.phase(), Phase::Ready);
}

#[test]
fn rows_of_one_cluster_are_never_shown_for_another() {
    let mut state = RequestState::default();
    let first = ask(&mut state, query(1));
    answer(&mut state, first, 3);
    ask(&mut state, Query { cluster: "2".into(), ..query(1) });
    assert_eq!((state.phase(), rows(&state)), (Phase::Loading, None));
}

#[test]
fn another_server_forgets_all_but_ignores_late_answers() {
    let mut state = RequestState::default();
    let first = ask(&mut state, query(1));
    answer(&mut state, first, 3);
    let late = ask(&mut state, query(1));
    state.settle(Event::Forget);
    let next = ask(&mut state, query(1));
    answer(&mut state, late, 9);
    assert_eq!(rows(&state), None);
    answer(&mut state, next, 1);
    assert_eq!(rows(&state), Some(1));
}

#[test]
fn not_even_the_very_first_answer_is_taken_for_one_of_another_server() {
    let mut state = RequestState::default();
    let late = ask(&mut state, query(1));
    state.settle(Event::Forget);
    ask(&mut state, query(1));
    answer(&mut state, late, 9);
    assert_eq!(rows(&state), None);
}
