//! The program as it is started: whom it trusts comes from the environment, and whom it answers to from its arguments.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::{self, ServerConfig, pki_types::PrivateKeyDer};

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority(name: &str) -> Authority {
    let mut params = CertificateParams::new([]).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A file with the certificate of `authority`.
fn trusted(authority: &Authority, name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, authority.pem()).unwrap();
    path
}

/// An OCP with a certificate of `authority` for `localhost`, of which this returns the port.
async fn ocp(authority: &Authority, last_year: i32) -> u16 {
    let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    params.not_after = date_time_ymd(last_year, 1, 1);
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, authority).unwrap().der().clone();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = config.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            // A proxy that does not trust the certificate ends the connection here.
            if let Ok(mut stream) = acceptor.accept(stream).await {
                _ = stream.read(&mut [0; 4096]).await;
                _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nOCP!").await;
                _ = stream.shutdown().await;
            }
        }
    });
    port
}

/// The program before the OCP at `address`, trusting the authorities in the file `trusted`; its output, which must stay
/// open; and its address.
async fn preview(address: &str, trusted: &PathBuf) -> (Child, BufReader<ChildStdout>, String) {
    started(Command::new(env!("CARGO_BIN_EXE_preview")).args(["--ocp", address]).env("SSL_CERT_FILE", trusted)).await
}

async fn started(program: &mut Command) -> (Child, BufReader<ChildStdout>, String) {
    let mut child = program
        .args(["--api-only", "--port", "0", "--host", "panel.example"])
        .env_remove("SSL_CERT_DIR")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let (mut line, mut output) = (String::new(), BufReader::new(child.stdout.take().unwrap()));
    output.read_line(&mut line).await.unwrap();
    let address = line.strip_prefix("http://").and_then(|rest| rest.split('/').next());
    let address = address.unwrap_or_else(|| panic!("it did not start: {line:?}")).to_owned();
    (child, output, address)
}

/// What the program answers to a request for the list of tasks.
async fn answer(address: &str, trusted: &PathBuf) -> String {
    answer_as("", address, trusted).await
}

/// The same where it is asked for as `host`, which is its address if empty.
async fn answer_as(host: &str, address: &str, trusted: &PathBuf) -> String {
    let asked = async {
        let (_child, _output, here) = preview(address, trusted).await;
        let host = if host.is_empty() { &here } else { host };
        get("/api/v2/ob/clusters/7/backup/task/logBackupTasks?page=1&size=1", host, &here).await
    };
    timeout(Duration::from_secs(30), asked).await.unwrap()
}

/// What the server at `address` answers to a request for `path` at `host`.
async fn get(path: &str, host: &str, address: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn the_certificate_of_an_authority_in_ssl_cert_file_is_trusted() {
    let authority = authority("own");
    let port = ocp(&authority, 4000).await;
    let answer = answer(&format!("https://localhost:{port}"), &trusted(&authority, "own.pem")).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("OCP!"), "{answer}");
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let authority = authority("own");
    let port = ocp(&authority, 4000).await;
    let answer = answer(&format!("https://127.0.0.1:{port}"), &trusted(&authority, "name.pem")).await;
    assert!(answer.starts_with("HTTP/1.1 502 ") && answer.contains("is for another name"), "{answer}");
    assert!(!answer.contains("localhost"), "{answer}");
}

#[tokio::test]
async fn a_certificate_of_an_unknown_authority_is_refused() {
    let port = ocp(&authority("own"), 4000).await;
    // The second has the same name and another key, as one that was renewed.
    for other in ["other", "own"] {
        let trusted = trusted(&authority(other), &format!("not-{other}.pem"));
        let answer = answer(&format!("https://localhost:{port}"), &trusted).await;
        assert!(answer.starts_with("HTTP/1.1 502 ") && answer.contains("SSL_CERT_FILE"), "{answer}");
    }
}

#[tokio::test]
async fn an_expired_certificate_is_refused() {
    let authority = authority("own");
    let port = ocp(&authority, 2020).await;
    let answer = answer(&format!("https://localhost:{port}"), &trusted(&authority, "expired.pem")).await;
    assert!(answer.starts_with("HTTP/1.1 502 ") && answer.contains("has expired"), "{answer}");
}

#[tokio::test]
async fn an_ocp_without_tls_needs_no_authorities() {
    let (mut child, ..) = preview("http://localhost:1", &PathBuf::from("no-such-file")).await;
    child.kill().await.unwrap();
}

#[tokio::test]
async fn it_answers_to_the_names_that_it_is_given_and_to_no_others() {
    let authority = authority("own");
    let ocp = format!("https://localhost:{}", ocp(&authority, 4000).await);
    let trusted = trusted(&authority, "names.pem");
    for (host, status) in [("panel.example", "200"), ("panel.example:8080", "200"), ("evil.example", "403")] {
        let answer = answer_as(host, &ocp, &trusted).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{host}: {answer}");
    }
}

#[tokio::test]
async fn the_list_of_clusters_of_the_simulated_ocp_comes_through_the_proxy() {
    let (_ocp, _ocp_output, ocp) = started(&mut Command::new(env!("CARGO_BIN_EXE_preview"))).await;
    let (_proxy, _output, proxy) = preview(&format!("http://{ocp}"), &PathBuf::from("no-such-file")).await;
    let asked = async |query: &str| {
        let path = format!("/api/v2/ob/clusters?{query}");
        timeout(Duration::from_secs(30), get(&path, &proxy, &proxy)).await.unwrap()
    };
    let answer = asked("name=%E4%BC%9A%E5%91%98_07&status=RUNNING,STOPPED&sort=name,asc&page=1&size=2").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("\"name\":\"中台_会员_07\"") && answer.contains("\"totalElements\":4"), "{answer}");
    // OCP refuses this one, and the proxy the next.
    let unknown = asked("status=OFF").await;
    assert!(unknown.starts_with("HTTP/1.1 400 ") && unknown.contains("Invalid argument 'status': OFF"), "{unknown}");
    let odd = asked("page=one").await;
    assert!(odd.starts_with("HTTP/1.1 400 ") && odd.contains("this server does not take"), "{odd}");
}
