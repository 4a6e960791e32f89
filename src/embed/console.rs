//! The standalone page: `page.js` starts its console by [`console`].

use js_sys::Function;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::wasm_bindgen;

use super::clock::{self, BROWSER};
use super::mount::{configure, transport};
use crate::text::address::Address;
use crate::view::console::page::Page;
use crate::view::console::{Setup, show};
use crate::view::lazy::NotLoaded;

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
    // What the page and its address say is in the attributes of its panel, also where that is not shown.
    let panel = page.panel();
    let config = configure(&panel, &page.language());
    show(Setup {
        transport: transport(&panel, &config),
        panel,
        base_url: config.base_url,
        locale: config.locale,
        thresholds: config.thresholds,
        zone: config.zone,
        refresh_seconds: config.refresh_seconds,
        clock: BROWSER,
        address: Address::read(&page.search()),
        page,
    });
    Ok(())
}
