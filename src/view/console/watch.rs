//! The clusters that the page watches: one driver each, and whose turn it is to ask.

use gloo_events::EventListener;
use leptos::prelude::*;

use super::context::{Console, Setup, tick_while};
use crate::api::error::ErrorKind;
use crate::domain::query::{MAX_PAGE_SIZE, Query};
use crate::domain::time::EpochMs;
use crate::state::panel::{Panel, Start, is_halted};
use crate::state::refresh::{Refresh, Stop};
use crate::state::request_state::RequestState;
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
    /// The number of its last turn, and when that was, until the request is seen to be under way.
    turn: StoredValue<usize>,
    asked: StoredValue<Option<EpochMs>>,
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
            turn: StoredValue::new(0),
            asked: StoredValue::new(None),
        }
    }

    /// Whether it had its turn just now. A request leaves a moment after the driver was told to send it.
    fn is_about_to_ask(&self, now: EpochMs) -> bool {
        self.asked.get_value().is_some_and(|at| (0..1000).contains(&(now - at)))
    }

    /// Asks, since it is its turn.
    fn ask(&self, setup: &Setup, seconds: u32, is_hidden: bool) {
        match self.panel.get_untracked() {
            Some(panel) if self.is_dropped.try_update_value(std::mem::take) == Some(true) => panel.rest(false),
            Some(panel) => panel.tick(),
            None => {
                let panel = start(setup, &self.id, seconds);
                hide(panel, is_hidden);
                self.panel.set(Some(panel));
            }
        }
    }
}

/// Whether a request of this cluster is under way. A failure ends the reading of the rest, too.
fn is_busy(panel: Panel) -> bool {
    let is_reading = |state: &RequestState| state.problem.is_none() && matches!(state.rest, Rest::Reading(_));
    panel.with_state_untracked(|state| state.is_loading() || is_reading(state))
}

/// Whether one of these clusters is asked no more, for this reason. Tracks which have a driver.
pub fn is_any_stopped(watched: &[Watch], stop: Stop) -> bool {
    let stopped = |watch: &Watch| watch.panel.get()?.with_refresh(Refresh::stop);
    watched.iter().any(|watch| stopped(watch) == Some(stop))
}

/// Watches the cluster of a panel on the page.
pub fn watch_panel(console: Console, panel: Panel) {
    // What is made within an effect ends when that runs again.
    let owner = Owner::current().unwrap_or_default();
    effect(move || {
        let id = panel.query.read().cluster.trim().to_owned();
        let is_same = console.watched.with_untracked(|watched| watched.first().is_some_and(|watch| watch.id == id));
        if !is_same {
            console.watched.set(vec![owner.with(|| Watch::new(id, Some(panel)))]);
        }
    });
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
    let is_unattended = move || console.is_armed.get() || console.is_wall.get();
    tick_while(1000, move || is_unattended() || !console.is_hidden.get(), take_turns);
    let every = move |change: &dyn Fn(Panel)| {
        let watched = console.watched.get_untracked();
        watched.iter().filter_map(|watch| watch.panel.get_untracked()).for_each(change);
    };
    for event in ["pointerdown", "keydown", "wheel"] {
        keep(EventListener::new(&window(), event, move |_| every(&|panel| panel.input())));
    }
    effect(move || {
        let is_hidden = console.is_hidden.get();
        untrack(|| every(&|panel| hide(panel, is_hidden)));
    });
    effect(move || {
        let is_unattended = is_unattended();
        for panel in console.watched.get().iter().filter_map(|watch| watch.panel.get()) {
            panel.note(|refresh, now| refresh.set_unattended(is_unattended, now));
        }
    });
}

fn hide(panel: Panel, is_hidden: bool) {
    panel.note(|refresh, now| refresh.hide(is_hidden, now));
}

/// Lets those ask whose turn it is: first those that never asked, in their order, then of those that are due the one whose last turn is longest
/// ago.
fn take_turns(console: Console, seconds: u32, turns: StoredValue<Turns>) {
    if is_halted() {
        return;
    }
    let setup = console.setup();
    let now = (setup.clock.now)();
    console.now.set(now);
    let watched = console.watched.get_untracked();
    let mut waiting = 0;
    let mut due = Vec::new();
    for (watch, panel) in watched.iter().filter_map(|watch| Some((watch, watch.panel.get_untracked()?))) {
        if is_busy(panel) {
            watch.asked.set_value(None);
            // It may have waited for too long.
            panel.tick();
        }
        if is_busy(panel) || watch.is_about_to_ask(now) {
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
            Some((0, _)) => due.push(watch),
            // Reads the clock, which may have been set back.
            _ if watch.is_dropped.get_value() => panel.note(|_, _| {}),
            _ => panel.tick(),
        }
    }
    if untrack(|| is_any_stopped(&watched, Stop::SignedOut)) {
        // OCP locks out whoever asks without a session too often.
        return;
    }
    due.sort_by_key(|watch| watch.turn.get_value());
    let new = watched.iter().filter(|watch| watch.panel.get_untracked().is_none());
    let is_hidden = console.is_hidden.get_untracked();
    let free = turns.with_value(|turns| turns.free(waiting, is_hidden, now));
    for watch in new.chain(due).take(free) {
        watch.turn.set_value(turns.try_update_value(|turns| turns.take(now)).unwrap_or_default());
        watch.asked.set_value(Some(now));
        watch.ask(&setup, seconds, is_hidden);
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
