//! Makes text from outside safe to read: shows hidden characters, and cuts long text.

/// Replaces characters that are hidden or reorder text (control characters, bidi overrides, zero-width spaces) by their code
/// points, as in `⟨U+202e⟩`, so that the reader sees what was sent. Line breaks and tabs stay.
#[must_use]
pub fn visible(text: &str) -> String {
    let hidden = |c: char| {
        matches!(c, '\u{0}'..='\u{8}' | '\u{b}'..='\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}')
            || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
    };
    if !text.contains(hidden) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if hidden(c) {
            let code = u32::from(c);
            out.push_str("⟨U+");
            out.extend((0..4).rev().filter_map(|digit| char::from_digit(code >> (digit * 4) & 0xf, 16)));
            out.push('⟩');
        } else {
            out.push(c);
        }
    }
    out
}

/// The first `most` characters of `text`, and the number of characters that are left out.
#[must_use]
pub fn clamp(text: &str, most: usize) -> (&str, usize) {
    match text.char_indices().nth(most) {
        Some((end, _)) => text.split_at_checked(end).map_or((text, 0), |(head, tail)| (head, tail.chars().count())),
        None => (text, 0),
    }
}
