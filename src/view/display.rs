//! How a viewer wants the table: columns, density, time zone. Remembered by the browser (`memory.rs`).

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlSelectElement};

use super::Ui;
use super::dom::{El, button, effect, el};
use super::memory::{forget, remember, remember_columns};
use crate::domain::time::{Stamp, Zone, format_offset, iso_offset};
use crate::text::columns::{Column, Columns};
use crate::text::texts::fill;

/// The drawer's content.
#[must_use]
pub fn display(ui: Ui) -> El {
    let texts = ui.texts();
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
        let (configured, density) = (ui.outside.get_value().configured)();
        ui.viewer.update(|viewer| (viewer.columns, viewer.zone) = (configured.columns, configured.zone));
        if let Some(root) = ui.find(".root") {
            _ = root.set_attribute("data-density", &density);
        }
        node.set_value(&density);
    });
    el("div").class("fields sections").children([
        el("h4").text(texts.column_choice),
        el("p").class("advice").text(texts.column_hint),
        columns(ui),
        el("label").class("field").text(texts.density).child(density),
        zone,
        el("div").class("actions").child(reset),
    ])
}

/// The columns in their order: whether each shows, how wide it is, and its way up and down.
fn columns(ui: Ui) -> El {
    let texts = ui.texts();
    let list = el("ul").class("choices").attr("aria-label", texts.column_choice);
    let lines = Column::ALL.map(|column| line(ui, column));
    let place = list.node().clone();
    let mut seen = None;
    effect(move || {
        let order = ui.viewer.with(|viewer| viewer.columns.ordered());
        if seen.as_ref() != Some(&order) {
            // A line that is moved loses the focus.
            let focused = ui.find(".choices :focus");
            for column in order {
                _ = lines.get(column as usize).map(|line| place.append_child(line.node()));
            }
            _ = focused.map(|focused| focused.focus());
            seen = Some(order);
        }
    });
    list
}

fn line(ui: Ui, column: Column) -> El {
    let texts = ui.texts();
    let title = column.title(texts);
    let named = |text| fill(text, &[("column", title)]);
    let change = move |change: &dyn Fn(Columns) -> Columns| {
        let columns = change(ui.viewer.with_untracked(|viewer| viewer.columns));
        ui.viewer.update(|viewer| viewer.columns = columns);
        remember_columns(columns);
    };
    let shows = el("input").attr("type", "checkbox").attr("name", column.name());
    let tick: HtmlInputElement = shows.node().clone().unchecked_into();
    // The status always shows.
    tick.set_disabled(column == Column::Status);
    let ticked = tick.clone();
    let shows = shows.on("change", move |_| change(&|columns| columns.with(column, ticked.checked())));
    let [least, most] = Columns::WIDTHS.map(|width| width.to_string());
    let width = el("input").attr("type", "number").attr("min", &least).attr("max", &most).attr("step", "8");
    let width =
        width.class("input").attr("placeholder", texts.width_fits).attr("aria-label", &named(texts.column_width));
    let pixels: HtmlInputElement = width.node().clone().unchecked_into();
    let typed = pixels.clone();
    let resize = move |_: &Event| {
        // What is no width is the one that fits, as the empty field is.
        let width = typed.value().parse().unwrap_or_default();
        change(&|columns| columns.sized(column, width));
    };
    effect(move || {
        let columns = ui.viewer.with(|viewer| viewer.columns);
        tick.set_checked(columns.has(column));
        let width = Some(columns.width(column)).filter(|width| *width > 0);
        pixels.set_value(&width.map(|width| width.to_string()).unwrap_or_default());
    });
    let mover = |arrow: &str, name: &str, to_start: bool| {
        let step = move |_: &Event| change(&|columns| columns.moved(column, to_start));
        button("button small", arrow, step).attr("aria-label", name).attr("title", name)
    };
    el("li").class("choice").children([
        el("label").class("choice").child(shows).text(title),
        width.on("change", resize),
        mover("↑", &named(texts.column_up), true),
        mover("↓", &named(texts.column_down), false),
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
    let (configured, _) = (ui.outside.get_value().configured)();
    let current = ui.viewer.with_untracked(|viewer| viewer.zone);
    let mut zones = vec![(texts.zone_local, Zone::Local), ("UTC", Zone::Fixed(0))];
    zones.extend(server.filter(|zone| *zone != Zone::Fixed(0)).map(|zone| (texts.zone_server, zone)));
    for (name, zone) in [(texts.zone_configured, configured.zone), ("", current)] {
        if zones.iter().all(|(_, listed)| *listed != zone) {
            zones.push((name, zone));
        }
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
