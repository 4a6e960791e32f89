//! What all parts of the panel share. The root provides it as a Leptos context, and a part gets it by [`use_panel`].

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use js_sys::Function;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use super::parts::{Fingerprint, delayed};
use crate::domain::query::Intent;
use crate::domain::task::TaskKey;
use crate::domain::time::seconds;
use crate::state::panel::Panel;
use crate::state::request_state::{Loaded, RequestState};
use crate::text::json::JsonObject;
use crate::text::table_view::{TableView, neighbours};
use crate::text::texts::{LaterTexts, Texts};
use crate::text::verdict::Glance;
use crate::text::view_options::{Drawer, ViewOptions};
use crate::text::viewer::Viewer;

/// The state of the panel and what its embedder gave. A copy is a handle to the same state.
///
/// One signal holds all that the viewer chose, and memos of fingerprints tell which part of it changed. Each method below tracks only the
/// part that it reads. Signals or memos of more types would cost about a kilobyte of download for each type.
#[derive(Clone, Copy)]
pub struct PanelContext {
    /// The query and what is known.
    pub panel: Panel,
    options: RwSignal<ViewOptions>,
    /// Changes with each response. The signal in [`Panel`] also changes when a request is sent.
    loaded: Memo<Fingerprint>,
    viewer: Memo<Fingerprint>,
    table: Memo<Fingerprint>,
    /// Worked out once a response, for the strip over the table and for the embedder.
    glance: Memo<Option<Arc<Glance>>>,
    host: StoredValue<Rc<Host>, LocalStorage>,
    waiting: RwSignal<bool>,
    /// The tasks that the filter leaves, in the table's order. Their number is a signal, which tells when they were written: a signal of
    /// another type would be half a kilobyte.
    shown: StoredValue<Vec<TaskKey>, LocalStorage>,
    shown_count: RwSignal<usize>,
}

thread_local! {
    static MOUNTED: RefCell<Vec<PanelContext>> = const { RefCell::new(Vec::new()) };
}

/// The panel that lives in `element`.
#[must_use]
pub fn mounted(element: &HtmlElement) -> Option<PanelContext> {
    MOUNTED.with_borrow(|mounted| mounted.iter().find(|context| context.host().element == *element).copied())
}

/// Lets [`mounted`] find a panel as long as the current owner lives.
pub fn make_known(context: PanelContext) {
    MOUNTED.with_borrow_mut(|mounted| mounted.push(context));
    on_cleanup(move || {
        MOUNTED.with_borrow_mut(|mounted| mounted.retain(|other| other.panel.query != context.panel.query));
    });
}

/// What the embedder gave.
pub struct Host {
    /// The custom element.
    pub element: HtmlElement,
    /// Dispatches an event: takes its name and its detail as JSON, returns whether nobody called `preventDefault`.
    pub dispatch: Function,
    /// Reads the view options from the attributes again, without the choices that the browser remembers.
    pub configured: Box<dyn Fn() -> ViewOptions>,
}

/// The context of the panel that the calling component belongs to.
///
/// # Panics
/// If the calling component is not part of a panel.
pub fn use_panel() -> PanelContext {
    // Leptos' `expect_context` prints its words by `Debug`, which is 3 kB of a first visit.
    use_context().unwrap_or_else(|| unreachable!("a component outside of a panel"))
}

impl PanelContext {
    /// The context of a panel, under the current owner.
    pub fn new(panel: Panel, options: ViewOptions, host: Host) -> Self {
        let options = RwSignal::new(options);
        let identity = |answer: &Loaded| (Arc::as_ptr(&answer.page), answer.received, answer.cached);
        let loaded = Memo::new(move |_| panel.with_state(|state| Fingerprint::of(&state.data.as_ref().map(identity))));
        let viewer = Memo::new(move |_| Fingerprint::of(&options.read().viewer));
        let glance = move |_: Option<&Option<Arc<Glance>>>| {
            _ = (loaded.get(), viewer.get());
            let viewer = options.read_untracked().viewer;
            panel.with_state_untracked(|state| Glance::of(state, &viewer)).map(Arc::new)
        };
        Self {
            panel,
            options,
            loaded,
            viewer,
            glance: Memo::new(glance),
            table: Memo::new(move |_| Fingerprint::of(&options.read().table)),
            host: StoredValue::new_local(Rc::new(host)),
            waiting: delayed(move || panel.with_state(RequestState::is_loading)),
            shown: StoredValue::new_local(Vec::new()),
            shown_count: RwSignal::new(0),
        }
    }

    /// Reads the response on screen, and tracks it.
    pub fn with_loaded<T>(self, read: impl FnOnce(Option<&Loaded>) -> T) -> T {
        _ = self.loaded.get();
        self.panel.with_state_untracked(|state| read(state.data.as_ref()))
    }

    /// The response on screen.
    pub fn loaded(self) -> Option<Loaded> {
        _ = self.loaded.get();
        self.panel.with_state_untracked(|state| state.data.clone())
    }

    /// What is said of the response on screen at a glance; `None` where it lists no task.
    pub fn glance(self) -> Option<Arc<Glance>> {
        self.glance.get()
    }

    /// The language, the thresholds, the zone and the columns.
    pub fn viewer(self) -> Viewer {
        _ = self.viewer.get();
        self.options.read_untracked().viewer
    }

    /// The filter and the sort order of the table.
    pub fn table(self) -> TableView {
        _ = self.table.get();
        self.options.read_untracked().table.clone()
    }

    /// Whether what is shown tells of now, as far as is known.
    pub fn is_now(self) -> bool {
        let now = self.panel.now.get();
        let is_old = self.with_loaded(|answer| answer.is_some_and(|data| self.panel.is_old(data, now)));
        self.panel.with_state(RequestState::is_fresh) && !is_old
    }

    /// Whether a request is under way for so long that a user should see it. What only flashes costs the browser as much as the rows do.
    pub fn is_waiting(self) -> bool {
        self.waiting.get()
    }

    /// By how many seconds the losses grew since the response. While OCP answers, its tenants go on archiving, and a list that is read every
    /// few minutes tells of them best. When it does not, nobody knows that they do.
    pub fn growth(self) -> f64 {
        let now = self.panel.now.get();
        let age = self.with_loaded(|answer| answer.map_or(0, |data| data.age(now)));
        if self.is_now() { 0.0 } else { seconds(age) }
    }

    /// Says which tasks the filter leaves, in the table's order.
    pub fn set_shown(self, shown: Vec<TaskKey>) {
        let count = shown.len();
        self.shown.set_value(shown);
        self.shown_count.set(count);
    }

    /// How many tasks the filter leaves.
    pub fn shown_count(self) -> usize {
        self.shown_count.get()
    }

    /// The tasks before and after `open` among these.
    pub fn beside(self, open: TaskKey) -> [Option<TaskKey>; 2] {
        _ = self.shown_count.get();
        self.shown.with_value(|shown| neighbours(shown, open))
    }

    /// What is open in the drawer beside the table.
    pub fn drawer(self) -> Option<Drawer> {
        self.options.read().drawer
    }

    /// The task whose details are open: the one that was opened, or the one of its tenant that took its place.
    pub fn open_task(self) -> Option<TaskKey> {
        let key = self.drawer().and_then(Drawer::task)?;
        Some(self.panel.with_state_untracked(|state| state.history.current_key(key)))
    }

    /// Reads all that the viewer chose, and tracks all of it.
    pub fn with_options<T>(self, read: impl FnOnce(&ViewOptions) -> T) -> T {
        read(&self.options.read())
    }

    /// Changes what the viewer chose.
    pub fn update(self, change: impl FnOnce(&mut ViewOptions)) {
        self.options.update(change);
    }

    /// Filters or sorts anew. Of a whole list, the first page is shown then: the page on screen is one of the old order.
    pub fn arrange(self, change: impl FnOnce(&mut ViewOptions)) {
        self.update(change);
        if self.panel.with_state_untracked(|state| state.data.as_ref().is_some_and(Loaded::is_list)) {
            self.panel.apply(Intent::Page(1));
        }
    }

    /// Opens `drawer` in place of what is open beside the table.
    pub fn open(self, drawer: Drawer) {
        self.update(|options| options.open(drawer));
    }

    /// What the embedder gave.
    pub fn host(self) -> Rc<Host> {
        self.host.get_value()
    }

    /// The texts in the language of the panel. Not tracked: the panel is built anew when the language changes.
    pub fn texts(self) -> &'static Texts {
        self.options.read_untracked().viewer.locale.texts()
    }

    /// The same, with the words that only the second wasm file shows.
    pub fn later_texts(self) -> &'static LaterTexts {
        self.options.read_untracked().viewer.locale.later_texts()
    }

    /// Dispatches an event to the embedder. Returns whether nobody called `preventDefault` on it.
    pub fn notify(self, event: &str, detail: JsonObject) -> bool {
        let told = self.host().dispatch.call2(&JsValue::UNDEFINED, &event.into(), &detail.end().into());
        told.is_ok_and(|told| told.is_truthy())
    }

    /// The element of this panel that has the focus.
    pub fn focused(self) -> Option<HtmlElement> {
        self.host().element.shadow_root()?.active_element().map(JsCast::unchecked_into)
    }

    /// The first element of this panel that `selector` matches.
    pub fn find(self, selector: &str) -> Option<HtmlElement> {
        let root = self.host().element.shadow_root()?;
        root.query_selector(selector).ok().flatten().map(JsCast::unchecked_into)
    }
}
