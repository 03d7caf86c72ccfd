import { randomUUID } from "node:crypto";
import pg from "pg";
import { fillCarts } from "../carts.ts";
import { together } from "../clients.ts";
import type { Body } from "./bare-client.ts";
import type { ErpFixture } from "./fixture.ts";

const clients = 6;
let rounds = 0;

/**
 * Orders of ten lines placed by as many stores as there are, through the command that a checkout calls.
 *
 * @returns their numbers.
 */
export async function placeOrders({ system }: ErpFixture, count: number): Promise<string[]> {
  const pool = new pg.Pool({ connectionString: system.stack.at.admin, max: clients });
  pool.on("error", () => undefined);
  const numbers: string[] = [];
  try {
    while (numbers.length < count) {
      rounds += 1;
      const first = (rounds * 7) % system.stores.length;
      const stores = [...system.stores.slice(first), ...system.stores.slice(0, first)].slice(0, count - numbers.length);
      await fillCarts(system, stores, rounds);
      await together(clients, stores.length, async (i) => {
        const { accountId, sessionId } = stores[i]!;
        const client = await pool.connect();
        try {
          await client.query("begin");
          await client.query("select set_config('request.jwt.claims', $1, true)", [
            JSON.stringify({ sub: accountId, session_id: sessionId }),
          ]);
          const { rows } = await client.query<{ number: string }>(
            "select app.place_order($1, null, '', true) ->> 'number' as number",
            [randomUUID()],
          );
          await client.query("commit");
          numbers.push(rows[0]!.number);
        } finally {
          client.release();
        }
      });
    }
    return numbers;
  } finally {
    await pool.end();
  }
}

export type Books = { duplicates: number; lost: number; unsynced: number; wrong: number; results: string };

/** What the ERP and we have of these orders. `wrong`: SYNCED with a document that the ERP has not got for it. */
export async function compareBooks(fixture: ErpFixture, numbers: string[]): Promise<Books> {
  const documents = (await fixture.control("/control/orders", "GET")) as Array<{ reference: string; document: string }>;
  const held = Map.groupBy(documents, ({ reference }) => reference);
  const orders = await fixture.ask<{ number: string; sync_status: string; erp_document: string | null }>(
    "select number, sync_status, erp_document from app.orders where number = any ($1)",
    [numbers],
  );
  const results = await fixture.ask<{ result: string; n: number }>(
    `
      select r.result, count(*)::int as n from app.reconcile_results r join app.orders o on o.id = r.order_id
        where o.number = any ($1) group by 1 order by 1`,
    [numbers],
  );
  return {
    duplicates: numbers.filter((number) => (held.get(number)?.length ?? 0) > 1).length,
    lost: numbers.length - orders.length + numbers.filter((number) => !held.has(number)).length,
    unsynced: orders.filter(({ sync_status }) => sync_status !== "SYNCED").length,
    wrong: orders.filter(
      ({ number, sync_status, erp_document }) =>
        sync_status === "SYNCED" && !held.get(number)?.some(({ document }) => document === erp_document),
    ).length,
    results: results.map(({ result, n }) => `${n} ${result}`).join(", ") || "none compared",
  };
}

/** The same orders under numbers of their own, for a client that is not ours. */
export async function bareBodies({ ask }: ErpFixture, numbers: string[]): Promise<Body[]> {
  const rows = await ask<{ body: Body }>(
    `
    select jsonb_build_object('reference', 'BARE-' || o.number, 'partner', p.code, 'placed_at', o.created_at, 'total',
      o.total, 'credit', o.credit_light,
             'lines', (select jsonb_agg(jsonb_build_object('sku', l.sku, 'quantity', l.quantity, 'unit_price',
               l.unit_price)) from app.order_lines l where l.order_id = o.id)) as body
      from app.orders o join app.partners p on p.id = o.partner_id where o.number = any ($1)`,
    [numbers],
  );
  return rows.map(({ body }) => body);
}
