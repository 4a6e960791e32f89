// Writes docs/faults.md from the table in faults.js: `node faults-doc.js`. faults.spec.js fails while they differ.
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { MATRIX, wording } from "./faults.js";

export const FILE = new URL("../docs/faults.md", import.meta.url);

const code = (text) => text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("*", "\\*");

/** The table as Markdown. */
export function render() {
  const groups = Object.entries(MATRIX).map(([group, faults]) => {
    const rows = faults.map(([fault, sees]) => `| ${code(fault)} | ${sees.map((seen) => code(wording(seen))).join(" · ") || "(nothing: it is gone)"} |`);
    return [`## ${group}`, "", "| fault | words on screen |", "| --- | --- |", ...rows].join("\n");
  });
  return `# What the panel survives

Each row is played on the built page in a real browser, and the words must be visible there; besides, no fault may show “no log backup
task” where there was no answer, write an error to the console or break the policy. Written by \`node e2e/faults-doc.js\` from
\`e2e/faults.js\`; \`e2e/faults.spec.js\` plays it.

${groups.join("\n\n")}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(FILE, render());
