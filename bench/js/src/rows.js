// The rows: one template, cloned; a row follows its task; a text that did not change is not written.
import { MODE, STATUS, span, time, tone } from "./format.js";

const COLUMNS = [
  "Status", "Tenant", "Delay", "Checkpoint", "Error message", "Cluster", "Backup mode", "Backup URI", "Service host IP",
  "Created", "Modified",
];

const template = document.createElement("template");
template.innerHTML =
  '<tr class="row"><td><span class="badge"> </span></td><td><div> </div><div class="sub"> </div></td>' +
  '<td><div class="delay"> </div><div class="sub"> </div></td><td> </td><td> </td>' +
  '<td><div><span> </span><span class="tag"> </span></div><div class="sub"> </div></td>' +
  "<td> </td><td> </td><td> </td><td> </td><td> </td></tr>";

export const HEAD = `<tr>${COLUMNS.map((name) => `<th scope="col">${name}</th>`).join("")}</tr>`;

const keyOf = (task) => task.clusterId + "/" + task.obTenantId;

/** A new row, with the text nodes that `patch` writes to. */
function build() {
  const node = template.content.firstChild.cloneNode(true);
  const [status, tenant, delay, checkpoint, error, cluster, mode, uri, host, created, modified] = node.cells;
  const [name, type] = cluster.firstChild.children;
  const text = (element) => element.firstChild;
  return {
    node, task: {}, badge: status.firstChild, delayTone: delay.firstChild, errorCell: error, uriCell: uri,
    status: text(status.firstChild),
    tenant: text(tenant.firstChild), tenantIds: text(tenant.lastChild),
    delay: text(delay.firstChild), seconds: text(delay.lastChild),
    checkpoint: text(checkpoint), error: text(error),
    cluster: text(name), type: text(type), clusterIds: text(cluster.lastChild),
    mode: text(mode), uri: text(uri), host: text(host), created: text(created), modified: text(modified),
  };
}

/** Writes what differs between the task that the row shows and `next`. */
function patch(row, next) {
  const old = row.task;
  row.task = next;
  if (old.status !== next.status) {
    const [kind, label] = STATUS[next.status] ?? ["info", next.status ?? "–"];
    row.badge.className = "badge " + kind;
    row.status.data = label;
  }
  if (old.tenantName !== next.tenantName) row.tenant.data = next.tenantName ?? "–";
  if (old.tenantId !== next.tenantId || old.obTenantId !== next.obTenantId) {
    row.tenantIds.data = "ID " + next.tenantId + " · OB " + next.obTenantId;
  }
  if (old.delay !== next.delay || old.status !== next.status) {
    row.delay.data = next.delay == null ? "–" : span(next.delay);
    row.seconds.data = next.delay == null ? "" : next.delay + " s";
    const kind = "delay " + tone(next);
    if (row.delayTone.className !== kind) row.delayTone.className = kind;
  }
  if (old.checkpoint !== next.checkpoint) row.checkpoint.data = time(next.checkpoint);
  if (old.errorMsg !== next.errorMsg || !old.status) {
    row.error.data = next.errorMsg ?? "–";
    row.errorCell.title = next.errorMsg ?? "";
  }
  if (old.clusterName !== next.clusterName) row.cluster.data = next.clusterName ?? "–";
  if (old.clusterType !== next.clusterType) row.type.data = next.clusterType === "STANDBY" ? "Standby" : "Primary";
  if (old.clusterId !== next.clusterId || old.obClusterId !== next.obClusterId) {
    row.clusterIds.data = "ID " + next.clusterId + " · OB " + next.obClusterId;
  }
  if (old.backupMode !== next.backupMode) row.mode.data = MODE[next.backupMode] ?? next.backupMode ?? "–";
  if (old.backupUri !== next.backupUri) {
    row.uri.data = next.backupUri ?? "–";
    row.uriCell.title = next.backupUri ?? "";
  }
  if (old.agentServerIp !== next.agentServerIp) row.host.data = next.agentServerIp ?? "–";
  if (old.createTime !== next.createTime) row.created.data = time(next.createTime);
  if (old.modifyTime !== next.modifyTime) row.modified.data = time(next.modifyTime);
}

/** Makes `body` show tasks: rows of tasks that left become rows of tasks that came. */
export function rowsOf(body) {
  let live = new Map();
  return (tasks) => {
    const kept = new Map();
    for (const task of tasks) {
      const key = keyOf(task);
      const row = live.get(key);
      if (row) {
        kept.set(key, row);
        live.delete(key);
      }
    }
    // In their order, so that a page of other tasks moves no row.
    const spare = live.values();
    const next = new Map();
    let place = body.firstChild;
    for (const task of tasks) {
      const key = keyOf(task);
      const row = kept.get(key) ?? spare.next().value ?? build();
      patch(row, task);
      if (row.node === place) place = place.nextSibling;
      else body.insertBefore(row.node, place);
      next.set(key, row);
    }
    for (const row of spare) row.node.remove();
    live = next;
  };
}
