//! Elements with reactive parts: a thin builder over the DOM on Leptos' effects and owners.
//!
//! Leptos' own view types are generic in every closure and every child, so each dynamic text costs about a kilobyte of
//! wasm: the first version of this panel in `view!` was 185 kB of brotli. Here closures are boxed and one function serves
//! them all (figures in `ARCHITECTURE.md`). Effects, listeners and children end with the owner that they were made
//! under, as in any Leptos view, and nothing is ever set through `innerHTML`.

use std::any::Any;
use std::cell::RefCell;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{
    Blob, BlobPropertyBag, DomTokenList, Element, Event, EventTarget, HtmlAnchorElement, HtmlElement, Node, Url,
};

/// Milliseconds from which on a wait is shown as one: what flashes by costs the browser, and the eye, more than it tells.
const A_WHILE: u32 = 200;

/// An element under construction, or a handle to it.
#[derive(Clone)]
pub struct El(Element);

/// A new HTML element. `name` is a constant, so the browser can't refuse it.
#[must_use]
pub fn el(name: &str) -> El {
    El(document().create_element(name).unwrap_throw())
}

/// A new SVG element.
#[must_use]
pub fn svg(name: &str) -> El {
    El(document().create_element_ns(Some("http://www.w3.org/2000/svg"), name).unwrap_throw())
}

/// A button of the given class, with a label.
#[must_use]
pub fn button(class: &str, label: &str, click: impl FnMut(&Event) + 'static) -> El {
    el("button").attr("type", "button").attr("class", class).text(label).on("click", click)
}

impl El {
    /// The element itself.
    #[must_use]
    pub fn node(&self) -> &Element {
        &self.0
    }

    /// The element as the HTML element that it is.
    #[must_use]
    pub fn html(&self) -> &HtmlElement {
        self.0.unchecked_ref()
    }

    /// Sets the attribute `name`, a constant.
    #[must_use]
    pub fn attr(self, name: &str, value: &str) -> Self {
        self.0.set_attribute(name, value).unwrap_throw();
        self
    }

    /// Sets the class.
    #[must_use]
    pub fn class(self, class: &str) -> Self {
        self.attr("class", class)
    }

    /// Appends text.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        if !text.is_empty() {
            self.append(&document().create_text_node(text));
        }
        self
    }

    /// Appends an empty text, to be written later.
    #[must_use]
    pub fn slot(self) -> Self {
        self.append(&document().create_text_node(""));
        self
    }

    /// Appends a child.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "a child is handed over; a reference would litter every call")]
    pub fn child(self, child: Self) -> Self {
        self.append(&child.0);
        self
    }

    /// Appends children.
    #[must_use]
    pub fn children(self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    /// Sets the attribute `name` where it differs: what does not change is not touched.
    pub fn set(&self, name: &str, value: &str) {
        if self.0.get_attribute(name).as_deref() != Some(value) {
            self.0.set_attribute(name, value).unwrap_throw();
        }
    }

    /// Shows `text` in place of what it holds, where that differs.
    pub fn write(&self, text: &str) {
        if self.0.text_content().as_deref() != Some(text) {
            self.0.set_text_content(Some(text));
        }
    }

    /// Hides it, or shows it.
    pub fn hide(&self, hidden: bool) {
        self.0.toggle_attribute_with_force("hidden", hidden).unwrap_throw();
    }

    fn append(&self, node: &Node) {
        self.0.append_child(node).unwrap_throw();
    }

    /// Listens for `event` as long as the current owner lives.
    #[must_use]
    pub fn on(self, event: &'static str, handle: impl FnMut(&Event) + 'static) -> Self {
        listen(&self.0, event, handle);
        self
    }

    /// Appends a text that follows `text`.
    #[must_use]
    pub fn text_of(self, text: impl Fn() -> String + 'static) -> Self {
        let node = document().create_text_node("");
        self.append(&node);
        bind(Box::new(move || Some(text())), Box::new(move |text| node.set_data(text.unwrap_or_default())));
        self
    }

    /// Keeps the attribute `name` at `value`, or away at `None`.
    #[must_use]
    pub fn attr_of(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Self {
        let node = self.0.clone();
        let write = move |value: Option<&str>| match value {
            Some(value) => node.set_attribute(name, value).unwrap_throw(),
            None => node.remove_attribute(name).unwrap_throw(),
        };
        bind(Box::new(value), Box::new(write));
        self
    }

    /// Keeps the attribute `name` at `true` or `false`, as ARIA wants it.
    #[must_use]
    pub fn flag_of(self, name: &'static str, value: impl Fn() -> bool + 'static) -> Self {
        self.attr_of(name, move || Some(value().to_string()))
    }

    /// Keeps the class `name` on while `on` has held for [`A_WHILE`].
    #[must_use]
    pub fn class_after_a_while(self, name: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        let classes = self.0.class_list();
        let mut waiting = None;
        effect(move || {
            let write = |classes: &DomTokenList, on| _ = classes.toggle_with_force(name, on);
            if !on() {
                // Dropped, it fires no more.
                if waiting.take().is_some() {
                    write(&classes, false);
                }
            } else if waiting.is_none() {
                let classes = classes.clone();
                waiting = Some(Timeout::new(A_WHILE, move || write(&classes, true)));
            }
        });
        self
    }

    /// Appends a child that is built anew, under an owner of its own, whenever `key` changes. `build` tracks nothing.
    #[must_use]
    pub fn switch(self, key: impl Fn() -> u64 + 'static, build: impl Fn() -> Option<Self> + 'static) -> Self {
        let anchor = document().create_comment("");
        self.append(&anchor);
        switch(anchor.into(), Box::new(key), Box::new(build));
        self
    }
}

/// Listens for `event` on `target` as long as the current owner lives.
pub fn listen(target: &EventTarget, event: &'static str, handle: impl FnMut(&Event) + 'static) {
    boxed_listen(target, event, Box::new(handle));
}

fn boxed_listen(target: &EventTarget, event: &'static str, mut handle: Box<dyn FnMut(&Event)>) {
    let options = gloo_events::EventListenerOptions::enable_prevent_default();
    keep(EventListener::new_with_options(target, event, options, move |event| handle(event)));
}

/// Gives the user a file of this name, type and text.
pub fn download(name: &str, mime_type: &str, text: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(mime_type);
    let parts = js_sys::Array::of1(&text.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).unwrap_throw();
    let url = Url::create_object_url_with_blob(&blob).unwrap_throw();
    let link: HtmlAnchorElement = el("a").attr("href", &url).attr("download", name).node().clone().unchecked_into();
    link.click();
    Url::revoke_object_url(&url).unwrap_throw();
}

/// Keeps a value until the current owner ends.
fn keep(value: impl Any) {
    StoredValue::new_local(Box::new(value) as Box<dyn Any>);
}

/// Runs `run` now and again whenever a signal that it read has changed, as long as the current owner lives.
pub fn effect(run: impl FnMut() + 'static) {
    boxed_effect(Box::new(run));
}

fn boxed_effect(mut run: Box<dyn FnMut()>) {
    keep(RenderEffect::new(move |_| run()));
}

/// Takes a text, or its absence.
type Write = Box<dyn Fn(Option<&str>)>;

/// Writes the text when it differs from the one before: what does not change is not touched.
fn bind(read: Box<dyn Fn() -> Option<String>>, write: Write) {
    let mut last = None;
    effect(move || {
        let next = read();
        if last.as_ref() != Some(&next) {
            write(next.as_deref());
            last = Some(next);
        }
    });
}

fn switch(anchor: Node, key: Box<dyn Fn() -> u64>, build: Box<dyn Fn() -> Option<El>>) {
    struct Branch {
        owner: Owner,
        element: Option<El>,
    }
    // Not the effect's own owner, which is cleaned up at each of its runs.
    let outer = Owner::current().unwrap_or_default();
    let branch = RefCell::new(None::<Branch>);
    let mut last = None;
    effect(move || {
        let next = key();
        if last.replace(next) == Some(next) {
            return;
        }
        if let Some(Branch { owner, element }) = branch.take() {
            owner.cleanup();
            if let Some(element) = element {
                element.0.remove();
            }
        }
        let owner = outer.with(Owner::new);
        let element = owner.with(|| untrack(&build));
        if let (Some(element), Some(parent)) = (&element, anchor.parent_node()) {
            parent.insert_before(&element.0, Some(&anchor)).unwrap_throw();
        }
        branch.replace(Some(Branch { owner, element }));
    });
}
