//! The wasm-bindgen surface: what `ocp-log-backup-panel.js` calls, and who owns what in between.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::{Interval, Timeout};
use js_sys::{Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, HtmlElement, ShadowRoot};

use super::clock::{self, BROWSER};
use super::config::{self, Config, Theme, Warning};
use super::stylesheet::CSS;
use crate::api::error::ErrorKind;
use crate::api::fetch::{Early, Transport};
use crate::domain::query::Intent;
use crate::state::load::Load;
use crate::state::panel::{Panel, Start};
use crate::state::refresh::Refresh;
use crate::text::event_detail::{change_detail, error_detail, filter_detail, load_detail, query_detail, state_detail};
use crate::text::json::JsonObject;
use crate::text::viewer::Viewer;
use crate::view::app::app;
use crate::view::dom::{El, effect, listen};
use crate::view::later::load_early;
use crate::view::memory::recall;
use crate::view::{Outside, Ui};

/// The stylesheet for the shadow root. Every panel of a page adopts the same one.
#[must_use]
#[wasm_bindgen]
pub fn stylesheet() -> String {
    CSS.to_owned()
}

/// A panel in a page. Freed by [`MountedPanel::unmount`], after which no listener, timer or request of it is left.
#[must_use]
#[wasm_bindgen]
pub struct MountedPanel {
    host: HtmlElement,
    applied: Config,
    /// Restarts or stops the timer that ticks once a second.
    keep_time: Rc<dyn Fn()>,
    ui: Ui,
    owner: Owner,
    root: El,
}

/// Mounts a panel into `shadow`, the shadow root of `host`, configured by the attributes of `host` and by its property
/// `headers`. `tell` dispatches an event of a name with a detail in JSON, and gives whether the panel goes on; `zone_offset`
/// gives the minutes east of UTC of an IANA zone at an instant, `NaN` for one that it does not know; `early` is the first request,
/// where it has left already.
#[wasm_bindgen]
pub fn mount(
    host: HtmlElement,
    shadow: &ShadowRoot,
    tell: Function,
    zone_offset: Function,
    early: Option<Early>,
) -> MountedPanel {
    // A panic ends the wasm; its message and place reach the browser's console.
    console_error_panic_hook::set_once();
    clock::use_zones(zone_offset);
    // An error here means that another panel started the executor.
    _ = any_spawner::Executor::init_wasm_bindgen();
    let config = configure(&host);
    // An owner without a parent: a panel that is mounted from another's event handler must not end with that one.
    let outer = Owner::current();
    outer.clone().into_iter().for_each(Owner::unset);
    let owner = Owner::new();
    if let Some(outer) = outer {
        outer.set();
    }
    let (ui, root, keep_time) = owner.with(|| {
        let start = Start {
            base_url: config.base_url.clone(),
            query: config.query.clone(),
            language: config.locale.tag().to_owned(),
            transport: transport(&host, &config),
            refresh_seconds: config.refresh_seconds,
            clock: BROWSER,
            early,
        };
        let asked = host.clone();
        let configured = Box::new(move || {
            let (config, _) = config::read(&|name| asked.get_attribute(name), "", BROWSER);
            (viewer(&config), config.density)
        });
        let page_sizes = RefCell::new(config.page_sizes.clone());
        let outside = Outside { host: host.clone(), tell, configured, page_sizes };
        let ui = Ui {
            panel: Panel::start(start),
            viewer: RwSignal::new(viewer(&config)),
            outside: StoredValue::new_local(Rc::new(outside)),
            drawer: RwSignal::new(None),
            shown: RwSignal::new(config.shown.clone()),
            news_seen: RwSignal::new(0),
        };
        reflect_phase(host.clone(), ui.panel);
        announce(ui);
        if config.unattended {
            ui.panel.update_refresh(|refresh, now| refresh.set_unattended(true, now));
        }
        let keep_time = keep_time(&host, ui.panel);
        let root = app(ui);
        attach(shadow.clone(), root.clone(), ui.panel);
        (ui, root, keep_time)
    });
    show_theme(&host, &root, config.theme);
    show_density(&root, &config);
    MountedPanel { host, applied: config, keep_time, ui, owner, root }
}

/// Shows `root` with the first answer, or without it where that is a while to come: a skeleton that flashes by costs the
/// browser as much as the rows do.
fn attach(shadow: ShadowRoot, root: El, panel: Panel) {
    const WHILE: u32 = 100;
    let show = move || _ = shadow.append_child(root.node());
    let waiting = StoredValue::new_local(Some(Timeout::new(WHILE, show.clone())));
    effect(move || {
        if !panel.load.with(Load::is_loading)
            && let Some(waiting) = waiting.try_update_value(Option::take).flatten()
        {
            waiting.cancel();
            show();
        }
    });
}

fn viewer(config: &Config) -> Viewer {
    let Config { locale, thresholds, zone, columns, .. } = *config;
    Viewer { locale, thresholds, zone, clock: BROWSER, today: None, columns }
}

fn transport(host: &HtmlElement, config: &Config) -> Transport {
    let headers = Reflect::get(host, &"headers".into()).ok().and_then(|headers| headers.dyn_into().ok());
    Transport { credentials: config.credentials, headers }
}

/// Where the theme is the page's it is its `data-theme`; its `color-scheme` is inherited without that.
fn show_theme(host: &HtmlElement, root: &El, theme: Theme) {
    let theme = match theme {
        Theme::Auto => {
            let nearest = host.closest("[data-theme]").ok().flatten();
            nearest.and_then(|element| element.get_attribute("data-theme")).unwrap_or_default()
        }
        Theme::Light => "light".to_owned(),
        Theme::Dark => "dark".to_owned(),
    };
    root.set("data-theme", &theme);
}

fn show_density(root: &El, config: &Config) {
    _ = root.node().set_attribute("data-density", &config.density);
}

#[wasm_bindgen]
impl MountedPanel {
    /// Reads the attributes again and applies those that changed. What the user did meanwhile stays, unless the very
    /// attribute for it changed.
    pub fn update(&mut self) {
        let next = configure(&self.host);
        let panel = self.ui.panel;
        panel.send_by(transport(&self.host, &next));
        show_theme(&self.host, &self.root, next.theme);
        let last = std::mem::replace(&mut self.applied, next.clone());
        let looks = |config: &Config| (config.locale, config.thresholds, config.zone, config.columns);
        if looks(&last) != looks(&next) || last.page_sizes != next.page_sizes {
            self.ui.outside.get_value().page_sizes.replace(next.page_sizes.clone());
            panel.speak(next.locale.tag().to_owned());
            let mut seen = viewer(&next);
            self.ui.viewer.update(|viewer| {
                if last.zone == next.zone {
                    seen.zone = viewer.zone;
                }
                if last.columns == next.columns {
                    seen.columns = viewer.columns;
                }
                *viewer = seen;
            });
        }
        if last.shown != next.shown {
            self.ui.shown.set(next.shown.clone());
        }
        if last.density != next.density {
            show_density(&self.root, &next);
        }
        if last.refresh_seconds != next.refresh_seconds {
            panel.update_refresh(|refresh, _| refresh.set_seconds(next.refresh_seconds));
        }
        if last.unattended != next.unattended {
            panel.update_refresh(|refresh, now| refresh.set_unattended(next.unattended, now));
            (self.keep_time)();
        }
        panel.move_to(next.base_url);
        // A rounded range stays of the zone that it was typed in, whatever the zone is now.
        let range = next.query.range;
        let is_wanted = panel.query.with_untracked(|query| query.range.reads_as(range));
        let changes = [
            (last.query.cluster != next.query.cluster).then_some(Intent::Cluster(next.query.cluster)),
            (!last.query.range.reads_as(range) && !is_wanted).then_some(Intent::Range(range)),
            (last.query.size != next.query.size).then_some(Intent::PageSize(next.query.size)),
            // Last, since the others go back to page 1.
            (last.query.page != next.query.page).then_some(Intent::Page(next.query.page)),
        ];
        panel.apply_all(changes.into_iter().flatten().collect());
    }

    /// Asks again now, as the button does.
    pub fn refresh(&self) {
        self.ui.panel.refresh();
    }

    /// The state in JSON: `{ phase, loading, query, filter, data, error }`.
    #[must_use]
    pub fn state(&self) -> String {
        let Ui { panel, viewer, shown, .. } = self.ui;
        let thresholds = viewer.with_untracked(|viewer| viewer.thresholds);
        let (query, shown) = (panel.query.get_untracked(), shown.get_untracked());
        panel.load.with_untracked(|load| state_detail(load, &query, &shown, thresholds).end())
    }

    /// Takes the panel out of the page and ends all that it has under way.
    pub fn unmount(self) {
        // Requests and effects end before the nodes that they would write to.
        self.owner.cleanup();
        self.root.node().remove();
    }
}

fn configure(host: &HtmlElement) -> Config {
    let (config, warnings) =
        config::read(&|name| host.get_attribute(name).or_else(|| recall(name)), &page_language(host), BROWSER);
    for warning in warnings {
        let Warning { attribute, given, expected } = warning;
        let text =
            ["<ocp-log-backup-panel>: ", attribute, "=\"", &given, "\" is not used; expected ", expected, "."].concat();
        web_sys::console::warn_1(&text.into());
    }
    config
}

/// The language of the nearest element that has one, else the browser's.
fn page_language(host: &Element) -> String {
    let nearest = host.closest("[lang]").ok().flatten().and_then(|element| element.get_attribute("lang"));
    nearest.filter(|lang| !lang.is_empty()).or_else(|| window().navigator().language()).unwrap_or_default()
}

/// Keeps `data-state` of the host in step with the state.
fn reflect_phase(host: HtmlElement, panel: Panel) {
    let mut last = None;
    effect(move || {
        let phase = panel.load.with(Load::phase);
        if last.replace(phase) != Some(phase) {
            _ = host.set_attribute("data-state", phase.name());
        }
    });
}

/// Tells the host what changes: the query after the first, each answer, what it shows by comparison, each failure.
fn announce(ui: Ui) {
    let panel = ui.panel;
    let tell = move |name: &str, detail| _ = untrack(|| ui.tell(name, detail));
    let mut last = None;
    effect(move || {
        let query = panel.query.get();
        if last.replace(query.clone()).is_some() {
            tell("ocp-query-change", query_detail(&query));
        }
    });
    let mut last = None;
    effect(move || {
        let shown = ui.shown.get();
        if last.replace(shown.clone()).is_some_and(|last| last != shown) {
            tell("ocp-filter-change", filter_detail(&shown));
        }
    });
    let (mut data, mut written, mut problem) = (None, 0, None);
    effect(move || {
        let thresholds = ui.viewer.with_untracked(|viewer| viewer.thresholds);
        // A handler may change the state, so nothing of it is borrowed while it is told.
        let mut news = Vec::new();
        panel.load.with(|load| {
            if data != load.data {
                data.clone_from(&load.data);
                news.extend(load.data.iter().map(|data| ("ocp-data-load", load_detail(data, &load.watch, thresholds))));
            }
            let entries = load.watch.journal();
            let new =
                usize::try_from(load.watch.written().saturating_sub(written)).unwrap_or_default().min(entries.len());
            written = load.watch.written();
            news.extend(
                entries.iter().skip(entries.len() - new).map(|entry| ("ocp-task-change", change_detail(entry))),
            );
            if load.is_loading() {
                problem = None;
            } else if problem != load.problem {
                problem.clone_from(&load.problem);
                if let Some(error) = &load.problem {
                    if error.kind == ErrorKind::NotSignedIn {
                        news.push(("ocp-auth-required", JsonObject::new()));
                    }
                    news.push(("ocp-error", error_detail(error)));
                }
            }
        });
        for (name, detail) in news {
            tell(name, detail);
        }
    });
}

/// Runs the timer that ticks once a second while the page is shown or the panel is unattended, and reports user input to the panel.
/// Returns a callback that restarts or stops the timer.
fn keep_time(host: &HtmlElement, panel: Panel) -> Rc<dyn Fn()> {
    let ticking = StoredValue::new_local(None::<Interval>);
    let look = Rc::new(move || {
        let hidden = document().hidden();
        let mut early = true;
        let tick = move || {
            panel.tick();
            // Not at once with the first rows: they are being painted.
            if early && panel.load.with_untracked(|load| load.data.is_some()) {
                early = false;
                load_early();
            }
        };
        let is_wanted = !hidden || panel.with_refresh(Refresh::is_unattended);
        ticking.set_value(is_wanted.then(|| Interval::new(1000, tick)));
        panel.update_refresh(|refresh, now| refresh.hide(hidden, now));
    });
    look();
    let again = look.clone();
    listen(&document(), "visibilitychange", move |_| again());
    for event in ["pointerdown", "keydown", "wheel"] {
        listen(host, event, move |_| panel.input());
    }
    look
}
