//! The rows of the table, patched in place: a row follows its task and not its position, a text that did not change is
//! not written, and new rows are clones of one template. Leptos would keep an effect for each of the thousands of cells.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, Node, ShadowRoot};

use super::columns::{Column, Columns};
use super::dom::{El, el};
use super::present::{Cell, Row, clamp};
use super::texts::{Texts, fill};
use crate::domain::hash::HashMap;
use crate::domain::task::TaskKey;

/// Characters of a field that a cell shows; the rest is in the details. A message may hold megabytes.
const CELL_CHARS: usize = 200;
/// Characters from which on a cell is likely cut by its column, so that the whole text is in a tooltip.
const TOOLTIP_FROM: usize = 22;

/// The live rows of one table.
pub struct Rows {
    frame: El,
    head: El,
    body: Element,
    texts: &'static Texts,
    columns: Vec<Column>,
    tracks: String,
    template: Option<Element>,
    live: Vec<Live>,
}

struct Live {
    row: Row,
    node: Element,
}

impl Column {
    /// The column's track in the grid of a row. Fixed tracks, so that no row needs to know another's width.
    fn track(self) -> &'static str {
        match self {
            Self::Status => "minmax(112px,1fr)",
            Self::Tenant => "minmax(116px,1.2fr)",
            Self::Delay => "minmax(172px,1.4fr)",
            Self::Checkpoint | Self::Created | Self::Modified => "144px",
            Self::Error => "minmax(200px,2.4fr)",
            Self::Cluster => "minmax(170px,1.4fr)",
            Self::Mode => "minmax(84px,.7fr)",
            Self::Uri => "minmax(170px,2fr)",
            Self::Host => "112px",
        }
    }

    /// Whether cells of this column may have a second line.
    fn has_sub(self) -> bool {
        matches!(self, Self::Tenant | Self::Delay | Self::Checkpoint | Self::Cluster)
    }
}

impl Rows {
    /// Takes over `head`, the row of headings, and `body`, both empty and somewhere in `frame`.
    #[must_use]
    pub fn new(frame: &El, head: &El, body: &El, texts: &'static Texts) -> Self {
        let (frame, head, body) = (frame.clone(), head.clone(), body.node().clone());
        let (columns, tracks, template, live) = (Vec::new(), String::new(), None, Vec::new());
        Self { frame, head, body, texts, columns, tracks, template, live }
    }

    /// Lays the columns out by the widths of `wanted`.
    pub fn lay_out(&mut self, wanted: Columns) {
        let track = |column: &Column| match wanted.width(*column) {
            0 => column.track().to_owned(),
            width => [&width.to_string(), "px"].concat(),
        };
        let tracks = self.columns.iter().map(track).collect::<Vec<_>>().join(" ");
        if self.tracks != tracks {
            // A strict CSP allows the CSSOM where it refuses `style="…"`.
            _ = self.frame.html().style().set_property("--tracks", &tracks);
            self.tracks = tracks;
        }
    }

    /// Makes the table show `rows` in `columns`.
    pub fn update(&mut self, columns: &[Column], rows: &[Row]) {
        let focused = self.focused();
        let focused_task = focused.as_ref().and_then(|focused| self.task_of(focused));
        if self.columns != columns {
            self.live.clear();
            self.body.set_text_content(None);
            self.columns = columns.to_vec();
            self.template = Some(self.build_template());
            self.head.node().set_text_content(None);
            let heading = |column: &Column| {
                let title = column.title(self.texts);
                let turn = el("button").attr("type", "button").class("turn").text(title);
                let turn = turn.attr("title", &fill(self.texts.sort, &[("column", title)]));
                // For a mouse; under “Display” the width is a field.
                let grip = el("span").class("grip").attr("aria-hidden", "true");
                el("th").class(column.name()).attr("role", "columnheader").attr("scope", "col").children([turn, grip])
            };
            _ = self.head.clone().children(columns.iter().map(heading));
        }
        let Some(template) = self.template.clone() else { return };
        // The same tasks in the same order, as in most refreshes: nothing moves.
        if !self.live.is_empty() && self.live.iter().map(|live| live.row.key).eq(rows.iter().map(|row| row.key)) {
            let mut live = std::mem::take(&mut self.live);
            for (live, row) in live.iter_mut().zip(rows) {
                if live.row != *row {
                    self.patch(&live.node, Some(&live.row), row);
                    live.row = row.clone();
                }
            }
            self.live = live;
            return;
        }
        let mut known: HashMap<TaskKey, Live> = self.live.drain(..).map(|live| (live.row.key, live)).collect();
        let mut next: Vec<Option<Live>> = rows.iter().map(|row| known.remove(&row.key)).collect();
        // Rows of tasks that left are made into rows of tasks that came, but for the one that holds the focus: that
        // must not end up on another task.
        let mut spare = known.into_values().collect::<Vec<_>>();
        spare.retain(|live| {
            let keep = focused.as_ref().is_none_or(|focused| !live.node.contains(Some(focused)));
            if !keep {
                live.node.remove();
            }
            keep
        });
        let mut place = self.body.first_child();
        for (row, slot) in rows.iter().zip(&mut next) {
            let live = slot.take().or_else(|| spare.pop());
            let live = match live {
                Some(live) if live.row == *row => live,
                Some(mut live) => {
                    self.patch(&live.node, Some(&live.row), row);
                    live.row.clone_from(row);
                    live
                }
                None => {
                    let Ok(node) = template.clone_node_with_deep(true).map(Node::unchecked_into::<Element>) else {
                        continue;
                    };
                    self.patch(&node, None, row);
                    Live { row: row.clone(), node }
                }
            };
            if place.as_ref().is_some_and(|place| place == live.node.unchecked_ref::<Node>()) {
                place = live.node.next_sibling();
            } else {
                _ = self.body.insert_before(&live.node, place.as_ref());
            }
            self.live.push(live);
        }
        for live in spare {
            live.node.remove();
        }
        // Moving a row takes the focus from it, and a new set of columns makes all rows anew.
        if focused.is_some() && self.focused().is_none() {
            let kept = focused.filter(|focused| focused.is_connected());
            let anew = || {
                let row = self.live.iter().find(|live| Some(live.row.key) == focused_task)?;
                row.node.query_selector("[part=open]").ok().flatten().map(JsCast::unchecked_into::<HtmlElement>)
            };
            // Where its task is no longer listed, the focus stays in the panel: its keys go on working.
            let region = || self.body.closest(".scroll").ok().flatten().map(JsCast::unchecked_into::<HtmlElement>);
            if let Some(next) = kept.or_else(anew).or_else(region) {
                _ = next.focus();
            }
        }
    }

    /// Says by which column the rows are sorted.
    pub fn mark_order(&self, sort: Option<(Column, bool)>) {
        let mut heading = self.head.node().first_element_child();
        for &column in &self.columns {
            let Some(node) = heading else { return };
            let order = sort
                .filter(|(by, _)| *by == column)
                .map_or("none", |(_, descending)| if descending { "descending" } else { "ascending" });
            if node.get_attribute("aria-sort").as_deref() != Some(order) {
                _ = node.set_attribute("aria-sort", order);
            }
            heading = node.next_element_sibling();
        }
    }

    /// The column in whose heading `event` happened.
    #[must_use]
    pub fn column_at(&self, event: &Event) -> Option<Column> {
        let target: Node = event.target()?.dyn_into().ok()?;
        let mut heading = self.head.node().first_element_child();
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
        self.task_of(&event.target()?.dyn_into().ok()?)
    }

    fn task_of(&self, node: &Node) -> Option<TaskKey> {
        self.live.iter().find(|live| live.node.contains(Some(node))).map(|live| live.row.key)
    }

    fn focused(&self) -> Option<HtmlElement> {
        let root: ShadowRoot = self.body.get_root_node().dyn_into().ok()?;
        let focused = root.active_element()?;
        self.body.contains(Some(&focused)).then(|| focused.dyn_into().ok())?
    }

    /// A row with all of its elements and none of its texts. The first column that names the task holds the button that
    /// opens it, for keyboards and screen readers; elsewhere a click on the row does.
    fn build_template(&self) -> Element {
        let named = [Column::Tenant, Column::Cluster, Column::Status];
        let opener = named.into_iter().find(|named| self.columns.contains(named));
        let cell = |&column: &Column| {
            let main = if Some(column) == opener {
                el("button").attr("type", "button").class("main open").attr("part", "open")
            } else {
                el("span").class("main")
            };
            let cell = el("td").attr("role", "cell").class(column.name()).attr("data-label", column.title(self.texts));
            let tag = match column {
                Column::Cluster => Some(el("span").class("tag")),
                // Its words are in the line below.
                Column::Delay => Some(el("span").class("spark").attr("aria-hidden", "true")),
                _ => None,
            };
            let sub = column.has_sub().then(|| el("span").class("sub"));
            cell.child(main).children(tag).children(sub)
        };
        let row = el("tr").attr("role", "row").attr("part", "row");
        row.children(self.columns.iter().map(cell)).node().clone()
    }

    /// Writes what differs between `old` and `new` into the row `node`.
    fn patch(&self, node: &Element, old: Option<&Row>, new: &Row) {
        if old.is_none_or(|old| old.tone != new.tone) {
            _ = node.set_attribute("data-tone", new.tone.name());
        }
        let mut place = node.first_element_child();
        for &column in &self.columns {
            let Some(node) = place else { return };
            let index = column as usize;
            let old = old.and_then(|old| old.cells.get(index));
            if let Some(new) = new.cells.get(index).filter(|new| old != Some(new)) {
                self.patch_cell(&node, column, old, new);
            }
            place = node.next_element_sibling();
        }
    }

    fn patch_cell(&self, node: &Element, column: Column, old: Option<&Cell>, new: &Cell) {
        let blank = Cell::default();
        let is_new = old.is_none();
        let old = old.unwrap_or(&blank);
        let (main_old, main_new) = (old.main.as_str(), new.main.as_str());
        let write = |part: Option<Element>, text: &str| {
            let (shown, more) = clamp(text, CELL_CHARS);
            let cut = (more > 0).then(|| fill(self.texts.more, &[("count", &self.texts.number(more as u64))]));
            let text = cut.map(|cut| [shown, &cut].concat());
            if let Some(part) = part {
                part.set_text_content(Some(text.as_deref().unwrap_or(shown)));
            }
        };
        if is_new || main_old != main_new {
            write(node.first_element_child(), if main_new.is_empty() { "–" } else { main_new });
        }
        if old.tag != new.tag {
            write(node.first_element_child().and_then(|main| main.next_element_sibling()), &new.tag);
        }
        if column.has_sub() && old.sub != new.sub {
            write(node.last_element_child(), &new.sub);
        }
        if main_old.is_empty() != main_new.is_empty() || is_new && main_new.is_empty() {
            _ = node.toggle_attribute_with_force("data-empty", main_new.is_empty());
        }
        if matches!(column, Column::Error | Column::Uri) && main_old != main_new {
            if main_new.len() >= TOOLTIP_FROM {
                _ = node.set_attribute("title", clamp(main_new, 10 * CELL_CHARS).0);
            } else {
                _ = node.remove_attribute("title");
            }
        }
        if old.tone != new.tone {
            _ = match new.tone {
                Some(tone) => node.set_attribute("data-tone", tone.name()),
                None => node.remove_attribute("data-tone"),
            };
        }
        if old.meter != new.meter {
            let style = node.unchecked_ref::<HtmlElement>().style();
            _ = match new.meter {
                Some(percent) => style.set_property("--meter", &[&percent.to_string(), "%"].concat()),
                None => style.remove_property("--meter").map(|_| ()),
            };
            _ = node.toggle_attribute_with_force("data-meter", new.meter.is_some());
        }
    }
}
