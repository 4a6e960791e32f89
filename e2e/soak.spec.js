// Many refreshes in one page: data that changes, faults in between, hidden and shown. Memory, listeners and timers must not
// grow. A short form by default; `cargo xtask soak` plays the long one.
import { ENDPOINT, answer, expect, test, watchWasm } from "./panel.js";

const TURNS = Number(process.env.SOAK_TURNS ?? 150);
const FAULTS = [
  (route) => route.fulfill({ status: 500, json: { error: { code: "COM10010", message: "boom" }, successful: false } }),
  (route) => route.abort("connectionreset"),
  (route) => route.fulfill({ status: 429, headers: { "Retry-After": "1" }, json: {} }),
  (route) => route.fulfill({ contentType: "text/html", body: "<h1>nginx</h1>" }),
  (route) => route.fulfill({ json: { successful: true, data: null } }),
];

/** An answer that differs from every other: delays, statuses, order, tasks that come and go. */
function changing(turn) {
  const tasks = Array.from({ length: 60 }, (_, index) => ({
    tenantName: `tenant_${(index * 7 + turn) % 75}`, tenantId: (index * 7 + turn) % 75, backupUri: `oss://b/p${index}?access_key=K`,
    status: ["RUNNING", "RUNNING", "RUNNING", "INTERRUPTED", "SUSPENDED", `NEW_${turn % 300}`][(index + turn) % 6],
    delay: (turn * 13 + index * 31) % 2000, checkpoint: new Date(1_700_000_000_000 + turn * 1000).toISOString(),
    ...(turn % 5 === 0 ? { errorMsg: `round ${turn} `.repeat(20), [`field${turn}`]: turn } : {}),
  }));
  return { ...answer(tasks), timestamp: new Date(1_700_000_100_000 + turn * 1000).toISOString() };
}

test(`stays as small as it was over ${TURNS} refreshes`, async ({ panel, page }) => {
  test.setTimeout(60_000 + TURNS * 1000);
  let turn = 0;
  await watchWasm(page);
  await page.addInitScript(() => {
    window.timers = new Set();
    for (const kind of ["Interval", "Timeout"]) {
      const set = window[`set${kind}`].bind(window), clear = window[`clear${kind}`].bind(window);
      window[`set${kind}`] = (run, ...rest) => {
        const id = set((...all) => { if (kind === "Timeout") window.timers.delete(id); run(...all); }, ...rest);
        window.timers.add(id);
        return id;
      };
      window[`clear${kind}`] = (id) => { window.timers.delete(id); clear(id); };
    }
  });
  await page.route(ENDPOINT, (route) => (turn % 9 === 4 ? FAULTS[(turn / 9 | 0) % FAULTS.length](route) : route.fulfill({ json: changing(turn) })));
  await panel.open("size=100&refresh=0", "ready");

  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  await devtools.send("HeapProfiler.enable");
  const measure = async () => {
    await devtools.send("HeapProfiler.collectGarbage");
    const { metrics } = await devtools.send("Performance.getMetrics");
    const metric = (name) => metrics.find((metric) => metric.name === name).value;
    const [timers, wasm] = await page.evaluate(() => [window.timers.size, window.wasmMemory.buffer.byteLength]);
    return { heap: metric("JSHeapUsedSize"), nodes: metric("Nodes"), listeners: metric("JSEventListeners"), timers, wasm };
  };
  const refresh = async () => {
    turn += 1;
    await page.evaluate(async (turn) => {
      const panel = document.querySelector("ocp-log-backup-panel");
      const hide = (hidden) => {
        Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      };
      if (turn % 7 === 0) { hide(true); hide(false); }
      const root = panel.shadowRoot;
      if (turn % 11 === 0) root.querySelector("[part=diagnostics]").click();
      if (turn % 11 === 3) root.querySelector("[part=open]")?.click();
      if (turn % 11 === 6) root.querySelector(".drawer .button:not(.small)")?.click();
      root.querySelector("[part=refresh]").click();
      const busy = () => root.querySelector("[aria-busy=true]");
      await new Promise((resolve) => {
        if (!busy()) { resolve(); return; }
        const seen = new MutationObserver(() => { if (!busy()) { seen.disconnect(); resolve(); } });
        seen.observe(root, { subtree: true, attributes: true, attributeFilter: ["aria-busy"] });
      });
    }, turn);
  };
  const WARM = Math.min(100, TURNS / 2);
  while (turn < WARM) await refresh();
  const before = await measure();
  while (turn < TURNS) await refresh();
  const bounds = {
    heap: before.heap * 1.25 + 500_000, nodes: before.nodes * 1.25 + 200, listeners: before.listeners + 10, timers: before.timers + 1,
    wasm: before.wasm + 1_048_576,
  };
  // Chromium frees what the page let go of in its own time; what leaks stays however often it is asked.
  let after;
  const grown = async () => {
    after = await measure();
    return Object.keys(bounds).filter((name) => after[name] > bounds[name]);
  };
  await expect.poll(grown).toEqual([]);
  console.log(`soak: ${TURNS - WARM} refreshes after ${WARM}:`, JSON.stringify({ before, after }));
});
