//! OCPs that hang, break and send too much, and clients that do.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{ENDPOINT, Ocp, Play, Server, header, request, status, within};
use crate::proxy::Limits;

const SHORT: Duration = Duration::from_millis(50);

async fn server(ocp: &Ocp, limits: Limits) -> Server {
    Server::with(&format!("http://{}", ocp.address), None, limits).await
}

fn silent() -> Play {
    Play::Stall(String::new())
}

/// A failure as the panel reads it, in words that name no address.
fn assert_told(answer: &str, status_code: u16, words: &str, ocp: &Ocp) {
    assert_eq!(status(answer), status_code, "{answer}");
    assert_eq!(header(answer, "content-type").as_deref(), Some("application/json"));
    assert!(answer.contains("{\"message\":\"") && answer.contains(words), "{answer}");
    assert!(!answer.contains(&ocp.address.port().to_string()) && !answer.contains("127.0.0.1"), "{answer}");
}

#[tokio::test]
async fn an_ocp_that_hangs_takes_a_bounded_number_of_requests_and_nothing_else() {
    let ocp = Ocp::start(silent()).await;
    let server = server(&ocp, Limits { requests: 2, ..Limits::default() }).await;
    let get = request(&format!("GET {ENDPOINT}"), &[], "");
    let waiting = [server.connect(&get).await, server.connect(&get).await];
    ocp.until(|came, _| came == 2).await;

    let third = server.ask(&format!("GET {ENDPOINT}"), &[]).await;
    assert_told(&third, 503, "2 requests to OCP under way", &ocp);
    assert_eq!(header(&third, "retry-after").as_deref(), Some("2"));
    assert_eq!(status(&server.ask("GET /main.rs", &[]).await), 200);
    assert_eq!(ocp.seen().len(), 2);

    // With its client a request to OCP ends, and makes room for another.
    drop(waiting);
    ocp.until(|_, ended| ended == 2).await;
    ocp.play(Play::answer("200 OK", ""));
    assert_eq!(status(&server.ask(&format!("GET {ENDPOINT}"), &[]).await), 200);
}

#[tokio::test]
async fn hundreds_of_clients_that_hang_up_leave_nothing_behind() {
    let ocp = Ocp::start(silent()).await;
    let server = Server::before(&ocp).await;
    let get = request(&format!("GET {ENDPOINT}"), &[], "");
    for turn in 1..=560 {
        let client = server.connect(&get).await;
        ocp.until(|came, _| came == turn).await;
        drop(client);
        ocp.until(|_, ended| ended == turn).await;
    }
    ocp.play(Play::answer("200 OK", ""));
    assert_eq!(status(&server.ask(&format!("GET {ENDPOINT}"), &[]).await), 200);
    assert_eq!(status(&server.ask("GET /main.rs", &[]).await), 200);
}

#[tokio::test]
async fn an_ocp_that_does_not_answer_is_given_up() {
    let ocp = Ocp::start(silent()).await;
    let server = server(&ocp, Limits { answer: SHORT, requests: 1, ..Limits::default() }).await;
    for turn in 1..=2 {
        let answer = server.ask(&format!("GET {ENDPOINT}"), &[]).await;
        assert_told(&answer, 504, "OCP did not answer the proxy within", &ocp);
        ocp.until(|_, ended| ended == turn).await;
    }
}

#[tokio::test]
async fn an_ocp_that_does_not_finish_a_connection_is_given_up() {
    let ocp = Ocp::start(silent()).await;
    let limits = Limits { connect: SHORT, ..Limits::default() };
    // It takes the connection and never answers the first message of TLS.
    let server = Server::with(&format!("https://127.0.0.1:{}", ocp.address.port()), None, limits).await;
    let answer = server.ask(&format!("GET {ENDPOINT}"), &[]).await;
    assert_told(&answer, 504, "no connection to OCP within", &ocp);
}

#[tokio::test]
async fn an_ocp_that_is_not_there_is_told_as_that() {
    let ocp = Ocp::start(silent()).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = listener.local_addr().unwrap();
    drop(listener);
    let server = Server::with(&format!("http://{nobody}"), None, Limits::default()).await;
    let answer = server.ask(&format!("GET {ENDPOINT}"), &[]).await;
    assert_told(&answer, 502, "refuses the proxy's connections", &ocp);
    assert!(!answer.contains(&nobody.port().to_string()), "{answer}");
}

#[tokio::test]
async fn an_ocp_that_answers_nonsense_is_told_as_that() {
    for nonsense in [
        "",
        "SSH-2.0-OpenSSH_9.6\r\n",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
    ] {
        let ocp = Ocp::start(Play::Break(nonsense.to_owned())).await;
        let answer = Server::before(&ocp).await.ask(&format!("GET {ENDPOINT}"), &[]).await;
        assert_told(&answer, 502, "broke before an answer", &ocp);
    }
}

#[tokio::test]
async fn half_an_answer_is_not_taken_for_a_whole_one() {
    let half = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"a\"".to_owned();
    for play in [Play::Break(half.clone()), Play::Stall(half)] {
        let ocp = Ocp::start(play).await;
        let server = server(&ocp, Limits { idle: SHORT, ..Limits::default() }).await;
        let answer = server.ask(&format!("GET {ENDPOINT}"), &[]).await;
        assert_eq!(status(&answer), 200);
        assert!(!answer.ends_with("0\r\n\r\n"), "{answer}");
        ocp.until(|_, ended| ended == 1).await;
    }
}

#[tokio::test]
async fn a_large_answer_arrives_whole() {
    let body = "0123456,".repeat(400_000);
    let play = Play::Break(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len()));
    let ocp = Ocp::start(play).await;
    let answer = Server::before(&ocp).await.ask(&format!("GET {ENDPOINT}"), &[]).await;
    // Without the sizes of the pieces.
    let (_, pieces) = answer.split_once("\r\n\r\n").unwrap();
    let data: String = pieces.split("\r\n").skip(1).step_by(2).collect();
    assert!(data == body && answer.ends_with("\r\n0\r\n\r\n"), "{} bytes of {}", data.len(), body.len());
}

#[tokio::test]
async fn a_body_that_stalls_counts_as_a_request_and_ends_with_its_client() {
    let ocp = Ocp::start(Play::Stall("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{".to_owned())).await;
    let server = server(&ocp, Limits { requests: 1, ..Limits::default() }).await;
    let mut client = server.connect(&request(&format!("GET {ENDPOINT}"), &[], "")).await;
    within(client.read_exact(&mut [0; 12])).await.unwrap();
    assert_eq!(status(&server.ask(&format!("GET {ENDPOINT}"), &[]).await), 503);
    drop(client);
    ocp.until(|_, ended| ended == 1).await;
    ocp.play(Play::answer("200 OK", ""));
    assert_eq!(status(&server.ask(&format!("GET {ENDPOINT}"), &[]).await), 200);
}

/// More than all buffers between OCP and a client hold together.
const BUFFERS: usize = 64 << 20;

#[tokio::test]
async fn an_endless_answer_is_not_kept_in_memory_and_ends_with_its_client() {
    let ocp = Ocp::start(Play::Endless).await;
    let server = server(&ocp, Limits { requests: 1, ..Limits::default() }).await;
    let mut client = server.connect(&request(&format!("GET {ENDPOINT}"), &[], "")).await;
    within(client.read_exact(&mut vec![0; 4 << 20])).await.unwrap();
    drop(client);
    ocp.until(|_, ended| ended == 1).await;
    assert!(*ocp.sent.lock().unwrap() < BUFFERS);
    ocp.play(Play::answer("200 OK", ""));
    assert_eq!(status(&server.ask(&format!("GET {ENDPOINT}"), &[]).await), 200);
}

#[tokio::test]
async fn a_client_that_takes_nothing_holds_no_request_to_ocp() {
    let ocp = Ocp::start(Play::Endless).await;
    let server = server(&ocp, Limits { idle: SHORT, requests: 1, ..Limits::default() }).await;
    let client = server.connect(&request(&format!("GET {ENDPOINT}"), &[], "")).await;
    ocp.until(|_, ended| ended == 1).await;
    assert!(*ocp.sent.lock().unwrap() < BUFFERS);
    ocp.play(Play::answer("200 OK", ""));
    assert_eq!(status(&server.ask(&format!("GET {ENDPOINT}"), &[]).await), 200);
    drop(client);
}

#[tokio::test]
async fn a_sign_in_that_is_too_large_or_too_slow_is_refused() {
    let ocp = Ocp::start(Play::answer("200 OK", "")).await;
    let large = request("POST /api/v1/login", &[], &"x".repeat(64 * 1024 + 1));
    assert_eq!(status(&Server::before(&ocp).await.raw(&large).await), 413);
    let server = server(&ocp, Limits { idle: SHORT, ..Limits::default() }).await;
    let mut slow = server.connect("POST /api/v1/login HTTP/1.1\r\nHost: {host}\r\nContent-Length: 9\r\n\r\nabc").await;
    let mut answer = [0; 12];
    within(slow.read_exact(&mut answer)).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 408");
    _ = slow.shutdown().await;
    assert_eq!(ocp.seen().len(), 0);
}
