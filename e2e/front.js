// What the tests of both servers in front of the panel and of OCP share: nginx of the README and Caddy of docs/embedding.md.
import { readFileSync } from "node:fs";

import { expect, test as base } from "./panel.js";

export const ENDPOINT = "/api/v2/ob/clusters/1000006/backup/task/logBackupTasks";
export const COOKIE = { Cookie: "OCP_SESSION=s3cret" };
/** Certificates of an OCP that no server must take, as `startServer` makes them. */
export const REFUSED = [["is for another name", { host: "other.example.com" }], ["is by another authority", { isTrusted: false }]];

/** Tests with a server that `start` starts in front of an OCP, by the name `front`. */
export const testsOf = (start) => base.extend({
  // The browser does not know the test's authority. The server, whose checks are tested, does.
  ignoreHTTPSErrors: true,
  /** The certificate of the OCP behind it, see `startServer`. */
  ocp: [{}, { option: true }],
  front: async ({ ocp }, use) => {
    const front = await start(ocp);
    await use(front);
    await front.stop();
  },
});

/** Opens the panel behind `front`, signs in to OCP as it asks to, and comes back to the rows. */
export async function signIn(panel, page, front) {
  await page.goto(`${front.origin}/log-backup/?cluster=1000006&lang=en`);
  await panel.rests("error");
  await page.getByRole("link", { name: "Sign in to OCP" }).click();
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveTitle("Signed in");
  await page.goBack();
  await panel.rests("ready");
  await expect(panel.rows).toHaveCount(1);
}

/** The files of the panel by path, with the type of each. */
export const FILES = [
  ["/log-backup/", "text/html"], ["/log-backup/page.js", "text/javascript"], ["/log-backup/page.css", "text/css"],
  ["/log-backup/log-backup-panel_bg.wasm", "application/wasm"],
];

/** Expects of an answer the headers under which the panel is tested. */
export function isGuarded({ headers }, what) {
  const promised = readFileSync("../preview/security-headers.txt", "utf8").trim().split("\n").map((line) => line.split(": "));
  for (const [name, value] of promised) expect(headers[name.toLowerCase()], `${name} of ${what}`).toBe(value);
}
