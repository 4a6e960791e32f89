//! A cluster, as OCP's list of clusters tells of it.

use super::redact::Redacted;

/// A cluster of the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cluster {
    /// `id`: OCP's own id, by which its tasks are asked for.
    pub id: u64,
    /// `name`.
    pub name: Redacted,
    /// `obClusterId`: OceanBase's id, which a primary and its standbys share.
    pub ob_cluster_id: Option<Redacted>,
    /// `obVersion`.
    pub version: Option<Redacted>,
    /// `status`, as it was sent.
    pub status: Option<Redacted>,
    /// `type`: `PRIMARY` or `STANDBY`, as it was sent.
    pub role: Option<Redacted>,
    /// `tenantCount`.
    pub tenants: Option<u64>,
}

/// A page of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ClusterPage {
    /// Its clusters.
    pub clusters: Vec<Cluster>,
    /// How many of its rows could not be read, because they have no id or no name.
    pub unread: u64,
    /// How many clusters there are on all pages, where the server told.
    pub total: Option<u64>,
}

/// A status of a cluster that OCP documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClusterStatus {
    /// In use.
    Running,
    /// Being created.
    Creating,
    /// Being deleted.
    Deleting,
    /// Being started.
    Starting,
    /// Being restarted.
    Restarting,
    /// Being stopped.
    Stopping,
    /// Stopped.
    Stopped,
    /// Coming under OCP's control.
    TakingOver,
    /// Leaving OCP's control.
    MovingOut,
    /// A primary and a standby are changing places.
    Switchover,
    /// A standby is taking over for a lost primary.
    Failover,
    /// Another operation is under way.
    Operating,
}

impl ClusterStatus {
    /// All of them, the usual one first.
    pub const ALL: [Self; 12] = [
        Self::Running,
        Self::Creating,
        Self::Deleting,
        Self::Starting,
        Self::Restarting,
        Self::Stopping,
        Self::Stopped,
        Self::TakingOver,
        Self::MovingOut,
        Self::Switchover,
        Self::Failover,
        Self::Operating,
    ];

    /// OCP's word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "RUNNING",
            Self::Creating => "CREATING",
            Self::Deleting => "DELETING",
            Self::Starting => "STARTING",
            Self::Restarting => "RESTARTING",
            Self::Stopping => "STOPPING",
            Self::Stopped => "STOPPED",
            Self::TakingOver => "TAKINGOVER",
            Self::MovingOut => "MOVINGOUT",
            Self::Switchover => "SWITCHOVER",
            Self::Failover => "FAILOVER",
            Self::Operating => "OPERATING",
        }
    }

    /// Reads OCP's word.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}
