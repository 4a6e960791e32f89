//! The panel's timer: once a second, while the page is shown or the panel is unattended.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use web_sys::{EventTarget, HtmlElement};

use crate::state::panel::Panel;
use crate::state::refresh::Refresh;
use crate::view::lazy::preload;
use crate::view::parts::keep;

/// Starts the timer, and tells the panel of user input. Returns a callback that restarts or stops the timer, as the page's
/// visibility and the configuration want it.
pub fn keep_time(host: &HtmlElement, panel: Panel) -> Rc<dyn Fn()> {
    let ticking = Rc::new(Cell::new(None::<Interval>));
    keep(ticking.clone());
    let restart = Rc::new(move || {
        let hidden = document().hidden();
        let mut is_preloaded = false;
        let tick = move || {
            panel.tick();
            // Not together with the first rows, which the browser is painting then.
            if !is_preloaded && panel.with_state_untracked(|state| state.data.is_some()) {
                is_preloaded = true;
                preload();
            }
        };
        let is_wanted = !hidden || panel.with_refresh(Refresh::is_unattended);
        ticking.set(is_wanted.then(|| Interval::new(1000, tick)));
        panel.update_refresh(|refresh, now| refresh.hide(hidden, now));
    });
    restart();
    let again = restart.clone();
    listen(&document(), "visibilitychange", move || again());
    for event in ["pointerdown", "keydown", "wheel"] {
        listen(host, event, move || panel.input());
    }
    restart
}

/// Listens for `event` on `target` as long as the current owner lives.
fn listen(target: &EventTarget, event: &'static str, mut handle: impl FnMut() + 'static) {
    keep(EventListener::new(target, event, move |_| handle()));
}
