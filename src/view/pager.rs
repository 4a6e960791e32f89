//! First, previous, numbers with gaps, next, last, the total and the page size. It emits intents and owns no data.

use leptos::prelude::*;

use super::Ui;
use super::texts::fill;
use crate::domain::page::{PageItem, Pager as Pages};
use crate::domain::query::Intent;

/// The pager. It stays away while there is nothing to page through.
#[component]
pub fn Pager(
    /// The state and settings.
    ui: Ui,
) -> impl IntoView {
    let texts = ui.texts();
    let panel = ui.panel;
    // While an answer is awaited the wished page is marked; when it fails the mark goes back to the rows on screen.
    let pages = Memo::new(move |_| {
        let wished = panel.query.get();
        panel.load.with(|load| {
            let data = load.data.as_ref()?;
            let mut pages = Pages::of(&data.page, &data.query);
            if load.is_loading() && wished.size == data.query.size && wished.range == data.query.range {
                pages = pages.marked(wished.page);
            }
            Some(pages)
        })
    });
    move || pages.with(Option::is_some).then(|| view(ui, Signal::derive(move || pages.get().unwrap_or_default()), texts))
}

fn view(ui: Ui, pages: Signal<Pages>, texts: &'static super::texts::Texts) -> AnyView {
    let go = move |page: u32| ui.panel.apply(Intent::Page(page));
    let step = move |part: &'static str, class: &'static str, label: &'static str, to: fn(&Pages) -> Option<u32>| {
        let target = move || pages.with(to);
        view! {
            <button
                type="button"
                class=["step ", class].concat()
                part=part
                aria-label=label
                title=label
                aria-disabled=move || target().is_none().to_string()
                on:click=move |_| target().into_iter().for_each(go)
            ></button>
        }
    };
    let item = move |item: PageItem| match item {
        PageItem::Gap => view! { <li class="gap" aria-hidden=true.to_string()>"…"</li> }.into_any(),
        PageItem::Page(page) => {
            let current = move || pages.with(|pages| pages.page == page).then_some("page");
            let label = fill(texts.page, &[("page", &page.to_string())]);
            view! {
                <li>
                    <button type="button" class="page" aria-label=label aria-current=current on:click=move |_| go(page)>
                        {page}
                    </button>
                </li>
            }
            .into_any()
        }
    };
    let total = move || {
        pages.with(|pages| match (pages.shown, pages.total) {
            (None, None | Some(0)) => texts.total_none.to_owned(),
            (shown, total) => {
                let (first, last) = shown.unwrap_or_default();
                let template = if total.is_some() { texts.total_short } else { texts.total_unknown };
                let total = total.unwrap_or_default().to_string();
                fill(template, &[("first", &first.to_string()), ("last", &last.to_string()), ("total", &total)])
            }
        })
    };
    let numbered = move || pages.with(|pages| pages.items.iter().copied().enumerate().collect::<Vec<_>>());
    let key = |(index, item): &(usize, PageItem)| (matches!(item, PageItem::Gap).then_some(*index), *item);
    let size = move || ui.panel.query.with(|query| query.size);
    let option = move |choice: u32| {
        let label = fill(texts.per_page, &[("size", &choice.to_string())]);
        view! { <option value=choice.to_string() selected=move || size() == choice>{label}</option> }
    };
    let pick_size = move |event| {
        if let Ok(size) = event_target_value(&event).parse() {
            ui.panel.apply(Intent::PageSize(size));
        }
    };
    view! {
        <nav class="pager" aria-label=texts.pager>
            <span class="total">{total}</span>
            {step("first", "first", texts.first, |pages| (pages.page > 1).then_some(1))}
            {step("previous", "previous", texts.previous, |pages| {
                (pages.page > 1).then(|| (pages.page - 1).min(pages.last.unwrap_or(u32::MAX)))
            })}
            <ul class="pages">
                <For each=numbered key=key let:entry>{item(entry.1)}</For>
            </ul>
            {step("next", "next", texts.next, |pages| pages.has_next().then(|| pages.page.saturating_add(1)))}
            {step("last", "last", texts.last, |pages| pages.last.filter(|&last| pages.page < last))}
            <select class="select" part="page-size" aria-label=texts.page_size on:change=pick_size prop:value=move || size().to_string()>
                {move || ui.page_sizes.get().into_iter().map(option).collect_view()}
            </select>
        </nav>
    }
    .into_any()
}
