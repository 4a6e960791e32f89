//! Effects and values that live as long as the component that made them.

use std::any::Any;

use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;

/// Runs `run` now, and again whenever a signal that it read has changed, as long as the current owner lives.
///
/// The closure is boxed, so that Leptos' code for effects is compiled once and not for each closure, which is half a kilobyte each.
pub fn effect(run: impl FnMut() + 'static) {
    let mut run: Box<dyn FnMut()> = Box::new(run);
    keep(RenderEffect::new(move |_| run()));
}

/// Keeps `value` until the current owner ends. It is boxed for the same reason as an effect.
pub fn keep(value: impl Any) {
    StoredValue::new_local(Box::new(value) as Box<dyn Any>);
}
