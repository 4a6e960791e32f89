//! Which names mean a secret, and which strings look like one.
//!
//! Each list is one text with spaces between its words: 158 texts of their own would cost 8 bytes each for their places in memory.

/// What a name contains that holds a secret, written without case and separators.
const PARTS: &str = "secret passw passphrase pwd token credential signature authorization cookie bearer accesskey accessid apikey \
    privatekey encryptkey encryptionkey decryptkey masterkey accountkey sessionkey sharedkey storagekey \
    customerkey idkey keyid authkey signingkey kmskey keybase64 keytabbase64 identifiedby";

/// Words of a name that mean a secret only when they stand alone: `oss_sk`, `myPw`.
const WORDS: &str = "ak sk pass pw auth sig sign dek kek sas jwt otp apisecret psk";

/// The same in Chinese, at the end of a name.
const CHINESE: &str = "密码 口令 密钥 秘钥 私钥 令牌 凭证 凭据 签名 授权码 访问键 密碼 金鑰 密匙";

/// Words beside which a long mixed string is a secret, though they name none themselves.
const NEAR: &str = "key keys decrypt encrypt keytab kms cipher jdbc";

/// Words that go on a sentence after `password:`, where a value could stand.
const PROSE: &str = "expired unexpected invalid missing required incorrect wrong not is must cannot failed mismatch error too \
    does has was for of by and or no unknown empty bad denied rejected could should will the unable computed \
    expected length please check verification authentication in on at to from with are were may can did null \
    none changed reset";

/// Schemes of the header `Authorization`.
const SCHEMES: &str = "bearer token basic digest negotiate ntlm oss obs aws aws4hmacsha256 oss4hmacsha256 ocpaccesskeyhmacsha1 \
    apikey";

/// Schemes of object storages and shared files, whose parameters the manual lists.
const STORAGES: &str = "oss s3 s3a cos cosn obs gs gcs wasb abfs azure nfs";

/// Their parameters that hold no secret.
const HARMLESS: &str =
    "host s3region region appid deletemode checksumtype addressingmodel storageclass endpoint enableworm";

/// Whether `c` is a letter or a digit. Beyond ASCII it goes by blocks, since the standard library's tables of all characters are 1.7 kB of a
/// first visit: what stands in no block of marks, symbols, spaces or private characters is a letter.
#[must_use]
pub fn is_letter(c: char) -> bool {
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

/// Puts `name` into `plain` without case and separators.
pub fn make_plain(name: &[char], plain: &mut String) {
    plain.clear();
    plain.extend(name.iter().filter(|c| is_letter(**c)).map(char::to_ascii_lowercase));
}

fn plain(name: &[char]) -> String {
    let mut plain = String::with_capacity(name.len());
    make_plain(name, &mut plain);
    plain
}

/// Whether `word` is one of `list`.
fn is_listed(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

/// Whether the name `plain`, without case and separators, means a secret.
pub fn is_secret(plain: &str) -> bool {
    // Not `contains`, whose set-up takes longer than the comparison with so short names.
    let has = |part: &str| plain.as_bytes().windows(part.len()).any(|found| found == part.as_bytes());
    PARTS.split(' ').any(has) || !plain.is_ascii() && CHINESE.split(' ').any(|end| plain.ends_with(end))
}

/// Whether one of the words of `name` means a secret.
pub fn has_secret_word(name: &[char]) -> bool {
    words(name).any(|word| WORDS.split(' ').any(|secret| is_same(word, secret)))
}

/// The words of a name: `accessKey_id2` has `access`, `Key`, `id2`.
fn words(name: &[char]) -> impl Iterator<Item = &[char]> {
    name.split(|c| !is_letter(*c))
        .flat_map(|part| part.chunk_by(|a, b| !(a.is_ascii_lowercase() && b.is_ascii_uppercase())))
}

/// Whether `chars` is `word` in any case.
fn is_same(chars: &[char], word: &str) -> bool {
    chars.len() == word.len() && chars.iter().map(char::to_ascii_lowercase).eq(word.chars())
}

/// Whether a string beside `word` may be a secret.
pub fn is_near(word: &[char]) -> bool {
    words(word).any(|word| NEAR.split(' ').any(|near| is_same(word, near)))
}

/// Whether `word` goes on a sentence.
pub fn is_prose(word: &[char]) -> bool {
    is_listed(PROSE, &plain(word)) || word.first().is_some_and(|c| !c.is_ascii() && is_letter(*c))
}

/// Whether the word `plain`, without case and separators, is a scheme of the header `Authorization`.
pub fn is_scheme(plain: &str) -> bool {
    is_listed(SCHEMES, plain)
}

/// Whether `scheme` is that of a storage.
pub fn is_storage(scheme: &[char]) -> bool {
    is_listed(STORAGES, &plain(scheme))
}

/// Whether a storage's parameter holds no secret.
pub fn is_harmless(name: &[char]) -> bool {
    is_listed(HARMLESS, &plain(name))
}

/// Whether `text` begins with the mark of a key id or a token, and is long enough to be one.
pub fn is_key_id(text: &[char]) -> bool {
    const MARKS: [&str; 6] = ["LTAI", "AKIA", "ASIA", "AKID", "ghp_", "xox"];
    text.len() >= 14 && MARKS.iter().any(|mark| text.iter().copied().take(mark.len()).eq(mark.chars()))
}

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
}

/// Whether `text` is a long string of mixed letters, as keys and tokens are. Names in camel case change less often, and ids in hexadecimal
/// have letters of one case.
pub fn is_random(text: &[char]) -> bool {
    let Mix { lower, upper, digits, changes } = Mix::of(text);
    let often = if digits > 0 { 28 } else { 45 };
    text.len() >= 16 && lower >= 2 && upper >= 2 && changes * 100 >= text.len() * often
}

/// Whether `text`, after a word that means a secret and a space, is rather a secret than a word of a sentence.
pub fn is_secretish(text: &[char]) -> bool {
    let Mix { lower, upper, digits, .. } = Mix::of(text);
    let ends_in_number = text.iter().rev().find(|c| !c.is_ascii_digit()) == Some(&'_');
    is_random(text) || text.len() >= 6 && digits > 0 && lower + upper > 0 && !ends_in_number && !text.contains(&'/')
}
