//! The browser's clock and zones: the only place that asks for either.

use std::cell::RefCell;

use js_sys::{Date, Function};
use wasm_bindgen::JsValue;

use crate::domain::time::{Clock, EpochMs, Zone};

/// The browser's clock, and its zones.
pub const BROWSER: Clock = Clock { now, random: js_sys::Math::random, offset_minutes, named_zone, zone_name };

thread_local! {
    /// The names of the zones in use. A page uses one or two.
    static NAMES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    /// See [`use_zones`].
    static ZONE_OFFSET: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Takes the function that gives the minutes east of UTC of an IANA zone at an instant. It is the element's, since the way
/// to them is `Intl.DateTimeFormat`, which costs ten times the bytes from here.
pub fn use_zones(zone_offset: Function) {
    ZONE_OFFSET.replace(Some(zone_offset));
}

#[expect(clippy::cast_possible_truncation, reason = "a float cast saturates, and Date ends at 8.64e15 ms")]
fn now() -> EpochMs {
    Date::now() as EpochMs
}

fn offset_minutes(zone: Zone, at: EpochMs) -> i32 {
    match zone {
        Zone::Local => local_offset(at),
        Zone::Fixed(minutes) => minutes,
        Zone::Named(index) => named_offset(&zone_name(index), at).unwrap_or_else(|| local_offset(at)),
    }
}

fn zone_name(index: usize) -> String {
    NAMES.with_borrow(|names| names.get(index).cloned()).unwrap_or_default()
}

fn named_zone(name: &str) -> Option<Zone> {
    named_offset(name, 0)?;
    let number = |names: &mut Vec<String>| {
        names.iter().position(|known| known == name).unwrap_or_else(|| {
            names.push(name.to_owned());
            names.len() - 1
        })
    };
    Some(Zone::Named(NAMES.with_borrow_mut(number)))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "Date counts in floats")]
fn named_offset(name: &str, at: EpochMs) -> Option<i32> {
    let zone_offset = ZONE_OFFSET.with_borrow(Clone::clone)?;
    let minutes = zone_offset.call2(&JsValue::UNDEFINED, &name.into(), &(at as f64).into()).ok()?.as_f64()?;
    (!minutes.is_nan()).then_some(minutes as i32)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "Date counts in floats")]
fn local_offset(at: EpochMs) -> i32 {
    // Date counts minutes west of UTC, and gives NaN (0 as an integer) beyond its own range.
    -(Date::new(&(at as f64).into()).get_timezone_offset() as i32)
}
