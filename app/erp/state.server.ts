import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import { type CircuitState, eventsShown, type FeedName } from "./state.ts";
import type { FeedRefusal } from "./feed-refusal.ts";
import { countedTo } from "#app/ui/list.ts";

export type { CircuitState };

/**
 * `now`: the database's clock, by which ages are told. `silent`: no process that watches the ERP has been heard of for
 * two minutes.
 */
export type Circuit = {
  state: CircuitState;
  since: Date;
  failures: number;
  flaps: number;
  lastError: string | null;
  lastOkAt: Date | null;
  nextProbeAt: Date;
  silent: boolean;
  now: Date;
};
/**
 * `skewSeconds`: how far the ERP's clock was ahead of ours when the live snapshot was taken. `refusal`: what an admin
 * may accept. `same`: the ERP served the live one again.
 */
export type Feed = {
  name: FeedName;
  asOf: Date | null;
  rows: number | null;
  wanted: boolean;
  lastTriedAt: Date | null;
  lastError: string | null;
  skewSeconds: number | null;
  refusal: FeedRefusal | null;
  same: boolean;
  /**
   * Rows of the live snapshot that could not be used, the first of them, and how many there are; what holds instead and
   * since when, null where nothing was known.
   */
  aside: Array<{ key: string; sent: string; why: "FIGURE" | "UNKNOWN"; figure: number | null; asOf: string | null }>;
  asideCount: number;
};
const asideShown = 20;
export type FeedRun = {
  id: number;
  feed: FeedName;
  at: Date;
  accepted: boolean;
  snapshot: string | null;
  asOf: Date | null;
  rows: number | null;
  reason: string | null;
};
export type CircuitEvent = { id: number; at: Date; state: CircuitState; error: string | null };
export type SyncTrouble = {
  number: string;
  attempts: number;
  nextAttemptAt: Date | null;
  error: string;
  final: boolean;
};

/** The breaker as all processes share it. */
export const findCircuit = (db: Db) =>
  db.one<Circuit>(sql`
    select state, since, failures, flaps, last_error as "lastError", last_ok_at as "lastOkAt",
      next_probe_at as "nextProbeAt", now() as now,
           greatest(coalesce(last_ok_at, '-infinity'), coalesce(probed_at, '-infinity'),
             since) < now() - interval '2 minutes' as silent
      from app.erp_circuit`);

/** The last good snapshot of each feed, and what the latest try said. */
export const listFeeds = (db: Db) =>
  db.many<Feed>(sql`
    select f.name, f.as_of as "asOf", r.rows, f.wanted, f.last_tried_at as "lastTriedAt", f.last_error as "lastError",
           extract(epoch from r.erp_taken_at - r.as_of)::double precision as "skewSeconds",
             coalesce(l.reason_code = 'SAME_SNAPSHOT', false) as same,
           coalesce(jsonb_array_length(r.aside), 0) as "asideCount",
           (select coalesce(jsonb_agg(a.value order by a.ordinality), '[]') from jsonb_array_elements(r.aside)
             with ordinality a where a.ordinality <= ${asideShown}) as aside,
           case when f.last_error is not null and not l.accepted and l.reason_code is not null
             then jsonb_build_object('id', l.id, 'rows', l.rows, 'live', r.warehouses, 'refused',
               l.warehouses) end as refusal
      from app.feeds f left join app.feed_runs r on r.id = f.snapshot_id
      left join lateral (select n.id, n.rows, n.accepted, n.reason_code, n.warehouses from app.feed_runs n
        where n.feed = f.name order by n.id desc limit 1) l on true
     order by f.name desc`);

/** The breaker's newest changes within the hours before now, oldest first, and the one before them. */
export const listCircuitEvents = async (db: Db, hours: number): Promise<CircuitEvent[]> =>
  (
    await db.many<CircuitEvent>(sql`
    (select id, at, state, error from app.erp_circuit_events where at >= now() - make_interval(hours => ${hours}::int)
      order by at desc, id desc ${limit(eventsShown)})
    union all
    (select id, at, state, error from app.erp_circuit_events where at < now() - make_interval(hours => ${hours}::int)
      order by at desc, id desc limit 1)`)
  ).sort((a, b) => a.at.getTime() - b.at.getTime() || a.id - b.id);

/** The incident that is open because the ERP is down. */
export const findErpIncident = (db: Db) =>
  db.maybe<{ ref: string }>(sql`select ref from app.incidents where dedup_key = 'erp-down' and state <> 'CLOSED'`);

/** The run of Reconcile_Orders under way, and how many results wait for a person. */
export const findUndecided = (db: Db) =>
  db.one<{ run: string | null; total: number | null; settled: number | null; undecided: number }>(sql`
    select r.ref as run, r.total, r.total - (select count(*) from app.erp_syncs u where u.run_id = r.id
      and u.done_at is null) as settled,
           (select count(*) from (select from app.reconcile_results where resolved_at is null
             and result <> 'CONFIRMED' ${limit(countedTo + 1)}) d) as undecided
      from (select 1) one left join app.reconcile_runs r on r.finished_at is null`);

/** The last 20 pulls, taken or refused. */
export const listFeedRuns = (db: Db) =>
  db.many<FeedRun>(
    sql`
      select id, feed, at, accepted, snapshot, as_of as "asOf", rows, reason from app.feed_runs order by id desc
        limit 20`,
  );

/**
 * How many orders wait for the ERP (counted up to countedTo), since when the oldest does, and how many that go on it
 * has not taken.
 */
export const findQueue = (db: Db) =>
  db.one<{ waiting: number; oldest: Date | null; oldestNumber: string | null; failed: number }>(sql`
    with oldest as (
      select o.number, o.created_at from app.orders o where o.sync_status = 'PENDING_SYNC' order by o.id limit 1)
    select (select count(*)
      from (select from app.erp_syncs where done_at is null ${limit(countedTo + 1)}) q) as waiting,
           (select created_at from oldest) as oldest, (select number from oldest) as "oldestNumber",
           (select count(*) from (select from app.orders where sync_status = 'FAILED'
             and status not in ('REJECTED', 'CANCELLED') ${limit(countedTo + 1)}) f) as failed`);

/** The last words of the ERP on orders that it has not taken: refused for good, and still being tried. */
export const listSyncTroubles = (db: Db) =>
  db.many<SyncTrouble>(sql`
    (select o.number, u.attempts, null::timestamptz as "nextAttemptAt", coalesce(u.last_error, '') as error,
      true as final
       from app.orders o join app.erp_syncs u on u.order_id = o.id
      where o.sync_status = 'FAILED' and o.status not in ('REJECTED', 'CANCELLED') order by o.id desc limit 10)
    union all
    (select o.number, u.attempts, u.next_attempt_at, u.last_error, false
       from app.erp_syncs u join app.orders o on o.id = u.order_id
      where u.done_at is null and u.last_error is not null order by u.next_attempt_at limit 10)`);
