import type pg from "pg";
import { expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { connect } from "#tests/support/database.ts";
import { reasonOf } from "#tests/support/rolled-back.ts";
import { several } from "#supabase/local/several.ts";

// Committed, on connections of their own: a race is only a race between transactions. The first buyer has ordered and
// not committed when the second one orders; what matters is what the second is told once the first has committed.
type Buyer = { user: string; session: string; sql: pg.Client };

async function race(
  play: (race: {
    owner: pg.Client;
    buyers: Buyer[];
    order: (buyer: Buyer, sku: string) => Promise<{ light?: string; reason?: string }>;
  }) => Promise<void>,
  users: string[],
) {
  const owner = await connect();
  const buyers = await Promise.all(
    users.map(async (user) => ({ user, session: crypto.randomUUID(), sql: await connect() })),
  );
  const before = (
    await owner.query<{ id: string; limit: number }>("select id, credit_limit as limit from app.partners")
  ).rows;
  const stock = (await owner.query("select product_id as id, quantity, buffer, held from app.product_stock")).rows;
  const last = (await owner.query<{ id: number }>("select coalesce(max(id), 0) as id from app.orders")).rows[0]!.id;
  const order = async ({ user, session, sql }: Buyer, sku: string) => {
    await sql.query("begin");
    await sql.query("select set_config('request.jwt.claims', $1, true), set_config('role', 'authenticated', true)", [
      JSON.stringify({ sub: user, session_id: session }),
    ]);
    try {
      await sql.query("select app.put_in_cart($1, 1, 'set')", [sku]);
      return (
        await sql.query<{ p: { light: string } }>("select app.place_order(gen_random_uuid(), null, '', false) as p")
      ).rows[0]!.p;
    } catch (error) {
      return { reason: reasonOf(error) };
    }
  };
  try {
    for (const { user, session } of buyers)
      await owner.query(
        "insert into auth.sessions (id, user_id, created_at, updated_at) values ($1, $2, now(), now())",
        [session, user],
      );
    await owner.query("update app.feeds set as_of = now(), snapshot_id = coalesce(snapshot_id, 1)");
    await play({ owner, buyers, order });
  } finally {
    await Promise.all(buyers.map(({ sql }) => sql.query("rollback")));
    await owner.query("begin");
    for (const table of ["order_events", "erp_syncs", "shadow_traces", "shadow_alerts", "mails"])
      await owner.query("select private.retire($1::regclass, $2, 'TEST')", [`app.${table}`, `order_id > ${last}`]);
    await owner.query("select private.retire('app.orders', $1, 'TEST')", [`id > ${last}`]);
    await owner.query("select private.audit('LIMIT_CHANGED', 'partner', code) from app.partners");
    for (const { id, limit } of before)
      await owner.query("update app.partners set credit_limit = $1 where id = $2 and credit_limit <> $1", [limit, id]);
    await owner.query(
      `
        update app.product_stock s set quantity = o.quantity, buffer = o.buffer, held = o.held
          from jsonb_to_recordset($1) as o (id bigint, quantity int, buffer int, held int) where o.id = s.product_id`,
      [JSON.stringify(stock)],
    );
    await owner.query("select private.retire('app.acting_sessions', $1, 'TEST')", [
      `session_id in (${buyers.map(({ session }) => `'${session}'`).join()})`,
    ]);
    await owner.query("delete from app.cart_items where author_id = any ($1)", [users]);
    await owner.query("delete from auth.sessions where id = any ($1)", [buyers.map(({ session }) => session)]);
    await owner.query("commit");
    await Promise.all([owner, ...buyers.map(({ sql }) => sql)].map((client) => client.end()));
  }
}

/** Lets the first one commit once the second waits for it, or has passed it by. */
async function commitWhenTheOtherWaits(owner: pg.Client, first: Buyer, second: Buyer, answer: Promise<unknown>) {
  let passed = false;
  void answer.then(() => (passed = true));
  const pid = second.sql.processID;
  const waits = async () =>
    (await owner.query("select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'", [pid])).rowCount ===
    1;
  while (!passed && !(await waits())) continue;
  await first.sql.query("commit");
}

test(
  "an owner and his salesman, ordering at once, never both spend the same room",
  () =>
    race(
      async ({ owner, buyers, order }) => {
        const [budi, sari] = several(2, buyers);
        const goods = (
          await owner.query<{ sku: string; id: number; price: number }>(
            `
              select p.sku, p.id, r.price from app.products p join app.prices r on r.product_id = p.id
                and r.tier = 'GOLD' where p.active order by p.id limit 2`,
          )
        ).rows;
        await owner.query(
          "update app.product_stock set quantity = 100, buffer = 0, held = 0 where product_id = any ($1)",
          [goods.map(({ id }) => id)],
        );
        await sari.sql.query("begin");
        await sari.sql.query(
          "select set_config('request.jwt.claims', $1, true), set_config('role', 'authenticated', true)",
          [JSON.stringify({ sub: sari.user, session_id: sari.session })],
        );
        await sari.sql.query("select app.begin_acting('PTR-0001', 'kunjungan toko')");
        await sari.sql.query("commit");
        // Room for either of the two orders and not for both. Different goods, so that only the room is between them.
        const {
          rows: [exposure],
        } = await owner.query<{ n: number }>(
          "select (d ->> 'limit')::bigint - (d ->> 'room')::bigint as n from private.credit_decision($1, 0) d",
          [stores.budi],
        );
        await owner.query(
          `
            with noted as (select private.audit('LIMIT_CHANGED', 'partner', 'PTR-0001')) update app.partners
              set credit_limit = $1 from noted where id = $2`,
          [exposure!.n + Math.max(...goods.map(({ price }) => price)), stores.budi],
        );
        expect(await order(budi, goods[0]!.sku)).toMatchObject({ light: "GREEN" });
        const second = order(sari, goods[1]!.sku);
        await commitWhenTheOtherWaits(owner, budi, sari, second);
        expect(await second).toMatchObject({ light: "AMBER" });
      },
      [people.budi, people.sari],
    ),
  30_000,
);

test(
  "two stores, ordering the last piece at once, never both get it",
  () =>
    race(
      async ({ owner, buyers, order }) => {
        const [budi, maya] = several(2, buyers);
        const {
          rows: [last],
        } = await owner.query<{ sku: string; id: number }>(
          "select sku, id from app.products where active order by id desc limit 1",
        );
        await owner.query("update app.product_stock set quantity = 1, buffer = 0, held = 0 where product_id = $1", [
          last!.id,
        ]);
        expect(await order(budi, last!.sku)).toHaveProperty("light");
        const second = order(maya, last!.sku);
        await commitWhenTheOtherWaits(owner, budi, maya, second);
        expect(await second).toEqual({ reason: "STOCK_SHORT" });
      },
      [people.budi, people.maya],
    ),
  30_000,
);
