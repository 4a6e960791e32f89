//! Facts into words, without a browser.
//!
//! - Who reads: [`viewer`]. In which language: [`locale`], [`texts`].
//! - The table: [`rows`], [`columns`], [`column_visibility`], [`table_view`] (filter and sort order).
//! - Around it: [`verdict`], [`footer`], [`remarks`], [`problem`], [`coverage`] (which tasks something is about).
//! - About one task: [`causes`].
//! - Of a session: [`journal`], [`diagnostics`].
//! - To take away: [`report`], [`export`], [`event_detail`], written by [`markdown`] and [`json`].
//! - The standalone page: [`cluster_card`], [`address`] (its views).
//! - Single values: [`format`](mod@format), and [`sanitize`] for text from outside.

pub mod address;
pub mod causes;
pub mod cluster_card;
pub mod column_visibility;
pub mod columns;
pub mod coverage;
pub mod diagnostics;
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
pub mod view_options;
pub mod viewer;
