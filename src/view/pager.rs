//! First, previous, numbers with gaps, next, last, the total and the page size. It emits intents and owns no data.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlSelectElement, ShadowRoot};

use super::Ui;
use super::dom::{El, button, effect, el};
use super::texts::fill;
use crate::domain::page::{PageItem, Pager as Pages};
use crate::domain::query::Intent;

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

fn bar(ui: Ui) -> El {
    let texts = ui.texts();
    let go = move |page: u32| ui.panel.apply(Intent::Page(page));
    let step = |part: &str, label: &str, to: fn(&Pages) -> Option<u32>| {
        let target = move || to(&pages(ui));
        button(&["step ", part].concat(), "", move |_| untrack(target).into_iter().for_each(go))
            .attr("part", part)
            .attr("aria-label", label)
            .attr("title", label)
            .flag_of("aria-disabled", move || target().is_none())
    };
    let total = move || {
        let pages = pages(ui);
        let Some((first, last)) = pages.shown else {
            return pages.total.filter(|&total| total > 0).map_or_else(
                || texts.total_none.to_owned(),
                |total| fill(texts.total_only, &[("total", &texts.number(total))]),
            );
        };
        let template = if pages.total.is_some() { texts.total_short } else { texts.total_unknown };
        let total = texts.number(pages.total.unwrap_or_default());
        fill(template, &[("first", &texts.number(first)), ("last", &texts.number(last)), ("total", &total)])
    };
    let size = move || ui.panel.query.with(|query| query.size);
    let pick_size = move |event: &Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        if let Some(size) = select.and_then(|select| select.value().parse().ok()) {
            ui.panel.apply(Intent::PageSize(size));
        }
    };
    let select = el("select")
        .class("select")
        .attr("part", "page-size")
        .attr("aria-label", texts.page_size)
        .on("change", pick_size);
    let node: HtmlSelectElement = select.node().clone().unchecked_into();
    effect(move || {
        let option = |size: u32| {
            let size = size.to_string();
            el("option").attr("value", &size).text(&fill(texts.per_page, &[("size", &size)]))
        };
        node.set_text_content(None);
        ui.viewer.track();
        for &size in ui.outside.get_value().page_sizes.borrow().iter() {
            _ = node.append_child(option(size).node());
        }
        node.set_value(&size().to_string());
    });
    el("nav").class("pager").attr("aria-label", texts.pager).children([
        el("span").class("total").text_of(total),
        step("first", texts.first, |pages| (pages.page > 1).then_some(1)),
        step("previous", texts.previous, Pages::previous),
        numbers(ui),
        step("next", texts.next, |pages| pages.has_next().then(|| pages.page.saturating_add(1))),
        step("last", texts.last, |pages| pages.last.filter(|&last| pages.page < last)),
        select,
    ])
}

/// A fixed set of places that are filled in: the focus is not lost when the numbers shift.
fn numbers(ui: Ui) -> El {
    let texts = ui.texts();
    let list = el("ul").class("pages");
    let place = |index: usize| {
        let number = move || match pages(ui).items.get(index) {
            Some(PageItem::Page(page)) => Some(*page),
            _ => None,
        };
        let is_gap = move || pages(ui).items.get(index) == Some(&PageItem::Gap);
        let click = move |_: &Event| {
            if let Some(page) = untrack(number) {
                ui.panel.apply(Intent::Page(page));
            }
        };
        let page = button("page", "", click)
            .text_of(move || number().map(|page| page.to_string()).unwrap_or_default())
            .attr_of("aria-label", move || Some(fill(texts.page, &[("page", &number()?.to_string())])))
            .attr_of("aria-current", move || (number()? == pages(ui).page).then(|| "page".to_owned()))
            .attr_of("hidden", move || number().is_none().then(String::new));
        let gap = el("span").class("gap").attr("aria-hidden", "true").text("…");
        el("li")
            .child(page)
            .child(gap.attr_of("hidden", move || (!is_gap()).then(String::new)))
            .attr_of("hidden", move || (number().is_none() && !is_gap()).then(String::new))
    };
    let list = list.children((0..PLACES).map(place));
    let node = list.node().clone();
    effect(move || {
        _ = pages(ui);
        // The focus stays with the page that was chosen, wherever its number went.
        let root = node.get_root_node().dyn_into::<ShadowRoot>().ok();
        if root.and_then(|root| root.active_element()).is_some_and(|focused| node.contains(Some(&focused)))
            && let Ok(Some(current)) = node.query_selector("[aria-current]")
        {
            _ = current.unchecked_into::<HtmlElement>().focus();
        }
    });
    list
}
