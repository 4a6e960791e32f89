// The package as a host gets it: what examples/react installed from the tarball.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { fileURLToPath } from "node:url";
import { licensed } from "../package/third-party.mjs";
import { expect, test } from "./panel.js";

const folder = new URL("../examples/react/node_modules/ocp-log-backup-panel/", import.meta.url);
const read = (name) => readFileSync(new URL(name, folder));
const json = (name) => JSON.parse(read(name));
const hash = (algorithm, encoding, name) => createHash(algorithm).update(read(name)).digest(encoding);

test("names each of its files with its checksum", () => {
  const files = readdirSync(folder).filter((name) => !["SHA256SUMS", "integrity.json"].includes(name)).sort();
  expect(files).toEqual([
    "LICENSE", "README.md", "THIRD-PARTY-LICENSES", "custom-elements.json", "en-US.txt", expect.stringMatching(/^later-[0-9a-f]{16}\.wasm$/), "log-backup-panel_bg.wasm", "ocp-log-backup-panel.d.ts",
    "ocp-log-backup-panel.js", "package.json", "react.d.ts", "react.js", "sbom.cdx.json", "zh-CN.txt",
  ]);
  expect(read("SHA256SUMS").toString()).toBe(files.map((name) => `${hash("sha256", "hex", name)}  ${name}\n`).join(""));
  expect(json("integrity.json")).toEqual(Object.fromEntries(files.map((name) => [name, `sha384-${hash("sha384", "base64", name)}`])));
  for (const link of read("README.md").toString().matchAll(/\]\((?!https?:|#)([^)]+)\)/g)) expect(files).toContain(link[1]);
});

const root = fileURLToPath(new URL("..", import.meta.url));
/** Crates with their versions, as cargo's own tree of the panel's dependencies has them. */
const tree = (edges) => {
  const args = ["tree", "--locked", "--target", "wasm32-unknown-unknown", "--edges", edges, "--prefix", "none", "--format", "{p}"];
  const [, ...lines] = execFileSync("cargo", args, { cwd: root, encoding: "utf8" }).trim().split("\n");
  return [...new Set(lines.map((line) => line.replace(/^(\S+) v(\S+).*/, "$1 $2")))];
};

test("names all that it is made of, and brings their licences", () => {
  const [licences, bill] = [read("THIRD-PARTY-LICENSES").toString(), json("sbom.cdx.json")];
  const named = bill.components.map(({ name, version }) => `${name} ${version}`);
  const made = [...tree("normal"), expect.stringMatching(/^rust-std 1\.\d+/), expect.stringMatching(/^@lit\/react \d/)];
  expect([...named].sort()).toEqual(expect.arrayContaining(made));
  expect(named).toHaveLength(made.length);
  // What is in it is told apart from the macros that ran while it was built.
  const required = bill.components.filter(({ scope }) => scope === "required").map(({ name, version }) => `${name} ${version}`);
  expect(required).toEqual(expect.arrayContaining(tree("normal,no-proc-macro")));
  for (const component of named) {
    expect(licences).toContain(`\n  ${component}: `);
    // Over a text.
    expect(licences.split("=".repeat(80)).filter((part) => part.trim().split(", ").includes(component)), component).not.toEqual([]);
  }
  // From the sources of a crate that has them, and for one that has none.
  for (const words of ["Copyright (c) 2014 Alex Crichton", "Copyright (c) Greg Johnston\n\nPermission is hereby granted", "UNICODE LICENSE V3"]) {
    expect(licences).toContain(words);
  }
  for (const { purl, hashes } of bill.components.filter(({ purl }) => !purl.includes("rust-std"))) expect(hashes, purl).toHaveLength(1);
  const refs = new Set([bill.metadata.component["bom-ref"], ...bill.components.map((component) => component["bom-ref"])]);
  expect(bill.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]).filter((ref) => !refs.has(ref))).toEqual([]);
});

test("is not made of what is under a licence that nobody allowed", () => {
  const crate = (license, texts = ["its text"]) => ({ name: "odd", version: "1.0.0", license, authors: [], texts });
  for (const license of ["MIT/Apache-2.0", "GPL-3.0-only OR MIT", "(MIT OR Apache-2.0) AND Unicode-3.0"]) licensed([crate(license)]);
  for (const license of ["GPL-3.0-only", "MIT AND AGPL-3.0-only", "none", "LicenseRef-mine"]) {
    expect(() => licensed([crate(license)])).toThrow(`odd 1.0.0 is under ${license}, which deny.toml does not allow`);
  }
  expect(() => licensed([crate("Zlib", [])])).toThrow("odd 1.0.0 brings no text of its licence");
});

test("tells nothing of the machine that built it", () => {
  const home = process.env.CARGO_HOME ?? `${homedir()}/.cargo`;
  // Where the sources of the panel, of its crates and of Rust lie, here and anywhere.
  const places = [root, `${homedir()}/`, `${home}/`, ".cargo/registry/", "registry/src/", ".rustup/", "lib/rustlib/"].filter((place) => place.length > 2);
  const dist = new URL("../dist/", import.meta.url);
  for (const dir of [folder, dist]) {
    for (const name of readdirSync(dir).filter((name) => !/\.(br|gz)$/.test(name))) {
      const bytes = readFileSync(new URL(name, dir));
      expect(places.filter((place) => bytes.includes(place)), name).toEqual([]);
    }
  }
});

test("is loaded by a script tag that checks its integrity", async ({ panel, page }) => {
  await page.route("**/package/*", (route) => route.fulfill({
    contentType: { wasm: "application/wasm", js: "text/javascript" }[route.request().url().split(".").at(-1)] ?? "text/plain",
    body: read(new URL(route.request().url()).pathname.split("/").at(-1)),
  }));
  await page.route("**/host", (route) => route.fulfill({ contentType: "text/html", body: `<!doctype html><html lang="en">
    <script type="module" src="/package/ocp-log-backup-panel.js" integrity="${json("integrity.json")["ocp-log-backup-panel.js"]}"></script>
    <ocp-log-backup-panel cluster-id="1000006"></ocp-log-backup-panel>` }));
  await page.goto("/host");
  await panel.rests("ready");
});

test("describes to editors the element that it is", async ({ page }) => {
  await page.goto("/");
  const [element] = json("custom-elements.json").modules[0].declarations;
  const { attributes, members } = await page.evaluate(async (members) => {
    const { OcpLogBackupPanel } = await import("/ocp-log-backup-panel.js");
    return { attributes: OcpLogBackupPanel.observedAttributes, members: members.filter((name) => name in OcpLogBackupPanel.prototype) };
  }, [...element.attributes.map(({ fieldName }) => fieldName), ...element.members.map(({ name }) => name)]);
  expect(element.attributes.map(({ name }) => name).sort()).toEqual([...attributes].sort());
  expect(members).toHaveLength(element.attributes.length + element.members.length);
  expect(element.attributes.every(({ default: value, description }) => value && description)).toBe(true);
});

test("can be imported where there are no elements", async () => {
  const module = await import(new URL("ocp-log-backup-panel.js", folder));
  expect(Object.keys(module).sort()).toEqual(["LINK", "OcpLogBackupPanel", "mountPanel"]);
});
