//! Why OCP gave no answer, in words for the viewer. What the viewer need not know, such as addresses, goes to the
//! server's own output.

use std::error::Error;
use std::io;
use std::time::Duration;

use axum::http::StatusCode;
use rustls::{CertificateError, Error as TlsError};

use crate::refusal::Refusal;

/// OCP's answer did not begin within `waited`.
pub fn silence(waited: Duration) -> Refusal {
    let words = format!("OCP did not answer the proxy within {} seconds.", waited.as_secs());
    Refusal::new(StatusCode::GATEWAY_TIMEOUT, words)
}

/// What became of a request that failed, where a connection may take as long as `connect`.
pub fn failure(error: &reqwest::Error, connect: Duration) -> Refusal {
    let is_timeout = error.is_timeout();
    let status = if is_timeout { StatusCode::GATEWAY_TIMEOUT } else { StatusCode::BAD_GATEWAY };
    let words = if let Some(error) = cause::<TlsError>(error) {
        tls(error).to_owned()
    } else if is_timeout {
        format!("The proxy got no connection to OCP within {} seconds.", connect.as_secs())
    } else if cause::<io::Error>(error).is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused) {
        "OCP's machine refuses the proxy's connections.".to_owned()
    } else if error.is_connect() {
        "The proxy can't connect to OCP.".to_owned()
    } else {
        "The connection from the proxy to OCP broke before an answer.".to_owned()
    };
    Refusal::new(status, words)
}

fn tls(error: &TlsError) -> &'static str {
    match error {
        // A bad signature is one of an authority with the same name and another key, such as one that was renewed.
        TlsError::InvalidCertificate(CertificateError::UnknownIssuer | CertificateError::BadSignature) => {
            "OCP's certificate is of an authority that the proxy does not trust. Name that authority's certificate in \
             SSL_CERT_FILE when you start the proxy."
        }
        TlsError::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => "OCP's certificate is for another name than the one in --ocp.",
        TlsError::InvalidCertificate(CertificateError::Expired | CertificateError::ExpiredContext { .. }) => {
            "OCP's certificate has expired."
        }
        TlsError::InvalidCertificate(_) => "OCP's certificate is not valid.",
        _ => "The proxy and OCP found no common TLS.",
    }
}

/// The error of type `T` among the causes of `error`.
fn cause<'e, T: Error + 'static>(error: &'e (dyn Error + 'static)) -> Option<&'e T> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        // An I/O error does not count what it holds among its causes.
        let held = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = held.map(|held| held as &(dyn Error + 'static)).or_else(|| error.source());
    }
    None
}

/// `error` with all its causes, for the server's own output.
pub fn chain(error: &reqwest::Error) -> String {
    let mut words = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        words.push_str(": ");
        words.push_str(&error.to_string());
        next = error.source();
    }
    words
}
