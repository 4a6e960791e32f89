use std::collections::BTreeSet;

use log_backup_panel::domain::delay::Thresholds;
use log_backup_panel::domain::hash::hash_of;
use log_backup_panel::domain::time::{Span, TimeRange, Unit, Zone};
use log_backup_panel::text::columns::{Column, Columns};
use log_backup_panel::text::locale::Locale;
use log_backup_panel::text::texts::fill;
use log_backup_panel::text::viewer::Viewer;

use super::VIEWER;

#[test]
fn language_tags_choose_by_their_primary_subtag() {
    for (tag, locale) in [
        ("zh", Locale::ZhCn),
        ("zh-CN", Locale::ZhCn),
        ("ZH_hans", Locale::ZhCn),
        ("en", Locale::EnUs),
        ("de-AT", Locale::EnUs),
        ("", Locale::EnUs),
        ("zhx", Locale::EnUs),
    ] {
        assert_eq!(Locale::of_tag(tag), locale, "{tag}");
    }
}

#[test]
fn filling_leaves_nothing_of_the_template() {
    assert_eq!(fill("{a} of {b}", &[("a", "1"), ("b", "{a}")]), "1 of {a}");
    assert_eq!(fill("no end {", &[]), "no end ");
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "has no value")]
fn a_place_without_a_value_is_a_mistake() {
    _ = fill("{a} of {b}", &[("a", "1")]);
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "has no place")]
fn a_value_without_a_place_is_a_mistake() {
    _ = fill("{a}", &[("a", "1"), ("b", "2")]);
}

#[test]
fn every_preset_has_a_name_of_its_own() {
    for locale in Locale::ALL {
        let names = TimeRange::PRESETS.map(|range| locale.texts().presets.of(range));
        assert!(names.iter().all(Option::is_some), "{names:?}");
        assert_eq!(BTreeSet::from(names).len(), names.len(), "{names:?}");
    }
    let other = TimeRange::Last(Span { count: 1, unit: Unit::Days });
    assert_eq!(Locale::EnUs.texts().presets.of(other), None);
}

#[test]
fn counts_are_grouped_and_take_their_form() {
    let (english, chinese) = (Locale::EnUs.texts(), Locale::ZhCn.texts());
    for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (20_001, "20,001"), (1_234_567, "1,234,567")] {
        assert_eq!([english.number(number), chinese.number(number)], [text, text]);
    }
    for (count, one, other) in [
        (0, "0 tasks need attention", "0 个任务需要关注"),
        (1, "1 task needs attention", "1 个任务需要关注"),
        (2, "2 tasks need attention", "2 个任务需要关注"),
        (1001, "1,001 tasks need attention", "1,001 个任务需要关注"),
    ] {
        assert_eq!(english.counted(english.attention, count), one);
        assert_eq!(chinese.counted(chinese.attention, count), other);
    }
    assert_eq!(english.counted(english.scope_all, 1), "The only task", "a form may say its count in a word");
}

#[test]
fn one_is_told_as_one() {
    let texts = Locale::EnUs.later_texts();
    for (forms, one, other) in [
        (texts.all_archiving, "task is", "tasks are"),
        (texts.scope_page, "task", "tasks"),
        (texts.scope_list, "task", "tasks"),
        (texts.empty_page, "task but", "tasks but"),
        (texts.more_changes, "change", "changes"),
        (texts.more, "character.", "characters."),
        (texts.cut, "character is", "characters are"),
    ] {
        assert!(texts.form(forms, 1).contains(one), "{forms:?}");
        assert!([0, 2, 21].iter().all(|&count| texts.form(forms, count).contains(other)), "{forms:?}");
    }
}

#[test]
fn texts_of_later_are_those_of_the_same_language() {
    for locale in Locale::ALL {
        assert_eq!(locale.later_texts().title, locale.texts().title);
    }
    assert_ne!(Locale::EnUs.later_texts().made_at, Locale::ZhCn.later_texts().made_at);
}

#[test]
fn a_language_is_read_from_its_lines_and_never_from_those_of_another_build() {
    for (locale, lines) in [
        (Locale::EnUs, include_str!(concat!(env!("OUT_DIR"), "/en-US.txt"))),
        (Locale::ZhCn, include_str!(concat!(env!("OUT_DIR"), "/zh-CN.txt"))),
    ] {
        let read = locale.read(lines.to_owned()).unwrap();
        assert_eq!(format!("{read:?}"), format!("{:?}", locale.texts()));
        let (build, texts) = lines.split_once('\n').unwrap();
        assert!(locale.read(["0", build, "\n", texts].concat()).is_none());
        assert!(locale.read(texts.to_owned()).is_none());
        assert!(locale.read(String::new()).is_none());
        assert!(locale.add_texts("<!doctype html>".to_owned()), "what is there already stays");
        assert_eq!(locale.texts().title, read.title);
    }
}

#[test]
fn all_that_texts_depend_on_is_in_the_hash_of_a_viewer() {
    let thresholds = |lagging, critical| Viewer { thresholds: Thresholds { lagging, critical }, ..VIEWER };
    let viewers = [
        VIEWER,
        Viewer { locale: Locale::ZhCn, ..VIEWER },
        Viewer { zone: Zone::Fixed(0), ..VIEWER },
        Viewer { columns: Columns::FITTING.with(Column::Uri, false), ..VIEWER },
        thresholds(1.0, 900.0),
        thresholds(300.0, 901.0),
    ];
    assert_eq!(viewers.iter().map(hash_of).collect::<BTreeSet<_>>().len(), viewers.len());
    assert_eq!(hash_of(&Viewer { today: Some(480), ..VIEWER }), hash_of(&VIEWER));
}

/// All texts of a language as `locales/` has them, without names in braces and code.
fn words(toml: &str) -> Vec<String> {
    let lines = toml.lines().filter(|line| !line.starts_with('#'));
    let texts = lines.filter_map(|line| Some(line.split_once('"')?.1.rsplit_once('"')?.0.to_owned()));
    let bare = texts.map(|text| {
        let plain: Vec<_> = text.split('`').step_by(2).collect();
        let parts = plain.join("").replace(['{', '}'], "\n");
        parts.split('\n').step_by(2).collect::<Vec<_>>().join("…")
    });
    bare.collect()
}

#[test]
fn one_thing_has_one_word() {
    let texts = [include_str!("../../locales/en-US.toml"), include_str!("../../locales/zh-CN.toml")].map(words);
    for word in ["lag", "lagging", "log streams", "滞后", "应答", "断档", "备份目的地", "备份 URI", "凭据"]
    {
        let has = |text: &&String| match word {
            "lag" | "lagging" => text.split(|c: char| !c.is_ascii_alphabetic()).any(|part| part == word),
            _ => text.contains(word),
        };
        assert_eq!(texts.iter().flatten().find(has), None, "{word}");
    }
}

#[test]
fn chinese_has_its_own_punctuation_and_a_space_beside_latin_words() {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for text in words(include_str!("../../locales/zh-CN.toml")) {
        // How dates are written, and a count in a choice.
        if text.contains("2026年") || text.contains('/') {
            continue;
        }
        let characters: Vec<_> = text.chars().collect();
        for pair in characters.windows(2) {
            let [a, b] = [pair[0], pair[1]];
            assert!(!(is_han(a) && b.is_ascii_alphanumeric() || is_han(b) && a.is_ascii_alphanumeric()), "{text}");
            assert!(!(is_han(a) && ",;:!?()".contains(b)), "{text}");
        }
    }
}
