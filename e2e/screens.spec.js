// Pictures of every state for a person to look at, in test-results/screens. The README's is one of them. Each state in two looks, and
// in all eight with SCREENS=all, as `cargo xtask screenshots` sets it.
import { ENDPOINT, expect, test } from "./panel.js";

const LOOKS = {
  "1440-light-en": { width: 1440, colorScheme: "light", lang: "en" },
  "320-dark-zh": { width: 320, colorScheme: "dark", lang: "zh-CN" },
  ...(process.env.SCREENS === "all" && {
    "1440-light-zh": { width: 1440, colorScheme: "light", lang: "zh-CN" },
    "1440-dark-en": { width: 1440, colorScheme: "dark", lang: "en" },
    "1440-dark-zh": { width: 1440, colorScheme: "dark", lang: "zh-CN" },
    "320-light-en": { width: 320, colorScheme: "light", lang: "en" },
    "320-light-zh": { width: 320, colorScheme: "light", lang: "zh-CN" },
    "320-dark-en": { width: 320, colorScheme: "dark", lang: "en" },
  }),
};

/** Lets a quarter of an hour pass in a few answers, so that what only shows in time is there: trends, a stall, the journal. */
const session = async ({ page }) => {
  let passed = 0;
  const later = (text) => new Date(Date.parse(text.replace(/\+(\d\d)(\d\d)$/, "+$1:$2")) + passed).toISOString();
  await page.clock.install();
  await page.route(ENDPOINT, async (route) => {
    const json = await (await route.fetch()).json();
    json.timestamp = later(json.timestamp);
    for (const task of json.data.contents.filter(({ status }) => ["RUNNING", "DOING"].includes(status))) {
      // One stands still, one catches up, one falls behind; the others keep pace.
      const pace = { tenant_1001: 0, tenant_1005: 1.5, tenant_1004: 0.6 }[task.tenantName] ?? 1;
      task.checkpoint = new Date(Date.parse(later(task.checkpoint)) - (1 - pace) * passed).toISOString();
      task.delay += (1 - pace) * passed / 1000;
    }
    for (const task of json.data.contents.filter(({ status, delay }) => delay && !["RUNNING", "DOING"].includes(status))) {
      task.delay += passed / 1000;
    }
    // One of the list goes, as an interrupted task of OceanBase does.
    if (passed > 800_000) json.data.contents = json.data.contents.filter(({ tenantName }) => tenantName !== "tenant_1010");
    await route.fulfill({ json });
  });
  return async () => {
    const shown = () => page.locator("ocp-log-backup-panel").evaluate((panel) => {
      const { loading, data } = panel.getState();
      return loading ? null : data.asOf;
    });
    while (passed < 900_000) {
      const before = await shown();
      passed += 75_000;
      await page.clock.fastForward(75_000);
      // It may be asking by itself by now, which this aborts.
      await page.locator("[part=refresh]").click();
      await expect.poll(async () => ![before, null].includes(await shown())).toBe(true);
    }
    await page.locator(".news button").waitFor();
  };
};
const click = (part) => ({ page }) => page.locator(`[part=${part}]`).first().click();
const drawer = (part, ready) => async ({ page }) => {
  // By key: rows that scroll into view get their own height, and what is below them moves away from a pointer.
  if (["display", "export"].includes(part)) await page.locator("[part=more]").press("Enter");
  await page.locator(`[part=${part}]`).first().press("Enter");
  await page.getByRole("dialog").locator(ready).first().waitFor();
};

/** How each state comes about: the query, what is arranged before the page is opened, where it comes to rest, and what is done then. */
const STATES = {
  rows: { query: "cluster=1000005" },
  scrolled: { query: "cluster=1000006", then: ({ page }) => page.locator(".scroll").evaluate((scroll) => { scroll.scrollLeft = 400; }) },
  filtered: { query: "cluster=1000006&tone=critical&find=tenant&sort=-delay" },
  loading: { before: async ({ page }) => {
    await page.route(ENDPOINT, () => {});
    // Or it says after a while that it is waiting.
    await page.clock.setFixedTime(Date.now());
  }, rests: "loading", then: ({ page }) => page.locator(".skeleton").waitFor() },
  empty: { query: "cluster=1000007", rests: "empty" },
  "empty-range": { query: "cluster=1000007&range=24h", rests: "empty" },
  error: { query: "cluster=3000001", fault: "500-json", rests: "error" },
  gateway: { query: "cluster=3000002", fault: "502-html", rests: "error" },
  "signed-out": { query: "cluster=3000006", fault: "401", rests: "error" },
  stale: { query: "cluster=3000003", then: async ({ panel, page }) => {
    await page.route(ENDPOINT, (route) => route.fulfill({ status: 502, contentType: "text/html", body: "<h1>502 Bad Gateway</h1>" }));
    await page.locator("[part=refresh]").click();
    await panel.rests("stale");
  } },
  news: { query: "cluster=3000004", before: session, then: (_, pass) => pass() },
  diagnostics: { query: "cluster=3000004", before: session, then: async (fixtures, pass) => {
    await pass();
    await drawer("diagnostics", "li")(fixtures);
  } },
  details: { query: "cluster=1000006", then: async ({ panel, page }) => {
    await panel.rows.nth(2).locator("[part=open]").click();
    await page.getByRole("dialog").locator("dt").first().waitFor();
  } },
  calendar: { query: "cluster=1000006", then: async (fixtures) => {
    await click("custom-range")(fixtures);
    const days = fixtures.page.getByRole("gridcell").getByRole("button");
    await days.nth(9).click();
    await days.nth(18).click();
  } },
  "the menu": { query: "cluster=1000006", then: async (fixtures) => {
    await click("more")(fixtures);
    await fixtures.page.locator("[part=keys]").waitFor();
  } },
  "the intervals": { query: "cluster=1000006", then: async (fixtures) => {
    await click("refresh-menu")(fixtures);
    await fixtures.page.locator(".note").waitFor();
  } },
  display: { query: "cluster=1000006", then: drawer("display", "input") },
  export: { query: "cluster=1000006&size=5&scope=page", then: async (fixtures) => {
    await click("more")(fixtures);
    await click("export")(fixtures);
    await fixtures.page.locator("[part=read-all]").waitFor();
  } },
  keys: { query: "cluster=1000006", then: async ({ page }) => {
    await page.locator("[part=open]").first().focus();
    await page.keyboard.press("?");
    await page.getByRole("dialog").locator("kbd").first().waitFor();
  } },
};

for (const [state, { query = "", fault, before, rests = "ready", then }] of Object.entries(STATES)) {
  for (const [look, { width, colorScheme, lang }] of Object.entries(LOOKS)) {
    test(`picture: ${state}, ${look}`, async ({ panel, page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      if (fault) await panel.fault(new URLSearchParams(query).get("cluster"), fault);
      const prepared = await before?.({ panel, page });
      await panel.open(`${query}&lang=${lang}`, rests);
      await then?.({ panel, page }, prepared);
      await page.screenshot({ path: `test-results/screens/${state}.${look}.png` });
    });
  }
}

for (const [name, media] of [["forced-colors", { forcedColors: "active" }], ["print", { media: "print" }]]) {
  test(`picture: ${name}`, async ({ panel, page }) => {
    await page.emulateMedia(media);
    // It brings what is for paper.
    const later = page.waitForResponse(/later-\w+\.wasm/);
    await panel.open("cluster=1000006", "ready");
    await (await later).finished();
    await expect.poll(() => page.locator("ocp-log-backup-panel").evaluate((panel) => panel.shadowRoot.adoptedStyleSheets.at(-1).cssRules.length)).toBeGreaterThan(0);
    await page.screenshot({ path: `test-results/screens/rows.${name}.png` });
  });
}

for (const [look, { width, colorScheme, lang }] of Object.entries(LOOKS)) {
  test(`picture: overview, ${look}`, async ({ panel, page }) => {
    await panel.fault(3000005, "500-json");
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.goto(`/?clusters=1000005,1000006,3000005,1000007&lang=${lang}`);
    await expect(page.getByRole("article").locator(".as-of:empty")).toHaveCount(1);
    await expect(page.getByRole("article").locator(".as-of:not(:empty)")).toHaveCount(3);
    await page.screenshot({ path: `test-results/screens/overview.${look}.png` });
    await page.goto(`/?clusters=1000005,1000006,3000005,1000007,1000008&lang=${lang}&wall=1`);
    await expect(page.getByRole("article").locator(".status").first()).toBeVisible();
    await expect(page.getByRole("article").locator(".as-of")).toHaveCount(5);
    await page.screenshot({ path: `test-results/screens/wall.${look}.png` });
    await page.goto(`/?lang=${lang}`);
    await expect(page.locator(".clusters tbody tr")).toHaveCount(20);
    await page.screenshot({ path: `test-results/screens/clusters.${look}.png` });
  });
}
