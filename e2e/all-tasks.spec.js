// The whole list in place of one page: the verdict, the filter, the order and the files speak of all tasks.
import { readFileSync } from "node:fs";
import { ENDPOINT, answer, expect, openMore, stopClock, test } from "./panel.js";

const open = async (page) => {
  await openMore(page, "export");
  await expect(page.getByRole("button", { name: "CSV", exact: true }).first()).toBeVisible();
};
const saved = async (page, act) => {
  const download = page.waitForEvent("download");
  await act();
  const file = await download;
  return [file.suggestedFilename(), readFileSync(await file.path(), "utf8")];
};
/** Answers a list of `total` tasks page by page, at most `most` a page; the last one failed. */
const list = (page, total, change = () => undefined, most = 2000) => {
  const asked = [];
  return page.route(ENDPOINT, async (route) => {
    const params = new URL(route.request().url()).searchParams;
    const [number, wanted] = [Number(params.get("page")), Number(params.get("size"))];
    const size = Math.min(wanted, most);
    asked.push(`${number}/${wanted}`);
    const odd = await change(asked.length, number, wanted);
    if (odd) return route.fulfill(odd);
    const count = Math.max(0, Math.min(size, total - (number - 1) * size));
    const rows = Array.from({ length: count }, (_, index) => {
      const id = (number - 1) * size + index + 1;
      return { tenantName: `t${id}`, status: id === total ? "FAILED" : "RUNNING", delay: 20 + id, checkpoint: "2021-09-23T14:34:00+0800" };
    });
    return route.fulfill({ json: answer(rows, { totalElements: total }) });
  }).then(() => asked);
};
const summary = (page) => page.locator(".summary");

test("speaks of all tasks, whatever the page size", async ({ panel, page }) => {
  const said = [];
  for (const query of ["size=5", "size=20", "size=100"]) {
    await list(page, 230);
    await panel.open(`${query}&refresh=0`, "ready");
    await expect(summary(page)).toContainText("All 230 tasks");
    said.push((await summary(page).locator(".verdict").textContent()).replaceAll("\u00a0", " "));
    await page.unroute(ENDPOINT);
  }
  expect(said[0]).toContain("1 task needs attention; worst delay 4 min 9 s (t229)");
  expect(new Set(said).size).toBe(1);
});

test("shows the first page at once, then reads the rest with one large request", async ({ panel, page }) => {
  let go;
  const held = new Promise((resolve) => { go = resolve; });
  const asked = await list(page, 230, async (_, number, size) => { if (size === 2000) await held; });
  await panel.open("size=20&refresh=0", "ready");
  await expect(panel.rows).toHaveCount(20);
  await expect(summary(page)).toContainText("Page 1 only, of 230 tasks");
  go();
  await expect(summary(page)).toContainText("All 230 tasks");
  expect(asked).toEqual(["1/20", "1/2000"]);
});

test("pages, filters and sorts all tasks without a request", async ({ panel, page }) => {
  const asked = await list(page, 230);
  await panel.open("size=20&refresh=0", "ready");
  await expect(summary(page)).toContainText("All 230 tasks");
  const before = asked.length;
  await page.locator("[part=next]").click();
  await expect(panel.rows.first()).toContainText("t21");
  await page.locator("[part=last]").click();
  await expect(panel.rows).toHaveCount(10);
  await expect(page.locator(".pager .total")).toContainText("221–230 of 230");
  // A tenant of a page that is not on screen.
  await page.locator("[part=find]").fill("t137");
  await expect(panel.rows).toHaveCount(1);
  await expect(page.locator(".pager .total")).toContainText("1–1 of 1");
  await page.locator("[part=find]").fill("nobody");
  await expect(panel.rows).toHaveCount(0);
  await expect(page.locator(".filtered")).toContainText("Tasks shown: 0 of 230");
  await page.getByRole("button", { name: "Show all" }).click();
  await page.getByRole("columnheader", { name: "Delay" }).getByRole("button").click();
  // What failed has the oldest checkpoint.
  await expect(panel.rows.first()).toContainText("t230");
  await expect(panel.rows.nth(1)).toContainText("t229");
  await page.locator("[part=page-size]").selectOption("100");
  await expect(panel.rows).toHaveCount(100);
  expect(asked).toHaveLength(before);
});

test("a list of thousands is read in pages of 2,000, with its progress, and its age is told", async ({ panel, page }) => {
  let go;
  const held = new Promise((resolve) => { go = resolve; });
  const asked = await list(page, 3217, async (_, number, size) => { if (size === 2000 && number === 2) await held; });
  await panel.open("size=20&refresh=0", "ready");
  await expect(summary(page)).toContainText("Reading all tasks: 2,000 / 3,217");
  go();
  await expect(summary(page)).toContainText("All 3,217 tasks");
  expect(asked).toEqual(["1/20", "1/2000", "2/2000"]);
  await page.locator("[part=find]").fill("t2345");
  await expect(panel.rows).toHaveCount(1);
  // A refresh by the user reads the page at hand and the list.
  await page.locator("[part=find]").fill("");
  await page.locator("[part=refresh]").click();
  await expect.poll(() => asked.length).toBe(6);
});

test("while the rest is read, the user's own question goes first", async ({ panel, page }) => {
  const asked = await list(page, 3217, (count, number, size) => (size === 2000 && count === 2 ? new Promise(() => {}) : undefined));
  await panel.open("size=20&refresh=0", "ready");
  await expect.poll(() => asked.length).toBe(2);
  const aborted = page.waitForEvent("requestfailed", (request) => request.url().includes("size=2000"));
  await page.locator("[part=next]").click();
  await aborted;
  await expect(panel.rows.first()).toContainText("t21");
  await expect(summary(page)).toContainText("All 3,217 tasks");
  expect(asked).toEqual(["1/20", "1/2000", "2/20", "1/2000", "2/2000"]);
});

for (const [name, refusal, said] of [
  ["403", { status: 403, json: { error: { code: 60021, message: "No permission" }, successful: false, traceId: "abc" } }, "Other tasks not read"],
  ["429", { status: 429, headers: { "Retry-After": "60" }, body: "" }, "Other tasks not read"],
]) {
  test(`a ${name} in the middle ends the reading, and nothing is called all`, async ({ panel, page }) => {
    const asked = await list(page, 3217, (_, number, size) => (size === 2000 && number === 2 ? refusal : undefined));
    await panel.open("size=20&refresh=0", "ready");
    await expect(summary(page)).toContainText(said);
    await expect(summary(page)).toContainText("Page 1 only, of 3,217 tasks");
    await expect(summary(page)).toContainText("died now: at least");
    await expect(panel.rows).toHaveCount(20);
    expect(asked).toEqual(["1/20", "1/2000", "2/2000"]);
    await open(page);
    if (name === "403") await expect(page.getByRole("dialog").getByRole("alert")).toContainText("No permission");
    await page.locator("[part=read-all]").click();
    await expect.poll(() => asked.length).toBe(6);
  });
}

test("a 401 in the middle is a session that is over", async ({ panel, page }) => {
  const asked = await list(page, 3217, (_, number, size) => (size === 2000 ? { status: 401, body: "" } : undefined));
  await panel.open("size=20", "stale");
  await expect(page.getByRole("alert").first()).toContainText("You are not signed in to OCP");
  expect(asked).toEqual(["1/20", "1/2000"]);
});

test("a server that gives smaller pages is read to the end", async ({ panel, page }) => {
  const asked = await list(page, 230, undefined, 100);
  await panel.open("size=20&refresh=0", "ready");
  await expect(summary(page)).toContainText("All 230 tasks");
  expect(asked).toEqual(["1/20", "1/2000", "2/2000", "3/2000"]);
});

test("a page that never comes is given up after 15 s, and tried again three times", async ({ panel, page }) => {
  await stopClock(page);
  const asked = await list(page, 3217, (_, number, size) => (size === 2000 && number === 2 ? new Promise(() => {}) : undefined));
  await panel.open("size=20&refresh=0", "ready");
  /** Turns the clock by as little as it takes for so many questions. */
  const reaches = (count) => expect.poll(async () => {
    await page.clock.runFor(50);
    return asked.length;
  }).toBe(count);
  await reaches(3);
  // One request and three more of 15 s each, and 2, 4 and 8 s in between.
  for (const [turn, seconds] of [2, 4, 8].entries()) {
    await page.clock.runFor(14_000 + 1000 * seconds);
    expect(asked).toHaveLength(3 + turn);
    await page.clock.runFor(1000);
    await reaches(4 + turn);
  }
  await page.clock.runFor(15_000);
  await expect(summary(page)).toContainText("Other tasks not read: OCP does not answer");
});

test("a host that wants one page gets OCP's pages, and may change its mind", async ({ panel, page }) => {
  const asked = await list(page, 230);
  await panel.open("size=20&refresh=0&scope=page", "ready");
  await page.locator("[part=next]").click();
  await expect(panel.rows.first()).toContainText("t21");
  await expect(summary(page)).toContainText("Page 2 only, of 230 tasks");
  expect(asked).toEqual(["1/20", "2/20"]);
  await open(page);
  await page.locator("[part=read-all]").click();
  await expect(summary(page)).toContainText("All 230 tasks");
});

test("what was read gives way when something else is asked for", async ({ panel, page }) => {
  await list(page, 30);
  await panel.open("size=20&refresh=0", "ready");
  await expect(summary(page)).toContainText("All 30 tasks");
  await panel.element.evaluate((element) => { element.range = "24h"; });
  await expect(summary(page)).toContainText("All 30 tasks; in this time range only");
  await page.unroute(ENDPOINT);
  await list(page, 7);
  await panel.element.evaluate((element) => { element.clusterId = "7"; });
  await expect(summary(page)).toContainText("All 7 tasks");
});

test("saves what is shown, in three forms, and all tasks", async ({ panel, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await list(page, 30);
  await panel.open("size=20", "ready");
  await expect(summary(page)).toContainText("All 30 tasks");
  await page.locator("[part=find]").fill("t2");
  await expect(panel.rows).toHaveCount(11);
  await open(page);
  const [, csv] = await saved(page, () => page.getByRole("button", { name: "CSV", exact: true }).first().click());
  expect(csv).toContain("All 30 tasks · Tasks shown: 11 of 30");
  const [name, markdown] = await saved(page, () => page.getByRole("button", { name: "Markdown", exact: true }).first().click());
  expect(name).toMatch(/\.md$/);
  expect(markdown.trim().split("\n").filter((line) => line.startsWith("| "))).toHaveLength(13);
  const [, json] = await saved(page, () => page.getByRole("button", { name: "JSON", exact: true }).first().click());
  expect(JSON.parse(json).tasks[0].tenantName).toBe("t2");
  await page.getByRole("button", { name: "Copy as Markdown" }).first().click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(markdown);
  const [, all] = await saved(page, () => page.getByRole("button", { name: "JSON", exact: true }).last().click());
  expect(JSON.parse(all).tasks).toHaveLength(30);
  await page.keyboard.press("Escape");
  await expect(page.locator("[part=more]")).toBeFocused();
});
