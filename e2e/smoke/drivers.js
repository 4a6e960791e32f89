// The browsers that are neither the newest nor Chromium, each behind the same few methods. Playwright drives old Chromiums, but no Firefox and no
// WebKit as people have them: those that it knows are builds of its own.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";

import { chromium as playwright } from "@playwright/test";
import puppeteer from "puppeteer-core";
import { Builder, Button, Capabilities, Origin } from "selenium-webdriver";

/** Where `program` is in PATH, or undefined. */
export function find(program) {
  return process.env.PATH.split(delimiter).map((dir) => join(dir, program)).find((path) => existsSync(path));
}

/** A page by Playwright, or by puppeteer, which speaks WebDriver BiDi to Firefox. What is used here is the same in both. */
class PageSession {
  constructor(browser, page) {
    this.browser = browser;
    this.page = page;
  }

  goto(url) {
    return this.page.goto(url, { waitUntil: "domcontentloaded" });
  }

  /** Calls `body`, the text of a function, in the page. */
  call(body, ...given) {
    return this.page.evaluate(`(${body})(...${JSON.stringify(given)})`);
  }

  /** Presses the mouse there, in pixels from the corner of the window. */
  click(x, y) {
    return this.page.mouse.click(x, y);
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  type(text) {
    return this.page.keyboard.type(text);
  }

  async picture(path) {
    await this.page.screenshot({ path });
  }

  close() {
    return this.browser.close();
  }
}

/** WebKit's keys, as WebDriver has them. */
const KEYS = {
  Enter: "\uE007", Escape: "\uE00C", Tab: "\uE004", ArrowDown: "\uE015", ArrowUp: "\uE013", ArrowLeft: "\uE012", ArrowRight: "\uE014", Backspace: "\uE003",
};

/** A page by selenium. */
class SeleniumSession {
  constructor(driver, close) {
    this.driver = driver;
    this.close = close;
  }

  goto(url) {
    return this.driver.get(url);
  }

  async call(body, ...given) {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => (${body})(...${JSON.stringify(given)})).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value, error } = await this.driver.executeAsyncScript(script);
    if (error) throw new Error(error);
    return value;
  }

  click(x, y) {
    return this.driver.actions().move({ origin: Origin.VIEWPORT, x: Math.round(x), y: Math.round(y), duration: 0 }).press(Button.LEFT).release(Button.LEFT).perform();
  }

  press(key) {
    const pressed = KEYS[key] ?? key;
    return this.driver.actions().keyDown(pressed).keyUp(pressed).perform();
  }

  type(text) {
    return this.driver.actions().sendKeys(text).perform();
  }

  async picture(path) {
    writeFileSync(path, await this.driver.takeScreenshot(), "base64");
  }
}

/** Starts WebKitGTK's driver on a screen of its own, and its browser by it. */
async function webkit() {
  const runtime = mkdtempSync(join(tmpdir(), "webkit-"));
  const env = {
    ...process.env, HOME: runtime, XDG_RUNTIME_DIR: runtime, TZ: "Asia/Shanghai", LANG: "en_US.UTF-8", GDK_BACKEND: "x11", LIBGL_ALWAYS_SOFTWARE: "1",
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1", WEBKIT_DISABLE_COMPOSITING_MODE: "1", NO_AT_BRIDGE: "1",
  };
  // One that outlives a failure would keep its screen.
  const screen = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1400x1100x24", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const [number] = await once(screen.stdio[3], "data");
  env.DISPLAY = `:${String(number).trim()}`;
  const port = 21_000 + (process.pid % 10_000);
  const server = spawn("WebKitWebDriver", [`--port=${port}`], { env, stdio: "ignore" });
  const close = () => {
    server.kill();
    screen.kill();
    rmSync(runtime, { recursive: true, force: true });
  };
  try {
    const capabilities = new Capabilities({
      browserName: "MiniBrowser",
      "webkitgtk:browserOptions": { binary: miniBrowser(), args: ["--automation", "--geometry=1300x1000"] },
    });
    const connect = () => new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).build();
    const driver = await retry(async () => {
      const driver = await connect();
      await driver.getSession();
      return driver;
    });
    await driver.manage().setTimeouts({ script: 30_000, pageLoad: 60_000 });
    await driver.manage().window().setRect({ x: 0, y: 0, width: 1320, height: 1000 });
    return new SeleniumSession(driver, async () => {
      await driver.quit().catch(() => {});
      close();
    });
  } catch (error) {
    close();
    throw error;
  }
}

/** Until the driver listens. */
async function retry(attempt, until = Date.now() + 30_000) {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((again) => { setTimeout(again, 100); });
    }
  }
}

function miniBrowser() {
  const libraries = ["/usr/lib", "/usr/libexec"].flatMap((dir) => [dir, ...(existsSync(dir) ? readdirSync(dir).map((name) => join(dir, name)) : [])]);
  return libraries.flatMap((dir) => ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"].map((version) => join(dir, version, "MiniBrowser"))).find((path) => existsSync(path));
}

const HERE = dirname(fileURLToPath(import.meta.url));

/** The Chromium that the npm package `name` brings, unpacked once. */
function packed(name) {
  const folder = join(HERE, "../../target/browsers");
  const path = join(folder, name.replace(/\W+/g, ""));
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    const half = `${path}.${process.pid}`;
    writeFileSync(half, brotliDecompressSync(readFileSync(join(HERE, "../node_modules", name, "bin/chromium.br"))));
    chmodSync(half, 0o755);
    renameSync(half, path);
  }
  return path;
}

const VIEWPORT = { width: 1280, height: 900 };
const chromium = (name) => async () => {
  const browser = await playwright.launch({ executablePath: packed(name), args: ["--no-sandbox", "--disable-gpu", "--no-zygote"] });
  const context = await browser.newContext({ viewport: VIEWPORT, locale: "en-US", timezoneId: "Asia/Shanghai" });
  return new PageSession(browser, await context.newPage());
};
/** It needs Linux on x86-64, and the libraries that a browser of the system has brought. */
const isPacked = (name) => {
  if (process.platform !== "linux" || process.arch !== "x64") return "its binary is for Linux on x86-64";
  if (!existsSync(join(HERE, "../node_modules", name))) return `${name} is not in e2e/node_modules`;
  const missing = spawnSync("ldd", [packed(name)], { encoding: "utf8" }).stdout.match(/\S+(?= => not found)/g);
  return missing ? `the system has no ${missing.join(", no ")}` : undefined;
};
const firefox = async () => {
  const browser = await puppeteer.launch({
    browser: "firefox", executablePath: find("firefox-esr") ?? find("firefox"), defaultViewport: VIEWPORT, env: { ...process.env, TZ: "Asia/Shanghai", LANG: "en_US.UTF-8" },
    extraPrefsFirefox: { "intl.accept_languages": "en-US", "layout.css.prefers-color-scheme.content-override": 1 },
  });
  return new PageSession(browser, await browser.newPage());
};

/** Each browser: how it is started, and what is missing for that, in words. */
export const BROWSERS = {
  "firefox-esr": { start: firefox, lacks: () => (find("firefox-esr") ?? find("firefox") ? undefined : "there is no firefox-esr in PATH") },
  "chromium-109": { start: chromium("@sparticuz/chromium"), lacks: () => isPacked("@sparticuz/chromium") },
  webkitgtk: {
    start: webkit,
    lacks: () => {
      const missing = ["WebKitWebDriver", "Xvfb"].filter((program) => !find(program));
      if (!miniBrowser()) missing.push("MiniBrowser");
      return missing.length ? `there is no ${missing.join(", no ")}` : undefined;
    },
  },
  // Older than what is supported: it shows what is said there.
  "chromium-92": { start: chromium("chrome-aws-lambda"), lacks: () => isPacked("chrome-aws-lambda") },
};
