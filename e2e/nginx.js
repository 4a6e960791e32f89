// The archive's nginx, in front of the archive's site and of an OCP that speaks TLS. The certificates are made for each test.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { unpack } from "./site.js";
import { HERE, NAMES, replaced, startServer } from "./tls.js";

/** Starts it in front of an OCP as `startServer` makes it. */
export const startNginx = (ocp = {}) => startServer("nginx", ocp, ({ dir, own, port, ocp, authority }) => {
  const folder = unpack(dir);
  const server = replaced(readFileSync(join(folder, "nginx.conf"), "utf8"), [
    ["listen 443 ssl;", `listen ${HERE}:${port} ssl;`],
    [`server_name ${NAMES.panel};`, `server_name ${HERE};`],
    [`https://${NAMES.panel.replaceAll(".", "\\.")}`, `https://${HERE.replaceAll(".", "\\.")}:${port}`],
    [`https://${NAMES.ocp};`, `https://${HERE}:${ocp};`],
    ["/etc/nginx/panel.crt", own.cert],
    ["/etc/nginx/panel.key", own.key],
    ["/etc/nginx/ocp-ca.crt", authority],
    ["/srv/ocp-log-backup-panel/", `${folder}/`],
  ]);
  // All that nginx writes is in the folder, and it is one process with the rights of this one.
  const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${dir}/${name};`).join(" ");
  const conf = `daemon off; master_process off; pid ${dir}/nginx.pid; events {}\nhttp { access_log off; ${folders}\n${server}\n}\n`;
  writeFileSync(join(dir, "nginx.conf"), conf);
  return ["-p", dir, "-c", join(dir, "nginx.conf"), "-e", join(dir, "error.log")];
});
