// The simulated OCP parses as strictly as the real one, or the tests above it would prove nothing.
import { readFileSync } from "node:fs";

import { expect, test } from "./panel.js";

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

test("serves the wasm compressed, with its type and a strict policy", async ({ request }) => {
  const wasm = await request.get("/log-backup-panel_bg.wasm", { headers: { "Accept-Encoding": "br" } });
  const headers = wasm.headers();
  expect([headers["content-type"], headers["content-encoding"], headers["cache-control"]]).toEqual(["application/wasm", "br", "no-cache"]);
  for (const line of readFileSync("../preview/security-headers.txt", "utf8").trim().split("\n")) {
    const [name, value] = line.split(": ");
    expect(headers[name.toLowerCase()], name).toBe(value);
  }
});
