//! A simulated cluster: a pure function of its id and the time, so that every run sees the same, and checkpoints advance
//! with the clock as real ones do.

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use serde_json::{Map, Value, json};

use crate::clusters::Cluster;

/// A cluster with thousands of tasks.
pub const LARGE_CLUSTER: u64 = 1_000_005;
/// A cluster without any log backup task.
pub const EMPTY_CLUSTER: u64 = 1_000_007;
/// A cluster whose log backup is all well.
pub const HEALTHY_CLUSTER: u64 = 1_000_008;
/// A standby cluster.
pub const STANDBY_CLUSTER: u64 = 1_000_006;
/// A cluster that OCP does not know.
pub const NO_SUCH_CLUSTER: u64 = 404;

/// One simulated task.
pub struct SimTask {
    /// When log backup was started.
    pub created: DateTime<FixedOffset>,
    /// How far logs are archived.
    pub checkpoint: Option<DateTime<FixedOffset>>,
    /// The task as OCP writes it.
    pub json: Value,
}

/// How a tenant's log backup behaves.
#[derive(Clone, Copy)]
enum Story {
    Healthy,
    Lagging,
    Critical,
    StalledWhileRunning,
    Interrupted,
    FailedWithKeys,
    Stopped,
    Starting,
    Suspended,
    Mixed,
    NotStarted,
    NewDialect,
}

/// The tenants that an operator should notice, at the head of the list.
const STORIES: [Story; 14] = [
    Story::Healthy,
    Story::StalledWhileRunning,
    Story::FailedWithKeys,
    Story::Interrupted,
    Story::Lagging,
    Story::Critical,
    Story::NewDialect,
    Story::Starting,
    Story::Suspended,
    Story::Stopped,
    Story::Healthy,
    Story::Mixed,
    Story::NotStarted,
    Story::Healthy,
];

/// How many tasks cluster `id` has.
pub fn count(id: u64) -> u64 {
    match id {
        EMPTY_CLUSTER | NO_SUCH_CLUSTER => 0,
        LARGE_CLUSTER => 3217,
        _ => 14,
    }
}

/// Task `index` (from 0) of cluster `id` at `now`.
pub fn task(id: u64, index: u64, now: DateTime<Utc>) -> SimTask {
    let now = now.with_timezone(&china());
    let cluster = Cluster::of(id);
    let noise = mix(id ^ (index << 20));
    let head = usize::try_from(index).ok().and_then(|index| STORIES.get(index)).copied();
    let story = head.filter(|_| id != HEALTHY_CLUSTER).unwrap_or(match noise % 40 {
        _ if id == HEALTHY_CLUSTER => Story::Healthy,
        0 => Story::Lagging,
        1 => Story::Stopped,
        2 => Story::Suspended,
        3 => Story::NewDialect,
        _ => Story::Healthy,
    });
    let started = TimeDelta::hours(24 * 14 + i64::from(u16::try_from(noise % 5000).unwrap_or_default()));
    let started =
        DateTime::from_timestamp(1_790_000_000, 0).unwrap_or_default().with_timezone(&now.timezone()) - started;
    let created = started + TimeDelta::milliseconds(405);
    // A saw-tooth up to the archive lag target of 120 s is what a healthy stream shows.
    let phase =
        (now.timestamp_millis() + i64::from(u32::try_from(noise % 120_000).unwrap_or_default())).rem_euclid(120_000);
    let tooth = TimeDelta::milliseconds(phase + 4000);
    // A stream that lags behind writes all the time, so its checkpoint moves all the time.
    let wave = TimeDelta::milliseconds(phase / 10);
    let frozen_since = |hours: i64| {
        let period = hours * 3_600_000;
        TimeDelta::milliseconds(now.timestamp_millis().rem_euclid(period) + 20 * 60_000)
    };
    let (status, lag, error) = match story {
        Story::Healthy => ("RUNNING", Some(tooth), None),
        Story::Lagging => ("RUNNING", Some(TimeDelta::seconds(312) + wave), None),
        Story::Critical => ("RUNNING", Some(TimeDelta::minutes(47) + wave), None),
        Story::StalledWhileRunning => ("RUNNING", Some(frozen_since(6)), None),
        Story::Interrupted => ("INTERRUPTED", Some(frozen_since(48)), Some("log stream 1001 interrupted.")),
        Story::FailedWithKeys => (
            "FAILED",
            Some(frozen_since(12)),
            Some(
                "archive I/O failed: put object to \
                 oss://ob-log-archive/c5/t3?host=oss-cn-hangzhou.aliyuncs.com&access_id=LTAI5tDemoOnly&access_key=d3m0S3cr3tK3y \
                 returned 403, ret=-9071, retry_count=17",
            ),
        ),
        Story::Stopped => ("STOPPED", Some(frozen_since(240)), None),
        Story::Starting => ("BEGINNING", None, None),
        Story::Suspended => ("SUSPENDED", Some(frozen_since(72)), None),
        Story::Mixed => ("MIXED", Some(tooth), None),
        Story::NotStarted => ("", None, None),
        Story::NewDialect => ("DOING", Some(tooth), None),
    };
    let checkpoint = lag.map(|lag| now - lag);
    let tenant = if index == 0 { "sys".to_owned() } else { format!("tenant_{:04}", 1000 + index) };
    let mut row = Map::new();
    let mut put = |name: &str, value: Value| {
        // Jackson leaves null fields out.
        if !value.is_null() {
            row.insert(name.to_owned(), value);
        }
    };
    put("agentServerIp", json!(format!("10.12.{}.{}", noise % 4, 10 + noise % 200)));
    put("backupMode", json!("PHYSICAL_BACKUP"));
    put("backupUri", json!(uri(&cluster, index)));
    put("checkpoint", json!(checkpoint.map(|time| java_date(&time))));
    put("clusterId", json!(id));
    put("clusterName", json!(cluster.name));
    put("clusterType", json!(cluster.role()));
    put("createTime", json!(java_date(&created)));
    put("delay", lag.map_or(Value::Null, seconds));
    put("errorMsg", json!(error));
    put("modifyTime", json!(checkpoint.map(|time| java_date(&(time + TimeDelta::seconds(2))))));
    put("obClusterId", json!(cluster.ob_id));
    put("obTenantId", json!(1001 + index * 2));
    put("status", if status.is_empty() { Value::Null } else { json!(status) });
    // A Long above 2^53-1 is sent as a string.
    put("tenantId", if index == 5 { json!("9007199254740993") } else { json!(index + 1) });
    put("tenantName", json!(tenant));
    SimTask { created, checkpoint, json: Value::Object(row) }
}

/// Where the log of tenant `index` goes. A cluster has one kind of storage, and a tenant a path of its own.
fn uri(cluster: &Cluster, index: u64) -> String {
    let path = format!("c{}/t{index}", cluster.ob_id);
    match cluster.id % 3 {
        2 => format!("file:///data/obbackup/{path}/clog"),
        _ => format!(
            "oss://ob-log-archive/{path}/clog?host=oss-cn-hangzhou-internal.aliyuncs.com&access_id=LTAI5tDemoOnly&access_key=d3m0S3cr3tK3y"
        ),
    }
}

/// `truncate(now() - checkpoint, 4)`, as the database computes `delay`.
#[expect(clippy::cast_precision_loss, reason = "days in milliseconds fit an f64 exactly")]
fn seconds(lag: TimeDelta) -> Value {
    json!((lag.num_milliseconds() as f64 + 0.1) / 1000.0)
}

/// How Jackson writes `java.util.Date`: no colon in the offset, so not RFC 3339.
pub fn java_date(time: &DateTime<FixedOffset>) -> String {
    time.format("%Y-%m-%dT%H:%M:%S%.3f%z").to_string()
}

/// The offset of the simulated servers.
pub fn china() -> FixedOffset {
    FixedOffset::east_opt(8 * 3600).unwrap_or_else(|| chrono::Offset::fix(&Utc))
}

/// splitmix64: noise that is the same in every run.
pub fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
