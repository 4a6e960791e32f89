//! The wasm-bindgen surface: what `ocp-log-backup-panel.js` calls, and who owns what in between.

use gloo_timers::callback::Interval;
use js_sys::{Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{CustomEvent, CustomEventInit, Element, HtmlElement, ShadowRoot};

use super::clock::BROWSER;
use super::config::{self, Config};
use super::stylesheet::CSS;
use crate::api::error::ErrorKind;
use crate::domain::query::{Intent, Query};
use crate::domain::time::{TimeRange, format_utc};
use crate::state::load::Load;
use crate::state::panel::{Panel, Start};
use crate::view::Ui;
use crate::view::app::app;
use crate::view::dom::{El, effect, listen};
use crate::view::present::Viewer;

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
    ui: Ui,
    owner: Owner,
    root: El,
}

/// Mounts a panel into `shadow`, the shadow root of `host`, configured by the attributes of `host`.
#[wasm_bindgen]
pub fn mount(host: HtmlElement, shadow: &ShadowRoot) -> MountedPanel {
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
    let (ui, root) = owner.with(|| {
        let Config { base_url, query, locale, thresholds, refresh_seconds, page_sizes } = config.clone();
        let start = Start { base_url, query, language: locale.tag().to_owned(), refresh_seconds, clock: BROWSER };
        let ui = Ui {
            panel: Panel::start(start),
            viewer: RwSignal::new(Viewer { locale, thresholds, clock: BROWSER }),
            page_sizes: RwSignal::new(page_sizes),
            host: StoredValue::new_local(host.clone()),
            drawer: RwSignal::new(None),
            news_seen: RwSignal::new(0),
        };
        reflect_phase(host.clone(), ui.panel);
        announce_query(host.clone(), ui.panel);
        announce_sign_in(host.clone(), ui.panel);
        keep_time(&host, ui.panel);
        (ui, app(ui))
    });
    _ = shadow.append_child(root.node());
    MountedPanel { host, applied: config, ui, owner, root }
}

#[wasm_bindgen]
impl MountedPanel {
    /// Reads the attributes again and applies those that changed. What the user did meanwhile stays, unless the very
    /// attribute for it changed.
    pub fn update(&mut self) {
        let next = configure(&self.host);
        let last = std::mem::replace(&mut self.applied, next.clone());
        let panel = self.ui.panel;
        if last.page_sizes != next.page_sizes {
            self.ui.page_sizes.set(next.page_sizes);
        }
        if (last.locale, last.thresholds) != (next.locale, next.thresholds) {
            panel.speak(next.locale.tag().to_owned());
            self.ui.viewer.update(|viewer| {
                viewer.locale = next.locale;
                viewer.thresholds = next.thresholds;
            });
        }
        if last.refresh_seconds != next.refresh_seconds {
            panel.update_refresh(|refresh, _| refresh.set_seconds(next.refresh_seconds));
        }
        panel.move_to(next.base_url);
        let changes = [
            (last.query.cluster != next.query.cluster).then_some(Intent::Cluster(next.query.cluster)),
            (last.query.range != next.query.range).then_some(Intent::Range(next.query.range)),
            (last.query.size != next.query.size).then_some(Intent::PageSize(next.query.size)),
            // Last, since the others go back to page 1.
            (last.query.page != next.query.page).then_some(Intent::Page(next.query.page)),
        ];
        panel.apply_all(changes.into_iter().flatten());
    }

    /// Takes the panel out of the page and ends all that it has under way.
    pub fn unmount(self) {
        // Requests and effects end before the nodes that they would write to.
        self.owner.cleanup();
        self.root.node().remove();
    }
}

fn configure(host: &HtmlElement) -> Config {
    let (config, warnings) = config::read(|name| host.get_attribute(name), &page_language(host), BROWSER);
    for warning in warnings {
        let text = format!(
            "<ocp-log-backup-panel>: {}=\"{}\" is not used; expected {}.",
            warning.attribute, warning.given, warning.expected
        );
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

/// Tells the host of every change of the query after the first, as the event `ocp-query-change`.
fn announce_query(host: HtmlElement, panel: Panel) {
    let mut last = None;
    effect(move || {
        let query = panel.query.get();
        if last.replace(query.clone()).is_none() {
            return;
        }
        dispatch(&host, "ocp-query-change", &query_detail(&query));
    });
}

/// Tells the host that OCP wants a sign-in, as the event `ocp-auth-required`, once each time that it does.
fn announce_sign_in(host: HtmlElement, panel: Panel) {
    let mut was = false;
    effect(move || {
        let wanted = panel.load.with(|load| {
            load.problem.as_ref().is_some_and(|problem| problem.kind == ErrorKind::NotSignedIn) && !load.is_loading()
        });
        if wanted && !std::mem::replace(&mut was, wanted) {
            dispatch(&host, "ocp-auth-required", &Object::new());
        }
        was = wanted;
    });
}

fn dispatch(host: &HtmlElement, name: &str, detail: &Object) {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(detail);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        _ = host.dispatch_event(&event);
    }
}

/// Ticks while the page is shown, and passes on that the user is there.
fn keep_time(host: &HtmlElement, panel: Panel) {
    let ticking = StoredValue::new_local(None::<Interval>);
    let tick_while_shown = move || {
        let hidden = document().hidden();
        ticking.set_value((!hidden).then(|| Interval::new(1000, move || panel.tick())));
        panel.update_refresh(|refresh, now| refresh.hide(hidden, now));
    };
    tick_while_shown();
    listen(&document(), "visibilitychange", move |_| tick_while_shown());
    for event in ["pointerdown", "keydown", "wheel"] {
        listen(host, event, move |_| panel.input());
    }
}

/// `{ clusterId, range, start, end, page, pageSize }`: strings as the attributes take them, null where not set.
fn query_detail(query: &Query) -> Object {
    let (range, start, end) = match query.range {
        TimeRange::All => (Some("all".to_owned()), None, None),
        TimeRange::Last(span) => (Some(span.to_string()), None, None),
        TimeRange::Between { start, end } => (None, format_utc(start), format_utc(end)),
    };
    let fields = [
        ("clusterId", Some(query.cluster.clone())),
        ("range", range),
        ("start", start),
        ("end", end),
        ("page", Some(query.page.to_string())),
        ("pageSize", Some(query.size.to_string())),
    ];
    let detail = Object::new();
    for (name, value) in fields {
        let value = value.map_or(wasm_bindgen::JsValue::NULL, Into::into);
        _ = Reflect::set(&detail, &name.into(), &value);
    }
    detail
}
