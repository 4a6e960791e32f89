//! The task table: its frame, and the notice of a filter. Headings and rows are patched by hand, see [`rows`](super::rows).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, MouseEvent, PointerEvent};

use super::context::{PanelContext, use_panel};
use super::parts::{Button, Fingerprint, boxed, effect, keep};
use super::preferences::remember_columns;
use super::rows::Rows;
use crate::domain::page::Pager;
use crate::domain::query::Query;
use crate::domain::task::TaskKey;
use crate::state::history::History;
use crate::state::request_state::Loaded;
use crate::text::column_visibility::ColumnVisibility;
use crate::text::columns::{Column, Columns};
use crate::text::coverage::filtered;
use crate::text::event_detail::task_detail;
use crate::text::rows::{Row, RowCache, notch_percent};
use crate::text::table_view::TableView;
use crate::text::view_options::{Drawer, ViewOptions};
use crate::text::viewer::Viewer;

/// A mouse that moves by more pixels than this between press and release drags; a hand is never quite still.
const DRAG_FROM: i32 = 3;

/// The rows, shared by the effects and listeners that touch them.
type SharedRows = Rc<RefCell<Rows>>;

/// The table of the tasks at hand.
#[component]
pub fn Table() -> impl IntoView {
    let context = use_panel();
    let texts = context.texts();
    let live_rows = move |frame: Element| {
        let rows = match Rows::new(frame.unchecked_into(), texts) {
            Ok(rows) => rows,
            // This happens only if memory runs out. The browser's own words say most.
            Err(error) => return web_sys::console::error_1(&error),
        };
        let (head, body) = (rows.head.clone(), rows.body.clone());
        scroll_together(&rows.frame, &rows.heads, &rows.scroll);
        let rows = Rc::new(RefCell::new(rows));
        show_rows(context, &rows);
        sort_by_headings(context, &head, &rows);
        resize_by_edges(context, &head, &rows);
        open_by_click(context, &body, rows);
    };
    view! {
        <div>
            <FilterNotice />
            <div class="frame" role="table" aria-label=texts.table use:live_rows></div>
        </div>
    }
}

/// Says how many rows the filter leaves, with a button that shows all again.
#[component]
fn FilterNotice() -> impl IntoView {
    let context = use_panel();
    let texts = context.texts();
    let kept = move || {
        let all = context.with_loaded(|answer| answer.map_or(0, |data| data.page.tasks.len()));
        filtered(context.shown_count(), all, texts)
    };
    let show_all = move |()| {
        // The button goes away, so the focus moves to the rows.
        if let Some(region) = context.find(".scroll") {
            _ = region.focus();
        }
        context.arrange(ViewOptions::clear_filter);
    };
    view! {
        <div class="filtered" role="status" hidden=boxed(move || !context.table().is_filter())>
            <span>{boxed(kept)}</span>
            <Button class="button small" label=texts.unfilter on_click=show_all />
        </div>
    }
}

/// The rows of all tasks on hand, and those that the filter leaves in their order. What did not change is kept, because a page turn must not
/// cost as much as a response of thousands of tasks.
#[derive(Default)]
struct Listing {
    cache: RowCache,
    visibility: ColumnVisibility,
    of: Option<(Loaded, Fingerprint)>,
    all: Vec<Row>,
    columns: Vec<Column>,
    wish: Option<TableView>,
    picked: Vec<Row>,
}

impl Listing {
    /// Returns whether the picked rows may be others now.
    fn update(&mut self, data: &Loaded, wish: TableView, viewer: &Viewer, history: &History, growth: f64) -> bool {
        let view = Fingerprint::of(viewer);
        if self.of.as_ref().is_none_or(|(last, last_view)| last != data || *last_view != view) {
            self.all = self.cache.rows(&data.page, history, viewer);
            self.columns = self.visibility.columns(&self.all, &data.query, viewer.columns);
            (self.of, self.wish) = (Some((data.clone(), view)), None);
        }
        let is_changed = self.wish.as_ref() != Some(&wish);
        if is_changed {
            // A letter more leaves some of the rows that are left, in their order.
            match &self.wish {
                Some(last) if wish.narrows(last) => self.picked.retain(|row| wish.has_text(row)),
                _ => self.picked = wish.pick(&self.all, &data.page, growth),
            }
            self.wish = Some(wish);
        }
        is_changed
    }

    /// The rows of the page of `query`: a page of a whole list, or all of what is only a page.
    fn page(&self, data: &Loaded, query: &Query) -> &[Row] {
        if !data.is_list() {
            return &self.picked;
        }
        let shown = Pager::on_hand(self.picked.len(), query.page, query.size).shown;
        let place = |ordinal: u64| usize::try_from(ordinal).unwrap_or(usize::MAX);
        shown.and_then(|(first, last)| self.picked.get(place(first - 1)..place(last))).unwrap_or_default()
    }
}

/// Keeps the rows in step with the response, the viewer, the filter, the page and the drawer.
fn show_rows(context: PanelContext, rows: &SharedRows) {
    let (rows, marked) = (rows.clone(), rows.clone());
    let style = rows.borrow().frame.style();
    let mut listing = Listing::default();
    let asked = context.panel.query;
    let page = Memo::new(move |_| Fingerprint::of(&(asked.read().page, asked.read().size)));
    effect(move || {
        let (viewer, wish) = (context.viewer(), context.table());
        let Some(data) = context.loaded() else { return };
        _ = page.get();
        let (sort, growth) = (wish.sort, untrack(|| context.growth()));
        let is_changed =
            context.panel.with_state_untracked(|state| listing.update(&data, wish, &viewer, &state.history, growth));
        let mut rows = rows.borrow_mut();
        rows.update(&listing.columns, listing.page(&data, &asked.read_untracked()));
        if is_changed {
            context.set_shown(listing.picked.iter().map(|row| row.key).collect());
        }
        rows.lay_out(viewer.columns);
        rows.mark_order(sort);
        // A row may be that of another task now.
        rows.mark_open(untrack(|| context.open_task()));
    });
    effect(move || marked.borrow_mut().mark_open(context.open_task()));
    effect(move || {
        let notch = notch_percent(context.viewer().thresholds).to_string();
        // A strict CSP allows the CSSOM where it refuses `style="…"`.
        _ = style.set_property("--notch", &[&notch, "%"].concat());
    });
}

/// Scrolls the headings with the rows, and the rows with the headings, which the keyboard may scroll.
fn scroll_together(frame: &HtmlElement, heads: &Element, scroll: &Element) {
    for (one, other) in [(heads, scroll), (scroll, heads)] {
        let (from, to, frame) = (one.clone(), other.clone(), frame.clone());
        listen(one, "scroll", move |_| {
            let left = from.scroll_left();
            to.set_scroll_left(left);
            // Cells are sticky only while the table is scrolled sideways, because each sticky cell is a burden for the browser.
            _ = frame.toggle_attribute_with_force("data-scrolled", left != 0);
        });
    }
}

/// A click on a heading sorts by its column.
fn sort_by_headings(context: PanelContext, head: &Element, rows: &SharedRows) {
    let rows = rows.clone();
    listen(head, "click", move |event| {
        let column = rows.borrow().column_at(event);
        if let Some(column) = column.filter(|_| !is_grip(event)) {
            context.arrange(|options| options.toggle_sort(column));
        }
    });
}

/// A click on a row opens its task, and the pointer over a cell shows its whole text.
fn open_by_click(context: PanelContext, body: &Element, rows: SharedRows) {
    let hinted = rows.clone();
    listen(body, "pointerover", move |event| hinted.borrow_mut().hint(event));
    // Where the mouse was pressed. After a tap, browsers tell of a press where the finger was lifted.
    let pressed = Rc::new(Cell::new((0, 0)));
    let pressing = pressed.clone();
    listen(body, "mousedown", move |event| pressing.set(position(event)));
    listen(body, "click", move |event| {
        // Selecting text in a row must not open it. Browsers don't tell of a selection inside a shadow root, so the way of the mouse
        // decides; a press on a key has none, and no count of clicks.
        let mouse: &MouseEvent = event.unchecked_ref();
        let ((from_x, from_y), (x, y)) = (pressed.get(), position(event));
        let is_dragged = (x - from_x).abs().max((y - from_y).abs()) > DRAG_FROM;
        if mouse.detail() > 0 && (is_dragged || mouse.shift_key()) {
            return;
        }
        // Not in one line with `activate`: it would keep the borrow.
        let key = rows.borrow().task_at(event);
        if let Some(key) = key {
            activate(context, key);
        }
    });
}

/// Opens the details of the task `key`, unless the embedder shows it by itself.
pub fn activate(context: PanelContext, key: TaskKey) {
    let answer = untrack(|| context.loaded());
    let detail = answer
        .and_then(|answer| answer.page.keyed().find(|(listed, _)| *listed == key).map(|(_, task)| task_detail(task)));
    // A host that shows the task by itself calls `preventDefault`. Then ours stays closed.
    if detail.is_some_and(|detail| context.notify("ocp-row-activate", detail)) {
        context.open(Drawer::Task(key));
    }
}

/// A mouse drags the edges of the headings. The column follows at once, and its width is remembered when the mouse lets go. A double click
/// gives the column its automatic width.
fn resize_by_edges(context: PanelContext, head: &Element, rows: &SharedRows) {
    // The dragged column, where it starts on the screen, and its width up to now.
    let drag = Rc::new(Cell::new(None::<(Column, i32, u16)>));
    let (moving, ending) = (drag.clone(), drag.clone());
    let (live, at, double) = (rows.clone(), rows.clone(), rows.clone());
    let sized = move |column, width| untrack(|| context.viewer()).columns.sized(column, width);
    let keep_widths = move |columns: Columns| {
        context.update(|options| options.set_columns(columns));
        remember_columns(columns);
    };
    listen(head, "pointerdown", move |event| {
        let (Some(column), true) = (at.borrow().column_at(event), is_grip(event)) else { return };
        let pointer: &PointerEvent = event.unchecked_ref();
        let Some(grip) = event.target().map(JsCast::unchecked_into::<Element>) else { return };
        let width = grip.parent_element().map_or(0, |heading| heading.client_width());
        // Fails if the pointer is gone already.
        if grip.set_pointer_capture(pointer.pointer_id()).is_ok() {
            drag.set(Some((column, pointer.client_x() - width, 0)));
            event.prevent_default();
        }
    });
    listen(head, "pointermove", move |event| {
        let Some((column, origin, _)) = moving.get() else { return };
        let width = event.unchecked_ref::<PointerEvent>().client_x() - origin;
        let width = u16::try_from(width.max(1)).unwrap_or(u16::MAX);
        live.borrow_mut().lay_out(sized(column, width));
        moving.set(Some((column, origin, width)));
    });
    listen(head, "lostpointercapture", move |_| {
        if let Some((column, _, width)) = ending.take().filter(|(_, _, width)| *width > 0) {
            keep_widths(sized(column, width));
        }
    });
    listen(head, "dblclick", move |event| {
        if let (Some(column), true) = (double.borrow().column_at(event), is_grip(event)) {
            keep_widths(sized(column, 0));
        }
    });
}

/// Where a mouse event happened.
fn position(event: &Event) -> (i32, i32) {
    let mouse: &MouseEvent = event.unchecked_ref();
    (mouse.client_x(), mouse.client_y())
}

fn is_grip(event: &Event) -> bool {
    let target = event.target().map(JsCast::unchecked_into::<Element>);
    target.is_some_and(|target| target.class_name() == "grip")
}

/// Listens for `event` on `target` as long as the table lives.
fn listen(target: &Element, event: &'static str, handle: impl Fn(&Event) + 'static) {
    let handle: Box<dyn Fn(&Event)> = Box::new(handle);
    let options = EventListenerOptions::enable_prevent_default();
    keep(EventListener::new_with_options(target, event, options, move |event| handle(event)));
}
