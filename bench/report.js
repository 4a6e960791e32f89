// From samples to a Markdown document and its plots.
import { figure, median } from "./statistics.js";
import { plot } from "./plot.js";
import { SITES } from "./sites.js";

/** All samples: by figure, then by site. */
export class Samples {
  figures = new Map();

  /** `curve`, if given, is the plot and the place on its x axis. */
  add(group, site, [label, unit, value, curve]) {
    if (value === null) return;
    if (!this.figures.has(label)) this.figures.set(label, { group, label, unit, curve, bySite: {} });
    (this.figures.get(label).bySite[site] ??= []).push(value);
  }

  of(groups) {
    return [...this.figures.values()].filter(({ group }) => groups.includes(group));
  }
}

function cell(values) {
  if (!values) return "–";
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? figure(low) : `${figure(median(values))} (${figure(low)}..${figure(high)})`;
}

function ratio(ours, theirs) {
  if (!ours || !theirs) return "–";
  const [a, b] = [median(ours), median(theirs)];
  return b === 0 ? (a === 0 ? "both 0" : "–") : `${figure(a / b)}×`;
}

const PEERS = SITES.filter(({ name }) => name !== "ours");

function row({ label, unit, bySite }) {
  const cells = SITES.map(({ name }) => cell(bySite[name]));
  const ratios = PEERS.map(({ name }) => ratio(bySite.ours, bySite[name]));
  return `| ${[label + (unit && `, ${unit}`), ...cells, ...ratios].join(" | ")} |`;
}

export const table = (figures) => {
  const head = ["", ...SITES.map(({ label }) => label), ...PEERS.map(({ label }) => `ours/${label}`)];
  return [`| ${head.join(" | ")} |`, "|---|" + "---:|".repeat(head.length - 1), ...figures.map(row)].join("\n");
};

/** The plots of all curves: `[{ file, title, svg }]`. */
export function plots(samples) {
  const drawn = [...samples.figures.values()].filter(({ curve }) => curve);
  const titles = new Set(drawn.map(({ curve }) => curve[0]));
  return [...titles].map((title) => {
    const figures = drawn.filter(({ curve }) => curve[0] === title);
    const series = SITES.map(({ name, label }) => ({
      name: label,
      points: figures.filter(({ bySite }) => bySite[name]).map(({ curve, bySite }) => [curve[1], median(bySite[name])]),
    })).filter(({ points }) => points.length);
    const file = `${title.toLowerCase().replaceAll(/[^a-z]+/g, "-")}.svg`;
    const x = title.startsWith("Panels") ? "panels on one page, 20 rows each" : "rows a page";
    return { file, title, group: figures[0].group, svg: plot({ title, x, y: figures[0].unit, series }) };
  });
}

/** The whole document. `facts` are name and value pairs; `omitted` tells what was left out. */
export function document({ samples, facts, omitted, images }) {
  const part = (heading, groups, text) => {
    const figures = samples.of(groups);
    if (!figures.length) return [];
    const seen = images.filter(({ group }) => groups.includes(group)).map(({ title, file }) => `![${title}, log-log](${file})`);
    return [`## ${heading}`, ...(text ? [text] : []), table(figures), ...seen];
  };
  return [
    "# Benchmark of the log backup panel",
    "Medians, with the least and the greatest of all visits in brackets. **ours** is the panel, **JS** the same table in plain JavaScript, **JS+** that one with the panel's tricks for long tables, **OB** the same in React with OceanBase's design system; below 1× the panel takes less. How it is measured: [bench/README.md](../bench/README.md). Written by `cargo xtask bench`.",
    facts.map(([name, value]) => `- ${name}: ${value}`).join("\n"),
    ...part("First visit", ["download", "cold"]),
    ...part("Page turn", ["turn"]),
    ...part("Refresh", ["refresh"]),
    ...part("Memory", ["memory"], "Private memory of the page's renderer process after garbage collection."),
    ...part("A whole cluster of 20,000 tasks", ["whole"]),
    ...part("Growth with rows", ["growth"]),
    ...part("Growth with panels", ["panels"]),
    ...(omitted.length ? ["## Left out", omitted.map((line) => `- ${line}`).join("\n")] : []),
  ].join("\n\n") + "\n";
}
