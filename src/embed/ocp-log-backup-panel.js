// <ocp-log-backup-panel>: the custom element around the WebAssembly panel. wasm-bindgen can't extend HTMLElement, so
// this is JavaScript; it decides nothing but when a panel lives.

const NAME = "ocp-log-backup-panel";
const ATTRIBUTES = [
  "cluster-id", "base-url", "range", "start", "end", "page", "page-size", "lang", "lagging-seconds", "critical-seconds",
  "refresh-seconds",
];
const FAILURE = {
  en: {
    title: "The log backup panel could not start",
    advice: "Its WebAssembly file could not be loaded. Reload the page; if it stays, ask whoever runs this page to check "
      + "that log-backup-panel_bg.wasm is served and that the Content-Security-Policy allows 'wasm-unsafe-eval'.",
    retry: "Try again",
  },
  zh: {
    title: "日志备份面板无法启动",
    advice: "WebAssembly 文件加载失败。请刷新页面；若持续出现，请联系页面管理员检查 log-backup-panel_bg.wasm 是否可访问，"
      + "以及内容安全策略（CSP）是否允许 'wasm-unsafe-eval'。",
    retry: "重试",
  },
};

let started;

// Starts the wasm once for all panels of a page; two concurrent starts would instantiate it twice. A failed start is
// forgotten, so that it can be tried again.
function start() {
  started ??= (async () => {
    const wasm = fetch(new URL("log-backup-panel_bg.wasm", import.meta.url)).then((answer) => {
      if (!answer.ok) throw new Error(`log-backup-panel_bg.wasm: HTTP ${answer.status}`);
      return answer;
    });
    // The import may fail first; the fetch must then not count as an unhandled rejection.
    wasm.catch(() => {});
    const glue = await import("./log-backup-panel.js");
    await glue.default({ module_or_path: wasm });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(glue.stylesheet());
    return { mount: glue.mount, sheet };
  })();
  started.catch(() => { started = undefined; });
  return started;
}

class OcpLogBackupPanel extends HTMLElement {
  static observedAttributes = ATTRIBUTES;

  #panel;
  #starting = false;
  #updating = false;

  connectedCallback() {
    this.#start();
  }

  disconnectedCallback() {
    // A moved node is not a removed one: it is connected again by the end of the task.
    queueMicrotask(() => {
      if (!this.isConnected) this.#stop();
    });
  }

  attributeChangedCallback(_name, before, after) {
    if (before === after || !this.#panel || this.#updating) return;
    this.#updating = true;
    queueMicrotask(() => {
      this.#updating = false;
      this.#panel?.update();
    });
  }

  async #start() {
    if (this.#panel || this.#starting) return;
    this.#starting = true;
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    try {
      if (!this.dataset.state) this.dataset.state = "loading";
      const { mount, sheet } = await start();
      if (!this.isConnected) return;
      shadow.replaceChildren();
      shadow.adoptedStyleSheets = [sheet];
      this.#panel = mount(this, shadow);
    } catch (error) {
      console.error(`<${NAME}>:`, error);
      this.#showFailure(shadow, error);
    } finally {
      this.#starting = false;
    }
  }

  #stop() {
    this.#panel?.unmount();
    this.#panel = undefined;
  }

  #showFailure(shadow, error) {
    this.dataset.state = "error";
    const language = this.closest("[lang]")?.lang || navigator.language;
    const texts = language.toLowerCase().startsWith("zh") ? FAILURE.zh : FAILURE.en;
    const box = document.createElement("div");
    box.setAttribute("role", "alert");
    for (const [name, text] of [["strong", texts.title], ["p", texts.advice], ["p", String(error?.message ?? error)]]) {
      box.appendChild(document.createElement(name)).textContent = text;
    }
    const retry = box.appendChild(document.createElement("button"));
    retry.textContent = texts.retry;
    retry.addEventListener("click", () => {
      this.dataset.state = "loading";
      this.#start();
    });
    shadow.replaceChildren(box);
  }
}

// A page may load this module twice, or two versions of it: the first one stays.
if (!customElements.get(NAME)) customElements.define(NAME, OcpLogBackupPanel);
