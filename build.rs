//! Turns the texts of `locales/` into Rust, and decides whether the wasm is split in two.

use std::path::Path;
use std::{env, fs, io};

#[path = "build/locales.rs"]
mod locales;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    split_release();
    write_texts()
}

/// Splits the wasm of a release in two; a debug build is one file.
///
/// A split wasm runs only after the hook in `Trunk.toml` has cut it, which it does in a release. So a feature would have to be named by
/// everyone who builds a release, and a forgotten one would break it.
fn split_release() {
    println!("cargo::rustc-check-cfg=cfg(split)");
    let is = |name, value| env::var(name).is_ok_and(|given| given == value);
    if is("CARGO_CFG_TARGET_ARCH", "wasm32") && is("PROFILE", "release") {
        println!("cargo::rustc-cfg=split");
        // wasm-split-cli follows the relocations to see which functions belong to which file.
        println!("cargo::rustc-link-arg-cdylib=--emit-relocs");
    }
}

/// Writes the texts as Rust, which `src/text/texts.rs` includes. A mistake in them ends the build.
fn write_texts() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build/locales.rs");
    println!("cargo::rerun-if-changed=locales");
    match locales::generate(&language_files()?) {
        Ok(rust) => fs::write(Path::new(&env::var_os("OUT_DIR").unwrap_or_default()).join("texts.rs"), rust),
        Err(mistakes) => {
            for mistake in mistakes {
                println!("cargo::error={mistake}");
            }
            Ok(())
        }
    }
}

/// The files of `locales/`, each its name, a language tag, and its TOML.
fn language_files() -> io::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir("locales")? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "toml") {
            let tag = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            files.push((tag, fs::read_to_string(path)?));
        }
    }
    // In one order on every machine, so that the same wasm is built.
    files.sort();
    Ok(files)
}
