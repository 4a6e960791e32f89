// Caddy as docs/embedding.md has it, taken from there word for word: the panel behind it, in front of an OCP with TLS.
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { COOKIE, ENDPOINT, FILES, REFUSED, isGuarded, signIn, testsOf } from "./front.js";
import { expect } from "./panel.js";
import { HERE, NAMES, replaced, startServer } from "./tls.js";

const BLOCK = /\n```caddy\n(.*?)\n```\n/s.exec(readFileSync("../docs/embedding.md", "utf8"))[1];

const startCaddy = (ocp) => startServer("caddy", ocp, ({ dir, own, port, ocp, authority }) => {
  const block = replaced(BLOCK, [
    [`https://${NAMES.panel}`, `https://${HERE}:${port}`],
    [`https://${NAMES.ocp}`, `https://${HERE}:${ocp}`],
    ["/etc/caddy/panel.crt", own.cert],
    ["/etc/caddy/panel.key", own.key],
    ["/etc/caddy/ocp-ca.crt", authority],
    ["/srv/ocp-log-backup-panel", resolve("../dist")],
  ]);
  writeFileSync(join(dir, "Caddyfile"), `{\n    admin off\n    auto_https off\n    log {\n        output file ${dir}/error.log\n    }\n}\n${block}\n`);
  return ["run", "--config", join(dir, "Caddyfile"), "--adapter", "caddyfile"];
});

const test = testsOf(startCaddy);

test("Caddy shows the tasks of an OCP whose certificate it verified, after the sign-in through it", async ({ panel, page, front }) => {
  await signIn(panel, page, front);
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

test("Caddy forwards one path and GET alone, and what comes from its own page", async ({ front }) => {
  expect((await front.ask(`${ENDPOINT}?page=1`, { headers: COOKIE })).status).toBe(200);
  expect(front.heard.map(({ method, url }) => [method, url])).toEqual([["GET", `${ENDPOINT}?page=1`]]);
  for (const [path, given, status] of [
    [ENDPOINT, { method: "POST" }, 404], [ENDPOINT, { headers: { Origin: "https://evil.example" } }, 403], [`${ENDPOINT}/x`, {}, 404], ["/api/v1/users", {}, 404],
    ["/log-backup/", { method: "POST" }, 405],
  ]) expect((await front.ask(path, given)).status, `${given.method ?? "GET"} ${path}`).toBe(status);
  expect(front.heard).toHaveLength(1);
  // A path that is the endpoint only once it is tidied up is forwarded tidied up.
  await front.ask("/api/v1/x/..%2f../v2/ob/clusters/7/backup/task/logBackupTasks", { headers: COOKIE });
  await front.ask("/api/v2/ob/clusters/1%2f..%2f2/backup/task/logBackupTasks", { headers: COOKIE });
  for (const { url } of front.heard.slice(1)) expect(url).toMatch(/^\/api\/v2\/ob\/clusters\/\d+\/backup\/task\/logBackupTasks$/);
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
