// What element.json says of the element, in the forms that others read: TypeScript declarations, a custom elements manifest, and the tables of
// docs/embedding.md in both languages. `node package/facts.mjs --write` (`cargo xtask facts`) writes those tables anew; without `--write` it
// checks them.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
export const facts = JSON.parse(readFileSync(path("element.json"), "utf8"));

const camelCase = (name) => name.replace(/-./g, (part) => part[1].toUpperCase());
const { attributes, members, events, types, customProperties, parts } = facts;
// HTMLElement has it already.
const own = attributes.filter(({ name }) => name !== "lang");

/** The TypeScript declarations of the package. */
export function declarations() {
  const lines = (rows, form) => rows.map((row) => `${row.meaning ? `  /** ${row.meaning} */\n` : ""}  ${form(row)}\n`).join("");
  const methods = members.filter(({ kind }) => kind === "method");
  const accessors = own.map(({ name }) => `  get ${camelCase(name)}(): string | null;\n  set ${camelCase(name)}(value: PanelProperties["${camelCase(name)}"]);\n`);
  const interfaces = types.map(({ name, meaning, fields }) => `${meaning ? `/** ${meaning} */\n` : ""}export interface ${name} {\n${lines(fields, (field) => `${field.name}: ${field.type};`)}}\n`);
  const told = events.map(({ name, when, detail, cancelable }) => ({ name, detail, meaning: `${when}${cancelable ? " (cancelable)" : ""}` }));
  return `export type Tone = "neutral" | "ok" | "info" | "warning" | "critical";

${interfaces.join("\n")}
export interface PanelEvents {
${lines(told, ({ name, detail }) => `"${name}": CustomEvent<${detail}>;`)}}

export type HeadersFunction = () => Record<string, string> | Promise<Record<string, string>>;

/** Each is an attribute, too. See docs/embedding.md. */
export interface PanelProperties {
${lines(attributes, ({ name, type }) => `${camelCase(name)}?: ${type}${name === "lang" ? "" : " | null"};`)}  headers?: HeadersFunction | null;
}

/** Reading a property gives the attribute's text. */
export class OcpLogBackupPanel extends HTMLElement {
${accessors.join("")}  get headers(): HeadersFunction | null;
  set headers(value: HeadersFunction | null | undefined);
${lines(methods, ({ name, parameters, type }) => `${name}(${parameters}): ${type};`)}}

export interface MountOptions extends PanelProperties {
  on?: { [K in keyof PanelEvents]?: (event: PanelEvents[K]) => void };
}

export interface MountedPanel {
  element: OcpLogBackupPanel;
  /** Sets properties; \`on\` adds listeners. */
  update(options: MountOptions): void;
  unmount(): void;
}

export function mountPanel(target: Element | ShadowRoot | DocumentFragment, options?: MountOptions): MountedPanel;

/** The attribute for each parameter of a link. */
export const LINK: Readonly<Record<string, string>>;

declare global {
  interface HTMLElementTagNameMap {
    "ocp-log-backup-panel": OcpLogBackupPanel;
  }
  /** They bubble, so that an ancestor, the document and the window hear them too. */
  interface GlobalEventHandlersEventMap extends PanelEvents {}
}
`;
}

/** The manifest that editors read (https://github.com/webcomponents/custom-elements-manifest). */
export function manifest() {
  const file = "ocp-log-backup-panel.js";
  const text = (type) => ({ text: type });
  const properties = own.map(({ name, type, meaning }) => ({ kind: "field", name: camelCase(name), attribute: name, type: text(`${type} | null`), description: meaning }));
  const declaration = {
    kind: "class", customElement: true, name: "OcpLogBackupPanel", tagName: "ocp-log-backup-panel", superclass: { name: "HTMLElement" },
    description: "The log backup tasks of an OceanBase cluster.",
    attributes: attributes.map(({ name, type, meaning, ...row }) => ({
      name, fieldName: camelCase(name), type: text(type), default: row.default ?? row.absent, description: meaning,
    })),
    members: [...properties, ...members.map(({ name, kind, parameters, type, meaning }) => (kind === "method"
      ? { kind, name, parameters: parameters ? [{ name: parameters.split(/[?:]/)[0], optional: parameters.includes("?:"), type: text(parameters.split(": ")[1]) }] : [], return: { type: text(type) }, description: meaning }
      : { kind: "field", name, type: text(type), description: meaning }))],
    events: events.map(({ name, when, detail, note }) => ({ name, type: text(`CustomEvent<${detail}>`), description: [when, note].filter(Boolean).join(". ") })),
    cssProperties: customProperties.flatMap(({ names, meaning }) => names.map((name) => ({ name, description: meaning }))),
    cssParts: parts.map((name) => ({ name })),
  };
  return {
    schemaVersion: "1.0.0",
    modules: [{
      kind: "javascript-module", path: file, declarations: [declaration],
      exports: [
        { kind: "js", name: "OcpLogBackupPanel", declaration: { name: "OcpLogBackupPanel", module: file } },
        { kind: "js", name: "mountPanel", declaration: { name: "mountPanel", module: file } },
        { kind: "js", name: "LINK", declaration: { name: "LINK", module: file } },
        { kind: "custom-element-definition", name: "ocp-log-backup-panel", declaration: { name: "OcpLogBackupPanel", module: file } },
      ],
    }],
  };
}

const code = (text) => `\`${text}\``;
const fieldsOf = (type) => types.find(({ name }) => name === type)?.fields ?? [];
const shape = (type) => (fieldsOf(type).length ? `{ ${fieldsOf(type).map(({ name }) => name).join(", ")} }` : "{}");

/** docs/embedding.md in each language: the first headings of its tables, and how a text of element.json is said in it. */
const PAPERS = {
  en: {
    file: "docs/embedding.md", headings: ["attribute", "property or method", "event", "custom property"],
    text: (row, name) => row[name], colon: ": ", parts: (list) => `Parts, for \`::part()\`: ${list.join(", ")}.`,
  },
  zh: {
    file: "docs/embedding.zh-CN.md", headings: ["属性", "属性或方法", "事件", "自定义属性"],
    text: (row, name) => row[name] && (row.zh?.[name] ?? missing(row, name)), colon: "：", parts: (list) => `Part，用于 \`::part()\`：${list.join("、")}。`,
  },
};
function missing(row, name) {
  throw new Error(`package/element.json has no Chinese for “${name}” of ${row.name ?? row.names}: add it under "zh"`);
}

/** The rows of each table of docs/embedding.md, in the order of its headings. */
const tables = ({ text, colon }) => [
  attributes.map((row) => [code(row.name), row.default == null ? text(row, "absent") : code(row.default), text(row, "meaning")]),
  members.map((row) => [code(row.kind === "method" ? `${row.name}(${row.parameters.split(/[?:]/)[0]})` : row.name), text(row, "meaning")]),
  // A task's fields are OCP's.
  events.map((row) => [code(row.name), text(row, "when"), [row.detail === "TaskDetail" ? null : code(shape(row.detail)), text(row, "note")].filter(Boolean).join(colon)]),
  customProperties.map((row) => [row.names.map(code).join(", "), text(row, "meaning")]),
];

/** `docs` with the tables and the list of parts that element.json says. */
function documented(docs, paper) {
  const lines = docs.split("\n");
  for (const [index, rows] of tables(paper).entries()) {
    const from = lines.findIndex((line) => line.startsWith(`| ${paper.headings[index]} |`)) + 2;
    const count = lines.slice(from).findIndex((line) => !line.startsWith("|"));
    if (from < 2 || count < 0) throw new Error(`${paper.file} has no table “${paper.headings[index]}”`);
    lines.splice(from, count, ...rows.map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`));
  }
  const start = paper.parts([]).split("`")[0];
  const list = lines.findIndex((line) => line.startsWith(start));
  if (list < 0) throw new Error(`${paper.file} has no list of parts`);
  lines[list] = paper.parts(parts.map(code));
  return lines.join("\n");
}

const read = ({ file }) => readFileSync(path(`../${file}`), "utf8");

/** docs/embedding.md in this language, which must say what element.json does. */
export function checkedDocs(language = "en") {
  const paper = PAPERS[language];
  const docs = read(paper);
  if (documented(docs, paper) !== docs) throw new Error(`${paper.file} differs from package/element.json: run \`cargo xtask facts\``);
  return docs;
}

// Run as a program it writes, or else checks.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [language, paper] of Object.entries(PAPERS)) {
    if (process.argv.includes("--write")) writeFileSync(path(`../${paper.file}`), documented(read(paper), paper));
    else checkedDocs(language);
  }
}
