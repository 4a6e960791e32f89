//! Facts, without a browser: what is asked ([`query`]), when ([`time`]), what came back ([`task`], [`page`]), how far
//! behind it is ([`delay`]), whether that gets better ([`trend`]), by which clock ([`skew`]), what it comes to ([`summary`], [`kinds`]),
//! how it departs from the contract ([`deviation`]), and what of it may be shown ([`redact`]). Nothing here reads a clock, the network or the DOM; "now" and the
//! zone are parameters.

pub mod delay;
pub mod deviation;
pub mod hash;
pub mod identity;
pub mod kinds;
pub mod moment;
pub mod page;
pub mod query;
pub mod redact;
pub mod skew;
pub mod summary;
pub mod task;
pub mod time;
pub mod trend;
