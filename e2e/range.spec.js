// A time range of one's own: typed, pasted, picked.
import { ENDPOINT, expect, openMore, stopClock, test } from "./panel.js";

const open = async (panel, page, query = "cluster=1000006&refresh=0") => {
  await panel.open(query, "ready");
  await page.getByRole("button", { name: /Custom|→/ }).click();
  await expect(page.getByLabel("Start", { exact: true })).toBeVisible();
};
const fields = (page) => Promise.all(["Start", "End"].map((name) => page.getByLabel(name, { exact: true }).inputValue()));
const asked = async (page, act) => {
  const request = page.waitForRequest(ENDPOINT);
  await act();
  const params = new URL((await request).url()).searchParams;
  return [params.get("startTime"), params.get("endTime")];
};

test("a typed range that ends now stays relative", async ({ panel, page }) => {
  await open(panel, page);
  await page.getByLabel("Start", { exact: true }).fill("now-36h");
  await page.getByLabel("End", { exact: true }).fill("now");
  const [start, end] = await asked(page, () => page.getByRole("button", { name: "Apply" }).click());
  expect(Date.parse(end) - Date.parse(start)).toBe(36 * 3600 * 1000);
  await expect(page).toHaveURL(/range=36h/);
  await page.getByRole("button", { name: "Last 36 h" }).click();
  expect(await fields(page)).toEqual(["now-36h", "now"]);
});

test("rounded ends stay relative, too: in the URL, in the link's view, and at each request", async ({ panel, page }) => {
  await stopClock(page, "2026-11-23T15:59:50Z");
  await open(panel, page);
  await page.getByLabel("Start", { exact: true }).fill("now-7d/d");
  await page.getByLabel("End", { exact: true }).fill("now/d");
  // Days of Shanghai, which turns to another one in ten seconds.
  expect(await asked(page, () => page.getByRole("button", { name: "Apply" }).click()))
    .toEqual(["2026-11-15T16:00:00.000Z", "2026-11-23T15:59:59.999Z"]);
  await panel.rests("ready");
  await expect(page.getByRole("button", { name: "now-7d/d → now/d" })).toBeVisible();
  await page.clock.runFor(15_000);
  expect(await asked(page, () => page.locator("[part=refresh]").click()))
    .toEqual(["2026-11-16T16:00:00.000Z", "2026-11-24T15:59:59.999Z"]);
  await expect(page).toHaveURL(/range=now-7d%2Fd\+to\+now%2Fd/);
  expect(await asked(page, () => page.reload())).toEqual(["2026-11-16T16:00:00.000Z", "2026-11-24T15:59:59.999Z"]);
  await panel.rests("ready");
  await page.getByRole("button", { name: "now-7d/d → now/d" }).click();
  expect(await fields(page)).toEqual(["now-7d/d", "now/d"]);
});

test("a zone that is chosen later leaves a rounded range and its page as they were", async ({ panel, page }) => {
  await panel.open("cluster=1000005&size=5&page=2&refresh=0&scope=page&range=now-7d/d+to+now/d", "ready");
  await openMore(page, "display");
  await page.locator("ocp-log-backup-panel").getByLabel("Time zone").selectOption({ label: "UTC" });
  let requests = 0;
  page.on("request", (request) => { if (ENDPOINT.test(request.url())) requests += 1; });
  await panel.element.evaluate((element) => { element.find = "tenant"; });
  await expect(page.getByText(/Tasks shown/)).toBeVisible();
  expect(await panel.element.evaluate((element) => element.getState().query)).toMatchObject({ page: "2", range: "now-7d/d to now/d" });
  expect(requests).toBe(0);
});

test("days are picked by name, and stay those of the day on which they are asked for", async ({ panel, page }) => {
  await stopClock(page, "2026-11-23T10:00:00Z");
  await open(panel, page);
  await page.getByRole("button", { name: "Yesterday", exact: true }).click();
  expect(await fields(page)).toEqual(["now-1d/d", "now-1d/d"]);
  await expect(page.getByRole("gridcell", { selected: true })).toHaveText(["22"]);
  expect(await asked(page, () => page.getByRole("button", { name: "Apply" }).click()))
    .toEqual(["2026-11-21T16:00:00.000Z", "2026-11-22T15:59:59.999Z"]);
});

test("a range is copied and pasted whole, with its offset", async ({ panel, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(panel, page, "cluster=1000006&start=2026-11-01T00:00:00Z&end=2026-11-02T00:00:00Z");
  expect(await fields(page)).toEqual(["2026-11-01 08:00:00", "2026-11-02 08:00:00"]);
  await page.getByRole("button", { name: "Copy range" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  await page.getByLabel("End", { exact: true }).fill("");
  await page.getByLabel("Start", { exact: true }).fill("");
  await page.keyboard.press("Control+V");
  expect(await fields(page)).toEqual(["2026-11-01T08:00:00+08:00", "2026-11-02T08:00:00+08:00"]);
});

test("days are picked by keys, and shown as one band", async ({ panel, page }) => {
  await open(panel, page, "cluster=1000006&start=2026-11-04T16:00:00Z&end=2026-11-05T15:59:59Z");
  const day = (date) => page.getByRole("button", { name: date, exact: true });
  await expect(page.getByRole("gridcell", { selected: true })).toHaveText(["5"]);
  await day("2026-11-05").press("Enter");
  for (const [key, date] of [
    ["ArrowDown", "2026-11-12"], ["ArrowRight", "2026-11-13"], ["Home", "2026-11-08"], ["End", "2026-11-14"], ["PageDown", "2026-12-14"],
    ["PageUp", "2026-11-14"], ["ArrowUp", "2026-11-07"], ["ArrowLeft", "2026-11-06"],
  ]) {
    await page.keyboard.press(key);
    await expect(day(date)).toBeFocused();
  }
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  expect(await fields(page)).toEqual(["2026-11-05 00:00:00", "2026-11-13 23:59:59"]);
  await expect(page.getByRole("gridcell", { selected: true })).toHaveText(["5", "13"]);
  await expect(page.locator("td[data-between]")).toHaveCount(9);
  await expect(page.getByText("9 d in all")).toBeVisible();
  expect(await asked(page, () => page.getByRole("button", { name: "Apply" }).click()))
    .toEqual(["2026-11-04T16:00:00.000Z", "2026-11-13T15:59:59.000Z"]);
});

test("another zone rewrites the fields, with Apply the table too, and moves no instant", async ({ panel, page }) => {
  await open(panel, page);
  await page.getByLabel("Start", { exact: true }).fill("2021-01-01 08:00:00");
  await page.getByLabel("End", { exact: true }).fill("2027-01-01 08:00:00");
  const created = page.locator("[part=row] .created").first();
  const before = await created.innerText();
  await page.locator("ocp-log-backup-panel").getByLabel("Time zone").selectOption({ label: "UTC" });
  expect(await fields(page)).toEqual(["2021-01-01 00:00:00", "2027-01-01 00:00:00"]);
  await expect(page.getByText("2021-01-01 00:00:00 UTC")).toBeVisible();
  expect(await created.innerText()).toBe(before);
  await page.keyboard.press("Escape");
  await expect(page.getByText("Times in UTC+08:00", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Custom" }).click();
  await expect(page.locator("ocp-log-backup-panel").getByLabel("Time zone")).toHaveValue("0");
  await page.locator("ocp-log-backup-panel").getByLabel("Time zone").selectOption({ label: "UTC" });
  await page.getByLabel("Start", { exact: true }).fill("2021-01-01");
  await page.getByLabel("End", { exact: true }).fill("2027-01-01");
  expect(await asked(page, () => page.getByRole("button", { name: "Apply" }).click()))
    .toEqual(["2021-01-01T00:00:00.000Z", "2027-01-01T23:59:59.999Z"]);
  await panel.answered();
  const utc = await created.innerText();
  expect(Date.parse(`${before.replace(" ", "T")}+08:00`)).toBe(Date.parse(`${utc.replace(" ", "T")}Z`));
  await expect(page.getByText("Times in UTC", { exact: true })).toBeVisible();
});

test("the zone alone is applied where the fields are empty", async ({ panel, page }) => {
  await open(panel, page);
  await page.locator("ocp-log-backup-panel").getByLabel("Time zone").selectOption({ label: "UTC" });
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("Times in UTC", { exact: true })).toBeVisible();
  await expect(page.getByLabel("Start", { exact: true })).toHaveCount(0);
  expect(await panel.element.evaluate((element) => element.getState().query.range)).toBe("all");
});

test("only the end that cannot be read is marked", async ({ panel, page }) => {
  await open(panel, page);
  const marked = () => Promise.all(["Start", "End"].map((name) => page.getByLabel(name, { exact: true }).getAttribute("aria-invalid")));
  for (const [start, end, wrong] of [
    ["yesterday", "", ["true", "false"]], ["yesterday", "now", ["true", "false"]], ["now", "soon", ["false", "true"]],
    ["yesterday", "soon", ["true", "true"]], ["now-1d", "", ["false", "true"]], ["now", "now-1d", ["true", "true"]],
  ]) {
    await page.getByLabel("Start", { exact: true }).fill(start);
    await page.getByLabel("End", { exact: true }).fill(end);
    expect(await marked(), "not while it is typed").toEqual(["false", "false"]);
    await page.getByRole("button", { name: "Apply" }).click();
    expect(await marked(), `${start}, ${end}`).toEqual(wrong);
  }
});

test("Chinese dates are typed, and two cells of a spreadsheet are pasted", async ({ panel, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(panel, page);
  await page.getByLabel("Start", { exact: true }).fill("２０２６年11月24日 08：00");
  await page.getByLabel("End", { exact: true }).fill("2026年11月25日 上午8时");
  await expect(page.getByText("1 d in all")).toBeVisible();
  expect(await asked(page, () => page.getByRole("button", { name: "Apply" }).click()))
    .toEqual(["2026-11-24T00:00:00.000Z", "2026-11-25T00:00:00.000Z"]);
  await panel.rests();
  await page.getByRole("button", { name: "→" }).click();
  await page.evaluate(() => navigator.clipboard.writeText("2026/11/22 08:00\t2026/11/23 08:00\r\n"));
  await page.getByLabel("Start", { exact: true }).focus();
  await page.keyboard.press("Control+V");
  expect(await fields(page)).toEqual(["2026/11/22 08:00", "2026/11/23 08:00"]);
});

test.describe("where clocks are set", () => {
  test.use({ timezoneId: "America/New_York" });
  test("says which times there are not, and which there are twice", async ({ panel, page }) => {
    await open(panel, page);
    await page.getByLabel("Start", { exact: true }).fill("2026-03-08 02:30:00");
    await page.getByLabel("End", { exact: true }).fill("2026-11-01 01:30:00");
    await expect(page.getByText("Clocks skip 2026-03-08 02:30:00")).toBeVisible();
    await expect(page.getByText("Clocks show 2026-11-01 01:30:00 twice")).toBeVisible();
    await expect(page.getByText("2026-03-08 03:30:00 UTC-04:00")).toBeVisible();
  });
});

test("text that is no time is refused with what would be one, and Escape leaves", async ({ panel, page }) => {
  await open(panel, page);
  await page.getByLabel("Start", { exact: true }).fill("yesterday");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "Not a valid time" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByLabel("Start", { exact: true })).toHaveCount(0);
  await expect(page.locator("[part=custom-range]")).toBeFocused();
});

test("a click elsewhere leaves it too, one within does not", async ({ panel, page }) => {
  await open(panel, page);
  await page.getByRole("grid").getByRole("columnheader").first().click();
  await expect(page.getByLabel("Start", { exact: true })).toBeVisible();
  await page.getByRole("heading", { name: "Log backup tasks" }).click();
  await expect(page.getByLabel("Start", { exact: true })).toHaveCount(0);
});
