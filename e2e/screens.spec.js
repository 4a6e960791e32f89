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
  await page.getByRole("gridcell").first().waitFor();
  await page.screenshot({ path: "test-results/screens/stale.png" });
  await page.keyboard.press("Escape");
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

const open = {
  calendar: async (page) => {
    await page.locator("[part=custom-range]").click();
    const days = page.getByRole("gridcell").getByRole("button");
    await days.nth(9).click();
    await days.nth(18).click();
  },
  display: async (page) => {
    await page.locator("[part=display]").click();
    await page.getByRole("checkbox").first().waitFor();
  },
  "all-pages": async (page) => {
    await page.locator("[part=export]").click();
    await page.locator("[part=read-all]").click();
    await page.getByRole("dialog").locator(".status").waitFor();
  },
  scrolled: (page) => page.locator(".scroll").evaluate((scroll) => { scroll.scrollLeft = 400; }),
};
for (const [state, act] of Object.entries(open)) {
  for (const [name, width, colorScheme, query] of [["", 1440, "light", ""], ["-narrow-dark-zh", 320, "dark", "&lang=zh-CN"]]) {
    test(`picture: ${state}${name}`, async ({ panel, page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await panel.open(`cluster=1000006${query}`, "ready");
      await act(page);
      await page.screenshot({ path: `test-results/screens/${state}${name}.png` });
    });
  }
}

for (const [name, media] of [["forced-colors", { forcedColors: "active" }], ["print", { media: "print" }]]) {
  test(`picture: ${name}`, async ({ panel, page }) => {
    await page.emulateMedia(media);
    await panel.open("cluster=1000006", "ready");
    await page.screenshot({ path: `test-results/screens/${name}.png` });
  });
}

for (const [name, width, query] of [["", 1440, ""], ["-narrow-zh", 320, "&lang=zh"]]) {
  test(`picture: overview${name}`, async ({ panel, page }) => {
    await panel.fault(3000005, "500-json");
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`/?clusters=1000005,1000006,3000005,1000007${query}`);
    await page.locator("ocp-log-backup-panel[data-state=error]").waitFor();
    await page.locator("ocp-log-backup-panel[data-state=empty]").waitFor();
    await page.screenshot({ path: `test-results/screens/overview${name}.png` });
  });
}
