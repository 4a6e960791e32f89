use std::rc::Rc;
use std::sync::Arc;

use log_backup_panel::api::decode::{Reply, decode, decode_after};
use log_backup_panel::api::error::{ApiError, ErrorKind};
use log_backup_panel::domain::delay::Thresholds;
use log_backup_panel::domain::page::TaskPage;
use log_backup_panel::domain::query::Query;
use log_backup_panel::domain::task::keys;
use log_backup_panel::domain::time::{Clock, TimeRange, Zone, format_utc};
use log_backup_panel::state::load::{Event, Load};
use log_backup_panel::state::watch::Change;
use log_backup_panel::view::columns::Column;
use log_backup_panel::view::present::{Row, Viewer, Wording, diagnostics, journal_line, rows, to_text};
use log_backup_panel::view::texts::Locale;

use super::{VIEWER, ms};

/// A session: answers come 30 s apart, from 14:00:30 on.
struct Session {
    load: Load,
    query: Query,
    answers: i64,
}

impl Session {
    fn new() -> Self {
        Self { load: Load::default(), query: Query { cluster: "5".into(), ..Query::default() }, answers: 0 }
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
        let result = decode(&Reply { status: 200, body, ..Reply::default() });
        self.settle(result);
    }

    fn settle(&mut self, result: Result<TaskPage, ApiError>) {
        self.load.settle(Event::Asked(self.query.clone(), 0));
        let ticket = self.load.ticket();
        self.load.settle(Event::Answered { ticket, result, at: 0 });
    }

    fn journal(&self) -> Vec<String> {
        self.load.watch.journal().iter().map(|entry| journal_line(entry, &VIEWER)).collect()
    }

    fn is_stalled(&self) -> bool {
        let page = &self.load.data.as_ref().unwrap().page;
        self.load.watch.stalled_since(keys(&page.tasks)[0]).is_some()
    }
}

#[test]
fn a_running_task_whose_checkpoint_stands_still_behind_the_lag_target_is_stalled() {
    for status in ["RUNNING", "DOING"] {
        let mut session = Session::new();
        for (checkpoint, stalled) in [(-200, false), (-200, false), (-200, true), (-200, true), (-199, false)] {
            session.answer(&[("t3", status, checkpoint)]);
            assert_eq!(session.is_stalled(), stalled, "answer {}", session.answers);
        }
        assert_eq!(
            session.journal(),
            ["14:01:30 t3: stalled, the checkpoint stands still", "14:02:30 t3: the checkpoint moves again",]
        );
    }
}

#[test]
fn a_stalled_task_that_breaks_does_not_move_again() {
    for status in ["INTERRUPTED", "STOPPED", "FAILED"] {
        let mut session = Session::new();
        (0..3).for_each(|_| session.answer(&[("t3", "RUNNING", -200)]));
        session.answer(&[("t3", status, -200)]);
        assert!(!session.is_stalled());
        assert!(session.journal().iter().all(|line| !line.contains("moves again")), "{:?}", session.journal());
        assert_eq!(session.journal().len(), 2);
    }
}

#[test]
fn a_stalled_row_says_since_when_and_is_critical() {
    let mut session = Session::new();
    (0..3).for_each(|_| session.answer(&[("t3", "RUNNING", -200)]));
    let page = session.load.data.clone().unwrap().page;
    let row = rows(&page, &session.load.watch, &VIEWER).remove(0);
    let cell = &row.cells[Column::Checkpoint as usize];
    assert_eq!(cell.sub, "Stalled since 14:00:30");
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
            "14:01:30 t9: no longer listed on page 1",
            "14:01:30 t7: In progress → Interrupted",
            "14:02:30 t9: listed again on page 1",
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
    assert_eq!(
        session.journal(),
        ["14:02:30 t7: no longer listed on page 1"],
        "a failure between two answers hides nothing"
    );
}

#[test]
fn what_one_user_saw_is_not_told_to_the_next() {
    let mut session = Session::new();
    session.answer(&[("t7", "RUNNING", 0)]);
    session.answer(&[]);
    assert_eq!(session.load.watch.written(), 1);
    session.settle(Err(ApiError::without_answer(ErrorKind::NotSignedIn)));
    session.answer(&[("t7", "RUNNING", 0)]);
    assert_eq!((session.load.watch.written(), session.journal().len()), (0, 0));
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
    for turn in 0..400 {
        session.answer(&all(if turn % 2 == 0 { "STOPPED" } else { "RUNNING" }));
    }
    let watch = &session.load.watch;
    assert_eq!((watch.journal().len(), watch.written()), (200, 401));
    let sections = diagnostics(watch, session.load.data.clone().unwrap().skew, &VIEWER);
    assert_eq!(sections[0].1.last().map(String::as_str), Some(" and 201 more"));
    assert!(to_text(&sections).contains("Changes in this session\n- "));
}

#[test]
fn entries_keep_the_question_and_the_raw_status() {
    let mut session = Session::new();
    session.answer(&[("t7", "RUNNING", 0)]);
    session.answer(&[("t7", "FAILED", 0)]);
    let entry = &session.load.watch.journal()[0];
    assert_eq!(entry.query, session.query);
    assert!(matches!(&entry.change, Change::Status { from, to } if from.raw == "RUNNING" && to.raw == "FAILED"));
}

#[test]
fn rows_that_nothing_changed_are_kept_and_none_is_older_than_its_facts() {
    let mut session = Session::new();
    let mut wording = Wording::default();
    let mut last = Vec::new();
    let mut viewer = VIEWER;
    // Tenants that stand still, lag and catch up, are stopped, and have no delay but by the server's time.
    let mut show = |session: &Session, viewer: &Viewer| {
        let page = &session.load.data.as_ref().unwrap().page;
        let next = wording.rows(page, &session.load.watch, viewer);
        assert_eq!(next, rows(page, &session.load.watch, viewer), "answer {}", session.answers);
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
    for change in [
        Viewer { locale: Locale::ZhCn, ..viewer },
        Viewer { thresholds: Thresholds { lagging: 1.0, critical: 2.0 }, ..viewer },
        Viewer { zone: Zone::Fixed(0), ..viewer },
        // The browser is in another zone than it was.
        Viewer { clock: Clock { offset_minutes: |_, _| 90, ..viewer.clock }, ..viewer },
    ] {
        viewer = change;
        assert_eq!((show(&session, &viewer), show(&session, &viewer)), (0, 3), "{change:?}");
    }
}

#[test]
fn the_same_row_is_worded_anew_where_time_alone_changes_it() {
    let mut session = Session::new();
    let mut wording = Wording::default();
    let mut last = None::<Arc<TaskPage>>;
    let mut delays = Vec::new();
    let mut stalls = Vec::new();
    for turn in 0..4 {
        let now = format_utc(ms("2026-11-23T14:10:00+08:00") + turn * 30_000).unwrap();
        let row = r#"{"tenantName":"t","status":"RUNNING","checkpoint":"2026-11-23T14:00:00+08:00"}"#;
        // Its delay stays as the database told it, so the stall alone is new.
        let same = row.replace(r#""t","#, r#""u","delay":600,"#);
        let body = format!(r#"{{"data":{{"contents":[{row},{same}]}},"timestamp":"{now}"}}"#);
        let result = decode_after(&Reply { status: 200, body, ..Reply::default() }, last.as_deref());
        session.settle(result);
        let page = session.load.data.clone().unwrap().page;
        if let Some(last) = last {
            assert!(page.tasks.iter().zip(&last.tasks).all(|(now, last)| Arc::ptr_eq(now, last)), "not read again");
        }
        let [row, same] = &wording.rows(&page, &session.load.watch, &VIEWER)[..] else { panic!("two rows") };
        delays.push(row.cells[Column::Delay as usize].main.clone());
        assert_eq!(same.cells[Column::Delay as usize].main, "10 min");
        stalls.push(same.cells[Column::Checkpoint as usize].sub.clone());
        last = Some(page);
    }
    assert_eq!(delays, ["10 min", "10 min 30 s", "11 min", "11 min 30 s"]);
    assert_eq!(stalls, ["", "", "Stalled since 14:10:00", "Stalled since 14:10:00"]);
}
