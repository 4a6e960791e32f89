//! Finds the secrets in a reading, from left to right.

use super::names::{
    ends_in, has_chinese_name, is_counted, is_harmless, is_key_id, is_letter, is_listed, is_mixed, is_near, is_prose,
    is_random, is_scheme, is_secret, is_secretish, is_storage,
};

/// How far apart the words of `{"name":"access_key","value":"…"}` may stand.
const NEARBY: usize = 64;
/// The longest `user:password` before an `@` that is looked for without a `://`.
const LONGEST_USER: usize = 256;

/// What holds the value of a name that stands elsewhere.
const CARRIERS: &str = "value val data text content string";

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
    /// Up to where `value=…` may follow a name that stood alone.
    pending: usize,
    /// Up to where a phrase goes on that began with a name: `password for root is …`.
    phrase: usize,
    /// The value of a `value=…` that came before its name.
    value: (usize, usize),
    /// Whether a bracket was never closed, so that the next one is looked for in its line only.
    is_unclosed: bool,
    /// Where in a text it is.
    place: Place,
    /// Whether the next line break cuts a name.
    is_cut: bool,
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
            pending: 0,
            phrase: 0,
            value: (0, 0),
            is_unclosed: false,
            place: Place::Text,
            is_cut: false,
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

    // These few are called from everywhere: not inlined, they save 0.2 kB of a first visit.
    #[inline(never)]
    fn get(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or('\n')
    }

    #[inline(never)]
    fn slice(&self, start: usize, end: usize) -> &'a [char] {
        self.chars.get(start..end).unwrap_or_default()
    }

    #[inline(never)]
    fn starts_with(&self, at: usize, text: &str) -> bool {
        self.chars.iter().skip(at).copied().take(text.len()).eq(text.chars())
    }

    /// The first place from `at` on whose character `ends` accepts, or the end of the text. Not generic: there would be thirty of it.
    #[inline(never)]
    fn until(&self, at: usize, ends: &dyn Fn(char) -> bool) -> usize {
        self.chars.iter().skip(at).position(|c| ends(*c)).map_or(self.chars.len(), |more| at + more)
    }

    /// Where the run of spaces and line breaks from `at` on ends, written as they are or as `\n`.
    #[inline(never)]
    fn skip(&self, at: usize) -> usize {
        let mut at = at;
        loop {
            at = self.until(at, &|c: char| !c.is_whitespace());
            if !(self.get(at) == '\\' && matches!(self.get(at + 1), 'n' | 'r' | 't')) || self.is_letter_at(at + 2) {
                return at;
            }
            at += 2;
        }
    }

    fn is_letter_at(&self, at: usize) -> bool {
        is_letter(self.get(at))
    }

    #[inline(never)]
    fn mask(&mut self, start: usize, end: usize) {
        self.mask_beside(start, end);
        self.at = end.max(self.at);
    }

    /// Masks a range that lies elsewhere. The scan stays where it is.
    #[inline(never)]
    fn mask_beside(&mut self, start: usize, end: usize) {
        if let Some(masked) = self.is_masked.get_mut(start..end) {
            masked.fill(true);
        }
    }

    /// Reads one word or mark.
    fn step(&mut self) {
        let (at, c) = (self.at, self.get(self.at));
        if is_word(c) {
            self.word(at);
            return;
        }
        self.at += 1;
        if matches!(c, '\n' | ',' | ';' | '{' | '}' | '。') {
            self.phrase = 0;
        }
        match c {
            '}' => self.pending = 0,
            ':' if self.starts_with(at, "://") => self.authority(at),
            '=' if at < self.phrase && self.get(at.saturating_sub(1)) == ' ' => self.weak(at + 1, true),
            // Not within `02:11`.
            ':' | '为' | '是'
                if at < self.phrase
                    && !(self.get(at.saturating_sub(1)).is_ascii_digit() && self.get(at + 1).is_ascii_digit()) =>
            {
                self.weak(at + 1, false);
            }
            ' ' | '\t' => {
                self.place = Place::Text;
                return;
            }
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
            '\n' if self.is_cut => self.is_cut = false,
            _ if c.is_whitespace() || is_quote(c) => self.place = Place::Text,
            _ => {}
        }
        self.last_word = None;
    }

    fn word(&mut self, start: usize) {
        let is_latin = self.get(start).is_ascii();
        let mut end = self.until(start, &|c: char| !is_word(c) || c.is_ascii() != is_latin);
        // `password->`, `password.`
        end -= self.slice(start + 1, end).iter().rev().take_while(|c| matches!(c, '-' | '.')).count();
        self.at = end;
        let word = self.slice(start, end);
        let last = self.last_word.replace((start, end));
        if self.starts_with(start, "-----BEGIN") || self.starts_with(start, "-BEGIN") {
            return self.pem(start);
        }
        if is_key_id(word) || is_token(word) {
            // `LTAI…/S3CR3T`
            let is_pair = matches!(self.get(end), '/' | ':') && is_word(self.get(end + 1));
            self.mask(start, if is_pair { self.unquoted(end, false, true) } else { end });
            return self.weak(self.until(self.at, &|c: char| !matches!(c, ' ' | ',' | '/' | ':')), false);
        }
        // `access key`, and no longer pieces, so that each word is read twice at most.
        let before = last.filter(|(from, _)| end - from < NEARBY).map_or(&[][..], |(from, to)| self.slice(from, to));
        let is_name = is_secret(before, word);
        self.speaks_of_secrets = self.speaks_of_secrets || is_name || is_near(word);
        let is_parameter = matches!(self.place, Place::Parameters { is_storage: true });
        if is_parameter && self.is_bare(start, end) && !(is_name && self.get(self.skip(end)) == '=') {
            self.mask(start, end);
            self.is_cut = true;
        } else if is_name {
            self.value_of(start, end);
        } else if is_scheme(word) && !is_listed("token", word) {
            self.after_scheme(end);
        } else if ends_in(CARRIERS, word) {
            self.carrier(start, end);
        } else if is_listed("-u --user --proxy-user", word) {
            self.after_user(end);
        } else if is_listed("identified", word) {
            self.identified(end);
        } else if is_parameter && !is_harmless(word) && self.get(end) == '=' {
            self.value_of(start, end);
        } else if start < self.phrase && is_listed("is was to as", word) {
            self.weak(end, false);
        } else if !is_latin && (start < self.phrase || has_chinese_name(word)) {
            self.phrase = end + NEARBY;
            if is_open(self.get(end))
                || is_quote(self.get(end))
                || matches!(word, [.., '成' | '到' | '作' | '由' | '从'])
            {
                self.weak(end, false);
            }
        } else {
            self.option(start, end);
        }
    }

    /// `value=S3CR3T` after its name, or before it.
    fn carrier(&mut self, start: usize, end: usize) {
        let Some((joint, at)) = self.joint(start, end) else { return };
        if start < self.pending {
            self.value_of(start, end);
            if joint != Joint::Space {
                self.pending = 0;
            }
        } else if joint != Joint::Space || is_quote(self.get(at)) || is_open(self.get(at.saturating_sub(1))) {
            let quote = self.get(at);
            let is_end = |c: char| match quote {
                '"' | '\'' => c == quote,
                _ if joint == Joint::Tag => c == '<',
                _ => c.is_whitespace() || matches!(c, ',' | '}' | ')' | ']' | ';' | '=' | '&'),
            };
            let start = at + usize::from(is_quote(quote));
            let window = self.slice(start, (start + LONGEST_USER).min(self.chars.len()));
            let length = window.iter().position(|c| is_end(*c)).unwrap_or_default();
            if length > 0 {
                self.value = (start, start + length);
            }
        }
    }

    /// A name that has no value beside it: the value stands before it or after it.
    fn alone(&mut self, start: usize, end: usize) {
        if !self.value_before(start) {
            self.pending = end + NEARBY;
            self.phrase = end + NEARBY;
        }
    }

    /// Masks the value of `value=…` that stands before its name.
    fn value_before(&mut self, start: usize) -> bool {
        let (value, value_end) = std::mem::take(&mut self.value);
        let gap = self.slice(value_end, start);
        let is_near = value < value_end && value_end <= start && start - value_end < NEARBY;
        let is_end = |w: &[char]| matches!(w, [_, '{' | '}'] | ['/', '>'] | ['\n', '-']);
        let is_one = || gap.iter().filter(|c| **c == '<').count() <= 2 && !gap.windows(2).any(is_end);
        if is_near && is_one() {
            self.mask_beside(value, value_end);
            return true;
        }
        false
    }

    /// What may be a value: masked if it does not look like a word of a sentence.
    fn weak(&mut self, at: usize, is_quoted_enough: bool) {
        let at = self.until(at, &|c: char| !matches!(c, ' ' | '\t' | '\\'));
        let is_quoted = is_quote(self.get(at));
        let start = if is_quoted || is_open(self.get(at)) { self.skip(at + 1) } else { at };
        let window = self.slice(start, (start + LONGEST_USER).min(self.chars.len()));
        let is_chinese = !self.get(start).is_ascii();
        let is_end = |c: &char| {
            c.is_whitespace()
                || is_quote(*c)
                || matches!(c, ',' | ';' | ')' | ']' | '}' | '】' | '」' | '》' | '<' | '。')
                || is_chinese == c.is_ascii()
        };
        let end = start + window.iter().position(is_end).unwrap_or(window.len());
        let end = end - usize::from(matches!(self.get(end.saturating_sub(1)), '.' | ':'));
        if is_secretish(self.slice(start, end)) || is_quoted && is_quoted_enough {
            if is_quoted { self.value(at, true, true) } else { self.value(start, true, true) }
        }
    }

    /// `IDENTIFIED WITH … BY PASSWORD 'S3CR3T'`
    fn identified(&mut self, end: usize) {
        const MOST_WORDS: usize = 6;
        let is_statement = self.get(end - 1) == 'D';
        let mut at = end;
        let mut is_value = false;
        for _ in 0..MOST_WORDS {
            let start = self.skip(at);
            let is_quoted = is_quote(self.get(start));
            if is_value && is_quoted {
                return self.value(start, true, false);
            }
            let start = start + usize::from(is_quoted);
            at = self.until(start, &|c: char| !is_word(c));
            let word = self.slice(start, at);
            at += usize::from(is_quoted);
            let is_by = is_listed("by as using values password", word);
            if is_value && !is_by {
                return if is_statement { self.value(start, true, false) } else { self.weak(start, false) };
            }
            is_value |= is_by;
        }
    }

    /// Whether the word from `start` to `end` is a whole parameter, without a name.
    fn is_bare(&self, start: usize, end: usize) -> bool {
        let marks = ['?', '&', ';', ',', '#'];
        let before = start.checked_sub(1).map_or(' ', |before| self.get(before));
        marks.contains(&before) && (self.get(end).is_whitespace() || marks.contains(&self.get(end)))
    }

    /// The options of clients: `-pS3CR3T`, `-p S3CR3T`, `-k S3CR3T`.
    fn option(&mut self, start: usize, end: usize) {
        let word = self.slice(start, end);
        let is_first = start == 0 || self.get(start - 1).is_whitespace() || is_quote(self.get(start - 1));
        if !is_first || !matches!(word, ['-', 'p' | 'k' | 'a' | 'u', ..]) {
            return;
        }
        if word.get(1) == Some(&'u') {
            return self.after_user(start + 2);
        }
        let value = if word.len() == 2 {
            self.until(end, &|c: char| !matches!(c, ' ' | ',') && !is_quote(c))
        } else {
            start + 2
        };
        let value_end = self.until(value, &|c: char| c.is_whitespace() || is_quote(c));
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
        let start = self.until(end, &|c: char| !(c == ' ' || c == '=' || is_quote(c)));
        let is_end = |c: char| c.is_whitespace() || is_quote(c);
        let user = self.slice(start, (start + LONGEST_USER).min(self.chars.len()));
        let user = user.iter().position(|c| *c == ':' || is_end(*c)).unwrap_or_default();
        let is_number = self.slice(start, start + user).iter().all(char::is_ascii_digit);
        let password = start + user + 1;
        if self.get(start + user) == ':' && !is_number {
            let is_quoted = is_quote(self.get(password));
            self.mask(password, self.until(password, &|c: char| if is_quoted { c.is_whitespace() } else { is_end(c) }));
        }
    }

    /// `Bearer S3CR3T`, which prose (“basic mode”) is not.
    fn after_scheme(&mut self, end: usize) {
        let start = self.until(end, &|c: char| !c.is_whitespace());
        let end_of_value =
            self.until(start, &|c: char| c.is_whitespace() || is_quote(c) || matches!(c, ']' | '}' | ','));
        let value = self.slice(start, end_of_value);
        let has_names = value.contains(&'=') && is_quote(self.get(end_of_value));
        if value.starts_with(&['r', 'e', 'a', 'l', 'm']) && self.get(end - 1) != 't' {
            // A server's challenge: `Basic realm=…`.
            return;
        }
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
        let after = self.skip(end);
        // `s3://user:` and a line break.
        let colon = marks.iter().position(|c| *c == ':');
        let more = self.slice(after, (after + LONGEST_USER).min(self.chars.len()));
        let more = more.split(|c| c.is_whitespace()).next().unwrap_or_default();
        let is_cut =
            self.get(end) == '\n' && more.contains(&'@') && (colon.is_some() || matches!(more, ['@' | ':', ..]));
        let Some(colon) = colon.or(is_cut.then_some(marks.len())) else { return };
        let (user, password) = (self.slice(start, start + colon), self.slice(start + colon + 1, end));
        let is_port = !password.is_empty() && password.iter().all(char::is_ascii_digit);
        let is_storage = matches!(self.place, Place::Address { is_storage: true });
        let is_host = !is_storage || user.contains(&'.') || user.contains(&'[') || user.is_empty();
        if is_port && (is_host || self.get(end) != '/') {
            return;
        }
        let is_end = |at: &usize| matches!(self.get(*at), '\n' | '"' | '\u{201d}') || self.starts_with(*at, "://");
        let line = (start..self.chars.len()).find(is_end).unwrap_or(self.chars.len());
        let line = if is_cut { self.until(after, &char::is_whitespace) } else { line };
        let gap = if is_port { self.until(start, &char::is_whitespace).min(line) } else { line };
        if let Some(last) = self.slice(start, gap).iter().rposition(|c| *c == '@') {
            self.mask(start, start + last);
        }
    }

    /// `user:password@host` without a scheme. `at` is the `@`.
    fn user(&mut self, at: usize) {
        // An image by its hash.
        if self.starts_with(at, "@sha256:") {
            return;
        }
        let before = self.slice(at.saturating_sub(LONGEST_USER), at);
        let is_end =
            |c: &char| c.is_whitespace() || is_quote(*c) || matches!(c, '=' | ',' | '(' | '[' | '{' | '<' | '>' | '@');
        let start = at - before.iter().rev().take_while(|c| !is_end(c)).count();
        let run = self.slice(start, at);
        let Some(colon) = run.iter().position(|c| *c == ':') else {
            // `scott/S3CR3T@db`
            if let Some(slash) = run.iter().position(|c| *c == '/')
                && is_secretish(self.slice(start + slash + 1, at))
            {
                self.mask(start + slash + 1, at);
            }
            return;
        };
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
        let word = self.slice(start, end);
        let Some((joint, mut at)) = self.joint(start, end) else { return self.alone(start, end) };
        let first = self.get(at);
        let is_soft = joint == Joint::Space || !self.get(start).is_ascii();
        match joint {
            Joint::Space => {
                self.at = at;
                if is_key_id(self.slice(at, at + LEAST_TOKEN + 2)) {
                    return;
                }
                let is_bearer = is_listed("bearer", word)
                    && self.until(at, &|c: char| c.is_whitespace() || is_quote(c)) - at >= LEAST_TOKEN;
                let is_option = word.starts_with(&['-', '-']) && self.get(at) != '-';
                if is_bearer || is_option {
                    return self.value(at, true, false);
                }
                if ends_in("cookie", word) && self.is_pair(at) && self.get(end) != '(' {
                    // `Cookie[sid=S3CR3T]`
                    return self.value(self.until(at, &|c: char| c == '=') + 1, true, true);
                }
                if self.value_before(start) {
                    self.at = end;
                    return;
                }
                // `secret "a" not found` is one of Kubernetes, `token 'a'` a parser's.
                let is_other = is_listed("secret secrets token", word);
                let is_text = is_quote(first) && !is_quote(self.get(end)) && !is_other;
                self.weak(at, is_text && self.is_one_word(at));
                if self.at == at {
                    self.at = end;
                    self.alone(start, end);
                }
                return;
            }
            Joint::Tag => {
                self.at = end;
                self.element(at);
                self.pending = end + NEARBY;
                return;
            }
            Joint::Equals | Joint::Colon => {}
        }
        if self.is_prose(at, joint) || self.is_harmless_value(word, at) {
            // `field 'password': rejected value [S3CR3T]`
            self.pending = at + NEARBY;
            self.at = at;
            return;
        }
        let is_bare = joint == Joint::Colon && !is_open(first) && !is_quote(first);
        if is_bare && ends_in("cookie", word) {
            // `Cookie: a=b; c=S3CR3T`: the whole line.
            let end = self.until(at, &|c: char| matches!(c, '\n' | '"' | '\''));
            return self.mask(at, self.trimmed(at, end));
        }
        if is_bare && ends_in("authorization", word) {
            // `Authorization: Bearer S3CR3T`: the scheme and what follows it.
            let end = self.until(at, &char::is_whitespace);
            let next = self.until(end, &|c: char| !matches!(c, ' ' | '\t'));
            let after = self.until(next, &|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
            let has_scheme = is_scheme(self.slice(at, end)) || is_secretish(self.slice(next, after));
            // `Credential=…, Signature=…`: the whole line.
            let has_name = self.get(self.until(next, &|c: char| !is_word(c))) == '=';
            let end = match (has_scheme, has_name) {
                (true, true) => self.until(next, &|c: char| matches!(c, '\n' | '\'')),
                (true, false) => after,
                (false, _) => end,
            };
            return self.mask(at, self.trimmed(at, end));
        }
        // `access_key_:0x7f "S3CR3T"`, `string(6) "S3CR3T"`: what a string is, then the string.
        if self.starts_with(at, "0x") || self.starts_with(at, "string(") {
            let next = self.until(at, &char::is_whitespace);
            let quote = self.until(next, &|c: char| c != ' ');
            if is_quote(self.get(quote)) {
                at = quote;
            }
        }
        self.at = at;
        self.value(at, false, is_soft);
        // `my-ak:S3CR3T@host`, where the name was a user's.
        let is_user = word.len() < 8 || word.iter().any(char::is_ascii_digit);
        if joint == Joint::Colon && is_user && self.slice(at, self.at).contains(&'@') {
            self.mask_beside(start, end);
        }
    }

    /// Whether the value at `at` is harmless: a count or an id, or the working directory of a shell.
    fn is_harmless_value(&self, name: &[char], at: usize) -> bool {
        let end = self.until(at, &|c: char| !c.is_ascii_digit());
        let is_number = end > at && is_counted(name) && !is_letter(self.get(end));
        let is_folder = ends_in("pwd oldpwd", name) && self.get(at) == '/' && matches!(self.place, Place::Text);
        is_number || is_folder
    }

    /// Whether the quote at `at` has one word in it.
    fn is_one_word(&self, at: usize) -> bool {
        let end = self.until(at + 1, &|c: char| c.is_whitespace() || is_quote(c));
        end > at + 4 && is_quote(self.get(end))
    }

    /// Masks the text of an element of XML that begins at `at`.
    fn element(&mut self, at: usize) {
        let start = self.skip(at);
        if self.starts_with(start, "<![CDATA[") {
            let start = start + "<![CDATA[".len();
            let end = (start..self.chars.len()).find(|at| self.starts_with(*at, "]]>"));
            return self.mask(start, end.unwrap_or(self.chars.len()));
        }
        let end = self.until(start, &|c: char| c == '<');
        if self.get(end + 1) == '/' {
            let blank = self.slice(start, end).iter().rev().take_while(|c| c.is_whitespace()).count();
            self.mask_beside(start, end - blank);
        } else {
            self.weak(start, true);
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
                    let group = self.slice(at, (at + NEARBY).min(self.chars.len()));
                    let closed = at + group.iter().position(|c| *c == close || c.is_whitespace()).unwrap_or_default();
                    let is_group = self.get(closed) == close;
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
        let sign = self.skip(closed);
        let next = self.get(sign + 1);
        if sign > end && closed == end && self.is_element(start) {
            // `<password type="text">S3CR3T</password>`
            let attributes = self.slice(sign, (sign + LONGEST_USER).min(self.chars.len()));
            if let Some(more) = attributes.iter().position(|c| matches!(c, '<' | '>'))
                && self.get(sign + more) == '>'
                && more > 0
                && self.get(sign + more - 1) != '/'
            {
                return Some((Joint::Tag, sign + more + 1));
            }
        }
        match self.get(sign) {
            '=' => {
                let after = self.until(sign, &|c: char| !matches!(c, '=' | '>' | ':' | '~'));
                Some((Joint::Equals, self.skip(after)))
            }
            '-' if next == '>' => Some((Joint::Equals, self.skip(sign + 2))),
            ':' => {
                let after = self.until(sign, &|c: char| !matches!(c, '=' | ':'));
                // `s3://`, where the name was a scheme.
                (!self.starts_with(sign, "://")).then(|| (Joint::Colon, self.skip(after)))
            }
            '>' if sign == closed && self.in_tag(start) => Some((Joint::Tag, sign + 1)),
            '【' | '「' | '《' if sign == closed => Some((Joint::Equals, sign)),
            '(' if is_quote(self.get(self.skip(sign + 1))) => Some((Joint::Equals, sign)),
            // `credentials(` and a line each.
            '(' | '[' if sign == closed && next == '\n' => Some((Joint::Equals, sign)),
            '(' | '[' | '<' => Some((Joint::Space, self.skip(sign + 1))),
            ',' if is_quoted || is_quote(self.get(self.skip(sign + 1))) => Some((Joint::Space, self.skip(sign + 1))),
            '为' | '是' => Some((Joint::Colon, self.skip(sign + 1))),
            c if sign > closed || is_quoted || !self.get(start).is_ascii() && c.is_ascii_alphanumeric() => {
                let word_end = self.until(sign, &|c: char| !is_letter(c));
                let value = self.skip(word_end);
                let is_open = is_quote(self.get(value)) || self.get(value) == '(';
                let is_word = self.get(word_end) == ' ' && is_listed("is was like as", self.slice(sign, word_end));
                if is_word || self.get(value) == '(' && is_listed("in", self.slice(sign, word_end)) {
                    return Some((if is_open { Joint::Equals } else { Joint::Colon }, value));
                }
                Some((Joint::Space, sign))
            }
            _ => None,
        }
    }

    /// Whether the name at `at` is an element's: `<ns:password`.
    fn is_element(&self, at: usize) -> bool {
        let before = self.slice(at.saturating_sub(LONGEST_USER), at);
        before.iter().rev().find(|c| **c == '<' || !(is_word(**c) || **c == ':')) == Some(&'<')
    }

    /// Whether `at` is within `<…>` that closes no element.
    fn in_tag(&self, at: usize) -> bool {
        let from = at.saturating_sub(LONGEST_USER);
        let last = self.slice(from, at).iter().rposition(|c| matches!(c, '<' | '>'));
        last.is_some_and(|last| self.get(from + last) == '<' && self.get(from + last + 1) != '/')
    }

    /// Whether a sentence goes on at `at`: `password: expired on 2026-01-01`.
    fn is_prose(&self, at: usize, joint: Joint) -> bool {
        let end = self.until(at, &|c: char| !is_letter(c));
        let word = self.slice(at, end);
        let next = self.get(end);
        let is_whole =
            next.is_whitespace() || matches!(next, ',' | ';' | '.' | ')' | ']' | '}' | '&' | '"' | '\'' | '<');
        let is_word = is_prose(word) && (is_whole || !self.get(at).is_ascii() && next != '=');
        !word.is_empty() && is_word && (joint == Joint::Colon || word.iter().all(char::is_ascii))
    }

    /// Masks the value that begins at `at`: without its quotes or brackets, to where it ends.
    fn value(&mut self, at: usize, ends_at_tag: bool, is_soft: bool) {
        let mut start = self.until(at, &|c: char| !matches!(c, '*' | '\\'));
        // `!!str S3CR3T` and `&anchor S3CR3T` of YAML.
        if matches!(self.get(start), '!' | '&') {
            let end = self.until(start, &char::is_whitespace);
            let next = self.until(end, &|c: char| c != ' ');
            if next > end && !matches!(self.get(next), '\n' | ')') {
                self.mask(start, end);
                start = next;
            }
        }
        // A comment of YAML.
        if self.get(start) == '#' && self.get(start + 1) == ' ' {
            start = self.skip(self.until(start, &|c: char| c == '\n'));
        }
        // `b'S3CR3T'` of Python.
        if self.get(start).is_ascii_alphabetic() && matches!(self.get(start + 1), '\'' | '"') {
            start += 1;
        }
        let first = self.get(start);
        if is_quote(first) {
            let end = self.closing_quote(start);
            return self.mask(start + 1, end);
        }
        if is_open(first) || first == '<' && !ends_at_tag {
            let end = self.closing_bracket(start);
            // `{cipher}S3CR3T`
            let is_prefix = first == '{' && matches!(self.get(end + 1), '$' | 'A'..='Z' | 'a'..='z' | '0'..='9');
            return self.mask(start + 1, if is_prefix { self.unquoted(end + 1, ends_at_tag, is_soft) } else { end });
        }
        // A list of YAML, or a block: `password: |` and lines that are indented.
        if first == '-' && self.get(start + 1) == ' ' {
            return self.mask(start, self.block(self.line_start(start), true));
        }
        if matches!(first, '|' | '>') {
            let end = self.until(start + 1, &|c: char| !matches!(c, '-' | '+' | '0'..='9' | ' '));
            if self.get(end) == '#' || self.break_at(end) > 0 {
                let lines = self.line_end(end);
                return self.mask(start, self.block(lines + self.break_at(lines), false));
            }
        }
        let end = self.unquoted(start, ends_at_tag, is_soft);
        self.mask(start, end);
        // `access_key=S3CR3T&acc` and a line break.
        self.is_cut = self.slice(start, end).contains(&'&');
        // What a space cut: `password=ab S3CR3T`.
        let next = self.until(end, &|c: char| !matches!(c, ' ' | ',' | ';'));
        let next_end = self.until(next, &|c: char| !c.is_ascii_alphanumeric());
        if next > end
            && is_mixed(self.slice(next, next_end))
            && !matches!(self.get(next_end), '=' | ':' | '.' | '-' | '_')
        {
            self.mask(next, next_end);
        }
    }

    /// The length of the line break at `at`, which may be written as `\n`.
    fn break_at(&self, at: usize) -> usize {
        match (self.get(at), self.get(at + 1)) {
            ('\r', '\n') | ('\\', 'n') => 2,
            ('\n' | '\r', _) => 1,
            _ => 0,
        }
    }

    fn line_end(&self, at: usize) -> usize {
        (at..self.chars.len()).find(|at| self.break_at(*at) > 0).unwrap_or(self.chars.len())
    }

    fn line_start(&self, at: usize) -> usize {
        let spaces = self
            .slice(at.saturating_sub(LONGEST_USER), at)
            .iter()
            .rev()
            .take_while(|c| matches!(c, ' ' | '\t'))
            .count();
        at - spaces
    }

    /// The end of the lines from `start` on that are indented like the first one.
    fn block(&self, start: usize, is_list: bool) -> usize {
        let text = |at: usize| self.until(at, &|c: char| !matches!(c, ' ' | '\t'));
        let (mut at, mut end, mut indent) = (start, start, None);
        while at < self.chars.len() {
            let first = text(at);
            let line = self.line_end(first);
            if line > first {
                let least = *indent.get_or_insert((first - at).max(usize::from(!is_list)));
                if first - at < least || is_list && first - at == least && self.get(first) != '-' {
                    break;
                }
                end = line;
            }
            at = line + self.break_at(line).max(1);
        }
        end
    }

    /// Where the quote at `start` is closed, with as many backslashes before it as the opening one has.
    fn closing_quote(&self, start: usize) -> usize {
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
                return self.unquoted(at + 1, true, false);
            } else {
                return at - depth.min(at);
            }
        }
    }

    /// Where the bracket at `start` is closed. One that nothing closes ends with its first line.
    fn closing_bracket(&mut self, start: usize) -> usize {
        let mut depth = 0;
        let (is_unclosed, is_angle) = (self.is_unclosed, self.get(start) == '<');
        let is_end = |c: &char| {
            match c {
                '<' | '>' if !is_angle => {}
                _ if is_open(*c) || *c == '<' => depth += 1,
                ')' | ']' | '}' | '】' | '」' | '》' | '>' => depth -= 1,
                _ => {}
            }
            depth == 0 || *c == '\n' && (is_unclosed || is_angle)
        };
        if let Some(more) = self.chars.iter().skip(start).position(is_end) {
            return start + more;
        }
        self.is_unclosed = true;
        self.until(self.skip(start + 1), &|c: char| c == '\n')
    }

    /// Where a value without quotes ends.
    fn unquoted(&self, start: usize, ends_at_tag: bool, is_soft: bool) -> usize {
        let mut depth = 0;
        let is_latin = self.get(start).is_ascii();
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
                // A line that a backslash continues.
                '\\' if next == '\n' => {
                    at = self.until(at + 1, &|c: char| !c.is_whitespace());
                    continue;
                }
                '\\' if next == 'n' => self.is_pair(at + 2),
                _ if c.is_whitespace() => true,
                _ if is_soft && is_latin && !c.is_ascii() => true,
                '&' | ';' | ',' | '|' => next.is_whitespace() || self.is_pair(at + 1),
                '<' => ends_at_tag || next == '/' || self.is_tag(at),
                '>' => !is_letter(next),
                '。' => true,
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
        if is_scheme(self.slice(start, at)) {
            // `access_key=Bearer S3CR3T`.
            let next = self.until(at, &|c: char| !matches!(c, ' ' | '\t'));
            at = self.until(next, &|c: char| c.is_whitespace() || is_quote(c));
        }
        self.trimmed(start, at)
    }

    /// Whether `<name>` stands at `at`.
    fn is_tag(&self, at: usize) -> bool {
        const LONGEST: usize = 32;
        let end = self.chars.iter().skip(at + 1).take(LONGEST).position(|c| !is_word(*c));
        end.is_some_and(|name| name > 0 && matches!(self.get(at + 1 + name), '>' | '/'))
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
            if is_random(self.slice(start, end)) && !self.is_id(start) {
                self.mask(start, end);
            }
            at = end.max(at + 1);
        }
    }

    /// Whether the name of an id stands before `start`: `<RequestId>`, `traceId=`.
    fn is_id(&self, start: usize) -> bool {
        let before = self.slice(start.saturating_sub(LEAST_TOKEN), start);
        let name = before.iter().rev().skip_while(|c| !c.is_ascii_alphanumeric()).take(2);
        name.map(char::to_ascii_lowercase).eq(['d', 'i'])
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
    matches!(c, '"' | '\'' | '`' | '“' | '”' | '‘' | '’' | '«' | '»')
}

fn closing(quote: char) -> char {
    match quote {
        '“' => '”',
        '‘' => '’',
        '«' => '»',
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

/// Whether `word` is a token of three parts in base64 (JWT).
fn is_token(word: &[char]) -> bool {
    word.len() > 20 && word.starts_with(&['e', 'y', 'J']) && word.contains(&'.')
}
