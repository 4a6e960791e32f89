import { fileURLToPath } from "node:url";

const folder = (path) => fileURLToPath(new URL(path, import.meta.url)).replace(/\/$/, "");

/**
 * What is compared, and where each keeps its parts. `most` is the most rows of one page, `afterwards` what it loads once its rows are painted, the
 * last one last (`e2e/later.spec.js` and `e2e/console.spec.js` hold it to that).
 */
export const SITES = [
  {
    name: "ours", label: "ours", folder: folder("../dist"), most: 2000,
    panel: "ocp-log-backup-panel", table: "[role=table]", row: "[part=row]", next: "[part=next]", refresh: "[part=refresh]",
    manyPanels: "panels", afterwards: ["/console.", "/later-"],
  },
  {
    name: "plain", label: "JS", folder: folder("js/dist"), most: Infinity, search: "&plain",
    panel: ".panel", table: "table", row: "tr.row", next: ".next", refresh: ".refresh", manyPanels: "",
  },
  {
    name: "js", label: "JS+", folder: folder("js/dist"), most: Infinity,
    panel: ".panel", table: "table", row: "tr.row", next: ".next", refresh: ".refresh", manyPanels: "",
  },
  {
    name: "react", label: "OB", folder: folder("react/dist"), most: Infinity,
    panel: ".panel", table: ".ant-table", row: "tr.ant-table-row", next: ".ant-pagination-next button", refresh: ".refresh",
    manyPanels: "",
  },
];
