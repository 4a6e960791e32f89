// The menus of the toolbar, by mouse and by keyboard.
import { ENDPOINT, expect, openMore, stopClock, test } from "./panel.js";

test("a menu opens, moves and closes by the keyboard, and gives the focus back", async ({ panel, page }) => {
  await panel.open("cluster=1000006&lang=en", "ready");
  const more = page.locator("[part=more]");
  const focused = panel.element.locator(":focus");
  await more.focus();
  await page.keyboard.press("Enter");
  await expect(more).toHaveAttribute("aria-expanded", "true");
  await expect(focused).toHaveText("Display");
  for (const [key, item] of [["ArrowDown", "Export"], ["End", "Keyboard"], ["ArrowDown", "Display"], ["ArrowUp", "Keyboard"], ["Home", "Display"]]) {
    await page.keyboard.press(key);
    await expect(focused, key).toHaveText(item);
  }
  await page.keyboard.press("Escape");
  await expect(page.locator(".menu")).toHaveCount(0);
  await expect(more).toBeFocused();
  await expect(more).toHaveAttribute("aria-expanded", "false");
});

test("what a menu opens gives the focus back to it", async ({ panel, page }) => {
  await panel.open("cluster=1000006&lang=en", "ready");
  for (const [part, title] of [["display", "Display"], ["export", "Export"], ["diagnostics", "Diagnostics"], ["keys", "Keyboard"]]) {
    await openMore(page, part);
    await expect(page.getByRole("dialog", { name: title })).toBeFocused();
    await expect(page.locator(".menu")).toHaveCount(0);
    await page.keyboard.press("Escape");
    await expect(page.locator("[part=more]")).toBeFocused();
  }
});

test("only one menu is open, and none after a click elsewhere", async ({ panel, page }) => {
  await panel.open("cluster=1000006&lang=en", "ready");
  const menu = page.locator(".menu");
  await page.locator("[part=more]").click();
  await expect(menu).toHaveText(/Display/);
  await page.locator("[part=refresh-menu]").click();
  await expect(menu).toHaveCount(1);
  await expect(menu).toHaveText(/Every 10 s/);
  await page.locator("h2").click();
  await expect(menu).toHaveCount(0);
});

test("another interval asks at once and holds from then on, also for the host", async ({ panel, page }) => {
  await page.addInitScript(() => { Math.random = () => 0.5; });
  await stopClock(page);
  let asked = 0;
  page.on("request", (request) => { if (ENDPOINT.test(request.url())) asked += 1; });
  await page.goto("/?scope=page&cluster=4000001&size=5&lang=en");
  await panel.rests("ready");
  await page.locator("[part=refresh-menu]").click();
  await expect(page.locator(".menu [aria-pressed=true]")).toHaveText("Every 30 s");
  await page.getByRole("button", { name: "Every 5 min" }).click();
  await expect.poll(() => asked).toBe(2);
  await panel.answered();
  await expect(panel.element).toHaveAttribute("refresh-seconds", "300");
  await page.clock.runFor(299_000);
  expect(asked).toBe(2);
  await expect(page.locator("[part=refresh]")).toHaveText("Refresh · 1 s");
  await page.clock.runFor(1000);
  await expect.poll(() => asked).toBe(3);
});

test("offers the interval of the host, too, and none where it never asks by itself", async ({ panel, page }) => {
  const offered = async (query) => {
    await panel.open(query, "ready");
    await page.locator("[part=refresh-menu]").click();
    await expect(page.getByRole("button", { name: "Every 1 min" })).toBeVisible();
    return [await page.locator(".menu button").allTextContents(), await page.locator(".menu [aria-pressed=true]").allTextContents()];
  };
  expect(await offered("cluster=1000006&lang=en&refresh=45"))
    .toEqual([["Every 10 s", "Every 30 s", "Every 45 s", "Every 1 min", "Every 5 min"], ["Every 45 s"]]);
  expect(await offered("cluster=1000006&lang=en&refresh=0"))
    .toEqual([["Every 10 s", "Every 30 s", "Every 1 min", "Every 5 min"], []]);
});

test("an item is 44 px high for a finger", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ hasTouch: true, isMobile: true, baseURL, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.goto("/?cluster=1000006&lang=en");
  for (const part of ["more", "refresh-menu"]) {
    await page.locator(`[part=${part}]`).tap();
    const items = page.locator(".menu .item");
    await expect(items.first()).toBeVisible();
    expect(await items.evaluateAll((all) => all.map((item) => item.getBoundingClientRect().height)), part).toEqual(Array(await items.count()).fill(44));
    await page.keyboard.press("Escape");
  }
  await context.close();
});
