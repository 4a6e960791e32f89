//! The whole panel: which parts show in which state.

use leptos::prelude::*;

use super::dom::{El, el};
use super::texts::fill;
use super::{Ui, notices, pager, present, table, task_details, toolbar};
use crate::state::load::{Load, Phase};

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
            Some(panel.child(card(ui)).child(task_details::task_details(ui)))
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
            (Phase::Ready, Some(data)) => fill(texts.loaded, &[("count", &data.page.tasks.len().to_string())]),
            _ => String::new(),
        })
    };
    let body = el("div")
        .class("middle")
        .class_of("outdated", outdated)
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
    el("section").class("card").attr("aria-label", texts.title).children([
        toolbar::toolbar(ui),
        notices::problem(ui),
        notices::timely(ui),
        notices::malformed(ui),
        body,
        pager::pager(ui),
        footer(ui),
        el("p").class("unseen").attr("role", "status").text_of(announcement),
    ])
}

fn skeleton() -> El {
    el("div").class("skeleton").attr("aria-hidden", "true").children((0..8).map(|_| el("i").class("bar")))
}

/// As of when, how long it took, who answered, the trace id, and the zone of all times.
fn footer(ui: Ui) -> El {
    let part = move |index: usize| {
        el("span").text_of(move || {
            let viewer = ui.viewer.get();
            let parts = ui.panel.load.with(|load| {
                let data = load.data.as_ref()?;
                Some(present::footer(&data.page.meta, data.received, &viewer))
            });
            parts.and_then(|parts| parts.into_iter().nth(index)).unwrap_or_default()
        })
    };
    let zone = move || present::zone(&ui.viewer.get(), (ui.panel.clock.now)());
    el("footer").class("footer").children((0..4).map(part)).child(el("span").text_of(zone))
}
