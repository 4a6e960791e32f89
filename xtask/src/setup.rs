//! Installs what is missing, and knows where it is. Each step is skipped when its result is there.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::run::{Failure, Step, step};

/// The target of the panel.
pub const WASM: &str = "wasm32-unknown-unknown";
/// Debian's matching set of compiler, standard library source and tools for this target.
const DEBIAN_RUST: [&str; 5] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "rustfmt-web"];
/// How long rustup may take: where its server can't be reached it hangs instead of failing.
const RUSTUP_SECONDS: &str = "90";

/// The environment in which all later steps run: one compiler for all builds of a target folder.
pub struct Tools {
    path: OsString,
    env: Vec<(&'static str, OsString)>,
}

impl Tools {
    /// A step that runs `program` of this environment.
    pub fn step(&self, program: &str) -> Step {
        // Found here and not by the spawn, which looks in this process's own PATH.
        let found = env::split_paths(&self.path).map(|dir| dir.join(program)).find(|path| path.is_file());
        let mut step = Step::new(found.unwrap_or_else(|| program.into())).env("PATH", &self.path);
        for (name, value) in &self.env {
            step = step.env(name, value);
        }
        step
    }

    /// A step that runs this environment's cargo at the top of the checkout.
    pub fn cargo(&self, root: &Path) -> Step {
        self.step("cargo").in_dir(root)
    }

    fn has(&self, program: &str) -> bool {
        env::split_paths(&self.path).any(|dir| dir.join(program).is_file())
    }
}

/// What `demo`, `build` and `lint` need.
pub fn for_build(root: &Path) -> Result<Tools, Failure> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let cargo_bin = home.map(|home| home.join("bin")).unwrap_or_default();
    let npm_bin = root.join("e2e/node_modules/.bin");
    let system = env::var_os("PATH").unwrap_or_default();
    let path = |first: Vec<PathBuf>| {
        let dirs = first.into_iter().chain(env::split_paths(&system));
        env::join_paths(dirs).map_err(|error| Failure::new(format!("PATH can't be used: {error}"), "echo $PATH"))
    };
    // Cargo sets variables for the programs that it runs, xtask among them; another cargo must not take them for its own.
    let mut tools = Tools { path: path(vec![npm_bin.clone(), cargo_bin.clone()])?, env: Vec::new() };
    if !rustup_has_wasm() {
        debian_rust()?;
        tools.path = path(vec![npm_bin, "/usr/bin".into(), cargo_bin])?;
        tools.env.push(("RUSTC", "/usr/bin/rustc".into()));
        tools.env.push(("RUSTDOC", "/usr/bin/rustdoc".into()));
        tools.env.push(("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker()?));
        debian_std(root, &tools)?;
    }
    std_source(&tools)?;
    npm(root, &tools)?;
    trunk(&tools)?;
    wasm_bindgen(root, &tools)?;
    wasm_split(&tools)?;
    Ok(tools)
}

/// The source of the compiler's standard library: the release builds its own, without the code and the texts of panics.
fn std_source(tools: &Tools) -> Result<(), Failure> {
    let sysroot = tools.step("rustc").args(["--print", "sysroot"]).output().unwrap_or_default();
    if Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/std").is_dir() {
        return Ok(());
    }
    let add = Step::new("timeout").args([RUSTUP_SECONDS, "rustup", "component", "add", "rust-src"]);
    step("Asking rustup for the source of the standard library (seconds)", add)
}

/// The settings under which `step` builds a release for wasm32: a standard library of its own, small, whose panics are
/// traps. Nobody would read their texts: a browser shows them only through a hook. Stable compilers take the flags
/// only with `RUSTC_BOOTSTRAP`; without any of it, plain `trunk build` makes the same panel, 12 kB larger.
pub fn small_std(step: Step) -> Step {
    let flags = "-Zunstable-options -Cpanic=immediate-abort -Zfmt-debug=none -Zlocation-detail=none \
                 -Clink-arg=--emit-relocs";
    step.env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags)
}

/// What `test` needs besides.
pub fn for_test(root: &Path) -> Result<Tools, Failure> {
    let mut tools = for_build(root)?;
    if !(tools.has("chromium") && tools.has("chromedriver")) {
        apt(
            "Installing Chromium and fonts from Debian (about 1 minute)",
            &["chromium", "chromium-driver", "fonts-noto-cjk"],
        )?;
    }
    let driver = env::split_paths(&tools.path).map(|dir| dir.join("chromedriver")).find(|path| path.is_file());
    let driver = driver.ok_or_else(|| Failure::new("there is no chromedriver", "apt-get install chromium-driver"))?;
    tools.env.push(("CHROMEDRIVER", driver.into()));
    tools.env.push(("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner".into()));
    Ok(tools)
}

/// Whether rustup's compiler can build for wasm32, after asking rustup for it.
fn rustup_has_wasm() -> bool {
    let has_std = || {
        let lib = Step::new("rustc").args(["--print", "target-libdir", "--target", WASM]).output();
        let lib = lib.and_then(|lib| fs::read_dir(lib.trim()).ok());
        lib.is_some_and(|files| files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libstd-")))
    };
    let has_rustup = Step::new("rustup").args(["--version"]).succeeds();
    if !has_rustup || has_std() {
        return has_std();
    }
    // Where Debian's set is complete, rustup was asked before and could not.
    if wasm_lib().join("COMPLETE").is_file() {
        return false;
    }
    let add = Step::new("timeout").args([RUSTUP_SECONDS, "rustup", "target", "add", WASM]);
    step(&format!("Asking rustup for {WASM} (seconds; given up after {RUSTUP_SECONDS} s)"), add).is_ok() && has_std()
}

fn wasm_lib() -> PathBuf {
    Path::new("/usr/lib/rustlib").join(WASM).join("lib")
}

fn apt(what: &str, packages: &[&str]) -> Result<(), Failure> {
    let install = format!(
        "{0} apt-get update -q && {0} apt-get install -q -y --no-install-recommends {1}",
        if Step::new("sudo").args(["-n", "true"]).succeeds() { "sudo" } else { "env" },
        packages.join(" ")
    );
    step(what, Step::new("sh").args(["-c", &install]).env("DEBIAN_FRONTEND", "noninteractive"))
}

fn debian_rust() -> Result<(), Failure> {
    let binaries = ["rustc", "cargo", "cargo-clippy", "cargo-fmt"];
    let source = Path::new("/usr/lib/rustlib/src/rust/library/std");
    if binaries.iter().all(|name| Path::new("/usr/bin").join(name).is_file()) && source.is_dir() {
        return Ok(());
    }
    apt("rustup has no wasm32 target here: installing Debian's compiler for it (about 1 minute)", &DEBIAN_RUST)
}

/// rustup's linker, whatever targets it has; else Debian's, which is older.
fn linker() -> Result<OsString, Failure> {
    let sysroot = Step::new("rustc").args(["--print", "sysroot"]).output().unwrap_or_default();
    let hosts = fs::read_dir(Path::new(sysroot.trim()).join("lib/rustlib")).into_iter().flatten().flatten();
    if let Some(found) = hosts.map(|host| host.path().join("bin/rust-lld")).find(|path| path.is_file()) {
        return Ok(found.into());
    }
    if !Path::new("/usr/bin/wasm-ld").is_file() {
        apt("Installing a linker for wasm32 from Debian (seconds)", &["lld"])?;
    }
    Ok("wasm-ld".into())
}

/// Debian packages the standard library's source but no build of it for this target.
fn debian_std(root: &Path, tools: &Tools) -> Result<(), Failure> {
    let lib = wasm_lib();
    let version = tools.step("rustc").args(["--version"]).output().unwrap_or_default();
    let complete = lib.join("COMPLETE");
    if fs::read_to_string(&complete).is_ok_and(|built_by| built_by == version) {
        return Ok(());
    }
    let dir = root.join("target/std");
    let failed = |error: std::io::Error| {
        Failure::new(format!("can't write the standard library: {error}"), "sudo cargo xtask build")
    };
    fs::create_dir_all(dir.join("src")).map_err(failed)?;
    let manifest = "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[workspace]\n";
    fs::write(dir.join("Cargo.toml"), manifest).map_err(failed)?;
    fs::write(dir.join("src/lib.rs"), "").map_err(failed)?;
    let build = tools.cargo(&dir).args(["build", "--release", "-Zbuild-std=std,panic_abort,test", "--target", WASM]);
    let build = build.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", "-Cembed-bitcode=yes");
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
    fs::write(complete, version).map_err(failed)
}

/// wasm-opt (binaryen), esbuild and Playwright, of the versions in `e2e/package-lock.json`.
fn npm(root: &Path, tools: &Tools) -> Result<(), Failure> {
    let dir = root.join("e2e");
    let installed = fs::metadata(dir.join("node_modules/.package-lock.json")).and_then(|file| file.modified());
    let wanted = fs::metadata(dir.join("package-lock.json")).and_then(|file| file.modified());
    if matches!((installed, wanted), (Ok(installed), Ok(wanted)) if installed >= wanted) {
        return Ok(());
    }
    if !tools.has("npm") {
        return Err(Failure::new("there is no npm", "install Node.js 20 or later"));
    }
    let ci = tools.step("npm").args(["ci", "--no-audit", "--no-fund"]).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    step("Installing wasm-opt, esbuild and Playwright from npm (about 10 seconds)", ci.in_dir(&dir))
}

fn trunk(tools: &Tools) -> Result<(), Failure> {
    let version = tools.step("trunk").args(["--version"]).output();
    if version.is_some_and(|version| version.starts_with("trunk 0.21.")) {
        return Ok(());
    }
    let install = tools.step("cargo").args(["install", "trunk", "--version", "^0.21", "--locked"]);
    step("Installing trunk (7 to 10 minutes on 2 cores)", install)
}

fn wasm_bindgen(root: &Path, tools: &Tools) -> Result<(), Failure> {
    let locked = locked_version(root, "wasm-bindgen")?;
    let version = tools.step("wasm-bindgen").args(["--version"]).output();
    if version.is_some_and(|version| version.trim().ends_with(&format!(" {locked}"))) {
        return Ok(());
    }
    let install = tools.step("cargo").args(["install", "wasm-bindgen-cli", "--force", "--version", &locked]);
    step(&format!("Installing wasm-bindgen {locked}, the version of Cargo.lock (4 to 6 minutes on 2 cores)"), install)
}

/// The tool that belongs to the crate `wasm_split_helpers`. It tells no version.
fn wasm_split(tools: &Tools) -> Result<(), Failure> {
    if tools.has("wasm-split-cli") {
        return Ok(());
    }
    let install = ["install", "wasm_split_cli_support", "--version", "0.2.4", "--features", "build-binary", "--locked"];
    step("Installing wasm-split-cli (1 to 2 minutes on 2 cores)", tools.step("cargo").args(install))
}

fn locked_version(root: &Path, package: &str) -> Result<String, Failure> {
    let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap_or_default();
    let after = lock.split_once(&format!("name = \"{package}\"\nversion = \"")).map(|(_, after)| after);
    let version = after.and_then(|after| after.split('"').next()).map(str::to_owned);
    version.ok_or_else(|| Failure::new(format!("Cargo.lock names no {package}"), "cargo generate-lockfile"))
}
