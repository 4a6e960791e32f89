//! Names with their values.

use leptos::prelude::*;

/// A list of names, each with its value.
#[component]
pub fn Facts(
    /// The names and values.
    facts: Vec<(&'static str, String)>,
) -> impl IntoView {
    let facts = facts.into_iter().map(|(name, value)| {
        view! {
            <dt>{name}</dt>
            <dd translate="no">{value}</dd>
        }
        .into_any()
    });
    view! { <dl class="facts">{facts.collect_view()}</dl> }
}
