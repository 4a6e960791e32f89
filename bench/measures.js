// What is measured. A case has a group and a name, and `run` gives its figures for one visit of one site, in Chromium if it names no other `engine`.
import { launch, mainThread, memory, visit } from "./browser.js";
import { visit as visitInFirefox } from "./firefox.js";
import { countTimers } from "./probe.js";
import { SITES } from "./sites.js";
import { median } from "./statistics.js";
import { clusterFor, clusterOf, tenantName } from "./tasks.js";

const ROWS = [10, 100, 1000, 2000, 10_000, 20_000];
const PANELS = [1, 5, 20, 50];
/** 10 Mbit/s with a round trip of 40 ms. */
const NETWORK = { latency: 40, downloadThroughput: 10e6 / 8, uploadThroughput: 10e6 / 8 };
/** Turns and refreshes in one visit; their median is its figure. */
const TIMES = 3;
const START_ROWS = 20;
/** The most tasks that the panel reads. */
const WHOLE = 20_000;
const OURS = SITES.filter(({ name }) => name === "ours");

export const expected = (size, page = 1) => ({
  count: size, first: tenantName((page - 1) * size), last: tenantName(page * size - 1),
});

/**
 * The address of a page of `size` rows. Only with the scope `all`, which is the panel's own choice, does it go on reading after its first answer;
 * the peers show what one answer holds.
 */
function address({ server, site, size, panels, cluster = clusterFor(size), scope = "page", refresh = 0 }) {
  const search = `cluster=${cluster}&size=${size}&page=1&refresh=${refresh}&scope=${scope}&lang=en&panels=${panels ?? 1}${site.search ?? ""}`;
  return `${server.origin}/${site.name}/${panels ? site.manyPanels : ""}?${search}`;
}

/** Opens a page of `size` rows and waits until they are painted. */
export async function open(what, page) {
  what.server.reset();
  await page.goto(address(what), { waitUntil: "commit" });
  return page.evaluate(([rows, panels]) => bench.coldStart(rows, panels), [expected(what.size), what.panels ?? 1]);
}

/** Whether a page of the site holds so many rows. */
const holds = (site, size) => size <= site.most;

/** Opens a list of `size` rows; where a page holds fewer, the site's largest page of it, and waits until the rest is on hand. Gives when. */
async function openList({ server, site, size }, page) {
  if (holds(site, size)) return open({ server, site, size }, page);
  await open({ server, site, size: site.most, cluster: clusterOf(size), scope: "all" }, page);
  return page.evaluate((total) => bench.whole(total), size);
}

export const rest = (page) => page.evaluate(() => bench.rest());

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
      const files = () => server.sent().filter(({ api }) => !api);
      await open({ server, site, size: START_ROWS, scope: "all" }, page);
      // By name, as it may have come in the moment since: the clocks of page and server differ, too.
      const first = files().filter(({ path }) => !site.afterwards?.some((name) => path.includes(name)));
      await rest(page);
      const bytes = (sent) => sent.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
      const kinds = Object.entries(KINDS).map(([name, kind]) => [
        `Download until rows are painted: ${name}`, "kB", bytes(first.filter(({ type }) => kind.test(type))),
      ]);
      return [...kinds, ["Download until rows are painted: all", "kB", bytes(first)], ["Download when at rest: all", "kB", bytes(files())]];
    }),
};

const COLD = `Cold start to ${START_ROWS} rows painted`;

const cold = (name, limits, suffix = "") => ({
  group: "cold", name,
  run: ({ browser, server, site }) =>
    visit(browser, site, limits, async (page) => [
      [COLD + suffix, "ms", await open({ server, site, size: START_ROWS, scope: "all" }, page)],
    ]),
});

/** Of the first answer alone: what the panel reads after it is no part of the start, but would be done by the time that the CPU is asked for. */
const coldMainThread = {
  group: "cold", name: "main thread",
  run: ({ browser, server, site }) =>
    visit(browser, site, {}, async (page, cdp) => {
      const { cpu } = await measured(cdp, () => open({ server, site, size: START_ROWS }, page));
      return [[`${COLD}: main thread`, "ms CPU", cpu]];
    }),
};

const turnPages = (size, times, page, cdp) =>
  repeated(times, (index) => measured(cdp, () => page.evaluate((rows) => bench.turn(rows), expected(size, index + 2))));

const turn = (size) => ({
  group: "turn", name: `${size} rows`,
  run: ({ browser, server, site }) =>
    visit(browser, site, {}, async (page, cdp) => {
      await open({ server, site, size }, page);
      await rest(page);
      const { time, cpu } = await turnPages(size, TIMES, page, cdp);
      const label = `Page turn, ${size} rows`;
      return [[`${label}: answer to painted`, "ms", time], [`${label}: main thread`, "ms CPU", cpu]];
    }),
});

/** Refreshes by `method` of the probe, after 1 % of the rows changed if `changes`. */
export async function refreshed(page, server, changes, method) {
  if (changes) await fetch(`${server.origin}/bench/generation`, { method: "POST" });
  return page.evaluate(([method, changes]) => bench[method](changes), [method, changes]);
}

const REFRESHES = [["1 % changed", true], ["nothing changed", false]];

const refresh = ([name, changes]) => ({
  group: "refresh", name,
  run: ({ browser, server, site }) =>
    visit(browser, site, {}, async (page, cdp) => {
      await open({ server, site, size: 1000 }, page);
      await rest(page);
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

/** In a browser of its own, so that no other page's memory is in the way. Its first visit is to no site: it is slower than all later ones. */
async function alone(server, site, use) {
  const browser = await launch();
  try {
    await visit(browser, site, {}, (page) => page.goto(`${server.origin}/blank`));
    return await visit(browser, site, {}, (page, cdp) => use(browser, page, cdp));
  } finally {
    await browser.close();
  }
}

/** One turn, to the second page: asked of the server, or of what is on hand. */
const turnOnce = (site, size, page, cdp) =>
  holds(site, size)
    ? turnPages(size, 1, page, cdp)
    : measured(cdp, () => page.evaluate((rows) => bench.turnOnHand(rows), expected(site.most, 2)));

/** Start, memory and turn in one visit: long lists take the most time of a run. */
const growth = (size) => ({
  group: "growth", name: `${size} rows`,
  run: ({ server, site }) =>
    alone(server, site, async (browser, page, cdp) => {
      const end = await openList({ server, site, size }, page);
      await rest(page);
      const used = await memory(browser, page, cdp);
      const { time, cpu } = await turnOnce(site, size, page, cdp);
      return [
        [`Renderer memory, ${size} rows`, "MiB", used, ["Renderer memory", size]],
        [`Cold start, ${size} rows`, "ms", end, ["Cold start", size]],
        [`One page turn, ${size} rows: answer to painted`, "ms", time, ["Page turn, answer to painted", size]],
        [`One page turn, ${size} rows: main thread`, "ms CPU", cpu, ["Page turn, main thread", size]],
      ];
    }),
});

const many = (panels) => ({
  group: "panels", name: `${panels} panels`,
  run: ({ server, site }) =>
    alone(server, site, async (browser, page, cdp) => {
      const end = await open({ server, site, size: START_ROWS, panels }, page);
      await rest(page);
      return [
        [`Panels on a page, ${panels}: cold start`, "ms", end, ["Panels: cold start", panels]],
        [`Panels on a page, ${panels}: renderer memory`, "MiB", await memory(browser, page, cdp), ["Panels: renderer memory", panels]],
      ];
    }),
});

const TYPED = "tenant_123";

/** The peers have no filter and read one page. */
const typed = (name, throttle, suffix) => ({
  group: "whole", name: `typing, ${name}`, sites: OURS,
  run: ({ browser, server, site }) =>
    visit(browser, site, {}, async (page, cdp) => {
      await open({ server, site, size: START_ROWS, cluster: clusterOf(WHOLE), scope: "all" }, page);
      const read = await page.evaluate((total) => bench.whole(total), WHOLE);
      await rest(page);
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

/** How long a page is left open, in ms of its clock: less than the half hour without input after which the panel stops. */
const OPEN = 25 * 60_000;
const HIDDEN = 60_000;
/** How far the page's clock may be from OCP's meanwhile, in ms. */
const SLICE = 10_000;

/** Turns the clocks of the page and of OCP on by `time` ms, as fast as timers and answers allow. */
async function pass(cdp, server, time) {
  for (let passed = 0; passed < time; passed += SLICE) {
    const ended = new Promise((resolve) => cdp.once("Emulation.virtualTimeBudgetExpired", resolve));
    await cdp.send("Emulation.setVirtualTimePolicy", { policy: "pauseIfNetworkFetchesPending", budget: SLICE });
    await ended;
    server.pass(SLICE);
  }
}

/** The peers do not refresh by themselves. */
const leftOpen = {
  group: "open", name: "refreshed every 30 s, then hidden", sites: OURS,
  run: ({ browser, server, site }) =>
    visit(browser, site, {}, async (page, cdp) => {
      await page.addInitScript(countTimers);
      await open({ server, site, size: START_ROWS, cluster: clusterOf(200), scope: "all", refresh: 30 }, page);
      await rest(page);
      const before = server.asked();
      const { cpu } = await measured(cdp, () => pass(cdp, server, OPEN));
      const refreshes = server.asked() - before;
      await page.evaluate(() => timers.hide());
      await pass(cdp, server, HIDDEN);
      return [
        ["Left open: main thread, share of a core", "%", (100 * cpu) / OPEN],
        ["Left open: refreshes in 25 minutes", "", refreshes],
        ["Hidden: timers that fire in a minute", "", await page.evaluate(() => timers.fired)],
      ];
    }),
};

/** In Firefox ESR, which tells no CPU time. */
const inFirefox = (name, use) => ({
  group: "firefox", engine: "firefox", name,
  run: ({ browser, server, site }) => {
    server.reset();
    return visitInFirefox(browser, site, use(server, site));
  },
});

const firefoxStart = inFirefox("cold start", (server, site) => async (page, open) => {
  const end = await open(address({ server, site, size: START_ROWS, scope: "all" }), expected(START_ROWS));
  return [[`Firefox ESR: cold start to ${START_ROWS} rows painted`, "ms", end]];
});

const firefoxTurn = (size) => inFirefox(`page turn, ${size} rows`, (server, site) => async (page, open) => {
  await open(address({ server, site, size }), expected(size));
  await rest(page);
  const times = [];
  for (let turn = 0; turn < TIMES; turn++) times.push(await page.evaluate((rows) => bench.turn(rows), expected(size, turn + 2)));
  return [[`Firefox ESR: page turn, ${size} rows, answer to painted`, "ms", median(times)]];
});

const TURNED = [10, 100, 1000];
const counts = REFRESHES.map(writes);

export const CASES = [
  download,
  cold("plain", {}),
  coldMainThread,
  cold("slow processor", { throttle: 4 }, ", CPU 4 times slower"),
  cold("slow network", { network: NETWORK }, ", 10 Mbit/s and 40 ms"),
  ...TURNED.map(turn),
  ...REFRESHES.map(refresh),
  ...counts,
  ...ROWS.map(growth),
  ...PANELS.map(many),
  typed("plain", 1, ""),
  typed("slow processor", 4, ", CPU 4 times slower"),
  leftOpen,
  firefoxStart,
  ...TURNED.map(firefoxTurn),
];

/** What does not depend on the machine's speed. */
export const QUICK = [download, ...counts];
