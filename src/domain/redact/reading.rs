//! How a person reads a text: escapes decoded, look-alikes made plain, what is invisible left out.

/// The characters that are read, and where each stands in the text.
pub struct Reading {
    /// The characters.
    pub chars: Vec<char>,
    /// The place in the text where each of them begins, in bytes, and the end of the text.
    starts: Vec<usize>,
    /// How many characters there are at most when an escape ends: its mark stands near.
    escape_ends: usize,
}

/// How many characters of an escape may follow its mark.
const LONGEST: usize = 10;

/// A byte of a percent-encoded character that takes several: kept as a private character until all its bytes are there.
const BYTE: u32 = 0xf_0000;

impl Reading {
    /// Reads `text`.
    pub fn of(text: &str) -> Self {
        let mut reading =
            Self { chars: Vec::with_capacity(text.len()), starts: Vec::with_capacity(text.len() + 1), escape_ends: 0 };
        let mut chars = text.char_indices().peekable();
        while let Some((at, sent)) = chars.next() {
            if sent == '\u{1b}' && chars.next_if(|(_, next)| *next == '[').is_some() {
                // A colour of a terminal.
                chars.by_ref().find(|(_, c)| c.is_ascii_alphabetic());
            } else if let Some(read) = plain(sent) {
                reading.push(read, at);
            }
        }
        reading.starts.push(text.len());
        reading
    }

    /// Where the character at `place` begins in the text.
    pub fn source(&self, place: usize) -> usize {
        self.starts.get(place).copied().unwrap_or_default()
    }

    /// Takes one more character, and decodes an escape that it ends. What an escape stands for may end another escape.
    fn push(&mut self, mut read: char, mut at: usize) {
        loop {
            self.chars.push(read);
            self.starts.push(at);
            if matches!(read, '%' | '\\' | '&') {
                self.escape_ends = self.chars.len() + LONGEST;
            }
            if self.chars.len() > self.escape_ends {
                return;
            }
            let Some((length, decoded)) = escape(&self.chars) else { return };
            let start = self.chars.len() - length;
            at = self.starts.get(start).copied().unwrap_or_default();
            self.chars.truncate(start);
            self.starts.truncate(start);
            match plain(decoded) {
                Some(decoded) => read = decoded,
                None => return,
            }
        }
    }
}

/// The plain form of a character; `None` for one that can't be seen.
fn plain(sent: char) -> Option<char> {
    Some(match sent {
        // Full-width forms of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sent) - 0xfee0)?,
        '\u{fe55}' | '\u{2236}' => ':',
        '\u{fe66}' => '=',
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' | '\0' | '\u{b}' => ' ',
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => {
            return None;
        }
        other => other,
    })
}

/// The escape that `chars` end with: its length, and what it stands for.
fn escape(chars: &[char]) -> Option<(usize, char)> {
    match chars.last()? {
        ';' => entity(chars),
        '}' => braced(chars),
        '0'..='9' | 'a'..='f' | 'A'..='F' => {
            let character = |mark, digits| code(chars, mark, digits, 16);
            let unicode = character("\\u", 4).or_else(|| character("%u", 4)).or_else(|| character("\\U", 8));
            if let Some((length, code)) = unicode {
                return Some((length, char::from_u32(code)?));
            }
            let byte = character("\\x", 2).or_else(|| character("%", 2)).or_else(|| code(chars, "\\", 3, 8));
            let (length, byte) = byte?;
            if byte < 0x80 { Some((length, char::from_u32(byte)?)) } else { utf8(chars, length, byte) }
        }
        _ => None,
    }
}

/// The escape `mark` and then `digits` of a `radix`, at the end of `chars`.
fn code(chars: &[char], mark: &str, digits: usize, radix: u32) -> Option<(usize, u32)> {
    let length = mark.len() + digits;
    let tail = chars.get(chars.len().checked_sub(length)?..)?;
    let (found, number) = tail.split_at_checked(mark.len())?;
    if !found.iter().copied().eq(mark.chars()) {
        return None;
    }
    Some((
        length,
        number.iter().try_fold(0, |code: u32, digit| code.checked_mul(radix)?.checked_add(digit.to_digit(radix)?))?,
    ))
}

/// `\u{3d}` of Rust and JavaScript at the end of `chars`.
fn braced(chars: &[char]) -> Option<(usize, char)> {
    (1..7).find_map(|digits| {
        let (length, number) = code(chars.split_last()?.1, "\\u{", digits, 16)?;
        Some((length + 1, char::from_u32(number)?))
    })
}

/// A byte of several, or the character of which it is the last byte.
fn utf8(chars: &[char], length: usize, byte: u32) -> Option<(usize, char)> {
    let pending = |back: usize| {
        let before = chars.get(chars.len().checked_sub(length + back)?)?;
        u32::from(*before).checked_sub(BYTE).filter(|byte| *byte < 0x100)
    };
    let mut bytes = vec![u8::try_from(byte).ok()?];
    for back in 1..=3 {
        let Some(before) = pending(back) else { break };
        bytes.insert(0, u8::try_from(before).ok()?);
        if let Some(decoded) = std::str::from_utf8(&bytes).ok().and_then(|text| text.chars().next()) {
            return Some((length + back, decoded));
        }
    }
    Some((length, char::from_u32(BYTE + byte)?))
}

/// An entity of XML or HTML at the end of `chars`.
fn entity(chars: &[char]) -> Option<(usize, char)> {
    let tail = chars.get(chars.len().saturating_sub(LONGEST + 1)..)?;
    let start = tail.iter().rposition(|c| *c == '&')?;
    let name: String = tail.get(start + 1..tail.len() - 1)?.iter().collect();
    let decoded = match &*name {
        "quot" => '"',
        "apos" => '\'',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "nbsp" => ' ',
        "shy" => '\u{ad}',
        "equals" => '=',
        "colon" => ':',
        "lowbar" => '_',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((tail.len() - start, decoded))
}
