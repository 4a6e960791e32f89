// The texts: a file for each language, of which a visit loads what it shows.
import { ENDPOINT, expect, test } from "./panel.js";
import { host } from "./faults.js";

const TEXTS = /\/(en-US|zh-CN)\.txt$/;
const BOX = "The log backup panel could not start";

/** A panel of a small cluster, in a language. */
const panelIn = (lang) => `<ocp-log-backup-panel cluster-id="1000006" refresh-seconds="0" lang="${lang}"></ocp-log-backup-panel>`;
const title = (page, index = 0) => page.locator("ocp-log-backup-panel").nth(index).locator(".toolbar .title").first();

/** Which files of texts are asked for, in their order. */
function loaded(page) {
  const names = [];
  page.on("request", (request) => { if (TEXTS.test(request.url())) names.push(TEXTS.exec(request.url())[1]); });
  return names;
}

/** The texts with the first line of another build. */
async function ofAnotherBuild(route) {
  const response = await route.fetch();
  const [, ...texts] = (await response.text()).split("\n");
  await route.fulfill({ response, body: ["0123456789abcdef", ...texts].join("\n") });
}

test("a visit loads the texts of the language that it shows, while the wasm is on its way", async ({ panel, page }) => {
  const names = loaded(page);
  const asked = page.waitForRequest(TEXTS);
  await page.route(/_bg\.wasm$/, async (route) => {
    await asked;
    await route.continue();
  });
  await panel.open("cluster=1000006&lang=zh", "ready");
  await expect(title(page)).toHaveText("日志备份任务");
  expect(names).toEqual(["zh-CN"]);
});

test("panels of several languages share a page, and each file is loaded once", async ({ panel, page }) => {
  const names = loaded(page);
  await host("", ["en", "zh", "en", "zh-Hans"].map(panelIn).join(""))({ panel, page });
  for (const [index, words] of ["Log backup tasks", "日志备份任务", "Log backup tasks", "日志备份任务"].entries()) await expect(title(page, index)).toHaveText(words);
  expect(names.sort()).toEqual(["en-US", "zh-CN"]);
});

test("texts that do not come are said, and loaded when asked again", async ({ panel, page }) => {
  panel.complains("zh-CN.txt: HTTP 404");
  await page.route(TEXTS, (route) => route.fulfill({ status: 404, body: "" }));
  await panel.open("cluster=1000006&lang=zh", "error");
  await expect(page.getByRole("alert")).toContainText("日志备份面板无法启动");
  await expect(page.getByRole("alert")).toContainText("zh-CN.txt: HTTP 404");
  await page.unroute(TEXTS);
  await page.getByRole("button", { name: "重试" }).click();
  await panel.rests("ready");
  await expect(title(page)).toHaveText("日志备份任务");
});

test("texts of another build, which the browser may have kept, give way to those of this one", async ({ panel, page }) => {
  const names = loaded(page);
  await page.route(TEXTS, ofAnotherBuild, { times: 1 });
  await panel.open("cluster=1000006&lang=en", "ready");
  await expect(title(page)).toHaveText("Log backup tasks");
  expect(names).toEqual(["en-US", "en-US"]);
});

test("texts of another build are never shown", async ({ panel, page }) => {
  panel.complains("en-US.txt is of another build than log-backup-panel_bg.wasm");
  await page.route(TEXTS, ofAnotherBuild);
  await panel.open("cluster=1000006&lang=en", "error");
  await expect(page.getByRole("alert")).toContainText(BOX);
  await expect(page.getByRole("alert")).toContainText("en-US.txt is of another build");
  await expect(page.locator("ocp-log-backup-panel .panel")).toHaveCount(0);
});

test("a panel changes its language while it is there, with what else changed and with one request in that language", async ({ panel, page }) => {
  await host("", panelIn("en"))({ panel, page });
  await expect(title(page)).toHaveText("Log backup tasks");
  const asked = [];
  page.on("request", (request) => { if (ENDPOINT.test(request.url())) asked.push(request); });
  await panel.element.evaluate((element) => { element.lang = "zh"; element.range = "30d"; });
  await expect(title(page)).toHaveText("日志备份任务");
  await expect.poll(() => asked.length).toBe(1);
  await panel.answered();
  expect(await Promise.all(asked.map((request) => request.headerValue("accept-language")))).toEqual(["zh-CN"]);
  await panel.element.evaluate((element) => { element.lang = "en"; });
  await expect(title(page)).toHaveText("Log backup tasks");
});

test("a panel whose new texts do not come stays in its language, and changes once they do", async ({ panel, page }) => {
  panel.complains("zh-CN.txt: HTTP 503");
  await host("", panelIn("en"))({ panel, page });
  await page.route(TEXTS, (route) => route.fulfill({ status: 503, body: "" }));
  await panel.element.evaluate((element) => { element.lang = "zh"; element.pageSize = 10; });
  await expect(panel.rows).toHaveCount(10);
  await expect(title(page)).toHaveText("Log backup tasks");
  await page.unroute(TEXTS);
  await panel.element.evaluate((element) => { element.theme = "dark"; });
  await expect(title(page)).toHaveText("日志备份任务");
});

test("the last of two quick changes of the language counts", async ({ panel, page }) => {
  await host("", panelIn("en"))({ panel, page });
  await expect(title(page)).toHaveText("Log backup tasks");
  let come;
  const held = new Promise((resolve) => { come = resolve; });
  await page.route(TEXTS, async (route) => {
    await held;
    await route.continue();
  });
  const asked = page.waitForRequest(TEXTS);
  await panel.element.evaluate((element) => { element.lang = "zh"; });
  await asked;
  await panel.element.evaluate((element) => { element.lang = "en"; element.pageSize = 10; });
  come();
  await expect(panel.rows).toHaveCount(10);
  await expect(title(page)).toHaveText("Log backup tasks");
});
