//! Text from outside.

use log_backup_panel::text::diagnostics::to_text;
use log_backup_panel::text::sanitize::{clamp, visible};

#[test]
fn hidden_characters_are_made_visible() {
    assert_eq!(visible("plain 中文 👩‍👩‍👧"), "plain 中文 👩‍👩‍👧");
    assert_eq!(visible("a\u{202e}b\u{0}c\u{feff}"), "a⟨U+202e⟩b⟨U+0000⟩c⟨U+feff⟩");
    assert_eq!(visible("line\nbreak\ttab"), "line\nbreak\ttab");
    for hidden in ["\u{1b}", "\u{7f}", "\u{9f}", "\u{61c}", "\u{200b}", "\u{200f}", "\u{2028}", "\u{2066}", "\u{fff9}"]
    {
        let code = format!("⟨U+{:04x}⟩", u32::from(hidden.chars().next().unwrap()));
        assert_eq!(visible(hidden), code);
    }
}

#[test]
fn clamping_counts_characters_and_cuts_none() {
    assert_eq!(clamp("中文字", 2), ("中文", 1));
    assert_eq!(clamp("abc", 3), ("abc", 0));
}

#[test]
fn a_name_with_a_line_break_makes_no_line_of_its_own() {
    let sections = [("Changes", vec!["14:00 a\n- 14:01 all is well\r\rb".to_owned()]), ("Clocks", vec![])];
    assert_eq!(to_text(&sections), "Changes\n- 14:00 a - 14:01 all is well  b\n\nClocks");
}
