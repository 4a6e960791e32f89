//! The clusters that the page watches: one driver each, and whose turn it is to ask.

use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use leptos::prelude::*;

use super::context::{Console, Setup};
use crate::api::error::ErrorKind;
use crate::domain::query::{MAX_PAGE_SIZE, Query};
use crate::state::panel::{Panel, Start};
use crate::state::refresh::Refresh;
use crate::state::sweep::{Rest, Scope};
use crate::state::turns::Turns;
use crate::text::cluster_card::Rank;
use crate::view::parts::{effect, keep};

/// A cluster that is watched. A copy is a handle to the same state.
#[derive(Clone)]
pub struct Watch {
    /// OCP's id, as the address names it.
    pub id: String,
    /// The driver; `None` until its first turn.
    pub panel: RwSignal<Option<Panel>>,
    /// Where its card stands.
    pub rank: RwSignal<Rank>,
    /// Whether somebody else drives it: the panel on the page.
    is_foreign: bool,
    /// Whether its last request was given up for want of an answer, and its connection is free.
    is_dropped: StoredValue<bool>,
}

impl Watch {
    fn new(id: String, panel: Option<Panel>) -> Self {
        let is_foreign = panel.is_some();
        Self {
            id,
            panel: RwSignal::new(panel),
            rank: RwSignal::new(Rank::WAITING),
            is_foreign,
            is_dropped: StoredValue::new(false),
        }
    }
}

/// Whether a request of this cluster is under way.
fn is_busy(panel: Panel) -> bool {
    panel.with_state_untracked(|state| state.is_loading() || matches!(state.rest, Rest::Reading(_)))
}

/// Watches the cluster of a panel on the page.
pub fn watch_panel(console: Console, panel: Panel) {
    effect(move || {
        let id = panel.query.read().cluster.trim().to_owned();
        let is_same = console.watched.with_untracked(|watched| watched.first().is_some_and(|watch| watch.id == id));
        if !is_same {
            console.watched.set(vec![Watch::new(id, Some(panel))]);
        }
    });
    let tick = move || console.now.set((panel.clock.now)());
    keep(Interval::new(1000, tick));
}

/// Watches these clusters, each at a cadence of its own, but only so many at a time.
pub fn watch_clusters(console: Console, ids: Vec<String>, seconds: u32) {
    console.watched.set(ids.into_iter().map(|id| Watch::new(id, None)).collect());
    let owner = Owner::current().unwrap_or_default();
    let turns = StoredValue::new(Turns::default());
    let take_turns = move || owner.with(|| take_turns(console, seconds, turns));
    take_turns();
    let after = take_turns.clone();
    // An answer gives its turn to the next one.
    effect(move || {
        let watched = console.watched.get();
        for panel in watched.iter().filter_map(|watch| watch.panel.get()) {
            panel.with_state(|_| ());
        }
        untrack(&after);
    });
    keep(Interval::new(1000, take_turns));
    let every = move |change: fn(Panel)| {
        let watched = console.watched.get_untracked();
        watched.iter().filter_map(|watch| watch.panel.get_untracked()).for_each(change);
    };
    for event in ["pointerdown", "keydown", "wheel"] {
        keep(EventListener::new(&window(), event, move |_| every(|panel| panel.input())));
    }
    keep(EventListener::new(&document(), "visibilitychange", move |_| every(hide)));
    effect(move || {
        let is_unattended = console.is_armed.get() || console.is_wall.get();
        for panel in console.watched.get().iter().filter_map(|watch| watch.panel.get()) {
            panel.note(|refresh, now| refresh.set_unattended(is_unattended, now));
        }
    });
}

fn hide(panel: Panel) {
    let is_hidden = document().hidden();
    panel.note(|refresh, now| refresh.hide(is_hidden, now));
}

/// Lets those ask whose turn it is: first those that never asked, in their order, then those that are overdue longest.
fn take_turns(console: Console, seconds: u32, turns: StoredValue<Turns>) {
    let setup = console.setup();
    let now = (setup.clock.now)();
    console.now.set(now);
    let watched = console.watched.get_untracked();
    let driven = || watched.iter().filter_map(|watch| Some((watch, watch.panel.get_untracked()?)));
    let mut waiting = 0;
    let mut due = Vec::new();
    for (watch, panel) in driven() {
        if is_busy(panel) {
            // It may have waited for too long.
            panel.tick();
        }
        if is_busy(panel) {
            waiting += 1;
            continue;
        }
        let is_silent = panel.with_state_untracked(|state| {
            state.problem.as_ref().is_some_and(|problem| problem.kind == ErrorKind::Timeout)
        });
        if is_silent && !watch.is_dropped.get_value() {
            // Frees its connection: a browser has six for a server, and the other clusters need them.
            panel.rest(true);
            watch.is_dropped.set_value(true);
        }
        match panel.with_refresh(|refresh| refresh.next(now)) {
            Some((0, _)) => due.push((watch, panel)),
            _ if watch.is_dropped.get_value() => {}
            _ => panel.tick(),
        }
    }
    let mut free = turns.with_value(|turns| turns.free(waiting, now));
    let take = |free: &mut usize| {
        turns.update_value(|turns| turns.take(now));
        *free -= 1;
    };
    for watch in watched.iter().filter(|watch| watch.panel.get_untracked().is_none()) {
        if free == 0 {
            return;
        }
        take(&mut free);
        let panel = start(&setup, &watch.id, seconds);
        hide(panel);
        watch.panel.set(Some(panel));
    }
    let overdue = |panel: Panel| panel.with_state_untracked(|state| state.data.as_ref().map(|data| data.received));
    due.sort_by_key(|(_, panel)| overdue(*panel));
    for (watch, panel) in due.into_iter().take(free) {
        turns.update_value(|turns| turns.take(now));
        if watch.is_dropped.try_update_value(std::mem::take).unwrap_or_default() {
            panel.rest(false);
        } else {
            panel.tick();
        }
    }
}

/// A driver for the cluster `id`. It reads the largest page, because a card is about all tasks.
fn start(setup: &Setup, id: &str, refresh_seconds: u32) -> Panel {
    Panel::start(Start {
        base_url: setup.base_url.clone(),
        query: Query { cluster: id.to_owned(), size: MAX_PAGE_SIZE, ..Query::default() },
        language: setup.locale.tag().to_owned(),
        transport: setup.transport.clone(),
        scope: Scope::All,
        refresh_seconds,
        clock: setup.clock,
        early: None,
    })
}

/// Asks again of all clusters, since the user signed in or wants it.
pub fn refresh_all(console: Console) {
    for watch in console.watched.get_untracked() {
        if let Some(panel) = watch.panel.get_untracked() {
            if watch.is_foreign {
                panel.refresh();
            } else {
                panel.note(Refresh::resume);
            }
        }
    }
}
