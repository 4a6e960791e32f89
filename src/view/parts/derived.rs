//! A prop that may change.

/// A prop that may change: a boxed closure that returns the current value. Boxing gives all closures one type. Signals that the closure
/// reads are tracked.
///
/// Leptos' `Signal<T>` does the same, but may also hold a memo or a read signal. Its code for these, compiled for each `T`, was 4.6 kB of
/// the first download.
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

/// Boxes a closure for `view!`, which compiles its rendering once for each type of closure. All boxed closures have one type, which halves
/// the code of a text or an attribute that changes.
pub fn boxed<T>(value: impl Fn() -> T + Send + 'static) -> Box<dyn Fn() -> T + Send> {
    Box::new(value)
}
