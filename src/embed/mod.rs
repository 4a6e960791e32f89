//! The outside: what the page says ([`config`], [`changes`], [`theme`]), what time it is ([`clock`], [`time_keeping`]), what the page hears
//! ([`host_events`]), and how a panel is put into the page and taken out ([`mount`]). The standalone page starts in [`console`].

pub mod changes;
pub mod clock;
pub mod config;
pub mod console;
pub mod host_events;
pub mod mount;
pub mod panics;
pub mod theme;
pub mod time_keeping;
