// When the panel asks again, on a clock that stands still but for the test's turning it.
import { ENDPOINT, answer, expect, stopClock, test } from "./panel.js";

const SECOND = 1000;
const MINUTE = 60_000;

/** Opens the panel on a clock that stands at `time`, without jitter, and counts its requests. */
async function open(panel, page, query, time) {
  await page.addInitScript(() => { Math.random = () => 0.5; });
  await stopClock(page, time);
  const asked = { count: 0 };
  page.on("request", (request) => { if (ENDPOINT.test(request.url())) asked.count += 1; });
  await page.goto(`/?${query}`);
  return asked;
}

test("asks again by itself, counts down to it, and can be paused", async ({ panel, page }) => {
  const asked = await open(panel, page, "scope=page&cluster=4000001&size=5");
  await panel.rests("ready");
  expect(asked.count).toBe(1);
  await page.clock.runFor(29 * SECOND);
  await expect(page.locator("[part=refresh]")).toHaveText("Refresh · 1 s");
  await expect(page.locator("[part=auto-refresh]")).toHaveText("Pause");
  expect(asked.count).toBe(1);
  await page.clock.runFor(SECOND);
  await expect.poll(() => asked.count).toBe(2);
  await panel.answered();
  await page.locator("[part=auto-refresh]").click();
  await expect(page.locator("[part=auto-refresh]")).toHaveText("Resume");
  await page.clock.runFor(5 * MINUTE);
  await expect(page.getByText("These rows are 5 min old")).toBeVisible();
  expect(asked.count).toBe(2);
  await page.locator("[part=auto-refresh]").click();
  await expect.poll(() => asked.count).toBe(3);
});

test("asks every five seconds while a task is starting", async ({ panel, page }) => {
  const asked = await open(panel, page, "cluster=4000005&size=14");
  await panel.rests("ready");
  await expect(panel.rows.filter({ hasText: "Starting" })).toHaveCount(1);
  await page.clock.runFor(4 * SECOND);
  await expect(page.locator("[part=refresh]")).toHaveText("Refresh · 1 s");
  expect(asked.count).toBe(1);
  await page.clock.runFor(SECOND);
  await expect.poll(() => asked.count).toBe(2);
});

test("says that it waits after 3 s, gives up after 15 s, and tries again", async ({ panel, page }) => {
  await panel.fault(4_000_002, "silence");
  const asked = await open(panel, page, "cluster=4000002");
  await expect.poll(() => asked.count).toBe(1);
  await page.clock.runFor(2 * SECOND);
  await expect(page.locator(".skeleton")).toBeVisible();
  await expect(page.getByText(/Still waiting for OCP/)).toBeHidden();
  await page.clock.runFor(SECOND);
  await expect(page.getByText(/Still waiting for OCP/)).toBeVisible();
  await panel.rests("loading");
  await page.clock.runFor(11 * SECOND);
  await expect(page.getByText(/Still waiting for OCP.*14 s/)).toBeVisible();
  await panel.rests("loading");
  await page.clock.runFor(SECOND);
  await panel.rests("error");
  await expect(page.getByText("OCP does not answer")).toBeVisible();
  expect(asked.count).toBe(1);
  await page.clock.runFor(SECOND);
  await expect.poll(() => asked.count).toBe(2);
});

test("notices within 30 s that an outage of two minutes is over", async ({ panel, page }) => {
  const cluster = 4_000_010;
  await panel.fault(cluster, "502-html");
  const asked = await open(panel, page, `cluster=${cluster}`);
  await panel.rests("error");
  /** Turns the clock second by second, and lets each request end; gives how often it asked. */
  const turn = async (seconds) => {
    const before = asked.count;
    for (let second = 0; second < seconds; second += 1) {
      await page.clock.runFor(SECOND);
      await panel.answered();
    }
    return asked.count - before;
  };
  await turn(120);
  await panel.fault(cluster, "none");
  expect(await turn(30)).toBeGreaterThan(0);
  await panel.rests("ready");
});

test("an answer that a cache gives again is as old as it is, and nothing is called current", async ({ panel, page }) => {
  const now = Date.now();
  const stamp = (at) => new Date(at).toISOString();
  const old = now - 10 * MINUTE;
  const row = { tenantName: "a", status: "RUNNING", delay: 40, checkpoint: stamp(old - 40 * SECOND) };
  const cached = { ...answer([row]), traceId: "0e74add7846c479c", timestamp: stamp(old) };
  let reply = cached;
  await page.route(ENDPOINT, (route) => route.fulfill({ json: reply }));
  await page.addInitScript(() => {
    window.loads = 0;
    addEventListener("ocp-data-load", () => { window.loads += 1; });
  });
  const asked = await open(panel, page, "cluster=1000005", now);
  await panel.rests("ready");
  await page.clock.runFor(30 * SECOND);
  await expect.poll(() => asked.count).toBe(2);
  await panel.rests("stale");
  await expect(page.getByText("The same response came again (trace ID 0e74add7846c479c), probably from a cache between here and OCP.")).toBeVisible();
  await expect(page.getByText("These rows are 10 min 30 s old.")).toBeVisible();
  await expect(panel.element.locator(".footer")).toContainText("10 min 30 s ago");
  // 40 s of delay, and the age.
  await expect(panel.element.locator(".metric strong").last()).toContainText("11 min 10 s");
  await expect(panel.element.locator(".summary .status").first()).toHaveAttribute("data-tone", "warning");
  await expect(panel.element.locator(".summary")).toContainText("Last known (");
  await expect(page.getByText("browser's clock")).toHaveCount(0);
  await page.clock.runFor(10 * SECOND);
  await expect(panel.element.locator(".metric strong").last()).toContainText("11 min 20 s");
  expect(await page.evaluate(() => window.loads), "the same answer is no new one").toBe(1);
  reply = { ...answer([{ ...row, checkpoint: stamp(now) }]), traceId: "0e74add7846c479d", timestamp: stamp(now + 40 * SECOND) };
  await page.locator("[part=refresh]").click();
  await panel.rests("ready");
  await expect(page.getByText("is there a cache")).toHaveCount(0);
  await expect(panel.element.locator(".summary .status").first()).toHaveAttribute("data-tone", "ok");
});

for (const [index, fault] of ["401", "gateway-401"].entries()) test(`stops for good when the session has ended (${fault}), tells the host, and offers the way to sign in`, async ({ panel, page }) => {
  const cluster = 4_000_011 + index;
  await panel.fault(cluster, "none");
  const asked = await open(panel, page, `cluster=${cluster}`);
  await panel.rests("ready");
  // The bar comes after the rows, by a timer.
  await page.clock.runFor(1000);
  await expect(page.locator(".bar")).toBeVisible();
  await page.evaluate(() => {
    window.told = 0;
    addEventListener("ocp-auth-required", () => { window.told += 1; });
  });
  await panel.fault(cluster, fault);
  await page.locator("[part=refresh]").click();
  await panel.rests("stale");
  const signedOut = asked.count;
  await page.clock.runFor(20 * MINUTE);
  expect(asked.count).toBe(signedOut);
  expect(await page.evaluate(() => window.told)).toBe(1);
  await expect(page.getByRole("link", { name: "Sign in to OCP" })).toHaveAttribute("href", /^\/login\?callback=%2F%3Fcluster%3D40000/);
  await panel.fault(cluster, "none");
  await page.locator("[part=refresh]").click();
  await panel.rests("ready");
  await expect(page.getByRole("link", { name: "Sign in to OCP" })).toBeHidden();
});

test("is silent while the page is hidden, and asks once when it is shown again", async ({ panel, page }) => {
  const asked = await open(panel, page, "cluster=4000004");
  await panel.rests("ready");
  const hide = (hidden) => page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
  await hide(true);
  await page.clock.runFor(10 * MINUTE);
  expect(asked.count).toBe(1);
  await hide(false);
  await expect.poll(() => asked.count).toBe(2);
  await panel.answered();
  for (let turn = 0; turn < 50; turn += 1) await hide(turn % 2 === 0);
  // None of that asked, and all of that did not end the asking.
  await page.clock.runFor(29 * SECOND);
  await expect(page.locator("[part=refresh]")).toHaveText("Refresh · 1 s");
  expect(asked.count).toBe(2);
  await page.clock.runFor(SECOND);
  await expect.poll(() => asked.count).toBe(3);
});

test("a panel that is to go on unattended does so in a hidden page, and stops when that is over", async ({ panel, page }) => {
  const asked = await open(panel, page, "scope=page&cluster=4000008&size=5");
  await panel.rests("ready");
  await panel.element.evaluate((element) => { element.unattended = true; });
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { value: true, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  for (let turn = 2; turn < 5; turn += 1) {
    await page.clock.runFor(30 * SECOND);
    await expect.poll(() => asked.count).toBe(turn);
    await panel.answered();
  }
  await panel.element.evaluate((element) => { element.unattended = false; });
  await page.clock.runFor(5 * MINUTE);
  expect(asked.count).toBe(4);
});

test("a clock that is set back by hours neither silences the panel nor makes its rows young", async ({ panel, page }) => {
  const asked = await open(panel, page, "scope=page&cluster=4000009&size=5", "2026-11-23T10:00:00Z");
  await panel.rests("ready");
  await page.clock.runFor(20 * SECOND);
  await expect(panel.element.locator(".footer")).toContainText("20 s ago");
  await page.clock.setSystemTime("2026-11-23T02:00:00Z");
  await page.clock.runFor(2 * SECOND);
  // The second in which it was set back is lost.
  await expect(panel.element.locator(".footer")).toContainText("21 s ago");
  await page.clock.runFor(8 * SECOND);
  await expect(panel.element.locator(".footer")).toContainText("29 s ago");
  expect(asked.count).toBe(1);
  await page.clock.runFor(SECOND);
  await expect.poll(() => asked.count).toBe(2);
});

test("stops after 30 minutes without anybody, says so, and resumes at a click", async ({ panel, page }) => {
  // Second by second: a jump of the clock is a machine that slept, and not a time without anybody.
  const asked = await open(panel, page, "cluster=1000007&refresh=1500");
  await panel.rests("empty");
  await page.clock.runFor(25 * MINUTE);
  await expect.poll(() => asked.count).toBe(2);
  await panel.answered();
  await page.clock.runFor(25 * MINUTE);
  await expect(page.getByText("stopped after 30 minutes without activity")).toBeVisible();
  await page.clock.runFor(10 * MINUTE);
  await expect(page.getByText("stopped after 30 minutes without activity")).toBeVisible();
  expect(asked.count).toBe(2);
  await page.getByRole("button", { name: "Resume" }).last().click();
  await expect.poll(() => asked.count).toBe(3);
  await expect(page.getByText("stopped after 30 minutes")).toHaveCount(0);
});

test("while a refresh is answered soon nothing comes or goes, which a browser with a thousand rows is slow at", async ({ panel, page }) => {
  // Where it is played again, the last time left it silent.
  await panel.fault(4_000_006, "none");
  const asked = await open(panel, page, "cluster=4000006&refresh=0");
  await panel.rests("ready");
  await page.evaluate(() => {
    window.seen = [];
    const root = document.querySelector("ocp-log-backup-panel").shadowRoot;
    const note = ({ target, attributeName }) => window.seen.push(`${attributeName} ${target.className}`);
    new MutationObserver((records) => records.forEach(note)).observe(root, { subtree: true, attributeFilter: ["hidden", "class"] });
  });
  await page.locator("[part=refresh]").click();
  await expect.poll(() => asked.count).toBe(2);
  await panel.answered();
  expect(await page.evaluate(() => window.seen)).toEqual([]);
  const told = await page.locator("p.unseen[role=status]").textContent();
  await panel.fault(4_000_006, "silence");
  await page.locator("[part=refresh]").click();
  await expect.poll(() => asked.count).toBe(3);
  await page.clock.runFor(199);
  expect(await page.evaluate(() => window.seen)).toEqual([]);
  await page.clock.runFor(1);
  await expect(page.locator("[part=refresh] .busy")).toHaveCount(1);
  expect(await page.evaluate(() => window.seen.length)).toBeGreaterThan(0);
  await expect(page.locator("p.unseen[role=status]"), "a refresh is not read out").toHaveText(told);
});

test("a page turn writes nothing before its rows, and is read out though it lists as many tasks as the last", async ({ panel, page }) => {
  await panel.fault(4_000_008, "none");
  const asked = await open(panel, page, "scope=page&cluster=4000008&size=4&refresh=0");
  await panel.rests("ready");
  const said = page.locator("p.unseen[role=status]");
  const told = await said.textContent();
  await page.evaluate(() => {
    window.seen = [];
    const root = document.querySelector("ocp-log-backup-panel").shadowRoot;
    const note = ({ target }) => window.seen.push((target.parentElement ?? target).className);
    const all = { subtree: true, childList: true, characterData: true, attributes: true };
    new MutationObserver((records) => records.forEach(note)).observe(root, all);
  });
  await panel.fault(4_000_008, "silence");
  await page.locator("[part=next]").click();
  await expect.poll(() => asked.count).toBe(2);
  expect(await page.evaluate(() => window.seen)).toEqual([]);
  await panel.fault(4_000_008, "none");
  await page.locator("[part=next]").click();
  await panel.rests("ready");
  await expect(page.locator("[aria-current=page]")).toHaveText("3");
  const next = await said.textContent();
  expect(next.trim()).toBe(told.trim());
  expect(next, "a screen reader reads only what changed").not.toBe(told);
});

test("a wait for another page shows only where the answer is a while to come, and two quick presses are two pages", async ({ panel, page }) => {
  await panel.fault(4_000_007, "none");
  const asked = await open(panel, page, "scope=page&cluster=4000007&size=5&refresh=0");
  await panel.rests("ready");
  await panel.fault(4_000_007, "silence");
  const marked = page.locator("[aria-current=page]");
  const signs = page.locator(".middle.outdated, .middle[aria-busy=true]");
  await page.locator("[part=next]").click();
  await expect.poll(() => asked.count).toBe(2);
  await page.locator("[part=next]").click();
  await expect.poll(() => asked.count).toBe(3);
  await page.clock.runFor(199);
  await expect(signs).toHaveCount(0);
  await expect(marked).toHaveText("1");
  await page.clock.runFor(1);
  await expect(signs).toHaveCount(1);
  await expect(signs).toHaveAttribute("aria-busy", "true");
  await expect(marked).toHaveText("3");
  await expect(page.locator("p.unseen[role=status]")).toHaveText(/^Loading/);
});
