//! Masks credentials in whatever comes from outside: OCP, gateways, and the page around the panel.
//!
//! [`Redacted`] is text that was masked. Nothing else makes one, and no task, error or departure keeps a text of another type. So the
//! compiler refuses a way past the masking.
//!
//! The grammar, in one place:
//!
//! - **Reading**: the text is read as a person would ([`reading`]). Percent signs, entities and backslash escapes (hexadecimal, octal, of
//!   characters and of their bytes) are decoded through all layers, full-width letters are narrow ones, what is invisible is left out. What
//!   is shown is the text as it was sent, with masks in it.
//! - **Names** ([`names`]) are judged by their words: one means a secret if a word or two side by side do, in English and Chinese. The last
//!   word decides what it is about: `token_count`, `passwd_len` and `key_version` are honest. So are other words: `secretary`, `passport`.
//! - **Strong joints** between a name and its value: `=`, `:`, `=>`, `->`, `is`, `为`, brackets, an element or attributes of XML, a pair of
//!   `name` and `value` in any order, `IDENTIFIED … BY`, the space after a long option. The value is masked, whatever it is, unless a
//!   sentence goes on (`password: expired`) or it is a count (`tokens=18`).
//! - **Weak joints**: a space, a comma after a quoted name, Chinese without a sign, and the rest of a phrase (`password for root is …`). The
//!   value is masked if it is no word of a sentence, no number, code, date, host or path: it has digits or marks among its letters.
//! - **Ends** of a value: the closing quote, bracket or tag, also lines below; the indented lines of YAML; without one, what can't go on in a
//!   secret.
//! - **Shapes** that are secrets without a name: PEM, tokens, key ids and what stands beside one, `user:password@`, and, in a text that
//!   speaks of secrets, long strings of mixed letters.
//! - **Everything else is shown.** Only in the address of an object storage each parameter that is not known to be harmless is masked.
//!
//! It takes time linear in the length of the text: a value that was masked is never read again.

mod kinds;
pub mod names;
mod reading;
mod scan;

use std::fmt;
use std::ops::Deref;

use names::SHORTEST_SHAPE;
use reading::Reading;
use scan::Scan;

use super::search::split_at;

/// What stands in place of a secret.
pub const MASK: &str = "***";

/// `text` with every credential masked.
///
/// ```
/// use log_backup_panel::domain::redact::redact;
/// let uri = "oss://bucket/path?host=oss.example.com&access_id=AKID&access_key=S3CR3T";
/// assert_eq!(redact(uri), "oss://bucket/path?host=oss.example.com&access_id=***&access_key=***");
/// ```
#[must_use]
pub fn redact(text: &str) -> String {
    if is_short_word(text) {
        return text.to_owned();
    }
    let reading = Reading::of(text);
    let masked = Scan::new(&reading.chars).masked();
    if !masked.contains(&true) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    // Up to where the text is told, in bytes, and which character is next.
    let (mut told, mut place) = (0, 0);
    for run in masked.chunk_by(|a, b| a == b) {
        let start = place;
        place += run.len();
        if run.first() == Some(&true) {
            // What was left out in reading is shown, too.
            shown.push_str(text.get(told..reading.source(start)).unwrap_or_default());
            shown.push_str(MASK);
            told = reading.source(place);
        }
    }
    shown.push_str(text.get(told..).unwrap_or_default());
    shown
}

/// Whether `text` is one word, and shorter than any token or key id. Alone it names no value, so nothing in it is masked. Most fields of a
/// task are such: without this, redaction is a quarter of a page turn of 1,000 rows.
fn is_short_word(text: &str) -> bool {
    text.len() < SHORTEST_SHAPE && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'))
}

/// Text from outside with every credential masked.
///
/// It holds at most [`MOST_TEXT`] bytes of what was given, and says how much more there was.
///
/// ```
/// use log_backup_panel::domain::redact::Redacted;
/// assert_eq!(*Redacted::of("password=S3CR3T"), *"password=***");
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Redacted(String);

/// How many bytes of a text are kept. A message of megabytes would freeze the page at each refresh.
pub const MOST_TEXT: usize = 256 * 1024;
/// How far before that a word that is cut may begin. Such a word is left out, because half a credential is not recognized as one.
const LONGEST_WORD: usize = 4096;

impl Redacted {
    /// Masks `text`, and cuts it where it is far too long.
    #[must_use]
    pub fn of(text: &str) -> Self {
        if text.len() <= MOST_TEXT {
            return Self(redact(text));
        }
        let (head, tail) = split_at(text, text.floor_char_boundary(MOST_TEXT));
        let (kept, word) = split_at(head, head.floor_char_boundary(MOST_TEXT - LONGEST_WORD));
        let (word, cut) = split_at(word, word.rfind(char::is_whitespace).unwrap_or_default());
        let cut = cut.chars().count() + tail.chars().count();
        Self([&redact(&[kept, word].concat()), " …(+", &cut.to_string(), ")"].concat())
    }

    /// The first `most` characters.
    #[must_use]
    pub fn first(mut self, most: usize) -> Self {
        if let Some((end, _)) = self.0.char_indices().nth(most) {
            self.0.truncate(end);
        }
        self
    }
}

impl Deref for Redacted {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Redacted {
    fn from(text: &str) -> Self {
        Self::of(text)
    }
}

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
