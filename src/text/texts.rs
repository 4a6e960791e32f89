//! All texts of the panel. They are in `locales/`, one file for each language. `build/locales.rs` turns the files into the struct
//! [`Texts`] with a field for each text, and fails the build if languages differ.
//!
//! A first visit needs one language, and two are 11 kB of wasm. So a release fetches the language that it shows as a file of lines, which
//! [`Texts`] reads. Everywhere else the lines of all languages are compiled in.

use crate::domain::time::{Span, TimeRange, Unit};

/// What a language is made of.
#[derive(Clone, Copy)]
pub(super) struct Source {
    /// Its lines, where they are compiled in; else empty.
    lines: &'static str,
    plural: fn(u64) -> usize,
}

impl Source {
    /// The texts that are compiled in.
    pub(super) fn compiled_in(self) -> Option<Texts> {
        Texts::read(self.lines, self.plural)
    }

    /// The texts of `lines`; `None` for those of another build.
    pub(super) fn read(self, lines: String) -> Option<Texts> {
        Texts::read(lines.leak(), self.plural)
    }
}

/// The lines of a language, where they are compiled in.
#[cfg(not(split))]
macro_rules! lines {
    ($tag:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $tag, ".txt"))
    };
}
#[cfg(split)]
macro_rules! lines {
    ($tag:literal) => {
        ""
    };
}

// `Texts` and `LaterTexts` with their groups, and what is of each language.
include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// Replaces each `{name}` of `template` by its value.
///
/// A name without a value becomes empty, and a value whose name the template lacks is not shown. Both are mistakes in a text or in
/// the code that fills it.
///
/// # Panics
///
/// In a debug build, on either mistake.
///
/// ```
/// assert_eq!(log_backup_panel::text::texts::fill("Page {page}", &[("page", "3")]), "Page 3");
/// ```
#[must_use]
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    debug_assert!(
        values.iter().all(|(name, _)| placeholders(template).any(|placeholder| placeholder == *name)),
        "a value of {values:?} has no place in {template:?}"
    );
    debug_assert!(
        placeholders(template).all(|placeholder| values.iter().any(|(name, _)| *name == placeholder)),
        "a place of {template:?} has no value in {values:?}"
    );
    replace(template, values)
}

/// The names in braces in `template`.
fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

fn replace(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            break;
        };
        out.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A text for each form of the plural that the language has, in the order of its rule in `build/locales.rs`, with tabs between.
#[derive(Clone, Copy, Debug)]
pub struct Forms(&'static str);

impl Texts {
    /// Writes a count with its digits in groups, as the language does.
    #[must_use]
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut out = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.push_str(self.group);
            }
            out.push(digit);
        }
        out
    }

    /// The form of the plural for `count`, to be filled.
    #[must_use]
    pub fn form(&self, forms: Forms, count: u64) -> &'static str {
        forms.0.split('\t').nth((self.plural)(count)).unwrap_or_default()
    }

    /// Picks the form of the plural for `count` and replaces its `{count}`, where it has one.
    #[must_use]
    pub fn counted(&self, forms: Forms, count: u64) -> String {
        // A form may say its count in a word: "the only task".
        replace(self.form(forms, count), &[("count", &self.number(count))])
    }
}

impl PresetsTexts {
    /// The name of `range`; `None` for a range that is no preset.
    #[must_use]
    pub fn of(&self, range: TimeRange) -> Option<&'static str> {
        match range {
            TimeRange::All => Some(self.all_time),
            TimeRange::Last(Span { count: 1, unit: Unit::Hours }) => Some(self.last_hour),
            TimeRange::Last(Span { count: 24, unit: Unit::Hours }) => Some(self.last_24_hours),
            TimeRange::Last(Span { count: 7, unit: Unit::Days }) => Some(self.last_7_days),
            TimeRange::Last(Span { count: 30, unit: Unit::Days }) => Some(self.last_30_days),
            _ => None,
        }
    }
}
