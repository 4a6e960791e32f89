//! OCP's dialect: from a query to a URL ([`request`]), over the network ([`fetch`], [`charset`]), and from the response (`wire`) to tasks
//! or a typed error ([`decode`], [`error`]); and OCP's list of clusters ([`clusters`]).

pub mod charset;
pub mod clusters;
pub mod decode;
pub mod error;
pub mod fetch;
pub mod request;
mod wire;
