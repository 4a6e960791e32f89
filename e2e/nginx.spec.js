// What an operator gets for nginx, taken out of the archive: the panel behind it, in front of an OCP with TLS.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { gunzipSync } from "node:zlib";

import { ASTRAY, CLUSTERS, COOKIE, ENDPOINT, FILES, KEPT, REFUSED, comeBack, isGuarded, signIn, testsOf } from "./front.js";
import { expect } from "./panel.js";
import { startNginx } from "./nginx.js";

const test = testsOf(startNginx);

test("shows the tasks of an OCP whose certificate it verified, after the sign-in through it", async ({ panel, page, front }) => {
  await signIn(panel, page, front);
  const login = front.heard.find(({ url }) => url === "/api/v1/login");
  expect(JSON.parse(login.body)).toEqual({ username: "reader", password: "s3cret" });
});

test("lets the sign-in lead back to the view that the browser left", async ({ panel, page, front }) => {
  await comeBack(panel, page, front);
});

for (const [what, ocp] of REFUSED) {
  test.describe(() => {
    test.use({ ocp });
    test(`asks no OCP whose certificate ${what}, and the panel says that OCP can't be reached`, async ({ panel, page, front }) => {
      await page.goto(`${front.origin}/log-backup/?cluster=1000006&lang=en`);
      await panel.rests("error");
      await expect(page.getByRole("alert")).toContainText("The proxy can't reach OCP");
      await expect(page.getByRole("alert")).toContainText("502");
      expect(front.log()).toMatch(/upstream SSL certificate (does not match|verify error)/);
      expect(front.heard).toEqual([]);
    });
  });
}

test("no foreign page can frame it, and none can send anything through it", async ({ panel, page, front }) => {
  panel.complains("frame-ancestors", "blocked by CORS");
  const frames = ["/login", "/log-backup/"].map((path) => `<iframe src="${front.origin}${path}"></iframe>`).join("");
  const foreign = createServer((_, response) => response.setHeader("Content-Type", "text/html").end(frames)).listen(0, "localhost");
  await once(foreign, "listening");
  await page.goto(`http://localhost:${foreign.address().port}/`);
  // What has no such policy shows: it is the policy that refuses the other one.
  await expect(page.frameLocator("iframe").first().getByRole("button", { name: "Sign in" })).toBeVisible();
  await expect(page.frameLocator("iframe").last().locator("main")).toHaveCount(0);
  const send = (url) => fetch(url, { method: "POST", credentials: "include", body: "username=x" }).catch((error) => error.name);
  expect(await page.evaluate(send, `${front.origin}/api/v1/login`)).toBe("TypeError");
  expect(front.heard.map(({ method }) => method)).not.toContain("POST");
  foreign.close();
});

test("lets nothing through but the two GETs and the sign-in, and these in one spelling", async ({ front }) => {
  const refused = [
    [403, ENDPOINT, { method: "POST" }],
    [403, ENDPOINT, { method: "DELETE" }],
    [403, ENDPOINT, { headers: { Origin: "https://evil.example" } }],
    [403, ENDPOINT, { headers: { Origin: "null" } }],
    [403, "/api/v1/login", { method: "PUT" }],
    [403, "/log-backup/", { method: "POST" }],
    [404, "/"],
    [404, "/log-backup/../etc/passwd"],
    [404, "/log-backup/no-such-file"],
    [403, CLUSTERS, { method: "POST" }],
    [403, CLUSTERS, { headers: { Origin: "https://evil.example" } }],
    [404, "/api/v2/ob/clusters/"],
    [404, "/api/v2/ob/clusters/5"],
    [404, "/api/v2/ob/clusters.js"],
    [404, "/api/v1/users"],
    [404, "/api/v1/users.js"],
    [404, "/API/v2/ob/clusters/5/backup/task/logBackupTasks"],
    [404, "/;/api/v2/ob/clusters/5/backup/task/logBackupTasks"],
    [404, "/;/api/v1/users.js"],
    [404, "/api/v2/ob/clusters/5;x/backup/task/logBackupTasks"],
    [404, "/api/v2/ob/clusters/%E5/backup/task/logBackupTasks"],
    [404, "/api/v2/ob/clusters/..%2f..%2f..%2fv1%2fusers%3fz/backup/task/logBackupTasks"],
    [404, "/login/..%2fapi%2fv1%2fusers"],
    ...ASTRAY.map((query) => [400, `/login?${query}`]),
  ];
  for (const [status, path, options] of refused) {
    expect((await front.ask(path, options)).status, `${options?.method ?? "GET"} ${path}`).toBe(status);
  }
  expect(front.heard).toEqual([]);
  const spelled = (path) => [path, `/${path}`, `/x/..${path}`, `/%61pi${path.slice(4)}`, `/api/v1/users/..%2f..%2f..${path}`, `/api/v1/users%3f/../../..${path}`];
  for (const spelling of [...spelled(`${ENDPOINT}?page=1&size=20`), ...spelled(CLUSTERS)]) {
    expect((await front.ask(spelling, { headers: COOKIE })).status, spelling).toBe(200);
  }
  expect(new Set(front.heard.map(({ method, url }) => `${method} ${url}`))).toEqual(new Set([`GET ${ENDPOINT}?page=1&size=20`, `GET ${CLUSTERS}`]));
  const signIns = KEPT.map((query) => `/login?${query}`);
  for (const path of signIns) expect((await front.ask(path)).status, path).toBe(200);
  expect(front.heard.slice(-signIns.length).map(({ url }) => url)).toEqual(signIns);
});

test("forwards the headers that are listed and no body, and takes nothing from OCP that is of its origin", async ({ front }) => {
  const headers = {
    ...COOKIE, Accept: "application/json", "Accept-Language": "zh-CN", Authorization: "Bearer t", "X-HTTP-Method-Override": "DELETE", "X-Original-URL": "/api/v1/users",
    "Proxy-Authorization": "Basic x", "Content-Length": "4",
  };
  for (const path of [`${ENDPOINT}?page=1`, CLUSTERS]) {
    const told = await front.ask(path, { headers, body: "body" });
    expect(told.status).toBe(200);
    const { url, headers: heard, body } = front.heard.at(-1);
    expect([url, body]).toEqual([path, ""]);
    expect(Object.keys(heard).sort()).toEqual(["accept", "accept-language", "authorization", "connection", "cookie", "host"]);
    expect([heard.accept, heard["accept-language"], heard.authorization, heard.cookie]).toEqual(["application/json", "zh-CN", "Bearer t", COOKIE.Cookie]);
    for (const name of ["access-control-allow-origin", "clear-site-data", "strict-transport-security"]) expect(told.headers[name], name).toBeUndefined();
  }
});

test("serves the panel compressed, with its types and the headers under which it is tested", async ({ front }) => {
  for (const [path, type] of FILES) {
    const packed = await front.ask(path, { headers: { "Accept-Encoding": "gzip" } });
    expect([packed.status, packed.headers["content-encoding"], packed.headers["content-type"]], path).toEqual([200, "gzip", type]);
    expect(packed.headers["cache-control"]).toBe("no-cache");
    expect(packed.headers.vary).toBe("Accept-Encoding");
    const file = readFileSync(`../dist/${path.slice("/log-backup/".length) || "index.html"}`);
    expect(gunzipSync(packed.body).equals(file), path).toBe(true);
    expect((await front.ask(path)).body.equals(file), path).toBe(true);
    isGuarded(packed, path);
  }
  // What is not there has them, too.
  isGuarded(await front.ask("/log-backup/no-such-file"), "what is not there");
});
