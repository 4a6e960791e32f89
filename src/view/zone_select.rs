//! A choice of time zones.

use leptos::prelude::*;

use super::context::{PanelContext, use_panel};
use super::preferences::remember;
use crate::domain::time::{Stamp, Zone, format_offset, iso_offset};

/// A choice of time zones. It only reports the choice; [`choose_zone`] applies it.
#[component]
pub fn ZoneSelect(
    /// The one that is selected.
    selected: Signal<Zone>,
    /// Takes the zone that the user picks.
    #[prop(into)]
    on_pick: Callback<Zone>,
) -> impl IntoView {
    let context = use_panel();
    let panel = context.panel;
    let zones = zones(context);
    let now = (panel.clock.now)();
    let option = |(index, (name, zone)): (usize, &(&'static str, Zone))| {
        let zone = *zone;
        let offset = format_offset((panel.clock.offset_minutes)(zone, now));
        let label = if *name == offset { offset } else { [name, " · ", &*offset].concat() };
        view! {
            <option value=index.to_string() prop:selected=move || selected.get() == zone>
                {label}
            </option>
        }
        .into_any()
    };
    let options = zones.iter().enumerate().map(option).collect_view();
    let pick = move |event| {
        let index = event_target_value(&event).parse::<usize>().ok();
        if let Some((_, zone)) = index.and_then(|index| zones.get(index)) {
            on_pick.run(*zone);
        }
    };
    view! {
        <label class="field">
            {context.later_texts().time_zone}
            <select class="select" name="zone" on:change=pick>
                {options}
            </select>
        </label>
    }
}

/// The zones on offer and their names: the browser's, UTC, OCP's, the embedder's and the current one, each once.
fn zones(context: PanelContext) -> Vec<(&'static str, Zone)> {
    let texts = context.later_texts();
    let server = context.panel.with_state_untracked(|state| match state.data.as_ref()?.page.meta.timestamp {
        Some(Stamp::Known(time)) => Some(Zone::Fixed(time.offset().local_minus_utc() / 60)),
        _ => None,
    });
    let configured = (context.host().configured)().viewer;
    let current = untrack(|| context.viewer()).zone;
    let mut zones = vec![(texts.zone_local, Zone::Local), ("UTC", Zone::Fixed(0))];
    zones.extend(server.filter(|zone| *zone != Zone::Fixed(0)).map(|zone| (texts.zone_server, zone)));
    for (name, zone) in [(texts.zone_configured, configured.zone), ("", current)] {
        if zones.iter().all(|(_, listed)| *listed != zone) {
            zones.push((name, zone));
        }
    }
    zones
}

/// Shows and picks all times in `zone`, and remembers it.
pub fn choose_zone(context: PanelContext, zone: Zone) {
    context.update(|options| options.set_zone(zone));
    let name = match zone {
        Zone::Local => "local".to_owned(),
        Zone::Fixed(minutes) => iso_offset(minutes),
        // It came from an attribute, which says it again.
        Zone::Named(_) => return,
    };
    remember("time-zone", &name);
}
