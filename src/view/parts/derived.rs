//! A prop that may change.

/// A value that a component asks for each time it needs it: a closure, boxed, so that there is one type for all of them. What the
/// closure reads is followed.
///
/// Leptos' `Signal<T>` serves the same, but may hold a memo or a read signal, too: its code for all of these, compiled for each `T`, was
/// 4.6 kB of the first download.
pub struct Derived<T>(Box<dyn Fn() -> T + Send + Sync>);

impl<T> Derived<T> {
    /// The value as it is now.
    #[must_use]
    pub fn get(&self) -> T {
        (self.0)()
    }
}

impl<T, F: Fn() -> T + Send + Sync + 'static> From<F> for Derived<T> {
    fn from(value: F) -> Self {
        Self(Box::new(value))
    }
}

impl From<&'static str> for Derived<String> {
    fn from(value: &'static str) -> Self {
        (move || value.to_owned()).into()
    }
}

impl From<String> for Derived<String> {
    fn from(value: String) -> Self {
        (move || value.clone()).into()
    }
}

/// The same for `view!`, which compiles its rendering once for each type of a closure, and so once for all that are boxed: half of the
/// download of a text or an attribute that changes.
pub fn boxed<T>(value: impl Fn() -> T + Send + 'static) -> Box<dyn Fn() -> T + Send> {
    Box::new(value)
}
