//! The outside: what the page says ([`config`]), what time it is ([`clock`]), and the panel's life in it ([`mount`]).

pub mod clock;
pub mod config;
pub mod mount;
pub mod stylesheet;
