//! Whose task it is, and how two tasks of one tenant differ. OCP sends no task id, so three questions are kept apart: who the task is of
//! (the tenant), which round of log backup it is (`createTime` and `backupUri`), and what changed between two responses.

use std::sync::Arc;

use super::redact::Redacted;
use super::task::{DecodedTask, Status, Task};
use super::time::{EpochMs, Stamp};

/// How a task differs from an earlier one of the same tenant. Fields that change all the time, such as `checkpoint`, are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// The status before and now.
    pub status: Option<(Status, Status)>,
    /// The `createTime` of another round of log backup.
    pub round: Option<EpochMs>,
    /// Whether it writes to another `backupUri`.
    pub destination: bool,
    /// The `tenantName` before a rename.
    pub old_name: Option<Redacted>,
    /// The `clusterType` before and now.
    pub role: Option<(Redacted, Redacted)>,
}

impl Difference {
    /// How `now` differs from `before`. A field that one of them leaves out does not count as changed.
    #[must_use]
    pub fn between(before: &Task, now: &Task) -> Self {
        let (old, new) = (&before.status, &now.status);
        let is_same_status = old.kind == new.kind && old.raw.trim() == new.raw.trim();
        let created = |task: &Task| task.created.as_ref().and_then(Stamp::epoch_ms);
        // Copied only where it differs: this runs for each row of each response.
        let changed = |old: &Option<Redacted>, new: &Option<Redacted>| {
            let (old, new) = (old.as_ref()?, new.as_ref()?);
            (old.trim() != new.trim()).then(|| (old.clone(), new.clone()))
        };
        Self {
            status: (!is_same_status).then(|| (old.clone(), new.clone())),
            round: created(now).filter(|now| created(before).is_some_and(|before| before != *now)),
            destination: changed(&before.backup_uri, &now.backup_uri).is_some(),
            old_name: changed(&before.tenant_name, &now.tenant_name).map(|(old, _)| old),
            role: changed(&before.cluster_type, &now.cluster_type),
        }
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Whether the later task archives something else: in a new round, or to another destination.
    #[must_use]
    pub fn is_new_archive(&self) -> bool {
        self.round.is_some() || self.destination
    }
}

/// Whether two tasks are of the same tenant. Ids decide where both tasks have one, since a tenant may be renamed; else the name does.
#[must_use]
pub fn is_same_tenant(one: &Task, other: &Task) -> bool {
    let same = |one: &Option<Redacted>, other: &Option<Redacted>| Some(one.as_ref()? == other.as_ref()?);
    let cluster = [same(&one.cluster_id, &other.cluster_id), same(&one.ob_cluster_id, &other.ob_cluster_id)];
    let ids = [same(&one.tenant_id, &other.tenant_id), same(&one.ob_tenant_id, &other.ob_tenant_id)];
    if cluster.contains(&Some(false)) || ids.contains(&Some(false)) {
        return false;
    }
    ids.contains(&Some(true)) || same(&one.tenant_name, &other.tenant_name) == Some(true)
}

/// For each task of `before` the place in `now` of the task that took its place: one of the same tenant, if possible with the same
/// destination. No task of `now` takes two places.
#[must_use]
pub fn successors(before: &[&Arc<DecodedTask>], now: &[&Arc<DecodedTask>]) -> Vec<Option<usize>> {
    let mut taken = vec![false; now.len()];
    let mut found = vec![None; before.len()];
    for only_same_destination in [true, false] {
        for (old, found) in before.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            let fits = |(new, taken): (&&Arc<DecodedTask>, &bool)| {
                !taken && is_same_tenant(old, new) && (!only_same_destination || old.backup_uri == new.backup_uri)
            };
            *found = now.iter().zip(&taken).position(fits);
            if let Some(taken) = found.and_then(|place| taken.get_mut(place)) {
                *taken = true;
            }
        }
    }
    found
}
