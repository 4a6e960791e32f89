// The details of a task: what went wrong and what to do, from one task to the next, and back to the table.
import { ENDPOINT, answer, expect, test } from "./panel.js";

const FULL = { status: "RUNNING", tenantName: "full", obTenantId: 1004, delay: 4000, errorMsg: "archive device is full, ret=-9082", backupUri: "file:///obbackup/" };
const BROKEN = { status: "INTERRUPTED", tenantName: "broken", obTenantId: 1006, delay: 9000, checkpoint: "2021-09-23T12:00:00+0800" };
const ODD = { status: "FAILED", tenantName: "odd", obTenantId: 1008, errorMsg: "kaboom <b>" };
const WELL = { status: "RUNNING", tenantName: "well", obTenantId: 1010, delay: 5 };

const open = async (panel, page, name) => {
  await panel.rows.filter({ hasText: name }).locator("[part=open]").click();
  await expect(page.getByRole("dialog").getByRole("heading", { name, exact: true })).toBeVisible();
};
const steps = (page) => page.getByRole("dialog").locator(".steps li");

test("details name the tenant and its status, the cause of a known message, and what to do", async ({ panel, page }) => {
  await panel.answers(answer([FULL, BROKEN, ODD, WELL]));
  await panel.open("refresh=0", "ready");
  await open(panel, page, "full");
  const dialog = page.getByRole("dialog");
  await expect(dialog.locator(".status")).toHaveText("In progress · critically behind");
  await expect(dialog.locator(".finding")).toContainText("The destination is full, or its quota is used up.");
  await expect(dialog.locator(".message")).toHaveText("archive device is full, ret=-9082");
  await expect(steps(page).first()).toContainText("df -h");
  await expect(steps(page).last()).toContainText("No restart is needed");
  await expect(dialog.locator(".pair.delay")).toContainText("1 h 6 min");
  await page.keyboard.press("Escape");
  await open(panel, page, "broken");
  await expect(dialog.locator(".finding")).toContainText("Logs were recycled before they were archived");
  await expect(steps(page).last()).toContainText("full data backup");
  await page.keyboard.press("Escape");
  await open(panel, page, "odd");
  await expect(dialog.locator(".finding")).toContainText("The cause is not recognized.");
  await expect(dialog.locator(".message")).toHaveText("kaboom <b>");
  await page.keyboard.press("Escape");
  await open(panel, page, "well");
  await expect(steps(page), "nothing is to be done").toHaveCount(0);
});

test("the arrows show the tasks beside one, in the order of the table", async ({ panel, page }) => {
  await panel.answers(answer([WELL, FULL, BROKEN, ODD]));
  await panel.open("refresh=0&sort=tenant", "ready");
  const activated = await panel.element.evaluateHandle((element) => {
    const names = [];
    element.addEventListener("ocp-row-activate", ({ detail }) => names.push(detail.tenantName));
    return names;
  });
  await expect(panel.rows.locator("[part=open]")).toHaveText(["broken", "full", "odd", "well"]);
  await open(panel, page, "broken");
  const dialog = page.getByRole("dialog");
  const [previous, next] = ["Previous task", "Next task"].map((name) => dialog.getByRole("button", { name }));
  const shows = async (name) => {
    await expect(dialog.getByRole("heading", { name, exact: true })).toBeVisible();
    await expect(page.locator("[part=row][aria-current] [part=open]")).toHaveText([name]);
  };
  await expect(previous).toHaveAttribute("aria-disabled", "true");
  await next.click();
  await shows("full");
  await expect(next, "to go on from").toBeFocused();
  await page.keyboard.press("Enter");
  await shows("odd");
  await page.keyboard.press("ArrowRight");
  await shows("well");
  await expect(next).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("ArrowRight");
  await shows("well");
  await page.keyboard.press("ArrowLeft");
  await shows("odd");
  expect(await activated.jsonValue(), "the embedder hears of each").toEqual(["broken", "full", "odd", "well", "odd"]);
  // Another order is another neighbour.
  await panel.element.evaluate((element) => { element.sort = "-tenant"; });
  await expect(panel.rows.first()).toContainText("well");
  await previous.click();
  await shows("well");
  await expect(previous).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(panel.rows.first().locator("[part=open]"), "of the task that was shown last").toBeFocused();
});

test("SQL and report of a task are copied, and hold no secret", async ({ panel, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await panel.open("cluster=1000006&refresh=0", "ready");
  await panel.rows.filter({ hasText: "Failed" }).locator("[part=open]").click();
  const dialog = page.getByRole("dialog");
  const copy = async (name) => {
    await dialog.getByRole("button", { name, exact: true }).click();
    await expect(dialog.getByRole("button", { name: "Copied", exact: true }).last()).toBeVisible();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const sql = await copy("Copy SQL");
  expect(sql).toContain("CDB_OB_ARCHIVELOG WHERE tenant_id IN (1005);");
  expect(sql).toContain("DBA_OB_SERVER_EVENT_HISTORY WHERE module = 'log_archive'");
  await expect(dialog.locator(".sql pre"), "what is copied is what is seen").toHaveText(sql);
  const report = await copy("Copy report");
  expect(report).toContain("# Log backup tasks: tenant_1002");
  expect(report).toContain("The storage refused access (403)");
  expect(report).toContain("\n1. Check that the key is enabled");
  expect(report).toContain(sql);
  expect(report).not.toMatch(/access_key=(?!\*\*\*)|d3m0/);
});

test("another task begins at its top, and nothing behind it moves", async ({ panel, page }) => {
  await page.setViewportSize({ width: 1440, height: 420 });
  await panel.open("cluster=1000006&refresh=0", "ready");
  await panel.rows.nth(5).scrollIntoViewIfNeeded();
  await panel.rows.nth(5).locator(".checkpoint").click();
  const drawer = page.locator(".drawer");
  await expect(drawer.locator("dt").first()).toBeVisible();
  await drawer.evaluate((drawer) => { drawer.scrollTop = 200; });
  const where = () => panel.element.evaluate(({ shadowRoot }) => [scrollX, scrollY, shadowRoot.querySelector(".scroll").scrollLeft]);
  const before = await where();
  await page.getByRole("button", { name: "Next task" }).click();
  await expect(drawer.getByRole("heading", { level: 3 })).toHaveText("tenant_1006");
  expect(await drawer.evaluate((drawer) => drawer.scrollTop)).toBe(0);
  expect(await where()).toEqual(before);
  await page.keyboard.press("Escape");
  await expect(panel.rows.nth(6).locator("[part=open]")).toBeFocused();
  expect(await where()).toEqual(before);
});

test("details follow a refresh, and say when their task is gone", async ({ panel, page }) => {
  let rows = [ODD, WELL];
  await page.route(ENDPOINT, (route) => route.fulfill({ json: answer(rows) }));
  await panel.open("refresh=0", "ready");
  await open(panel, page, "odd");
  const dialog = page.getByRole("dialog");
  rows = [{ ...ODD, errorMsg: "ret=-9061" }, WELL];
  await panel.element.evaluate((element) => element.refresh());
  await expect(dialog.locator(".finding")).toContainText("The storage is limiting requests, or is busy.");
  rows = [WELL];
  await panel.element.evaluate((element) => element.refresh());
  await expect(dialog).toContainText("This task is no longer listed.");
  await expect(dialog.getByRole("heading", { name: "odd", exact: true })).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Copy report" })).toBeHidden();
  await dialog.getByRole("button", { name: "Next task" }).click();
  await expect(dialog.getByRole("heading", { name: "well", exact: true })).toBeVisible();
});

for (const [width, expected] of [[1440, 480], [560, 560], [320, 320]]) {
  test(`details in a window of ${width} px are ${expected} px wide, and nothing is cut`, async ({ panel, page }) => {
    await page.setViewportSize({ width, height: 700 });
    const long = "x".repeat(90);
    await panel.answers(answer([{ ...FULL, tenantName: `tenant_${long}`, errorMsg: `ret=-9082 ${long}`, backupUri: `file:///${long}`, agentServerIp: "2001:db8:0:1:1:1:1:1" }]));
    await panel.open("refresh=0", "ready");
    await panel.rows.locator("[part=open]").click();
    const drawer = page.locator(".drawer");
    await expect(drawer.locator("dt").first()).toBeVisible();
    const box = await drawer.boundingBox();
    const panelWidth = (await page.locator(".panel").boundingBox()).width;
    expect(Math.round(box.width)).toBe(Math.round(Math.min(expected, panelWidth)));
    expect(await drawer.evaluate((drawer) => drawer.scrollWidth - drawer.clientWidth)).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const columns = await drawer.locator(".pairs").evaluate((pairs) => getComputedStyle(pairs).gridTemplateColumns.split(" ").length);
    expect(columns).toBe(width > 400 ? 2 : 1);
    for (const name of ["Previous task", "Next task", "Close", "Copy report"]) {
      const button = drawer.getByRole("button", { name });
      await button.scrollIntoViewIfNeeded();
      await expect(button).toBeInViewport({ ratio: 1 });
    }
  });
}
