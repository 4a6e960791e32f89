//! A signal that turns true only when a condition has held for a while.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;

use super::effect;

/// A wait is shown after this many milliseconds. A sign that only flashes costs the browser and the eye more than it tells.
const A_WHILE: u32 = 200;

/// Turns true when `condition` has held for [`A_WHILE`], and false as soon as it no longer does.
#[must_use]
pub fn delayed(condition: impl Fn() -> bool + 'static) -> RwSignal<bool> {
    let held = RwSignal::new(false);
    let mut waiting = None::<Timeout>;
    effect(move || {
        if !condition() {
            // A timeout that is dropped fires no more.
            waiting = None;
            if held.get_untracked() {
                held.set(false);
            }
        } else if waiting.is_none() {
            waiting = Some(Timeout::new(A_WHILE, move || _ = held.try_set(true)));
        }
    });
    held
}
