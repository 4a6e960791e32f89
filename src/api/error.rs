//! Everything that can go wrong between a query and its tasks.

use crate::domain::redact::Redacted;

/// Why there is no response to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// What went wrong. The kinds differ in what the operator can do.
    pub kind: ErrorKind,
    /// The HTTP status, where a response came at all.
    pub http_status: Option<u16>,
    /// For how many seconds the server wants no further request, if it said so.
    pub retry_after: Option<u32>,
    /// What OCP itself said of it.
    pub ocp: OcpError,
}

/// The kinds of failure, each with its own text and advice in the panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The embedder's cluster id is no positive Long; holds what was given.
    InvalidCluster(Redacted),
    /// The embedder's base URL can't be used; holds what was given.
    InvalidBaseUrl(Redacted),
    /// The embedder's `headers` function threw, rejected, or returned an invalid header; holds its words or the name of
    /// the header.
    NoHeaders(Redacted),
    /// 401, a redirect, or a sign-in page in place of the response. Never retried: OCP locks clients out.
    NotSignedIn,
    /// 403: no read-only permission on this cluster's backup and recovery.
    Forbidden,
    /// 404 from OCP itself.
    NoSuchCluster,
    /// 404 from something that is not OCP, such as a proxy: the base URL leads elsewhere.
    WrongPath,
    /// 400: OCP refused the parameters, such as a range that is too long.
    BadRequest,
    /// 429.
    Throttled,
    /// 5xx.
    Server,
    /// 502, 503 or 504 from something that is not OCP: a proxy that does not get through to it.
    Gateway,
    /// Nothing answered: refused, offline, blocked by CORS. A browser does not tell which.
    Unreachable,
    /// Nothing came in time.
    Timeout,
    /// The connection broke while the body was read.
    Interrupted,
    /// A response came that is not OCP's.
    NotOcp(Oddity),
    /// OCP answered `successful: false`, or a status that fits none of the above.
    Refused,
    /// The same from something that is not OCP, such as a firewall; holds the form of its answer.
    Blocked(Oddity),
}

impl ErrorKind {
    /// Whether nothing was sent, because no request can be made of what the embedder gave.
    #[must_use]
    pub fn is_unsent(&self) -> bool {
        matches!(self, Self::InvalidCluster(_) | Self::InvalidBaseUrl(_))
    }

    /// The name that a host hears in `ocp-error`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::InvalidCluster(_) => "invalid-cluster",
            Self::InvalidBaseUrl(_) => "invalid-base-url",
            Self::NoHeaders(_) => "no-headers",
            Self::NotSignedIn => "not-signed-in",
            Self::Forbidden => "forbidden",
            Self::NoSuchCluster => "no-such-cluster",
            Self::WrongPath => "wrong-path",
            Self::BadRequest => "bad-request",
            Self::Throttled => "throttled",
            Self::Server => "server",
            Self::Gateway => "gateway",
            Self::Unreachable => "unreachable",
            Self::Timeout => "timeout",
            Self::Interrupted => "interrupted",
            Self::NotOcp(_) => "not-ocp",
            Self::Refused => "refused",
            Self::Blocked(_) => "blocked",
        }
    }
}

/// What came in place of OCP's response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// An HTML page.
    Html,
    /// No body.
    Empty,
    /// Text that is no JSON, or JSON that ends too early.
    NotJson,
    /// JSON without OCP's envelope.
    NoEnvelope,
    /// OCP's envelope without a list of tasks, which is not the same as an empty list.
    NoList,
}

/// The `error` object of OCP's envelope, with the envelope's trace id and server, or what a gateway says in a JSON of its own. All are
/// `None` where left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OcpError {
    /// `error.code`: a number or a word such as `COM10010`.
    pub code: Option<Redacted>,
    /// `error.message`, in the language asked for.
    pub message: Option<Redacted>,
    /// `traceId`: what OCP's support asks for.
    pub trace_id: Option<Redacted>,
    /// `server`: the application server that answered.
    pub server: Option<Redacted>,
    /// Whether these are the words of something else than OCP.
    pub is_foreign: bool,
}

impl ApiError {
    /// Whether the failure may pass by itself: a broken or silent connection, throttling, or one of the HTTP statuses 408, 425, 500, 502,
    /// 503 and 504. A faulty request, a response that can't be decoded, and a 401 do not pass by themselves.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self.kind {
            ErrorKind::Unreachable
            | ErrorKind::Interrupted
            | ErrorKind::Timeout
            | ErrorKind::Throttled
            | ErrorKind::Gateway => true,
            // OCP also says it in a response of 200.
            ErrorKind::Server => !matches!(self.http_status, Some(501 | 505..)),
            ErrorKind::Refused | ErrorKind::Blocked(_) => matches!(self.http_status, Some(408 | 425)),
            _ => false,
        }
    }

    /// Whether it looks like an outage, which somebody will end: a failure that may pass, or an answer that is not OCP's at all.
    #[must_use]
    pub fn is_outage(&self) -> bool {
        self.is_passing() || matches!(self.kind, ErrorKind::NotOcp(_) | ErrorKind::WrongPath)
    }

    /// An error that came before, or instead of, an HTTP response.
    #[must_use]
    pub fn without_answer(kind: ErrorKind) -> Self {
        Self { kind, http_status: None, retry_after: None, ocp: OcpError::default() }
    }
}
