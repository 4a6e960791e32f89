//! A forward proxy for the browser that plays wasm-bindgen's tests. It opens a connection for each request and closes it afterwards.
//!
//! The test runner's server (`tiny_http`) can leave a connection to no thread when several come at once. Its threads then stay with the connections
//! that the browser keeps alive, for 300 s, and the page waits as long for one of its scripts. Seen on two machines: a request of 605 bytes
//! that nobody read, beside four idle connections.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// How long either side may be silent. The tests themselves take seconds.
const SILENCE: Duration = Duration::from_mins(1);
/// The greatest head of a request.
const MOST_HEAD: usize = 64 * 1024;

/// Starts it on a free port, for as long as this process lives, and returns its address.
pub fn start() -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            // One that breaks is the browser's to ask again.
            thread::spawn(move || forward(client));
        }
    });
    Ok(address)
}

/// Takes one request, and gives the response to it.
fn forward(mut client: TcpStream) -> io::Result<()> {
    client.set_read_timeout(Some(SILENCE))?;
    let mut head = Vec::new();
    let end = loop {
        let mut part = [0; 4096];
        let read = client.read(&mut part)?;
        if read == 0 || head.len() > MOST_HEAD {
            return Ok(());
        }
        head.extend(part.iter().take(read));
        if let Some(end) = head.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let (head, body) = head.split_at(end);
    let head = String::from_utf8_lossy(head);
    let Some((host, head)) = to_origin(&head) else {
        return client.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    };
    let mut server = TcpStream::connect(host)?;
    server.set_read_timeout(Some(SILENCE))?;
    server.write_all(head.as_bytes())?;
    server.write_all(body)?;
    io::copy(&mut server, &mut client)?;
    Ok(())
}

/// The host that the head of a request to a proxy names, and the head as that host wants it.
fn to_origin(head: &str) -> Option<(String, String)> {
    let (line, rest) = head.split_once("\r\n")?;
    let (method, target) = line.split_once(" http://")?;
    let (host, path) = target.split_once('/')?;
    let is_kept = |line: &&str| {
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        !matches!(&*name, "connection" | "proxy-connection" | "keep-alive")
    };
    let kept: Vec<_> = rest.trim_end().split("\r\n").filter(is_kept).collect();
    Some((host.to_owned(), [method, " /", path, "\r\n", &kept.join("\r\n"), "\r\nConnection: close\r\n\r\n"].concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_gets_the_request_as_its_own_and_alone_on_a_connection() {
        let server = TcpListener::bind("127.0.0.1:0").unwrap();
        let host = server.local_addr().unwrap();
        let heard = thread::spawn(move || {
            let mut heard = Vec::new();
            for body in ["one", "two"] {
                let (mut stream, _) = server.accept().unwrap();
                let mut part = [0; 1024];
                let read = stream.read(&mut part).unwrap();
                heard.push(String::from_utf8_lossy(&part[..read]).into_owned());
                stream.write_all(format!("HTTP/1.1 200 OK\r\n\r\n{body}").as_bytes()).unwrap();
            }
            heard
        });
        let proxy = start().unwrap();
        let answers = ["one", "two"].map(|path| {
            let mut client = TcpStream::connect(proxy).unwrap();
            let request =
                format!("GET http://{host}/{path} HTTP/1.1\r\nHost: {host}\r\nProxy-Connection: keep-alive\r\n\r\n");
            client.write_all(request.as_bytes()).unwrap();
            let mut answer = String::new();
            client.read_to_string(&mut answer).unwrap();
            answer
        });
        assert_eq!(answers, ["one", "two"].map(|body| format!("HTTP/1.1 200 OK\r\n\r\n{body}")));
        let asked =
            ["one", "two"].map(|path| format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        assert_eq!(heard.join().unwrap(), asked);
    }
}
