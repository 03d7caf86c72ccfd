import { defineConfig, devices } from "@playwright/test";
import { trueClock } from "#supabase/local/clock.ts";

// One stack for all journeys (tests/support/playwright-setup.ts), so they run in order and use rows of their own.
const phone = { width: 360, height: 740 };

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./tests/support/playwright-setup.ts",
  outputDir: "test-results",
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 7_000 },
  forbidOnly: true,
  retries: 0,
  reporter: [["list"], ["json", { outputFile: "test-results/playwright.json" }]],
  use: {
    // Set by the global setup, before the processes that run the tests read this file.
    baseURL: process.env.BASE_URL,
    // A trace doubles the time of a run; the picture and the page's outline of a failure are there without one.
    trace: process.env.TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      // People's clocks are what they are, whatever the time at ours.
      env: trueClock(),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "js", use: { ...devices["Desktop Chrome"] } },
    // What people do on a phone that runs no scripts. The other journeys need no browser, or staff's screen.
    {
      name: "nojs",
      testMatch: /(guest|partner|salesman|accounts|told)\.spec\.ts$/,
      use: { ...devices["Desktop Chrome"], javaScriptEnabled: false, viewport: phone },
    },
  ],
});
