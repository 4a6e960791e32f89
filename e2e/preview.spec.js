// The simulated OCP parses as strictly as the real one, or the tests above it would prove nothing.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

import { expect, test } from "./panel.js";
import { PREVIEW } from "./playwright.config.js";

const CLUSTERS = "/api/v2/ob/clusters";
const ENDPOINT = "/api/v2/ob/clusters/1000006/backup/task/logBackupTasks";
const REFUSED = [
  ["", "Missing parameter 'page'"],
  ["?page=1", "Missing parameter 'size'"],
  ["?page=one&size=10", "Invalid argument 'page'"],
  ["?page=1&size=10&startTime=2026-01-01T00:00:00.000Z", "must be given together"],
  ["?page=1&size=10&startTime=2026-01-01T00:00:00%2B0800&endTime=2026-01-02T00:00:00%2B0800", "Invalid argument 'startTime'"],
  ["?page=1&size=10&startTime=2026-01-01T00:00:00+08:00&endTime=2026-01-02T00:00:00+08:00", "Invalid argument 'startTime'"],
  ["?page=1&size=10&startTime=1926-01-01T00:00:00Z&endTime=2026-01-01T00:00:00Z", "must not be longer"],
];
for (const [query, message] of REFUSED) {
  test(`refuses ${query || "no parameters"}`, async ({ request }) => {
    const answer = await request.get(ENDPOINT + query);
    expect(answer.status()).toBe(400);
    const body = await answer.json();
    expect([body.successful, body.status]).toEqual([false, 400]);
    expect(body.error.message).toContain(message);
  });
}

test("answers a page beyond the end with an empty list, and clamps the size", async ({ request }) => {
  const beyond = await (await request.get(`${ENDPOINT}?page=99&size=10`)).json();
  expect([beyond.successful, beyond.data.contents, beyond.data.page.totalElements]).toEqual([true, [], 14]);
  const large = await (await request.get("/api/v2/ob/clusters/1000005/backup/task/logBackupTasks?page=1&size=9999")).json();
  expect(large.data.contents.length).toBe(2000);
});

test("advances its checkpoints with the clock, but for the stalled tenant", async ({ request }) => {
  const checkpoints = async () => {
    const rows = (await (await request.get(`${ENDPOINT}?page=1&size=14`)).json()).data.contents;
    return Object.fromEntries(rows.map((row) => [row.tenantName, row]));
  };
  const first = await checkpoints();
  await expect.poll(async () => (await checkpoints()).sys.delay).not.toBe(first.sys.delay);
  const later = await checkpoints();
  expect(later.tenant_1001.checkpoint).toBe(first.tenant_1001.checkpoint);
  expect(later.tenant_1001.delay).toBeGreaterThan(first.tenant_1001.delay);
});

for (const [query, message] of [
  ["?page=one", "Invalid argument 'page': one"],
  ["?sort=name,up", "Invalid argument 'sort': name,up"],
  ["?status=RUNNING,OFF", "Invalid argument 'status': OFF"],
]) {
  test(`refuses the list of clusters with ${query}`, async ({ request }) => {
    const answer = await request.get(CLUSTERS + query);
    expect(answer.status()).toBe(400);
    const body = await answer.json();
    expect([body.successful, body.status, body.error.message]).toEqual([false, 400, message]);
  });
}

test("lists 3,000 clusters in pages, found by name and status", async ({ request }) => {
  const list = async (query) => (await (await request.get(CLUSTERS + query)).json()).data;
  const first = await list("");
  expect(first.page).toEqual({ number: 1, size: 10, totalElements: 3000, totalPages: 300 });
  const pages = await Promise.all([list("?size=2000&sort=name,asc"), list("?size=2000&sort=name,asc&page=2")]);
  const names = pages.flatMap(({ contents }) => contents.map(({ name }) => name));
  expect(new Set(names).size).toBe(3000);
  expect((await list("?name=YC0820")).contents.map(({ name }) => name)).toEqual(["yc0820_17", "yc0820_17_standby"]);
  const stopped = (await list("?status=STOPPED,FAILOVER&size=2000")).contents;
  expect(new Set(stopped.map(({ status }) => status))).toEqual(new Set(["STOPPED", "FAILOVER"]));
});

test("names a cluster in its tasks as the list does", async ({ request }) => {
  const listed = [];
  for (const query of ["?size=4", "?size=2&name=_dr", "?size=2&name=%E4%B8%AD%E5%8F%B0"]) {
    listed.push(...(await (await request.get(CLUSTERS + query)).json()).data.contents);
  }
  for (const { id, name, obClusterId, type } of listed) {
    const { data } = await (await request.get(`${CLUSTERS}/${id}/backup/task/logBackupTasks?page=1&size=1`)).json();
    for (const task of data.contents) {
      expect([task.clusterId, task.clusterName, task.obClusterId, task.clusterType]).toEqual([id, name, obClusterId, type]);
    }
  }
});

test("plays the faults of a cluster on the list of clusters, too", async ({ request }) => {
  // A server of this test's own: the list is the same one for all tests.
  const program = spawn(PREVIEW, ["--api-only", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(createInterface(program.stdout), "line");
  const [origin] = line.match(/^http:\/\/[^/]+/);
  const play = async (fault) => (await request.put(`${origin}/preview/clusters/fault/${fault}`)).status();
  for (const [fault, status] of [["401", 401], ["403", 403], ["404-json", 404], ["429-retry-after", 429], ["500-json", 500], ["html-200", 200]]) {
    expect(await play(fault), fault).toBe(204);
    expect((await request.get(origin + CLUSTERS)).status(), fault).toBe(status);
  }
  expect(await play("silence")).toBe(204);
  await expect(request.get(origin + CLUSTERS, { timeout: 500 })).rejects.toThrow();
  expect(await play("none")).toBe(204);
  expect((await request.get(origin + CLUSTERS)).status()).toBe(200);
  program.kill();
});

test("serves the wasm compressed, with its type and a strict policy", async ({ request }) => {
  const wasm = await request.get("/log-backup-panel_bg.wasm", { headers: { "Accept-Encoding": "br" } });
  const headers = wasm.headers();
  expect([headers["content-type"], headers["content-encoding"], headers["cache-control"]]).toEqual(["application/wasm", "br", "no-cache"]);
  for (const line of readFileSync("../preview/security-headers.txt", "utf8").trim().split("\n")) {
    const [name, value] = line.split(": ");
    expect(headers[name.toLowerCase()], name).toBe(value);
  }
});
