use std::collections::HashSet;

use log_backup_panel::api::decode::{HttpResponse, decode};
use log_backup_panel::api::error::{ApiError, ErrorKind};
use log_backup_panel::domain::page::TaskPage;
use log_backup_panel::domain::query::Query;
use log_backup_panel::state::page_walk::*;

use super::NOW;

fn page(tasks: usize, total: Option<u32>) -> TaskPage {
    page_of(&vec![r#"{"status":"RUNNING","delay":30}"#.to_owned(); tasks], total)
}

fn page_of(rows: &[String], total: Option<u32>) -> TaskPage {
    let rows = rows.join(",");
    let total = total.map_or_else(String::new, |total| format!(r#""totalElements":{total}"#));
    let body = format!(r#"{{"data":{{"contents":[{rows}],"page":{{{total}}}}}}}"#);
    decode(&HttpResponse { status: 200, body, ..HttpResponse::default() }).unwrap()
}

fn walk(size: u32) -> PageWalk {
    PageWalk::new(Query { cluster: "5".into(), size, page: 3, ..Query::default() }, NOW)
}

#[test]
fn reads_page_after_page_from_the_first() {
    let mut walk = walk(20);
    assert_eq!((walk.query().page, walk.query().size), (1, 2000));
    assert_eq!(walk.settle(Ok(page(100, Some(230)))), Next::Ask(100));
    assert_eq!((walk.query().page, walk.progress()), (2, Progress { count: 100, total: Some(230) }));
    assert_eq!(walk.settle(Ok(page(100, Some(230)))), Next::Ask(100));
    assert_eq!(walk.settle(Ok(page(30, Some(230)))), Next::Done);
    let all = walk.loaded(NOW + 5);
    assert_eq!((all.page.tasks.len(), all.page.total), (230, Some(230)));
    assert_eq!(all.received, NOW, "a list is as old as its oldest page");
    assert!(!walk.changed());
}

#[test]
fn ends_where_the_list_ends() {
    for (pages, why) in [
        (vec![page(100, None), page(40, None), page(0, None)], "without a total: an empty page"),
        (vec![page(100, Some(300)), page(0, Some(300))], "rows that never come"),
        (vec![page(0, Some(0))], "nothing"),
        (vec![page(60, Some(160)), page(100, Some(160))], "OCP lowers a page size that it does not like"),
    ] {
        let mut walk = walk(100);
        let ends: Vec<_> = pages.into_iter().map(|page| walk.settle(Ok(page)) == Next::Done).collect();
        assert_eq!(ends.iter().position(|end| *end), Some(ends.len() - 1), "{why}");
    }
}

#[test]
fn says_whether_it_is_all() {
    let broken = || page_of(&[r#"{"status":"RUNNING","delay":30}"#.to_owned(), "7".to_owned()], Some(2));
    let down = || Err(ApiError::without_answer(ErrorKind::Forbidden));
    for (answers, is_all, why) in [
        (vec![Ok(page(100, Some(130))), Ok(page(30, Some(130)))], true, "as many as there are"),
        (vec![Ok(page(100, None)), Ok(page(0, None))], true, "to the end"),
        (vec![Ok(page(100, Some(130)))], false, "not yet"),
        (vec![Ok(page(100, Some(130))), down()], false, "a page that could not be had"),
        (vec![Ok(page(100, None)), down()], false, "the same without a total"),
        (vec![Ok(page(100, Some(130))), Ok(page(0, Some(130)))], false, "rows that never came"),
        (vec![Ok(broken())], false, "a row that could not be read"),
        (vec![Ok(page(100, Some(130))), Ok(page(31, Some(131)))], false, "a list that grew meanwhile"),
    ] {
        let mut walk = walk(100);
        for answer in answers {
            _ = walk.settle(answer);
        }
        assert_eq!(walk.is_all(), is_all, "{why}");
        // What the words are made of.
        let page = walk.loaded(NOW).page;
        assert_eq!(page.total, is_all.then_some(page.tasks.len() as u64), "{why}");
    }
}

#[test]
fn a_task_that_comes_on_two_pages_shows_that_another_may_have_been_missed() {
    let rows =
        |from: u32, to: u32| (from..to).map(|n| format!(r#"{{"tenantName":"t{n}","status":"RUNNING","delay":{n}}}"#));
    let named = |from, to| page_of(&rows(from, to).collect::<Vec<_>>(), Some(150));
    for (second, changed) in [(named(100, 150), false), (named(99, 149), true)] {
        let mut walk = walk(100);
        _ = walk.settle(Ok(named(0, 100)));
        assert_eq!(walk.settle(Ok(second)), Next::Done);
        assert_eq!((walk.changed(), walk.is_all()), (changed, !changed));
        let listed = walk.loaded(NOW).page.tasks.iter().map(|task| task.label().to_owned()).collect::<HashSet<_>>();
        assert_eq!(listed.len(), walk.progress().count, "a task that comes twice is listed once");
    }
    let twins = page_of(&[rows(1, 2), rows(1, 2)].into_iter().flatten().collect::<Vec<_>>(), Some(2));
    let mut walk = walk(100);
    assert_eq!((walk.settle(Ok(twins)), walk.is_all()), (Next::Done, true), "twins of one page are two tasks");
}

#[test]
fn stops_at_its_bound() {
    let mut walk = walk(2000);
    let mut asked = 1;
    while walk.settle(Ok(page(2000, Some(50_000)))) != Next::Done {
        asked += 1;
    }
    assert_eq!((asked * 2000, walk.progress().count, walk.is_all()), (MOST_TASKS, MOST_TASKS, false));
    let mut walk = self::walk(2000);
    let without_total = page(2000, None);
    while walk.settle(Ok(without_total.clone())) != Next::Done {}
    assert_eq!((walk.progress().count, walk.is_all()), (MOST_TASKS, false), "there may be more");
}

#[test]
fn says_that_the_list_changed_meanwhile() {
    let mut walk = walk(100);
    _ = walk.settle(Ok(page(100, Some(150))));
    assert_eq!(walk.settle(Ok(page(49, Some(149)))), Next::Done);
    assert!(walk.changed());
}

#[test]
fn what_may_pass_is_tried_again_and_never_sooner_than_told() {
    let failure = |kind, retry_after| ApiError { retry_after, ..ApiError::without_answer(kind) };
    let mut walk = walk(100);
    _ = walk.settle(Ok(page(100, Some(150))));
    assert_eq!(walk.settle(Err(failure(ErrorKind::Timeout, Some(7)))), Next::Ask(7000));
    assert_eq!(walk.settle(Err(failure(ErrorKind::Server, None))), Next::Ask(4000));
    assert_eq!(walk.settle(Err(failure(ErrorKind::Unreachable, Some(1)))), Next::Ask(8000));
    let last = failure(ErrorKind::Timeout, None);
    assert_eq!(walk.settle(Err(last.clone())), Next::Failed(last));
    assert_eq!((walk.query().page, walk.progress().count), (2, 100), "what was read is kept");
    let mut walk = self::walk(100);
    for kind in [ErrorKind::NotSignedIn, ErrorKind::Throttled] {
        let refused = failure(kind, Some(7));
        assert_eq!(
            walk.settle(Err(refused.clone())),
            Next::Failed(refused),
            "who asks in the background obeys the first refusal"
        );
    }
}
