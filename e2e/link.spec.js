// A link reopens what is shown: the page's own URL, “Copy link”, and `getLink()` of an embedder.
import { ENDPOINT, expect, stopClock, test } from "./panel.js";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const tenants = (panel) => panel.rows.locator(".tenant .main").allInnerTexts();

test("order and filters are in the URL, and a link to it shows the same", async ({ panel, page, context }) => {
  await panel.open("cluster=1000006&range=30d&size=50&lang=en", "ready");
  await page.getByRole("columnheader", { name: "Delay" }).getByRole("button").click();
  await page.locator("[part=filter]").first().click();
  await page.locator("[part=find]").fill("tenant");
  await expect(page).toHaveURL(/sort=-delay&tone=critical&kind=[a-z-]+&find=tenant/);
  const shown = await tenants(panel);
  expect(shown.length).toBeGreaterThan(0);

  await page.locator("[part=more]").click();
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link, "one and the same").toBe(page.url());
  expect(Object.fromEntries(new URL(link).searchParams)).toEqual({
    cluster: "1000006", range: "30d", page: "1", size: "50", lang: "en", v: "1", sort: "-delay", tone: "critical", kind: "interrupted", find: "tenant",
  });

  const other = await context.newPage();
  await other.goto(link);
  await expect(other.locator("ocp-log-backup-panel")).toHaveAttribute("data-state", "ready");
  expect(await other.locator("[part=row] .tenant .main").allInnerTexts()).toEqual(shown);
  await expect(other.getByRole("columnheader", { name: "Delay" })).toHaveAttribute("aria-sort", "descending");
  await expect(other.locator("[part=find]")).toHaveValue("tenant");
  await expect(other.locator("[part=filter]").first()).toHaveAttribute("aria-pressed", "true");
});

test("a filter is no step of the history, a page is", async ({ panel, page }) => {
  await panel.open("cluster=1000005&size=10", "ready");
  const before = await page.evaluate(() => history.length);
  await page.locator("[part=find]").pressSequentially("ten");
  await expect(page).toHaveURL(/find=ten/);
  expect(await page.evaluate(() => history.length)).toBe(before);
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(page).not.toHaveURL(/find=/);
  await page.locator("[part=next]").click();
  await expect(page).toHaveURL(/page=2/);
  await page.goBack();
  await expect(page).not.toHaveURL(/page=2/);
});

test("“All time” stays so where the page has another default", async ({ panel, page }) => {
  await page.route("**/", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace("<ocp-log-backup-panel", "<ocp-log-backup-panel data-cluster=1000005 data-range=24h") });
  });
  await page.goto("/");
  await panel.element.evaluate((element) => element.setAttribute("cluster-id", "1000006"));
  await panel.rests("ready");
  await page.getByRole("button", { name: "All time" }).click();
  await expect(page).toHaveURL(/range=all/);
  await expect(panel.element).toHaveAttribute("range", "all");
});

test("a link from a later version shows what this one knows, and says so", async ({ panel }) => {
  await panel.open("v=2&cluster=1000006&sort=tenant&shape=round", "ready");
  await expect(panel.page.getByRole("columnheader", { name: "Tenant" })).toHaveAttribute("aria-sort", "ascending");
  panel.complains("later version");
});

test("days stay those of the zone in which they were picked, wherever the link is opened", async ({ panel, page, browser, baseURL }) => {
  // In Berlin and in Shanghai it is the next day already.
  await stopClock(page, "2026-11-23T23:30:00Z");
  const asked = async (page, act) => {
    const request = page.waitForRequest((request) => ENDPOINT.test(request.url()) && request.url().includes("startTime"));
    await act();
    const { searchParams } = new URL((await request).url());
    return [searchParams.get("startTime"), searchParams.get("endTime")];
  };
  const openElsewhere = async (link) => {
    const context = await browser.newContext({ timezoneId: "Europe/Berlin", baseURL, locale: "en-US" });
    const elsewhere = await context.newPage();
    await stopClock(elsewhere, "2026-11-23T23:30:00Z");
    const times = await asked(elsewhere, () => elsewhere.goto(link));
    const zone = await elsewhere.locator("ocp-log-backup-panel").getAttribute("time-zone");
    await context.close();
    return [times, zone];
  };
  await panel.open("cluster=1000006&refresh=0", "ready");
  const pick = (zone) => asked(page, async () => {
    await page.locator("[part=custom-range]").click();
    await page.locator("ocp-log-backup-panel").getByLabel("Time zone").selectOption(zone);
    await page.getByRole("button", { name: "Last 7 full days", exact: true }).click();
    await page.getByRole("button", { name: "Apply" }).click();
  });

  const ofUtc = ["2026-11-16T00:00:00.000Z", "2026-11-22T23:59:59.999Z"];
  expect(await pick({ label: "UTC" })).toEqual(ofUtc);
  await expect(page).toHaveURL(/zone=UTC/);
  await panel.rests();
  expect(await panel.element.evaluate((element) => element.getLink())).toBe(page.url());
  expect(await panel.element.evaluate((element) => element.getState().query.timeZone)).toBe("UTC");
  expect(await openElsewhere(page.url())).toEqual([ofUtc, "UTC"]);

  // The same days by the browser's own zone: the link names it, and the way back leads to the days of UTC.
  const ofShanghai = ["2026-11-16T16:00:00.000Z", "2026-11-23T15:59:59.999Z"];
  expect(await pick({ index: 0 })).toEqual(ofShanghai);
  await expect(page).toHaveURL(/zone=Asia%2FShanghai/);
  await panel.rests();
  expect(await openElsewhere(page.url())).toEqual([ofShanghai, "Asia/Shanghai"]);
  expect(await asked(page, () => page.goBack())).toEqual(ofUtc);
  await panel.rests();

  // A range that is the same everywhere needs no zone, and leaves the viewer's.
  await page.getByRole("button", { name: "Last 24 hours" }).click();
  await expect(page).not.toHaveURL(/zone=/);
  await panel.rests();
  await expect(page.getByText("Times in UTC", { exact: true })).toBeVisible();
});

test("an embedder gets links to a page of its choice", async ({ panel, page }) => {
  await panel.open("cluster=1000006&start=2026-01-01T00:00:00Z&end=2026-01-03T00:00:00Z", "ready", "empty");
  const link = await panel.element.evaluate((element) => element.getLink("https://console.example/backup?team=a&page=9#x"));
  expect(link).toBe("https://console.example/backup?team=a&page=1&v=1&cluster=1000006"
    + "&start=2026-01-01T00%3A00%3A00.000Z&end=2026-01-03T00%3A00%3A00.000Z&size=20#x");
  const events = panel.element.evaluate((element) => new Promise((resolve) => {
    element.addEventListener("ocp-filter-change", ({ detail }) => resolve(detail), { once: true });
    element.sort = "-checkpoint";
  }));
  expect(await events).toEqual({ sort: "-checkpoint", tone: null, kind: null, loss: null, find: null });
  expect((await panel.element.evaluate((element) => element.getState())).filter.sort).toBe("-checkpoint");
  await panel.element.evaluate((element) => element.setAttribute("range", "all"));
  await panel.rests("ready");
  await panel.element.evaluate((element) => element.removeAttribute("link-base"));
  await page.locator("[part=more]").click();
  await expect(page.locator("[part=keys]")).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy link" })).toHaveCount(0);
});

test("makes no link of what would run where it is clicked", async ({ panel, page }) => {
  await panel.open("cluster=1000006&lang=en", "ready");
  for (const base of ["javascript:alert(1)", "JavaScript:alert(1)//", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:x", "mailto:a@b", "http://["]) {
    expect(await panel.element.evaluate((element, base) => {
      try {
        return element.getLink(base);
      } catch (error) {
        return error.constructor.name;
      }
    }, base), base).toBe("TypeError");
  }
  await panel.element.evaluate((element) => { element.linkBase = "javascript:alert(1)"; });
  await page.locator("[part=more]").click();
  await expect(page.locator("[part=keys]")).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy link" })).toHaveCount(0);
});
