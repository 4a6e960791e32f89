//! Finds the secrets in a reading, from left to right.

use std::mem::swap;

use super::names::{
    has_secret_word, is_harmless, is_key_id, is_letter, is_near, is_prose, is_random, is_scheme, is_secret,
    is_secretish, is_storage, make_plain,
};

/// How far apart the words of `{"name":"access_key","value":"…"}` may stand.
const NEARBY: usize = 64;
/// The longest `user:password` before an `@` that is looked for without a `://`.
const LONGEST_USER: usize = 256;

/// A word of so many letters after `Bearer` is a token.
const LEAST_TOKEN: usize = 12;

/// A pass over a text.
pub struct Scan<'a> {
    chars: &'a [char],
    /// Where the next character to look at stands.
    at: usize,
    /// For each character whether it is masked. (A list of places would have to be sorted.)
    is_masked: Vec<bool>,
    /// Whether the text speaks of secrets, so that a long mixed string is one.
    speaks_of_secrets: bool,
    /// The last word, if only spaces follow it.
    last_word: Option<(usize, usize)>,
    /// The last two words, without case and separators.
    plain: String,
    last_plain: String,
    /// Up to where a value may follow a name that stood alone.
    pending: usize,
    /// Where in a text it is.
    place: Place,
}

impl<'a> Scan<'a> {
    /// A pass over `chars`.
    pub fn new(chars: &'a [char]) -> Self {
        Self {
            chars,
            at: 0,
            is_masked: vec![false; chars.len()],
            speaks_of_secrets: false,
            last_word: None,
            plain: String::new(),
            last_plain: String::new(),
            pending: 0,
            place: Place::Text,
        }
    }

    /// For each character whether it is part of a secret.
    pub fn masked(mut self) -> Vec<bool> {
        while self.at < self.chars.len() {
            self.step();
        }
        if self.speaks_of_secrets {
            self.mask_random();
        }
        self.is_masked
    }

    fn get(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or('\n')
    }

    fn slice(&self, start: usize, end: usize) -> &'a [char] {
        self.chars.get(start..end).unwrap_or_default()
    }

    fn starts_with(&self, at: usize, text: &str) -> bool {
        self.chars.iter().skip(at).copied().take(text.len()).eq(text.chars())
    }

    /// The first place from `at` on whose character `ends` accepts, or the end of the text. Not generic: there would be thirty of it.
    fn until(&self, at: usize, ends: &dyn Fn(char) -> bool) -> usize {
        self.chars.iter().skip(at).position(|c| ends(*c)).map_or(self.chars.len(), |more| at + more)
    }

    fn mask(&mut self, start: usize, end: usize) {
        if let Some(masked) = self.is_masked.get_mut(start..end) {
            masked.fill(true);
        }
        self.at = end.max(self.at);
    }

    /// Reads one word or mark.
    fn step(&mut self) {
        let (at, c) = (self.at, self.get(self.at));
        if is_word(c) {
            self.word(at);
            return;
        }
        self.at += 1;
        match c {
            ' ' | '\t' => {
                self.place = Place::Text;
                return;
            }
            ':' if self.starts_with(at, "://") => self.authority(at),
            '@' => self.user(at),
            '?' | ';' | '&' => {
                if let Place::Address { is_storage } = self.place
                    && (is_storage || c == '?')
                {
                    self.place = Place::Parameters { is_storage };
                    // A key that a line break cuts has no name.
                    self.speaks_of_secrets |= is_storage;
                }
            }
            _ if c.is_whitespace() || is_quote(c) => self.place = Place::Text,
            _ => {}
        }
        self.last_word = None;
    }

    fn word(&mut self, start: usize) {
        let is_latin = self.get(start).is_ascii();
        let end = self.until(start, &|c: char| !is_word(c) || c.is_ascii() != is_latin);
        self.at = end;
        let word = self.slice(start, end);
        let last = self.last_word.replace((start, end));
        if self.starts_with(start, "-----BEGIN") || self.starts_with(start, "-BEGIN") {
            return self.pem(start);
        }
        if is_key_id(word) || is_token(word) {
            return self.mask(start, end);
        }
        // `access key`, and no longer pieces, so that each word is read twice at most.
        let has_last = last.is_some_and(|(from, _)| end - from < NEARBY);
        swap(&mut self.plain, &mut self.last_plain);
        make_plain(word, &mut self.plain);
        let is_name = is_secret(&self.plain) || has_secret_word(word) || has_last && self.is_secret_pair();
        self.speaks_of_secrets |= is_name || is_near(word);
        let is_parameter = matches!(self.place, Place::Parameters { is_storage: true });
        if is_parameter && self.is_bare(start, end) {
            self.mask(start, end);
        } else if is_name {
            self.value_of(start, end);
        } else if is_scheme(&self.plain) {
            self.after_scheme(end);
        } else if start < self.pending && matches!(&*lower(word), "value" | "val" | "data") {
            self.value_of(start, end);
        } else if word == ['-', 'u'] {
            self.after_user(end);
        } else if is_parameter && !is_harmless(word) && self.get(end) == '=' {
            self.value_of(start, end);
        } else {
            self.option(start, end);
        }
    }

    /// Whether the word from `start` to `end` is a whole parameter, without a name.
    fn is_bare(&self, start: usize, end: usize) -> bool {
        let marks = ['?', '&', ';', ',', '#'];
        let before = start.checked_sub(1).map_or(' ', |before| self.get(before));
        marks.contains(&before) && (self.get(end).is_whitespace() || marks.contains(&self.get(end)))
    }

    /// Whether the last two words mean a secret together, as `access key` does, but the first one alone does not.
    fn is_secret_pair(&self) -> bool {
        !is_secret(&self.last_plain) && is_secret(&[&*self.last_plain, &*self.plain].concat())
    }

    /// The options of clients: `-pS3CR3T`, `-p S3CR3T`, `-k S3CR3T`.
    fn option(&mut self, start: usize, end: usize) {
        let word = self.slice(start, end);
        let is_first = start == 0 || self.get(start - 1).is_whitespace();
        if !is_first || !matches!(word, ['-', 'p' | 'k', ..]) {
            return;
        }
        let value = if word.len() == 2 { self.until(end, &|c: char| c != ' ') } else { start + 2 };
        let value_end = self.until(value, &char::is_whitespace);
        if is_secretish(self.slice(value, value_end)) {
            self.mask(value, value_end);
        }
    }

    /// `-----BEGIN PRIVATE KEY-----` to the end of its block.
    fn pem(&mut self, start: usize) {
        let is_end = |at: &usize| self.starts_with(*at, "-----END");
        let end = (start + 1..self.chars.len()).find(is_end).map_or(self.chars.len(), |at| {
            let label = self.until(at + 5, &|c: char| c == '-');
            self.until(label, &|c: char| c != '-')
        });
        self.mask(start, end);
    }

    /// `curl -u root:S3CR3T`.
    fn after_user(&mut self, end: usize) {
        let start = self.until(end, &|c: char| c != ' ');
        let end = self.until(start, &char::is_whitespace);
        let colon = self.until(start, &|c: char| c == ':' || c.is_whitespace());
        if colon < end {
            self.mask(colon + 1, end);
        }
    }

    /// `Bearer S3CR3T`, which prose (“basic mode”) is not.
    fn after_scheme(&mut self, end: usize) {
        let start = self.until(end, &|c: char| !c.is_whitespace());
        let end_of_value =
            self.until(start, &|c: char| c.is_whitespace() || is_quote(c) || matches!(c, ']' | '}' | ','));
        let value = self.slice(start, end_of_value);
        let has_names = value.contains(&'=') && is_quote(self.get(end_of_value));
        // `Digest username="…", response="…"`: the whole line.
        let end_of_value = if has_names { self.until(start, &|c: char| c == '\n') } else { end_of_value };
        let is_value = value.len() >= 8 || value.iter().any(|c| c.is_ascii_digit() || matches!(c, '=' | ':'));
        if start > end && is_value && !is_plain_word(value) {
            self.speaks_of_secrets = true;
            self.mask(start, end_of_value);
        }
    }

    /// `scheme://user:password@host`. `at` is the colon.
    fn authority(&mut self, at: usize) {
        let from = self.slice(at.saturating_sub(16), at);
        let scheme = from.iter().rev().take_while(|c| c.is_ascii_alphanumeric()).count();
        self.place = Place::Address { is_storage: is_storage(self.slice(at - scheme, at)) };
        let start = at + "://".len();
        self.at = start;
        let end =
            self.until(start, &|c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '&' | '"' | '<' | '>'));
        let marks = self.slice(start, end);
        if let Some(last) = marks.iter().rposition(|c| *c == '@') {
            return self.mask(start, start + last);
        }
        // A password may hold what ends an authority. So may a port, but a port has a host before it.
        let Some(colon) = marks.iter().position(|c| *c == ':') else { return };
        let (user, password) = (self.slice(start, start + colon), self.slice(start + colon + 1, end));
        let is_port = !password.is_empty() && password.iter().all(char::is_ascii_digit);
        let is_storage = matches!(self.place, Place::Address { is_storage: true });
        let is_host = !is_storage || user.contains(&'.') || user.contains(&'[') || user.is_empty();
        if is_port && (is_host || self.get(end) != '/') {
            return;
        }
        let is_end = |at: &usize| matches!(self.get(*at), '\n' | '"' | '\u{201d}') || self.starts_with(*at, "://");
        let line = (start..self.chars.len()).find(is_end).unwrap_or(self.chars.len());
        let gap = if is_port { self.until(start, &char::is_whitespace).min(line) } else { line };
        if let Some(last) = self.slice(start, gap).iter().rposition(|c| *c == '@') {
            self.mask(start, start + last);
        }
    }

    /// `user:password@host` without a scheme. `at` is the `@`.
    fn user(&mut self, at: usize) {
        let before = self.slice(at.saturating_sub(LONGEST_USER), at);
        let is_end =
            |c: &char| c.is_whitespace() || is_quote(*c) || matches!(c, '=' | ',' | '(' | '[' | '{' | '<' | '>' | '@');
        let start = at - before.iter().rev().take_while(|c| !is_end(c)).count();
        let run = self.slice(start, at);
        let Some(colon) = run.iter().position(|c| *c == ':') else { return };
        let (user, password) = (self.slice(start, start + colon), self.slice(start + colon + 1, at));
        let is_host = user.iter().all(|c| c.is_ascii_digit() || *c == '.');
        let is_after_host = password.first().is_none_or(|c| matches!(c, '/' | '*'));
        if !(is_host || is_after_host) && is_word(self.get(at + 1)) || run.contains(&'/') && self.starts_with(at, "@//")
        {
            self.mask(start, at);
        }
    }

    /// Masks the value of the name from `start` to `end`, if it has one.
    fn value_of(&mut self, start: usize, end: usize) {
        let Some((joint, mut at)) = self.joint(start, end) else {
            self.pending = end + NEARBY;
            return;
        };
        let name = lower(self.slice(start, end));
        if joint == Joint::Space {
            let quote = is_quote(self.get(at));
            let end = self.until(at + usize::from(quote), &|c: char| {
                c.is_whitespace() || is_quote(c) || matches!(c, ',' | ')' | ';')
            });
            let value = self.slice(at + usize::from(quote), end);
            let is_bearer = name == "bearer" && value.len() >= LEAST_TOKEN;
            if is_bearer
                || is_secretish(value)
                || (is_option(self.slice(start, start + 2)) || name == "by") && !value.is_empty()
            {
                self.at = at;
                self.value(at, true);
            } else {
                self.pending = end + NEARBY;
            }
            return;
        }
        let is_bare = joint == Joint::Colon && !is_open(self.get(at)) && !is_quote(self.get(at));
        if is_bare && name.ends_with("cookie") {
            // `Cookie: a=b; c=S3CR3T`: the whole line.
            let end = self.until(at, &|c: char| matches!(c, '\n' | '"' | '\''));
            return self.mask(at, self.trimmed(at, end));
        }
        if is_bare && name.ends_with("authorization") {
            // `Authorization: Bearer S3CR3T`: the scheme and what follows it.
            let end = self.until(at, &char::is_whitespace);
            let next = self.until(end, &|c: char| !matches!(c, ' ' | '\t'));
            let after = self.until(next, &char::is_whitespace);
            let has_scheme = is_scheme(&lower(self.slice(at, end))) || is_secretish(self.slice(next, after));
            // `Credential=…, Signature=…` have names of their own.
            let has_name = self.get(self.until(next, &|c: char| !is_word(c))) == '=';
            let end = if has_scheme && !has_name { after } else { end };
            return self.mask(at, self.trimmed(at, end));
        }
        if joint == Joint::Colon && self.is_prose(at) {
            self.at = at;
            return;
        }
        // `access_key_:0x7f "S3CR3T"`: the address of a string, then the string.
        if self.starts_with(at, "0x") {
            let next = self.until(at, &char::is_whitespace);
            let quote = self.until(next, &|c: char| c != ' ');
            if is_quote(self.get(quote)) {
                at = quote;
            }
        }
        self.at = at;
        self.value(at, joint == Joint::Tag);
        // `my-ak:S3CR3T@host`, where the name was a user's.
        let is_user = joint == Joint::Colon && !is_secret(&self.plain) && self.slice(at, self.at).contains(&'@');
        if is_user {
            self.mask(start, end);
        }
    }

    /// What stands between the name and its value, and where the value begins.
    fn joint(&self, start: usize, end: usize) -> Option<(Joint, usize)> {
        // What closes around a name: `"access_key"`, `access_key[0]`, `getPassword()`, `access_key(len=20)`.
        let mut at = end;
        let mut is_quoted = false;
        for _ in 0..8 {
            let c = self.get(at);
            at = match c {
                _ if is_quote(c) || matches!(c, '\\' | '*' | ']' | '】' | '」') => {
                    is_quoted |= is_quote(c);
                    at + 1
                }
                '[' | '(' => {
                    let close = if c == '[' { ']' } else { ')' };
                    let closed = self.until(at, &|c: char| c == close || c.is_whitespace());
                    let is_group = self.get(closed) == close && closed - at < NEARBY;
                    let after = self.until(closed + 1, &|c: char| c != ' ');
                    if !(is_group && matches!(self.get(after), ':' | '=')) {
                        break;
                    }
                    closed + 1
                }
                _ => break,
            };
        }
        let closed = at;
        let before = if start == 0 { '\n' } else { self.get(start - 1) };
        let sign = self.until(closed, &|c: char| !c.is_whitespace());
        let skip = |at: usize| self.until(at, &|c: char| !c.is_whitespace());
        match self.get(sign) {
            '=' => {
                let after = self.until(sign, &|c: char| !matches!(c, '=' | '>' | ':' | '~'));
                Some((Joint::Equals, skip(after)))
            }
            ':' => {
                let after = self.until(sign, &|c: char| !matches!(c, '=' | ':'));
                // `s3://`, where the name was a scheme.
                (!self.starts_with(sign, "://")).then(|| (Joint::Colon, skip(after)))
            }
            '>' if before == '<' || before == '/' || self.slice(start.saturating_sub(NEARBY), start).contains(&'<') => {
                Some((Joint::Tag, sign + 1)).filter(|_| self.get(sign + 1) != '<' && sign == closed)
            }
            '【' | '「' | '《' if sign == closed => Some((Joint::Equals, sign)),
            '(' if is_quote(self.get(sign + 1)) => Some((Joint::Equals, sign)),
            ',' if is_quoted => {
                let value = skip(sign + 1);
                is_quote(self.get(value)).then_some((Joint::Space, value))
            }
            '为' | '是' => Some((Joint::Colon, skip(sign + 1))),
            _ if sign > closed || is_quoted => {
                let word_end = self.until(sign, &|c: char| !is_letter(c));
                let word = lower(self.slice(sign, word_end));
                match &*word {
                    "is" | "was" | "like" | "in" | "as" if self.get(word_end) == ' ' => {
                        let value = skip(word_end);
                        let is_open = is_quote(self.get(value)) || self.get(value) == '(';
                        Some((if is_open { Joint::Equals } else { Joint::Colon }, value))
                    }
                    _ => (sign > closed).then_some((Joint::Space, sign)),
                }
            }
            _ => None,
        }
    }

    /// Whether a sentence goes on at `at`: `password: expired on 2026-01-01`.
    fn is_prose(&self, at: usize) -> bool {
        let end = |at: usize| self.until(at, &|c: char| !is_letter(c));
        let word = self.slice(at, end(at));
        if word.is_empty() {
            return false;
        }
        is_prose(word) && self.get(end(at)) != '='
    }

    /// Masks the value that begins at `at`: without its quotes or brackets, to where it ends.
    fn value(&mut self, at: usize, ends_at_tag: bool) {
        let mut start = self.until(at, &|c: char| !matches!(c, '*' | '\\'));
        // `b'S3CR3T'` of Python.
        if self.get(start).is_ascii_alphabetic() && matches!(self.get(start + 1), '\'' | '"') {
            start += 1;
        }
        let first = self.get(start);
        if is_quote(first) {
            let end = self.closing_quote(start);
            return self.mask(start + 1, end);
        }
        if is_open(first) {
            let end = self.closing_bracket(start);
            return self.mask(start + 1, end);
        }
        // A block of YAML: `password: |` and lines that are indented.
        if matches!(first, '|' | '>')
            && matches!(self.get(self.until(start + 1, &|c: char| !matches!(c, '-' | '+'))), '\n' | '\r')
        {
            let mut end = self.until(start, &|c: char| c == '\n');
            while end < self.chars.len() && self.get(end + 1) == ' ' {
                end = self.until(end + 1, &|c: char| c == '\n');
            }
            return self.mask(start, end);
        }
        let end = self.unquoted(start, ends_at_tag);
        self.mask(start, end);
    }

    /// Where the quote at `start` is closed, with as many backslashes before it as the opening one has.
    fn closing_quote(&mut self, start: usize) -> usize {
        let (open, close) = (self.get(start), closing(self.get(start)));
        let slashes = |at: usize| self.slice(0, at).iter().rev().take(8).take_while(|c| **c == '\\').count();
        let depth = slashes(start);
        let triple = usize::from(self.get(start + 1) == open && self.get(start + 2) == open) * 2;
        let mut at = start + 1 + triple;
        loop {
            at = self.until(at, &|c: char| c == close);
            if at >= self.chars.len() {
                return at;
            }
            let next = self.get(at + 1);
            if slashes(at) != depth {
                at += 1;
            } else if next == close && open == close && triple == 0 {
                // `'ab''cd'` of SQL.
                at += 2;
            } else if is_letter(next) && open == close {
                // `"ab"cd` of a shell.
                return self.unquoted(at + 1, true);
            } else {
                return at - depth.min(at);
            }
        }
    }

    /// Where the bracket at `start` is closed, at the end of its line at the latest.
    fn closing_bracket(&self, start: usize) -> usize {
        let mut depth = 0;
        let is_end = |c: &char| {
            match c {
                _ if is_open(*c) => depth += 1,
                ')' | ']' | '}' | '】' | '」' | '》' => depth -= 1,
                _ => {}
            }
            depth == 0 || *c == '\n'
        };
        self.chars.iter().skip(start).position(is_end).map_or(self.chars.len(), |more| start + more)
    }

    /// Where a value without quotes ends.
    fn unquoted(&self, start: usize, ends_at_tag: bool) -> usize {
        let mut depth = 0;
        let mut at = start;
        while at < self.chars.len() {
            let (c, next) = (self.get(at), self.get(at + 1));
            let is_end = match c {
                // A line break within a parameter cuts it.
                '\n' | '\r'
                    if (at == start || matches!(self.place, Place::Parameters { .. }))
                        && self.goes_on_after_break(at) =>
                {
                    at = self.until(at, &|c: char| !c.is_whitespace());
                    continue;
                }
                _ if c.is_whitespace() => true,
                '&' | ';' | ',' | '|' => next.is_whitespace() || self.is_pair(at + 1),
                '<' => ends_at_tag || next == '/' || next.is_ascii_alphabetic(),
                '>' | '。' | '，' | '；' => true,
                '(' | '[' | '{' => {
                    depth += 1;
                    false
                }
                ')' | ']' | '}' => {
                    depth -= 1;
                    depth < 0
                }
                _ if is_quote(c) => !is_letter(next),
                _ => false,
            };
            if is_end {
                break;
            }
            at += 1;
        }
        if is_scheme(&lower(self.slice(start, at))) {
            // `access_key=Bearer S3CR3T`.
            let next = self.until(at, &|c: char| !matches!(c, ' ' | '\t'));
            at = self.until(next, &|c: char| c.is_whitespace() || is_quote(c));
        }
        self.trimmed(start, at)
    }

    /// Without what ends a sentence.
    fn trimmed(&self, start: usize, end: usize) -> usize {
        let value = self.slice(start, end);
        end - value.iter().rev().take_while(|c| matches!(c, ',' | ';' | '\r' | ' ')).count()
    }

    /// Whether the value goes on after a line break: with more of the key, and not with a sentence, a pair or another address.
    fn goes_on_after_break(&self, at: usize) -> bool {
        let start = self.until(at, &|c: char| !c.is_whitespace());
        let end = self.until(start, &|c: char| c.is_whitespace() || c == '&');
        let is_address = (start..end).any(|at| self.starts_with(at, "://"));
        let is_sentence = self.get(end) == ' ' && is_plain_word(self.slice(start, end));
        let is_other = is_address || is_sentence || self.is_pair(start);
        start < end && !is_other
    }

    /// Whether another pair begins at `at`: a name, and `=` or `:`.
    fn is_pair(&self, at: usize) -> bool {
        const LONGEST: usize = 64;
        let name = self.chars.iter().skip(at).take(LONGEST).take_while(|c| is_word(**c)).count();
        name > 0 && matches!(self.get(at + name), '=' | ':')
    }

    /// Masks the long mixed strings of a text that speaks of secrets.
    fn mask_random(&mut self) {
        let mut at = 0;
        while at < self.chars.len() {
            let start = self.until(at, &is_key);
            let end = self.until(start, &|c: char| !is_key(c));
            if is_random(self.slice(start, end)) {
                self.mask(start, end);
            }
            at = end.max(at + 1);
        }
    }
}

/// Where in a text the scan is.
#[derive(Clone, Copy)]
enum Place {
    /// In no address.
    Text,
    /// In an address, before its parameters.
    Address { is_storage: bool },
    /// Among the parameters of an address.
    Parameters { is_storage: bool },
}

/// What joins a name and its value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// `=`, `=>`, `:=`, brackets: a value follows.
    Equals,
    /// `:` or `is`: a value or a sentence follows.
    Colon,
    /// The end of an XML tag: its text follows.
    Tag,
    /// Only a space, or the next item of a list: a value or anything follows.
    Space,
}

fn is_word(c: char) -> bool {
    is_letter(c) && !matches!(c, '为' | '是') || matches!(c, '_' | '-' | '.')
}

/// Whether keys and tokens have `c`.
fn is_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '_' | '-')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '“' | '”' | '‘' | '’')
}

fn closing(quote: char) -> char {
    match quote {
        '“' => '”',
        '‘' => '’',
        other => other,
    }
}

fn is_open(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '【' | '「' | '《')
}

/// Whether `word` is one of small letters, the first one perhaps a capital.
fn is_plain_word(word: &[char]) -> bool {
    word.iter().skip(1).all(char::is_ascii_lowercase) && word.first().is_some_and(char::is_ascii_alphabetic)
}

/// Whether `start` begins an option of a command.
fn is_option(start: &[char]) -> bool {
    start == ['-', '-']
}

/// Whether `word` is a token of three parts in base64 (JWT).
fn is_token(word: &[char]) -> bool {
    word.len() > 20 && word.starts_with(&['e', 'y', 'J']) && word.contains(&'.')
}

fn lower(word: &[char]) -> String {
    word.iter().map(char::to_ascii_lowercase).collect()
}
