// How a viewer wants the table, and that the browser remembers it.
import { ENDPOINT, expect, openMore, test } from "./panel.js";

const heads = (page) => page.getByRole("columnheader").allInnerTexts();
const display = async (page) => {
  await openMore(page, "display");
  await expect(page.getByRole("checkbox", { name: "Backup URI" })).toBeVisible();
};

test("columns, density and zone are chosen, remembered and reset", async ({ panel, page }) => {
  await panel.open("cluster=1000006", "ready");
  const all = await heads(page);
  // A row that was not in view in the last frame has an estimated size until the next one.
  const height = async () => {
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
    return (await panel.rows.first().boundingBox()).height;
  };
  const tall = await height();
  await display(page);
  await page.getByRole("checkbox", { name: "Backup URI" }).uncheck();
  await page.getByLabel("Density").selectOption("compact");
  await page.locator("ocp-log-backup-panel").getByLabel("Time zone").selectOption({ label: "UTC" });
  expect(await heads(page)).toEqual(all.filter((head) => head !== "Backup URI"));
  expect(await height()).toBeLessThan(tall);
  await page.reload();
  await panel.rests("ready");
  expect(await heads(page)).toEqual(all.filter((head) => head !== "Backup URI"));
  expect(await height()).toBeLessThan(tall);
  await expect(page.getByText("Times in UTC", { exact: true })).toBeVisible();
  await display(page);
  await page.getByRole("button", { name: "Reset" }).click();
  expect(await heads(page)).toEqual(all);
  expect(await height()).toBe(tall);
  await expect(page.getByText("Times in UTC+08:00", { exact: true })).toBeVisible();
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => !key.endsWith(".clusters")))).toEqual([]);
});

test("columns are moved and sized, by keys and by mouse, and stay so", async ({ panel, page }) => {
  await panel.open("cluster=1000006", "ready");
  const width = async (name) => (await page.getByRole("columnheader", { name }).boundingBox()).width;
  await display(page);
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Move Delay up" }).press("Enter");
  await expect(dialog.getByRole("button", { name: "Move Delay up" })).toBeFocused();
  await page.keyboard.press("Enter");
  expect((await heads(page)).slice(0, 3)).toEqual(["Delay", "Status", "Tenant"]);
  await dialog.getByLabel("Width of Delay in pixels").fill("260");
  await page.keyboard.press("Tab");
  expect(await width("Delay")).toBe(260);
  await dialog.getByRole("button", { name: "Close" }).click();

  const grip = page.getByRole("columnheader", { name: "Delay" }).locator(".grip");
  const { x, y, width: wide, height } = await grip.boundingBox();
  await page.mouse.move(x + wide / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + wide / 2 + 40, y + height / 2);
  expect(await width("Delay"), "follows at once").toBe(300);
  await page.mouse.up();
  await expect(page.getByRole("columnheader", { name: "Delay" }), "dragging does not sort").toHaveAttribute("aria-sort", "none");
  await page.reload();
  await panel.rests("ready");
  expect((await heads(page)).slice(0, 3)).toEqual(["Delay", "Status", "Tenant"]);
  expect(await width("Delay")).toBe(300);
  expect((await panel.rows.first().locator(".delay").boundingBox()).width, "cells are as wide as their heading").toBe(300);
  await grip.dblclick();
  expect(await width("Delay")).not.toBe(300);
});

test("“Reset” gives back what the embedder set", async ({ panel, page }) => {
  await panel.open("cluster=1000006", "ready");
  await panel.element.evaluate((element) => Object.assign(element, { columns: "delay:200,tenant", timeZone: "+09:00", density: "compact" }));
  await expect.poll(() => heads(page)).toEqual(["Status", "Delay", "Tenant"]);
  await display(page);
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox", { name: "Tenant" }).uncheck();
  await dialog.getByLabel("Density").selectOption("comfortable");
  await dialog.getByLabel("Time zone").selectOption({ label: "UTC" });
  await expect.poll(() => heads(page)).toEqual(["Status", "Delay"]);
  await dialog.getByRole("button", { name: "Reset" }).click();
  await expect.poll(() => heads(page)).toEqual(["Status", "Delay", "Tenant"]);
  await expect(page.getByText("Times in UTC+09:00", { exact: true })).toBeVisible();
  await expect(dialog.getByLabel("Density")).toHaveValue("compact");
});

test("headings stay in view while the page is scrolled, over their columns", async ({ panel, page }) => {
  await page.setViewportSize({ width: 1000, height: 500 });
  await panel.open("cluster=1000008&size=50", "ready");
  await panel.element.evaluate((element) => element.style.setProperty("--ocp-sticky-top", "40px"));
  const heading = page.getByRole("columnheader", { name: "Checkpoint" });
  await panel.rows.last().locator("[part=open]").focus();
  await page.locator(".scroll").evaluate((scroll) => { scroll.scrollLeft = 120; });
  const place = (locator) => locator.evaluate((node) => Math.round(node.getBoundingClientRect().x));
  await expect.poll(async () => await place(heading) - await place(panel.rows.last().locator(".checkpoint"))).toBe(0);
  await page.evaluate(() => scrollTo(0, 600));
  expect((await page.locator(".heads").boundingBox()).y).toBe(40);
  // And the other way round: a heading that takes the focus comes into view, and its column with it.
  await page.getByRole("columnheader", { name: "Created" }).getByRole("button").focus();
  const created = panel.rows.last().locator(".created");
  await expect.poll(async () => await place(page.getByRole("columnheader", { name: "Created" })) - await place(created)).toBe(0);
  await expect(created).toBeInViewport();
});

test("what the embedder sets stays what it is, whatever was chosen elsewhere", async ({ panel, page }) => {
  await panel.open("cluster=1000006", "ready");
  await page.evaluate(() => {
    localStorage.setItem("ocp-log-backup-panel.columns", "status,tenant");
    localStorage.setItem("ocp-log-backup-panel.density", "compact");
  });
  await page.evaluate(() => document.querySelector("ocp-log-backup-panel").setAttribute("columns", "status,delay"));
  await expect.poll(() => heads(page)).toEqual(["Status", "Delay"]);
});

test("a choice that makes no sense is as none", async ({ panel, page }) => {
  await page.addInitScript(() => localStorage.setItem("ocp-log-backup-panel.columns", "nonsense"));
  await panel.open("cluster=1000006", "ready");
  expect((await heads(page)).length).toBeGreaterThan(5);
  panel.complains("columns");
});

test("works where storage is forbidden", async ({ panel, page }) => {
  await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } }));
  await panel.open("cluster=1000006", "ready");
  await display(page);
  await page.getByRole("checkbox", { name: "Backup URI" }).uncheck();
  expect(await heads(page)).not.toContain("Backup URI");
});

test("details hold the task as JSON and its times in all zones, and stay open over a refresh", async ({ panel, page }) => {
  await panel.open("cluster=1000006", "ready");
  await page.locator("[part=open]").first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("As JSON, credentials masked", { exact: true }).click();
  await dialog.getByText("Times in all zones").click();
  const folded = (title) => dialog.locator("details", { hasText: title }).locator("pre");
  const json = JSON.parse(await folded("As JSON").innerText());
  expect(json).toMatchObject({ clusterId: "1000006", status: "RUNNING" });
  expect(JSON.stringify(json)).toContain("access_key=***");
  await expect(folded("Times in all zones")).toContainText("UTC · UTC");
  await expect(folded("Times in all zones")).toContainText("UTC+08:00 · OCP server");
  const again = page.waitForRequest(ENDPOINT);
  await panel.element.evaluate((element) => element.refresh());
  await again;
  await panel.answered();
  await expect(dialog.locator("details[open]")).toHaveCount(2);
});

test("a field and a row are copied from the details", async ({ panel, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await panel.open("cluster=1000006", "ready");
  await page.locator("[part=open]").first().click();
  const dialog = page.getByRole("dialog");
  const copied = async (name) => {
    const button = dialog.getByRole("button", { name, exact: true });
    await button.click();
    await expect(dialog.getByRole("button", { name: name.replace("Copy", "Copied"), exact: true }).or(dialog.getByRole("button", { name: "Copied", exact: true })).first()).toBeVisible();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  expect(await copied("Copy Tenant")).toBe("sys");
  expect(await copied("Copy Checkpoint"), "with its offset").toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+08:00$/);
  const [head, , row, ...rest] = (await copied("Copy row as Markdown")).split("\n");
  expect(head).toContain("| Status | Tenant | Delay |");
  expect(row).toContain("| In progress |");
  expect(rest).toEqual([""]);
});
