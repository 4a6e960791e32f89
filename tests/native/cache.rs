//! Responses that come from a cache between here and OCP.

use log_backup_panel::api::decode::{HttpResponse, decode};
use log_backup_panel::domain::query::Query;
use log_backup_panel::domain::skew::Skew;
use log_backup_panel::domain::time::{EpochMs, format_utc};
use log_backup_panel::state::cache::Cached;
use log_backup_panel::state::request_state::{Event, Loaded, Phase, RequestState};
use log_backup_panel::text::locale::Locale;
use log_backup_panel::text::remarks::remarks;

use super::NOW;

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;

/// A session whose browser's clock starts at the sample's time.
struct Session {
    state: RequestState,
    now: EpochMs,
    page: u32,
}

/// What a server sends. Times are of the browser's clock if both agree.
#[derive(Clone, Default)]
struct Body {
    timestamp: Option<String>,
    trace: Option<&'static str>,
    rows: String,
    age: Option<u32>,
}

impl Body {
    /// A live response at `now`.
    fn at(now: EpochMs) -> Self {
        Self { timestamp: format_utc(now), trace: None, rows: row(now), age: None }
    }

    fn trace(self, trace: &'static str) -> Self {
        Self { trace: Some(trace), ..self }
    }
}

/// A task that runs, on the database's clock.
fn row(now: EpochMs) -> String {
    format!(r#"{{"tenantName":"t","status":"RUNNING","checkpoint":{},"delay":42.5}}"#, now - 42_500)
}

impl Session {
    fn new() -> Self {
        Self { state: RequestState::default(), now: NOW, page: 1 }
    }

    fn wait(&mut self, ms: i64) -> &mut Self {
        self.now += ms;
        self
    }

    /// Asks, and has the answer 100 ms later.
    fn hear(&mut self, body: &Body) -> Loaded {
        self.state.settle(Event::Sent(Query { cluster: "5".into(), page: self.page, ..Query::default() }, self.now));
        self.now += 100;
        let envelope = [
            body.timestamp.as_ref().map(|time| format!(r#","timestamp":"{time}""#)),
            body.trace.map(|trace| format!(r#","traceId":"{trace}""#)),
        ];
        let text = format!(
            r#"{{"data":{{"contents":[{}],"page":{{"totalElements":0}}}},"successful":true{}}}"#,
            body.rows,
            envelope.into_iter().flatten().collect::<String>()
        );
        let result = decode(&HttpResponse { status: 200, body: text, age: body.age, ..HttpResponse::default() });
        self.state.settle(Event::Ended { id: self.state.id(), result, at: self.now });
        self.state.data.clone().unwrap()
    }

    /// How old what is shown is, in seconds.
    fn age(&self) -> i64 {
        (self.now - self.state.data.as_ref().unwrap().received) / SECOND
    }

    /// Hears `body` twice, 30 s apart; gives whether the second is taken for one from a cache.
    fn repeats(body: &Body, other: &Body) -> bool {
        let mut session = Self::new();
        session.hear(body);
        session.wait(30 * SECOND).hear(other).cached.is_some()
    }
}

#[test]
fn the_same_answer_again_tells_nothing_of_now() {
    let mut session = Session::new();
    let old = Body::at(NOW - 10 * MINUTE).trace("0e74add7846c479c");
    let first = session.hear(&old);
    assert_eq!((first.cached, session.state.phase()), (None, Phase::Ready), "one answer alone shows nothing");
    let again = session.wait(30 * SECOND).hear(&old);
    assert_eq!((again.cached, session.state.phase()), (Some(Cached::Again), Phase::Stale));
    assert!(!session.state.is_fresh() && again.is_same_answer(&first), "it is no new answer");
    assert_eq!(session.age(), 10 * 60 + 30, "as old as its timestamp");
    assert_eq!(again.skew, Skew { browser: None, database: Some(0) }, "it tells nothing of the browser's clock");
    let words = remarks(&again, Locale::EnUs.texts()).join("\n");
    let expected =
        "The same response came again (trace ID 0e74add7846c479c), probably from a cache between here and OCP.";
    assert!(words.starts_with(expected) && !words.contains("clock"), "{words}");
    let words = remarks(&again, Locale::ZhCn.texts()).join("\n");
    assert!(
        words.starts_with("再次收到相同的响应（Trace ID 0e74add7846c479c），可能来自本页面与 OCP 之间的缓存。"),
        "{words}"
    );
    // The next live one ends it.
    let live = session.wait(30 * SECOND).hear(&Body::at(NOW + 61 * SECOND).trace("0e74add7846c479d"));
    assert_eq!((live.cached, session.state.phase(), session.age()), (None, Phase::Ready, 0));
    assert!(session.state.history.journal().is_empty());
}

#[test]
fn age_alone_is_enough_at_the_first_answer() {
    let mut session = Session::new();
    let body = Body { age: Some(600), ..Body::at(NOW - 10 * MINUTE) };
    let first = session.hear(&body);
    assert_eq!((first.cached, session.age()), (Some(Cached::Aged(600)), 600));
    assert_eq!((session.state.phase(), first.skew.browser), (Phase::Stale, None));
    let words = remarks(&first, Locale::EnUs.texts()).join("\n");
    let expected = "This response was already 10 min old when it came, probably from a cache between here and OCP.";
    assert!(words.starts_with(expected), "{words}");
    let again = session.wait(30 * SECOND).hear(&Body { age: Some(630), ..body });
    assert_eq!((again.cached, session.age()), (Some(Cached::Again), 630), "as the header tells");
    // A browser's clock that is hours off does not change what the header tells.
    let mut session = Session::new();
    session.hear(&Body { age: Some(60), ..Body::at(NOW - 500 * MINUTE) });
    assert_eq!(session.age(), 60);
    // A shared cache marks what it passes on with an age of 0.
    assert_eq!(Session::new().hear(&Body { age: Some(0), ..Body::at(NOW) }).cached, None);
}

#[test]
fn each_sign_is_enough_alone_and_none_accuses_a_live_server() {
    const ID: &str = "0e74add7846c479c";
    let later = NOW + 30 * SECOND;
    let full = |body: Body| Body { timestamp: body.timestamp.map(|time| time.replace(".149Z", "Z")), ..body };
    let without = |body: Body| Body { timestamp: None, ..body };
    let empty = |body: Body| Body { rows: String::new(), ..body };
    let odd = |body: Body| Body { timestamp: Some("soon".into()), ..body };
    let same = |body: Body| (body.clone(), body);
    let cases = [
        ("a timestamp that does not move", same(Body::at(NOW)), true),
        ("the same in whole seconds", same(full(Body::at(NOW))), true),
        ("a timestamp that does not move, other ids", (Body::at(NOW).trace(ID), Body::at(NOW).trace("1")), true),
        ("a trace id without a time", same(without(Body::at(NOW).trace(ID))), true),
        ("a trace id without a time, over an empty list", same(empty(without(Body::at(NOW).trace(ID)))), true),
        ("a short trace id without a time, over rows that tell it", same(without(Body::at(NOW).trace("t-1"))), true),
        ("a trace id with a time that can not be read", same(odd(Body::at(NOW).trace(ID))), true),
        ("a live server", (Body::at(NOW).trace(ID), Body::at(later).trace("1")), false),
        ("a constant trace id", (Body::at(NOW).trace("-"), Body::at(later).trace("-")), false),
        ("a constant trace id that looks like one", (Body::at(NOW).trace(ID), Body::at(later).trace(ID)), false),
        ("neither time nor id", same(without(Body::at(NOW))), false),
        ("neither, over an empty list", same(empty(without(Body::at(NOW)))), false),
        ("a constant word without a time, over an empty list", same(empty(without(Body::at(NOW).trace("-")))), false),
        ("an empty trace id", same(empty(without(Body::at(NOW).trace("")))), false),
        (
            "a constant id without a time, over rows that move",
            (without(Body::at(NOW).trace("-")), without(Body::at(later).trace("-"))),
            false,
        ),
        ("other rows under the same time", (Body::at(NOW), Body { rows: row(later), ..Body::at(NOW) }), false),
        ("an empty list of a live server", (empty(Body::at(NOW)), empty(Body::at(later))), false),
    ];
    for (name, (first, second), is_cached) in cases {
        assert_eq!(Session::repeats(&first, &second), is_cached, "{name}");
    }
}

#[test]
fn two_answers_in_the_same_second_are_two() {
    let body = Body { timestamp: Some("2021-09-23T06:34:35Z".into()), ..Body::at(NOW) };
    for (trace, is_cached) in [(None, false), (Some("-"), false), (Some("0e74add7846c479c"), true)] {
        let mut session = Session::new();
        let body = Body { trace, rows: String::new(), ..body.clone() };
        session.hear(&body);
        assert_eq!(session.wait(300).hear(&body).cached.is_some(), is_cached, "{trace:?}");
    }
    let mut session = Session::new();
    session.hear(&Body::at(NOW));
    assert!(session.wait(300).hear(&Body::at(NOW)).cached.is_some(), "but not in the same millisecond");
}

#[test]
fn an_older_answer_comes_again_too() {
    let mut session = Session::new();
    let old = [Body::at(NOW - 5 * MINUTE).trace("00000001"), Body::at(NOW - MINUTE).trace("00000002")];
    // Two caches take turns, as behind a load balancer.
    session.hear(&old[0]);
    session.wait(30 * SECOND).hear(&old[1]);
    let again = session.wait(30 * SECOND).hear(&old[0]);
    assert_eq!(again.cached, Some(Cached::Again));
    assert!(session.state.history.journal().is_empty(), "a checkpoint of then did not move backwards");
    // So do pages that the viewer turns to and fro, each from the cache.
    let mut session = Session::new();
    session.hear(&Body::at(NOW));
    session.page = 2;
    session.wait(10 * SECOND).hear(&Body { rows: String::new(), ..Body::at(NOW + 10 * SECOND) });
    session.page = 1;
    let back = session.wait(10 * SECOND).hear(&Body::at(NOW));
    assert_eq!((back.cached, session.age()), (Some(Cached::Again), 20));
    assert_eq!(back.query.page, 1);
}

#[test]
fn what_a_server_always_sends_proves_nothing() {
    let body = |minute: i64| Body { rows: row(NOW + minute * MINUTE), ..Body::at(NOW).trace("0e74add7846c479c") };
    let mut session = Session::new();
    let cached = [0, 1, 0, 1, 1].map(|minute| session.wait(MINUTE).hear(&body(minute)).cached);
    assert_eq!(cached, [None; 5], "a row that returns is news");
}

#[test]
fn a_browsers_clock_that_is_off_makes_no_answer_older() {
    // The browser's clock is 8 h ahead, which a live answer showed; then the cache begins to answer.
    let mut session = Session::new();
    let server = |ms: i64| Body::at(NOW - 8 * 60 * MINUTE + ms);
    session.hear(&server(0));
    session.wait(30 * SECOND).hear(&server(30 * SECOND));
    session.wait(30 * SECOND).hear(&server(30 * SECOND));
    assert_eq!(session.age(), 30);
    // It is set back, and ages stay what they are.
    session.state.settle(Event::ClockSet(-8 * 60 * MINUTE));
    session.now -= 8 * 60 * MINUTE;
    session.wait(30 * SECOND).hear(&server(30 * SECOND));
    assert_eq!(session.age(), 60);
}

#[test]
fn a_cache_makes_no_task_stall() {
    let mut session = Session::new();
    let body =
        Body { timestamp: None, rows: row(NOW).replace("42.5", "300.5"), ..Body::at(NOW).trace("0e74add7846c479c") };
    for _ in 0..10 {
        session.wait(MINUTE).hear(&body);
    }
    assert!(session.state.history.journal().is_empty());
    assert_eq!(session.age(), 9 * 60);
}

#[test]
fn another_server_starts_anew_and_another_cluster_does_not() {
    let other_cluster = Event::Sent(Query { cluster: "6".into(), ..Query::default() }, NOW);
    for (event, cached) in [(other_cluster, Some(Cached::Again)), (Event::Forget, None)] {
        let mut session = Session::new();
        session.hear(&Body::at(NOW));
        session.state.settle(event);
        let again = session.wait(30 * SECOND).hear(&Body::at(NOW));
        assert_eq!(again.cached, cached);
        assert_eq!(again.page.tasks.len(), 1);
    }
}
