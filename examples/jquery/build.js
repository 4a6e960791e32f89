// An old console has no bundler: its files are copied, the panel's folder beside its own scripts.
import { cpSync, mkdirSync } from "node:fs";

mkdirSync("dist", { recursive: true });
for (const [from, to] of [["src", ""], ["node_modules/jquery/dist/jquery.min.js", "jquery.min.js"], ["node_modules/ocp-log-backup-panel", "log-backup"]]) {
  cpSync(from, `dist/${to}`, { recursive: true });
}
