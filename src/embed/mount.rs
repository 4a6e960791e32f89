//! The life of a panel: `ocp-log-backup-panel.js` mounts it, updates it and unmounts it by these functions.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::{Function, Reflect};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, Render};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, HtmlElement, ShadowRoot};

use super::clock::{self, BROWSER};
use super::config::{self, Config, Warning};
use super::time_keeping::TimeKeeper;
use super::{changes, host_events, theme};
use crate::api::fetch::{EarlyRequest, Transport};
use crate::state::panel::{Panel, Start};
use crate::state::request_state::RequestState;
use crate::text::event_detail::{state_detail, view_detail};
use crate::text::locale::Locale;
use crate::text::view_options::ViewOptions;
use crate::text::viewer::Viewer;
use crate::view::app::{App, AppProps};
use crate::view::context::{Host, PanelContext, make_known};
use crate::view::parts::effect;
use crate::view::preferences::recall;
use crate::view::stylesheet::{CSS, adopt_styles, restyle};

#[wasm_bindgen(module = "/src/embed/shadow_root.js")]
extern "C" {
    /// Keeps the texts under `root` true while a page translator is at work, and its fields quiet while an input method is.
    #[wasm_bindgen(js_name = watchShadowRoot)]
    fn watch_shadow_root(root: &ShadowRoot);
}

/// Takes the texts of the language with this tag, which are needed before a panel can be mounted in it. Returns whether they are there:
/// those of another build are not taken.
#[must_use]
#[wasm_bindgen]
pub fn add_texts(language: &str, lines: String) -> bool {
    Locale::of_tag(language).add_texts(lines)
}

/// A panel in a page. Freed by [`MountedPanel::unmount`], after which no listener, timer or request of it is left.
#[must_use]
#[wasm_bindgen]
pub struct MountedPanel {
    host: HtmlElement,
    applied: Config,
    time_keeper: Rc<TimeKeeper>,
    context: PanelContext,
    owner: Owner,
    view: Rc<RefCell<AnyViewState>>,
}

/// Mounts a panel into `shadow`, the shadow root of `host`. The attributes of `host` and its property `headers` configure it.
///
/// `language` is what the element speaks, a tag whose texts were [added](add_texts).
/// `dispatch` takes the name and the detail (in JSON) of an event, dispatches it, and returns whether nobody called `preventDefault`.
/// `zone_offset` returns the minutes east of UTC of an IANA zone at an instant, or `NaN` for an unknown zone. `early` is the first request,
/// if JavaScript has sent it already.
#[wasm_bindgen]
pub fn mount(
    host: HtmlElement,
    shadow: &ShadowRoot,
    language: &str,
    dispatch: Function,
    zone_offset: Function,
    early: Option<EarlyRequest>,
) -> MountedPanel {
    clock::use_zones(zone_offset);
    // An error here means that another panel started the executor.
    _ = any_spawner::Executor::init_wasm_bindgen();
    let config = configure(&host, language);
    let owner = parentless_owner();
    let (context, view, time_keeper) = owner.with(|| {
        let context = context(&host, &config, dispatch, early);
        host_events::reflect_phase(host.clone(), context.panel);
        host_events::announce(context);
        if config.unattended {
            context.panel.update_refresh(|refresh, now| refresh.set_unattended(true, now));
        }
        make_known(context);
        let time_keeper = TimeKeeper::start(&host, context.panel);
        let view = Rc::new(RefCell::new(App(AppProps { context }).into_any().build()));
        adopt_styles(shadow, CSS);
        attach(shadow, view.clone(), context.panel);
        watch_shadow_root(shadow);
        (context, view, time_keeper)
    });
    MountedPanel { host, applied: config, time_keeper, context, owner, view }
}

/// An owner without a parent: a panel that is mounted from another's event handler must not end with that one.
fn parentless_owner() -> Owner {
    let outer = Owner::current();
    outer.clone().into_iter().for_each(Owner::unset);
    let owner = Owner::new();
    if let Some(outer) = outer {
        outer.set();
    }
    owner
}

fn context(host: &HtmlElement, config: &Config, dispatch: Function, early: Option<EarlyRequest>) -> PanelContext {
    let panel = Panel::start(Start {
        base_url: config.base_url.clone(),
        query: config.query.clone(),
        language: config.locale.tag().to_owned(),
        transport: transport(host, config),
        scope: config.scope,
        refresh_seconds: config.refresh_seconds,
        clock: BROWSER,
        early,
    });
    let element = host.clone();
    let configured = Box::new(move || {
        let (config, _) = config::read(&|name| element.get_attribute(name), "", BROWSER);
        view_options(&element, &config)
    });
    PanelContext::new(panel, view_options(host, config), Host { element: host.clone(), dispatch, configured })
}

/// Shows the panel together with the first response, or after a tenth of a second without it. A skeleton that only flashes would cost the
/// browser as much as the rows do.
fn attach(shadow: &ShadowRoot, view: Rc<RefCell<AnyViewState>>, panel: Panel) {
    const WHILE: u32 = 100;
    // Leptos mounts into elements. A shadow root has all methods that it calls.
    let parent: Element = shadow.clone().unchecked_into();
    let root = shadow.clone();
    let show = move || {
        view.borrow_mut().mount(&parent, None);
        restyle(&root);
    };
    let mut waiting = Some(Timeout::new(WHILE, show.clone()));
    effect(move || {
        if !panel.with_state(RequestState::is_loading)
            && let Some(waiting) = waiting.take()
        {
            waiting.cancel();
            show();
        }
    });
}

/// How the panel is viewed, as `config` has it.
pub(super) fn view_options(host: &HtmlElement, config: &Config) -> ViewOptions {
    let Config { locale, thresholds, zone, columns, density, theme, .. } = *config;
    ViewOptions {
        viewer: Viewer { locale, thresholds, zone, clock: BROWSER, today: None, columns },
        table: config.table.clone(),
        density,
        dark: theme::dark(host, theme),
        page_sizes: config.page_sizes.clone(),
        drawer: None,
    }
}

/// How requests are sent, as `config` and the property `headers` of `host` have it.
pub(super) fn transport(host: &HtmlElement, config: &Config) -> Transport {
    let headers = Reflect::get(host, &"headers".into()).ok().and_then(|headers| headers.dyn_into().ok());
    Transport { credentials: config.credentials, headers }
}

#[wasm_bindgen]
impl MountedPanel {
    /// Reads the attributes again and applies those that changed. What the user did meanwhile stays, unless the very
    /// attribute for it changed. `language` is what the element speaks now, a tag whose texts were [added](add_texts).
    pub fn update(&mut self, language: &str) {
        let next = configure(&self.host, language);
        let last = std::mem::replace(&mut self.applied, next.clone());
        changes::apply(self.context, &self.host, &last, &next);
        if last.unattended != next.unattended {
            self.time_keeper.restart();
        }
        // The element may be in another document, and its colours may be others.
        _ = self.host.shadow_root().map(|shadow| restyle(&shadow));
    }

    /// Where the panel is: whether the host shows it, and whether it is in the page. Unseen it rests as in a hidden page. Out of the page nothing of it
    /// goes on, but all stays as it is.
    pub fn place(&self, is_shown: bool, is_in_page: bool) {
        self.time_keeper.place(is_shown, is_in_page);
    }

    /// Asks again now, as the button does.
    pub fn refresh(&self) {
        self.context.panel.refresh();
    }

    /// The state in JSON: `{ phase, loading, query, filter, data, error }`.
    #[must_use]
    pub fn state(&self) -> String {
        let panel = self.context.panel;
        let (viewer, table) = untrack(|| (self.context.viewer(), self.context.table()));
        let query = panel.query.get_untracked();
        panel.with_state_untracked(|state| state_detail(state, &query, &table, &viewer).end())
    }

    /// Which view it is, in JSON: `{ query, filter }`.
    #[must_use]
    pub fn view(&self) -> String {
        let (viewer, table) = untrack(|| (self.context.viewer(), self.context.table()));
        view_detail(&self.context.panel.query.get_untracked(), &table, viewer.clock).end()
    }

    /// Takes the panel out of the page and ends all that it has under way.
    pub fn unmount(self) {
        // First requests and effects end, then the nodes that they would write to are removed.
        self.owner.cleanup();
        self.view.borrow_mut().unmount();
    }
}

/// The configuration by the attributes of `host`, and what a viewer chose where they leave it open. A bad value is named in the console.
pub(super) fn configure(host: &HtmlElement, language: &str) -> Config {
    let (config, warnings) = config::read(&|name| host.get_attribute(name).or_else(|| recall(name)), language, BROWSER);
    for warning in warnings {
        let Warning { attribute, given, expected } = warning;
        let text =
            ["<ocp-log-backup-panel>: ", attribute, "=\"", &given, "\" is not used; expected ", expected, "."].concat();
        web_sys::console::warn_1(&text.into());
    }
    config
}
