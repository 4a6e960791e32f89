//! The search agrees with the standard library's.

use log_backup_panel::domain::search::{contains, contains_ignoring_case, find, split_at, split_once};
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

    #[test]
    fn finds_it_in_either_case(text in "[aBß备K]{0,12}", part in "[Abß备k]{0,3}") {
        let found = text.to_ascii_lowercase().contains(&part.to_ascii_lowercase());
        prop_assert_eq!(contains_ignoring_case(&text, &part), found);
    }

    #[test]
    fn splits_where_a_character_begins(text in "[ab备]{0,4}", at in 0..16_usize) {
        prop_assert_eq!(split_at(&text, at), text.split_at_checked(at).unwrap_or_default());
    }
}
