// Pictures of every state for a person to look at, in test-results/screens. The README's is one of them.
import { ENDPOINT, test } from "./panel.js";

const SCREENS = [
  ["desktop", { width: 1440, height: 900 }, "light", "", undefined],
  ["desktop-dark", { width: 1440, height: 900 }, "dark", "", undefined],
  ["desktop-zh", { width: 1440, height: 900 }, "light", "lang=zh-CN", undefined],
  ["narrow", { width: 320, height: 900 }, "light", "", undefined],
  ["narrow-dark-zh", { width: 320, height: 900 }, "dark", "lang=zh-CN", undefined],
  ["empty", { width: 1440, height: 500 }, "light", "cluster=1000007", undefined],
  ["error", { width: 1440, height: 500 }, "light", "cluster=3000001", "500-json"],
  ["error-narrow-zh", { width: 320, height: 700 }, "light", "cluster=3000002&lang=zh", "401"],
];

for (const [name, viewport, colorScheme, query, fault] of SCREENS) {
  test(`picture: ${name}`, async ({ panel, page }) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    if (fault) await panel.fault(new URLSearchParams(query).get("cluster"), fault);
    await panel.open(query);
    await page.screenshot({ path: `test-results/screens/${name}.png` });
  });
}

test("picture: details, stale and custom range", async ({ panel, page }) => {
  await panel.open("cluster=3000003", "ready");
  await panel.fault(3000003, "502-html");
  await page.locator("[part=refresh]").click();
  await panel.rests("stale");
  await page.getByRole("button", { name: "Custom" }).click();
  await page.screenshot({ path: "test-results/screens/stale.png" });
  await panel.rows.nth(2).locator("[part=open]").click();
  await page.getByRole("dialog").waitFor();
  await page.screenshot({ path: "test-results/screens/details.png" });
});

for (const [name, width, query] of [["", 1440, ""], ["-narrow-zh", 320, "&lang=zh"]]) {
  test(`picture: news and diagnostics${name}`, async ({ panel, page }) => {
    await page.setViewportSize({ width, height: 900 });
    await panel.open(`cluster=3000004${query}`, "ready");
    for (let turn = 0; turn < 2; turn += 1) {
      const answered = page.waitForResponse(ENDPOINT);
      await page.locator("[part=refresh]").click();
      await answered;
    }
    await page.locator(".news button").waitFor();
    await page.screenshot({ path: `test-results/screens/news${name}.png` });
    await page.locator("[part=diagnostics]").click();
    await page.getByRole("dialog").waitFor();
    await page.screenshot({ path: `test-results/screens/diagnostics${name}.png` });
  });
}
