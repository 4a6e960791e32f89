//! The files of `locales/`: what `build/locales.rs` makes of them, and that the code uses and fills what they have.

#[path = "../../build/locales.rs"]
mod generator;

use std::collections::BTreeSet;
use std::fs;

use generator::{Text, generate, placeholders, read};

use super::layers::{files, src};

/// A part of each language, as small as they come. The groups that are looked up by an enum are there.
const ENGLISH: &str = r#"
title = "Tasks"
found.one = "{count} task"
found.other = "{count} tasks"
week = ["Mo", "Tu"]
kinds.healthy = "Healthy"
"#;
const CHINESE: &str = r#"
kinds.healthy = "正常"
title = "任务"
found.other = "{count} 个任务"
week = ["一", "二"]
"#;

fn languages(english: &str, chinese: &str) -> Result<String, Vec<String>> {
    generate(&[("en-US".to_owned(), english.to_owned()), ("zh-CN".to_owned(), chinese.to_owned())])
}

#[test]
fn files_become_a_struct_and_a_constant_each() {
    let rust = languages(ENGLISH, CHINESE).unwrap();
    for line in [
        "    /// `{count} task / {count} tasks`\n    pub found: Forms,",
        "    pub week: [&'static str; 2],",
        "            Kind::Healthy => self.healthy, ",
        "pub(super) static EN_US: Texts = Texts {\n    title: \"Tasks\",\n    found: &[\"{count} task\", \"{count} tasks\"],",
        "pub(super) static ZH_CN: Texts = Texts {\n    title: \"任务\",\n    found: &[\"{count} 个任务\"],",
        "    kinds: KindsTexts {\n    healthy: \"正常\",\n    },",
    ] {
        assert!(rust.contains(line), "{line} is not in {rust}");
    }
}

#[test]
fn a_mistake_is_told_with_file_key_and_remedy() {
    for (from, to, mistake) in [
        ("title = \"任务\"\n", "", "locales/zh-CN.toml: `title` is missing: translate it from locales/en-US.toml:2"),
        ("title", "titel", "locales/zh-CN.toml:3: locales/en-US.toml has no `titel`: correct the key, or take it away"),
        ("{count} ", "", "locales/zh-CN.toml:4: `found` lacks {count}, which locales/en-US.toml:3 has: add it"),
        (
            "{count}",
            "{count}{total}",
            "locales/zh-CN.toml:4: `found` has {total}, which locales/en-US.toml:3 lacks: take it away",
        ),
        (
            "{count}",
            "{count",
            "locales/zh-CN.toml:4: `found` has a brace that holds no name: write {name}, in small letters",
        ),
        ("found.other", "found.one", "locales/zh-CN.toml:4: `found` must have the forms `found.other`, and no others"),
        (
            "found.other",
            "found",
            "locales/zh-CN.toml:4: `found` is a text, but a text with forms of the plural in locales/en-US.toml:3: write it the same way",
        ),
        (
            "\"一\", ",
            "",
            "locales/zh-CN.toml:5: `week` is a list of 1, but a list of 2 in locales/en-US.toml:5: write it the same way",
        ),
        ("\"正常\"", "\"\"", "locales/zh-CN.toml:2: `kinds.healthy` is empty: write its text"),
        (
            "\"正常\"",
            "true",
            "locales/zh-CN.toml:2: `kinds.healthy` is no text: write it as \"text\", or as [\"a\", \"b\"]",
        ),
        ("kinds.healthy", "Ok", "locales/zh-CN.toml:2: `Ok` is no key: write it in snake case, as in `last_hour`"),
        ("\"任务\"", "任务", "locales/zh-CN.toml:3: this is no TOML: "),
    ] {
        let chinese = CHINESE.replacen(from, to, 1);
        assert_ne!(chinese, CHINESE, "{from}");
        let mistakes = languages(ENGLISH, &chinese).unwrap_err();
        assert!(mistakes.iter().any(|told| told.starts_with(mistake)), "{mistake} is not in {mistakes:#?}");
    }
    assert_eq!(languages(ENGLISH, "title = ").unwrap_err().len(), 1, "what can't be read lacks nothing");
}

#[test]
fn a_language_needs_its_plural_rule_and_each_of_its_forms() {
    let mistakes = generate(&[("en-US".to_owned(), ENGLISH.replace("found.one", "# "))]).unwrap_err();
    assert_eq!(
        mistakes,
        ["locales/en-US.toml:4: `found` must have the forms `found.one`, `found.other`, and no others"]
    );
    let others = [("en-US", ENGLISH), ("xx-XX", ENGLISH)].map(|(tag, toml)| (tag.to_owned(), toml.to_owned()));
    let mistakes = generate(&others).unwrap_err();
    assert_eq!(mistakes, ["locales/xx-XX.toml: `xx` has no plural rule: add it to PLURALS in build/locales.rs"]);
    assert_eq!(generate(&[]).unwrap_err(), ["locales/en-US.toml is missing: it says which texts there are"]);
}

#[test]
fn placeholders_are_names_in_braces() {
    for (words, names) in [
        ("none", Some(vec![])),
        ("{shown} of {all_tasks}", Some(vec!["shown", "all_tasks"])),
        ("{}", None),
        ("{Count}", None),
        ("{count", None),
        ("count}", None),
        ("{a} b}", None),
        ("{a {b}", None),
    ] {
        assert_eq!(placeholders(words), names, "{words}");
    }
}

/// The texts of the panel.
fn english() -> Vec<Text> {
    read("en-US", include_str!("../../locales/en-US.toml"), &mut Vec::new()).unwrap().texts
}

/// The code that uses them.
fn code() -> String {
    files(&src()).iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// The name at the start of `code`.
fn name(code: &str) -> &str {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()
}

#[test]
fn every_text_is_used() {
    let code = code();
    let used: BTreeSet<_> =
        ["texts.", "texts().", "self."].into_iter().flat_map(|owner| code.split(owner).skip(1)).map(name).collect();
    let is_used = |key: &str| key.split('.').next().is_some_and(|field| used.contains(field));
    let unused: Vec<_> = english().into_iter().map(|text| text.key).filter(|key| !is_used(key)).collect();
    assert!(unused.is_empty(), "take {unused:?} away from locales/");
}

/// Where code names text and values in one line of thought, `fill(texts.page, &[("page", …)])`, they are compared here. The others are
/// compared when they run, in a debug build.
#[test]
fn every_placeholder_is_filled() {
    let (code, english) = (code(), english());
    let mut compared = 0;
    for call in code.split("fill(texts.").skip(1) {
        let key = name(call);
        let Some(values) = call[key.len()..].strip_prefix(", &[").and_then(|rest| rest.split(")])").next()) else {
            continue;
        };
        let values: BTreeSet<_> = values.split("(\"").skip(1).filter_map(|value| value.split('"').next()).collect();
        let text = english.iter().find(|text| text.key == key).unwrap();
        assert_eq!(text.placeholders(), values, "`{key}`");
        compared += 1;
    }
    assert!(compared > 25, "{compared}");
}
