// What the panel is to reach. `figure` is the label of what is measured; `beside` the peer that it is divided by in each repetition, or `over` another
// figure of the panel's own; without both it is the figure itself, in `unit`. `most` is the greatest value that reaches the goal.

const FIRST = "Download until rows are painted";
const COLD = "Cold start to 20 rows painted";
const TYPED = "20,000 tasks: letter typed into the filter to painted";
const SLOWEST = ", the slowest of 10";

const turn = (rows, kind) => `Page turn, ${rows} rows: ${kind}`;
const PAINT = "answer to painted";
const CPU = "main thread";

const panels = (count, kind) => `Panels on a page, ${count}: ${kind}`;

export const GOALS = [
  { what: "First visit, scripts and wasm", figure: `${FIRST}: scripts and wasm`, beside: "OB", most: 0.62 },
  { what: "First visit, all", figure: `${FIRST}: all`, beside: "OB", most: 0.27 },
  { what: "First visit, all", figure: `${FIRST}: all`, unit: "kB", most: 200 },
  { what: "Cold start to 20 rows", figure: COLD, beside: "OB", most: 0.3 },
  { what: "Cold start to 20 rows, CPU 4 times slower", figure: `${COLD}, CPU 4 times slower`, beside: "OB", most: 0.38 },
  { what: "Cold start to 20 rows, 10 Mbit/s", figure: `${COLD}, 10 Mbit/s and 40 ms`, beside: "OB", most: 0.4 },
  { what: "Cold start to 20 rows", figure: COLD, beside: "JS", most: 1.4 },
  { what: "Page turn, 10 rows, paint", figure: turn(10, PAINT), beside: "JS", most: 1 },
  { what: "Page turn, 10 rows, CPU", figure: turn(10, CPU), beside: "JS", most: 1.5 },
  { what: "Page turn, 100 rows, paint", figure: turn(100, PAINT), beside: "JS", most: 0.9 },
  { what: "Page turn, 100 rows, CPU", figure: turn(100, CPU), beside: "JS", most: 0.9 },
  { what: "Page turn, 1,000 rows, paint", figure: turn(1000, PAINT), beside: "JS", most: 0.2 },
  { what: "Page turn, 1,000 rows, paint", figure: turn(1000, PAINT), beside: "JS+", most: 1.3 },
  { what: "Refresh of 1,000 rows, 1 % changed, CPU", figure: `Refresh of 1,000 rows, 1 % changed: ${CPU}`, beside: "JS+", most: 1.2 },
  { what: "20,000 tasks, slowest typed letter to paint", figure: `${TYPED}${SLOWEST}`, unit: "ms", most: 50 },
  { what: "20,000 tasks, slowest typed letter to paint, CPU 4 times slower", figure: `${TYPED}, CPU 4 times slower${SLOWEST}`, unit: "ms", most: 150 },
  { what: "20,000 tasks, memory", figure: "Renderer memory, 20000 rows", beside: "JS", most: 0.5 },
  { what: "20 panels, start", figure: panels(20, "cold start"), over: panels(1, "cold start"), most: 2.5 },
  { what: "20 panels, memory", figure: panels(20, "renderer memory"), over: panels(1, "renderer memory"), most: 1.6 },
  { what: "Left open, refreshed every 30 s, main thread", figure: "Left open: main thread, share of a core", unit: "%", most: 0.1 },
  { what: "Hidden, timers in a minute", figure: "Hidden: timers that fire in a minute", unit: "", most: 0 },
];
