//! Keeps paths of this machine out of what ships. Rust puts the place of each possible panic into the binary, and the sources of the crates
//! lie in the home of whoever builds it: rustc is told to write other names for these folders.
//!
//! The flags are those of cargo's `trim-paths`, which is not stable yet (<https://github.com/rust-lang/cargo/issues/12137>). They name folders
//! of this machine, so they are written to a file that `.cargo/config.toml` includes. Trunk's `pre_build` hook writes it, and so
//! does set-up.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::run::Failure;
use crate::setup::{Tools, WASM};

/// The file, in the checkout. `.cargo/config.toml` names it, too.
const FILE: &str = "target/remap.toml";

/// Writes the file. Cargo reads it when it is called next.
pub fn write(root: &Path, tools: &Tools) -> Result<(), Failure> {
    let path = root.join(FILE);
    let failed = |error| Failure::new(format!("{}: {error}", path.display()), "cargo xtask build");
    fs::create_dir_all(root.join("target")).map_err(failed)?;
    let flags = flags(root, tools);
    fs::write(&path, format!("[target.{WASM}]\nrustflags = {flags:?}\n")).map_err(failed)
}

/// rustc's flags, one a folder. The last that fits a path decides.
pub fn flags(root: &Path, tools: &Tools) -> Vec<String> {
    let home = cargo_home();
    let sysroot = tools.step("rustc").args(["--print", "sysroot"]).output().unwrap_or_default();
    let target = env::var_os("CARGO_TARGET_DIR").map(PathBuf::from).unwrap_or_default();
    let mut folders = vec![
        (home.clone(), "cargo"),
        (Path::new(sysroot.trim()).join("lib/rustlib/src/rust"), "rust"),
        (target, "target"),
        (root.to_owned(), ""),
    ];
    // One a registry: a crate is named by its name and version alone, wherever it came from.
    let registries = fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten();
    let mut registries: Vec<_> = registries.map(|registry| registry.path()).collect();
    registries.sort();
    folders.extend(registries.into_iter().map(|registry| (registry, "")));
    // A relative path is no path of this machine, and without a folder everything would fit.
    folders.retain(|(folder, _)| folder.is_absolute());
    folders.iter().map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display())).collect()
}

/// Where cargo keeps the sources of crates.
fn cargo_home() -> PathBuf {
    let default = || env::home_dir().unwrap_or_default().join(".cargo");
    env::var_os("CARGO_HOME").map_or_else(default, PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_and_trunk_are_told_of_the_file() {
        assert!(include_str!("../../.cargo/config.toml").contains(&format!("path = \"../{FILE}\", optional = true")));
        let trunk = include_str!("../../Trunk.toml");
        let hook = "stage = \"pre_build\"\ncommand = \"cargo\"\ncommand_arguments = [\"xtask\", \"pre-build\"]";
        assert!(trunk.contains(hook));
    }

    #[test]
    fn rustc_writes_no_path_of_a_crate_or_of_the_checkout() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let flags = flags(root, &Tools::of(root));
        let from_to: Vec<_> = flags.iter().map(|flag| flag.strip_prefix("--remap-path-prefix=").unwrap()).collect();
        let registry = cargo_home().join("registry/src").display().to_string();
        assert!(from_to.contains(&&*format!("{}=", root.display())), "{from_to:?}");
        // After cargo's home, which it is in.
        let last = from_to.last().unwrap();
        assert!(last.starts_with(&registry) && last.ends_with('='), "{from_to:?}");
        assert!(from_to.iter().all(|folder| folder.starts_with('/')), "{from_to:?}");
    }
}
