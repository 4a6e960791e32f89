//! What is known now.
//!
//! - [`request_state`] is a pure reducer of requests and responses.
//! - [`cache`] recognizes responses that come from a cache.
//! - [`history`] remembers what only a comparison of responses shows.
//! - [`refresh`] decides when to ask again.
//! - [`sweep`] plans the reading of all tasks in the background; [`page_walk`] is one such reading.
//! - Of a page that watches many clusters: [`alarm`] decides when to ring, [`turns`] who may ask.
//! - [`panel`] is the driver, and the only file here that knows the browser: query → fetch → decode → settle.

pub mod alarm;
pub mod cache;
pub mod history;
pub mod page_walk;
pub mod panel;
pub mod refresh;
pub mod request_state;
pub mod sweep;
pub mod turns;
