//! From facts to words: a task, the thresholds, a language and a zone give the texts of a row. Pure.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::iter;
use std::rc::Rc;
use std::sync::Arc;

use super::columns::{Column, Columns};
use super::texts::{Locale, Texts, fill};
use crate::api::error::{ApiError, ErrorKind, OcpError};
use crate::domain::delay::{Delay, Level, Thresholds, format_seconds};
use crate::domain::deviation::Deviation;
use crate::domain::hash::Fnv;
use crate::domain::page::{Meta, TaskPage, near};
use crate::domain::query::Query;
use crate::domain::skew::{Skew, is_off, zone_error};
use crate::domain::summary::Summary;
use crate::domain::task::{Listed, Status, StatusKind, Task, TaskKey, Tone};
use crate::domain::time::{
    Clock, EpochMs, Stamp, TimeRange, Zone, format_civil, format_offset, from_epoch_ms, seconds,
};
use crate::domain::trend::{Samples, Trend};
use crate::state::load::Loaded;
use crate::state::watch::{Change, Entry, Watch};

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

/// Which rows of a page are shown, and in which order. OCP sorts and filters nothing, so this is of one page only.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// Only those of this tone.
    pub tone: Option<Tone>,
    /// Only those with this text in a cell, in either case.
    pub text: String,
    /// By which column, and whether from the highest; `None` for the server's order.
    pub sort: Option<(Column, bool)>,
}

impl Shown {
    /// Whether rows may be left out.
    #[must_use]
    pub fn is_filter(&self) -> bool {
        self.tone.is_some() || !self.text.trim().is_empty()
    }

    /// Reads the name of a column, with `-` before it for the highest first.
    #[must_use]
    pub fn parse_sort(text: &str) -> Option<(Column, bool)> {
        let name = text.strip_prefix('-').unwrap_or(text);
        Some((Column::parse(name)?, name != text))
    }

    /// The order as [`Shown::parse_sort`] reads it.
    #[must_use]
    pub fn sort_name(&self) -> Option<String> {
        self.sort.map(|(column, descending)| [if descending { "-" } else { "" }, column.name()].concat())
    }

    /// The next order when the heading of `column` is pressed: what is worst or latest first where that is the question,
    /// then the other way round, then the server's.
    pub fn turn(&mut self, column: Column) {
        let first =
            matches!(column, Column::Status | Column::Delay | Column::Checkpoint | Column::Created | Column::Modified);
        self.sort = match self.sort {
            Some((by, descending)) if by == column => (descending == first).then_some((column, !first)),
            _ => Some((column, first)),
        };
    }

    /// The rows of `rows`, all those of `page` in its order, that are shown, in the order that is wished.
    #[must_use]
    pub fn pick(&self, rows: Vec<Row>, page: &TaskPage) -> Vec<Row> {
        let needle = self.text.trim().to_ascii_lowercase();
        let has = |text: &str| text.to_ascii_lowercase().contains(&needle);
        let keeps = |row: &Row| {
            self.tone.is_none_or(|tone| row.tone == tone)
                && (needle.is_empty() || row.cells.iter().any(|cell| has(&cell.main) || has(&cell.sub)))
        };
        let Some((column, descending)) = self.sort else { return rows.into_iter().filter(keeps).collect() };
        let keyed = rows.into_iter().zip(&page.tasks).filter(|(row, _)| keeps(row));
        let mut keyed: Vec<_> = keyed.map(|(row, task)| (sort_key(&row, task, column, page), row)).collect();
        keyed.sort_by(|(a, _), (b, _)| match (a, b) {
            (None, None) => Ordering::Equal,
            // What has no value comes last either way.
            (None, _) => Ordering::Greater,
            (_, None) => Ordering::Less,
            (Some(a), Some(b)) => {
                let order = a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1));
                if descending { order.reverse() } else { order }
            }
        });
        keyed.into_iter().map(|(_, row)| row).collect()
    }
}

/// What a row is sorted by: a number, and text where numbers are equal.
fn sort_key(row: &Row, task: &Task, column: Column, page: &TaskPage) -> Option<(f64, String)> {
    let time = |stamp: &Option<Stamp>| Some((seconds(stamp.as_ref()?.epoch_ms()?), String::new()));
    let cell = row.cells.get(column as usize).filter(|cell| !cell.main.is_empty())?;
    match column {
        // A task in progress may lag by hours, so its row's tone comes first.
        Column::Status => Some((f64::from(row.tone as u8 * 8 + task.status.kind.tone() as u8), cell.main.clone())),
        Column::Delay => match Delay::judge(task, page.server_time(), Thresholds::default()) {
            Delay::Lag { seconds, .. } => Some((seconds, String::new())),
            _ => None,
        },
        Column::Checkpoint => time(&task.checkpoint),
        Column::Created => time(&task.created),
        Column::Modified => time(&task.modified),
        _ => Some((0.0, cell.main.to_ascii_lowercase())),
    }
}

impl Viewer {
    /// Minutes east of UTC in the viewer's zone at `ms`.
    #[must_use]
    pub fn offset_minutes(&self, ms: EpochMs) -> i32 {
        (self.clock.offset_minutes)(self.zone, ms)
    }
}

/// The texts of one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The first line; empty where the task has no such field.
    pub main: String,
    /// The second line, less loud.
    pub sub: String,
    /// A label beside the first line, or a sparkline.
    pub tag: String,
    /// The tone of a badge or a delay.
    pub tone: Option<Tone>,
    /// How full the delay's meter is, in percent of the critical threshold.
    pub meter: Option<u8>,
}

/// The texts of one row. A clone is another handle to the same texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which task it is.
    pub key: TaskKey,
    /// The worse of the status's and the delay's tone.
    pub tone: Tone,
    /// One cell for each of [`Column::ALL`].
    pub cells: Rc<[Cell; 11]>,
}

/// The rows of `page`, in its order. `watch` knows which checkpoints stand still.
#[must_use]
pub fn rows(page: &TaskPage, watch: &Watch, viewer: &Viewer) -> Vec<Row> {
    Wording::default().rows(page, watch, viewer)
}

/// The rows of the last answer, of which those are kept whose facts the next answer does not change.
#[derive(Default)]
pub struct Wording {
    looks: Option<(Locale, Thresholds, Zone, u64)>,
    worded: Vec<(Facts, Row)>,
}

impl Wording {
    /// As [`rows`].
    pub fn rows(&mut self, page: &TaskPage, watch: &Watch, viewer: &Viewer) -> Vec<Row> {
        // The browser's own zone may become another one while a session lasts; its offsets over a year tell.
        let now = (viewer.clock.now)();
        let mut offsets = Fnv::default();
        (0..27).for_each(|n| viewer.offset_minutes(now.saturating_sub(n * FORTNIGHT)).hash(&mut offsets));
        let looks = Some((viewer.locale, viewer.thresholds, viewer.zone, offsets.finish()));
        let viewer = &Viewer { today: Some(viewer.offset_minutes(now)), ..*viewer };
        let mut last = std::mem::take(&mut self.worded);
        if self.looks != looks {
            last.clear();
            self.looks = looks;
        }
        let word = |(index, (key, task))| {
            let facts = Facts::of(task, key, page, watch, viewer);
            let known = near(&last, index).find(|(known, _)| *known == facts);
            let row = known.map_or_else(|| facts.word(viewer), |(_, row)| row.clone());
            (facts, row)
        };
        self.worded = page.keyed().enumerate().map(word).collect();
        self.worded.iter().map(|(_, row)| row.clone()).collect()
    }
}

/// In milliseconds.
const FORTNIGHT: EpochMs = 14 * 86_400_000;

/// All that a row says, and so all that it may change by, but for who looks.
struct Facts {
    key: TaskKey,
    task: Arc<Listed>,
    delay: Delay,
    stalled: Option<EpochMs>,
    sparkline: String,
    trend: Option<Trend>,
}

impl PartialEq for Facts {
    fn eq(&self, other: &Self) -> bool {
        let Self { key, task, delay, stalled, sparkline, trend } = other;
        Arc::ptr_eq(&self.task, task)
            && (&self.key, &self.delay, &self.stalled, &self.sparkline, &self.trend)
                == (key, delay, stalled, sparkline, trend)
    }
}

/// The status and the row of the task `key`, where `page` lists it.
#[must_use]
pub fn row(page: &TaskPage, key: TaskKey, watch: &Watch, viewer: &Viewer) -> Option<(StatusKind, Row)> {
    let (_, task) = page.keyed().find(|(listed, _)| *listed == key)?;
    Some((task.status.kind, Facts::of(task, key, page, watch, viewer).word(viewer)))
}

impl Facts {
    fn of(task: &Arc<Listed>, key: TaskKey, page: &TaskPage, watch: &Watch, viewer: &Viewer) -> Self {
        let delay = Delay::judge(task, page.server_time(), viewer.thresholds);
        let stalled = watch.stalled_since(key, task);
        let samples = watch.samples(key, task).filter(|_| matches!(delay, Delay::Lag { .. }));
        Self {
            key,
            task: task.clone(),
            stalled,
            sparkline: samples.map(Samples::sparkline).unwrap_or_default(),
            trend: samples.filter(|_| stalled.is_none()).and_then(Samples::trend),
            delay,
        }
    }

    fn word(&self, viewer: &Viewer) -> Row {
        let mut cells = cells(&self.task, &self.delay, self.stalled, viewer);
        let texts = viewer.locale.texts();
        if let Some(cell) = cells.get_mut(Column::Delay as usize) {
            cell.tag.clone_from(&self.sparkline);
            let trend = self.trend.map(|trend| match trend {
                Trend::CatchingUp(left) => fill(texts.catching_up, &[("span", &format_span(left, texts))]),
                Trend::KeepingPace => texts.keeping_pace.to_owned(),
                Trend::FallingBehind => texts.falling_behind.to_owned(),
            });
            if let Some(trend) = trend {
                cell.sub = [&cell.sub, " · ", &*trend].concat();
            }
        }
        let tone = cells.iter().filter_map(|cell| cell.tone).max().unwrap_or(Tone::Neutral);
        Row { key: self.key, tone, cells: Rc::new(cells) }
    }
}

impl Tone {
    /// The tone of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Neutral, Self::Ok, Self::Info, Self::Warning, Self::Critical]
            .into_iter()
            .find(|tone| tone.name() == name)
    }

    /// The value of the `data-tone` attribute.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Info => "info",
            Self::Neutral => "neutral",
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }
}

/// The columns of `wanted` that at least one of `rows` fills, in the order wished; the status always shows.
#[must_use]
pub fn columns(rows: &[Row], wanted: Columns) -> Vec<Column> {
    Filled::default().columns(rows, &Query::default(), wanted)
}

/// The columns that a list has filled since it was asked for. They stay from page to page and from refresh to refresh,
/// so that the table holds still under the reader's eyes.
#[derive(Default)]
pub struct Filled {
    list: Query,
    filled: [bool; 11],
}

impl Filled {
    /// As [`columns`], and those that earlier rows of the same list filled; `query` is what `rows` answer.
    pub fn columns(&mut self, rows: &[Row], query: &Query, wanted: Columns) -> Vec<Column> {
        let list = Query { page: 1, ..query.clone() };
        if self.list != list {
            *self = Self { list, ..Self::default() };
        }
        for row in rows {
            for (filled, cell) in self.filled.iter_mut().zip(&*row.cells) {
                *filled |= !cell.main.is_empty();
            }
        }
        let is_filled = |column| self.filled.get(column as usize).is_some_and(|filled| *filled);
        let mut columns = wanted.ordered().to_vec();
        columns.retain(|&column| wanted.has(column) && (column == Column::Status || is_filled(column)));
        columns
    }
}

fn cells(task: &Task, judged: &Delay, stalled: Option<EpochMs>, viewer: &Viewer) -> [Cell; 11] {
    let texts = viewer.locale.texts();
    let plain = |text: &Option<String>| Cell { main: visible(text.as_deref().unwrap_or_default()), ..Cell::default() };
    let id = |template: &str, id: &Option<String>| id.as_ref().map(|id| fill(template, &[("id", &visible(id))]));
    let named = |name: &Option<String>, ids: [Option<String>; 2]| {
        let mut ids = ids.into_iter().flatten();
        let main = name.as_deref().filter(|name| !name.trim().is_empty()).map(visible).or_else(|| ids.next());
        Cell { main: main.unwrap_or_default(), sub: ids.collect::<Vec<_>>().join(" · "), ..Cell::default() }
    };
    let mut cluster =
        named(&task.cluster_name, [id(texts.ids, &task.cluster_id), id(texts.ob_id, &task.ob_cluster_id)]);
    match task.cluster_type.as_deref() {
        Some("PRIMARY") => texts.primary.clone_into(&mut cluster.tag),
        Some("STANDBY") => texts.standby.clone_into(&mut cluster.tag),
        Some(other) => cluster.sub = [cluster.sub, visible(other)].join(" · "),
        None => {}
    }
    let mode = match task.backup_mode.as_deref() {
        Some("PHYSICAL_BACKUP") => Cell { main: texts.physical.to_owned(), ..Cell::default() },
        Some("LOGICAL_BACKUP") => Cell { main: texts.logical.to_owned(), ..Cell::default() },
        _ => plain(&task.backup_mode),
    };
    let stamp = |stamp: &Option<Stamp>| Cell { main: time(stamp.as_ref(), viewer), ..Cell::default() };
    let mut checkpoint = stamp(&task.checkpoint);
    if let Some(since) = stalled {
        checkpoint.sub = fill(texts.stalled_before, &[("time", &time_of_day(since, viewer))]);
        checkpoint.tone = Some(Tone::Critical);
    }
    [
        Cell { main: status(&task.status, texts), tone: Some(task.status.kind.tone()), ..Cell::default() },
        named(&task.tenant_name, [id(texts.ids, &task.tenant_id), id(texts.ob_id, &task.ob_tenant_id)]),
        delay(judged, task.status.kind, viewer.thresholds, texts),
        checkpoint,
        plain(&task.error_msg),
        cluster,
        mode,
        plain(&task.backup_uri),
        plain(&task.agent_server_ip),
        stamp(&task.created),
        stamp(&task.modified),
    ]
}

fn status(status: &Status, texts: &Texts) -> String {
    let label = texts.statuses.get(status.kind as usize).copied().unwrap_or_default();
    fill(label, &[("raw", &visible(&status.raw))])
}

fn delay(delay: &Delay, status: StatusKind, thresholds: Thresholds, texts: &Texts) -> Cell {
    let exact = |template, seconds| fill(template, &[("seconds", &format_seconds(seconds))]);
    let cell = match delay {
        Delay::Lag { seconds, level, computed } => {
            let verdict = match level {
                Level::Ok => None,
                Level::Lagging => Some(texts.lagging),
                Level::Critical => Some(texts.critical),
            };
            let exact = exact(if *computed { texts.computed } else { texts.exact }, *seconds);
            Cell {
                main: format_span(*seconds, texts),
                sub: verdict.map_or_else(|| exact.clone(), |verdict| [verdict, " · ", &exact].concat()),
                meter: Some(percent(*seconds, thresholds.critical)),
                ..Cell::default()
            }
        }
        Delay::NotApplicable(seconds) => Cell {
            main: texts.delay_idle.to_owned(),
            // No lag, but how far back a restore would reach.
            sub: seconds.map(|age| fill(texts.since, &[("delay", &format_span(age, texts))])).unwrap_or_default(),
            ..Cell::default()
        },
        Delay::NoVerdict(seconds) => Cell {
            main: format_span(*seconds, texts),
            sub: [texts.no_verdict, " · ", &exact(texts.exact, *seconds)].concat(),
            ..Cell::default()
        },
        Delay::NoCheckpoint => Cell { main: texts.no_checkpoint.to_owned(), ..Cell::default() },
        Delay::Ahead(seconds) => Cell {
            main: fill(texts.ahead, &[("delay", &format_span(*seconds, texts))]),
            sub: [texts.ahead_why, " · ", &exact(texts.exact, -seconds)].concat(),
            ..Cell::default()
        },
        Delay::Raw(raw) => Cell { main: visible(raw), ..Cell::default() },
        // A task that is only said to be in progress is not known to be well.
        Delay::Missing if delay.tone(status).is_some() => Cell { main: texts.not_known.to_owned(), ..Cell::default() },
        Delay::Missing => Cell::default(),
    };
    Cell { tone: delay.tone(status), ..cell }
}

/// Where on the delay's meter the lagging threshold lies, in percent.
#[must_use]
pub fn notch_percent(thresholds: Thresholds) -> u8 {
    percent(thresholds.lagging, thresholds.critical)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=100")]
fn percent(part: f64, whole: f64) -> u8 {
    (part / whole.max(1.0) * 100.0).clamp(0.0, 100.0).round() as u8
}

/// A length of time in its two largest units: `1 min 17 s`, `3 d 4 h`.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float cast saturates")]
pub fn format_span(seconds: f64, texts: &Texts) -> String {
    let whole = seconds.max(0.0) as u64;
    let parts = [whole / 86_400, whole / 3600 % 24, whole / 60 % 60, whole % 60];
    let first = parts.iter().position(|&part| part > 0).unwrap_or(3);
    let shown = parts.iter().zip(texts.units).skip(first).take(2).filter(|&(part, _)| *part > 0 || first == 3);
    shown.map(|(part, unit)| [&part.to_string(), unit].concat()).collect::<Vec<_>>().join(" ")
}

/// What would be lost, in two units: where it is a least the smaller is rounded down, else up.
#[must_use]
pub fn loss(ms: i64, is_least: bool, texts: &Texts) -> String {
    if is_least {
        return format_span(seconds(ms), texts);
    }
    let least = match ms {
        86_400_000.. => 3600.0,
        3_600_000.. => 60.0,
        _ => 1.0,
    };
    format_span((seconds(ms) / least).ceil() * least, texts)
}

/// A length of time given in milliseconds, to the next full second.
#[must_use]
pub fn span_of_ms(ms: i64, texts: &Texts) -> String {
    format_span(seconds(ms).ceil(), texts)
}

/// Seconds as milliseconds.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "a float cast saturates")]
pub fn ms(seconds: f64) -> i64 {
    (seconds * 1000.0) as i64
}

/// A time in the viewer's zone; raw text stays raw.
#[must_use]
pub fn time(stamp: Option<&Stamp>, viewer: &Viewer) -> String {
    match stamp {
        Some(Stamp::Known(time)) => instant(time.timestamp_millis(), viewer),
        Some(Stamp::Raw(raw)) => visible(raw),
        None => String::new(),
    }
}

/// An instant in the viewer's zone, with its offset where that is not today's, which the footer tells.
#[must_use]
pub fn instant(ms: EpochMs, viewer: &Viewer) -> String {
    let today = viewer.today.unwrap_or_else(|| viewer.offset_minutes((viewer.clock.now)()));
    if viewer.offset_minutes(ms) == today { civil(ms, viewer) } else { zoned(ms, viewer) }
}

/// The time of day and date of an instant in the viewer's zone.
#[must_use]
pub fn civil(ms: EpochMs, viewer: &Viewer) -> String {
    let zoned = from_epoch_ms(ms, viewer.offset_minutes(ms));
    zoned.map_or_else(|| ms.to_string(), |zoned| format_civil(&zoned.naive_local()))
}

/// The same with its offset.
#[must_use]
pub fn zoned(ms: EpochMs, viewer: &Viewer) -> String {
    [&civil(ms, viewer), " ", &*format_offset(viewer.offset_minutes(ms))].concat()
}

/// The hours, minutes and seconds of an instant of today, and the date of another one's.
#[must_use]
pub fn time_of_day(ms: EpochMs, viewer: &Viewer) -> String {
    let (full, now) = (instant(ms, viewer), instant((viewer.clock.now)(), viewer));
    match (full.split_once(' '), now.split_once(' ')) {
        (Some((date, time)), Some((today, _))) if date == today => time.to_owned(),
        _ => full,
    }
}

/// The time range in words.
#[must_use]
pub fn range(range: TimeRange, viewer: &Viewer) -> String {
    let texts = viewer.locale.texts();
    let preset = TimeRange::PRESETS.iter().position(|preset| *preset == range);
    match (preset.and_then(|index| texts.presets.get(index)), range) {
        (Some(preset), _) => (*preset).to_owned(),
        (None, TimeRange::Last(span)) => fill(texts.last_span, &[("span", &span.to_string())]),
        (None, TimeRange::Relative { start, end, .. }) => [start.to_string(), end.to_string()].join(" → "),
        (None, TimeRange::Between { start, end }) => [instant(start, viewer), instant(end, viewer)].join(" → "),
        (None, TimeRange::All) => String::new(),
    }
}

/// The zone in which times are shown: its offset at `now`.
#[must_use]
pub fn zone(viewer: &Viewer, now: EpochMs) -> String {
    fill(viewer.locale.texts().times_in, &[("zone", &format_offset(viewer.offset_minutes(now)))])
}

/// As of when the rows are: the server's time, or else when they came.
#[must_use]
pub fn as_of(data: &Loaded, viewer: &Viewer) -> String {
    match &data.page.meta.timestamp {
        Some(stamp) => time(Some(stamp), viewer),
        None => instant(data.received, viewer),
    }
}

/// The parts of the footer: as of when, how long it took, who answered, and the trace id.
#[must_use]
pub fn footer(data: &Loaded, viewer: &Viewer) -> Vec<String> {
    let texts = viewer.locale.texts();
    let Meta { timestamp, duration, server, trace_id } = &data.page.meta;
    let template = if timestamp.is_some() { texts.as_of } else { texts.received };
    let part = |template, name, value: &Option<String>| Some(fill(template, &[(name, &visible(value.as_deref()?))]));
    let parts = [
        Some(fill(template, &[("time", &as_of(data, viewer))])),
        part(texts.took, "ms", duration),
        part(texts.server, "server", server),
        part(texts.trace, "trace", trace_id),
    ];
    parts.into_iter().flatten().collect()
}

/// What a page comes to, in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Digest {
    /// Whether log backup works, the worst delay, and whose it is.
    pub verdict: String,
    /// Which tasks all of this covers.
    pub scope: String,
    /// The latest point to which all running tenants can be restored.
    pub restorable: String,
    /// Whose point that is.
    pub restorable_of: String,
    /// What the number of the loss is: a most or a least.
    pub loss: &'static str,
    /// Whether it is a least.
    pub is_least: bool,
    /// What is not in that number.
    pub loss_note: String,
}

impl Digest {
    /// The texts, in the order of the fields.
    #[must_use]
    pub fn texts(&self) -> [&str; 6] {
        let Self { verdict, scope, restorable, restorable_of, loss, loss_note, .. } = self;
        [verdict, scope, restorable, restorable_of, loss, loss_note]
    }
}

/// `text` with its numbers kept on one line with what they count.
#[must_use]
pub fn unbroken(text: &str) -> String {
    let mut last = ' ';
    let keep = |c: char| match std::mem::replace(&mut last, c) {
        '0'..='9' if c == ' ' => '\u{a0}',
        _ => c,
    };
    text.chars().map(keep).collect()
}

/// The words before a verdict that may not hold any more: as of when it was so.
#[must_use]
pub fn then(data: &Loaded, viewer: &Viewer) -> String {
    let texts = viewer.locale.texts();
    [&fill(texts.verdict_then, &[("time", &as_of(data, viewer))]), texts.semicolon].concat()
}

/// The words for `summary`, which is that of `data`.
#[must_use]
pub fn digest(data: &Loaded, summary: &Summary, viewer: &Viewer) -> Digest {
    let texts = viewer.locale.texts();
    let Loaded { page, query, .. } = data;
    let [off, archiving, moving, ..] = summary.tones;
    let tasks = page.tasks.len();
    let is_all = page.total.is_some_and(|total| total <= tasks as u64);
    let is_ranged = query.range != TimeRange::All;
    let state = match summary.alarming() {
        0 if is_all && !is_ranged && u64::from(archiving) == tasks as u64 && page.unread() == 0 => {
            texts.counted(texts.all_archiving, archiving.into())
        }
        0 => {
            let count = texts.number(archiving.into());
            fill(texts.some_archiving, &[("count", &count), ("tasks", &texts.number(tasks as u64))])
        }
        alarming => texts.counted(texts.attention, alarming.into()),
    };
    let mut parts = vec![state];
    for (count, forms) in [(moving, texts.in_transition), (off, texts.not_running)] {
        if count > 0 {
            parts.push(texts.counted(forms, count.into()));
        }
    }
    parts.extend(self::unread(data, texts));
    if let Some((seconds, tenant)) = &summary.worst {
        let values = [("delay", &*format_span(*seconds, texts)), ("tenant", &*short_name(tenant))];
        parts.push(fill(texts.worst, &values));
    }
    let verdict = parts.join(texts.semicolon);
    let mut scope = if is_all {
        texts.counted(texts.scope_all, tasks as u64)
    } else {
        fill(texts.scope_page, &[("page", &query.page.to_string()), ("total", &known(page.total, texts))])
    };
    if is_ranged {
        scope = [&scope, texts.semicolon, texts.scope_range].concat();
    }
    let risk = summary.risk.as_ref();
    let point = risk.and_then(|risk| risk.checkpoint);
    // What is not seen may be further behind.
    let is_partial = summary.unknown > 0 || page.unread() > 0 || !is_all || is_ranged;
    let of = if is_partial { texts.loss_of_known } else { texts.loss_of };
    let of = risk.map(|risk| fill(of, &[("tenant", &short_name(&risk.tenant))]));
    Digest {
        verdict,
        scope,
        restorable: point.map_or_else(|| texts.not_known.to_owned(), |point| instant(point, viewer)),
        restorable_of: of.unwrap_or_default(),
        loss: if is_partial { texts.loss_at_least } else { texts.loss },
        is_least: is_partial,
        loss_note: match summary.unknown {
            0 => texts.loss_hint.to_owned(),
            unknown => [texts.loss_hint, texts.semicolon, &texts.counted(texts.loss_unknown, unknown.into())].concat(),
        },
    }
}

/// A tenant's name within a sentence.
#[must_use]
pub fn short_name(name: &str) -> String {
    clamp(&visible(name), 60).0.to_owned()
}

/// A number that the server may have kept to itself.
#[must_use]
pub fn known(number: Option<u64>, texts: &Texts) -> String {
    number.map_or_else(|| "?".to_owned(), |number| texts.number(number))
}

/// How many rows of an answer could not be read, where there are any.
#[must_use]
pub fn unread(data: &Loaded, texts: &Texts) -> Option<String> {
    let unread = data.page.unread();
    (unread > 0).then(|| fill(texts.unread, &[("count", &texts.number(unread))]))
}

/// How many of all rows of a page are shown.
#[must_use]
pub fn filtered(shown: usize, all: usize, texts: &Texts) -> String {
    fill(texts.filtered, &[("shown", &texts.number(shown as u64)), ("count", &texts.number(all as u64))])
}

/// What is to be known of an answer besides its rows, a line each: rows that could not be read, more rows than were asked
/// for, clocks that disagree.
#[must_use]
pub fn remarks(data: &Loaded, texts: &Texts) -> Vec<String> {
    let Loaded { page, query, skew, .. } = data;
    let clocks = [(texts.browser_clock, skew.browser), (texts.database_clock, skew.database)];
    let clocks = clocks.into_iter().filter(|(_, skew)| skew.is_some_and(is_off));
    let lines = [malformed(page, texts), surplus(page, query, texts)].into_iter().flatten();
    lines.chain(clocks.filter_map(|(clock, skew)| Some(clock_line(clock, skew?, texts)))).collect()
}

fn malformed(page: &TaskPage, texts: &Texts) -> Option<String> {
    const NAMED: usize = 5;
    let rows = &page.malformed;
    let name = |row: &crate::domain::page::Malformed| {
        fill(texts.malformed_row, &[("position", &row.position.to_string()), ("found", row.found)])
    };
    let mut named: Vec<_> = rows.iter().take(NAMED).map(name).collect();
    if rows.len() > NAMED {
        named.push("…".to_owned());
    }
    let values = [("count", &*texts.number(rows.len() as u64)), ("rows", &*named.join(", "))];
    (!rows.is_empty()).then(|| fill(texts.malformed, &values))
}

fn surplus(page: &TaskPage, query: &Query, texts: &Texts) -> Option<String> {
    let read = (page.tasks.len() + page.malformed.len()) as u64;
    let asked = u64::from(query.size);
    let number = |number| texts.number(number);
    let values = [("came", &*number(read + page.surplus)), ("asked", &*number(asked)), ("read", &*number(read))];
    (read + page.surplus > asked).then(|| fill(texts.surplus, &values))
}

/// How far a clock is from OCP's, and what that looks like.
fn clock_line(clock: &str, skew: i64, texts: &Texts) -> String {
    let seconds = skew.saturating_abs().saturating_add(500) / 1000;
    let template = match seconds {
        0 => texts.in_step,
        _ if skew > 0 => texts.ahead_of_ocp,
        _ => texts.behind_ocp,
    };
    let line = fill(template, &[("clock", clock), ("span", &span_of_ms(seconds.saturating_mul(1000), texts))]);
    let zone =
        zone_error(skew).map(|minutes| fill(texts.zone_error, &[("span", &span_of_ms(minutes * 60_000, texts))]));
    [Some(line), zone].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A line of the journal: when, which tasks, and what happened.
#[must_use]
pub fn journal_line(entry: &Entry, viewer: &Viewer) -> String {
    let texts = viewer.locale.texts();
    let mut tasks = entry.tasks.iter().map(|task| short_name(task)).collect::<Vec<_>>().join(", ");
    let more = entry.count.saturating_sub(entry.tasks.len());
    if more > 0 {
        tasks.push_str(&fill(texts.more_tasks, &[("count", &texts.number(more as u64))]));
    }
    let page = entry.query.page.to_string();
    let change = match &entry.change {
        Change::Status { from, to } => [status(from, texts), status(to, texts)].join(" → "),
        Change::Gone => fill(texts.change_gone, &[("page", &page)]),
        Change::Back => fill(texts.change_back, &[("page", &page)]),
        Change::Backwards => texts.change_backwards.to_owned(),
        Change::Stalled => texts.change_stalled.to_owned(),
        Change::Moving => texts.change_moving.to_owned(),
    };
    fill(texts.change, &[("time", &time_of_day(entry.at, viewer)), ("tasks", &tasks), ("change", &change)])
}

/// The diagnostics of a session: titles, and lines under each.
#[must_use]
pub fn diagnostics(watch: &Watch, skew: Skew, viewer: &Viewer) -> Vec<(&'static str, Vec<String>)> {
    let texts = viewer.locale.texts();
    let clock = |clock, skew: Option<i64>| {
        skew.map_or_else(|| fill(texts.unknown_clock, &[("clock", clock)]), |skew| clock_line(clock, skew, texts))
    };
    let deviation = |deviation: &Deviation| {
        let kind = texts.deviations.get(deviation.kind as usize).copied().unwrap_or_default();
        let what = [kind.to_owned(), visible(&deviation.place), visible(&deviation.found)];
        let what = what.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        [what, deviation.count.to_string()].join(" × ")
    };
    let mut deviations: Vec<_> = watch.deviations().list().iter().map(deviation).collect();
    if watch.deviations().unlisted() > 0 {
        deviations.push(fill(texts.more_tasks, &[("count", &texts.number(watch.deviations().unlisted()))]));
    }
    let mut journal: Vec<_> = watch.journal().iter().rev().map(|entry| journal_line(entry, viewer)).collect();
    if watch.dropped() > 0 {
        journal.push(fill(texts.more_tasks, &[("count", &texts.number(watch.dropped()))]));
    }
    let failure = |(at, error): &(EpochMs, ApiError)| {
        let Problem { title, facts, .. } = problem(error, texts);
        let facts = facts.iter().map(|(name, value)| [name, " ", value].concat());
        let parts = iter::once([&time_of_day(*at, viewer), " ", title].concat()).chain(facts);
        parts.collect::<Vec<_>>().join(" · ")
    };
    let failures = watch.failures().iter().rev().map(failure).collect();
    vec![
        (texts.changes, journal),
        (texts.failures, failures),
        (texts.clocks, vec![clock(texts.browser_clock, skew.browser), clock(texts.database_clock, skew.database)]),
        (texts.contract, deviations),
    ]
}

/// What the panel says of a failure.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Problem {
    /// What went wrong.
    pub title: &'static str,
    /// What the operator can do.
    pub advice: String,
    /// Names and values for support.
    pub facts: Vec<(&'static str, String)>,
}

/// The words for `error`.
#[must_use]
pub fn problem(error: &ApiError, texts: &'static Texts) -> Problem {
    let mut given = None;
    let mut odd = "";
    let [title, advice] = match &error.kind {
        ErrorKind::InvalidCluster(text) => {
            given = Some(text);
            texts.invalid_cluster
        }
        ErrorKind::InvalidBaseUrl(text) => {
            given = Some(text);
            texts.invalid_base_url
        }
        ErrorKind::NoHeaders(text) => {
            given = Some(text);
            texts.no_headers
        }
        ErrorKind::NotSignedIn => texts.not_signed_in,
        ErrorKind::Forbidden => texts.forbidden,
        ErrorKind::NoSuchCluster => texts.no_such_cluster,
        ErrorKind::WrongPath => texts.wrong_path,
        ErrorKind::BadRequest => texts.bad_request,
        ErrorKind::Throttled => texts.throttled,
        ErrorKind::Server => texts.server_error,
        ErrorKind::Gateway => texts.gateway,
        ErrorKind::Unreachable => texts.unreachable,
        ErrorKind::Timeout => texts.timeout,
        ErrorKind::Interrupted => texts.interrupted,
        ErrorKind::NotOcp(oddity) => {
            odd = texts.oddities.get(*oddity as usize).copied().unwrap_or_default();
            texts.not_ocp
        }
        ErrorKind::Refused => texts.refused,
    };
    let advice = match (&error.kind, error.retry_after) {
        (ErrorKind::Throttled, Some(seconds)) => fill(texts.throttled_for, &[("seconds", &seconds.to_string())]),
        _ if odd.is_empty() => advice.to_owned(),
        _ => [odd, " ", advice].concat(),
    };
    let OcpError { code, message, trace_id, server } = &error.ocp;
    let facts = [
        (texts.given, given.map(|given| ["“", &visible(given), "”"].concat())),
        (texts.message, message.as_deref().map(visible)),
        (texts.code, code.as_deref().map(visible)),
        (texts.trace_id, trace_id.as_deref().map(visible)),
        (texts.server_name, server.as_deref().map(visible)),
        (texts.http_status, error.http_status.map(|status| status.to_string())),
    ];
    let facts = facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    Problem { title, advice, facts }
}

/// Sections of lines as text, for the clipboard.
#[must_use]
pub fn to_text(sections: &[(&'static str, Vec<String>)]) -> String {
    let section = |(title, lines): &(&str, Vec<String>)| {
        let line = |line: &String| ["- ", line].concat();
        [*title].map(str::to_owned).into_iter().chain(lines.iter().map(line)).collect::<Vec<_>>().join("\n")
    };
    sections.iter().map(section).collect::<Vec<_>>().join("\n\n")
}

impl Problem {
    /// All of it as lines of text, for the clipboard.
    #[must_use]
    pub fn to_text(&self) -> String {
        let facts = self.facts.iter().map(|(name, value)| [name, ": ", value].concat());
        [self.title.to_owned(), self.advice.clone()].into_iter().chain(facts).collect::<Vec<_>>().join("\n")
    }
}

/// Text from outside, with characters that hide or reorder it (controls, bidi overrides, lone surrogates' remains)
/// replaced by their code points, so that what is read is what was sent.
#[must_use]
pub fn visible(text: &str) -> String {
    let hidden = |c: char| {
        matches!(c, '\u{0}'..='\u{8}' | '\u{b}'..='\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}')
            || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
    };
    if !text.contains(hidden) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if hidden(c) {
            let code = u32::from(c);
            out.push_str("⟨U+");
            out.extend((0..4).rev().filter_map(|digit| char::from_digit(code >> (digit * 4) & 0xf, 16)));
            out.push('⟩');
        } else {
            out.push(c);
        }
    }
    out
}

/// The first `most` characters of `text`, and how many are left out.
#[must_use]
pub fn clamp(text: &str, most: usize) -> (&str, usize) {
    match text.char_indices().nth(most) {
        Some((end, _)) => text.split_at_checked(end).map_or((text, 0), |(head, tail)| (head, tail.chars().count())),
        None => (text, 0),
    }
}
