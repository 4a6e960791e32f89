// What the tests of both servers in front of the panel and of OCP share: nginx and Caddy, as the archive brings them.
import { readFileSync } from "node:fs";

import { expect, test as base } from "./panel.js";

export const ENDPOINT = "/api/v2/ob/clusters/1000006/backup/task/logBackupTasks";
/** The list of clusters, with all that may be asked of it. */
export const CLUSTERS = "/api/v2/ob/clusters?page=1&size=20&sort=name%2Casc&name=prod%26a&status=RUNNING";
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

/** Opens the panel behind `front`, signs in to OCP in the tab that it opens, and comes back to the rows. OCP leads that tab to the same view. */
export async function signIn(panel, page, front) {
  await page.goto(`${front.origin}/log-backup/?cluster=1000006&lang=en`);
  await panel.rests("error");
  const [login] = await Promise.all([page.waitForEvent("popup"), page.getByRole("link", { name: "Sign in to OCP" }).click()]);
  await login.getByRole("button", { name: "Sign in" }).click();
  await login.waitForURL(/cluster=1000006/);
  await login.close();
  // Playwright hides no page behind another.
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await panel.rests("ready");
  await expect(panel.rows).toHaveCount(1);
}

/** Signs in to OCP by a link that tells it the view to go back to, and comes back to its rows. OCP gets the link as it was. */
export async function comeBack(panel, page, front) {
  const view = "/log-backup/?cluster=1000006&range=24h&find=a%2Fb+c&lang=en";
  const link = `/login?callback=${encodeURIComponent(view)}`;
  await page.goto(front.origin + link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(front.origin + view);
  await panel.rests("ready");
  expect(front.heard[0].url).toBe(link);
}

/** Queries of OCP's sign-in that OCP gets as they are. */
export const KEPT = ["callback=%2Flog-backup%2F%3Fcluster%3D5%26find%3Da%252Fb", "callback=/log-backup/?cluster=5", "callback=/", "lang=zh-CN&_=1&code=a%2Fb"];
/** Queries of OCP's sign-in that would lead the browser to another place, or that may be read in two ways. */
export const ASTRAY = [
  "callback=https%3A%2F%2Fevil.example", "callback=https://evil.example/", "callback=//evil.example", "callback=%2F%2Fevil.example", "callback=/%5Cevil.example",
  "callback=%2F%09%2Fevil.example", "callback=javascript%3Aalert(1)", "callback=%09//evil.example", "Callback=//evil.example", "callback[]=//evil.example",
  "callback=/log-backup/&callback=//evil.example", "callback=//evil.example&callback=/log-backup/", "c%61llback=//evil.example", "x=1&callback=//evil.example",
  "x=1&%63allback=//evil.example",
];

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
