//! Masks credentials in backup URIs and in prose that quotes them, before anything is kept.
//!
//! In URIs by allow-list: a parameter is shown only if it is known to be harmless. In prose, where an allow-list of all
//! words is impossible, `name=value` is masked unless the name is known to be harmless, and `name: value` if the name
//! speaks of a secret. Percent-encoded text is judged decoded, layer by layer. When in doubt it masks too much.

use percent_encoding::percent_decode_str;

/// What stands in place of a secret.
pub const MASK: &str = "***";

/// Parameters that are shown, written without case or separators.
const HARMLESS: [&str; 34] = [
    "host",
    "s3region",
    "region",
    "appid",
    "deletemode",
    "checksumtype",
    "addressingmodel",
    "storageclass",
    "ret",
    "err",
    "errno",
    "error",
    "errcode",
    "code",
    "status",
    "tenant",
    "tenantid",
    "tenantname",
    "cluster",
    "clusterid",
    "clustername",
    "lsid",
    "round",
    "roundid",
    "piece",
    "pieceid",
    "destid",
    "dest",
    "retry",
    "retrycount",
    "size",
    "server",
    "svr",
    "scn",
];

/// What a name contains that holds a secret, written without case or separators.
const SECRET: [&str; 13] = [
    "secret",
    "passw",
    "pwd",
    "token",
    "credential",
    "signature",
    "accesskey",
    "accessid",
    "authorization",
    "apikey",
    "privatekey",
    "encryptkey",
    "cookie",
];

/// Authentication schemes, after which the secret is the next word.
const SCHEMES: [&str; 4] = ["bearer", "basic", "digest", "ocp-access-key-hmacsha1"];

/// The longest name of a URI's scheme that is looked for.
const SCHEME_CHARS: usize = 64;

/// How many layers of percent-encoding are looked through before the text is masked whole.
const LAYERS: usize = 5;

/// `text` with every credential masked.
///
/// ```
/// use log_backup_panel::api::redact::redact;
/// let uri = "oss://bucket/path?host=oss.example.com&access_id=AKID&access_key=S3CR3T";
/// assert_eq!(redact(uri), "oss://bucket/path?host=oss.example.com&access_id=***&access_key=***");
/// ```
#[must_use]
pub fn redact(text: &str) -> String {
    // A single plain word, as most names are.
    if !text.contains(['=', ':', '@', '%', '?', '&', ' ']) {
        return text.to_owned();
    }
    let mut shown = mask(text);
    if !shown.contains('%') {
        return shown;
    }
    let mut layer = shown.clone();
    for _ in 0..LAYERS {
        let decoded = percent_decode_str(&layer).decode_utf8_lossy().into_owned();
        if decoded == layer {
            return shown;
        }
        layer = mask(&decoded);
        // As long as decoding brings no secret to light the text stays as it was sent.
        if layer != decoded {
            shown.clone_from(&layer);
        }
    }
    MASK.to_owned()
}

/// What is left of a stretch of text without white space or quotes. It is scanned once and not at each of its words, so
/// that megabytes without a space take no longer than megabytes of prose.
struct Run<'a> {
    text: &'a str,
    /// The last `@`, and the last `:` before it.
    at: Option<usize>,
    colon: Option<usize>,
}

impl<'a> Run<'a> {
    fn at_start_of(text: &'a str) -> Self {
        let text = text.get(..text.find(ends_uri).unwrap_or(text.len())).unwrap_or_default();
        let at = text.rfind('@');
        let colon = at.and_then(|at| text.get(..at)?.rfind(':'));
        Self { text, at, colon }
    }

    fn advance(&mut self, by: usize) {
        self.text = self.text.get(by..).unwrap_or_default();
        self.at = self.at.and_then(|at| at.checked_sub(by));
        self.colon = self.colon.and_then(|colon| colon.checked_sub(by));
    }
}

/// Masks one layer, from left to right.
fn mask(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut run = Run::at_start_of(rest);
    while !rest.is_empty() {
        if run.text.is_empty() {
            run = Run::at_start_of(rest);
        }
        let taken = if at_word_start(&out) {
            uri(rest, &run, &mut out).or_else(|| user_info(&run, &mut out)).or_else(|| pair(rest, &mut out))
        } else {
            None
        };
        let taken = taken.unwrap_or_else(|| {
            let length = rest.chars().next().map_or(rest.len(), char::len_utf8);
            out.push_str(rest.get(..length).unwrap_or_default());
            length
        });
        rest = rest.get(taken..).unwrap_or_default();
        run.advance(taken);
    }
    out
}

fn at_word_start(before: &str) -> bool {
    !before.ends_with(is_name_char)
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

fn plain_name(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
}

fn is_harmless(name: &str) -> bool {
    HARMLESS.contains(&plain_name(name).as_str())
}

fn is_secret(name: &str) -> bool {
    let name = plain_name(name);
    SECRET.iter().any(|part| name.contains(part)) || matches!(name.as_str(), "ak" | "sk" | "key" | "auth" | "id_key")
}

fn is_auth_scheme(word: &str) -> bool {
    SCHEMES.iter().any(|scheme| scheme.eq_ignore_ascii_case(word))
}

/// `scheme://user:pass@host/path?name=value#fragment`; gives the length read.
fn uri(text: &str, run: &Run<'_>, out: &mut String) -> Option<usize> {
    let in_scheme = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
    let scheme = run.text.bytes().take(SCHEME_CHARS).take_while(in_scheme).count();
    let body_start = scheme + "://".len();
    let body = run.text.get(scheme..)?.strip_prefix("://").filter(|_| scheme > 0)?;
    out.push_str(text.get(..body_start)?);

    // A password may itself hold `/` or `?`, so user information reaches to the last `@` that a `:` makes plausible.
    let authority = body.find(['/', '?', '#']).unwrap_or(body.len());
    let at = body.get(..authority)?.rfind('@').or_else(|| {
        let at = run.at?.checked_sub(body_start)?;
        let colon = body.get(..authority)?.find(':')?;
        let port = body.get(colon + 1..authority)?;
        (port.is_empty() || !port.bytes().all(|b| b.is_ascii_digit())).then_some(at)
    });
    let start = at.map_or(0, |at| at + 1);
    if at.is_some() {
        out.push_str(MASK);
        out.push('@');
    }
    let path_end = body.get(start..)?.find(['?', '#']).map_or(body.len(), |at| start + at);
    path(body.get(start..path_end)?, out);
    let used = parameters(body.get(path_end..)?, out);
    let mut taken = body_start + path_end + used;
    // A line break inside a parameter's value splits it: what follows belongs to the value.
    if used > 0 && out.ends_with(MASK) {
        taken += continuation(text.get(taken..)?);
    }
    Some(taken)
}

fn ends_uri(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '"' | '\'' | '<' | '>' | '`' | '\\' | '{' | '}' | '|' | '^')
}

/// `user:password@host` without a scheme; gives the length read.
fn user_info(run: &Run<'_>, out: &mut String) -> Option<usize> {
    let at = run.at.filter(|_| run.colon.is_some())?;
    out.push_str(MASK);
    out.push('@');
    Some(at + 1)
}

/// A path may carry parameters of its own, after `;`, `,` or `&`.
fn path(text: &str, out: &mut String) {
    for (index, piece) in text.split_inclusive([';', ',', '&']).enumerate() {
        let mark = piece.len() - piece.trim_end_matches([';', ',', '&']).len();
        let (piece, mark) = piece.split_at(piece.len() - mark);
        match piece.split_once('=') {
            Some((name, _)) if index > 0 && !is_harmless(name) => push_masked(name, out),
            Some((name, _)) if is_secret(name) => push_masked(name, out),
            _ => out.push_str(piece),
        }
        out.push_str(mark);
    }
}

fn push_masked(name: &str, out: &mut String) {
    out.push_str(name);
    out.push('=');
    out.push_str(MASK);
}

/// `?name=value&name=value,scheme://…#fragment`; gives the length read, which ends before a next URI of the list.
fn parameters(text: &str, out: &mut String) -> usize {
    let mut taken = 0;
    for piece in text.split_inclusive(['?', '&', ';', ',', '#']) {
        let mark = piece.len() - piece.trim_end_matches(['?', '&', ';', ',', '#']).len();
        let (piece, mark) = piece.split_at(piece.len() - mark);
        if piece.contains("://") && !piece.contains('=') {
            return taken;
        }
        match piece.split_once('=') {
            Some((name, value)) if is_harmless(name) && !value.is_empty() && !value.contains('@') => {
                out.push_str(name);
                out.push('=');
                out.push_str(&mask(value));
            }
            Some((name, "" | MASK)) => {
                out.push_str(name);
                out.push('=');
                out.push_str(MASK);
            }
            Some((name, _)) => push_masked(name, out),
            None if piece.is_empty() => {}
            None => out.push_str(MASK),
        }
        out.push_str(mark);
        taken += piece.len() + mark.len();
    }
    taken
}

/// The length of a line break and the word after it.
fn continuation(text: &str) -> usize {
    let after_break = text.trim_start_matches(['\r', '\n']);
    if after_break.len() == text.len() {
        return 0;
    }
    let word = after_break.trim_start();
    let word_end = word.find(ends_uri).unwrap_or(word.len());
    let is_next_uri = word.get(..word_end).is_some_and(|word| word.contains("://"));
    if is_next_uri { 0 } else { text.len() - word.len() + word_end }
}

/// `name=value`, `"name": "value"`, `name: Bearer value`; gives the length read.
fn pair(text: &str, out: &mut String) -> Option<usize> {
    let name_end = text.find(|c| !is_name_char(c)).unwrap_or(text.len());
    let name = text.get(..name_end).filter(|name| !name.is_empty())?;
    let after_name = text.get(name_end..)?;
    let sign = after_name.trim_start_matches(['"', '\'', '\\', ' ', '\t']);
    let equals = sign.starts_with('=');
    let colon = sign.starts_with([':', '：', '＝']);
    let flag = text.starts_with("--") && after_name.starts_with(' ');
    let spaced_prose = equals && after_name.starts_with(' ') && !is_secret(name);
    let to_mask = (equals && !is_harmless(name) && !spaced_prose) || ((colon || flag) && is_secret(name));
    let bare_scheme = is_auth_scheme(name) && after_name.starts_with(' ');
    if !(to_mask || bare_scheme && looks_like_secret(after_name.trim_start())) {
        // Read the name as a whole, so that no part of it is taken for a name of its own.
        out.push_str(name);
        return Some(name_end);
    }
    let sign_length = if equals || colon { sign.chars().next().map_or(0, char::len_utf8) } else { 0 };
    let gap = sign.get(sign_length..)?;
    let value = gap.trim_start_matches([' ', '\t', '\\', '\r', '\n']);
    let value_start = text.len() - value.len();
    out.push_str(text.get(..value_start)?);
    let length = value_length(value);
    if length == 0 {
        return Some(value_start);
    }
    out.push_str(MASK);
    Some(value_start + length)
}

/// A word that an authentication scheme may be followed by, but prose ("basic mode") is not.
fn looks_like_secret(word: &str) -> bool {
    let word = word.split(char::is_whitespace).next().unwrap_or_default();
    word.len() >= 12 || word.contains(|c: char| c.is_ascii_digit()) || word.contains('=')
}

/// How far a secret reaches: to the closing quote, or to white space, `&`, or a `,` or `;` that begins another pair.
fn value_length(value: &str) -> usize {
    if let Some(quote @ ('"' | '\'')) = value.chars().next() {
        let inner = value.get(1..).unwrap_or_default();
        return inner.find(quote).map_or(value.len(), |end| end + 2);
    }
    let mut end =
        value.find(|c: char| c.is_whitespace() || matches!(c, '&' | '"' | '\'' | '<' | '>')).unwrap_or(value.len());
    let word = value.get(..end).unwrap_or_default();
    for (at, _) in word.match_indices([',', ';']) {
        let next = word.get(at + 1..).unwrap_or_default();
        let name_end = next.find(|c| !is_name_char(c)).unwrap_or(next.len());
        if name_end > 0 && next.get(name_end..).is_some_and(|rest| rest.starts_with('=')) {
            end = at;
            break;
        }
    }
    let word = value.get(..end).unwrap_or_default();
    if is_auth_scheme(word) {
        let after = value.get(end..).unwrap_or_default();
        let next = after.trim_start();
        let next_end = next.find(char::is_whitespace).unwrap_or(next.len());
        return end + (after.len() - next.len()) + next_end;
    }
    let trimmed = word.trim_end_matches([',', ';', ')', ']', '}']);
    if trimmed.is_empty() { end } else { trimmed.len() }
}
