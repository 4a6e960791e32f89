// `cargo xtask serve --ocp`: the panel in front of another server, which here is the simulated one.
import { expect, test } from "./panel.js";

test.use({ baseURL: "http://127.0.0.1:8191" });

const ENDPOINT = "/api/v2/ob/clusters/1000006/backup/task/logBackupTasks";

test("shows the tasks of the OCP behind it", async ({ panel }) => {
  await panel.open("cluster=1000006", "ready");
  await expect(panel.rows).toHaveCount(14);
});

test("forwards the one GET and the sign-in, and nothing else", async ({ request }) => {
  expect((await request.get(`${ENDPOINT}?page=1&size=10`)).status()).toBe(200);
  expect((await request.post(`${ENDPOINT}?page=1&size=10`)).status()).toBe(405);
  const signIn = await request.get("/login");
  expect(await signIn.text()).toContain("password");
  expect(signIn.headers()["content-security-policy"]).toBeUndefined();
  for (const path of ["/api/v2/ob/clusters", "/api/v1/users", "/api/v2/ob/clusters/1/backup/task/other"]) {
    expect((await request.get(path)).status(), path).toBe(404);
  }
  expect((await request.put("/preview/clusters/1/fault/403")).status()).toBe(405);
});

test("passes OCP's refusals on as they are", async ({ request }) => {
  const refused = await request.get(`${ENDPOINT}?page=1`);
  expect(refused.status()).toBe(400);
  expect((await refused.json()).error.message).toContain("size");
});
