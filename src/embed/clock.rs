//! The browser's clock and zone: the only place that asks for either.

use js_sys::Date;

use crate::domain::time::{Clock, EpochMs};

/// The browser's clock and the viewer's zone.
pub const BROWSER: Clock = Clock { now, random: js_sys::Math::random, offset_minutes };

#[expect(clippy::cast_possible_truncation, reason = "a float cast saturates, and Date ends at 8.64e15 ms")]
fn now() -> EpochMs {
    Date::now() as EpochMs
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "Date counts in floats")]
fn offset_minutes(at: EpochMs) -> i32 {
    // Date counts minutes west of UTC, and gives NaN (0 as an integer) beyond its own range.
    -(Date::new(&(at as f64).into()).get_timezone_offset() as i32)
}
