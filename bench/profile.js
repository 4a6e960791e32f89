// What the main thread does in starts, page turns and refreshes, by kind of work and by function: `node bench/profile.js --help`.
import { parseArgs } from "node:util";
import { launch, PATIENCE, visit } from "./browser.js";
import { expected, open, refreshed, rest } from "./measures.js";
import { serve } from "./server.js";
import { SITES } from "./sites.js";
import { median } from "./statistics.js";
import { byFunction, byKind } from "./trace.js";

const HELP = `node profile.js [--what start|turn|refresh] [--rows N] [--times N] [--sites NAMES] [--dist FOLDER] [--functions N]

  --what       start: from the navigation to painted rows; turn: of pages, one after another;
               refresh: with 1 % of the rows changed (turn)
  --rows       rows of a page (10)
  --times      starts, or turns or refreshes after three that are not counted (20); there are 10,000 tasks to turn
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

const CATEGORIES = ["devtools.timeline", "toplevel", "v8", "blink", "blink.user_timing", "disabled-by-default-v8.compile", "v8.wasm.detailed"];
const SAMPLED = ["disabled-by-default-v8.cpu_profiler"];

/** The events that `act` makes in the page's browser. */
async function traced(browser, act) {
  const cdp = await browser.newBrowserCDPSession();
  const events = [];
  cdp.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await cdp.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: [...CATEGORIES, ...(listed ? SAMPLED : [])] } });
  await act();
  const done = new Promise((resolve) => cdp.once("Tracing.tracingComplete", resolve));
  await cdp.send("Tracing.end");
  await done;
  await cdp.detach();
  return events;
}

/** Tells the trace where what is looked at begins and ends, and so in which process and thread. */
const mark = (page, name) => page.evaluate((name) => void performance.mark(name), `profile-${name}`);

/** Does `act`, given its number, after the panel is at rest: a few times uncounted, then `counted` times. */
async function repeated({ browser, site, server }, act, counted) {
  return visit(browser, site, {}, async (page) => {
    await open({ server, site, size: rows }, page);
    await rest(page);
    for (let index = 0; index < WARM; index++) await act(page, index);
    return traced(browser, async () => {
      await mark(page, "begin");
      for (let index = 0; index < counted; index++) await act(page, WARM + index);
      await mark(page, "end");
    });
  });
}

const turns = (run) => repeated(run, (page, index) => page.evaluate((rows) => bench.turn(rows), expected(rows, index + 2)), times);

/** One a visit: from six answers on the panel draws sparklines, which the peers don't. */
const refreshes = (run) => repeated(run, (page) => refreshed(page, run.server, true, "refresh"), 1);

async function start({ browser, site, server }) {
  return visit(browser, site, {}, async (page) =>
    traced(browser, async () => {
      await page.addInitScript(() => performance.mark("profile-begin"));
      await open({ server, site, size: rows }, page);
      await mark(page, "end");
    }),
  );
}

const measure = { turn: turns, refresh: refreshes, start }[options.what];
if (!measure) throw new Error(`--what ${options.what}: start, turn or refresh`);
const [visits, per] = measure === turns ? [1, times] : [times, 1];
const folder = (site) => (site.name === "ours" && options.dist ? options.dist : site.folder);
const server = await serve(Object.fromEntries(SITES.map((site) => [site.name, folder(site)])), { latency: 0 });
const browser = await launch();
const chosen = SITES.filter(({ name }) => options.sites.split(",").includes(name));
const tables = [];
for (const site of chosen) {
  const runs = [];
  for (let index = 0; index < visits; index++) {
    const events = await measure({ browser, site, server });
    if (!events) throw new Error(`${site.label} took over ${PATIENCE / 1000} s`);
    runs.push({ ...byKind(events), functions: byFunction(events) });
  }
  tables.push({ site, runs });
}
await browser.close();
server.close();

/** A table of the largest times: for each site the median over its runs. */
function print(what, of, most) {
  const largest = new Map();
  for (const { runs } of tables) {
    for (const run of runs) for (const [key, { time }] of run[of]) largest.set(key, Math.max(largest.get(key) ?? 0, time));
  }
  const cell = ({ runs }, key) => {
    const found = runs.map((run) => run[of].get(key) ?? { time: 0, count: 0 });
    const [time, count] = ["time", "count"].map((name) => median(found.map((one) => one[name])) / per);
    return `${time.toFixed(2)} (${count.toFixed(1)})`;
  };
  console.log(`\n| ${what}, ms CPU (events) | ${tables.map(({ site }) => site.label).join(" | ")} |`);
  console.log(`|---|${tables.map(() => "---:|").join("")}`);
  for (const [key] of [...largest].toSorted((a, b) => b[1] - a[1]).slice(0, most)) {
    console.log(`| ${key} | ${tables.map((table) => cell(table, key)).join(" | ")} |`);
  }
}

function printFunctions({ site, runs }) {
  const sums = new Map();
  for (const { functions } of runs) {
    for (const [key, { own, all }] of functions) {
      const sum = sums.get(key) ?? { own: 0, all: 0 };
      sums.set(key, { own: sum.own + own / runs.length / per, all: sum.all + all / runs.length / per });
    }
  }
  for (const order of ["own", "all"]) {
    console.log(`\n| ${site.label}: function | itself, ms | with what it calls, ms |\n|---|---:|---:|`);
    const first = [...sums].toSorted((a, b) => b[1][order] - a[1][order]).slice(0, listed);
    for (const [key, { own, all }] of first) console.log(`| ${key} | ${own.toFixed(3)} | ${all.toFixed(3)} |`);
  }
}

print("kind", "kinds", Infinity);
print("event", "names", 30);
if (listed) tables.forEach(printFunctions);
