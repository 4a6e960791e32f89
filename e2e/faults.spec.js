// Plays every row of faults.js.
import { readFile } from "node:fs/promises";

import { MATRIX } from "./faults.js";
import { FILE, render } from "./faults-doc.js";
import { Panel, expect, test } from "./panel.js";

async function shows(page, sees) {
  for (const text of sees) {
    await expect(page.getByText(text).filter({ visible: true }).first()).toBeVisible();
  }
  // The worst lie: an outage that looks like an empty list.
  if (!sees.some((text) => text.includes("no log backup task"))) {
    await expect(page.getByText(/no log backup task/i)).toHaveCount(0);
  }
}

for (const [group, faults] of Object.entries(MATRIX)) {
  test.describe(group, () => {
    for (const [fault, sees, play] of faults) {
      test(fault, async ({ panel, page, context, browser, baseURL, request }) => {
        let shown = page;
        /** Plays in a browser whose viewer lives in another zone. */
        const inZone = async (timezoneId, play) => {
          const context = await browser.newContext({ timezoneId, baseURL, locale: "en-US" });
          shown = await context.newPage();
          await play({ panel: new Panel(shown, request), page: shown });
        };
        await play({ panel, page, context, inZone });
        await shows(shown, sees);
        if (shown !== page) await shown.context().close();
      });
    }
  });
}

test("docs/faults.md is this table", async () => {
  expect(await readFile(FILE, "utf8"), "run: node e2e/faults-doc.js").toBe(render());
});
