//! Masks credentials in whatever OCP sends, before anything is kept.
//!
//! The grammar, in one place:
//!
//! - **Reading**: the text is read as a person would ([`reading`]). Percent signs, entities and backslash escapes are decoded through all
//!   layers, full-width letters are narrow ones, what is invisible is left out. What is shown is the text as it was sent, with masks in it.
//! - **Names** ([`names`]) that mean a secret: whole words, parts of words, and two words side by side, in English and Chinese.
//! - **Joints** between a name and its value: `=`, `:`, `=>`, `is`, `为`, brackets, an XML tag, the space after an option.
//! - **Ends** of a value: the closing quote or bracket; without one, what can't go on in a secret.
//! - **Shapes** that are secrets without a name: PEM, tokens, key ids, `user:password@`, and, in a text that speaks of secrets, long strings
//!   of mixed letters.
//! - **Everything else is shown.** Only in the address of an object storage each parameter that is not known to be harmless is masked.
//!
//! It takes time linear in the length of the text: a value that was masked is never read again.

pub mod names;
mod reading;
mod scan;

use reading::Reading;
use scan::Scan;

/// What stands in place of a secret.
pub const MASK: &str = "***";

/// `text` with every credential masked.
///
/// ```
/// use log_backup_panel::api::redact::redact;
/// let uri = "oss://bucket/path?host=oss.example.com&access_id=AKID&access_key=S3CR3T";
/// assert_eq!(redact(uri), "oss://bucket/path?host=oss.example.com&access_id=***&access_key=***");
/// ```
#[must_use]
pub fn redact(text: &str) -> String {
    let reading = Reading::of(text);
    let masked = Scan::new(&reading.chars).masked();
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
