// Whether code runs in the oldest browsers that are supported (package/browserslist.json): syntax, the language's library, the browsers' APIs, CSS.
import { readFileSync, readdirSync } from "node:fs";

import css from "@eslint/css";
import { transform } from "esbuild";
import { Linter } from "eslint";
import compat from "eslint-plugin-compat";
import esx from "eslint-plugin-es-x";

export const BROWSERS = JSON.parse(readFileSync(new URL("../package/browserslist.json", import.meta.url), "utf8"));
/** As esbuild names them. */
const TARGETS = BROWSERS.map((browser) => browser.replace(/ >= /, ""));

/** Arrays have methods of these names, too, and a name is all that there is to go by. */
const OF_ARRAYS = ["every", "filter", "find", "flatmap", "foreach", "map", "reduce", "some"].map((name) => [`es-x/no-iterator-prototype-${name}`, "off"]);
const ES2022 = esx.configs["flat/restrict-to-es2022"];

const SCRIPT = [
  {
    ...ES2022,
    rules: { ...ES2022.rules, ...Object.fromEntries(OF_ARRAYS) },
    files: ["**/*.js"],
    languageOptions: { ecmaVersion: "latest", sourceType: "module" },
    // A method is known by its name alone. What others have under these names is not the language's.
    settings: { "es-x": { aggressive: true } },
  },
  {
    files: ["**/*.js"],
    plugins: { compat },
    languageOptions: { ecmaVersion: "latest", sourceType: "module", globals: Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, "readonly"])) },
    settings: { browsers: BROWSERS, lintAllEsApis: true },
    rules: { "compat/compat": "error" },
  },
];

/**
 * CSS is judged by years. What browsers had by the end of 2022 is in all of ours, but for the years of Chromium 109 and Safari 16.4 and for what Firefox
 * alone was late with: of that more is allowed, each with what had it when.
 */
const SHEET = [{
  files: ["**/*.css"],
  plugins: { css },
  language: "css/css",
  languageOptions: { tolerant: true },
  rules: {
    "css/use-baseline": ["error", {
      available: 2022,
      // Chromium 105, Safari 16.
      allowAtRules: ["container"],
      // Chromium 105, Safari 15.4. A marker's colour, which is all that we set, is older than the rest of it.
      allowSelectors: ["has", "marker"],
      // Like the at-rule; Safari 16.4. Where the others are not known nothing is missing: a balanced line, a scrollbar that is hidden another way, less
      // work out of view, colours on paper, which have their older name beside, the colour of a tick, and the browser's own colours.
      allowProperties: [
        "container", "outline", "text-wrap", "scrollbar-width", "content-visibility", "contain-intrinsic-block-size", "print-color-adjust",
        "accent-color", "forced-color-adjust",
      ],
    }],
  },
}];

/** What `styles.js` makes of a stylesheet in a browser without `light-dark()`. */
const oneColour = (text) => text.replace(/light-dark\(([^,]+),\s*([^)]+)\)/g, "$1");

const told = (messages) => messages.map(({ line, column, message }) => `${line}:${column} ${message}`);

/** What is too new in a script. */
export async function inScript(text) {
  const lint = told(new Linter({ configType: "flat" }).verify(text, SCRIPT, { filename: "script.js" }));
  const print = async (target) => (await transform(text, { target, format: "esm", legalComments: "none" })).code;
  // What esbuild would write in an older way is too new.
  const syntax = await Promise.all([print("esnext"), print(TARGETS)]).then(
    ([asIs, older]) => (asIs === older ? [] : [`syntax: ${older.split("\n").find((line, at) => line !== asIs.split("\n")[at])}`]),
    (error) => error.errors.map(({ text }) => `syntax: ${text}`),
  );
  return [...lint, ...syntax];
}

/** What is too new in a stylesheet. */
export async function inSheet(text) {
  const sheet = oneColour(text);
  const lint = told(new Linter({ configType: "flat" }).verify(sheet, SHEET, { filename: "sheet.css" }));
  const print = async (target) => (await transform(sheet, { target, loader: "css" })).code;
  const [asIs, older] = await Promise.all([print("esnext"), print(TARGETS)]);
  return asIs === older ? lint : [...lint, `syntax: ${older.split("\n").find((line, at) => line !== asIs.split("\n")[at])}`];
}

/** A stylesheet as the build squeezes it (`src/view/stylesheet.rs`), near enough to find its end. */
const squeeze = (source) => source.replace(/\/\*[^]*?\*\//g, "").replace(/\s+/g, " ").replace(/ ?([{}]) ?/g, "$1").replace(/([:,;]) /g, "$1").replace(/;}/g, "}").trim();

/** The stylesheet of `source` as it stands in a built wasm. */
export function sheetIn(wasm, source) {
  const text = wasm.toString("latin1");
  const squeezed = squeeze(source);
  const [start, end] = [text.indexOf(squeezed.slice(0, 30)), text.indexOf(squeezed.slice(-40))];
  if (start < 0 || end < start) throw new Error("the stylesheet is not in the wasm");
  return text.slice(start, end + 40);
}

/** The texts of the built scripts and sheets by name. */
export function built() {
  const dist = new URL("../dist/", import.meta.url);
  const names = readdirSync(dist);
  const of = (end) => Object.fromEntries(names.filter((name) => name.endsWith(end)).map((name) => [name, readFileSync(new URL(name, dist), "utf8")]));
  const wasm = (name) => readFileSync(new URL(names.find((file) => file.startsWith(name) && file.endsWith(".wasm")), dist));
  const source = (name) => readFileSync(new URL(`../style/${name}`, import.meta.url), "utf8");
  return {
    scripts: of(".js"),
    sheets: { ...of(".css"), "panel.css": sheetIn(wasm("log-backup-panel"), source("panel.css")), "later.css": sheetIn(wasm("later"), source("later.css")) },
  };
}
