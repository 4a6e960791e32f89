import { fileURLToPath } from "node:url";

const folder = (path) => fileURLToPath(new URL(path, import.meta.url)).replace(/\/$/, "");

/** What is compared, in the order of measuring, and where each keeps its parts. `most` is the most rows that it takes. */
export const SITES = [
  {
    name: "ours", label: "ours", folder: folder("../dist"), most: 2000,
    panel: "ocp-log-backup-panel", table: "[role=table]", row: "[part=row]", next: "[part=next]", refresh: "[part=refresh]",
    manyPanels: "panels",
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
