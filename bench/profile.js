// What the main thread does in starts and page turns, by kind of work and by function: `node bench/profile.js --help`.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { launch, visit } from "./browser.js";
import { expected, open, rest } from "./measures.js";
import { serve } from "./server.js";
import { SITES } from "./sites.js";
import { median } from "./statistics.js";

const HELP = `node profile.js [--what start|turn] [--rows N] [--times N] [--sites NAMES] [--dist FOLDER] [--functions N]

  --what       start: from the navigation to painted rows; turn: of pages, one after another (turn)
  --rows       rows of a page (10)
  --times      starts, or turns after three that are not counted (20)
  --sites      of ours,js,plain,react (all)
  --dist       another build of the panel, such as one with the names of its functions
  --functions  how many functions to list; sampling slows the script down (0)`;

const { values: options } = parseArgs({
  options: {
    what: { type: "string", default: "turn" }, rows: { type: "string", default: "10" }, times: { type: "string", default: "20" },
    sites: { type: "string", default: SITES.map(({ name }) => name).join(",") }, dist: { type: "string" },
    functions: { type: "string", default: "0" }, help: { type: "boolean" },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
const [rows, times, listed] = [options.rows, options.times, options.functions].map(Number);
const WARM = 3;

/** Kinds of the main thread's work by the names of Chromium's trace events; what is in none is “other”. */
const KINDS = {
  script: ["FunctionCall", "EvaluateScript", "v8.callFunction", "RunMicrotasks", "FireAnimationFrame", "TimerFire", "EventDispatch", "v8.run", "V8.GCFinalizer", "ResourceReceivedData"],
  "wasm and script compiled": ["v8.compile", "v8.wasm", "wasm", "V8.Compile", "CompileScript", "v8.produceCache"],
  "garbage collection": ["MinorGC", "MajorGC", "BlinkGC", "V8.GC"],
  "HTML and CSS parsed": ["ParseHTML", "ParseAuthorStyleSheet"],
  style: ["UpdateLayoutTree", "ScheduleStyleRecalculation", "RecalculateStyles", "Document::updateStyle"],
  layout: ["Layout", "LocalFrameView::layout", "UpdateLayerTree", "HitTest", "IntersectionObserverController"],
  "pre-paint and paint": ["PrePaint", "Paint", "Layerize", "PaintImage", "Commit", "UpdateLayer"],
};
const kindOf = (name) => Object.keys(KINDS).find((kind) => KINDS[kind].some((begin) => name.startsWith(begin))) ?? "other";

const CATEGORIES = ["devtools.timeline", "toplevel", "v8", "blink", "blink.user_timing", "disabled-by-default-v8.compile", "v8.wasm.detailed"];
const SAMPLED = ["disabled-by-default-v8.cpu_profiler"];

/** The events that `act` makes in the page's browser. */
async function traced(browser, act) {
  const cdp = await browser.newBrowserCDPSession();
  const events = [];
  cdp.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await cdp.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: [...CATEGORIES, ...(listed ? SAMPLED : [])] } });
  const window = await act();
  const done = new Promise((resolve) => cdp.once("Tracing.tracingComplete", resolve));
  await cdp.send("Tracing.end");
  await done;
  await cdp.detach();
  return { events, window };
}

/** Tells the trace where what is looked at begins and ends, and so in which process and thread. */
const mark = (page, name) => page.evaluate((name) => void performance.mark(name), `profile-${name}`);

/** The time of each kind, and how often its events came, in ms of the thread's CPU: an event's own, without those within it. */
function byKind(events) {
  const [begin, end] = ["begin", "end"].map((name) => events.find((event) => event.name === `profile-${name}`));
  const own = events
    .filter(({ ph, pid, tid, ts }) => ph === "X" && pid === begin.pid && tid === begin.tid && ts >= begin.ts && ts <= end.ts)
    .toSorted((a, b) => a.ts - b.ts || b.dur - a.dur);
  const stack = [];
  const kinds = new Map();
  const names = new Map();
  const add = (map, key, time, count) => {
    const sum = map.get(key) ?? { time: 0, count: 0 };
    map.set(key, { time: sum.time + time, count: sum.count + count });
  };
  for (const event of own) {
    while (stack.length && stack.at(-1).ts + stack.at(-1).dur <= event.ts) stack.pop();
    const time = (event.tdur ?? 0) / 1000;
    add(kinds, kindOf(event.name), time, 1);
    add(names, event.name, time, 1);
    if (stack.length) {
      add(kinds, kindOf(stack.at(-1).name), -time, 0);
      add(names, stack.at(-1).name, -time, 0);
    }
    stack.push(event);
  }
  return { kinds, names };
}

/** The samples of V8's profiler: how long each function ran, itself and with what it called, in ms. */
function byFunction(events) {
  const [begin, end] = ["begin", "end"].map((name) => events.find((event) => event.name === `profile-${name}`));
  const chunks = events.filter(({ name, pid }) => name === "ProfileChunk" && pid === begin.pid);
  const nodes = new Map();
  const times = new Map();
  const add = (key, own, all) => {
    const sum = times.get(key) ?? { own: 0, all: 0 };
    times.set(key, { own: sum.own + own, all: sum.all + all });
  };
  let at = events.find(({ name, pid }) => name === "Profile" && pid === begin.pid)?.args.data.startTime ?? begin.ts;
  for (const { args: { data } } of chunks) {
    for (const { id, parent, callFrame } of data.cpuProfile?.nodes ?? []) nodes.set(id, { parent, key: nameOf(callFrame) });
    for (const [index, id] of (data.cpuProfile?.samples ?? []).entries()) {
      at += data.timeDeltas[index];
      if (at < begin.ts || at > end.ts) continue;
      const time = data.timeDeltas[index] / 1000;
      const callers = new Set();
      for (let node = nodes.get(id); node; node = nodes.get(node.parent)) callers.add(node.key);
      for (const key of callers) add(key, 0, time);
      add(nodes.get(id).key, time, 0);
    }
  }
  return times;
}

/** A function's name and, for scripts, its place. */
function nameOf({ functionName, url, lineNumber, columnNumber }) {
  const file = url?.split("/").at(-1) ?? "";
  const place = file.endsWith(".js") ? ` ${file}:${lineNumber}:${columnNumber}` : "";
  return (functionName || "(anonymous)").replace(/::h[0-9a-f]{16}$/, "") + place;
}

async function turns({ browser, site, server }) {
  return visit(browser, site, {}, async (page) => {
    await open({ server, site, size: rows }, page);
    await rest(page);
    const turn = (index) => page.evaluate((rows) => bench.turn(rows), expected(rows, index + 2));
    for (let index = 0; index < WARM; index++) await turn(index);
    return traced(browser, async () => {
      await mark(page, "begin");
      for (let index = 0; index < times; index++) await turn(WARM + index);
      await mark(page, "end");
    });
  });
}

async function start({ browser, site, server }) {
  return visit(browser, site, {}, async (page) =>
    traced(browser, async () => {
      await page.addInitScript(() => performance.mark("profile-begin"));
      await open({ server, site, size: rows }, page);
      await mark(page, "end");
    }),
  );
}

const folder = (site) => (site.name === "ours" && options.dist ? options.dist : site.folder);
const server = await serve(Object.fromEntries(SITES.map((site) => [site.name, folder(site)])), { latency: 0 });
const browser = await launch();
const chosen = SITES.filter(({ name }) => options.sites.split(",").includes(name));
const results = new Map();
for (const site of chosen) {
  const runs = [];
  if (options.what === "turn") runs.push((await turns({ browser, site, server })).events);
  else for (let index = 0; index < times; index++) runs.push((await start({ browser, site, server })).events);
  results.set(site, runs);
}
await browser.close();
server.close();

const per = options.what === "turn" ? times : 1;
const titles = new Set();
const tables = [...results].map(([site, runs]) => {
  const all = runs.map(byKind);
  return { site, all, runs };
});
function print(what, pick) {
  const keys = new Map();
  for (const { all } of tables) for (const one of all) for (const [key, { time }] of pick(one)) keys.set(key, Math.max(keys.get(key) ?? 0, time));
  const shown = [...keys].toSorted((a, b) => b[1] - a[1]).slice(0, 30);
  console.log(`\n| ${what}, ms CPU (events) | ${tables.map(({ site }) => site.label).join(" | ")} |`);
  const cell = ({ all }, key) => {
    const times = all.map((one) => pick(one).get(key) ?? { time: 0, count: 0 });
    return `${(median(times.map(({ time }) => time)) / per).toFixed(2)} (${(median(times.map(({ count }) => count)) / per).toFixed(1)})`;
  };
  for (const [key] of shown) console.log(`| ${key} | ${tables.map((table) => cell(table, key)).join(" | ")} |`);
}
print("kind", ({ kinds }) => kinds);
print("event", ({ names }) => names);
if (listed) {
  for (const { site, runs } of tables) {
    const sums = new Map();
    for (const run of runs) {
      for (const [key, { own, all }] of byFunction(run)) {
        const sum = sums.get(key) ?? { own: 0, all: 0 };
        sums.set(key, { own: sum.own + own / runs.length / per, all: sum.all + all / runs.length / per });
      }
    }
    for (const order of ["own", "all"]) {
      console.log(`\n| ${site.label}: function | itself, ms | with what it calls, ms |`);
      const first = [...sums].toSorted((a, b) => b[1][order] - a[1][order]).slice(0, listed);
      for (const [key, { own, all }] of first) console.log(`| ${key} | ${own.toFixed(3)} | ${all.toFixed(3)} |`);
    }
  }
}
