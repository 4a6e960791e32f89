// Simulated tasks: a pure function of cluster, index and generation, so that every site shows the same rows.

/** Of each hundred rows, the one that a new generation changes: the last, so that a page of them ends with a changed row. */
const CHANGING = 99;
const CHINA = 8 * 3_600_000;
/** The clusters from here on have as many tasks as their number is greater; those before, 10,000. */
const COUNTED = 2_000_000;

export const count = (cluster) => (cluster > COUNTED ? cluster - COUNTED : 10_000);
/** A cluster of `total` tasks. */
export const clusterOf = (total) => COUNTED + total;
/** A cluster in which two pages of `size` fit. */
export const clusterFor = (size) => (2 * size > 10_000 ? clusterOf(2 * size) : 1_000_005);
export const tenantName = (index) => `tenant_${String(index + 1).padStart(5, "0")}`;

/** `java.util.Date` as Jackson writes it: no colon in the offset. */
const javaDate = (epoch) => new Date(epoch + CHINA).toISOString().replace("Z", "+0800");
/** Like javaDate, with the colon of the envelope's own timestamp. */
export const envelopeDate = (epoch) => new Date(epoch + CHINA).toISOString().replace("Z", "+08:00");

/** Repeatable noise from 0 to 1. */
function noise(index, salt) {
  let z = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 15), 0x2c1b3c6d);
  z = Math.imul(z ^ (z >>> 12), 0x297a2d39);
  return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
}

const uri = (index) =>
  [
    `file:///obbackup/c5/t${index}/clog`,
    `oss://ob-log-archive/c5/t${index}?host=oss-cn-hangzhou.aliyuncs.com`,
    `cos://ob-archive-1250000000/c5/t${index}?host=cos.ap-shanghai.myqcloud.com&appid=1250000000`,
  ][index % 3];

/** Task `index` (from 0) as OCP sends it, `passed` ms after `base`, the time of generation 0. */
export function task(cluster, index, base, generation, passed = 0) {
  const changes = index % 100 === CHANGING ? generation : 0;
  const failed = index % 50 === 3;
  // A failed stream stands still.
  const delay = failed ? 3600 + noise(index, 0) * 80_000 + passed / 1000 : 20 + noise(index, changes) * 80;
  const checkpoint = base + passed + changes * 1000 - delay * 1000;
  const created = base - (30 + noise(index, 7) * 300) * 86_400_000;
  return {
    agentServerIp: `10.12.${index % 4}.${10 + (index % 200)}`,
    backupMode: "PHYSICAL_BACKUP",
    backupUri: uri(index),
    checkpoint: javaDate(checkpoint),
    clusterId: cluster,
    clusterName: "yc0820_17",
    clusterType: index % 10 === 4 ? "STANDBY" : "PRIMARY",
    createTime: javaDate(created),
    delay: Math.trunc(delay * 10_000) / 10_000,
    // Jackson leaves null fields out.
    ...(failed && { errorMsg: `archive I/O failed: put object to ${uri(index)} returned 403, ret=-9060, retry_count=17` }),
    modifyTime: javaDate(checkpoint + 2000),
    obClusterId: 5,
    obTenantId: 1001 + index * 2,
    status: failed ? "FAILED" : "RUNNING",
    tenantId: index + 1,
    tenantName: tenantName(index),
  };
}
