//! Facts into words, without a browser. [`viewer`] is who reads them; [`locale`], [`texts`] and [`enum_texts`] are the languages. Of an answer:
//! the table's [`rows`], in which [`columns`] ([`column_visibility`]) and which order ([`table_view`]); the [`verdict`], the
//! [`footer`], [`remarks`], and what they cover ([`coverage`]). Of a session: the [`journal`], [`diagnostics`], a [`problem`].
//! To take away: a [`report`], files ([`export`]), and what a host hears ([`event_detail`]), written as [`markdown`] and [`json`].
//! [`format`] words single values, and [`sanitize`] makes text from outside safe to read.

pub mod column_visibility;
pub mod columns;
pub mod coverage;
pub mod diagnostics;
pub mod enum_texts;
pub mod event_detail;
pub mod export;
pub mod footer;
pub mod format;
pub mod journal;
pub mod json;
pub mod locale;
pub mod markdown;
pub mod problem;
pub mod remarks;
pub mod report;
pub mod rows;
pub mod sanitize;
pub mod table_view;
pub mod texts;
pub mod verdict;
pub mod viewer;
