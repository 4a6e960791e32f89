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

export class Panel {
  constructor(page, request) {
    this.page = page;
    this.request = request;
    this.element = page.locator("ocp-log-backup-panel");
    this.rows = page.locator("[part=row]");
  }

  /** Opens the standalone page and waits until the panel has come to rest in one of `states`. */
  async open(query = "", ...states) {
    await this.page.goto(`/?${query}`);
    await this.rests(...states);
  }

  async rests(...states) {
    const wanted = states.length ? states.join("|") : "ready|empty|stale|error";
    await expect(this.element).toHaveAttribute("data-state", new RegExp(`^(${wanted})$`));
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

export const test = base.extend({
  panel: async ({ page, request }, use) => {
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
    page.on("console", (message) => {
      // Chromium itself reports every failed request; those are what some tests are about.
      const expected = message.text().startsWith("Failed to load resource");
      if (["error", "warning"].includes(message.type()) && !expected) complaints.push(message.text());
    });
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
    });
    const panel = new Panel(page, request);
    panel.complaints = complaints;
    await use(panel);
    expect(complaints).toEqual([]);
  },
});
