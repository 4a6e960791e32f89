//! The task table: its frame here, its headings and rows in [`Rows`].

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

use super::Ui;
use super::dom::{El, button, effect, el, listen};
use super::drawer::Drawer;
use super::memory::remember_columns;
use super::rows::Rows;
use crate::domain::delay::Thresholds;
use crate::domain::task::TaskKey;
use crate::domain::time::Zone;
use crate::state::load::Loaded;
use crate::text::column_visibility::ColumnVisibility;
use crate::text::columns::{Column, Columns};
use crate::text::coverage::filtered;
use crate::text::event_detail::task_detail;
use crate::text::rows::{RowCache, notch_percent};
use crate::text::table_view::TableView;

/// The table of the tasks at hand.
#[must_use]
pub fn table(ui: Ui) -> El {
    let texts = ui.texts();
    // Real tables, so that rows are copied as rows.
    let [headings, body] = [(); 2].map(|()| el("table").class("table").attr("role", "none"));
    let head = el("tr").class("head").attr("role", "row");
    let frame = el("div").class("frame").attr("role", "table").attr("aria-label", texts.table);
    let live = Rc::new(RefCell::new(Rows::new(&frame, &head, &body, texts)));

    let kept = el("span");
    // The headings stay in view while the page is scrolled, so they can't be in what scrolls sideways.
    let [heads, scroll] = ["heads", "scroll"].map(|class| el("div").class(class));
    for (one, other) in [(&heads, &scroll), (&scroll, &heads)] {
        let (from, to, frame) = (one.node().clone(), other.node().clone(), frame.node().clone());
        listen(one.node(), "scroll", move |_| {
            let left = from.scroll_left();
            to.set_scroll_left(left);
            // Only now do the cells that stay in view have to: each is a burden for the browser.
            _ = frame.toggle_attribute_with_force("data-scrolled", left != 0);
        });
    }
    let region = scroll.html().clone();
    let show_all = button("button small", texts.unfilter, move |_| {
        // This button goes away.
        _ = region.focus();
        ui.shown.update(|shown| *shown = TableView { sort: shown.sort, ..TableView::default() });
    });
    let notice = el("div").class("filtered").attr("role", "status").children([kept.clone(), show_all]);
    let bar = notice.clone();
    let turned = live.clone();
    let turn = move |event: &web_sys::Event| {
        let column = turned.borrow().column_at(event);
        if let Some(column) = column.filter(|_| !is_grip(event)) {
            ui.shown.update(|shown| shown.toggle_sort(column));
        }
    };
    let (node, show, dragged, hinted, marked) = (frame.clone(), live.clone(), live.clone(), live.clone(), live.clone());
    let (mut cache, mut visibility) = (RowCache::default(), ColumnVisibility::default());
    let mut painted = None::<(Loaded, Thresholds, Zone, Columns, TableView)>;
    effect(move || {
        let viewer = ui.viewer.get();
        let notch = [&notch_percent(viewer.thresholds).to_string(), "%"].concat();
        // A strict CSP allows the CSSOM where it refuses `style="…"`.
        _ = node.html().style().set_property("--notch", &notch);
    });
    effect(move || {
        let viewer = ui.viewer.get();
        let Some(data) = ui.panel.load.with(|load| load.data.clone()) else { return };
        // The state changes with every question; the rows only with the answer.
        let wish = ui.shown.get();
        let next = Some((data.clone(), viewer.thresholds, viewer.zone, viewer.columns, wish.clone()));
        if painted == next {
            return;
        }
        painted = next;
        let rows = ui.panel.load.with_untracked(|load| cache.rows(&data.page, &load.watch, &viewer));
        let columns = visibility.columns(&rows, &data.query, viewer.columns);
        let rows = wish.pick(rows, &data.page);
        kept.write(&filtered(rows.len(), data.page.tasks.len(), texts));
        bar.hide(!wish.is_filter());
        let mut show = show.borrow_mut();
        show.update(&columns, &rows);
        show.lay_out(viewer.columns);
        show.mark_order(wish.sort);
        // A row may be that of another task now.
        show.mark_open(opened(ui));
    });
    effect(move || {
        ui.drawer.track();
        marked.borrow_mut().mark_open(opened(ui));
    });
    let open = move |event: &web_sys::Event| {
        // Selecting text in a row is no wish to open it.
        if window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed()) {
            return;
        }
        let Some(key) = live.borrow().task_at(event) else { return };
        let detail = ui.panel.load.with_untracked(|load| {
            let mut keyed = load.data.as_ref()?.page.keyed();
            keyed.find(|(listed, _)| *listed == key).map(|(_, task)| task_detail(task))
        });
        // A host that opens a page of its own prevents ours.
        if detail.is_some_and(|detail| ui.tell("ocp-row-activate", detail)) {
            ui.drawer.set(Some(Drawer::Task(key)));
        }
    };
    let hint = move |event: &web_sys::Event| hinted.borrow_mut().hint(event);
    let head = el("thead").attr("role", "rowgroup").child(head.on("click", turn));
    let heads = heads.child(headings.child(resizable(ui, head, dragged)));
    // Focusable, so that keys can scroll it: in a table only a part of the table may be.
    let scroll =
        scroll.attr("role", "rowgroup").attr("tabindex", "0").child(body.on("click", open).on("pointerover", hint));
    el("div").child(notice).child(frame.children([heads, scroll]))
}

/// The task whose details are open.
fn opened(ui: Ui) -> Option<TaskKey> {
    match ui.drawer.get_untracked() {
        Some(Drawer::Task(key)) => Some(key),
        _ => None,
    }
}

fn is_grip(event: &web_sys::Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.class_name() == "grip")
}

/// Lets a mouse drag the edges of the headings: a column follows at once, and its width is kept when it is let go.
/// A double click gives it back the width that fits it.
fn resizable(ui: Ui, head: El, live: Rc<RefCell<Rows>>) -> El {
    // The column, its start on the screen, and its width up to now.
    let drag = Rc::new(Cell::new(None::<(Column, i32, u16)>));
    let (moving, ending, at, double) = (drag.clone(), drag.clone(), live.clone(), live.clone());
    let sized = move |column, width| ui.viewer.with_untracked(|viewer| viewer.columns).sized(column, width);
    let start = move |event: &web_sys::Event| {
        let (Some(column), true) = (at.borrow().column_at(event), is_grip(event)) else { return };
        let pointer: &PointerEvent = event.unchecked_ref();
        let Some(grip) = event.target().map(JsCast::unchecked_into::<Element>) else { return };
        let width = grip.parent_element().map_or(0, |heading| heading.client_width());
        // Fails for a pointer that is gone again.
        if grip.set_pointer_capture(pointer.pointer_id()).is_ok() {
            drag.set(Some((column, pointer.client_x() - width, 0)));
            event.prevent_default();
        }
    };
    let follow = move |event: &web_sys::Event| {
        let Some((column, origin, _)) = moving.get() else { return };
        let width = event.unchecked_ref::<PointerEvent>().client_x() - origin;
        let width = u16::try_from(width.max(1)).unwrap_or(u16::MAX);
        live.borrow_mut().lay_out(sized(column, width));
        moving.set(Some((column, origin, width)));
    };
    let keep = move |columns: Columns| {
        ui.viewer.update(|viewer| viewer.columns = columns);
        remember_columns(columns);
    };
    let end = move |_: &web_sys::Event| {
        if let Some((column, _, width)) = ending.take().filter(|(_, _, width)| *width > 0) {
            keep(sized(column, width));
        }
    };
    let fit = move |event: &web_sys::Event| {
        if let (Some(column), true) = (double.borrow().column_at(event), is_grip(event)) {
            keep(sized(column, 0));
        }
    };
    head.on("pointerdown", start).on("pointermove", follow).on("lostpointercapture", end).on("dblclick", fit)
}
