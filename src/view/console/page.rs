//! What the console asks of the browser. `embed/console.js` does it.
//!
//! It is one function of a name and a value in JSON, like the one that dispatches events: each function of the browser that the wasm imports by
//! itself is glue in the script of every first visit (0.1 kB for these).

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use crate::text::json::JsonObject;

/// The browser's window.
#[derive(Clone, Debug)]
pub struct Page(Function);

impl Page {
    /// The window that `ask`, a function of `embed/console.js`, speaks for.
    #[must_use]
    pub fn new(ask: Function) -> Self {
        Self(ask)
    }

    fn ask(&self, name: &str, value: JsonObject) -> JsValue {
        self.0.call2(&JsValue::UNDEFINED, &name.into(), &value.end().into()).unwrap_or(JsValue::UNDEFINED)
    }

    fn give<T: JsCast>(&self, name: &str) -> T {
        self.ask(name, JsonObject::new()).unchecked_into()
    }

    fn text(&self, name: &str) -> String {
        self.ask(name, JsonObject::new()).as_string().unwrap_or_default()
    }

    /// Where the console goes.
    #[must_use]
    pub fn root(&self) -> HtmlElement {
        self.give("root")
    }

    /// The panel of the page. It is shown only where the page is about a single cluster.
    #[must_use]
    pub fn panel(&self) -> HtmlElement {
        self.give("panel")
    }

    /// The query string of the page's address, with what the page adds to it.
    #[must_use]
    pub fn search(&self) -> String {
        self.text("search")
    }

    /// The language, a tag whose texts were added.
    #[must_use]
    pub fn language(&self) -> String {
        self.text("language")
    }

    /// The path and the query string of the page's address as they are now.
    #[must_use]
    pub fn here(&self) -> String {
        self.text("here")
    }

    /// The function that gives the minutes east of UTC of a zone at an instant, as for `embed::mount::mount`.
    #[must_use]
    pub fn zone_offset(&self) -> Function {
        self.give("zone_offset")
    }

    /// Takes whether the console is there: its code is in the second wasm file.
    pub fn shown(&self, is_shown: bool) {
        self.ask("shown", JsonObject::new().raw("is_shown", if is_shown { "true" } else { "false" }));
    }

    /// Puts `text` in front of the page's title and into its icon, in this colour; none where it is empty.
    pub fn badge(&self, text: &str, color: &str) {
        self.ask("badge", JsonObject::new().text("text", Some(text)).text("color", Some(color)));
    }

    /// Notifies, in place of an earlier notification with this tag, and with the system's sound if `is_loud`.
    pub fn notify(&self, title: &str, body: &str, tag: &str, is_loud: bool) {
        let words = JsonObject::new().text("title", Some(title)).text("body", Some(body)).text("tag", Some(tag));
        self.ask("notify", words.raw("renotify", if is_loud { "true" } else { "false" }));
    }

    /// Whether the page may notify.
    #[must_use]
    pub fn may_notify(&self) -> bool {
        self.ask("may_notify", JsonObject::new()).is_truthy()
    }

    /// Asks the user whether the page may notify, if nobody has answered that yet.
    pub async fn ask_to_notify(&self) {
        // Whatever is answered, `may_notify` tells it.
        _ = JsFuture::from(self.give::<js_sys::Promise>("ask_to_notify")).await;
    }

    /// Whether a sound would be heard. A change is told by the window's event `ocp-sound-change`.
    #[must_use]
    pub fn may_sound(&self) -> bool {
        self.ask("may_sound", JsonObject::new()).is_truthy()
    }

    /// Plays a short sound.
    pub fn sound(&self) {
        self.ask("sound", JsonObject::new());
    }

    /// Fills the screen with the page and keeps it on, or ends that.
    pub fn fill_screen(&self, is_full: bool) {
        self.ask("fill_screen", JsonObject::new().raw("is_full", if is_full { "true" } else { "false" }));
    }

    /// Replaces the page's address by this query string, without loading it.
    pub fn address(&self, search: &str) {
        self.ask("address", JsonObject::new().text("search", Some(search)));
    }

    /// Loads the page again, without this parameter.
    pub fn reload_without(&self, parameter: &str) {
        self.ask("reload_without", JsonObject::new().text("parameter", Some(parameter)));
    }

    /// Shows the page in this theme: `light`, `dark`, or the system's where it is empty.
    pub fn theme(&self, name: &str) {
        self.ask("theme", JsonObject::new().text("name", Some(name)));
    }
}
