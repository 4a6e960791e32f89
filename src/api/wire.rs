//! The response's JSON as sent. It is a shallow tree that borrows its texts from the body. It accepts any type in any place, because OCP's
//! documentation and its servers differ in most fields. [`super::decode`] knows what a field means.
//!
//! It is no derived struct, because an unknown, doubled or oddly typed field must cost nothing but itself, and because the tree is less
//! code.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::domain::delay::format_seconds;
use crate::domain::search::split_at;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// How many items of an array are kept: as many as OCP's largest page has. If a server sends more than it was asked for, that must cost
/// time only, and no memory.
pub const MAX_ITEMS: usize = 2000;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json<'a> {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A whole number that fits an `i64`.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// A string.
    Text(Cow<'a, str>),
    /// The first [`MAX_ITEMS`] of an array, and how many more there were.
    Array(Vec<Json<'a>>, u64),
    /// An object, in the order sent.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// Two rows that `decode` reads differently have different hashes.
impl Hash for Json<'_> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        std::mem::discriminant(self).hash(hasher);
        match self {
            Self::Bool(value) => value.hash(hasher),
            // As bytes: the hasher mixes each byte, but a number in one step.
            Self::Int(number) => hasher.write(&number.to_le_bytes()),
            Self::Float(number) => hasher.write(&number.to_le_bytes()),
            Self::Text(text) => text.hash(hasher),
            Self::Object(fields) => fields.hash(hasher),
            // No code reads the content of an array inside a row.
            Self::Null | Self::Array(..) => {}
        }
    }
}

impl<'a> Json<'a> {
    /// Parses `body`; `None` if it is no JSON. The caller may try again after [`repair`].
    #[must_use]
    pub fn parse(body: &'a str) -> Option<Self> {
        serde_json::from_str(body).ok()
    }

    /// The first of `names` that this object holds with a value other than null.
    #[must_use]
    pub fn get(&self, names: &[&str]) -> Option<&Self> {
        let Self::Object(fields) = self else { return None };
        let field = |name: &&str| fields.iter().find(|(key, value)| key == name && *value != Self::Null);
        names.iter().find_map(field).map(|(_, value)| value)
    }

    /// The JSON type, for naming what stands in the wrong place.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Int(_) | Self::Float(_) => "number",
            Self::Text(_) => "string",
            Self::Array(..) => "array",
            Self::Object(_) => "object",
        }
    }

    /// A scalar as text: a Long above 2^53-1 is sent as a string, so numbers and strings are alike. A nested value
    /// gives its type's name in brackets.
    #[must_use]
    pub fn to_text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Int(number) => Cow::Owned(number.to_string()),
            Self::Float(number) => Cow::Owned(format_seconds(*number)),
            Self::Bool(true) => Cow::Borrowed("true"),
            Self::Bool(false) => Cow::Borrowed("false"),
            Self::Null | Self::Array(..) | Self::Object(_) => {
                let mut text = String::from("[");
                text.push_str(self.type_name());
                text.push(']');
                Cow::Owned(text)
            }
        }
    }

    /// A count, from a number or a string of digits; negative counts are none.
    #[must_use]
    pub fn to_count(&self) -> Option<u64> {
        self.to_text().trim().parse().ok()
    }
}

/// How deep values may lie in one another. Nothing that is read lies deeper than 5, and the parser gives up at 128.
const MOST_DEPTH: usize = 32;

/// Puts `null` in place of all that lies too deep in `body`, so that such a field costs only itself.
#[must_use]
pub fn flatten(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let (mut rest, mut depth) = (body, 0_usize);
    while let Some(at) = rest.bytes().position(|b| matches!(b, b'"' | b'[' | b'{' | b']' | b'}')) {
        let (before, found) = split_at(rest, at);
        let length = if found.starts_with('"') { string_length(found) } else { 1 };
        let (token, after) = split_at(found, length);
        let is_opening = matches!(token, "[" | "{");
        if depth <= MOST_DEPTH {
            out.push_str(before);
            out.push_str(if is_opening && depth == MOST_DEPTH { "null" } else { token });
        }
        match token {
            _ if is_opening => depth += 1,
            "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Repairs what servers may write in place of JSON. Bare `NaN` and `Infinity` of OCP's number formatter become `null`. The decimal comma of
/// some server locales becomes a point: inside an object a comma is followed by a quote, so a comma between two digits can only be a
/// decimal comma. Half of a surrogate pair in a string becomes `\ufffd`.
#[must_use]
pub fn repair(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    let mut in_array = Vec::new();
    while let Some(first) = rest.chars().next() {
        if first == '"' {
            let (string, after) = split_at(rest, string_length(rest));
            push_string(string, &mut out);
            rest = after;
            continue;
        }
        if let Some(word) =
            ["-Infinity", "+Infinity", "Infinity", "NaN"].into_iter().find(|word| rest.starts_with(word))
        {
            out.push_str("null");
            rest = rest.get(word.len()..).unwrap_or_default();
            continue;
        }
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
        match first {
            '[' => in_array.push(true),
            '{' => in_array.push(false),
            ']' | '}' => _ = in_array.pop(),
            _ => {}
        }
        let decimal_comma = first == ','
            && in_array.last() == Some(&false)
            && out.ends_with(|c: char| c.is_ascii_digit())
            && rest.starts_with(|c: char| c.is_ascii_digit());
        out.push(if decimal_comma { '.' } else { first });
    }
    out
}

/// A JSON string as it is, but for escaped surrogates without their other half.
fn push_string(mut string: &str, out: &mut String) {
    let unit = |text: &str| {
        let digits = text.strip_prefix("\\u").and_then(|text| text.get(..4));
        digits.and_then(|digits| u32::from_str_radix(digits, 16).ok())
    };
    while let Some((before, _)) = string.split_once('\\') {
        let (before, escape) = split_at(string, before.len());
        let low = escape.get(6..).and_then(unit).is_some_and(|low| (0xdc00..0xe000).contains(&low));
        let (length, replaced) = match unit(escape) {
            Some(0xd800..0xdc00) if low => (12, None),
            Some(0xd800..0xe000) => (6, Some("\\ufffd")),
            // Whatever is escaped is no escape itself.
            _ => (1 + escape.chars().nth(1).map_or(0, char::len_utf8), None),
        };
        let (taken, rest) = split_at(escape, length);
        out.push_str(before);
        out.push_str(replaced.unwrap_or(taken));
        string = rest;
    }
    out.push_str(string);
}

/// The length in bytes of the JSON string that `text` begins with, both quotes included.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyValue;

        impl<'de> Visitor<'de> for AnyValue {
            type Value = Json<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Json::Null)
            }

            fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
                Ok(Json::Bool(value))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
                Ok(Json::Int(value))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
                // Only a Long above 2^63-1 fails here; its digits are worth more than its type.
                Ok(i64::try_from(value).map_or_else(|_| Json::Text(Cow::Owned(value.to_string())), Json::Int))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
                Ok(Json::Float(value))
            }

            fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
                Ok(Json::Text(Cow::Borrowed(value)))
            }

            fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
                Ok(Json::Text(Cow::Owned(value.to_owned())))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                let mut array = Vec::new();
                let mut more = 0;
                while let Some(item) = items.next_element()? {
                    if array.len() < MAX_ITEMS {
                        array.push(item);
                    } else {
                        more += 1;
                    }
                }
                Ok(Json::Array(array, more))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
                let mut object = Vec::with_capacity(16);
                while let Some((Key(key), value)) = entries.next_entry()? {
                    object.push((key, value));
                }
                Ok(Json::Object(object))
            }
        }

        deserializer.deserialize_any(AnyValue)
    }
}

/// An object's key, borrowed where it has no escape; `Cow`'s own implementation always copies.
struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Json::deserialize(deserializer)? {
            Json::Text(key) => Ok(Self(key)),
            other => Ok(Self(Cow::Owned(other.to_text().into_owned()))),
        }
    }
}
