// The built scripts and stylesheets use nothing that the oldest supported browsers lack.
import { readFileSync } from "node:fs";

import { BROWSERS, built, inScript, inSheet } from "./baseline.js";
import { expect, test } from "./panel.js";

/** What is asked for before it is used. */
const ASKED_FOR = ["ArrayBuffer.prototype.detached"];

test("the built scripts and stylesheets use nothing that is newer than the oldest supported browsers", async () => {
  const { scripts, sheets } = built();
  expect(Object.keys(scripts).sort()).toEqual(["console.js", "ocp-log-backup-panel.js", "page.js"]);
  const found = {};
  for (const [name, text] of Object.entries(scripts)) found[name] = await inScript(text);
  for (const [name, text] of Object.entries(sheets)) found[name] = await inSheet(text);
  for (const name of Object.keys(found)) found[name] = found[name].filter((message) => !ASKED_FOR.some((known) => message.includes(known)));
  expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
});

for (const text of [
  "Object.groupBy([], String)", "Promise.withResolvers()", "[1].toSorted()", "new Set().union(other)", "/[a--b]/v.test('')",
  "class A { accessor b = 1 }", "navigator.serial.getPorts()",
]) test(`finds in a script: ${text}`, async () => expect(await inScript(text)).not.toEqual([]));

for (const text of [
  "a { color: color-mix(in srgb, red, blue) }", "a { & b { color: red } }", "a { b { color: red } }", "@scope (a) { b { color: red } }", "@starting-style { a { opacity: 0 } }",
  "a { field-sizing: content }", "a:user-invalid { color: red }", "a { width: round(1px, 2px) }",
]) test(`finds in a stylesheet: ${text}`, async () => expect(await inSheet(text)).not.toEqual([]));

test("the documents and the panel itself name the same browsers", () => {
  const [chrome, , firefox, safari] = BROWSERS.map((browser) => browser.split(" ").at(-1));
  const words = `Chrome or Edge ${chrome}, Firefox ${firefox} or Safari ${safari}`;
  expect(readFileSync("../src/embed/ocp-log-backup-panel.js", "utf8")).toContain(words);
  expect(readFileSync("../README.md", "utf8").replace(/\s+/g, " ")).toContain(words);
});
