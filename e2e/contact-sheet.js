// Puts the pictures of `screens.spec.js` on one sheet: `node e2e/contact-sheet.js`, which `cargo xtask screenshots` runs.
import { readFileSync, readdirSync } from "node:fs";
import { chromium } from "@playwright/test";
import config from "./playwright.config.js";

const folder = new URL("test-results/screens/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".png") && name !== "contact-sheet.png").sort();
const figure = (name) => {
  const data = readFileSync(new URL(name, folder)).toString("base64");
  return `<figure><img src="data:image/png;base64,${data}"><figcaption>${name.replace(".png", "")}</figcaption></figure>`;
};
const html = `<style>
  body { margin: 16px; background: #888; font: 14px system-ui; display: flex; flex-wrap: wrap; gap: 16px; align-items: start; }
  figure { margin: 0; } img { display: block; height: 420px; } figcaption { padding: 4px 0; color: #fff; }
</style>${names.map(figure).join("")}`;
const browser = await chromium.launch(config.use.launchOptions);
const page = await browser.newPage({ viewport: { width: 2200, height: 1000 } });
await page.setContent(html, { waitUntil: "load" });
await page.screenshot({ path: new URL("contact-sheet.png", folder).pathname, fullPage: true });
await browser.close();
console.log(`${names.length} pictures on e2e/test-results/screens/contact-sheet.png`);
