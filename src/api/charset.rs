//! The charset of a response. OCP sends UTF-8; what stands in between may send GBK, and says so in `Content-Type`.

use crate::domain::search::split_once;

/// The label of the charset to read a body by, from the header `Content-Type`; `None` for UTF-8. `is_utf8` is whether the body is valid UTF-8.
#[must_use]
pub fn other_charset(content_type: &str, is_utf8: bool) -> Option<String> {
    let parameters = content_type.to_ascii_lowercase();
    let (_, label) = split_once(&parameters, "charset")?;
    let label = label.split(';').next()?.trim_matches(['=', ' ', '"', '\'']);
    // Any bytes are valid in a charset of single bytes, and servers name such a one without meaning it. Few texts in it are valid UTF-8.
    let is_single = ["iso-8859", "latin", "us-ascii", "windows-125"].iter().any(|start| label.starts_with(start));
    let is_read_as_utf8 = matches!(label, "utf-8" | "utf8") || is_single && is_utf8;
    (!is_read_as_utf8).then(|| label.to_owned())
}
