// The pages of examples/, as a newcomer sees them with `cargo xtask demo`.
import { ENDPOINT, expect, stopClock, test } from "./panel.js";

test("plain HTML: a hostile stylesheet and the strictest policy", async ({ panel, page }) => {
  await page.goto("/examples/plain/");
  await panel.rests("ready");
  await expect(panel.rows).toHaveCount(10);
  await expect(panel.rows.first()).toBeVisible();
  await expect(page.locator(".title").first()).toHaveCSS("font-size", "16px");
  await expect(page.locator(".title").first()).toHaveCSS("direction", "ltr");
});

test("iframe: the standalone page inside another", async ({ page }) => {
  await page.goto("/examples/iframe/");
  await expect(page.frameLocator("iframe").locator("[part=row]")).toHaveCount(10);
});

test("console: several panels, a cluster switcher, a host's own row page", async ({ panel, page }) => {
  await page.goto("/examples/console/");
  for (let index = 0; index < 3; index += 1) await expect(panel.element.nth(index)).toHaveAttribute("data-state", "ready");
  await expect(page.locator("#verdict")).toHaveText(/^1000005: \d+ critical of 3217$/);
  await page.locator("#cluster").selectOption("1000007");
  await expect(page.locator("#verdict")).toHaveText("1000007: 0 critical of 0");
  await expect(panel.element.first()).toHaveAttribute("data-state", "empty");
  await expect(panel.element.nth(1).locator("[role=columnheader]")).toHaveText(["Status", "Tenant", "Delay", "Checkpoint"]);
  await panel.element.nth(2).locator("[part=open]").first().click();
  await expect(page).toHaveURL(/#tenant-1$/);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

for (const [name, path] of [["React 18", "react"], ["Vue 3", "vue"], ["Svelte 5", "svelte"], ["Angular", "angular"]]) {
  test(`${name}: properties, a headers function, events, a host's own row page`, async ({ panel, page }) => {
    const asked = [];
    await stopClock(page);
    page.on("request", (request) => { if (ENDPOINT.test(request.url())) asked.push(request); });
    await page.goto(`/examples/${path}/dist/`);
    await panel.rests("ready");
    // There is a pause between the two requests for the rest of the list.
    await expect.poll(async () => {
      await page.clock.runFor(100);
      return page.locator("output").textContent();
    }).toMatch(/^1000005: \d+ critical of 3217$/);
    await expect(panel.rows).toHaveCount(5);
    // Hosts render again at every event; that is no reason to ask again, with a new function for headers or the same.
    await panel.rows.first().locator("[part=open]").click();
    await expect(page.getByRole("heading", { name: "Tenant sys" })).toBeVisible();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    expect(asked).toHaveLength(3);
    for (const request of asked) expect(request.headers().authorization).toBe("Bearer token-of-the-console");
    await page.locator("select").first().selectOption("1000006");
    await expect(page.locator("output")).toHaveText(/^1000006: \d critical of 14$/);
    await panel.element.getByLabel("Tasks per page").selectOption("20");
    await expect(panel.rows).toHaveCount(14);
    expect(asked).toHaveLength(5);
  });
}

test("React 19: the element itself, with listeners and functions in its props", async ({ panel, page }) => {
  const request = page.waitForRequest(ENDPOINT);
  await page.goto("/examples/react-19/dist/");
  await expect(page.locator("output")).toHaveText(/^1000006: \d critical of 14$/);
  expect((await request).headers()["x-console"]).toBe("example");
  await expect(panel.rows).toHaveCount(5);
});

test("webpack: each wasm is a file of its own, loaded once", async ({ panel, page }) => {
  const files = [];
  page.on("request", (request) => { if (request.url().endsWith(".wasm")) files.push(request.url()); });
  await page.goto("/examples/webpack/");
  await panel.rests("ready");
  await expect(panel.rows).toHaveCount(5);
  // The second one comes by itself after the rows; the details are of it.
  await panel.rows.first().locator("[part=open]").click();
  await expect(page.getByRole("dialog")).toContainText("Service host IP");
  expect([files.length, new Set(files).size]).toEqual([2, 2]);
});

test("jQuery: a plain script, a tab that is hidden, single keys, a base of its own", async ({ panel, page }) => {
  const asked = [];
  page.on("request", (request) => { if (ENDPOINT.test(request.url())) asked.push(request); });
  await page.goto("/examples/jquery/dist/");
  await panel.rests("ready");
  expect((await asked[0].allHeaders()).authorization).toBe("Bearer token-of-the-console");
  await page.getByRole("button", { name: "Log backup" }).click();
  await expect(page.locator("output")).toHaveText(/^1000005: \d+ critical of 3217$/);
  await expect(page.locator("[part=refresh]")).toHaveCSS("padding-left", "10px");
  await page.locator("[part=find]").pressSequentially("sd");
  await expect(page.locator("body")).not.toHaveAttribute("data-deleted");
  await page.locator("[part=find]").fill("");
  await panel.rows.first().locator("[part=open]").click();
  await expect(page.getByRole("heading", { name: "Tenant sys" })).toBeVisible();
  expect(await panel.element.evaluate((element) => new URL(element.getLink()).pathname)).toBe("/examples/jquery/dist/");
  await page.getByRole("button", { name: "Cluster" }).click();
  await page.locator("#cluster select").selectOption("1000006");
  await page.getByRole("button", { name: "Log backup" }).click();
  await expect(page.locator("output")).toHaveText(/^1000006: \d critical of 14$/);
});
