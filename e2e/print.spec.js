// The panel on paper.
import { ENDPOINT, expect, test } from "./panel.js";

/** The width of A4 between Chromium's margins, or with none, in CSS pixels. */
const PAPERS = { "A4 portrait": 718, "A4 portrait without margins": 794, "A4 landscape": 1047 };

/** What of the panel is cut, runs out of the paper, or lies over its neighbour. */
const faults = (panel, width) => panel.element.evaluate(({ shadowRoot }, width) => {
  const told = [];
  const boxes = (selector) => [...shadowRoot.querySelectorAll(selector)].filter((node) => node.checkVisibility()).map((node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [node, range.getBoundingClientRect()];
  }).filter(([, { width, height }]) => width && height);
  for (const [node, box] of boxes(".turn, td .main, td .sub, .summary span:not(.unseen), .footer span")) {
    if (box.left < 0 || box.right > width + 1) told.push(`out of the paper: ${node.textContent}`);
    const isClipped = getComputedStyle(node).overflowX !== "visible";
    if (isClipped && (node.scrollWidth - node.clientWidth > 1 || node.scrollHeight - node.clientHeight > 1)) told.push(`cut: ${node.textContent}`);
  }
  for (const selector of [".turn", "[part=row]:nth-child(3) > td"]) {
    const parts = boxes(selector);
    for (const [at, [node, one]] of parts.entries()) {
      for (const [other, two] of parts.slice(at + 1)) {
        const across = Math.min(one.right, two.right) - Math.max(one.left, two.left);
        const down = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
        if (across > 0.5 && down > 0.5) told.push(`one over the other: ${node.textContent} | ${other.textContent}`);
      }
    }
  }
  return told;
}, width);

for (const [format, width] of Object.entries(PAPERS)) {
  for (const lang of ["en", "zh"]) {
    test(`nothing is cut or overlaps on ${format}, in ${lang}`, async ({ panel, page }) => {
      await page.emulateMedia({ media: "print" });
      await page.setViewportSize({ width, height: 1000 });
      await panel.open(`lang=${lang}`, "ready");
      await expect(panel.rows).toHaveCount(20);
      expect(await faults(panel, width)).toEqual([]);
      const paper = page.locator(".subject");
      await expect(paper).toBeVisible();
      await expect(paper).toContainText("1000005");
      // A line is not broken within a word or a time: “In progress · critically behind” takes three at most.
      const lines = (column) => page.locator(`[part=row] .${column} .main`).evaluateAll((parts) => Math.max(...parts.map((part) => {
        const range = document.createRange();
        range.selectNodeContents(part);
        return new Set([...range.getClientRects()].map(({ y }) => Math.round(y))).size;
      })));
      expect(await lines("status")).toBeLessThanOrEqual(3);
      expect(await lines("checkpoint")).toBeLessThanOrEqual(2);
      await expect(paper).toContainText("yc0820_17");
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.pdf({ path: `test-results/print-${format.replaceAll(" ", "-")}-${lang}.pdf`, format: "A4", landscape: width > 1000, printBackground: false });
    });
  }
}

test("paper that comes before the rows names the cluster", async ({ panel, page }) => {
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 718, height: 1000 });
  let start;
  const held = new Promise((resolve) => { start = resolve; });
  await page.route(/_bg\.wasm/, async (route) => {
    await held;
    await route.continue();
  });
  await page.route(ENDPOINT, () => {});
  await page.goto("/?cluster=1000006");
  await panel.rests("loading");
  expect(await panel.element.evaluate((element) => getComputedStyle(element, "::before").content)).toBe('"1000006 …"');
  expect(await panel.element.evaluate((element) => element.getBoundingClientRect().height)).toBeGreaterThan(10);
  start();
  await expect(page.locator(".skeleton")).toBeVisible();
  expect(await faults(panel, 718)).toEqual([]);
  await expect(page.locator(".subject")).toHaveText(/1000006/);
  await expect(page.locator(".subject")).toBeVisible();
});
