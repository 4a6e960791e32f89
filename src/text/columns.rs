//! The columns of the table, and which of them the viewer wants, in which order and how wide.

use super::texts::Texts;

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named by the field of `Task` that it shows")]
pub enum Column {
    Status,
    Tenant,
    Delay,
    Checkpoint,
    Error,
    Cluster,
    Mode,
    Uri,
    Host,
    Created,
    Modified,
}

impl Column {
    /// All columns in their default order: those that answer "what is wrong" come first. `column as usize` is a place in it.
    pub const ALL: [Self; 11] = [
        Self::Status,
        Self::Tenant,
        Self::Delay,
        Self::Checkpoint,
        Self::Error,
        Self::Cluster,
        Self::Mode,
        Self::Uri,
        Self::Host,
        Self::Created,
        Self::Modified,
    ];

    /// Reads the name of a column, as [`Column::name`] gives it.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.name() == name)
    }

    /// The name in the attribute `columns`, and the class of its cells.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Tenant => "tenant",
            Self::Delay => "delay",
            Self::Checkpoint => "checkpoint",
            Self::Error => "error",
            Self::Cluster => "cluster",
            Self::Mode => "mode",
            Self::Uri => "uri",
            Self::Host => "host",
            Self::Created => "created",
            Self::Modified => "modified",
        }
    }

    /// The heading in the language of `texts`.
    #[must_use]
    pub fn title(self, texts: &Texts) -> &'static str {
        texts.columns.of(self)
    }
}

/// The columns that the viewer wants, their order and their widths. The status always shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Columns {
    /// All columns. A hidden one keeps its place for when it is shown again.
    order: [Column; 11],
    /// A bit for each column that shows, at `column as u16`.
    shown: u16,
    /// A bit for each column that nobody chose, and that shows only where rows differ in it.
    auto: u16,
    /// In CSS pixels, at `column as usize`; 0 for the automatic width.
    widths: [u16; 11],
}

impl Default for Columns {
    fn default() -> Self {
        Self::FITTING
    }
}

impl Columns {
    /// All columns in their default order and automatic width. The cluster and the mode are the same in most lists.
    pub const FITTING: Self = Self {
        order: Column::ALL,
        shown: (1 << 11) - 1,
        auto: 1 << Column::Cluster as u16 | 1 << Column::Mode as u16,
        widths: [0; 11],
    };
    /// The least and the greatest width of a column, in CSS pixels.
    pub const WIDTHS: [u16; 2] = [48, 1200];

    /// Reads the attribute `columns`: names in their order, separated by commas, each with an optional width in CSS pixels after a
    /// colon, as in `status,tenant:180,delay`. Widths are kept within [`Columns::WIDTHS`]. The width `auto` leaves a column as automatic as
    /// it is where nothing is chosen. `None` where a name is unknown or a width is no whole number.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut columns = Self { shown: 0, ..Self::FITTING };
        let mut place = 0;
        for part in text.split(',') {
            let (name, width) = part.trim().split_once(':').unwrap_or((part.trim(), "0"));
            let column = Column::parse(name)?;
            let bit = 1 << column as u16;
            let width = if width == "auto" { None } else { Some(width.parse().ok()?) };
            // Of a column that is named twice, the first counts.
            if columns.shown & bit == 0 {
                let from = columns.order.iter().position(|listed| *listed == column)?;
                columns.order.get_mut(place..=from)?.rotate_right(1);
                columns.shown |= bit;
                if let Some(width) = width {
                    columns.auto &= !bit;
                    columns = columns.sized(column, width);
                }
                place += 1;
            }
        }
        if columns.shown & 1 == 0 {
            columns.order.get_mut(..=place)?.rotate_right(1);
        }
        Some(columns.with(Column::Status, true))
    }

    /// Whether the viewer wants `column`.
    #[must_use]
    pub fn has(self, column: Column) -> bool {
        self.shown & (1 << column as u16) != 0
    }

    /// Whether `column` shows only where rows differ in it, because nobody chose it.
    #[must_use]
    pub fn is_auto(self, column: Column) -> bool {
        self.has(column) && self.auto & (1 << column as u16) != 0
    }

    /// All columns in the viewer's order, with those that are hidden.
    #[must_use]
    pub fn ordered(self) -> [Column; 11] {
        self.order
    }

    /// The width of `column` in CSS pixels; 0 for the automatic width.
    #[must_use]
    pub fn width(self, column: Column) -> u16 {
        self.widths.get(column as usize).copied().unwrap_or_default()
    }

    /// A copy that shows `column`, or hides it. The status can't be hidden.
    #[must_use]
    pub fn with(self, column: Column, is_on: bool) -> Self {
        let bit = 1 << column as u16;
        Self { shown: if is_on { self.shown | bit } else { self.shown & !bit } | 1, auto: self.auto & !bit, ..self }
    }

    /// A copy in which `column` is `pixels` wide, kept within [`Columns::WIDTHS`]; 0 for the automatic width.
    #[must_use]
    pub fn sized(mut self, column: Column, pixels: u16) -> Self {
        let [least, most] = Self::WIDTHS;
        if let Some(width) = self.widths.get_mut(column as usize) {
            *width = if pixels == 0 { 0 } else { pixels.clamp(least, most) };
        }
        if pixels > 0 {
            // Its width would be lost if it came and went.
            self.auto &= !(1 << column as u16);
        }
        self
    }

    /// A copy in which `column` is one place nearer to the start, or to the end. At the edge it stays.
    #[must_use]
    pub fn moved(mut self, column: Column, to_start: bool) -> Self {
        let place = self.order.iter().position(|listed| *listed == column).unwrap_or_default();
        let other = if to_start { place.saturating_sub(1) } else { (place + 1).min(self.order.len() - 1) };
        self.order.swap(place, other);
        self
    }

    /// Writes the columns as [`Columns::parse`] reads them.
    #[must_use]
    pub fn names(self) -> String {
        let named = |column: Column| match self.width(column) {
            0 if self.is_auto(column) => [column.name(), ":auto"].concat(),
            0 => column.name().to_owned(),
            width => [column.name(), ":", &width.to_string()].concat(),
        };
        self.order.into_iter().filter(|column| self.has(*column)).map(named).collect::<Vec<_>>().join(",")
    }
}
