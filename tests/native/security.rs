//! What `docs/security.md` says of the tests is true.

use std::fs;
use std::path::Path;

/// The tests that the paper names: a file and, in it, a name.
fn named(paper: &str) -> Vec<(&str, &str)> {
    let mut tests = Vec::new();
    for line in paper.lines().filter(|line| line.starts_with('|')) {
        let mut file = None;
        for (place, part) in line.split('`').enumerate() {
            if place % 2 == 0 {
                let names = part.split('“').skip(1).filter_map(|name| Some(name.split_once('”')?.0));
                tests.extend(names.filter_map(|name| Some((file?, name))));
            } else if [".rs", ".js"].iter().any(|end| part.ends_with(end)) {
                file = Some(part);
            }
        }
    }
    tests
}

#[test]
fn every_test_that_the_paper_on_security_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = named(include_str!("../../docs/security.md"));
    assert!(named.len() > 20, "{named:?}");
    let is_there =
        |(file, name): &(&str, &str)| fs::read_to_string(root.join(file)).is_ok_and(|text| text.contains(name));
    let missing: Vec<_> = named.iter().filter(|test| !is_there(test)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}
