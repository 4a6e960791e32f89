//! From a task's `delay` to a verdict: is log backup keeping up, lagging, or critically behind?

use super::redact::Redacted;
use super::task::{DelayMeaning, Seconds, StatusKind, Task, Tone};
use super::time::{EpochMs, seconds};

/// From which delay on a task counts as lagging or critical, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// Lagging from here on. 300 s by default: the sample threshold of OCP's own alarm `inc_backup_delay`.
    pub lagging: f64,
    /// Critical from here on. 900 s by default.
    pub critical: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { lagging: 300.0, critical: 900.0 }
    }
}

/// The verdict on a lag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// Below both thresholds.
    Ok,
    /// At or over [`Thresholds::lagging`].
    Lagging,
    /// At or over [`Thresholds::critical`].
    Critical,
}

/// What is known of a task's delay.
#[derive(Clone, Debug, PartialEq)]
pub enum Delay {
    /// A lag, judged.
    Lag {
        /// How far the checkpoint is behind, in seconds, at least 0.
        seconds: f64,
        /// The verdict.
        level: Level,
        /// Whether the server left the number out, so that it is its own time less the checkpoint.
        computed: bool,
    },
    /// The checkpoint stands still under this status: the number is no lag.
    NotApplicable(Option<f64>),
    /// The status is unknown: the number without a verdict.
    NoVerdict(f64),
    /// The database has no checkpoint yet, which it writes as a delay since 1970.
    NoCheckpoint,
    /// The checkpoint lies this many seconds ahead of the database's clock: a clock or a time zone is wrong.
    Ahead(f64),
    /// Text that is no number, as sent.
    Raw(Redacted),
    /// Nothing to tell it from.
    Missing,
}

/// The archive lag target (`archive_lag_target`), 120 s by default, and what a healthy stream overshoots it by: its delay
/// is a saw-tooth from 0 to about this.
pub const LAG_TARGET: f64 = 130.0;
/// Negative delays down to here come from reading two clocks one after the other, and count as none.
pub const CLOCK_JITTER: f64 = -5.0;
/// A checkpoint of 0 gives a delay of about 1.8e9 s; no archive is thirty years behind.
const NO_CHECKPOINT: f64 = 1e9;

impl Delay {
    /// Judges `task`. `server_time` is the response's own timestamp, never the browser's clock.
    #[must_use]
    pub fn judge(task: &Task, server_time: Option<EpochMs>, thresholds: Thresholds) -> Self {
        let meaning = task.status.kind.delay_meaning();
        let checkpoint = task.checkpoint_ms();
        let (seconds, computed) = match (&task.delay, checkpoint, server_time) {
            (Some(Seconds::Raw(raw)), ..) => return Self::Raw(raw.clone()),
            (Some(Seconds::Number(seconds)), ..) => (*seconds, false),
            (None, Some(checkpoint), Some(now)) => (seconds(now.saturating_sub(checkpoint)), true),
            (None, ..) if meaning == DelayMeaning::NotApplicable => return Self::NotApplicable(None),
            (None, ..) => return Self::Missing,
        };
        if seconds >= NO_CHECKPOINT || checkpoint == Some(0) {
            return Self::NoCheckpoint;
        }
        match meaning {
            DelayMeaning::NotApplicable => Self::NotApplicable(Some(seconds)),
            _ if seconds < CLOCK_JITTER => Self::Ahead(-seconds),
            DelayMeaning::NoVerdict => Self::NoVerdict(seconds.max(0.0)),
            DelayMeaning::Lag => {
                let seconds = seconds.max(0.0);
                Self::Lag { seconds, level: Level::of(seconds, thresholds), computed }
            }
        }
    }
}

impl Delay {
    /// The tone in which it is shown under `status`; `None` where there is no verdict.
    #[must_use]
    pub fn tone(&self, status: StatusKind) -> Option<Tone> {
        match self {
            // Only the delay tells whether a task in progress is well.
            Self::NoCheckpoint | Self::Raw(_) | Self::Missing if status == StatusKind::InProgress => {
                Some(Tone::Warning)
            }
            Self::Lag { level, .. } => Some(level.tone()),
            Self::NotApplicable(_) => Some(Tone::Neutral),
            Self::Ahead(_) => Some(Tone::Warning),
            Self::NoVerdict(_) | Self::NoCheckpoint | Self::Raw(_) | Self::Missing => None,
        }
    }
}

impl Level {
    /// The level of a lag of `seconds`.
    #[must_use]
    pub fn of(seconds: f64, thresholds: Thresholds) -> Self {
        if seconds >= thresholds.critical {
            Self::Critical
        } else if seconds >= thresholds.lagging {
            Self::Lagging
        } else {
            Self::Ok
        }
    }

    /// The tone in which it is shown.
    #[must_use]
    pub fn tone(self) -> Tone {
        match self {
            Self::Ok => Tone::Ok,
            Self::Lagging => Tone::Warning,
            Self::Critical => Tone::Critical,
        }
    }
}

/// Seconds to four decimals, as the database truncates them, without trailing zeros: `77.6421`, `98`.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "a float cast saturates")]
pub fn format_seconds(seconds: f64) -> String {
    let scaled = (seconds.abs() * 10_000.0).round() as i64;
    let mut out = (scaled / 10_000).to_string();
    if seconds < 0.0 && scaled > 0 {
        out.insert(0, '-');
    }
    let fraction = (10_000 + scaled % 10_000).to_string();
    let fraction = fraction.get(1..).unwrap_or_default().trim_end_matches('0');
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}
