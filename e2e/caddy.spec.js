// What an operator gets for Caddy, taken out of the archive: the panel behind it, in front of an OCP with TLS.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ASTRAY, CLUSTERS, COOKIE, ENDPOINT, FILES, KEPT, REFUSED, comeBack, isGuarded, signIn, testsOf } from "./front.js";
import { expect } from "./panel.js";
import { unpack } from "./site.js";
import { HERE, NAMES, replaced, startServer } from "./tls.js";

const startCaddy = (ocp) => startServer("caddy", ocp, ({ dir, own, port, ocp, authority }) => {
  const folder = unpack(dir);
  const server = replaced(readFileSync(join(folder, "Caddyfile"), "utf8"), [
    [`https://${NAMES.panel}`, `https://${HERE}:${port}`],
    [`https://${NAMES.ocp}`, `https://${HERE}:${ocp}`],
    ["/etc/caddy/panel.crt", own.cert],
    ["/etc/caddy/panel.key", own.key],
    ["/etc/caddy/ocp-ca.crt", authority],
    ["/srv/ocp-log-backup-panel", folder],
  ]);
  writeFileSync(join(dir, "Caddyfile"), `{\n    admin off\n    auto_https off\n    log {\n        output file ${dir}/error.log\n    }\n}\n${server}\n`);
  return ["run", "--config", join(dir, "Caddyfile"), "--adapter", "caddyfile"];
});

const test = testsOf(startCaddy);

test("Caddy shows the tasks of an OCP whose certificate it verified, after the sign-in through it", async ({ panel, page, front }) => {
  await signIn(panel, page, front);
});

test("Caddy lets the sign-in lead back to the view that the browser left", async ({ panel, page, front }) => {
  await comeBack(panel, page, front);
});

for (const [what, ocp] of REFUSED) {
  test.describe(() => {
    test.use({ ocp });
    test(`Caddy asks no OCP whose certificate ${what}`, async ({ front }) => {
      expect((await front.ask(ENDPOINT, { headers: COOKIE })).status).toBe(502);
      expect(front.log()).toContain("x509");
      expect(front.heard).toEqual([]);
    });
  });
}

test("Caddy forwards two paths by GET alone, the sign-in, and what comes from its own page", async ({ front }) => {
  const asked = [`${ENDPOINT}?page=1`, CLUSTERS, ...KEPT.map((query) => `/login?${query}`)];
  for (const path of asked) expect((await front.ask(path, { headers: COOKIE })).status, path).toBe(200);
  expect(front.heard.map(({ method, url }) => [method, url])).toEqual(asked.map((path) => ["GET", path]));
  for (const [path, given, status] of [
    [ENDPOINT, { method: "POST" }, 404], [ENDPOINT, { headers: { Origin: "https://evil.example" } }, 403], [`${ENDPOINT}/x`, {}, 404],
    [CLUSTERS, { method: "POST" }, 404], [CLUSTERS, { headers: { Origin: "https://evil.example" } }, 403], ["/api/v2/ob/clusters/", {}, 404],
    ["/api/v2/ob/clusters/5", {}, 404], ["/api/v1/users", {}, 404], ["/log-backup/", { method: "POST" }, 405],
    ...ASTRAY.map((query) => [`/login?${query}`, {}, 400]),
  ]) expect((await front.ask(path, given)).status, `${given.method ?? "GET"} ${path}`).toBe(status);
  expect(front.heard).toHaveLength(asked.length);
  // A path that is the endpoint only once it is tidied up is forwarded tidied up.
  await front.ask("/api/v1/x/..%2f../v2/ob/clusters/7/backup/task/logBackupTasks", { headers: COOKIE });
  await front.ask("/api/v2/ob/clusters/1%2f..%2f2/backup/task/logBackupTasks", { headers: COOKIE });
  for (const { url } of front.heard.slice(asked.length)) expect(url).toMatch(/^\/api\/v2\/ob\/clusters\/\d+\/backup\/task\/logBackupTasks$/);
});

test("Caddy serves the panel compressed, with its types and the headers under which it is tested", async ({ front }) => {
  for (const [path, type] of FILES) {
    const told = await front.ask(path, { headers: { "Accept-Encoding": "br" } });
    expect([told.status, told.headers["content-encoding"]], path).toEqual([200, "br"]);
    expect(told.headers["content-type"].split(";")[0], path).toBe(type);
    expect(told.headers["cache-control"]).toBe("no-cache");
    isGuarded(told, path);
  }
});
