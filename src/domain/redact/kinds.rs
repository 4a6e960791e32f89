//! Kinds of characters, and sets of them, each a number of 64 bits.
//!
//! Each character is looked at many times: whether it ends a word, a value, a line. So its kind is found once, and each time one bit tells
//! whether a set has it.

use super::names::is_letter;

/// A set of kinds. `|`, `&` and `!` do with it what they do with sets.
pub type Kinds = u64;

const OTHER_SPACE: u8 = 50;
const IS: u8 = 51;
const OTHER_QUOTE: u8 = 52;
const OTHER_OPEN: u8 = 53;
const OTHER_CLOSE: u8 = 54;
const OTHER_LETTER: u8 = 55;
const FULL_STOP: u8 = 56;

pub const ASCII: Kinds = (1 << OTHER_SPACE) - 1;
pub const DIGIT: Kinds = marks(b"0123456789");
pub const CAPITAL: Kinds = marks(b"A");
pub const LATIN: Kinds = CAPITAL | marks(b"a");
pub const LETTER: Kinds = DIGIT | LATIN | 1 << OTHER_LETTER | 1 << IS;
/// What a word has. `为` and `是` join a name and its value.
pub const WORD: Kinds = LETTER & !(1 << IS) | marks(b"_-.");
pub const LINE_BREAK: Kinds = marks(b"\n");
/// What a line is indented with.
pub const BLANK: Kinds = marks(b" \t");
pub const SPACE: Kinds = BLANK | marks(b"\n\r\x0c") | 1 << OTHER_SPACE;
pub const QUOTE: Kinds = marks(b"\"'`") | 1 << OTHER_QUOTE;
pub const OPEN: Kinds = marks(b"([{") | 1 << OTHER_OPEN;
/// What closes a bracket, but for `>`.
pub const CLOSE: Kinds = marks(b")]}") | 1 << OTHER_CLOSE;
/// The full stop of Chinese.
pub const STOP: Kinds = 1 << FULL_STOP;
/// What keys and tokens have.
pub const KEY: Kinds = DIGIT | LATIN | marks(b"+_-");

/// The kind of `c`. Each mark of ASCII is a kind of its own.
pub const fn kind(c: char) -> u8 {
    match c {
        ' '..='@' => c as u8 - b' ',
        '['..='`' => c as u8 - b'[' + 33,
        '{'..='~' => c as u8 - b'{' + 39,
        'a'..='z' => 43,
        'A'..='Z' => 44,
        '\t' => 45,
        '\n' => 46,
        '\r' => 47,
        '\u{c}' => 48,
        '\0'..='\u{7f}' => 49,
        '为' | '是' => IS,
        '“' | '”' | '‘' | '’' | '«' | '»' => OTHER_QUOTE,
        '【' | '「' | '《' => OTHER_OPEN,
        '】' | '」' | '》' => OTHER_CLOSE,
        '。' => FULL_STOP,
        // The others are read as a space of ASCII.
        '\u{85}' | '\u{1680}' | '\u{2028}' | '\u{2029}' | '\u{205f}' => OTHER_SPACE,
        _ if is_letter(c) => OTHER_LETTER,
        _ => 57,
    }
}

/// These marks of ASCII.
pub const fn marks(mut marks: &[u8]) -> Kinds {
    let mut kinds = 0;
    while let [mark, rest @ ..] = marks {
        kinds |= 1 << kind(*mark as char);
        marks = rest;
    }
    kinds
}

/// Whether `kinds` has the kind of `c`.
pub const fn has(kinds: Kinds, c: char) -> bool {
    kinds >> kind(c) & 1 != 0
}
