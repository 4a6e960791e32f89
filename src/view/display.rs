//! How a viewer wants the table: columns, density, time zone. Remembered by the browser (`memory.rs`).

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlSelectElement};

use super::Ui;
use super::dom::{El, button, effect, el};
use super::memory::{forget, remember};
use super::present::{Column, Columns};
use crate::domain::time::{Stamp, Zone, format_offset, iso_offset};

/// The drawer's content.
#[must_use]
pub fn display(ui: Ui) -> El {
    let texts = ui.texts();
    let choose = move |column: Column, is_on: bool| {
        ui.viewer.update(|viewer| viewer.columns = viewer.columns.with(column, is_on));
        remember("columns", &ui.viewer.with_untracked(|viewer| viewer.columns).names());
    };
    let boxed = |column: Column| {
        let input = el("input").attr("type", "checkbox").attr("name", column.name());
        let node: HtmlInputElement = input.node().clone().unchecked_into();
        let ticked = node.clone();
        effect(move || node.set_checked(ui.viewer.with(|viewer| viewer.columns.has(column))));
        let input = input.on("change", move |_| choose(column, ticked.checked()));
        el("label").class("choice").child(input).text(column.title(texts))
    };
    // The status always shows.
    let columns = Column::ALL.into_iter().filter(|column| *column != Column::Status).map(boxed);
    let density = el("select").class("select").attr("name", "density").children(
        [("comfortable", texts.comfortable), ("compact", texts.compact)]
            .map(|(value, name)| el("option").attr("value", value).text(name)),
    );
    let node: HtmlSelectElement = density.node().clone().unchecked_into();
    node.set_value(&ui.find(".root").and_then(|root| root.get_attribute("data-density")).unwrap_or_default());
    let chosen = node.clone();
    let density = density.on("change", move |_| {
        if let Some(root) = ui.find(".root") {
            _ = root.set_attribute("data-density", &chosen.value());
        }
        remember("density", &chosen.value());
    });
    let zone = zones(ui, move |zone| choose_zone(ui, zone));
    let reset = button("button small", texts.reset, move |_| {
        forget();
        ui.viewer.update(|viewer| (viewer.columns, viewer.zone) = (Columns::ALL, Zone::Local));
        if let Some(root) = ui.find(".root") {
            _ = root.set_attribute("data-density", "comfortable");
        }
        node.set_value("comfortable");
    });
    el("div").class("fields sections").children([
        el("h4").text(texts.column_choice),
        el("p").class("advice").text(texts.column_hint),
        el("div").class("choices").attr("role", "group").attr("aria-label", texts.column_choice).children(columns),
        el("label").class("field").text(texts.density).child(density),
        zone,
        el("div").class("actions").child(reset),
    ])
}

/// Shows and picks all times in `zone`, and remembers it.
pub fn choose_zone(ui: Ui, zone: Zone) {
    ui.viewer.update(|viewer| viewer.zone = zone);
    let name = match zone {
        Zone::Local => "local".to_owned(),
        Zone::Fixed(minutes) => iso_offset(minutes),
        // It came from an attribute, which says it again.
        Zone::Named(_) => return,
    };
    remember("time-zone", &name);
}

/// A choice of time zones: the browser's, UTC, OCP's, and the embedder's where that is another.
#[must_use]
pub fn zones(ui: Ui, pick: impl Fn(Zone) + 'static) -> El {
    let texts = ui.texts();
    let server = ui.panel.load.with_untracked(|load| match load.data.as_ref()?.page.meta.timestamp {
        Some(Stamp::Known(time)) => Some(Zone::Fixed(time.offset().local_minus_utc() / 60)),
        _ => None,
    });
    let current = ui.viewer.with_untracked(|viewer| viewer.zone);
    let mut zones = vec![(texts.zone_local, Zone::Local), ("UTC", Zone::Fixed(0))];
    zones.extend(server.filter(|zone| *zone != Zone::Fixed(0)).map(|zone| (texts.zone_server, zone)));
    if zones.iter().all(|(_, zone)| *zone != current) {
        zones.push((texts.zone_configured, current));
    }
    let now = (ui.panel.clock.now)();
    let options = zones.iter().enumerate().map(|(index, (name, zone))| {
        let offset = format_offset((ui.panel.clock.offset_minutes)(*zone, now));
        let label = if *name == offset { offset } else { [name, " · ", &*offset].concat() };
        el("option").attr("value", &index.to_string()).text(&label)
    });
    let select = el("select").class("select").attr("name", "zone").children(options);
    let node: HtmlSelectElement = select.node().clone().unchecked_into();
    let (shown, places) = (node.clone(), zones.clone());
    effect(move || {
        let current = ui.viewer.with(|viewer| viewer.zone);
        let place = places.iter().position(|(_, zone)| *zone == current).unwrap_or_default();
        shown.set_value(&place.to_string());
    });
    let changed = move |_: &Event| {
        if let Some((_, zone)) = node.value().parse::<usize>().ok().and_then(|index| zones.get(index)) {
            pick(*zone);
        }
    };
    el("label").class("field").text(texts.time_zone).child(select.on("change", changed))
}
