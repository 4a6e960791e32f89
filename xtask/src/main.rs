//! `cargo xtask …`: every command of the project, the same locally and in CI.

mod names;
mod run;
mod setup;

use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use run::{Failure, Step, step};
use setup::Tools;

const HELP: &str = "cargo xtask <command>

  demo              build the panel and show it with a simulated cluster
  test              set up, then run every check: format, lints, native, browser and end-to-end tests, size
  serve --ocp URL   show the panel in front of a real OCP (see README.md)
  build             build the release into dist/
  lint              format check and clippy, for this machine and for wasm32
  package           build the release and make the npm package of it in target/package
  examples          make the package, and build the examples that need a bundler with it
  fuzz [CASES]      fuzz decode, time, redact and config with that many inputs each (200,000)
  soak [TURNS]      refresh that often (2,000) with changing data and faults, and watch memory and timers
  screenshots       pictures of every state, on one sheet in e2e/test-results/screens
  bench [OPTIONS]   measure it beside two peers and write docs/performance.md; --quick: only what no machine's speed changes
  size              the bytes that a first visit downloads";

fn main() -> ExitCode {
    let mut args = env::args().skip(1);
    let command = args.next().unwrap_or_default();
    let rest: Vec<String> = args.collect();
    let ended = root().and_then(|root| match command.as_str() {
        "demo" => demo(&root, &rest),
        "serve" => serve(&root, &rest),
        "test" => test(&root),
        "build" => setup::for_build(&root).and_then(|tools| build(&root, &tools)),
        "lint" => setup::for_build(&root).and_then(|tools| lint(&root, &tools)),
        "package" => setup::for_build(&root).and_then(|tools| package(&root, &tools)),
        "examples" => {
            setup::for_build(&root).and_then(|tools| package(&root, &tools).and_then(|()| examples(&root, &tools)))
        }
        "fuzz" => setup::for_build(&root).and_then(|tools| fuzz(&root, &tools, rest.first())),
        "soak" => soak(&root, rest.first()),
        "bench" => setup::for_test(&root).and_then(|tools| {
            build(&root, &tools)?;
            bench(&root, &tools, &rest)
        }),
        "screenshots" => screenshots(&root),
        "size" => setup::for_build(&root).and_then(|tools| size(&root, &tools)),
        "" | "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        unknown => Err(Failure::new(format!("there is no command “{unknown}”"), "cargo xtask help")),
    });
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// The top of the checkout.
fn root() -> Result<PathBuf, Failure> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(Path::to_path_buf).ok_or_else(|| Failure::new("the project has no top folder", "git clone"))
}

fn demo(root: &Path, rest: &[String]) -> Result<(), Failure> {
    let tools = setup::for_build(root)?;
    build(root, &tools)?;
    let preview = build_preview(root, &tools)?;
    step("Showing the demo", Step::new(&preview).args(rest).in_dir(root).foreground())
}

fn serve(root: &Path, rest: &[String]) -> Result<(), Failure> {
    if !rest.iter().any(|arg| arg == "--ocp") {
        return Err(Failure::new(
            "serve needs the address of an OCP",
            "cargo xtask serve --ocp https://ocp.example.com",
        ));
    }
    demo(root, rest)
}

fn file_failed(path: &Path) -> impl FnOnce(std::io::Error) -> Failure {
    move |error| Failure::new(format!("{}: {error}", path.display()), "cargo xtask build")
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(file_failed(path))
}

fn write(path: &Path, content: &[u8]) -> Result<(), Failure> {
    fs::write(path, content).map_err(file_failed(path))
}

/// The name of wasm-bindgen's output.
const PANEL: &str = "log-backup-panel";
/// What embedders load.
const ELEMENT: &str = "ocp-log-backup-panel.js";

/// Builds with trunk, and then does its last two steps again with the wasm split in two: trunk can't run a tool between cargo
/// and wasm-bindgen (<https://github.com/trunk-rs/trunk/issues/1022>).
fn build(root: &Path, tools: &Tools) -> Result<(), Failure> {
    // Not `--offline`, which cargo would get, too: it fetches what the standard library needs. Trunk's own tools are in PATH by
    // now. `--release=false` leaves out wasm-opt alone.
    let trunk = ["build", "--locked", "--skip-version-check", "--color=never", "--features=split"];
    let trunk = tools.step("trunk").args(trunk).args(["--release=false", "--cargo-profile=release"]).in_dir(root);
    step("Building the panel (about 1 minute; 4 the first time)", setup::small_std(trunk))?;

    let (dist, split) = (root.join("dist"), root.join("target/split"));
    let whole = root.join("target").join(setup::WASM).join("release/log_backup_panel.wasm");
    fs::create_dir_all(&split).map_err(file_failed(&split))?;
    let cut = tools.step("wasm-split-cli").args(["--target=web", "--out-name", PANEL]).args([&whole, &split]);
    step("Splitting the wasm", cut)?;
    let glue = tools.step("wasm-bindgen").args(["--target=web", "--no-typescript", "--keep-lld-exports"]);
    let glue = glue.args(["--out-name", PANEL]).args([split.join(format!("{PANEL}.wasm"))]);
    step("Making the glue", glue.arg_joined("--out-dir=", &split))?;

    let (wasm, script) = (split.join(format!("{PANEL}_bg.wasm")), split.join(format!("{PANEL}.js")));
    let short = names::shorten(&read(&wasm)?, &String::from_utf8_lossy(&read(&script)?));
    let (short_wasm, short_script) =
        short.ok_or_else(|| Failure::new("the glue is not as it used to be", "wasm-bindgen --version"))?;
    write(&wasm, &short_wasm)?;
    let exported = "export { laterStyle } from \"./__wasm_split.js\";\n";
    write(&script, format!("{short_script}{exported}").as_bytes())?;

    // wasm-bindgen writes its glue to be read; trunk's own minifier does not take it.
    let esbuild = || tools.step("esbuild").args(["--minify", "--allow-overwrite", "--log-level=warning"]);
    // Nearly all of their functions are called at once: V8 compiles them while they download, and not one by one when called
    // (<https://v8.dev/blog/explicit-compile-hints>).
    let scripting = || esbuild().args(["--format=esm", "--charset=utf8", "--banner:js=//# allFunctionsCalledOnLoad"]);
    let (first, second) = (dist.join(format!("{PANEL}_bg.wasm")), split.join("later.wasm"));
    optimize(root, tools, &wasm, &first)?;
    optimize(root, tools, &split.join("split_later.wasm"), &second)?;
    let style = split.join("later.css");
    let squeeze = esbuild().args([&root.join("style/later.css")]);
    step("Minifying the second stylesheet", squeeze.arg_joined("--outfile=", &style))?;
    write(&second, &names::with_section(read(&second)?, "style", &read(&style)?))?;
    let mut hasher = DefaultHasher::new();
    for file in [&first, &second] {
        read(file)?.hash(&mut hasher);
    }
    let name = format!("later-{:016x}.wasm", hasher.finish());
    write(&dist.join(&name), &read(&second)?)?;
    let loader = String::from_utf8_lossy(&read(&root.join("src/embed/later.js"))?).replace("LATER", &name);
    write(&split.join("__wasm_split.js"), loader.as_bytes())?;

    // The element and the glue in one file: a request less.
    let element = split.join(ELEMENT);
    write(&element, &read(&dist.join(ELEMENT))?)?;
    let bundle = scripting().args(["--bundle"]).args([&element]);
    step("Bundling the element", bundle.arg_joined("--outfile=", &dist.join(ELEMENT)))?;
    let (glue, snippets, page) = (dist.join(format!("{PANEL}.js")), dist.join("snippets"), dist.join("index.html"));
    fs::remove_file(&glue).map_err(file_failed(&glue))?;
    fs::remove_dir_all(&snippets).map_err(file_failed(&snippets))?;
    let html = String::from_utf8_lossy(&read(&page)?).into_owned();
    let without = html.replace(&format!("<link rel=\"modulepreload\" href=\"./{PANEL}.js\">"), "");
    if without == html {
        return Err(Failure::new("trunk's page does not preload the glue as it used to", "trunk --version"));
    }
    write(&page, without.as_bytes())?;
    let scripts = ["page.js", "overview.js", "alarm.js"].map(|name| dist.join(name));
    step("Minifying the scripts", scripting().args(scripts).arg_joined("--outdir=", &dist))
}

/// Makes the wasm `from` smaller, as `index.html` tells trunk to.
fn optimize(root: &Path, tools: &Tools, from: &Path, to: &Path) -> Result<(), Failure> {
    let page = String::from_utf8_lossy(&read(&root.join("index.html"))?).into_owned();
    let flags = page.split_once("data-wasm-opt-params=\"").and_then(|(_, rest)| rest.split('"').next());
    let flags =
        flags.ok_or_else(|| Failure::new("index.html has no data-wasm-opt-params", "git checkout index.html"))?;
    let optimize =
        tools.step("wasm-opt").args(["-Os"]).args(flags.split_whitespace()).args([from, Path::new("-o"), to]);
    step("Optimizing the wasm (up to 1 minute)", optimize)
}

fn build_preview(root: &Path, tools: &Tools) -> Result<PathBuf, Failure> {
    let cargo = tools.cargo(root).args(["build", "--locked", "--package", "preview"]);
    step("Building the preview server (about 1 minute the first time)", cargo)?;
    Ok(root.join("target/debug/preview"))
}

fn lint(root: &Path, tools: &Tools) -> Result<(), Failure> {
    step("Checking the format", tools.cargo(root).args(["fmt", "--all", "--check"]))?;
    let native = ["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"];
    step("Clippy, native", tools.cargo(root).args(native))?;
    let wasm = ["clippy", "--locked", "--all-targets", "--target", setup::WASM, "--", "-D", "warnings"];
    step("Clippy, wasm32", tools.cargo(root).args(wasm))
}

fn test(root: &Path) -> Result<(), Failure> {
    let tools = setup::for_test(root)?;
    lint(root, &tools)?;
    build(root, &tools)?;
    let preview = build_preview(root, &tools)?;
    size(root, &tools)?;
    pack(root, &tools)?;
    examples(root, &tools)?;
    step("Native tests", tools.cargo(root).args(["test", "--locked", "--workspace"]))?;
    let browser = tools.cargo(root).args(["test", "--locked", "--target", setup::WASM, "--test", "browser"]);
    step("Tests in a browser", browser)?;
    bench(root, &tools, &["--quick".to_owned()])?;
    let e2e = tools.step("npx").args(["playwright", "test"]).in_dir(&root.join("e2e")).env("PREVIEW", &preview);
    step("End-to-end tests on the built panel", e2e)
}

fn package(root: &Path, tools: &Tools) -> Result<(), Failure> {
    build(root, tools)?;
    pack(root, tools)
}

/// Makes the package of what is in dist/.
fn pack(root: &Path, tools: &Tools) -> Result<(), Failure> {
    let make = tools.step("node").args(["package/make.js", env!("CARGO_PKG_VERSION")]).in_dir(root);
    step("Making the npm package in target/package", make)
}

/// The examples that a bundler builds.
const BUNDLED: [&str; 4] = ["react", "react-19", "vue", "webpack"];

/// Installs the packed tarball into each of the [`BUNDLED`] examples, beside what its lock file names, and builds it.
fn examples(root: &Path, tools: &Tools) -> Result<(), Failure> {
    let tarball = root.join(format!("target/package/ocp-log-backup-panel-{}.tgz", env!("CARGO_PKG_VERSION")));
    for example in BUNDLED {
        let dir = root.join("examples").join(example);
        let install = tools.step("npm").args(["install", "--no-save", "--no-audit", "--no-fund"]).args([&tarball]);
        step(&format!("Installing the package into examples/{example} (about 10 seconds)"), install.in_dir(&dir))?;
        let build = tools.step("npm").args(["run", "build"]).in_dir(&dir);
        step(&format!("Building examples/{example}"), build)?;
    }
    Ok(())
}

fn fuzz(root: &Path, tools: &Tools, cases: Option<&String>) -> Result<(), Failure> {
    let cases = cases.map_or("200000", String::as_str);
    let tests = tools.cargo(root).args(["test", "--locked", "--profile", "fuzz", "--test", "native", "fuzz::"]);
    step(&format!("Fuzzing with {cases} inputs a target"), tests.env("PROPTEST_CASES", cases))
}

fn soak(root: &Path, turns: Option<&String>) -> Result<(), Failure> {
    let tools = setup::for_test(root)?;
    build(root, &tools)?;
    let preview = build_preview(root, &tools)?;
    let turns = turns.map_or("2000", String::as_str);
    let soak = tools.step("npx").args(["playwright", "test", "soak"]).in_dir(&root.join("e2e"));
    step(&format!("{turns} refreshes in one page"), soak.env("PREVIEW", &preview).env("SOAK_TURNS", turns))
}

/// Builds the peers and measures what is in dist/ beside them.
fn bench(root: &Path, tools: &Tools, options: &[String]) -> Result<(), Failure> {
    let dir = root.join("bench");
    for peer in ["js", "react"] {
        let at = dir.join(peer);
        let install = tools.step("npm").args(["ci", "--no-audit", "--no-fund"]).in_dir(&at);
        step(&format!("Installing what bench/{peer} needs (up to 1 minute)"), install)?;
        step(&format!("Building bench/{peer}"), tools.step("npm").args(["run", "build"]).in_dir(&at))?;
    }
    let run = tools.step("node").args(["run.js"]).arg_joined("--out=", &root.join("docs/performance.md"));
    step("Measuring (5 to 8 minutes a repetition; --quick under 1)", run.args(options).in_dir(&dir))
}

fn screenshots(root: &Path) -> Result<(), Failure> {
    let tools = setup::for_test(root)?;
    build(root, &tools)?;
    let preview = build_preview(root, &tools)?;
    let e2e = root.join("e2e");
    let pictures = tools.step("npx").args(["playwright", "test", "screens"]).in_dir(&e2e).env("PREVIEW", &preview);
    step("Taking pictures of every state (up to 4 minutes)", pictures.env("SCREENS", "all"))?;
    step("Putting them on one sheet", tools.step("node").args(["contact-sheet.js"]).in_dir(&e2e))
}

/// What a first visit may download, in bytes of brotli.
const BUDGET: u64 = 135_000;
/// What a first visit downloads.
const FIRST_VISIT: [&str; 5] = ["index.html", "page.css", "page.js", ELEMENT, "log-backup-panel_bg.wasm"];

fn size(root: &Path, tools: &Tools) -> Result<(), Failure> {
    let preview = build_preview(root, tools)?;
    step("Compressing", Step::new(&preview).args(["--compress"]).in_dir(root))?;
    let mut total = 0;
    for name in FIRST_VISIT {
        let path = root.join("dist").join(format!("{name}.br"));
        let bytes = path
            .metadata()
            .map_err(|error| Failure::new(format!("{} is missing: {error}", path.display()), "cargo xtask build"))?;
        println!("{:>8} {name}", bytes.len());
        total += bytes.len();
    }
    println!("{total:>8} bytes of brotli for a first visit, of {BUDGET} allowed");
    if total > BUDGET {
        return Err(Failure::new("the panel has outgrown its size budget", "cargo xtask size"));
    }
    Ok(())
}
