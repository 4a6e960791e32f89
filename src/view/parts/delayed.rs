//! A condition that has to hold for a while before it is shown.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;

use super::effect;

/// Milliseconds from which on a wait is shown as one: what flashes by costs the browser, and the eye, more than it tells.
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
