//! The fallback for machines where rustup can't fetch the wasm32 target: Debian's own compiler, with its standard library built once.
//! Debian packages the library's source but no build of it for this target. The release built this way is larger, not different.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::remap;
use crate::run::{Failure, Step, step};
use crate::setup::{Tools, WASM};

/// Debian's matching set of compiler, standard library source and tools for this target.
const PACKAGES: [&str; 5] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "rustfmt-web"];

/// Whether this machine was set up this way before.
pub fn is_complete() -> bool {
    lib().join("COMPLETE").is_file()
}

/// Makes `tools` use Debian's compiler.
pub fn set_up(root: &Path, tools: &mut Tools) -> Result<(), Failure> {
    let binaries = ["rustc", "cargo", "cargo-clippy", "cargo-fmt"];
    let source = Path::new("/usr/lib/rustlib/src/rust/library/std");
    if !(binaries.iter().all(|name| Path::new("/usr/bin").join(name).is_file()) && source.is_dir()) {
        install("Installing Debian's compiler for wasm32 (about 1 minute)", &PACKAGES)?;
    }
    let linker = linker(tools)?;
    // Cargo sets variables for the programs that it runs, xtask among them; another cargo must not take them for its own.
    tools.prefer("/usr/bin");
    tools.set("RUSTC", "/usr/bin/rustc");
    tools.set("RUSTDOC", "/usr/bin/rustdoc");
    tools.set("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    build_std(root, tools)
}

fn lib() -> PathBuf {
    Path::new("/usr/lib/rustlib").join(WASM).join("lib")
}

/// What installs `packages` and asks nothing, as a line for a shell.
pub fn apt_get(packages: &[&str]) -> String {
    let packages = packages.join(" ");
    format!(
        "apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends {packages}"
    )
}

/// What unpacks `program` of the package of the same name, which has it in `dir`, into target/tools and installs nothing, as a line for a shell.
/// It needs no root.
pub fn unpack(program: &str, dir: &str) -> String {
    format!(
        "mkdir -p target/tools/bin && cd target/tools && apt-get download -q {program} && dpkg-deb -x {program}_*.deb {program} \
         && rm {program}_*.deb && ln -sf ../{program}/{dir}/{program} bin/{program}"
    )
}

fn install(what: &str, packages: &[&str]) -> Result<(), Failure> {
    let install = apt_get(packages);
    step(what, Step::new("sh").args(["-c", &install])).map_err(|_| {
        Failure::new(
            "rustup brings no wasm32 target here, and Debian no compiler",
            format!("rustup target add {WASM}, or as root: {install}"),
        )
    })
}

/// rustup's linker, whatever targets it has; else Debian's, which is older.
fn linker(tools: &Tools) -> Result<OsString, Failure> {
    let sysroot = tools.step("rustc").args(["--print", "sysroot"]).output().unwrap_or_default();
    let hosts = fs::read_dir(Path::new(sysroot.trim()).join("lib/rustlib")).into_iter().flatten().flatten();
    if let Some(found) = hosts.map(|host| host.path().join("bin/rust-lld")).find(|path| path.is_file()) {
        return Ok(found.into());
    }
    if !Path::new("/usr/bin/wasm-ld").is_file() {
        install("Installing a linker for wasm32 from Debian (seconds)", &["lld"])?;
    }
    Ok("wasm-ld".into())
}

fn build_std(root: &Path, tools: &Tools) -> Result<(), Failure> {
    let lib = lib();
    let version = tools.step("rustc").args(["--version"]).output().unwrap_or_default();
    let built_by = [&*version, "without paths of this machine\n"].concat();
    let complete = lib.join("COMPLETE");
    if fs::read_to_string(&complete).is_ok_and(|complete| complete == built_by) {
        return Ok(());
    }
    let dir = root.join("target/std");
    let failed = |error: std::io::Error| {
        Failure::new(format!("can't write the standard library: {error}"), "run this as root: cargo xtask build")
    };
    fs::create_dir_all(dir.join("src")).map_err(failed)?;
    let manifest = "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[workspace]\n";
    fs::write(dir.join("Cargo.toml"), manifest).map_err(failed)?;
    fs::write(dir.join("src/lib.rs"), "").map_err(failed)?;
    let flags = ["-Cembed-bitcode=yes".to_owned()].into_iter().chain(remap::flags(root, tools));
    let flags = flags.collect::<Vec<_>>().join("\u{1f}");
    let build = tools.step("cargo").args(["build", "--release", "-Zbuild-std=std,panic_abort,test", "--target", WASM]);
    let build = build.in_dir(&dir).env("RUSTC_BOOTSTRAP", "1").env("CARGO_ENCODED_RUSTFLAGS", flags);
    step(
        "Building the standard library for wasm32 (about 1 minute)",
        build.env("CARGO_TARGET_DIR", dir.join("target")),
    )?;
    if lib.is_dir() {
        fs::remove_dir_all(&lib).map_err(failed)?;
    }
    fs::create_dir_all(&lib).map_err(failed)?;
    let libraries = fs::read_dir(dir.join("target").join(WASM).join("release/deps")).map_err(failed)?;
    for file in libraries.flatten().map(|file| file.path()) {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if file.extension().is_some_and(|end| end == "rlib") && !name.starts_with("libempty") {
            fs::copy(&file, lib.join(name)).map_err(failed)?;
        }
    }
    // What was built with an older standard library can't be linked with this one.
    _ = fs::remove_dir_all(root.join("target").join(WASM));
    fs::write(complete, built_by).map_err(failed)
}
