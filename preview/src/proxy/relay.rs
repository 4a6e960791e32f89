//! A response on its way from OCP to the browser: piece by piece, never as a whole in memory.

use std::fmt;
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures_util::stream;
use http_body_util::BodyExt;
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::time::timeout;

/// Why a body ended before its end. The browser sees a broken connection, so that it takes no half for the whole.
#[derive(Debug)]
struct Interrupted;

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the response was interrupted")
    }
}

impl std::error::Error for Interrupted {}

/// A piece of the body, or its end. Where no end comes, the body was interrupted.
enum Piece {
    Data(Bytes),
    End,
}

/// The body for the browser. The connection to OCP ends, and `permit` is given back, with the body, with the browser,
/// or when OCP sends nothing or the browser takes nothing for as long as `patience`.
pub fn relay(mut body: reqwest::Body, permit: OwnedSemaphorePermit, patience: Duration) -> Body {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        let _permit = permit;
        loop {
            let frame = tokio::select! {
                () = sender.closed() => return,
                frame = timeout(patience, body.frame()) => frame,
            };
            let piece = match frame {
                Ok(None) => Piece::End,
                Err(_) | Ok(Some(Err(_))) => return,
                Ok(Some(Ok(frame))) => match frame.into_data() {
                    Ok(data) => Piece::Data(data),
                    // Trailers are headers that come late, and none of those that pass does.
                    Err(_) => continue,
                },
            };
            let is_end = matches!(piece, Piece::End);
            let is_taken = matches!(timeout(patience, sender.send(piece)).await, Ok(Ok(())));
            if is_end || !is_taken {
                return;
            }
        }
    });
    let next = async |receiver: Option<mpsc::Receiver<Piece>>| {
        let mut receiver = receiver?;
        match receiver.recv().await {
            Some(Piece::Data(data)) => Some((Ok(data), Some(receiver))),
            Some(Piece::End) => None,
            None => Some((Err(Interrupted), None)),
        }
    };
    Body::from_stream(stream::unfold(Some(receiver), next))
}
