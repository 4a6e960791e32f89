// Compiled and never run: what a host writes compiles, and what would not work does not.
import { mountPanel, type PanelState } from "ocp-log-backup-panel";
import { LogBackupPanel } from "ocp-log-backup-panel/react";

const panel = document.createElement("ocp-log-backup-panel");
panel.clusterId = 5;
panel.start = new Date();
panel.pageSizes = [10, 20];
panel.headers = async () => ({ Authorization: "Bearer" });
const state: PanelState = panel.getState();
export const worst: number | null = state.data?.worstDelaySeconds ?? null;
panel.addEventListener("ocp-row-activate", (event) => event.detail.backupUri?.toUpperCase());
document.addEventListener("ocp-data-load", (event) => event.detail.tones.critical.toFixed());
panel.addEventListener("click", (event) => event.clientX);
mountPanel(document.body, { clusterId: "5", on: { "ocp-error": (event) => event.detail.kind === "not-ocp" } }).update({ theme: "dark" });

// @ts-expect-error a theme that there is not
panel.theme = "purple";
// @ts-expect-error headers must be a function
panel.headers = { Authorization: "Bearer" };
// @ts-expect-error an event has no such detail
panel.addEventListener("ocp-data-load", (event) => event.detail.rows);
// @ts-expect-error an option that there is not
mountPanel(document.body, { cluster: 5 });

export const elements = [
  <LogBackupPanel clusterId={5} className="wide" style={{ minHeight: 300 }} ref={(element) => element?.refresh()} onDataLoad={(event) => event.detail.page} />,
  <ocp-log-backup-panel cluster-id="5" page-size={10} theme="dark" id="backup" ref={(element) => { element?.refresh(); }} />,
  // @ts-expect-error a prop that there is not
  <LogBackupPanel cluster={5} />,
  // @ts-expect-error an attribute's value that there is not
  <ocp-log-backup-panel density="tiny" />,
  // @ts-expect-error an event has no such detail
  <LogBackupPanel onError={(event) => event.detail.reason} />,
];
