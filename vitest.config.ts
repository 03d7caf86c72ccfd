import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.{ts,tsx}", "supabase/tests/**/*.test.ts"],
    exclude: ["tests/e2e/**", "node_modules/**"],
    environment: "node",
    // One throw-away server for all, and a copy of its database for each file.
    globalSetup: ["tests/support/vitest-setup.ts"],
    setupFiles: ["tests/support/vitest-file.ts"],
    pool: "forks",
    maxWorkers: 2,
    maxConcurrency: 2,
    // Generous, for a busy machine: what hangs is found all the same, and what has to be fast says so itself.
    testTimeout: 300_000,
    expect: { poll: { timeout: 90_000, interval: 20 } },
    hookTimeout: 300_000,
    unstubEnvs: true,
    restoreMocks: true,
  },
});
