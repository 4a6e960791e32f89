use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use log_backup_panel::api::decode::{HttpResponse, decode, decode_after};
use log_backup_panel::api::error::{ApiError, ErrorKind};
use log_backup_panel::domain::delay::Thresholds;
use log_backup_panel::domain::page::TaskPage;
use log_backup_panel::domain::query::Query;
use log_backup_panel::domain::redact::Redacted;
use log_backup_panel::domain::task::{Status, Task, keys};
use log_backup_panel::domain::time::{Clock, TimeRange, Zone, format_utc};
use log_backup_panel::state::history::{Change, History};
use log_backup_panel::state::request_state::{Event, RequestState};
use log_backup_panel::text::columns::Column;
use log_backup_panel::text::diagnostics::{diagnostics, to_text};
use log_backup_panel::text::journal::journal_line;
use log_backup_panel::text::locale::Locale;
use log_backup_panel::text::rows::{Row, RowCache, rows};
use log_backup_panel::text::viewer::Viewer;

use super::{CLOCK, ms};

/// Who looks on that day.
const VIEWER: Viewer = Viewer { clock: Clock { now: || ms("2026-11-23T14:30:00+08:00"), ..CLOCK }, ..super::VIEWER };

/// A session: responses come 30 s apart, from 14:00:30 on.
struct Session {
    state: RequestState,
    query: Query,
    answers: i64,
}

impl Session {
    fn new() -> Self {
        Self { state: RequestState::default(), query: Query { cluster: "5".into(), ..Query::default() }, answers: 0 }
    }

    /// `tasks` are of tenant, status, and the seconds after 14:00 at which the checkpoint stands.
    fn answer(&mut self, tasks: &[(&str, &str, i64)]) {
        self.answers += 1;
        let begun = ms("2026-11-23T14:00:00+08:00");
        let time = |seconds: i64| format_utc(begun + seconds * 1000).unwrap();
        let now = self.answers * 30;
        let row = |(tenant, status, checkpoint): &(&str, &str, i64)| {
            let (stamp, delay) = (time(*checkpoint), now - checkpoint);
            format!(r#"{{"tenantName":"{tenant}","status":"{status}","checkpoint":"{stamp}","delay":{delay}}}"#)
        };
        let rows = tasks.iter().map(row).collect::<Vec<_>>().join(",");
        let body = format!(
            r#"{{"data":{{"contents":[{rows}],"page":{{"totalElements":0}}}},"successful":true,"timestamp":"{}"}}"#,
            time(now)
        );
        let result = decode(&HttpResponse { status: 200, body, ..HttpResponse::default() });
        self.settle(result);
    }

    fn settle(&mut self, result: Result<TaskPage, ApiError>) {
        self.state.settle(Event::Sent(self.query.clone(), 0));
        let id = self.state.id();
        self.state.settle(Event::Ended { id, result, at: 0 });
    }

    fn journal(&self) -> Vec<String> {
        self.state.history.journal().iter().map(|entry| journal_line(entry, &VIEWER)).collect()
    }

    fn is_stalled(&self) -> bool {
        let page = &self.state.data.as_ref().unwrap().page;
        self.state.history.stalled_since(keys(&page.tasks)[0], &page.tasks[0]).is_some()
    }
}

#[test]
fn a_running_task_whose_checkpoint_stands_still_behind_the_lag_target_is_stalled() {
    for status in ["RUNNING", "DOING"] {
        let mut session = Session::new();
        let still = [false, false, false, false, false, true, true].map(|stalled| (-200, stalled));
        for (checkpoint, stalled) in still.into_iter().chain([(-199, false)]) {
            session.answer(&[("t3", status, checkpoint)]);
            assert_eq!(session.is_stalled(), stalled, "answer {}", session.answers);
        }
        assert_eq!(
            session.journal(),
            ["14:03:00 t3: stalled: the checkpoint does not advance", "14:04:00 t3: the checkpoint advances again",]
        );
    }
}

#[test]
fn a_stalled_task_that_breaks_does_not_move_again() {
    for status in ["INTERRUPTED", "STOPPED", "FAILED"] {
        let mut session = Session::new();
        (0..6).for_each(|_| session.answer(&[("t3", "RUNNING", -200)]));
        session.answer(&[("t3", status, -200)]);
        assert!(!session.is_stalled());
        assert!(session.journal().iter().all(|line| !line.contains("advances again")), "{:?}", session.journal());
        assert_eq!(session.journal().len(), 2);
    }
}

#[test]
fn a_stalled_row_says_since_when_and_is_critical() {
    let mut session = Session::new();
    (0..6).for_each(|_| session.answer(&[("t3", "RUNNING", -200)]));
    let page = session.state.data.clone().unwrap().page;
    let row = rows(&page, &session.state.history, &VIEWER).remove(0);
    let cell = &row.cells[Column::Checkpoint as usize];
    let since = "Stalled since 13:56:40";
    assert_eq!((&*cell.note, &*cell.sub), (since, since), "the checkpoint's time, and not the first answer's");
    let status = &row.cells[Column::Status as usize];
    assert_eq!((&*status.main, status.tone), ("In progress · stalled", Some(row.tone)));
    assert_eq!(row.tone, log_backup_panel::domain::task::Tone::Critical);
}

#[test]
fn the_saw_tooth_of_a_healthy_stream_is_not_stalled() {
    let mut session = Session::new();
    for _ in 0..4 {
        session.answer(&[("t3", "RUNNING", 0)]);
        assert!(!session.is_stalled(), "up to 120 s behind is the archive lag target");
    }
    session.answer(&[("t3", "RUNNING", 145)]);
    assert!(!session.is_stalled());
}

#[test]
fn a_saw_tooth_over_a_constant_delay_is_not_stalled_however_often_it_is_asked() {
    let mut session = Session::new();
    // Two minutes from one checkpoint to the next, 200 s behind and more.
    for answer in 1..=40 {
        session.answer(&[("t3", "RUNNING", answer * 30 / 120 * 120 - 200)]);
        assert!(!session.is_stalled(), "answer {answer}");
    }
    assert!(session.journal().is_empty(), "{:?}", session.journal());
}

#[test]
fn what_was_seen_of_a_task_is_not_told_of_it_once_its_checkpoint_is_another() {
    let mut session = Session::new();
    (0..6).for_each(|_| session.answer(&[("t3", "RUNNING", -200)]));
    assert!(session.is_stalled());
    let page = session.state.data.clone().unwrap().page;
    // As when all pages are read an hour later.
    let moved = Task { checkpoint: None, ..Task::clone(&page.tasks[0]) };
    let key = keys(&page.tasks)[0];
    assert_eq!(session.state.history.stalled_since(key, &moved), None);
    let stopped = Task { status: Status::read("STOPPED"), ..Task::clone(&page.tasks[0]) };
    assert_eq!(session.state.history.stalled_since(key, &stopped), None, "nor of one that is not to move any more");
    assert!(session.state.history.samples(key, &moved).is_none());
}

#[test]
fn what_was_seen_of_one_cluster_is_not_told_of_another() {
    let mut session = Session::new();
    session.answer(&[("t7", "RUNNING", 0)]);
    session.answer(&[("t7", "FAILED", 0)]);
    assert_eq!(session.state.history.written(), 1);
    session.query.cluster = "6".into();
    session.answer(&[("t7", "RUNNING", -60)]);
    assert!(session.journal().is_empty(), "{:?}", session.journal());
    assert_eq!(session.state.history.written(), 1, "who has read the first has not read the second");
    session.answer(&[("t7", "FAILED", 0)]);
    assert_eq!(session.state.history.written(), 2);
}

#[test]
fn failures_are_remembered_with_what_support_asks_for() {
    let mut session = Session::new();
    for turn in 0..30 {
        let mut error = ApiError { http_status: Some(500), ..ApiError::without_answer(ErrorKind::Server) };
        error.ocp.trace_id = Some(Redacted::of(&format!("t-{turn}")));
        session.settle(Err(error));
    }
    session.answer(&[("t7", "RUNNING", 0)]);
    let sections = diagnostics(&session.state.history, session.state.data.clone().unwrap().skew, &VIEWER);
    let (title, lines) = &sections[1];
    assert_eq!((*title, lines.len()), ("Failed requests in this session", 20));
    assert_eq!(lines[0], "1970-01-01 08:00:00 OCP reported an internal error · Trace ID: t-29 · HTTP status: 500");
}

#[test]
fn where_the_checkpoint_is_meant_to_stand_still_nothing_is_stalled() {
    for status in ["STOPPED", "SUSPENDED", "INTERRUPTED", "", "WHATEVER"] {
        let mut session = Session::new();
        (0..9).for_each(|_| session.answer(&[("t3", status, -9000)]));
        assert!(!session.is_stalled() && session.journal().is_empty(), "{status}");
    }
}

#[test]
fn a_change_of_status_and_a_task_that_is_gone_are_noted() {
    let mut session = Session::new();
    session.answer(&[("t7", "RUNNING", 0), ("t9", "RUNNING", 0)]);
    session.answer(&[("t9", "RUNNING", 30), ("t7", "RUNNING", 30)]);
    assert!(session.journal().is_empty(), "reordered is not changed");
    session.answer(&[("t7", "INTERRUPTED", 30)]);
    session.answer(&[("t7", "INTERRUPTED", 30)]);
    session.answer(&[("t9", "RUNNING", 100), ("t7", "ODD", 29)]);
    assert_eq!(
        session.journal(),
        [
            "14:01:30 t9: no longer listed",
            "14:01:30 t7: In progress → Interrupted",
            "14:02:30 t9: listed again",
            "14:02:30 t7: checkpoint moved backwards",
            "14:02:30 t7: Interrupted → Unknown (ODD)",
        ]
    );
}

#[test]
fn another_question_is_not_compared_and_a_failure_is_no_answer() {
    let mut session = Session::new();
    session.answer(&[("t7", "RUNNING", 0)]);
    session.settle(Err(ApiError::without_answer(ErrorKind::Unreachable)));
    session.query.page = 2;
    session.answer(&[("t8", "RUNNING", 0)]);
    session.query.range = TimeRange::Between { start: 0, end: 1 };
    session.answer(&[]);
    assert!(session.journal().is_empty(), "{:?}", session.journal());
    session.query = Query { cluster: "5".into(), ..Query::default() };
    session.answer(&[("t7", "FAILED", 0)]);
    session.settle(Err(ApiError::without_answer(ErrorKind::Server)));
    session.answer(&[]);
    assert_eq!(session.journal(), ["14:02:30 t7: no longer listed"], "a failure between two answers hides nothing");
}

#[test]
fn what_one_user_saw_is_not_told_to_the_next() {
    let mut session = Session::new();
    session.answer(&[("t7", "RUNNING", 0)]);
    session.answer(&[]);
    assert_eq!(session.state.history.written(), 1);
    session.settle(Err(ApiError::without_answer(ErrorKind::NotSignedIn)));
    session.answer(&[("t7", "RUNNING", 0)]);
    assert!(session.journal().is_empty() && session.state.history.failures().is_empty());
}

#[test]
fn the_journal_of_a_wild_server_is_short_and_counts_what_it_dropped() {
    let mut session = Session::new();
    let names: Vec<_> = (0..50).map(|index| format!("t{index}")).collect();
    let all = |status: &'static str| names.iter().map(|name| (name.as_str(), status, 0)).collect::<Vec<_>>();
    session.answer(&all("RUNNING"));
    session.answer(&all("FAILED"));
    assert_eq!(session.journal().len(), 1);
    assert!(
        session.journal()[0].contains("t0, t1, t2")
            && session.journal()[0].contains(" and 40 more: In progress → Failed")
    );
    for turn in 0..210 {
        session.answer(&all(if turn % 2 == 0 { "STOPPED" } else { "RUNNING" }));
    }
    let history = &session.state.history;
    assert_eq!((history.journal().len(), history.written()), (200, 211));
    let sections = diagnostics(history, session.state.data.clone().unwrap().skew, &VIEWER);
    assert_eq!(sections[0].1.last().map(String::as_str), Some("… and 11 more"));
    assert!(to_text(&sections).contains("Changes in this session\n- "));
}

#[test]
fn the_journal_tells_how_many_of_its_entries_are_new_to_the_user() {
    let mut session = Session::new();
    let turn = |session: &mut Session, times: i64| {
        for _ in 0..times {
            let status = if session.answers % 2 == 0 { "RUNNING" } else { "FAILED" };
            session.answer(&[("t7", status, 0)]);
        }
        session.state.history.unread()
    };
    assert_eq!((turn(&mut session, 1), turn(&mut session, 3)), (0, 3));
    session.state.settle(Event::JournalRead);
    assert_eq!((session.state.history.unread(), turn(&mut session, 2)), (0, 2));
    assert_eq!((turn(&mut session, 230), session.state.history.dropped()), (232, 35), "with those that gave way");
    // What is forgotten is not new, but what was read before stays read.
    session.query.cluster = "6".into();
    assert_eq!((turn(&mut session, 1), turn(&mut session, 1)), (0, 1));
    let written = session.state.history.written();
    session.state.settle(Event::Forget);
    assert_eq!((session.state.history.unread(), session.state.history.written()), (0, written));
}

#[test]
fn of_more_than_five_thousand_tasks_those_of_the_last_page_are_remembered() {
    let page = |from: usize, to: usize| {
        let task = |n: usize| Task { tenant_name: Some(Redacted::of(&format!("t{n}"))), ..Task::default() };
        TaskPage { tasks: (from..to).map(|n| Arc::new(task(n).into())).collect(), ..TaskPage::default() }
    };
    for (count, is_remembered) in [(2500, true), (2501, false)] {
        let mut history = History::default();
        let pages = [page(0, 2500), page(2500, 2500 + count)];
        for (page, number) in pages.iter().zip(1..) {
            history.observe(page, &Query { page: number, ..Query::default() }, None, 0);
        }
        let [first, last] = pages
            .each_ref()
            .map(|page| page.keyed().map(|(key, task)| history.samples(key, task).is_some()).collect::<BTreeSet<_>>());
        assert_eq!((first, last), (BTreeSet::from([is_remembered]), BTreeSet::from([true])), "{count}");
    }
}

#[test]
fn entries_keep_the_question_and_the_raw_status() {
    let mut session = Session::new();
    session.answer(&[("t7", "RUNNING", 0)]);
    session.answer(&[("t7", "FAILED", 0)]);
    let entry = &session.state.history.journal()[0];
    assert_eq!(entry.query, session.query);
    let Change::Differs(difference) = &entry.change else { panic!("{:?}", entry.change) };
    let (from, to) = difference.status.clone().unwrap();
    assert_eq!((&*from.raw, &*to.raw), ("RUNNING", "FAILED"));
}

#[test]
fn rows_that_nothing_changed_are_kept_and_none_is_older_than_its_facts() {
    let mut session = Session::new();
    let mut wording = RowCache::default();
    let mut last = Vec::new();
    let mut viewer = VIEWER;
    // Tenants that stand still, lag and catch up, are stopped, and have no delay but by the server's time.
    let mut show = |session: &Session, viewer: &Viewer| {
        let page = &session.state.data.as_ref().unwrap().page;
        let next = wording.rows(page, &session.state.history, viewer);
        assert_eq!(next, rows(page, &session.state.history, viewer), "answer {}", session.answers);
        let is_kept = |row: &&Row| last.iter().any(|last: &Row| Rc::ptr_eq(&last.cells, &row.cells));
        let kept = next.iter().filter(is_kept).count();
        last = next;
        kept
    };
    for turn in 0..20 {
        let behind = 5000 - turn * 200;
        session.answer(&[("still", "RUNNING", -200), ("behind", "RUNNING", turn * 30 - behind), ("idle", "", 0)]);
        assert_eq!(show(&session, &viewer), 0, "each delay moves");
    }
    assert_eq!(show(&session, &viewer), 3);
    let summer = |_, at| if at < ms("2026-08-01T00:00:00Z") { 30 } else { 90 };
    for change in [
        Viewer { locale: Locale::ZhCn, ..viewer },
        Viewer { thresholds: Thresholds { lagging: 1.0, critical: 2.0 }, ..viewer },
        Viewer { zone: Zone::Fixed(0), ..viewer },
        // The browser is in another zone than it was.
        Viewer { clock: Clock { offset_minutes: |_, _| 90, ..viewer.clock }, ..viewer },
        // It is in one that set its clocks in summer.
        Viewer { clock: Clock { offset_minutes: summer, ..viewer.clock }, ..viewer },
    ] {
        viewer = change;
        assert_eq!((show(&session, &viewer), show(&session, &viewer)), (0, 3), "{change:?}");
    }
}

#[test]
fn the_same_row_is_worded_anew_where_time_alone_changes_it() {
    let mut session = Session::new();
    let mut wording = RowCache::default();
    let mut last = None::<Arc<TaskPage>>;
    let mut delays = Vec::new();
    let mut stalls = Vec::new();
    for turn in 0..7 {
        let now = format_utc(ms("2026-11-23T14:10:00+08:00") + turn * 30_000).unwrap();
        let row = r#"{"tenantName":"t","status":"RUNNING","checkpoint":"2026-11-23T14:00:00+08:00"}"#;
        // Its delay stays as the database told it, so the stall alone is new.
        let same = row.replace(r#""t","#, r#""u","delay":600,"#);
        let body = format!(r#"{{"data":{{"contents":[{row},{same}]}},"timestamp":"{now}"}}"#);
        let result = decode_after(&HttpResponse { status: 200, body, ..HttpResponse::default() }, last.as_deref());
        session.settle(result);
        let page = session.state.data.clone().unwrap().page;
        if let Some(last) = last {
            assert!(page.tasks.iter().zip(&last.tasks).all(|(now, last)| Arc::ptr_eq(now, last)), "not read again");
        }
        let [row, same] = &wording.rows(&page, &session.state.history, &VIEWER)[..] else { panic!("two rows") };
        delays.push(row.cells[Column::Delay as usize].main.clone());
        assert_eq!(same.cells[Column::Delay as usize].main, "10 min");
        stalls.push(same.cells[Column::Checkpoint as usize].sub.clone());
        last = Some(page);
    }
    assert_eq!(delays[..4], ["10 min", "10 min 30 s", "11 min", "11 min 30 s"]);
    assert_eq!(stalls[3..], ["", "", "Stalled since 14:00:00", "Stalled since 14:00:00"]);
}
