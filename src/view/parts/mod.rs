//! The few components that several parts of the panel share, and what keeps them small.
//!
//! `view!` compiles its rendering once for each *type* of a view, and every closure is a type of its own. So these components take boxed
//! props ([`Derived`], `UnsyncCallback`, `ViewFn`), and closures in `view!` go through [`boxed`].
//! `docs/decisions/leptos-components.md` has the figures.

mod button;
mod copy_button;
mod delayed;
mod derived;
mod download;
mod effect;
mod facts;
mod outcome;
mod switch;

pub use button::Button;
pub use copy_button::{CopyButton, CopyField};
pub use delayed::delayed;
pub use derived::{Derived, boxed};
pub use download::download;
pub use effect::{effect, keep};
pub use facts::Facts;
pub use outcome::Outcome;
pub use switch::{Fingerprint, Switch};
