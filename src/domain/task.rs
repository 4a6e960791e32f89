//! A log backup task (`LogBackupWrapperTask` in OCP), its status, and the identity it keeps between two responses.

use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use super::deviation::Deviations;
use super::hash::{Fnv, Places, hash_of};
use super::redact::Redacted;
use super::time::{EpochMs, Stamp};

/// One log backup task. Ids are decimal text, since a Long may exceed what a JSON number holds.
/// A field that the server left out is `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Task {
    /// `createTime`.
    pub created: Option<Stamp>,
    /// `modifyTime`.
    pub modified: Option<Stamp>,
    /// `clusterName`.
    pub cluster_name: Option<Redacted>,
    /// `clusterId`: OCP's id of the cluster.
    pub cluster_id: Option<Redacted>,
    /// `obClusterId`: OceanBase's own id of the cluster.
    pub ob_cluster_id: Option<Redacted>,
    /// `obTenantId`: OceanBase's own id of the tenant.
    pub ob_tenant_id: Option<Redacted>,
    /// `clusterType`: `PRIMARY`, `STANDBY`, or what else was sent.
    pub cluster_type: Option<Redacted>,
    /// `tenantId`: OCP's id of the tenant.
    pub tenant_id: Option<Redacted>,
    /// `tenantName`.
    pub tenant_name: Option<Redacted>,
    /// `status`.
    pub status: Status,
    /// `errorMsg`.
    pub error_msg: Option<Redacted>,
    /// `backupUri`.
    pub backup_uri: Option<Redacted>,
    /// `checkpoint`: the latest point in time that can be restored.
    pub checkpoint: Option<Stamp>,
    /// `backupMode`, such as `PHYSICAL_BACKUP`.
    pub backup_mode: Option<Redacted>,
    /// `delay`, in seconds on the database's clock.
    pub delay: Option<Seconds>,
    /// `agentServerIp`: undocumented, the console's "service host IP".
    pub agent_server_ip: Option<Redacted>,
}

/// A number of seconds, or what was sent instead of one.
#[derive(Clone, Debug, PartialEq)]
pub enum Seconds {
    /// A finite number; negative where two clocks disagree.
    Number(f64),
    /// Text that is no number.
    Raw(Redacted),
}

/// A task's status: what the panel makes of it, and what the server wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// The meaning.
    pub kind: StatusKind,
    /// The server's own word, untrimmed; empty where none was sent.
    pub raw: Redacted,
}

/// The statuses of three dialects (OCP, OceanBase 2/3, OceanBase 4) by meaning. No page of OCP's
/// lists them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum StatusKind {
    /// `PREPARE`.
    Preparing,
    /// `BEGINNING`.
    Starting,
    /// `RUNNING`, `DOING`. Says nothing of health: a full archive device is retried under this status.
    InProgress,
    /// `STOPPING`.
    Stopping,
    /// `STOPPED`, `STOP`.
    Stopped,
    /// `SUSPENDING`.
    Suspending,
    /// `SUSPEND`, `SUSPENDED`, `PAUSED`.
    Suspended,
    /// `INTERRUPTED`: logs were recycled before they were archived, so recovery has a gap.
    Interrupted,
    /// `FAILED`.
    Failed,
    /// `MIXED`.
    Mixed,
    /// Empty or absent.
    #[default]
    NotStarted,
    /// Any other word.
    Unknown,
}

/// How urgent a status or a level is. It decides the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// Not running, and not meant to.
    Neutral,
    /// Running well.
    Ok,
    /// About to run.
    Info,
    /// Somebody should look at it.
    Warning,
    /// Somebody must act.
    Critical,
}

impl Tone {
    /// All tones, from the calmest to the worst.
    pub const ALL: [Self; 5] = [Self::Neutral, Self::Ok, Self::Info, Self::Warning, Self::Critical];

    /// The tone of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tone| tone.name() == name)
    }

    /// The name in the attributes `tone` and `data-tone` and in the details of events.
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

/// What `delay` means under a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DelayMeaning {
    /// The checkpoint moves, so the number is a lag.
    Lag,
    /// The checkpoint stands still, so the number grows for ever and is no lag.
    NotApplicable,
    /// The status is not known, so the number is shown without a verdict.
    NoVerdict,
}

impl Status {
    /// Reads a status. For its meaning, case and spaces around it do not matter; the word itself is kept as sent.
    #[must_use]
    pub fn read(raw: &str) -> Self {
        let kind = match raw.trim().to_ascii_uppercase().as_str() {
            "PREPARE" => StatusKind::Preparing,
            "BEGINNING" => StatusKind::Starting,
            "RUNNING" | "DOING" => StatusKind::InProgress,
            "STOPPING" => StatusKind::Stopping,
            "STOPPED" | "STOP" => StatusKind::Stopped,
            "SUSPENDING" => StatusKind::Suspending,
            "SUSPEND" | "SUSPENDED" | "PAUSED" => StatusKind::Suspended,
            "INTERRUPTED" => StatusKind::Interrupted,
            "FAILED" => StatusKind::Failed,
            "MIXED" => StatusKind::Mixed,
            "" => StatusKind::NotStarted,
            _ => StatusKind::Unknown,
        };
        Self { kind, raw: Redacted::of(raw) }
    }
}

impl StatusKind {
    /// The tone of the status alone. The delay has its own tone: a task in progress may lag by hours.
    #[must_use]
    pub fn tone(self) -> Tone {
        match self {
            Self::InProgress => Tone::Ok,
            Self::Preparing | Self::Starting => Tone::Info,
            Self::Stopped | Self::NotStarted => Tone::Neutral,
            Self::Stopping | Self::Suspending | Self::Suspended | Self::Mixed | Self::Unknown => Tone::Warning,
            Self::Interrupted | Self::Failed => Tone::Critical,
        }
    }

    /// Whether `delay` is a lag under this status.
    #[must_use]
    pub fn delay_meaning(self) -> DelayMeaning {
        match self {
            Self::InProgress => DelayMeaning::Lag,
            Self::Unknown => DelayMeaning::NoVerdict,
            _ => DelayMeaning::NotApplicable,
        }
    }
}

impl Task {
    /// Every id and name of the tenant and its cluster that the server may send. Together they tell tenants apart.
    #[must_use]
    pub fn tenant(&self) -> impl Hash {
        (&self.cluster_id, &self.ob_cluster_id, &self.tenant_id, &self.ob_tenant_id, &self.tenant_name)
    }

    /// The latest point in time that can be restored, where the server told one that can be read.
    #[must_use]
    pub fn checkpoint_ms(&self) -> Option<EpochMs> {
        self.checkpoint.as_ref().and_then(Stamp::epoch_ms)
    }

    /// Whether the server told which tenant it is of.
    #[must_use]
    pub fn names_tenant(&self) -> bool {
        [&self.tenant_id, &self.ob_tenant_id, &self.tenant_name].into_iter().any(Option::is_some)
    }

    /// A short name for people: the tenant's, else an id; empty where the server told neither.
    #[must_use]
    pub fn label(&self) -> &str {
        let named = [&self.tenant_name, &self.tenant_id, &self.ob_tenant_id, &self.cluster_name, &self.backup_uri];
        named.into_iter().flatten().map(Redacted::deref).find(|name| !name.trim().is_empty()).unwrap_or_default()
    }
}

/// A task of a response, with all that can be told from its row alone. Responses that have the same row share it, so it is worked out once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DecodedTask {
    task: Task,
    /// A hash that tells which tenant it belongs to, if it names one.
    pub tenant: u64,
    /// A hash of the fields that do not change in the life of a task.
    pub identity: u64,
    /// A hash of the row as sent. The text itself is not kept, because it may hold credentials.
    pub row_hash: RowHash,
    /// Where the row departs from the contract.
    pub deviations: Deviations,
}

/// A hash of a row as sent, and of all else that its meaning depends on. Rows with the same hash are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct RowHash(u64);

impl RowHash {
    /// The hash of `row`.
    #[must_use]
    pub fn of(row: &impl Hash) -> Self {
        Self(hash_of(row))
    }
}

impl DecodedTask {
    /// Lists `task`, which was read from the row of this hash.
    #[must_use]
    pub fn new(task: Task, row_hash: RowHash, deviations: Deviations) -> Self {
        let mut hasher = Fnv::default();
        task.tenant().hash(&mut hasher);
        let tenant = hasher.finish();
        (&task.backup_uri, &task.created).hash(&mut hasher);
        Self { task, tenant, identity: hasher.finish(), row_hash, deviations }
    }
}

impl From<Task> for DecodedTask {
    fn from(task: Task) -> Self {
        Self::new(task, RowHash::default(), Deviations::default())
    }
}

impl Deref for DecodedTask {
    type Target = Task;

    fn deref(&self) -> &Task {
        &self.task
    }
}

/// The identity of a task between two responses. OCP sends no task id, and one tenant may be listed twice, so it is made of
/// the fields that do not change in a task's life; twins are told apart by their ordinal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TaskKey(pub u64);

/// The keys of `tasks`, in their order, each different from all others.
#[must_use]
pub fn keys(tasks: &[Arc<DecodedTask>]) -> Vec<TaskKey> {
    let mut seen = Places::default();
    seen.reserve(tasks.len());
    let identify = |task: &Arc<DecodedTask>| {
        let ordinal = seen.entry(task.identity).and_modify(|twins| *twins += 1).or_insert(0);
        TaskKey(hash_of(&(task.identity, *ordinal as u64)))
    };
    tasks.iter().map(identify).collect()
}
