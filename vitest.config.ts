import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/support/longest-first.ts";

export default defineConfig({
  // Elements as in a build: those of development do not go with the React of production.
  esbuild: { jsxDev: false },
  test: {
    include: ["tests/**/*.test.{ts,tsx}", "supabase/tests/**/*.test.ts"],
    exclude: ["tests/e2e/**", "node_modules/**"],
    environment: "node",
    // One throw-away server for all, and a copy of its database for each file.
    globalSetup: ["tests/support/vitest-setup.ts"],
    setupFiles: ["tests/support/vitest-file.ts"],
    pool: "forks",
    // Pages are short-lived garbage, which a young generation of this size takes in its stride.
    execArgv: ["--max-semi-space-size=64"],
    // More than cores: half of the time a file waits, for a server to start or a pause to pass.
    maxWorkers: 5,
    maxConcurrency: 2,
    sequence: { sequencer: LongestFirst },
    // Generous, for a busy machine: what hangs is found all the same, and what has to be fast says so itself.
    testTimeout: 300_000,
    expect: { poll: { timeout: 90_000, interval: 20 } },
    hookTimeout: 300_000,
    unstubEnvs: true,
    restoreMocks: true,
  },
});
