//! The development loop: trunk rebuilds and reloads at each change, in front of the preview server's API.

use std::path::Path;
use std::process::Child;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use crate::run::{Failure, Step};
use crate::setup::Tools;

/// Where the page is, as in `Trunk.toml`.
const PAGE_PORT: u16 = 8080;
/// Where the API is, as in the proxies of `Trunk.toml`.
const API_PORT: &str = "8081";

/// Starts both servers and waits for Ctrl-C. `rest` goes to the preview server, such as `--ocp URL`.
pub fn run(root: &Path, tools: &Tools, preview: &Path, rest: &[String]) -> Result<(), Failure> {
    let (send, interrupted) = channel();
    ctrlc::set_handler(move || _ = send.send(())).map_err(|error| Failure::new(error.to_string(), "trunk serve"))?;
    // trunk asks for the API by the address alone, and hands on what the browser asked for.
    let hosts = ["--host", "127.0.0.1", "--host", "localhost"];
    let api = Step::new(preview).args(["--api-only", "--port", API_PORT]).args(hosts).args(rest);
    let api = api.in_dir(root).foreground();
    // Its own folder: `dist` holds the release, which the end-to-end tests play.
    let page = tools.step("trunk").args(["serve", "--dist", "target/dev"]).env("TRUNK_SKIP_VERSION_CHECK", "true");
    println!(
        "The panel: http://127.0.0.1:{PAGE_PORT}/   The API behind it: http://127.0.0.1:{API_PORT}/   Ctrl-C ends both."
    );
    let servers = [Server::start("preview", api)?, Server::start("trunk serve", page.foreground())?];
    until_one_ends(servers, &interrupted)
}

/// A server that is ended when this is dropped: none outlives one that can't be started.
#[must_use]
struct Server {
    name: &'static str,
    child: Child,
}

impl Server {
    fn start(name: &'static str, program: Step) -> Result<Self, Failure> {
        Ok(Self { name, child: program.spawn()? })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended already can't be ended again; that is no matter.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// Waits until the user interrupts or a server ends by itself, and then ends all.
fn until_one_ends(mut servers: [Server; 2], interrupted: &Receiver<()>) -> Result<(), Failure> {
    let ended = loop {
        match interrupted.recv_timeout(Duration::from_millis(200)) {
            Ok(()) | Err(RecvTimeoutError::Disconnected) => break None,
            Err(RecvTimeoutError::Timeout) => {}
        }
        let mut dead = None;
        for server in &mut servers {
            if !matches!(server.child.try_wait(), Ok(None)) {
                dead = Some(server.name);
            }
        }
        if dead.is_some() {
            break dead;
        }
    };
    match ended {
        Some(name) => Err(Failure::new(format!("{name} ended by itself"), "trunk serve")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interrupt_ends_both_servers() {
        let (send, interrupted) = channel();
        let servers = [sleeper("a", "600"), sleeper("b", "600")];
        let ids = [&servers[0], &servers[1]].map(|server| server.child.id());
        send.send(()).unwrap();
        assert_eq!(until_one_ends(servers, &interrupted), Ok(()));
        assert_eq!(ids.map(runs), [false, false]);
    }

    #[test]
    fn a_server_that_can_not_be_started_leaves_none_behind() {
        let first = sleeper("a", "600");
        let id = first.child.id();
        assert!(runs(id));
        let both = || Ok::<_, Failure>([first, Server::start("b", Step::new("no-such-program-anywhere"))?]);
        assert!(both().is_err());
        assert!(!runs(id));
    }

    #[test]
    fn a_server_that_dies_takes_the_other_along_and_is_named() {
        let (_send, interrupted) = channel();
        let failure = until_one_ends([sleeper("a", "600"), sleeper("b", "0")], &interrupted).unwrap_err();
        assert!(failure.to_string().starts_with("b ended by itself"), "{failure}");
    }

    #[test]
    fn the_ports_are_those_of_trunks_configuration() {
        let trunk = include_str!("../../Trunk.toml");
        assert!(trunk.contains(&format!("port = {PAGE_PORT}\n")));
        let backends: Vec<_> = trunk.lines().filter(|line| line.starts_with("backend = ")).collect();
        assert!(!backends.is_empty());
        assert!(backends.iter().all(|line| line.contains(&format!("//127.0.0.1:{API_PORT}/"))), "{backends:?}");
    }

    fn sleeper(name: &'static str, seconds: &str) -> Server {
        Server::start(name, Step::new("sleep").args([seconds])).unwrap()
    }

    fn runs(id: u32) -> bool {
        Step::new("kill").args(["-0", &id.to_string()]).succeeds()
    }
}
