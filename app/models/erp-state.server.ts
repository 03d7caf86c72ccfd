import sql from "sql-template-tag";
import type { Db } from "#app/db/door.server.ts";
import { limit } from "#app/db/limit.ts";
import { countedTo } from "./office.ts";

export type CircuitState = "CLOSED" | "OPEN" | "HALF_OPEN";
export type Circuit = { state: CircuitState; since: Date; failures: number; lastError: string | null; lastOkAt: Date | null };
export type Feed = { name: "stock" | "credit"; asOf: Date | null; rows: number | null; lastTriedAt: Date | null; lastError: string | null };
export type FeedRun = { id: number; feed: "stock" | "credit"; at: Date; accepted: boolean; snapshot: string | null; asOf: Date | null; rows: number | null; reason: string | null };
export type CircuitEvent = { id: number; at: Date; state: CircuitState; error: string | null };
export type PushTrouble = { number: string; attempts: number; nextAttemptAt: Date | null; error: string; final: boolean };

/** The breaker as all processes share it. */
export const findCircuit = (db: Db) =>
  db.one<Circuit>(sql`select state, since, failures, last_error as "lastError", last_ok_at as "lastOkAt" from app.erp_circuit`);

/** The last good snapshot of each feed, and what the latest try said. */
export const listFeeds = (db: Db) =>
  db.many<Feed>(sql`
    select name, as_of as "asOf", row_count as rows, last_tried_at as "lastTriedAt", last_error as "lastError"
      from app.feeds order by name desc`);

/** The breaker's last 50 changes, newest first. */
export const listCircuitEvents = (db: Db) =>
  db.many<CircuitEvent>(sql`select id, at, state, error from app.erp_circuit_events order by id desc limit 50`);

/** The last 20 pulls, taken or refused. */
export const listFeedRuns = (db: Db) =>
  db.many<FeedRun>(sql`select id, feed, at, accepted, snapshot, as_of as "asOf", rows, reason from app.feed_runs order by id desc limit 20`);

/** How many orders wait for the ERP (counted up to countedTo) and since when the oldest does. */
export const findQueue = (db: Db) =>
  db.one<{ waiting: number; oldest: Date | null; oldestNumber: string | null; failed: number }>(sql`
    with oldest as (
      select o.number, o.created_at from app.orders o where o.sync_status = 'PENDING_SYNC' order by o.id limit 1)
    select (select count(*) from (select from app.erp_pushes where done_at is null ${limit(countedTo + 1)}) q) as waiting,
           (select created_at from oldest) as oldest, (select number from oldest) as "oldestNumber",
           (select count(*) from (select from app.orders where sync_status = 'FAILED' ${limit(countedTo + 1)}) f) as failed`);

/** The last words of the ERP on orders that it has not taken: refused for good, and still being tried. */
export const listPushTroubles = (db: Db) =>
  db.many<PushTrouble>(sql`
    (select o.number, u.attempts, null::timestamptz as "nextAttemptAt", coalesce(o.sync_error, '') as error, true as final
       from app.orders o join app.erp_pushes u on u.order_id = o.id
      where o.sync_status = 'FAILED' order by o.id desc limit 10)
    union all
    (select o.number, u.attempts, u.next_attempt_at, u.last_error, false
       from app.erp_pushes u join app.orders o on o.id = u.order_id
      where u.done_at is null and u.last_error is not null order by u.next_attempt_at limit 10)`);
