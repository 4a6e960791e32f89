//! Serves the built panel, compressed and under a strict Content-Security-Policy, in front of a simulated OCP (for the
//! demo and the tests) or as a reverse proxy of a real one (for trying the panel on it).

mod assets;
mod cluster;
mod clusters;
mod fault;
mod guard;
mod ocp;
mod path;
mod proxy;
mod refusal;
#[cfg(test)]
mod tests;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use axum::Router;
use guard::{Hosts, LocalAddress};
use proxy::{Limits, Upstream};
use tokio::net::TcpListener;

const HELP: &str = "preview: serves the built panel

  --dist DIR      the built panel (dist)
  --examples DIR  pages that embed it, served under /examples/ (examples)
  --listen ADDR   the address to listen on (127.0.0.1)
  --port N        the port; without it 8080 or the next free one
  --host NAME     a further name that browsers reach it by, with :PORT for that port alone; may be repeated
  --ocp URL       proxy this OCP instead of simulating one; Basic credentials, if any, from OCP_USER and OCP_PASSWORD,
                  and the certificate of a private authority from the file that SSL_CERT_FILE names
  --api-only      serve no panel, only the API, for a server of the panel in front of it
  --compress      only write the compressed copies into DIR";

/// What the command line asks for.
struct Options {
    dist: PathBuf,
    examples: PathBuf,
    listen: IpAddr,
    port: Option<u16>,
    hosts: Vec<String>,
    ocp: Option<String>,
    api_only: bool,
    compress: bool,
}

fn options() -> Result<Options, pico_args::Error> {
    let mut args = pico_args::Arguments::from_env();
    let options = Options {
        api_only: args.contains("--api-only"),
        compress: args.contains("--compress"),
        dist: args.opt_value_from_str("--dist")?.unwrap_or_else(|| "dist".into()),
        examples: args.opt_value_from_str("--examples")?.unwrap_or_else(|| "examples".into()),
        listen: args.opt_value_from_str("--listen")?.unwrap_or(IpAddr::from([127, 0, 0, 1])),
        port: args.opt_value_from_str("--port")?,
        hosts: args.values_from_str("--host")?,
        ocp: args.opt_value_from_str("--ocp")?,
    };
    match args.finish().first() {
        Some(_) => Err(pico_args::Error::ArgumentParsingFailed { cause: HELP.to_owned() }),
        None => Ok(options),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let ended = match options() {
        Ok(options) => run(options).await,
        Err(error) => Err(format!("{error}\n\n{HELP}")),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("preview: {message}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Result<(), String> {
    let Options { dist, examples, listen, port, hosts, ocp, api_only, compress } = options;
    if !api_only {
        if !dist.join("index.html").is_file() {
            return Err(format!("there is no built panel in {}; run `cargo xtask build`", dist.display()));
        }
        assets::compress(&dist).map_err(|error| format!("could not compress {}: {error}", dist.display()))?;
    }
    if compress {
        return Ok(());
    }
    let hosts = Hosts::new(&hosts)?;
    let credentials = || std::env::var("OCP_USER").ok().zip(std::env::var("OCP_PASSWORD").ok());
    let upstream = ocp.map(|url| Upstream::new(&url, credentials(), Limits::default())).transpose()?;
    let (api, missing) = upstream.as_ref().map_or_else(|| (ocp::router(), Router::new()), proxy::routers);
    let app = if api_only {
        api
    } else {
        // With policies of their own, or none, as the pages of a host have.
        let api = api.nest_service("/examples", tower_http::services::ServeDir::new(examples));
        assets::router(&dist, api, missing)
    };
    let app = guard::guarded(app, hosts);
    let listener = bind(listen, port).await?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    for warning in upstream.iter().flat_map(|upstream| upstream.warnings(listen.is_loopback())) {
        eprintln!("preview: warning: {warning}");
    }
    match upstream {
        _ if api_only => println!("http://{address}/   (the API alone)"),
        Some(ocp) => println!("http://{address}/?cluster=<OCP's cluster id>   (in front of {})", ocp.address()),
        None => println!("http://{address}/   (a simulated cluster; other pages: ?cluster=1000006, &lang=zh-CN)"),
    }
    println!("Ctrl-C ends it.");
    let serving = axum::serve(listener, app.into_make_service_with_connect_info::<LocalAddress>());
    tokio::select! {
        served = serving => served.map_err(|error| error.to_string()),
        // Open connections are dropped, not drained: who presses Ctrl-C wants the prompt back.
        _ = tokio::signal::ctrl_c() => std::process::exit(0),
    }
}

/// The asked port, or 8080 and the next free ones after it.
async fn bind(listen: IpAddr, port: Option<u16>) -> Result<TcpListener, String> {
    let ports = port.map_or(8080..=8180, |port| port..=port);
    let mut last = String::new();
    for port in ports {
        match TcpListener::bind(SocketAddr::new(listen, port)).await {
            Ok(listener) => return Ok(listener),
            Err(error) => last = format!("can't listen on {listen} port {port}: {error}"),
        }
    }
    Err(last)
}
