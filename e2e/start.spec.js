// How a panel starts: its first request leaves while the wasm is still on its way, and is the only one.
import { facts } from "../package/facts.mjs";
import { ENDPOINT, answer, expect, stopClock, test } from "./panel.js";

const GOOD = { status: "RUNNING", tenantName: "t1", delay: 5, checkpoint: "2021-09-23T14:33:17.357+0800" };

/** A page of a host that is not ours, with a panel of these attributes. */
async function visit(page, attributes = "", script = "") {
  const body = `<!doctype html><html lang="en"><head><script type="module" src="/ocp-log-backup-panel.js"></script></head>
    <body><ocp-log-backup-panel cluster-id="1000006" ${attributes}></ocp-log-backup-panel><script type="module">${script}</script></body></html>`;
  await page.route("**/host", (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto("/host");
}

/** Holds the wasm back until `until` has come, and counts the requests. */
async function slowly(page, until = Promise.resolve()) {
  const asked = [];
  page.on("request", (request) => { if (ENDPOINT.test(request.url())) asked.push(request); });
  await page.route(/_bg\.wasm$/, async (route) => {
    await until;
    await route.continue();
  });
  return asked;
}

test("the first request does not wait for the wasm, and is the only one", async ({ panel, page }) => {
  const asked = await slowly(page, page.waitForRequest(ENDPOINT));
  await panel.open("cluster=1000006&page=1&size=20&lang=zh&refresh=0", "ready");
  expect(asked).toHaveLength(1);
  const [request] = asked;
  const headers = await request.allHeaders();
  expect([headers.accept, headers["accept-language"]]).toEqual(["application/json", "zh-CN"]);
  // Asked again by hand: the very same.
  const again = page.waitForRequest(ENDPOINT);
  await page.locator("[part=refresh]").click();
  const second = await again;
  expect(second.url()).toBe(request.url());
  const named = ["accept", "accept-language", "cache-control", "pragma", "sec-fetch-mode", "sec-fetch-site", "cookie"];
  const next = await second.allHeaders();
  for (const name of named) expect(next[name], name).toBe(headers[name]);
});

for (const language of facts.languages) {
  test(`the first request is in the panel's language and the only one: ${language}`, async ({ panel, page }) => {
    const asked = await slowly(page, page.waitForRequest(ENDPOINT));
    await panel.open(`cluster=1000006&lang=${language}&refresh=0`, "ready");
    await expect(page.locator("ocp-log-backup-panel .panel")).toHaveAttribute("lang", language);
    expect(await Promise.all(asked.map((request) => request.headerValue("accept-language")))).toEqual([language]);
  });
}

test("its failures are those of any request", async ({ panel, page }) => {
  const asked = await slowly(page, page.waitForRequest(ENDPOINT));
  await page.route(ENDPOINT, (route) => route.abort());
  await panel.open("cluster=1000006&refresh=0", "error");
  await expect(page.getByRole("alert").filter({ hasText: "OCP can't be reached" })).toBeVisible();
  expect(asked).toHaveLength(1);
});

test("an answer that came before the wasm is as old as it is", async ({ panel, page }) => {
  await stopClock(page, "2021-09-23T06:34:35Z");
  await page.addInitScript(() => {
    const { fetch } = window;
    window.fetch = async (...given) => {
      const answer = await fetch(...given);
      window.answered ||= String(given[0]).includes("logBackupTasks");
      return answer;
    };
  });
  await slowly(page, page.waitForRequest(/_bg\.wasm$/).then(async () => {
    // The first request leaves in a task of its own, which is a timer of no time.
    await expect.poll(async () => {
      await page.clock.runFor(1);
      return page.evaluate(() => window.answered);
    }).toBe(true);
    await page.clock.runFor(39_500);
  }));
  await panel.answers(answer([GOOD]));
  await panel.open("cluster=1000006&refresh=0", "ready");
  await expect(page.locator(".footer")).toContainText("40 s ago");
});

for (const [name, attributes] of [
  ["a relative range", 'range="24h"'], ["a start and an end", 'start="2021-09-23T00:00:00Z" end="2021-09-24T00:00:00Z"'], ["a bad base URL", 'base-url="ftp://ocp"'],
]) {
  test(`nothing leaves before the wasm with ${name}`, async ({ panel, page }) => {
    let come;
    const asked = await slowly(page, new Promise((resolve) => { come = resolve; }));
    // Timers run in the order in which they were set.
    await visit(page, attributes, "setTimeout(() => setTimeout(() => { globalThis.waited = true; }))");
    await page.waitForFunction(() => globalThis.waited);
    expect(asked).toHaveLength(0);
    come();
    await panel.rests();
  });
}

test("what the host sets before the wasm has come is heeded: the early request is given up", async ({ panel, page }) => {
  const asked = await slowly(page, page.waitForRequest(ENDPOINT).then(() => page.evaluate(() => {
    const panel = document.querySelector("ocp-log-backup-panel");
    panel.headers = () => ({ Authorization: "Bearer t" });
    panel.pageSize = 50;
  })));
  await visit(page);
  await panel.rests("ready");
  expect(asked).toHaveLength(2);
  expect(new URL(asked[1].url()).searchParams.get("size")).toBe("50");
  expect((await asked[1].allHeaders()).authorization).toBe("Bearer t");
});
