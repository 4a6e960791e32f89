// Files of what is shown, and all pages instead of one.
import { readFileSync } from "node:fs";
import { ENDPOINT, answer, expect, stopClock, test } from "./panel.js";

const open = async (page) => {
  await page.locator("[part=export]").click();
  await expect(page.getByRole("button", { name: "Read all pages" })).toBeVisible();
};
const saved = async (page, act) => {
  const download = page.waitForEvent("download");
  await act();
  const file = await download;
  return [file.suggestedFilename(), readFileSync(await file.path(), "utf8")];
};
/** Answers a list of `total` tasks page by page; the last one failed. */
const list = (page, total, change = () => undefined) => {
  const asked = [];
  return page.route(ENDPOINT, async (route) => {
    const params = new URL(route.request().url()).searchParams;
    const [number, size] = [Number(params.get("page")), Number(params.get("size"))];
    asked.push(`${number}/${size}`);
    const odd = await change(asked.length, number);
    if (odd) return route.fulfill(odd);
    const count = Math.max(0, Math.min(size, total - (number - 1) * size));
    const rows = Array.from({ length: count }, (_, index) => {
      const id = (number - 1) * size + index + 1;
      return { tenantName: `t${id}`, status: id === total ? "FAILED" : "RUNNING", delay: 20 + id, checkpoint: "2021-09-23T14:34:00+0800" };
    });
    return route.fulfill({ json: answer(rows, { totalElements: total }) });
  }).then(() => asked);
};

test("reads all pages for a verdict on the cluster, and saves them", async ({ panel, page }) => {
  const asked = await list(page, 230);
  await panel.open("size=20&refresh=0", "ready");
  await expect(page.locator(".summary")).toContainText("Page 1 only, of 230 tasks");
  await open(page);
  await page.getByRole("button", { name: "Read all pages" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("1 task needs attention; worst delay 4 min 9 s, t229");
  await expect(dialog).toContainText("230 of 230 tasks, read from");
  await expect(dialog).toContainText("Critical 1 · Healthy 229");
  expect(asked).toEqual(["1/20", "1/100", "2/100", "3/100"]);
  await expect(dialog).toBeFocused();
  const [name, csv] = await saved(page, () => dialog.getByRole("button", { name: "CSV" }).last().click());
  expect(name).toMatch(/^log-backup-1000005-2021-09-23-14-34-35\.csv$/);
  expect(csv.trim().split("\r\n")).toHaveLength(232);
  expect(csv.split("\r\n")[0]).toContain("230 of 230 tasks, read from");
  const [, json] = await saved(page, () => dialog.getByRole("button", { name: "JSON" }).last().click());
  expect(JSON.parse(json).tasks).toHaveLength(230);
  await page.keyboard.press("Escape");
  await expect(page.locator("[part=export]")).toBeFocused();
});

test("saves what is shown, in three forms", async ({ panel, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await list(page, 30);
  await panel.open("size=20", "ready");
  await page.locator("[part=find]").fill("t2");
  await expect(panel.rows).toHaveCount(2);
  await open(page);
  const [, csv] = await saved(page, () => page.getByRole("button", { name: "CSV" }).click());
  expect(csv).toContain("page 1 of 2; 2 of 20 tasks of this page are shown");
  const [name, markdown] = await saved(page, () => page.getByRole("button", { name: "Markdown", exact: true }).click());
  expect(name).toMatch(/\.md$/);
  expect(markdown.trim().split("\n").filter((line) => line.startsWith("| "))).toHaveLength(4);
  const [, json] = await saved(page, () => page.getByRole("button", { name: "JSON" }).click());
  expect(JSON.parse(json).tasks.map(({ tenantName }) => tenantName)).toEqual(["t2", "t20"]);
  await page.getByRole("button", { name: "Copy as Markdown" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(markdown);
});

test("a page that can't be had is told with what was read, and is not called all", async ({ panel, page }) => {
  await list(page, 230, (_, number) => (number === 3
    ? { status: 403, json: { error: { code: 60021, message: "No permission" }, successful: false, traceId: "abc" } } : undefined));
  await panel.open("size=20", "ready");
  await open(page);
  await page.getByRole("button", { name: "Read all pages" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("alert")).toContainText("No permission");
  await expect(dialog.getByRole("alert")).toContainText("abc");
  await expect(dialog).toContainText("200 of 230 tasks");
  await expect(dialog).toContainText("200 of 200 log streams are archiving");
  await expect(dialog).toContainText("not all of them");
  await expect(dialog).toContainText("Would lose at least");
  await expect(dialog.locator(".status")).toHaveAttribute("data-tone", "warning");
});

test("a server that asks to wait is waited for", async ({ panel, page }) => {
  const times = [];
  await list(page, 150, (count, number) => {
    if (number === 2) times.push(Date.now());
    return number === 2 && times.length === 1 ? { status: 429, headers: { "Retry-After": "2" }, body: "" } : undefined;
  });
  await panel.open("size=20", "ready");
  await open(page);
  await page.getByRole("button", { name: "Read all pages" }).click();
  await expect(page.getByRole("dialog")).toContainText("150 of 150 tasks, read from");
  expect(times[1] - times[0]).toBeGreaterThanOrEqual(2000);
});

test("a page that never comes is given up, and says so", async ({ panel, page }) => {
  await stopClock(page);
  const asked = await list(page, 150, (_, number) => (number === 2 ? new Promise(() => {}) : undefined));
  await panel.open("size=20&refresh=0", "ready");
  await open(page);
  await page.getByRole("button", { name: "Read all pages" }).click();
  const dialog = page.getByRole("dialog");
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
  await expect(dialog.getByRole("progressbar")).toBeVisible();
  await page.clock.runFor(15_000);
  await expect(dialog.getByRole("alert")).toContainText("OCP does not answer");
  await expect(dialog).toContainText("100 of 150 tasks");
});

test("what was read gives way when something else is asked for", async ({ panel, page }) => {
  await list(page, 30);
  await panel.open("size=20", "ready");
  await open(page);
  await page.getByRole("button", { name: "Read all pages" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Cluster 1000005; All time; 30 of 30 tasks, read from");
  await panel.element.evaluate((element) => { element.range = "24h"; });
  await expect(dialog.getByRole("button", { name: "Read all pages" })).toBeVisible();
  await expect(dialog).not.toContainText("read from");
  await dialog.getByRole("button", { name: "Read all pages" }).click();
  await expect(dialog).toContainText("Cluster 1000005; Last 24 hours; 30 of 30 tasks, read from");
  await expect(dialog).toContainText("Would lose at least");
  await panel.element.evaluate((element) => { element.clusterId = "7"; });
  await expect(dialog.getByRole("button", { name: "Read all pages" })).toBeVisible();
});

for (const way of ["Cancel", "Close"]) {
  test(`“${way}” ends the reading and its request`, async ({ panel, page }) => {
    let hangs;
    const hung = new Promise((resolve) => { hangs = resolve; });
    const asked = await list(page, 300, (_, number) => (number === 2 ? (hangs(), new Promise(() => {})) : undefined));
    await panel.open("size=20&refresh=0", "ready");
    await open(page);
    await page.getByRole("button", { name: "Read all pages" }).click();
    await hung;
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("progressbar")).toHaveAttribute("value", "100");
    const aborted = page.waitForEvent("requestfailed", (request) => request.url().includes("page=2"));
    await dialog.getByRole("button", { name: way }).click();
    await aborted;
    if (way === "Cancel") await expect(dialog.getByRole("button", { name: "Read all pages" })).toBeVisible();
    else await expect(dialog).toHaveCount(0);
    expect(asked).toEqual(["1/20", "1/100", "2/100"]);
  });
}
