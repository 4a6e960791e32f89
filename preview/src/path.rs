//! The path of a request, in the one form that this server takes. Who filters by path must read it as the server
//! behind does, and those differ in what they make of dot segments, `;`, `//` and encoded slashes.

use axum::http::StatusCode;
use percent_encoding::percent_decode_str;

use crate::refusal::Refusal;

/// The decoded segments of `path`: `["login", ""]` for `/login/`.
///
/// # Errors
/// 400 for a path that another server may read as a different one.
pub fn segments(path: &str) -> Result<Vec<String>, Refusal> {
    let odd = || Refusal::new(StatusCode::BAD_REQUEST, "The path has a form that this server does not take.");
    let raw: Vec<&str> = path.strip_prefix('/').ok_or_else(odd)?.split('/').collect();
    let last = raw.len() - 1;
    let segment = |(index, raw): (usize, &&str)| {
        let decoded = decode(raw).ok_or_else(odd)?;
        if decoded.is_empty() && index < last { Err(odd()) } else { Ok(decoded) }
    };
    raw.iter().enumerate().map(segment).collect()
}

fn decode(raw: &str) -> Option<String> {
    for encoded in raw.split('%').skip(1) {
        let hex = encoded.get(..2).filter(|hex| hex.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        let byte = u8::from_str_radix(hex, 16).ok()?;
        // Letters, digits and `-._~` need no encoding (RFC 3986, 2.3). It only hides them from a comparison.
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            return None;
        }
    }
    let decoded = percent_decode_str(raw).decode_utf8().ok()?;
    let is_odd = |c: char| c.is_control() || "/\\;%?#*".contains(c);
    (decoded != "." && decoded != ".." && !decoded.contains(is_odd)).then(|| decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_path_is_decoded() {
        for (path, expected) in [
            ("/", vec![""]),
            ("/login", vec!["login"]),
            ("/login/", vec!["login", ""]),
            ("/a/b.js", vec!["a", "b.js"]),
            ("/%E5%9B%BE/a%20b", vec!["图", "a b"]),
            ("/..a/.b", vec!["..a", ".b"]),
            ("/chunk~1,2+3@4:5=6", vec!["chunk~1,2+3@4:5=6"]),
        ] {
            assert_eq!(segments(path).unwrap(), expected, "{path}");
        }
    }

    #[test]
    fn what_another_server_may_read_as_another_path_is_none() {
        for path in [
            "",
            "*",
            "login",
            "//login",
            "/a//b",
            "/a//",
            "/.",
            "/..",
            "/a/./b",
            "/a/../b",
            "/%2e%2e/a",
            "/.%2e/a",
            "/a%2fb",
            "/a%2Fb",
            "/a%5cb",
            "/a\\b",
            "/a;b",
            "/;/a",
            "/a%3bb",
            "/a%25b",
            "/%252e%252e/a",
            "/%61pi",
            "/a%00",
            "/a%0d%0ab",
            "/a%09",
            "/a%7f",
            "/a%c2%85",
            "/a%3fb",
            "/a%23b",
            "/a*",
            "/%",
            "/%2",
            "/%zz",
            "/%+1",
            "/%ff",
            "/%c0%af",
            "/%u002f",
        ] {
            assert_eq!(segments(path).unwrap_err().status, StatusCode::BAD_REQUEST, "{path}");
        }
    }
}
