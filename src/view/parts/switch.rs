//! A region of the panel that is rendered again when one thing changes.

use std::hash::Hash;

use leptos::prelude::*;

use super::{Derived, boxed};
use crate::domain::hash::hash_of;

/// A hash that stands for a value: equal values have equal fingerprints. It has one type for all values, and so has the memo of a
/// [`Switch`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// The fingerprint of `value`.
    #[must_use]
    pub fn of(value: &impl Hash) -> Self {
        Self(hash_of(value))
    }
}

/// Shows what `view` returns, and calls it again whenever `on` changes. Signals that `view` reads are not tracked.
///
/// Leptos compares the new view with the old one, and writes what differs.
#[component]
pub fn Switch(
    /// The fingerprint that decides when to render again.
    #[prop(into)]
    on: Derived<Fingerprint>,
    /// Returns what is shown.
    #[prop(into)]
    view: ViewFn,
) -> impl IntoView {
    let on = Memo::new(move |_| on.get());
    boxed(move || {
        // Read, not only tracked: a memo that nobody reads does not run.
        _ = on.get();
        untrack(|| view.run())
    })
}
