// Caddy as docs/embedding.md has it, taken from there word for word: the panel behind it, in front of an OCP with TLS.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { expect, test as base } from "./panel.js";
import { HERE, NAMES, replaced, startServer } from "./tls.js";

const BLOCK = /\n```caddy\n(.*?)\n```\n/s.exec(readFileSync("../docs/embedding.md", "utf8"))[1];
const ENDPOINT = "/api/v2/ob/clusters/1000006/backup/task/logBackupTasks";
const COOKIE = { Cookie: "OCP_SESSION=s3cret" };

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
}, (dir) => (existsSync(join(dir, "error.log")) ? readFileSync(join(dir, "error.log"), "utf8") : ""));

const test = base.extend({
  /** The certificate of the OCP behind it, see `startServer`. */
  ocp: [{}, { option: true }],
  caddy: async ({ ocp }, use) => {
    const caddy = await startCaddy(ocp);
    await use(caddy);
    await caddy.stop();
  },
});
// The browser does not know the test's authority. Caddy, whose checks are tested here, does.
test.use({ ignoreHTTPSErrors: true });

test("Caddy shows the tasks of an OCP whose certificate it verified, after the sign-in through it", async ({ panel, page, caddy }) => {
  await page.goto(`${caddy.origin}/log-backup/?cluster=1000006&lang=en`);
  await panel.rests("error");
  await page.getByRole("link", { name: "Sign in to OCP" }).click();
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveTitle("Signed in");
  await page.goBack();
  await panel.rests("ready");
  await expect(panel.rows).toHaveCount(1);
});

for (const [what, ocp] of [["is for another name", { host: "other.example.com" }], ["is by another authority", { isTrusted: false }]]) {
  test.describe(() => {
    test.use({ ocp });
    test(`Caddy asks no OCP whose certificate ${what}`, async ({ caddy }) => {
      expect((await caddy.ask(ENDPOINT, { headers: COOKIE })).status).toBe(502);
      expect(caddy.log()).toContain("x509");
      expect(caddy.heard).toEqual([]);
    });
  });
}

test("Caddy forwards one path and GET alone, and what comes from its own page", async ({ caddy }) => {
  expect((await caddy.ask(`${ENDPOINT}?page=1`, { headers: COOKIE })).status).toBe(200);
  expect(caddy.heard.map(({ method, url }) => [method, url])).toEqual([["GET", `${ENDPOINT}?page=1`]]);
  for (const [path, given, status] of [
    [ENDPOINT, { method: "POST" }, 404], [ENDPOINT, { headers: { Origin: "https://evil.example" } }, 403], [`${ENDPOINT}/x`, {}, 404], ["/api/v1/users", {}, 404],
    ["/log-backup/", { method: "POST" }, 405],
  ]) expect((await caddy.ask(path, given)).status, `${given.method ?? "GET"} ${path}`).toBe(status);
  expect(caddy.heard).toHaveLength(1);
  // A path that is the endpoint only once it is tidied up is forwarded tidied up.
  await caddy.ask("/api/v1/x/..%2f../v2/ob/clusters/7/backup/task/logBackupTasks", { headers: COOKIE });
  await caddy.ask("/api/v2/ob/clusters/1%2f..%2f2/backup/task/logBackupTasks", { headers: COOKIE });
  for (const { url } of caddy.heard.slice(1)) expect(url).toMatch(/^\/api\/v2\/ob\/clusters\/\d+\/backup\/task\/logBackupTasks$/);
});

test("Caddy serves the panel compressed, with its types and the headers under which it is tested", async ({ caddy }) => {
  const promised = readFileSync("../preview/security-headers.txt", "utf8").trim().split("\n").map((line) => line.split(": "));
  for (const [path, type] of [
    ["/log-backup/", "text/html"], ["/log-backup/page.js", "text/javascript"], ["/log-backup/page.css", "text/css"],
    ["/log-backup/log-backup-panel_bg.wasm", "application/wasm"],
  ]) {
    const told = await caddy.ask(path, { headers: { "Accept-Encoding": "br" } });
    expect([told.status, told.headers["content-encoding"]], path).toEqual([200, "br"]);
    expect(told.headers["content-type"].split(";")[0], path).toBe(type);
    expect(told.headers["cache-control"]).toBe("no-cache");
    for (const [name, value] of promised) expect(told.headers[name.toLowerCase()], `${name} of ${path}`).toBe(value);
  }
});
