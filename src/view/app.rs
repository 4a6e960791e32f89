//! The whole panel: which parts show in which state.

use leptos::prelude::*;

use super::dom::{El, button, effect, el};
use super::drawer::{Drawer, drawer};
use super::{Ui, keys, notices, pager, summary, table, toolbar};
use crate::state::load::{Load, Phase};
use crate::text::texts::fill;
use crate::text::{footer, format};

/// What takes the middle of the panel.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Middle {
    Nothing,
    Skeleton,
    Rows,
    Empty,
}

fn middle(load: &Load) -> Middle {
    match (&load.data, load.phase()) {
        (Some(data), _) if !data.page.tasks.is_empty() => Middle::Rows,
        (_, Phase::Loading) => Middle::Skeleton,
        (Some(data), Phase::Empty | Phase::Stale) if data.page.malformed.is_empty() => Middle::Empty,
        _ => Middle::Nothing,
    }
}

/// The panel. It is built anew when the language changes, and only then.
#[must_use]
pub fn app(ui: Ui) -> El {
    let language = move || ui.viewer.with(|viewer| viewer.locale);
    el("div").class("root").switch(
        move || language() as u64,
        move || {
            let panel = el("div").class("panel").attr("lang", language().tag());
            let panel = panel.on("keydown", move |event| keys::press(ui, event));
            Some(panel.child(card(ui)).child(drawer(ui)))
        },
    )
}

fn card(ui: Ui) -> El {
    let texts = ui.texts();
    let load = ui.panel.load;
    let outdated = move || load.with(|load| load.data.is_some() && !load.is_current() || load.phase() == Phase::Stale);
    let announcement = move || {
        load.with(|load| match (load.phase(), &load.data) {
            (Phase::Loading, _) => texts.loading.to_owned(),
            (Phase::Ready, Some(data)) => fill(texts.loaded, &[("count", &texts.number(data.page.tasks.len() as u64))]),
            _ => String::new(),
        })
    };
    let body = el("div")
        .class("middle")
        .class_after_a_while("outdated", outdated)
        .flag_of("aria-busy", move || load.with(Load::is_loading))
        .switch(
            move || load.with(middle) as u64,
            move || match load.with(middle) {
                Middle::Nothing => None,
                Middle::Skeleton => Some(skeleton()),
                Middle::Rows => Some(table::table(ui)),
                Middle::Empty => Some(notices::empty(ui)),
            },
        );
    // Several panels of a page are told apart by their clusters.
    let name = move || Some([texts.title, " ", &ui.panel.query.with(|query| query.cluster.clone())].concat());
    el("section").class("card").attr_of("aria-label", name).children([
        toolbar::toolbar(ui),
        notices::problem(ui),
        notices::timely(ui),
        notices::news(ui),
        notices::remarks(ui),
        summary::summary(ui),
        body,
        pager::pager(ui),
        footer(ui),
        el("p").class("unseen").attr("role", "status").text_of(announcement),
    ])
}

fn skeleton() -> El {
    el("div").class("skeleton").attr("aria-hidden", "true").children((0..8).map(|_| el("i").class("bar")))
}

/// As of when and how long ago, how long it took, who answered, the trace id, the zone of all times, and the way to the
/// diagnostics.
fn footer(ui: Ui) -> El {
    let texts = ui.texts();
    let load = ui.panel.load;
    let parts: Vec<El> = (0..4).map(|_| el("span")).collect();
    let shown = parts.clone();
    effect(move || {
        let viewer = ui.viewer.get();
        let facts = load.with(|load| load.data.as_ref().map(|data| footer::footer(data, &viewer))).unwrap_or_default();
        for (index, part) in shown.iter().enumerate() {
            part.write(facts.get(index).map_or("", String::as_str));
        }
    });
    let age = move || {
        let now = ui.panel.now.get();
        let received = load.with(|load| load.data.as_ref().map(|data| data.received));
        let span = received.map(|received| format::span_of_ms((now - received).max(0), texts));
        span.map(|span| fill(texts.age, &[("span", &span)])).unwrap_or_default()
    };
    let zone = move || format::zone(&ui.viewer.get(), ui.panel.now.get());
    let label = move || match load.with(|load| load.watch.deviations().list().len()) {
        0 => texts.diagnostics.to_owned(),
        count => [texts.diagnostics, " (", &count.to_string(), ")"].concat(),
    };
    let open = button("button small", "", move |_| ui.drawer.set(Some(Drawer::Diagnostics)));
    let open = open.attr("part", "diagnostics").text_of(label);
    let mut parts = parts.into_iter();
    let first = parts.next().into_iter().chain([el("span").text_of(age)]);
    el("footer").class("footer").children(first.chain(parts)).children([el("span").text_of(zone), open])
}
