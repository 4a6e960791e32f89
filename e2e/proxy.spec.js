// `cargo xtask serve --ocp`: the panel in front of another server. The program's own tests, in preview/src/tests/, look at what reaches
// that server; here is what a browser sees and does.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { createInterface } from "node:readline";

import { answer, expect, test } from "./panel.js";
import { PREVIEW } from "./playwright.config.js";

const CLUSTERS = "/api/v2/ob/clusters";
const TASKS = `${CLUSTERS}/1000006/backup/task/logBackupTasks`;

test.describe("in front of the simulated OCP", () => {
  test.use({ baseURL: "http://127.0.0.1:8191" });

  test("shows the tasks of the OCP behind it", async ({ panel }) => {
    await panel.open("cluster=1000006", "ready");
    await expect(panel.rows).toHaveCount(14);
  });

  test("forwards the two lists and the sign-in, and nothing else", async ({ request }) => {
    expect((await request.get(`${TASKS}?page=1&size=10`)).status()).toBe(200);
    expect((await request.post(`${TASKS}?page=1&size=10`)).status()).toBe(405);
    expect((await request.get(CLUSTERS)).status()).toBe(200);
    expect((await request.post(CLUSTERS)).status()).toBe(405);
    const signIn = await request.get("/login");
    expect(await signIn.text()).toContain("password");
    expect(signIn.headers()["content-security-policy"]).toBeUndefined();
    for (const path of [`${CLUSTERS}/`, `${CLUSTERS}/1`, "/api/v1/users", "/api/v2/ob/clusters/1/backup/task/other"]) {
      expect((await request.get(path)).status(), path).toBe(404);
    }
    for (const path of ["/preview/clusters/1/fault/403", "/preview/clusters/fault/403"]) {
      expect((await request.put(path)).status(), path).toBe(405);
    }
  });

  test("passes OCP's refusals on as they are", async ({ request }) => {
    const refused = await request.get(`${TASKS}?page=1`);
    expect(refused.status()).toBe(400);
    expect((await refused.json()).error.message).toContain("size");
    const unknown = await request.get(`${CLUSTERS}?status=OFF`);
    expect(unknown.status()).toBe(400);
    expect((await unknown.json()).error.message).toContain("Invalid argument 'status'");
  });

  test("finds clusters of the OCP behind it, and forwards no parameter in an odd form", async ({ request }) => {
    const found = await request.get(CLUSTERS, { params: { name: "中台_会员_07", status: "RUNNING,STOPPED", sort: "name,asc", page: 1, size: 5 } });
    const { data } = await found.json();
    expect(data.contents.map(({ name }) => name)).toEqual(["中台_会员_07"]);
    for (const query of ["page=one", "sort=name;x", "status=running", `name=${"a".repeat(129)}`, "name=a%0d%0ab"]) {
      const refused = await request.get(`${CLUSTERS}?${query}`);
      expect(refused.status(), query).toBe(400);
      expect(await refused.text(), query).toContain("this server does not take");
    }
  });
});

/** With an OCP of the test's own, `ocp`, which notes what reaches it and answers as it is told. */
const proxied = test.extend({
  ocp: async ({}, use) => {
    const ocp = { seen: [], answers: null };
    const server = createServer((request, response) => {
      ocp.seen.push(`${request.method} ${request.url}`);
      ocp.answers(request, response);
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const behind = `http://127.0.0.1:${server.address().port}`;
    const program = spawn(PREVIEW, ["--dist", "../dist", "--port", "0", "--ocp", behind], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(createInterface(program.stdout), "line");
    ocp.url = line.match(/^http:\/\/[^/]+/)[0];
    await use(ocp);
    program.kill();
    server.close();
    server.closeAllConnections();
  },
  baseURL: async ({ ocp }, use) => use(ocp.url),
});

const json = (response, status, body, headers = {}) => {
  response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(body));
};

proxied("keeps a session that OCP allows under TLS alone", async ({ ocp, panel, page }) => {
  ocp.answers = (request, response) => {
    if (request.url === "/login") {
      response.setHeader("Content-Type", "text/html");
      response.end(`<button onclick="fetch('/api/v1/login', { method: 'POST', body: '{}' }).then((it) => { this.textContent = it.status; })">Sign in</button>`);
    } else if (request.method === "POST") {
      json(response, 200, {}, { "Set-Cookie": "__Host-session=1; Path=/; Secure; HttpOnly; SameSite=None; Partitioned" });
    } else if (request.headers.cookie === "__Host-session=1") {
      json(response, 200, answer([{ tenantName: "sys", status: "DOING" }]));
    } else {
      json(response, 401, { successful: false, error: { code: 70101, message: "Authentication required" } });
    }
  };
  await panel.open("cluster=1000006", "error");
  await page.goto("/login");
  await page.getByRole("button").click();
  await expect(page.getByRole("button")).toHaveText("200");
  await panel.open("cluster=1000006", "ready");
  await expect(panel.rows).toHaveCount(1);
});

proxied("refuses the form of another site, and opens its link", async ({ ocp, panel, page }) => {
  ocp.answers = (request, response) => json(response, 200, answer([{ tenantName: "sys", status: "DOING" }]));
  const form = `<form method="post" action="${ocp.url}/api/v1/login"><input name="user"><button>Win</button></form>`;
  const elsewhere = `<!doctype html>${form}<a href="${ocp.url}/?cluster=1000006">Panel</a>`;
  await page.route("http://elsewhere.example/", (route) => route.fulfill({ contentType: "text/html", body: elsewhere }));
  await page.goto("http://elsewhere.example/");
  await page.getByRole("button").click();
  await expect(page.getByText("A page of another site may not ask this server.")).toBeVisible();
  expect(ocp.seen).toEqual([]);
  await page.goto("http://elsewhere.example/");
  await page.getByRole("link").click();
  await panel.rests("ready");
  expect(ocp.seen).toHaveLength(1);
});

proxied("says in the panel why there is no answer", async ({ ocp, panel, page }) => {
  ocp.answers = (request) => request.socket.destroy();
  await panel.open("cluster=1000006", "error");
  await expect(page.getByText("The proxy can't reach OCP")).toBeVisible();
  await expect(page.getByText("The connection from the proxy to OCP broke before an answer.")).toBeVisible();
});
