//! The search agrees with the standard library's.

use log_backup_panel::domain::search::{contains, find, split_once};
use proptest::prelude::*;

#[test]
fn finds_what_the_standard_library_finds() {
    for (text, part) in [
        ("", ""),
        ("", "a"),
        ("a", ""),
        ("now-7d to now", " to "),
        ("text/html; charset=GBK", "charset"),
        ("aab", "ab"),
        ("a", "ab"),
        ("备份失败", "失"),
        ("备份失败", "败失"),
    ] {
        assert_eq!(
            (find(text, part), split_once(text, part)),
            (text.find(part), text.split_once(part)),
            "{text} {part}"
        );
    }
}

proptest! {
    #[test]
    fn finds_it_in_any_text(text in "[ab备]{0,12}", part in "[ab备]{0,3}") {
        prop_assert_eq!(find(&text, &part), text.find(&part));
        prop_assert_eq!(contains(&text, &part), text.contains(&part));
        prop_assert_eq!(split_once(&text, &part), text.split_once(&part));
    }
}
