//! Bytes that servers disagree about, and files outside the folder that is served.

use super::{Ocp, Play, Server, request, status};

const SMUGGLED: &str = "GET /api/v1/users HTTP/1.1\r\nHost: {host}\r\nX: ";

/// What each of these makes of its body is the body, or the request is refused: no second request reaches OCP.
#[tokio::test]
async fn no_request_is_smuggled_inside_another() {
    let smuggled = SMUGGLED;
    let length = smuggled.len() + 5;
    let start = "POST /api/v1/login HTTP/1.1\r\nHost: {host}\r\n";
    for (name, raw) in [
        (
            "length and pieces",
            format!("{start}Content-Length: {length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{smuggled}"),
        ),
        (
            "pieces and length",
            format!("{start}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\n{smuggled}\r\n0\r\n\r\n"),
        ),
        ("two lengths", format!("{start}Content-Length: 0\r\nContent-Length: {length}\r\n\r\n{smuggled}")),
        ("a list of lengths", format!("{start}Content-Length: 0, {length}\r\n\r\n{smuggled}")),
        ("a signed length", format!("{start}Content-Length: +0\r\n\r\n{smuggled}")),
        ("a negative length", format!("{start}Content-Length: -1\r\n\r\n{smuggled}")),
        ("pieces that are not", format!("{start}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{smuggled}")),
        ("pieces, then not", format!("{start}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{smuggled}")),
        (
            "a space before the colon",
            format!("{start}Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n{smuggled}"),
        ),
        (
            "a folded header",
            format!("{start}X-A: a\r\n Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n{smuggled}"),
        ),
        ("a folded length", format!("{start}Content-Length:\r\n 5\r\n\r\n0\r\n\r\n{smuggled}")),
        ("a size that overflows", format!("{start}Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n{smuggled}")),
        ("a size with a sign", format!("{start}Transfer-Encoding: chunked\r\n\r\n-1\r\n{smuggled}")),
        ("a line break in a name", format!("{start}X\r: a\r\nContent-Length: 0\r\n\r\n{smuggled}")),
        ("a zero byte", format!("{start}X-A: \0\r\nContent-Length: 0\r\n\r\n{smuggled}")),
        (
            "a body of a GET",
            format!("GET /login HTTP/1.1\r\nHost: {{host}}\r\nContent-Length: {}\r\n\r\n{smuggled}", smuggled.len()),
        ),
        (
            "old HTTP with pieces",
            format!(
                "POST /api/v1/login HTTP/1.0\r\nHost: {{host}}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{smuggled}"
            ),
        ),
    ] {
        let ocp = Ocp::start(Play::answer("200 OK", "")).await;
        let server = Server::with_basic(&ocp).await;
        // A whole request after it, so that a server that waits for the rest of a smuggled one gets it.
        let answer =
            server.raw(&format!("{raw}\r\n\r\n{}", request("GET /login", &[("Connection", "close")], ""))).await;
        for seen in ocp.seen() {
            let line = seen.lines().next().unwrap();
            assert!(
                ["POST /api/v1/login HTTP/1.1", "GET /login HTTP/1.1"].contains(&line),
                "{name}: {line:?}, answered {answer:?}"
            );
            assert!(!seen.to_ascii_lowercase().contains("transfer-encoding"), "{name}: {seen}");
        }
    }
}

#[tokio::test]
async fn requests_that_are_none_are_refused() {
    let ocp = Ocp::start(Play::answer("200 OK", "")).await;
    let server = Server::with_basic(&ocp).await;
    for raw in [
        "GET /login HTTP/1.1\r\n\r\n",
        "GET /login HTTP/1.0\r\n\r\n",
        "GET /login HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n",
        "GET http://{host}/login HTTP/1.1\r\nHost: {host}\r\n\r\n",
        "GET http://evil.example/login HTTP/1.1\r\nHost: {host}\r\n\r\n",
        "CONNECT {host} HTTP/1.1\r\nHost: {host}\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: {host}\r\n\r\n",
        "GET /log in HTTP/1.1\r\nHost: {host}\r\n\r\n",
        "GET /login HTTP/1.1\r\nHost: {host}\r\nX-A: a\r\n b\r\n\r\n",
        "GET /login\r\n\r\n",
    ] {
        // Whoever sends no more than that waits for nothing.
        let answer = server.raw(&raw.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")).await;
        assert_eq!(status(&answer), 400, "{raw:?}");
    }
    assert_eq!(ocp.seen().len(), 0);
}

#[tokio::test]
async fn no_file_outside_the_folder_is_served() {
    let ocp = Ocp::start(Play::answer("200 OK", "")).await;
    let server = Server::before(&ocp).await;
    // The folder is that of the sources, and the manifest lies beside it.
    assert!(server.ask("GET /main.rs", &[]).await.contains("//! Serves the built panel"));
    for path in [
        "/../Cargo.toml",
        "/..%2fCargo.toml",
        "/%2e%2e/Cargo.toml",
        "/%2e%2e%2fCargo.toml",
        "/..\\Cargo.toml",
        "/..%5cCargo.toml",
        "/proxy/../../Cargo.toml",
        "/proxy/..%2f..%2fCargo.toml",
        "/....//Cargo.toml",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/main.rs%00.js",
        "/.../Cargo.toml",
    ] {
        let answer = server.ask(&format!("GET {path}"), &[]).await;
        assert!([400, 404].contains(&status(&answer)), "{path}: {answer}");
        assert!(!answer.contains("[package]") && !answer.contains("root:"), "{path}");
    }
    assert_eq!(ocp.seen().len(), 0);
}
