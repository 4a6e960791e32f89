// The standalone page for several clusters, and its alarm.
import { ENDPOINT, answer, expect, stopClock, test } from "./panel.js";

const cards = (page) => page.getByRole("article");
const task = (tenantName, status) => ({ tenantName, status, delay: 30, checkpoint: "2021-09-23T14:34:05+0800" });

test("shows a card for each cluster, and one that fails hides no other", async ({ panel, page }) => {
  await panel.fault(3000011, "500-json");
  await page.goto("/?clusters=1000006,3000011,1000007,nonsense&lang=en");
  await expect(cards(page)).toHaveCount(4);
  await expect(cards(page).nth(0)).toContainText("need attention");
  await expect(cards(page).nth(0)).toContainText("tenants restorable to");
  await expect(cards(page).nth(0).getByRole("table")).toHaveCount(0);
  await expect(cards(page).nth(1)).toContainText("OCP reported an internal error");
  await expect(cards(page).nth(2)).toContainText("This cluster has no log backup task");
  await expect(cards(page).nth(3)).toContainText("No valid cluster ID");
  await page.getByRole("link", { name: "Cluster 1000006" }).click();
  await panel.rests("ready");
  await expect(panel.rows.first()).toBeVisible();
  await page.getByRole("link", { name: "All clusters" }).click();
  await expect(cards(page)).toHaveCount(4);
});

test("says so where the file that shows the cards can't be loaded", async ({ page }) => {
  await page.route("**/overview.js", (route) => route.abort());
  await page.goto("/?clusters=1000006,1000007&lang=en");
  await expect(page.getByRole("alert")).toHaveText(/could not be loaded.*Reload/);
});

test("offers the alarm with later rows where its file could not be loaded with the first", async ({ panel, page }) => {
  await page.route("**/alarm.js", (route) => route.abort(), { times: 1 });
  const failed = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/alarm.js"));
  await panel.open("cluster=1000006", "ready");
  await failed;
  await expect(async () => {
    await page.locator("[part=refresh]").click();
    await expect(page.getByRole("button", { name: "Alarm: off" })).toBeVisible({ timeout: 1000 });
  }).toPass();
});

test("awaits no more than four first answers at a time", async ({ page }) => {
  const held = [];
  // Or the panels that wait give up.
  await stopClock(page);
  await page.route(ENDPOINT, (route) => { held.push(route); });
  await page.goto(`/?clusters=${[1, 2, 3, 4, 5, 6].map((id) => 3000020 + id)}&lang=en`);
  await expect.poll(() => held.length).toBe(4);
  await expect(cards(page)).toHaveCount(6);
  await held[0].fulfill({ json: answer([task("a", "RUNNING")]) });
  await expect.poll(() => held.length).toBe(5);
  await expect(cards(page).nth(4).locator("ocp-log-backup-panel")).toBeAttached();
  await expect(cards(page).nth(5).locator("ocp-log-backup-panel")).toHaveCount(0);
});

const MANY = Array.from({ length: 300 }, (_, index) => 4000001 + index);
/** Before the page is opened: when each request leaves, by the page's own clock, in `window.sent`. */
const watchRequests = (page) => page.addInitScript(() => {
  window.sent = [];
  const { fetch } = window;
  window.fetch = (request, ...rest) => {
    if (String(request.url ?? request).includes("logBackupTasks")) window.sent.push(performance.now());
    return fetch(request, ...rest);
  };
});
/** Turns the clock by `seconds`, and waits for the answers after each. */
const turn = async (page, seconds) => {
  for (let second = 0; second < seconds; second += 1) {
    await page.clock.runFor(1000);
    await expect.poll(async () => (await page.evaluate(() => window.sent.length)) - page.answered).toBe(0);
  }
};

for (const [what, reply, most] of [
  // A cluster in transition is asked each 5 seconds.
  ["in transition", (time) => ({ json: { ...answer([task("a", "STOPPING")]), timestamp: time, traceId: time } }), 4],
  ["calm", (time) => ({ json: { ...answer([task("a", "RUNNING")]), timestamp: time, traceId: time } }), 1.1],
  ["down", () => ({ status: 502, body: "" }), 4],
]) {
  test(`of 300 clusters that are ${what} it shows and asks a few, and says so`, async ({ page }) => {
    test.setTimeout(180_000);
    await watchRequests(page);
    await stopClock(page);
    page.answered = 0;
    await page.route(ENDPOINT, async (route) => {
      await route.fulfill(reply(new Date(Date.UTC(2021, 8, 23) + page.answered * 1000).toISOString()));
      page.answered += 1;
    });
    await page.goto(`/?refresh=5&clusters=${MANY}&lang=en`);
    await expect(cards(page)).toHaveCount(24);
    const notes = page.getByRole("note");
    await expect(notes.nth(0)).toContainText("This page shows at most 24 of the 300 clusters in its address.");
    await expect(notes.nth(1)).toContainText("Each cluster is refreshed every 24 seconds instead of every 5");
    await expect(page.getByText("Not shown: 276")).toBeVisible();
    await page.getByText("Not shown: 276").click();
    await expect(page.getByText("4000025, 4000026,")).toContainText(/4000300$/);
    // Until all have had their first answer, and then for a minute.
    await expect(async () => {
      await page.clock.runFor(500);
      await expect(page.locator("ocp-log-backup-panel:not([data-state=loading])")).toHaveCount(24, { timeout: 50 });
    }).toPass();
    const start = await page.evaluate(() => performance.now());
    await turn(page, 60);
    const sent = await page.evaluate(() => window.sent);
    expect(sent.filter((at) => at > start).length).toBeLessThanOrEqual(60 * most + 8);
    const bursts = sent.slice(8).map((at, index) => at - sent[index]);
    expect(Math.min(...bursts), "no nine requests in two seconds").toBeGreaterThanOrEqual(1999);
    await page.getByRole("link", { name: "Show the next 24" }).click();
    await expect(page.getByRole("link", { name: "Cluster 4000025", exact: true })).toBeVisible();
    await expect(notes.nth(0)).toContainText("of the 276 clusters in its address");
  });
}

test("says so in Chinese, and a few clusters are asked as often as the address says", async ({ page }) => {
  await page.goto(`/?refresh=5&clusters=${MANY.slice(0, 25)}&lang=zh`);
  await expect(page.getByRole("note").nth(0)).toContainText("地址中有 25 个集群，本页最多显示 24 个");
  await expect(page.getByText("未显示：1 个")).toBeVisible();
  await expect(page.getByRole("note").nth(1)).toContainText("每个集群每 24 秒刷新一次，而非每 5 秒");
  await page.goto("/?refresh=5&clusters=1000006,1000007&lang=en");
  await expect(cards(page)).toHaveCount(2);
  await expect(page.locator("ocp-log-backup-panel").first()).toHaveAttribute("refresh-seconds", "5");
  await expect(page.getByRole("note")).toHaveCount(0);
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

const BLIND = "Status unknown: OCP sent no new data. Tasks that were critical may still be so.";

test("an outage of one of two clusters looks no better than before, and rings once", async ({ page, context }) => {
  await watchNotifications(page, context);
  await page.addInitScript(() => localStorage.setItem("ocp-log-backup-panel.alarm", "on"));
  await stopClock(page);
  const failed = ["a", "b", "c", "d"].map((name) => task(name, "FAILED"));
  let down = "none";
  let answers = 0;
  // Each answer is another one: the same again would be a cache's.
  const fresh = () => ({ ...answer(failed), traceId: `t-${answers += 1}`, timestamp: new Date(Date.UTC(2021, 8, 23, 6, 34, answers)).toISOString() });
  await page.route(ENDPOINT, (route) => route.fulfill(
    route.request().url().includes(down) ? { status: 502, body: "" } : { json: fresh() }));
  await page.goto("/?clusters=3000041,3000042&lang=en");
  const panels = page.locator("ocp-log-backup-panel");
  await expect(panels.nth(1)).toHaveAttribute("data-state", "ready");
  await page.clock.runFor(1000);
  await expect(page).toHaveTitle("(8) Log backup");
  const ask = async (state) => {
    await panels.nth(1).evaluate((panel) => panel.refresh());
    await expect(panels.nth(1)).toHaveAttribute("data-state", state);
    await expect.poll(() => panels.nth(1).evaluate((panel) => panel.getState().loading)).toBe(false);
  };
  down = "3000042";
  for (let turn = 0; turn < 3; turn += 1) await ask("stale");
  await expect(page).toHaveTitle("(8?) Log backup");
  await expect(page.locator("link[rel=icon]")).toHaveAttribute("href", /b52727.*8%3F%3C/);
  expect(await notified(page)).toEqual([`Cluster 3000042: ${BLIND}`]);
  down = "none";
  await ask("ready");
  await expect(page).toHaveTitle("(8) Log backup");
  expect(await notified(page)).toEqual([]);
  // All at once are one outage: the first rings, and the rest is told without a sound.
  down = "clusters";
  for (const panel of await panels.all()) await panel.evaluate((panel) => panel.refresh());
  await expect(panels.nth(0)).toHaveAttribute("data-state", "stale");
  await expect(panels.nth(1)).toHaveAttribute("data-state", "stale");
  await expect(page).toHaveTitle("(8?) Log backup");
  const told = await notified(page);
  expect(told.slice(1)).toEqual([`Cluster 3000041, 3000042: ${BLIND}`]);
  expect(await page.evaluate(() => window.rang)).toBe(2);
});

test("a cluster with no log backup at all is a warning, and a range with none is not", async ({ panel, page }) => {
  await page.addInitScript(() => localStorage.setItem("ocp-log-backup-panel.alarm", "on"));
  for (const [lang, words] of [["en", "point-in-time recovery is not possible"], ["zh", "不支持任意时间点恢复"]]) {
    await page.goto(`/?clusters=1000007&lang=${lang}`);
    const warning = cards(page).first().locator(".status[data-tone=warning]").filter({ visible: true });
    await expect(warning).toHaveText(new RegExp(words));
    await expect(page).toHaveTitle(/^\(!\) /);
    expect((await panel.element.evaluate((element) => element.getState())).data.tones).toMatchObject({ warning: 1, critical: 0 });
  }
  for (const query of ["cluster=1000007&range=24h", "cluster=1000006&page=99&scope=page"]) {
    await panel.open(`${query}&lang=en`, "empty");
    await expect(page.locator("#alarm")).toBeVisible();
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
  await expect(alarm).toHaveAttribute("title", /refreshes in the background/);
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
  await expect(page).toHaveTitle("(2) 1000005 · Log backup");
  expect(await notified(page), "another page is no change").toEqual([]);
  await page.getByRole("button", { name: "Alarm: on" }).click();
  await expect(panel.element).not.toHaveAttribute("unattended");
});

test("an alarm that was on is on where OCP is down, and one that hears nothing does not look calm", async ({ panel, page }) => {
  await page.addInitScript(() => localStorage.setItem("ocp-log-backup-panel.alarm", "on"));
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
    await route.fulfill({ response, body: (await response.text()).replace("<ocp-log-backup-panel ", "<ocp-log-backup-panel unattended ") });
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
  const alarm = page.locator("#alarm");
  for (const [answered, said] of [["denied", "Alarm: on, without notifications: this browser blocks them"], ["granted", "Alarm: on"]]) {
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
  await page.addInitScript(() => localStorage.setItem("ocp-log-backup-panel.alarm", "on"));
  for (const [lang, title, words] of [["en", "(?) Log backup", "No valid cluster ID"], ["zh", "(?) 日志备份", "集群 ID 无效"]]) {
    for (const given of [PROSE, "5 (really)", "12345678901234567890", "٥", "<b>5</b>"]) {
      await page.goto(`/?cluster=${encodeURIComponent(given)}&lang=${lang}`);
      await expect(page.getByRole("alert")).toContainText(words);
      await expect(page).toHaveTitle(title);
      for (const notified of await page.evaluate(() => window.notified)) expect(notified).toMatch(/^(Cluster|集群) \?: /);
    }
  }
  await page.goto("/?cluster=%201000006%20&lang=en");
  await panel.rests("ready");
  await expect(page).toHaveTitle(/ 1000006 · Log backup$/);
  await page.goto(`/?clusters=${encodeURIComponent(PROSE)},1000006&lang=en`);
  await expect(cards(page).first()).toContainText("No valid cluster ID");
  await expect(cards(page).first().getByRole("heading").first()).toHaveText("Cluster ?");
  await expect(cards(page).last().getByRole("heading").first()).toHaveText("Cluster 1000006");
  await expect(page).toHaveTitle(/^\(\d*\??\) Log backup$/);
});
