//! All that is known of one task, with its texts in full.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::Ui;
use super::copy_button::{copy_button, copy_field};
use super::dom::{El, effect, el};
use super::drawer::Drawer;
use super::rows::shape;
use crate::domain::task::{StatusKind, Task};
use crate::domain::time::{Stamp, Zone, iso_offset};
use crate::text::column_visibility::shown_columns;
use crate::text::columns::Column;
use crate::text::event_detail::task_detail;
use crate::text::format::{civil, short_name, zoned};
use crate::text::markdown::table;
use crate::text::rows::{Cell, Row, row};
use crate::text::sanitize::clamp;
use crate::text::texts::{Texts, fill};
use crate::text::viewer::Viewer;

/// Characters of one field that are put on screen; a message may hold megabytes.
const FIELD_CHARS: usize = 20_000;

/// The fields of the task in the drawer. They follow it through refreshes, and say when it is no longer listed.
#[must_use]
pub fn task_details(ui: Ui) -> El {
    let texts = ui.texts();
    let fields = el("dl").class("fields");
    let list = fields.clone();
    // Not built anew with the fields: someone may have opened them.
    let (times, json) = (el("pre"), el("pre"));
    let tenant = el("h4").class("whose");
    let named = tenant.clone();
    let fold = |title: &str, text: &El| el("details").child(el("summary").text(title)).child(text.clone());
    let (more, other) = (el("div").class("fields"), [times.clone(), json.clone()]);
    let folds = more.clone().children([fold(texts.all_zones, &times), fold(texts.as_json, &json)]);
    let task = move || {
        let Some(Drawer::Task(key)) = ui.drawer.get_untracked() else { return None };
        ui.panel.load.with_untracked(|load| {
            let mut listed = load.data.as_ref()?.page.keyed();
            listed.find(|(listed, _)| *listed == key).map(|(_, task)| task.clone())
        })
    };
    let copy = copy_button(texts.copy_json, texts, move || task().map(|task| task_json(&task)).unwrap_or_default());
    let mut shown = None::<Option<(StatusKind, Row)>>;
    let now = Rc::new(RefCell::new(None::<Row>));
    let copied = now.clone();
    let copy_row = copy_button(texts.copy_row, texts, move || {
        let rows: Vec<Row> = copied.borrow().iter().cloned().collect();
        ui.viewer.with_untracked(|viewer| table(&rows, &shown_columns(&rows, viewer.columns), viewer))
    });
    let whole =
        el("div").child(tenant).child(fields).child(folds.child(el("div").class("actions").children([copy_row, copy])));
    // Not the effect's own owner, which ends at each of its runs and with it the listeners of what was built.
    let outer = Owner::current().unwrap_or_default();
    let mut inner = Owner::new();
    effect(move || {
        let viewer = ui.viewer.get();
        let Some(Drawer::Task(key)) = ui.drawer.get() else { return };
        let row = ui.panel.load.with(|load| row(&load.data.as_ref()?.page, key, &load.watch, &viewer));
        // What does not change is not written: someone may be selecting it.
        if shown.replace(row.clone()).is_some_and(|last| last == row) {
            return;
        }
        now.replace(row.as_ref().map(|(_, row)| row.clone()));
        std::mem::replace(&mut inner, outer.with(Owner::new)).cleanup();
        list.node().set_text_content(None);
        let task = task();
        // Once it is gone its name is all that is left of it.
        if let Some(task) = &task {
            named.write(&short_name(task.label()));
        }
        more.hide(task.is_none());
        let texts_of = |task: &Task| [in_all_zones(task, &viewer), task_json(task)];
        let lines = task.as_deref().map(|task| texts_of(task)).unwrap_or_default();
        for (place, text) in other.iter().zip(lines) {
            place.node().set_text_content(Some(&text));
        }
        let advice = row.as_ref().map(|(status, _)| texts.runbook.of(*status));
        let cells = row.map(|(_, row)| row.cells.to_vec()).into_iter().flatten().zip(Column::ALL);
        let mut filled = cells.filter(|(cell, _)| !cell.main.is_empty()).peekable();
        if filled.peek().is_none() {
            list.node().set_text_content(Some(texts.gone));
        }
        for (cell, column) in filled {
            let name = el("dt").text(column.title(texts));
            _ = list.clone().children([
                name,
                inner.with(|| {
                    untrack(|| {
                        field(
                            &cell,
                            column,
                            to_copy(&cell, column, task.as_deref().map(|task| &**task), &viewer),
                            texts,
                        )
                    })
                }),
            ]);
            if let Some(advice) = advice.filter(|_| column == Column::Status) {
                let advice = el("dd").class("notice").text(advice);
                _ = list.clone().children([el("dt").text(texts.runbook_title), advice]);
            }
        }
    });
    whole
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
    let texts = viewer.locale.texts();
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

fn field(cell: &Cell, column: Column, whole: String, texts: &'static Texts) -> El {
    let (shown, more) = clamp(&cell.main, FIELD_CHARS);
    let part = |class: &str, text: &str| (!text.is_empty()).then(|| el("span").class(class).text(text));
    let tag = if column == Column::Delay {
        let spark = part("spark", &cell.tag);
        // Its words are in the line below.
        spark.map(|spark| {
            _ = spark.html().style().set_property("clip-path", &shape(&cell.tag));
            spark.attr("aria-hidden", "true")
        })
    } else {
        part("tag", &cell.tag)
    };
    let cut = (more > 0).then(|| {
        let all = cell.main.clone();
        let button = copy_button(texts.copy_all, texts, move || all.clone());
        el("span").class("sub").text(&fill(texts.cut, &[("count", &texts.number(more as u64))])).child(button)
    });
    let parts = [part("main", shown), tag, part("sub", &cell.sub), cut];
    let field = el("dd").class(if column == Column::Status { "status" } else { "" });
    let copy = copy_field(column.title(texts), texts, whole);
    let field = field.children(parts.into_iter().flatten()).child(copy);
    match cell.tone {
        Some(tone) => field.attr("data-tone", tone.name()),
        None => field,
    }
}
