//! What the console asks of the browser. `embed/console.js` does it, since each function of the browser that the wasm imports would be bytes
//! of every first visit.

use js_sys::Function;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// The browser's window, as `embed/console.js` offers it.
    #[derive(Clone, Debug)]
    pub type Page;

    /// Where the console goes.
    #[wasm_bindgen(method, getter)]
    pub fn root(this: &Page) -> HtmlElement;
    /// The panel of the page, where it shows a single cluster.
    #[wasm_bindgen(method, getter)]
    pub fn panel(this: &Page) -> Option<HtmlElement>;
    /// The query string of the page's address, with what the page adds to it.
    #[wasm_bindgen(method, getter)]
    pub fn search(this: &Page) -> String;
    /// The language, a tag whose texts were added.
    #[wasm_bindgen(method, getter)]
    pub fn language(this: &Page) -> String;
    /// Where OCP is, empty for the page's own origin.
    #[wasm_bindgen(method, getter)]
    pub fn base(this: &Page) -> String;
    /// Gives the minutes east of UTC of a zone at an instant, as for `embed::mount::mount`.
    #[wasm_bindgen(method, getter)]
    pub fn zone_offset(this: &Page) -> Function;
    /// Takes whether the console is there: its code is in the second wasm file.
    #[wasm_bindgen(method)]
    pub fn shown(this: &Page, is_shown: bool);

    /// Puts `text` in front of the page's title and into its icon, in this colour; none where it is empty.
    #[wasm_bindgen(method)]
    pub fn badge(this: &Page, text: &str, color: &str);
    /// Notifies, in place of an earlier notification with this tag, and with the system's sound if `is_loud`.
    #[wasm_bindgen(method)]
    pub fn notify(this: &Page, title: &str, text: &str, tag: &str, is_loud: bool);
    /// Whether the page may notify.
    #[wasm_bindgen(method)]
    pub fn may_notify(this: &Page) -> bool;
    /// Asks the user whether the page may notify, if nobody has answered that yet.
    #[wasm_bindgen(method)]
    pub async fn ask_to_notify(this: &Page);
    /// Plays a short sound.
    #[wasm_bindgen(method)]
    pub fn sound(this: &Page);
    /// Fills the screen with the page and keeps it on, or ends that.
    #[wasm_bindgen(method)]
    pub fn fill_screen(this: &Page, is_full: bool);
    /// Replaces the page's address by this query string, without loading it.
    #[wasm_bindgen(method)]
    pub fn address(this: &Page, search: &str);
    /// Loads the page again, without this parameter.
    #[wasm_bindgen(method)]
    pub fn reload_without(this: &Page, parameter: &str);
    /// The path and the query string of the page's address as they are now.
    #[wasm_bindgen(method)]
    pub fn here(this: &Page) -> String;
    /// Shows the page in this theme: `light`, `dark`, or the system's where it is empty.
    #[wasm_bindgen(method)]
    pub fn theme(this: &Page, name: &str);
}
