//! The clusters that the simulated OCP manages: those that tests know, and as many more as a large site has. Each is a
//! pure function of its id, so that the list of clusters and a cluster's tasks agree.

use std::ops::Range;

use chrono::DateTime;
use serde_json::{Map, Value, json};

use crate::cluster::{self, EMPTY_CLUSTER, HEALTHY_CLUSTER, LARGE_CLUSTER, STANDBY_CLUSTER};

/// The ids of the others. With the four that have names of their own there are 3,000.
const OTHERS: Range<u64> = 1_000_100..1_003_096;
/// Ids at OCP are this much larger than OceanBase's own.
const OFFSET: u64 = 1_000_000;
/// OCP has this cluster's row of its own store, but the cluster did not answer it.
const UNREACHABLE: u64 = 1_000_107;

/// All that a cluster's status can be.
pub const STATUSES: [&str; 12] = [
    "RUNNING",
    "CREATING",
    "DELETING",
    "STARTING",
    "RESTARTING",
    "STOPPING",
    "STOPPED",
    "TAKINGOVER",
    "MOVINGOUT",
    "SWITCHOVER",
    "FAILOVER",
    "OPERATING",
];

const SYSTEMS: [&str; 20] = [
    "pay_core",
    "acct_ledger",
    "risk_rule",
    "settle",
    "loan_apply",
    "card_auth",
    "fund_clear",
    "coupon",
    "user_profile",
    "msg_push",
    "invoice",
    "stock_keep",
    "price",
    "search_meta",
    "audit_log",
    "bi_report",
    "job_sched",
    "cfg_center",
    "id_gen",
    "UAT_PAY",
];
const SERVICES: [&str; 6] = ["trade", "order", "ship", "crm", "cart", "promo"];
const SITES: [&str; 5] = ["sh", "hz", "bj", "sz", "cd"];
const PLATFORMS: [&str; 4] = ["中台", "零售", "信贷", "风控"];
const DOMAINS: [&str; 7] = ["会员", "账务", "订单", "清算", "网关", "报表", "营销"];
const VERSIONS: [&str; 3] = ["4.2.1.10-110000072024112010", "4.2.5.4-104000042025050614", "4.3.5.2-102000032025060917"];
/// Standby clusters are known to OceanBase 2 and 3 only.
const VERSION_WITH_STANDBY: &str = "3.2.4.8-108000012024061217";

/// One simulated cluster.
pub struct Cluster {
    /// OCP's id.
    pub id: u64,
    /// The name in OceanBase.
    pub name: String,
    /// OceanBase's own id. A standby cluster has that of its primary cluster.
    pub ob_id: u64,
    /// The id of the primary cluster, of a standby cluster.
    primary: Option<u64>,
}

impl Cluster {
    /// The cluster of that id, listed or not.
    pub fn of(id: u64) -> Self {
        let primary = primary(id);
        let own = primary.unwrap_or(id);
        let ob_id = if OTHERS.contains(&own) { own - OFFSET } else { own % 1000 };
        Self { id, name: name(id), ob_id, primary }
    }

    /// Its role.
    pub fn role(&self) -> &'static str {
        if self.primary.is_some() { "STANDBY" } else { "PRIMARY" }
    }

    /// What happens to it.
    pub fn status(&self) -> &'static str {
        match self.id.checked_sub(OTHERS.start) {
            Some(number) if number % 97 == 13 => pick(&STATUSES[1..], number / 97),
            _ => STATUSES[0],
        }
    }

    /// The cluster as OCP writes it into the list.
    pub fn json(&self) -> Value {
        let standby = standby(self.id).map(Self::of);
        let version =
            if self.primary.is_some() || standby.is_some() { VERSION_WITH_STANDBY } else { pick(&VERSIONS, self.id) };
        let tenants = if self.id == EMPTY_CLUSTER { 6 } else { cluster::count(self.id) };
        let age = u32::try_from(cluster::mix(self.id) % 80_000_000).unwrap_or_default();
        let created = DateTime::from_timestamp(1_750_000_000 - i64::from(age), 0).unwrap_or_default();
        let mut row = self.brief();
        row.insert("obVersion".to_owned(), json!(version));
        row.insert("tenantCount".to_owned(), json!(tenants));
        row.insert("createTime".to_owned(), json!(cluster::java_date(&created.with_timezone(&cluster::china()))));
        row.insert(
            "standbyClusters".to_owned(),
            standby.iter().map(|standby| Value::Object(standby.brief())).collect(),
        );
        // Jackson leaves null fields out.
        if let Some(primary) = self.primary {
            row.insert("primaryCluster".to_owned(), Value::Object(Self::of(primary).brief()));
        }
        if self.id == UNREACHABLE {
            let reason = format!("Failed to query from OB: connect to {} timed out", self.name);
            row.insert("failToQueryFromObReason".to_owned(), json!(reason));
        }
        Value::Object(row)
    }

    /// What rows of other clusters say of it, too.
    fn brief(&self) -> Map<String, Value> {
        let fields = [
            ("id", json!(self.id)),
            ("name", json!(self.name)),
            ("obClusterId", json!(self.ob_id)),
            ("status", json!(self.status())),
            ("type", json!(self.role())),
        ];
        fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// All that are listed, by id.
pub fn all() -> impl Iterator<Item = Cluster> {
    (LARGE_CLUSTER..=HEALTHY_CLUSTER).chain(OTHERS).map(Cluster::of)
}

/// The primary cluster of a standby cluster.
fn primary(id: u64) -> Option<u64> {
    let is_standby = id == STANDBY_CLUSTER || (OTHERS.contains(&id) && id % 100 == 50);
    is_standby.then(|| id - 1)
}

/// The standby cluster of a primary cluster.
fn standby(id: u64) -> Option<u64> {
    id.checked_add(1).filter(|&next| primary(next) == Some(id))
}

fn name(id: u64) -> String {
    match id {
        LARGE_CLUSTER => "yc0820_17".to_owned(),
        STANDBY_CLUSTER => "yc0820_17_standby".to_owned(),
        HEALTHY_CLUSTER => "trade_hz".to_owned(),
        _ if !OTHERS.contains(&id) => format!("obcluster_{}", id % 1000),
        _ => match primary(id) {
            Some(primary) => format!("{}_dr", name(primary)),
            None => site_name(id - OTHERS.start),
        },
    }
}

/// Names in the three styles of a site, each with a number behind.
fn site_name(number: u64) -> String {
    let (style, number) = (number % 3, number / 3);
    // One after another for the first words, then for the second, then the next number.
    let words = |first: &[&'static str], second: &[&'static str]| {
        let (firsts, seconds) = (first.len() as u64, second.len() as u64);
        (pick(first, number), pick(second, number / firsts), number / firsts / seconds + 1)
    };
    match style {
        0 => {
            let (system, _, number) = words(&SYSTEMS, &[""]);
            format!("{system}_{number:02}")
        }
        1 => {
            let (service, site, number) = words(&SERVICES, &SITES);
            format!("{service}-{site}-{number:02}")
        }
        _ => {
            let (platform, domain, number) = words(&PLATFORMS, &DOMAINS);
            format!("{platform}_{domain}_{number:02}")
        }
    }
}

/// A word, round and round.
fn pick(words: &[&'static str], turn: u64) -> &'static str {
    let turn = turn.checked_rem(words.len() as u64).and_then(|turn| usize::try_from(turn).ok());
    turn.and_then(|turn| words.get(turn)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use chrono::Utc;

    use super::*;

    #[test]
    fn there_are_three_thousand_and_no_name_comes_twice() {
        let names: HashSet<_> = all().map(|cluster| cluster.name).collect();
        assert_eq!((all().count(), names.len()), (3000, 3000));
        for name in ["yc0820_17", "pay_core_03", "trade-sh-12", "中台_会员_07"] {
            assert!(names.contains(name), "{name}");
        }
        assert!(all().all(|cluster| cluster.id != cluster::NO_SUCH_CLUSTER));
    }

    #[test]
    fn a_cluster_and_its_tasks_tell_the_same() {
        for listed in all() {
            let row = listed.json();
            assert_eq!(row["tenantCount"].as_u64(), Some(cluster::count(listed.id).max(6)));
            if listed.id != EMPTY_CLUSTER {
                let task = cluster::task(listed.id, 0, Utc::now()).json;
                assert_eq!(
                    [&task["clusterId"], &task["clusterName"], &task["obClusterId"], &task["clusterType"]],
                    [&row["id"], &row["name"], &row["obClusterId"], &row["type"]],
                );
            }
        }
    }

    #[test]
    fn standby_and_primary_clusters_name_each_other() {
        let standbys: Vec<_> = all().filter(|cluster| cluster.role() == "STANDBY").collect();
        assert_eq!(standbys.len(), 31);
        for standby in standbys {
            let row = standby.json();
            let primary = Cluster::of(row["primaryCluster"]["id"].as_u64().unwrap()).json();
            assert_eq!(primary["standbyClusters"], json!([standby.brief()]));
            assert_eq!((&primary["type"], &primary["obClusterId"]), (&json!("PRIMARY"), &row["obClusterId"]));
        }
        assert_eq!(Cluster::of(STANDBY_CLUSTER).json()["primaryCluster"]["name"], "yc0820_17");
        assert_eq!(Cluster::of(HEALTHY_CLUSTER).json()["standbyClusters"], json!([]));
    }

    #[test]
    fn every_status_comes_and_one_cluster_could_not_be_asked() {
        let statuses: HashSet<_> = all().map(|cluster| cluster.status()).collect();
        assert_eq!(statuses, HashSet::from(STATUSES));
        let failed: Vec<_> = all().filter(|cluster| cluster.json().get("failToQueryFromObReason").is_some()).collect();
        assert_eq!(failed.iter().map(|cluster| cluster.id).collect::<Vec<_>>(), [UNREACHABLE]);
    }
}
