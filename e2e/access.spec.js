// WCAG 2.2 AA as far as a machine can tell, in every state, light and dark.
import AxeBuilder from "@axe-core/playwright";
import { ENDPOINT, answer, expect, openMore, test } from "./panel.js";

const STATES = {
  rows: { query: "cluster=1000006", rests: "ready" },
  Chinese: { query: "cluster=1000006&lang=zh", rests: "ready" },
  "a filter with nothing to show": { query: "cluster=1000006&size=1", rests: "ready", then: async (page) => {
    await page.locator("[part=filter]:visible").first().click();
    await page.locator("[part=filter][aria-pressed=true]").waitFor();
  } },
  details: { query: "cluster=1000006", rests: "ready", then: async (page) => {
    await page.locator("[part=open]").nth(3).click();
    await page.getByRole("dialog").locator("dt").first().waitFor();
  } },
  diagnostics: { query: "cluster=1000006", rests: "ready", then: async (page) => {
    await page.locator("[part=diagnostics]").click();
    await page.getByRole("dialog").locator("li").first().waitFor();
  } },
  display: { query: "cluster=1000006", rests: "ready", then: async (page) => {
    await openMore(page, "display");
    await page.getByRole("checkbox").first().waitFor();
  } },
  export: { query: "cluster=1000006&scope=page&size=5", rests: "ready", then: async (page) => {
    await openMore(page, "export");
    await page.locator("[part=read-all]").waitFor();
  } },
  // Popovers open over an empty list: where the summary's buttons stand depends on the time of day, and a popover may cover half of one.
  "a custom range": { body: answer([]), rests: "empty", then: async (page) => {
    await page.getByRole("button", { name: "Custom" }).click();
    await page.getByRole("gridcell").getByRole("button").nth(9).click();
    await page.getByLabel("Start").fill("soon");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.locator("[aria-invalid=true]").first().waitFor();
  } },
  "the menu": { body: answer([]), rests: "empty", then: async (page) => {
    await page.locator("[part=more]").click();
    await page.locator("[part=keys]").waitFor();
  } },
  "the intervals": { body: answer([]), rests: "empty", then: async (page) => {
    await page.locator("[part=refresh-menu]").click();
    await page.getByRole("button", { name: "Every 1 min" }).waitFor();
  } },
  keys: { query: "cluster=1000006", rests: "ready", then: async (page) => {
    await page.locator("[part=open]").first().press("?");
    await page.getByRole("dialog").locator("kbd").first().waitFor();
  } },
  empty: { body: answer([]), rests: "empty" },
  "beyond the end": { query: "page=5", body: answer([], { totalElements: 3 }), rests: "empty" },
  error: { body: { error: { code: 1, message: "boom" }, successful: false, traceId: "t" }, status: 500, rests: "error" },
  "rows that are old": { query: "cluster=1000006", rests: "ready", then: async (page) => {
    await page.route(ENDPOINT, (route) => route.fulfill({ status: 401, json: { error: { code: 1, message: "Who?" }, successful: false } }));
    await page.locator("[part=refresh]").click();
    await expect(page.locator("ocp-log-backup-panel")).toHaveAttribute("data-state", "stale");
  } },
  loading: { silent: true, rests: "loading", then: (page) => page.locator(".skeleton").waitFor() },
  narrow: { query: "cluster=1000006", rests: "ready", width: 320 },
};

for (const [name, { query = "", body, status = 200, rests, then, silent, width }] of Object.entries(STATES)) {
  for (const colorScheme of ["light", "dark"]) {
    test(`axe finds nothing: ${name}, ${colorScheme}`, async ({ panel, page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      if (width) await page.setViewportSize({ width, height: 900 });
      if (body) await panel.answers(body, status);
      if (silent) {
        await page.route(ENDPOINT, () => {});
        // Or the panel gives up while axe is looking.
        await page.clock.setFixedTime(Date.now());
      }
      await panel.open(query, rests);
      await then?.(page);
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)])).toEqual([]);
    });
  }
}

test("400 % zoom: all of what is opened can be reached, and nothing sideways", async ({ panel, page }) => {
  await page.setViewportSize({ width: 320, height: 256 });
  await panel.open("cluster=1000006", "ready");
  const openers = {
    "[part=custom-range]": "Apply", "[part=more]": "Keyboard", "[part=more]|.menu [part=display]": "Reset", "[part=more]|.menu [part=export]": "Copy as Markdown",
    "[part=refresh-menu]": "Every 5 min", "[part=diagnostics]": "Close", "[part=open] >> nth=0": "Copy as JSON",
  };
  for (const [opener, last] of Object.entries(openers)) {
    for (const step of opener.split("|")) await page.locator(step).click();
    const control = page.getByRole("button", { name: last });
    await control.scrollIntoViewIfNeeded();
    await expect(control, opener).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), opener).toBe(320);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog").or(page.locator(".menu"))).toHaveCount(0);
  }
});
