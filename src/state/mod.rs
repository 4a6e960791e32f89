//! What is known now. [`load`] is a pure reducer over answers; [`panel`] drives it: query → fetch → decode → settle.

pub mod load;
pub mod panel;
