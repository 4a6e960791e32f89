//! `cargo xtask …`: every command of the project, the same locally and in CI.

mod audit;
mod debian;
mod dev;
mod forward;
mod glue;
#[path = "../../build/locales.rs"]
mod locales;
mod order;
mod release;
mod remap;
mod run;
mod setup;
mod tools;
mod version;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use run::{Failure, Step, step};
use setup::{Need, Tools, WASM, install, set_up};
use tools::MUTANTS;
use version::{VERSION, agrees_with_tag};

/// A command: its name, what follows it, what it does, and how.
struct Command {
    name: &'static str,
    takes: &'static str,
    does: &'static str,
    run: fn(&Path, &[String]) -> Result<(), Failure>,
}

const fn command(
    name: &'static str,
    takes: &'static str,
    does: &'static str,
    run: fn(&Path, &[String]) -> Result<(), Failure>,
) -> Command {
    Command { name, takes, does, run }
}

const COMMANDS: [Command; 18] = [
    command("dev", "[--ocp URL]", "develop: rebuild and reload at each change, with a simulated cluster", dev),
    command("demo", "", "build the release and show it with a simulated cluster", demo),
    command(
        "test",
        "",
        "set up, then run every check: format, lints, native, browser and end-to-end tests, size",
        test,
    ),
    command("serve", "--ocp URL", "show the release in front of a real OCP (see README.md)", serve),
    command("build", "", "set up, then `trunk build --release` into dist/", |root, _| {
        built(root, Need::Build).map(|_| ())
    }),
    command(
        "lint",
        "",
        "format check, clippy for this machine and for wasm32, and known holes of what it is built of",
        |root, _| lint(root, &set_up(root, Need::Build)?),
    ),
    command(
        "smoke",
        "[BROWSER…]",
        "build the release and play the smoke tests in Firefox ESR, Chromium 109 and WebKitGTK",
        |root, rest| {
            let tools = built(root, Need::Test)?;
            smoke(root, &tools, &build_preview(root, &tools)?, rest)
        },
    ),
    command(
        "package",
        "",
        "build the release, and make the npm package and the archive of the site in target/package",
        |root, _| package(root).map(|_| ()),
    ),
    command("examples", "", "make the package, and build the examples that need a bundler with it", |root, _| {
        examples(root, &package(root)?)
    }),
    command("facts", "", "write the tables of docs/embedding.md anew from package/element.json", facts),
    command(
        "fuzz",
        "[CASES]",
        "fuzz decode, time, range, redact and config with that many inputs each (200,000)",
        fuzz,
    ),
    command(
        "mutants",
        "[FILE-GLOB]",
        "change the pure code in one place at a time, and list the changes that no native test notices",
        mutants,
    ),
    command(
        "soak",
        "[TURNS]",
        "refresh that often (2,000) with changing data and faults, and watch memory and timers",
        soak,
    ),
    command("screenshots", "", "pictures of every state, on one sheet in e2e/test-results/screens", screenshots),
    command(
        "bench",
        "[OPTIONS]",
        "measure beside two peers and write docs/performance.md; --quick: only what no machine's speed changes",
        |root, rest| bench(root, &built(root, Need::Test)?, rest),
    ),
    command("size", "", "the bytes that a first visit downloads", |root, _| size(root, &set_up(root, Need::Build)?)),
    command("pre-build", "", "what trunk's hook calls before a build", |root, _| remap::write(root, &Tools::of(root))),
    command("post-build", "", "what trunk's hook calls at the end of a build", |root, _| release::post_build(root)),
];

fn main() -> ExitCode {
    let mut args = env::args().skip(1);
    let name = args.next().unwrap_or_default();
    let rest: Vec<String> = args.collect();
    let ended = match COMMANDS.iter().find(|command| command.name == name) {
        Some(command) => root().and_then(|root| (command.run)(&root, &rest)),
        None if ["", "help", "--help", "-h"].contains(&&*name) => {
            println!("{}", help());
            Ok(())
        }
        None => Err(Failure::new(format!("there is no command “{name}”"), "cargo xtask help")),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn help() -> String {
    let line = |Command { name, takes, does, .. }: &Command| format!("\n  {:<20} {does}", format!("{name} {takes}"));
    format!("cargo xtask <command>\n{}", COMMANDS.iter().map(line).collect::<String>())
}

/// The top of the checkout.
fn root() -> Result<PathBuf, Failure> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(Path::to_path_buf).ok_or_else(|| Failure::new("the project has no top folder", "git clone"))
}

fn dev(root: &Path, rest: &[String]) -> Result<(), Failure> {
    let tools = set_up(root, Need::Build)?;
    dev::run(root, &tools, &build_preview(root, &tools)?, rest)
}

fn demo(root: &Path, rest: &[String]) -> Result<(), Failure> {
    let tools = built(root, Need::Build)?;
    let preview = build_preview(root, &tools)?;
    step("Showing the demo", Step::new(&preview).args(rest).in_dir(root).foreground())
}

fn serve(root: &Path, rest: &[String]) -> Result<(), Failure> {
    if !rest.iter().any(|arg| arg == "--ocp") {
        let by_hand = "cargo xtask serve --ocp https://ocp.example.com";
        return Err(Failure::new("serve needs the address of an OCP", by_hand));
    }
    demo(root, rest)
}

/// Sets up for `need` and builds the release.
fn built(root: &Path, need: Need) -> Result<Tools, Failure> {
    let tools = set_up(root, need)?;
    build(&tools, "dist")?;
    Ok(tools)
}

/// Builds the release into `dist`, as `trunk build --release` does by itself.
fn build(tools: &Tools, dist: &str) -> Result<(), Failure> {
    // It asks the network whether there is a newer trunk.
    let trunk = tools.step("trunk").env("TRUNK_SKIP_VERSION_CHECK", "true");
    step("Building the panel (2 minutes; 4 the first time)", trunk.args(["build", "--release", "--dist", dist]))
}

fn build_preview(root: &Path, tools: &Tools) -> Result<PathBuf, Failure> {
    let cargo = tools.step("cargo").args(["build", "--locked", "--package", "preview"]);
    step("Building the preview server (about 1 minute the first time)", cargo)?;
    Ok(root.join("target/debug/preview"))
}

fn lint(root: &Path, tools: &Tools) -> Result<(), Failure> {
    step("Checking the format", tools.step("cargo").args(["fmt", "--all", "--check"]))?;
    let native = ["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"];
    step("Clippy, native", tools.step("cargo").args(native))?;
    let wasm = ["clippy", "--locked", "--all-targets", "--target", WASM, "--", "-D", "warnings"];
    step("Clippy, wasm32", tools.step("cargo").args(wasm))?;
    audit::audit(root, tools)
}

fn test(root: &Path, _: &[String]) -> Result<(), Failure> {
    let tools = set_up(root, Need::Test)?;
    lint(root, &tools)?;
    build(&tools, "dist")?;
    same_as_trunk(root, &tools)?;
    let preview = build_preview(root, &tools)?;
    size(root, &tools)?;
    pack(&tools)?;
    examples(root, &tools)?;
    step("Native tests", tools.step("cargo").args(["test", "--locked", "--workspace"]))?;
    browser_tests(root, &tools)?;
    bench(root, &tools, &["--quick".to_owned()])?;
    playwright(root, &tools, &preview, "End-to-end tests on the built panel", &[], None)?;
    smoke(root, &tools, &preview, &[])
}

/// Plays the tests that wasm-bindgen's runner brings into a browser, which reaches the runner's server through a proxy (`forward.rs`).
fn browser_tests(root: &Path, tools: &Tools) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::new(format!("the proxy of the tests: {error}"), "cargo xtask test");
    let proxy = forward::start().map_err(failed)?;
    let capabilities = fs::read_to_string(root.join("webdriver.json")).map_err(failed)?;
    let flags = format!("\"args\": [\"--proxy-server=http://{proxy}\", \"--proxy-bypass-list=<-loopback>\",");
    let with_proxy = root.join("target/webdriver.json");
    fs::write(&with_proxy, capabilities.replace("\"args\": [", &flags)).map_err(failed)?;
    let browser = tools.step("cargo").args(["test", "--locked", "--target", WASM, "--test", "browser"]);
    step("Tests in a browser", browser.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", with_proxy))
}

/// Plays the smoke tests in the browsers that Playwright does not drive, all of them without `browsers`.
fn smoke(root: &Path, tools: &Tools, preview: &Path, browsers: &[String]) -> Result<(), Failure> {
    let run =
        tools.step("node").args(["smoke/run.js"]).args(browsers).in_dir(&root.join("e2e")).env("PREVIEW", preview);
    let run = if tools.must_have_all() { run.env("SMOKE_ALL", "1") } else { run };
    step("Smoke tests in Firefox ESR, Chromium 109, WebKitGTK and an older browser (2 to 4 minutes)", run)
}

/// What the README promises: plain `trunk build --release` makes what ships.
fn same_as_trunk(root: &Path, tools: &Tools) -> Result<(), Failure> {
    let plain = "target/plain-trunk";
    step("Building once more with plain trunk", tools.step("trunk").args(["build", "--release", "--dist", plain]))?;
    match release::difference(&root.join("dist"), &root.join(plain))? {
        Some(name) => Err(Failure::new(
            format!("`trunk build --release` makes another {name} than `cargo xtask build`"),
            "diff -r dist target/plain-trunk",
        )),
        None => Ok(()),
    }
}

fn package(root: &Path) -> Result<Tools, Failure> {
    agrees_with_tag(root)?;
    let tools = built(root, Need::Build)?;
    compress(root, &build_preview(root, &tools)?)?;
    pack(&tools)?;
    Ok(tools)
}

/// Makes the package and the archive of what is in dist/, with its compressed copies.
fn pack(tools: &Tools) -> Result<(), Failure> {
    step("Making the npm package in target/package", tools.step("node").args(["package/make.js", VERSION]))?;
    step("Making the archive of the site there", tools.step("node").args(["package/site.js", VERSION]))
}

/// Writes .br and .gz beside each file in dist/.
fn compress(root: &Path, preview: &Path) -> Result<(), Failure> {
    step("Compressing", Step::new(preview).args(["--compress"]).in_dir(root))
}

fn facts(root: &Path, _: &[String]) -> Result<(), Failure> {
    step("Writing the tables of docs/embedding.md", Tools::of(root).step("node").args(["package/facts.mjs", "--write"]))
}

/// The examples that a bundler builds.
const BUNDLED: [&str; 8] = ["angular", "jquery", "micro-frontends", "react", "react-19", "svelte", "vue", "webpack"];

/// Installs the packed tarball into each of the [`BUNDLED`] examples, beside what its lock file names, and builds it.
fn examples(root: &Path, tools: &Tools) -> Result<(), Failure> {
    let tarball = root.join(format!("target/package/ocp-log-backup-panel-{VERSION}.tgz"));
    for example in BUNDLED {
        let dir = root.join("examples").join(example);
        let install = tools.step("npm").args(["install", "--no-save", "--no-audit", "--no-fund"]).args([&tarball]);
        step(&format!("Installing the package into examples/{example} (about 10 seconds)"), install.in_dir(&dir))?;
        let build = tools.step("npm").args(["run", "build"]).in_dir(&dir);
        step(&format!("Building examples/{example}"), build)?;
    }
    Ok(())
}

fn fuzz(root: &Path, rest: &[String]) -> Result<(), Failure> {
    let tools = set_up(root, Need::Build)?;
    let cases = rest.first().map_or("200000", String::as_str);
    let tests = tools.step("cargo").args(["test", "--locked", "--profile", "fuzz", "--test", "native", "fuzz::"]);
    step(&format!("Fuzzing with {cases} inputs a target"), tests.env("PROPTEST_CASES", cases))
}

/// The code that the native tests are for.
const PURE: [&str; 4] = ["src/domain/**", "src/api/**", "src/state/**", "src/text/**"];

/// Changes the files of `rest`, else those of [`PURE`]. `.cargo/mutants.toml` says without which, and which tests judge. What comes of it
/// is listed in target/mutants.out.
fn mutants(root: &Path, rest: &[String]) -> Result<(), Failure> {
    let tools = set_up(root, Need::Build)?;
    install(&tools, &MUTANTS)?;
    let globs = if rest.is_empty() { PURE.map(str::to_owned).to_vec() } else { rest.to_vec() };
    let files = globs.iter().flat_map(|glob| ["--file", glob]);
    let run = tools.step("cargo").args(["mutants", "--output", "target"]).args(files);
    // The sources are changed in a copy, and the packages that they need are built once for all copies.
    let run = run.env("CARGO_TARGET_DIR", root.join("target/mutants"));
    // The same few fuzzing inputs for each mutant, so that chance catches none.
    let run = run.env("PROPTEST_CASES", "100").env("PROPTEST_RNG_SEED", "1");
    step("Testing mutants (5 seconds each; without FILE-GLOB 3 hours)", run)
}

/// Plays the end-to-end tests that `filter` names, all without it, against the preview server at `preview`.
fn playwright(
    root: &Path,
    tools: &Tools,
    preview: &Path,
    what: &str,
    filter: &[&str],
    env: Option<(&str, &str)>,
) -> Result<(), Failure> {
    let tests = tools.step("playwright").args(["test"]).args(filter).in_dir(&root.join("e2e")).env("PREVIEW", preview);
    step(what, env.into_iter().fold(tests, |tests, (name, value)| tests.env(name, value)))
}

fn soak(root: &Path, rest: &[String]) -> Result<(), Failure> {
    let tools = built(root, Need::Test)?;
    let preview = build_preview(root, &tools)?;
    let turns = rest.first().map_or("2000", String::as_str);
    let what = format!("{turns} refreshes in one page");
    playwright(root, &tools, &preview, &what, &["soak"], Some(("SOAK_TURNS", turns)))
}

/// Builds the peers and measures what is in dist/ beside them.
fn bench(root: &Path, tools: &Tools, options: &[String]) -> Result<(), Failure> {
    let dir = root.join("bench");
    step("Testing what the benchmark reckons", tools.step("node").args(["--test"]).in_dir(&dir))?;
    for peer in ["js", "react"] {
        let at = dir.join(peer);
        let install = tools.step("npm").args(["ci", "--no-audit", "--no-fund"]).in_dir(&at);
        step(&format!("Installing what bench/{peer} needs (up to 1 minute)"), install)?;
        step(&format!("Building bench/{peer}"), tools.step("npm").args(["run", "build"]).in_dir(&at))?;
    }
    let run = tools.step("node").args(["run.js"]).arg_joined("--out=", &root.join("docs/performance.md"));
    step("Measuring (5 to 7 minutes a repetition, of 7; --quick under 1)", run.args(options).in_dir(&dir))
}

fn screenshots(root: &Path, _: &[String]) -> Result<(), Failure> {
    let tools = built(root, Need::Test)?;
    let preview = build_preview(root, &tools)?;
    let what = "Taking pictures of every state (up to 4 minutes)";
    playwright(root, &tools, &preview, what, &["screens"], Some(("SCREENS", "all")))?;
    let others = tools.step("node").args(["smoke/pictures.js"]).in_dir(&root.join("e2e")).env("PREVIEW", &preview);
    step("Taking pictures in Firefox ESR, Chromium 109 and WebKitGTK (1 minute)", others)?;
    step("Putting them on one sheet", tools.step("node").args(["contact-sheet.js"]).in_dir(&root.join("e2e")))
}

/// What a first visit may download, in bytes of brotli. The file holds a number, which the end-to-end test reads, too.
const BUDGET: u64 = 1000 * include!("../../e2e/first-visit-kb");
/// What a first visit downloads.
const FIRST_VISIT: [&str; 6] =
    ["index.html", "page.css", "page.js", "ocp-log-backup-panel.js", "en-US.txt", "log-backup-panel_bg.wasm"];

fn size(root: &Path, tools: &Tools) -> Result<(), Failure> {
    compress(root, &build_preview(root, tools)?)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_names_every_command_once() {
        let help = help();
        for Command { name, does, .. } in COMMANDS {
            assert!(help.contains(&format!("\n  {name} ")) && help.contains(does), "{name}");
            assert_eq!(COMMANDS.iter().filter(|other| other.name == name).count(), 1, "{name}");
        }
    }

    #[test]
    fn a_first_visit_is_what_the_end_to_end_test_sees_and_the_documents_say() {
        let mut paths = FIRST_VISIT.map(|name| if name == "index.html" { "/".to_owned() } else { format!("/{name}") });
        paths.sort();
        let (test, list) = (include_str!("../../e2e/panel.spec.js"), format!("{paths:?}"));
        assert!(test.contains(list.trim_matches(['[', ']'])), "{list}");
        assert!(test.contains("\"first-visit-kb\""));
        let kilobytes = format!("{} kB", BUDGET / 1000);
        assert!(include_str!("../../README.md").contains(&format!("fails over {kilobytes}")));
        assert!(include_str!("../../ARCHITECTURE.md").contains(&format!("A first visit may take {kilobytes}")));
    }
}
