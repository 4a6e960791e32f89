//! Applies a changed configuration to a panel that is already mounted.

use leptos::prelude::*;
use web_sys::HtmlElement;

use super::config::Config;
use super::mount::{transport, view_options};
use crate::domain::query::Intent;
use crate::domain::time::TimeRange;
use crate::text::view_options::ViewOptions;
use crate::view::context::PanelContext;

/// Applies what differs between `last` and `next`, with at most one request. What the user chose meanwhile stays, unless its own
/// attribute changed.
pub fn apply(context: PanelContext, host: &HtmlElement, last: &Config, next: &Config) {
    let panel = context.panel;
    panel.set_transport(transport(host, next));
    if last.locale != next.locale {
        panel.set_language(next.locale.tag().to_owned());
    }
    let wanted = view_options(host, next);
    context.update(|options| apply_options(options, wanted, last, next));
    if last.refresh_seconds != next.refresh_seconds {
        panel.update_refresh(|refresh, _| refresh.set_seconds(next.refresh_seconds));
    }
    if last.unattended != next.unattended {
        panel.update_refresh(|refresh, now| refresh.set_unattended(next.unattended, now));
    }
    if last.scope != next.scope {
        panel.set_scope(next.scope);
    }
    panel.set_base_url(next.base_url.clone());
    let is_new_zone = last.zone != next.zone && host.has_attribute("time-zone");
    apply_query(context, is_new_zone, last, next);
}

fn apply_options(options: &mut ViewOptions, wanted: ViewOptions, last: &Config, next: &Config) {
    options.set_embedding(&wanted);
    if last.zone != next.zone {
        options.set_zone(next.zone);
    }
    if last.columns != next.columns {
        options.set_columns(next.columns);
    }
    if last.density != next.density {
        options.set_density(next.density);
    }
    if last.table != next.table {
        options.set_table(wanted.table);
    }
}

fn apply_query(context: PanelContext, is_new_zone: bool, last: &Config, next: &Config) {
    let panel = context.panel;
    let (last, next) = (&last.query, &next.query);
    // A rounded range keeps the zone in which it was typed, even if the panel shows another zone now, until the attribute changes.
    let range = next.range;
    let is_same = |other: TimeRange| if is_new_zone { other == range } else { other.reads_as(range) };
    let is_wanted = is_same(panel.query.read_untracked().range);
    let changes = [
        (last.cluster != next.cluster).then(|| Intent::Cluster(next.cluster.clone())),
        (!is_same(last.range) && !is_wanted).then_some(Intent::Range(range)),
        (last.size != next.size).then_some(Intent::PageSize(next.size)),
        // Last, since the others go back to page 1.
        (last.page != next.page).then_some(Intent::Page(next.page)),
    ];
    panel.apply_all(changes.into_iter().flatten().collect());
}
