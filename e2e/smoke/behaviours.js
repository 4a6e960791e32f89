// What must work in every supported browser.
import { strict as assert } from "node:assert";

const GOOD = { status: "RUNNING", tenantName: "t1", delay: 5, checkpoint: "2021-09-23T14:33:17.357+0800" };
/** The sample answer's envelope around `rows`. */
const answer = (rows, turn = 1) => ({
  body: {
    data: { contents: rows, page: { totalElements: rows.length } }, successful: true, status: 200, duration: 7, server: "s-1", traceId: `t-${turn}`,
    timestamp: `2021-09-23T14:34:${10 + turn}.149+08:00`,
  },
});
const rows = (...rows) => (_, turn) => answer(rows.map((row) => ({ ...GOOD, ...row })), turn);
/** The names of the tasks on screen. */
const NAMES = () => words("[part=row] [part=open]");
const DIALOG = () => all("[role=dialog]").map((dialog) => dialog.getAttribute("aria-label"));

/** What a cluster whose server fails in this way must say. */
const FAILURES = [
  ["401", "Sign in"], ["403", "403"], ["404-json", "404"], ["429-retry-after", "429"], ["500-json", "500"], ["502-html", "502"], ["html-200", "not from OCP"],
  ["truncated", "not valid JSON"], ["unsuccessful-200", "OCP"], ["redirect-cross-origin", "not signed in"], ["no-content", "empty"],
];
let clusters = 3_000_000;

export const BEHAVIOURS = {
  async "lists the tasks of the cluster, and the whole list"({ panel }) {
    await panel.open('cluster-id="1000006" refresh-seconds="0"');
    await panel.becomes(14, () => all("[part=row]").length);
    await panel.says("1–14 of 14");
    assert.ok(await panel.run(() => words("[part=filter]").length > 1));
  },
  async "lays the table out: headings over their columns, in the middle of their rows, and rows in their tones"({ panel, server }) {
    server.answer = rows({ tenantName: "a", delay: 5000 }, { tenantName: "b", status: "FAILED", errorMsg: "kaboom" });
    await panel.open('cluster-id="1" refresh-seconds="0"');
    const seen = await panel.run(() => {
      const left = (selector) => Math.round(all(selector)[0].getBoundingClientRect().left);
      const middle = (element) => { const { top, height } = element.getBoundingClientRect(); return top + height / 2; };
      const [row] = all("[part=row]");
      const head = all(".head")[0];
      return {
        columns: ["status", "tenant", "delay"].map((name) => left(`.head .${name}`) - left(`[part=row] .${name}`)),
        headings: Math.abs(middle(head) - middle(all(".head .tenant .turn")[0])) <= 2,
        inset: getComputedStyle(row).boxShadow,
        dot: getComputedStyle(all("[part=row] .status .main")[0], "::before").backgroundColor,
        height: row.getBoundingClientRect().height,
        bars: getComputedStyle(all(".heads")[0]).overflowX === "auto" && all(".heads")[0].offsetHeight === all(".heads")[0].clientHeight,
      };
    });
    assert.deepEqual(seen.columns, [0, 0, 0]);
    assert.ok(seen.headings && seen.bars, JSON.stringify(seen));
    assert.match(seen.inset, /rgb\(235, 66, 66\)/);
    assert.equal(seen.dot, "rgb(235, 66, 66)");
    assert.ok(seen.height >= 44 && seen.height < 60, seen.height);
  },
  async "turns pages by mouse and by keys"({ panel }) {
    await panel.open('cluster-id="1000006" page-size="5" refresh-seconds="0" scope="page"');
    await panel.says("1–5 of 14");
    await panel.click("[part=next]");
    await panel.says("6–10 of 14");
    assert.equal((await panel.askedTimes(2)).get("page"), "2");
    await panel.focus("[part=row] [part=open]");
    await panel.session.press("]");
    await panel.says("11–14 of 14");
    await panel.session.press("[");
    await panel.says("6–10 of 14");
  },
  async "changes the page size"({ panel }) {
    await panel.open('cluster-id="1000006" page-size="5" refresh-seconds="0"');
    await panel.choose("[part=page-size]", "20");
    await panel.becomes(14, () => all("[part=row]").length);
  },
  async "takes a range by name"({ panel }) {
    await panel.open('cluster-id="1000006" refresh-seconds="0" scope="page"');
    await panel.click(".segment", "Last 24 hours");
    const asked = await panel.askedTimes(2);
    assert.equal(Date.parse(asked.get("endTime")) - Date.parse(asked.get("startTime")), 24 * 3_600_000);
  },
  async "takes a typed range, and refuses what is none"({ panel }) {
    await panel.open('cluster-id="1000006" refresh-seconds="0" scope="page" time-zone="UTC"');
    await panel.click("[part=custom-range]");
    await panel.fill("[name=start]", "gestern");
    await panel.session.press("Enter");
    await panel.becomes(["true", "false"], () => all("[name=start], [name=end]").map((input) => String(input.getAttribute("aria-invalid") === "true")));
    await panel.fill("[name=start]", "2021-09-22 10:00");
    await panel.fill("[name=end]", "2021-09-23 10:00");
    await panel.session.press("Enter");
    const asked = await panel.askedTimes(2);
    assert.deepEqual([asked.get("startTime"), asked.get("endTime")].map((time) => time.slice(0, 16)), ["2021-09-22T10:00", "2021-09-23T10:00"]);
  },
  async "takes a range from the calendar"({ panel }) {
    await panel.open('cluster-id="1000006" refresh-seconds="0" scope="page" time-zone="UTC" start="2026-11-04T00:00:00Z" end="2026-11-05T00:00:00Z"', null);
    await panel.until("an answer", () => ["ready", "empty"].includes(panel.dataset.state));
    await panel.click("[part=custom-range]");
    await panel.click(".days button", "2026-11-09");
    await panel.click(".days button", "2026-11-12");
    await panel.click(".ends .button", "Apply");
    const asked = await panel.askedTimes(2);
    assert.deepEqual([asked.get("startTime").slice(0, 10), asked.get("endTime").slice(0, 10)], ["2026-11-09", "2026-11-12"]);
  },
  async "keeps the popover of the range inside, at every width"({ panel }) {
    for (const width of [1200, 760, 700, 400, 320]) {
      await panel.host(`<div style="width:${width}px"><ocp-log-backup-panel cluster-id="1000006" refresh-seconds="0"></ocp-log-backup-panel></div>`);
      await panel.click("[part=custom-range]");
      await panel.until("the popover", () => all(".draft").length);
      const outside = await panel.run(() => {
        const outOf = (whole) => {
          const { left, right } = whole.getBoundingClientRect();
          return (part) => part.getBoundingClientRect().left < left - 1 || part.getBoundingClientRect().right > right + 1;
        };
        const [draft] = all(".draft");
        const out = [...[draft].filter(outOf(panel)), ...all(".draft *").filter(outOf(draft))];
        return out.map((element) => element.className || element.localName);
      });
      assert.deepEqual(outside, [], `${width} px`);
    }
  },
  async "filters by text and by kind"({ panel, server }) {
    server.answer = rows({ tenantName: "one" }, { tenantName: "two", status: "FAILED" }, { tenantName: "three", delay: 5000 });
    await panel.open('cluster-id="1" refresh-seconds="0"');
    await panel.fill("[part=find]", "TWO");
    await panel.becomes(["two"], NAMES);
    await panel.says("Tasks shown: 1 of 3");
    await panel.click(".filtered .button", "Show all");
    await panel.becomes(3, () => all("[part=row]").length);
    await panel.click("[part=filter]:nth-of-type(1)");
    await panel.becomes(1, () => all("[part=row]").length);
  },
  async "sorts by a heading"({ panel, server }) {
    server.answer = rows({ tenantName: "b", delay: 40 }, { tenantName: "a", delay: 1000 }, { tenantName: "c", delay: 7 });
    await panel.open('cluster-id="1" refresh-seconds="0"');
    await panel.click(".head .delay .turn");
    await panel.becomes(["a", "b", "c"], NAMES);
    await panel.click(".head .delay .turn");
    await panel.becomes(["c", "b", "a"], NAMES);
    await panel.becomes("ascending", () => all(".head .delay")[0].getAttribute("aria-sort"));
  },
  async "opens the details by a click, and the focus comes back"({ panel, server }) {
    server.answer = rows({ tenantName: "full", delay: 4000, errorMsg: "archive device is full, ret=-9082" }, { tenantName: "well" });
    await panel.open('cluster-id="1" refresh-seconds="0"');
    await panel.click("[part=row] .delay");
    await panel.says("The destination is full, or its quota is used up.", "df -h");
    await panel.session.press("Escape");
    await panel.becomes([], DIALOG);
    await panel.until("the focus on the row", () => panel.shadowRoot.activeElement?.textContent === "full");
  },
  async "opens no details where text is selected"({ panel, server }) {
    server.answer = rows({ tenantName: "t", errorMsg: "archive device is full, ret=-9082" });
    await panel.open('cluster-id="1" refresh-seconds="0"');
    await panel.run(() => {
      const [cell] = all("[part=row] .error .main");
      const tell = (type, x) => cell.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, clientX: x, clientY: 10, detail: 1 }));
      tell("mousedown", 10);
      tell("click", 90);
    });
    await panel.becomes([], DIALOG);
  },
  async "is worked by keys"({ panel, server }) {
    server.answer = rows({ tenantName: "a" }, { tenantName: "b" }, { tenantName: "c" });
    await panel.open('cluster-id="1" refresh-seconds="0"');
    const focused = () => panel.shadowRoot.activeElement?.textContent;
    await panel.focus("[part=row] [part=open]");
    await panel.session.press("ArrowDown");
    await panel.becomes("b", focused);
    await panel.session.press("ArrowUp");
    await panel.becomes("a", focused);
    await panel.session.press("Enter");
    await panel.becomes(["Task details"], DIALOG);
    // The second file is on its way.
    await panel.until("the details with the focus", () => all(".pairs").length && Boolean(panel.shadowRoot.activeElement?.closest("[role=dialog]")));
    await panel.session.press("ArrowRight");
    await panel.until("the details of b", () => words("[role=dialog] .title").includes("b"));
    await panel.session.press("Escape");
    await panel.becomes([], DIALOG);
    await panel.session.press("?");
    await panel.becomes(["Keyboard"], DIALOG);
    await panel.session.press("Escape");
    await panel.session.press("/");
    await panel.until("the focus in the filter", () => panel.shadowRoot.activeElement?.matches("[part=find]"));
    const asked = server.asked.length;
    await panel.focus("[part=row] [part=open]");
    await panel.session.press("r");
    await panel.askedTimes(asked + 1);
  },
  async "keeps what is typed into its fields from the shortcuts of the host"({ panel }) {
    await panel.open('cluster-id="1000006" refresh-seconds="0"');
    await panel.run(() => {
      window.heard = [];
      for (const type of ["keydown", "keypress", "keyup"]) document.addEventListener(type, ({ key }) => window.heard.push(key));
    });
    await panel.fill("[part=find]", "sys");
    await panel.session.press("Escape");
    await panel.becomes(["Escape"], () => [...new Set(window.heard)]);
  },
  async "copies, and says that it did"({ panel, server }) {
    server.answer = rows({ tenantName: "t", errorMsg: "kaboom" });
    await panel.open('cluster-id="1" refresh-seconds="0"');
    await panel.click("[part=diagnostics]");
    await panel.until("the report's button", () => all("[role=dialog] .button").some((button) => /report/i.test(button.textContent)));
    await panel.click("[role=dialog] .button", await panel.run(() => words("[role=dialog] .button").find((name) => /report/i.test(name))));
    await panel.until("“Copied”", () => words("[role=dialog] .button").includes("Copied"));
  },
  async "copies the old way where there is no clipboard, or shows the text selected"({ panel, server }) {
    server.answer = rows({ tenantName: "t" });
    await panel.open('cluster-id="1" refresh-seconds="0"');
    await panel.run(() => { Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true }); });
    await panel.click("[part=more]");
    await panel.click(".menu [part=export]");
    await panel.click("[role=dialog] .button", "Copy as CSV");
    const said = await panel.until("an outcome", () => words("[role=dialog] .button").find((name) => /^Cop(ied|ying)/.test(name)));
    if (said !== "Copied") assert.match(await panel.run(() => all("textarea")[0].value), /delaySeconds/);
    // A browser that refuses that as well.
    await panel.run(() => { document.execCommand = () => false; });
    await panel.click("[role=dialog] .button", "Copy as Markdown");
    await panel.until("the selected text", () => {
      const [field] = all("textarea");
      return Boolean(field) && panel.shadowRoot.activeElement === field && field.value.includes("| t ") && field.selectionEnd === field.value.length;
    });
  },
  async "makes files"({ panel, server }) {
    server.answer = rows({ tenantName: "t", delay: 77 });
    await panel.open('cluster-id="1" refresh-seconds="0"');
    await panel.run(() => {
      const { createObjectURL } = URL;
      URL.createObjectURL = (blob) => {
        blob.text().then((text) => { window.saved = text; });
        return createObjectURL.call(URL, blob);
      };
      HTMLAnchorElement.prototype.click = function click() { window.savedAs = this.download; };
    });
    await panel.click("[part=more]");
    await panel.click(".menu [part=export]");
    await panel.click("[role=dialog] .button", "CSV");
    const [name, text] = await panel.until("a file", () => window.saved && [window.savedAs, window.saved]);
    assert.match(name, /\.csv$/);
    assert.match(text, /^\uFEFF?[^\n]*delaySeconds[^\n]*\n.*77/);
  },
  async "is light and dark, as it is told and as the page is"({ panel }) {
    await panel.host('<ocp-log-backup-panel cluster-id="1000006" refresh-seconds="0"></ocp-log-backup-panel>', "ready", "<style>.dark { color-scheme: dark }</style>");
    const colours = () => {
      const { color, backgroundColor } = getComputedStyle(all(".card")[0]);
      return [color, backgroundColor];
    };
    const [light, dark] = [["rgb(19, 32, 57)", "rgb(255, 255, 255)"], ["rgb(227, 232, 242)", "rgb(21, 27, 40)"]];
    await panel.becomes(light, colours);
    await panel.run(() => { panel.theme = "dark"; });
    await panel.becomes(dark, colours);
    await panel.run(() => { panel.theme = "auto"; });
    await panel.becomes(light, colours);
    await panel.run(() => { document.documentElement.className = "dark"; });
    await panel.becomes(dark, colours);
    await panel.run(() => { document.documentElement.dataset.theme = "light"; });
    await panel.becomes(light, colours);
    await panel.run(() => { document.documentElement.removeAttribute("data-theme"); document.documentElement.className = ""; });
    await panel.becomes(light, colours);
  },
  async "colours the parts that come later, too"({ panel }) {
    await panel.open('cluster-id="1000006" refresh-seconds="0" theme="dark"');
    await panel.click("[part=custom-range]");
    await panel.until("the popover", () => all(".draft").length);
    await panel.becomes(["rgb(21, 27, 40)", true], () => {
      const { backgroundColor, boxShadow } = getComputedStyle(all(".draft")[0]);
      return [backgroundColor, boxShadow.includes("rgba(0, 0, 0, 0.53")];
    });
  },
  async "speaks Chinese, and changes its language"({ panel }) {
    await panel.open('cluster-id="1000006" refresh-seconds="0" lang="zh-CN"');
    await panel.says("日志备份", "租户");
    await panel.run(() => { panel.lang = "en"; });
    await panel.says("Log backup");
  },
  async "fits 320 px"({ panel }) {
    await panel.host('<div style="width:320px"><ocp-log-backup-panel cluster-id="1000006" refresh-seconds="0"></ocp-log-backup-panel></div>');
    const wide = () => all("*").filter((element) => element.getBoundingClientRect().right > panel.getBoundingClientRect().left + 321 && !element.closest(".heads")).map((element) => element.className);
    assert.deepEqual(await panel.run(wide), []);
    await panel.click("[part=row] [part=open]");
    await panel.until("the details", () => all(".pairs").length);
    assert.deepEqual(await panel.run(wide), []);
  },
  ...Object.fromEntries(FAILURES.map(([fault, said]) => [`says what failed: ${fault}`, async ({ panel, server }) => {
    const cluster = clusters += 1;
    await server.fault(cluster, fault);
    await panel.open(`cluster-id="${cluster}" refresh-seconds="0"`, null);
    await panel.until(`an alert with “${said}”`, (said) => panel.dataset.state === "error" && words("[role=alert]").some((alert) => alert.toLowerCase().includes(said.toLowerCase())), said);
  }])),
  async "keeps the rows, with their age, when a refresh fails, and asks again by its button"({ panel, server }) {
    server.answer = (url, turn) => (turn === 2 ? { status: 403, body: {} } : answer([GOOD], turn));
    await panel.open('cluster-id="1" refresh-seconds="0" scope="page"');
    await panel.click("[part=refresh]");
    await panel.until("an old list", () => panel.dataset.state === "stale" && all("[part=row]").length === 1);
    await panel.click("[part=refresh]");
    await panel.rests("ready");
  },
  async "refreshes by itself"({ panel, server }) {
    let turn = 0;
    server.answer = () => answer([{ ...GOOD, tenantName: `t${turn += 1}` }], turn);
    await panel.open('cluster-id="1" refresh-seconds="5"');
    await panel.becomes(["t2"], NAMES);
  },
  async "rests while its tab of the host is hidden, and asks when it is shown"({ panel, server }) {
    server.answer = rows({});
    await panel.host('<div id="tab"><ocp-log-backup-panel cluster-id="1" refresh-seconds="5"></ocp-log-backup-panel></div><ocp-log-backup-panel cluster-id="2" refresh-seconds="5"></ocp-log-backup-panel>');
    await panel.run(() => { document.querySelector("#tab").style.display = "none"; });
    const of = (cluster) => server.asked.filter(({ url }) => url.pathname.includes(`/clusters/${cluster}/`)).length;
    const before = of(1);
    // The other one tells when the time has passed.
    const end = Date.now() + 30_000;
    while (of(2) < 3 && Date.now() < end) await panel.run(() => null);
    assert.equal(of(1), before);
    assert.ok(of(2) >= 3);
    await panel.run(() => { document.querySelector("#tab").style.display = ""; });
    while (of(1) === before && Date.now() < end) await panel.run(() => null);
    assert.equal(of(1), before + 1);
  },
  async "rests in a hidden page"({ panel, server }) {
    server.answer = rows({});
    await panel.open('cluster-id="1" refresh-seconds="5"');
    await panel.run(() => {
      Object.defineProperty(document, "hidden", { value: true, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
      window.ticks = 0;
      setInterval(() => { window.ticks += 1; }, 1000);
    });
    const before = server.asked.length;
    await panel.until("seven seconds", () => window.ticks >= 7);
    assert.equal(server.asked.length, before);
    await panel.run(() => {
      delete document.hidden;
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await panel.askedTimes(before + 1);
  },
  async "shows 20 panels, which share one WebAssembly"({ panel }) {
    await panel.host('<ocp-log-backup-panel cluster-id="1000006" page-size="5" refresh-seconds="0"></ocp-log-backup-panel>'.repeat(20), null);
    await panel.until("20 panels", () => panels.every((panel) => panel.dataset.state === "ready"));
    assert.equal(await panel.run(() => performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("log-backup-panel_bg.wasm")).length), 1);
    assert.ok(await panel.run(() => panels.every((one) => one.shadowRoot.adoptedStyleSheets[0] === panel.shadowRoot.adoptedStyleSheets[0])));
  },
  async "is mounted and removed by function"({ panel, server }) {
    server.answer = rows({});
    await panel.host('<div id="here"></div><script type="module">import { mountPanel } from "/ocp-log-backup-panel.js"; window.mountPanel = mountPanel;</script>', null);
    await panel.until("the module", () => Boolean(window.mountPanel));
    await panel.run(() => {
      window.heard = [];
      const on = { "ocp-data-load": ({ detail }) => window.heard.push(detail.total) };
      window.mounted = window.mountPanel(document.querySelector("#here"), { clusterId: 7, refreshSeconds: 0, headers: () => ({ "X-Host": "yes" }), on });
    });
    await panel.rests("ready");
    assert.equal(server.asked[0].headers["x-host"], "yes");
    await panel.becomes([1], () => window.heard.slice(0, 1));
    assert.deepEqual(await panel.run(async () => {
      window.mounted.unmount();
      await null;
      return [document.querySelector("#here").childElementCount, window.mounted.element.shadowRoot.childElementCount];
    }), [0, 0]);
  },
  async "comes back as it was left"({ panel }) {
    await panel.open('cluster-id="1000006" page-size="5" refresh-seconds="0" scope="page"');
    await panel.click("[part=next]");
    await panel.says("6–10 of 14");
    await panel.run(() => { window.taken = panel; panel.remove(); });
    await panel.run(() => document.body.append(window.taken));
    await panel.rests("ready");
    await panel.says("6–10 of 14");
  },
  async "keeps its styles in another document, and on the way back"({ panel, server }) {
    server.answer = rows({});
    await panel.host('<ocp-log-backup-panel cluster-id="1" refresh-seconds="0"></ocp-log-backup-panel><iframe title="other" width="800" height="400"></iframe>');
    const styled = async (where) => {
      const [radius, sheets] = await panel.until(where, () => {
        const { shadowRoot } = window.moved;
        const card = shadowRoot.querySelector(".card");
        return card && [card.ownerDocument.defaultView.getComputedStyle(card).borderTopLeftRadius, shadowRoot.adoptedStyleSheets.length];
      });
      assert.deepEqual([radius, sheets > 0], ["8px", true], where);
    };
    await panel.run(() => { window.moved = panel; document.querySelector("iframe").contentDocument.body.append(panel); });
    await styled("in the frame");
    await panel.run(() => document.body.append(window.moved));
    await styled("back");
    // First connected there.
    await panel.run(() => {
      window.moved = document.createElement("ocp-log-backup-panel");
      window.moved.clusterId = 1;
      document.querySelector("iframe").contentDocument.body.append(window.moved);
    });
    await styled("first in the frame");
  },
  async "links to the page, whatever its base is"({ panel, server }) {
    await panel.host('<ocp-log-backup-panel cluster-id="1000006" refresh-seconds="0"></ocp-log-backup-panel>', "ready", '<base href="/console/">');
    assert.match(await panel.run(() => panel.getLink()), new RegExp(`^${server.origin}/host\\?`));
  },
  async "chooses columns and density, and remembers them"({ panel }) {
    await panel.open('cluster-id="1000006" refresh-seconds="0"');
    await panel.click("[part=more]");
    await panel.click(".menu [part=display]");
    await panel.choose("[name=density]", "compact");
    await panel.becomes("compact", () => all(".root")[0].dataset.density);
    await panel.session.goto(`${panel.server.origin}/host`);
    await panel.rests("ready");
    await panel.becomes("compact", () => all(".root")[0].dataset.density);
    await panel.run(() => localStorage.clear());
  },
  async "shows cards of several clusters, on the page of its own"({ panel, server, session }) {
    await session.goto(`${server.origin}/?clusters=1000005,1000006,1000007`);
    await panel.until("three cards", () => document.querySelectorAll("article .as-of").length === 3);
    await panel.becomes(["critical", "critical", "warning"], () => [...document.querySelectorAll("article")].map((card) => card.dataset.tone));
  },
  async "finds a cluster by its name, on the page of its own"({ panel, server, session }) {
    await session.goto(`${server.origin}/?lang=en`);
    await panel.until("a list", () => document.querySelectorAll(".clusters tbody tr").length === 20);
    await panel.run(() => {
      const search = document.querySelector(".clusters input[type=search]");
      search.value = "trade_hz";
      search.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await panel.until("the cluster", () => document.querySelector(".clusters tbody th")?.textContent.startsWith("trade_hz:8"));
    await panel.run(() => document.querySelector(".clusters tbody a").click());
    await panel.rests("ready");
    await panel.until("the bar", () => Boolean(document.querySelector(".bar .alarm-switch")));
  },
  async "keeps its view in the URL, on the page of its own"({ panel, server, session }) {
    await session.goto(`${server.origin}/?cluster=1000006&size=5&refresh=0&lang=en`);
    await panel.rests("ready");
    await panel.click("[part=next]");
    await panel.until("page 2 in the URL", () => location.search.includes("page=2"));
    await panel.run(() => history.back());
    await panel.says("1–5 of 14");
  },
  async "says that it could not start, and starts when it can"({ panel, server }) {
    server.pages["/log-backup-panel_bg.wasm"] = { body: "nothing", headers: { "Content-Type": "text/plain" } };
    await panel.open('cluster-id="1000006" refresh-seconds="0"', null);
    await panel.says("The log backup panel could not start");
    delete server.pages["/log-backup-panel_bg.wasm"];
    await panel.click("button", "Try again");
    await panel.rests("ready");
  },
  async "works in a sandboxed frame of no origin"({ panel, server }) {
    // What is served to an origin of none must be allowed to all.
    server.headers = { "Access-Control-Allow-Origin": "*" };
    server.answer = () => ({ ...answer([GOOD]), headers: server.headers });
    server.pages["/framed"] = { headers: server.headers, body: `<!doctype html><html lang="en"><script type="module">
      import "/ocp-log-backup-panel.js";
      const panel = document.querySelector("ocp-log-backup-panel");
      const tell = () => {
        parent.postMessage([panel.dataset.state, [...panel.shadowRoot.querySelectorAll("[role=note]")].length], "*");
        const root = panel.shadowRoot;
        const open = root.querySelector("[part=export]") ?? root.querySelector("[part=more][aria-expanded=false]");
        if (open && !panel.shadowRoot.querySelector("[role=dialog]")) open.click();
        requestAnimationFrame(tell);
      };
      requestAnimationFrame(tell);
    </script><ocp-log-backup-panel cluster-id="1" refresh-seconds="0"></ocp-log-backup-panel></html>` };
    // WebKit and Firefox ask before such a request; Accept-Language and Accept are simple.
    await panel.host('<script>addEventListener("message", ({ data }) => { window.told = data; });</script><iframe sandbox="allow-scripts" src="/framed" width="900" height="500" title="framed"></iframe>', null);
    await panel.becomes(["ready", 1], () => window.told);
    delete server.headers;
  },
};
