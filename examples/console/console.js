import { mountPanel } from "/ocp-log-backup-panel.js";

const cluster = document.querySelector("#cluster");
const panel = document.querySelector("#switched");
const verdict = document.querySelector("#verdict");

panel.clusterId = cluster.value;
cluster.addEventListener("change", () => { panel.clusterId = cluster.value; });
panel.addEventListener("ocp-data-load", ({ detail }) => {
  verdict.textContent = `${detail.clusterId}: ${detail.tones.critical} critical of ${detail.tasks}`;
});
panel.addEventListener("ocp-error", ({ detail }) => { verdict.textContent = `${detail.kind} ${detail.traceId ?? ""}`; });

mountPanel(document.querySelector("#mounted"), {
  clusterId: 1000006, pageSize: 3, theme: "dark", timeZone: "UTC",
  on: { "ocp-row-activate": (event) => { event.preventDefault(); location.hash = `tenant-${event.detail.tenantId}`; } },
});
