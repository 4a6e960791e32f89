// What the panel must survive, as a table: a group, a fault, the words that the operator must see, and how it is played.
// faults.spec.js plays each row on the built page; docs/faults.md is written from it by faults-doc.js.
import { ENDPOINT, answer, expect, stopClock } from "./panel.js";

const MS = 1632378797357;
const GOOD = { status: "RUNNING", tenantName: "t1", delay: 5, checkpoint: "2021-09-23T14:33:17.357+0800" };
const NO_LIST = "The response has no list of tasks";

/** Words that are the whole text of an element at `selector`. Words alone may be a part of any text. */
const at = (selector, words) => ({ selector, words });
/** All that a cell of a row says in its first line. */
const cell = (column, words) => at(`[part=row] .${column} .main`, words);
/** What the pointer over a cell of the first row shows besides. */
const hint = (column, words) => ({ hovered: `[part=row] .${column}`, words });
/** Which tasks are shown, of how many. */
const total = (words) => at(".total", words);
/** What the operator reads of one of the words of a fault. */
export const wording = (seen) => seen.words ?? seen;

/** Shows an answer of these rows. */
const rows = (...rows) => async ({ panel }) => {
  await panel.answers(answer(rows));
  await panel.open("", "ready");
};
const row = (fields) => rows({ ...GOOD, ...fields });
/** Shows an answer with this body, and waits for `state`. */
const body = (body, state = "ready", query = "") => async ({ panel }) => {
  await panel.answers(body);
  await panel.open(query, state);
};
const data = (data, state) => body({ ...answer([]), data }, state);
/** Opens a task's details. */
const details = (fields) => async ({ panel }) => {
  await row(fields)({ panel });
  await panel.rows.first().locator("[part=open]").click();
};
/** Answers one after the other, with a refresh in between, and none by itself. */
const session = (...answers) => async ({ panel, page }) => {
  let turn = 0;
  await page.route(ENDPOINT, (route) => route.fulfill({ json: answers[turn++] }));
  await panel.open("refresh=0", "ready|empty");
  while (turn < answers.length) {
    const asked = page.waitForRequest(ENDPOINT);
    await page.locator("[part=refresh]").click();
    await asked;
    await panel.answered();
  }
};
async function openDiagnostics({ page }) {
  await page.locator("[part=diagnostics]").click();
}
/** Which pages the pager offers. */
const pages = (...numbers) => async ({ page }) => {
  await expect(page.locator(".pages").getByRole("button")).toHaveText(numbers);
};
const then = (...steps) => async (fixtures) => { for (const step of steps) await step(fixtures); };

let clusters = 2_000_000;
/** A fault of the preview server: on the first question, after which it recovers, and on a refresh, which keeps the rows. */
const fault = (name, title) => playFault((clusters += 1), name, title);
const playFault = (cluster, name, title) => async ({ panel, page }) => {
  await panel.fault(cluster, name);
  await panel.open(`cluster=${cluster}`, "error");
  await expect(page.getByRole("alert").filter({ hasText: title })).toBeVisible();
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await panel.fault(cluster, "none");
  // Some failures are tried again by themselves, and may be gone before a click on "Try again" lands.
  await page.locator("[part=refresh]").click();
  await panel.rests("ready");
  await expect(page.getByText(title)).toHaveCount(0);
  await panel.fault(cluster, name);
  await page.locator("[part=refresh]").click();
  await panel.rests("stale");
  await expect(panel.rows).toHaveCount(14);
  await expect(page.getByText(/Rows as of 20/)).toBeVisible();
};

/** Asks on a clock that the test turns, and gets no answer in its time. */
const asksInVain = (cluster, name) => async ({ panel, page }) => {
  await panel.fault(cluster, name);
  await stopClock(page);
  const asked = page.waitForRequest(ENDPOINT);
  await page.goto(`/?cluster=${cluster}`);
  await asked;
};

/** A page of a host that is not ours, around `panels`. */
export const host = (style, panels = '<ocp-log-backup-panel cluster-id="1000006"></ocp-log-backup-panel>', headers = {}) =>
  async ({ panel, page }) => {
    const html = `<!doctype html><html lang="en"><head><style>${style}</style>
      <script type="module" src="/ocp-log-backup-panel.js"></script></head><body>${panels}</body></html>`;
    await page.route("**/host", (route) => route.fulfill({ contentType: "text/html", body: html, headers }));
    await page.goto("/host");
    await expect(panel.element.first()).toHaveAttribute("data-state", /ready|error/);
  };
/** The panel has the size and the look that it has anywhere. */
async function looksRight({ panel, page }) {
  const box = await panel.rows.first().boundingBox();
  expect(box.height).toBeGreaterThan(30);
  const look = await page.locator(".title").first().evaluate((title) => [getComputedStyle(title).fontSize, getComputedStyle(title).direction]);
  expect(look).toEqual(["16px", "ltr"]);
}
/** Starts with this answer for the wasm, or for another file, of which the console says `complaint`. */
const wasm = (answer, complaint, file = /_bg\.wasm/) => async ({ panel, page }) => {
  await page.route(file, answer);
  panel.complains(complaint);
  await page.goto("/?cluster=1000006");
  await panel.rests();
};
const pick = (start, end) => async ({ panel, page }) => {
  await panel.open("cluster=1000006", "ready");
  await page.getByRole("button", { name: "Custom" }).click();
  if (start) await page.getByLabel("Start").fill(start);
  if (end) await page.getByLabel("End").fill(end);
  await page.getByRole("button", { name: "Apply" }).click();
};
const invalidCluster = (id) => async ({ panel, page }) => {
  let asked = 0;
  page.on("request", (request) => { if (request.url().includes("/api/")) asked += 1; });
  await panel.open(`cluster=${encodeURIComponent(id)}`, "error");
  expect(asked).toBe(0);
};
/** The endpoint at another origin, which does not allow this page. */
async function cors({ panel, page }) {
  const panels = '<ocp-log-backup-panel cluster-id="1000006" base-url="http://127.0.0.1:8191"></ocp-log-backup-panel>';
  await host("", panels)({ panel, page });
  await panel.rests("error");
  panel.complains("blocked by CORS policy");
}

const CHECKPOINT = [cell("checkpoint", "2021-09-23 14:33:17")];
const DELAY = [cell("delay", "1 min 17 s"), hint("delay", "77.6421 s")];
const COMPUTED = [cell("delay", "1 min 17 s"), hint("delay", "77.792 s, computed")];
const NEEDS_SIGN_IN = "You are not signed in to OCP";
const SERVER_ERROR = "OCP reported an internal error";
const GATEWAY = "The proxy can't reach OCP";
const BLOCKED = "The request did not get through to OCP";
const NOT_OCP = "This response is not from OCP";
const NOT_STARTED = "The log backup panel could not start";

export const MATRIX = {
  Numbers: [
    ["delay 77.6421", DELAY, row({ delay: 77.6421 })],
    ["delay 98", [cell("delay", "1 min 38 s")], row({ delay: 98 })],
    ['delay "77.6421"', DELAY, row({ delay: "77.6421" })],
    ["neither delay nor checkpoint under RUNNING", [cell("delay", "Unknown"), "1 task needs attention"], row({ delay: null, checkpoint: null })],
    ["delay null", COMPUTED, row({ delay: null })],
    ["delay absent", COMPUTED, row({ delay: undefined })],
    ['delay ""', COMPUTED, row({ delay: "" })],
    ["delay -0.4", [cell("delay", "0 s")], row({ delay: -0.4 })],
    ["delay -28800", [cell("delay", "8 h ahead"), "Checkpoint ahead of the database clock"], row({ delay: -28800 })],
    ["delay 1.79e9", [cell("delay", "No checkpoint yet"), "1 task needs attention"], row({ delay: 1.79e9 })],
    ["delay 1e308", [cell("delay", "No checkpoint yet")], row({ delay: 1e308 })],
    ["ids as strings", [hint("tenant", "ID 7")], row({ tenantId: "7" })],
    ["an id of 0", [hint("tenant", "ID 0")], row({ tenantId: 0 })],
    ["an id over 2^53", [hint("tenant", "ID 9007199254740993")], body(JSON.stringify(answer([{ ...GOOD, tenantId: 1 }])).replace('"tenantId":1', '"tenantId":9007199254740993'))],
    ["totals as strings", [total("1–1 of 41")], body(answer([GOOD], { totalElements: "41" }))],
    ["a total of 0 above rows", [total("1–1 of 1")], body(answer([GOOD], { totalElements: 0 }))],
    ["a total over 2^53", [total("1–1 of 9,007,199,254,740,993")], body(answer([GOOD], { totalElements: "9007199254740993" }))],
    ["totals that shrink between pages: 11, then 9 on page 2", ["Page 2 does not exist", "Go to the last page"], async ({ panel, page }) => {
      await page.route(ENDPOINT, (route) => route.fulfill({
        json: route.request().url().includes("page=1") ? answer(Array(10).fill(GOOD), { totalElements: 11 }) : answer([], { totalElements: 9 }),
      }));
      await panel.open("size=10&scope=page", "ready");
      await page.locator("[part=next]").click();
      await panel.rests("empty");
    }],
    ["a total smaller than what is shown", [total("1–3 of 3")], body(answer([GOOD, GOOD, GOOD], { totalElements: 1 }))],
    ["a body with bare NaN", ["Invalid JSON, repaired"], then(body(JSON.stringify(answer([GOOD])).replace('"delay":5', '"delay":NaN')), openDiagnostics)],
  ],
  Times: [
    ["+0800", CHECKPOINT, row({ checkpoint: "2021-09-23T14:33:17.357+0800" })],
    ["+08:00", CHECKPOINT, row({ checkpoint: "2021-09-23T14:33:17+08:00" })],
    ["Z", CHECKPOINT, row({ checkpoint: "2021-09-23T06:33:17Z" })],
    ["+05:45", CHECKPOINT, row({ checkpoint: "2021-09-23T12:18:17+05:45" })],
    ["-00:00", CHECKPOINT, row({ checkpoint: "2021-09-23T06:33:17-00:00" })],
    ["9 fraction digits", CHECKPOINT, row({ checkpoint: "2021-09-23T14:33:17.357123456+0800" })],
    ["no offset: the answer's own", CHECKPOINT, row({ checkpoint: "2021-09-23T14:33:17" })],
    ["a space for T", CHECKPOINT, row({ checkpoint: "2021-09-23 14:33:17" })],
    ["epoch milliseconds", CHECKPOINT, row({ checkpoint: MS })],
    ["text that is no time", [cell("checkpoint", "soon")], row({ checkpoint: "soon" })],
    ["year 1", ["0001-01-01"], row({ createTime: "0001-01-01T00:00:00Z" })],
    ["year 1970", [cell("checkpoint", "1970-01-01 08:00:00"), cell("delay", "No checkpoint yet")], row({ checkpoint: "1970-01-01T00:00:00Z", delay: 1632378875.1 })],
    ["year 9999", [cell("created", "9999-06-30 08:00:00")], row({ createTime: "9999-06-30T00:00:00Z" })],
    ["a checkpoint in the future", [cell("delay", "1 h ahead")], row({ checkpoint: "2021-09-23T15:34:35.149+0800", delay: -3600 })],
    ["a checkpoint that goes backwards", ["checkpoint moved backwards"], session(answer([GOOD]), answer([{ ...GOOD, checkpoint: "2021-09-23T14:00:00+0800" }]))],
    ["a browser clock hours off", ["This browser's clock is 8 h ahead of OCP's. That looks like a time-zone error of 8 h."], async ({ panel, page }) => {
      await page.clock.setSystemTime(Date.now() + 8 * 3_600_000);
      await panel.open("cluster=1000006", "ready");
    }],
    ["a database clock hours off", ["The database's clock is 8 h ahead of OCP's. That looks like a time-zone error of 8 h."], row({ checkpoint: "2021-09-23T22:34:30.149+0800" })],
    ["a DST gap in the picker", ["2026-03-08 03:30:00 UTC-04:00 → 2026-03-08 04:00:00 UTC-04:00"], async (fixtures) => {
      await fixtures.inZone("America/New_York", async ({ panel, page }) => {
        const asked = page.waitForRequest((request) => request.url().includes("startTime"));
        await pick("2026-03-08T02:30:00", "2026-03-08T04:00:00")({ panel, page });
        expect(new URL((await asked).url()).searchParams.get("startTime")).toBe("2026-03-08T07:30:00.000Z");
      });
    }],
    ["a DST overlap in the picker: the earlier", ["2026-11-01 01:30:00 UTC-04:00 → 2026-11-01 04:00:00"], async (fixtures) => {
      await fixtures.inZone("America/New_York", async ({ panel, page }) => {
        const asked = page.waitForRequest((request) => request.url().includes("startTime"));
        await pick("2026-11-01T01:30:00", "2026-11-01T04:00:00")({ panel, page });
        expect(new URL((await asked).url()).searchParams.get("startTime")).toBe("2026-11-01T05:30:00.000Z");
      });
    }],
    ["start after end", ["The end must be after the start."], pick("2026-11-02T08:00:00", "2026-11-01T08:00:00")],
    ["only one end", ["Enter both ends: the end is missing."], pick("2026-11-02T08:00:00", "")],
    ["a range of 56 years", ["OCP refused the request", "must not be longer than"], pick("1970-01-02T00:00:00", "2026-01-01T00:00:00")],
  ],
  Shapes: [
    ["totalPage", [total("1–1")], then(body(answer([GOOD], { totalPage: 3 })), pages("1", "2", "3"))],
    ["totalPages", [total("1–1")], then(body(answer([GOOD], { totalPages: 3 })), pages("1", "2", "3"))],
    ["no total at all", [total("1–1")], then(body(answer([GOOD], {})), pages("1"))],
    ["page missing", [cell("tenant", "t1")], data({ contents: [GOOD] })],
    ["contents empty under a total of 3", ["OCP counts 3 tasks but lists none here"], body(answer([], { totalElements: 3 }), "empty")],
    ["contents null under a total of 3", [NOT_OCP, NO_LIST], data({ contents: null, page: { totalElements: 3 } }, "error")],
    ["contents missing", [NOT_OCP, NO_LIST], data({ page: {} }, "error")],
    ["data null with successful: true", [NOT_OCP, NO_LIST], data(null, "error")],
    ["200 with successful: false", ["OCP could not complete the request", "Unexpected internal server error"], fault("unsuccessful-200", "OCP could not complete the request")],
    ["an unknown status", [cell("status", "Unknown (ARCHIVING)"), "Not judged: unknown status", "Diagnostics (1)"], row({ status: "ARCHIVING" })],
    ["a status in other case", [cell("status", "In progress")], row({ status: " running " })],
    ["a status of null", [cell("status", "Not started")], row({ status: null })],
    ["a status that is a number", [cell("status", "Unknown (7)")], row({ status: 7 })],
    ["one malformed row among 50", ["Rows not listed because they could not be read (1): row 18 (null)"], async ({ panel }) => {
      await rows(...Array.from({ length: 50 }, (_, index) => (index === 17 ? null : { ...GOOD, tenantName: `t${index}` })))({ panel });
      await expect(panel.page.getByText("1–20 of 49")).toBeVisible();
    }],
    ["identical rows without ids", [total("1–3 of 3")], async ({ panel }) => {
      await rows({ status: "RUNNING" }, { status: "RUNNING" }, { status: "RUNNING" })({ panel });
      await expect(panel.rows).toHaveCount(3);
    }],
    ["rows reordered at every refresh", [cell("tenant", "t1"), cell("tenant", "t2")], async ({ panel, page }) => {
      const pair = [GOOD, { ...GOOD, tenantName: "t2" }];
      await session(answer(pair), answer([...pair].reverse()), answer(pair))({ panel, page });
      await expect(page.getByText("no longer listed")).toHaveCount(0);
    }],
    ["a row that vanishes", ["t2: no longer listed"], session(answer([GOOD, { ...GOOD, tenantName: "t2" }]), answer([GOOD]))],
    ["a row that returns", ["t2: listed again · 1 more change"], session(answer([GOOD, { ...GOOD, tenantName: "t2" }]), answer([GOOD]), answer([GOOD, { ...GOOD, tenantName: "t2" }]))],
    ["a status that changes", ["t1: In progress → Interrupted"], session(answer([GOOD]), answer([{ ...GOOD, status: "INTERRUPTED" }]))],
    ["a checkpoint that stands still under RUNNING", ["Stalled since", "t1: stalled: the checkpoint does not advance"], session(...Array.from({ length: 6 }, (_, turn) => (
      { ...answer([{ ...GOOD, delay: 700 + 30 * turn }]), timestamp: new Date(MS + 30_000 * turn).toISOString() }
    )))],
    ["extra and renamed fields", ["Diagnostics (2)", "Unknown field · contents[].tenant_name · string × 1"], then(row({ tenant_name: "t", extra: { a: [1] } }), openDiagnostics)],
    ["an unknown field nested 200 deep", [cell("tenant", "t1"), "Unknown field · contents[].deep · array × 1"], then(
      row({ deep: JSON.parse("[".repeat(200) + "]".repeat(200)) }), openDiagnostics,
    )],
    ["an unknown field nested 100,000 deep", [cell("tenant", "t1")], body(JSON.stringify(answer([{ ...GOOD, deep: 0 }])).replace('"deep":0', `"deep":${"[".repeat(100_000)}${"]".repeat(100_000)}`))],
  ],
  Volume: [
    ["0 rows", ["This cluster has no log backup task: point-in-time recovery is not possible"], body(answer([]), "empty")],
    ["1 row", [total("1–1 of 1")], row({})],
    ["2,000 rows in a page", [total("1–2,000 of 3,217")], async ({ panel }) => {
      await panel.open("size=2000", "ready");
      await expect(panel.rows).toHaveCount(2000);
    }],
    ["100,000 rows though 10 were asked for", ["OCP sent 100,000 tasks instead of 10; the first 2,000 are listed."], async ({ panel }) => {
      const many = Array.from({ length: 100_000 }, (_, index) => ({ ...GOOD, tenantName: `t${index}`, clusterId: 5, backupUri: `oss://b/p${index}?access_key=SECRET` }));
      await body(answer(many), "ready", "size=10")({ panel });
      await expect(panel.page.getByText("1–10 of 2,000")).toBeVisible();
    }],
    ["page 5,000 of 5,001", [total("49,991–49,991 of 50,010")], body(answer([GOOD], { totalElements: 50010 }), "ready", "page=5000&size=10")],
    ["a URI of 2 kB", ["more characters. Open the details to read them all."], row({ backupUri: `file:///${"a/".repeat(1000)}` })],
    ["an errorMsg of 5 MB", ["more characters. Open the details to read them all.", "Text too long, truncated · contents[].errorMsg × 1"], then(details({ errorMsg: "disk is full; ".repeat(375_000) }), async ({ page }) => {
      await expect(page.getByText("more characters are not shown.").first()).toBeVisible();
      await expect(page.getByRole("button", { name: "Copy all" })).toBeVisible();
      await page.keyboard.press("Escape");
    }, openDiagnostics)],
  ],
  Text: [
    ["errorMsg with HTML, script, SVG", ["<script>alert(2)</script><svg"], async ({ panel, page }) => {
      page.on("dialog", () => { throw new Error("a script ran"); });
      const hostile = "<img src=x onerror=alert(1)><script>alert(2)</script><svg onload=alert(3)>\" onload";
      await row({ errorMsg: hostile, status: hostile, tenantName: hostile, clusterName: hostile, backupMode: hostile })({ panel });
      expect(await panel.element.evaluate((element) => element.shadowRoot.querySelectorAll("img, script, a, svg:not(.icon), [onload]").length)).toBe(0);
    }],
    ["100 kB without a space", ["99,800 more characters"], row({ errorMsg: "x".repeat(100_000) })],
    ["backupUri javascript:, data:", [cell("uri", "javascript:alert(4)"), cell("uri", "data:text/html,x")], async ({ panel }) => {
      await rows({ ...GOOD, backupUri: "javascript:alert(4)" }, { ...GOOD, backupUri: "data:text/html,x" })({ panel });
      expect(await panel.element.evaluate((element) => element.shadowRoot.querySelectorAll("a, [href], [src]").length)).toBe(0);
    }],
    ["credentials in backupUri and errorMsg, encoded and in other case", ["ACCESS_KEY=***", "access_key=***"], async ({ panel }) => {
      await rows(
        { ...GOOD, backupUri: "oss://b/p?host=h&ACCESS_KEY=S3CR3T", errorMsg: "put oss://b/p?access%5Fkey=S3CR3T failed" },
        { ...GOOD, backupUri: "s3://u:S3CR3T@h/p", errorMsg: "access_key%253DS3CR3T" },
      )({ panel });
      expect(await panel.element.evaluate((element) => element.shadowRoot.innerHTML)).not.toMatch(/S3CR3T/i);
    }],
    ["right-to-left text", [cell("tenant", "שלום")], row({ tenantName: "שלום" })],
    ["bidi overrides", [cell("tenant", "⟨U+202e⟩gnp.exe")], row({ tenantName: "\u202Egnp.exe" })],
    ["emoji families", [cell("tenant", "👨‍👩‍👧")], row({ tenantName: "👨‍👩‍👧" })],
    ["NUL", [cell("tenant", "a⟨U+0000⟩b")], row({ tenantName: "a\0b" })],
    ["a lone surrogate", [cell("tenant", "x\uFFFDy")], body(JSON.stringify(answer([GOOD])).replace('"t1"', '"x\\ud800y"'))],
    ["an empty name", [cell("tenant", "ID 7")], row({ tenantName: "", tenantId: 7 })],
    ["a name of only spaces", [cell("tenant", "ID 7")], row({ tenantName: "   ", tenantId: 7 })],
    ["text that starts with = + - @", [cell("tenant", "=1+1"), cell("tenant", "@cmd")], rows({ ...GOOD, tenantName: "=1+1" }, { ...GOOD, tenantName: "@cmd" })],
  ],
  HTTP: [
    ["HTML with 200", [NOT_OCP, "A web page came instead of data."], fault("html-200", NOT_OCP)],
    ["a sign-in page with 200", [NEEDS_SIGN_IN], fault("sign-in-200", NEEDS_SIGN_IN)],
    ["JSON served as text/html", [total("1–14 of 14")], async ({ panel }) => {
      await panel.fault(2_100_000, "json-as-html");
      await panel.open("cluster=2100000", "ready");
    }],
    ["204", [NOT_OCP, "The response is empty."], fault("no-content", NOT_OCP)],
    ["empty 200", [NOT_OCP, "The response is empty."], fault("empty-200", NOT_OCP)],
    ["302 to a login page, same origin", [NEEDS_SIGN_IN], fault("redirect-same-origin", NEEDS_SIGN_IN)],
    ["302 to a login page, cross origin", [NEEDS_SIGN_IN], fault("redirect-cross-origin", NEEDS_SIGN_IN)],
    ["401 as JSON", [NEEDS_SIGN_IN, "Authentication required"], fault("401", NEEDS_SIGN_IN)],
    ["401 with a Basic challenge", [NEEDS_SIGN_IN], async ({ panel, page }) => {
      await page.route(ENDPOINT, (route) => route.fulfill({ status: 401, headers: { "WWW-Authenticate": 'Basic realm="OCP"' }, json: {} }));
      await panel.open("", "error");
    }],
    ["401 only on page 2", [NEEDS_SIGN_IN, "Rows as of"], async ({ panel, page }) => {
      await panel.fault(2_100_001, "401-page-2");
      await panel.open("cluster=2100001&size=10&scope=page", "ready");
      await page.locator("[part=next]").click();
      await panel.rests("stale");
      await expect(panel.rows).toHaveCount(10);
    }],
    ["401 of a gateway, in a JSON of its own with 200", [NEEDS_SIGN_IN, "Please log in first"], fault("gateway-401", NEEDS_SIGN_IN)],
    ["403 of a gateway, in a JSON of its own with 200", ["You are not permitted to view this cluster's backups", "not allowed"], body({ success: false, errorCode: "403", errorMessage: "not allowed" }, "error")],
    ["405 as a firewall's HTML", [BLOCKED, "Something between here and OCP refused the request (405, HTML)."], fault("405-html", BLOCKED)],
    ["403", ["You are not permitted to view this cluster's backups", "Permission denied"], fault("403", "You are not permitted to view this cluster's backups")],
    ["404 as JSON (no such cluster)", ["OCP has no such cluster", "60001"], fault("404-json", "OCP has no such cluster")],
    ["404 as a proxy's HTML", ["OCP is not at this address", "Check base-url"], fault("404-html", "OCP is not at this address")],
    ["429 with RateLimit-Reset", ["OCP is limiting requests", "Wait 7 s"], fault("429-reset", "OCP is limiting requests")],
    ["429 with Retry-After", ["OCP is limiting requests", "Wait 7 s"], fault("429-retry-after", "OCP is limiting requests")],
    ["429 with Retry-After as a date", ["OCP is limiting requests", "Wait 90 s"], async ({ panel, page }) => {
      const now = Date.now();
      const date = (ms) => new Date(ms).toUTCString();
      await page.route(ENDPOINT, (route) => route.fulfill({ status: 429, headers: { Date: date(now), "Retry-After": date(now + 90_000) }, json: {} }));
      await panel.open("", "error");
    }],
    ["500 for another range than that of the rows", [SERVER_ERROR, "the last request failed. They belong to an earlier query."], async ({ panel, page }) => {
      await page.route(ENDPOINT, (route) => (route.request().url().includes("startTime")
        ? route.fulfill({ status: 500, json: { error: { code: 1, message: "boom" }, successful: false } })
        : route.fulfill({ json: answer([GOOD]) })));
      await panel.open("", "ready");
      await page.getByRole("button", { name: "Last 1 hour" }).click();
      await panel.rests("stale");
    }],
    ["500 as JSON", [SERVER_ERROR, "COM10010"], fault("500-json", SERVER_ERROR)],
    ["502 as HTML", [GATEWAY, "502"], fault("502-html", GATEWAY)],
    ["503 as HTML", [GATEWAY, "503"], fault("503-html", GATEWAY)],
    ["504 as HTML", [GATEWAY, "504"], fault("504-html", GATEWAY)],
    ["a body in GBK", [cell("tenant", "租户一")], async ({ panel, page }) => {
      const [before, after] = JSON.stringify(answer([GOOD])).split("t1");
      const gbk = Buffer.concat([Buffer.from(before), Buffer.from("d7e2bba7d2bb", "hex"), Buffer.from(after)]);
      await page.route(ENDPOINT, (route) => route.fulfill({ contentType: "application/json;charset=GBK", body: gbk }));
      await panel.open("", "ready");
    }],
    ["a cache in between: the same answer again", ["The same response came again (trace ID 0e74add7846c479c), probably from a cache between here and OCP.", "Last known (2021-09-23 14:34:35): "], async (fixtures) => {
      const cached = { ...answer([GOOD]), traceId: "0e74add7846c479c" };
      await session(cached, cached)(fixtures);
      await fixtures.panel.rests("stale");
      await expect(fixtures.page.getByText("browser's clock")).toHaveCount(0);
    }],
    ["a cache in between: an Age of 600 s", ["This response was already 10 min old when it came (trace ID t-1), probably from a cache between here and OCP.", "These rows are 10 min old."], async ({ panel, page }) => {
      await stopClock(page);
      const headers = { "Content-Type": "application/json", Age: "600" };
      await page.route(ENDPOINT, (route) => route.fulfill({ headers, body: JSON.stringify(answer([GOOD])) }));
      await panel.open("", "stale");
      await expect(page.getByText("browser's clock")).toHaveCount(0);
    }],
    ["a truncated body", [NOT_OCP, "is cut off"], fault("truncated", NOT_OCP)],
    ["a reset mid-body", ["The connection was lost", "was cut off"], fault("reset", "The connection was lost")],
    ["one byte a second", ["OCP does not answer"], then(asksInVain(2_100_002, "trickle"), async ({ panel, page }) => {
      await page.clock.runFor(16_000);
      await panel.rests("error");
    })],
    ["no answer at all", ["OCP does not answer", "No response came within 15 seconds."], then(asksInVain(2_100_003, "silence"), async ({ panel, page }) => {
      await page.clock.runFor(4000);
      await expect(page.getByText("Still waiting for OCP")).toBeVisible();
      await page.clock.runFor(12_000);
      await panel.rests("error");
    })],
    ["connection refused", ["OCP can't be reached"], async ({ panel, page }) => {
      await page.route(ENDPOINT, (route) => route.abort("connectionrefused"));
      await panel.open("", "error");
    }],
    ["offline", ["OCP can't be reached", "Rows as of"], async ({ panel, page, context }) => {
      await panel.open("cluster=1000006", "ready");
      await context.setOffline(true);
      await page.locator("[part=refresh]").click();
      await panel.rests("stale");
      await expect(panel.rows).toHaveCount(14);
    }],
    ["a CORS refusal", ["OCP can't be reached", "OCP must allow it (CORS)"], cors],
  ],
  "Order and life cycle": [
    ["answers out of order", [total("21–40 of 3,217")], async ({ panel, page }) => {
      await panel.open("", "ready");
      const held = [];
      await page.route(/page=3&/, (route) => held.push(route));
      await page.getByRole("button", { name: "Page 3", exact: true }).click();
      await expect.poll(() => held.length).toBe(1);
      await page.getByRole("button", { name: "Page 2", exact: true }).click();
      await panel.rests("ready");
      // Aborted by then, so that the answer can't even be delivered.
      await held[0].fulfill({ json: answer([GOOD]) }).catch(() => {});
    }],
    ["a double click on refresh", [total("1–14 of 14")], async ({ panel, page }) => {
      await panel.open("cluster=1000006", "ready");
      await page.locator("[part=refresh]").dblclick();
      await panel.rests("ready");
      await expect(panel.rows).toHaveCount(14);
    }],
    ["a range change during a retry", ["In progress"], async ({ panel, page }) => {
      await page.route((url) => ENDPOINT.test(url.href) && !url.searchParams.has("startTime"), (route) => route.abort());
      await panel.open("cluster=1000006", "error");
      await page.getByRole("button", { name: "Last 30 days" }).click();
      await panel.rests("ready");
      await expect(page.getByText("OCP can't be reached")).toHaveCount(0);
    }],
    ["removal from the page with a request in flight", [], async ({ panel, page }) => {
      await panel.fault(2_100_004, "silence");
      const asked = page.waitForRequest(ENDPOINT);
      const failed = page.waitForEvent("requestfailed", (request) => ENDPOINT.test(request.url()));
      await page.goto("/?cluster=2100004");
      await asked;
      await panel.element.evaluate((element) => element.remove());
      expect((await failed).failure().errorText).toContain("ABORTED");
    }],
    ["moved in the DOM", [total("1–14 of 14")], async ({ panel }) => {
      await panel.open("cluster=1000006", "ready");
      const same = await panel.element.evaluate(async (element) => {
        const row = element.shadowRoot.querySelector("[part=row]");
        document.body.append(element);
        await null;
        return element.shadowRoot.querySelector("[part=row]") === row;
      });
      expect(same).toBe(true);
    }],
    ["hidden and shown 50 times", [total("1–14 of 14")], async ({ panel, page }) => {
      await stopClock(page);
      await panel.open("cluster=1000006", "ready");
      let asked = 0;
      page.on("request", (request) => { if (ENDPOINT.test(request.url())) asked += 1; });
      await page.evaluate(() => {
        for (let turn = 0; turn < 100; turn += 1) {
          Object.defineProperty(document, "hidden", { value: turn % 2 === 0, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }
      });
      // Nothing but the next question at its time: a task is starting, so in 5 s, give or take a tenth.
      await page.clock.runFor(4000);
      await expect(page.locator("[part=refresh]")).toHaveText(/^Refresh · [12] s$/);
      expect(asked).toBe(0);
      await page.clock.runFor(2000);
      await expect.poll(() => asked).toBe(1);
    }],
    ["a laptop asleep for 8 hours", [total("1–14 of 14")], async ({ panel, page }) => {
      await stopClock(page);
      await panel.open("cluster=1000006", "ready");
      await page.clock.runFor(2000);
      const asked = page.waitForRequest(ENDPOINT);
      await page.clock.fastForward(8 * 3_600_000);
      await asked;
      await panel.answered();
    }],
    ["attributes changed mid-flight", [total("1–10 of 14")], async ({ panel, page }) => {
      await panel.fault(2_100_005, "silence");
      const asked = page.waitForRequest(ENDPOINT);
      await page.goto("/?cluster=2100005");
      await asked;
      await panel.element.evaluate((element) => {
        element.setAttribute("cluster-id", "1000006");
        element.setAttribute("page-size", "10");
      });
      await panel.rests("ready");
    }],
    ['clusterId "../../x"', ["No valid cluster ID", "“../../x”"], invalidCluster("../../x")],
    ['clusterId "1?page=2"', ["No valid cluster ID", "“1?page=2”"], invalidCluster("1?page=2")],
    ['clusterId ""', ["No valid cluster ID"], host("", '<ocp-log-backup-panel cluster-id=" "></ocp-log-backup-panel>')],
    ["clusterId in full-width digits", ["No valid cluster ID", "“１２３”"], invalidCluster("１２３")],
    ["20 panels on one page", [total("1–14 of 14")], async ({ panel, page }) => {
      await host("", '<ocp-log-backup-panel cluster-id="1000006"></ocp-log-backup-panel>'.repeat(20))({ panel, page });
      for (let index = 0; index < 20; index += 1) {
        await expect(panel.element.nth(index)).toHaveAttribute("data-state", "ready");
      }
      await expect(panel.rows).toHaveCount(280);
    }],
    ["1,000 mounts and unmounts", [], async ({ panel, page }) => {
      await page.route(ENDPOINT, (route) => route.fulfill({ json: answer([GOOD]) }));
      await panel.open("", "ready");
      const withNodes = await page.evaluate(async () => {
        const task = () => new Promise((resolve) => { const port = new MessageChannel(); port.port1.onmessage = resolve; port.port2.postMessage(0); });
        const gone = [];
        for (let turn = 0; turn < 1000; turn += 1) {
          const panel = document.createElement("ocp-log-backup-panel");
          panel.setAttribute("cluster-id", "1");
          document.body.append(panel);
          await task();
          // Most leave while they load, some once they are shown.
          if (turn % 100 === 0) while (!panel.shadowRoot.childElementCount) await new Promise(requestAnimationFrame);
          panel.remove();
          await task();
          gone.push(panel);
        }
        const turns = () => gone.flatMap((panel, turn) => (panel.shadowRoot.childElementCount ? [turn] : []));
        const kept = turns();
        gone.forEach((panel) => panel.dispose());
        return { kept, disposed: turns() };
      });
      // The last three may be put back, and keep what they have.
      expect(withNodes.kept.filter((turn) => turn < 997)).toEqual([]);
      expect(withNodes.disposed).toEqual([]);
      await panel.rests("ready");
    }],
  ],
  "Host page": [
    ["* { all: unset }", [total("1–14 of 14")], then(host("* { all: unset }"), looksRight)],
    ["a huge font size", [total("1–14 of 14")], then(host("html, body { font-size: 90px; line-height: 5 }"), looksRight)],
    ["a font size of zero", [total("1–14 of 14")], then(host("html, body { font-size: 0 }"), looksRight)],
    ["a right-to-left page", [total("1–14 of 14")], then(host("html { direction: rtl }"), looksRight)],
    ["forced colours", [total("1–14 of 14")], async ({ panel, page }) => {
      await page.emulateMedia({ forcedColors: "active" });
      await panel.open("cluster=1000006", "ready");
    }],
    ["320 px", [total("1–14 of 14")], async ({ panel, page }) => {
      await page.setViewportSize({ width: 320, height: 800 });
      await panel.open("cluster=1000006", "ready");
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    }],
    ["400 % zoom", [total("1–14 of 14")], async ({ panel, page }) => {
      await page.setViewportSize({ width: 320, height: 225 });
      await panel.open("cluster=1000006", "ready");
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    }],
    ["print", ["In progress"], async ({ panel, page }) => {
      await panel.open("cluster=1000006", "ready");
      await page.emulateMedia({ media: "print" });
      for (const control of await page.getByRole("button").or(page.locator("input, select")).all()) {
        // What names a task, a column or a count is no mere control.
        if (!await control.evaluate((node) => node.matches(".open, .turn, .chip, .name, .loss") || !node.getRootNode().host)) await expect(control).toBeHidden();
      }
    }],
    ["a strict CSP with Trusted Types", [total("1–14 of 14")], async ({ panel, page }) => {
      const policy = page.waitForResponse((response) => response.url().endsWith("/?cluster=1000006"));
      await panel.open("cluster=1000006", "ready");
      const header = (await policy).headers()["content-security-policy"];
      expect(header).toContain("require-trusted-types-for 'script'");
      expect(header).not.toContain("unsafe-inline");
    }],
    ["no wasm-unsafe-eval", [NOT_STARTED, "allows 'wasm-unsafe-eval'"], then(
      host("", undefined, { "Content-Security-Policy": "script-src 'self'" }),
      async ({ panel }) => panel.complains("CSP: script-src wasm-eval", "<ocp-log-backup-panel>: "),
    )],
    ["localStorage that throws", [total("1–14 of 14")], async ({ panel, page }) => {
      await page.addInitScript(() => {
        for (const name of ["localStorage", "sessionStorage"]) {
          Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
        }
      });
      await panel.open("cluster=1000006", "ready");
    }],
    ["no clipboard", ["Copied"], async ({ panel, page }) => {
      await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "clipboard", { value: undefined }));
      await panel.fault(2_100_006, "403");
      await panel.open("cluster=2100006", "error");
      await page.getByRole("button", { name: "Copy details" }).click();
    }],
    ["the element defined twice", [total("1–14 of 14")], async ({ panel, page }) => {
      await panel.open("cluster=1000006", "ready");
      await page.evaluate(() => import("/ocp-log-backup-panel.js?another-version"));
      await panel.rests("ready");
    }],
    ["the .wasm missing", [NOT_STARTED, "HTTP 404"], wasm((route) => route.fulfill({ status: 404, body: "" }), "HTTP 404")],
    ["the .wasm truncated", [NOT_STARTED], wasm(async (route) => {
      const whole = await (await route.fetch()).body();
      await route.fulfill({ contentType: "application/wasm", body: whole.subarray(0, whole.length / 2) });
    }, "<ocp-log-backup-panel>: CompileError")],
    ["the texts missing", [NOT_STARTED, "en-US.txt: HTTP 404"], wasm((route) => route.fulfill({ status: 404, body: "" }), "HTTP 404", /en-US\.txt/)],
    ["a page in place of the texts", [NOT_STARTED, "en-US.txt is of another build"], wasm((route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }), "another build", /en-US\.txt/)],
    ["the .wasm with a wrong MIME type", [total("1–14 of 14")], wasm(async (route) => {
      await route.fulfill({ contentType: "text/plain", body: await (await route.fetch()).body() });
    }, "MIME type")],
  ],
};
