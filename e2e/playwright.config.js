import { defineConfig } from "@playwright/test";

const port = 8190;
/** The built preview server. */
export const PREVIEW = process.env.PREVIEW ?? "../target/debug/preview";
const preview = `"${PREVIEW}" --dist ../dist --examples ../examples`;

export default defineConfig({
  testDir: ".",
  fullyParallel: true,
  forbidOnly: true,
  workers: "100%",
  // Bounds for a machine that is busy; nothing waits longer than its condition takes.
  timeout: 60_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    locale: "en-US",
    timezoneId: "Asia/Shanghai",
    colorScheme: "light",
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
      ],
    },
  },
  webServer: [
    { command: `${preview} --port ${port}`, url: `http://127.0.0.1:${port}/`, reuseExistingServer: false },
    // `cargo xtask serve` in front of a "real" OCP, which is the first one.
    {
      command: `${preview} --port ${port + 1} --ocp http://127.0.0.1:${port}`,
      url: `http://127.0.0.1:${port + 1}/`,
      env: { OCP_USER: "reader", OCP_PASSWORD: "s3cret" },
      reuseExistingServer: false,
    },
  ],
});
