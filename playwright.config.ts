import { defineConfig, devices } from "@playwright/test";
import { trueClock } from "#supabase/local/clock.ts";
import { findStack } from "#tests/support/worker-stack.ts";

// A stack for each worker (tests/support/playwright-setup.ts). Files share it one after the other, in any order: they
// use rows of their own and leave it whole.
findStack();
const phone = { width: 360, height: 740 };

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./tests/support/playwright-setup.ts",
  outputDir: "test-results",
  workers: 3,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  retries: 0,
  reporter: [["list"], ["json", { outputFile: "test-results/playwright.json" }]],
  use: {
    // Known in the processes that run the tests: each reads this file.
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
        // No page leaves this machine: WhatsApp is asked for, and not reached.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
      ],
    },
  },
  projects: [
    { name: "js", use: { ...devices["Desktop Chrome"] } },
    // One journey of each room once more, on a phone that runs no scripts.
    {
      name: "nojs",
      grep: /@nojs/,
      use: { ...devices["Desktop Chrome"], javaScriptEnabled: false, viewport: phone },
    },
  ],
});
