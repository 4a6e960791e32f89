// The README's nginx, in front of the built panel and of an OCP that speaks TLS. The certificates are made for each test.
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { HERE, NAMES, replaced, startServer } from "./tls.js";

/** The text between ```nginx and ``` in the README. */
export const BLOCK = /\n```nginx\n(.*?)\n```\n/s.exec(readFileSync("../README.md", "utf8"))[1];

/** Starts it in front of an OCP as `startServer` makes it. */
export const startNginx = (ocp = {}) => startServer("nginx", ocp, ({ dir, own, port, ocp, authority }) => {
  const block = replaced(BLOCK, [
    ["listen 443 ssl;", `listen ${HERE}:${port} ssl;`],
    [`server_name ${NAMES.panel};`, `server_name ${HERE};`],
    [`https://${NAMES.panel.replaceAll(".", "\\.")}`, `https://${HERE.replaceAll(".", "\\.")}:${port}`],
    [`https://${NAMES.ocp};`, `https://${HERE}:${ocp};`],
    ["/etc/nginx/panel.crt", own.cert],
    ["/etc/nginx/panel.key", own.key],
    ["/etc/nginx/ocp-ca.crt", authority],
    ["/srv/ocp-log-backup-panel/", `${resolve("../dist")}/`],
  ]);
  // All that nginx writes is in the folder, and it is one process with the rights of this one.
  const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${dir}/${name};`).join(" ");
  const conf = `daemon off; master_process off; pid ${dir}/nginx.pid; events {}\nhttp { access_log off; ${folders}\n${block}\n}\n`;
  writeFileSync(join(dir, "nginx.conf"), conf);
  return ["-p", dir, "-c", join(dir, "nginx.conf"), "-e", join(dir, "error.log")];
});
