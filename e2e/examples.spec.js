// The pages of examples/, as a newcomer sees them with `cargo xtask demo`.
import { expect, test } from "./panel.js";

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
  await expect(page.locator("#verdict")).toHaveText(/^1000005: \d critical of 5$/);
  await page.locator("#cluster").selectOption("1000007");
  await expect(page.locator("#verdict")).toHaveText("1000007: 0 critical of 0");
  await expect(panel.element.first()).toHaveAttribute("data-state", "empty");
  await expect(panel.element.nth(1).locator("[role=columnheader]")).toHaveText(["Status", "Tenant", "Delay", "Checkpoint"]);
  await panel.element.nth(2).locator("[part=open]").first().click();
  await expect(page).toHaveURL(/#tenant-1$/);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
