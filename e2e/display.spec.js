// How a viewer wants the table, and that the browser remembers it.
import { expect, test } from "./panel.js";

const heads = (page) => page.getByRole("columnheader").allInnerTexts();
const display = async (page) => {
  await page.locator("[part=display]").click();
  await expect(page.getByRole("checkbox", { name: "Backup URI" })).toBeVisible();
};

test("columns, density and zone are chosen, remembered and reset", async ({ panel, page }) => {
  await panel.open("cluster=1000006", "ready");
  const all = await heads(page);
  const row = panel.rows.first();
  const tall = (await row.boundingBox()).height;
  await display(page);
  await page.getByRole("checkbox", { name: "Backup URI" }).uncheck();
  await page.getByLabel("Density").selectOption("compact");
  await page.getByLabel("Time zone").selectOption({ label: "UTC" });
  expect(await heads(page)).toEqual(all.filter((head) => head !== "Backup URI"));
  expect((await row.boundingBox()).height).toBeLessThan(tall);
  await page.reload();
  await panel.rests("ready");
  expect(await heads(page)).toEqual(all.filter((head) => head !== "Backup URI"));
  expect((await row.boundingBox()).height).toBeLessThan(tall);
  await expect(page.getByText("Times in UTC", { exact: true })).toBeVisible();
  await display(page);
  await page.getByRole("button", { name: "Reset" }).click();
  expect(await heads(page)).toEqual(all);
  expect((await row.boundingBox()).height).toBe(tall);
  await expect(page.getByText("Times in UTC+08:00", { exact: true })).toBeVisible();
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
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
  expect(panel.complaints.splice(0).join()).toContain("columns");
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
  const json = JSON.parse(await dialog.locator("pre").last().innerText());
  expect(json).toMatchObject({ clusterId: "1000006", status: "RUNNING" });
  expect(JSON.stringify(json)).toContain("access_key=***");
  await expect(dialog.locator("pre").first()).toContainText("UTC · UTC");
  await expect(dialog.locator("pre").first()).toContainText("UTC+08:00 · OCP server");
  const again = page.waitForResponse(/logBackupTasks/);
  await page.evaluate(() => document.querySelector("ocp-log-backup-panel").refresh());
  await again;
  await expect(dialog.locator("details[open]")).toHaveCount(2);
});
