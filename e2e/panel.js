// What all end-to-end tests share: the panel on the built page, watched for console errors and CSP reports.
import { test as base, expect } from "@playwright/test";

export { expect };

export const ENDPOINT = /\/api\/v2\/ob\/clusters\/[^/]+\/backup\/task\/logBackupTasks/;
/** The sample answer's envelope around `rows`. */
export const answer = (rows, page = { totalElements: rows.length }) => ({
  data: { contents: rows, page }, successful: true, status: 200, duration: 7, server: "s-1", traceId: "t-1",
  timestamp: "2021-09-23T14:34:35.149+08:00",
});

/** Before the page is opened: keeps the panel's memory at hand as `window.wasmMemory`. */
export const watchWasm = (page) => page.addInitScript(() => {
  const { instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (...given) => {
    const wasm = await instantiateStreaming(...given);
    window.wasmMemory ??= Object.values(wasm.instance.exports).find((value) => value instanceof WebAssembly.Memory);
    return wasm;
  };
});

/**
 * Before the page is opened: its clock stands at `time` until the test turns it with `page.clock.runFor`. On one that runs along it
 * depends on the machine whether a timer or an answer comes first.
 */
export async function stopClock(page, time = Date.now()) {
  // A clock can only be stopped ahead of where it is.
  await page.clock.install({ time: +new Date(time) - 3_600_000 });
  await page.clock.pauseAt(time);
}

/** Opens what `part` of the menu “More” stands for. */
export async function openMore(page, part) {
  await page.locator("[part=more]").click();
  await page.locator(`.menu [part=${part}]`).click();
}

export class Panel {
  constructor(page, request, expected = []) {
    this.page = page;
    this.request = request;
    this.expected = expected;
    this.element = page.locator("ocp-log-backup-panel");
    this.rows = page.locator("[part=row]");
  }

  /** Opens the standalone page and waits until the panel has come to rest in one of `states`. */
  async open(query = "", ...states) {
    await this.page.goto(`/?${/(^|&)clusters?=/.test(query) ? "" : "cluster=1000005&"}${query}`);
    await this.rests(...states);
  }

  async rests(...states) {
    const wanted = states.length ? states.join("|") : "ready|empty|stale|error";
    await expect(this.element).toHaveAttribute("data-state", new RegExp(`^(${wanted})$`));
  }

  /** Waits until what was asked is answered and shown: a refresh of rows that stay does not change the state. */
  async answered() {
    await expect.poll(() => this.element.evaluate((element) => element.getState().loading)).toBe(false);
  }

  /** The console must say these texts before the test ends; any other error or warning still fails it. */
  complains(...texts) {
    this.expected.push(...texts);
  }

  /** Makes a cluster of the preview server play a fault of `preview/src/fault.rs`. */
  async fault(cluster, name) {
    expect((await this.request.put(`/preview/clusters/${cluster}/fault/${name}`)).status()).toBe(204);
  }

  /** Answers every request with `body`. */
  async answers(body, status = 200) {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    await this.page.route(ENDPOINT, (route) => route.fulfill({ status, contentType: "application/json", body: text }));
  }
}

/** Collects what the pages of `context` complain about: uncaught errors, errors and warnings on the console, breaches of the policy. */
export async function watch(context) {
  const complaints = [];
  context.on("weberror", (error) => complaints.push(`uncaught: ${error.error().message}`));
  context.on("console", (message) => {
    // Chromium itself reports every failed request; those are what some tests are about.
    const expected = message.text().startsWith("Failed to load resource");
    if (["error", "warning"].includes(message.type()) && !expected) complaints.push(message.text());
  });
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
  });
  return complaints;
}

export const test = base.extend({
  // What the console must say in a test. Anything else fails it.
  expected: async ({}, use) => use([]),
  page: async ({ page, context, expected }, use) => {
    const complaints = await watch(context);
    await use(page);
    for (const text of expected) {
      await expect.poll(() => complaints.some((complaint) => complaint.includes(text)), `“${text}” on the console`).toBe(true);
    }
    expect(complaints.filter((complaint) => !expected.some((text) => complaint.includes(text)))).toEqual([]);
  },
  panel: async ({ page, request, expected }, use) => use(new Panel(page, request, expected)),
});
