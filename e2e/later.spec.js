// The second wasm file: what a first screen does not need.
import { expect, test } from "./panel.js";

const LATER = /\/later-[0-9a-f]{16}\.wasm$/;

test("the second file comes after the first rows, and once", async ({ panel, page }) => {
  const order = [];
  page.on("request", (request) => order.push(new URL(request.url()).pathname));
  const loaded = page.waitForResponse(LATER);
  await panel.open("cluster=1000006");
  await loaded;
  await page.locator("[part=open]").first().click();
  await expect(page.getByRole("dialog")).toContainText("Service host IP");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Diagnostics" }).click();
  await expect(page.getByRole("dialog")).toContainText("Clocks");
  expect(order.findIndex((path) => LATER.test(path))).toBeGreaterThan(order.findIndex((path) => path.includes("logBackupTasks")));
  expect(order.filter((path) => LATER.test(path))).toHaveLength(1);
});

for (const [name, failure] of [
  ["is missing", { status: 404, body: "not found" }],
  ["is a page", { status: 200, contentType: "text/html", body: "<!doctype html>" }],
]) {
  test(`a second file that ${name} is said, and loaded again when asked`, async ({ panel, page }) => {
    const told = page.waitForEvent("console", (message) => message.text().startsWith("<ocp-log-backup-panel>:"));
    await page.route(LATER, (route) => route.fulfill(failure));
    await panel.open("cluster=1000006");
    await page.locator("[part=open]").first().click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("alert")).toContainText("could not be loaded");
    await page.unroute(LATER);
    await dialog.getByRole("button", { name: "Try again" }).click();
    await expect(dialog).toContainText("Service host IP");
    await expect(dialog.getByRole("alert")).toHaveCount(0);
    expect((await told).text()).toMatch(/HTTP 404|WebAssembly/);
  });
}

test("the second file needs no media type of its own", async ({ panel, page }) => {
  await page.route(LATER, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, contentType: "application/octet-stream" });
  });
  await panel.open("cluster=1000006");
  await page.locator("[part=open]").first().click();
  await expect(page.getByRole("dialog")).toContainText("Service host IP");
});
