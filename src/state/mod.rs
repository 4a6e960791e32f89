//! What is known now. [`load`] is a pure reducer over answers, [`watch`] what shows only by comparing them, and [`refresh`]
//! a pure machine for when to ask again; [`panel`] drives them: query → fetch → decode → settle. [`sweep`] reads all pages, once.

pub mod load;
pub mod panel;
pub mod refresh;
pub mod sweep;
pub mod watch;
