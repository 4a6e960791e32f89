// The archive of the site, as an operator gets it.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const [, VERSION] = /^version = "(.+)"/m.exec(readFileSync("../Cargo.toml", "utf8"));
export const ARCHIVE = `../target/package/ocp-log-backup-site-${VERSION}.tar.gz`;

/** Unpacks it into `dir`, and returns the folder that comes out. */
export function unpack(dir) {
  execFileSync("tar", ["-xzf", ARCHIVE, "-C", dir]);
  return join(dir, `ocp-log-backup-site-${VERSION}`);
}
