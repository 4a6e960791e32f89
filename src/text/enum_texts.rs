//! Texts that are looked up by an enum: a field for each variant, and a `match` that the compiler checks.

use super::columns::Column;
use crate::api::error::Oddity;
use crate::domain::deviation::DeviationKind;
use crate::domain::task::{StatusKind, Tone};
use crate::domain::time::{Span, TimeRange, Unit};

/// The headings of the columns.
#[expect(missing_docs, reason = "the fields are named as the variants of `Column`")]
#[derive(Debug)]
pub struct ColumnTexts {
    pub status: &'static str,
    pub tenant: &'static str,
    pub delay: &'static str,
    pub checkpoint: &'static str,
    pub error: &'static str,
    pub cluster: &'static str,
    pub mode: &'static str,
    pub uri: &'static str,
    pub host: &'static str,
    pub created: &'static str,
    pub modified: &'static str,
}

impl ColumnTexts {
    /// The text for `column`.
    #[must_use]
    pub fn of(&self, column: Column) -> &'static str {
        match column {
            Column::Status => self.status,
            Column::Tenant => self.tenant,
            Column::Delay => self.delay,
            Column::Checkpoint => self.checkpoint,
            Column::Error => self.error,
            Column::Cluster => self.cluster,
            Column::Mode => self.mode,
            Column::Uri => self.uri,
            Column::Host => self.host,
            Column::Created => self.created,
            Column::Modified => self.modified,
        }
    }
}

/// A text for each status.
#[expect(missing_docs, reason = "the fields are named as the variants of `StatusKind`")]
#[derive(Debug)]
pub struct StatusTexts {
    pub preparing: &'static str,
    pub starting: &'static str,
    pub in_progress: &'static str,
    pub stopping: &'static str,
    pub stopped: &'static str,
    pub suspending: &'static str,
    pub suspended: &'static str,
    pub interrupted: &'static str,
    pub failed: &'static str,
    pub mixed: &'static str,
    pub not_started: &'static str,
    pub unknown: &'static str,
}

impl StatusTexts {
    /// The text for `kind`.
    #[must_use]
    pub fn of(&self, kind: StatusKind) -> &'static str {
        match kind {
            StatusKind::Preparing => self.preparing,
            StatusKind::Starting => self.starting,
            StatusKind::InProgress => self.in_progress,
            StatusKind::Stopping => self.stopping,
            StatusKind::Stopped => self.stopped,
            StatusKind::Suspending => self.suspending,
            StatusKind::Suspended => self.suspended,
            StatusKind::Interrupted => self.interrupted,
            StatusKind::Failed => self.failed,
            StatusKind::Mixed => self.mixed,
            StatusKind::NotStarted => self.not_started,
            StatusKind::Unknown => self.unknown,
        }
    }
}

/// A name for each tone.
#[expect(missing_docs, reason = "the fields are named as the variants of `Tone`")]
#[derive(Debug)]
pub struct ToneTexts {
    pub neutral: &'static str,
    pub ok: &'static str,
    pub info: &'static str,
    pub warning: &'static str,
    pub critical: &'static str,
}

impl ToneTexts {
    /// The text for `tone`.
    #[must_use]
    pub fn of(&self, tone: Tone) -> &'static str {
        match tone {
            Tone::Neutral => self.neutral,
            Tone::Ok => self.ok,
            Tone::Info => self.info,
            Tone::Warning => self.warning,
            Tone::Critical => self.critical,
        }
    }
}

/// A name for each kind of departure from the contract.
#[expect(missing_docs, reason = "the fields are named as the variants of `DeviationKind`")]
#[derive(Debug)]
pub struct DeviationTexts {
    pub unknown_field: &'static str,
    pub odd_type: &'static str,
    pub unknown_status: &'static str,
    pub unreadable: &'static str,
    pub malformed_row: &'static str,
    pub long_text: &'static str,
    pub repaired_json: &'static str,
}

impl DeviationTexts {
    /// The text for `kind`.
    #[must_use]
    pub fn of(&self, kind: DeviationKind) -> &'static str {
        match kind {
            DeviationKind::UnknownField => self.unknown_field,
            DeviationKind::OddType => self.odd_type,
            DeviationKind::UnknownStatus => self.unknown_status,
            DeviationKind::Unreadable => self.unreadable,
            DeviationKind::MalformedRow => self.malformed_row,
            DeviationKind::LongText => self.long_text,
            DeviationKind::RepairedJson => self.repaired_json,
        }
    }
}

/// What came in place of OCP's answer, as a sentence each.
#[expect(missing_docs, reason = "the fields are named as the variants of `Oddity`")]
#[derive(Debug)]
pub struct OddityTexts {
    pub html: &'static str,
    pub empty: &'static str,
    pub not_json: &'static str,
    pub no_envelope: &'static str,
    pub no_list: &'static str,
}

impl OddityTexts {
    /// The text for `oddity`.
    #[must_use]
    pub fn of(&self, oddity: Oddity) -> &'static str {
        match oddity {
            Oddity::Html => self.html,
            Oddity::Empty => self.empty,
            Oddity::NotJson => self.not_json,
            Oddity::NoEnvelope => self.no_envelope,
            Oddity::NoList => self.no_list,
        }
    }
}

/// The names of the ranges that the range picker offers.
#[expect(missing_docs, reason = "the fields are named as the ranges of `TimeRange::PRESETS`")]
#[derive(Debug)]
pub struct PresetTexts {
    pub all_time: &'static str,
    pub last_hour: &'static str,
    pub last_24_hours: &'static str,
    pub last_7_days: &'static str,
    pub last_30_days: &'static str,
}

impl PresetTexts {
    /// The name of `range`; `None` for a range that is no preset.
    #[must_use]
    pub fn of(&self, range: TimeRange) -> Option<&'static str> {
        match range {
            TimeRange::All => Some(self.all_time),
            TimeRange::Last(Span { count: 1, unit: Unit::Hours }) => Some(self.last_hour),
            TimeRange::Last(Span { count: 24, unit: Unit::Hours }) => Some(self.last_24_hours),
            TimeRange::Last(Span { count: 7, unit: Unit::Days }) => Some(self.last_7_days),
            TimeRange::Last(Span { count: 30, unit: Unit::Days }) => Some(self.last_30_days),
            _ => None,
        }
    }
}
