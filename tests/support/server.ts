import { inject } from "vitest";
import { throwAwayDatabase } from "#supabase/local/throw-away-database.ts";

/** A migrated, empty database on a server of the test's own, copied from the run's (vitest-setup.ts). */
export const emptyServer = (settings?: Record<string, string>) =>
  throwAwayDatabase({ settings, template: inject("templates").empty });

/** The same with what the tests' seed puts in. */
export const seededServer = (settings?: Record<string, string>) =>
  throwAwayDatabase({ settings, template: inject("templates").seeded });
