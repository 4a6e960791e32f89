//! The task table: its frame here, its headings and rows in [`Rows`].

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use super::Ui;
use super::dom::{El, button, effect, el};
use super::drawer::Drawer;
use super::events::task_detail;
use super::present::{Columns, Shown, columns, filtered, notch_percent, rows};
use super::rows::Rows;
use crate::domain::delay::Thresholds;
use crate::domain::time::Zone;
use crate::state::load::Loaded;

/// The table of the tasks at hand.
#[must_use]
pub fn table(ui: Ui) -> El {
    let texts = ui.texts();
    let body = el("tbody").attr("role", "rowgroup");
    let head = el("tr").class("head").attr("role", "row");
    let table = el("table").class("table").attr("role", "table");
    let live = Rc::new(RefCell::new(Rows::new(&table, &head, &body, texts)));

    let kept = el("span");
    let scroll = el("div").class("scroll").attr("role", "region").attr("aria-label", texts.table).attr("tabindex", "0");
    let region = scroll.html().clone();
    let show_all = button("button small", texts.unfilter, move |_| {
        // This button goes away.
        _ = region.focus();
        ui.shown.update(|shown| *shown = Shown { sort: shown.sort, ..Shown::default() });
    });
    let notice = el("div").class("filtered").attr("role", "status").children([kept.clone(), show_all]);
    let bar = notice.clone();
    let turned = live.clone();
    let turn = move |event: &web_sys::Event| {
        let column = turned.borrow().column_at(event);
        if let Some(column) = column {
            ui.shown.update(|shown| shown.turn(column));
        }
    };
    let (node, show) = (table.clone(), live.clone());
    let mut painted = None::<(Loaded, Thresholds, Zone, Columns, Shown)>;
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
        let rows = ui.panel.load.with_untracked(|load| rows(&data.page, &load.watch, &viewer));
        let columns = columns(&rows, viewer.columns);
        let rows = wish.pick(rows, &data.page);
        kept.node().set_text_content(Some(&filtered(rows.len(), data.page.tasks.len(), texts)));
        bar.hide(!wish.is_filter());
        let mut show = show.borrow_mut();
        show.update(&columns, &rows);
        show.mark_order(wish.sort);
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
    let head = el("thead").attr("role", "rowgroup").child(head.on("click", turn));
    el("div").child(notice).child(scroll.child(table.children([head, body.on("click", open)])))
}
