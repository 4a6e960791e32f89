// What OCP, a link or an embedder may say to trick a viewer: nothing of it runs, opens, or is fetched from elsewhere.
import { ENDPOINT, answer, expect, test } from "./panel.js";

const MARKUP = "<img src=//evil.example/p onerror=alert(1)><script src=//evil.example/s></script><svg onload=alert(2)><a href=javascript:alert(3)>x</a>\"'` onload=alert(4) ";
const MARKDOWN = "![x](http://evil.example/p.png) [y](javascript:alert(5)) http://evil.example @team #1 ```\n# heading\n```sh\n";
const FORMULA = "\u00a0=HYPERLINK(\"http://evil.example\")\u001b]0;x\u0007\u202e";
const HOSTILE = MARKUP + MARKDOWN + FORMULA;
const FIELDS = ["status", "tenantName", "errorMsg", "clusterName", "clusterType", "backupMode", "backupUri", "agentServerIp", "checkpoint", "createTime", "modifyTime"];

/** What the page does that it must not: dialogs, windows, and requests to other origins. */
function watchPage(page, context) {
  const seen = [];
  page.on("dialog", (dialog) => { seen.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  context.on("page", (other) => seen.push(`window: ${other.url()}`));
  const origin = () => new URL(page.url()).origin;
  page.on("request", (request) => {
    const { protocol } = new URL(request.url());
    if (["http:", "https:"].includes(protocol) && page.url() !== "about:blank" && new URL(request.url()).origin !== origin()) seen.push(request.url());
  });
  page.on("framenavigated", (frame) => { if (!frame.url().startsWith("http://127.0.0.1:")) seen.push(`left for ${frame.url()}`); });
  return seen;
}
const markup = (panel) => panel.element.evaluate((element) => (
  element.shadowRoot.querySelectorAll("img, script, iframe, a[href], [src], [onload], [onerror], svg:not(.icon)").length));

test("names, errors and the envelope of OCP run nothing and load nothing", async ({ panel, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const seen = watchPage(page, context);
  const row = Object.fromEntries(FIELDS.map((field) => [field, HOSTILE]));
  await panel.answers({ ...answer([{ ...row, tenantId: 7, obTenantId: "1) OR 1=1 --" }]), server: HOSTILE, traceId: HOSTILE, timestamp: HOSTILE, [HOSTILE]: 1 });
  await panel.open("lang=en", "ready");
  await panel.rows.first().locator("[part=open]").click();
  expect(await markup(panel)).toBe(0);
  // Its drawer covers the next button.
  await page.keyboard.press("Escape");
  await page.locator("[part=diagnostics]").click();
  await page.getByRole("button", { name: "Copy a report for a ticket" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report.split("\n").filter((line) => line.includes("```"))).toEqual(["```sh", "```", "```sql", "```"]);
  expect(report.split("\n").filter((line) => line.startsWith("# "))).toEqual(["# Log backup tasks"]);
  expect(report).not.toMatch(/OR 1=1 --\)|[\u0000-\u0009\u000b-\u001f\u202e]/);
  expect(await markup(panel)).toBe(0);
  await page.keyboard.press("Escape");
  await page.locator("[part=export]").click();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV" }).first().click();
  const chunks = await (await (await saved).createReadStream()).toArray();
  const csv = Buffer.concat(chunks).toString();
  expect(csv).not.toMatch(/[\u001b\u0007\u202e]/);
  expect(await markup(panel)).toBe(0);
  expect(seen).toEqual([]);
});

test("an error of OCP runs nothing, loads nothing, and keeps what is for its developers to itself", async ({ panel, page, context }) => {
  const seen = watchPage(page, context);
  const error = { code: HOSTILE, message: HOSTILE, debugMessage: "SELECT 1 FROM secret", stackTrace: "at com.oceanbase.Secret" };
  for (const status of [200, 400, 403, 404, 500, 502]) {
    await page.unrouteAll();
    await panel.answers({ successful: false, status, error, server: HOSTILE, traceId: HOSTILE, timestamp: HOSTILE, debugMessage: error.debugMessage, stackTrace: [error.stackTrace] }, status);
    await panel.open("lang=en&refresh=0", "error");
    await page.locator("[part=diagnostics]").click();
    await expect(page.getByRole("heading", { name: "Failed requests in this session" })).toBeVisible();
    expect(await markup(panel)).toBe(0);
    expect(await panel.element.evaluate((element) => element.shadowRoot.textContent + JSON.stringify(element.getState()))).not.toMatch(/SELECT 1|oceanbase\.Secret/);
  }
  expect(seen).toEqual([]);
});

test("a link runs nothing and leads the page to no other server", async ({ panel, page, context }) => {
  // It says of each that it is not used.
  panel.complains("<ocp-log-backup-panel>: ");
  const seen = watchPage(page, context);
  await page.route(ENDPOINT, (route) => route.fulfill({ json: answer([{ tenantName: "t1", status: "RUNNING", delay: 5 }]) }));
  const parameters = [
    "cluster", "clusters", "range", "start", "end", "zone", "page", "size", "sort", "tone", "find", "lang", "lagging", "critical", "refresh", "v",
    "base", "base-url", "link-base", "data-base", "credentials",
  ];
  for (const words of [HOSTILE, "javascript:alert(6)", "//evil.example", "https://evil.example/"]) {
    for (const own of ["cluster", "clusters"]) {
      const query = new URLSearchParams(parameters.filter((name) => !name.startsWith("cluster")).map((name) => [name, words]));
      query.set(own, own === "cluster" ? "5" : `5,${words}`);
      await page.goto(`/?${query}`);
      await expect(panel.element.first()).toHaveAttribute("data-state", /ready|error|empty/);
      expect(await page.evaluate(() => document.querySelectorAll("img, iframe, a[href^=javascript]").length)).toBe(0);
      for (const link of await page.locator("main > * a, main > a").all()) expect(await link.evaluate(({ origin }) => origin)).toBe(new URL(page.url()).origin);
      expect(await page.title()).not.toMatch(/evil|alert|img/);
    }
  }
  expect(seen).toEqual([]);
});
