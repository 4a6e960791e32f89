// What is left when the wasm stops: by a panic, or by a trap for want of memory.
import { ENDPOINT, answer, expect, test } from "./panel.js";

const GOOD = { status: "RUNNING", tenantName: "t1", delay: 5, checkpoint: "2021-09-23T14:33:17.357+0800" };
const PANICKED = "a test crashed the panel";

/** Before the page is opened: keeps what each instance of the panel's first wasm file exports. */
const keepExports = (page) => page.addInitScript(() => {
  const { instantiateStreaming } = WebAssembly;
  window.instances = [];
  WebAssembly.instantiateStreaming = async (...given) => {
    const wasm = await instantiateStreaming(...given);
    window.instances.push(wasm.instance.exports);
    return wasm;
  };
});

/** A host's page with two panels. */
async function visit(page) {
  const body = `<!doctype html><html lang="en"><head><script type="module" src="/ocp-log-backup-panel.js"></script></head>
    <body><ocp-log-backup-panel cluster-id="1000006"></ocp-log-backup-panel>
    <ocp-log-backup-panel cluster-id="1000007" lang="zh"></ocp-log-backup-panel></body></html>`;
  await page.route("**/host", (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto("/host");
}

const panels = (page) => page.locator("ocp-log-backup-panel");

async function inEach(page, check) {
  for (const panel of await panels(page).all()) await check(panel);
}

test("a panic is told by every panel, with the age of its rows, and a click starts all of them anew", async ({ panel, page }) => {
  panel.complains(PANICKED, "unreachable");
  await keepExports(page);
  await panel.answers(answer([GOOD]));
  await visit(page);
  await inEach(page, (each) => expect(each).toHaveAttribute("data-state", "ready"));
  await page.evaluate(() => {
    window.errors = [];
    addEventListener("ocp-error", ({ detail }) => window.errors.push(detail));
    // As the browser calls a listener or a timer of the panel.
    setTimeout(() => window.instances[0].crash());
  });
  await inEach(page, (each) => expect(each).toHaveAttribute("data-state", "stopped"));
  const [english, chinese] = await panels(page).all();
  const box = english.getByRole("alert").filter({ hasText: "has stopped" });
  await expect(box).toContainText("The log backup panel has stopped");
  await expect(box).toContainText(/Rows as of .+ \(this minute\)\. They are no longer updated\./);
  await expect(box).toContainText(PANICKED);
  await expect(box).toContainText("src/embed/panics.rs");
  await expect(chinese.getByRole("alert").filter({ hasText: "日志备份面板已停止运行" })).toContainText(PANICKED);
  await page.screenshot({ path: "test-results/stopped.png" });
  const row = english.locator("[part=row]");
  await expect(row).toHaveCount(1);
  const opacity = await row.evaluate((row) => getComputedStyle(row.closest(".panel > *")).opacity);
  expect(Number(opacity)).toBeLessThan(0.7);
  const told = await page.evaluate(() => window.errors);
  expect(told.map(({ kind }) => kind)).toEqual(["stopped", "stopped"]);
  expect(told[0].message).toContain(PANICKED);
  expect(await english.evaluate((element) => element.getState())).toMatchObject({ phase: "stopped", loading: false });

  let asked = 0;
  page.on("request", (request) => { if (ENDPOINT.test(request.url())) asked += 1; });
  await box.getByRole("button", { name: "Start again" }).click();
  await inEach(page, (each) => expect(each).toHaveAttribute("data-state", "ready"));
  await inEach(page, (each) => expect(each.locator("[part=row]")).toHaveCount(1));
  await expect(page.getByText("has stopped")).toHaveCount(0);
  expect(asked).toBe(2);
  // The fresh instance is watched, too.
  await page.evaluate(() => setTimeout(() => window.instances.at(-1).crash()));
  await inEach(page, (each) => expect(each).toHaveAttribute("data-state", "stopped"));
});

test("want of memory is told as a panic is", async ({ panel, page }) => {
  panel.complains("");
  await keepExports(page);
  await panel.answers(answer([GOOD]));
  await visit(page);
  await inEach(page, (each) => expect(each).toHaveAttribute("data-state", "ready"));
  await panel.answers(answer(Array.from({ length: 2000 }, (_, index) => ({ ...GOOD, tenantName: `t${index}`, errorMsg: "x".repeat(2000) }))));
  await page.evaluate(() => {
    const memory = Object.values(window.instances[0]).find((value) => value instanceof WebAssembly.Memory);
    // All that a browser gives: the next allocation that needs more fails.
    for (let pages = 32_768; pages >= 1; pages = Math.floor(pages / 2)) {
      try {
        for (;;) memory.grow(pages);
      } catch {
        // Not so many at once.
      }
    }
    // What is free within what the panel has already is given to nobody.
    document.querySelector("ocp-log-backup-panel").refresh();
  });
  await inEach(page, (each) => expect(each).toHaveAttribute("data-state", "stopped"));
  await panel.answers(answer([GOOD]));
  await panels(page).first().getByRole("button", { name: "Start again" }).click();
  await inEach(page, (each) => expect(each).toHaveAttribute("data-state", "ready"));
});
