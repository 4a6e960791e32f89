// The standalone page for several clusters: their cards, the wall screen, and the alarm.
import { ENDPOINT, answer, expect, stopClock, test } from "./panel.js";

const MANY = Array.from({ length: 300 }, (_, index) => 4000001 + index);
const cards = (page) => page.getByRole("article");
const task = (tenantName, status) => ({ tenantName, status, delay: 30, checkpoint: "2021-09-23T14:34:05+0800" });
/** Each answer is another one: the same again would be a cache's. */
let answers = 0;
const fresh = (rows, page) => ({
  ...answer(rows, page), traceId: `t-${answers += 1}`, timestamp: new Date(Date.UTC(2021, 8, 23, 6, 34, 35) + answers * 1000).toISOString(),
});
/** Turns the stopped clock, a second at a time, until `condition` holds. */
const turnUntil = (page, condition) => expect(async () => {
  await page.clock.runFor(1000);
  await condition({ timeout: 100 });
}).toPass({ intervals: [20] });

test("shows a card for each cluster, the worst first, and one that fails hides no other", async ({ panel, page }) => {
  await panel.fault(3000011, "500-json");
  await page.goto("/?clusters=1000008,1000007,3000011,nonsense,1000006&lang=en");
  await expect(cards(page)).toHaveCount(5);
  await expect(cards(page).nth(0)).toContainText("need attention");
  await expect(cards(page).nth(0)).toContainText("tenants restorable to");
  await expect(cards(page).nth(0)).toContainText(/Interrupted 1 tenant_1003/);
  await expect(cards(page).nth(0).getByRole("heading")).toHaveText(/:\d+Standby$/);
  await expect(cards(page).nth(1)).toContainText("OCP reported an internal error");
  await expect(cards(page).nth(2)).toContainText("No valid cluster ID");
  await expect(cards(page).nth(3)).toContainText("This cluster has no log backup task");
  await expect(cards(page).nth(4)).toContainText("14 tasks are archiving");
  const tones = await cards(page).evaluateAll((all) => all.map((card) => card.dataset.tone));
  expect(tones).toEqual(["critical", "warning", "warning", "warning", "ok"]);
  const heights = await cards(page).evaluateAll((all) => all.map((card) => Math.round(card.getBoundingClientRect().height)));
  expect(new Set(heights).size, "all of one height").toBe(1);
  await cards(page).nth(0).getByRole("link").click();
  await panel.rests("ready");
  await expect(panel.rows.first()).toBeVisible();
  await page.getByRole("link", { name: "Overview" }).click();
  await expect(cards(page)).toHaveCount(5);
});

test("says the same of a cluster as its panel", async ({ panel, page }) => {
  await panel.open("cluster=1000006&lang=en", "ready");
  const kinds = await panel.element.locator(".kinds .chip").allInnerTexts();
  await page.goto("/?clusters=1000006&lang=en");
  for (const kind of kinds.slice(0, 3)) await expect(cards(page).locator(".kinds")).toContainText(kind.replace(/\s+/g, " "));
});

test("says so where a file of the page can't be loaded", async ({ page }) => {
  await page.route("**/console.js*", (route) => route.abort());
  await page.goto("/?clusters=1000006,1000007&lang=en");
  await expect(page.getByRole("alert")).toHaveText(/could not be loaded.*Reload/);
});

test("shows the bar with later rows where its file could not be loaded with the first", async ({ panel, page }) => {
  await page.route("**/console.js", (route) => route.abort(), { times: 1 });
  const failed = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/console.js"));
  await panel.open("cluster=1000006&lang=en", "ready");
  await failed;
  await expect(async () => {
    await page.locator("[part=refresh]").click();
    await expect(page.getByRole("button", { name: "Alarm: off" })).toBeVisible({ timeout: 1000 });
  }).toPass();
});

test("awaits no more than four answers at a time, first ones and later ones", async ({ page }) => {
  let [waiting, most, asked] = [0, 0, 0];
  await stopClock(page);
  await page.route(ENDPOINT, async (route) => {
    [waiting, asked] = [waiting + 1, asked + 1];
    most = Math.max(most, waiting);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    waiting -= 1;
    await route.fulfill({ json: fresh([task("a", "RUNNING")]) });
  });
  await page.goto(`/?refresh=30&clusters=${Array.from({ length: 10 }, (_, id) => 3000021 + id)}&lang=en`);
  await expect(cards(page)).toHaveCount(10);
  await turnUntil(page, (limit) => expect(cards(page).filter({ hasText: "As of" })).toHaveCount(10, limit));
  // All become due at once.
  await page.clock.fastForward(40_000);
  await turnUntil(page, () => expect(asked).toBeGreaterThanOrEqual(20));
  expect(most).toBeLessThanOrEqual(4);
});

test("clusters that never answer hold no other up, at first and later", async ({ page }) => {
  test.setTimeout(120_000);
  await stopClock(page);
  const asked = new Map();
  await page.route(ENDPOINT, (route) => {
    const [, id] = /clusters\/(\d+)\//.exec(route.request().url());
    asked.set(id, (asked.get(id) ?? 0) + 1);
    return id < 3000038 ? undefined : route.fulfill({ json: fresh([task("a", "RUNNING")]) });
  });
  await page.goto(`/?clusters=${Array.from({ length: 9 }, (_, id) => 3000031 + id)}&lang=en`);
  await turnUntil(page, (limit) => expect(cards(page).filter({ hasText: "archiving" })).toHaveCount(2, limit));
  await turnUntil(page, (limit) => expect(cards(page).filter({ hasText: "OCP does not answer" })).toHaveCount(7, limit));
  const start = await page.evaluate(() => Date.now());
  const before = asked.get("3000038");
  await turnUntil(page, () => expect(asked.get("3000038")).toBeGreaterThan(before + 1));
  expect(await page.evaluate((start) => Date.now() - start, start), "twice within two minutes").toBeLessThan(120_000);
});

test("a session that is over is asked about a few times, and not once for each cluster", async ({ page }) => {
  await stopClock(page);
  let [asked, isOver] = [0, false];
  await page.route(ENDPOINT, (route) => {
    asked += 1;
    return route.fulfill(isOver ? { status: 401, body: "" } : { json: fresh([task("a", "RUNNING")]) });
  });
  await page.goto(`/?clusters=${MANY.slice(0, 30)}&lang=en`);
  await turnUntil(page, (limit) => expect(cards(page).filter({ hasText: "archiving" })).toHaveCount(30, limit));
  [asked, isOver] = [0, true];
  await page.clock.fastForward(60_000);
  const link = page.getByRole("link", { name: "Sign in to OCP" });
  await turnUntil(page, (limit) => expect(link).toBeVisible(limit));
  for (let second = 0; second < 60; second += 1) await page.clock.runFor(1000);
  expect(asked).toBeLessThanOrEqual(4);
  // Whoever comes back without a session is told again.
  await page.evaluate(() => document.querySelector("#sign-in").addEventListener("click", (event) => event.preventDefault()));
  await link.click();
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  for (let second = 0; second < 60; second += 1) await page.clock.runFor(1000);
  await expect(link).toBeVisible();
  expect(asked).toBeLessThanOrEqual(8);
  isOver = false;
  await link.click();
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await turnUntil(page, (limit) => expect(link).toBeHidden(limit));
  await expect(cards(page).filter({ hasText: "archiving" })).toHaveCount(30);
});

test("a page of all clusters that starts during an outage does not look calm, and recovers by itself", async ({ page, context }) => {
  await watchNotifications(page, context);
  await armed(page);
  await stopClock(page);
  let isDown = true;
  await page.route(/\/api\/v2\/ob\/clusters(\?.*)?$/, (route) => route.fulfill(isDown
    ? { status: 502, body: "" } : { json: answer([{ id: 3000041, name: "pay" }]) }));
  await page.route(ENDPOINT, (route) => route.fulfill({ json: fresh([task("a", "RUNNING")]) }));
  await page.goto("/?clusters=all&lang=en&wall=1");
  await expect(page).toHaveTitle("(?) Log backup");
  expect(await notified(page)).toEqual([`Cluster ?: ${BLIND}`]);
  await expect(page.locator(".sign")).toHaveText("?");
  await page.getByRole("button", { name: "Leave the wall screen" }).click();
  await expect(page.locator(".bar")).toBeVisible();
  isDown = false;
  await turnUntil(page, (limit) => expect(cards(page)).toHaveCount(1, limit));
  await turnUntil(page, (limit) => expect(page).toHaveTitle("Log backup", limit));
});

test("how the page's panel sends its requests is how its cards and its list do", async ({ page, context, baseURL }) => {
  await context.addCookies([{ name: "session", value: "s", url: baseURL }]);
  await page.route(/\/(\?.*)?$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace("<ocp-log-backup-panel", "<ocp-log-backup-panel credentials=omit") });
  });
  for (const path of ["/api/v2/ob/clusters?", "logBackupTasks"]) {
    const asked = page.waitForRequest((request) => request.url().includes(path));
    await page.goto("/?clusters=all&lang=en");
    expect((await (await asked).allHeaders()).cookie, path).toBeUndefined();
  }
});

test("what the page sets for the panel holds for the cards and the alarm, too", async ({ page }) => {
  await armed(page);
  await page.route(/\/(\?.*)?$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace("<ocp-log-backup-panel", "<ocp-log-backup-panel data-lagging=10 data-critical=20") });
  });
  await page.route(ENDPOINT, (route) => route.fulfill({ json: fresh([task("a", "RUNNING")]) }));
  await page.goto("/?clusters=3000041&lang=en");
  await expect(cards(page)).toContainText("Critically behind 1");
  await expect(page).toHaveTitle("(1) Log backup");
});

/** Before the page is opened: when each request leaves, by the page's own clock, in `window.sent`. */
const watchRequests = (page) => page.addInitScript(() => {
  window.sent = [];
  const { fetch } = window;
  window.fetch = (request, ...rest) => {
    if (String(request.url ?? request).includes("logBackupTasks")) window.sent.push(performance.now());
    return fetch(request, ...rest);
  };
});

for (const [what, reply, most] of [
  // A cluster in transition is asked each 5 seconds.
  ["in transition", () => ({ json: fresh([task("a", "STOPPING")]) }), 4],
  ["calm", () => ({ json: fresh([task("a", "RUNNING")]) }), 1.1],
  ["down", () => ({ status: 502, body: "" }), 4],
]) {
  test(`40 clusters that are ${what} are asked politely`, async ({ page }) => {
    test.setTimeout(180_000);
    await watchRequests(page);
    await stopClock(page);
    await page.route(ENDPOINT, (route) => route.fulfill(reply()));
    await page.goto(`/?refresh=5&clusters=${MANY.slice(0, 40)}&lang=en`);
    await expect(page.getByRole("note")).toContainText("Each cluster is refreshed every 40 seconds instead of every 5,");
    await turnUntil(page, (limit) => expect(cards(page).filter({ hasText: "Loading" })).toHaveCount(0, limit));
    const start = await page.evaluate(() => performance.now());
    for (let second = 0; second < 60; second += 1) await page.clock.runFor(1000);
    const sent = await page.evaluate(() => window.sent);
    const later = sent.filter((at) => at > start).length;
    expect(later).toBeLessThanOrEqual(60 * most + 8);
    expect(later, "it does ask").toBeGreaterThan(30);
    const bursts = sent.slice(8).map((at, index) => at - sent[index]);
    expect(Math.min(...bursts), "no nine requests in two seconds").toBeGreaterThanOrEqual(1999);
  });
}

test("of 300 clusters it shows 200, says so, and leads to the others", async ({ page }) => {
  await page.route(ENDPOINT, (route) => route.fulfill({ json: fresh([task("a", "RUNNING")]) }));
  await page.goto(`/?clusters=${MANY}&lang=en`);
  await expect(cards(page)).toHaveCount(200);
  await expect(page.getByRole("note").nth(0)).toContainText("This page shows at most 200 of the 300 clusters in its address.");
  await page.getByRole("link", { name: "Show the next 100" }).click();
  await expect(page.getByRole("link", { name: "Cluster 4000201", exact: true })).toBeVisible();
  await expect(cards(page)).toHaveCount(100);
  await page.goto(`/?refresh=5&clusters=${MANY.slice(0, 201)}&lang=zh`);
  await expect(page.getByRole("note").nth(0)).toContainText("地址中有 201 个集群，本页最多显示 200 个");
  await expect(page.getByRole("note").nth(1)).toContainText("每个集群每 200 秒刷新一次，而非每 5 秒");
});

test("a wall screen shows the cards, a clock and no controls, never calmer by an outage, and Escape ends it", async ({ page }) => {
  await stopClock(page, Date.UTC(2026, 10, 26, 1, 2, 3));
  let down = false;
  await page.route(ENDPOINT, (route) => route.fulfill(down ? { status: 502, body: "" } : { json: fresh([task("a", "FAILED")]) }));
  await page.goto("/?clusters=3000041&lang=en&zone=UTC");
  await turnUntil(page, (limit) => expect(cards(page)).toContainText("1 task needs attention", limit));
  await page.getByRole("button", { name: "Wall" }).click();
  await expect(page).toHaveURL(/wall=1/);
  await expect(page.locator(".clock")).toHaveText(/^01:02:\d\d$/);
  await expect(page.locator(".bar")).toBeHidden();
  await expect(page.locator(".sign")).toHaveText("1");
  const size = () => cards(page).locator("h2").evaluate((title) => parseFloat(getComputedStyle(title).fontSize));
  expect(await size()).toBeGreaterThanOrEqual(32);
  down = true;
  await turnUntil(page, (limit) => expect(page.locator(".sign")).toHaveText("1?", limit));
  await expect(cards(page)).toHaveAttribute("data-tone", "critical");
  await expect(page.locator(".alarm-state")).toHaveText("Alarm: off");
  const leave = page.getByRole("button", { name: "Leave the wall screen" });
  await expect(leave).toHaveCSS("opacity", "0");
  await page.mouse.move(500, 500);
  await expect(leave).toHaveCSS("opacity", "1");
  await page.clock.runFor(3000);
  await expect(leave).toHaveCSS("opacity", "0");
  await page.keyboard.press("Escape");
  await expect(page.locator(".bar")).toBeVisible();
  await expect(page).not.toHaveURL(/wall/);
  await page.setViewportSize({ width: 320, height: 800 });
  await page.goto("/?clusters=3000041&lang=en&wall=1");
  const head = page.locator(".wall-head > :is(.alarm-state, .sign, .clock)");
  await expect(head).toHaveCount(3);
  const places = await head.evaluateAll((all) => all.map((part) => part.getBoundingClientRect()).map(({ left, right }) => left >= 0 && right <= 320));
  expect(places, "all of the head is on a phone").toEqual([true, true, true]);
});

/** Notifications as they are raised, in `window.notified`. */
const watchNotifications = async (page, context) => {
  await context.grantPermissions(["notifications"]);
  await page.addInitScript(() => {
    window.notified = [];
    window.rang = 0;
    window.Notification = class {
      static permission = "granted";
      constructor(title, { body, renotify }) {
        window.notified.push(`${title}: ${body}`);
        if (renotify) window.rang += 1;
      }
    };
  });
};
const notified = (page) => page.evaluate(() => window.notified.splice(0));
const armed = (page) => page.addInitScript(() => localStorage.setItem("ocp-log-backup-panel.alarm", "on"));

const BLIND = "Status unknown: OCP sent no new data. Tasks that were critical may still be so.";

test("an outage of one of two clusters looks no better than before, and rings once", async ({ page, context }) => {
  await watchNotifications(page, context);
  await armed(page);
  await stopClock(page);
  const failed = ["a", "b", "c", "d"].map((name) => task(name, "FAILED"));
  let down = "none";
  await page.route(ENDPOINT, (route) => route.fulfill(
    route.request().url().includes(down) ? { status: 502, body: "" } : { json: fresh(failed) }));
  await page.goto("/?clusters=3000041,3000042&lang=en");
  const title = (words) => turnUntil(page, (limit) => expect(page).toHaveTitle(words, limit));
  await title("(8) Log backup");
  down = "3000042";
  await title("(8?) Log backup");
  await expect(page.locator("link[rel=icon]")).toHaveAttribute("href", /b52727.*8%3F%3C/);
  expect(await notified(page)).toEqual([`Cluster 3000042: ${BLIND}`]);
  down = "none";
  await title("(8) Log backup");
  expect(await notified(page)).toEqual([]);
  // All at once are one outage: the first rings, and the rest is told without a sound.
  down = "clusters";
  await turnUntil(page, async () => expect(await page.evaluate(() => window.notified.length)).toBe(2));
  await expect(page).toHaveTitle("(8?) Log backup");
  expect((await notified(page))[1]).toBe(`Cluster 3000041, 3000042: ${BLIND}`);
  expect(await page.evaluate(() => window.rang)).toBe(2);
});

test("a cluster with no log backup at all is a warning, and a range with none is not", async ({ panel, page }) => {
  await armed(page);
  for (const [lang, words] of [["en", "point-in-time recovery is not possible"], ["zh", "不支持任意时间点恢复"]]) {
    await page.goto(`/?clusters=1000007&lang=${lang}`);
    await expect(cards(page).locator(".status[data-tone=warning]")).toHaveText(new RegExp(words));
    await expect(page).toHaveTitle(/^\(!\) /);
  }
  for (const query of ["cluster=1000007&range=24h", "cluster=1000006&page=99&scope=page"]) {
    await panel.open(`${query}&lang=en`, "empty");
    await expect(page.getByRole("button", { name: /^Alarm/ })).toBeVisible();
    await expect(page.locator(".empty")).toBeVisible();
    await expect(page.locator(".empty [data-tone]")).toHaveCount(0);
    await expect(page).not.toHaveTitle(/^\(/);
  }
});

test("raises the alarm that was switched on, when a task becomes critical", async ({ panel, page, context }) => {
  await watchNotifications(page, context);
  let rows = [task("a", "RUNNING")];
  let total;
  await page.route(ENDPOINT, (route) => (rows
    ? route.fulfill({ json: answer(rows, { totalElements: total ?? rows.length }) })
    : route.fulfill({ status: 500, body: "{}" })));
  await panel.open("lang=en&refresh=0&scope=page", "ready");
  const icon = page.locator("link[rel=icon]");
  const alarm = page.getByRole("button", { name: "Alarm: off" });
  const ask = async (next, act = () => page.locator("[part=refresh]").click()) => {
    rows = next;
    const asked = page.waitForRequest(ENDPOINT);
    await act();
    await asked;
    await panel.answered();
  };
  await expect(alarm).toBeVisible();
  await expect(page.locator(".alarm")).toHaveAttribute("title", /refreshes in the background/);
  await ask([task("a", "FAILED")]);
  await expect(panel.element.locator(".summary")).toContainText("1 task needs attention");
  await expect(page).toHaveTitle("1000005 · Log backup");
  await expect(panel.element).not.toHaveAttribute("unattended");
  await alarm.click();
  await expect(page).toHaveTitle("(1) 1000005 · Log backup");
  await expect(icon).toHaveAttribute("href", /svg/);
  await expect(panel.element).toHaveAttribute("unattended");
  await ask([task("a", "FAILED"), task("b", "FAILED")]);
  await expect(page).toHaveTitle("(2) 1000005 · Log backup");
  expect(await notified(page)).toEqual(["Cluster 1000005: Critical log backup tasks: 2 (a, b)"]);
  // As many as before, but another one.
  await ask([task("a", "FAILED"), task("b", "RUNNING"), task("c", "FAILED")]);
  await expect(panel.element.locator(".summary")).toContainText("3 tasks");
  expect(await notified(page)).toEqual(["Cluster 1000005: Critical log backup tasks: 2 (a, c)"]);
  await ask(null);
  await expect(page).toHaveTitle("(2?) 1000005 · Log backup");
  await ask([task("a", "FAILED"), task("b", "RUNNING"), task("c", "FAILED")]);
  await expect(page).toHaveTitle("(2) 1000005 · Log backup");
  expect(await notified(page), "an outage makes no news of what was known").toEqual([`Cluster 1000005: ${BLIND}`]);
  // OceanBase leaves interrupted tasks out.
  await ask([task("b", "RUNNING"), task("c", "RUNNING")]);
  await expect(page).toHaveTitle("1000005 · Log backup");
  await expect(icon).toHaveAttribute("href", "data:,");
  expect(await notified(page)).toEqual(["Cluster 1000005: No longer listed: 1 (a)"]);
  total = 50;
  await ask([task("b", "RUNNING")]);
  await ask([task("x", "FAILED"), task("y", "FAILED")], () => page.locator("[part=next]").click());
  await expect(panel.element.locator(".pager [aria-current]")).toHaveText("2");
  await expect(page).toHaveTitle("(2) 1000005 · Log backup");
  expect(await notified(page), "another page is no change").toEqual([]);
  await page.getByRole("button", { name: "Alarm: on" }).click();
  await expect(panel.element).not.toHaveAttribute("unattended");
});

test("the alarm has a sound for whoever wants it", async ({ panel, page, context }) => {
  await watchNotifications(page, context);
  await page.addInitScript(() => {
    window.tones = 0;
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (...all) { window.tones += 1; return start.apply(this, all); };
  });
  let rows = [task("a", "RUNNING")];
  await page.route(ENDPOINT, (route) => route.fulfill({ json: fresh(rows) }));
  await panel.open("lang=en&refresh=0", "ready");
  const tones = () => page.evaluate(() => window.tones);
  const fail = async (names) => {
    rows = names.map((name) => task(name, "FAILED"));
    await page.locator("[part=refresh]").click();
    await expect(page).toHaveTitle(new RegExp(`^\\(${names.length}\\)`));
  };
  await expect(page.getByRole("button", { name: "Sound" })).toBeHidden();
  await page.getByRole("button", { name: "Alarm: off" }).click();
  await fail(["a"]);
  expect(await tones()).toBe(0);
  const sound = page.getByRole("button", { name: "Sound" });
  await sound.click();
  await expect(sound).toHaveAttribute("aria-pressed", "true");
  expect(await tones(), "so that it is heard once").toBe(2);
  await fail(["a", "b"]);
  expect(await tones()).toBe(4);
  await page.reload();
  await expect(page.getByRole("button", { name: "Sound" })).toHaveAttribute("aria-pressed", "true");
});

test("an alarm that was on is on where OCP is down, and one that hears nothing does not look calm", async ({ panel, page }) => {
  await armed(page);
  await stopClock(page);
  let isDown = true;
  await page.route(ENDPOINT, (route) => route.fulfill(isDown ? { status: 502, body: "" } : { json: answer([task("a", "RUNNING")]) }));
  await panel.open("lang=en", "error");
  await page.clock.runFor(1000);
  await expect(page).toHaveTitle("(?) 1000005 · Log backup");
  await expect(panel.element).toHaveAttribute("unattended");
  isDown = false;
  await page.locator("[part=refresh]").click();
  await expect(page).toHaveTitle("1000005 · Log backup");
  await panel.answered();
  await page.locator("[part=auto-refresh]").click();
  await page.clock.runFor(170_000);
  await expect(page).toHaveTitle("1000005 · Log backup");
  await page.clock.runFor(30_000);
  await expect(page).toHaveTitle("(?) 1000005 · Log backup");
});

test("an alarm takes nothing away that the page itself set", async ({ panel, page }) => {
  await page.route(/\/(\?.*)?$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace("<ocp-log-backup-panel", "<ocp-log-backup-panel unattended") });
  });
  await panel.open("cluster=1000006&lang=en", "ready");
  for (const name of ["Alarm: off", "Alarm: on"]) await page.getByRole("button", { name }).click();
  await expect(panel.element).toHaveAttribute("unattended");
});

test("an alarm that the browser keeps from notifying says so", async ({ panel, page }) => {
  await page.addInitScript(() => {
    window.Notification = class { static permission = "default"; static requestPermission = async () => { window.Notification.permission = window.answered; }; };
  });
  await panel.open("cluster=1000006&lang=en", "ready");
  const alarm = page.locator(".alarm-switch");
  for (const [answered, said] of [["denied", "Alarm: on, without notifications: this browser does not allow them"], ["granted", "Alarm: on"]]) {
    await expect(alarm).toHaveText("Alarm: off");
    await page.evaluate((answered) => { window.answered = answered; window.Notification.permission = "default"; }, answered);
    await alarm.click();
    await expect(alarm).toHaveText(said);
    await alarm.click();
  }
});

const PROSE = "Your session expired: sign in at evil.example \u202Egnp.exe";

test("words in place of a cluster are called invalid, and repeated in no title, heading or notification", async ({ panel, page, context }) => {
  await watchNotifications(page, context);
  await armed(page);
  for (const [lang, title, words] of [["en", "(?) Log backup", "No valid cluster ID"], ["zh", "(?) 日志备份", "集群 ID 无效"]]) {
    for (const given of [PROSE, "5 (really)", "12345678901234567890", "٥", "<b>5</b>"]) {
      await page.goto(`/?cluster=${encodeURIComponent(given)}&lang=${lang}`);
      await expect(page.getByRole("alert").first()).toContainText(words);
      await expect(page).toHaveTitle(title);
      for (const notified of await page.evaluate(() => window.notified)) expect(notified).toMatch(/^(Cluster|集群) \?: /);
    }
  }
  await page.goto("/?cluster=%201000006%20&lang=en");
  await panel.rests("ready");
  await expect(page).toHaveTitle(/ 1000006 · Log backup$/);
  await page.goto(`/?clusters=${encodeURIComponent(PROSE)},1000007&lang=en`);
  await expect(cards(page).filter({ hasText: "No valid cluster ID" }).getByRole("heading")).toHaveText("Cluster ?");
  await expect(cards(page).filter({ hasText: "no log backup" }).getByRole("heading")).toHaveText("Cluster 1000007");
  await expect(page).toHaveTitle(/^\(\d*\??\) Log backup$/);
});
