// The head of the panel: which cluster, what is the matter with which tasks, and how much would be lost.
import { ENDPOINT, answer, expect, stopClock, test } from "./panel.js";

const CLUSTER = { clusterName: "yc0820_17", obClusterId: 5, clusterType: "PRIMARY" };
const STORY = [
  ...Array.from({ length: 110 }, (_, index) => ["RUNNING", `ok_${index}`, 20]),
  ["RUNNING", "tenant_far_1", 19_000], ["RUNNING", "tenant_far_2", 9000], ["RUNNING", "tenant_far_3", 1000],
  ["FAILED", "tenant_failed", 70_000], ["SUSPENDED", "tenant_suspended", 4000], ["BEGINNING", "tenant_new", 10], ["STOPPED", "tenant_stopped", 9e5],
  ["INTERRUPTED", "tenant_gap_with_a_rather_long_name", 61_200],
];
const list = (page) => page.route(ENDPOINT, (route) => {
  const params = new URL(route.request().url()).searchParams;
  const [number, size] = [Number(params.get("page")), Number(params.get("size"))];
  const rows = STORY.map(([status, tenantName, delay], index) => ({ ...CLUSTER, tenantId: index + 1, tenantName, status, delay, checkpoint: new Date(Date.UTC(2021, 8, 23, 6, 34, 35) - 1000 * delay).toISOString() }));
  return route.fulfill({ json: answer(rows.slice((number - 1) * size, number * size), { totalElements: rows.length }) });
});
const summary = (page) => page.locator(".summary");
const ALL = `All ${STORY.length} tasks`;

test("says the same of the cluster whatever the page size", async ({ panel, page }) => {
  await list(page);
  const said = [];
  // What it says but for the loss, which grows by the second.
  const read = () => summary(page).locator(".verdict, .spread, .metric:first-child, .scope").allTextContents();
  for (const size of [5, 20, 100]) {
    await panel.open(`size=${size}&refresh=0`, "ready");
    await expect(summary(page)).toContainText(ALL);
    said.push(await read());
  }
  expect(said.map((texts) => JSON.stringify(texts)), JSON.stringify(said)).toEqual(said.map(() => JSON.stringify(said[0])));
});

test("names the worst first: a gap, with its tenant and age", async ({ panel, page }) => {
  await list(page);
  await panel.open("size=5&refresh=0", "ready");
  await expect(summary(page)).toContainText(ALL);
  await expect(summary(page).locator(".kind")).toHaveText([
    "Interrupted1tenant_gap_with_a_rather_long_name 17 h", "Failed1tenant_failed 19 h", "Critically behind3tenant_far_1 5 htenant_far_2 2 h …",
    "Suspended1", "In transition1", "Healthy110", "Not running1tenant_stopped 10 d",
  ]);
  await expect(page.locator(".subject")).toHaveText("yc0820_17:5PrimaryID 1000005");
});

test("a name opens its details, also of a task that is on another page", async ({ panel, page }) => {
  await list(page);
  await panel.open("size=5&refresh=0", "ready");
  await page.getByRole("button", { name: "tenant_failed 19 h" }).click();
  await expect(page.getByRole("dialog")).toContainText("tenant_failed");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("button", { name: "Critically behind 3" }).click();
  await expect(panel.rows.locator("[part=open]")).toHaveText(["tenant_far_1", "tenant_far_2", "tenant_far_3"]);
  await expect(page).toHaveURL(/kind=far-behind/);
});

test("all well is one green line", async ({ panel, page }) => {
  await panel.answers(answer(["a", "b"].map((tenantName) => ({ ...CLUSTER, tenantName, status: "RUNNING", delay: 30 }))));
  await panel.open("refresh=0", "ready");
  await expect(summary(page).locator(".verdict")).toHaveText("2 tasks are archiving; worst delay 30 s (a)");
  await expect(summary(page).locator(".verdict > .status")).toHaveAttribute("data-tone", "ok");
  await expect(page.locator("[part=filter]")).toHaveCount(0);
});

/** How many lines the text of each of these takes. */
const lines = (parts) => parts.evaluateAll((nodes) => nodes.filter((node) => node.checkVisibility()).map((node) => {
  const range = document.createRange();
  range.selectNodeContents(node);
  const boxes = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
  // What begins below the end of the line before it is a line of its own.
  let [count, end] = [0, -Infinity];
  for (const { top, bottom } of boxes.sort((one, other) => one.top - other.top)) {
    if (top >= end - 6) [count, end] = [count + 1, bottom];
  }
  return [count, node.textContent];
}));

for (const lang of ["en", "zh"]) {
  for (const width of [320, 600, 1000, 1440]) {
    test(`no verdict takes more than three lines at ${width} px, in ${lang}`, async ({ panel, page }) => {
      await page.setViewportSize({ width: width + 34, height: 900 });
      await list(page);
      await panel.open(`size=20&refresh=0&lang=${lang}`, "ready");
      await expect(summary(page).locator(".kind")).toHaveCount(7);
      const measured = await lines(summary(page).locator(".kind, .metric, .spread, .scope"));
      expect(measured.length).toBeGreaterThan(9);
      expect(measured.filter(([count]) => count > 3)).toEqual([]);
      // Where there is room, all kinds together.
      if (width >= 600) expect((await lines(summary(page).locator(".verdict")))[0][0]).toBeLessThanOrEqual(3);
      if (width === 1440) {
        const height = await page.evaluate(() => {
          const { shadowRoot } = document.querySelector("ocp-log-backup-panel");
          const box = (selector) => shadowRoot.querySelector(selector).getBoundingClientRect();
          // The answer is of 2021, so a notice on the clock stands between the lines.
          return box(".toolbar").height + box(".losses").bottom - box(".summary").top;
        });
        expect(height).toBeLessThanOrEqual(100);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width + 34);
    });
  }
}

test("a part of the bar of losses shows only the tasks of who would lose so much", async ({ panel, page }) => {
  await list(page);
  await panel.open("size=200&refresh=0&lang=en", "ready");
  await expect(summary(page)).toContainText(ALL);
  const parts = page.locator("[part=loss]");
  const words = await parts.allTextContents();
  const of = (name) => Number(words.find((word) => word.startsWith(name)).slice(name.length));
  const wide = await page.locator(".part").evaluateAll((all) => all.map((part) => Number(getComputedStyle(part).flexGrow)));
  expect(wide, "as wide as it has tenants").toEqual(words.map((word) => Number(word.split(" ").at(-1))));
  await parts.filter({ hasText: "> 1 d" }).or(parts.filter({ hasText: "≤ 1 d" })).first().click();
  await expect(panel.rows).toHaveCount(of("≤ 1 d"));
  await expect(page.locator("[part=loss][aria-pressed=true]")).toHaveCount(1);
  await expect(page).toHaveURL(/[?&]loss=1d/);
  const shown = await panel.rows.locator(".tenant .main").allTextContents();
  expect(shown).toContain("tenant_gap_with_a_rather_long_name");
  expect(shown, "one that is stopped on purpose loses nothing").not.toContain("tenant_stopped");
  await page.reload();
  await panel.rests("ready");
  await expect(panel.rows, "a link reopens the same rows").toHaveCount(shown.length);
  await page.locator("[part=loss][aria-pressed=true]").click();
  await expect(panel.rows).toHaveCount(STORY.length);
});

test("names who would lose most, and opens their details", async ({ panel, page }) => {
  await list(page);
  await panel.open("size=200&refresh=0&lang=en", "ready");
  await expect(summary(page)).toContainText(ALL);
  const owner = summary(page).locator(".metric .name");
  await expect(owner).toHaveText("tenant_failed");
  await owner.click();
  await expect(page.getByRole("dialog")).toContainText("tenant_failed");
});

test("the bar of losses stands while OCP answers, and grows when the rows are old", async ({ panel, page }) => {
  await stopClock(page, "2021-09-23T06:34:36Z");
  await panel.answers(answer([{ ...CLUSTER, tenantId: 1, tenantName: "a", status: "RUNNING", delay: 100, checkpoint: "2021-09-23T14:32:55+0800" }]));
  await page.goto("/?cluster=1000005&refresh=0&lang=en");
  await panel.rests("ready");
  const parts = page.locator("[part=loss]");
  await expect(parts).toHaveText("≤ 2 min 1");
  const lost = summary(page).locator(".metric strong").last();
  const before = await lost.textContent();
  await page.clock.runFor(60_000);
  await expect(lost, "the loss itself grows by the second").not.toHaveText(before);
  await expect(parts).toHaveText("≤ 2 min 1");
  // Older than three of the usual intervals: whether it goes on archiving is not known any more.
  await page.clock.runFor(60_000);
  await expect(parts).toHaveText("≤ 1 h 1");
});

test("the toolbar stays where it is while a request is under way", async ({ panel, page }) => {
  await page.addInitScript(() => { Math.random = () => 0.5; });
  await stopClock(page);
  let asked = 0;
  let release;
  await page.route(ENDPOINT, async (route) => {
    asked += 1;
    if (asked > 1) await new Promise((resolve) => { release = resolve; });
    await route.fulfill({ json: answer([{ ...CLUSTER, tenantName: "a", status: "RUNNING", delay: 20 }]) });
  });
  await page.goto("/?cluster=1000005&lang=en&scope=page");
  await panel.rests("ready");
  const places = () => page.locator("[part=custom-range], [part=refresh], [part=refresh-menu], [part=auto-refresh], [part=more]")
    .evaluateAll((all) => all.map((button) => [button.getBoundingClientRect().x, button.getBoundingClientRect().width]));
  await page.clock.runFor(25_000);
  await expect(page.locator("[part=refresh]")).toHaveText("Refresh · 5 s");
  const before = await places();
  expect(before).toHaveLength(5);
  await page.clock.runFor(5000);
  await expect.poll(() => asked).toBe(2);
  await expect(page.locator("[part=refresh]")).toHaveText("Refresh · 0 s");
  expect(await places()).toEqual(before);
  release();
  await panel.answered();
  expect(await places()).toEqual(before);
});
