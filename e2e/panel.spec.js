import { readFileSync } from "node:fs";
import { ENDPOINT, answer, expect, openMore, stopClock, test } from "./panel.js";

test("lists the tasks of the sample cluster", async ({ panel, page }) => {
  await panel.open("", "ready");
  await expect(panel.rows).toHaveCount(20);
  for (const text of ["In progress", "Interrupted", "Failed", "Starting", "Suspended", "Stopped", "Not started", "In progress · behind", "In progress · critically behind"]) {
    await expect(panel.rows.filter({ hasText: text }).first()).toBeVisible();
  }
  await expect(page.getByText(/1–20 of 3,217/)).toBeVisible();
  await expect(page.getByText(/^As of 20\d\d-/)).toBeVisible();
  await expect(page.getByText(/^Trace ID /)).toBeVisible();
  await expect(page.getByText("Times in UTC+08:00")).toBeVisible();
});

test("asks once for the first page, for the cluster and page of the URL", async ({ panel, page }) => {
  const asked = [];
  page.on("request", (request) => { if (ENDPOINT.test(request.url())) asked.push(new URL(request.url())); });
  await panel.open("cluster=1000006&page=2&size=10&scope=page", "ready");
  expect(asked.map((url) => url.pathname.split("/")[5] + url.search)).toEqual(["1000006?page=2&size=10"]);
  await expect(page).toHaveTitle("1000006 · Log backup");
});

test("takes OCP's address from no link", async ({ panel, page }) => {
  const asked = page.waitForRequest(ENDPOINT);
  await panel.open("cluster=1000006&base=https://evil.example", "ready");
  expect(new URL((await asked).url()).hostname).toBe("127.0.0.1");
});

/** Of the simulated cluster. */
const SECRETS = ["d3m0", "LTAI5t"];
test("shows no credential anywhere, and says that it is masked", async ({ panel, page }) => {
  const answered = page.waitForResponse(ENDPOINT);
  await panel.open("size=100", "ready");
  const sent = await (await answered).text();
  for (const secret of SECRETS) expect(sent).toContain(secret);
  await panel.rows.filter({ hasText: "Failed" }).locator("[part=open]").click();
  await expect(page.getByRole("dialog")).toContainText("access_key=***");
  const all = await panel.element.evaluate((element) => element.shadowRoot.innerHTML);
  for (const secret of SECRETS) expect(all).not.toContain(secret);
});

test("turns pages, and the page's URL and history follow", async ({ panel, page }) => {
  await panel.open("", "ready");
  const first = await panel.rows.first().innerText();
  const size = await page.locator("[part=page-size] option").first().elementHandle();
  await page.locator("[part=next]").click();
  await expect(page).toHaveURL(/page=2/);
  await panel.rests("ready");
  await expect(panel.rows.first()).not.toHaveText(first);
  // Made anew it would close under the user who has it open.
  expect(await size.evaluate((option) => option.isConnected)).toBe(true);
  await page.locator("[part=last]").click();
  await panel.rests("ready");
  await expect(page.getByRole("button", { name: "Page 161", exact: true })).toHaveAttribute("aria-current", "page");
  await expect(panel.rows).toHaveCount(17);
  await expect(page.locator("[part=next]")).toHaveAttribute("aria-disabled", "true");
  await page.goBack();
  await panel.rests("ready");
  await expect(page.getByRole("button", { name: "Page 2", exact: true })).toHaveAttribute("aria-current", "page");
  await page.reload();
  await panel.rests("ready");
  await expect(page.getByRole("button", { name: "Page 2", exact: true })).toHaveAttribute("aria-current", "page");
});

test("changes the page size and goes back to page 1", async ({ panel, page }) => {
  await panel.open("page=3", "ready");
  const asked = page.waitForRequest(ENDPOINT);
  await page.locator("[part=page-size]").selectOption("100");
  expect(new URL((await asked).url()).search).toBe("?page=1&size=100");
  await panel.rests("ready");
  await expect(panel.rows).toHaveCount(100);
});

test("offers a configured page size up to 2,000", async ({ panel, page }) => {
  await panel.open("size=2000", "ready");
  await expect(panel.rows).toHaveCount(2000);
  await expect(page.locator("[part=page-size]")).toHaveValue("2000");
});

test("asks for a relative range anew at each request", async ({ panel, page }) => {
  await panel.open("refresh=0", "ready");
  const ask = async (action) => {
    const asked = page.waitForRequest(ENDPOINT);
    await action();
    const params = new URL((await asked).url()).searchParams;
    await panel.rests("ready");
    return [params.get("startTime"), params.get("endTime")];
  };
  const [start, end] = await ask(() => page.getByRole("button", { name: "Last 24 hours" }).click());
  expect(end).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(Date.parse(end) - Date.parse(start)).toBe(86_400_000);
  await expect(page).toHaveURL(/range=24h/);
  const [, later] = await ask(() => page.locator("[part=refresh]").click());
  expect(Date.parse(later)).toBeGreaterThan(Date.parse(end));
});

test("applies an absolute range in the viewer's zone, and refuses what is none in place", async ({ panel, page }) => {
  await panel.open("", "ready");
  await page.getByRole("button", { name: "Custom" }).click();
  await page.getByLabel("Start").fill("2026-11-02T08:00:00");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("Enter both ends: the end is missing.")).toBeVisible();
  await page.getByLabel("End").fill("2026-11-01T08:00:00");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("The end must be after the start.")).toBeVisible();
  await expect(page.getByLabel("End")).toHaveAttribute("aria-invalid", "true");
  const asked = page.waitForRequest(ENDPOINT);
  await page.getByLabel("End").fill("2026-11-03T08:00:00");
  await page.getByLabel("End").press("Enter");
  const params = new URL((await asked).url()).searchParams;
  expect([params.get("startTime"), params.get("endTime")]).toEqual(["2026-11-02T00:00:00.000Z", "2026-11-03T00:00:00.000Z"]);
  const applied = page.getByRole("button", { name: "2026-11-02 08:00:00 → 2026-11-03 08:00:00" });
  await expect(applied).toHaveAttribute("aria-pressed", "true");
  await expect(applied).toBeFocused();
  await page.getByRole("button", { name: /→/ }).click();
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(page.getByRole("button", { name: "All time" })).toHaveAttribute("aria-pressed", "true");
});

test("tells three kinds of nothing apart", async ({ panel, page }) => {
  await panel.open("cluster=1000007", "empty");
  await expect(page.getByText("This cluster has no log backup task")).toBeVisible();
  await panel.open("cluster=1000006&start=2001-01-01T00:00:00Z&end=2001-02-01T00:00:00Z", "empty");
  await expect(page.getByText("No log backup task in this time range")).toBeVisible();
  await page.getByRole("button", { name: "Show all time" }).click();
  await panel.rests("ready");
  await panel.open("cluster=1000006&page=99&scope=page", "empty");
  await expect(page.getByText("Page 99 does not exist")).toBeVisible();
  await page.getByRole("button", { name: "Go to the last page" }).click();
  await panel.rests("ready");
});

test("shows a skeleton and not a lie while a server keeps silent", async ({ panel, page }) => {
  await panel.fault(2_000_102, "silence");
  await stopClock(page);
  const asked = page.waitForRequest(ENDPOINT);
  await page.goto("/?cluster=2000102");
  await asked;
  await page.clock.runFor(100);
  await panel.rests("loading");
  await expect(page.locator(".skeleton")).toBeVisible();
});

test("copies the error with OCP's code, message and trace id in one click", async ({ panel, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await panel.fault(2_000_103, "500-json");
  await panel.open("cluster=2000103", "error");
  await page.getByRole("button", { name: "Copy details" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toMatch(/OCP error code: COM10010/);
  expect(text).toMatch(/Trace ID: [0-9a-f]{16}/);
});

test("speaks Chinese", async ({ panel, page }) => {
  const asked = page.waitForRequest(ENDPOINT);
  await panel.open("lang=zh-CN", "ready");
  expect((await asked).headers()["accept-language"]).toBe("zh-CN");
  for (const text of ["日志备份任务", "近 24 小时", "进行中", "已中断", "最新位点", "20 条/页"]) {
    await expect(page.getByText(text, { exact: true }).first()).toBeAttached();
  }
});

test("is dark where the viewer wants it", async ({ panel, page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await panel.open("", "ready");
  const colours = () => page.locator(".card").evaluate((card) => [getComputedStyle(card).backgroundColor, getComputedStyle(card).color]);
  expect(await colours()).toEqual(["rgb(21, 27, 40)", "rgb(227, 232, 242)"]);
  await page.emulateMedia({ colorScheme: "light" });
  expect(await colours()).toEqual(["rgb(255, 255, 255)", "rgb(19, 32, 57)"]);
});

for (const width of [320, 768, 1440, 3840]) {
  test(`fits ${width} px without pushing the page sideways`, async ({ panel, page }) => {
    await page.setViewportSize({ width, height: 900 });
    await panel.open("", "ready");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}

test("the page is set in the panel's font, which it makes the browser load ahead", async ({ panel, page }) => {
  await panel.open("", "ready");
  const font = (selector) => page.locator(selector).evaluate((element) => getComputedStyle(element).fontFamily);
  expect(await font("body")).toBe(await font(".panel"));
});

test("works by keyboard: page turn, details, and back", async ({ panel, page }) => {
  await panel.open("", "ready");
  await page.locator("[part=next]").focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/page=2/);
  await panel.rests("ready");
  await expect(page.locator("[part=next]")).toBeFocused();
  await panel.rows.nth(3).locator("[part=open]").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(panel.rows.nth(3).locator("[part=open]")).toBeFocused();
});

test("says so when the wasm is missing, and starts when it is back", async ({ panel, page }) => {
  await page.route(/_bg\.wasm/, (route) => route.fulfill({ status: 404, body: "" }));
  panel.complains("HTTP 404");
  await page.goto("/?cluster=1000005");
  await panel.rests("error");
  await expect(page.getByText("The log backup panel could not start")).toBeVisible();
  await expect(page.getByText("HTTP 404")).toBeVisible();
  await page.unroute(/_bg\.wasm/);
  await page.getByRole("button", { name: "Try again" }).click();
  await panel.rests("ready");
});

test("survives removal, moving and coming back", async ({ panel, page }) => {
  await panel.open("", "ready");
  const turns = await page.evaluate(async () => {
    const panel = document.querySelector("ocp-log-backup-panel");
    const home = panel.parentNode;
    const row = panel.shadowRoot.querySelector("[part=row]");
    home.append(panel);
    await null;
    const moved = panel.shadowRoot.querySelector("[part=row]") === row;
    panel.remove();
    await new Promise((resolve) => queueMicrotask(resolve));
    home.append(panel);
    const kept = panel.shadowRoot.querySelector("[part=row]") === row;
    return { moved, kept };
  });
  expect(turns).toEqual({ moved: true, kept: true });
  await panel.rests("ready");
  await expect(panel.rows).toHaveCount(20);
});

/** What a first visit may download, in bytes. `cargo xtask size` reads it there, too. */
const BUDGET = 1000 * Number(readFileSync(new URL("first-visit-kb", import.meta.url), "utf8"));

test("downloads what is budgeted on a first visit, and nothing else", async ({ panel, page }) => {
  const files = [];
  page.on("response", async (response) => {
    const url = new URL(response.url());
    if (!url.pathname.startsWith("/api/") && url.protocol === "http:") files.push(response.request());
  });
  const later = page.waitForResponse(/\/later-[0-9a-f]+\.wasm$/);
  await panel.open("", "ready");
  await later;
  const sizes = await Promise.all(files.filter((file) => !/\/(later-|console)/.test(file.url())).map(async (file) => [new URL(file.url()).pathname, (await file.sizes()).responseBodySize]));
  expect(sizes.map(([name]) => name).sort()).toEqual([
    "/", "/en-US.txt", "/log-backup-panel_bg.wasm", "/ocp-log-backup-panel.js", "/page.css", "/page.js",
  ]);
  expect(sizes.reduce((sum, [, bytes]) => sum + bytes, 0)).toBeLessThanOrEqual(BUDGET);
});

test("answers at a glance: the verdict, the restorable point, and what would be lost by now", async ({ panel, page }) => {
  const rows = [
    { status: "RUNNING", tenantName: "a", delay: 30, checkpoint: "2021-09-23T14:34:05+0800" },
    { status: "RUNNING", tenantName: "b", delay: 275.149, checkpoint: "2021-09-23T14:30:00+0800" },
    { status: "STOPPED", tenantName: "c", delay: 9e6, checkpoint: "2021-06-01T00:00:00+0800" },
  ];
  // Still until the test lets it run: the loss grows with it.
  await stopClock(page, "2021-09-23T06:34:36Z");
  await panel.answers(answer(rows));
  await panel.open("", "ready");
  const strip = page.getByRole("group", { name: "At a glance" });
  await expect(strip).toContainText("Tasks archiving: 2 of 3; worst delay 4 min 35 s (b)");
  await expect(strip).toContainText("All 3 tasks");
  await expect(strip).toContainText("All tenants restorable to 2021-09-23 14:30:00");
  await expect(strip.getByTitle("earliest: b; stopped tenants excluded")).toBeVisible();
  await expect(strip).toContainText("Data lost if the cluster died now: at most 4 min 36 s");
  await expect(strip.locator(".spread span")).toHaveText(["≤ 2 min 1", "≤ 1 h 1"]);
  await expect(strip.locator(".kind").last()).toHaveText("Not running1c 104 d");
  // It grows between refreshes, and turns when it passes the threshold.
  await page.clock.runFor(20_000);
  await expect(strip).toContainText("at most 4 min 56 s");
  await page.clock.runFor(6000);
  await expect(strip.locator(".metric strong").last()).toHaveAttribute("data-tone", "warning");
  // What is no longer known is not green.
  await panel.answers({ error: { code: 1, message: "boom" }, successful: false }, 500);
  await page.locator("[part=refresh]").click();
  await expect(strip).toContainText("Last known (2021-09-23 14:34:35): Tasks archiving: 2 of 3");
  await expect(strip.locator(".verdict > .status")).toHaveAttribute("data-tone", "warning");
});

test("a page turn is no doubt, and rows that nobody refreshed are", async ({ panel, page }) => {
  await stopClock(page, "2021-09-23T06:34:36Z");
  let held = Promise.resolve();
  let timestamp = "2021-09-23T14:34:35.149+08:00";
  await page.route(ENDPOINT, async (route) => {
    await held;
    await route.fulfill({ json: { ...answer([{ status: "RUNNING", tenantName: "a", delay: 30 }], { totalElements: 50 }), timestamp } });
  });
  await panel.open("size=10", "ready");
  await page.locator("[part=auto-refresh]").click();
  const strip = page.getByRole("group", { name: "At a glance" });
  let answerNow;
  held = new Promise((resolve) => { answerNow = resolve; });
  await page.locator("[part=next]").click();
  await panel.rests("loading");
  await expect(strip).not.toContainText("Last known");
  await expect(strip.locator(".verdict > .status")).toHaveAttribute("data-tone", "ok");
  answerNow();
  await panel.rests("ready");
  // Paused, the rows grow old, and green with them would be a lie.
  await page.clock.runFor(100_000);
  await expect(strip).toContainText("Last known (2021-09-23 14:34:35): Tasks archiving: 1 of 1");
  await expect(strip.locator(".verdict > .status")).toHaveAttribute("data-tone", "warning");
  timestamp = "2021-09-23T14:36:15.149+08:00";
  await page.locator("[part=refresh]").click();
  await expect(strip).not.toContainText("Last known");
});

test("what could not be read makes no verdict green", async ({ panel, page }) => {
  await panel.answers(answer([{ status: "RUNNING", tenantName: "a", delay: 30 }, 7]));
  await panel.open("", "ready");
  const strip = page.getByRole("group", { name: "At a glance" });
  await expect(strip).toContainText("Tasks archiving: 1 of 1; 1 could not be read");
  await expect(strip.locator(".verdict > .status")).toHaveAttribute("data-tone", "warning");
});

test("shows the tasks of one kind, and says that it does", async ({ panel, page }) => {
  const rows = [["a", "RUNNING", 5], ["b", "FAILED", 5], ["c", "RUNNING", 5000], ["d", "STOPPED", 5]];
  const body = (rows) => answer(rows.map(([tenantName, status, delay]) => ({ tenantName, status, delay })));
  await panel.answers(body(rows));
  await panel.open("", "ready");
  const chip = (name) => page.getByRole("button", { name });
  await expect(page.locator("[part=filter]:visible")).toHaveText(["Failed1", "Critically behind1", "Healthy1", "Not running1"]);
  await chip("Critically behind 1").click();
  await expect(panel.rows).toHaveCount(1);
  await expect(panel.rows.locator("[part=open]")).toHaveText(["c"]);
  await expect(page.getByText("Tasks shown: 1 of 4")).toBeVisible();
  await expect(chip("Critically behind 1")).toBeFocused();
  // After a refresh the filter stays, even with nothing to show.
  await panel.answers(body([["a", "RUNNING", 5]]));
  await page.locator("[part=refresh]").click();
  await expect(page.getByText("Tasks shown: 0 of 1")).toBeVisible();
  await expect(panel.rows).toHaveCount(0);
  await page.getByRole("button", { name: "Show all", exact: true }).click();
  await expect(panel.rows).toHaveCount(1);
});

test("judges where each delay is heading, from what it saw", async ({ panel, page }) => {
  let turn = 0;
  const begun = Date.parse("2021-09-23T06:00:00Z");
  const delays = { stuck: (at) => 400 + at, better: (at) => 900 - 2 * at, late: () => 5000, fine: (at) => at % 120, "▁▂█": () => 5 };
  await page.route(ENDPOINT, (route) => {
    const at = 30 * turn;
    const now = begun + at * 1000;
    const rows = Object.entries(delays).map(([tenantName, delay]) => (
      { tenantName, status: "RUNNING", delay: delay(at), checkpoint: new Date(now - delay(at) * 1000).toISOString() }));
    turn += 1;
    return route.fulfill({ json: { ...answer(rows), timestamp: new Date(now).toISOString() } });
  });
  await panel.open("refresh=0", "ready");
  const cell = (name) => panel.rows.filter({ hasText: name }).locator(".delay");
  await expect(cell("better").locator(".spark")).toBeHidden();
  for (let more = 0; more < 10; more += 1) {
    await page.locator("[part=refresh]").click();
    await expect(cell("better").locator(".main")).toHaveText(`${15 - (more + 1)} min`);
  }
  await expect(cell("better").locator(".sub")).toHaveText("Catching up, 1 min 25 s left");
  await expect(cell("better").locator(".spark")).toHaveText(/^█.*▃$/);
  // Drawn from the top left, which is the critical threshold, down to a third of it.
  expect(await cell("better").locator(".spark").evaluate((spark) => getComputedStyle(spark).clipPath))
    .toMatch(/^polygon\(0px 100%, 0% 0\.5%, .*, 100% 63%, 100% 100%\)$/);
  await expect(page.locator("[part=open]", { hasText: "▁▂█" }), "only a line of delays is drawn").toHaveCSS("clip-path", "none");
  await expect(cell("late").locator(".sub")).toHaveText("Delay steady");
  await expect(cell("late").locator(".spark"), "over the threshold nothing looks dramatic").toHaveText(/^█+$/);
  await expect(cell("fine").locator(".sub")).toHaveText("Delay steady");
  await cell("late").hover();
  await expect(cell("late")).toHaveAttribute("title", "1 h 23 min\nDelay steady · 5000 s");
  // Its checkpoint does not move at all, which is worse and has its own word.
  await expect(panel.rows.filter({ hasText: "stuck" }).locator(".checkpoint .sub")).toHaveText("Stalled since 2021-09-23 13:53:20");
  await expect(panel.rows.filter({ hasText: "stuck" }).locator(".status .main")).toHaveText("In progress · stalled");
  await expect(cell("stuck").locator(".sub")).not.toContainText("Delay growing");
  await page.screenshot({ path: "test-results/trend.png" });
});

test("sorts and filters the page at hand, and keeps both over a refresh", async ({ panel, page }) => {
  await panel.answers(answer([["b", 40], ["a", 1000], ["c", 7]].map(([tenantName, delay]) => ({ tenantName, status: "RUNNING", delay }))));
  await panel.open("", "ready");
  const names = panel.rows.locator("[part=open]");
  const heading = (name) => page.getByRole("columnheader", { name });
  await page.getByRole("button", { name: "Delay" }).click();
  await expect(names).toHaveText(["a", "b", "c"]);
  await expect(heading("Delay")).toHaveAttribute("aria-sort", "descending");
  await expect(page.getByRole("button", { name: "Delay" })).toHaveAttribute("title", "Sort by Delay");
  const asked = page.waitForRequest(ENDPOINT);
  await page.locator("[part=refresh]").click();
  await asked;
  await panel.answered();
  await expect(names).toHaveText(["a", "b", "c"]);
  await page.getByRole("button", { name: "Delay" }).click();
  await expect(names).toHaveText(["c", "b", "a"]);
  await page.getByRole("button", { name: "Delay" }).click();
  await expect(names).toHaveText(["b", "a", "c"]);
  await expect(heading("Delay")).toHaveAttribute("aria-sort", "none");
  const find = page.getByRole("searchbox", { name: "Filter tasks" });
  await find.fill("16 MIN");
  await expect(names).toHaveText(["a"]);
  await expect(page.getByText("Tasks shown: 1 of 3")).toBeVisible();
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(find).toHaveValue("");
  await expect(names).toHaveCount(3);
  await expect(page.locator(".scroll")).toBeFocused();
});

test("is worked by the keyboard, and leaves keys to a host that has the focus", async ({ panel, page }) => {
  let asked = 0;
  await page.route(ENDPOINT, (route) => { asked += 1; return route.continue(); });
  await panel.open("cluster=1000006&size=5&refresh=0&scope=page", "ready");
  const names = panel.rows.locator("[part=open]");
  await page.keyboard.press("r");
  await names.first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(names.nth(1)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(names.first()).toBeFocused();
  expect(asked, "keys outside are the host's").toBe(1);
  await page.keyboard.press("r");
  await expect.poll(() => asked).toBe(2);
  await panel.answered();
  await expect(names.first()).toBeFocused();
  await page.keyboard.press("]");
  await expect(page.getByText("6–10 of 14")).toBeVisible();
  await page.keyboard.press("[");
  await expect(page.getByText("1–5 of 14")).toBeVisible();
  await page.keyboard.press("Control+r");
  await names.first().focus();
  await page.keyboard.press("/");
  await page.keyboard.type("r?[]/");
  await expect(page.getByRole("searchbox")).toHaveValue("r?[]/");
  expect(asked, "typing is typing, and Ctrl-R is the browser's").toBe(4);
  await page.getByRole("searchbox").fill("");
  await names.nth(2).focus();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toContainText("Filter tasks");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(names.nth(2)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Task details" })).toContainText("What to do");
});

test("the row whose details are open is marked, and the mark follows its task", async ({ panel, page }) => {
  let names = ["a", "b", "c"];
  await page.route(ENDPOINT, (route) => route.fulfill({ json: answer(names.map((tenantName) => ({ status: "RUNNING", tenantName, delay: 5 }))) }));
  await panel.open("refresh=0", "ready");
  await panel.rows.nth(1).locator("[part=open]").click();
  const marked = page.locator("[part=row][aria-current]");
  await expect(page.getByRole("dialog").getByRole("heading", { name: "b" })).toBeVisible();
  await expect(marked.locator("[part=open]")).toHaveText(["b"]);
  names = ["d", "c", "b"];
  await panel.element.evaluate((element) => element.refresh());
  await expect(panel.rows.first()).toContainText("d");
  await expect(marked.locator("[part=open]")).toHaveText(["b"]);
  names = ["d", "c", "e"];
  await panel.element.evaluate((element) => element.refresh());
  await expect(panel.rows.last()).toContainText("e");
  await expect(marked).toHaveCount(0);
  names = ["b"];
  await panel.element.evaluate((element) => element.refresh());
  await expect(marked.locator("[part=open]")).toHaveText(["b"]);
  await page.getByRole("button", { name: "Close" }).click();
  await expect(marked).toHaveCount(0);
});

test("a long list is one list: order, keys and find-in-page go through all of it", async ({ panel, page }) => {
  const tasks = Array.from({ length: 120 }, (_, index) => ({ status: "RUNNING", delay: 60, tenantName: `tenant-${index}` }));
  const names = () => panel.rows.locator(".tenant .main").allTextContents();
  let listed = tasks;
  await page.route(ENDPOINT, (route) => route.fulfill({ json: answer(listed) }));
  await panel.open("cluster=1000006&size=1000&refresh=0", "ready");
  expect(await names()).toEqual(tasks.map(({ tenantName }) => tenantName));
  for (const [from, key, to] of [[49, "ArrowDown", 50], [50, "ArrowUp", 49], [119, "ArrowDown", 119]]) {
    await panel.rows.nth(from).locator("[part=open]").focus();
    await page.keyboard.press(key);
    await expect(panel.rows.nth(to).locator("[part=open]")).toBeFocused();
  }
  // What is out of view is laid out when it is looked for.
  expect(await page.evaluate(() => window.find("tenant-117"))).toBe(true);
  await expect(panel.rows.nth(117)).toBeInViewport();
  // Some leave, some come, and the rest move to other places and groups.
  for (const next of [tasks.slice(7), [...tasks].reverse(), [...tasks.slice(60), ...tasks.slice(0, 30)], tasks.slice(0, 3), tasks]) {
    listed = next;
    const answered = page.waitForResponse(ENDPOINT);
    await page.locator("[part=refresh]").click();
    await answered;
    await expect.poll(names).toEqual(next.map(({ tenantName }) => tenantName));
  }
});

test("the request in a report is the one that the browser sent, whatever the base URL looks like", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.route(ENDPOINT, (route) => route.fulfill({ status: 403, json: {} }));
  for (const base of ["-K.evil", "/ocp/", "../x", "--output=y", "//[::1]/it's"]) {
    const body = `<!doctype html><html lang="en"><script type="module" src="/ocp-log-backup-panel.js"></script>
      <ocp-log-backup-panel cluster-id="1000006" base-url="${base}"></ocp-log-backup-panel>`;
    await page.route(/\/deep\/host/, (route) => route.fulfill({ contentType: "text/html", body }));
    const asked = base.startsWith("//") ? null : page.waitForRequest(ENDPOINT);
    await page.goto("/deep/host?a=b/c");
    const sent = (await asked)?.url();
    await page.locator("[part=diagnostics]").click();
    await page.getByRole("button", { name: "Copy report for a ticket" }).click();
    await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
    const report = await page.evaluate(() => navigator.clipboard.readText());
    const [, url] = /\ncurl --globoff -u USER --url '([^']*)'\n/.exec(report) ?? [];
    // A shell's curl tidies dot segments up as a browser does.
    expect(url && new URL(url).href, base).toBe(sent);
  }
});

test("copies a report for a ticket", async ({ panel, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await panel.open("cluster=1000006", "ready");
  await page.locator("[part=diagnostics]").click();
  await page.getByRole("button", { name: "Copy report for a ticket" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain("tasks need attention");
  expect(report).toContain("| Interrupted | tenant_1003 · ID 4 · OB tenant ID 1007 |");
  expect(report).toContain(`\ncurl --globoff -u USER --url '${new URL(page.url()).origin}/api/v2/ob/clusters/1000006/backup/task/logBackupTasks?page=1&size=20'\n`);
  expect(report).toContain("SELECT * FROM oceanbase.CDB_OB_ARCHIVELOG WHERE tenant_id IN (1003, 1005, 1007,");
  expect(report).not.toMatch(/access_key=(?!\*\*\*)/);
});


test("selecting text in a row opens nothing, and a click does", async ({ panel, page }) => {
  await panel.answers(answer([{ status: "FAILED", tenantName: "a", errorMsg: "OB_BACKUP_DEVICE_OUT_OF_SPACE at the destination", delay: 5 }]));
  await panel.open("refresh=0", "ready");
  const text = panel.rows.locator(".error .main");
  const { x, y } = await text.boundingBox();
  const middle = y + 9;
  const dialog = page.getByRole("dialog");
  // To the right, to the left, and a few letters. Each begins outside of what is selected, which could else be dragged away.
  for (const [from, to] of [[30, 150], [180, 30], [200, 222]]) {
    await page.mouse.move(x + from, middle);
    await page.mouse.down();
    await page.mouse.move(x + to, middle, { steps: 4 });
    await page.mouse.up();
    expect(await panel.element.evaluate(({ shadowRoot }) => String(shadowRoot.getSelection())), "it is selected").toMatch(/\w/);
    await expect(dialog).toHaveCount(0);
  }
  // Makes the selection longer.
  await text.click({ position: { x: 120, y: 5 }, modifiers: ["Shift"] });
  await expect(dialog).toHaveCount(0);
  // A selection that is left from before is in nobody's way, and no hand is quite still.
  await page.mouse.move(x + 20, middle);
  await page.mouse.down();
  await page.mouse.move(x + 22, middle + 1);
  await page.mouse.up();
  await expect(dialog).toBeVisible();
  // Their own title line takes the place of the drawer's.
  await expect(dialog).toContainText("What to do");
  await page.getByRole("button", { name: "Close" }).click();
  await panel.rows.locator("[part=open]").press("Enter");
  await expect(dialog).toBeVisible();
});

test("a tap opens a row", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ hasTouch: true, baseURL, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto("/?cluster=1000006&lang=en");
  // For a finger the button of the row covers all of it.
  const { x, y } = await page.locator("[part=row] .error").nth(2).boundingBox();
  await page.touchscreen.tap(x + 5, y + 5);
  await expect(page.getByRole("dialog", { name: "Task details" })).toBeVisible();
  await context.close();
});

/** Where everything is: the page, the table and its rows. */
const places = (panel) => panel.element.evaluate(({ shadowRoot }) => {
  const [table, ...rows] = shadowRoot.querySelectorAll(".scroll, [part=row]");
  const place = (node) => { const { x, y } = node.getBoundingClientRect(); return [x, y]; };
  return [scrollX, scrollY, table.scrollLeft, place(table), ...rows.map(place)];
});

for (const viewport of [{ width: 1440, height: 900 }, { width: 1440, height: 420 }, { width: 900, height: 420 }]) {
  test(`closing the details of a row moves nothing, at ${viewport.width} × ${viewport.height}`, async ({ panel, page }) => {
    await page.setViewportSize(viewport);
    await panel.open("cluster=1000006&refresh=0", "ready");
    for (const end of ["button", "Escape"]) {
      const row = panel.rows.nth(5);
      await row.scrollIntoViewIfNeeded();
      await row.locator(".checkpoint").click();
      await expect(page.getByRole("dialog").locator("dt").first()).toBeVisible();
      const before = await places(panel);
      if (end === "button") await page.getByRole("button", { name: "Close" }).click();
      else await page.keyboard.press(end);
      await expect(page.getByRole("dialog")).toHaveCount(0);
      expect(await places(panel)).toEqual(before);
      await expect(row.locator("[part=open]")).toBeFocused();
    }
  });
}

test("after its details the focus is on the row of the task, wherever that is by now", async ({ panel, page }) => {
  let names = ["a", "b", "c"];
  await page.route(ENDPOINT, (route) => route.fulfill({ json: answer(names.map((tenantName) => ({ status: "RUNNING", tenantName, delay: 5 }))) }));
  await panel.open("refresh=0", "ready");
  const reopen = async (next) => {
    await panel.rows.filter({ hasText: "b" }).locator(".delay").click();
    await expect(page.getByRole("dialog").locator("dt").first()).toBeVisible();
    names = next;
    await panel.element.evaluate((element) => element.refresh());
    await expect(panel.rows.locator("[part=open]")).toHaveText(next);
    await page.getByRole("button", { name: "Close" }).click();
  };
  await reopen(["x", "c", "b"]);
  await expect(panel.rows.nth(2).locator("[part=open]")).toBeFocused();
  await reopen(["x", "y"]);
  // Its row is gone: the focus is still in the panel, whose keys go on working.
  expect(await panel.element.evaluate(({ shadowRoot }) => Boolean(shadowRoot.activeElement))).toBe(true);
});

test("the refresh button keeps its name while it counts down", async ({ panel, page }) => {
  await stopClock(page);
  await panel.open("refresh=30", "ready");
  const button = page.locator("[part=refresh]");
  for (const seconds of [5, 1, 1]) {
    const before = await button.textContent();
    await page.clock.runFor(1000 * seconds);
    await expect(button).not.toHaveText(before);
    await expect(button).toHaveText(/^Refresh · \d+ s$/);
    await expect(button).toHaveAccessibleName("Refresh");
  }
});

test("a word that is being composed is no filter yet", async ({ panel, page }) => {
  await panel.answers(answer(["zulu", "租户一", "other"].map((tenantName) => ({ status: "RUNNING", tenantName, delay: 5 }))));
  await panel.open("refresh=0", "ready");
  const filters = [];
  await page.exposeFunction("heard", (find) => filters.push(find));
  await panel.element.evaluate((element) => element.addEventListener("ocp-filter-change", ({ detail }) => window.heard(detail.find)));
  const find = page.getByRole("searchbox");
  await find.focus();
  const keyboard = await page.context().newCDPSession(page);
  for (const text of ["z", "zu", "zu hu"]) {
    await keyboard.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await expect(find).toHaveValue(text);
    await expect(panel.rows).toHaveCount(3);
  }
  await keyboard.send("Input.insertText", { text: "租户" });
  await expect(find).toHaveValue("租户");
  await expect(panel.rows).toHaveCount(1);
  expect(filters, "each once").toEqual(["租户"]);
  // What is typed without an input method filters letter by letter, as before.
  await find.fill("");
  await find.pressSequentially("ot");
  await expect(panel.rows).toHaveCount(1);
  expect(filters.slice(1)).toEqual([null, "o", "ot"]);
});

test("Enter and Escape of an input method neither apply nor close", async ({ panel, page }) => {
  let asked = 0;
  await page.route(ENDPOINT, (route) => { asked += 1; return route.continue(); });
  await panel.open("cluster=1000006&refresh=0", "ready");
  const press = (target, key) => target.evaluate((node, key) => {
    for (const marks of [{ isComposing: true }, { keyCode: 229 }]) {
      node.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true, ...marks }));
    }
  }, key);
  await page.getByRole("button", { name: "Custom" }).click();
  const start = page.getByLabel("Start");
  await start.fill("now-7d/d");
  await page.getByLabel("End").fill("now");
  for (const key of ["Enter", "Escape"]) await press(start, key);
  await expect(start).toHaveValue("now-7d/d");
  expect(asked).toBe(1);
  await start.press("Escape");
  await expect(start).toHaveCount(0);
  await openMore(page, "display");
  const width = page.getByRole("dialog").getByRole("spinbutton").first();
  await press(width, "Escape");
  await expect(width).toBeVisible();
  await width.press("Escape");
  await expect(width).toHaveCount(0);
});

test.describe(() => {
  test.use({ javaScriptEnabled: false });
  test("without a script the page says what it needs", async ({ panel, page }) => {
    panel.complains("was preloaded using link preload");
    await page.goto("/");
    await expect(page.getByText("This page needs JavaScript")).toBeVisible();
  });
});
