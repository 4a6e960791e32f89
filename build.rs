//! Turns the texts of `locales/` into Rust, and decides whether the wasm is split in two.

use std::path::{Path, PathBuf};
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

/// Writes the Rust for the texts, which `src/text/texts.rs` includes, and the lines that it reads. A mistake in them ends the build.
fn write_texts() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build/locales.rs");
    println!("cargo::rerun-if-changed=locales");
    match locales::generate(&locales::files(Path::new("locales"))?) {
        Ok((rust, languages)) => {
            let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
            for (tag, lines) in languages {
                fs::write(out.join(format!("{tag}.txt")), lines)?;
            }
            fs::write(out.join("texts.rs"), rust)
        }
        Err(mistakes) => {
            for mistake in mistakes {
                println!("cargo::error={mistake}");
            }
            Ok(())
        }
    }
}
