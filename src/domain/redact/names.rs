//! Which names mean a secret, and which strings look like one.
//!
//! Each list is one text with spaces between its words: 158 texts of their own would cost 8 bytes each for their places in memory. Each
//! word of a message is looked for in several lists, and few are in one. So a [`List`] tells most of them at once by their ends.

/// A list of words: a text with spaces between them.
macro_rules! list {
    ($text:literal) => {{
        const TEXT: &str = concat!(" ", $text);
        const WORDS: [u8; TEXT.len()] = words_of(TEXT);
        &WORDS
    }};
}
pub(super) use list;

/// Words with a space before each, as bytes. In place of the space is the length of the word: so a list is gone through in long steps.
pub const fn words_of<const N: usize>(text: &str) -> [u8; N] {
    let mut words = [0; N];
    let mut rest = text.as_bytes();
    let mut length = 0;
    // From the end: the length of a word is known before its space comes.
    while let [before @ .., byte] = rest {
        let (_, [place, ..]) = words.split_at_mut(before.len()) else { break };
        (*place, length) = if *byte == b' ' { (length, 0) } else { (*byte, length + 1) };
        rest = before;
    }
    words
}

/// A list of words.
pub struct List {
    words: &'static [u8],
    /// For the first and the last letter of each word a bit, see [`bit`].
    ends: u64,
}

impl List {
    /// The list of `words`, as `list!` makes them.
    pub const fn of(words: &'static [u8]) -> Self {
        let (mut rest, mut ends) = (words, 0);
        while let [length, after @ ..] = rest {
            let (word, after) = after.split_at(*length as usize);
            if let ([first, ..], [.., last]) = (word, word) {
                ends |= bit(*first as u32, *last as u32);
            }
            rest = after;
        }
        Self { words, ends }
    }

    /// Whether a word with these ends may be listed.
    fn may_have(&self, first: Option<&char>, last: Option<&char>) -> bool {
        let code = |c: Option<&char>| c.map_or(0, |c| u32::from(*c));
        self.ends & bit(code(first), code(last)) != 0
    }

    /// Whether `word` is listed, in any case.
    pub fn has(&self, word: &[char]) -> bool {
        self.may_have(word.first(), word.last()) && is_listed(self.words, word)
    }

    /// Whether `name` is listed, in any case and without separators.
    fn has_plain(&self, name: &[char]) -> bool {
        let is_part = |c: &&char| is_letter(**c);
        self.may_have(name.iter().find(is_part), name.iter().rfind(is_part)) && is_plainly(self.words, name)
    }
}

/// Whether `name` is one of `list`, in any case and without separators.
fn is_plainly(list: &[u8], name: &[char]) -> bool {
    let plain = || name.iter().filter(|c| is_letter(**c)).map(char::to_ascii_lowercase);
    name.len() > 1 && listed(list).any(|listed| plain().eq(listed.iter().copied().map(char::from)))
}

/// The bit for a first and a last letter, in any case.
const fn bit(first: u32, last: u32) -> u64 {
    1 << (((first | 32) * 5 + (last | 32)) & 63)
}

/// Parts of a word that mean a secret. No honest word has one of them.
const PARTS: &[u8] = list!(
    "passwd password passphrase credential accesskey accessid apikey secretkey secretid privatekey sessionid sessid \
    authorization"
);

/// Two letters side by side that each of them has.
const PAIRS: List = List::of(list!("ss cr ke au"));

/// Endings of a word that mean a secret: `mysecret`, but not `secretary`.
const ENDS: &[u8] = list!("secret token pwd pass passcode signature cookie bearer");

/// The last two letters of these and of `key`.
const LETTERS: List = List::of(list!("et en wd ss de re ie er ey"));

/// Honest words with such an ending.
const CHANCE: &[u8] = list!("compass encompass bypass surpass trespass");

/// Words that mean a secret only whole: `oss_sk`, `myPw`.
const WORDS: List = List::of(list!(
    "ak sk aksk pw auth sig sign dek kek sas jwt otp psk cred keyid keybase keytabbase \
    masterauth session"
));

/// Words before `key` that make it a secret, in one word or two.
const KEYS: &[u8] = list!(
    "access secret api private encrypt encryption decrypt decryption master account session shared storage \
    customer id auth kms sign signing root app hmac aes data"
);

/// Last words of a name that is about a secret and holds none: `token_count`, `passwd_len`.
const ABOUT: &[u8] = list!(
    "count len length size num number limit max min time timeout at ts ms us ns sec second minute hour day date age \
    ttl lifetime expire expired expiration expiry interval version type kind mode status state policy level enabled required valid file \
    path dir url uri endpoint method algorithm format name rate retry attempt plugin service exception match mismatch"
);

/// The same in Chinese, at the end of a name.
#[rustfmt::skip]
const CHINESE: [[char; 2]; 15] = [
    ['密', '码'], ['口', '令'], ['密', '钥'], ['秘', '钥'], ['私', '钥'], ['令', '牌'], ['凭', '证'], ['凭', '据'], ['签', '名'], ['密', '碼'],
    ['金', '鑰'], ['密', '匙'], ['密', '鑰'], ['憑', '證'], ['權', '杖'],
];
const LONGER_CHINESE: [[char; 3]; 3] = [['授', '权', '码'], ['访', '问', '键'], ['验', '证', '码']];

/// Words beside which a long mixed string is a secret, though they name none themselves.
const NEAR: List = List::of(list!("key keys decrypt encrypt keytab kms cipher jdbc"));

/// Words that continue a sentence after `password:`, where a value could stand. Words that end in `ed` do, too.
const PROSE: &[u8] = list!(
    "invalid missing incorrect wrong not is must cannot mismatch error too does has was for of by and or no yes \
    true false on off unknown empty bad could should will the unable length please check verification authentication \
    in at to from with are were may can did null none nil reset blank"
);

/// Schemes of the header `Authorization`.
const SCHEMES: List = List::of(list!(
    "bearer token basic digest negotiate ntlm oss obs aws aws4hmacsha256 oss4hmacsha256 ocpaccesskeyhmacsha1 \
    apikey"
));

/// Schemes of object storages and shared files, whose parameters the manual lists.
const STORAGES: &[u8] = list!("oss s3 s3a cos cosn obs gs gcs wasb abfs azure nfs");

/// Their parameters that hold no secret.
const HARMLESS: &[u8] =
    list!("host s3region region appid deletemode checksumtype addressingmodel storageclass endpoint enableworm");

/// Whether `c` is a letter or a digit. Beyond ASCII it goes by blocks, since the standard library's tables of all characters are 1.7 kB of a
/// first visit: what stands in no block of marks, symbols, spaces or private characters is a letter.
#[must_use]
pub const fn is_letter(c: char) -> bool {
    // Latin's marks; punctuation and currencies; arrows, mathematics, boxes and dingbats, but for numbers in circles; Chinese and Japanese
    // punctuation, but for 々, 〆 and 〇; forms of it for upright, small and wide text; emoji, and what has no meaning of its own.
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        '\u{80}'..='\u{bf}'
        | '×'
        | '÷'
        | '\u{2000}'..='\u{20cf}'
        | '\u{2190}'..='\u{245f}'
        | '\u{2500}'..='\u{2bff}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{3030}'
        | '\u{30fb}'
        | '\u{fe10}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}'
        | '\u{ff5b}'..='\u{ff65}'
        | '\u{ffe0}'..='\u{ffff}'
        | '\u{1f000}'..='\u{1faff}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{e0000}'.. => false,
        _ => true,
    }
}

/// Whether `chars` is `word` in any case.
fn is_same(chars: &[char], word: &[u8]) -> bool {
    chars.len() == word.len() && chars.iter().zip(word).all(|(c, listed)| c.to_ascii_lowercase() == char::from(*listed))
}

/// The words of a list.
fn listed(mut list: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let (length, rest) = list.split_first()?;
        let (word, after) = rest.split_at_checked((*length).into())?;
        list = after;
        Some(word)
    })
}

/// Whether `word` is one of `list`, in any case.
pub fn is_listed(list: &[u8], word: &[char]) -> bool {
    word.len() > 1 && listed(list).any(|listed| is_same(word, listed))
}

/// Whether `name` means a secret. `before` is the word before it, if only spaces are between: `access key`.
pub fn is_secret(before: &[char], name: &[char]) -> bool {
    let mut last = None;
    let mut is_secret = false;
    // Of `auth.server.name` the last part names the value, but not of `password.value`.
    let is_name =
        |part: &&[char]| part.iter().any(|c| is_letter(*c) && !c.is_ascii_digit()) && !is_same(part, b"value");
    // `PaSsWoRd`
    let is_camel = name.windows(2).any(|w| matches!(w, ['a'..='z', 'A'..='Z']));
    for part in name.split(|c| *c == '.').filter(is_name) {
        is_secret = false;
        for word in words(part) {
            let one = singular(word);
            let before = || last.unwrap_or_else(|| last_word(before));
            is_secret |= is_secret_word(one) || SECONDS.has(one) && is_secret_pair(before(), one);
            last = Some(word);
        }
        let mut before = before;
        for whole in part.split(|c| !is_letter(*c)).take_while(|_| is_camel) {
            let is_camel = whole.windows(2).any(|w| matches!(w, ['a'..='z', 'A'..='Z']));
            is_secret |= is_camel && (is_secret_word(singular(whole)) || is_secret_pair(before, singular(whole)));
            before = whole;
        }
    }
    // `unexpected token`: a parser's.
    let last = last.unwrap_or_default();
    let one = singular(last);
    let is_honest = || is_listed(ABOUT, one) || one.len() < last.len() && is_listed(ABOUT, last);
    is_secret && !is_honest() && !is_listed(list!("unexpected near"), before)
}

/// A word without its number, and in the singular.
fn singular(word: &[char]) -> &[char] {
    let digits = word.iter().rev().take_while(|c| c.is_ascii_digit()).count();
    match word.split_at(word.len() - digits).0 {
        [one @ .., last, 's' | 'S'] if !matches!(last, 's' | 'S') => word.get(..=one.len()).unwrap_or_default(),
        other => other,
    }
}

fn is_secret_word(word: &[char]) -> bool {
    let ends =
        |end: &[u8]| word.len().checked_sub(end.len()).and_then(|at| word.get(at..)).is_some_and(|w| is_same(w, end));
    let holds = |part: &[u8]| word.windows(part.len()).any(|found| is_same(found, part));
    let end = word.len().checked_sub(2).and_then(|at| word.get(at..)).unwrap_or_default();
    WORDS.has(word)
        || LETTERS.has(end)
            && (listed(ENDS).any(ends) && !is_listed(CHANCE, word)
                || ends(b"key") && is_listed(KEYS, word.get(..word.len() - 3).unwrap_or_default()))
        || word.len() > 5 && word.windows(2).any(|two| PAIRS.has(two)) && listed(PARTS).any(holds)
        || word.last().is_some_and(|c| !c.is_ascii()) && is_chinese_name(word)
}

/// Second words of a pair that means a secret.
const SECONDS: List = List::of(list!("key keyid id base"));

/// Whether two words mean a secret together.
fn is_secret_pair(first: &[char], second: &[char]) -> bool {
    is_listed(list!("key keyid"), second) && is_listed(KEYS, first)
        || is_same(first, b"key") && is_listed(list!("id base"), second)
        || is_same(first, b"keytab") && is_same(second, b"base")
        || is_listed(list!("access session"), first) && is_same(second, b"id")
}

/// Whether `run` ends in a Chinese name of a secret.
fn is_chinese_name(run: &[char]) -> bool {
    let suffix = match run {
        [.., '值' | '串'] => 1,
        [.., '明', '文'] | [.., '内', '容'] => 2,
        _ => 0,
    };
    let run = run.split_at(run.len() - suffix).0;
    CHINESE.iter().any(|name| run.ends_with(name)) || LONGER_CHINESE.iter().any(|name| run.ends_with(name))
}

/// Whether `run` has a Chinese name of a secret near its end: `密码不正确`.
pub fn has_chinese_name(run: &[char]) -> bool {
    const GAP: usize = 8;
    (run.len().saturating_sub(GAP)..run.len()).any(|end| is_chinese_name(run.get(..end).unwrap_or_default()))
}

/// Whether a number after `name` is no secret: it counts (`tokens=18`), or it is an id.
pub fn is_counted(name: &[char]) -> bool {
    let word = last_word(name);
    matches!(word, [.., 'i' | 'I', 'd' | 'D'])
        || is_listed(list!("session"), word)
        || singular(word).len() < word.len() && matches!(word, [.., 's' | 'S'])
}

/// The last word of `name`.
pub fn last_word(name: &[char]) -> &[char] {
    words(name).last().unwrap_or_default()
}

/// The words of a name: `OSSAccessKey_id2` has `OSS`, `Access`, `Key`, `id2`.
fn words(name: &[char]) -> impl Iterator<Item = &[char]> {
    name.split(|c| !is_letter(*c)).flat_map(|part| {
        let mut rest = part;
        std::iter::from_fn(move || {
            let is_upper = |at: usize| rest.get(at).is_some_and(char::is_ascii_uppercase);
            let is_lower = |at: usize| rest.get(at).is_some_and(char::is_ascii_lowercase);
            let is_next = |at: &usize| is_upper(*at) && (!is_upper(*at - 1) || is_lower(*at + 1));
            let end = (1..rest.len()).find(is_next).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            rest = after;
            (!word.is_empty()).then_some(word)
        })
    })
}

/// Whether a string beside `word` may be a secret.
pub fn is_near(word: &[char]) -> bool {
    words(word).any(|word| NEAR.has(word))
}

/// Whether `word` goes on a sentence.
pub fn is_prose(word: &[char]) -> bool {
    is_listed(PROSE, word)
        || matches!(word, [.., 'e', 'd']) && word.len() > 5 && word.iter().all(char::is_ascii_lowercase)
        || word.first().is_some_and(|c| !c.is_ascii() && is_letter(*c))
}

/// Whether `word` is a scheme of the header `Authorization`.
pub fn is_scheme(word: &[char]) -> bool {
    SCHEMES.has_plain(word)
}

/// Whether `scheme` is that of a storage.
pub fn is_storage(scheme: &[char]) -> bool {
    is_listed(STORAGES, scheme)
}

/// Whether a storage's parameter holds no secret.
pub fn is_harmless(name: &[char]) -> bool {
    is_plainly(HARMLESS, name)
}

/// The least length of a secret that needs no name: of key ids and tokens.
pub const SHORTEST_SHAPE: usize = 14;

/// Whether `text` begins with the mark of a key id or a token, and is long enough to be one.
pub fn is_key_id(text: &[char]) -> bool {
    const MARKS: &[u8] = list!("LTAI AKIA ASIA AKID STS. ghp_ xox");
    text.len() >= SHORTEST_SHAPE
        && listed(MARKS).any(|mark| text.iter().zip(mark).all(|(c, mark)| *c == char::from(*mark)))
}

/// The least length of a random string.
const LEAST_RANDOM: usize = 16;

/// How letters and digits of a string are mixed.
#[derive(Default)]
struct Mix {
    lower: usize,
    upper: usize,
    digits: usize,
    /// How often the kind changes from one character to the next.
    changes: usize,
}

impl Mix {
    fn of(text: &[char]) -> Self {
        let mut mix = Self::default();
        let mut last = 0;
        for c in text {
            let kind = match c {
                'a'..='z' => 1,
                'A'..='Z' => 2,
                '0'..='9' => 3,
                _ => 4,
            };
            match kind {
                1 => mix.lower += 1,
                2 => mix.upper += 1,
                3 => mix.digits += 1,
                _ => {}
            }
            mix.changes += usize::from(last != 0 && last != kind);
            last = kind;
        }
        mix
    }

    /// Whether a text of this mix and length is random, see [`is_random`].
    fn is_random(&self, length: usize) -> bool {
        let often = if self.digits > 0 { 28 } else { 45 };
        length >= LEAST_RANDOM && self.lower >= 2 && self.upper >= 2 && self.changes * 100 >= length * often
    }
}

/// Whether `text` is a long string of mixed letters, as keys and tokens are. Names in camel case change less often, and ids in hexadecimal
/// have letters of one case.
pub fn is_random(text: &[char]) -> bool {
    text.len() >= LEAST_RANDOM && Mix::of(text).is_random(text.len())
}

/// Whether `text`, after a word that means a secret and a space, is rather a secret than a word of a sentence.
pub fn is_secretish(text: &[char]) -> bool {
    const LEAST: usize = 6;
    const MARKS: [char; 7] = ['!', '#', '$', '%', '^', '&', '~'];
    if text.len() < LEAST {
        return false;
    }
    let mix = Mix::of(text);
    let holds = |marks: &[char]| text.iter().any(|c| marks.contains(c));
    let is_mixed = mix.digits > 0 || mix.changes > 1 && holds(&MARKS);
    if !(mix.is_random(text.len()) || mix.lower + mix.upper > 0 && is_mixed && !holds(&['/', '='])) {
        return false;
    }
    // `tenant_1002`, `OB-4012`, `host1:2881`, `2026-01-01T10:00Z`, `host1.example.com`, and `/data/1/x`, `ret=-4012a`.
    let number = text.iter().rev().take_while(|c| c.is_ascii_digit()).count();
    let is_numbered = number > 0 && matches!(text.iter().rev().nth(number), Some('_' | '-' | ':'));
    let is_date = matches!(text, ['0'..='9', '0'..='9', '0'..='9', '0'..='9', '-', ..]);
    let is_address = text.windows(3).any(|w| *w == [':', '/', '/']);
    !(is_numbered || is_date || holds(&['.', '@']) || mix.lower == 0 && holds(&['-']) || is_address)
}

/// Whether `text` has a digit between its letters, as no word and no name of a server has. Then it is the rest of a secret with a space in it.
pub fn is_mixed(text: &[char]) -> bool {
    let is_letter = |c: &char| c.is_ascii_alphabetic();
    let first = text.iter().position(is_letter).unwrap_or_default();
    let end = text.iter().rposition(is_letter).unwrap_or_default();
    let within = text.get(first..end).unwrap_or_default();
    text.len() >= 8 && text.iter().all(char::is_ascii_alphanumeric) && within.iter().any(char::is_ascii_digit)
}
