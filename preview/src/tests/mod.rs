//! The whole server before an OCP that notes what reaches it. Both are asked over real connections, byte by byte,
//! because an HTTP client would not send what is tried here.

mod lists;
mod load;
mod raw;
mod requests;
mod responses;
mod sites;

use std::fmt::Write as _;
use std::future::Future;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::timeout;

use crate::assets;
use crate::guard::{Hosts, LocalAddress, guarded};
use crate::proxy::{Credentials, Limits, Upstream, routers};

const ENDPOINT: &str = "/api/v2/ob/clusters/7/backup/task/logBackupTasks";
const CLUSTERS: &str = "/api/v2/ob/clusters";

/// What an OCP does with a request.
#[derive(Clone, Debug)]
enum Play {
    /// It sends these bytes. `{ocp}` stands for its own address.
    Answer(String),
    /// It sends these bytes and then nothing, but keeps the connection.
    Stall(String),
    /// It sends these bytes and ends the connection.
    Break(String),
    /// It sends a body without an end.
    Endless,
}

impl Play {
    /// A small answer with these header lines, each with its line break.
    fn answer(status: &str, headers: &str) -> Self {
        Self::Answer(format!("HTTP/1.1 {status}\r\nContent-Length: 2\r\n{headers}\r\n{{}}"))
    }
}

/// An OCP on this machine.
struct Ocp {
    address: SocketAddr,
    play: Arc<Mutex<Play>>,
    seen: Arc<Mutex<Vec<String>>>,
    /// The number of requests that came, and of connections that ended.
    counts: watch::Receiver<(usize, usize)>,
    /// The bytes that an endless body came to.
    sent: Arc<Mutex<usize>>,
}

impl Ocp {
    async fn start(play: Play) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (count, counts) = watch::channel((0, 0));
        let ocp = Self {
            address: listener.local_addr().unwrap(),
            play: Arc::new(Mutex::new(play)),
            seen: Arc::default(),
            counts,
            sent: Arc::default(),
        };
        let (address, play, seen, sent) = (ocp.address, ocp.play.clone(), ocp.seen.clone(), ocp.sent.clone());
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let (play, seen, sent, count) = (play.clone(), seen.clone(), sent.clone(), count.clone());
                tokio::spawn(async move {
                    while let Some(request) = read_request(&mut stream).await {
                        seen.lock().unwrap().push(request);
                        count.send_modify(|count| count.0 += 1);
                        let play = play.lock().unwrap().clone();
                        match play {
                            Play::Answer(bytes) => {
                                let bytes = bytes.replace("{ocp}", &format!("http://{address}"));
                                _ = stream.write_all(bytes.as_bytes()).await;
                            }
                            Play::Stall(bytes) => {
                                _ = stream.write_all(bytes.as_bytes()).await;
                                _ = stream.read(&mut [0]).await;
                                break;
                            }
                            Play::Break(bytes) => {
                                _ = stream.write_all(bytes.as_bytes()).await;
                                break;
                            }
                            Play::Endless => {
                                _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
                                let piece = vec![b'x'; 64 * 1024];
                                while stream.write_all(&piece).await.is_ok() {
                                    *sent.lock().unwrap() += piece.len();
                                }
                                break;
                            }
                        }
                    }
                    count.send_modify(|count| count.1 += 1);
                });
            }
        });
        ocp
    }

    fn play(&self, play: Play) {
        *self.play.lock().unwrap() = play;
    }

    /// The requests that came, each with its body.
    fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }

    /// The one request that came.
    fn only(&self) -> String {
        let seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:?}");
        seen[0].clone()
    }

    async fn until(&self, condition: impl Fn(usize, usize) -> bool) {
        let mut counts = self.counts.clone();
        let met = counts.wait_for(|&(came, ended)| condition(came, ended));
        within(met).await.unwrap();
    }
}

/// A request with its body, or `None` when the connection has ended.
async fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        bytes.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(bytes).unwrap();
    let length = header(&head, "content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some(head + &String::from_utf8(body).unwrap())
}

/// The server under test.
struct Server {
    address: SocketAddr,
}

impl Server {
    async fn before(ocp: &Ocp) -> Self {
        Self::with(&format!("http://{}", ocp.address), None, Limits::default()).await
    }

    async fn with_basic(ocp: &Ocp) -> Self {
        let credentials = ("reader".to_owned(), "s3cret".to_owned());
        Self::with(&format!("http://{}", ocp.address), Some(credentials), Limits::default()).await
    }

    async fn with(ocp: &str, credentials: Option<Credentials>, limits: Limits) -> Self {
        let (api, missing) = routers(&Upstream::new(ocp, credentials, limits).unwrap());
        Self::start(api, missing).await
    }

    /// The simulated OCP in place of a real one.
    async fn simulated() -> Self {
        Self::start(crate::ocp::router(), Router::new()).await
    }

    async fn start(api: Router, missing: Router) -> Self {
        let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let app = guarded(assets::router(&files, api, missing), Hosts::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = app.into_make_service_with_connect_info::<LocalAddress>();
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { address }
    }

    /// A connection over which `request` was sent. `{host}` stands for the server's address.
    async fn connect(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        // A server that refuses in the middle of a request is to be heard all the same.
        _ = stream.write_all(request.replace("{host}", &self.address.to_string()).as_bytes()).await;
        stream
    }

    /// All that comes back to these bytes.
    async fn raw(&self, request: &str) -> String {
        let mut stream = self.connect(request).await;
        let mut answer = Vec::new();
        // A reset after the answer is an end, too.
        _ = within(stream.read_to_end(&mut answer)).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The answer to `line`, a method and a path, with these headers beside `Host`.
    async fn ask(&self, line: &str, headers: &[(&str, &str)]) -> String {
        self.raw(&request(line, headers, "")).await
    }
}

/// A request as it is sent: `line` is a method and a path.
fn request(line: &str, headers: &[(&str, &str)], body: &str) -> String {
    let mut request = format!("{line} HTTP/1.1\r\nHost: {{host}}\r\n");
    for (name, value) in headers {
        _ = write!(request, "{name}: {value}\r\n");
    }
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("connection")) {
        request.push_str("Connection: close\r\n");
    }
    if !body.is_empty() {
        _ = write!(request, "Content-Length: {}\r\n", body.len());
    }
    request + "\r\n" + body
}

/// Long enough for any machine: a test that waits for it has failed.
async fn within<T>(future: impl Future<Output = T>) -> T {
    timeout(Duration::from_secs(20), future).await.expect("it never came")
}

fn status(answer: &str) -> u16 {
    answer.get(9..12).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("no answer: {answer:?}"))
}

fn head(message: &str) -> &str {
    message.split("\r\n\r\n").next().unwrap()
}

/// The value of a header; several of them with ` & ` between.
fn header(message: &str, name: &str) -> Option<String> {
    let lines = head(message).split("\r\n").skip(1).filter_map(|line| line.split_once(": "));
    let values: Vec<_> = lines.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value).collect();
    (!values.is_empty()).then(|| values.join(" & "))
}

/// The names of all headers, sorted, in lower case.
fn names(message: &str) -> Vec<String> {
    let lines = head(message).split("\r\n").skip(1).filter_map(|line| line.split_once(':'));
    let mut names: Vec<_> = lines.map(|(name, _)| name.to_ascii_lowercase()).collect();
    names.sort();
    names
}

#[test]
fn the_user_is_warned_of_credentials_that_others_may_read_or_use() {
    let warnings = |ocp: &str, has_credentials: bool, is_local: bool| {
        let credentials = has_credentials.then(|| ("reader".to_owned(), "s3cret".to_owned()));
        Upstream::new(ocp, credentials, Limits::default()).unwrap().warnings(is_local).join(" ")
    };
    for ocp in ["http://ocp.example", "http://192.0.2.1:8080", "http://localhost.example"] {
        assert!(warnings(ocp, true, true).contains("in the clear"), "{ocp}");
        assert_eq!(warnings(ocp, false, false), "", "{ocp}");
    }
    for ocp in ["http://localhost:8080", "http://127.0.0.1", "http://[::1]:80"] {
        assert_eq!(warnings(ocp, true, true), "", "{ocp}");
        assert!(warnings(ocp, true, false).contains("everyone"), "{ocp}");
    }
}

#[test]
fn the_address_of_ocp_is_one_of_a_web_server() {
    let start = |ocp: &str| Upstream::new(ocp, None, Limits::default()).map(|ocp| ocp.address().to_owned());
    for (ocp, address) in [
        ("http://ocp.example", "http://ocp.example/"),
        (" http://OCP.example:8080/ ", "http://ocp.example:8080/"),
        ("http://gateway.example/ocp/", "http://gateway.example/ocp/"),
    ] {
        assert_eq!(start(ocp).as_deref(), Ok(address));
    }
    for ocp in [
        "",
        "ocp.example",
        "ftp://ocp.example",
        "http://",
        "http://u:s3cret@ocp.example",
        "http://ocp.example/?a",
        "http://ocp.example/#a",
    ] {
        let refused = start(ocp).unwrap_err();
        assert!(refused.contains("--ocp takes an address") && !refused.contains("s3cret"), "{ocp}: {refused}");
    }
    let colon = Some(("a:b".to_owned(), String::new()));
    assert!(
        Upstream::new("http://ocp.example", colon, Limits::default()).is_err_and(|words| words.contains("OCP_USER"))
    );
}
