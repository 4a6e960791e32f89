//! Pages of other sites, through the browser of somebody who may read OCP.

use super::{ENDPOINT, Ocp, Play, Server, request, status};

async fn both() -> (Ocp, Server) {
    let ocp = Ocp::start(Play::answer("200 OK", "")).await;
    let server = Server::with_basic(&ocp).await;
    (ocp, server)
}

#[tokio::test]
async fn a_name_that_was_rebound_to_this_address_gets_nothing() {
    let (ocp, server) = both().await;
    for path in [ENDPOINT, "/login", "/umi.js", "/main.rs", "/"] {
        for host in ["evil.example", &format!("evil.example:{}", server.address.port())] {
            let answer = server.raw(&request(&format!("GET {path}"), &[], "").replace("{host}", host)).await;
            assert_eq!(status(&answer), 403, "{host} {path}");
            assert!(answer.contains("--host NAME"), "{answer}");
        }
    }
    assert_eq!(ocp.seen().len(), 0);
    assert_eq!(status(&server.ask(&format!("GET {ENDPOINT}"), &[]).await), 200);
}

#[tokio::test]
async fn requests_of_other_sites_are_refused_with_a_reason() {
    let (ocp, server) = both().await;
    for (line, headers) in [
        (format!("GET {ENDPOINT}"), [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors")]),
        (format!("GET {ENDPOINT}"), [("Origin", "http://evil.example"), ("Accept", "*/*")]),
        // A form.
        ("POST /api/v1/login".to_owned(), [("Sec-Fetch-Site", "cross-site"), ("Origin", "http://evil.example")]),
        ("POST /api/v1/login".to_owned(), [("Origin", "null"), ("Content-Type", "text/plain")]),
        ("POST /api/v1/login".to_owned(), [("Referer", "http://evil.example/"), ("Content-Type", "text/plain")]),
        ("POST /login".to_owned(), [("Sec-Fetch-Site", "same-site"), ("Origin", "http://127.0.0.1:1")]),
        ("GET /umi.js".to_owned(), [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Dest", "script")]),
        ("GET /main.rs".to_owned(), [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Dest", "iframe")]),
    ] {
        let answer = server.ask(&line, &headers).await;
        assert_eq!(status(&answer), 403, "{line} {headers:?}");
        assert!(answer.contains("A page of another site may not ask this server."), "{answer}");
    }
    assert_eq!(ocp.seen().len(), 0);
}

#[tokio::test]
async fn a_link_from_another_site_opens_a_page() {
    let (ocp, server) = both().await;
    let link = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")];
    assert_eq!(status(&server.ask("GET /main.rs", &link).await), 200);
    assert_eq!(status(&server.ask("GET /login", &link).await), 200);
    assert_eq!(status(&server.ask(&format!("GET {ENDPOINT}"), &link).await), 403);
    assert_eq!(ocp.seen().len(), 1);
}
