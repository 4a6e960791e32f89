import assert from "node:assert/strict";
import { test } from "node:test";
import { byFunction, byKind } from "./trace.js";

const THREAD = { pid: 7, tid: 1 };
const mark = (name, ts) => ({ ...THREAD, ph: "R", name: `profile-${name}`, ts });
const event = (name, ts, dur, tdur = dur, thread = THREAD) => ({ ...thread, ph: "X", name, ts, dur, tdur });

test("an event counts without those within it, and only on the page's thread between the marks", () => {
  const events = [
    mark("begin", 1000), mark("end", 9000),
    event("FunctionCall", 500, 400),
    event("FunctionCall", 2000, 4000, 3000), event("Layout", 2500, 1000, 800), event("Paint", 7000, 500), event("Paint", 7000, 500, 500, { pid: 7, tid: 2 }),
    event("never heard of", 8000, 100),
  ];
  const { kinds, names } = byKind(events);
  assert.deepEqual(Object.fromEntries(kinds), {
    script: { time: 2.2, count: 1 }, layout: { time: 0.8, count: 1 }, "paint and compositing": { time: 0.5, count: 1 }, other: { time: 0.1, count: 1 },
  });
  assert.equal(names.get("FunctionCall").time, 2.2);
});

test("a function's time is its own and, once each, that of all that called it", () => {
  const frame = (functionName, url = "") => ({ functionName, url, lineNumber: 3, columnNumber: 5 });
  const nodes = [
    { id: 1, callFrame: frame("(root)") }, { id: 2, parent: 1, callFrame: frame("turn", "http://host/page.js") },
    { id: 3, parent: 2, callFrame: frame("view::rows::h0123456789abcdef") }, { id: 4, parent: 3, callFrame: frame("view::rows::h0123456789abcdef") },
  ];
  const events = [
    mark("begin", 1000), mark("end", 9000),
    { ...THREAD, ph: "P", name: "Profile", args: { data: { startTime: 0 } } },
    { ...THREAD, ph: "P", name: "ProfileChunk", args: { data: { cpuProfile: { nodes, samples: [2, 3, 4, 2] }, timeDeltas: [500, 1000, 2000, 9000] } } },
  ];
  assert.deepEqual(Object.fromEntries(byFunction(events)), {
    "(root)": { own: 0, all: 3 }, "turn page.js:3:5": { own: 0, all: 3 }, "view::rows": { own: 3, all: 3 },
  });
});
