// <ocp-log-backup-panel>: the custom element around the WebAssembly panel. wasm-bindgen can't extend HTMLElement, so
// this is JavaScript; it decides nothing but when a panel lives.

import init, { add_texts as addTexts, console as showConsole, halt, mount, report_panics as reportPanics } from "./log-backup-panel.js";

const NAME = "ocp-log-backup-panel";
const ATTRIBUTES = [
  "cluster-id", "base-url", "range", "start", "end", "page", "page-size", "page-sizes", "scope", "lang", "time-zone", "theme",
  "density", "columns", "lagging-seconds", "critical-seconds", "refresh-seconds", "unattended", "view", "sort",
  "tone", "kind", "loss", "find", "link-base", "credentials",
];
/**
 * How a link holds a view, version 1: its parameters, and the attribute of each. A range that is relative stays so, and the zone is with it
 * where its days depend on one. What is of the viewer and not of the view (language, columns) is not in it.
 */
export const LINK = {
  cluster: "cluster-id", range: "range", start: "start", end: "end", zone: "time-zone", page: "page", size: "page-size", sort: "sort", tone: "tone", kind: "kind", loss: "loss", find: "find",
};
/** How many panels are kept as they were when they were taken out of the page. */
const MOST_KEPT = 3;
const formatters = new Map();

// Minutes east of UTC that an IANA zone has at an instant, NaN for a zone that the browser does not know.
function zoneOffset(zone, ms) {
  try {
    if (!formatters.has(zone)) {
      formatters.set(zone, new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" }));
    }
    const [, sign, hours, minutes] = /GMT(?:([+-])(\d+):(\d+))?/.exec(formatters.get(zone).format(ms));
    return sign ? (sign === "-" ? -1 : 1) * (60 * hours + Number(minutes)) : 0;
  } catch {
    return NaN;
  }
}

const camelCase = (name) => name.replace(/-./g, (part) => part[1].toUpperCase());
/** The languages of the panel, the first for every language that it does not speak. */
const LANGUAGES = ["en-US", "zh-CN"];
/** What the panel needs and older browsers lack. All else that it uses is older than one of these. */
const NEEDED = {
  "adoptedStyleSheets": () => "adoptedStyleSheets" in Document.prototype,
  "AbortSignal.timeout()": () => AbortSignal.timeout,
  "CSS :has()": () => CSS.supports("selector(:has(a))"),
};
// The file of each. Addresses of their own, so that bundlers find them.
const TEXTS = { "en-US": new URL("./en-US.txt", import.meta.url), "zh-CN": new URL("./zh-CN.txt", import.meta.url) };
// What is said where the wasm or the other texts (`locales/`) did not come, or the wasm has stopped. Written here, as this file is served as it is
// in development.
const FAILURE = {
  "en-US": {
    title: "The log backup panel could not start",
    advice: "One of its files could not be loaded. Reload the page; if that does not help, ask its administrator to check "
      + "that log-backup-panel_bg.wasm and en-US.txt are served and that the Content-Security-Policy allows 'wasm-unsafe-eval'.",
    old: "This browser is too old for the log backup panel",
    newer: "Use Chrome or Edge 109, Firefox 140 or Safari 16.4, or later. Missing:",
    retry: "Try again",
    stopped: "The log backup panel has stopped",
    asOf: (time, age) => `Rows as of ${time} (${age}). They are no longer updated.`,
    report: "Start it again. If it stops again, report this:",
    restart: "Start again",
    reload: "Reload the page",
  },
  "zh-CN": {
    title: "日志备份面板无法启动",
    advice: "面板文件加载失败。请刷新页面；若持续出现，请联系页面管理员检查 log-backup-panel_bg.wasm 和 zh-CN.txt 是否可访问，"
      + "以及内容安全策略（CSP）是否允许 'wasm-unsafe-eval'。",
    old: "当前浏览器版本过低，无法显示日志备份面板",
    newer: "请使用 Chrome 或 Edge 109、Firefox 140、Safari 16.4 或更高版本。缺少：",
    retry: "重试",
    stopped: "日志备份面板已停止运行",
    asOf: (time, age) => `下方数据截至 ${time}（${age}），不再更新。`,
    report: "请重新启动面板；若再次停止，请反馈以下信息：",
    restart: "重新启动",
    reload: "刷新页面",
  },
};

/** By what the address of this instance of the module differs from the first one's; empty in the first. */
const INSTANCE = new URL(import.meta.url).searchParams.has("instance") ? new URL(import.meta.url).search : "";
/** Whether this module is a file of its own. A bundler may have put it into a script of the host, which must not run twice. */
const IS_FILE = new URL(import.meta.url).pathname.endsWith(`/${NAME}.js`);

const fetched = new Map();

// The texts of a language, which are fetched once. What could not be had is fetched again the next time.
function fetchTexts(language, cache = "default") {
  if (!fetched.has(language) || cache === "reload") {
    const file = fetch(TEXTS[language], { cache, signal: AbortSignal.timeout(30_000) }).then((answer) => {
      if (!answer.ok) throw new Error(`${language}.txt: HTTP ${answer.status}`);
      return answer.text();
    });
    file.catch(() => fetched.delete(language));
    fetched.set(language, file);
  }
  return fetched.get(language);
}

// Starts the wasm of this module, and calls `stopped` if it panics.
async function load(stopped) {
  const file = new URL("./log-backup-panel_bg.wasm", import.meta.url);
  // So that the stack of a trap names the instance.
  if (INSTANCE) file.search = INSTANCE;
  const wasm = fetch(file).then((answer) => {
    if (!answer.ok) throw new Error(`log-backup-panel_bg.wasm: HTTP ${answer.status}`);
    // The `fetch` may be that of another window: wasm-bindgen takes no response of it.
    return answer instanceof Response ? answer : answer.arrayBuffer();
  });
  await init({ module_or_path: wasm });
  reportPanics(stopped);
  const spoken = new Set();
  // Gives the wasm the texts of a language. Those of another build are not taken; the browser may have kept them.
  const speak = async (language) => {
    if (spoken.has(language)) return;
    if (!addTexts(language, await fetchTexts(language)) && !addTexts(language, await fetchTexts(language, "reload"))) {
      throw new Error(`${language}.txt is of another build than log-backup-panel_bg.wasm`);
    }
    spoken.add(language);
  };
  return { mount, halt, speak, showConsole };
}

let started;
// How many instances of the wasm have stopped, and by what the address of the present one differs from theirs.
let stops = 0;
let search = "";

// Starts the wasm once for all panels of a page; two concurrent starts would instantiate it twice. A failed start is
// forgotten, so that it can be tried again. After a panic a fresh instance takes its place: the browser runs a module again under
// another address. (In development the wasm's glue is a module of its own, which stays the old one: reload the page there.)
function start() {
  started ??= (async () => {
    // What an instance says after it has stopped is no news of the next one.
    const mine = stops;
    const report = (words) => { if (mine === stops) stopped(words); };
    if (!stops) return load(report);
    const url = new URL(import.meta.url);
    url.search = search = `?instance=${stops}`;
    return (await import(url.href)).OcpLogBackupPanel.load(report);
  })();
  started.catch(() => { started = undefined; });
  return started;
}

// Says in every panel that the wasm has stopped. What the wasm left behind stays where it is: nothing of it can be called safely.
function stopped(words) {
  // With the stack, which shows where in the panel it was.
  console.error(`<${NAME}>:`, new Error(words));
  started?.then((instance) => instance.halt()).catch(() => {});
  stops += 1;
  started = undefined;
  OcpLogBackupPanel.stopAll(words);
}

// A trap that is no panic, such as one for want of memory, only shows as an error of the page.
function watchTraps() {
  const watch = (error) => {
    const isOurs = () => ["log-backup-panel_bg.wasm", `${NAME}.js`].some((file) => String(error.stack).includes(`${file}${search}:`));
    if (started && error?.name === "RuntimeError" && isOurs()) stopped(error.message);
  };
  addEventListener("error", (event) => watch(event.error));
  addEventListener("unhandledrejection", (event) => watch(event.reason));
}

/**
 * Sends the first request of `panel` while the wasm is still on its way: a start takes as long as the slower of the two, and not
 * as both. It is the very request that the panel would send (`fetch.rs` takes it where it is), and so only one that needs
 * nothing but attributes: no headers of the embedder, no times.
 */
function askEarly(panel) {
  const given = (name, fallback, pattern) => {
    const value = panel.getAttribute(name)?.trim() || fallback;
    return pattern.test(value) ? value : null;
  };
  const cluster = given("cluster-id", "", /^[1-9]\d{0,17}$/);
  const base = given("base-url", "", /^(https?:\/\/[\w.-]+(:\d+)?)?(\/[\w.-]+)*\/?$/);
  const page = given("page", "1", /^[1-9]\d{0,8}$/);
  const size = given("page-size", "20", /^(1?\d{1,3}|2000)$/);
  const range = given("range", "all", /^all$/) && !panel.hasAttribute("start") && !panel.hasAttribute("end");
  const credentials = given("credentials", "same-origin", /^(same-origin|include|omit)$/);
  if (!cluster || base == null || !page || !Number(size) || !range || !credentials || panel.headers) return undefined;
  const language = languageOf(panel);
  const url = `${base.replace(/\/$/, "")}/api/v2/ob/clusters/${cluster}/backup/task/logBackupTasks?page=${Number(page)}&size=${Number(size)}`;
  const controller = new AbortController();
  const early = { key: [url, language, credentials].join(" "), controller, sent: Date.now(), received: NaN };
  early.response = fetch(url, {
    headers: { Accept: "application/json", "Accept-Language": language },
    cache: "no-store", redirect: "manual", credentials, signal: controller.signal,
  }).finally(() => { early.received = Date.now(); });
  // Read at once, so that rows that are there when the panel is are in its first frame.
  early.body = early.response.then((response) => response.arrayBuffer());
  // Whoever takes it hears of a failure.
  early.body.catch(() => {});
  return early;
}

const languageOf = (panel) => {
  const tag = panel.getAttribute("lang")?.trim() || panel.closest("[lang]:not([lang=''])")?.lang || navigator.language;
  const primary = (tag) => tag.split(/[-_]/)[0].toLowerCase();
  return LANGUAGES.find((language) => primary(language) === primary(tag)) ?? LANGUAGES[0];
};

// On a server, which has no elements, importing this module does nothing.
export class OcpLogBackupPanel extends (globalThis.HTMLElement ?? Object) {
  static observedAttributes = ATTRIBUTES;

  // The panels in the page. One observer tells them all when the page changes its theme or language.
  static #connected = new Set();
  static #page;
  // Those that were taken out and may be put back, the last one last.
  static #kept = new Set();
  // Tells a panel whether it has a place on the screen.
  static #places;

  /** Starts the wasm of this module, for an earlier instance of the module whose wasm has stopped. */
  static load = load;

  /** What this browser lacks. */
  static get missing() {
    return Object.keys(NEEDED).filter((name) => !NEEDED[name]());
  }

  /** Called when the wasm has stopped, for the standalone page. */
  static onStop;

  /** Shows the console of the standalone page in `root`. `asked` gives the function that it asks of the browser by (`src/view/console/page.rs`). */
  static async console(root, asked) {
    const { speak, showConsole } = await start();
    const language = languageOf(root);
    await speak(language);
    showConsole(asked({ language, zone_offset: () => zoneOffset }));
  }

  /** Says in every panel that the wasm has stopped, with what it said last. */
  static stopAll(words) {
    OcpLogBackupPanel.onStop?.();
    OcpLogBackupPanel.#kept.forEach((panel) => { panel.#panel = undefined; });
    OcpLogBackupPanel.#kept.clear();
    OcpLogBackupPanel.#connected.forEach((panel) => panel.#stopped(words));
  }

  #panel;
  // The wasm that it lives in, and which of its languages it speaks.
  #instance;
  #language;
  // When the last rows came, and what keeps their age after the wasm has stopped.
  #loadedAt;
  #aging;
  #starting = false;
  #isShown = true;
  #early;
  #updating = false;
  #headers = null;

  connectedCallback() {
    // Properties that were set before the element was defined hide those of the class.
    for (const name of [...ATTRIBUTES.map(camelCase), "headers"]) {
      if (this.hasOwnProperty(name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
    if (!OcpLogBackupPanel.#page) {
      const tell = () => OcpLogBackupPanel.#connected.forEach((panel) => panel.#changed());
      OcpLogBackupPanel.#page = new MutationObserver(tell);
      OcpLogBackupPanel.#places = new ResizeObserver((places) => places.forEach(({ target }) => target.#look()));
      // Where there is a `light-dark()`, it follows this by itself.
      matchMedia("(prefers-color-scheme:dark)").addEventListener("change", tell);
    }
    const { documentElement, body } = this.ownerDocument;
    for (const element of [documentElement, body]) {
      if (element) OcpLogBackupPanel.#page.observe(element, { attributeFilter: ["class", "data-theme", "lang", "style"] });
    }
    OcpLogBackupPanel.#places.observe(this);
    OcpLogBackupPanel.#connected.add(this);
    if (OcpLogBackupPanel.#kept.delete(this)) this.#panel.place(true, true);
    this.#start();
  }

  // Its stylesheets were those of the other document.
  adoptedCallback() {
    this.#changed();
  }

  /** A function that gives headers for each request, as an object or a promise of one; null for none. */
  get headers() {
    return this.#headers;
  }

  set headers(value) {
    this.#headers = typeof value === "function" ? value : null;
    this.#changed();
  }

  /** Asks again now. */
  refresh() {
    this.#panel?.refresh();
  }

  /** The state as plain JSON. */
  getState() {
    if (this.#panel) return JSON.parse(this.#panel.state());
    return { phase: this.dataset.state ?? "loading", loading: false, query: null, filter: null, data: null, error: null };
  }

  /**
   * The address `base` with this view in its parameters, so that a page which sets the attributes of `LINK` from them shows it again.
   * Throws a `TypeError` for what is no address of the web: a `javascript:` link would run where it is clicked.
   */
  getLink(base = this.linkBase ?? "") {
    // The page's own address is not that of its `<base>`.
    const url = new URL(base || document.URL, document.baseURI);
    if (!/^https?:$/.test(url.protocol)) throw new TypeError(`no http(s) address: ${url.protocol}`);
    const { query, filter } = this.#panel ? JSON.parse(this.#panel.view()) : {};
    const state = { ...query, ...filter };
    // Elsewhere the browser has another one.
    if (state.timeZone === "local") state.timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    url.searchParams.set("v", "1");
    for (const [parameter, attribute] of Object.entries(LINK)) {
      const value = state[camelCase(attribute)];
      if (value == null) url.searchParams.delete(parameter);
      else url.searchParams.set(parameter, value);
    }
    return url.href;
  }

  disconnectedCallback() {
    // A moved node is not a removed one: it is connected again by the end of the task.
    queueMicrotask(() => {
      if (!this.isConnected) this.#leave();
    });
  }

  // A host that keeps its views alive puts the element back: then the panel is as it was left. Nothing of it goes on meanwhile, and the last few are
  // kept, so that nobody has to tell which will come back.
  #leave() {
    const kept = OcpLogBackupPanel.#kept;
    const connected = OcpLogBackupPanel.#connected;
    connected.delete(this);
    OcpLogBackupPanel.#places.unobserve(this);
    if (!connected.size) OcpLogBackupPanel.#page.disconnect();
    this.#giveUpEarly();
    clearInterval(this.#aging);
    if (!this.#panel) return;
    this.#panel.place(false, false);
    kept.add(this);
    if (kept.size > MOST_KEPT) kept.values().next().value.dispose();
  }

  /** Ends the panel for good, out of the page. */
  dispose() {
    OcpLogBackupPanel.#kept.delete(this);
    this.#panel?.unmount();
    this.#panel = undefined;
  }

  // Whether there is anything to see: a host hides a tab of its own by `display: none`.
  #look() {
    const isShown = !this.shadowRoot.firstElementChild || this.shadowRoot.firstElementChild.getClientRects().length > 0;
    if (this.#panel && isShown !== this.#isShown) this.#panel.place(this.#isShown = isShown, true);
  }

  attributeChangedCallback(_name, before, after) {
    if (before !== after) this.#changed();
  }

  // Reads again what the panel is configured by, once for all changes of a task.
  #changed() {
    if (!this.#panel || this.#updating) return;
    this.#updating = true;
    queueMicrotask(async () => {
      // Only where it must: what a host sets before it calls `refresh()` is in that request. Without its texts, the panel stays in the language
      // that it has.
      if (languageOf(this) !== this.#language) await this.#learn().catch((error) => console.error(`<${NAME}>:`, error));
      this.#updating = false;
      this.#panel?.update(this.#language);
    });
  }

  // Gives the wasm the texts of the panel's language, which may change while they are on their way.
  async #learn() {
    let language;
    do await this.#instance.speak(language = languageOf(this)); while (language !== languageOf(this));
    this.#language = language;
  }

  async #start() {
    if (this.#panel || this.#starting) return;
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const { missing } = OcpLogBackupPanel;
    if (missing.length) {
      const { old, newer, retry } = FAILURE[languageOf(this)];
      return this.#fail(shadow, old, [newer, missing.join(", ")], retry);
    }
    this.#starting = true;
    try {
      if (!this.dataset.state) this.dataset.state = "loading";
      // In a task of its own: frameworks set properties after they have inserted the element.
      setTimeout(() => {
        if (!this.#starting || !this.isConnected) return;
        this.#early = askEarly(this);
        fetchTexts(languageOf(this));
        try {
          // The first look at it waits for another process: better now than when the wasm, which reads it, is there.
          localStorage.getItem("");
        } catch {
          // Forbidden here; the wasm does without, too.
        }
      });
      const instance = this.#instance = await start();
      await this.#learn();
      if (!this.isConnected) return;
      clearInterval(this.#aging);
      shadow.replaceChildren();
      const tell = (name, json) => {
        if (name === "ocp-data-load") this.#loadedAt = Date.now();
        return this.#tell(name, JSON.parse(json));
      };
      this.#panel = instance.mount(this, shadow, this.#language, tell, zoneOffset, this.#early);
      this.#isShown = true;
      this.#early = undefined;
    } catch (error) {
      console.error(`<${NAME}>:`, error);
      this.#showFailure(shadow, error);
    } finally {
      this.#starting = false;
      this.#giveUpEarly();
    }
  }

  #tell(name, detail) {
    return this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, cancelable: name === "ocp-row-activate", detail }));
  }

  #giveUpEarly() {
    this.#early?.controller.abort();
    this.#early = undefined;
  }

  // The rows stay where they are, dimmed and with their age.
  #stopped(words) {
    if (!this.#panel) return;
    this.#panel = undefined;
    this.dataset.state = "stopped";
    const texts = FAILURE[languageOf(this)];
    const asOf = document.createElement("p");
    const tellAge = () => {
      if (!this.#loadedAt) return;
      const language = languageOf(this);
      const minutes = Math.round((Date.now() - this.#loadedAt) / 60_000);
      const age = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-minutes, "minute");
      asOf.textContent = texts.asOf(new Date(this.#loadedAt).toLocaleString(language, { hour12: false }), age);
    };
    tellAge();
    clearInterval(this.#aging);
    this.#aging = setInterval(tellAge, 10_000);
    const box = failureBox(texts.stopped, [asOf, texts.report, words], IS_FILE ? texts.restart : texts.reload, () => {
      if (IS_FILE) OcpLogBackupPanel.#connected.forEach((panel) => panel.#start());
      else location.reload();
    });
    box.className = "notice lines stopped";
    box.dataset.tone = "critical";
    const panel = this.shadowRoot.querySelector(".panel");
    for (const part of panel?.children ?? []) part.inert = true;
    (panel ?? this.shadowRoot).prepend(box);
    this.#tell("ocp-error", { kind: "stopped", httpStatus: null, code: null, message: words, traceId: null, server: null });
  }

  #showFailure(shadow, error) {
    const { title, advice, retry } = FAILURE[languageOf(this)];
    this.#fail(shadow, title, [advice, String(error?.message ?? error)], retry);
  }

  #fail(shadow, title, lines, retry) {
    this.dataset.state = "error";
    shadow.replaceChildren(failureBox(title, lines, retry, () => {
      this.dataset.state = "loading";
      this.#start();
    }));
  }
}

// What is shown where the wasm can't show anything: a title, lines (texts or elements), and a button.
function failureBox(title, lines, label, press) {
  const box = document.createElement("div");
  box.setAttribute("role", "alert");
  box.appendChild(document.createElement("strong")).textContent = title;
  for (const line of lines) {
    if (typeof line === "string") box.appendChild(document.createElement("p")).textContent = line;
    else box.append(line);
  }
  const button = box.appendChild(document.createElement("button"));
  button.className = "button small";
  button.textContent = label;
  button.addEventListener("click", press);
  return box;
}

// Each attribute is a property too. Rich values are written as the attribute takes them.
for (const attribute of ATTRIBUTES.filter((name) => name !== "lang")) {
  Object.defineProperty(OcpLogBackupPanel.prototype, camelCase(attribute), {
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(attribute);
    },
    set(value) {
      if (value == null) this.removeAttribute(attribute);
      else this.setAttribute(attribute, value.toISOString?.() ?? String(value));
    },
  });
}

// A page may load this module twice, or two versions of it: the first one stays.
if (globalThis.customElements && !customElements.get(NAME)) {
  customElements.define(NAME, OcpLogBackupPanel);
  watchTraps();
}

/**
 * Puts a panel into `target`. `options` are properties of the element, and `on`: listeners by the name of the event.
 * The same element with the same life, for hosts that prefer a function.
 */
export function mountPanel(target, options = {}) {
  const element = document.createElement(NAME);
  const update = ({ on = {}, ...properties } = {}) => {
    Object.assign(element, properties);
    for (const [name, listener] of Object.entries(on)) element.addEventListener(name, listener);
  };
  update(options);
  target.append(element);
  const unmount = () => {
    element.remove();
    // An element that was defined by another version may not know it.
    element.dispose?.();
  };
  return { element, update, unmount };
}
