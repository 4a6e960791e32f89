//! Runs the programs of a command, and fails with one sentence and what to type by hand.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Why a command ended, and what to do by hand.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure {
    what: String,
    by_hand: String,
}

impl Failure {
    /// `what` in one clause; `by_hand` is the command to run.
    pub fn new(what: impl Into<String>, by_hand: impl Into<String>) -> Self {
        Self { what: what.into(), by_hand: by_hand.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}. By hand: {}", self.what, self.by_hand)
    }
}

/// A program to run.
pub struct Step {
    command: Command,
    foreground: bool,
    limit: Option<Duration>,
}

impl Step {
    /// Runs `program`, without standard input.
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(program);
        // Cargo points this at its own toolchain's libraries, which another compiler must not load.
        command.stdin(Stdio::null()).env_remove("LD_LIBRARY_PATH");
        Self { command, foreground: false, limit: None }
    }

    /// Adds arguments.
    pub fn args<A: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.command.args(args);
        self
    }

    /// Adds a flag with a path as its value, as one argument.
    pub fn arg_joined(mut self, flag: &str, path: &Path) -> Self {
        let mut joined = OsString::from(flag);
        joined.push(path);
        self.command.arg(joined);
        self
    }

    /// Runs it in `dir`.
    pub fn in_dir(mut self, dir: &Path) -> Self {
        self.command.current_dir(dir);
        self
    }

    /// Sets an environment variable.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Ends it, as a failure, after `limit`. (macOS has no `timeout` command.)
    pub fn limit(mut self, limit: Option<Duration>) -> Self {
        self.limit = limit;
        self
    }

    /// It runs until the user ends it: it gets the terminal, and no time is told.
    pub fn foreground(mut self) -> Self {
        self.command.stdin(Stdio::inherit());
        self.foreground = true;
        self
    }

    /// Starts it and returns at once.
    pub fn spawn(mut self) -> Result<Child, Failure> {
        let by_hand = self.by_hand();
        self.command.spawn().map_err(|error| Failure::new(format!("can't start “{by_hand}” ({error})"), by_hand))
    }

    /// Whether it runs and succeeds, in silence.
    pub fn succeeds(mut self) -> bool {
        self.command.stdout(Stdio::null()).stderr(Stdio::null());
        self.wait().is_ok_and(|status| status.success())
    }

    /// What it prints, where it succeeds.
    pub fn output(self) -> Option<String> {
        self.said().filter(|(succeeded, _)| *succeeded).map(|(_, said)| said)
    }

    /// Whether it succeeds, and what it prints.
    pub fn said(mut self) -> Option<(bool, String)> {
        let output = self.command.stderr(Stdio::null()).output().ok()?;
        Some((output.status.success(), String::from_utf8(output.stdout).ok()?))
    }

    /// The command as one would type it.
    fn by_hand(&self) -> String {
        let words = [self.command.get_program()].into_iter().chain(self.command.get_args());
        let line = words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ");
        match self.command.get_current_dir() {
            Some(dir) => format!("cd {} && {line}", dir.display()),
            None => line,
        }
    }

    fn wait(&mut self) -> Result<ExitStatus, String> {
        let mut child = self.command.spawn().map_err(|error| error.to_string())?;
        let Some(limit) = self.limit else { return child.wait().map_err(|error| error.to_string()) };
        let begun = Instant::now();
        loop {
            if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
                return Ok(status);
            }
            if begun.elapsed() > limit {
                child.kill().and_then(|()| child.wait()).map_err(|error| error.to_string())?;
                return Err(format!("no end after {} s", limit.as_secs()));
            }
            sleep(Duration::from_millis(50));
        }
    }
}

/// Says what is done, does it, and says how long it took.
pub fn step(what: &str, mut run: Step) -> Result<(), Failure> {
    println!("==> {what}");
    let begun = Instant::now();
    let ended = run.wait().and_then(|status| if status.success() { Ok(()) } else { Err(status.to_string()) });
    ended.map_err(|why| Failure::new(format!("the step “{what}” failed ({why})"), run.by_hand()))?;
    if !run.foreground {
        println!("    done in {:.0?}", begun.elapsed());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_hangs_is_ended_at_its_limit() {
        let begun = Instant::now();
        let failure = step("Waiting", Step::new("sleep").args(["60"]).limit(Some(Duration::from_millis(100))));
        assert!(begun.elapsed() < Duration::from_secs(30));
        assert_eq!(failure.unwrap_err(), Failure::new("the step “Waiting” failed (no end after 0 s)", "sleep 60"));
    }

    #[test]
    fn a_failure_says_what_to_type() {
        let failure = step("Failing", Step::new("false").args(["--now"]).in_dir(Path::new("/"))).unwrap_err();
        assert!(failure.to_string().ends_with("By hand: cd / && false --now"), "{failure}");
        let missing = step("Running", Step::new("no-such-program-anywhere")).unwrap_err();
        assert!(missing.to_string().ends_with("By hand: no-such-program-anywhere"), "{missing}");
    }
}
