//! Runs the steps of a command, and fails with one sentence.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// Why a command ended, and what to do by hand.
#[derive(Debug)]
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
}

impl Step {
    /// Runs `program`, without standard input.
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(program);
        // Cargo points this at its own toolchain's libraries, which another compiler must not load.
        command.stdin(Stdio::null()).env_remove("LD_LIBRARY_PATH");
        Self { command, foreground: false }
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

    /// It runs until the user ends it: it gets the terminal, and no time is told.
    pub fn foreground(mut self) -> Self {
        self.command.stdin(Stdio::inherit());
        self.foreground = true;
        self
    }

    /// Whether it runs and succeeds, in silence.
    pub fn succeeds(mut self) -> bool {
        let quiet = self.command.stdout(Stdio::null()).stderr(Stdio::null());
        quiet.status().is_ok_and(|status| status.success())
    }

    /// What it prints, where it succeeds.
    pub fn output(mut self) -> Option<String> {
        let output = self.command.stderr(Stdio::null()).output().ok().filter(|output| output.status.success())?;
        String::from_utf8(output.stdout).ok()
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
}

/// Says what is done, does it, and says how long it took.
pub fn step(what: &str, mut run: Step) -> Result<(), Failure> {
    println!("==> {what}");
    let by_hand = run.by_hand();
    let begun = Instant::now();
    let failed = |why: String| Failure::new(format!("the step “{what}” failed ({why})"), by_hand.clone());
    let status = run.command.status().map_err(|error| failed(error.to_string()))?;
    if !status.success() {
        return Err(failed(status.to_string()));
    }
    if !run.foreground {
        println!("    done in {:.0?}", begun.elapsed());
    }
    Ok(())
}
