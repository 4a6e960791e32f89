//! Facts, without a browser: what is asked ([`query`]), when ([`time`]), what came back ([`task`], [`page`]) and how far
//! behind it is ([`delay`]). Nothing here reads a clock, the network or the DOM; "now" and the zone are parameters.

pub mod delay;
pub mod page;
pub mod query;
pub mod task;
pub mod time;
