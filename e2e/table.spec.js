// The table: how tall its rows are, what it shows at which width, and that nothing moves under the user.
import { answer, expect, openMore, test } from "./panel.js";

/** The heights of all rows. Rows out of view have an estimated size, so the window must be tall enough for all. */
const heights = (panel) => panel.rows.evaluateAll((rows) => [...new Set(rows.map((row) => row.getBoundingClientRect().height))]);
const heads = (page) => page.getByRole("columnheader").allInnerTexts();

for (const lang of ["en", "zh-CN"]) {
  test(`a compact row is one line of 32 px and a comfortable one two of 44 px, in ${lang}`, async ({ panel, page }) => {
    await page.setViewportSize({ width: 1440, height: 1400 });
    // It has a tenant id of 64 bits, long addresses and long errors.
    await panel.open(`cluster=1000006&lang=${lang}`, "ready");
    const wide = panel.rows.filter({ hasText: "tenant_1005" });
    await expect(wide).toBeVisible();
    expect(await heights(panel)).toEqual([44]);
    await panel.element.evaluate((element) => { element.density = "compact"; });
    await expect.poll(() => heights(panel)).toEqual([32]);
    await wide.locator(".tenant").hover();
    await expect(wide.locator(".tenant")).toHaveAttribute("title", /^tenant_1005\nID 9007199254740993 · OB (tenant|租户) ID 1011$/);
  });
}

test("no text makes a row taller", async ({ panel, page }) => {
  const long = "x".repeat(300);
  await panel.answers(answer([{
    status: long, tenantName: long, tenantId: "9007199254740993", clusterName: long, clusterType: "STANDBY", backupMode: long, errorMsg: long,
    backupUri: `oss://${long}`, agentServerIp: long, checkpoint: long, createTime: long, modifyTime: long, delay: long,
  }, { status: "RUNNING", tenantName: "t", delay: 1e8, clusterName: "c" }]));
  await panel.open("", "ready");
  expect(await heights(panel)).toEqual([44]);
  await panel.element.evaluate((element) => { element.density = "compact"; });
  await expect.poll(() => heights(panel)).toEqual([32]);
});

test("all columns fit at 1440 px, and the words of a status are not cut", async ({ panel, page }) => {
  await page.setViewportSize({ width: 1440, height: 1400 });
  await panel.open("cluster=1000006", "ready");
  for (const density of ["comfortable", "compact"]) {
    await panel.element.evaluate((element, density) => { element.density = density; }, density);
    await expect(page.locator(".root")).toHaveAttribute("data-density", density);
    const { wide, room } = await page.locator(".scroll").evaluate(({ scrollWidth, clientWidth }) => ({ wide: scrollWidth, room: clientWidth }));
    expect(wide, density).toBe(room);
    const cut = await page.locator("[part=row] :is(.status, .tenant, .delay, .checkpoint, .cluster, .host) .main").evaluateAll((parts) => (
      parts.filter(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => scrollWidth > clientWidth || scrollHeight > clientHeight + 2)
        .map(({ textContent }) => textContent)));
    expect(cut, density).toEqual([]);
  }
});

test("what is the same in every row takes no column, unless it is chosen", async ({ panel, page }) => {
  const row = (tenantName, clusterType) => ({ status: "RUNNING", tenantName, clusterName: "c", clusterType, backupMode: "PHYSICAL_BACKUP", agentServerIp: "h" });
  await panel.answers(answer([row("a", "PRIMARY"), row("b", "PRIMARY")]));
  await panel.open("", "ready");
  expect(await heads(page)).toEqual(["Status", "Tenant", "Delay", "Service host IP"]);
  await openMore(page, "display");
  const mode = page.getByRole("checkbox", { name: "Backup mode" });
  await expect(mode).toHaveJSProperty("indeterminate", true);
  await mode.click();
  await expect.poll(() => heads(page)).toEqual(["Status", "Tenant", "Delay", "Backup mode", "Service host IP"]);
  await page.reload();
  await panel.rests("ready");
  expect(await heads(page)).toEqual(["Status", "Tenant", "Delay", "Backup mode", "Service host IP"]);
  await panel.element.evaluate((element) => { element.columns = "status,cluster"; });
  await expect.poll(() => heads(page)).toEqual(["Status", "Cluster"]);
});

test("the oldest checkpoint comes first by delay, and the worst by status, each with one click", async ({ panel, page }) => {
  const row = (tenantName, status, delay) => ({ tenantName, status, delay });
  await panel.answers(answer([row("fine", "RUNNING", 5), row("late", "RUNNING", 5000), row("off", "STOPPED", 9e5), row("broken", "FAILED", 60_000), row("gap", "INTERRUPTED", 100)]));
  await panel.open("", "ready");
  const names = panel.rows.locator("[part=open]");
  const status = page.getByRole("button", { name: "Status", exact: true });
  await expect(status).toHaveAttribute("title", "Sort by status, worst first");
  await expect.poll(() => status.evaluate((node) => getComputedStyle(node, "::after").visibility), "it offers its order").toBe("visible");
  await page.getByRole("button", { name: "Delay", exact: true }).click();
  await expect(names).toHaveText(["off", "broken", "late", "gap", "fine"]);
  await expect(panel.rows.first().locator(".delay .main")).toHaveText("Checkpoint 10 d 10 h old");
  await status.click();
  await expect(names).toHaveText(["gap", "broken", "late", "fine", "off"]);
});

test("a card of a narrow panel has status, tenant, delay and error, and at most 120 px", async ({ panel, page }) => {
  await page.setViewportSize({ width: 320, height: 3000 });
  await panel.open("cluster=1000006", "ready");
  expect(Math.max(...await heights(panel))).toBeLessThanOrEqual(120);
  const cells = await panel.rows.filter({ hasText: "tenant_1002" }).locator("td").evaluateAll((cells) => cells.filter((cell) => cell.checkVisibility()).map((cell) => cell.className));
  expect(cells).toEqual(["status", "tenant", "delay", "error"]);
  await page.setViewportSize({ width: 640, height: 900 });
  await expect(panel.rows.first().locator(".checkpoint")).toBeVisible();
});

test.describe("with a finger", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 800 } });
  test("all that is pressed is at least 44 px", async ({ panel, page }) => {
    await panel.open("cluster=1000006", "ready");
    expect(await page.evaluate(() => matchMedia("(pointer: coarse)").matches)).toBe(true);
    const small = await page.locator(".panel :is(button, select, input)").evaluateAll((controls) => controls
      .filter((control) => control.checkVisibility() && !control.closest("[part=row]") && control.getBoundingClientRect().height < 44)
      .map((control) => control.outerHTML));
    expect(small).toEqual([]);
    // The button of a row is as large as its card.
    const card = panel.rows.nth(2);
    await card.scrollIntoViewIfNeeded();
    expect((await card.boundingBox()).height).toBeGreaterThanOrEqual(44);
    // Measured and hit in one step, because rows that come into view still move each other.
    await expect.poll(() => card.evaluate((card) => {
      const { right, bottom } = card.getBoundingClientRect();
      const hit = card.getRootNode().elementFromPoint(right - 20, bottom - 12);
      return hit?.closest("[part=row]") === card && hit.className;
    })).toBe("main open");
  });
});

test("a click on a row and “Close” move nothing, and the focus comes back", async ({ panel, page }) => {
  await page.setViewportSize({ width: 1000, height: 500 });
  await panel.open("cluster=1000008&size=50&refresh=0", "ready");
  const scroll = page.locator(".scroll");
  await scroll.evaluate((scroll) => { scroll.scrollLeft = 120; });
  await page.evaluate(() => scrollTo(0, 400));
  const opener = panel.rows.nth(9).locator("[part=open]");
  const places = async () => [await page.evaluate(() => scrollY), await scroll.evaluate(({ scrollLeft }) => scrollLeft), await opener.evaluate((node) => node.getBoundingClientRect().y)];
  // The rows that came into view have their own size by the next frame.
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  const before = await places();
  expect(before.slice(0, 2)).toEqual([expect.any(Number), 120]);
  expect(before[0]).toBeGreaterThan(0);
  await opener.click();
  await expect(page.getByRole("dialog").locator("dt").first()).toBeVisible();
  expect(await places()).toEqual(before);
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(opener).toBeFocused();
  expect(await places()).toEqual(before);
});
