//! All that is known of one task: what went wrong and what to do, then its fields in full.

use std::sync::Arc;

use gloo_events::EventListener;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::KeyboardEvent;

use super::context::{PanelContext, use_panel};
use super::parts::{Button, CopyButton, CopyField, Derived, Fingerprint, Switch, boxed, keep};
use super::rows::shape;
use super::table::activate;
use crate::domain::task::{DecodedTask, StatusKind, Task, TaskKey, Tone};
use crate::domain::time::{Stamp, Zone, iso_offset};
use crate::text::causes::{Advice, advice};
use crate::text::column_visibility::shown_columns;
use crate::text::columns::Column;
use crate::text::event_detail::task_detail;
use crate::text::format::{civil, short_name, zoned};
use crate::text::markdown::table;
use crate::text::report::{queries, task_report};
use crate::text::rows::{self, Cell, Row};
use crate::text::sanitize::{clamp, visible};
use crate::text::viewer::Viewer;

/// How many characters of a field are shown. A message may hold megabytes.
const FIELD_CHARS: usize = 20_000;

/// The task in the drawer. All of it stays up to date through refreshes, and the drawer says when the task is no longer listed.
#[component]
pub fn TaskDetails(
    /// Set as long as this is there: it has a title line of its own.
    is_titled: RwSignal<bool>,
    /// Closes the drawer.
    close: UnsyncCallback<()>,
) -> impl IntoView {
    let context = use_panel();
    let texts = context.later_texts();
    is_titled.set(true);
    on_cleanup(move || _ = is_titled.try_set(false));
    turn_by_keys(context);
    let times = move || task(context).map(|task| in_all_zones(&task, &context.viewer())).unwrap_or_default();
    let json = move || task(context).map(|task| task_json(&task)).unwrap_or_default();
    let as_table = move |()| {
        let rows: Vec<Row> = untrack(|| row(context)).map(|(_, row)| row).into_iter().collect();
        let viewer = untrack(|| context.viewer());
        table(&rows, &shown_columns(&rows, viewer.columns), &viewer)
    };
    view! {
        <div>
            <TitleLine close />
            // A text that did not change is not written again: the user may be selecting it.
            <Switch on=move || Fingerprint::of(&row(context)) view=move || view! { <Body /> } />
            <div class="fields" hidden=move || task(context).is_none()>
                <Fold title=texts.all_zones text=times />
                <Fold title=texts.as_json text=json />
                <div class="actions">
                    <CopyButton
                        class="button small primary"
                        label=texts.copy_task_report
                        text=move |()| untrack(|| report(context))
                    />
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

/// The report on it.
fn report(context: PanelContext) -> String {
    let (key, data) = (context.open_task(), context.loaded());
    let viewer = context.viewer();
    let written = key.zip(data).and_then(|(key, data)| {
        let now = (viewer.clock.now)();
        context.panel.with_state_untracked(|state| task_report(&data, key, &state.history, now, &viewer))
    });
    written.unwrap_or_default()
}

/// The tasks before and after it in the table.
fn beside(context: PanelContext) -> [Option<TaskKey>; 2] {
    context.open_task().map(|open| context.beside(open)).unwrap_or_default()
}

/// Shows another task from its top. Nothing else moves.
fn turn(context: PanelContext, to: Option<TaskKey>) {
    if let Some(key) = to {
        activate(context, key);
        if let Some(drawer) = context.find(".drawer") {
            drawer.set_scroll_top(0);
        }
    }
}

/// ← and → show the task before or after, as long as this is there.
fn turn_by_keys(context: PanelContext) {
    let Some(drawer) = context.find(".drawer") else { return };
    keep(EventListener::new(&drawer, "keydown", move |event| {
        let event: &KeyboardEvent = event.unchecked_ref();
        let [previous, next] = untrack(|| beside(context));
        let to = match event.key().as_str() {
            "ArrowLeft" => previous,
            "ArrowRight" => next,
            _ => return,
        };
        if !(event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key()) {
            turn(context, to);
        }
    }));
}

/// Whose task it is, with its status, and the way to the tasks beside it.
#[component]
fn TitleLine(
    /// Closes the drawer.
    close: UnsyncCallback<()>,
) -> impl IntoView {
    let context = use_panel();
    let texts = context.later_texts();
    // When the task is gone, only its name is left to show.
    let name = Memo::new(move |last: Option<&String>| {
        let name = task(context).map(|task| short_name(task.label()));
        name.or_else(|| last.cloned()).unwrap_or_default()
    });
    let status = move || row(context).and_then(|(_, row)| row.cell(Column::Status).cloned()).unwrap_or_default();
    let badge = move || {
        let Cell { main, tone, .. } = untrack(status);
        view! {
            <span class="status" data-tone=tone.map(Tone::name)>
                <span class="main">{main}</span>
            </span>
        }
    };
    let arrows = move || {
        let [previous, next] = untrack(|| beside(context));
        view! {
            <Arrow class="step previous" name=texts.previous_task to=previous />
            <Arrow class="step next" name=texts.next_task to=next />
        }
    };
    view! {
        <header class="toolbar">
            <div class="whose" aria-live="polite">
                <h3 class="title" translate="no">
                    {boxed(move || name.get())}
                </h3>
                <Switch on=move || Fingerprint::of(&status()) view=badge />
            </div>
            <div class="controls">
                <Switch on=move || Fingerprint::of(&beside(context)) view=arrows />
                <Button label=texts.close on_click=close />
            </div>
        </header>
    }
}

/// The button that shows another task; disabled where there is none.
#[component]
fn Arrow(class: &'static str, name: &'static str, to: Option<TaskKey>) -> impl IntoView {
    let context = use_panel();
    view! { <Button class name disabled=to.is_none() on_click=move |()| turn(context, to) /> }
}

/// What went wrong, what to do, and the fields of the task that have a value.
#[component]
fn Body() -> impl IntoView {
    let context = use_panel();
    let texts = context.later_texts();
    let viewer = untrack(|| context.viewer());
    let Some(((_, row), task)) = untrack(|| row(context).zip(task(context))) else {
        return view! { <p class="fields">{texts.gone}</p> }.into_any();
    };
    let sql = queries(&[&task]);
    let advice = advice(&task, row.tone, texts);
    let help = if advice.steps.is_empty() {
        view! { <Fold title=texts.sql text=sql /> }.into_any()
    } else {
        let copied = sql.clone();
        let steps: Vec<_> = advice.steps.iter().map(|step| view! { <li>{marked(step)}</li> }.into_any()).collect();
        view! {
            <section>
                <h4>{texts.what_to_do}</h4>
                <ol class="steps">{steps}</ol>
            </section>
            <section class="sql">
                <h4>{texts.sql}</h4>
                <CopyButton label=texts.copy_sql text=move |()| copied.clone() />
                <pre translate="no">{sql}</pre>
            </section>
        }
        .into_any()
    };
    let fields = row.cells.iter().zip(Column::ALL).filter(|(cell, column)| {
        !cell.main.is_empty() && !matches!(column, Column::Status | Column::Error | Column::Delay)
    });
    let field = |cell: &Cell, column| {
        let whole = to_copy(cell, column, Some(&task), &viewer);
        view! { <Field cell=cell.clone() column whole /> }.into_any()
    };
    let delay = row.cell(Column::Delay).filter(|cell| !cell.main.is_empty()).map(|cell| field(cell, Column::Delay));
    let fields: Vec<AnyView> = fields.map(|(cell, column)| field(cell, column)).collect();
    view! {
        <div class="fields">
            <Finding advice tone=row.tone message=task.error_msg.as_deref().unwrap_or_default().to_owned() />
            {help}
            <dl class="pairs">{delay} {fields}</dl>
        </div>
    }
    .into_any()
}

/// What went wrong, with the message that it was recognized by, or what the status means.
#[component]
fn Finding(
    advice: Advice,
    tone: Tone,
    /// The message of the task, empty where there is none.
    message: String,
) -> impl IntoView {
    let texts = use_panel().later_texts();
    let name = Column::Error.title(texts);
    let message = visible(message.trim());
    // A task may run well in spite of its message.
    let tone = if message.is_empty() { tone } else { tone.max(Tone::Warning) };
    let shown = (!message.is_empty()).then(|| {
        view! {
            <p class="label">
                {name}
                <CopyField name text=message.clone() />
            </p>
            <div class="message">
                <Long text=message is_data=true />
            </div>
        }
        .into_any()
    });
    view! {
        <section class="notice finding" data-tone=tone.name()>
            <p class="label">{advice.heading}</p>
            <p class="what">{advice.what}</p>
            {shown}
        </section>
    }
}

/// A text that is cut where it is very long, with a button that copies all of it.
#[component]
fn Long(
    text: String,
    /// Whether a page translator must leave it alone.
    is_data: bool,
) -> impl IntoView {
    let texts = use_panel().later_texts();
    let (shown, more) = clamp(&text, FIELD_CHARS);
    let shown = shown.to_owned();
    let cut = (more > 0).then(|| {
        let words = texts.counted(texts.cut, more as u64);
        view! {
            <span class="sub">
                {words}
                <CopyButton label=texts.copy_all text=move |()| text.clone() />
            </span>
        }
        .into_any()
    });
    view! {
        <span class="main" translate=is_data.then_some("no")>
            {shown}
        </span>
        {cut}
    }
}

/// A step, with what stands between backticks as code.
fn marked(step: &'static str) -> AnyView {
    let parts = step.split('`').enumerate().map(|(index, part)| match index % 2 {
        0 => part.into_any(),
        _ => view! { <code translate="no">{part}</code> }.into_any(),
    });
    parts.collect_view().into_any()
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
    let Cell { main, sub, tag, tone, meter, .. } = cell;
    let name = column.title(texts);
    // These are long, and the delay is the one that is looked for.
    let class = match column {
        Column::Delay => "pair wide delay",
        Column::Uri => "pair wide",
        _ => "pair",
    };
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
    let meter = meter.map(|percent| [&percent.to_string(), "%"].concat());
    view! {
        <div class=class data-tone=tone.map(Tone::name) data-meter=meter.is_some() style:--meter=meter.unwrap_or_default()>
            <dt>
                {name}
                <CopyField name text=whole />
            </dt>
            <dd>
                <Long text=main is_data=column.is_data() />
                {tag}
                {sub}
            </dd>
        </div>
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
