//! What others have found in what the project is built of: known holes, and licences or sources that `deny.toml` does not allow.
//!
//! Each check needs what not every machine has, a program or a database that somebody else keeps. Where it is missing, the check is
//! skipped and says so: no network must fail no build, and nothing must pass in silence.

use std::path::Path;
use std::time::Duration;

use crate::run::{Failure, Step, step};
use crate::setup::Tools;

/// How long the database of `RustSec` may take, which is cloned the first time.
const DATABASE_LIMIT: Duration = Duration::from_mins(1);

/// Every lock file of npm.
const NPM: [&str; 11] = [
    "e2e",
    "bench/js",
    "bench/react",
    "examples/angular",
    "examples/jquery",
    "examples/micro-frontends",
    "examples/react",
    "examples/react-19",
    "examples/svelte",
    "examples/vue",
    "examples/webpack",
];

/// Makes every check that can be made here.
pub fn audit(root: &Path, tools: &Tools) -> Result<(), Failure> {
    let skipped = [crates(tools)?, packages(root, tools)?];
    for said in skipped.into_iter().flatten() {
        println!("{said}");
    }
    Ok(())
}

/// Asks cargo-deny about the crates. What is skipped, in words.
fn crates(tools: &Tools) -> Result<Option<String>, Failure> {
    if !tools.has("cargo-deny") {
        return Ok(Some(skipped("holes, licences and sources of the crates", "cargo-deny is not in PATH")));
    }
    let deny = |args: &[&str]| tools.step("cargo").args(["deny", "--locked", "--workspace"]).args(args);
    step("Licences and sources of the crates", deny(&["check", "licenses", "bans", "sources"]))?;
    if !deny(&["fetch", "db"]).limit(Some(DATABASE_LIMIT)).succeeds() {
        return Ok(Some(skipped("known holes of the crates", "RustSec's database can't be had here")));
    }
    step("Known holes of the crates", deny(&["--offline", "check", "advisories"]))?;
    Ok(None)
}

/// Asks npm about the packages of every lock file. What is skipped, in words.
fn packages(root: &Path, tools: &Tools) -> Result<Option<String>, Failure> {
    for dir in NPM {
        let args = ["audit", "--json", "--package-lock-only", "--audit-level=high", "--fetch-retries=0"];
        let audit = || tools.step("npm").args(args).args(["--fetch-timeout=20000"]).in_dir(&root.join(dir));
        match answer(audit()) {
            Answer::Clean => println!("==> Known holes of npm's packages in {dir}: none that is high"),
            Answer::Holes => {
                let by_hand = format!("npm audit --package-lock-only --prefix {dir}");
                return Err(Failure::new(format!("a package of {dir} has a known hole"), by_hand));
            }
            // It is the same for all.
            Answer::None => {
                return Ok(Some(skipped("known holes of npm's packages", "npm's database can't be had here")));
            }
        }
    }
    Ok(None)
}

/// What npm says of a lock file.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    Clean,
    Holes,
    None,
}

fn answer(audit: Step) -> Answer {
    // Where it could not ask, it fails as well, but without a report.
    match audit.said() {
        Some((is_clean, said)) if said.contains("\"auditReportVersion\"") => {
            if is_clean {
                Answer::Clean
            } else {
                Answer::Holes
            }
        }
        _ => Answer::None,
    }
}

fn skipped(what: &str, why: &str) -> String {
    format!("==> Skipped: {what} ({why})")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use super::*;
    use crate::setup::tests::machine;

    /// What is said of the crates where cargo is this script.
    fn crates_by(name: &str, cargo: &str) -> Result<Option<String>, Failure> {
        crates(&machine(name, &[("cargo-deny", ""), ("cargo", cargo)], false))
    }

    #[test]
    fn what_can_not_be_checked_is_said_and_a_hole_fails() {
        let said = crates(&machine("no-deny", &[("cargo", "exit 1")], false)).unwrap().unwrap();
        assert!(said.starts_with("==> Skipped: ") && said.contains("cargo-deny is not in PATH"), "{said}");
        let said = crates_by("no-database", "[ \"$4\" != fetch ]").unwrap().unwrap();
        assert!(said.contains("Skipped: known holes of the crates (RustSec's database"), "{said}");
        assert_eq!(crates_by("all", ""), Ok(None));
        assert!(crates_by("licence", "case \"$*\" in *licenses*) exit 1; esac").is_err());
        assert!(crates_by("hole", "case \"$*\" in *advisories*) exit 1; esac").is_err());
    }

    fn says(script: &str) -> Step {
        Step::new("sh").args(["-c", script])
    }

    #[test]
    fn only_a_report_counts_as_an_answer() {
        let report = r#"echo '{ "auditReportVersion": 2 }'"#;
        assert_eq!(answer(says(report)), Answer::Clean);
        assert_eq!(answer(says(&format!("{report}; exit 1"))), Answer::Holes);
        assert_eq!(answer(says(r#"echo '{ "message": "405 Method Not Allowed" }'; exit 1"#)), Answer::None);
        assert_eq!(answer(says("exit 1")), Answer::None);
        assert_eq!(answer(Step::new("no-such-program-anywhere")), Answer::None);
    }

    #[test]
    fn every_lock_file_is_asked_about() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let with_lock = |dir: &str| root.join(dir).join("package-lock.json").is_file();
        let below = |parent: &'static str| {
            let entries = fs::read_dir(root.join(parent)).unwrap().flatten();
            entries.map(move |entry| format!("{parent}/{}", entry.file_name().to_string_lossy()))
        };
        let found = ["e2e".to_owned()].into_iter().chain(below("bench")).chain(below("examples"));
        let found: BTreeSet<_> = found.filter(|dir| with_lock(dir)).collect();
        assert_eq!(found, NPM.map(str::to_owned).into());
    }
}
