// Page translators put elements of their own in the place of the panel's texts.
import { ENDPOINT, answer, expect, test } from "./panel.js";

/** How translators go about it, in one step or in two. */
const WAYS = {
  "in one step": (text, translation) => text.replaceWith(translation),
  "in two steps": (text, translation) => {
    text.parentNode.insertBefore(translation, text);
    text.remove();
  },
};

/** Replaces each text of the panel, as a translator does that minds no `translate="no"`. */
const translate = (panel, way) => panel.element.evaluate(({ shadowRoot }, replace) => {
  const walker = document.createTreeWalker(shadowRoot, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts.filter(({ data }) => data.trim())) {
    const translation = document.createElement("font");
    translation.appendChild(document.createElement("font")).textContent = `«${text.data}»`;
    new Function("text", "translation", `(${replace})(text, translation)`)(text, translation);
  }
}, String(way));

const task = (tenantName, status, delay) => ({ tenantName, status, delay, checkpoint: new Date(Date.parse("2021-09-23T06:34:35.149Z") - 1000 * delay).toISOString() });

for (const [name, way] of Object.entries(WAYS)) {
  test(`what changes after a translation shows, ${name}`, async ({ panel, page }) => {
    let reply = { json: answer([task("a", "DOING", 40), task("b", "DOING", 50)], { totalElements: 50 }) };
    await page.route(ENDPOINT, (route) => route.fulfill(reply));
    await panel.open("refresh=0&size=20", "ready");
    const ask = async (next) => {
      await translate(panel, way);
      reply = next;
      const asked = page.waitForRequest(ENDPOINT);
      await panel.element.evaluate((element) => element.refresh());
      await asked;
      await panel.answered();
    };
    const strip = page.getByRole("group", { name: "At a glance" });
    await ask({ json: { ...answer([task("a", "INTERRUPTED", 7200), task("b", "DOING", 3600)], { totalElements: 60 }), traceId: "t-2" } });
    const first = panel.rows.first();
    await expect(first.locator(".status .main")).toHaveText("Interrupted");
    await expect(first.locator(".delay .main")).toHaveText("Checkpoint 2 h old");
    await expect(first.locator(".checkpoint .main")).toHaveText("2021-09-23 12:34:35");
    await expect(panel.rows.nth(1).locator(".delay .main")).toHaveText("1 h");
    // What did not change may stay translated.
    await expect(first.locator(".tenant .main")).toHaveText("«a»");
    await expect(strip).toContainText("2 tasks need attention; worst delay 1 h (b)");
    await expect(strip).not.toContainText("archiving");
    await expect(strip).toContainText(/died now: at least»? 2 h/);
    await expect(page.locator(".news")).toContainText("In progress → Interrupted");
    await expect(page.locator(".total")).toHaveText("1–2 of 60");
    await expect(page.locator(".footer")).toContainText("Trace ID t-2");
    await expect(page.locator(".footer")).not.toContainText("«Trace ID t-1»");
    const chip = page.locator("[part=filter]").filter({ hasText: "Interrupted" });
    await expect(chip.locator("b")).toHaveText("1");
    // A failure, another one, and none.
    const alert = page.getByRole("alert");
    await ask({ status: 500, json: { error: { code: 1, message: "boom" }, successful: false } });
    await expect(alert).toContainText("OCP reported an internal error");
    await expect(strip).toContainText("Last known (2021-09-23 14:34:35)");
    await ask({ status: 403, json: { error: { code: 2, message: "no" }, successful: false } });
    await expect(alert).toContainText("You are not permitted to view this cluster's backups");
    await expect(alert).not.toContainText("internal error");
    await expect(alert).not.toContainText("boom");
    await ask({ json: answer([task("a", "DOING", 40), task("b", "DOING", 50)]) });
    await expect(alert).toBeEmpty();
    await expect(first.locator(".status .main")).toHaveText("In progress");
    await expect(strip).toContainText("2 tasks are archiving");
    await expect(strip).not.toContainText("Last known");
    await expect(page.locator(".total")).toHaveText("1–2 of 2");
    // Rows that come and go, and a list that ends.
    await ask({ json: answer([task("c", "FAILED", 10)]) });
    await expect(panel.rows).toHaveCount(1);
    await expect(panel.rows.locator(".tenant .main")).toHaveText("c");
    await ask({ json: answer([]) });
    await expect(page.locator(".empty")).toContainText("This cluster has no log backup task");
  });
}

test("the details of a task follow it after a translation", async ({ panel, page }) => {
  let rows = [task("a", "DOING", 40)];
  await page.route(ENDPOINT, (route) => route.fulfill({ json: answer(rows) }));
  await panel.open("refresh=0", "ready");
  await panel.rows.locator("[part=open]").click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.locator(".status .main")).toHaveText("In progress");
  await translate(panel, WAYS["in one step"]);
  rows = [task("a", "INTERRUPTED", 7200)];
  await panel.element.evaluate((element) => element.refresh());
  await expect(dialog.locator(".status .main")).toHaveText("Interrupted");
  await expect(dialog).toContainText("Logs were recycled before they were archived");
  await expect(dialog).not.toContainText("In progress");
});

test("names, times and addresses are no words to translate", async ({ panel, page }) => {
  await panel.open("cluster=1000006", "ready");
  const kept = (selector) => page.locator(selector).evaluateAll((parts) => parts.every(({ translate }) => !translate));
  for (const column of ["tenant", "checkpoint", "cluster", "uri"]) expect(await kept(`[part=row] .${column} .main`), column).toBe(true);
  expect(await kept(".footer span")).toBe(true);
  expect(await kept("[part=row] .status .main"), "a status is a word").toBe(false);
});
