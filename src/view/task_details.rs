//! All that is known of one task, with its texts in full.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::context::{PanelContext, use_panel};
use super::parts::{CopyButton, CopyField, Derived, Fingerprint, Switch};
use super::rows::shape;
use crate::domain::task::{DecodedTask, StatusKind, Task, Tone};
use crate::domain::time::{Stamp, Zone, iso_offset};
use crate::text::column_visibility::shown_columns;
use crate::text::columns::Column;
use crate::text::event_detail::task_detail;
use crate::text::format::{civil, short_name, zoned};
use crate::text::markdown::table;
use crate::text::rows::{self, Cell, Row};
use crate::text::sanitize::clamp;
use crate::text::viewer::Viewer;

/// How many characters of a field are shown. A message may hold megabytes.
const FIELD_CHARS: usize = 20_000;

/// The task in the drawer. The fields stay up to date through refreshes, and the drawer says when the task is no longer listed.
#[component]
pub fn TaskDetails() -> impl IntoView {
    let context = use_panel();
    let texts = context.later_texts();
    // When the task is gone, only its name is left to show.
    let name = Memo::new(move |last: Option<&String>| {
        let name = task(context).map(|task| short_name(task.label()));
        name.or_else(|| last.cloned()).unwrap_or_default()
    });
    let times = move || task(context).map(|task| in_all_zones(&task, &context.viewer())).unwrap_or_default();
    let json = move || task(context).map(|task| task_json(&task)).unwrap_or_default();
    let as_table = move |()| {
        let rows: Vec<Row> = untrack(|| row(context)).map(|(_, row)| row).into_iter().collect();
        let viewer = untrack(|| context.viewer());
        table(&rows, &shown_columns(&rows, viewer.columns), &viewer)
    };
    view! {
        <div>
            <h4 class="whose" translate="no">{move || name.get()}</h4>
            <dl class="fields">
                // A text that did not change is not written again: the user may be selecting it.
                <Switch on=move || Fingerprint::of(&row(context)) view=move || view! { <Fields /> } />
            </dl>
            <div class="fields" hidden=move || task(context).is_none()>
                <Fold title=texts.all_zones text=times />
                <Fold title=texts.as_json text=json />
                <div class="actions">
                    <CopyButton label=texts.copy_row text=as_table />
                    <CopyButton label=texts.copy_json text=move |()| untrack(json) />
                </div>
            </div>
        </div>
    }
}

/// The task in the drawer, while it is listed.
fn task(context: PanelContext) -> Option<Arc<DecodedTask>> {
    let key = context.open_task()?;
    context.with_loaded(|answer| {
        let mut listed = answer?.page.keyed();
        listed.find(|(listed, _)| *listed == key).map(|(_, task)| task.clone())
    })
}

/// Its status and its row.
fn row(context: PanelContext) -> Option<(StatusKind, Row)> {
    let (key, viewer) = (context.open_task()?, context.viewer());
    let data = context.loaded()?;
    context.panel.with_state_untracked(|state| rows::row(&data.page, key, &state.history, &viewer))
}

/// The fields of the task that have a value, and after the status what to do about it.
#[component]
fn Fields() -> impl IntoView {
    let context = use_panel();
    let texts = context.later_texts();
    let viewer = untrack(|| context.viewer());
    let Some((status, row)) = untrack(|| row(context)) else { return texts.gone.into_any() };
    let task = untrack(|| task(context));
    let advice = texts.runbook.of(status);
    let filled = row.cells.iter().zip(Column::ALL).filter(|(cell, _)| !cell.main.is_empty());
    let fields = filled.flat_map(|(cell, column)| {
        let whole = to_copy(cell, column, task.as_deref().map(|task| &**task), &viewer);
        let advice = (column == Column::Status).then(|| {
            view! {
                <dt>{texts.runbook_title}</dt>
                <dd class="notice">{advice}</dd>
            }
            .into_any()
        });
        [Some(view! { <Field cell=cell.clone() column whole /> }.into_any()), advice]
    });
    let fields: Vec<AnyView> = fields.flatten().collect();
    if fields.is_empty() { texts.gone.into_any() } else { fields.into_any() }
}

/// A field, with a button to copy it.
#[component]
fn Field(
    cell: Cell,
    column: Column,
    /// What is copied.
    whole: String,
) -> impl IntoView {
    let texts = use_panel().later_texts();
    let Cell { main, sub, tag, tone, .. } = cell;
    let name = column.title(texts);
    let class = if column == Column::Status { "status" } else { "" };
    let (shown, more) = clamp(&main, FIELD_CHARS);
    let shown = shown.to_owned();
    let tag = (!tag.is_empty()).then(|| {
        if column == Column::Delay {
            // Hidden from screen readers: the line below has the trend in words.
            view! {
                <span class="spark" aria-hidden="true" style:clip-path=shape(&tag)>
                    {tag.clone()}
                </span>
            }
            .into_any()
        } else {
            view! { <span class="tag">{tag}</span> }.into_any()
        }
    });
    let sub = (!sub.is_empty()).then(|| view! { <span class="sub">{sub}</span> }.into_any());
    let cut = (more > 0).then(|| {
        let words = texts.counted(texts.cut, more as u64);
        view! {
            <span class="sub">
                {words}
                <CopyButton label=texts.copy_all text=move |()| main.clone() />
            </span>
        }
        .into_any()
    });
    view! {
        <dt>{name}</dt>
        <dd class=class data-tone=tone.map(Tone::name)>
            <span class="main" translate=column.is_data().then_some("no")>
                {shown}
            </span>
            {tag}
            {sub}
            {cut}
            <CopyField name text=whole />
        </dd>
    }
}

/// A text that shows when the user presses its title. It stays open when the text changes.
#[component]
fn Fold(
    title: &'static str,
    /// The text.
    #[prop(into)]
    text: Derived<String>,
) -> impl IntoView {
    view! {
        <details>
            <summary>{title}</summary>
            <pre translate="no">{move || text.get()}</pre>
        </details>
    }
}

/// The task by OCP's names, credentials masked and times in UTC, spread over lines by the browser.
fn task_json(task: &Task) -> String {
    let text = task_detail(task).end();
    let spread = js_sys::JSON::parse(&text).and_then(|value| {
        js_sys::JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &JsValue::from_f64(2.0))
    });
    spread.map_or(text, String::from)
}

/// The task's times in the browser's zone, in UTC, and as the server wrote them.
fn in_all_zones(task: &Task, viewer: &Viewer) -> String {
    let texts = viewer.locale.later_texts();
    let stamps =
        [(Column::Checkpoint, &task.checkpoint), (Column::Created, &task.created), (Column::Modified, &task.modified)];
    let lines = stamps.into_iter().filter_map(|(column, stamp)| {
        let Some(Stamp::Known(time)) = stamp else { return None };
        let server = Zone::Fixed(time.offset().local_minus_utc() / 60);
        let zones = [(texts.zone_local, Zone::Local), ("UTC", Zone::Fixed(0)), (texts.zone_server, server)];
        let line = |(name, zone): (&str, Zone)| {
            let viewer = Viewer { zone, ..*viewer };
            [&zoned(time.timestamp_millis(), &viewer), " · ", name].concat()
        };
        Some([column.title(texts), "\n", &zones.map(line).join("\n")].concat())
    });
    lines.collect::<Vec<_>>().join("\n\n")
}

/// A field as it is pasted elsewhere: in full, and a time with its offset.
fn to_copy(cell: &Cell, column: Column, task: Option<&Task>, viewer: &Viewer) -> String {
    let stamp = task.and_then(|task| match column {
        Column::Checkpoint => task.checkpoint.as_ref(),
        Column::Created => task.created.as_ref(),
        Column::Modified => task.modified.as_ref(),
        _ => None,
    });
    match stamp {
        Some(Stamp::Known(time)) => {
            let at = time.timestamp_millis();
            [civil(at, viewer), iso_offset(viewer.offset_minutes(at))].concat()
        }
        _ => cell.main.clone(),
    }
}
