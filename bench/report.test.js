import assert from "node:assert/strict";
import test from "node:test";
import { GOALS } from "./goals.js";
import { isNoisy } from "./noise.js";
import { document, Samples, verdict } from "./report.js";
import { SITES } from "./sites.js";

const QUIET = Array(7).fill(20);
const around = (middle) => [-3, -2, -1, 0, 1, 2, 3].map((step) => middle + step / 100);

test("a goal is reached only if all of the interval reaches it", () => {
  assert.equal(verdict({ most: 0.5 }, around(0.4), false), "**reached**");
  assert.equal(verdict({ most: 0.5 }, around(0.6), false), "**not reached**");
  assert.equal(verdict({ most: 0.5 }, around(0.49), false), "undecided");
  assert.equal(verdict({ most: 0.5 }, around(0.51), false), "undecided");
  assert.equal(verdict({ most: 0.5 }, Array(7).fill(0.5), false), "**reached**");
});

test("a machine that was noisy tells nothing, and neither do few visits or none", () => {
  assert.equal(verdict({ most: 0.5 }, around(0.4), true), "too noisy to tell");
  assert.equal(verdict({ most: 0.5 }, [0.4, 0.4, 0.4], false), "too few visits");
  assert.equal(verdict({ most: 0.5 }, [], false), "not measured");
});

test("a machine is noisy if its speed differs in the middle half of the visits", () => {
  assert.equal(isNoisy(QUIET), false);
  assert.equal(isNoisy([20, 20, 20, 20, 20, 20, 90]), false);
  assert.equal(isNoisy([20, 20, 21, 22, 23, 24, 25]), true);
});

/** A document of one figure of all sites, whose repetitions differ as much as its sites. */
function written(label, unit, bySite, speeds = QUIET) {
  const samples = new Samples();
  speeds.forEach((speed, rep) => {
    for (const [site, value] of Object.entries(bySite)) samples.add("cold", site, rep, speed, [label, unit, value * (rep + 1)]);
  });
  return document({ samples, facts: [], omitted: [], images: [], made: "", trials: "" });
}

const COLD = "Cold start to 20 rows painted";

test("ratios are those within a repetition", () => {
  const text = written(COLD, "ms", { ours: 30, plain: 20, react: 200 });
  assert.match(text, /\| Cold start to 20 rows \| at most 0\.3 × OB \| 0\.15× \| \*\*reached\*\* \|/);
  assert.match(text, /\| Cold start to 20 rows \| at most 1\.4 × JS \| 1\.50× \| \*\*not reached\*\* \|/);
  assert.match(text, /quiet enough for all of the 1 timed figures/);
});

test("a noisy figure is marked, and counted at the top", () => {
  const text = written(COLD, "ms", { ours: 30, plain: 20, react: 200 }, [20, 20, 21, 22, 23, 24, 25]);
  assert.match(text, /\| Cold start to 20 rows painted, ms \(noisy\) \|/);
  assert.match(text, /too noisy to tell 1 of 1 timed figures/);
  assert.match(text, /at most 0\.3 × OB \| 0\.15× \| too noisy to tell \|/);
});

test("bytes are never noisy", () => {
  const text = written("Download until rows are painted: all", "kB", { ours: 20, react: 100 }, [20, 20, 21, 22, 23, 24, 25]);
  assert.match(text, /\| First visit, all \| at most 0\.27 × OB \| 0\.20× \| \*\*reached\*\* \|/);
});

test("each goal stands beside a peer, or a figure of the panel's own, or has a unit", () => {
  const peers = SITES.map(({ label }) => label);
  for (const { what, beside, over, unit } of GOALS) {
    assert.equal([beside, over, unit].filter((one) => one !== undefined).length, 1, what);
    if (beside) assert.ok(peers.includes(beside), what);
  }
});
