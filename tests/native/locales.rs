//! The files of `locales/`: what `build/locales.rs` makes of them, and that the code uses and fills what they have.

#[path = "../../build/locales.rs"]
mod generator;

use std::collections::BTreeSet;
use std::fs;

use generator::{Generated, Text, files as language_files, generate, placeholders, read};
use log_backup_panel::text::locale::Locale;

use super::layers::{files, src};

/// A part of each language, as small as they come. The groups that are looked up by an enum are there.
const ENGLISH: &str = r#"
title = "Tasks"
found.one = "{count} task"
found.other = "{count} tasks"
units = [" d", " h"]
kinds.healthy = "Healthy"
causes.device_full = ["Full", "Empty it"]
"#;
const CHINESE: &str = r#"
kinds.healthy = "正常"
title = "任务"
found.other = "{count} 个任务"
units = [" 天", " 小时"]
causes.device_full = ["已满", "清空"]
"#;

fn languages(english: &str, chinese: &str) -> Result<Generated, Vec<String>> {
    generate(&[("en-US".to_owned(), english.to_owned()), ("zh-CN".to_owned(), chinese.to_owned())])
}

/// The lines of `language`: the first one, which names the build, and the others.
fn lines_of<'a>((_, languages): &'a Generated, language: &str) -> (&'a str, &'a str) {
    let (_, lines) = languages.iter().find(|(tag, _)| tag == language).unwrap();
    lines.split_once('\n').unwrap()
}

#[test]
fn files_become_a_struct_and_lines_that_it_reads() {
    let generated = languages(ENGLISH, CHINESE).unwrap();
    for line in [
        "    /// `{count} task / {count} tasks`\n    pub found: Forms,",
        "    pub units: [&'static str; 2],",
        "            Kind::Healthy => self.healthy, ",
        "        let [units_0, units_1] = &mut self.units;\n        [&mut self.title, &mut self.found.0, units_0, units_1, &mut self.kinds.healthy]\n",
        "pub fn of(&self, kind: crate::text::causes::Cause) -> &[&'static str] {",
        "            Kind::DeviceFull => &self.device_full, ",
    ] {
        assert!(generated.0.contains(line), "{line} is not in {}", generated.0);
    }
    assert_eq!(lines_of(&generated, "en-US").1, "Tasks\n{count} task\t{count} tasks\n d\n h\nHealthy");
    assert_eq!(lines_of(&generated, "zh-CN").1, "任务\n{count} 个任务\n 天\n 小时\n正常", "in the order of English");
}

/// The wasm takes lines only if their first one is its own: else each text would stand where another one belongs.
#[test]
fn lines_name_the_build_by_which_texts_there_are() {
    let build = |english: &str, chinese: &str| {
        let generated = languages(english, chinese).unwrap();
        let builds = ["en-US", "zh-CN"].map(|language| lines_of(&generated, language).0.to_owned());
        assert_eq!(builds[0], builds[1]);
        assert!(generated.0.contains(&format!("Some(\"{}\")", builds[0])));
        builds[0].clone()
    };
    let first = build(ENGLISH, CHINESE);
    assert_eq!(first, build(&ENGLISH.replace("Healthy", "Fine"), CHINESE), "another word in its place does no harm");
    for (from, to) in [("title", "headline"), ("count", "number"), ("healthy", "failed")] {
        assert_ne!(first, build(&ENGLISH.replace(from, to), &CHINESE.replace(from, to)), "{from}");
    }
    let (title, rest) = ENGLISH.trim_start().split_once('\n').unwrap();
    assert_ne!(first, build(&[rest, title].concat(), CHINESE), "the order counts");
    assert_ne!(
        first,
        build(&ENGLISH.replace("\" h\"", "\" h\", \" m\""), &CHINESE.replace("\" 小时\"", "\" 小时\", \" 分钟\""))
    );
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
            "\" 天\", ",
            "",
            "locales/zh-CN.toml:5: `units` is a list of 1, but a list of 2 in locales/en-US.toml:5: write it the same way",
        ),
        ("任务\"\n", "任\\n务\"\n", "locales/zh-CN.toml:3: `title` has a line break or a tab: write it in one line"),
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

#[test]
fn each_file_is_a_language_of_the_panel() {
    let files = language_files("locales".as_ref()).unwrap();
    let tags: Vec<_> = files.iter().map(|(tag, _)| tag.as_str()).collect();
    assert_eq!(tags, Locale::ALL.map(Locale::tag));
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
