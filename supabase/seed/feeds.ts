import type pg from "pg";
import { outstandingOf, stockOf, warehouses } from "#mocks/erp/state.ts";

/**
 * Fills stock and credit through the worker's own functions, with the figures that the pretended ERP gives for the same
 * SKUs and codes, so that a worker which pulls later changes nothing. As of now, by the database clock.
 *
 * @throws Error with the reason when a feed is refused.
 */
export async function applyFeeds(client: pg.ClientBase): Promise<void> {
  const { rows: products } = await client.query<{ sku: string }>("select sku from app.products where active");
  const { rows: partners } = await client.query<{ code: string }>("select code from app.partners");
  const stock = products.flatMap(({ sku }) =>
    warehouses.map((warehouse) => ({ sku, warehouse, quantity: stockOf(sku, warehouse) })),
  );
  const credit = partners.map(({ code }) => ({ partner: code, outstanding: outstandingOf(code) }));
  await apply(client, "jobs.apply_stock", stock);
  await apply(client, "jobs.apply_credit", credit);
}

async function apply(client: pg.ClientBase, command: "jobs.apply_stock" | "jobs.apply_credit", rows: object[]) {
  const answer = await client.query<{ reason: string | null }>(
    `select ${command}('seed ' || now(), now(), $1::jsonb) as reason`,
    [JSON.stringify(rows)],
  );
  const reason = answer.rows[0]!.reason;
  if (reason !== null) throw new Error(`${command} refused the seed: ${reason}`);
}
