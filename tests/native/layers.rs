//! The house has one direction: a layer imports only those below it.

use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up.
const LAYERS: [&str; 6] = ["domain", "api", "state", "text", "view", "embed"];
/// The layers that know no browser, and the one file of each that does.
const PURE: [(&str, Option<&str>); 4] =
    [("domain", None), ("api", Some("fetch.rs")), ("state", Some("panel.rs")), ("text", None)];
/// What pure code must not name.
const BROWSER: [&str; 5] = ["web_sys", "js_sys", "leptos", "gloo_", "wasm_bindgen"];

/// The folder of the panel's own code.
pub fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The Rust files under `dir`.
pub fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
        .collect()
}

/// The files of a layer, each with its text.
fn sources(layer: &str) -> Vec<(PathBuf, String)> {
    let files = files(&src().join(layer));
    assert!(!files.is_empty());
    files.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// How many `super::` lead from the file at `path` to the root of the crate: one from `view/mod.rs`, two from `view/table.rs`.
fn depth(path: &Path) -> usize {
    let inside = path.strip_prefix(src()).unwrap();
    inside.components().count() - usize::from(inside.ends_with("mod.rs"))
}

/// Names, `::` and single signs, without spaces and ordinary comments. Doc comments stay: what they link to is an arrow too.
fn tokens(source: &str) -> Vec<&str> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut tokens = Vec::new();
    for line in source.lines() {
        let start = line.trim_start();
        let is_doc = start.starts_with("///") || start.starts_with("//!");
        // "https://" in a text starts no comment.
        let comment = if start.starts_with("//") { Some(line.len() - start.len()) } else { line.find(" //") };
        let mut rest = &line[..comment.filter(|_| !is_doc).unwrap_or(line.len())];
        while let Some(first) = rest.chars().next() {
            let end = match first {
                ':' if rest.starts_with("::") => 2,
                _ if is_name(first) => rest.find(|c| !is_name(c)).unwrap_or(rest.len()),
                _ => first.len_utf8(),
            };
            let (token, after) = rest.split_at(end);
            rest = after;
            if !first.is_whitespace() {
                tokens.push(token);
            }
        }
    }
    tokens
}

/// The names right under the root of the crate that `source`, a file `depth` modules below it, names: `view` for
/// `crate::view::dom`, for `use crate::{api::error, view::dom}` and for `super::super::view`; `*` for all of them.
fn roots(source: &str, depth: usize) -> Vec<&str> {
    let tokens = tokens(source);
    let at = |index: usize| tokens.get(index).copied().unwrap_or_default();
    let mut roots = Vec::new();
    let mut next = 0;
    while next < tokens.len() {
        let start = next;
        next += 1;
        match at(start) {
            "crate" => {}
            "super" => {
                while at(next) == "::" && at(next + 1) == "super" {
                    next += 2;
                }
                // Modules in the file itself lie deeper than the file.
                if (next - start).div_ceil(2) < depth {
                    continue;
                }
            }
            _ => continue,
        }
        if at(next) != "::" {
            continue;
        }
        next += 1;
        if at(next) != "{" {
            roots.push(at(next));
            continue;
        }
        let (mut level, mut is_first) = (0, false);
        while next < tokens.len() {
            match at(next) {
                "{" => level += 1,
                "}" => level -= 1,
                _ => {}
            }
            match at(next) {
                "{" | "," => is_first = level == 1,
                name if is_first => {
                    roots.push(name);
                    is_first = false;
                }
                _ => {}
            }
            next += 1;
            if level == 0 {
                break;
            }
        }
    }
    roots
}

/// The layers above `layer` that `source` names.
fn arrows_upwards<'a>(source: &'a str, depth: usize, layer: &str) -> Vec<&'a str> {
    let height = LAYERS.iter().position(|listed| *listed == layer).unwrap();
    let mut roots = roots(source, depth);
    roots.retain(|root| *root == "*" || LAYERS[height + 1..].contains(root));
    roots
}

#[test]
fn every_folder_is_a_layer() {
    let is_dir = |path: &PathBuf| path.is_dir();
    let name = |path: PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    let mut found: Vec<_> =
        fs::read_dir(src()).unwrap().map(|entry| entry.unwrap().path()).filter(is_dir).map(name).collect();
    found.sort();
    let mut layers = LAYERS.to_vec();
    layers.sort_unstable();
    assert_eq!(found, layers);
}

#[test]
fn no_arrow_points_upwards() {
    for layer in LAYERS {
        for (path, source) in sources(layer) {
            let upwards = arrows_upwards(&source, depth(&path), layer);
            assert!(upwards.is_empty(), "{} names {upwards:?}", path.display());
        }
    }
}

#[test]
fn an_arrow_upwards_is_found_however_it_is_written() {
    for (source, depth, found) in [
        ("use crate::view::dom::el;", 2, vec!["view"]),
        ("fn f() { crate::view::f(crate :: embed::X) }", 2, vec!["view", "embed"]),
        ("use crate::{view::dom, domain::task};", 2, vec!["view"]),
        (
            "use crate::{\n    api::{error::ApiError, decode},\n    view::{\n        dom,\n    },\n    embed,\n};",
            2,
            vec!["view", "embed"],
        ),
        ("use crate::{\n    // Not the last one.\n    domain::task, // view\n    view::dom,\n};", 2, vec!["view"]),
        ("/// As [`crate::view::dom::el`].", 2, vec!["view"]),
        ("pub(in crate::view) fn f() {}", 2, vec!["view"]),
        ("let url = \"https://example.com\"; crate::view::f();", 2, vec!["view"]),
        ("use crate::*;", 2, vec!["*"]),
        ("use super::super::view::dom;", 2, vec!["view"]),
        ("use super::super::{domain::task, view::dom};", 2, vec!["view"]),
        ("mod inside { use super::super::super::view; }", 2, vec!["view"]),
        ("use super::view::dom;", 1, vec!["view"]),
        // These are none.
        ("use super::view::dom;", 2, vec![]),
        ("use super::super::view::dom;", 3, vec![]),
        ("use crate::text::texts::Texts; use crate::{state::request_state, domain::{view, task}};", 2, vec![]),
        ("use crate::viewer; let view = domain::view; pub(crate) fn embed() {}", 2, vec![]),
        ("// It was crate::view::dom once.", 2, vec![]),
    ] {
        assert_eq!(arrows_upwards(source, depth, "text"), found, "{source}");
    }
    assert!(arrows_upwards("use crate::{api, text, view};", 2, "view").is_empty());
    assert_eq!(depth(&src().join("view/mod.rs")), 1);
    assert_eq!(depth(&src().join("view/table.rs")), 2);
    assert_eq!(depth(&src().join("view/parts/switch.rs")), 3);
}

#[test]
fn facts_and_words_know_no_browser() {
    for (layer, browser) in PURE {
        let (known, pure): (Vec<_>, Vec<_>) =
            sources(layer).into_iter().partition(|(path, _)| browser.is_some_and(|name| path.ends_with(name)));
        assert_eq!(known.len(), usize::from(browser.is_some()), "the one file of {layer} that knows it");
        for (path, source) in pure {
            let named: Vec<_> = BROWSER.into_iter().filter(|name| source.contains(name)).collect();
            assert!(named.is_empty(), "{} names {named:?}", path.display());
        }
    }
}

#[test]
fn only_the_clock_asks_what_time_it_is() {
    for layer in LAYERS {
        for (path, source) in sources(layer).into_iter().filter(|(path, _)| !path.ends_with("embed/clock.rs")) {
            for call in ["Date::now", "Date::new", "Utc::now", "SystemTime"] {
                assert!(!source.contains(call), "{}: {call}", path.display());
            }
        }
    }
}
