//! The charset of a response. OCP sends UTF-8; what stands in between may send GBK, and says so in `Content-Type`.

/// The label of the charset to read `body` by, from the header `Content-Type`; `None` for UTF-8.
#[must_use]
pub fn other_charset<'a>(content_type: &'a str, body: &[u8]) -> Option<&'a str> {
    let label = content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    })?;
    // Any bytes are valid in a charset of single bytes, and servers name such a one without meaning it. Few texts in it are valid UTF-8.
    let begins = |start: &str| label.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    let is_utf8 = begins("utf-8") || begins("utf8");
    let is_single =
        ["iso-8859", "iso8859", "latin", "us-ascii", "ascii", "windows-125", "cp125"].into_iter().any(begins);
    let is_read_as_utf8 = is_utf8 || is_single && std::str::from_utf8(body).is_ok();
    (!is_read_as_utf8).then_some(label)
}
