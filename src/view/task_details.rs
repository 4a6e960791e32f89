//! All that is known of one task, with its texts in full.

use leptos::ev::KeyboardEvent;
use leptos::html::Aside;
use leptos::prelude::*;

use super::Ui;
use super::present::{Column, Row, clamp, rows};
use crate::domain::task::TaskKey;

/// Characters of one field that are put on screen; a message may hold megabytes.
const FIELD_CHARS: usize = 20_000;

/// The drawer beside the table. It follows its task through refreshes and closes when the task is no longer listed.
#[component]
pub fn TaskDetails(
    /// The state and settings.
    ui: Ui,
) -> impl IntoView {
    let row = Memo::new(move |_| {
        let key: TaskKey = ui.selected.get()?;
        let viewer = ui.viewer.get();
        let data = ui.panel.load.with(|load| load.data.clone())?;
        rows(&data.page, &viewer).into_iter().find(|row| row.key == key)
    });
    let is_open = Memo::new(move |_| row.with(Option::is_some));
    move || is_open.get().then(|| drawer(ui, row))
}

fn drawer(ui: Ui, row: Memo<Option<Row>>) -> AnyView {
    let texts = ui.texts();
    let close = move || ui.selected.set(None);
    let keys = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            close();
        }
    };
    let node = NodeRef::<Aside>::new();
    Effect::new(move || {
        if let Some(node) = node.get() {
            _ = node.focus();
        }
    });
    let fields = move || {
        let cells = row.get().map(|row| row.cells.into_iter().zip(Column::ALL)).into_iter().flatten();
        let filled = cells.filter(|(cell, _)| !cell.main.is_empty());
        let field = |(cell, column): (super::present::Cell, Column)| {
            let (shown, more) = clamp(&cell.main, FIELD_CHARS);
            let more = (more > 0).then(|| super::texts::fill(texts.cut, &[("count", &more.to_string())]));
            let sub = (!cell.sub.is_empty()).then(|| view! { <span class="sub">{cell.sub.clone()}</span> });
            let tag = (!cell.tag.is_empty()).then(|| view! { <span class="tag">{cell.tag}</span> });
            let tone = cell.tone.map(super::super::domain::task::Tone::name);
            view! {
                <dt>{column.title(texts)}</dt>
                <dd class=(column == Column::Status).then_some("status") data-tone=tone>
                    <span class="main">{shown.to_owned()}</span>
                    {tag}
                    {sub}
                    {more}
                </dd>
            }
        };
        filled.map(field).collect_view()
    };
    view! {
        <aside class="drawer" role="dialog" aria-label=texts.details tabindex="-1" node_ref=node on:keydown=keys>
            <header class="toolbar">
                <h3 class="title">{texts.details}</h3>
                <button type="button" class="button" on:click=move |_| close()>{texts.close}</button>
            </header>
            <dl class="fields">{fields}</dl>
        </aside>
    }
    .into_any()
}
