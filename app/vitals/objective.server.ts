import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import type { Budgets } from "./objective.ts";

/** Every objective of the sheet, and how its budget stands. Errors: DENIED for all but staff. */
export const findBudgets = async (db: Db): Promise<Budgets> =>
  (await db.one<{ budgets: Budgets }>(sql`select app.error_budgets() as budgets`)).budgets;
