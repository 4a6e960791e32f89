// Plays every row of faults.js.
import { readFile } from "node:fs/promises";

import { MATRIX, wording } from "./faults.js";
import { render } from "./faults-doc.js";
import { Panel, expect, test, watch } from "./panel.js";

async function shows(page, sees) {
  for (const seen of sees) {
    if (seen.hovered) {
      const cell = page.locator(seen.hovered).first();
      await cell.hover();
      expect((await cell.getAttribute("title")).split("\n"), wording(seen)).toContain(seen.words);
      continue;
    }
    const found = seen.selector
      ? page.locator(seen.selector).and(page.getByText(seen.words, { exact: true }))
      : page.getByText(seen);
    await expect(found.filter({ visible: true }).first(), wording(seen)).toBeVisible();
  }
  // The worst lie: an outage that looks like an empty list.
  if (!sees.some((seen) => wording(seen).includes("no log backup task"))) {
    await expect(page.getByText(/no log backup task/i)).toHaveCount(0);
  }
}

for (const [group, faults] of Object.entries(MATRIX)) {
  test.describe(group, () => {
    for (const [fault, sees, play] of faults) {
      test(fault, async ({ panel, page, context, browser, baseURL, request }) => {
        let isShown = false;
        /** Plays in a browser whose viewer lives in another zone. */
        const inZone = async (timezoneId, play) => {
          const context = await browser.newContext({ timezoneId, baseURL, locale: "en-US" });
          const complaints = await watch(context);
          const page = await context.newPage();
          await play({ panel: new Panel(page, request), page });
          await shows(page, sees);
          expect(complaints).toEqual([]);
          await context.close();
          isShown = true;
        };
        await play({ panel, page, context, inZone });
        if (!isShown) await shows(page, sees);
      });
    }
  });
}

test("docs/faults.md is this table, in both languages", async () => {
  for (const { name, path, text } of render()) expect(await readFile(path, "utf8"), `${name}; run: node e2e/faults-doc.js`).toBe(text);
});
