//! What is known now. [`load`] is a pure reducer over answers and [`refresh`] a pure machine for when to ask again;
//! [`panel`] drives both: query → fetch → decode → settle.

pub mod load;
pub mod panel;
pub mod refresh;
