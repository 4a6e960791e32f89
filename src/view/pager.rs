//! The pager: the total, the buttons to other pages, and the page size. It sends intents and owns no data.

use leptos::prelude::*;

use super::context::{PanelContext, use_panel};
use super::parts::{Button, Fingerprint, Switch, boxed, effect};
use crate::domain::page::{PageItem, Pager as Pages};
use crate::domain::query::Intent;
use crate::text::texts::{Texts, fill};

/// How many places for page numbers and gaps there are between "previous" and "next".
const PLACES: usize = 9;

/// The pager. Nothing is shown before the first response.
#[component]
pub fn Pager() -> impl IntoView {
    let context = use_panel();
    let has_pages = move || context.with_loaded(|answer| answer.is_some());
    // Without the ordinals of the rows: when a page has come, the mark is on it already, and only the count is written.
    let offered = move || {
        let mut pages = shown_pages(context);
        let has_rows = pages.shown.take().is_some();
        (has_pages(), has_rows, pages, context.panel.query.read().size, page_sizes(context))
    };
    let bar = move || if has_pages() { view! { <Bar /> }.into_any() } else { ().into_any() };
    // When the numbers move to other places, the focus moves along with the chosen page.
    effect(move || {
        _ = offered();
        // Not by `:has(:focus)`: for that the browser looks through the whole panel, at each page.
        if context.focused().is_some_and(|focused| focused.class_name() == "page")
            && let Some(current) = context.find(".pages [aria-current]")
        {
            _ = current.focus();
        }
    });
    view! {
        <div>
            <Switch on=move || Fingerprint::of(&offered()) view=bar />
        </div>
    }
}

/// The pages of the tasks on hand. Of a whole list these are pages of what the filter leaves. Otherwise they are OCP's pages: while a request
/// for another page of the same list is under way, that page is the current one. If the request fails, it is the page of the rows on screen
/// again.
fn pages(context: PanelContext, is_marked: bool) -> Pages {
    let wished = context.panel.query.get();
    context.panel.with_state(|state| {
        let Some(data) = &state.data else { return Pages::default() };
        if data.is_list() {
            let picked = if data.page.tasks.is_empty() { 0 } else { context.shown_count() };
            return Pages::on_hand(picked, wished.page, wished.size);
        }
        let pages = Pages::of(&data.page, &data.query);
        let same_list = wished.size == data.query.size && wished.range == data.query.range;
        if is_marked && state.is_loading() && same_list { pages.marked(wished.page) } else { pages }
    })
}

/// The pages as they are shown: a page that comes at once is marked together with its rows.
fn shown_pages(context: PanelContext) -> Pages {
    pages(context, context.is_waiting())
}

/// Where a step leads from a page.
type Way = fn(&Pages) -> Option<u32>;

fn first(pages: &Pages) -> Option<u32> {
    (pages.page > 1).then_some(1)
}

fn next(pages: &Pages) -> Option<u32> {
    pages.has_next().then(|| pages.page.saturating_add(1))
}

fn last(pages: &Pages) -> Option<u32> {
    pages.last.filter(|&last| pages.page < last)
}

/// Asks for the next page, or for the previous one where `forward` is false.
///
/// Returns whether that page exists.
pub fn turn_page(context: PanelContext, forward: bool) -> bool {
    step(context, if forward { next } else { Pages::previous })
}

/// Takes a step from the page that was asked for last, so that two quick presses are two steps.
fn step(context: PanelContext, way: Way) -> bool {
    let pages = untrack(|| pages(context, true));
    go(context, way(&pages))
}

fn go(context: PanelContext, to: Option<u32>) -> bool {
    if let Some(page) = to {
        context.panel.apply(Intent::Page(page));
    }
    to.is_some()
}

#[component]
fn Bar() -> impl IntoView {
    let context = use_panel();
    let (texts, pages) = (context.texts(), shown_pages(context));
    let page = pages.page;
    let total = move || count(&shown_pages(context), texts);
    // The number of places is fixed, so that their elements stay, and with them the focus.
    let place = |index| view! { <Place item=pages.items.get(index).copied() current=page /> }.into_any();
    view! {
        <nav class="pager" aria-label=texts.pager>
            <span class="total">{boxed(total)}</span>
            <Step class="step first" part="first" label=texts.first way=first pages=&pages />
            <Step class="step previous" part="previous" label=texts.previous way=Pages::previous pages=&pages />
            <ul class="pages">{(0..PLACES).map(place).collect_view()}</ul>
            <Step class="step next" part="next" label=texts.next way=next pages=&pages />
            <Step class="step last" part="last" label=texts.last way=last pages=&pages />
            <PageSize />
        </nav>
    }
}

/// The button to the first, previous, next or last page. It is disabled where `pages` has none that way.
#[component]
fn Step<'a>(
    class: &'static str,
    part: &'static str,
    label: &'static str,
    way: Way,
    pages: &'a Pages,
) -> impl IntoView + use<> {
    let context = use_panel();
    let is_off = way(pages).is_none();
    view! { <Button class part name=label disabled=is_off on_click=move |()| _ = step(context, way) /> }
}

/// Says which tasks are shown and how many there are, as in “21–40 of 3,217”.
fn count(pages: &Pages, texts: &Texts) -> String {
    let Some((first, last)) = pages.shown else {
        return pages.total.filter(|&total| total > 0).map_or_else(
            || texts.total_none.to_owned(),
            |total| fill(texts.total_only, &[("total", &texts.number(total))]),
        );
    };
    let (first, last) = (texts.number(first), texts.number(last));
    match pages.total {
        Some(total) => fill(texts.total_short, &[("first", &first), ("last", &last), ("total", &texts.number(total))]),
        None => fill(texts.total_unknown, &[("first", &first), ("last", &last)]),
    }
}

/// A place between "previous" and "next": the number of a page, a gap, or nothing.
#[component]
fn Place(item: Option<PageItem>, current: u32) -> impl IntoView {
    let context = use_panel();
    let page = match item {
        Some(PageItem::Page(page)) => Some(page),
        _ => None,
    };
    let number = page.map(|page| page.to_string()).unwrap_or_default();
    let name = fill(context.texts().page, &[("page", &number)]);
    view! {
        <li hidden=item.is_none()>
            <Button
                class="page"
                label=number
                name=name
                current=page == Some(current)
                on_click=move |()| _ = go(context, page)
            />
            <span class="gap" aria-hidden="true" hidden=item != Some(PageItem::Gap)>
                {"…".to_owned()}
            </span>
        </li>
    }
}

fn page_sizes(context: PanelContext) -> Vec<u32> {
    context.with_options(|options| options.page_sizes.clone())
}

/// The choice of how many tasks a page has.
#[component]
fn PageSize() -> impl IntoView {
    let context = use_panel();
    let (texts, size) = (context.texts(), context.panel.query.read().size);
    let pick = move |event| {
        if let Ok(size) = event_target_value(&event).parse() {
            context.panel.apply(Intent::PageSize(size));
        }
    };
    let option = |offered: u32| {
        let value = offered.to_string();
        let label = fill(texts.per_page, &[("size", &texts.number(offered.into()))]);
        view! {
            <option value=value prop:selected=offered == size>
                {label}
            </option>
        }
        .into_any()
    };
    view! {
        <select class="select" part="page-size" aria-label=texts.page_size on:change=pick>
            {page_sizes(context).into_iter().map(option).collect_view()}
        </select>
    }
}
