import sql from "sql-template-tag";
import { limit } from "#app/db/limit.ts";
import type { Db } from "#app/db/transaction.server.ts";

/**
 * Orders of the last hour, minute by minute, oldest first; and how many there usually are in this hour of the week: the
 * mean of the four weeks before, of those in which the shop was open. Null where there is none.
 */
export async function findPace(db: Db): Promise<{ minutes: number[]; usual: number | null }> {
  const rows = await db.many<{ orders: number; usual: number | null }>(sql`
    with weeks as (
      select (select count(*) from app.orders o
               where o.created_at > now() - n * interval '7 days' - interval '1 hour'
                 and o.created_at <= now() - n * interval '7 days') as orders
        from generate_series(1, 4) n
       where now() - n * interval '7 days' - interval '1 hour' >= (select min(created_at) from app.orders))
    select count(o.id) as orders, (select avg(orders)::double precision from weeks) as usual
      from generate_series(0, 59) m(ago)
      left join app.orders o on o.created_at > now() - interval '1 hour' and o.created_at <= now()
       and o.created_at > now() - (m.ago + 1) * interval '1 minute'
       and o.created_at <= now() - m.ago * interval '1 minute'
     group by m.ago order by m.ago desc ${limit(60)}`);
  return { minutes: rows.map(({ orders }) => orders), usual: rows[0]?.usual ?? null };
}
