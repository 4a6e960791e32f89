//! `package/element.json` says of the element what the code does, and what is written by hand beside it says the same.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use log_backup_panel::api::decode::{HttpResponse, decode};
use log_backup_panel::api::error::{ApiError, ErrorKind, Oddity};
use log_backup_panel::domain::query::Query;
use log_backup_panel::domain::redact::Redacted;
use log_backup_panel::embed::config::{ATTRIBUTES, read};
use log_backup_panel::state::history::{Change, Entry};
use log_backup_panel::state::request_state::{Event, Phase, RequestState};
use log_backup_panel::text::columns::Column;
use log_backup_panel::text::event_detail::{
    EVENTS, change_detail, error_detail, filter_detail, load_detail, query_detail, state_detail, task_detail,
};
use log_backup_panel::text::locale::Locale;
use log_backup_panel::text::table_view::TableView;
use serde_json::Value;

use super::{CLOCK, NOW, SAMPLE, VIEWER};

const ELEMENT: &str = include_str!("../../src/embed/ocp-log-backup-panel.js");
const CSS: &str = concat!(include_str!("../../style/panel.css"), include_str!("../../style/later.css"));

/// The facts under `name`.
fn facts(name: &str) -> Vec<Value> {
    let facts: Value = serde_json::from_str(include_str!("../../package/element.json")).unwrap();
    facts[name].as_array().unwrap().clone()
}

fn name(fact: &Value) -> String {
    fact["name"].as_str().unwrap().to_owned()
}

fn names(facts: &[Value]) -> Vec<String> {
    facts.iter().map(name).collect()
}

fn set<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

/// What stands between `before` and `after` wherever both do.
fn between<'a>(text: &'a str, before: &'a str, after: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(before).skip(1).filter_map(move |rest| rest.split(after).next())
}

/// The texts in double quotes of the list `name` in the element's script.
fn listed(name: &str) -> Vec<&'static str> {
    let list = ELEMENT.split_once(&format!("const {name} = [")).unwrap().1.split_once(']').unwrap().0;
    list.split('"').skip(1).step_by(2).collect()
}

#[test]
fn attributes_are_those_that_are_read_and_observed() {
    assert_eq!(names(&facts("attributes")), ATTRIBUTES);
    assert_eq!(listed("ATTRIBUTES"), ATTRIBUTES);
    let columns = facts("attributes").into_iter().find(|fact| name(fact) == "columns").unwrap();
    let named: Vec<_> = columns["meaning"].as_str().unwrap().split('`').skip(1).step_by(2).map(str::to_owned).collect();
    assert_eq!(named, Column::ALL.map(Column::name));
}

#[test]
fn a_default_means_what_its_attribute_left_out_means() {
    let nothing = read(&|_| None, "en", CLOCK);
    assert_eq!(nothing.1, []);
    let defaults = facts("attributes").into_iter().filter(|fact| fact["default"].is_string());
    for fact in defaults {
        let given = |attribute: &str| (attribute == name(&fact)).then(|| fact["default"].as_str().unwrap().to_owned());
        assert_eq!(read(&given, "en", CLOCK), nothing, "{fact}");
        assert_eq!(
            read(&|attribute| given(attribute).map(|_| "no such value".to_owned()), "en", CLOCK).1.len(),
            1,
            "{fact}"
        );
    }
}

#[test]
fn languages_are_those_of_the_panel_and_of_its_element() {
    let languages: Vec<_> = facts("languages").iter().map(|tag| tag.as_str().unwrap().to_owned()).collect();
    assert_eq!(languages, Locale::ALL.map(Locale::tag));
    assert_eq!(listed("LANGUAGES"), Locale::ALL.map(Locale::tag));
    let texts = ELEMENT.split_once("const TEXTS = {").unwrap().1.split_once("};").unwrap().0;
    let files = Locale::ALL.map(Locale::tag).map(|tag| format!("\"{tag}\": new URL(\"./{tag}.txt\", import.meta.url)"));
    assert_eq!(texts.trim(), files.join(", "));
    let failures = ELEMENT.split_once("const FAILURE = {").unwrap().1.split_once("\n};").unwrap().0;
    assert_eq!(between(failures, "\n  \"", "\": {").collect::<Vec<_>>(), Locale::ALL.map(Locale::tag));
}

#[test]
fn properties_and_methods_are_those_of_the_element() {
    let class = ELEMENT.split_once("export class OcpLogBackupPanel").unwrap().1.split_once("\n}\n").unwrap().0;
    let members = class.lines().filter_map(|line| line.strip_prefix("  ").filter(|line| line.ends_with(" {")));
    let public = members.filter(|line| {
        line.starts_with(|letter: char| letter.is_lowercase()) && !line.contains('#') && !line.starts_with("static ")
    });
    let named =
        public.map(|line| line.trim_start_matches("get ").trim_start_matches("set ").split('(').next().unwrap());
    let own = named.filter(|name| !name.ends_with("Callback"));
    assert_eq!(names(&facts("members")).into_iter().collect::<BTreeSet<_>>(), set(own));
}

#[test]
fn events_are_those_of_the_code() {
    assert_eq!(names(&facts("events")), EVENTS);
    let component = include_str!("../../package/react.js");
    let types = include_str!("../../package/react.d.ts");
    let docs = include_str!("../../docs/embedding.md");
    for event in EVENTS {
        let name = event.trim_start_matches("ocp-").split('-').map(|word| word[..1].to_uppercase() + &word[1..]);
        let callback = format!("on{}", name.collect::<String>());
        assert!(component.contains(&format!("{callback}: \"{event}\"")), "{callback}");
        assert!(types.contains(&format!("{callback}?: (event: PanelEvents[\"{event}\"]) => void")), "{callback}");
        assert!(docs.contains(&format!("`{callback}`")), "{callback}");
    }
}

#[test]
fn details_of_events_have_the_fields_that_are_declared() {
    let query = Query { cluster: "1".to_owned(), ..Query::default() };
    let mut state = RequestState::default();
    state.settle(Event::Sent(query.clone(), NOW));
    let reply = HttpResponse { status: 200, body: SAMPLE.to_owned(), ..HttpResponse::default() };
    let page = decode(&reply).unwrap();
    state.settle(Event::Ended { id: state.id(), result: Ok(page.clone()), at: NOW });
    let data = state.data.clone().unwrap();
    let entry =
        Entry { at: NOW, query: query.clone(), change: Change::Gone { is_whole: true }, tasks: Vec::new(), count: 0 };
    let error = ApiError::without_answer(ErrorKind::Timeout);
    let thresholds = VIEWER.thresholds;
    for (kind, detail) in [
        ("QueryDetail", query_detail(&query, CLOCK)),
        ("FilterDetail", filter_detail(&TableView::default())),
        ("LoadDetail", load_detail(&data, &data.query, &state.history.summary(&data.page, thresholds))),
        ("TaskChangeDetail", change_detail(&entry)),
        ("ErrorDetail", error_detail(&error)),
        ("TaskDetail", task_detail(&page.tasks[0])),
        ("PanelState", state_detail(&state, &query, &TableView::default(), &VIEWER)),
    ] {
        let Value::Object(told) = serde_json::from_str(&detail.end()).unwrap() else { panic!("{kind} is no object") };
        let declared = facts("types").into_iter().find(|fact| name(fact) == kind).unwrap();
        let declared: BTreeSet<_> = names(declared["fields"].as_array().unwrap()).into_iter().collect();
        assert_eq!(told.keys().cloned().collect::<BTreeSet<_>>(), declared, "{kind}");
    }
}

/// The texts that the type of `field` in the detail `kind` allows.
fn words(kind: &str, field: &str) -> Vec<String> {
    let detail = facts("types").into_iter().find(|fact| name(fact) == kind).unwrap();
    let field = detail["fields"].as_array().unwrap().iter().find(|fact| name(fact) == field).unwrap().clone();
    field["type"].as_str().unwrap().split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_words_in_details_of_events_are_those_that_are_declared() {
    let kinds = [
        ErrorKind::InvalidCluster(Redacted::default()),
        ErrorKind::InvalidBaseUrl(Redacted::default()),
        ErrorKind::NoHeaders(Redacted::default()),
        ErrorKind::NotSignedIn,
        ErrorKind::Forbidden,
        ErrorKind::NoSuchCluster,
        ErrorKind::WrongPath,
        ErrorKind::BadRequest,
        ErrorKind::Throttled,
        ErrorKind::Server,
        ErrorKind::Gateway,
        ErrorKind::Unreachable,
        ErrorKind::Timeout,
        ErrorKind::Interrupted,
        ErrorKind::NotOcp(Oddity::Html),
        ErrorKind::Refused,
        ErrorKind::Blocked(Oddity::Html),
    ];
    // The element's script has a word of its own: the wasm stopped.
    let kinds = kinds.iter().map(ErrorKind::name).chain(["stopped"]);
    assert_eq!(set(words("ErrorDetail", "kind").iter().map(String::as_str)), set(kinds));
    let phases = [Phase::Loading, Phase::Ready, Phase::Empty, Phase::Stale, Phase::Error];
    let phases = phases.iter().map(|phase| phase.name()).chain(["stopped"]);
    assert_eq!(set(words("PanelState", "phase").iter().map(String::as_str)), set(phases));
    let changes = [Change::Gone { is_whole: true }, Change::Back, Change::Backwards, Change::Stalled, Change::Moving];
    let told = changes.map(|change| {
        let entry = Entry { at: NOW, query: Query::default(), change, tasks: Vec::new(), count: 0 };
        let detail: Value = serde_json::from_str(&change_detail(&entry).end()).unwrap();
        detail["change"].as_str().unwrap().to_owned()
    });
    // The kinds of a difference are in `identity.rs`.
    assert!(words("TaskChangeDetail", "change").ends_with(&told), "{told:?}");
}

#[test]
fn custom_properties_are_those_of_the_stylesheet() {
    let used = between(CSS, "var(--ocp-", ",").map(|name| format!("--ocp-{name}")).collect::<BTreeSet<_>>();
    let rows = facts("customProperties");
    let named = rows.iter().flat_map(|row| row["names"].as_array().unwrap()).map(|name| name.as_str().unwrap());
    assert_eq!(set(named), used);
}

#[test]
fn parts_are_those_of_the_view() {
    let source = source(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/view"));
    // In `view!`, and where the rows are built by hand.
    let parts = [" part=\"", "(\"part\", \""].into_iter().flat_map(|before| between(&source, before, "\""));
    assert_eq!(set(facts("parts").iter().map(|part| part.as_str().unwrap())), set(parts));
}

/// All text of the files under `dir`.
fn source(dir: &Path) -> String {
    let paths = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    paths.map(|path| if path.is_dir() { source(&path) } else { fs::read_to_string(path).unwrap() }).collect()
}
