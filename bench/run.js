// Measures the panel and its peers: `node run.js --help`.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { launch, PATIENCE, visit } from "./browser.js";
import * as firefox from "./firefox.js";
import { CASES, QUICK } from "./measures.js";
import { Speed } from "./noise.js";
import { document, plots, Samples, table } from "./report.js";
import { serve } from "./server.js";
import { SITES } from "./sites.js";

const GROUPS = [...new Set(CASES.map(({ group }) => group))];
const HELP = `node run.js [--quick] [--reps N] [--only GROUPS] [--out FILE] [--serve]

  --quick       only what does not depend on the machine's speed: bytes and DOM mutations; exits 1 if the panel
                touches its table when nothing changed
  --reps N      visits of each site for each figure (7); below 6 there is no confidence in them
  --only GROUPS some of ${GROUPS.join(",")}
  --out FILE    where the document goes, its plots beside it (out/REPORT.md)
  --latency MS  how long the endpoint waits before it answers (0)
  --serve       only serve the sites, to look at them`;

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean" },
    serve: { type: "boolean" },
    help: { type: "boolean" },
    reps: { type: "string", default: "7" },
    only: { type: "string" },
    out: { type: "string", default: new URL("out/REPORT.md", import.meta.url).pathname },
    latency: { type: "string", default: "0" },
  },
});

function fail(message) {
  console.error(message);
  process.exit(1);
}

if (options.help) {
  console.log(HELP);
  process.exit(0);
}
const only = options.only?.split(",") ?? GROUPS;
for (const group of only) if (!GROUPS.includes(group)) fail(`No group ${group}: ${GROUPS.join(", ")}`);
for (const { label, folder } of SITES) {
  if (!existsSync(join(folder, "index.html"))) fail(`${label} is not built (see README.md): ${folder} has no index.html`);
}

const version = (name) => JSON.parse(readFileSync(new URL(`react/node_modules/${name}/package.json`, import.meta.url))).version;

const server = await serve(Object.fromEntries(SITES.map(({ name, folder }) => [name, folder])), { latency: Number(options.latency) });
/** The first visit of a browser is slower than all later ones, whoever is visited. */
async function warm(visitBlank) {
  for (const site of SITES) await visitBlank(site, (page) => page.goto(`${server.origin}/blank`));
}

/** Starts each browser: gives it and what it is. */
const ENGINES = {
  async chromium() {
    const browser = await launch();
    await warm((site, use) => visit(browser, site, {}, use));
    return { browser, version: `Chromium ${browser.version()}` };
  },
  async firefox() {
    const browser = await firefox.launch();
    await warm((site, use) => firefox.visit(browser, site, use));
    return { browser, version: (await browser.version()).replace("/", " ") };
  },
};

/** What a run has found: samples, what was left out by what it is and why, and the browsers. */
const newFindings = () => ({ samples: new Samples(), omitted: new Map(), versions: new Set() });

/** One visit. What fails or takes too long is left out from then on: an hour's run must not be lost by it. */
async function visitOnce({ group, name, run }, { browser, site, rep, speed }, { samples, omitted }) {
  const key = `${group}, ${name}: ${site.label}`;
  if (omitted.has(key)) return;
  const took = await speed.measure();
  try {
    const figures = await run({ browser, server, site });
    if (figures) for (const figure of figures) samples.add(group, site.name, rep, took, figure);
    else omitted.set(key, `over ${PATIENCE / 1000} s`);
  } catch (error) {
    omitted.set(key, error.message.split("\n")[0]);
  }
  if (omitted.has(key)) console.error(`Left out: ${key} (${omitted.get(key)})`);
}

/** One repetition: each case visits its sites in turn, in the opposite order every other time. */
async function repeat(rep, cases, speed, findings) {
  for (const [engine, start] of Object.entries(ENGINES)) {
    const own = cases.filter((one) => (one.engine ?? "chromium") === engine);
    if (!own.length) continue;
    const { browser, version } = await start();
    findings.versions.add(version);
    try {
      for (const one of own) {
        console.error(`${new Date().toTimeString().slice(0, 8)} ${rep + 1}. ${one.group}: ${one.name}`);
        const sites = one.sites ?? SITES;
        for (const site of rep % 2 ? sites.toReversed() : sites) await visitOnce(one, { browser, site, rep, speed }, findings);
      }
    } finally {
      await browser.close();
    }
  }
}

async function measure() {
  const chosen = (options.quick ? QUICK : CASES).filter(({ group }) => only.includes(group));
  const reps = options.quick ? 1 : Number(options.reps);
  const findings = newFindings();
  const { samples, omitted, versions } = findings;
  const begun = new Date();
  const missing = chosen.some(({ engine }) => engine) ? firefox.lacks() : undefined;
  if (missing) omitted.set("firefox, all", missing);
  const cases = missing ? chosen.filter(({ engine }) => !engine) : chosen;
  const speed = new Speed();
  try {
    // The first piece of work is not compiled yet.
    await speed.measure();
    for (let rep = 0; rep < reps; rep++) await repeat(rep, cases, speed, findings);
  } finally {
    await speed.close();
  }
  const leftOut = [...omitted].map(([key, reason]) => `${key} (${reason})`);

  if (options.quick) {
    console.log(table([...samples.figures.values()]));
    const unchanged = samples.of(["refresh"]).find(({ label }) => label.includes("nothing changed"));
    // A visit that failed has shown nothing.
    if (omitted.size) return 1;
    if (!unchanged || unchanged.bySite.ours.get(0) === 0) return 0;
    console.error(`Nothing had changed, but the panel's table did: ${unchanged.bySite.ours.get(0)}`);
    return 1;
  }

  const facts = [
    ["Date", `${begun.toISOString().slice(0, 16)}Z, ${Math.round((Date.now() - begun) / 60_000)} min, ${reps} visits a figure`],
    ["Machine", `${cpus()[0].model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`],
    ["Versions", `${[...versions].join(", ")}, Node.js ${process.version}, React ${version("react")}, @oceanbase/design ${version("@oceanbase/design")}`],
  ];
  const images = plots(samples);
  mkdirSync(dirname(options.out), { recursive: true });
  for (const { file, svg } of images) writeFileSync(join(dirname(options.out), file), svg);
  const text = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
  const [made, trials] = ["made-of.md", "trials.md"].map(text);
  writeFileSync(options.out, document({ samples, facts, omitted: leftOut, images, made, trials }));
  console.error(options.out);
  return 0;
}

if (options.serve) {
  for (const { name } of SITES) console.log(`${server.origin}/${name}/?cluster=1000005&size=10&lang=en&refresh=0`);
} else {
  process.exitCode = await measure();
  server.close();
}
