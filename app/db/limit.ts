import { raw, type Sql } from "sql-template-tag";

/**
 * `limit n`, written out. As a parameter the planner would not know it, take it for a tenth of the table, and keep a
 * plan made for that.
 */
export const limit = (rows: number): Sql => raw(`limit ${Math.trunc(rows)}`);
