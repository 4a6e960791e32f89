// What a hostile OCP and a hostile link can't do: run a script, open a dialog, ask another server, or show what OCP writes for its developers. Where it matters
// the page has no Content-Security-Policy, so that it is the panel that holds and not the policy.
import { ENDPOINT, answer, expect, stopClock, test } from "./panel.js";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const EVIL = "https://evil.example";
/** Markup that runs a script or loads something wherever it is taken for HTML, CSS, Markdown or a URL. */
const HOSTILE = [
  `"'><img src=${EVIL}/i.png onerror="ran()">`, "<script>ran()</script>", "<svg onload=ran()>", `<iframe src="javascript:parent.ran()"></iframe>`,
  `<a href="javascript:ran()" autofocus onfocus=ran()>x</a>`, `<style>@import "${EVIL}/s.css";*{background:url(${EVIL}/b.png)}</style>`,
  `<link rel=stylesheet href=${EVIL}/l.css>`, `<meta http-equiv=refresh content="0;url=${EVIL}">`, `</template><base href=${EVIL}>`, `![x](${EVIL}/m.png)`, "{{constructor.constructor('ran()')()}}",
].join(" ");
const row = (status, name) => ({
  status, tenantName: `${name} ${HOSTILE}`, obTenantId: 1, tenantId: HOSTILE, clusterName: HOSTILE, clusterId: HOSTILE, obClusterId: HOSTILE, clusterType: HOSTILE,
  errorMsg: HOSTILE, backupUri: `javascript:ran()//${HOSTILE}`, backupMode: HOSTILE, agentServerIp: HOSTILE, delay: HOSTILE, checkpoint: HOSTILE, createTime: HOSTILE, modifyTime: HOSTILE,
  [HOSTILE]: HOSTILE,
});
const envelope = (rows, second) => ({
  ...answer(rows), server: HOSTILE, traceId: `${second} ${HOSTILE}`, duration: HOSTILE, [HOSTILE]: HOSTILE, timestamp: `2021-09-23T14:34:${second}.149+08:00`,
});
const FAILURE = {
  error: { code: HOSTILE, message: HOSTILE, debugMessage: HOSTILE, stackTrace: [HOSTILE] }, successful: false, status: 500, traceId: HOSTILE, server: HOSTILE,
};

/** Watches what a hostile text would do. Call `isHarmless` at each look that the panel has. */
async function guard(page) {
  const deeds = [];
  page.on("dialog", (dialog) => { deeds.push(`dialog: ${dialog.message()}`); return dialog.dismiss(); });
  page.on("popup", (popup) => deeds.push(`popup: ${popup.url()}`));
  const own = /^(http:\/\/127\.0\.0\.1:\d+\/|data:,|data:image\/svg\+xml|blob:)/;
  page.on("request", (request) => { if (!own.test(request.url())) deeds.push(`request: ${request.url()}`); });
  await page.exposeFunction("ran", () => { deeds.push("a script ran"); });
  return async () => {
    const made = await page.evaluate(() => {
      const roots = [document, ...[...document.querySelectorAll("ocp-log-backup-panel")].map(({ shadowRoot }) => shadowRoot)].filter(Boolean);
      const made = roots.flatMap((root) => [...root.querySelectorAll("img, iframe, object, embed, base, meta[http-equiv], form, template, [onerror], [onload], [onfocus], [src], [href], [action]")]);
      // The page's own files and the way to its other views.
      return made.filter((element) => !(element.href ?? element.src)?.startsWith?.(`${location.origin}/`) && element.getAttribute("href") !== "data:,").map(({ outerHTML }) => outerHTML);
    });
    expect(made).toEqual([]);
    expect(deeds).toEqual([]);
  };
}

test("a hostile OCP runs nothing, asks no other server and makes no element, without a policy to stop it", async ({ panel, page }) => {
  const isHarmless = await guard(page);
  await page.route("**/host", (route) => route.fulfill({ contentType: "text/html", body: `<!doctype html><html lang="en"><script type="module" src="/ocp-log-backup-panel.js"></script>
    <ocp-log-backup-panel cluster-id="5" refresh-seconds="0" columns="status,tenant,delay,checkpoint,error,cluster,mode,uri,host,created,modified"></ocp-log-backup-panel></html>` }));
  const answers = [
    envelope([row("RUNNING", "a")], 30), envelope([row("FAILED", "b"), HOSTILE], 40), envelope([row(HOSTILE, "c")], 50),
  ];
  await page.route(ENDPOINT, (route) => route.fulfill(answers.length ? { json: answers.shift() } : { status: 500, json: FAILURE }));
  await page.goto("/host");
  await panel.rests("ready");
  await isHarmless();
  const refresh = async () => {
    const asked = page.waitForRequest(ENDPOINT);
    await page.locator("[part=refresh]").click();
    await asked;
    await panel.answered();
  };
  await refresh();
  await refresh();
  await expect(panel.rows.locator(".status")).toContainText("<script>ran()</script>");
  await isHarmless();

  await panel.rows.first().locator("[part=open]").click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(`onerror="ran()"`);
  for (const details of await dialog.locator("details").all()) await details.locator("summary").click();
  await isHarmless();
  await page.keyboard.press("Escape");

  // The refresh after those three fails, which the panel tells over the rows.
  await refresh();
  await panel.rests("stale");
  await expect(page.getByRole("alert").first()).toContainText("<script>ran()</script>");
  await isHarmless();

  await page.locator("[part=diagnostics]").click();
  await expect(dialog).toContainText("Changes in this session");
  await expect(dialog.locator("li").first()).toContainText("<img src=");
  await isHarmless();
  await dialog.getByRole("button", { name: "Copy report" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("# Log backup tasks");
  await isHarmless();
});

test("a hostile link runs nothing and asks no other server", async ({ panel, page }) => {
  const isHarmless = await guard(page);
  const hostile = encodeURIComponent(HOSTILE);
  const asked = [];
  page.on("request", (request) => { if (ENDPOINT.test(request.url())) asked.push(new URL(request.url()).origin); });
  // What can't be used falls back, and the console names it.
  panel.complains("is not used; expected");
  for (const parameter of ["find", "sort", "tone", "range", "start", "end", "zone", "page", "size", "lang", "lagging", "critical", "refresh", "v", "base", "base-url", "link-base", "headers"]) {
    await panel.open(`cluster=1000006&${parameter}=${hostile}`);
    await isHarmless();
  }
  for (const query of [`cluster=${hostile}`, `cluster=1000006&base=${EVIL}&base-url=${EVIL}&base_url=${EVIL}`, `clusters=1000006,${hostile}`]) {
    await page.goto(`/?${query}`);
    for (const one of await panel.element.all()) await expect(one).toHaveAttribute("data-state", /ready|error/);
    await isHarmless();
  }
  const { origin } = new URL(page.url());
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((asked) => asked !== origin)).toEqual([]);
});

test("what OCP writes for its developers is told nowhere: not in the panel, its events, its state, the report or the console", async ({ panel, page }) => {
  const inner = { debugMessage: "D3BUG at com.oceanbase", stackTrace: ["D3BUG"] };
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  await page.addInitScript(() => {
    window.details = [];
    for (const name of ["ocp-error", "ocp-data-load", "ocp-task-change"]) addEventListener(name, ({ detail }) => window.details.push(detail));
  });
  await stopClock(page);
  for (const status of [500, 200]) {
    const failure = { ...inner, error: { code: "COM10010", message: "it failed", ...inner }, successful: false, status };
    await page.route(ENDPOINT, (route) => route.fulfill({ status, json: failure }));
    await panel.open("cluster=1000006&refresh=0", "error");
    await expect(page.getByRole("alert")).toContainText("it failed");
    await page.locator("[part=diagnostics]").click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText("it failed");
    await dialog.getByRole("button", { name: "Copy report" }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("it failed");
    const told = await panel.element.evaluate(async (element) =>
      [element.shadowRoot.innerHTML, JSON.stringify(element.getState()), JSON.stringify(window.details), await navigator.clipboard.readText()]);
    expect(told[2]).toContain("it failed");
    expect([...told, ...said].filter((told) => told.includes("D3BUG"))).toEqual([]);
  }
});
