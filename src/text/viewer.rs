//! Who looks at the panel: the language, the zone and the thresholds that texts depend on.

use super::columns::Columns;
use super::locale::Locale;
use crate::domain::delay::Thresholds;
use crate::domain::time::{Clock, EpochMs, Zone};

/// Who looks: everything about a row's words that is not the row.
#[derive(Clone, Copy, Debug)]
pub struct Viewer {
    /// The language.
    pub locale: Locale,
    /// When a lag is lagging or critical.
    pub thresholds: Thresholds,
    /// The zone of all times.
    pub zone: Zone,
    /// For the offset of that zone.
    pub clock: Clock,
    /// Today's offset in minutes, where it was asked for once for many times.
    pub today: Option<i32>,
    /// The columns that may show.
    pub columns: Columns,
}

impl Viewer {
    /// Minutes east of UTC in the viewer's zone at `ms`.
    #[must_use]
    pub fn offset_minutes(&self, ms: EpochMs) -> i32 {
        (self.clock.offset_minutes)(self.zone, ms)
    }
}
