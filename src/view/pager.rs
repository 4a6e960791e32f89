//! The pager: the total, the buttons to other pages, and the page size. It sends intents and owns no data.

use leptos::prelude::*;

use super::context::{PanelContext, use_panel};
use super::parts::{Button, Fingerprint, Switch, effect};
use crate::domain::page::{PageItem, Pager as Pages};
use crate::domain::query::Intent;
use crate::text::texts::{Texts, fill};

/// How many places for page numbers and gaps there are between "previous" and "next".
const PLACES: usize = 9;

/// The pager. Nothing is shown before the first response.
#[component]
pub fn Pager() -> impl IntoView {
    let context = use_panel();
    let panel = context.panel;
    let size = move || panel.query.read().size;
    let shown =
        move || context.with_loaded(|answer| answer.is_some()).then(|| (pages(context), size(), page_sizes(context)));
    let bar = move || match shown() {
        Some((pages, size, sizes)) => view! { <Bar pages size sizes /> }.into_any(),
        None => ().into_any(),
    };
    // When the numbers move to other places, the focus moves along with the chosen page.
    effect(move || {
        _ = shown();
        if let Some(current) = context.find(".pages:has(:focus) [aria-current]") {
            _ = current.focus();
        }
    });
    view! {
        <div>
            <Switch on=move || Fingerprint::of(&shown()) view=bar />
        </div>
    }
}

/// The pages of the tasks on hand. Of a whole list these are pages of what the filter leaves. Otherwise they are OCP's pages: while a request for another page of the same list is under way, that page is marked as current.
/// If the request fails, the mark returns to the page of the rows on screen.
fn pages(context: PanelContext) -> Pages {
    let wished = context.panel.query.get();
    context.panel.with_state(|state| {
        let Some(data) = &state.data else { return Pages::default() };
        if data.is_list() {
            let picked = if data.page.tasks.is_empty() { 0 } else { context.shown_count() };
            return Pages::on_hand(picked, wished.page, wished.size);
        }
        let pages = Pages::of(&data.page, &data.query);
        let same_list = wished.size == data.query.size && wished.range == data.query.range;
        if state.is_loading() && same_list { pages.marked(wished.page) } else { pages }
    })
}

fn next(pages: &Pages) -> Option<u32> {
    pages.has_next().then(|| pages.page.saturating_add(1))
}

/// Asks for the next page, or for the previous one where `forward` is false.
///
/// Returns whether that page exists.
pub fn turn_page(context: PanelContext, forward: bool) -> bool {
    let pages = untrack(|| pages(context));
    go(context, if forward { next(&pages) } else { pages.previous() })
}

fn go(context: PanelContext, to: Option<u32>) -> bool {
    if let Some(page) = to {
        context.panel.apply(Intent::Page(page));
    }
    to.is_some()
}

#[component]
fn Bar(pages: Pages, size: u32, sizes: Vec<u32>) -> impl IntoView {
    let texts = use_panel().texts();
    let page = pages.page;
    let last = pages.last.filter(|&last| page < last);
    // The number of places is fixed, so that their elements stay, and with them the focus.
    let place = |index| view! { <Place item=pages.items.get(index).copied() current=page /> }.into_any();
    view! {
        <nav class="pager" aria-label=texts.pager>
            <span class="total">{count(&pages, texts)}</span>
            <Step part="first" label=texts.first to=(page > 1).then_some(1) />
            <Step part="previous" label=texts.previous to=pages.previous() />
            <ul class="pages">{(0..PLACES).map(place).collect_view()}</ul>
            <Step part="next" label=texts.next to=next(&pages) />
            <Step part="last" label=texts.last to=last />
            <PageSize size sizes />
        </nav>
    }
}

/// The button to the first, previous, next or last page. Without `to` it is disabled.
#[component]
fn Step(part: &'static str, label: &'static str, to: Option<u32>) -> impl IntoView {
    let context = use_panel();
    let class = ["step ", part].concat();
    view! { <Button class part name=label disabled=to.is_none() on_click=move |()| _ = go(context, to) /> }
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
                hidden=move || page.is_none()
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
fn PageSize(size: u32, sizes: Vec<u32>) -> impl IntoView {
    let context = use_panel();
    let texts = context.texts();
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
            {sizes.into_iter().map(option).collect_view()}
        </select>
    }
}
