//! What all parts of the console share.

use std::rc::Rc;

use gloo_timers::callback::Interval;
use leptos::prelude::*;
use web_sys::HtmlElement;

use super::page::Page;
use super::watch::Watch;
use crate::api::fetch::Transport;
use crate::domain::delay::Thresholds;
use crate::domain::query::parse_cluster_id;
use crate::domain::time::{Clock, EpochMs, Zone};
use crate::state::alarm::{Alarm, Badge};
use crate::text::address::Address;
use crate::text::columns::Columns;
use crate::text::locale::Locale;
use crate::text::texts::{LaterTexts, fill};
use crate::text::viewer::Viewer;
use crate::view::parts::effect;

/// What the page's address and the page itself say.
pub struct Setup {
    /// The browser's window.
    pub page: Page,
    /// The panel of the page, see [`Page::panel`].
    pub panel: HtmlElement,
    /// The address that the page was opened with.
    pub address: Address,
    /// Where OCP is, empty for the page's own origin.
    pub base_url: String,
    /// How requests are sent.
    pub transport: Transport,
    /// The language.
    pub locale: Locale,
    /// The delays from which a task counts as behind.
    pub thresholds: Thresholds,
    /// The zone in which times are shown at first.
    pub zone: Zone,
    /// Seconds between a response and the next request for the same cluster; 0 for never.
    pub refresh_seconds: u32,
    /// The browser's clock.
    pub clock: Clock,
}

/// The state of the console. A copy is a handle to the same state.
#[derive(Clone, Copy)]
pub struct Console {
    setup: StoredValue<Rc<Setup>, LocalStorage>,
    /// The time of the last tick.
    pub now: RwSignal<EpochMs>,
    /// The zone in which times are shown.
    pub zone: RwSignal<Zone>,
    /// The clusters that are watched.
    pub watched: RwSignal<Vec<Watch>>,
    /// Whether the page is a wall screen.
    pub is_wall: RwSignal<bool>,
    /// Whether the alarm is on, and whether it has a sound.
    pub is_armed: RwSignal<bool>,
    /// See `is_armed`.
    pub has_sound: RwSignal<bool>,
    /// Whether the browser would let it be heard.
    pub may_sound: RwSignal<bool>,
    /// Whether OCP wants a sign-in before it lists its clusters.
    pub is_list_refused: RwSignal<bool>,
    /// Counts how often the user wanted OCP's list of clusters again.
    pub repeats: RwSignal<usize>,
    /// Whether the page is hidden.
    pub is_hidden: RwSignal<bool>,
    /// What the alarm has to show.
    pub badge: RwSignal<Badge>,
    alarm: StoredValue<Alarm, LocalStorage>,
}

/// The console that the calling component belongs to.
///
/// # Panics
/// If the calling component is not part of a console.
pub fn use_console() -> Console {
    use_context().unwrap_or_else(|| unreachable!("a component outside of a console"))
}

impl Console {
    /// The state at the start, under the current owner.
    pub fn new(setup: Setup) -> Self {
        Self {
            now: RwSignal::new((setup.clock.now)()),
            zone: RwSignal::new(setup.zone),
            watched: RwSignal::new(Vec::new()),
            is_wall: RwSignal::new(false),
            is_armed: RwSignal::new(false),
            has_sound: RwSignal::new(false),
            may_sound: RwSignal::new(true),
            is_list_refused: RwSignal::new(false),
            repeats: RwSignal::new(0),
            is_hidden: RwSignal::new(document().hidden()),
            badge: RwSignal::new(Badge::default()),
            alarm: StoredValue::new_local(Alarm::default()),
            setup: StoredValue::new_local(Rc::new(setup)),
        }
    }

    /// What the page's address and the page itself say.
    pub fn setup(self) -> Rc<Setup> {
        self.setup.get_value()
    }

    /// The texts in the language of the page.
    pub fn texts(self) -> &'static LaterTexts {
        self.setup.with_value(|setup| setup.locale.later_texts())
    }

    /// Asks for OCP's list of clusters again.
    pub fn ask_again(self) {
        self.repeats.update(|count| *count += 1);
    }

    /// Whoever looks at the page. Tracks the zone.
    pub fn viewer(self) -> Viewer {
        let zone = self.zone.get();
        let setup = self.setup();
        let Setup { locale, thresholds, clock, .. } = *setup;
        Viewer { locale, thresholds, zone, clock, today: None, columns: Columns::default() }
    }

    /// Changes the alarm, shows what it shows then, and returns what `change` returns.
    pub fn update_alarm<T>(self, change: impl FnOnce(&mut Alarm, EpochMs) -> T) -> Option<T> {
        let now = (self.setup().clock.now)();
        let (result, badge) = self.alarm.try_update_value(|alarm| {
            let result = change(alarm, now);
            (result, alarm.badge())
        })?;
        if self.badge.get_untracked() != badge {
            self.badge.set(badge);
        }
        Some(result)
    }

    /// A link to another view of the page, with these parameters. How clusters are judged and asked stays; what is of one list, such as a page
    /// number, means nothing in another.
    pub fn link(self, parameters: &[(&str, &str)]) -> String {
        let setup = self.setup();
        let kept = ["lang", "zone", "lagging", "critical", "refresh"];
        let kept = kept.into_iter().filter_map(|name| Some((name, setup.address.get(name)?)));
        let all = kept.chain(parameters.iter().copied());
        all.fold(Address::default(), |address, (name, value)| address.with(name, Some(value))).search()
    }

    /// The link to a cluster. The clusters that the page shows stay in it, for the way back.
    pub fn link_to_cluster(self, id: &str) -> String {
        let setup = self.setup();
        let clusters = setup.address.get("clusters").map(|clusters| ("clusters", clusters));
        self.link(&clusters.into_iter().chain([("cluster", id)]).collect::<Vec<_>>())
    }

    /// What a cluster is called until its name is known. A link can name a cluster in any words; those do not belong where the page speaks
    /// for itself.
    pub fn bare_name(self, id: &str) -> String {
        fill(self.texts().console.cluster, &[("id", plain_id(id))])
    }
}

/// Calls `tick` each so many milliseconds while `is_wanted` holds, as long as the current owner lives. No timer wakes a page for nothing.
pub fn tick_while(milliseconds: u32, is_wanted: impl Fn() -> bool + 'static, tick: impl Fn() + Clone + 'static) {
    let mut ticking = None::<Interval>;
    effect(move || {
        let is_wanted = is_wanted();
        if is_wanted != ticking.is_some() {
            ticking = is_wanted.then(|| Interval::new(milliseconds, tick.clone()));
        }
    });
}

/// `id`, or a question mark if it is none.
pub fn plain_id(id: &str) -> &str {
    if parse_cluster_id(id).is_some() { id } else { "?" }
}
