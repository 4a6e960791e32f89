//! Is a delay getting better? The verdict comes from the slope of the delays that were seen in this session.

use super::delay::LAG_TARGET;
use super::time::{self, EpochMs};

/// How many samples of a task are kept.
const MOST: usize = 32;
/// How far back the verdict looks, in milliseconds.
const WINDOW: i64 = 30 * 60_000;
/// The characters of a sparkline, from the lowest to the highest.
const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// The samples that a sparkline shows at most, and at least.
const SPARKS: usize = 12;
const FEWEST: usize = 6;

/// Where a delay is heading.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trend {
    /// It shrinks. At this pace it is within the archive lag target in this many seconds.
    CatchingUp(f64),
    /// It stays, apart from the saw-tooth that a healthy stream shows as well.
    KeepingPace,
    /// It grows.
    FallingBehind,
}

/// A straight line through samples: how many seconds it spans, and by how many seconds of delay it rises in that time.
struct Line {
    span: f64,
    by: f64,
}

/// The delays of one task over a session, oldest first: each with the time of the response, and the delay in seconds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Samples(Vec<(EpochMs, f32)>);

impl Samples {
    /// Adds the delay of the response at `at`. A response that is not newer than the last is ignored. If it is older by more than the lag
    /// target, the clock was set back, and the samples begin anew.
    #[expect(clippy::cast_possible_truncation, reason = "a sparkline has eight steps")]
    pub fn add(&mut self, at: EpochMs, seconds: f64) {
        match self.0.last() {
            Some((last, _)) if time::seconds(last - at) > LAG_TARGET => self.0.clear(),
            Some((last, _)) if at <= *last => return,
            _ => {}
        }
        if self.0.len() == MOST {
            // Every other sample of the older half is dropped. So a long session stays in view, and the last minutes stay exact.
            let mut index = 0;
            self.0.retain(|_| {
                index += 1;
                index > MOST / 2 || index % 2 == 0
            });
        }
        self.0.push((at, seconds as f32));
    }

    /// All of them: when, and the seconds.
    pub fn list(&self) -> impl Iterator<Item = (EpochMs, f64)> {
        self.since(EpochMs::MIN)
    }

    /// The verdict; `None` before the samples span two cycles of the saw-tooth.
    #[must_use]
    pub fn trend(&self) -> Option<Trend> {
        let (last, now) = self.0.last().map(|(at, seconds)| (*at, f64::from(*seconds)))?;
        let from = last - WINDOW;
        let change = self.change_since(self.turn(from, now).unwrap_or(from))?;
        if self.since(from).all(|(_, seconds)| seconds <= LAG_TARGET) {
            return Some(Trend::KeepingPace);
        }
        Some(match change.by {
            by if by > LAG_TARGET => Trend::FallingBehind,
            by if by < -LAG_TARGET => Trend::CatchingUp((now - LAG_TARGET).max(0.0) / -by * change.span),
            _ => Trend::KeepingPace,
        })
    }

    /// When the delay last turned by more than one tooth of the saw-tooth, after `from` and on its way to `now`. Only the samples after
    /// that tell where it is heading.
    fn turn(&self, from: EpochMs, now: f64) -> Option<EpochMs> {
        let mut furthest = (from, now);
        for (at, seconds) in self.since(from).rev() {
            let (gone, more) = (furthest.1 - now, seconds - furthest.1);
            if gone.abs() > LAG_TARGET && gone.signum() != more.signum() {
                if more.abs() > LAG_TARGET {
                    return Some(furthest.0);
                }
            } else if (seconds - now).abs() >= gone.abs() {
                furthest = (at, seconds);
            }
        }
        None
    }

    fn since(&self, from: EpochMs) -> impl DoubleEndedIterator<Item = (EpochMs, f64)> {
        self.0.iter().filter(move |(at, _)| *at >= from).map(|(at, seconds)| (*at, f64::from(*seconds)))
    }

    /// The straight line through the samples since `from`; `None` if they are too few or span too little time.
    #[expect(clippy::cast_precision_loss, reason = "there are few samples")]
    fn change_since(&self, from: EpochMs) -> Option<Line> {
        let points = || self.since(from).map(|(at, seconds)| (time::seconds(at - from), seconds));
        let span = points().next_back()?.0 - points().next()?.0;
        let count = points().count() as f64;
        if span < 2.0 * LAG_TARGET || count < 4.0 {
            return None;
        }
        let (sum_at, sum_seconds) = points().fold((0.0, 0.0), |(x, y), (at, seconds)| (x + at, y + seconds));
        let (mean_at, mean_seconds) = (sum_at / count, sum_seconds / count);
        let (covariance, variance) = points().fold((0.0, 0.0), |(xy, xx), (at, seconds)| {
            (xy + (at - mean_at) * (seconds - mean_seconds), xx + (at - mean_at) * (at - mean_at))
        });
        Some(Line { span, by: covariance / variance * span })
    }

    /// The last samples as characters of eight heights. The scale reaches from 0 to `top` seconds, the critical threshold, so that the
    /// lines of all tasks compare. Empty if there are too few samples.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float cast saturates")]
    pub fn sparkline(&self, top: f64) -> String {
        if self.0.len() < FEWEST {
            return String::new();
        }
        let shown = self.0.get(self.0.len().saturating_sub(SPARKS)..).unwrap_or_default();
        let step = |seconds: f32| ((f64::from(seconds) / top.max(1.0) * 8.0) as usize).min(7);
        shown.iter().filter_map(|(_, seconds)| STEPS.get(step(*seconds))).collect()
    }
}
