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
    let api = Step::new(preview).args(["--api-only", "--port", API_PORT]).args(rest).in_dir(root).foreground();
    // Its own folder: `dist` holds the release, which the end-to-end tests play.
    let page = tools.step("trunk").args(["serve", "--dist", "target/dev"]).env("TRUNK_SKIP_VERSION_CHECK", "true");
    println!(
        "The panel: http://127.0.0.1:{PAGE_PORT}/   The API behind it: http://127.0.0.1:{API_PORT}/   Ctrl-C ends both."
    );
    let children = [("preview", api.spawn()?), ("trunk serve", page.foreground().spawn()?)];
    until_one_ends(children, &interrupted)
}

/// Waits until the user interrupts or a server ends by itself, and then ends all.
fn until_one_ends(mut children: [(&str, Child); 2], interrupted: &Receiver<()>) -> Result<(), Failure> {
    let ended = loop {
        match interrupted.recv_timeout(Duration::from_millis(200)) {
            Ok(()) | Err(RecvTimeoutError::Disconnected) => break None,
            Err(RecvTimeoutError::Timeout) => {}
        }
        let mut dead = None;
        for (name, child) in &mut children {
            if !matches!(child.try_wait(), Ok(None)) {
                dead = Some(*name);
            }
        }
        if dead.is_some() {
            break dead;
        }
    };
    for (_, child) in &mut children {
        // One that has ended already can't be ended again; that is no matter.
        _ = child.kill();
        _ = child.wait();
    }
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
        let children = [("a", sleeper("600")), ("b", sleeper("600"))];
        let ids = [&children[0], &children[1]].map(|(_, child)| child.id());
        send.send(()).unwrap();
        assert_eq!(until_one_ends(children, &interrupted), Ok(()));
        for id in ids {
            assert!(!Step::new("kill").args(["-0", &id.to_string()]).succeeds(), "{id} still runs");
        }
    }

    #[test]
    fn a_server_that_dies_takes_the_other_along_and_is_named() {
        let (_send, interrupted) = channel();
        let failure = until_one_ends([("a", sleeper("600")), ("b", sleeper("0"))], &interrupted).unwrap_err();
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

    fn sleeper(seconds: &str) -> Child {
        Step::new("sleep").args([seconds]).spawn().unwrap()
    }
}
