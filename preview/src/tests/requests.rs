//! What reaches OCP of a request.

use super::{CLUSTERS, ENDPOINT, Ocp, Play, Server, header, names, request, status};

async fn ocp() -> Ocp {
    Ocp::start(Play::answer("200 OK", "Content-Type: application/json\r\n")).await
}

#[tokio::test]
async fn the_list_of_tasks_is_asked_for_by_a_url_that_the_server_built() {
    let ocp = ocp().await;
    let server = Server::with_basic(&ocp).await;
    let answer = server.ask(&format!("GET {ENDPOINT}?size=10&x=1&page=1%26y&_method=PUT"), &[]).await;
    assert_eq!(status(&answer), 200);
    let seen = ocp.only();
    assert!(seen.starts_with(&format!("GET {ENDPOINT}?page=1%26y&size=10 HTTP/1.1\r\n")), "{seen}");
    assert_eq!(header(&seen, "host"), Some(ocp.address.to_string()));
    assert_eq!(header(&seen, "authorization").as_deref(), Some("Basic cmVhZGVyOnMzY3JldA=="));
}

#[tokio::test]
async fn the_list_of_clusters_is_asked_for_by_a_url_that_the_server_built() {
    let ocp = ocp().await;
    let server = Server::with_basic(&ocp).await;
    let query = "name=%e4%b8%ad_%26x%3D1&x=1&size=10&status=RUNNING&status=STOPPED&_method=PUT&sort=name,desc";
    assert_eq!(status(&server.ask(&format!("GET {CLUSTERS}?{query}"), &[]).await), 200);
    let seen = ocp.only();
    let built = "size=10&sort=name%2Cdesc&name=%E4%B8%AD_%26x%3D1&status=RUNNING%2CSTOPPED";
    assert!(seen.starts_with(&format!("GET {CLUSTERS}?{built} HTTP/1.1\r\n")), "{seen}");
    assert_eq!(header(&seen, "host"), Some(ocp.address.to_string()));
    assert_eq!(header(&seen, "authorization").as_deref(), Some("Basic cmVhZGVyOnMzY3JldA=="));
}

#[tokio::test]
async fn no_other_path_reaches_ocp_in_whatever_form() {
    let ocp = ocp().await;
    let server = Server::with_basic(&ocp).await;
    for (line, refused) in [
        ("GET /api/v2/ob/clusters/..%2f..%2f..%2fv1%2fusers%3fz/backup/task/logBackupTasks", 400),
        ("GET /api/v2/ob/clusters/7%2f..%2f8/backup/task/logBackupTasks", 400),
        ("GET /api/v2/ob/clusters/7;x/backup/task/logBackupTasks", 400),
        ("GET /api/v2/ob/clusters/7x/backup/task/logBackupTasks", 400),
        ("GET /api/v2/ob/clusters/../../../v1/users/backup/task/logBackupTasks", 400),
        ("POST /login/..%2fapi%2fv1%2fusers", 400),
        ("POST /login/..%5capi%5cv1%5cusers", 400),
        ("POST /login/../api/v1/users", 400),
        ("POST /login/%2e%2e/api/v1/users", 400),
        ("GET /login/..;/api/v1/users", 400),
        ("GET //api/v1/users", 400),
        ("GET //api/v1/users.js", 400),
        ("GET /%61pi/v1/users", 400),
        ("GET /x/../api/v1/users.js", 400),
        ("GET /;/api/v1/users.js", 400),
        ("GET /x%2f..%2fapi/v1/users.js", 400),
        ("GET /\\api\\v1\\users.js", 400),
        ("OPTIONS *", 400),
        ("GET http://127.0.0.1/api/v1/users", 400),
        ("GET /API/v1/users", 404),
        ("GET /API/v1/users.js", 404),
        ("GET /api/v1/users", 404),
        ("GET /api/v1/users.js", 404),
        ("GET /api/v1/LOGIN", 404),
        ("GET /api/v2/ob/clusters/", 404),
        ("GET /api/v2/ob/clusters/7", 404),
        ("GET /api/v2/ob/clusters;x", 400),
        ("GET /api/v2/ob/clusters%2f7", 400),
        ("GET /api/v2/ob/%63lusters", 400),
        ("GET /api/v2/ob/clusters?page=one", 400),
        ("GET /api/v2/ob/clusters?name=a%0d%0aX-A:1", 400),
        ("POST /api/v2/ob/clusters", 405),
        ("HEAD /api/v2/ob/clusters", 405),
        ("GET /actuator/env", 404),
        ("GET /overview", 404),
        ("PUT /api/v1/login", 405),
        ("DELETE /login", 405),
        ("TRACE /login", 405),
        ("POST /umi.js", 405),
    ] {
        assert_eq!(status(&server.ask(line, &[]).await), refused, "{line}");
    }
    assert_eq!(ocp.seen(), Vec::<String>::new());
}

/// Headers that must stay behind.
const STAY: [(&str, &str); 22] = [
    ("X-HTTP-Method-Override", "DELETE"),
    ("X-HTTP-Method", "DELETE"),
    ("X-Method-Override", "DELETE"),
    ("X-Original-URL", "/api/v1/users"),
    ("X-Rewrite-URL", "/api/v1/users"),
    ("X-Forwarded-For", "127.0.0.1"),
    ("X-Forwarded-Proto", "https"),
    ("X-Real-IP", "127.0.0.1"),
    ("Forwarded", "for=127.0.0.1"),
    ("Via", "1.1 a"),
    ("Proxy-Authorization", "Basic eA=="),
    ("Proxy-Connection", "keep-alive"),
    ("TE", "trailers"),
    ("Trailer", "X-A"),
    ("Upgrade", "websocket"),
    ("Keep-Alive", "timeout=5"),
    ("HTTP2-Settings", "AAMAAABkAAQAAP__"),
    ("Expect", "200-maybe"),
    ("Max-Forwards", "0"),
    ("Range", "bytes=0-1"),
    ("Accept-Encoding", "br"),
    ("X-Api-Key", "1"),
];

#[tokio::test]
async fn only_listed_headers_reach_ocp() {
    let ocp = ocp().await;
    let server = Server::before(&ocp).await;
    let passing = [
        ("Accept", "application/json"),
        ("Accept-Language", "zh-CN"),
        ("User-Agent", "browser"),
        ("Cookie", "JSESSIONID=1"),
        ("Authorization", "Bearer t"),
        ("Content-Type", "application/json"),
        ("X-Requested-With", "XMLHttpRequest"),
        ("X-CSRF-Token", "c"),
        ("X-XSRF-Token", "x"),
        ("Origin", "http://{host}"),
        ("Referer", "http://{host}/login?x"),
        ("If-None-Match", "\"e\""),
    ];
    let headers = [&passing[..], &STAY].concat();
    let common = ["accept", "accept-language", "host", "user-agent"];
    for (line, beside) in [
        (format!("GET {ENDPOINT}"), vec!["authorization", "cookie"]),
        (format!("GET {CLUSTERS}"), vec!["authorization", "cookie"]),
        (
            "GET /login".to_owned(),
            vec![
                "authorization",
                "content-type",
                "cookie",
                "origin",
                "referer",
                "x-csrf-token",
                "x-requested-with",
                "x-xsrf-token",
            ],
        ),
        ("GET /umi.js".to_owned(), vec!["if-none-match"]),
    ] {
        ocp.seen.lock().unwrap().clear();
        assert_eq!(status(&server.ask(&line, &headers).await), 200, "{line}");
        let mut expected = [&common[..], &beside].concat();
        expected.sort_unstable();
        assert_eq!(names(&ocp.only()), expected, "{line}");
    }
}

#[tokio::test]
async fn headers_that_connection_names_stay_behind() {
    let ocp = ocp().await;
    let server = Server::before(&ocp).await;
    let headers =
        [("Connection", "close, Cookie , user-agent"), ("Cookie", "a=1"), ("User-Agent", "b"), ("Accept", "c")];
    server.ask(&format!("GET {ENDPOINT}"), &headers).await;
    assert_eq!(names(&ocp.only()), ["accept", "host"]);
}

#[tokio::test]
async fn the_body_of_a_get_stays_behind() {
    let ocp = ocp().await;
    let server = Server::before(&ocp).await;
    for path in [ENDPOINT, CLUSTERS, "/login", "/umi.js"] {
        let answer = server.raw(&request(&format!("GET {path}"), &[], "DELETE /api/v1/users HTTP/1.1\r\n\r\n")).await;
        assert_eq!(status(&answer), 200, "{path}");
    }
    let seen = ocp.seen();
    assert_eq!(seen.len(), 4);
    for request in seen {
        assert!(request.ends_with("\r\n\r\n") && header(&request, "content-length").is_none(), "{request}");
        assert!(header(&request, "transfer-encoding").is_none(), "{request}");
    }
}

#[tokio::test]
async fn a_sign_in_reaches_ocp_as_from_its_own_page() {
    let ocp = ocp().await;
    let server = Server::with_basic(&ocp).await;
    let headers = [
        ("Content-Type", "application/json"),
        ("Origin", "http://{host}"),
        ("Referer", "http://{host}/login?next=x"),
        ("Sec-Fetch-Site", "same-origin"),
        ("Cookie", "XSRF-TOKEN=x; ocp-proxy__Host-session=1"),
    ];
    let answer = server.raw(&request("POST /api/v1/login", &headers, "{\"user\":\"a\"}")).await;
    assert_eq!(status(&answer), 200);
    let seen = ocp.only();
    let origin = format!("http://{}", ocp.address);
    assert!(
        seen.starts_with("POST /api/v1/login HTTP/1.1\r\n") && seen.ends_with("\r\n\r\n{\"user\":\"a\"}"),
        "{seen}"
    );
    assert_eq!(header(&seen, "origin").as_ref(), Some(&origin));
    assert_eq!(header(&seen, "referer"), Some(origin + "/"));
    assert_eq!(header(&seen, "cookie").as_deref(), Some("XSRF-TOKEN=x; __Host-session=1"));
    assert_eq!(header(&seen, "authorization"), None);
}

#[tokio::test]
async fn the_servers_credentials_go_alone_and_only_with_the_lists() {
    let ocp = ocp().await;
    let server = Server::with_basic(&ocp).await;
    let headers = [("Cookie", "JSESSIONID=of-the-viewer"), ("Authorization", "Basic dmlld2Vy")];
    for (path, authorization, cookie) in [
        (ENDPOINT, Some("Basic cmVhZGVyOnMzY3JldA=="), None),
        (CLUSTERS, Some("Basic cmVhZGVyOnMzY3JldA=="), None),
        ("/login", Some("Basic dmlld2Vy"), Some("JSESSIONID=of-the-viewer")),
        ("/umi.js", None, None),
    ] {
        ocp.seen.lock().unwrap().clear();
        server.ask(&format!("GET {path}"), &headers).await;
        let seen = ocp.only();
        assert_eq!(header(&seen, "authorization").as_deref(), authorization, "{path}");
        assert_eq!(header(&seen, "cookie").as_deref(), cookie, "{path}");
    }
}

#[tokio::test]
async fn a_proof_that_signs_a_whole_connection_in_stays_behind() {
    let ocp = ocp().await;
    let server = Server::before(&ocp).await;
    for proof in ["NTLM TlRMTVNTUAAB", "Negotiate YII", "basically no", "Basic"] {
        server.ask(&format!("GET {ENDPOINT}"), &[("Authorization", proof)]).await;
    }
    assert!(ocp.seen().iter().all(|seen| header(seen, "authorization").is_none()), "{:?}", ocp.seen());
    server.ask(&format!("GET {ENDPOINT}"), &[("Authorization", "bearer t")]).await;
    assert_eq!(header(ocp.seen().last().unwrap(), "authorization").as_deref(), Some("bearer t"));
}
