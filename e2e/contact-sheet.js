// Puts the pictures of `screens.spec.js` on one sheet, a line a state: `node e2e/contact-sheet.js`, which `cargo xtask screenshots` runs.
import { readFileSync, readdirSync } from "node:fs";
import { chromium } from "@playwright/test";
import config from "./playwright.config.js";

const folder = new URL("test-results/screens/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".png") && name !== "contact-sheet.png").sort();
const figure = (name) => {
  const data = readFileSync(new URL(name, folder)).toString("base64");
  return `<figure><img src="data:image/png;base64,${data}"><figcaption>${name.replace(".png", "")}</figcaption></figure>`;
};
const states = new Map();
for (const name of names) {
  const state = name.split(".")[0];
  states.set(state, [...(states.get(state) ?? []), name]);
}
const html = `<style>
  body { margin: 16px; background: #888; font: 14px system-ui; }
  section { display: flex; gap: 16px; align-items: start; }
  figure { margin: 0; } img { display: block; height: 420px; } figcaption { padding: 4px 0 12px; color: #fff; }
</style>${[...states.values()].map((names) => `<section>${names.map(figure).join("")}</section>`).join("")}`;
const browser = await chromium.launch(config.use.launchOptions);
const page = await browser.newPage({ viewport: { width: 3600, height: 1000 } });
await page.setContent(html, { waitUntil: "load" });
await page.screenshot({ path: new URL("contact-sheet.png", folder).pathname, fullPage: true });
await browser.close();
console.log(`${names.length} pictures on e2e/test-results/screens/contact-sheet.png`);
