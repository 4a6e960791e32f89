// Pictures of the states in the browsers that Playwright does not drive, beside those of screens.spec.js: node smoke/pictures.js.
import { mkdirSync } from "node:fs";

import { BROWSERS } from "./drivers.js";
import { Panel } from "./panel.js";
import { Server } from "./server.js";

const LOOKS = { "1260-light-en": { width: 1240, theme: "light", lang: "en" }, "320-dark-zh": { width: 320, theme: "dark", lang: "zh-CN" } };
const drawer = (part, ready) => async (panel) => {
  if (["display", "export"].includes(part)) await panel.click("[part=more]");
  await panel.click(`[part=${part}]`);
  await panel.until("its content", (ready) => all(`[role=dialog] ${ready}`).length > 0, ready);
};
const STATES = {
  rows: {},
  compact: { attributes: 'density="compact"' },
  empty: { cluster: 1000007, rests: "empty" },
  error: { cluster: 3_900_001, fault: "502-html", rests: "error" },
  details: { then: drawer("open", "dt") },
  calendar: { then: async (panel) => {
    await panel.click("[part=custom-range]");
    await panel.until("the days", () => all(".days button").length > 20);
    await panel.run(() => { all(".days button")[9].click(); });
    await panel.run(() => { all(".days button")[18].click(); });
  } },
  display: { then: drawer("display", "input") },
  export: { then: drawer("export", ".button") },
  diagnostics: { then: drawer("diagnostics", ".sections") },
};

mkdirSync("test-results/screens", { recursive: true });
const server = await Server.start();
for (const [name, { start, lacks }] of Object.entries(BROWSERS).filter(([name]) => name !== "chromium-92")) {
  const missing = lacks();
  if (missing) {
    console.log(`==> Skipped: pictures in ${name} (${missing})`);
    continue;
  }
  const session = await start();
  for (const [state, { cluster = 1000006, fault, attributes = "", rests = "ready", then }] of Object.entries(STATES)) {
    for (const [look, { width, theme, lang }] of Object.entries(LOOKS)) {
      server.reset();
      if (fault) await server.fault(cluster, fault);
      const panel = new Panel(session, server);
      const given = `cluster-id="${cluster}" theme="${theme}" lang="${lang}" refresh-seconds="0" ${attributes}`;
      await panel.host(`<div style="width:${width}px"><ocp-log-backup-panel ${given}></ocp-log-backup-panel></div>`, rests);
      await then?.(panel);
      // What is out of view until a frame has been painted is not in the picture.
      await panel.run(() => new Promise((painted) => { requestAnimationFrame(() => requestAnimationFrame(() => painted())); }));
      await session.picture(`test-results/screens/${state}.${name}-${look}.png`);
    }
  }
  await session.close();
}
server.close();
