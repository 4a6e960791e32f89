// Micro-frontends: the panel inside qiankun, micro-app and wujie (examples/micro-frontends), two of them at once, in each of their sandboxes.
import { ENDPOINT, expect, test } from "./panel.js";

// These frameworks run the scripts of a micro-frontend by `eval`, which the policy of the preview server forbids.
test.use({ bypassCSP: true });

const MODES = [
  ["qiankun", ""], ["qiankun", "strict"], ["qiankun", "scoped"], ["micro-app", ""], ["micro-app", "iframe"], ["wujie", ""], ["wujie", "alive"],
  ["wujie", "degrade"],
];

for (const [framework, sandbox] of MODES) {
  test(`${framework} ${sandbox}`.trim(), async ({ panel, page }) => {
    const asked = [];
    page.on("request", (request) => { if (ENDPOINT.test(request.url())) asked.push(request); });
    await page.goto(`/examples/micro-frontends/dist/?framework=${framework}&sandbox=${sandbox}${sandbox === "alive" ? "&alive" : ""}`);
    const isOpen = (open) => page.waitForFunction((open) => document.body.dataset.open === open, open);
    await isOpen("yes");
    const where = (place) => (sandbox === "degrade" ? page.frameLocator(`#${place} iframe`) : page.locator(`#${place}`));
    const [first, second] = ["first", "second"].map((place) => where(place).locator("ocp-log-backup-panel"));
    const rows = first.locator("[part=row]");
    for (const one of [first, second]) {
      await expect(one).toHaveAttribute("data-state", "ready");
      await expect(one.locator("[part=row]")).toHaveCount(5);
      // Neither side's style is on the panel, and its own is.
      await expect(one.locator("[part=refresh]")).toHaveCSS("letter-spacing", "normal");
      await expect(one.locator("[part=refresh]")).toHaveCSS("text-transform", "none");
      await expect(one.locator("[part=refresh]")).toHaveCSS("border-top-left-radius", "4px");
      await expect(one.locator(".card")).toHaveCSS("background-color", "rgb(255, 255, 255)");
    }
    // Nor is the panel's on the page.
    await expect(page.locator("#leave")).toHaveCSS("border-top-left-radius", "9px");
    await expect(page.locator("#leave")).toHaveCSS("letter-spacing", sandbox === "" && framework === "qiankun" ? "5px" : "normal");
    expect(new Set(await Promise.all(asked.map((request) => request.headerValue("x-console"))))).toEqual(new Set([framework]));
    // A click on a row, and keys.
    const output = page.locator("output");
    await rows.nth(1).locator(".delay").click();
    await expect(output).toContainText("1000006: tenant_1001; ");
    await expect(first.getByRole("dialog")).toContainText("What to do");
    await page.keyboard.press("Escape");
    await expect(first.getByRole("dialog")).toHaveCount(0);
    const names = rows.locator("[part=open]");
    await names.nth(1).focus();
    await page.keyboard.press("ArrowDown");
    await expect(names.nth(2)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(output).toContainText("1000006: tenant_1002; ");
    await page.keyboard.press("Escape");
    await names.nth(2).focus();
    await page.keyboard.press("]");
    await expect(first.getByText("6–10 of 14")).toBeVisible();
    await second.locator("[part=open]").first().click();
    await expect(output).toContainText("1000005: ");
    await page.keyboard.press("Escape");
    // A menu, by keys.
    const more = first.locator("[part=more]");
    await more.press("Enter");
    await expect(first.locator(".menu [part=display]")).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(first.locator(".menu [part=export]")).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(more).toBeFocused();
    // The range: a field, where typing is typing.
    await first.locator("[part=custom-range]").click();
    await first.locator("[name=start]").fill("now-36h");
    await first.locator("[name=end]").fill("now");
    await page.keyboard.press("Enter");
    await expect(first.locator("[part=custom-range]")).toHaveText("Last 36 h");
    // Closed, nothing is left in the page; opened again, it is as it was left where the micro-frontend has kept it.
    await page.locator("#leave").click();
    await isOpen("no");
    await expect(page.locator("ocp-log-backup-panel")).toHaveCount(0);
    await page.locator("#return").click();
    await expect(first).toHaveAttribute("data-state", "ready");
    if (sandbox === "alive" || framework === "qiankun") await expect(first.locator("[part=custom-range]")).toHaveText("Last 36 h");
  });
}
