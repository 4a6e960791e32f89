// From samples to a Markdown document and its plots.
import { GOALS } from "./goals.js";
import { BOUND, isNoisy } from "./noise.js";
import { plot } from "./plot.js";
import { SITES } from "./sites.js";
import { figure, interval, median, ratios } from "./statistics.js";

/** What does not depend on the machine's speed. */
const STEADY = ["kB", "MiB", ""];

/** All samples: by figure, then by site and repetition. */
export class Samples {
  figures = new Map();

  /** `speed` is how long the machine took for its piece of work before the visit; `curve`, if given, the plot and the place on its x axis. */
  add(group, site, rep, speed, [label, unit, value, curve]) {
    if (value === null) return;
    if (!this.figures.has(label)) this.figures.set(label, { group, label, unit, curve, bySite: {}, speeds: [] });
    const { bySite, speeds } = this.figures.get(label);
    (bySite[site] ??= new Map()).set(rep, value);
    speeds.push(speed);
  }

  /** The figures of some groups, those of a curve together. */
  of(groups) {
    const figures = [...this.figures.values()].filter(({ group }) => groups.includes(group));
    const first = ({ label, curve }) => figures.findIndex((one) => (curve ? one.curve?.[0] === curve[0] : one.label === label));
    return figures.toSorted((a, b) => first(a) - first(b));
  }
}

const noisy = ({ unit, speeds }) => !STEADY.includes(unit) && isNoisy(speeds);
const valuesOf = ({ bySite }, site) => bySite[site] && [...bySite[site].values()];

function cell(values) {
  if (!values) return "–";
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? figure(low) : `${figure(median(values))} (${figure(low)}..${figure(high)})`;
}

/** The median and its interval, in `unit`. */
function estimate(values, unit) {
  const sure = interval(values);
  const range = sure && sure.low !== sure.high ? ` (${figure(sure.low)}..${figure(sure.high)})` : "";
  return `${figure(median(values))}${unit}${range}`;
}

function ratio(ours, theirs) {
  if (!ours || !theirs) return "–";
  const all = ratios(ours, theirs);
  if (all.some(Number.isNaN)) return "both 0";
  return all.length && all.every(Number.isFinite) ? estimate(all, "×") : "–";
}

const PEERS = SITES.filter(({ name }) => name !== "ours");

function row(measured) {
  const { label, unit, bySite } = measured;
  const cells = SITES.map(({ name }) => cell(valuesOf(measured, name)));
  const compared = PEERS.map(({ name }) => ratio(bySite.ours, bySite[name]));
  return `| ${[label + (unit && `, ${unit}`) + (noisy(measured) ? " (noisy)" : ""), ...cells, ...compared].join(" | ")} |`;
}

export const table = (figures) => {
  const head = ["", ...SITES.map(({ label }) => label), ...PEERS.map(({ label }) => `ours/${label}`)];
  return [`| ${head.join(" | ")} |`, "|---|" + "---:|".repeat(head.length - 1), ...figures.map(row)].join("\n");
};

/** What of a goal was measured, a value a repetition, and of which figures. */
function reached({ figure, beside, over }, samples) {
  const measured = [figure, over].filter(Boolean).map((label) => samples.figures.get(label));
  const ours = measured.map((one) => one?.bySite.ours);
  const peer = SITES.find(({ label }) => label === beside);
  const [top, bottom] = peer ? [ours[0], measured[0]?.bySite[peer.name]] : ours;
  if (!top || ((peer || over) && !bottom)) return { measured: [], values: [] };
  return { measured, values: bottom ? ratios(top, bottom) : [...top.values()] };
}

export function verdict({ most }, values, isNoisy) {
  if (!values.length) return "not measured";
  const sure = interval(values);
  if (!sure) return "too few visits";
  if (isNoisy) return "too noisy to tell";
  if (sure.low <= most && most < sure.high) return "undecided";
  return sure.high <= most ? "**reached**" : "**not reached**";
}

function goals(samples) {
  const rows = GOALS.map((goal) => {
    const { measured, values } = reached(goal, samples);
    const of = goal.unit ?? `× ${goal.beside ?? "one panel"}`;
    const value = values.length ? estimate(values, goal.unit === undefined ? "×" : goal.unit && ` ${goal.unit}`) : "–";
    return `| ${goal.what} | at most ${goal.most}${of && ` ${of}`} | ${value} | ${verdict(goal, values, measured.some(noisy))} |`;
  });
  return ["| | goal | reached, with an interval of 95 % | |", "|---|---:|---:|---|", ...rows].join("\n");
}

function noise(samples) {
  const timed = [...samples.figures.values()].filter(({ unit }) => !STEADY.includes(unit));
  const count = timed.filter(noisy).length;
  const bound = `a fixed piece of work took times that differ by more than ${100 * BOUND} % in the middle half of the visits`;
  return count
    ? `**The machine was too noisy to tell ${count} of ${timed.length} timed figures**, marked “noisy”: before their visits, ${bound}.`
    : `The machine was quiet enough for all of the ${timed.length} timed figures: before the visits of none, ${bound}.`;
}

/** The plots of all curves: `[{ file, title, svg }]`. */
export function plots(samples) {
  const drawn = [...samples.figures.values()].filter(({ curve }) => curve);
  const titles = new Set(drawn.map(({ curve }) => curve[0]));
  return [...titles].map((title) => {
    const figures = drawn.filter(({ curve }) => curve[0] === title);
    const series = SITES.map(({ name, label }) => ({
      name: label,
      points: figures.filter(({ bySite }) => bySite[name]).map((one) => [one.curve[1], median(valuesOf(one, name))]),
    })).filter(({ points }) => points.length);
    const file = `${title.toLowerCase().replaceAll(/[^a-z]+/g, "-")}.svg`;
    const x = title.startsWith("Panels") ? "panels on one page, 20 rows each" : "rows";
    return { file, title, group: figures[0].group, svg: plot({ title, x, y: figures[0].unit, series }) };
  });
}

const PARTS = [
  ["First visit", ["download", "cold"]],
  ["Page turn", ["turn"]],
  ["Refresh", ["refresh"]],
  ["A whole cluster of 20,000 tasks", ["whole"]],
  ["Left open", ["open"], "A page of 20 rows of a cluster of 200 tasks, all of which it reads every 30 s, and whose checkpoints have all moved on then."],
  [
    "Growth with rows", ["growth"],
    "Memory is the private one of the page's renderer process after garbage collection, once all is loaded. The panel shows at most 2,000 rows a page. Of a longer list it has read all before it counts as started, and a turn then asks for nothing; the peers show all rows in one page.",
  ],
  ["Growth with panels", ["panels"]],
  ["Firefox ESR", ["firefox"]],
];

/** The whole document. `facts` are name and value pairs, `omitted` tells what was left out, `made` and `trials` are Markdown. */
export function document({ samples, facts, omitted, images, made, trials }) {
  const part = ([heading, groups, text]) => {
    const figures = samples.of(groups);
    if (!figures.length) return [];
    const seen = images.filter(({ group }) => groups.includes(group)).map(({ title, file }) => `![${title}, log-log](${file})`);
    return [`### ${heading}`, ...(text ? [text] : []), table(figures), ...seen];
  };
  return [
    "# Benchmark of the log backup panel",
    "**ours** is the panel, **JS** the same table in plain JavaScript, **JS+** that one with the panel's tricks for long tables, **OB** the same in React with OceanBase's design system. Below 1× the panel takes less. Written by `cargo xtask bench`.",
    "## Goals",
    goals(samples),
    noise(samples),
    "## What it is made of",
    "Medians, with the least and the greatest of all visits in brackets. Ratios are medians over the repetitions, each of which visits all in turn, with an interval of 95 %.",
    ...PARTS.flatMap(part),
    ...(omitted.length ? ["### Left out", omitted.map((line) => `- ${line}`).join("\n")] : []),
    made.trim(),
    "## How it is measured",
    "`cargo xtask bench` builds all, measures it and writes this document. What each figure means, and what is fair and what is not: [bench/README.md](../bench/README.md).",
    facts.map(([name, value]) => `- ${name}: ${value}`).join("\n"),
    trials.trim(),
  ].join("\n\n") + "\n";
}
