import sql from "sql-template-tag";
import { percentileOf } from "#app/erp/latency.ts";
import { limit } from "#app/db/limit.ts";
import type { Db } from "#app/db/transaction.server.ts";
import { countedTo } from "#app/ui/list.ts";
import { type Queue, type Traffic, trafficMinutes } from "./now.ts";

/** How requests are answered right now, and what else went wrong. */
export async function findTraffic(db: Db): Promise<Traffic> {
  const { histogram, ...counted } = await db.one<Omit<Traffic, "p95"> & { histogram: number[] | null }>(sql`
    with lately as (
      select requests, failed, histogram from app.http_minutes
       where minute > now() - make_interval(mins => ${trafficMinutes}::int) and private.is_waited_for(route))
    select coalesce((select sum(requests) from lately), 0)::double precision as requests,
           coalesce((select sum(failed) from lately), 0)::double precision as failed,
           (select array_agg(b.n order by b.i) from (
              select u.i, sum(u.n)::double precision as n
                from lately l cross join unnest(l.histogram) with ordinality u(n, i)
               group by u.i) b) as histogram,
           (select count(*) from (select from app.operational_logs
             where level >= 50 and level >= 40 and at > now() - interval '15 minutes'
             ${limit(countedTo + 1)}) e) as errors,
           (select count(*) from (select from app.timers
             where fired_at is null and met_at is null and void_at is null
               and rings_at < now() - interval '1 minute' ${limit(countedTo + 1)}) t) as "lateTimers"`);
  return { ...counted, p95: percentileOf(histogram ?? [], 0.95) };
}

/** What waits, counted up to countedTo, and since when the oldest does. */
export const listQueues = (db: Db) =>
  db.many<Omit<Queue, "oldest"> & { oldest: Date | null }>(sql`
    select 'ORDERS' as kind,
           (select count(*) from (select from app.erp_syncs
             where done_at is null ${limit(countedTo + 1)}) q) as waiting,
           (select created_at from app.orders where sync_status = 'PENDING_SYNC' order by created_at limit 1) as oldest
    union all
    select 'MAILS',
           (select count(*) from (select from app.mails where state = 'PENDING' ${limit(countedTo + 1)}) q),
           (select min(created_at) from app.mails where state = 'PENDING')
    union all
    select 'OWNER_MAILS',
           (select count(*) from (select from app.shadow_alerts
             where state = 'PENDING' and channel = 'EMAIL' ${limit(countedTo + 1)}) q),
           (select min(created_at) from app.shadow_alerts where state = 'PENDING' and channel = 'EMAIL')
    union all
    select 'OWNER_SMS',
           (select count(*) from (select from app.shadow_alerts
             where state = 'PENDING' and channel = 'SMS' ${limit(countedTo + 1)}) q),
           (select min(created_at) from app.shadow_alerts where state = 'PENDING' and channel = 'SMS')
    union all
    select 'NOTIFICATIONS',
           (select count(*) from (select from app.notifications where state = 'PENDING' ${limit(countedTo + 1)}) q),
           (select min(created_at) from app.notifications where state = 'PENDING')`);
