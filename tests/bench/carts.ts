import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { System, Store } from "./system.ts";

export const linesPerCart = 10;

/** Enough credit and stock for everybody, so that each order is the ordinary one. */
export async function liftLimits({ admin }: System) {
  await admin.query(
    `
      select private.audit('LIMIT_CHANGED', 'partner', code) from app.partners; update app.partners set credit_limit
        = 1000000000000`,
  );
  await admin.query("update app.product_stock set quantity = 1000000");
}

/** Ten articles each, the popular ones more often: checkouts do meet on a shelf. */
export async function fillCarts({ admin }: System, stores: Store[], round: number) {
  await admin.query(
    `
    with wanted as (select * from unnest($1::uuid[], $2::uuid[]) with ordinality as w (partner_id, author_id, n)),
    opened as (
      insert into app.carts (partner_id, author_id) select partner_id, author_id from wanted
      on conflict (partner_id, author_id) do update set updated_at = now())
    insert into app.cart_items (partner_id, author_id, product_id, quantity)
      select w.partner_id, w.author_id, p.id, 1 + (w.n + p.id) % 6
        from wanted w cross join lateral (
          select id from app.products where active
           order by ('x' || substr(md5(w.n || '-' || $3::int || '-' || id), 1, 8))::bit(32)::bigint * (1 + id % 7)
             limit ${linesPerCart}) p
      on conflict do nothing`,
    [stores.map(({ partnerId }) => partnerId), stores.map(({ accountId }) => accountId), round],
  );
}

/** Places a store's cart as its owner, in a transaction of its own that is sent at once. */
export async function placeOrder(client: pg.ClientBase, { accountId, sessionId }: Store) {
  await Promise.all([
    client.query("begin"),
    client.query({
      name: "claims",
      text: "select set_config('request.jwt.claims', $1, true)",
      values: [JSON.stringify({ sub: accountId, session_id: sessionId })],
    }),
    client.query({ name: "place", text: "select app.place_order($1, null, '', true)", values: [randomUUID()] }),
    client.query("commit"),
  ]);
}
