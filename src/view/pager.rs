//! First, previous, numbers with gaps, next, last, the total and the page size. It emits intents and owns no data.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlSelectElement, ShadowRoot};

use super::Ui;
use super::dom::{El, button, effect, el};
use crate::domain::page::{PageItem, Pager as Pages};
use crate::domain::query::Intent;
use crate::text::texts::{Texts, fill};

/// The most places between "previous" and "next".
const PLACES: usize = 9;

/// The pager. It stays away while there is nothing to page through.
#[must_use]
pub fn pager(ui: Ui) -> El {
    let present = move || ui.panel.load.with(|load| load.data.is_some());
    el("div").switch(move || present().into(), move || present().then(|| bar(ui)))
}

/// While an answer is awaited the wished page is marked; when it fails the mark goes back to the rows on screen.
fn pages(ui: Ui) -> Pages {
    let wished = ui.panel.query.get();
    ui.panel.load.with(|load| {
        let Some(data) = &load.data else { return Pages::default() };
        let pages = Pages::of(&data.page, &data.query);
        let same_list = wished.size == data.query.size && wished.range == data.query.range;
        if load.is_loading() && same_list { pages.marked(wished.page) } else { pages }
    })
}

/// The page that a button leads to, where there is one.
type Goal = fn(&Pages) -> Option<u32>;

fn go(ui: Ui, to: impl Fn(&Pages) -> Option<u32>) {
    if let Some(page) = untrack(|| to(&pages(ui))) {
        ui.panel.apply(Intent::Page(page));
    }
}

fn bar(ui: Ui) -> El {
    let texts = ui.texts();
    let step = |part: &str, label: &str, to: Goal| {
        let step = button(&["step ", part].concat(), "", move |_| go(ui, to));
        (step.attr("part", part).attr("aria-label", label).attr("title", label), to)
    };
    let steps = [
        step("first", texts.first, |pages| (pages.page > 1).then_some(1)),
        step("previous", texts.previous, Pages::previous),
        step("next", texts.next, |pages| pages.has_next().then(|| pages.page.saturating_add(1))),
        step("last", texts.last, |pages| pages.last.filter(|&last| pages.page < last)),
    ];
    let total = el("span").class("total");
    // A fixed set of places that are filled in: the focus is not lost when the numbers shift.
    let places: Vec<Place> = (0..PLACES).map(|index| Place::new(ui, index)).collect();
    let list = el("ul").class("pages").children(places.iter().map(|place| place.item.clone()));
    let [to_first, to_previous, to_next, to_last] = steps.clone().map(|(step, _)| step);
    let bar = el("nav").class("pager").attr("aria-label", texts.pager);
    let bar = bar.children([total.clone(), to_first, to_previous, list.clone(), to_next, to_last, sizes(ui)]);
    let mut shown = None;
    // One effect for all of it: Leptos asks each that follows the state again at every change.
    effect(move || {
        let pages = pages(ui);
        if shown.as_ref() == Some(&pages) {
            return;
        }
        total.write(&count(&pages, texts));
        for (step, to) in &steps {
            step.set("aria-disabled", if to(&pages).is_none() { "true" } else { "false" });
        }
        for (index, place) in places.iter().enumerate() {
            place.show(pages.items.get(index), pages.page, texts);
        }
        // The focus stays with the page that was chosen, wherever its number went.
        let list = list.node();
        let root = list.get_root_node().dyn_into::<ShadowRoot>().ok();
        if root.and_then(|root| root.active_element()).is_some_and(|focused| list.contains(Some(&focused)))
            && let Ok(Some(current)) = list.query_selector("[aria-current]")
        {
            _ = current.unchecked_into::<HtmlElement>().focus();
        }
        shown = Some(pages);
    });
    bar
}

/// Which tasks are shown, of how many.
fn count(pages: &Pages, texts: &Texts) -> String {
    let Some((first, last)) = pages.shown else {
        return pages.total.filter(|&total| total > 0).map_or_else(
            || texts.total_none.to_owned(),
            |total| fill(texts.total_only, &[("total", &texts.number(total))]),
        );
    };
    let [first, last] = [first, last].map(|place| texts.number(place));
    match pages.total {
        Some(total) => fill(texts.total_short, &[("first", &first), ("last", &last), ("total", &texts.number(total))]),
        None => fill(texts.total_unknown, &[("first", &first), ("last", &last)]),
    }
}

fn number(item: Option<&PageItem>) -> Option<u32> {
    match item {
        Some(PageItem::Page(page)) => Some(*page),
        _ => None,
    }
}

/// A place between "previous" and "next".
struct Place {
    item: El,
    page: El,
    gap: El,
}

impl Place {
    fn new(ui: Ui, index: usize) -> Self {
        let page = button("page", "", move |_| go(ui, |pages| number(pages.items.get(index))));
        let gap = el("span").class("gap").attr("aria-hidden", "true").text("…");
        Self { item: el("li").children([page.clone(), gap.clone()]), page, gap }
    }

    /// Shows `item` where `current` is the page in force.
    fn show(&self, item: Option<&PageItem>, current: u32, texts: &Texts) {
        let page = number(item);
        self.item.hide(item.is_none());
        self.page.hide(page.is_none());
        self.gap.hide(item != Some(&PageItem::Gap));
        if let Some(page) = page {
            let number = page.to_string();
            self.page.write(&number);
            self.page.set("aria-label", &fill(texts.page, &[("page", &number)]));
        }
        if page == Some(current) {
            self.page.set("aria-current", "page");
        } else {
            _ = self.page.node().remove_attribute("aria-current");
        }
    }
}

/// How many tasks a page has.
fn sizes(ui: Ui) -> El {
    let texts = ui.texts();
    let pick = move |event: &Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        if let Some(size) = select.and_then(|select| select.value().parse().ok()) {
            ui.panel.apply(Intent::PageSize(size));
        }
    };
    let select = el("select").class("select").attr("part", "page-size").attr("aria-label", texts.page_size);
    let select = select.on("change", pick);
    let node: HtmlSelectElement = select.node().clone().unchecked_into();
    let mut offered = Vec::new();
    effect(move || {
        let option = |&size: &u32| {
            let size = size.to_string();
            el("option").attr("value", &size).text(&fill(texts.per_page, &[("size", &size)]))
        };
        ui.viewer.track();
        let sizes = ui.outside.get_value().page_sizes.borrow().clone();
        // Only where they change: the list may be open.
        if offered != sizes {
            node.set_text_content(None);
            for option in sizes.iter().map(option) {
                _ = node.append_child(option.node());
            }
            offered = sizes;
        }
        node.set_value(&ui.panel.query.with(|query| query.size).to_string());
    });
    select
}
