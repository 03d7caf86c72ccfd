import sql, { empty } from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { NotFound } from "#app/db/errors.server.ts";
import { limit } from "#app/db/limit.ts";
import { decodeCursor, encodeCursor } from "#app/db/cursor.ts";
import { staffPageSize } from "#app/ui/list.ts";

export type Export = {
  id: number;
  ref: string;
  subjectCode: string;
  subjectName: string;
  from: string;
  to: string;
  reason: string;
  requestedBy: string;
  requestedAt: Date;
  upToSeq: number;
  upToBatch: number;
  auditRows: number;
  orderRows: number;
  hitRows: number;
  chainRows: number;
  sha256: string | null;
  bytes: number | null;
  completedAt: Date | null;
  /** Asked for by the viewer, within the last day: he may download it. */
  open: boolean;
};

const exports = sql`
  select id, ref, subject_code as "subjectCode", subject_name as "subjectName", period_from::text as "from",
    period_to::text as "to", reason,
         requested_by as "requestedBy", requested_at as "requestedAt", up_to_seq as "upToSeq",
           up_to_batch as "upToBatch", audit_rows as "auditRows",
         order_rows as "orderRows", hit_rows as "hitRows", chain_rows as "chainRows", sha256, bytes,
           completed_at as "completedAt",
         coalesce(requested_id = private.viewer_id(), false) and requested_at > now() - interval '24 hours' as open
    from app.evidence_exports`;

/** Who asked for evidence about whom, newest first; `code`: about one salesman. */
export async function listExports(
  db: Db,
  { code, after }: { code: string | null; after: string | null },
): Promise<{ exports: Export[]; next: string | null }> {
  const cursor = decodeCursor(after, "id");
  const rows = await db.many<Export>(sql`${exports}
    where true ${code ? sql`and subject_code = ${code}` : empty} ${cursor ? sql`and id < ${cursor[0]}::bigint` : empty}
    order by id desc ${limit(staffPageSize + 1)}`);
  const shown = rows.slice(0, staffPageSize);
  const last = shown.at(-1);
  return { exports: shown, next: rows.length > staffPageSize && last ? encodeCursor([last.id]) : null };
}

/** One export. Throws NotFound. */
export const findExport = (db: Db, ref: string) => db.one<Export>(sql`${exports} where ref = ${ref}`);

/** Whom evidence can be about. Throws NotFound for anybody but a salesman. */
export async function findSubject(db: Db, code: string): Promise<{ code: string; name: string }> {
  const subject = await db.maybe<{ code: string; name: string }>(
    sql`select code, name from app.accounts where code = ${code} and role = 'SALESMAN'`,
  );
  if (!subject) throw new NotFound();
  return subject;
}

/**
 * Fixes what an export covers. Errors: NotFound, DENIED, DAY, PERIOD, REASON_REQUIRED, NOT_SIGNED_YET while nothing is
 * signed, EXPORT_TOO_LARGE.
 *
 * @returns its reference.
 */
export async function beginExport(
  db: Db,
  code: string,
  { from, to, reason }: { from: string; to: string; reason: string },
  publicKey: string | null,
): Promise<string> {
  const { ref } = await db.one<{ ref: string }>(
    sql`select app.begin_export(${code}, ${from}::date, ${to}::date, ${reason}, ${publicKey}) as ref`,
  );
  return ref;
}
