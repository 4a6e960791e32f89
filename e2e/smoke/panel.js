// A panel in a page of any of the browsers: what a test does to it and asks of it.
import { strict as assert } from "node:assert";

/** How long a condition may take. A bound for a busy machine: nothing waits longer than its condition takes. */
const LIMIT = 20_000;

/** What the functions that run in the page may use besides what they are given: the panels, and the elements within the first one. */
const IN_PAGE = `
  const panels = [...document.querySelectorAll("ocp-log-backup-panel")];
  const [panel] = panels;
  const all = (selector) => [...panel?.shadowRoot?.querySelectorAll(selector) ?? []].filter((element) => element.getClientRects().length);
  const named = (selector, words) => all(selector).filter((element) => words === undefined || [element.textContent.trim(), element.ariaLabel, element.getAttribute("aria-label")].includes(words));
  const words = (selector) => all(selector).map((element) => element.textContent.trim().replace(/\\s+/g, " "));
  const text = () => (panel?.shadowRoot?.textContent ?? "").replace(/\\s+/g, " ");
`;

export class Panel {
  constructor(session, server) {
    this.session = session;
    this.server = server;
  }

  /** Calls a function in the page, where the names of `IN_PAGE` are known. */
  run(body, ...given) {
    return this.session.call(`(...given) => {${IN_PAGE} return (${body})(...given); }`, ...given);
  }

  /** Waits until a function in the page returns something, and returns that. */
  async until(what, body, ...given) {
    const end = Date.now() + LIMIT;
    for (let last; ;) {
      const value = await this.run(body, ...given).catch((error) => { last = error; });
      if (value) return value;
      if (Date.now() > end) throw new Error(`never: ${what}${last ? ` (${last.message})` : ""}; the panel says: ${await this.run(() => text().slice(0, 400)).catch(String)}`);
    }
  }

  /** Waits until a function in the page returns `wanted`. */
  async becomes(wanted, body, ...given) {
    const isWanted = (value) => { try { assert.deepEqual(value, wanted); return true; } catch { return false; } };
    const end = Date.now() + LIMIT;
    for (;;) {
      const value = await this.run(body, ...given).catch(String);
      if (isWanted(value)) return;
      if (Date.now() > end) assert.deepEqual(value, wanted);
    }
  }

  /** Opens a host's page with this in its body, and waits until the panel has come to rest. */
  async host(body, state = "ready", head = "") {
    this.server.pages["/host"] = `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,">${head}
      <script type="module" src="/ocp-log-backup-panel.js"></script></head><body>${body}</body></html>`;
    await this.session.goto(`${this.server.origin}/host`);
    if (state) await this.rests(state);
  }

  /** Opens a page with a panel of these attributes. */
  open(attributes, state) {
    return this.host(`<ocp-log-backup-panel ${attributes}></ocp-log-backup-panel>`, state);
  }

  rests(state = "ready") {
    return this.until(`a panel that is ${state}`, (state) => panel.dataset.state === state && !panel.getState().loading, state);
  }

  /** Waits until `words` are on screen. */
  says(...wanted) {
    return this.until(`“${wanted.join("”, “")}” on screen`, (wanted) => wanted.every((wanted) => text().includes(wanted)), wanted);
  }

  /** Clicks on the element at `selector` that says `words`, where it stands still, as a hand would. */
  async click(selector, wanted) {
    const at = await this.until(`${selector} ${wanted ?? ""} to click on`, async (selector, wanted) => {
      const [element] = named(selector, wanted ?? undefined);
      if (!element) return undefined;
      element.scrollIntoView({ block: "center", inline: "nearest" });
      const place = () => { const { left, top, width, height } = element.getBoundingClientRect(); return [left + width / 2, top + height / 2]; };
      const before = place();
      await new Promise((painted) => { requestAnimationFrame(() => requestAnimationFrame(painted)); });
      const [x, y] = place();
      const hit = panel.shadowRoot.elementFromPoint(x, y);
      return before[0] === x && before[1] === y && hit && (element.contains(hit) || hit.contains(element)) ? [x, y] : undefined;
    }, selector, wanted ?? null);
    await this.session.click(...at);
  }

  /** Gives the focus to an element. */
  focus(selector, place = 0) {
    return this.until(`${selector} with the focus`, (selector, place) => {
      const element = all(selector)[place];
      element?.focus();
      return Boolean(element) && panel.shadowRoot.activeElement === element;
    }, selector, place);
  }

  /** Types `text` in place of what is in a field. */
  async fill(selector, text) {
    await this.focus(selector);
    await this.run((selector) => all(selector)[0].select(), selector);
    await this.session.type(text);
    await this.becomes(text, (selector) => all(selector)[0].value, selector);
  }

  /** Chooses an option, as a browser tells of it. */
  choose(selector, label) {
    return this.until(`the option ${label}`, (selector, label) => {
      const [select] = all(selector);
      const option = [...select?.options ?? []].find((option) => option.label === label || option.value === label);
      if (!option) return false;
      select.value = option.value;
      return select.dispatchEvent(new Event("change", { bubbles: true, composed: true }));
    }, selector, label);
  }

  /** Waits until OCP was asked that often. */
  async askedTimes(count) {
    const end = Date.now() + LIMIT;
    while (this.server.asked.length < count) {
      if (Date.now() > end) throw new Error(`OCP was asked ${this.server.asked.length} times, not ${count}`);
      await this.run(() => null);
    }
    return this.server.asked.at(-1).url.searchParams;
  }
}
