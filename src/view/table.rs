//! The task table: headings by Leptos, rows by [`Rows`].

use std::sync::Arc;

use leptos::ev::MouseEvent;
use leptos::html::{Table as TableElement, Tbody};
use leptos::prelude::*;

use super::Ui;
use super::present::{Column, Row, columns, notch_percent, rows};
use super::rows::Rows;

/// What the table shows.
#[derive(Clone, Debug, Default, PartialEq)]
struct Shown {
    columns: Vec<Column>,
    rows: Vec<Row>,
}

/// The table of the tasks at hand.
#[component]
pub fn Table(
    /// The state and settings.
    ui: Ui,
) -> impl IntoView {
    let texts = ui.texts();
    let data = Memo::new(move |_| ui.panel.load.with(|load| load.data.clone()));
    let shown = Memo::new(move |_| {
        let viewer = ui.viewer.get();
        let rows = data.with(|data| data.as_ref().map(|data| rows(&data.page, &viewer)).unwrap_or_default());
        Arc::new(Shown { columns: columns(&rows), rows })
    });
    let table = NodeRef::<TableElement>::new();
    let body = NodeRef::<Tbody>::new();
    let live = StoredValue::new_local(None::<Rows>);
    Effect::new(move || {
        let (Some(table), Some(body)) = (table.get(), body.get()) else { return };
        let Shown { columns, rows } = &*shown.get();
        live.update_value(|live| live.get_or_insert_with(|| Rows::new(table, body, texts)).update(columns, rows));
    });
    let open = move |event: MouseEvent| {
        // Selecting text in a row is no wish to open it.
        if window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed()) {
            return;
        }
        let key = live.with_value(|live| live.as_ref()?.task_at(&event));
        if key.is_some() {
            ui.selected.set(key);
        }
    };
    let notch = move || ui.viewer.with(|viewer| [&notch_percent(viewer.thresholds).to_string(), "%"].concat());
    let headings = move || {
        let heading = |column: &Column| view! { <th role="columnheader" scope="col">{column.title(texts)}</th> };
        shown.with(|shown| shown.columns.iter().map(heading).collect_view())
    };
    view! {
        <div class="scroll" role="region" aria-label=texts.title tabindex="0">
            <table class="table" role="table" style:--notch=notch node_ref=table>
                <thead role="rowgroup">
                    <tr role="row" class="head">{headings}</tr>
                </thead>
                <tbody role="rowgroup" node_ref=body on:click=open></tbody>
            </table>
        </div>
    }
}
