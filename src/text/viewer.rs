//! The viewer: the language, zone, thresholds and columns of whoever looks at the panel.

use std::hash::{Hash, Hasher};

use super::columns::Columns;
use super::locale::Locale;
use crate::domain::delay::Thresholds;
use crate::domain::time::{Clock, EpochMs, Zone};

/// Whoever looks at the panel: all that the texts of a row depend on besides the task, and the columns.
#[derive(Clone, Copy, Debug)]
pub struct Viewer {
    /// The language.
    pub locale: Locale,
    /// The delays in seconds from which a task counts as lagging and as critical.
    pub thresholds: Thresholds,
    /// The time zone in which all times are shown.
    pub zone: Zone,
    /// Gives the current time and the offset of `zone`.
    pub clock: Clock,
    /// The current offset of `zone` in minutes east of UTC. Set where many times are formatted at once; where it is `None`, `clock`
    /// is asked each time.
    pub today: Option<i32>,
    /// The columns that the viewer wants, their order and their widths.
    pub columns: Columns,
}

impl Viewer {
    /// The offset of the viewer's zone at `ms`, in minutes east of UTC.
    #[must_use]
    pub fn offset_minutes(&self, ms: EpochMs) -> i32 {
        (self.clock.offset_minutes)(self.zone, ms)
    }
}

/// Hashes what texts depend on. The clock is left out, because it stays the same for the life of a panel.
impl Hash for Viewer {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Thresholds { lagging, critical } = self.thresholds;
        (self.locale, lagging.to_bits(), critical.to_bits(), self.zone, self.columns).hash(state);
    }
}
