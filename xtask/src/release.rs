//! What trunk's `post_build` hook does: it writes the texts of each language into a file, and in a release it splits the wasm in two, and bundles and
//! minifies the scripts. `Trunk.toml` calls it.
//!
//! Trunk runs wasm-bindgen on what cargo linked, but the split has to come between the two, and trunk has no hook there
//! (<https://github.com/trunk-rs/trunk/issues/1022>). So wasm-bindgen runs a second time here, which takes seconds.

use std::env;
use std::fmt::Display;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::glue::{shorten, without_streams};
use crate::locales;
use crate::order::name_by_place;
use crate::run::{Failure, step};
use crate::setup::{Tools, WASM};

/// The name of wasm-bindgen's output.
const PANEL: &str = "log-backup-panel";
/// What embedders load.
const ELEMENT: &str = "ocp-log-backup-panel.js";
/// The other scripts of the standalone page, and its stylesheets.
const PAGE: [&str; 4] = ["page.js", "console.js", "page.css", "console.css"];

/// The features that all supported browsers load.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// What makes the wasm smaller, measured one by one (`docs/performance.md`).
const WASM_OPT: [&str; 9] = [
    "-Os",
    "--low-memory-unused",
    "--one-caller-inline-max-function-size=15",
    "--always-inline-max-function-size=3",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--reorder-globals-always",
];

/// What orders the functions by the names that `order.rs` gave them. The levels only say how to write them: nothing is optimized again.
const WASM_OPT_ORDER: [&str; 7] = [
    "--optimize-level=2",
    "--shrink-level=2",
    "--reorder-functions-by-name",
    "--reorder-locals",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// The folders of a build.
struct Build<'a> {
    tools: &'a Tools,
    /// The checkout.
    root: &'a Path,
    /// Where trunk collects what it will put into `dist`.
    staging: PathBuf,
    /// For what is made on the way.
    work: PathBuf,
}

/// The hook. But for the texts, a debug build is left as trunk makes it.
pub fn post_build(root: &Path) -> Result<(), Failure> {
    let given = |name: &str| {
        env::var_os(name).ok_or_else(|| Failure::new(format!("trunk did not set {name}"), "trunk build --release"))
    };
    let staging = PathBuf::from(given("TRUNK_STAGING_DIR")?);
    write_texts(root, &staging)?;
    if given("TRUNK_PROFILE")? != "release" {
        return Ok(());
    }
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let linked = target.join(WASM).join("release/log_backup_panel.wasm");
    let work = root.join("target/split");
    fs::create_dir_all(&work).map_err(failed(&work))?;
    let build = Build { tools: &Tools::of(root), root, staging, work };
    build.split(&linked)?;
    build.bind()?;
    build.optimize()?;
    let later = build.name_second_file()?;
    build.bundle(&later)?;
    build.minify()?;
    build.tidy()
}

/// Writes the texts of each language as the panel reads them. The build of the wasm has checked them.
fn write_texts(root: &Path, staging: &Path) -> Result<(), Failure> {
    let folder = root.join("locales");
    let files = locales::files(&folder).map_err(failed(&folder))?;
    let (_, languages) =
        locales::generate(&files).map_err(|mistakes| Failure::new(mistakes.join("\n"), "trunk build"))?;
    for (tag, lines) in languages {
        let path = staging.join(format!("{tag}.txt"));
        write(&path, lines)?;
    }
    Ok(())
}

impl Build<'_> {
    /// Cuts the linked wasm into what a first screen needs and the rest.
    fn split(&self, linked: &Path) -> Result<(), Failure> {
        let needed = self.work.join("linked.wasm");
        write(&needed, without_streams(&read(linked)?).map_err(failed(linked))?)?;
        let cut =
            self.tools.step("wasm-split-cli").args(["--target=web", "--out-name", PANEL]).args([&needed, &self.work]);
        step("Splitting the wasm", cut)
    }

    /// Makes the glue between the first file and JavaScript.
    fn bind(&self) -> Result<(), Failure> {
        let bind = self.tools.step("wasm-bindgen").args(["--target=web", "--no-typescript", "--keep-lld-exports"]);
        let bind = bind.args(["--out-name", PANEL]).args([self.work.join(format!("{PANEL}.wasm"))]);
        step("Making the glue", bind.arg_joined("--out-dir=", &self.work))?;
        let (wasm, glue) = (self.work.join(format!("{PANEL}_bg.wasm")), self.work.join(format!("{PANEL}.js")));
        let text = fs::read_to_string(&glue).map_err(failed(&glue))?;
        let (short, text) = shorten(&read(&wasm)?, &text).map_err(failed(&wasm))?;
        write(&wasm, short)?;
        write(&glue, text)
    }

    /// Makes both files smaller.
    fn optimize(&self) -> Result<(), Failure> {
        let optimize = |flags: &[&str], from: &Path, to: &Path| {
            self.tools.step("wasm-opt").args(flags).args(FEATURES).args([from, Path::new("-o"), to])
        };
        let first = format!("{PANEL}_bg.wasm");
        let named = self.work.join("named.wasm");
        for (from, to) in [(&*first, self.staging.join(&first)), ("split_later.wasm", self.work.join("later.wasm"))] {
            let smaller = optimize(&WASM_OPT, &self.work.join(from), &named);
            step(&format!("Optimizing {from} (up to 1 minute)"), smaller)?;
            write(&named, name_by_place(&read(&named)?).map_err(failed(&named))?)?;
            step(&format!("Ordering the functions of {from}"), optimize(&WASM_OPT_ORDER, &named, &to))?;
        }
        Ok(())
    }

    /// Puts the second file where the page finds it, and returns its name.
    fn name_second_file(&self) -> Result<String, Failure> {
        let second = read(&self.work.join("later.wasm"))?;
        let name = second_name(&read(&self.staging.join(format!("{PANEL}_bg.wasm")))?, &second);
        let path = self.staging.join(&name);
        write(&path, second)?;
        Ok(name)
    }

    /// Puts the element, the glue and the loader of the second file into one script: each file more is a request more.
    fn bundle(&self, later: &str) -> Result<(), Failure> {
        for (from, to) in [(ELEMENT, ELEMENT), ("later.js", "__wasm_split.js")] {
            let (from, to) = (self.root.join("src/embed").join(from), self.work.join(to));
            fs::copy(&from, to).map_err(failed(&from))?;
        }
        let bundle = self.tools.step("esbuild").args(SCRIPT_FLAGS).args(["--bundle"]).args([self.work.join(ELEMENT)]);
        let bundle = bundle.args([format!("--define:LATER_WASM=\"./{later}\"")]);
        let bundle = bundle.arg_joined("--inject:", &self.root.join("src/embed/realms.js"));
        let script = self.staging.join(ELEMENT);
        step("Bundling the element", bundle.arg_joined("--outfile=", &script))?;
        // An embedder's bundler must leave the import of a fresh instance alone. esbuild drops the comments that say so.
        let text = fs::read_to_string(&script).map_err(failed(&script))?;
        let text = text.replace("import(", "import(/*webpackIgnore:true*//*@vite-ignore*/");
        write(&script, text)
    }

    fn minify(&self) -> Result<(), Failure> {
        let files = PAGE.map(|name| self.staging.join(name));
        let minify = self.tools.step("esbuild").args(SCRIPT_FLAGS).args(files);
        step("Minifying what is of the page", minify.arg_joined("--outdir=", &self.staging))
    }

    /// Removes trunk's own glue, which nobody loads any more.
    fn tidy(&self) -> Result<(), Failure> {
        let (glue, snippets) = (self.staging.join(format!("{PANEL}.js")), self.staging.join("snippets"));
        fs::remove_file(&glue).map_err(failed(&glue))?;
        fs::remove_dir_all(&snippets).map_err(failed(&snippets))
    }
}

/// For esbuild. Nearly all functions of the scripts are called at once: V8 compiles them while they download, and not one by one when they
/// are called (<https://v8.dev/blog/explicit-compile-hints>).
const SCRIPT_FLAGS: [&str; 6] = [
    "--minify",
    "--allow-overwrite",
    "--log-level=warning",
    "--format=esm",
    "--charset=utf8",
    "--banner:js=//# allFunctionsCalledOnLoad",
];

/// A name with a hash of both files: they share memory, so that one must never meet the other of another build.
fn second_name(first: &[u8], second: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    first.hash(&mut hasher);
    second.hash(&mut hasher);
    format!("later-{:016x}.wasm", hasher.finish())
}

/// Whether two folders hold the same files with the same content; else the name of one that differs. Compressed copies do not count.
pub fn difference(one: &Path, other: &Path) -> Result<Option<String>, Failure> {
    let names = |dir: &Path| -> Result<Vec<String>, Failure> {
        let entries = fs::read_dir(dir).map_err(failed(dir))?.flatten();
        let files = entries
            .filter(|entry| entry.path().is_file())
            .map(|entry| entry.file_name().to_string_lossy().into_owned());
        let is_copy = |name: &String| Path::new(name).extension().is_some_and(|end| end == "br" || end == "gz");
        let mut names: Vec<_> = files.filter(|name| !is_copy(name)).collect();
        names.sort();
        Ok(names)
    };
    let (names, others) = (names(one)?, names(other)?);
    if let Some(name) = names.iter().chain(&others).find(|name| !(names.contains(name) && others.contains(name))) {
        return Ok(Some(name.clone()));
    }
    for name in names {
        if read(&one.join(&name))? != read(&other.join(&name))? {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

fn failed<E: Display>(path: &Path) -> impl FnOnce(E) -> Failure {
    move |error| Failure::new(format!("{}: {error}", path.display()), "trunk build --release")
}

fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Failure> {
    fs::write(path, content).map_err(failed(path))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(failed(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_files_name_tells_builds_apart() {
        let name = second_name(b"first", b"second");
        assert_eq!(name, second_name(b"first", b"second"));
        assert_ne!(name, second_name(b"other", b"second"));
        assert_ne!(name, second_name(b"first", b"other"));
        let hash = name.strip_prefix("later-").and_then(|rest| rest.strip_suffix(".wasm")).unwrap();
        assert!(hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}");
    }

    #[test]
    fn builds_are_compared_file_by_file() {
        let dir = env::temp_dir().join(format!("xtask-{}-difference", std::process::id()));
        let (one, other) = (dir.join("one"), dir.join("other"));
        let put = |dir: &Path, name: &str, text: &str| {
            fs::create_dir_all(dir).unwrap();
            fs::write(dir.join(name), text).unwrap();
        };
        put(&one, "a.js", "1");
        put(&other, "a.js", "1");
        put(&one, "a.js.br", "compressed");
        assert_eq!(difference(&one, &other), Ok(None));
        put(&other, "a.js", "2");
        assert_eq!(difference(&one, &other), Ok(Some("a.js".to_owned())));
        put(&other, "b.js", "");
        assert_eq!(difference(&one, &other), Ok(Some("b.js".to_owned())));
        assert!(difference(&one, &dir.join("missing")).is_err());
    }
}
