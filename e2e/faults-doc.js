// Writes docs/faults.md from the table in faults.js, and docs/faults.zh-CN.md with what faults-zh.js and the panel's own Chinese say:
// `node faults-doc.js`. faults.spec.js fails while they differ.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { FAULTS, GROUPS, SAME, WORDS } from "./faults-zh.js";
import { MATRIX, wording } from "./faults.js";

const file = (name) => new URL(`../${name}`, import.meta.url);

/** The texts of a language by their keys, as `locales/` has them: each a list of one or more. */
function locale(language) {
  const source = readFileSync(file(`locales/${language}.toml`), "utf8");
  const texts = source.matchAll(/^([\w.]+) = (?:("(?:[^"\\]|\\.)*")|\[([^]*?)\])$/gm);
  return new Map([...texts].map(([, key, text, list]) => [key, JSON.parse(`[${text ?? list.trim().replace(/,$/, "")}]`)]));
}

const ENGLISH = locale("en-US");
const CHINESE = locale("zh-CN");
/** What can stand on screen in English: a pattern for it, the names of what is filled in, and the Chinese. Those that say most come first. */
const TEXTS = [...ENGLISH].flatMap(([key, texts]) => texts.map((english, index) => {
  const parts = english.split(/\{(\w+)\}/);
  const [said, slots] = [0, 1].map((odd) => parts.filter((_, at) => at % 2 === odd));
  return {
    pattern: new RegExp(`^${said.map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("(.+)")}$`),
    slots, chinese: CHINESE.get(key.replace(/\.one$/, ".other"))[index], length: said.join("").trim().length,
  };
})).filter(({ length }) => length).sort((one, other) => other.length - one.length);

/** A length of time in Chinese. */
const spans = (text) => ENGLISH.get("units").reduce(
  (text, unit, index) => text.replaceAll(new RegExp(`(?<=\\d)${unit}(?![a-z])`, "g"), CHINESE.get("units")[index]), text,
);

const used = new Set();
/** What faults-zh.js says of `name`, if it does. */
function told(table, name) {
  used.add(name);
  return SAME.includes(name) ? name : table[name];
}
function missing(name) {
  throw new Error(`e2e/faults-zh.js has no Chinese for “${name}”`);
}

/** Words on screen in Chinese: by faults-zh.js, else by the panel's own texts, else as they are where no language shows. */
function inChinese(words) {
  const known = told(WORDS, words);
  if (known != null) return known;
  for (const { pattern, slots, chinese } of TEXTS) {
    const found = pattern.exec(words);
    if (found) return slots.reduce((text, slot, index) => text.replaceAll(`{${slot}}`, () => spans(found[index + 1])), chinese);
  }
  const said = spans(words);
  return /[a-z]{2}/i.test(said.replaceAll("UTC", "")) ? missing(words) : said;
}

/** What the table is in each language: its file, words around it, and how a group, a fault and the words on screen are told. */
const PAPERS = [
  {
    name: "docs/faults.md", group: (group) => group, fault: (fault) => fault, words: (words) => words,
    heads: "| fault | words on screen |", nothing: "(nothing: it is gone)",
    intro: `English | [中文](faults.zh-CN.md)

# What the panel survives

Each row is played on the built page in a real browser, and the words must be visible there; besides, no fault may show “no log backup
task” where there was no answer, write an error to the console or break the policy. Written by \`node e2e/faults-doc.js\` from
\`e2e/faults.js\`; \`e2e/faults.spec.js\` plays it.`,
  },
  {
    name: "docs/faults.zh-CN.md", group: (group) => told(GROUPS, group) ?? missing(group), fault: (fault) => told(FAULTS, fault) ?? missing(fault), words: inChinese,
    heads: "| 故障 | 界面文案 |", nothing: "（无：面板已移除）",
    intro: `[English](faults.md) | 中文

# 面板能承受的故障

每一行都在真实浏览器中、在构建后的页面上演练（使用英文界面），界面上必须出现相应的文案；此外，任何故障都不得在未收到响应时显示“没有日志备份任务”，不得向控制台写错误，也不得违反 CSP。本文由 \`node e2e/faults-doc.js\` 根据 \`e2e/faults.js\` 生成，\`e2e/faults.spec.js\` 负责演练。`,
  },
];

const code = (text) => text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("*", "\\*");

/** The table as Markdown in each language, with the name and path of its file. */
export function render() {
  const papers = PAPERS.map(({ name, group, fault, words, heads, nothing, intro }) => {
    const groups = Object.entries(MATRIX).map(([title, faults]) => {
      const rows = faults.map(([what, sees]) => `| ${code(fault(what))} | ${sees.map((seen) => code(words(wording(seen)))).join(" · ") || nothing} |`);
      return [`## ${group(title)}`, "", heads, "| --- | --- |", ...rows].join("\n");
    });
    return { name, path: fileURLToPath(file(name)), text: `${intro}\n\n${groups.join("\n\n")}\n` };
  });
  const surplus = [GROUPS, FAULTS, WORDS].flatMap(Object.keys).concat(SAME).filter((name) => !used.has(name));
  if (surplus.length) throw new Error(`e2e/faults-zh.js: not in faults.js: ${surplus.join(", ")}`);
  return papers;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) for (const { path, text } of render()) writeFileSync(path, text);
