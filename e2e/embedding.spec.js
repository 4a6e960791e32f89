// What a host can do with the element: properties, methods, events, theming; and what it can't break.
import { host } from "./faults.js";
import { ENDPOINT, answer, expect, stopClock, test, watchWasm } from "./panel.js";

const GOOD = { status: "RUNNING", tenantName: "t1", delay: 77.6421, checkpoint: "2021-09-23T14:33:17.357+0800" };
const PANEL = '<ocp-log-backup-panel cluster-id="1000006"></ocp-log-backup-panel>';

/** Counts the requests to the endpoint. */
function count(page) {
  const asked = { count: 0, last: null };
  page.on("request", (request) => {
    if (!ENDPOINT.test(request.url()) || request.method() !== "GET") return;
    asked.count += 1;
    asked.last = request;
  });
  return asked;
}
/** Keeps the details of the element's events in `window.heard`. */
const hear = (page) => page.evaluate(() => {
  window.heard = [];
  for (const name of ["ocp-query-change", "ocp-data-load", "ocp-task-change", "ocp-auth-required", "ocp-error", "ocp-row-activate"]) {
    addEventListener(name, (event) => window.heard.push([name, event.detail, event.composed, event.cancelable]));
  }
});
const heard = (page, name) => page.evaluate((name) => window.heard.filter(([heard]) => heard === name).map(([, detail]) => detail), name);

test("keeps properties that were set before the element was defined", async ({ panel, page }) => {
  const asked = count(page);
  await page.route("**/late", (route) => route.fulfill({ contentType: "text/html", body: `<!doctype html><html lang="en"><body>${PANEL}` }));
  await page.goto("/late");
  await page.evaluate(() => {
    const panel = document.querySelector("ocp-log-backup-panel");
    panel.pageSize = 5;
    panel.columns = ["status", "tenant"];
    panel.headers = () => ({ "X-Token": "early" });
    return import("/ocp-log-backup-panel.js");
  });
  await panel.rests("ready");
  await expect(panel.rows).toHaveCount(5);
  expect(asked.last.headers()["x-token"]).toBe("early");
  await expect(page.locator("[role=columnheader]")).toHaveText(["Status", "Tenant"]);
  expect(await panel.element.getAttribute("columns")).toBe("status,tenant");
});

test("makes one update and one request of many changes", async ({ panel, page }) => {
  await stopClock(page);
  await host("", PANEL)({ panel, page });
  await panel.rests("ready");
  const asked = count(page);
  await panel.element.evaluate((element) => {
    element.pageSize = 10;
    element.scope = "page";
    element.range = "24h";
    element.clusterId = 1000005;
    element.lang = "zh";
    element.start = null;
    element.laggingSeconds = 60;
  });
  await expect(page.getByText("日志备份任务")).toBeVisible();
  await panel.rests("ready");
  expect(asked.count).toBe(1);
  expect(new URL(asked.last.url()).pathname).toContain("/1000005/");
  await panel.element.evaluate((element) => { element.theme = "dark"; element.columns = "status"; element.density = "compact"; });
  await expect(page.locator("[role=columnheader]")).toHaveCount(1);
  expect(asked.count).toBe(1);
});

test("names each attribute whose value it can't use, and goes on", async ({ panel, page }) => {
  const bad = { "page-size": "x", theme: "pink", density: "2", "time-zone": "Mars/Base", columns: "nope", credentials: "all", "page-sizes": "a", "refresh-seconds": "1" };
  const attributes = Object.entries(bad).map(([name, value]) => `${name}="${value}"`).join(" ");
  await host("", `<ocp-log-backup-panel cluster-id="1000006" ${attributes}></ocp-log-backup-panel>`)({ panel, page });
  await panel.rests("ready");
  panel.complains(...Object.entries(bad).map(([name, value]) => `${name}="${value}" is not used; expected`));
});

test("refreshes on demand and tells its state as plain JSON", async ({ panel, page }) => {
  await stopClock(page);
  await panel.answers(answer([GOOD, { ...GOOD, tenantName: "t2", status: "FAILED" }, 42], { totalElements: 30 }));
  await host("", PANEL.replace("></", ' scope="page"></'))({ panel, page });
  await panel.rests("ready");
  const asked = count(page);
  await panel.element.evaluate((element) => element.refresh());
  await expect.poll(() => asked.count).toBe(1);
  await panel.answered();
  expect(await panel.element.evaluate((element) => element.getState())).toEqual({
    phase: "ready", loading: false, error: null, filter: { sort: null, tone: null, kind: null, loss: null, find: null },
    query: { clusterId: "1000006", range: "all", start: null, end: null, timeZone: null, page: "1", pageSize: "20" },
    data: {
      clusterId: "1000006", page: 1, pageSize: 20, total: 30, tasks: 2, complete: false, unread: 1, asOf: "2021-09-23T06:34:35.149Z", worstDelaySeconds: 77.6421,
      restorableUntil: "2021-09-23T06:33:17.357Z", lossSeconds: 77.6421, lossUnknown: 0,
      tones: { neutral: 0, ok: 1, info: 0, warning: 0, critical: 1 }, criticalTasks: ["t2"],
    },
  });
});

test("tells the host of data, changes and failures", async ({ panel, page }) => {
  await stopClock(page);
  const answers = [answer([GOOD]), answer([{ ...GOOD, status: "INTERRUPTED", errorMsg: 'quote " and \\ and \u0001' }])];
  await page.route(ENDPOINT, (route) => {
    const next = answers.shift();
    return next ? route.fulfill({ json: next }) : route.fulfill({ status: 401, json: { error: { code: 70101, message: "Who?" }, successful: false, traceId: "t-9" } });
  });
  await page.addInitScript(() => addEventListener("ocp-data-load", () => { window.loads = (window.loads ?? 0) + 1; }));
  await host("", PANEL)({ panel, page });
  await panel.rests("ready");
  await hear(page);
  await page.locator("[part=refresh]").click();
  await expect.poll(() => heard(page, "ocp-task-change")).toEqual([
    { change: "status", kinds: ["status"], tasks: ["t1"], count: 1, from: "RUNNING", to: "INTERRUPTED", at: "2021-09-23T06:34:35.149Z" },
  ]);
  expect((await heard(page, "ocp-data-load"))[0].tones.critical).toBe(1);
  await page.locator("[part=refresh]").click();
  await panel.rests("stale");
  expect(await heard(page, "ocp-error")).toEqual([
    { kind: "not-signed-in", httpStatus: 401, code: "70101", message: "Who?", traceId: "t-9", server: null },
  ]);
  expect(await heard(page, "ocp-auth-required")).toHaveLength(1);
  expect(await page.evaluate(() => window.loads)).toBe(2);
});

test("lets the host open a page of its own for a row", async ({ panel, page }) => {
  await panel.answers(answer([{ ...GOOD, tenantId: 7, backupUri: "oss://b/p?access_key=K" }]));
  await host("", PANEL)({ panel, page });
  await panel.rests("ready");
  await hear(page);
  const open = panel.rows.first().locator("[part=open]");
  await open.click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  const [detail] = await heard(page, "ocp-row-activate");
  expect(detail).toMatchObject({ tenantId: "7", tenantName: "t1", status: "RUNNING", delay: 77.6421, backupUri: "oss://b/p?access_key=***", checkpoint: "2021-09-23T06:33:17.357Z" });
  await page.evaluate(() => addEventListener("ocp-row-activate", (event) => event.preventDefault()));
  await open.click();
  await expect.poll(() => heard(page, "ocp-row-activate")).toHaveLength(2);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("asks with the headers that the host gives, and says so where it gives none", async ({ panel, page }) => {
  await stopClock(page);
  await host("", PANEL)({ panel, page });
  await panel.rests("ready");
  const asked = count(page);
  await panel.element.evaluate((element) => {
    let turn = 0;
    element.headers = async () => ({ Authorization: `Bearer ${(turn += 1)}` });
    element.refresh();
  });
  await expect.poll(() => asked.last?.headers().authorization).toBe("Bearer 1");
  await panel.element.evaluate((element) => element.refresh());
  await expect.poll(() => asked.last.headers().authorization).toBe("Bearer 2");
  await panel.element.evaluate((element) => {
    element.headers = () => { throw new Error("token expired: access_key=K"); };
    element.refresh();
  });
  await panel.rests("stale");
  await expect(page.getByText("The page supplied no sign-in for OCP")).toBeVisible();
  await expect(page.getByText("token expired: access_key=***")).toBeVisible();
  for (const bad of [{ "bad name": "x" }, { "X-Number": 7 }, { "X-Break": "a\nb" }]) {
    await panel.element.evaluate((element, bad) => {
      element.headers = () => bad;
      element.refresh();
    }, bad);
    await expect(page.getByText(`“${Object.keys(bad)[0]}”`)).toBeVisible();
  }
  expect(asked.count).toBe(2);
});

for (const [attribute, sent] of [["", "same-origin"], ['credentials="include"', "include"], ['credentials="omit"', "omit"]]) {
  test(`sends cookies elsewhere only when told to: ${attribute || "not told"}`, async ({ panel, page }) => {
    const other = "http://127.0.0.1:8191";
    await page.addInitScript(() => {
      window.sent = [];
      const { fetch } = window;
      window.fetch = (...given) => {
        const { url, credentials } = new Request(...given);
        if (url.includes("logBackupTasks")) window.sent.push(credentials);
        return fetch(...given);
      };
    });
    await page.route(`${other}/**`, (route) => route.fulfill({
      json: answer([GOOD]),
      headers: { "Access-Control-Allow-Origin": "http://127.0.0.1:8190", "Access-Control-Allow-Credentials": "true", "Access-Control-Allow-Headers": "*" },
    }));
    await host("", `<ocp-log-backup-panel cluster-id="1000006" base-url="${other}" refresh-seconds="0" ${attribute}></ocp-log-backup-panel>`)({ panel, page });
    await panel.rests("ready");
    // The early request and one of the wasm's own.
    await panel.element.evaluate((element) => element.refresh());
    await expect.poll(() => page.evaluate(() => window.sent)).toEqual([sent, sent]);
  });
}

test("mounts by function, with the life of the element", async ({ panel, page }) => {
  await stopClock(page);
  await page.route("**/bare", (route) => route.fulfill({ contentType: "text/html", body: '<!doctype html><html lang="en"><main></main>' }));
  await page.goto("/bare");
  await page.evaluate(async () => {
    const { mountPanel } = await import("/ocp-log-backup-panel.js");
    window.loads = 0;
    window.panel = mountPanel(document.querySelector("main"), { clusterId: 1000006, pageSize: 5, scope: "page", on: { "ocp-data-load": () => { window.loads += 1; } } });
  });
  await panel.rests("ready");
  await expect(panel.rows).toHaveCount(5);
  await page.evaluate(() => window.panel.update({ pageSize: 3 }));
  await expect(panel.rows).toHaveCount(3);
  expect(await page.evaluate(() => window.loads)).toBe(2);
  await page.evaluate(() => window.panel.unmount());
  await expect(panel.element).toHaveCount(0);
});

test("shows and picks times in the zone that it is told", async ({ panel, page }) => {
  await panel.answers(answer([GOOD]));
  for (const [zone, checkpoint, offset] of [
    ["UTC", "2021-09-23 06:33:17", "UTC"], ["America/New_York", "2021-09-23 02:33:17", "UTC-0"], ["+05:45", "2021-09-23 12:18:17", "UTC+05:45"],
    ["GMT+7", "2021-09-23 13:33:17", "UTC+07:00"], ["+7", "2021-09-23 13:33:17", "UTC+07:00"],
  ]) {
    await host("", `<ocp-log-backup-panel cluster-id="1" time-zone="${zone}"></ocp-log-backup-panel>`)({ panel, page });
    await expect(panel.rows.first()).toContainText(checkpoint);
    await expect(page.getByText(`Times in ${offset}`)).toBeVisible();
  }
});

test("takes no abbreviation for a zone, even one that the browser knows", async ({ panel, page }) => {
  await panel.answers(answer([GOOD]));
  for (const zone of ["CST", "IST", "EST"]) {
    await host("", `<ocp-log-backup-panel cluster-id="1" time-zone="${zone}"></ocp-log-backup-panel>`)({ panel, page });
    await expect(panel.rows.first()).toContainText("2021-09-23 14:33:17");
    panel.complains(`time-zone="${zone}" is not used; expected local, UTC, an offset`);
  }
});

const LIGHT = "rgb(255, 255, 255)";
const DARK = "rgb(21, 27, 40)";
for (const [name, style, attributes, data, surface] of [
  ["is light in a page that knows no dark", "", "", "", LIGHT],
  ["follows the page's color-scheme", ":root { color-scheme: dark }", "", "", DARK],
  ["follows the page's data-theme", "", "", "dark", DARK],
  ["obeys its own theme first", ":root { color-scheme: dark }", 'theme="light"', "dark", LIGHT],
]) {
  test(name, async ({ panel, page }) => {
    await page.emulateMedia({ colorScheme: "dark" });
    await host(style, `<ocp-log-backup-panel cluster-id="1000006" ${attributes}></ocp-log-backup-panel>`)({ panel, page });
    await page.evaluate((data) => { if (data) document.documentElement.dataset.theme = data; }, data);
    await expect(page.locator(".card")).toHaveCSS("background-color", surface);
  });
}

test("is smaller in compact density", async ({ panel, page }) => {
  await host("", PANEL)({ panel, page });
  await panel.rests("ready");
  const height = () => panel.rows.nth(7).evaluate((row) => row.getBoundingClientRect().height);
  const comfortable = await height();
  await panel.element.evaluate((element) => { element.density = "compact"; });
  await expect.poll(height).toBeLessThan(comfortable - 3);
});

test("works from another origin, in two versions, and in several places at once", async ({ panel, page }) => {
  // The same files under another path stand for another version.
  await page.route("**/v2/*", async (route) => route.fulfill({ response: await route.fetch({ url: route.request().url().replace("/v2/", "/") }) }));
  await page.route("http://cdn.example/**", async (route) => {
    const response = await route.fetch({ url: route.request().url().replace("http://cdn.example", "http://127.0.0.1:8190") });
    await route.fulfill({ response, headers: { ...response.headers(), "access-control-allow-origin": "*", "content-security-policy": "" } });
  });
  await page.route("**/host", (route) => route.fulfill({ contentType: "text/html", body: `<!doctype html><html lang="en"><body>${PANEL.repeat(3)}` }));
  await page.goto("/host");
  await page.evaluate(() => import("http://cdn.example/ocp-log-backup-panel.js").then(() => import("/v2/ocp-log-backup-panel.js")));
  for (let index = 0; index < 3; index += 1) await expect(panel.element.nth(index)).toHaveAttribute("data-state", "ready");
  await expect(panel.rows).toHaveCount(42);
  const shared = await panel.element.first().evaluate((element) => {
    const [first, second] = document.querySelectorAll("ocp-log-backup-panel");
    return first.shadowRoot.adoptedStyleSheets[0] === second.shadowRoot.adoptedStyleSheets[0];
  });
  expect(shared).toBe(true);
});

test("gives up its request where it is removed while its wasm loads, and starts when it is back", async ({ panel, page }) => {
  let serve;
  const held = new Promise((resolve) => { serve = resolve; });
  // The first requests may leave before the wasm has come; none is answered before the removal.
  await page.route("**/*.wasm", async (route) => { await held; await route.continue(); });
  let answered = 0;
  await page.route(ENDPOINT, async (route) => { await held; await route.continue().catch(() => {}); });
  page.on("requestfinished", (request) => { if (ENDPOINT.test(request.url())) answered += 1; });
  const loading = page.waitForRequest("**/*.wasm");
  await page.route("**/host", (route) => route.fulfill({ contentType: "text/html", body: `<!doctype html><html lang="en"><script type="module" src="/ocp-log-backup-panel.js"></script>${PANEL.repeat(2)}` }));
  await page.goto("/host");
  await loading;
  await page.evaluate(() => {
    const [kept, removed] = document.querySelectorAll("ocp-log-backup-panel");
    removed.remove();
    window.removed = removed;
    // Out and in again within its loading.
    document.body.append(kept);
    kept.remove();
    return new Promise((resolve) => setTimeout(() => resolve(document.body.append(kept))));
  });
  serve();
  await panel.rests("ready");
  await expect.poll(() => answered).toBe(1);
  expect(await page.evaluate(() => [window.removed.dataset.state, window.removed.shadowRoot.childElementCount])).toEqual(["loading", 0]);
  await page.evaluate(() => document.body.append(window.removed));
  await expect(panel.element.nth(1)).toHaveAttribute("data-state", "ready");
  await expect.poll(() => answered).toBe(2);
});

test("takes the host's colours, sizes and font", async ({ panel, page }) => {
  const style = `ocp-log-backup-panel { --ocp-color-critical: rgb(1, 2, 3); --ocp-color-critical-text: rgb(4, 5, 6); --ocp-color-ok: rgb(7, 8, 9);
    --ocp-row-height: 90px; --ocp-gutter: 40px; --ocp-radius: 3px; --ocp-font-family: monospace; }`;
  await panel.answers(answer([{ ...GOOD, delay: 5000 }, { ...GOOD, tenantName: "t2" }]));
  await host(style, PANEL)({ panel, page });
  await panel.rests("ready");
  const row = panel.rows.first();
  await expect(row).toHaveCSS("box-shadow", /rgb\(1, 2, 3\)/);
  await expect(row.locator(".delay .main")).toHaveCSS("color", "rgb(4, 5, 6)");
  await expect(row).toHaveCSS("min-height", "90px");
  await expect(page.locator(".card")).toHaveCSS("border-radius", "3px");
  await expect(page.locator(".footer")).toHaveCSS("padding-left", "40px");
  await expect(page.locator(".title")).toHaveCSS("font-family", "monospace");
  const marks = await panel.rows.locator(".status .main").evaluateAll((parts) => parts.map((main) => getComputedStyle(main, "::before").backgroundColor));
  expect(marks, "a badge has the tone of its row").toEqual(["rgb(1, 2, 3)", "rgb(7, 8, 9)"]);
});

test("leaves nothing behind after 1,000 mounts", async ({ panel, page }) => {
  test.setTimeout(120_000);
  await watchWasm(page);
  await page.route(ENDPOINT, (route) => route.fulfill({ json: answer([GOOD]) }));
  await host("", PANEL)({ panel, page });
  await panel.rests("ready");
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  await devtools.send("HeapProfiler.enable");
  const measure = async () => {
    await devtools.send("HeapProfiler.collectGarbage");
    await devtools.send("HeapProfiler.collectGarbage");
    const { metrics } = await devtools.send("Performance.getMetrics");
    const metric = (name) => metrics.find((metric) => metric.name === name).value;
    const wasm = await page.evaluate(() => window.wasmMemory.buffer.byteLength);
    return { heap: metric("JSHeapUsedSize"), nodes: metric("Nodes"), listeners: metric("JSEventListeners"), wasm };
  };
  const mounts = (times) => page.evaluate(async (times) => {
    const settled = (panel) => new Promise((resolve) => {
      const look = () => (panel.dataset.state === "loading" ? requestAnimationFrame(look) : resolve());
      look();
    });
    for (let turn = 0; turn < times; turn += 1) {
      const panel = document.createElement("ocp-log-backup-panel");
      panel.clusterId = 1;
      document.body.append(panel);
      // Some go with their request under way, some after their rows were painted.
      if (turn % 4 === 0) await settled(panel);
      else await new Promise((resolve) => queueMicrotask(resolve));
      panel.remove();
      await new Promise((resolve) => queueMicrotask(resolve));
    }
  }, times);
  await mounts(100);
  const before = await measure();
  await mounts(1000);
  const bounds = { heap: before.heap * 1.1 + 500_000, nodes: before.nodes + 300, listeners: before.listeners + 10, wasm: before.wasm + 131_072 };
  // Chromium frees what the page let go of in its own time; what leaks stays however often it is asked.
  let after;
  const grown = async () => {
    after = await measure();
    return Object.keys(bounds).filter((name) => after[name] > bounds[name]);
  };
  await expect.poll(grown).toEqual([]);
  console.log("1,000 mounts:", JSON.stringify({ before, after }));
});
