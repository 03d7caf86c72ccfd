import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.{ts,tsx}", "supabase/tests/**/*.test.ts"],
    exclude: ["tests/e2e/**", "node_modules/**"],
    environment: "node",
    // One throw-away server for all, and a copy of its database for each file.
    globalSetup: ["supabase/local/vitest-setup.ts"],
    setupFiles: ["supabase/local/vitest-file.ts"],
    pool: "forks",
    maxWorkers: 2,
    maxConcurrency: 2,
    testTimeout: 60_000, // A test on the database waits for its turn: see takeTurn in supabase/tests/support.ts.
    hookTimeout: 300_000,
    unstubEnvs: true,
    restoreMocks: true,
  },
});
