import { afterAll, beforeAll } from "vitest";
import { openQueries, type WorkerQueries } from "#jobs/queries.ts";
import type { Database } from "#tests/support/database.ts";

/** The worker's queries of this database, while the file runs. They are there from the first hook on. */
export function queriesOf(database: Database): WorkerQueries {
  const queries = {} as WorkerQueries;
  beforeAll(() => void Object.assign(queries, openQueries(database.workerUrl)));
  afterAll(() => queries.close?.());
  return queries;
}
