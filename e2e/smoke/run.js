// The smoke tests in the browsers that Playwright does not drive: node smoke/run.js [BROWSER…]. Each browser has a line at the end.
// What can't be had is skipped and said so, but never in CI.
import { mkdirSync } from "node:fs";

import { BEHAVIOURS } from "./behaviours.js";
import { BROWSERS } from "./drivers.js";
import { OLD } from "./old.js";
import { Panel } from "./panel.js";
import { Server } from "./server.js";

/** How long one behaviour may take. */
const LIMIT = 90_000;

const only = process.env.ONLY;
const chosen = process.argv.slice(2);
const names = chosen.length ? chosen : Object.keys(BROWSERS);

const within = (promise, what) => {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`${what} took over ${LIMIT / 1000} s`)), LIMIT); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

async function play(name) {
  const begun = Date.now();
  const { start, lacks } = BROWSERS[name];
  const missing = lacks();
  if (missing) return { name, missing };
  const server = await Server.start();
  let session;
  const failed = [];
  let passed = 0;
  try {
    session = await within(start(), `the start of ${name}`);
    const behaviours = Object.entries(name === "chromium-92" ? OLD : BEHAVIOURS).filter(([what]) => !only || what.includes(only));
    for (const [what, play] of behaviours) {
      server.reset();
      const at = Date.now();
      try {
        await within(play({ panel: new Panel(session, server), server, session, name }), what);
        passed += 1;
        console.log(`  ✓ ${name}: ${what} (${Date.now() - at} ms)`);
      } catch (error) {
        failed.push(what);
        mkdirSync("test-results", { recursive: true });
        const picture = `test-results/smoke-${name}-${failed.length}.png`;
        await within(session.picture(picture), "the picture").catch(() => {});
        console.log(`  ✗ ${name}: ${what} (${Date.now() - at} ms; see e2e/${picture})\n${String(error.stack).replace(/^/gm, "      ")}`);
      }
    }
  } catch (error) {
    failed.push("its start");
    console.log(`  ✗ ${name}: its start\n${error.stack}`);
  } finally {
    await session?.close().catch(() => {});
    server.close();
  }
  return { name, passed, failed, seconds: Math.round((Date.now() - begun) / 1000) };
}

// Two at a time, as many as the machine has cores at the least.
const ends = [];
const waiting = [...names];
const lane = async () => {
  for (let name = waiting.shift(); name; name = waiting.shift()) ends.push(await play(name));
};
await Promise.all([lane(), lane()]);

let isGreen = true;
for (const { name, missing, passed, failed, seconds } of ends) {
  if (missing) {
    const isWanted = Boolean(process.env.CI || process.env.SMOKE_ALL);
    isGreen &&= !isWanted;
    console.log(isWanted ? `${name}: 0 passed, 1 failed\n  ✗ ${name} is wanted in CI, but ${missing}` : `==> Skipped: ${name} (${missing})`);
  } else {
    isGreen &&= failed.length === 0;
    console.log(`${name}: ${passed} passed, ${failed.length} failed`);
    console.log(`    done in ${seconds} s`);
  }
}
process.exitCode = isGreen ? 0 : 1;
