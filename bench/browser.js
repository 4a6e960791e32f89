// A Chromium with one page at a time: each visit has a context, and so a cache and a renderer process, of its own.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { probe } from "./probe.js";

// The end-to-end tests' Playwright: one version in the project.
const { chromium } = createRequire(new URL("../e2e/package.json", import.meta.url))("playwright-core");

const ARGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** The longest that a visit may take, in ms. */
export const PATIENCE = 60_000;

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGS });

/** Runs `use(page, cdp)` in a new context, watched by the probe of `site`, under `limits`. */
export async function visit(browser, site, limits, use) {
  const context = await browser.newContext({
    locale: "en-US", timezoneId: "Asia/Shanghai", colorScheme: "light", viewport: { width: 1440, height: 900 },
  });
  try {
    const page = await context.newPage();
    await page.addInitScript(probe, site);
    const cdp = await context.newCDPSession(page);
    await cdp.send("Performance.enable");
    if (limits.throttle) await cdp.send("Emulation.setCPUThrottlingRate", { rate: limits.throttle });
    if (limits.network) {
      await cdp.send("Network.enable");
      await cdp.send("Network.emulateNetworkConditions", { offline: false, ...limits.network });
    }
    return await within(use(page, cdp));
  } finally {
    await context.close();
  }
}

/** What `work` gives, or `undefined` if it takes longer than the patience. */
export async function within(work) {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE)));
  // Closing the page ends the work; that it then fails is known.
  work.catch(() => {});
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Milliseconds of CPU that the main thread has used so far. TaskDuration would count it while it waits for a core, too. */
export async function mainThread(cdp) {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return 1000 * metrics.find(({ name }) => name === "ThreadTime").value;
}

/** Private memory of the page's renderer after garbage collection, in MiB; `null` where the kernel does not tell. */
export async function memory(browser, page, cdp) {
  const pid = await rendererOf(browser, page);
  // Twice: what finalizers free goes with the second.
  for (let times = 0; times < 2; times++) await cdp.send("HeapProfiler.collectGarbage");
  return privateMemory(pid);
}

/** The process of the page. No protocol tells it, and the browser's own menus have a renderer, too, a larger one at times: so it is the one that works. */
async function rendererOf(browser, page) {
  const session = await browser.newBrowserCDPSession();
  const used = async () => {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    return new Map(processInfo.filter(({ type }) => type === "renderer").map(({ id, cpuTime }) => [id, cpuTime]));
  };
  const before = await used();
  await page.evaluate(() => {
    for (const until = performance.now() + 200; performance.now() < until; );
  });
  const after = await used();
  await session.detach();
  const worked = (id) => after.get(id) - (before.get(id) ?? 0);
  return [...after.keys()].toSorted((a, b) => worked(b) - worked(a))[0];
}

function privateMemory(pid) {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(/^Private_Dirty:\s+(\d+)/m.exec(rollup)[1]) / 1024;
  } catch {
    return null;
  }
}
