import sql from "sql-template-tag";
import { addHistograms, percentileOf } from "#app/erp/latency.ts";
import { limit } from "#app/db/limit.ts";
import type { Db } from "#app/db/transaction.server.ts";
import type { Metric } from "./vital.ts";
import { type Speed, speedOf, type VitalRow } from "./speed.ts";

/** Pages of ours are some hundred, metrics five. */
const mostRows = 20_000;

/** How fast pages were on phones in the last so many days of Jakarta, today's among them. */
export async function findSpeed(db: Db, metric: Metric, days: number): Promise<Speed> {
  const rows = await db.many<{ [Key in keyof VitalRow]: VitalRow[Key] | null } & { listed: string }>(sql`
    select coalesce(to_char(d.day, 'YYYY-MM-DD'), '') as listed, to_char(v.day, 'YYYY-MM-DD') as day,
      v.route, v.metric, v.samples, v.histogram, v.targets
      from (select (now() at time zone 'Asia/Jakarta')::date - n as day from generate_series(0, ${days - 1}::int) n) d
      left join app.vital_days v on v.day = d.day
     order by d.day, v.route, v.metric ${limit(mostRows)}`);
  const told = rows.flatMap(({ listed: _, ...row }) => (row.day === null ? [] : [row as VitalRow]));
  return speedOf(told, metric, [...new Set(rows.map(({ listed }) => listed))]);
}

export type Measured = { requests: number; failed: number; p95: number | null };

/** How these addresses were answered in the last 24 hours, by "GET /api/products". */
export async function findMeasured(db: Db, routes: string[]): Promise<Record<string, Measured>> {
  const rows = await db.many<{ key: string; requests: number; failed: number; calls: number }>(sql`
    select h.method || ' ' || h.route as key,
      coalesce(sum(h.requests) filter (where u.i = 1), 0)::double precision as requests,
      coalesce(sum(h.failed) filter (where u.i = 1), 0)::double precision as failed,
      coalesce(sum(u.n), 0)::double precision as calls
      from app.http_minutes h cross join unnest(h.histogram) with ordinality u(n, i)
     where h.minute > now() - interval '24 hours' and h.route = any (${routes})
     group by 1, u.i order by 1, u.i`);
  const found: Record<string, Measured> = {};
  for (const [key, buckets] of Map.groupBy(rows, (row) => row.key)) {
    const histogram = addHistograms(
      [],
      buckets.map(({ calls }) => calls),
    );
    found[key] = { requests: buckets[0]!.requests, failed: buckets[0]!.failed, p95: percentileOf(histogram, 0.95) };
  }
  return found;
}
