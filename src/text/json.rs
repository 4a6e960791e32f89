//! Writes JSON, for the details of events and for files.

use crate::domain::delay::format_seconds;
use crate::domain::time::{Stamp, format_utc};

/// A JSON object that grows field by field. It is written as text and parsed by the browser: to set each property of a JavaScript
/// object from here would be three times the code.
#[derive(Debug)]
pub struct JsonObject(String);

impl JsonObject {
    /// An object without fields.
    #[must_use]
    pub fn new() -> Self {
        Self(String::from("{"))
    }

    /// Closes the object and returns its JSON.
    #[must_use]
    pub fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }

    /// Adds a field whose value is JSON already.
    #[must_use]
    pub fn raw(mut self, name: &str, json: &str) -> Self {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        push_text(&mut self.0, name);
        self.0.push(':');
        self.0.push_str(json);
        self
    }

    /// Adds a string, or null.
    #[must_use]
    pub fn text(self, name: &str, text: Option<&str>) -> Self {
        let mut json = String::new();
        match text {
            Some(text) => push_text(&mut json, text),
            None => json.push_str("null"),
        }
        self.raw(name, &json)
    }

    /// Adds a whole number, or null.
    #[must_use]
    pub fn count(self, name: &str, count: Option<u64>) -> Self {
        self.raw(name, &count.map_or_else(|| "null".to_owned(), |count| count.to_string()))
    }

    /// Adds a time in ISO 8601 and UTC, or null. Text that is no time stays as it was sent.
    #[must_use]
    pub fn stamp(self, name: &str, stamp: Option<&Stamp>) -> Self {
        match stamp {
            Some(Stamp::Known(time)) => self.text(name, format_utc(time.timestamp_millis()).as_deref()),
            Some(Stamp::Raw(raw)) => self.text(name, Some(raw)),
            None => self.text(name, None),
        }
    }

    /// Adds a number of seconds, or null.
    #[must_use]
    pub fn seconds(self, name: &str, seconds: Option<f64>) -> Self {
        self.raw(name, &seconds.map_or_else(|| "null".to_owned(), format_seconds))
    }
}

impl Default for JsonObject {
    fn default() -> Self {
        Self::new()
    }
}

fn push_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\0'..='\u{1f}' => {
                out.push_str("\\u00");
                out.extend(
                    [u32::from(c) >> 4, u32::from(c) & 15].map(|digit| char::from_digit(digit, 16).unwrap_or('0')),
                );
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

/// Writes an array of strings.
#[must_use]
pub fn array(texts: &[String]) -> String {
    let mut out = String::from("[");
    for (index, text) in texts.iter().enumerate() {
        out.push_str(if index > 0 { "," } else { "" });
        push_text(&mut out, text);
    }
    out.push(']');
    out
}
