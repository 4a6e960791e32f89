// The archive of the site, as an operator unpacks it. nginx.spec.js and caddy.spec.js start the servers that it brings.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

import { expect, test as base } from "./panel.js";
import { ARCHIVE, VERSION, unpack } from "./site.js";

const test = base.extend({
  dir: async ({}, use) => {
    const dir = mkdtempSync(join(tmpdir(), "panel-site-"));
    await use(dir);
    rmSync(dir, { recursive: true });
  },
  folder: async ({ dir }, use) => use(unpack(dir)),
});
const sha256 = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");

test("brings what is built, two servers, and the papers, each file with its checksum", ({ folder }) => {
  const built = readdirSync("../dist").filter((name) => !/\.(br|gz)$/.test(name));
  expect(readdirSync(join(folder, "site")).sort()).toEqual(built.flatMap((name) => [name, `${name}.br`, `${name}.gz`]).sort());
  const files = readdirSync(folder, { recursive: true }).filter((name) => statSync(join(folder, name)).isFile()).sort();
  const papers = files.filter((name) => !name.startsWith("site/"));
  expect(papers).toEqual(["Caddyfile", "LICENSE", "README.md", "SHA256SUMS", "THIRD-PARTY-LICENSES", "nginx.conf", "sbom.cdx.json"]);
  const sums = files.filter((name) => name !== "SHA256SUMS").map((name) => `${sha256(join(folder, name))}  ${name}\n`);
  expect(readFileSync(join(folder, "SHA256SUMS"), "utf8")).toBe(sums.join(""));
  expect(readFileSync(`${ARCHIVE}.sha256`, "utf8")).toBe(`${sha256(ARCHIVE)}  ocp-log-backup-site-${VERSION}.tar.gz\n`);
});

test("has copies of each file that unpack to it", ({ folder }) => {
  const site = (name) => readFileSync(join(folder, "site", name));
  for (const name of readdirSync(join(folder, "site")).filter((name) => !/\.(br|gz)$/.test(name))) {
    expect(site(name).equals(readFileSync(`../dist/${name}`)), name).toBe(true);
    expect(brotliDecompressSync(site(`${name}.br`)).equals(site(name)), name).toBe(true);
    expect(gunzipSync(site(`${name}.gz`)).equals(site(name)), name).toBe(true);
  }
});

test("lists the same crates under its licences and in its bill of materials", ({ folder }) => {
  const read = (name) => readFileSync(join(folder, name), "utf8");
  const [list] = read("THIRD-PARTY-LICENSES").split("=".repeat(80));
  const licensed = [...list.matchAll(/^ {2}(\S+ \S+): /gm)].map(([, component]) => component);
  const { metadata, components } = JSON.parse(read("sbom.cdx.json"));
  expect(licensed.sort()).toEqual(components.map(({ name, version }) => `${name} ${version}`).sort());
  expect(licensed).toEqual(expect.arrayContaining([expect.stringMatching(/^leptos \d/), expect.stringMatching(/^rust-std \d/)]));
  expect(metadata.component).toMatchObject({ type: "application", name: "ocp-log-backup-site", version: VERSION });
});

test("is the same archive when it is made again, with one time for all files", ({ dir, folder }) => {
  const times = readdirSync(join(folder, "site")).map((name) => statSync(join(folder, "site", name)).mtimeMs / 1000);
  expect(new Set(times).size).toBe(1);
  execFileSync("node", ["../package/site.js", VERSION, dir], { env: { ...process.env, SOURCE_DATE_EPOCH: String(times[0]) } });
  expect(sha256(join(dir, `ocp-log-backup-site-${VERSION}.tar.gz`))).toBe(sha256(ARCHIVE));
});
