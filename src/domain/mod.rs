//! Facts, without a browser: what is asked ([`query`]), when ([`time`]), what came back ([`task`], [`page`]), how far
//! behind it is ([`delay`]), whether that gets better ([`trend`]), by which clock ([`skew`]), what it comes to ([`summary`], [`kinds`], [`losses`]),
//! how it departs from the contract ([`deviation`]), what of it may be shown ([`redact`]); which clusters there are ([`cluster`]); and how one text is found in another
//! ([`search`]). Nothing here reads a clock, the network or the DOM; "now" and the
//! zone are parameters.

pub mod cluster;
pub mod delay;
pub mod deviation;
pub mod hash;
pub mod identity;
pub mod kinds;
pub mod losses;
pub mod moment;
pub mod page;
pub mod query;
pub mod redact;
pub mod search;
pub mod skew;
pub mod summary;
pub mod task;
pub mod time;
pub mod trend;
