import { openQueries, type WorkerQueries } from "#jobs/queries.ts";
import type { Database } from "#tests/support/database.ts";
import { whileFileRuns } from "#tests/support/while-file-runs.ts";

/** The worker's queries of this database, while the file runs. They are there from the first hook on. */
export const queriesOf = (database: Database): WorkerQueries =>
  whileFileRuns(
    () => openQueries(database.workerUrl),
    ({ close }) => close(),
  );
