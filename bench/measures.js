// What is measured. A case has a group and a name, and `run` gives its figures for one visit of one site.
import { launch, mainThread, memory, visit } from "./browser.js";
import { SITES } from "./sites.js";
import { median } from "./statistics.js";
import { BIG_CLUSTER, clusterFor, count, tenantName } from "./tasks.js";

const ROWS = [10, 100, 1000, 2000, 10_000];
const PANELS = [1, 5, 20];
/** 10 Mbit/s with a round trip of 40 ms. */
const NETWORK = { latency: 40, downloadThroughput: 10e6 / 8, uploadThroughput: 10e6 / 8 };
/** Turns and refreshes in one visit; their median is its figure. */
const TIMES = 3;
const START_ROWS = 20;

const expected = (size, page = 1) => ({
  count: size, first: tenantName((page - 1) * size), last: tenantName(page * size - 1),
});

/** Opens a page of `size` rows and waits until they are painted. */
async function open({ server, site, size, panels = 1, cluster = clusterFor(size) }, page) {
  server.reset();
  const search = `cluster=${cluster}&size=${size}&page=1&refresh=0&lang=en&panels=${panels}${site.search ?? ""}`;
  const path = panels > 1 ? site.manyPanels : "";
  await page.goto(`${server.origin}/${site.name}/${path}?${search}`, { waitUntil: "commit" });
  return page.evaluate(([rows, panels]) => bench.coldStart(rows, panels), [expected(size), panels]);
}

/** The CPU that `act` takes on the main thread, and what it gives. */
async function measured(cdp, act) {
  const before = await mainThread(cdp);
  const time = await act();
  return { time, cpu: (await mainThread(cdp)) - before };
}

async function repeated(times, act) {
  const samples = [];
  for (let index = 0; index < times; index++) samples.push(await act(index));
  return { time: median(samples.map(({ time }) => time)), cpu: median(samples.map(({ cpu }) => cpu)) };
}

const KINDS = {
  "scripts and wasm": /javascript|wasm/,
  "HTML and CSS": /html|css/,
  "fonts and images": /font|image/,
};

const download = {
  group: "download", name: "first visit",
  run: ({ browser, server, site }) =>
    visit(browser, site, {}, async (page) => {
      const { epoch } = await open({ server, site, size: START_ROWS }, page);
      await page.waitForLoadState("networkidle");
      const files = server.sent().filter(({ api }) => !api);
      const first = files.filter(({ at }) => at <= epoch);
      const bytes = (sent) => sent.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
      const kinds = Object.entries(KINDS).map(([name, kind]) => [
        `Download until rows are painted: ${name}`, "kB", bytes(first.filter(({ type }) => kind.test(type))),
      ]);
      return [...kinds, ["Download until rows are painted: all", "kB", bytes(first)], ["Download when at rest: all", "kB", bytes(files)]];
    }),
};

const cold = (name, limits, suffix = "") => ({
  group: "cold", name,
  run: ({ browser, server, site }) =>
    visit(browser, site, limits, async (page, cdp) => {
      const { time, cpu } = await measured(cdp, async () => (await open({ server, site, size: START_ROWS }, page)).end);
      const label = `Cold start to ${START_ROWS} rows painted${suffix}`;
      // Throttling and networks are simulated by waiting, which says nothing about CPU.
      return [[label, "ms", time], ...(Object.keys(limits).length ? [] : [[`${label}: main thread`, "ms CPU", cpu]])];
    }),
});

const turnPages = (size, times, page, cdp) =>
  repeated(times, (index) => measured(cdp, () => page.evaluate((rows) => bench.turn(rows), expected(size, index + 2))));

const turn = (size) => ({
  group: "turn", name: `${size} rows`,
  run: ({ browser, server, site }) =>
    visit(browser, site, {}, async (page, cdp) => {
      await open({ server, site, size }, page);
      const { time, cpu } = await turnPages(size, TIMES, page, cdp);
      const label = `Page turn, ${size} rows`;
      return [[`${label}: answer to painted`, "ms", time], [`${label}: main thread`, "ms CPU", cpu]];
    }),
});

async function refreshed(page, server, changes, method) {
  if (changes) await fetch(`${server.origin}/bench/generation`, { method: "POST" });
  return page.evaluate(([method, changes]) => bench[method](changes), [method, changes]);
}

const REFRESHES = [["1 % changed", true], ["nothing changed", false]];

const refresh = ([name, changes]) => ({
  group: "refresh", name,
  run: ({ browser, server, site }) =>
    visit(browser, site, {}, async (page, cdp) => {
      await open({ server, site, size: 1000 }, page);
      const { time, cpu } = await repeated(TIMES, () => measured(cdp, () => refreshed(page, server, changes, "refresh")));
      const label = `Refresh of 1,000 rows, ${name}`;
      return [[`${label}: answer to painted`, "ms", time], [`${label}: main thread`, "ms CPU", cpu]];
    }),
});

/** Apart from the times, as counting takes time. */
const writes = ([name, changes]) => ({
  group: "refresh", name: `writes, ${name}`,
  run: ({ browser, server, site }) =>
    visit(browser, site, {}, async (page) => {
      await open({ server, site, size: 1000 }, page);
      return [[`Refresh of 1,000 rows, ${name}: DOM mutations in the table`, "", await refreshed(page, server, changes, "writes")]];
    }),
});

/** In a browser of its own, so that the page's renderer is the largest one. */
async function alone(site, use) {
  const browser = await launch();
  try {
    return await visit(browser, site, {}, (page, cdp) => use(browser, page, cdp));
  } finally {
    await browser.close();
  }
}

const memoryOf = (size) => ({
  group: "memory", name: `${size} rows`, size,
  run: ({ server, site }) =>
    alone(site, async (browser, page, cdp) => {
      await open({ server, site, size }, page);
      return [[`Renderer memory, ${size} rows`, "MiB", await memory(browser, cdp), ["Renderer memory", size]]];
    }),
});

const growingStart = (size) => ({
  group: "growth", name: `cold start, ${size} rows`, size,
  run: ({ browser, server, site }) =>
    visit(browser, site, {}, async (page) => {
      const { end } = await open({ server, site, size }, page);
      return [[`Cold start, ${size} rows`, "ms", end, ["Cold start", size]]];
    }),
});

const growingTurn = (size) => ({
  group: "growth", name: `page turn, ${size} rows`, size,
  run: ({ browser, server, site }) =>
    visit(browser, site, {}, async (page, cdp) => {
      await open({ server, site, size }, page);
      const { time, cpu } = await turnPages(size, 1, page, cdp);
      return [
        [`One page turn, ${size} rows: answer to painted`, "ms", time, ["Page turn, answer to painted", size]],
        [`One page turn, ${size} rows: main thread`, "ms CPU", cpu, ["Page turn, main thread", size]],
      ];
    }),
});

const many = (panels) => ({
  group: "panels", name: `${panels} panels`,
  run: ({ server, site }) =>
    alone(site, async (browser, page, cdp) => {
      const { end } = await open({ server, site, size: START_ROWS, panels }, page);
      return [
        [`Panels on a page, ${panels}: cold start`, "ms", end, ["Panels: cold start", panels]],
        [`Panels on a page, ${panels}: renderer memory`, "MiB", await memory(browser, cdp), ["Panels: renderer memory", panels]],
      ];
    }),
});

/** Opens a cluster of 20,000 tasks and waits until all are read. Returns how long both took. */
async function openWhole({ server, site }, page) {
  await open({ server, site, size: START_ROWS, cluster: BIG_CLUSTER }, page);
  return page.evaluate((total) => bench.whole(total), count(BIG_CLUSTER));
}

const TYPED = "tenant_123";

/** The peers have no filter and read one page. */
const typed = (name, throttle, suffix) => ({
  group: "whole", name: `typing, ${name}`, sites: SITES.filter((site) => site.name === "ours"),
  run: ({ browser, server, site }) =>
    visit(browser, site, {}, async (page, cdp) => {
      const read = await openWhole({ server, site }, page);
      await cdp.send("Emulation.setCPUThrottlingRate", { rate: throttle });
      const times = [];
      for (const letter of TYPED) times.push(await page.evaluate((letter) => bench.type(letter), letter));
      const label = `20,000 tasks: letter typed into the filter to painted${suffix}`;
      return [
        [label, "ms", median(times)], [`${label}, the slowest of ${TYPED.length}`, "ms", Math.max(...times)],
        ...(throttle === 1 ? [["20,000 tasks: cold start to all read", "ms", read]] : []),
      ];
    }),
});

const wholeMemory = {
  group: "whole", name: "memory",
  run: ({ server, site }) =>
    alone(site, async (browser, page, cdp) => {
      if (site.name === "ours") await openWhole({ server, site }, page);
      else await open({ server, site, size: count(BIG_CLUSTER), cluster: BIG_CLUSTER }, page);
      return [["20,000 tasks: renderer memory (ours has read all and shows 20, the peers show all)", "MiB", await memory(browser, cdp)]];
    }),
};

const counts = REFRESHES.map(writes);

export const CASES = [
  download,
  cold("plain", {}),
  cold("slow processor", { throttle: 4 }, ", CPU 4 times slower"),
  cold("slow network", { network: NETWORK }, ", 10 Mbit/s and 40 ms"),
  ...[10, 100, 1000].map(turn),
  ...REFRESHES.map(refresh),
  ...counts,
  ...ROWS.map(memoryOf),
  ...ROWS.map(growingStart),
  ...ROWS.map(growingTurn),
  ...PANELS.map(many),
  typed("plain", 1, ""),
  typed("slow processor", 4, ", CPU 4 times slower"),
  wholeMemory,
];

/** What does not depend on the machine's speed. */
export const QUICK = [download, ...counts];
