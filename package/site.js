// Makes the archive of the static site: `node package/site.js VERSION [FOLDER]`, which `cargo xtask package` runs after it compressed what is in dist/.
// Writes ocp-log-backup-site-VERSION.tar.gz and, beside it, its checksum into FOLDER, else target/package. The same dist/ of the same commit makes the
// same bytes.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { tar } from "./tar.mjs";
import { bill, licences, thirdParty } from "./third-party.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [version, out = join(root, "target/package")] = process.argv.slice(2);
const read = (...path) => readFileSync(join(root, ...path));
const own = { name: "ocp-log-backup-site", version, license: "Apache-2.0" };

const built = readdirSync(join(root, "dist")).filter((name) => !/\.(br|gz)$/.test(name));
/** The compressed copy of `name`, which `unpack` shows to be of this build. */
function packed(name, end, unpack) {
  try {
    const copy = read("dist", name + end);
    if (unpack(copy).equals(read("dist", name))) return copy;
  } catch {
    // Missing or broken.
  }
  throw new Error(`dist/${name}${end} is no copy of dist/${name}. By hand: cargo xtask size`);
}

/**
 * The time of all files, in seconds since 1970: that of the commit. Servers tell by it and the size whether a browser's copy is of now, so it must
 * not be the same for all versions.
 */
function time() {
  if (process.env.SOURCE_DATE_EPOCH) return Number(process.env.SOURCE_DATE_EPOCH);
  try {
    return Number(execFileSync("git", ["log", "-1", "--format=%ct"], { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  } catch {
    // No checkout of git.
    return Math.floor(Math.max(...built.map((name) => statSync(join(root, "dist", name)).mtimeMs)) / 1000);
  }
}

const others = thirdParty([]);
const files = {
  LICENSE: read("LICENSE"),
  "THIRD-PARTY-LICENSES": Buffer.from(licences(others)),
  "sbom.cdx.json": Buffer.from(`${JSON.stringify(bill(others, own, "application", "generic"), null, 2)}\n`),
};
for (const name of ["Caddyfile", "README.md", "nginx.conf"]) files[name] = read("deploy", name);
for (const name of built) {
  files[`site/${name}`] = read("dist", name);
  files[`site/${name}.br`] = packed(name, ".br", brotliDecompressSync);
  files[`site/${name}.gz`] = packed(name, ".gz", gunzipSync);
}
const line = (name, bytes) => `${createHash("sha256").update(bytes).digest("hex")}  ${name}\n`;
files.SHA256SUMS = Buffer.from(Object.keys(files).sort().map((name) => line(name, files[name])).join(""));

const folder = `${own.name}-${version}`;
const archive = gzipSync(tar(Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${folder}/${name}`, bytes])), time()), { level: 9 });
// The system that it was made on: unknown.
archive[9] = 255;
mkdirSync(out, { recursive: true });
writeFileSync(join(out, `${folder}.tar.gz`), archive);
writeFileSync(join(out, `${folder}.tar.gz.sha256`), line(`${folder}.tar.gz`, archive));
