import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import type { Limits } from "./limits.ts";

/** What the settings say that programs may ask. */
export const findLimits = async (db: Db): Promise<Partial<Limits>> =>
  (await db.one<{ limits: Partial<Limits> | null }>(sql`select app.api_limits() as limits`)).limits ?? {};

/** The schema that this database was made of, by its checksum, and the seconds since the worker was heard of. */
export type Readiness = { schema: string | null; workerSeconds: number | null };
export const findReadiness = async (db: Db): Promise<Readiness> =>
  (await db.one<{ readiness: Readiness }>(sql`select app.readiness() as readiness`)).readiness;
