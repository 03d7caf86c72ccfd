import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.{ts,tsx}", "supabase/tests/**/*.test.ts"],
    exclude: ["tests/e2e/**", "node_modules/**"],
    environment: "node",
    // One throw-away database for all; each test works in a transaction of its own or on rows of its own.
    globalSetup: ["supabase/local/vitest-setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000, // A test on the database waits for its turn: see takeTurn in supabase/tests/support.ts.
    hookTimeout: 120_000,
    unstubEnvs: true,
    restoreMocks: true,
  },
});
