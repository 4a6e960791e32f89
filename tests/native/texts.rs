use std::collections::BTreeSet;

use log_backup_panel::domain::time::{Span, TimeRange, Unit};
use log_backup_panel::text::locale::Locale;
use log_backup_panel::text::texts::fill;

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
    if !cfg!(debug_assertions) {
        assert_eq!(fill("{missing}!", &[]), "!");
    }
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

/// A field's value in the source of a language: the name, then its placeholders.
fn placeholders(source: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut fields: Vec<(String, BTreeSet<String>)> = Vec::new();
    for line in source.lines().skip_while(|line| !line.contains("Texts {")).skip(1) {
        let name = line.trim().split_once(':').map(|(name, _)| name.to_owned());
        if let Some(name) =
            name.filter(|name| line.starts_with("    ") && !line.starts_with("     ") && !name.contains('"'))
        {
            fields.push((name, BTreeSet::new()));
        }
        let Some((_, found)) = fields.last_mut() else { continue };
        let names = line.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
        // In braces on one line may also be a whole struct.
        let is_name = |name: &&str| name.chars().all(|c| c.is_ascii_lowercase());
        found.extend(names.map(|(name, _)| name).filter(is_name).map(str::to_owned));
    }
    fields
}

#[test]
fn languages_agree_on_their_placeholders() {
    let english = placeholders(include_str!("../../locales/en-US.rs"));
    assert!(english.len() > 80, "{}", english.len());
    assert_eq!(english, placeholders(include_str!("../../locales/zh-CN.rs")));
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
    let texts = Locale::EnUs.texts();
    for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (20_001, "20,001"), (1_234_567, "1,234,567")] {
        assert_eq!(texts.number(number), text);
    }
    let forms = &["{count} task", "{count} tasks"];
    assert_eq!([0, 1, 1001].map(|count| texts.counted(forms, count)), ["0 tasks", "1 task", "1,001 tasks"]);
    assert_eq!(Locale::ZhCn.texts().counted(&["{count} 个"], 1), "1 个");
    assert_eq!(texts.counted(&["{count} only"], 2), "2 only", "a form that is missing is the last one");
}
