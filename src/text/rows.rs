//! The rows of the table: the text and the tone of each cell of a task.

use std::hash::{Hash, Hasher};
use std::rc::Rc;
use std::sync::Arc;

use super::columns::Column;
use super::format::{format_span, time, time_of_day};
use super::locale::Locale;
use super::sanitize::visible;
use super::texts::{Texts, fill};
use super::viewer::Viewer;
use crate::domain::delay::{Delay, Level, Thresholds, format_seconds};
use crate::domain::hash::Fnv;
use crate::domain::kinds::Kind;
use crate::domain::page::{TaskPage, near};
use crate::domain::redact::Redacted;
use crate::domain::task::{DecodedTask, Status, StatusKind, TaskKey, Tone};
use crate::domain::time::{EpochMs, Zone};
use crate::domain::trend::{Samples, Trend};
use crate::state::history::History;

/// The texts of one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Cell {
    /// The first line; empty where the server did not send the field.
    pub main: String,
    /// The second line of the table, in a quieter style: words only.
    pub note: String,
    /// All that stands below the first line in the details, in files and in the tooltip: the note, and exact seconds or ids.
    pub sub: String,
    /// A label beside the first line; the sparkline in the delay's cell.
    pub tag: String,
    /// The tone of the status, the delay or the checkpoint; `None` for other cells.
    pub tone: Option<Tone>,
    /// How full the meter of the delay is, in percent of the critical threshold.
    pub meter: Option<u8>,
}

impl Cell {
    /// All its texts on one line.
    #[must_use]
    pub fn to_line(&self) -> String {
        let parts =
            [self.main.as_str(), self.tag.as_str(), self.sub.as_str()].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" · ").replace(['\n', '\r'], " ")
    }
}

/// The texts of one row. Cloning it is cheap: both share the texts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Row {
    /// Which task it is.
    pub key: TaskKey,
    /// What is the matter with it.
    pub kind: Kind,
    /// The worst tone of its cells.
    pub tone: Tone,
    /// A cell for each of [`Column::ALL`], also for columns that do not show.
    pub cells: Rc<[Cell; 11]>,
}

impl Row {
    /// The cell of `column`; every row has one.
    #[must_use]
    pub fn cell(&self, column: Column) -> Option<&Cell> {
        self.cells.get(column as usize)
    }
}

/// Makes the rows of `page`, in its order. `history` knows which checkpoints stand still and which delays were seen before.
#[must_use]
pub fn rows(page: &TaskPage, history: &History, viewer: &Viewer) -> Vec<Row> {
    RowCache::default().rows(page, history, viewer)
}

/// The status and the row of the task `key`; `None` where `page` does not list it.
#[must_use]
pub fn row(page: &TaskPage, key: TaskKey, history: &History, viewer: &Viewer) -> Option<(StatusKind, Row)> {
    let (_, task) = page.keyed().find(|(listed, _)| *listed == key)?;
    Some((task.status.kind, RowInputs::of(task, key, page, history, viewer).row(viewer)))
}

/// Remembers the rows of the last response. A row is made anew only where its inputs or the viewer changed.
#[derive(Default)]
pub struct RowCache {
    viewer_key: Option<(Locale, Thresholds, Zone, u64)>,
    cached: Vec<(RowInputs, Row)>,
}

impl RowCache {
    /// As [`rows`].
    pub fn rows(&mut self, page: &TaskPage, history: &History, viewer: &Viewer) -> Vec<Row> {
        // The browser's own zone may change during a session. Another zone shows in its offsets over the last year.
        let now = (viewer.clock.now)();
        let mut offsets = Fnv::default();
        (0..27).for_each(|n| viewer.offset_minutes(now.saturating_sub(n * FORTNIGHT)).hash(&mut offsets));
        let viewer_key = Some((viewer.locale, viewer.thresholds, viewer.zone, offsets.finish()));
        let viewer = &Viewer { today: Some(viewer.offset_minutes(now)), ..*viewer };
        let mut last = std::mem::take(&mut self.cached);
        if self.viewer_key != viewer_key {
            last.clear();
            self.viewer_key = viewer_key;
        }
        let word = |(index, (key, task))| {
            let inputs = RowInputs::of(task, key, page, history, viewer);
            let known = near(&last, index).find(|(known, _)| *known == inputs);
            let row = known.map_or_else(|| inputs.row(viewer), |(_, row)| row.clone());
            (inputs, row)
        };
        self.cached = page.keyed().enumerate().map(word).collect();
        self.cached.iter().map(|(_, row)| row.clone()).collect()
    }
}

/// Two weeks, in milliseconds.
const FORTNIGHT: EpochMs = 14 * 86_400_000;

/// All that the texts of a row depend on besides the viewer.
struct RowInputs {
    key: TaskKey,
    task: Arc<DecodedTask>,
    delay: Delay,
    /// The checkpoint, where it stands still.
    stalled: Option<EpochMs>,
    sparkline: String,
    trend: Option<Trend>,
}

impl PartialEq for RowInputs {
    fn eq(&self, other: &Self) -> bool {
        let Self { key, task, delay, stalled, sparkline, trend } = other;
        Arc::ptr_eq(&self.task, task)
            && (&self.key, &self.delay, &self.stalled, &self.sparkline, &self.trend)
                == (key, delay, stalled, sparkline, trend)
    }
}

impl RowInputs {
    fn of(task: &Arc<DecodedTask>, key: TaskKey, page: &TaskPage, history: &History, viewer: &Viewer) -> Self {
        let delay = Delay::judge(task, page.server_time(), viewer.thresholds);
        let stalled = history.stalled_since(key, task).and_then(|_| task.checkpoint_ms());
        let samples = history.samples(key, task).filter(|_| matches!(delay, Delay::Lag { .. }));
        Self {
            key,
            task: task.clone(),
            stalled,
            sparkline: samples.map(|seen| seen.sparkline(viewer.thresholds.critical)).unwrap_or_default(),
            trend: samples.filter(|_| stalled.is_none()).and_then(Samples::trend),
            delay,
        }
    }

    fn row(&self, viewer: &Viewer) -> Row {
        let cells = Column::ALL.map(|column| self.cell(column, viewer));
        let kind = self.kind();
        Row { key: self.key, kind, tone: kind.tone(), cells: Rc::new(cells) }
    }

    /// What is the matter with it.
    fn kind(&self) -> Kind {
        Kind::of(self.task.status.kind, &self.delay, self.stalled.is_some())
    }

    fn cell(&self, column: Column, viewer: &Viewer) -> Cell {
        let texts = viewer.locale.texts();
        let task = &*self.task;
        let id = |template: &str, id: &Option<Redacted>| id.as_ref().map(|id| fill(template, &[("id", &visible(id))]));
        match column {
            Column::Status => Cell { tone: Some(self.kind().tone()), ..plain(self.status(texts)) },
            Column::Tenant => {
                named(task.tenant_name.as_ref(), [id(texts.ids, &task.tenant_id), id(texts.ob_id, &task.ob_tenant_id)])
            }
            Column::Delay => self.delay(viewer),
            Column::Checkpoint => self.checkpoint(viewer),
            Column::Error => sent(task.error_msg.as_ref()),
            Column::Cluster => {
                let ids = [id(texts.ids, &task.cluster_id), id(texts.ob_cluster_id, &task.ob_cluster_id)];
                cluster(named(task.cluster_name.as_ref(), ids), task.cluster_type.as_deref(), texts)
            }
            Column::Mode => match task.backup_mode.as_deref() {
                Some("PHYSICAL_BACKUP") => plain(texts.physical.to_owned()),
                Some("LOGICAL_BACKUP") => plain(texts.logical.to_owned()),
                _ => sent(task.backup_mode.as_ref()),
            },
            Column::Uri => sent(task.backup_uri.as_ref()),
            Column::Host => sent(task.agent_server_ip.as_ref()),
            Column::Created => plain(time(task.created.as_ref(), viewer)),
            Column::Modified => plain(time(task.modified.as_ref(), viewer)),
        }
    }

    /// The status, and what is wrong with a task in progress.
    fn status(&self, texts: &Texts) -> String {
        let label = status_label(&self.task.status, texts);
        let verdict = match self.delay {
            _ if self.stalled.is_some() => texts.stalled,
            Delay::Lag { level: Level::Critical, .. } => texts.critical,
            Delay::Lag { level: Level::Lagging, .. } => texts.lagging,
            _ => return label,
        };
        [&label, " · ", verdict].concat()
    }

    /// The delay with its sparkline and its trend; the age of the checkpoint where it is no delay.
    fn delay(&self, viewer: &Viewer) -> Cell {
        let texts = viewer.locale.texts();
        let span = |seconds| format_span(seconds, texts);
        let exact = |template, seconds| fill(template, &[("seconds", &format_seconds(seconds))]);
        let mut meter = None;
        let tone = self.delay.tone(self.task.status.kind);
        let (main, note, exact) = match &self.delay {
            Delay::Lag { seconds, computed, .. } => {
                meter = Some(percent(*seconds, viewer.thresholds.critical));
                let trend = match self.trend {
                    Some(Trend::CatchingUp(left)) => fill(texts.catching_up, &[("span", &span(left))]),
                    Some(Trend::KeepingPace) => texts.keeping_pace.to_owned(),
                    Some(Trend::FallingBehind) => texts.falling_behind.to_owned(),
                    None => String::new(),
                };
                (span(*seconds), trend, exact(if *computed { texts.computed } else { texts.exact }, *seconds))
            }
            Delay::NotApplicable(Some(age)) => {
                let main = fill(texts.checkpoint_age, &[("span", &span(*age))]);
                (main, texts.delay_idle.to_owned(), exact(texts.exact, *age))
            }
            Delay::NoVerdict(seconds) => (span(*seconds), texts.no_verdict.to_owned(), exact(texts.exact, *seconds)),
            Delay::Ahead(seconds) => {
                let main = fill(texts.ahead, &[("delay", &span(*seconds))]);
                (main, texts.ahead_why.to_owned(), exact(texts.exact, -seconds))
            }
            Delay::NotApplicable(None) => (texts.delay_idle.to_owned(), String::new(), String::new()),
            Delay::NoCheckpoint => (texts.no_checkpoint.to_owned(), String::new(), String::new()),
            Delay::Raw(raw) => (visible(raw), String::new(), String::new()),
            // A task in progress without a delay is not known to be well.
            Delay::Missing if tone.is_some() => (texts.not_known.to_owned(), String::new(), String::new()),
            Delay::Missing => Default::default(),
        };
        let sub = if note.is_empty() { exact } else { [&note, " · ", &*exact].concat() };
        Cell { main, note, sub, tag: self.sparkline.clone(), tone, meter }
    }

    /// The checkpoint. One that stands still says so.
    fn checkpoint(&self, viewer: &Viewer) -> Cell {
        let mut cell = plain(time(self.task.checkpoint.as_ref(), viewer));
        if let Some(since) = self.stalled {
            let template = viewer.locale.texts().stalled_since;
            cell.note = fill(template, &[("time", &time_of_day(since, viewer))]);
            cell.sub.clone_from(&cell.note);
            cell.tone = Some(Tone::Critical);
        }
        cell
    }
}

/// A cell of one line.
fn plain(main: String) -> Cell {
    Cell { main, ..Cell::default() }
}

/// A cell of one line with the text that the server sent.
fn sent(text: Option<&Redacted>) -> Cell {
    plain(text.map(|text| visible(text)).unwrap_or_default())
}

/// A name with ids below it. The first id takes the place of a name that is missing or blank.
fn named(name: Option<&Redacted>, ids: [Option<String>; 2]) -> Cell {
    let mut ids = ids.into_iter().flatten();
    let main = name.filter(|name| !name.trim().is_empty()).map(|name| visible(name)).or_else(|| ids.next());
    Cell { sub: ids.collect::<Vec<_>>().join(" · "), ..plain(main.unwrap_or_default()) }
}

/// Adds to the cell of a cluster whether it is a primary or a standby.
fn cluster(mut cell: Cell, kind: Option<&str>, texts: &Texts) -> Cell {
    match kind {
        Some(kind @ ("PRIMARY" | "STANDBY")) => cell.tag = role_label(kind, texts),
        Some(other) => cell.sub = [cell.sub, visible(other)].join(" · "),
        None => {}
    }
    cell
}

/// The role of a cluster (`clusterType`) in the viewer's language; one that the panel does not know keeps the server's word.
pub fn role_label(role: &str, texts: &Texts) -> String {
    match role {
        "PRIMARY" => texts.primary.to_owned(),
        "STANDBY" => texts.standby.to_owned(),
        other => visible(other),
    }
}

/// The status in the viewer's language; a status that the panel does not know keeps the server's word.
pub(super) fn status_label(status: &Status, texts: &Texts) -> String {
    let label = texts.statuses.of(status.kind);
    match status.kind {
        StatusKind::Unknown => fill(label, &[("raw", &visible(&status.raw))]),
        _ => label.to_owned(),
    }
}

/// Where the lagging threshold lies on the meter of a delay, in percent of the critical threshold.
#[must_use]
pub fn notch_percent(thresholds: Thresholds) -> u8 {
    percent(thresholds.lagging, thresholds.critical)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=100")]
fn percent(part: f64, whole: f64) -> u8 {
    (part / whole.max(1.0) * 100.0).clamp(0.0, 100.0).round() as u8
}
