//! All that the viewer chose, in one struct: language, zone and columns, the filter and the sort order, the density of the table, and what
//! is open beside it. Parts of the view change it only by its named verbs.

use super::columns::{Column, Columns};
use super::table_view::TableView;
use super::viewer::Viewer;
use crate::domain::kinds::Kind;
use crate::domain::losses::LossStep;
use crate::domain::task::TaskKey;
use crate::domain::time::Zone;

/// All that the viewer chose, or that the embedder chose for them.
#[derive(Clone, Debug)]
pub struct ViewOptions {
    /// The language, the thresholds, the zone and the columns.
    pub viewer: Viewer,
    /// The filter and the sort order.
    pub table: TableView,
    /// How dense the table is.
    pub density: Density,
    /// Dark, or light; `None` follows the page's `color-scheme`.
    pub dark: Option<bool>,
    /// The page sizes on offer.
    pub page_sizes: Vec<u32>,
    /// What is open beside the table.
    pub drawer: Option<Drawer>,
}

impl ViewOptions {
    /// Takes over what only the embedder chooses: the language, the thresholds, the theme and the page sizes.
    pub fn set_embedding(&mut self, wanted: &Self) {
        let Viewer { zone, columns, .. } = self.viewer;
        self.viewer = Viewer { zone, columns, ..wanted.viewer };
        self.dark = wanted.dark;
        self.page_sizes.clone_from(&wanted.page_sizes);
    }

    /// Filters and sorts the table as `table` says.
    pub fn set_table(&mut self, table: TableView) {
        self.table = table;
    }

    /// Shows all times in `zone`.
    pub fn set_zone(&mut self, zone: Zone) {
        self.viewer.zone = zone;
    }

    /// Shows these columns.
    pub fn set_columns(&mut self, columns: Columns) {
        self.viewer.columns = columns;
    }

    /// Sets how dense the table is.
    pub fn set_density(&mut self, density: Density) {
        self.density = density;
    }

    /// Sorts as a press on the heading of `column` does.
    pub fn toggle_sort(&mut self, column: Column) {
        self.table.toggle_sort(column);
    }

    /// Shows only the tasks of `kind`, or all again.
    pub fn toggle_kind(&mut self, kind: Kind) {
        let next = (!self.table.shows(kind)).then_some(kind);
        (self.table.kind, self.table.tone) = (next, next.map(Kind::tone));
    }

    /// Shows only the tasks of tenants that would lose so much, or all again.
    pub fn toggle_loss(&mut self, step: LossStep) {
        self.table.loss = (self.table.loss != Some(step)).then_some(step);
    }

    /// Shows only the tasks that have `text` in a cell.
    pub fn find(&mut self, text: String) {
        self.table.text = text;
    }

    /// Shows all tasks again. The sort order stays.
    pub fn clear_filter(&mut self) {
        self.table = TableView { sort: self.table.sort, ..TableView::default() };
    }

    /// Opens `drawer` in place of what is open.
    pub fn open(&mut self, drawer: Drawer) {
        self.drawer = Some(drawer);
    }

    /// Closes the drawer.
    pub fn close(&mut self) {
        self.drawer = None;
    }

    /// The name of the theme in the stylesheet, empty for the page's.
    #[must_use]
    pub fn theme(&self) -> &'static str {
        match self.dark {
            Some(true) => "dark",
            Some(false) => "light",
            None => "",
        }
    }
}

/// How dense the table is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// Rows of two lines, 44 px.
    #[default]
    Comfortable,
    /// Rows of one line, 32 px.
    Compact,
}

impl Density {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Comfortable, Self::Compact];

    /// The name in the attribute `density`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Comfortable => "comfortable",
            Self::Compact => "compact",
        }
    }

    /// The density of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|density| density.name() == name)
    }
}

/// What the drawer beside the table shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Drawer {
    /// All that is known of a task.
    Task(TaskKey),
    /// The journal, the clocks, and departures from the contract.
    Diagnostics,
    /// What each key does.
    Keys,
    /// Files to save, and all pages.
    Export,
    /// Columns, density and time zone.
    Display,
}

impl Drawer {
    /// The task whose details are open.
    #[must_use]
    pub fn task(self) -> Option<TaskKey> {
        match self {
            Self::Task(key) => Some(key),
            _ => None,
        }
    }
}
