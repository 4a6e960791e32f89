// What ships that others wrote: the licences of it, and a bill of materials (SBOM) as CycloneDX has it. Cargo says which crates the
// wasm is built of, and their licence texts are read where cargo keeps their sources.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const read = (...path) => readFileSync(join(root, ...path), "utf8");
// npm's packages are those of e2e/.
const require = createRequire(join(root, "e2e/package.json"));
const TARGET = "wasm32-unknown-unknown";
/** Files of a package that hold a licence or a notice. */
const TEXTS = /^((un)?licen[cs]e|copying|copyright|notice)/i;

const cargo = (...args) => execFileSync("cargo", args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "inherit"] });
/** Names with versions, `serde 1.0.229`, of what the panel depends on by `edges`. */
const tree = (edges) => {
  const lines = cargo("tree", "--locked", "--target", TARGET, "--edges", edges, "--prefix", "none", "--format", "{p}").trim().split("\n");
  return new Set(lines.slice(1).map((line) => line.replace(/^(\S+) v(\S+).*/, "$1 $2")));
};
/** What rustc says of itself: its `release`, the `host` that it runs on. */
const rustc = Object.fromEntries(execFileSync(process.env.RUSTC ?? "rustc", ["-vV"], { cwd: root, encoding: "utf8" }).split("\n").map((line) => line.split(": ")));
const textsOf = (dir) => readdirSync(dir).filter((name) => TEXTS.test(name)).sort().map((name) => readFileSync(join(dir, name), "utf8"));
const purl = (kind, name, version) => `pkg:${kind}/${name.replace("@", "%40")}@${encodeURIComponent(version)}`;

/** The crates whose code is in the wasm, and those that only ran while it was built: macros, which write code into it. */
function crates() {
  const [all, shipped] = [tree("normal"), tree("normal,no-proc-macro")];
  // Macros run on this machine, and need what it needs.
  const platforms = [TARGET, rustc.host].flatMap((platform) => ["--filter-platform", platform]);
  const { packages, resolve } = JSON.parse(cargo("metadata", "--locked", "--format-version", "1", ...platforms));
  const lock = Object.fromEntries([...read("Cargo.lock").matchAll(/name = "(.+)"\nversion = "(.+)"\nsource = .+\nchecksum = "(.+)"/g)]
    .map(([, name, version, checksum]) => [`${name} ${version}`, checksum]));
  const id = ({ name, version }) => `${name} ${version}`;
  const used = packages.filter((crate) => all.has(id(crate)));
  if (used.length !== all.size) throw new Error(`cargo metadata tells of ${used.length} crates, cargo tree of ${all.size}`);
  const purls = new Map(used.map((crate) => [crate.id, purl("cargo", crate.name, crate.version)]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const needs = (id) => nodes.get(id).deps.filter((dep) => dep.dep_kinds.some(({ kind }) => kind === null)).map((dep) => purls.get(dep.pkg)).filter(Boolean);
  const direct = new Set(needs(resolve.root));
  return used.map((crate) => ({
    purl: purls.get(crate.id), name: crate.name, version: crate.version, ships: shipped.has(id(crate)), direct: direct.has(purls.get(crate.id)),
    license: crate.license ?? "none", authors: crate.authors, url: crate.repository ?? undefined,
    hash: lock[id(crate)] && { alg: "SHA-256", content: lock[id(crate)] },
    texts: textsOf(dirname(crate.manifest_path)), needs: needs(crate.id),
  }));
}

/** Rust's standard library, which is in every wasm. Its texts are not on every machine. */
function standardLibrary() {
  return {
    purl: purl("generic", "rust-std", rustc.release), name: "rust-std", version: rustc.release, ships: true, direct: true, license: "MIT OR Apache-2.0",
    authors: ["The Rust Project contributors"], url: "https://github.com/rust-lang/rust", texts: [], needs: [],
  };
}

/** npm's packages that were bundled into a script. */
function scripts(names) {
  const lock = JSON.parse(read("e2e/package-lock.json")).packages;
  return names.map((name) => {
    const dir = join(root, "e2e/node_modules", name);
    const { version, license, author, repository } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
    const [, sha512] = lock[`node_modules/${name}`].integrity.split("sha512-");
    return {
      purl: purl("npm", name, version), name, version, ships: true, direct: true, license, authors: [author?.name ?? author].filter(Boolean),
      url: (repository?.url ?? repository)?.replace(/^git\+/, ""), hash: { alg: "SHA-512", content: Buffer.from(sha512, "base64").toString("hex") },
      texts: textsOf(dir), needs: [],
    };
  });
}

/** The licences that `deny.toml` allows. */
const allowed = () => [.../^allow = \[([^\]]*)\]/m.exec(read("deny.toml"))[1].matchAll(/"([^"]+)"/g)].map(([, name]) => name);

/**
 * `components`, each with a licence that is allowed, as SPDX writes it, and with its text. One that brings no text has that of Apache-2.0 or MIT,
 * if it is under one of them. Throws where a licence is not allowed or has no text.
 */
export function licensed(components) {
  const satisfies = require("spdx-satisfies");
  const under = (license, names) => {
    try {
      return satisfies(license, names);
    } catch {
      // No licence that SPDX knows.
      return false;
    }
  };
  return components.map((component) => {
    const { name, version, authors } = component;
    // Cargo's older form of OR.
    const license = component.license.replaceAll("/", " OR ");
    if (!under(license, allowed())) throw new Error(`${name} ${version} is under ${license}, which deny.toml does not allow`);
    if (component.texts.length) return { ...component, license };
    const texts = under(license, ["Apache-2.0"]) ? [read("LICENSE")]
      : under(license, ["MIT"]) ? [read("package/MIT.txt").replace("<authors>", () => authors.join(", ") || `the authors of ${name}`)] : [];
    if (!texts.length) throw new Error(`${name} ${version} brings no text of its licence, ${license}`);
    return { ...component, license, texts };
  });
}

/** All that others wrote and that ships; `bundled` names npm's packages in it. */
export const thirdParty = (bundled) =>
  licensed([...crates(), standardLibrary(), ...scripts(bundled)]).sort((a, b) => (a.purl < b.purl ? -1 : 1));

/** The file of licences: who is under which, and then each text once. */
export function licences(components) {
  const line = ({ name, version, license, url }) => `  ${name} ${version}: ${license}${url ? `, ${url}` : ""}\n`;
  const list = (ships) => components.filter((component) => component.ships === ships).map(line).join("");
  const texts = new Map();
  for (const { name, version, texts: own } of components) {
    for (const text of own) {
      // Crates indent and wrap the same words in their own way.
      const words = text.replaceAll(/\s+/g, " ").trim();
      if (!texts.has(words)) texts.set(words, { text: text.replaceAll("\r", "").trim(), of: new Set() });
      texts.get(words).of.add(`${name} ${version}`);
    }
  }
  const rule = "=".repeat(80);
  const blocks = [...texts.values()].map(({ text, of }) => `${rule}\n${[...of].join(", ")}\n${rule}\n\n${text}\n`);
  return `The WebAssembly and the scripts of this package are under Apache-2.0 (LICENSE). They hold code of others, under these licences:\n\n${list(true)}
These ran while it was built, and wrote code into it:\n\n${list(false)}\nTheir texts, each over the names of those that bring it:\n\n${blocks.join("\n")}`;
}

/**
 * The bill of materials of the package, as CycloneDX 1.6. No time and no number of its own: the same package has the same bill. `type` is what
 * CycloneDX calls the package, `kind` where it belongs.
 */
export function bill(components, { name, version, license }, type = "library", kind = "npm") {
  const own = purl(kind, name, version);
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json", bomFormat: "CycloneDX", specVersion: "1.6", version: 1,
    metadata: { component: { type, "bom-ref": own, name, version, licenses: [{ license: { id: license } }], purl: own } },
    components: components.map((component) => ({
      type: "library", "bom-ref": component.purl, name: component.name, version: component.version,
      // What ran only while the package was built is not in it.
      scope: component.ships ? "required" : "excluded",
      ...(component.hash && { hashes: [component.hash] }), licenses: [{ expression: component.license }], purl: component.purl,
      ...(component.url && { externalReferences: [{ type: "vcs", url: component.url }] }),
    })),
    dependencies: [
      { ref: own, dependsOn: components.filter(({ direct }) => direct).map((component) => component.purl) },
      ...components.map(({ purl: ref, needs }) => ({ ref, dependsOn: needs.toSorted() })),
    ],
  };
}
