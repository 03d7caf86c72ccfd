import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import type { AgedLine } from "#app/log-queue.ts";
import type { RequestSum } from "./requests.ts";
import type { VitalSum } from "./vital.ts";

/** How requests were answered, added to what stands there. */
export const noteRequests = (db: Db, sums: RequestSum[]) =>
  db.one(sql`select app.note_requests(${JSON.stringify(sums)}::jsonb)`);

/** What waits in the database, by name. */
export const findFigures = async (db: Db): Promise<Record<string, number>> =>
  (await db.one<{ figures: Record<string, number> | null }>(sql`select app.operation_figures() as figures`)).figures ??
  {};

/** Lines of the web's log. */
export const noteLogs = (db: Db, lines: AgedLine[]) =>
  db.one(sql`select app.note_logs(${JSON.stringify(lines)}::jsonb)`);

/** How fast pages were, added to what stands there. */
export const noteVitals = (db: Db, sums: VitalSum[]) =>
  db.one(sql`select app.note_vitals(${JSON.stringify(sums)}::jsonb)`);
