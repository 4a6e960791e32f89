//! OCP's dialect: from a query to a URL ([`request`]), over the network ([`fetch`]), and from the response ([`response`], read by
//! [`lenient`] and [`wire`]) to tasks or a typed error ([`decode`], [`error`]), with credentials masked on the way in ([`redact`]).

pub mod decode;
pub mod error;
pub mod fetch;
pub mod lenient;
pub mod redact;
pub mod request;
pub mod response;
pub mod wire;
