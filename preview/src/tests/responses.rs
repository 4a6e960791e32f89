//! What comes back of OCP's answers.

use super::{CLUSTERS, ENDPOINT, Ocp, Play, Server, header, names, status};

const STAY: [&str; 14] = [
    "Clear-Site-Data: \"*\"",
    "Strict-Transport-Security: max-age=63072000; includeSubDomains",
    "Access-Control-Allow-Origin: *",
    "Access-Control-Allow-Credentials: true",
    "Refresh: 0;url=http://evil.example",
    "Link: <http://evil.example>; rel=preload",
    "Alt-Svc: h3=\":443\"",
    "Server: Tomcat",
    "Keep-Alive: timeout=5",
    "Proxy-Authenticate: Basic",
    "Service-Worker-Allowed: /",
    "NEL: {}",
    "X-Secret: 1",
    "Set-Login: logged-in",
];
const PASS: [&str; 14] = [
    "Content-Type: application/json",
    "Content-Language: zh-CN",
    "Content-Disposition: inline",
    "Content-Security-Policy: default-src 'self'",
    "Cache-Control: no-store",
    "Age: 7",
    "Date: Thu, 26 Nov 2026 00:00:00 GMT",
    "ETag: \"e\"",
    "Retry-After: 7",
    "RateLimit-Reset: 7",
    "RateLimit-Remaining: 0",
    "Vary: Accept-Language",
    "X-Frame-Options: DENY",
    "X-OCP-Trace-ID: 4bf92f",
];

async fn answered(play: Play, path: &str) -> (Ocp, String) {
    let ocp = Ocp::start(play).await;
    let answer = Server::before(&ocp).await.ask(&format!("GET {path}"), &[]).await;
    (ocp, answer)
}

#[tokio::test]
async fn only_listed_headers_come_back() {
    let lines = [&PASS[..], &STAY, &[""]].concat().join("\r\n");
    for path in [ENDPOINT, CLUSTERS, "/login", "/umi.js"] {
        let (_ocp, answer) = answered(Play::answer("429 Too Many Requests", &lines), path).await;
        assert_eq!(status(&answer), 429);
        for line in PASS {
            let (name, value) = line.split_once(": ").unwrap();
            assert_eq!(header(&answer, name).as_deref(), Some(value), "{path}");
        }
        for line in STAY {
            assert_eq!(header(&answer, line.split_once(':').unwrap().0), None, "{path}");
        }
        let own = ["connection", "transfer-encoding", "x-content-type-options"];
        assert_eq!(names(&answer).len(), PASS.len() + own.len(), "{answer}");
    }
}

#[tokio::test]
async fn headers_that_ocps_connection_names_stay_behind() {
    let (_ocp, answer) = answered(Play::answer("200 OK", "Connection: Age\r\nAge: 7\r\nETag: e\r\n"), ENDPOINT).await;
    assert_eq!(header(&answer, "age"), None);
    assert_eq!(header(&answer, "etag").as_deref(), Some("e"));
}

#[tokio::test]
async fn a_redirect_leads_back_here_or_to_what_ocp_named() {
    for (location, seen) in [
        ("{ocp}/login?next=%2F", Some("/login?next=%2F")),
        ("/login", Some("/login")),
        ("https://sso.example/login", Some("https://sso.example/login")),
        ("//sso.example/login", Some("http://sso.example/login")),
        ("{ocp}//evil.example/x", None),
        ("{ocp}@evil.example/x", None),
        ("/\\evil.example", None),
        ("/\t/evil.example", None),
        ("javascript:alert(1)", None),
    ] {
        let (ocp, answer) = answered(Play::answer("302 Found", &format!("Location: {location}\r\n")), "/login").await;
        let expected = if seen.is_some() { 302 } else { 502 };
        assert_eq!(
            (status(&answer), header(&answer, "location").as_deref()),
            (expected, seen),
            "{location} {}",
            ocp.address
        );
    }
}

#[tokio::test]
async fn a_session_of_ocp_lives_through_the_proxy() {
    let cookies = "Set-Cookie: JSESSIONID=1; Path=/; Secure; HttpOnly; SameSite=None; Partitioned\r\n\
                   Set-Cookie: __Host-ocp=2; Path=/; Secure\r\n\
                   Set-Cookie: __Secure-ocp=3; Domain = ocp.example; Secure\r\n";
    let ocp = Ocp::start(Play::answer("200 OK", cookies)).await;
    let server = Server::before(&ocp).await;
    let set = header(&server.ask("POST /api/v1/login", &[]).await, "set-cookie").unwrap();
    assert_eq!(set, "JSESSIONID=1; Path=/; HttpOnly & ocp-proxy__Host-ocp=2; Path=/ & ocp-proxy__Secure-ocp=3");
    let kept: Vec<_> = set.split(" & ").map(|cookie| cookie.split(';').next().unwrap()).collect();
    server.ask(&format!("GET {ENDPOINT}"), &[("Cookie", &kept.join("; "))]).await;
    let seen = ocp.seen();
    assert_eq!(header(&seen[1], "cookie").as_deref(), Some("JSESSIONID=1; __Host-ocp=2; __Secure-ocp=3"));
}

#[tokio::test]
async fn a_session_of_the_servers_own_user_stays_in_the_server() {
    let session = "Set-Cookie: JSESSIONID=of-the-server; Path=/\r\nWWW-Authenticate: Basic realm=OCP\r\n";
    let ocp = Ocp::start(Play::answer("401 Unauthorized", session)).await;
    for path in [ENDPOINT, CLUSTERS] {
        let answer = Server::with_basic(&ocp).await.ask(&format!("GET {path}"), &[]).await;
        assert_eq!(status(&answer), 401);
        assert_eq!((header(&answer, "set-cookie"), header(&answer, "www-authenticate")), (None, None));
    }
    // The viewer's own is the viewer's.
    let answer = Server::before(&ocp).await.ask(&format!("GET {ENDPOINT}"), &[]).await;
    assert_eq!(header(&answer, "set-cookie").as_deref(), Some("JSESSIONID=of-the-server; Path=/"));
    assert_eq!(header(&answer, "www-authenticate").as_deref(), Some("Basic realm=OCP"));
}

#[tokio::test]
async fn a_file_of_the_sign_in_page_brings_no_session_and_asks_for_no_password() {
    let headers = "Set-Cookie: JSESSIONID=new; Path=/\r\nWWW-Authenticate: Basic\r\n";
    let (_ocp, answer) = answered(Play::answer("401 Unauthorized", headers), "/umi.js").await;
    assert_eq!((header(&answer, "set-cookie"), header(&answer, "www-authenticate")), (None, None));
}

#[tokio::test]
async fn challenges_of_a_whole_connection_stay_behind() {
    let headers = "WWW-Authenticate: Negotiate\r\nWWW-Authenticate: NTLM\r\nWWW-Authenticate: Basic realm=a\r\n";
    let (_ocp, answer) = answered(Play::answer("401 Unauthorized", headers), ENDPOINT).await;
    assert_eq!(header(&answer, "www-authenticate").as_deref(), Some("Basic realm=a"));
}

#[tokio::test]
async fn the_panels_policy_is_not_put_on_ocps_pages() {
    let (_ocp, answer) = answered(Play::answer("200 OK", ""), "/login").await;
    assert_eq!(header(&answer, "content-security-policy"), None);
    assert_eq!(header(&answer, "referrer-policy"), None);
    let (_ocp, answer) = answered(Play::answer("200 OK", ""), "/main.rs").await;
    assert!(header(&answer, "content-security-policy").unwrap().contains("frame-ancestors 'self'"));
    assert_eq!(header(&answer, "referrer-policy").as_deref(), Some("no-referrer"));
}

#[tokio::test]
async fn answers_without_a_body_have_none() {
    for answer in ["HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 304 Not Modified\r\nETag: e\r\n\r\n"] {
        let (_ocp, seen) = answered(Play::Answer(answer.to_owned()), "/umi.js").await;
        assert_eq!(status(&seen), status(answer));
        assert!(seen.ends_with("\r\n\r\n"), "{seen}");
    }
    let ocp = Ocp::start(Play::Answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n".to_owned())).await;
    let seen = Server::before(&ocp).await.ask("HEAD /login", &[]).await;
    assert_eq!(status(&seen), 200);
    assert!(seen.ends_with("\r\n\r\n"), "{seen}");
}

#[tokio::test]
async fn ocp_can_not_turn_a_connection_into_another_one() {
    let play = Play::answer("101 Switching Protocols", "Connection: upgrade\r\nUpgrade: websocket\r\n");
    assert_eq!(status(&answered(play, "/login").await.1), 502);
}
