//! JSON, written as text: what a host hears in events, and the file that it saves.

use crate::domain::delay::format_seconds;
use crate::domain::time::{Stamp, format_utc};

/// A JSON object under construction. Written as text and parsed by the browser, which is a third of the code that setting
/// each property from here would be.
#[derive(Debug)]
pub struct JsonObject(String);

impl JsonObject {
    /// An object without fields.
    #[must_use]
    pub fn new() -> Self {
        Self(String::from("{"))
    }

    /// The object as JSON.
    #[must_use]
    pub fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }

    /// A field that is JSON already.
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

    /// A string, or null.
    #[must_use]
    pub fn text(self, name: &str, text: Option<&str>) -> Self {
        let mut json = String::new();
        match text {
            Some(text) => push_text(&mut json, text),
            None => json.push_str("null"),
        }
        self.raw(name, &json)
    }

    /// A count, or null.
    #[must_use]
    pub fn count(self, name: &str, count: Option<u64>) -> Self {
        self.raw(name, &count.map_or_else(|| "null".to_owned(), |count| count.to_string()))
    }

    /// An instant in ISO 8601 and UTC; raw text stays raw.
    #[must_use]
    pub fn stamp(self, name: &str, stamp: Option<&Stamp>) -> Self {
        match stamp {
            Some(Stamp::Known(time)) => self.text(name, format_utc(time.timestamp_millis()).as_deref()),
            Some(Stamp::Raw(raw)) => self.text(name, Some(raw)),
            None => self.text(name, None),
        }
    }

    /// Seconds, or null.
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

/// An array of strings.
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
