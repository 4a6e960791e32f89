//! Finds the secrets in a reading, from left to right.

use super::kinds::{
    ASCII, BLANK, CAPITAL, CLOSE, DIGIT, KEY, Kinds, LATIN, LETTER, LINE_BREAK, OPEN, QUOTE, SPACE, STOP, WORD, has,
    kind, marks,
};
use super::names::{
    List, has_chinese_name, is_counted, is_harmless, is_key_id, is_listed, is_mixed, is_near, is_prose, is_random,
    is_scheme, is_secret, is_secretish, is_storage, last_word, list, words_of,
};

/// How far apart the words of `{"name":"access_key","value":"…"}` may stand.
const NEARBY: usize = 64;
/// The longest `user:password` before an `@` that is looked for without a `://`.
const LONGEST_USER: usize = 256;

/// What holds the value of a name that stands elsewhere.
const CARRIERS: List = List::of(list!("value val data text content string"));

/// What each string has that is rather a secret than a word, see [`is_secretish`].
const ODD: Kinds = DIGIT | CAPITAL | marks(b"!#$%^&~");

/// A word of so many letters after `Bearer` is a token.
const LEAST_TOKEN: usize = 12;

/// A pass over a text.
pub struct Scan<'a> {
    chars: &'a [char],
    /// The kind of each.
    kinds: Vec<u8>,
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
    /// What was found last for each [`Next`], and from where it was looked for.
    next: [(usize, usize); 6],
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
            kinds: chars.iter().map(|c| kind(*c)).collect(),
            at: 0,
            is_masked: vec![false; chars.len()],
            speaks_of_secrets: false,
            last_word: None,
            pending: 0,
            phrase: 0,
            value: (0, 0),
            is_unclosed: false,
            next: [(1, 0); 6],
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

    /// Whether the character at `at` is one of `kinds`.
    #[inline(never)]
    fn is(&self, at: usize, kinds: Kinds) -> bool {
        self.kinds.get(at).map_or(has(kinds, '\n'), |kind| kinds >> kind & 1 != 0)
    }

    /// The first place from `at` on where one of `kinds` is, or the end of the text.
    #[inline(never)]
    fn until(&self, at: usize, kinds: Kinds) -> usize {
        self.within(at, self.chars.len(), kinds)
    }

    /// The first place from `at` on, and before `end`, where one of `kinds` is, or `end`.
    #[inline(never)]
    fn within(&self, at: usize, end: usize, kinds: Kinds) -> usize {
        let end = end.min(self.kinds.len());
        let range = self.kinds.get(at..end).unwrap_or_default();
        range.iter().position(|kind| kinds >> kind & 1 != 0).map_or(end, |more| at + more)
    }

    /// Like [`Scan::until`], for what is looked for from many places before it: the last answer holds for each place up to it.
    fn next(&mut self, what: Next, at: usize, kinds: Kinds) -> usize {
        let Some(last) = self.next.get(what as usize) else { return at };
        if (last.0..=last.1).contains(&at) {
            return last.1;
        }
        let found = self.until(at, kinds);
        self.next.iter_mut().skip(what as usize).take(1).for_each(|last| *last = (at, found));
        found
    }

    /// The first place from `at` on where one of `kinds` is that `accepts` accepts, or the end of the text.
    #[inline(never)]
    fn first(&self, at: usize, kinds: Kinds, accepts: &dyn Fn(usize) -> bool) -> usize {
        let mut at = self.until(at, kinds);
        while at < self.chars.len() && !accepts(at) {
            at = self.until(at + 1, kinds);
        }
        at
    }

    /// Where the run of `kinds` that ends at `end`, and begins not before `start`, begins.
    #[inline(never)]
    fn back(&self, start: usize, end: usize, kinds: Kinds) -> usize {
        let range = self.kinds.get(start..end).unwrap_or_default();
        range.iter().rposition(|kind| kinds >> kind & 1 == 0).map_or(start, |last| start + last + 1)
    }

    /// Where the run of spaces and line breaks from `at` on ends, written as they are or as `\n`.
    #[inline(never)]
    fn skip(&self, at: usize) -> usize {
        let mut at = at;
        loop {
            at = self.until(at, !SPACE);
            if !(self.get(at) == '\\' && matches!(self.get(at + 1), 'n' | 'r' | 't')) || self.is(at + 2, LETTER) {
                return at;
            }
            at += 2;
        }
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
        if self.is(at, WORD) {
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
            _ if self.is(at, SPACE | QUOTE) => self.place = Place::Text,
            _ => {}
        }
        self.last_word = None;
    }

    fn word(&mut self, start: usize) {
        let is_latin = self.is(start, ASCII);
        let end = self.until(start, !(WORD & if is_latin { ASCII } else { !ASCII }));
        // `password->`, `password.`
        let end = self.back(start + 1, end, marks(b"-."));
        self.at = end;
        let word = self.slice(start, end);
        let last = self.last_word.replace((start, end));
        if self.starts_with(start, "-----BEGIN") || self.starts_with(start, "-BEGIN") {
            return self.pem(start);
        }
        if is_key_id(word) || is_token(word) {
            // `LTAI…/S3CR3T`
            let is_pair = self.is(end, marks(b"/:")) && self.is(end + 1, WORD);
            self.mask(start, if is_pair { self.unquoted(end, false, true) } else { end });
            return self.weak(self.until(self.at, !marks(b" ,/:")), false);
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
        } else if is_scheme(word) && !is_listed(list!("token"), word) {
            self.after_scheme(end);
        } else if CARRIERS.has(last_word(word)) {
            self.carrier(start, end);
        } else if is_listed(list!("-u --user --proxy-user"), word) {
            self.after_user(end);
        } else if is_listed(list!("identified"), word) {
            self.identified(end);
        } else if is_parameter && !is_harmless(word) && self.get(end) == '=' {
            self.value_of(start, end);
        } else if start < self.phrase && is_listed(list!("is was to as"), word) {
            self.weak(end, false);
        } else if !is_latin && (start < self.phrase || has_chinese_name(word)) {
            self.phrase = end + NEARBY;
            if self.is(end, OPEN | QUOTE) || matches!(word, [.., '成' | '到' | '作' | '由' | '从']) {
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
        } else if joint != Joint::Space || self.is(at, QUOTE) || self.is(at.saturating_sub(1), OPEN) {
            let ends = match self.get(at) {
                '"' => marks(b"\""),
                '\'' => marks(b"'"),
                _ if joint == Joint::Tag => marks(b"<"),
                _ => SPACE | marks(b",})];=&"),
            };
            let start = at + usize::from(self.is(at, QUOTE));
            let most = start + LONGEST_USER;
            let end = self.within(start, most, ends);
            if start < end && end < most.min(self.chars.len()) {
                self.value = (start, end);
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
        let at = self.until(at, !(BLANK | marks(b"\\")));
        let is_quoted = self.is(at, QUOTE);
        let start = if is_quoted || self.is(at, OPEN) { self.skip(at + 1) } else { at };
        let ends = SPACE | QUOTE | CLOSE | STOP | marks(b",;<");
        let most = start + LONGEST_USER;
        let end = if self.is(start, ASCII) {
            self.next(Next::LatinEnd, start, ends | !ASCII).min(most)
        } else {
            self.within(start, most, ends | ASCII)
        };
        let end = end - usize::from(self.is(end.saturating_sub(1), marks(b".:")));
        let is_odd = self.next(Next::Odd, start, ODD) < end;
        if is_odd && is_secretish(self.slice(start, end)) || is_quoted && is_quoted_enough {
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
            let is_quoted = self.is(start, QUOTE);
            if is_value && is_quoted {
                return self.value(start, true, false);
            }
            let start = start + usize::from(is_quoted);
            at = self.next(Next::WordEnd, start, !WORD);
            let word = self.slice(start, at);
            at += usize::from(is_quoted);
            let is_by = is_listed(list!("by as using values password"), word);
            if is_value && !is_by {
                return if is_statement { self.value(start, true, false) } else { self.weak(start, false) };
            }
            is_value |= is_by;
        }
    }

    /// Whether the word from `start` to `end` is a whole parameter, without a name.
    fn is_bare(&self, start: usize, end: usize) -> bool {
        let ends = marks(b"?&;,#");
        start > 0 && self.is(start - 1, ends) && self.is(end, SPACE | ends)
    }

    /// The options of clients: `-pS3CR3T`, `-p S3CR3T`, `-k S3CR3T`.
    fn option(&mut self, start: usize, end: usize) {
        let word = self.slice(start, end);
        let is_first = start == 0 || self.is(start - 1, SPACE | QUOTE);
        if !is_first || !matches!(word, ['-', 'p' | 'k' | 'a' | 'u', ..]) {
            return;
        }
        if word.get(1) == Some(&'u') {
            return self.after_user(start + 2);
        }
        let value = if word.len() == 2 { self.until(end, !(QUOTE | marks(b" ,"))) } else { start + 2 };
        let value_end = self.until(value, SPACE | QUOTE);
        if is_secretish(self.slice(value, value_end)) {
            self.mask(value, value_end);
        }
    }

    /// `-----BEGIN PRIVATE KEY-----` to the end of its block.
    fn pem(&mut self, start: usize) {
        let end = self.first(start + 1, marks(b"-"), &|at| self.starts_with(at, "-----END"));
        let label = self.until(end + 5, marks(b"-"));
        self.mask(start, self.until(label, !marks(b"-")));
    }

    /// `curl -u root:S3CR3T`.
    fn after_user(&mut self, end: usize) {
        let start = self.until(end, !(QUOTE | marks(b" =")));
        let colon = self.next(Next::User, start, SPACE | QUOTE | marks(b":"));
        let is_number = self.within(start, colon, !DIGIT) == colon;
        let password = colon + 1;
        if self.get(colon) == ':' && colon < start + LONGEST_USER && !is_number {
            let is_quoted = self.is(password, QUOTE);
            self.mask(password, self.until(password, if is_quoted { SPACE } else { SPACE | QUOTE }));
        }
    }

    /// `Bearer S3CR3T`, which prose (“basic mode”) is not.
    fn after_scheme(&mut self, end: usize) {
        let start = self.until(end, !SPACE);
        if start == end {
            return;
        }
        let end_of_value = self.until(start, SPACE | QUOTE | marks(b"]},"));
        let value = self.slice(start, end_of_value);
        let has_names = value.contains(&'=') && self.is(end_of_value, QUOTE);
        if value.starts_with(&['r', 'e', 'a', 'l', 'm']) && self.get(end - 1) != 't' {
            // A server's challenge: `Basic realm=…`.
            return;
        }
        // `Digest username="…", response="…"`: the whole line.
        let end_of_value = if has_names { self.until(start, LINE_BREAK) } else { end_of_value };
        let is_value = value.len() >= 8 || value.iter().any(|c| c.is_ascii_digit() || matches!(c, '=' | ':'));
        if is_value && !is_plain_word(value) {
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
        let end = self.until(start, SPACE | marks(b"/?#&\"<>"));
        let authority = self.slice(start, end);
        if let Some(last) = authority.iter().rposition(|c| *c == '@') {
            return self.mask(start, start + last);
        }
        // A password may hold what ends an authority. So may a port, but a port has a host before it.
        let after = self.skip(end);
        // `s3://user:` and a line break.
        let colon = authority.iter().position(|c| *c == ':');
        let more = || self.slice(after, self.within(after, after + LONGEST_USER, SPACE));
        let is_cut =
            self.get(end) == '\n' && more().contains(&'@') && (colon.is_some() || matches!(more(), ['@' | ':', ..]));
        let Some(colon) = colon.or(is_cut.then_some(authority.len())) else { return };
        let (user, password) = (self.slice(start, start + colon), self.slice(start + colon + 1, end));
        let is_port = !password.is_empty() && password.iter().all(char::is_ascii_digit);
        let is_storage = matches!(self.place, Place::Address { is_storage: true });
        let is_host = !is_storage || user.contains(&'.') || user.contains(&'[') || user.is_empty();
        if is_port && (is_host || self.get(end) != '/') {
            return;
        }
        let is_end = |at| matches!(self.get(at), '\n' | '"' | '”') || self.starts_with(at, "://");
        let line = self.first(start, QUOTE | marks(b"\n:"), &is_end);
        let line = if is_cut { self.until(after, SPACE) } else { line };
        let gap = if is_port { self.until(start, SPACE).min(line) } else { line };
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
        let start = self.back(at.saturating_sub(LONGEST_USER), at, !(SPACE | QUOTE | marks(b"=,([{<>@")));
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
        if !(is_host || is_after_host) && self.is(at + 1, WORD) || run.contains(&'/') && self.starts_with(at, "@//") {
            self.mask(start, at);
        }
    }

    /// Masks the value of the name from `start` to `end`, if it has one.
    fn value_of(&mut self, start: usize, end: usize) {
        let word = self.slice(start, end);
        let Some((joint, mut at)) = self.joint(start, end) else { return self.alone(start, end) };
        let is_soft = joint == Joint::Space || !self.is(start, ASCII);
        match joint {
            Joint::Space => {
                self.at = at;
                if is_key_id(self.slice(at, at + LEAST_TOKEN + 2)) {
                    return;
                }
                let is_bearer = is_listed(list!("bearer"), word) && self.until(at, SPACE | QUOTE) - at >= LEAST_TOKEN;
                let is_option = word.starts_with(&['-', '-']) && self.get(at) != '-';
                if is_bearer || is_option {
                    return self.value(at, true, false);
                }
                let mark = self.after_name(at);
                let is_cookie = is_listed(list!("cookie"), last_word(word));
                if is_cookie && mark > at && self.get(mark) == '=' && self.get(end) != '(' {
                    // `Cookie[sid=S3CR3T]`
                    return self.value(mark + 1, true, true);
                }
                if self.value_before(start) {
                    self.at = end;
                    return;
                }
                // `secret "a" not found` is one of Kubernetes, `token 'a'` a parser's.
                let is_other = is_listed(list!("secret secrets token"), word);
                let is_text = self.is(at, QUOTE) && !self.is(end, QUOTE) && !is_other;
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
        let is_bare = joint == Joint::Colon && !self.is(at, OPEN | QUOTE);
        if is_bare && is_listed(list!("cookie"), last_word(word)) {
            // `Cookie: a=b; c=S3CR3T`: the whole line.
            let end = self.until(at, marks(b"\n\"'"));
            return self.mask(at, self.trimmed(at, end));
        }
        if is_bare && is_listed(list!("authorization"), last_word(word)) {
            // `Authorization: Bearer S3CR3T`: the scheme and what follows it.
            let end = self.until(at, SPACE);
            let next = self.until(end, !BLANK);
            let after = self.until(next, SPACE | marks(b"\"'"));
            let has_scheme = is_scheme(self.slice(at, end)) || is_secretish(self.slice(next, after));
            // `Credential=…, Signature=…`: the whole line.
            let has_name = self.get(self.until(next, !WORD)) == '=';
            let end = match (has_scheme, has_name) {
                (true, true) => self.until(next, marks(b"\n'")),
                (true, false) => after,
                (false, _) => end,
            };
            return self.mask(at, self.trimmed(at, end));
        }
        // `access_key_:0x7f "S3CR3T"`, `string(6) "S3CR3T"`: what a string is, then the string.
        if self.starts_with(at, "0x") || self.starts_with(at, "string(") {
            let quote = self.until(self.until(at, SPACE), !marks(b" "));
            if self.is(quote, QUOTE) {
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
        let end = self.until(at, !DIGIT);
        let is_number = end > at && is_counted(name) && !self.is(end, LETTER);
        let is_folder =
            is_listed(list!("pwd oldpwd"), last_word(name)) && self.get(at) == '/' && matches!(self.place, Place::Text);
        is_number || is_folder
    }

    /// Whether the quote at `at` has one word in it.
    fn is_one_word(&self, at: usize) -> bool {
        let end = self.until(at + 1, SPACE | QUOTE);
        end > at + 4 && self.is(end, QUOTE)
    }

    /// Masks the text of an element of XML that begins at `at`.
    fn element(&mut self, at: usize) {
        let start = self.skip(at);
        if self.starts_with(start, "<![CDATA[") {
            let start = start + "<![CDATA[".len();
            return self.mask(start, self.first(start, marks(b"]"), &|at| self.starts_with(at, "]]>")));
        }
        let end = self.until(start, marks(b"<"));
        if self.get(end + 1) == '/' {
            self.mask_beside(start, self.back(start, end, SPACE));
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
                _ if self.is(at, QUOTE) || matches!(c, '\\' | '*' | ']' | '】' | '」') => {
                    is_quoted |= self.is(at, QUOTE);
                    at + 1
                }
                '[' | '(' => {
                    let close = if c == '[' { ']' } else { ')' };
                    let closed = self.within(at, at + NEARBY, SPACE | 1 << kind(close));
                    let is_group = closed < at + NEARBY && self.get(closed) == close;
                    if !(is_group && self.is(self.until(closed + 1, !marks(b" ")), marks(b":="))) {
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
            let most = sign + LONGEST_USER;
            let tag = self.within(sign, most, marks(b"<>"));
            if sign < tag && tag < most && self.get(tag) == '>' && self.get(tag - 1) != '/' {
                return Some((Joint::Tag, tag + 1));
            }
        }
        match self.get(sign) {
            '=' => {
                let after = self.until(sign, !marks(b"=>:~"));
                Some((Joint::Equals, self.skip(after)))
            }
            '-' if next == '>' => Some((Joint::Equals, self.skip(sign + 2))),
            ':' => {
                let after = self.until(sign, !marks(b"=:"));
                // `s3://`, where the name was a scheme.
                (!self.starts_with(sign, "://")).then(|| (Joint::Colon, self.skip(after)))
            }
            '>' if sign == closed && self.in_tag(start) => Some((Joint::Tag, sign + 1)),
            '【' | '「' | '《' if sign == closed => Some((Joint::Equals, sign)),
            '(' if self.is(self.skip(sign + 1), QUOTE) => Some((Joint::Equals, sign)),
            // `credentials(` and a line each.
            '(' | '[' if sign == closed && next == '\n' => Some((Joint::Equals, sign)),
            '(' | '[' | '<' => Some((Joint::Space, self.skip(sign + 1))),
            ',' if is_quoted || self.is(self.skip(sign + 1), QUOTE) => Some((Joint::Space, self.skip(sign + 1))),
            '为' | '是' => Some((Joint::Colon, self.skip(sign + 1))),
            _ if sign > closed || is_quoted || !self.is(start, ASCII) && self.is(sign, LATIN | DIGIT) => {
                let word_end = self.within(sign, sign + NEARBY, !LETTER);
                let value = self.skip(word_end);
                let is_open = self.is(value, QUOTE | marks(b"("));
                let is_word =
                    self.get(word_end) == ' ' && is_listed(list!("is was like as"), self.slice(sign, word_end));
                if is_word || self.get(value) == '(' && is_listed(list!("in"), self.slice(sign, word_end)) {
                    return Some((if is_open { Joint::Equals } else { Joint::Colon }, value));
                }
                Some((Joint::Space, sign))
            }
            _ => None,
        }
    }

    /// Whether the name at `at` is an element's: `<ns:password`.
    fn is_element(&self, at: usize) -> bool {
        let from = at.saturating_sub(LONGEST_USER);
        let start = self.back(from, at, WORD | marks(b":"));
        start > from && self.get(start - 1) == '<'
    }

    /// Whether `at` is within `<…>` that closes no element.
    fn in_tag(&self, at: usize) -> bool {
        let from = at.saturating_sub(LONGEST_USER);
        let start = self.back(from, at, !marks(b"<>"));
        start > from && self.get(start - 1) == '<' && self.get(start) != '/'
    }

    /// Whether a sentence goes on at `at`: `password: expired on 2026-01-01`.
    fn is_prose(&mut self, at: usize, joint: Joint) -> bool {
        let end = self.next(Next::LettersEnd, at, !LETTER);
        let word = self.slice(at, end);
        let is_whole = self.is(end, SPACE | marks(b",;.)]}&\"'<"));
        let is_word = is_prose(word) && (is_whole || !self.is(at, ASCII) && self.get(end) != '=');
        !word.is_empty() && is_word && (joint == Joint::Colon || word.iter().all(char::is_ascii))
    }

    /// Masks the value that begins at `at`: without its quotes or brackets, to where it ends.
    fn value(&mut self, at: usize, ends_at_tag: bool, is_soft: bool) {
        let mut start = self.until(at, !marks(b"*\\"));
        // `!!str S3CR3T` and `&anchor S3CR3T` of YAML.
        if matches!(self.get(start), '!' | '&') {
            let end = self.next(Next::Space, start, SPACE);
            let next = self.until(end, !marks(b" "));
            if next > end && !self.is(next, marks(b"\n)")) {
                self.mask(start, end);
                start = next;
            }
        }
        // A comment of YAML, which may have a secret of its own.
        if self.get(start) == '#' && self.get(start + 1) == ' ' {
            let end = self.until(start, LINE_BREAK);
            if self.slice(start, end).contains(&'=') {
                self.mask(start, end);
            }
            start = self.skip(end);
        }
        // `b'S3CR3T'` of Python.
        if self.is(start, LATIN) && self.is(start + 1, marks(b"'\"")) {
            start += 1;
        }
        let first = self.get(start);
        if self.is(start, QUOTE) {
            let end = self.closing_quote(start);
            return self.mask(start + 1, end);
        }
        if self.is(start, OPEN) || first == '<' && !ends_at_tag {
            let end = self.closing_bracket(start);
            // `{cipher}S3CR3T`
            let is_prefix = first == '{' && self.is(end + 1, LATIN | DIGIT | marks(b"$"));
            return self.mask(start + 1, if is_prefix { self.unquoted(end + 1, ends_at_tag, is_soft) } else { end });
        }
        // A list of YAML, or a block: `password: |` and lines that are indented.
        if first == '-' && self.get(start + 1) == ' ' {
            return self.mask(start, self.block(self.line_start(start), true));
        }
        if matches!(first, '|' | '>') {
            let end = self.until(start + 1, !(DIGIT | marks(b"-+ ")));
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
        let next = self.until(end, !marks(b" ,;"));
        let next_end = self.until(next, !(LATIN | DIGIT));
        if next > end && is_mixed(self.slice(next, next_end)) && !self.is(next_end, marks(b"=:.-_")) {
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
        self.first(at, marks(b"\n\r\\"), &|at| self.break_at(at) > 0)
    }

    fn line_start(&self, at: usize) -> usize {
        self.back(at.saturating_sub(LONGEST_USER), at, BLANK)
    }

    /// The end of the lines from `start` on that are indented like the first one.
    fn block(&self, start: usize, is_list: bool) -> usize {
        let (mut at, mut end, mut indent) = (start, start, None);
        while at < self.chars.len() {
            let first = self.until(at, !BLANK);
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
        let slashes = |at: usize| at - self.back(at.saturating_sub(8), at, marks(b"\\"));
        let depth = slashes(start);
        let triple = usize::from(self.get(start + 1) == open && self.get(start + 2) == open) * 2;
        let mut at = start + 1 + triple;
        loop {
            at = self.until(at, 1 << kind(close));
            if at >= self.chars.len() {
                return at;
            }
            let next = self.get(at + 1);
            if self.get(at) != close || slashes(at) != depth {
                at += 1;
            } else if next == close && open == close && triple == 0 {
                // `'ab''cd'` of SQL.
                at += 2;
            } else if self.is(at + 1, LETTER) && open == close {
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
        let is_angle = self.get(start) == '<';
        let line_break = if self.is_unclosed || is_angle { LINE_BREAK } else { 0 };
        let closes = CLOSE | if is_angle { marks(b">") } else { 0 };
        let opens = OPEN | if is_angle { marks(b"<") } else { 0 };
        let mut at = start;
        while at < self.chars.len() {
            if self.is(at, opens) {
                depth += 1;
            } else if self.is(at, closes) {
                depth -= 1;
            }
            if depth == 0 || self.is(at, line_break) {
                return at;
            }
            at = self.until(at + 1, opens | closes | line_break);
        }
        self.is_unclosed = true;
        self.until(self.skip(start + 1), LINE_BREAK)
    }

    /// Where a value without quotes ends.
    fn unquoted(&self, start: usize, ends_at_tag: bool, is_soft: bool) -> usize {
        let mut depth = 0;
        let is_latin = self.is(start, ASCII);
        let ends = SPACE | STOP | if is_soft && is_latin { !ASCII } else { 0 };
        let stops = ends | OPEN | CLOSE | QUOTE | marks(b"\\&;,|<>");
        let mut at = self.until(start, stops);
        while at < self.chars.len() {
            let (c, next) = (self.get(at), self.get(at + 1));
            let is_end = match c {
                // A line break within a parameter cuts it.
                '\n' | '\r'
                    if (at == start || matches!(self.place, Place::Parameters { .. }))
                        && self.goes_on_after_break(at) =>
                {
                    at = self.until(self.until(at, !SPACE), stops);
                    continue;
                }
                // A line that a backslash continues.
                '\\' if next == '\n' => {
                    at = self.until(self.until(at + 1, !SPACE), stops);
                    continue;
                }
                '\\' if next == 'n' => self.is_pair(at + 2),
                _ if self.is(at, ends) => true,
                '&' | ';' | ',' | '|' => self.is(at + 1, SPACE) || self.is_pair(at + 1),
                '<' => ends_at_tag || next == '/' || self.is_tag(at),
                '>' => !self.is(at + 1, LETTER),
                '(' | '[' | '{' => {
                    depth += 1;
                    false
                }
                ')' | ']' | '}' => {
                    depth -= 1;
                    depth < 0
                }
                _ if self.is(at, QUOTE) => !self.is(at + 1, LETTER),
                _ => false,
            };
            if is_end {
                break;
            }
            at = self.until(at + 1, stops);
        }
        if is_scheme(self.slice(start, at)) {
            // `access_key=Bearer S3CR3T`.
            let next = self.until(at, !BLANK);
            at = self.until(next, SPACE | QUOTE);
        }
        self.trimmed(start, at)
    }

    /// Whether `<name>` stands at `at`.
    fn is_tag(&self, at: usize) -> bool {
        const LONGEST: usize = 32;
        let most = at + 1 + LONGEST;
        let end = self.within(at + 1, most, !WORD);
        at + 1 < end && end < most && self.is(end, marks(b">/"))
    }

    /// Without what ends a sentence.
    fn trimmed(&self, start: usize, end: usize) -> usize {
        self.back(start, end, marks(b",;\r "))
    }

    /// Whether the value goes on after a line break: with more of the key, and not with a sentence, a pair or another address.
    fn goes_on_after_break(&self, at: usize) -> bool {
        let start = self.until(at, !SPACE);
        let end = self.until(start, SPACE | marks(b"&"));
        let is_address = (start..end).any(|at| self.starts_with(at, "://"));
        let is_sentence = self.get(end) == ' ' && is_plain_word(self.slice(start, end));
        let is_other = is_address || is_sentence || self.is_pair(start);
        start < end && !is_other
    }

    /// Whether another pair begins at `at`: a name, and `=` or `:`.
    fn is_pair(&self, at: usize) -> bool {
        let end = self.after_name(at);
        end > at && self.is(end, marks(b"=:"))
    }

    /// Where the name at `at` ends, or gets too long for one.
    fn after_name(&self, at: usize) -> usize {
        const LONGEST: usize = 64;
        self.within(at, at + LONGEST, !WORD)
    }

    /// Masks the long mixed strings of a text that speaks of secrets.
    fn mask_random(&mut self) {
        let mut at = 0;
        while at < self.chars.len() {
            let start = self.until(at, KEY);
            let end = self.until(start, !KEY);
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

/// What is looked for from many places, with the set to look for.
#[derive(Clone, Copy)]
enum Next {
    /// The end of a run of letters.
    LettersEnd,
    /// The end of a word, Chinese or not.
    WordEnd,
    /// The end of a user's name.
    User,
    /// A space or a line break.
    Space,
    /// The end of what may be a value, see [`Scan::weak`].
    LatinEnd,
    /// One of [`ODD`].
    Odd,
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

fn closing(quote: char) -> char {
    match quote {
        '“' => '”',
        '‘' => '’',
        '«' => '»',
        other => other,
    }
}

/// Whether `word` is one of small letters, the first one perhaps a capital.
fn is_plain_word(word: &[char]) -> bool {
    word.iter().skip(1).all(char::is_ascii_lowercase) && word.first().is_some_and(char::is_ascii_alphabetic)
}

/// Whether `word` is a token of three parts in base64 (JWT).
fn is_token(word: &[char]) -> bool {
    word.len() > 20 && word.starts_with(&['e', 'y', 'J']) && word.contains(&'.')
}
