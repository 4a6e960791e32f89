//! What is known now.
//!
//! - [`load`] is a pure reducer of questions and answers.
//! - [`watch`] remembers what only a comparison of answers shows.
//! - [`refresh`] decides when to ask again.
//! - [`sweep`] reads all pages of a list, once.
//! - [`panel`] is the driver, and the only file here that knows the browser: query → fetch → decode → settle.

pub mod load;
pub mod panel;
pub mod refresh;
pub mod sweep;
pub mod watch;
