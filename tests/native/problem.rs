//! What is said of a failure.

use log_backup_panel::api::error::{ApiError, ErrorKind, OcpError, Oddity};
use log_backup_panel::text::locale::Locale;
use log_backup_panel::text::problem::problem;

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
        Unreachable,
        Interrupted,
        NotOcp(Oddity::Html),
        NotOcp(Oddity::Empty),
        NotOcp(Oddity::NotJson),
        NotOcp(Oddity::NoEnvelope),
        NotOcp(Oddity::NoList),
        Refused,
    ];
    for locale in Locale::ALL {
        let mut seen = std::collections::HashSet::new();
        for kind in &kinds {
            let ocp = OcpError {
                code: Some("COM10010".into()),
                message: Some("Boom".into()),
                trace_id: Some("t-1".into()),
                server: None,
            };
            let words = problem(
                &ApiError { kind: kind.clone(), http_status: Some(500), retry_after: None, ocp },
                locale.texts(),
            );
            assert!(seen.insert((words.title, words.advice.clone())), "{kind:?} has the words of another");
            let copied = words.to_text();
            assert!(["COM10010", "Boom", "t-1", "500"].iter().all(|fact| copied.contains(fact)), "{copied}");
        }
    }
}
