import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { type CallHour, callHours, type CallRow } from "./calls.ts";
import type { FeedName } from "./state.ts";

/** `waitedSeconds`: how long it has been open. */
export type ErpTest = {
  id: number;
  askedAt: Date;
  askedBy: string;
  answeredAt: Date | null;
  ok: boolean | null;
  ms: number | null;
  error: string | null;
  waitedSeconds: number;
};

/** The newest test of the connection that somebody asked for. */
export const findLastTest = (db: Db) =>
  db.maybe<ErpTest>(sql`
    select id, asked_at as "askedAt", asked_by as "askedBy", answered_at as "answeredAt", ok, ms, error,
      extract(epoch from now() - asked_at)::double precision as "waitedSeconds"
      from app.erp_tests order by id desc limit 1`);

/** The calls of the last 24 hours, hour by hour. */
export async function listCallHours(db: Db): Promise<CallHour[]> {
  const rows = await db.many<(CallRow | { hour: null }) & { now: Date }>(sql`
    select c.hour, c.operation, c.ok, c.refused, c.failed, c.histogram::double precision[] as histogram, t.now
      from (select now() as now) t left join app.erp_call_stats c on c.hour > t.now - interval '24 hours'
        order by c.hour, c.operation`);
  return callHours(
    rows.filter((row) => row.hour !== null),
    rows[0]!.now,
  );
}

/** Asks a worker to see whether the ERP answers. Errors: 28000, DENIED for all but admins. */
export const testErp = (db: Db) => db.one(sql`select app.test_erp()`);

/**
 * `seen`: the refused run that he was shown. Errors: NotFound, DENIED for all but admins, REASON_REQUIRED, STALE when
 * the feed's last pull was none such.
 */
export const acceptRefusedFeed = (db: Db, feed: FeedName, seen: number, reason: string) =>
  db.one(sql`select app.accept_refused_feed(${feed}, ${seen}::bigint, ${reason})`);
