// Measures the panel and its two peers: `node run.js --help`.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { launch, PATIENCE, visit } from "./browser.js";
import { CASES, QUICK } from "./measures.js";
import { document, plots, Samples, table } from "./report.js";
import { serve } from "./server.js";
import { SITES } from "./sites.js";

const GROUPS = [...new Set(CASES.map(({ group }) => group))];
const HELP = `node run.js [--quick] [--reps N] [--only GROUPS] [--out FILE] [--serve]

  --quick       only what does not depend on the machine's speed: bytes and DOM mutations; exits 1 if the panel
                touches its table when nothing changed
  --reps N      visits of each site for each figure (5)
  --only GROUPS some of ${GROUPS.join(",")}
  --out FILE    where the document goes, its plots beside it (out/REPORT.md)
  --latency MS  how long the endpoint waits before it answers (0)
  --serve       only serve the sites, to look at them`;

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean" },
    serve: { type: "boolean" },
    help: { type: "boolean" },
    reps: { type: "string", default: "5" },
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
if (options.serve) {
  for (const { name } of SITES) console.log(`${server.origin}/${name}/?cluster=1000005&size=10&lang=en&refresh=0`);
} else {
  process.exitCode = await measure();
  server.close();
}

async function measure() {
  const cases = (options.quick ? QUICK : CASES).filter(({ group }) => only.includes(group));
  const reps = options.quick ? 1 : Number(options.reps);
  const samples = new Samples();
  const omitted = new Map();
  const begun = new Date();
  const browser = await launch();
  const chromium = browser.version();
  try {
    // The first visit of a browser is slower than all later ones, whoever is visited.
    for (const site of SITES) await visit(browser, site, {}, (page) => page.goto(`${server.origin}/blank`));
    for (const { group, name, size = 0, sites = SITES, run } of cases) {
      console.error(`${new Date().toTimeString().slice(0, 8)} ${group}: ${name}`);
      for (let rep = 0; rep < reps; rep++) {
        for (const site of sites) {
          const key = `${group}, ${name}: ${site.label}`;
          if (omitted.has(key)) continue;
          if (size > site.most) {
            omitted.set(key, `${key} (it takes at most ${site.most} rows)`);
            continue;
          }
          const figures = await run({ browser, server, site });
          if (figures) for (const figure of figures) samples.add(group, site.name, figure);
          else omitted.set(key, `${key} (over ${PATIENCE / 1000} s)`);
        }
      }
    }
  } finally {
    await browser.close();
  }

  if (options.quick) {
    console.log(table([...samples.figures.values()]));
    const unchanged = samples.of(["refresh"]).find(({ label }) => label.includes("nothing changed"));
    // A visit that took too long has not shown it either.
    if (!unchanged || unchanged.bySite.ours?.[0] === 0) return 0;
    console.error(`Nothing had changed, but the panel's table did: ${unchanged.bySite.ours ?? "it took too long"}`);
    return 1;
  }

  const facts = [
    ["Date", `${begun.toISOString().slice(0, 16)}Z, ${Math.round((Date.now() - begun) / 60_000)} min, ${reps} visits a figure`],
    ["Machine", `${cpus()[0].model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`],
    ["Versions", `Chromium ${chromium}, Node.js ${process.version}, React ${version("react")}, @oceanbase/design ${version("@oceanbase/design")}`],
  ];
  const images = plots(samples);
  mkdirSync(dirname(options.out), { recursive: true });
  for (const { file, svg } of images) writeFileSync(join(dirname(options.out), file), svg);
  const trials = readFileSync(new URL("trials.md", import.meta.url), "utf8");
  writeFileSync(options.out, `${document({ samples, facts, omitted: [...omitted.values()], images })}\n${trials}`);
  console.error(options.out);
  return 0;
}
