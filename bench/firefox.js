// Firefox ESR by puppeteer, which speaks WebDriver BiDi to it. It tells times, but neither CPU nor memory.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { within } from "./browser.js";
import { probe } from "./probe.js";

// The smoke tests' puppeteer: one version in the project.
const puppeteer = createRequire(new URL("../e2e/package.json", import.meta.url))("puppeteer-core");

const find = (program) => process.env.PATH.split(delimiter).map((dir) => join(dir, program)).find((path) => existsSync(path));
const program = () => process.env.FIREFOX ?? find("firefox-esr") ?? find("firefox");

/** What is missing for it, in words. */
export const lacks = () => (program() ? undefined : "there is no firefox-esr in PATH");

export const launch = () =>
  puppeteer.launch({
    browser: "firefox", executablePath: program(), defaultViewport: { width: 1440, height: 900 },
    env: { ...process.env, TZ: "Asia/Shanghai", LANG: "en_US.UTF-8" },
    extraPrefsFirefox: {
      "intl.accept_languages": "en-US", "layout.css.prefers-color-scheme.content-override": 1,
      // Else times are rounded to a millisecond, and more.
      "privacy.reduceTimerPrecision": false,
    },
  });

/** Runs `use(page, open)` in a new context; `open(url, expected)` loads a page, and gives when those rows were painted. */
export async function visit(browser, site, use) {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.evaluateOnNewDocument(probe, site);
    const open = async (url, expected) => {
      // Watched from within, as a call from here may come when the rows are there already.
      await page.evaluateOnNewDocument((expected) => { bench.started = bench.coldStart(expected, 1); }, expected);
      await page.goto(url, { waitUntil: "domcontentloaded" });
      return page.evaluate(() => bench.started);
    };
    return await within(use(page, open));
  } finally {
    await context.close();
  }
}
