//! The version is that of `Cargo.toml`. A tag of the release must say the same.

use std::path::Path;

use crate::run::{Failure, Step};

/// The version of all that is made.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Fails where the commit has the tag of another version. Without such a tag, or without git, all is well.
pub fn agrees_with_tag(root: &Path) -> Result<(), Failure> {
    let tags = Step::new("git").args(["tag", "--points-at", "HEAD"]).in_dir(root).output().unwrap_or_default();
    match other_version(&tags, VERSION) {
        Some(tag) => Err(Failure::new(
            format!("the commit is tagged {tag}, but Cargo.toml says version {VERSION}"),
            format!("git tag --delete {tag}, or set the version in Cargo.toml"),
        )),
        None => Ok(()),
    }
}

/// The first of `tags`, a line each, that is the tag of a version (`v1.2.3`), but not of `version`.
fn other_version<'a>(tags: &'a str, version: &str) -> Option<&'a str> {
    tags.lines().map(str::trim).find(|tag| tag.strip_prefix('v').is_some_and(|it| is_version(it) && it != version))
}

/// Whether `text` is three numbers, and perhaps more after `-` or `+`, as in `1.2.3-rc.1`.
fn is_version(text: &str) -> bool {
    let numbers = text.split(['-', '+']).next().unwrap_or_default().split('.').collect::<Vec<_>>();
    let is_number = |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    numbers.len() == 3 && numbers.iter().all(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_of_a_version_must_be_that_of_cargo_toml() {
        for tags in
            ["", "\n", "v1.2.3\n", "nightly\nv1.2.3\n", "v2\nv2-trial\nvery\nrelease-9.9.9\n1.2.4\nv1.2\nv1.2.x\nv..\n"]
        {
            assert_eq!(other_version(tags, "1.2.3"), None, "{tags}");
        }
        for (tags, other) in [
            ("v1.2.4\n", "v1.2.4"),
            ("v1.2.3\nv1.3.0\n", "v1.3.0"),
            ("v1.2.3-rc.1\n", "v1.2.3-rc.1"),
            ("v01.2.3\r\n", "v01.2.3"),
        ] {
            assert_eq!(other_version(tags, "1.2.3"), Some(other));
        }
        assert_eq!(other_version("v1.2.3-rc.1", "1.2.3-rc.1"), None);
    }
}
