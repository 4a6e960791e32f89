//! What is said of a failure.

use log_backup_panel::api::decode::{HttpResponse, decode};
use log_backup_panel::api::error::{ApiError, ErrorKind, OcpError, Oddity};
use log_backup_panel::text::locale::Locale;
use log_backup_panel::text::problem::problem;

#[test]
fn what_stands_in_between_is_told_from_ocp() {
    let words = |status, body: &str, locale: Locale| {
        let reply = HttpResponse { status, body: body.into(), ..HttpResponse::default() };
        problem(&decode(&reply).unwrap_err(), locale.texts()).to_text(locale.texts())
    };
    for (status, body, form) in [
        (405, "<html><h1>405</h1></html>", "405, HTML"),
        (403, "<!doctype html>Forbidden", "403, HTML"),
        (418, "no", "418"),
        (413, "", "413"),
        (200, r#"{"code":405}"#, "405, JSON"),
    ] {
        let told = words(status, body, Locale::EnUs);
        assert!(told.contains(&format!("Something between here and OCP refused the request ({form})")), "{told}");
    }
    assert!(words(405, "<html>", Locale::ZhCn).contains("本页面与 OCP 之间的设备或程序拒绝（405, HTML）"));
    let gateway = words(200, r#"{"code":401,"msg":"no"}"#, Locale::EnUs);
    assert!(gateway.contains("\nMessage: no\nError code: 401\n") && !gateway.contains("OCP message"), "{gateway}");
    let own = words(400, r#"{"error":{"code":1,"message":"no"},"successful":false}"#, Locale::EnUs);
    assert!(own.contains("\nOCP message: no\nOCP error code: 1\n"), "{own}");
}

#[test]
fn what_ocp_tells_its_developers_is_not_shown() {
    let error = r#""error":{"code":1,"message":"no","debugMessage":"SELECT 1","stackTrace":"at com.x","type":"INNER"}"#;
    for (status, body) in [
        (500, format!(r#"{{{error},"successful":false,"debugMessage":"SELECT 1","stackTrace":["at com.x"]}}"#)),
        (200, format!(r#"{{{error},"successful":false}}"#)),
        (502, r#"{"message":"no","debugMessage":"SELECT 1","stackTrace":"at com.x"}"#.to_owned()),
    ] {
        let told = decode(&HttpResponse { status, body, ..HttpResponse::default() }).unwrap_err();
        let words = problem(&told, Locale::EnUs.texts()).to_text(Locale::EnUs.texts());
        assert!(!words.contains("SELECT 1") && !words.contains("com.x"), "{words}");
        let kept = format!("{told:?}");
        assert!(!kept.contains("SELECT 1") && !kept.contains("com.x"), "not even kept: {kept}");
    }
}

#[test]
fn every_failure_has_words_of_its_own_and_keeps_ocps() {
    use ErrorKind::*;
    let kinds = [
        InvalidCluster("x".into()),
        InvalidBaseUrl("y".into()),
        NotSignedIn,
        Forbidden,
        NoSuchCluster,
        WrongPath,
        BadRequest,
        Throttled,
        Server,
        Gateway,
        Unreachable,
        Timeout,
        Interrupted,
        NoHeaders("z".into()),
        NotOcp(Oddity::Html),
        NotOcp(Oddity::Empty),
        NotOcp(Oddity::NotJson),
        NotOcp(Oddity::NoEnvelope),
        NotOcp(Oddity::NoList),
        Refused,
        Blocked(Oddity::Html),
        Blocked(Oddity::NotJson),
    ];
    for locale in Locale::ALL {
        let mut seen = std::collections::HashSet::new();
        for kind in &kinds {
            let ocp = OcpError {
                code: Some("COM10010".into()),
                message: Some("Boom".into()),
                trace_id: Some("t-1".into()),
                ..OcpError::default()
            };
            let words = problem(
                &ApiError { kind: kind.clone(), http_status: Some(500), retry_after: None, ocp },
                locale.texts(),
            );
            assert!(seen.insert((words.title, words.advice.clone())), "{kind:?} has the words of another");
            let copied = words.to_text(locale.texts());
            assert!(["COM10010", "Boom", "t-1", "500"].iter().all(|fact| copied.contains(fact)), "{copied}");
        }
    }
}

#[test]
fn what_was_given_and_how_long_to_wait_are_told() {
    let texts = Locale::EnUs.texts();
    let given = problem(&ApiError::without_answer(ErrorKind::InvalidCluster("x\u{202e}7".into())), texts);
    assert_eq!(given.facts, [(texts.given, "“x⟨U+202e⟩7”".to_owned())]);
    let throttled = ApiError { retry_after: Some(17), ..ApiError::without_answer(ErrorKind::Throttled) };
    assert!(problem(&throttled, texts).advice.contains("17"));
    let html = problem(&ApiError::without_answer(ErrorKind::NotOcp(Oddity::Html)), texts).advice;
    assert!(html.starts_with(texts.oddities.of(Oddity::Html)) && html.ends_with(texts.not_ocp[1]), "{html}");
}
