//! OCP's dialect: from a query to a URL ([`request`]), over the network ([`fetch`], [`charset`]), and from the response ([`response`], read
//! by [`lenient`] and [`wire`]) to tasks ([`decode`]) or a typed error ([`refusal`], [`error`]), with credentials masked on the way in
//! ([`redact`]).

pub mod charset;
pub mod decode;
pub mod error;
pub mod fetch;
pub mod lenient;
pub mod redact;
pub mod refusal;
pub mod request;
pub mod response;
pub mod wire;
