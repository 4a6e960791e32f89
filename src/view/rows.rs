//! The rows of the table. They are patched by hand, because Leptos would keep an effect for each of thousands of cells. A row follows its
//! task and not its position, only a text that changed is written, and new rows are clones of one template.

use js_sys::Array;
use leptos::prelude::document;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement, Node, ShadowRoot};

use crate::domain::hash::Places;
use crate::domain::task::{TaskKey, Tone};
use crate::text::columns::{Column, Columns};
use crate::text::rows::{Cell, Row};
use crate::text::sanitize::clamp;
use crate::text::texts::{Texts, fill};

#[wasm_bindgen(module = "/src/view/rows.js")]
extern "C" {
    #[wasm_bindgen(js_name = writeRows)]
    fn write_rows(rows: &Array, packed: &str);
    /// The `clip-path` that draws a sparkline.
    pub fn shape(steps: &str) -> String;
}

/// How many rows a group has. The browser lays out the rows of a group only while the group is in view.
const GROUP: usize = 50;
/// How many characters of a field a cell shows. The details show more. A message may hold megabytes.
const CELL_CHARS: usize = 200;
/// A text of at least this length is likely cut by its column, so a tooltip shows the whole text.
const TOOLTIP_FROM: usize = 22;

/// The live rows of one table.
pub struct Rows {
    texts: &'static Texts,
    pub(super) frame: HtmlElement,
    /// Around the headings: it scrolls with the rows.
    pub(super) heads: Element,
    /// Around the rows: it scrolls sideways.
    pub(super) scroll: Element,
    /// The row of headings.
    pub(super) head: Element,
    /// The table of the rows.
    pub(super) body: Element,
    columns: Vec<Column>,
    tracks: String,
    /// The order that the headings tell.
    order: Option<(Column, bool)>,
    template: Option<Element>,
    live: Vec<Live>,
    /// The cell that has a tooltip.
    hinted: Option<Element>,
    /// The row whose task is open.
    open: Option<Element>,
}

struct Live {
    row: Row,
    node: Element,
}

/// Rows to write, and what to write there, in the form that [`write_rows`] takes: one call for all of them.
#[derive(Default)]
struct Changes {
    nodes: Array,
    packed: String,
}

impl Changes {
    fn write(&self) {
        write_rows(&self.nodes, &self.packed);
    }
}

impl Column {
    /// The class of what stands beside the text, in cells of the columns that have it.
    fn tag(self) -> Option<&'static str> {
        match self {
            Self::Cluster => Some("tag"),
            Self::Delay => Some("spark"),
            _ => None,
        }
    }

    /// Whether the text of this column names something or tells a time, so that a page translator must leave it alone.
    pub(super) fn is_data(self) -> bool {
        matches!(
            self,
            Self::Tenant | Self::Checkpoint | Self::Cluster | Self::Uri | Self::Host | Self::Created | Self::Modified
        )
    }

    /// Whether cells of this column may have a second line.
    fn has_sub(self) -> bool {
        matches!(self, Self::Delay | Self::Checkpoint)
    }
}

impl Rows {
    /// A table without columns and rows in `frame`, which is empty.
    ///
    /// # Errors
    /// What the browser throws, where it refuses.
    pub fn new(frame: HtmlElement, texts: &'static Texts) -> Result<Self, JsValue> {
        // The headings stay in view while the page is scrolled, so they can't lie in the element that scrolls sideways. Both are real
        // tables, so that copied rows are rows elsewhere.
        let heads = element("div", &[("class", "heads")])?;
        let head = element("tr", &[("class", "head"), ("role", "row")])?;
        let groups = element("table", &[("class", "table"), ("role", "none")])?;
        let group = element("thead", &[("role", "rowgroup")])?;
        group.append_child(&head)?;
        groups.append_child(&group)?;
        heads.append_child(&groups)?;
        // It can have the focus, so that keys can scroll it. ARIA allows only parts of a table inside a table, hence the role.
        let scroll = element("div", &[("class", "scroll"), ("role", "rowgroup"), ("tabindex", "0")])?;
        let body = element("table", &[("class", "table"), ("role", "none")])?;
        scroll.append_child(&body)?;
        frame.append_child(&heads)?;
        frame.append_child(&scroll)?;
        let (columns, tracks, live) = (Vec::new(), String::new(), Vec::new());
        Ok(Self {
            texts,
            frame,
            heads,
            scroll,
            head,
            body,
            columns,
            tracks,
            order: None,
            template: None,
            live,
            hinted: None,
            open: None,
        })
    }

    /// Lays the columns out by the widths of `wanted`.
    pub fn lay_out(&mut self, wanted: Columns) {
        let tracks = self.columns.iter().map(|column| track(*column, wanted)).collect::<Vec<_>>().join(" ");
        if self.tracks != tracks {
            // A strict CSP allows the CSSOM where it refuses `style="…"`.
            _ = self.frame.style().set_property("--tracks", &tracks);
            self.tracks = tracks;
        }
    }

    /// Makes the table show `rows` in `columns`.
    pub fn update(&mut self, columns: &[Column], rows: &[Row]) {
        self.unhint();
        let body = &self.body.clone();
        let focused = self.focused();
        let focused_task = focused.as_ref().and_then(|focused| self.task_of(focused));
        if self.columns != columns {
            self.live.clear();
            body.set_text_content(None);
            self.columns = columns.to_vec();
            self.template = self.build_template().ok();
            self.head.set_text_content(None);
            self.order = None;
            for heading in columns.iter().filter_map(|column| self.build_heading(*column).ok()) {
                _ = self.head.append_child(&heading);
            }
        }
        let Some(template) = self.template.clone() else { return };
        let mut changes = Changes::default();
        // The same tasks in the same order, as in most refreshes: nothing moves.
        if !self.live.is_empty() && self.live.iter().map(|live| live.row.key).eq(rows.iter().map(|row| row.key)) {
            let mut live = std::mem::take(&mut self.live);
            for (live, row) in live.iter_mut().zip(rows) {
                self.patch(live, row, &mut changes);
            }
            self.live = live;
            changes.write();
            return;
        }
        let places: Places = self.live.iter().enumerate().map(|(place, live)| (live.row.key.0, place)).collect();
        let mut old: Vec<Option<Live>> = self.live.drain(..).map(Some).collect();
        let mut take = |place: usize| old.get_mut(place).and_then(Option::take);
        let mut next: Vec<Option<Live>> =
            rows.iter().map(|row| places.get(&row.key.0).copied().and_then(&mut take)).collect();
        // The row of a task that left becomes the row of one that came, in the same place if possible, because moving an element costs as
        // much as making one. The row with the focus is left out: the focus must not end up on another task.
        let is_focused = |live: &Live| focused.as_ref().is_some_and(|focused| live.node.contains(Some(focused)));
        for (slot, old) in next.iter_mut().zip(&mut old) {
            if slot.is_none() {
                *slot = old.take_if(|live| !is_focused(live));
            }
        }
        let mut spare: Vec<Live> = old.into_iter().flatten().collect();
        spare.retain(|live| {
            live.node.remove();
            !is_focused(live)
        });
        let mut group = None;
        let mut place = None;
        for (index, (row, slot)) in rows.iter().zip(next).enumerate() {
            if index.is_multiple_of(GROUP) {
                let open = group_after(body, group.as_ref(), rows.len() - index);
                place = open.as_ref().and_then(|open| open.first_child());
                group = open;
            }
            let live = if let Some(mut live) = slot.or_else(|| spare.pop()) {
                self.patch(&mut live, row, &mut changes);
                live
            } else {
                let Ok(node) = template.clone_node_with_deep(true).map(Node::unchecked_into::<Element>) else {
                    continue;
                };
                self.pack(&node, None, row, &mut changes);
                Live { row: row.clone(), node }
            };
            if place.as_ref().is_some_and(|place| place == live.node.unchecked_ref::<Node>()) {
                place = live.node.next_sibling();
            } else if let Some(group) = &group {
                _ = group.insert_before(&live.node, place.as_ref());
            }
            self.live.push(live);
        }
        changes.write();
        while let Some(rest) = body.last_element_child().filter(|rest| Some(rest) != group.as_ref()) {
            rest.remove();
        }
        // A row that is moved loses the focus, and so does one that is made anew for other columns.
        if focused.is_some() && self.focused().is_none() {
            let kept = focused.filter(|focused| focused.is_connected());
            let anew = || {
                let row = self.live.iter().find(|live| Some(live.row.key) == focused_task)?;
                row.node.query_selector("[part=open]").ok().flatten().map(JsCast::unchecked_into::<HtmlElement>)
            };
            // If its task is no longer listed, the focus goes to the table, so that the panel's keys go on working.
            let region = || body.closest(".scroll").ok().flatten().map(JsCast::unchecked_into::<HtmlElement>);
            if let Some(next) = kept.or_else(anew).or_else(region) {
                _ = next.focus();
            }
        }
    }

    /// Says by which column the rows are sorted.
    pub fn mark_order(&mut self, sort: Option<(Column, bool)>) {
        if self.order == sort {
            return;
        }
        self.order = sort;
        let mut heading = self.head.first_element_child();
        for &column in &self.columns {
            let Some(node) = heading else { return };
            let order = sort
                .filter(|(by, _)| *by == column)
                .map_or("none", |(_, descending)| if descending { "descending" } else { "ascending" });
            _ = node.set_attribute("aria-sort", order);
            heading = node.next_element_sibling();
        }
    }

    /// Marks the row whose task is open beside the table.
    pub fn mark_open(&mut self, open: Option<TaskKey>) {
        let row = self.live.iter().find(|live| Some(live.row.key) == open).map(|live| live.node.clone());
        if self.open != row {
            if let Some(last) = self.open.take() {
                _ = last.remove_attribute("aria-current");
            }
            if let Some(row) = &row {
                _ = row.set_attribute("aria-current", "true");
            }
            self.open = row;
        }
    }

    /// The column in whose heading `event` happened.
    #[must_use]
    pub fn column_at(&self, event: &Event) -> Option<Column> {
        let target: Node = event.target()?.unchecked_into();
        let mut heading = self.head.first_element_child();
        for &column in &self.columns {
            let node = heading?;
            if node.contains(Some(&target)) {
                return Some(column);
            }
            heading = node.next_element_sibling();
        }
        None
    }

    /// The task of the row in which `event` happened.
    #[must_use]
    pub fn task_at(&self, event: &Event) -> Option<TaskKey> {
        self.task_of(&event.target()?.unchecked_into())
    }

    fn task_of(&self, node: &Node) -> Option<TaskKey> {
        self.live.iter().find(|live| live.node.contains(Some(node))).map(|live| live.row.key)
    }

    fn focused(&self) -> Option<HtmlElement> {
        // Out of the page it is no shadow root, and has no such element.
        let root: ShadowRoot = self.body.get_root_node().unchecked_into();
        let focused = root.active_element()?;
        self.body.contains(Some(&focused)).then(|| focused.unchecked_into())
    }

    /// The heading of `column`: its name, a button that sorts, and its edge, which a mouse drags to change the width.
    fn build_heading(&self, column: Column) -> Result<Element, JsValue> {
        let title = column.title(self.texts);
        let hint = match column {
            Column::Status => self.texts.worst_first.to_owned(),
            _ => fill(self.texts.sort, &[("column", title)]),
        };
        let attributes = [("class", column.name()), ("role", "columnheader"), ("scope", "col"), ("aria-sort", "none")];
        let heading = element("th", &attributes)?;
        let name = element("button", &[("type", "button"), ("class", "turn"), ("title", &hint)])?;
        name.set_text_content(Some(title));
        heading.append_child(&name)?;
        // Only for a mouse. For keys there is a field under “Display”.
        let grip = element("span", &[("class", "grip"), ("aria-hidden", "true")])?;
        heading.append_child(&grip)?;
        Ok(heading)
    }

    /// A row with all of its elements and none of its texts. The first column that names the task holds the button that
    /// opens it, for keyboards and screen readers; elsewhere a click on the row does.
    fn build_template(&self) -> Result<Element, JsValue> {
        let named = [Column::Tenant, Column::Cluster, Column::Status];
        let opener = named.into_iter().find(|named| self.columns.contains(named));
        let row = element("tr", &[("role", "row"), ("part", "row")])?;
        for &column in &self.columns {
            let label = column.title(self.texts);
            let cell = element("td", &[("role", "cell"), ("class", column.name()), ("data-label", label)])?;
            let main = if Some(column) == opener {
                element("button", &[("type", "button"), ("class", "main open"), ("part", "open")])?
            } else {
                element("span", &[("class", "main")])?
            };
            let tag = column.tag().map(|class| element("span", &[("class", class)])).transpose()?;
            if let (Some(tag), Column::Delay) = (&tag, column) {
                // Hidden from screen readers: the line below has the trend in words.
                tag.set_attribute("aria-hidden", "true")?;
            }
            let sub = column.has_sub().then(|| element("span", &[("class", "sub")])).transpose()?;
            if column.is_data() {
                main.set_attribute("translate", "no")?;
            }
            for part in [Some(main), tag, sub].into_iter().flatten() {
                part.append_child(&document().create_text_node(""))?;
                cell.append_child(&part)?;
            }
            row.append_child(&cell)?;
        }
        Ok(row)
    }

    /// Makes `live` show `row`, once the changes are written.
    fn patch(&self, live: &mut Live, row: &Row, changes: &mut Changes) {
        if live.row != *row {
            self.pack(&live.node, Some(&live.row), row, changes);
            live.row = row.clone();
        }
    }

    /// Adds the differences between `old`, which the row at `node` shows now, and `new`.
    fn pack(&self, node: &Element, old: Option<&Row>, new: &Row, changes: &mut Changes) {
        const SAME: &str = "\u{1e}";
        changes.nodes.push(node);
        let packed = &mut changes.packed;
        let tone = new.tone.name();
        packed.push_str(if old.is_some_and(|old| old.tone == new.tone) { SAME } else { tone });
        let blank = Cell::default();
        for &column in &self.columns {
            let Some(new) = new.cell(column) else { continue };
            let old = old.and_then(|old| old.cell(column));
            // An empty text is shown as a dash, which a new row does not have yet.
            let is_new = old.is_none();
            let old = old.unwrap_or(&blank);
            let mut push = |is_same: bool, text: &str| {
                packed.push('\u{1f}');
                packed.push_str(if is_same { SAME } else { text });
            };
            push(old.tone == new.tone, new.tone.map_or("", Tone::name));
            let meter = new.meter.map(|percent| [&percent.to_string(), "%"].concat());
            push(old.meter == new.meter, &meter.unwrap_or_default());
            let (shown, more) = clamp(&new.main, CELL_CHARS);
            let cut = (more > 0).then(|| self.texts.counted(self.texts.more, more as u64));
            push(!is_new && old.main == new.main, &[shown, &cut.unwrap_or_default()].concat());
            if column.tag().is_some() {
                push(old.tag == new.tag, &new.tag);
            }
            if column.has_sub() {
                push(old.note == new.note, &new.note);
            }
        }
        packed.push('\u{1d}');
    }

    /// Shows the whole text of the cell in which `event` happened as a tooltip, with exact seconds and ids, if the column shows less.
    pub fn hint(&mut self, event: &Event) {
        self.unhint();
        let Some(target) = event.target().map(JsCast::unchecked_into::<Element>) else { return };
        let Some(cell) = target.closest("td").ok().flatten() else { return };
        let column = self.columns.iter().find(|column| column.name() == cell.class_name());
        let live = self.live.iter().find(|live| live.node.contains(Some(&cell)));
        let text = live.zip(column).and_then(|(live, column)| live.row.cell(*column));
        let Some(Cell { main, sub, .. }) = text else { return };
        if main.len() >= TOOLTIP_FROM || !sub.is_empty() {
            let whole = [clamp(main, 10 * CELL_CHARS).0, sub].join("\n");
            _ = cell.set_attribute("title", whole.trim_end());
            self.hinted = Some(cell);
        }
    }

    /// Removes the tooltip, because the row may become that of another task.
    fn unhint(&mut self) {
        if let Some(cell) = self.hinted.take() {
            _ = cell.remove_attribute("title");
        }
    }
}

/// The track of `column` in the grid of a row. Tracks do not depend on the content, so no row needs to know the width of another.
fn track(column: Column, wanted: Columns) -> String {
    let fitting = match column {
        // On one line it takes more room than on two.
        Column::Status => "minmax(var(--status),1fr)",
        Column::Tenant => "minmax(96px,1.2fr)",
        Column::Delay => "minmax(164px,1fr)",
        Column::Checkpoint | Column::Created | Column::Modified => "124px",
        Column::Error => "minmax(100px,2.4fr)",
        Column::Cluster => "minmax(128px,1fr)",
        Column::Mode => "minmax(60px,.7fr)",
        Column::Uri => "minmax(100px,2fr)",
        Column::Host => "88px",
    };
    match wanted.width(column) {
        0 => fitting.to_owned(),
        width => [&width.to_string(), "px"].concat(),
    }
}

/// An element with these attributes.
fn element(name: &str, attributes: &[(&str, &str)]) -> Result<Element, JsValue> {
    let element = document().create_element(name)?;
    for (name, value) in attributes {
        element.set_attribute(name, value)?;
    }
    Ok(element)
}

/// The group of `body` after `last`, for the next of `rows` rows.
fn group_after(body: &Element, last: Option<&Element>, rows: usize) -> Option<Element> {
    let next = last.map_or_else(|| body.first_element_child(), Element::next_element_sibling);
    let group = if let Some(group) = next {
        group
    } else {
        let group = element("tbody", &[("role", "none")]).ok()?;
        body.append_child(&group).ok()?;
        group
    };
    let rows = rows.min(GROUP).to_string();
    _ = group.unchecked_ref::<HtmlElement>().style().set_property("--rows", &rows);
    Some(group)
}
