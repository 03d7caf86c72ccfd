import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import type { Case, CaseFilter, CaseRow } from "./case.ts";
import { decodeCursor, encodeCursor } from "#app/db/cursor.ts";
import { staffPageSize } from "#app/ui/list.ts";

type List = { cases: CaseRow[]; counts: Record<string, number> };

/** Salesmen who have ordered in stores' names, by score or by their last such order. */
export async function listCases(
  db: Db,
  { with: only, by, after }: CaseFilter,
): Promise<List & { next: string | null }> {
  const cursor = decodeCursor(after, "number", "text");
  const { list } = await db.one<{ list: List }>(sql`
    select app.list_cases(${only}, ${by}, ${cursor?.[0] ?? null}::numeric, ${cursor?.[1] ?? null}) as list`);
  const cases = list.cases.slice(0, staffPageSize);
  const last = cases.at(-1);
  return {
    cases,
    counts: list.counts,
    next: list.cases.length > staffPageSize && last ? encodeCursor([String(last.value), last.code]) : null,
  };
}

/**
 * A salesman's case, and a line in the audit trail that it was read: hence in a transaction that writes.
 * Errors: NotFound, DENIED for all but staff.
 */
export async function openCase(
  db: Db,
  code: string,
  after: string | null,
): Promise<Case & { nextPage: string | null }> {
  const cursor = decodeCursor(after, "id");
  const { found } = await db.one<{ found: Case }>(
    sql`select app.open_case(${code}, ${cursor?.[0] ?? null}::bigint) as found`,
  );
  return { ...found, nextPage: found.next === null ? null : encodeCursor([found.next]) };
}

/** Errors: NotFound, REASON_REQUIRED, DENIED. */
export const addCaseNote = (db: Db, code: string, note: string) =>
  db.one(sql`select app.add_case_note(${code}, ${note})`);
