//! What must be on the machine before anything can be built: a list of things, each with how to see whether it is there, how to get it,
//! and what to type by hand. Nothing of the user's is overwritten, and nothing asks for more rights.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::debian;
use crate::remap;
use crate::run::{Failure, Step, step};
use crate::tools::{CARGO, CargoTool, NODE, NPM};

/// The target of the panel.
pub const WASM: &str = "wasm32-unknown-unknown";
/// How long rustup may take: where its server can't be reached it hangs instead of failing.
pub const RUSTUP_LIMIT: Duration = Duration::from_secs(90);
/// How long cargo-binstall may take to download a program, which takes seconds where it works.
const BINSTALL_LIMIT: Duration = Duration::from_mins(2);

/// Where programs are found, and the environment in which all of them run: one compiler for all builds of a target folder.
pub struct Tools {
    root: PathBuf,
    path: Vec<PathBuf>,
    env: Vec<(&'static str, OsString)>,
    is_root: bool,
}

impl Tools {
    /// The project's own programs, then those of the user's `PATH`.
    pub fn of(root: &Path) -> Self {
        let own = [root.join("target/tools/bin"), root.join("e2e/node_modules/.bin")];
        let system = env::var_os("PATH").unwrap_or_default();
        // Root may write there; nobody else may.
        let is_root = fs::metadata("/proc/self").is_ok_and(|me| {
            use std::os::unix::fs::MetadataExt;
            me.uid() == 0
        });
        // Debian has servers there, and leaves it out of the `PATH` of those who are not root.
        let path = own.into_iter().chain(env::split_paths(&system)).chain([PathBuf::from("/usr/sbin")]).collect();
        Self { root: root.to_owned(), path, env: Vec::new(), is_root }
    }

    /// Where `program` is.
    pub fn find(&self, program: &str) -> Option<PathBuf> {
        self.path.iter().map(|dir| dir.join(program)).find(|path| path.is_file())
    }

    /// Whether there is `program`.
    pub fn has(&self, program: &str) -> bool {
        self.find(program).is_some()
    }

    /// A step that runs `program` of this environment at the top of the checkout.
    pub fn step(&self, program: &str) -> Step {
        let path = env::join_paths(&self.path).unwrap_or_default();
        // Found here and not by the spawn, which looks in this process's own PATH.
        let step = Step::new(self.find(program).unwrap_or_else(|| program.into())).in_dir(&self.root).env("PATH", path);
        self.env.iter().fold(step, |step, (name, value)| step.env(name, value))
    }

    /// Sets a variable for all that runs from now on.
    pub fn set(&mut self, name: &'static str, value: impl Into<OsString>) {
        self.env.push((name, value.into()));
    }

    /// Looks in `dir` first, but for the project's own programs.
    pub fn prefer(&mut self, dir: &str) {
        self.path.insert(2.min(self.path.len()), dir.into());
    }

    /// Whether nothing may be skipped for want of a program: in CI, and where all can be installed.
    pub fn must_have_all(&self) -> bool {
        env::var_os("CI").is_some() || self.is_root && self.has("apt-get")
    }

    fn prints(&self, program: &str, args: &[&str]) -> String {
        self.step(program).args(args).output().unwrap_or_default()
    }
}

/// How to see whether something is there.
enum Check {
    /// A program that prints this version of itself.
    Version(&'static CargoTool),
    /// The packages of [`NPM`].
    Npm,
    /// Node.js of at least the version [`NODE`].
    Node,
    /// These programs answer to `--version`.
    Answers(&'static [&'static str]),
    /// nginx, and what makes certificates for it. Neither knows `--version` everywhere.
    Nginx,
    /// A server that tells its version by this word.
    Server(&'static str, &'static str),
    /// These programs are there. Not all of them know `--version`.
    There(&'static [&'static str]),
    /// The standard library for [`WASM`].
    Target,
}

impl Check {
    fn holds(&self, tools: &Tools) -> bool {
        match self {
            Self::Version(tool) => has_version(tools, tool),
            Self::Npm => NPM.iter().all(|(package, version)| {
                let manifest = tools.root.join("e2e/node_modules").join(package).join("package.json");
                fs::read_to_string(manifest).is_ok_and(|text| text.contains(&format!("\"version\": \"{version}\"")))
            }),
            Self::Node => {
                let version = tools.prints("node", &["--version"]);
                let major = version.trim().trim_start_matches('v').split('.').next().map(str::parse::<u32>);
                matches!(major, Some(Ok(major)) if major >= NODE) && tools.has("npm")
            }
            Self::Answers(programs) => {
                programs.iter().all(|program| tools.step(program).args(["--version"]).succeeds())
            }
            Self::Nginx => {
                tools.step("nginx").args(["-v"]).succeeds() && tools.step("openssl").args(["version"]).succeeds()
            }
            Self::Server(program, version) => tools.step(program).args([version]).succeeds(),
            Self::There(programs) => programs.iter().all(|program| tools.has(program)),
            Self::Target => has_target(tools),
        }
    }
}

/// Whether `tool` of the right version is there: by its own word, or, of one that has none, by cargo's.
fn has_version(tools: &Tools, tool: &CargoTool) -> bool {
    let Some(program) = tools.find(tool.program) else { return false };
    let said = tools.prints(tool.program, &["--version"]);
    if said.split_whitespace().nth(1) == Some(tool.version) {
        return true;
    }
    let list = program.parent().and_then(Path::parent).map(|dir| dir.join(".crates.toml"));
    let list = list.and_then(|list| fs::read_to_string(list).ok()).unwrap_or_default();
    list.contains(&format!("\"{} {} (", tool.package, tool.version))
}

fn has_target(tools: &Tools) -> bool {
    let lib = tools.prints("rustc", &["--print", "target-libdir", "--target", WASM]);
    let files = fs::read_dir(lib.trim()).into_iter().flatten().flatten();
    files.into_iter().any(|file| file.file_name().to_string_lossy().starts_with("libstd-"))
}

/// One way to get something: a command, and how long it may take.
#[derive(Debug, PartialEq, Eq)]
struct Way {
    command: Vec<String>,
    limit: Option<Duration>,
}

impl Way {
    fn new(command: &[&str]) -> Self {
        Self { command: command.iter().map(|&word| word.to_owned()).collect(), limit: None }
    }

    fn within(self, limit: Duration) -> Self {
        Self { limit: Some(limit), ..self }
    }
}

/// Something that must be there.
struct Thing {
    name: String,
    /// How long it takes to get.
    takes: &'static str,
    check: Check,
    /// Ways to get it. The first that succeeds ends the search.
    ways: Vec<Way>,
    /// What to type where no way leads there.
    by_hand: String,
}

/// What a command needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// To build and lint.
    Build,
    /// To run the tests in browsers as well.
    Test,
}

/// Installs what `need` lacks.
pub fn set_up(root: &Path, need: Need) -> Result<Tools, Failure> {
    let mut tools = Tools::of(root);
    if get(&tools, &target(&tools)).is_err() {
        // The way for machines where rustup can't fetch.
        debian::set_up(root, &mut tools)?;
    }
    remap::write(root, &tools)?;
    for thing in things(&tools, need) {
        get(&tools, &thing)?;
    }
    if need == Need::Test {
        for thing in further_browsers(&tools) {
            if let Err(failure) = get(&tools, &thing) {
                if tools.must_have_all() {
                    return Err(failure);
                }
                println!("==> Skipped: what needs {} ({failure})", thing.name);
            }
        }
        let driver = tools.find("chromedriver").unwrap_or_default();
        tools.set("CHROMEDRIVER", driver);
        tools.set("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    }
    Ok(tools)
}

/// Installs `tool`, which only one command needs.
pub fn install(tools: &Tools, tool: &'static CargoTool) -> Result<(), Failure> {
    get(tools, &cargo_tool(tools, tool))
}

fn get(tools: &Tools, thing: &Thing) -> Result<(), Failure> {
    if thing.check.holds(tools) {
        return Ok(());
    }
    let mut why = "it is not there, and no way to get it is known here".to_owned();
    for Way { command, limit } in &thing.ways {
        let Some((program, args)) = command.split_first() else { continue };
        let run = tools.step(program).args(args).limit(*limit);
        match step(&format!("Getting {} ({})", thing.name, thing.takes), run) {
            Ok(()) if thing.check.holds(tools) => return Ok(()),
            Ok(()) => why = format!("“{}” did not bring it", command.join(" ")),
            Err(failure) => why = failure.to_string(),
        }
        eprintln!("    {why}");
    }
    Err(Failure::new(format!("this machine lacks {}: {why}", thing.name), thing.by_hand.clone()))
}

fn target(tools: &Tools) -> Thing {
    let add = format!("rustup target add {WASM}");
    let way = Way::new(&["rustup", "target", "add", WASM]).within(RUSTUP_LIMIT);
    // Where Debian's set is complete, rustup was asked before and could not.
    let ways = if tools.has("rustup") && !debian::is_complete() { vec![way] } else { Vec::new() };
    Thing { name: format!("the target {WASM}"), takes: "seconds", check: Check::Target, ways, by_hand: add }
}

/// What is needed besides the compiler, in the order in which it is installed.
fn things(tools: &Tools, need: Need) -> Vec<Thing> {
    let lints = Thing {
        name: "rustfmt and clippy".to_owned(),
        takes: "seconds",
        check: Check::Answers(&["cargo-fmt", "cargo-clippy"]),
        ways: vec![Way::new(&["rustup", "component", "add", "rustfmt", "clippy"]).within(RUSTUP_LIMIT)],
        by_hand: "rustup component add rustfmt clippy".to_owned(),
    };
    let node = Thing {
        name: format!("Node.js {NODE} or later with npm"),
        takes: "",
        check: Check::Node,
        ways: Vec::new(),
        by_hand: format!("install Node.js {NODE}, see https://nodejs.org/"),
    };
    let npm = Thing {
        name: "wasm-opt, esbuild and Playwright".to_owned(),
        takes: "10 seconds",
        check: Check::Npm,
        ways: vec![Way::new(&["npm", "ci", "--prefix", "e2e", "--no-audit", "--no-fund"])],
        by_hand: "npm ci --prefix e2e".to_owned(),
    };
    let mut things = vec![lints, node, npm];
    things.extend(CARGO.iter().map(|tool| cargo_tool(tools, tool)));
    if need == Need::Test {
        things.extend([chromium(tools), nginx(tools), caddy(tools)]);
    }
    things
}

/// Downloaded where cargo-binstall is there and can, else compiled; into the project, and never over the user's own.
fn cargo_tool(tools: &Tools, tool: &'static CargoTool) -> Thing {
    let CargoTool { package, version, .. } = *tool;
    let into = tools.root.join("target/tools").display().to_string();
    let named = format!("{package}@{version}");
    let download = ["cargo-binstall", "--no-confirm", "--disable-strategies", "compile", "--root", &into, &named];
    let features = tool.features.join(",");
    let mut compile = vec!["cargo", "install", "--root", &into, &named];
    if tool.locked {
        compile.push("--locked");
    }
    if !features.is_empty() {
        compile.extend(["--features", &features]);
    }
    let by_hand = compile.join(" ");
    let mut ways = vec![Way::new(&compile)];
    if tools.has("cargo-binstall") {
        ways.insert(0, Way::new(&download).within(BINSTALL_LIMIT));
    }
    Thing {
        name: format!("{} {version}", tool.program),
        takes: tool.minutes,
        check: Check::Version(tool),
        ways,
        by_hand,
    }
}

/// Debian's packages, where this is root; else what to type: nothing here asks for a password.
fn chromium(tools: &Tools) -> Thing {
    let packages = ["chromium", "chromium-driver", "fonts-noto-cjk"];
    let check = Check::Answers(&["chromium", "chromedriver"]);
    installed(tools, "Chromium with its driver and fonts", check, &packages, "put chromium and chromedriver into PATH")
}

/// What Debian's `packages` bring, once they are installed. `elsewhere` is what to do where there is no Debian.
fn installed(tools: &Tools, name: &str, check: Check, packages: &[&str], elsewhere: &str) -> Thing {
    let install = debian::apt_get(packages);
    let (ways, by_hand) = match (tools.has("apt-get"), tools.is_root) {
        (true, true) => (vec![Way::new(&["sh", "-c", &install])], install),
        (true, false) => (Vec::new(), format!("sudo sh -c '{install}'")),
        (false, _) => (Vec::new(), elsewhere.to_owned()),
    };
    Thing { name: name.to_owned(), takes: "1 minute", check, ways, by_hand }
}

/// Debian's package, unpacked: installed, it would start a server on port 80. Where it lacks a library, and this is root, installed after all.
fn nginx(tools: &Tools) -> Thing {
    let (unpack, install) = (debian::unpack("nginx", "usr/sbin"), debian::apt_get(&["nginx-light", "openssl"]));
    let way = |line: &str| Way::new(&["sh", "-c", line]);
    let (ways, by_hand) = match (tools.has("apt-get"), tools.is_root) {
        (true, true) => (vec![way(&format!("apt-get update -q && {unpack}")), way(&install)], install),
        (true, false) => (vec![way(&unpack)], format!("sudo sh -c '{install}'")),
        (false, _) => {
            (Vec::new(), "put nginx (with its modules for SSL and gzip_static) and openssl into PATH".to_owned())
        }
    };
    let name = "nginx and openssl, for deploy/nginx.conf".to_owned();
    Thing { name, takes: "seconds", check: Check::Nginx, ways, by_hand }
}

/// Debian's package, unpacked for the same reason. It is one file that needs no library.
fn caddy(tools: &Tools) -> Thing {
    let unpack = debian::unpack("caddy", "usr/bin");
    let (ways, by_hand) = match (tools.has("apt-get"), tools.is_root) {
        (true, true) => (vec![Way::new(&["sh", "-c", &format!("apt-get update -q && {unpack}")])], unpack),
        (true, false) => (vec![Way::new(&["sh", "-c", &unpack])], unpack),
        (false, _) => (Vec::new(), "put caddy into PATH".to_owned()),
    };
    let name = "Caddy, for deploy/Caddyfile".to_owned();
    Thing { name, takes: "seconds", check: Check::Server("caddy", "version"), ways, by_hand }
}

/// The browsers that the smoke tests run in beside those that npm brings. A machine without them skips these tests.
fn further_browsers(tools: &Tools) -> [Thing; 2] {
    let webkit = Check::There(&["WebKitWebDriver", "Xvfb"]);
    [
        installed(tools, "Firefox ESR", Check::There(&["firefox-esr"]), &["firefox-esr"], "put firefox-esr into PATH"),
        installed(
            tools,
            "WebKitGTK with its driver, and Xvfb",
            webkit,
            &["webkit2gtk-driver", "xvfb"],
            "put WebKitWebDriver and Xvfb into PATH",
        ),
    ]
}

#[cfg(test)]
pub mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A machine whose programs are these shell scripts, in a folder of the test `name`.
    pub fn machine(name: &str, programs: &[(&str, &str)], is_root: bool) -> Tools {
        let root = env::temp_dir().join(format!("xtask-{}-{name}", std::process::id()));
        _ = fs::remove_dir_all(&root);
        let bin = root.join("usr/bin");
        fs::create_dir_all(&bin).unwrap();
        for (program, script) in programs {
            let path = bin.join(program);
            fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        let path = vec![root.join("target/tools/bin"), root.join("e2e/node_modules/.bin"), bin];
        Tools { root, path, env: Vec::new(), is_root }
    }

    fn trunk() -> &'static CargoTool {
        &CARGO[0]
    }

    /// A `cargo install` that brings a trunk of the right version, and tells what it was called with.
    fn cargo() -> String {
        let trunk = format!("echo '#!/bin/sh\necho trunk {}' > target/tools/bin/trunk", trunk().version);
        let write = "PATH=/usr/bin:/bin; mkdir -p target/tools/bin";
        format!("{write}; {trunk}; chmod +x target/tools/bin/trunk; echo \"$@\" > called")
    }

    #[test]
    fn the_right_version_is_left_alone_and_another_is_not_overwritten() {
        let right = format!("echo trunk {}", trunk().version);
        let tools = machine("right", &[("trunk", &right), ("cargo", "exit 1")], false);
        assert_eq!(get(&tools, &cargo_tool(&tools, trunk())), Ok(()));

        let tools = machine("wrong", &[("trunk", "echo trunk 0.20.0"), ("cargo", &cargo())], false);
        assert_eq!(get(&tools, &cargo_tool(&tools, trunk())), Ok(()));
        let called = fs::read_to_string(tools.root.join("called")).unwrap();
        assert!(called.starts_with("install --root ") && called.contains("/target/tools trunk@"), "{called}");
        assert!(fs::read_to_string(tools.root.join("usr/bin/trunk")).unwrap().contains("0.20.0"));
    }

    #[test]
    fn a_download_that_fails_is_followed_by_compiling() {
        let programs = [("cargo-binstall", "exit 94"), ("cargo", &*cargo())];
        let tools = machine("binstall", &programs, false);
        let thing = cargo_tool(&tools, trunk());
        assert_eq!(thing.ways.iter().map(|way| &*way.command[0]).collect::<Vec<_>>(), ["cargo-binstall", "cargo"]);
        assert_eq!(get(&tools, &thing), Ok(()));
    }

    #[test]
    fn what_an_installation_did_not_bring_is_said() {
        let tools = machine("nothing", &[("cargo", "exit 0")], false);
        let failure = get(&tools, &cargo_tool(&tools, trunk())).unwrap_err().to_string();
        assert!(failure.contains("did not bring it"), "{failure}");
        assert!(failure.contains("By hand: cargo install --root"), "{failure}");
    }

    #[test]
    fn a_tool_that_tells_no_version_is_known_by_cargos_list() {
        let split = &CARGO[2];
        let tools = machine("list", &[("wasm-split-cli", "exit 2")], false);
        assert!(!has_version(&tools, split));
        let list = format!("[v1]\n\"{} {} (registry+x)\" = []\n", split.package, split.version);
        fs::write(tools.root.join("usr/.crates.toml"), list).unwrap();
        assert!(has_version(&tools, split));
    }

    #[test]
    fn nothing_asks_for_more_rights() {
        for (programs, is_root, ways, typed) in [
            (&[("apt-get", "")][..], true, 1, "apt-get update"),
            (&[("apt-get", ""), ("sudo", "")][..], false, 0, "sudo sh -c 'apt-get update"),
            (&[("brew", "")][..], false, 0, "put chromium and chromedriver into PATH"),
        ] {
            let thing = chromium(&machine("rights", programs, is_root));
            assert_eq!(thing.ways.len(), ways);
            assert!(thing.by_hand.starts_with(typed), "{}", thing.by_hand);
            // Nor for an answer.
            let silent = "DEBIAN_FRONTEND=noninteractive apt-get install";
            assert!(thing.ways.iter().all(|way| way.command.join(" ").contains(silent)));
        }
        for (programs, is_root, ways, typed) in [
            (&[("apt-get", "")][..], true, 2, "apt-get update"),
            (&[("apt-get", ""), ("sudo", "")][..], false, 1, "sudo sh -c 'apt-get update"),
            (&[("brew", "")][..], false, 0, "put nginx"),
        ] {
            let thing = nginx(&machine("rights-nginx", programs, is_root));
            assert_eq!(thing.ways.len(), ways);
            assert!(thing.by_hand.starts_with(typed), "{}", thing.by_hand);
            // Unpacked it starts no server, so that comes first.
            assert!(thing.ways.first().is_none_or(|way| !way.command.join(" ").contains("install")));
        }
        for (programs, is_root, ways, unpacked) in [
            (&[("apt-get", "")][..], true, 1, 1),
            (&[("apt-get", ""), ("sudo", "")][..], false, 0, 1),
            (&[("brew", "")][..], false, 0, 0),
        ] {
            let tools = machine("rights-further", programs, is_root);
            for thing in further_browsers(&tools) {
                assert_eq!(thing.ways.len(), ways, "{}", thing.name);
                assert!(!thing.by_hand.is_empty());
            }
            // Unpacked, Caddy needs no root.
            assert_eq!(caddy(&tools).ways.len(), unpacked);
        }
        let tools = machine("all", &[("sudo", ""), ("rustup", ""), ("cargo-binstall", "")], false);
        let ways = things(&tools, Need::Test).into_iter().flat_map(|thing| thing.ways);
        assert!(ways.into_iter().all(|way| way.command.iter().all(|word| !word.contains("sudo"))));
    }

    #[test]
    fn an_old_or_missing_node_is_said() {
        for (programs, holds) in [
            (&[("node", "echo v20.1.0"), ("npm", "")][..], true),
            (&[("node", "echo v18.19.1"), ("npm", "")][..], false),
            (&[("node", "echo v22.0.0")][..], false),
            (&[][..], false),
        ] {
            assert_eq!(Check::Node.holds(&machine("node", programs, false)), holds, "{programs:?}");
        }
    }

    #[test]
    fn nginx_is_unpacked_where_there_is_none() {
        let unpacked = "echo '#!/bin/sh' > nginx_1.deb";
        let dpkg = "PATH=/usr/bin:/bin; mkdir -p $3/usr/sbin; cp $2 $3/usr/sbin/nginx; chmod +x $3/usr/sbin/nginx";
        let system = ["mkdir", "rm", "ln"].map(|name| (name, format!("exec /bin/{name} \"$@\"")));
        let mut programs = vec![
            ("apt-get", unpacked),
            ("dpkg-deb", dpkg),
            ("openssl", "[ $1 = version ]"),
            ("sh", "exec /bin/sh \"$@\""),
        ];
        programs.extend(system.iter().map(|(name, script)| (*name, &**script)));
        let tools = machine("nginx", &programs, false);
        assert!(!Check::Nginx.holds(&tools));
        assert_eq!(get(&tools, &nginx(&tools)), Ok(()));
        assert!(
            tools.root.join("target/tools/bin/nginx").is_file()
                && !tools.root.join("target/tools/nginx_1.deb").exists()
        );
    }

    #[test]
    fn the_target_is_asked_of_rustup_only_where_there_is_one() {
        assert_eq!(target(&machine("no-rustup", &[], true)).ways, []);
        let thing = target(&machine("rustup", &[("rustup", "")], true));
        assert_eq!(thing.ways, [Way::new(&["rustup", "target", "add", WASM]).within(RUSTUP_LIMIT)]);
    }
}
