//! Decides whether the wasm is split in two, by the profile: a release for wasm32 is, a debug build is one file.
//!
//! A split wasm runs only after the hook in `Trunk.toml` has cut it, which it does in a release. So a feature would have to be named by
//! everyone who builds a release, and a forgotten one would break it.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(split)");
    let is = |name, value| env::var(name).is_ok_and(|given| given == value);
    if is("CARGO_CFG_TARGET_ARCH", "wasm32") && is("PROFILE", "release") {
        println!("cargo::rustc-cfg=split");
        // wasm-split-cli follows the relocations to see which functions belong to which file.
        println!("cargo::rustc-link-arg-cdylib=--emit-relocs");
    }
}
