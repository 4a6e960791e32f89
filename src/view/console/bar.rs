//! The bar over the page: which cluster, how it is shown, and the alarm.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::alarm::AlarmSwitch;
use super::cluster_list::ClusterList;
use super::context::{Console, use_console};
use crate::domain::time::{Zone, format_offset};
use crate::text::address::Route;
use crate::text::locale::Locale;
use crate::view::context::mounted;
use crate::view::parts::{Button, Fingerprint, Switch, boxed};
use crate::view::popover::close_elsewhere;
use crate::view::preferences::{keep_setting, setting};
use crate::view::zone_select::choose_zone;

const THEMES: [&str; 3] = ["", "light", "dark"];

/// The bar.
#[component]
pub fn Bar() -> impl IntoView {
    let console = use_console();
    let texts = console.texts();
    let setup = console.setup();
    let route = setup.address.route();
    // From a cluster, back to the cards that it was opened from.
    let overview = setup.address.get("clusters").unwrap_or("all").to_owned();
    let overview = console.link(&[("clusters", &overview)]);
    let is_overview = matches!(route, Route::All | Route::Clusters(_));
    let other = if setup.locale == Locale::ZhCn { Locale::EnUs } else { Locale::ZhCn };
    let speak = move |()| {
        keep_setting("lang", Some(other.tag()));
        console.setup().page.reload_without("lang");
    };
    view! {
        <header class="bar">
            <h1>
                <a href=console.link(&[])>{texts.console.brand}</a>
            </h1>
            <Clusters />
            <a class="bar-button" href=overview aria-current=is_overview.then_some("page")>
                {texts.console.overview}
            </a>
            <Zones />
            <Button class="bar-button" label=texts.console.other_language on_click=speak />
            <Themes />
            <AlarmSwitch />
            <Wall />
        </header>
    }
}

/// The list of clusters below its button.
#[component]
fn Clusters() -> impl IntoView {
    let console = use_console();
    let texts = console.texts();
    let open = RwSignal::new(false);
    let root = NodeRef::<leptos::html::Div>::new();
    close_elsewhere(open, move || root.get_untracked().map(JsCast::unchecked_into));
    let close = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            open.set(false);
            event.stop_propagation();
            let button = root.get_untracked().and_then(|root| root.query_selector("button").ok().flatten());
            _ = button.map(|button| button.unchecked_into::<HtmlElement>().focus());
        }
    };
    let list = move || {
        if open.get() {
            view! {
                <div class="popover">
                    <ClusterList is_focused=true />
                </div>
            }
            .into_any()
        } else {
            ().into_any()
        }
    };
    view! {
        <div class="choice" node_ref=root on:keydown=close>
            <Button
                class="bar-button opens"
                label=texts.console.cluster_menu
                expanded=move || open.get()
                on_click=move |()| open.update(|open| *open = !*open)
            />
            <Switch on=move || Fingerprint::of(&open.get()) view=list />
        </div>
    }
}

/// The zones on offer: the browser's, UTC, China's, and the one that is shown.
fn zones(shown: Zone) -> Vec<Zone> {
    let mut zones = vec![Zone::Local, Zone::Fixed(0), Zone::Fixed(480)];
    if !zones.contains(&shown) {
        zones.push(shown);
    }
    zones
}

#[component]
fn Zones() -> impl IntoView {
    let console = use_console();
    let texts = console.texts();
    let clock = console.setup().clock;
    let label = move |zone: Zone| {
        let offset = format_offset((clock.offset_minutes)(zone, (clock.now)()));
        match zone {
            Zone::Local => [texts.zone_local, " · ", &*offset].concat(),
            Zone::Fixed(_) => offset,
            Zone::Named(_) => [&*clock.name(zone), " · ", &*offset].concat(),
        }
    };
    let options = move || {
        let shown = console.zone.get();
        let option = |(index, zone): (usize, Zone)| {
            view! {
                <option value=index.to_string() prop:selected=zone == shown>
                    {label(zone)}
                </option>
            }
            .into_any()
        };
        zones(shown).into_iter().enumerate().map(option).collect_view().into_any()
    };
    let pick = move |event| {
        let index = event_target_value(&event).parse::<usize>().ok();
        if let Some(zone) = index.and_then(|index| zones(console.zone.get_untracked()).get(index).copied()) {
            set_zone(console, zone);
        }
    };
    view! {
        <select class="input" aria-label=texts.time_zone title=texts.time_zone on:change=pick>
            {boxed(options)}
        </select>
    }
}

fn set_zone(console: Console, zone: Zone) {
    console.zone.set(zone);
    let setup = console.setup();
    match mounted(&setup.panel) {
        Some(panel) => choose_zone(panel, zone),
        None => keep_setting("time-zone", Some(&setup.clock.name(zone))),
    }
}

/// Light or dark, or as the system has it.
#[component]
fn Themes() -> impl IntoView {
    let console = use_console();
    let texts = console.texts();
    let kept = setting("theme").unwrap_or_default();
    let option = |(name, words): (&'static str, &'static str)| {
        view! {
            <option value=name selected=kept == name>
                {words}
            </option>
        }
        .into_any()
    };
    let words = [texts.console.theme_auto, texts.console.theme_light, texts.console.theme_dark];
    let options = THEMES.into_iter().zip(words).map(option).collect_view();
    let pick = move |event| {
        let picked = event_target_value(&event);
        keep_setting("theme", Some(&*picked).filter(|name| !name.is_empty()));
        console.setup().page.theme(&picked);
    };
    view! {
        <select class="input" aria-label=texts.console.theme title=texts.console.theme on:change=pick>
            {options}
        </select>
    }
}

/// Fills the screen with the cards, or leads there.
#[component]
fn Wall() -> impl IntoView {
    let console = use_console();
    let words = console.texts().console.wall;
    match console.setup().address.route() {
        Route::List => ().into_any(),
        Route::Cluster(id) => {
            let href = console.link(&[("clusters", &id), ("wall", "1")]);
            view! { <a class="bar-button" href=href>{words}</a> }.into_any()
        }
        Route::All | Route::Clusters(_) => {
            view! { <Button class="bar-button" label=words on_click=move |()| set_wall(console, true) /> }.into_any()
        }
    }
}

/// Makes the page a wall screen, or ends that.
pub fn set_wall(console: Console, is_wall: bool) {
    let setup = console.setup();
    console.is_wall.set(is_wall);
    setup.page.address(&setup.address.with("wall", is_wall.then_some("1")).search());
    setup.page.fill_screen(is_wall);
}
