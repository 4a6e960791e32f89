use log_backup_panel::api::decode::{HttpResponse, decode};
use log_backup_panel::api::error::{ApiError, ErrorKind, Oddity};
use log_backup_panel::domain::redact::Redacted;
use log_backup_panel::domain::task::Status;
use log_backup_panel::domain::time::{EpochMs, TimeRange};
use log_backup_panel::state::refresh::{
    DEFAULT_SECONDS, Due, Refresh, RequestOutcome, SLOW, Stop, TIMEOUT, is_in_transition,
};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
/// In the middle of every jitter.
const MIDDLE: f64 = 0.5;
const GOOD: RequestOutcome<'_> = RequestOutcome::Succeeded { in_transition: false };

fn failure(kind: ErrorKind) -> ApiError {
    ApiError::without_answer(kind)
}

/// A machine with a virtual clock.
struct Play {
    refresh: Refresh,
    now: EpochMs,
}

impl Play {
    fn new() -> Self {
        Self { refresh: Refresh::new(30, 0), now: 0 }
    }

    fn ended(&mut self, outcome: RequestOutcome<'_>) {
        self.refresh.ended(outcome, TimeRange::All, self.now, MIDDLE);
    }

    /// Lets time pass second by second until something is due, for an hour at the most.
    fn until_due(&mut self) -> Option<(i64, Due)> {
        let begun = self.now;
        while self.now - begun < HOUR {
            self.now += SECOND;
            if let Some(due) = self.refresh.take_due(self.now) {
                return Some(((self.now - begun) / SECOND, due));
            }
        }
        None
    }
}

#[test]
fn asks_again_thirty_seconds_after_each_answer() {
    let mut play = Play::new();
    for _ in 0..3 {
        play.ended(GOOD);
        assert_eq!(play.until_due(), Some((30, Due::Poll)));
        assert_eq!(play.refresh.take_due(play.now), None, "once, until that is answered");
    }
}

#[test]
fn it_is_automatic_unless_paused_turned_off_or_the_range_is_past() {
    let mut play = Play::new();
    let past = TimeRange::Between { start: 0, end: 10 };
    let is_automatic = |play: &Play, range| play.refresh.is_automatic(range, 20);
    assert!(is_automatic(&play, TimeRange::All), "also while nothing is due, as a request is under way");
    assert!(!is_automatic(&play, past));
    play.refresh.pause(true, 20);
    assert!(!is_automatic(&play, TimeRange::All));
    play.refresh.pause(false, 20);
    play.refresh.set_seconds(0);
    assert!(!is_automatic(&play, TimeRange::All));
    assert_eq!(play.refresh.seconds(), 0);
}

#[test]
fn it_is_hurried_while_a_task_is_in_transition() {
    let mut play = Play::new();
    assert!(!play.refresh.is_hurried(0));
    play.ended(RequestOutcome::Succeeded { in_transition: true });
    assert!(play.refresh.is_hurried(SECOND));
    assert!(!play.refresh.is_hurried(HOUR), "not for ever");
    assert_eq!(play.refresh.seconds(), 30, "the interval stays");
    play.refresh.set_seconds(5);
    assert!(!play.refresh.is_hurried(SECOND), "it asks every 5 s anyway");
}

#[test]
fn jitter_is_ten_percent_each_way() {
    for (random, wait) in [(0.0, 27_000), (0.5, 30_000), (1.0, 33_000)] {
        let mut refresh = Refresh::new(30, 0);
        refresh.ended(GOOD, TimeRange::All, 0, random);
        assert_eq!(refresh.next(0), Some((wait, Due::Poll)));
    }
}

#[test]
fn an_interval_is_at_least_five_seconds_and_zero_is_never() {
    for (seconds, next) in [(1, Some((5000, Due::Poll))), (60, Some((60_000, Due::Poll))), (0, None)] {
        let mut refresh = Refresh::new(seconds, 0);
        refresh.ended(GOOD, TimeRange::All, 0, MIDDLE);
        assert_eq!(refresh.next(0), next);
    }
}

#[test]
fn a_range_in_the_past_is_not_asked_again_and_one_that_reaches_now_is() {
    for (end, polls) in [(999, false), (1001, true)] {
        let mut refresh = Refresh::new(30, 1000);
        refresh.ended(GOOD, TimeRange::Between { start: 0, end }, 1000, MIDDLE);
        assert_eq!(refresh.next(1000).is_some(), polls);
    }
}

#[test]
fn asks_every_five_seconds_while_a_task_is_on_its_way_but_not_for_ever() {
    let mut play = Play::new();
    let moving = RequestOutcome::Succeeded { in_transition: true };
    play.ended(moving);
    assert_eq!(play.until_due(), Some((5, Due::Poll)));
    while play.now < 10 * MINUTE {
        play.ended(moving);
        play.until_due();
    }
    play.ended(moving);
    assert_eq!(play.until_due(), Some((30, Due::Poll)));
    play.ended(GOOD);
    play.until_due();
    play.ended(moving);
    assert_eq!(play.until_due(), Some((5, Due::Poll)), "the next one on its way counts anew");
}

#[test]
fn retries_three_times_with_growing_delays_and_after_ten_minutes_widens_the_cadence_to_five_minutes() {
    let mut play = Play::new();
    let error = failure(ErrorKind::Unreachable);
    let down = RequestOutcome::Failed(&error);
    let mut waits = Vec::new();
    while play.now < 30 * MINUTE {
        let is_early = play.now < 10 * MINUTE;
        play.refresh.input(play.now);
        play.ended(down);
        let wait = play.until_due().unwrap();
        assert!(!is_early || wait.0 <= 30, "{wait:?}");
        if !is_early {
            waits.push(wait);
        }
    }
    let retries: Vec<_> = waits.iter().filter(|(_, due)| *due == Due::Retry).map(|(wait, _)| *wait).collect();
    assert_eq!(retries.first_chunk::<3>(), Some(&[1, 2, 4]), "{waits:?}");
    let polls: Vec<_> = waits.iter().filter(|(_, due)| *due == Due::Poll).map(|(wait, _)| *wait).collect();
    assert_eq!(polls, [60, 120, 240, 300, 300, 300]);
    play.ended(GOOD);
    assert_eq!(play.until_due(), Some((30, Due::Poll)), "one answer and all is as before");
}

#[test]
fn full_jitter_reaches_from_zero_to_the_whole_delay() {
    for (random, wait) in [(0.0, 0), (1.0, 2000)] {
        let mut refresh = Refresh::new(30, 0);
        refresh.ended(RequestOutcome::Failed(&failure(ErrorKind::Server)), TimeRange::All, 0, random);
        assert_eq!(refresh.next(0), Some((wait, Due::Retry)));
    }
}

#[test]
fn a_throttled_retry_never_comes_before_the_server_allows_it() {
    let mut play = Play::new();
    for kind in [ErrorKind::Throttled, ErrorKind::Server] {
        play.ended(RequestOutcome::Failed(&ApiError { retry_after: Some(17), ..failure(kind) }));
        assert_eq!(play.until_due(), Some((17, Due::Retry)));
    }
}

#[test]
fn what_does_not_pass_by_itself_is_not_retried() {
    for kind in [
        ErrorKind::Refused,
        ErrorKind::BadRequest,
        ErrorKind::Forbidden,
        ErrorKind::NoSuchCluster,
        ErrorKind::Blocked(Oddity::Html),
    ] {
        let mut play = Play::new();
        play.ended(RequestOutcome::Failed(&failure(kind.clone())));
        assert_eq!(play.until_due(), Some((60, Due::Poll)), "{kind:?}");
    }
}

#[test]
fn the_end_of_an_outage_is_noticed_within_thirty_seconds_during_its_first_ten_minutes() {
    let kinds = [ErrorKind::Gateway, ErrorKind::Timeout, ErrorKind::NotOcp(Oddity::Html), ErrorKind::WrongPath];
    for kind in kinds {
        let error = failure(kind);
        for (seconds, random) in [(5, 1.0), (30, 0.0), (30, 1.0), (60, 1.0), (3600, 1.0)] {
            let mut refresh = Refresh::new(seconds, 0);
            let (mut now, mut widest) = (0, 0);
            while now < 10 * MINUTE {
                refresh.ended(RequestOutcome::Failed(&error), TimeRange::All, now, random);
                let (wait, _) = refresh.next(now).unwrap();
                assert!(wait <= 29 * SECOND, "{error:?} after {now}: {wait}");
                (now, widest) = (now + wait.max(1), widest.max(wait));
            }
            assert!(widest >= 20 * SECOND, "a server in trouble is not asked as often as one that is well: {widest}");
        }
    }
    // The server may still ask for more, and a new outage is early again.
    let mut refresh = Refresh::new(30, 0);
    let asked = ApiError { retry_after: Some(120), ..failure(ErrorKind::Gateway) };
    refresh.ended(RequestOutcome::Failed(&asked), TimeRange::All, 0, MIDDLE);
    assert_eq!(refresh.next(0), Some((120 * SECOND, Due::Retry)));
    let error = failure(ErrorKind::WrongPath);
    refresh.ended(RequestOutcome::Failed(&error), TimeRange::All, 20 * MINUTE, MIDDLE);
    assert!(refresh.next(20 * MINUTE).unwrap().0 > 30 * SECOND);
    refresh.clock_set(-5 * MINUTE);
    refresh.ended(GOOD, TimeRange::All, 20 * MINUTE, MIDDLE);
    refresh.ended(RequestOutcome::Failed(&error), TimeRange::All, 21 * MINUTE, MIDDLE);
    assert!(refresh.next(21 * MINUTE).unwrap().0 <= 30 * SECOND);
}

#[test]
fn of_the_http_statuses_those_that_may_pass_are_retried() {
    let retried = |status: u16| {
        let error = decode(&HttpResponse { status, ..HttpResponse::default() }).unwrap_err();
        let mut play = Play::new();
        play.ended(RequestOutcome::Failed(&error));
        play.until_due().is_some_and(|(_, due)| due == Due::Retry)
    };
    for status in [408, 425, 429, 500, 502, 503, 504] {
        assert!(retried(status), "{status}");
    }
    for status in [0, 200, 204, 304, 400, 401, 403, 404, 405, 409, 410, 418, 422, 501, 505, 511] {
        assert!(!retried(status), "{status}");
    }
}

#[test]
fn a_sign_out_stops_everything_until_the_user_acts() {
    let mut play = Play::new();
    play.ended(RequestOutcome::Failed(&failure(ErrorKind::NotSignedIn)));
    assert_eq!((play.until_due(), play.refresh.stop()), (None, Some(Stop::SignedOut)));
    play.refresh.requested(play.now);
    play.ended(GOOD);
    assert_eq!(play.until_due(), Some((30, Due::Poll)));
}

#[test]
fn a_cluster_that_can_not_be_asked_for_is_not_asked_for() {
    let mut play = Play::new();
    play.ended(RequestOutcome::Failed(&failure(ErrorKind::InvalidCluster(Redacted::default()))));
    assert_eq!(play.until_due(), None);
}

#[test]
fn a_hidden_page_is_silent_and_asks_once_when_it_is_shown_late() {
    let mut play = Play::new();
    play.ended(GOOD);
    play.refresh.hide(true, play.now);
    assert_eq!(play.refresh.take_due(2 * HOUR), None);
    play.refresh.hide(false, 2 * HOUR);
    assert_eq!(play.refresh.take_due(2 * HOUR), Some(Due::Poll), "who shows it is there");
    assert_eq!(play.refresh.take_due(2 * HOUR), None);
    play.now = 2 * HOUR;
    play.ended(GOOD);
    play.refresh.hide(true, play.now);
    play.refresh.hide(false, play.now);
    assert_eq!(play.refresh.take_due(play.now + SECOND), None, "shown early it waits for its time");
}

#[test]
fn a_laptop_that_slept_asks_at_its_first_tick() {
    let mut play = Play::new();
    play.ended(GOOD);
    assert_eq!(play.refresh.take_due(SECOND), None);
    assert_eq!(play.refresh.take_due(8 * HOUR), Some(Due::Poll), "the time asleep is not time without anybody");
}

#[test]
fn a_tick_a_minute_as_browsers_give_to_what_is_not_looked_at_is_no_sleep() {
    let mut refresh = Refresh::new(30, 0);
    for minute in 0..=30 {
        assert_eq!(refresh.stop(), None, "minute {minute}");
        refresh.ended(GOOD, TimeRange::All, minute * MINUTE - 40 * SECOND, MIDDLE);
        refresh.take_due(minute * MINUTE);
    }
    assert_eq!(refresh.stop(), Some(Stop::Unattended));
}

#[test]
fn nobody_there_for_thirty_minutes_ends_it_and_says_so() {
    let mut play = Play::new();
    for minute in 0..30 {
        play.now = minute * MINUTE;
        play.ended(GOOD);
        (0..60).for_each(|second| _ = play.refresh.take_due(play.now + second * SECOND));
        assert_eq!(play.refresh.stop(), None, "minute {minute}");
    }
    play.ended(GOOD);
    assert_eq!(play.refresh.take_due(30 * MINUTE), None);
    assert_eq!(play.refresh.stop(), Some(Stop::Unattended));
    play.refresh.requested(31 * MINUTE);
    play.now = 31 * MINUTE;
    play.ended(GOOD);
    assert_eq!(play.until_due(), Some((30, Due::Poll)));
}

#[test]
fn an_alarm_goes_on_in_the_background_and_without_anybody() {
    let mut play = Play::new();
    play.refresh.set_unattended(true, 0);
    play.refresh.hide(true, 0);
    for _ in 0..300 {
        play.ended(GOOD);
        assert_eq!(play.until_due(), Some((30, Due::Poll)));
    }
    play.refresh.pause(true, play.now);
    play.ended(GOOD);
    assert_eq!(play.until_due(), None, "but not when the user paused it");
    play.refresh.pause(false, play.now);
    play.refresh.set_unattended(false, play.now);
    assert_eq!(play.until_due(), None, "nor once that is over, while the page is hidden");
}

#[test]
fn an_alarm_that_is_switched_on_late_wakes_what_had_stopped() {
    let mut refresh = Refresh::new(30, 0);
    refresh.ended(GOOD, TimeRange::All, 30 * MINUTE, MIDDLE);
    (0..60).for_each(|second| _ = refresh.take_due(30 * MINUTE + second * SECOND));
    assert_eq!(refresh.stop(), Some(Stop::Unattended));
    refresh.set_unattended(true, 31 * MINUTE);
    assert_eq!((refresh.stop(), refresh.take_due(31 * MINUTE)), (None, Some(Due::Poll)));
}

#[test]
fn an_alarm_keeps_an_eye_on_a_range_in_the_past_too() {
    let past = TimeRange::Between { start: 0, end: 1 };
    let mut refresh = Refresh::new(30, HOUR);
    refresh.ended(GOOD, past, HOUR, MIDDLE);
    assert_eq!(refresh.next(HOUR), None);
    refresh.set_unattended(true, HOUR);
    assert_eq!(refresh.take_due(HOUR), Some(Due::Poll));
    refresh.ended(GOOD, past, HOUR, MIDDLE);
    assert_eq!(refresh.next(HOUR), Some((30 * SECOND, Due::Poll)));
    let mut never = Refresh::new(0, 0);
    never.set_unattended(true, 0);
    assert_eq!(never.next(0), None, "not where the embedder turned it off");
}

#[test]
fn a_clock_that_is_set_back_silences_nothing() {
    let mut refresh = Refresh::new(30, 10 * HOUR);
    refresh.ended(GOOD, TimeRange::All, 10 * HOUR, MIDDLE);
    assert_eq!(refresh.take_due(10 * HOUR + 10 * SECOND), None);
    // Back by eight hours, as where one system of a machine keeps the other's time.
    refresh.clock_set(-8 * HOUR);
    assert_eq!(refresh.next(2 * HOUR + 10 * SECOND), Some((20 * SECOND, Due::Poll)), "as far away as it was");
    assert_eq!(refresh.take_due(2 * HOUR + 30 * SECOND), Some(Due::Poll));
    assert_eq!(refresh.stop(), None);
}

#[test]
fn a_clock_that_is_set_back_makes_no_wait_longer_or_shorter() {
    let moving = RequestOutcome::Succeeded { in_transition: true };
    let mut refresh = Refresh::new(30, 10 * HOUR);
    refresh.ended(moving, TimeRange::All, 10 * HOUR, MIDDLE);
    refresh.clock_set(-8 * HOUR);
    for (at, wait) in [(2 * HOUR + 9 * MINUTE, 5), (2 * HOUR + 10 * MINUTE, 30)] {
        refresh.ended(moving, TimeRange::All, at, MIDDLE);
        assert_eq!(refresh.next(at), Some((wait * SECOND, Due::Poll)), "a task in transition for ten minutes");
    }
    // The last input was at 10:00 by the old clock, so at 02:00 by the new one.
    let ticks = (0..30 * 60).find(|second| {
        refresh.take_due(2 * HOUR + second * SECOND);
        refresh.ended(GOOD, TimeRange::All, 2 * HOUR + (second - 40) * SECOND, MIDDLE);
        refresh.stop().is_some()
    });
    assert_eq!(ticks, None, "nobody is there for less than thirty minutes");
    assert_eq!(refresh.take_due(2 * HOUR + 30 * MINUTE), None);
    assert_eq!(refresh.stop(), Some(Stop::Unattended));
}

#[test]
fn the_interval_changes_with_the_next_response_and_zero_drops_all_but_a_retry() {
    let mut play = Play::new();
    play.ended(GOOD);
    play.refresh.set_seconds(60);
    assert_eq!(play.until_due(), Some((30, Due::Poll)));
    play.ended(GOOD);
    assert_eq!(play.until_due(), Some((60, Due::Poll)));
    play.ended(GOOD);
    play.refresh.set_seconds(0);
    assert_eq!(play.refresh.next(play.now), None);
    play.ended(RequestOutcome::Failed(&failure(ErrorKind::Unreachable)));
    play.refresh.set_seconds(0);
    assert_eq!(play.until_due(), Some((1, Due::Retry)));
    play.ended(GOOD);
    assert_eq!(play.until_due(), None);
}

#[test]
fn no_alarm_and_no_pause_signs_anybody_in() {
    let mut refresh = Refresh::new(30, 0);
    refresh.ended(RequestOutcome::Failed(&failure(ErrorKind::NotSignedIn)), TimeRange::All, 0, MIDDLE);
    refresh.set_unattended(true, SECOND);
    refresh.pause(true, SECOND);
    assert!(refresh.is_unattended() && refresh.is_paused());
    refresh.pause(false, SECOND);
    assert_eq!((refresh.stop(), refresh.next(SECOND)), (Some(Stop::SignedOut), None));
    assert!(!refresh.is_paused());
    refresh.set_unattended(false, SECOND);
    assert!(!refresh.is_unattended());
}

#[test]
fn who_resumes_after_nobody_was_there_is_there() {
    let mut refresh = Refresh::new(30, 0);
    refresh.ended(GOOD, TimeRange::All, 30 * MINUTE, MIDDLE);
    (0..60).for_each(|second| _ = refresh.take_due(30 * MINUTE + second * SECOND));
    assert_eq!(refresh.stop(), Some(Stop::Unattended));
    refresh.pause(false, 31 * MINUTE);
    assert_eq!((refresh.stop(), refresh.take_due(31 * MINUTE)), (None, Some(Due::Poll)));
}

#[test]
fn a_failure_that_is_not_retried_waits_as_long_as_the_server_asks() {
    let mut play = Play::new();
    let refused = ApiError { retry_after: Some(100), ..failure(ErrorKind::Refused) };
    play.ended(RequestOutcome::Failed(&refused));
    assert_eq!(play.until_due(), Some((100, Due::Poll)));
}

#[test]
fn pausing_is_the_users_to_end() {
    let mut play = Play::new();
    play.ended(GOOD);
    play.refresh.pause(true, play.now);
    assert_eq!((play.until_due(), play.refresh.next(play.now)), (None, None));
    play.refresh.pause(false, play.now);
    assert_eq!(play.refresh.take_due(play.now), Some(Due::Poll), "overdue, so at once");
}

#[test]
fn a_status_that_will_change_by_itself_is_in_transition() {
    for (status, expected) in [
        ("PREPARE", true),
        ("BEGINNING", true),
        ("STOPPING", true),
        ("SUSPENDING", true),
        ("RUNNING", false),
        ("STOPPED", false),
        ("SUSPENDED", false),
        ("INTERRUPTED", false),
        ("", false),
    ] {
        assert_eq!(is_in_transition(Status::read(status).kind), expected, "{status}");
    }
}

#[test]
fn a_wait_is_told_before_it_ends_and_ends_before_the_next_request() {
    assert!(SECOND <= SLOW && SLOW < TIMEOUT && TIMEOUT < i64::from(DEFAULT_SECONDS) * SECOND);
}

#[test]
fn rows_are_old_after_three_intervals() {
    let refresh = Refresh::new(30, 0);
    assert!(!refresh.is_old(90 * SECOND) && refresh.is_old(90 * SECOND + 1));
    assert!(Refresh::new(0, 0).is_old(91 * SECOND));
}
