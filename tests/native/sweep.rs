//! The reading of all tasks in the background: what is asked, how often, and when it is given up.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use log_backup_panel::api::error::{ApiError, ErrorKind};
use log_backup_panel::domain::page::TaskPage;
use log_backup_panel::domain::query::{MAX_PAGE_SIZE, Query};
use log_backup_panel::domain::redact::Redacted;
use log_backup_panel::domain::task::{DecodedTask, Status, Task};
use log_backup_panel::domain::time::EpochMs;
use log_backup_panel::state::history::Change;
use log_backup_panel::state::request_state::{Event, RequestState};
use log_backup_panel::state::sweep::{EVERY, Rest, Scope, Sweep};
use log_backup_panel::text::coverage::{is_all, rest, scope};

use super::{NOW, VIEWER};

/// A server with a list of tasks, and a panel that asks it, without a browser.
struct Play {
    sweep: Sweep,
    state: RequestState,
    query: Query,
    now: EpochMs,
    /// How many tasks the server lists.
    tasks: usize,
    /// The largest page that it gives.
    clamp: u32,
    /// What it says to the page of this number of a background reading.
    refusal: Option<(u32, ApiError)>,
    asked: Vec<String>,
}

/// Each task is made once: masking 20,000 names at each answer would be most of the time of these tests.
static TASKS: LazyLock<Mutex<HashMap<usize, Arc<DecodedTask>>>> = LazyLock::new(Mutex::default);

fn task(number: usize) -> Arc<DecodedTask> {
    let make = || {
        let name = Redacted::of(&format!("t{number}"));
        Arc::new(Task { tenant_name: Some(name), status: Status::read("RUNNING"), ..Task::default() }.into())
    };
    TASKS.lock().unwrap().entry(number).or_insert_with(make).clone()
}

impl Play {
    fn new(tasks: usize) -> Self {
        let query = Query { cluster: "5".into(), ..Query::default() };
        let (sweep, state) = (Sweep::default(), RequestState::default());
        Self { sweep, state, query, now: NOW, tasks, clamp: MAX_PAGE_SIZE, refusal: None, asked: Vec::new() }
    }

    fn serve(&mut self, query: &Query) -> TaskPage {
        self.asked.push(format!("{}/{}", query.page, query.size));
        let size = query.size.min(self.clamp) as usize;
        let from = (query.page as usize - 1) * size;
        let tasks = (from..self.tasks.min(from + size)).map(task).collect();
        TaskPage { tasks, total: Some(self.tasks as u64), ..TaskPage::default() }
    }

    /// A refresh: the request for the page at hand, then what the background reading wants.
    fn refresh(&mut self) -> &mut Self {
        let asked = self.sweep.request(&self.query);
        self.state.settle(Event::Sent(asked.clone(), self.now));
        let page = self.serve(&asked);
        self.sweep.answered(&asked, &page, self.now);
        self.state.settle(Event::Ended { id: self.state.id(), result: Ok(page), at: self.now });
        while self.read_on() {}
        self
    }

    /// One request of the background reading; whether there was one.
    fn read_on(&mut self) -> bool {
        let Some((query, wait)) = self.sweep.next(self.now) else { return false };
        self.now += wait;
        let refused = self.refusal.clone().filter(|(page, _)| *page == query.page);
        let page = self.serve(&query);
        let (rest, read) = self.sweep.settle(refused.map_or(Ok(page), |(_, error)| Err(error)), self.now);
        self.state.settle(Event::Rest(rest));
        if let Some(read) = read {
            self.state.settle(Event::Read(read));
        }
        true
    }

    fn wait(&mut self, ms: i64) -> &mut Self {
        self.now += ms;
        self
    }

    fn asked(&mut self) -> Vec<String> {
        std::mem::take(&mut self.asked)
    }

    fn scope(&self) -> String {
        scope(self.state.data.as_ref().unwrap(), &VIEWER)
    }

    fn is_all(&self) -> bool {
        is_all(self.state.data.as_ref().unwrap())
    }
}

#[test]
fn a_list_that_fits_the_page_costs_nothing_more() {
    let mut play = Play::new(14);
    assert_eq!(play.refresh().asked(), ["1/20"]);
    assert!(play.is_all());
    play.query.size = 5;
    assert_eq!(play.refresh().asked(), ["1/20"], "what gave all of it is asked again, whatever the page on screen");
}

#[test]
fn a_list_of_one_large_request_is_refreshed_whole() {
    let mut play = Play::new(161);
    assert_eq!(play.refresh().asked(), ["1/20", "1/2000"]);
    assert_eq!(play.scope(), "All 161 tasks");
    play.query.page = 7;
    assert_eq!(play.refresh().refresh().asked(), ["1/2000", "1/2000"]);
}

#[test]
fn a_longer_list_is_read_every_five_minutes_and_the_page_at_each_refresh() {
    let mut play = Play::new(3217);
    play.query.page = 3;
    assert_eq!(play.refresh().asked(), ["3/20", "1/2000", "2/2000"]);
    assert_eq!(play.scope(), "All 3,217 tasks");
    assert_eq!(play.wait(30_000).refresh().asked(), ["3/20"]);
    assert!(play.is_all(), "a page that comes anew makes the list no shorter");
    let data = play.state.data.as_ref().unwrap();
    assert_eq!((data.received, data.whole.unwrap().refreshed), (NOW, Some(play.now)), "each has its age");
    assert_eq!(play.wait(EVERY).refresh().asked(), ["3/20", "1/2000", "2/2000"]);
    play.sweep.demand();
    assert_eq!(play.refresh().asked().len(), 3, "or when the user asks");
}

#[test]
fn asks_politely() {
    // A refresh each 30 s, for an hour.
    for (tasks, clamp, most) in [
        (14, 2000, 121),
        (2000, 2000, 122),
        (3217, 2000, 121 + 12 * 2),
        (20_000, 2000, 121 + 12 * 10),
        (20_000, 100, 121 + 4 * 200),
    ] {
        let mut play = Play::new(tasks);
        play.clamp = clamp;
        while play.now < NOW + 3_600_000 {
            let begun = play.now;
            play.refresh();
            play.now = play.now.max(begun + 30_000);
        }
        assert!(play.asked.len() <= most, "{tasks} tasks, {clamp} a page: {} requests", play.asked.len());
        assert!(play.is_all(), "{tasks}");
    }
}

#[test]
fn the_first_refusal_ends_the_reading_and_claims_nothing() {
    for kind in [ErrorKind::Throttled, ErrorKind::Forbidden, ErrorKind::NotSignedIn] {
        let mut play = Play::new(3217);
        play.refusal = Some((2, ApiError::without_answer(kind.clone())));
        assert_eq!(play.refresh().asked(), ["1/20", "1/2000", "2/2000"], "{kind:?}");
        assert_eq!((play.is_all(), &*play.scope()), (false, "Page 1 only, of 3,217 tasks"));
        assert!(matches!(play.state.rest, Rest::Failed(_)));
        let words = rest(&play.state.rest, VIEWER.locale.texts());
        assert!(words.starts_with("Other tasks not read: "), "{words}");
        assert_eq!(play.wait(30_000).refresh().asked(), ["1/20"], "not at each refresh");
        play.refusal = None;
        play.wait(EVERY).refresh();
        assert_eq!((play.is_all(), play.state.rest.clone()), (true, Rest::Settled));
    }
}

#[test]
fn a_refusal_leaves_what_was_read_before() {
    let mut play = Play::new(3217);
    play.refresh();
    play.refusal = Some((2, ApiError::without_answer(ErrorKind::Forbidden)));
    play.wait(EVERY).refresh();
    let data = play.state.data.as_ref().unwrap();
    assert_eq!((data.page.tasks.len(), data.received), (3217, NOW), "with its age");
}

#[test]
fn a_list_that_changes_while_it_is_read_is_not_called_all() {
    let mut play = Play::new(3217);
    let asked = play.sweep.request(&play.query);
    play.state.settle(Event::Sent(asked.clone(), play.now));
    let page = play.serve(&asked);
    play.sweep.answered(&asked, &page, play.now);
    play.state.settle(Event::Ended { id: play.state.id(), result: Ok(page), at: play.now });
    assert!(play.read_on());
    play.tasks = 3300;
    while play.read_on() {}
    assert!(!play.is_all());
    assert_eq!(play.scope(), "3,300 of 3,300 tasks; the list changed while it was read, so tasks may be missing");
    play.asked();
    assert_eq!(play.wait(30_000).refresh().asked(), ["1/20"]);
    assert_eq!(play.wait(30_000).refresh().asked(), ["1/20", "1/2000", "2/2000"], "read again, once a minute at most");
    assert!(play.is_all());
}

#[test]
fn a_list_that_grows_is_noticed_at_the_next_refresh() {
    let mut play = Play::new(14);
    play.refresh().asked();
    play.tasks = 60;
    assert_eq!(play.wait(30_000).refresh().asked(), ["1/20", "1/2000"]);
    assert_eq!(play.scope(), "All 60 tasks");
    play.tasks = 2100;
    assert_eq!(play.wait(30_000).refresh().asked(), ["1/2000"], "but is not read more than once a minute");
    assert_eq!(play.wait(30_000).refresh().asked(), ["1/20", "1/2000", "2/2000"]);
    assert_eq!(play.scope(), "All 2,100 tasks");
}

#[test]
fn a_task_that_is_gone_from_the_whole_list_is_news() {
    for (tasks, why) in [(14, "one page"), (161, "one large request"), (3217, "several requests")] {
        let mut play = Play::new(tasks);
        play.refresh();
        play.tasks -= 1;
        play.wait(EVERY).refresh();
        let journal: Vec<_> =
            play.state.history.journal().iter().map(|entry| (&*entry.tasks[0], &entry.change)).collect();
        assert_eq!(journal, [(&*format!("t{}", tasks - 1), &Change::Gone { is_whole: true })], "{why}");
    }
}

#[test]
fn stops_at_twenty_thousand_and_says_so() {
    let mut play = Play::new(50_000);
    assert_eq!(play.refresh().asked().len(), 1 + 10);
    assert_eq!((play.is_all(), &*play.scope()), (false, "20,000 of 50,000 tasks"));
}

#[test]
fn a_server_that_never_ends_and_never_stays_the_same_is_not_asked_without_end() {
    let mut play = Play::new(1_000_000);
    play.clamp = 1;
    while play.now < NOW + 3_600_000 {
        let begun = play.now;
        play.tasks += 1;
        play.refresh();
        play.now = play.now.max(begun + 30_000);
    }
    assert!(play.asked.len() < 4 * 200 + 121, "{} requests in an hour", play.asked.len());
    assert!(!play.is_all());
}

#[test]
fn a_list_that_is_whole_now_and_then_is_not_read_each_time() {
    let mut play = Play::new(14);
    while play.now < NOW + 600_000 {
        let begun = play.now;
        play.tasks = if play.tasks == 14 { 1_000_000 } else { 14 };
        play.clamp = if play.tasks == 14 { 2000 } else { 1 };
        play.refresh();
        play.now = play.now.max(begun + 5000);
    }
    assert!(play.asked.len() < 121 + 200, "{} requests in ten minutes", play.asked.len());
}

#[test]
fn a_server_with_small_pages_is_read_by_its_own() {
    let mut play = Play::new(230);
    play.clamp = 100;
    assert_eq!(play.refresh().asked(), ["1/20", "1/2000", "2/2000", "3/2000"]);
    assert_eq!(play.scope(), "All 230 tasks");
    assert_eq!(play.wait(30_000).refresh().asked(), ["1/20"]);
}

#[test]
fn another_list_ends_the_reading_of_this_one() {
    let mut play = Play::new(3217);
    let asked = play.sweep.request(&play.query);
    let page = play.serve(&asked);
    play.sweep.answered(&asked, &page, play.now);
    assert!(play.sweep.next(play.now).is_some());
    play.query.cluster = "7".into();
    assert_eq!(play.sweep.request(&play.query).cluster, "7");
    assert_eq!(play.sweep.next(play.now), None);
}

#[test]
fn the_host_may_want_one_page_only() {
    let mut play = Play::new(3217);
    play.sweep.set_scope(Scope::Page);
    play.state.settle(Event::Scoped(Scope::Page));
    assert_eq!(play.refresh().refresh().asked(), ["1/20", "1/20"]);
    assert_eq!(play.scope(), "Page 1 only, of 3,217 tasks");
}

#[test]
fn a_wait_goes_on_after_a_refresh_came_in_between() {
    let mut play = Play::new(3217);
    let asked = play.sweep.request(&play.query);
    let page = play.serve(&asked);
    play.sweep.answered(&asked, &page, play.now);
    _ = play.sweep.settle(Err(ApiError::without_answer(ErrorKind::Timeout)), play.now);
    assert_eq!(play.sweep.next(play.now).unwrap().1, 2000);
    assert_eq!(play.sweep.next(play.now + 1500).unwrap().1, 500);
    play.sweep.clock_set(-3_600_000);
    assert_eq!(play.sweep.next(play.now - 3_600_000).unwrap().1, 2000, "a clock that is set changes no wait");
}
