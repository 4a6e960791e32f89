//! `docs/embedding.md` names what the code has, and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use log_backup_panel::embed::config::ATTRIBUTES;
use log_backup_panel::view::columns::Column;
use log_backup_panel::view::events::EVENTS;

const DOCS: &str = include_str!("../../docs/embedding.md");
const CSS: &str = concat!(include_str!("../../style/panel.css"), include_str!("../../style/later.css"));

/// The names in backticks at the head of each row of the table whose first heading is `heading`.
fn table(heading: &str) -> BTreeSet<String> {
    let rows = DOCS.lines().skip_while(|line| !line.starts_with(&format!("| {heading} |"))).skip(2);
    let first = rows.take_while(|line| line.starts_with('|')).filter_map(|line| line.split('|').nth(1));
    first.flat_map(quoted).collect()
}

fn quoted(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn set<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

/// What stands between `before` and `after` wherever both do.
fn between<'a>(text: &'a str, before: &'a str, after: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(before).skip(1).filter_map(move |rest| rest.split(after).next())
}

#[test]
fn attributes_and_events_are_those_of_the_code() {
    assert_eq!(table("attribute"), set(ATTRIBUTES));
    assert_eq!(table("event"), set(EVENTS));
    let row = DOCS.lines().find(|line| line.starts_with("| `columns` |")).unwrap();
    let named = quoted(row.split('|').nth(3).unwrap());
    assert_eq!(named, Column::ALL.map(Column::name));
}

#[test]
fn the_typescript_declarations_name_every_property_and_event() {
    let types = include_str!("../../package/ocp-log-backup-panel.d.ts");
    for attribute in ATTRIBUTES.into_iter().filter(|name| *name != "lang") {
        let mut words = attribute.split('-');
        let first = words.next().unwrap_or_default().to_owned();
        let property = words.fold(first, |name, word| name + &word[..1].to_uppercase() + &word[1..]);
        assert!(types.contains(&format!("  {property}?: ")), "{property} of mountPanel");
        assert!(types.contains(&format!("  set {property}(value: PanelProperties[\"{property}\"]);")), "{property}");
    }
    let events = types.split("interface PanelEvents {").nth(1).and_then(|rest| rest.split("\n}").next()).unwrap();
    assert_eq!(set(between(events, "\n  \"", "\": ")), set(EVENTS));
}

#[test]
fn the_react_component_has_a_callback_for_every_event() {
    let component = include_str!("../../package/react.js");
    let types = include_str!("../../package/react.d.ts");
    for event in EVENTS {
        let name = event.trim_start_matches("ocp-").split('-').map(|word| word[..1].to_uppercase() + &word[1..]);
        let callback = format!("on{}", name.collect::<String>());
        assert!(component.contains(&format!("{callback}: \"{event}\"")), "{callback}");
        assert!(types.contains(&format!("{callback}?: (event: PanelEvents[\"{event}\"]) => void")), "{callback}");
        assert!(DOCS.contains(&format!("`{callback}`")), "{callback}");
    }
}

#[test]
fn custom_properties_are_those_of_the_stylesheet() {
    let used = between(CSS, "var(--ocp-", ",").map(|name| format!("--ocp-{name}")).collect::<BTreeSet<_>>();
    assert_eq!(table("custom property"), used);
}

#[test]
fn parts_are_those_of_the_view() {
    let view = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/view");
    let sources = fs::read_dir(view).unwrap().map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    let source = sources.collect::<String>();
    let mut parts = set(between(&source, "attr(\"part\", \"", "\""));
    parts.extend(set(between(&source, " step(\"", "\"")));
    let line = DOCS.lines().find(|line| line.starts_with("Parts, ")).unwrap();
    assert_eq!(quoted(line).into_iter().filter(|part| part != "::part()").collect::<BTreeSet<_>>(), parts);
}
