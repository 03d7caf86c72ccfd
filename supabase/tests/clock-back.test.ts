import { expect, test } from "vitest";
import { rolledBack } from "#tests/support/rolled-back.ts";

test(
  "the clock was set back by an hour: what waited until then is due, a lease keeps its rest, the rest is left alone",
  rolledBack(async (db) => {
    const [order, other] = (
      await db.rows<{ id: string }>("select order_id as id from app.erp_syncs order by order_id limit 2")
    ).map(({ id }) => id);
    const waits = (id: string | undefined, next: string, lease: string | null) =>
      db.sql.query(
        `update app.erp_syncs set done_at = null, next_attempt_at = now() + $2::interval,
           lease_until = now() + $3::interval, unsure_until = now() + $3::interval where order_id = $1`,
        [id, next, lease],
      );
    await waits(order, "1 hour", "1 hour 30 seconds");
    await waits(other, "-5 minutes", null);
    await db.sql.query(
      `insert into app.mails (dedup_key, kind, recipient, next_attempt_at, created_at)
         values ('clock/1', 'ORDER_CHANGED', 'budi@demo.test', now() + interval '1 hour', now() + interval '1 hour')`,
    );
    await db.sql.query("select private.wait_less('1 hour')");
    expect(
      await db.rows(
        `select (extract(epoch from next_attempt_at - now()))::int as next,
                (extract(epoch from lease_until - now()))::int as lease,
                (extract(epoch from unsure_until - now()))::int as unsure
           from app.erp_syncs where order_id = any ($1) order by order_id`,
        [[order, other]],
      ),
    ).toEqual([
      { next: 0, lease: 30, unsure: 30 },
      { next: -300, lease: null, unsure: null },
    ]);
    expect(await db.value("select next_attempt_at <= now() from app.mails where dedup_key = 'clock/1'")).toBe(true);
  }),
);
