//! A prop that may change.

use leptos::either::Either;

/// A prop that may change: a value, or a boxed closure that returns the current one. Boxing gives all closures one type. Signals that the
/// closure reads are tracked. A value costs no effect, of which a panel has hundreds.
///
/// Leptos' `Signal<T>` does the same, but may also hold a memo or a read signal. Its code for these, compiled for each `T`, was 4.6 kB of
/// the first download.
pub enum Derived<T> {
    /// A value that stays.
    Fixed(T),
    /// What returns the current value.
    Changing(Box<dyn Fn() -> T + Send + Sync>),
}

impl<T: Clone> Derived<T> {
    /// The value as it is now.
    #[must_use]
    pub fn get(&self) -> T {
        match self {
            Self::Fixed(value) => value.clone(),
            Self::Changing(value) => value(),
        }
    }
}

impl Derived<String> {
    /// A text in `view!`.
    #[must_use]
    pub fn text(self) -> Either<String, Box<dyn Fn() -> String + Send>> {
        match self {
            Self::Fixed(text) => Either::Left(text),
            Self::Changing(text) => Either::Right(text),
        }
    }
}

impl<T, F: Fn() -> T + Send + Sync + 'static> From<F> for Derived<T> {
    fn from(value: F) -> Self {
        Self::Changing(Box::new(value))
    }
}

impl From<&'static str> for Derived<String> {
    fn from(value: &'static str) -> Self {
        Self::Fixed(value.to_owned())
    }
}

impl From<String> for Derived<String> {
    fn from(value: String) -> Self {
        Self::Fixed(value)
    }
}

/// Boxes a closure for `view!`, which compiles its rendering once for each type of closure. All boxed closures have one type, which halves
/// the code of a text or an attribute that changes.
pub fn boxed<T>(value: impl Fn() -> T + Send + 'static) -> Box<dyn Fn() -> T + Send> {
    Box::new(value)
}
