// A line plot with logarithmic axes, as SVG that follows the reader's light or dark theme.
import { figure } from "./statistics.js";

const [WIDTH, HEIGHT] = [680, 380];
const BOX = { left: 70, right: 600, top: 44, bottom: 326 };

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #3c4658; } .title { font-size: 14px; font-weight: 600; }
  .grid { stroke: #d9dee8; } .line { fill: none; stroke-width: 2; }
  .a { stroke: #0d6cf2; } .b { stroke: #8a5a00; stroke-dasharray: 6 4; } .c { stroke: #0b7a56; stroke-dasharray: 8 3 2 3; }
  .d { stroke: #b0267d; stroke-dasharray: 2 3; }
  circle { stroke-dasharray: none !important; fill: #fff; stroke-width: 2; } rect { fill: #fff; }
  text:is(.a, .b, .c, .d) { stroke: none; font-weight: 600; } text.a { fill: #0d6cf2; } text.b { fill: #8a5a00; } text.c { fill: #0b7a56; } text.d { fill: #b0267d; }
  @media (prefers-color-scheme: dark) {
    text { fill: #c6cddb; } .grid { stroke: #2f3849; } rect, circle { fill: #0d1117; }
    .a { stroke: #6aa7ff; } .b { stroke: #e0a83c; } .c { stroke: #2fc493; } .d { stroke: #f07cc0; }
    text.a { fill: #6aa7ff; } text.b { fill: #e0a83c; } text.c { fill: #2fc493; } text.d { fill: #f07cc0; }
  }`;

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** 1, 2, 5, 10, 20 … from the last at or below `low` to the first at or above `high`. */
function ticks(low, high) {
  const all = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const digit of [1, 2, 5]) all.push(digit * 10 ** power);
  }
  const [from, to] = [all.findLastIndex((tick) => tick <= low * 1.0001), all.findIndex((tick) => tick >= high / 1.0001)];
  const kept = all.slice(from, to + 1);
  // Over two decades the powers of ten are enough between the ends.
  return kept.length <= 8 ? kept : kept.filter((tick, index) => index === 0 || index === kept.length - 1 || Number.isInteger(Math.log10(tick)));
}

const label = (tick) => (tick >= 1000 ? tick.toLocaleString("en-US") : String(Number(tick.toPrecision(1))));

/** Where the names of lines go, given their ends: beside them at the right edge, there 14 apart or more; else above. */
function places(ends, edge) {
  let last = -Infinity;
  for (const end of ends.toSorted((a, b) => a.y - b.y)) {
    const beside = end.x >= edge;
    if (beside) last = Math.max(end.y, last + 14);
    end.name = beside ? { x: end.x + 10, y: last + 4, anchor: "start" } : { x: end.x, y: end.y - 10, anchor: "middle" };
  }
  return ends.map(({ name }) => name);
}

/** `series`: `[{ name, points: [[x, y], …] }]`, at most four. */
export function plot({ title, x, y, series }) {
  const points = series.flatMap((line) => line.points);
  const xs = [...new Set(points.map(([x]) => x))].toSorted((a, b) => a - b);
  const ys = ticks(Math.min(...points.map(([, y]) => y)), Math.max(...points.map(([, y]) => y)));
  const scale = (low, high, from, to) => (value) =>
    from + ((Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low) || 1)) * (to - from);
  const px = scale(xs[0], xs.at(-1), BOX.left + 16, BOX.right - 16);
  const py = scale(ys[0], ys.at(-1), BOX.bottom, BOX.top);
  const at = (value) => value.toFixed(1);

  const grid = [
    ...ys.map((tick) => `<line class="grid" x1="${BOX.left}" x2="${BOX.right}" y1="${at(py(tick))}" y2="${at(py(tick))}"/>
  <text x="${BOX.left - 8}" y="${at(py(tick) + 4)}" text-anchor="end">${label(tick)}</text>`),
    ...xs.map((tick) => `<text x="${at(px(tick))}" y="${BOX.bottom + 20}" text-anchor="middle">${label(tick)}</text>`),
  ];
  const ends = series.map(({ points }) => ({ x: px(points.at(-1)[0]), y: py(points.at(-1)[1]) }));
  const names = places(ends, px(xs.at(-1)));
  const lines = series.map(({ name, points }, index) => {
    const kind = "abcd"[index];
    const path = points.map(([x, y]) => `${at(px(x))},${at(py(y))}`).join(" ");
    const dots = points.map(([x, y]) => `<circle class="${kind}" cx="${at(px(x))}" cy="${at(py(y))}" r="3"><title>${name}, ${label(x)}: ${figure(y)}</title></circle>`);
    return `<polyline class="line ${kind}" points="${path}"/>${dots.join("")}
  <text class="${kind}" x="${at(names[index].x)}" y="${at(names[index].y)}" text-anchor="${names[index].anchor}">${escape(name)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escape(title)}">
  <style>${STYLE}</style>
  <rect width="${WIDTH}" height="${HEIGHT}"/>
  <text class="title" x="${BOX.left}" y="22">${escape(title)}</text>
  ${[...grid, ...lines].join("\n  ")}
  <text x="${(BOX.left + BOX.right) / 2}" y="${BOX.bottom + 42}" text-anchor="middle">${escape(x)}</text>
  <text transform="translate(16 ${(BOX.top + BOX.bottom) / 2}) rotate(-90)" text-anchor="middle">${escape(y)}</text>
</svg>
`;
}
