// Makes the npm package of dist/: `node package/make.js VERSION`, which `cargo xtask package` runs after a build.
// Writes target/package/ocp-log-backup-panel-VERSION/ and, beside it, the tarball.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkedDocs, declarations, facts, manifest } from "./facts.mjs";
import { bill, licences, thirdParty } from "./third-party.mjs";

const [version] = process.argv.slice(2);
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const out = join(root, "target/package", `ocp-log-backup-panel-${version}`);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const take = (from, name = from.split("/").at(-1)) => copyFileSync(join(root, from), join(out, name));
const later = readdirSync(join(root, "dist")).filter((name) => /^later-[0-9a-f]+\.wasm$/.test(name));
const texts = facts.languages.map((language) => `${language}.txt`);
for (const name of ["ocp-log-backup-panel.js", "log-backup-panel_bg.wasm", ...texts, ...later]) take(`dist/${name}`);
writeFileSync(join(out, "ocp-log-backup-panel.d.ts"), declarations());
take("package/react.d.ts");
const bundle = join(root, "target/package/react.bundle.json");
execFileSync("esbuild", [
  join(root, "package/react.js"), "--bundle", "--minify", "--format=esm", "--legal-comments=inline", "--external:react",
  "--external:./ocp-log-backup-panel.js", `--outfile=${join(out, "react.js")}`, "--log-level=warning",
  `--metafile=${bundle}`,
], { stdio: "inherit", env: { ...process.env, NODE_PATH: join(root, "e2e/node_modules") } });
// Links to what is only in the repository keep their words, and the line of languages stays there.
const docs = checkedDocs().replace(/^.*\n\n(?=# )/, "");
writeFileSync(join(out, "README.md"), docs.replaceAll(/\[([^\]]+)\]\((?!https?:|#)[^)]*\)/g, "$1"));
take("LICENSE");

const bundled = Object.keys(JSON.parse(readFileSync(bundle, "utf8")).inputs).map((path) => /node_modules\/((@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
const others = thirdParty([...new Set(bundled.filter(Boolean))]);
writeFileSync(join(out, "THIRD-PARTY-LICENSES"), licences(others));

const json = (name, value) => writeFileSync(join(out, name), `${JSON.stringify(value, null, 2)}\n`);
json("custom-elements.json", manifest());
const own = { name: "ocp-log-backup-panel", version, license: "Apache-2.0" };
json("sbom.cdx.json", bill(others, own));
json("package.json", {
  ...own, type: "module",
  description: "Web component that shows the log backup tasks of an OceanBase cluster",
  main: "ocp-log-backup-panel.js", types: "ocp-log-backup-panel.d.ts", customElements: "custom-elements.json",
  exports: {
    ".": { types: "./ocp-log-backup-panel.d.ts", default: "./ocp-log-backup-panel.js" },
    "./react": { types: "./react.d.ts", default: "./react.js" },
    "./custom-elements.json": "./custom-elements.json",
  },
  sideEffects: true,
  browserslist: JSON.parse(readFileSync(join(root, "package/browserslist.json"), "utf8")),
  peerDependencies: { react: ">=18" },
  peerDependenciesMeta: { react: { optional: true } },
});

const files = readdirSync(out).sort();
const hash = (algorithm, encoding, name) => createHash(algorithm).update(readFileSync(join(out, name))).digest(encoding);
writeFileSync(join(out, "SHA256SUMS"), files.map((name) => `${hash("sha256", "hex", name)}  ${name}\n`).join(""));
json("integrity.json", Object.fromEntries(files.map((name) => [name, `sha384-${hash("sha384", "base64", name)}`])));
execFileSync("npm", ["pack", "--silent", "--pack-destination", join(root, "target/package"), out], { stdio: ["ignore", "inherit", "inherit"] });
