// Runs in the page before its own scripts: finds rows, in the document or in an open shadow root, and says when they
// are painted. It looks once a frame and observes nothing, so that it costs every site the same.
export function probe(site) {
  const frame = () => new Promise(requestAnimationFrame);
  const idle = () => new Promise((resolve) => requestIdleCallback(resolve));
  const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const files = () => performance.getEntriesByType("resource");
  const panels = () => [...document.querySelectorAll(site.panel)].map((panel) => panel.shadowRoot ?? panel);
  const rowsOf = (panel) => panel.querySelectorAll(site.row);
  const answers = () => files().filter(({ name }) => name.includes("/logBackupTasks"));
  let read = 0;

  for (const name of ["text", "json", "arrayBuffer"]) {
    const original = Response.prototype[name];
    Response.prototype[name] = function () {
      const body = original.call(this);
      if (this.url.includes("/logBackupTasks")) body.then(() => read++);
      return body;
    };
  }

  /** The second frame's start after `holds` began to: the first one paints the rows. */
  async function painted(holds) {
    do await frame();
    while (!holds());
    await frame();
    return performance.now();
  }

  /** Whether every panel shows `count` rows, of which the first and the last hold these texts. */
  const shows = ({ count, first, last }, wanted = 1) => {
    const all = panels();
    return all.length === wanted && all.every((panel) => {
      const rows = rowsOf(panel);
      return rows.length === count && rows[0].textContent.includes(first) && rows[count - 1].textContent.includes(last);
    });
  };

  /** What comes after the answer that `act` asks for, until `holds` has been painted. */
  async function after(act, holds) {
    const [before, readBefore] = [answers().length, read];
    act();
    const end = await painted(() => read > readBefore && answers().length > before && holds());
    await idle();
    return end - answers().at(-1).responseEnd;
  }

  const press = (selector) => panels()[0].querySelector(selector).click();
  const lastText = () => {
    const rows = rowsOf(panels()[0]);
    return rows[rows.length - 1].textContent;
  };

  globalThis.bench = {
    /** From the start of the navigation until the rows are painted. */
    async coldStart(expected, wanted) {
      const end = await painted(() => shows(expected, wanted));
      await idle();
      return end;
    },
    /** Until a panel of `total` tasks has read all of them. */
    whole: (total) => painted(() => panels()[0]?.host?.getState?.().data?.tasks === total),
    /** Types a letter into the filter: until what it leaves is painted. */
    async type(letter) {
      const field = panels()[0].querySelector("[part=find]");
      const begun = performance.now();
      field.value += letter;
      field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
      await frame();
      // A message comes after the frame's paint.
      await new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = resolve;
        port2.postMessage(null);
      });
      return performance.now() - begun;
    },
    turn: (expected) => after(() => press(site.next), () => shows(expected)),
    /** A turn of a page that is on hand already: from the press. */
    async turnOnHand(expected) {
      const begun = performance.now();
      press(site.next);
      const end = await painted(() => shows(expected));
      await idle();
      return end - begun;
    },
    /** Until the page has loaded what it loads after its rows, and then nothing for a while. */
    async rest() {
      const last = site.afterwards?.at(-1) ?? "";
      for (let seen = -1; seen < files().length || !files().some(({ name }) => name.includes(last)); await sleep(300)) seen = files().length;
    },
    /** `changes`: whether the last row will read differently. */
    refresh(changes) {
      const before = lastText();
      return after(() => press(site.refresh), () => !changes || lastText() !== before);
    },
    /** How many changes to the table's nodes a refresh makes. */
    async writes(changes) {
      let count = 0;
      const table = panels()[0].querySelector(site.table);
      const observer = new MutationObserver((records) => (count += records.length));
      observer.observe(table, { subtree: true, childList: true, characterData: true, attributes: true });
      await bench.refresh(changes);
      return count + observer.takeRecords().length;
    },
  };
}

/** Runs in the page, too, where timers are counted: how often one fired since the page was hidden. */
export function countTimers() {
  const timers = (globalThis.timers = {
    fired: 0,
    hide() {
      Object.defineProperty(document, "hidden", { value: true });
      Object.defineProperty(document, "visibilityState", { value: "hidden" });
      document.dispatchEvent(new Event("visibilitychange"));
      timers.fired = 0;
    },
  });
  for (const name of ["setTimeout", "setInterval"]) {
    const original = globalThis[name];
    globalThis[name] = (run, ...rest) => original((...given) => {
      timers.fired++;
      run(...given);
    }, ...rest);
  }
}
