// What a trace of Chromium's tells: what the main thread did between the marks `profile-begin` and `profile-end`.

/** Kinds of the main thread's work by the names of Chromium's trace events; what is in none is “other”. */
const KINDS = {
  script: [
    "FunctionCall", "EvaluateScript", "v8.callFunction", "v8.evaluateModule", "v8.run", "RunMicrotasks", "BlinkScheduler_PerformMicrotaskCheckpoint",
    "FireAnimationFrame", "FireIdleCallback", "TimerFire", "EventDispatch", "AsyncTask Run", "CustomElementReactionQueue",
  ],
  "wasm and script compiled": ["v8.compile", "v8.wasm", "wasm", "V8.Compile", "V8.Parse", "V8.PreParse", "CompileScript", "v8.produceCache", "FlushInstructionCache"],
  "garbage collection": ["MinorGC", "MajorGC", "BlinkGC", "V8.GC"],
  "HTML and CSS parsed": ["ParseHTML", "ParseAuthorStyleSheet", "CSSParser", "Blink.ParseStyleSheet", "HTMLDocumentParser", "HTMLParserScriptRunner"],
  style: ["UpdateLayoutTree", "ScheduleStyleRecalculation", "RecalculateStyles", "Document::updateStyle", "Document::recalcStyle", "Document::rebuildLayoutTree", "Blink.Style"],
  layout: ["Layout", "LocalFrameView::layout", "LocalFrameView::perform", "InlineNode::", "Blink.Layout", "HitTest", "IntersectionObserverController", "LocalFrameView::NotifyResizeObservers"],
  "paint and compositing": [
    "PrePaint", "Paint", "Layerize", "Commit", "UpdateLayer", "CullRectUpdate", "Blink.PrePaint", "Blink.Paint", "Blink.Compositing", "PaintArtifactCompositor",
    "LocalFrameView::RunPaint", "LocalFrameView::RunPrePaint", "LocalFrameView::pushPaint", "WebFrameWidgetImpl",
  ],
  network: ["ResourceFetcher", "ResourceReceivedData", "ResponseBodyLoader", "SimpleWatcher", "TextResourceDecoder"],
};
const kindOf = (name) => Object.keys(KINDS).find((kind) => KINDS[kind].some((begin) => name.startsWith(begin))) ?? "other";

/** The two marks. They also tell the process and the thread of the page. */
const marks = (events) => ["begin", "end"].map((name) => events.find((event) => event.name === `profile-${name}`));

/** By kind of work and by event: the time of each, and how often its events came, in ms of the thread's CPU: an event's own, without those within it. */
export function byKind(events) {
  const [begin, end] = marks(events);
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
export function byFunction(events) {
  const [begin, end] = marks(events);
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
