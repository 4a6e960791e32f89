//! The outside: what the page says ([`config`], [`changes`]), what time it is ([`clock`], [`time_keeping`]), what the page hears
//! ([`host_events`]), and the panel's life in it ([`mount`]).

pub mod changes;
pub mod clock;
pub mod config;
pub mod host_events;
pub mod mount;
pub mod stylesheet;
pub mod theme;
pub mod time_keeping;
