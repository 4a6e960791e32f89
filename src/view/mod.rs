//! Pixels: one file a part of the panel. The words come from [`crate::text`].

pub mod all_pages;
pub mod app;
pub mod copy_button;
pub mod diagnostics;
pub mod display;
pub mod dom;
pub mod drawer;
pub mod keys;
pub mod later;
pub mod memory;
pub mod notices;
pub mod pager;
pub mod range_draft;
pub mod range_picker;
pub mod rows;
pub mod summary;
pub mod table;
pub mod task_details;
pub mod toolbar;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Function;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use crate::state::panel::Panel;
use crate::text::json::JsonObject;
use crate::text::table_view::TableView;
use crate::text::texts::Texts;
use crate::text::viewer::Viewer;
use drawer::Drawer;

/// What every part of the view is given. A copy is a handle.
#[derive(Clone, Copy)]
pub struct Ui {
    /// The state.
    pub panel: Panel,
    /// The language, thresholds and zone.
    pub viewer: RwSignal<Viewer>,
    /// What the embedder gave.
    pub outside: StoredValue<Rc<Outside>, LocalStorage>,
    /// What is open beside the table.
    pub drawer: RwSignal<Option<Drawer>>,
    /// The filter and the sort order of the table.
    pub shown: RwSignal<TableView>,
    /// How many entries of the journal the user has had before his eyes.
    pub news_seen: RwSignal<i64>,
}

/// What the embedder gave. In one place, since each type of stored value is code.
pub struct Outside {
    /// The custom element.
    pub host: HtmlElement,
    /// Tells the host: takes an event's name and its detail as JSON, gives whether the panel goes on.
    pub tell: Function,
    /// Reads again how the embedder wants it to look, without what a viewer chose and the browser remembers; and the density.
    pub configured: Box<dyn Fn() -> (Viewer, String)>,
    /// The page sizes on offer. Whoever shows them follows [`Ui::viewer`].
    pub page_sizes: RefCell<Vec<u32>>,
}

impl Ui {
    /// The words of the language in force. Parts are built anew when the language changes, so they need not track it.
    #[must_use]
    pub fn texts(&self) -> &'static Texts {
        self.viewer.with_untracked(|viewer| viewer.locale.texts())
    }

    /// Tells the host; gives whether nobody called `preventDefault` on the event.
    #[must_use]
    pub fn tell(&self, event: &str, detail: JsonObject) -> bool {
        let tell = &self.outside.get_value().tell;
        let told = tell.call2(&JsValue::UNDEFINED, &event.into(), &detail.end().into());
        told.is_ok_and(|told| told.is_truthy())
    }

    /// The first element of this panel that `selector` fits.
    #[must_use]
    pub fn find(&self, selector: &str) -> Option<HtmlElement> {
        let root = self.outside.get_value().host.shadow_root()?;
        root.query_selector(selector).ok().flatten().map(JsCast::unchecked_into)
    }
}
