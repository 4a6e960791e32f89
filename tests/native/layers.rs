//! The house has one direction: a layer imports only those below it.

use std::fs;
use std::path::{Path, PathBuf};

const LAYERS: [&str; 5] = ["domain", "api", "state", "view", "embed"];
/// What the lower layers must not know at all.
const BROWSER: [&str; 5] = ["web_sys", "js_sys", "leptos", "gloo_", "wasm_bindgen"];

fn sources(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
        .collect()
}

fn lines(layer: &str) -> Vec<(PathBuf, String)> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(layer);
    let files = sources(&dir);
    assert!(!files.is_empty());
    files
        .iter()
        .flat_map(|path| {
            fs::read_to_string(path).unwrap().lines().map(|line| (path.clone(), line.to_owned())).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn no_arrow_points_upwards() {
    for (height, layer) in LAYERS.iter().enumerate() {
        for (path, line) in lines(layer) {
            for above in &LAYERS[height + 1..] {
                assert!(!line.contains(&format!("crate::{above}")), "{}: {line}", path.display());
            }
        }
    }
}

#[test]
fn facts_and_decoding_know_no_browser() {
    let pure = |path: &Path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        !["fetch.rs", "panel.rs"].contains(&name.as_str())
    };
    for layer in ["domain", "api", "state"] {
        for (path, line) in lines(layer).into_iter().filter(|(path, _)| pure(path)) {
            assert!(!BROWSER.iter().any(|name| line.contains(name)), "{}: {line}", path.display());
        }
    }
}

#[test]
fn words_know_no_browser() {
    let pure = ["present.rs", "texts.rs", "incident.rs", "export.rs", "events.rs"];
    let lines: Vec<_> =
        lines("view").into_iter().filter(|(path, _)| pure.iter().any(|name| path.ends_with(name))).collect();
    assert!(pure.iter().all(|name| lines.iter().any(|(path, _)| path.ends_with(name))));
    for (path, line) in lines {
        assert!(!BROWSER.iter().any(|name| line.contains(name)), "{}: {line}", path.display());
    }
}

#[test]
fn only_the_clock_asks_what_time_it_is() {
    for layer in LAYERS {
        for (path, line) in lines(layer).into_iter().filter(|(path, _)| !path.ends_with("embed/clock.rs")) {
            assert!(
                !["Date::now", "Date::new", "Utc::now", "SystemTime"].iter().any(|call| line.contains(call)),
                "{}: {line}",
                path.display()
            );
        }
    }
}
