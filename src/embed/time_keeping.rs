//! The panel's timer: once a second, while somebody can see the panel or it is unattended.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use web_sys::{EventTarget, HtmlElement};

use crate::state::panel::Panel;
use crate::state::refresh::Refresh;
use crate::view::lazy::preload;
use crate::view::parts::keep;

/// The timer of a panel. It runs or stands still as the page's visibility, the host and the configuration want it. It ends with the last handle to it.
pub struct TimeKeeper {
    panel: Panel,
    ticking: Cell<Option<Interval>>,
    /// Whether the host shows the panel.
    is_shown: Cell<bool>,
    /// Whether the panel is out of the page.
    is_resting: Cell<bool>,
}

impl TimeKeeper {
    /// Starts the timer, and tells the panel of user input.
    pub fn start(host: &HtmlElement, panel: Panel) -> Rc<Self> {
        let ticking = Cell::new(None);
        let keeper = Rc::new(Self { panel, ticking, is_shown: Cell::new(true), is_resting: Cell::new(false) });
        keeper.restart();
        let again = keeper.clone();
        listen(&document(), "visibilitychange", move || again.restart());
        for event in ["pointerdown", "keydown", "wheel"] {
            listen(host, event, move || panel.input());
        }
        keeper
    }

    /// Starts or stops the timer, as all that it depends on wants it now.
    pub fn restart(&self) {
        let panel = self.panel;
        // A micro-frontend that has ended has no document any more.
        let is_hidden = !self.is_shown.get() || document().hidden();
        let mut is_preloaded = false;
        let tick = move || {
            panel.tick();
            // Not together with the first rows, which the browser is painting then.
            if !is_preloaded && panel.with_state_untracked(|state| state.data.is_some()) {
                is_preloaded = true;
                preload();
            }
        };
        let is_wanted = !self.is_resting.get() && (!is_hidden || panel.with_refresh(Refresh::is_unattended));
        self.ticking.set(is_wanted.then(|| Interval::new(1000, tick)));
        panel.update_refresh(|refresh, now| refresh.hide(is_hidden, now));
    }

    /// Whether the host shows the panel, and whether it is in the page.
    pub fn place(&self, is_shown: bool, is_in_page: bool) {
        self.is_shown.set(is_shown);
        if self.is_resting.replace(!is_in_page) == is_in_page {
            self.panel.rest(!is_in_page);
        }
        self.restart();
    }
}

/// Listens for `event` on `target` as long as the current owner lives. Before what is inside, which may keep the event to itself.
fn listen(target: &EventTarget, event: &'static str, mut handle: impl FnMut() + 'static) {
    let options = EventListenerOptions::run_in_capture_phase();
    keep(EventListener::new_with_options(target, event, options, move |_| handle()));
}
