//! How something that takes a while ended.

/// How something that takes a while ended, or that it has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was not begun, or is under way.
    Pending,
    /// It succeeded.
    Done,
    /// It failed.
    Failed,
}
