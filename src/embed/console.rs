//! The standalone page: `page.js` starts its console by [`console`].

use js_sys::Function;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::wasm_bindgen;

use super::clock::{self, BROWSER};
use super::config;
use crate::api::fetch::Transport;
use crate::text::address::Address;
use crate::view::console::page::Page;
use crate::view::console::{Setup, show};
use crate::view::lazy::NotLoaded;
use crate::view::preferences::recall;

/// The attributes of a panel that the address of the page sets for all its clusters, each with its parameter.
const SHARED: [(&str, &str); 4] = [
    ("lagging-seconds", "lagging"),
    ("critical-seconds", "critical"),
    ("refresh-seconds", "refresh"),
    ("time-zone", "zone"),
];

/// Shows the console of the standalone page, and says whether it could. `ask` is what it asks of the browser by, see [`Page`].
#[wasm_bindgen]
pub fn console(ask: Function) {
    let page = Page::new(ask);
    // An error here means that a panel started the executor.
    _ = any_spawner::Executor::init_wasm_bindgen();
    spawn_local(async move {
        let shown = part(page.clone());
        #[cfg(split)]
        let shown = shown.await;
        page.shown(shown.is_ok());
    });
}

#[cfg_attr(split, wasm_split_helpers::wasm_split(later, fallible))]
#[allow(clippy::unnecessary_wraps, reason = "the macro adds the failure, to load the file")]
fn part(page: Page) -> Result<(), NotLoaded> {
    clock::use_zones(page.zone_offset());
    let address = Address::read(&page.search());
    let attribute = |name: &str| {
        let given = SHARED.into_iter().find(|(attribute, _)| *attribute == name);
        given.and_then(|(_, parameter)| address.get(parameter).map(str::to_owned)).or_else(|| recall(name))
    };
    let (config, _) = config::read(&attribute, &page.language(), BROWSER);
    show(Setup {
        panel: page.panel(),
        base_url: page.base(),
        transport: Transport::default(),
        locale: config.locale,
        thresholds: config.thresholds,
        zone: config.zone,
        refresh_seconds: config.refresh_seconds,
        clock: BROWSER,
        address,
        page,
    });
    Ok(())
}
