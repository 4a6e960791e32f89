// The standalone page as a console: the bar, the choice of clusters, what is remembered, and the sign-in.
import AxeBuilder from "@axe-core/playwright";
import { ENDPOINT, answer, expect, stopClock, test } from "./panel.js";

const CLUSTERS = /\/api\/v2\/ob\/clusters(\?.*)?$/;
const rows = (page) => page.locator(".clusters tbody tr");
const cluster = (id, more = {}) => ({ id, name: `pay_${id}`, obClusterId: 7, obVersion: "4.2.1", status: "RUNNING", type: "PRIMARY", tenantCount: 12, ...more });
/** The list as OCP sends it; what was asked for is in `asked`. */
const list = (page, asked, all) => page.route(CLUSTERS, (route) => {
  const given = new URL(route.request().url()).searchParams;
  asked.push(Object.fromEntries(given));
  const found = all.filter(({ name, status }) => name.includes(given.get("name") ?? "") && (!given.has("status") || status === given.get("status")));
  const from = (given.get("page") - 1) * given.get("size");
  return route.fulfill({ json: answer(found.slice(from, from + Number(given.get("size"))), { totalElements: found.length }) });
});

test("a page without a cluster opens the list, and a cluster is found by its name", async ({ panel, page }) => {
  const asked = [];
  await stopClock(page);
  await list(page, asked, Array.from({ length: 3000 }, (_, index) => cluster(1000100 + index, { status: index === 7 ? "STOPPED" : "RUNNING" })));
  await page.goto("/?lang=en");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await expect(rows(page)).toHaveCount(20);
  await expect(page.locator(".pager")).toContainText("1 to 20 of 3,000");
  await page.getByRole("button", { name: "Next page" }).click();
  await expect(page.locator(".pager")).toContainText("21 to 40 of 3,000");
  await page.getByRole("searchbox").pressSequentially("pay_1002345");
  expect(asked.length).toBe(2);
  await page.clock.runFor(250);
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText("pay_1002345:7");
  await expect(rows(page)).toContainText("PrimaryRunning124.2.1");
  expect(asked.length, "a request for the word, not for each letter").toBe(3);
  await page.getByRole("searchbox").fill("");
  await page.clock.runFor(250);
  await expect(rows(page)).toHaveCount(20);
  await page.getByLabel("Status").selectOption("STOPPED");
  await expect(rows(page)).toHaveCount(1);
  expect(asked.at(-1)).toEqual({ page: "1", size: "20", sort: "name,asc", status: "STOPPED" });
  await rows(page).getByRole("link").click();
  await panel.rests();
  await expect(page).toHaveURL(/\?lang=en&cluster=1000107$/);
});

test("ticked clusters are shown together, on a wall in two clicks more", async ({ page }) => {
  await list(page, [], [1, 2, 3].map((id) => cluster(1000100 + id)));
  await page.route(ENDPOINT, (route) => route.fulfill({ json: answer([{ tenantName: "a", status: "RUNNING", delay: 30 }]) }));
  await page.goto("/?lang=en");
  await expect(page.getByRole("link", { name: /Show together/ })).toBeHidden();
  for (const id of [1000103, 1000101]) await page.getByLabel(`Show together: pay_${id}:7`).check();
  await page.getByRole("link", { name: "Show together (2)" }).click();
  await expect(page.getByRole("article")).toHaveCount(2);
  await expect(page).toHaveURL(/clusters=1000103,1000101$/);
  await page.getByRole("button", { name: "Wall" }).click();
  await expect(page.locator(".clock")).toBeVisible();
});

test("all that the user may see are shown by one link", async ({ page }) => {
  const asked = [];
  await list(page, asked, [1, 2, 3].map((id) => cluster(1000100 + id)));
  await page.route(ENDPOINT, (route) => route.fulfill({ json: answer([{ tenantName: "a", status: "RUNNING", delay: 30 }]) }));
  await page.goto("/?lang=en");
  await page.getByRole("link", { name: "Overview" }).click();
  await expect(page.getByRole("article")).toHaveCount(3);
  expect(asked.at(-1)).toMatchObject({ page: "1", size: "200" });
});

test("the list of the simulated OCP, by the menu on any page", async ({ panel, page }) => {
  await panel.open("cluster=1000006&lang=en", "ready");
  const menu = page.getByRole("button", { name: "Cluster", exact: true });
  await menu.click();
  await expect(page.getByRole("searchbox", { name: "Search by name or ID" })).toBeFocused();
  await page.keyboard.type("YC0820");
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).first()).toContainText("yc0820_17:5");
  await page.keyboard.press("Escape");
  await expect(rows(page)).toHaveCount(0);
  await expect(menu).toBeFocused();
  await expect(menu).toHaveAttribute("aria-expanded", "false");
  await menu.click();
  const search = page.getByRole("searchbox", { name: "Search by name or ID" });
  await search.fill("yc0820_17");
  await expect(rows(page)).toHaveCount(2);
  await search.press("Enter");
  await expect(rows(page), "of two it opens none").toHaveCount(2);
  await search.fill("yc0820_17_standby");
  await expect(rows(page)).toHaveCount(1);
  await search.press("Enter");
  await expect(page).toHaveURL(/cluster=1000006/);
  await panel.rests("ready");
});

for (const [what, reply, said] of [
  ["forbidden", { status: 403, json: { successful: false, status: 403, error: { code: 1, message: "no" } } }, "CLUSTER_VIEWER"],
  ["not there", { status: 404, json: { successful: false, status: 404, error: { code: 1, message: "no" } } }, "offers no list of clusters"],
  ["another page", { status: 404, body: "<html>not found</html>" }, "offers no list of clusters"],
  ["a web page", { status: 200, body: "<html>hello</html>" }, "This response is not from OCP"],
  ["broken", { status: 200, body: '{"data":{"contents":[{' }, "This response is not from OCP"],
  ["an error", { status: 500, json: { successful: false, status: 500, error: { code: 1, message: "boom" }, traceId: "t-77" } }, "t-77"],
]) {
  test(`a list that is ${what} is no failure of the page: seen clusters and an ID remain`, async ({ panel, page }) => {
    await panel.open("cluster=1000008&lang=en", "ready");
    await expect(page.locator(".bar")).toBeVisible();
    await page.route(CLUSTERS, (route) => route.fulfill(reply));
    await page.goto("/?lang=en");
    await expect(page.getByRole("alert").filter({ visible: true })).toContainText(said);
    const seen = page.locator(".seen li");
    await expect(seen).toHaveText(/^trade_hz:8\s*ID 1000008\s*Primary$/);
    await page.getByRole("searchbox").fill("1000006");
    await expect(seen).toHaveCount(0);
    await expect(page.getByRole("link", { name: "Open cluster 1000006" })).toBeVisible();
    await page.getByRole("searchbox").press("Enter");
    await panel.rests("ready");
    await expect(page).toHaveURL(/cluster=1000006/);
  });
}

test("a list that never answers is given up after 15 seconds", async ({ page }) => {
  await stopClock(page);
  await page.route(CLUSTERS, () => {});
  await page.goto("/?lang=en");
  await expect(page.getByText("Loading")).toBeVisible();
  await page.clock.runFor(16_000);
  await expect(page.getByRole("alert").filter({ visible: true })).toContainText("OCP does not answer");
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
});

test("a page turned too far shows the first one again", async ({ page }) => {
  await list(page, [], Array.from({ length: 25 }, (_, index) => cluster(1000100 + index)));
  await page.goto("/?lang=en");
  await expect(rows(page)).toHaveCount(20);
  await page.getByRole("button", { name: "Next page" }).dblclick();
  await expect(page.locator(".pager")).toContainText(/(1 to 20|21 to 25) of 25/);
  await expect(rows(page).first()).toBeVisible();
});

test("a list that failed once is there when it is wanted again", async ({ page }) => {
  await page.route(CLUSTERS, (route) => route.abort(), { times: 1 });
  await page.goto("/?lang=en");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(rows(page)).toHaveCount(20);
});

test("of two searches the later one counts, however slow the first one is", async ({ page }) => {
  const held = [];
  await page.route(CLUSTERS, (route) => {
    const name = new URL(route.request().url()).searchParams.get("name");
    if (name === "slow") held.push(route);
    else return route.fulfill({ json: answer([cluster(1000100, { name: name ?? "all" })]) });
  });
  await page.goto("/?lang=en");
  await page.getByRole("searchbox").fill("slow");
  await expect.poll(() => held.length).toBe(1);
  await page.getByRole("searchbox").fill("quick");
  await expect(rows(page)).toContainText("quick");
  await held[0].fulfill({ json: answer([cluster(1000100, { name: "slow" })]) }).catch(() => {});
  await expect(rows(page)).toContainText("quick");
});

test("what OCP calls a cluster is shown as text, with secrets masked and hidden characters seen", async ({ page }) => {
  await list(page, [], [cluster(1000100, { name: "<img src=x onerror=alert(1)>" }), cluster(1000101, { name: "a\u202Eb password=S3CR3T" })]);
  await page.goto("/?lang=en");
  await expect(rows(page).nth(0)).toContainText("<img src=x onerror=alert(1)>:7");
  await expect(rows(page).nth(1)).toContainText("a⟨U+202e⟩b password=***");
});

test("language, theme, zone and alarm are remembered, and a link's own language wins", async ({ panel, page }) => {
  await panel.open("cluster=1000008", "ready");
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByRole("button", { name: "集群", exact: true })).toBeVisible();
  await page.getByLabel("主题").selectOption("dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(panel.element.locator(".root")).toHaveAttribute("data-theme", "dark");
  await page.getByLabel("时区").first().selectOption({ label: "UTC" });
  await expect(panel.element.locator(".footer")).toContainText("UTC");
  await page.getByRole("button", { name: "告警提醒：关" }).click();
  await page.goto("/?cluster=1000006");
  await panel.rests("ready");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(panel.element.locator(".footer")).toContainText("UTC");
  await expect(page.getByRole("button", { name: "告警提醒：开" })).toBeVisible();
  await page.goto("/?cluster=1000006&lang=en");
  await expect(page.getByRole("button", { name: "Cluster", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page).toHaveURL(/\?cluster=1000006$/);
  await expect(page.getByRole("button", { name: "集群", exact: true })).toBeVisible();
});

test("a session that is over leads to the sign-in and back to this very view, and asks once", async ({ panel, page, context }) => {
  let signedIn = false;
  let asked = 0;
  await context.route(ENDPOINT, (route) => {
    asked += 1;
    return route.fulfill(signedIn ? { json: answer([{ tenantName: "a", status: "RUNNING", delay: 30 }]) } : { status: 401, body: "" });
  });
  await context.route("**/login?*", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>OCP</title>" }));
  await panel.open("cluster=1000006&range=24h&lang=en", "error");
  const link = page.getByRole("link", { name: "Sign in to OCP" });
  await expect(link).toHaveAttribute("href", `/login?callback=${encodeURIComponent("/?cluster=1000006&range=24h&lang=en").replace("%3A", ":")}`);
  for (const succeeds of [false, true]) {
    const [login] = await Promise.all([context.waitForEvent("page"), link.click()]);
    await expect(login).toHaveTitle("OCP");
    signedIn = succeeds;
    const before = asked;
    // Playwright hides no page behind another.
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await panel.rests(succeeds ? "ready" : "error");
    await expect.poll(() => asked - before).toBe(1);
    await panel.answered();
    await expect(link).toBeVisible({ visible: !succeeds });
  }
  expect(asked).toBe(3);
  await expect(page).toHaveURL(/cluster=1000006&range=24h&lang=en$/);
});

test("cards whose session is over ask once more after the sign-in, and the list does, too", async ({ page, context }) => {
  let signedIn = false;
  const reply = (json) => (route) => route.fulfill(signedIn ? { json } : { status: 401, body: "" });
  await context.route(ENDPOINT, reply(answer([{ tenantName: "a", status: "RUNNING", delay: 30 }])));
  await context.route(CLUSTERS, reply(answer([cluster(1000100)])));
  await context.route("**/login?*", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>OCP</title>" }));
  for (const [path, wanted] of [["/?clusters=1000006,1000008&lang=en", "archiving"], ["/?clusters=all&lang=en", "archiving"], ["/?lang=en", "pay_1000100"]]) {
    signedIn = false;
    await page.goto(path);
    const link = page.getByRole("link", { name: "Sign in to OCP" });
    await expect(link).toBeVisible();
    await Promise.all([context.waitForEvent("page"), link.click()]);
    signedIn = true;
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await expect(page.locator("main")).toContainText(wanted);
    await expect(link).toBeHidden();
  }
});

test("the bar moves nothing, and fits a phone", async ({ panel, page }) => {
  await page.route("**/console.js", async (route) => { await page.waitForFunction(() => document.querySelector("ocp-log-backup-panel").dataset.state === "ready"); await route.continue(); });
  for (const width of [320, 390, 800, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    await panel.open("cluster=1000008&lang=en", "ready");
    const top = () => panel.element.evaluate((element) => element.getBoundingClientRect().top);
    const before = await top();
    await expect(page.locator(".bar")).toBeVisible();
    expect(Math.abs(await top() - before), `${width} px`).toBeLessThanOrEqual(width < 600 ? 60 : 1);
    const { scroll, bar } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth - innerWidth, bar: document.querySelector(".bar").offsetHeight }));
    expect(scroll, `${width} px`).toBeLessThanOrEqual(0);
    expect(bar, `${width} px`).toBeLessThanOrEqual(width < 600 ? 130 : 49);
    await page.getByRole("button", { name: "Cluster", exact: true }).click();
    await expect(rows(page)).toHaveCount(20);
    const { left, right } = await page.locator(".popover").evaluate((popover) => popover.getBoundingClientRect().toJSON());
    expect([left >= 0, right <= width], `${width} px: ${left} to ${right}`).toEqual([true, true]);
  }
});

test("each view of the console is accessible, light and dark", async ({ page }) => {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const [path, ready] of [["/?lang=en", ".clusters tbody"], ["/?clusters=1000005,1000008,x&lang=en", "article .as-of"], ["/?clusters=1000006,1000008&lang=zh&wall=1", ".clock"]]) {
      await page.goto(path);
      await expect(page.locator(ready).first()).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    }
  }
});
