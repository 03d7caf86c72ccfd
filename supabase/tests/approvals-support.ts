import { people, stores } from "#tests/support/cast.ts";
import { plenty, type TestDb } from "#tests/support/rolled-back.ts";

type Decision = {
  outcome: string;
  decided_by: string;
  bulk: boolean;
  note: string;
  total: number;
  inputs: { reason: string; over: number; room: number; ours: number };
};

/** What an order costs. */
export const totalOf = (db: TestDb, number: string) =>
  db.value<number>("select total from app.orders where number = $1", [number]);

/** Where an order stands. */
export const statusOf = (db: TestDb, number: string) =>
  db.value<string>("select status from app.orders where number = $1", [number]);

/** What Budi may owe. */
export const setLimit = async (db: TestDb, limit: number) => {
  await db.sql.query("update app.partners set credit_limit = $1 where id = $2", [limit, stores.budi]);
};

/** The decision about an order's credit, if there is one. */
export const decisionOf = async (db: TestDb, number: string): Promise<Decision | undefined> =>
  (
    await db.rows<Decision>(
      "select c.* from app.credit_approvals c join app.orders o on o.id = c.order_id where o.number = $1",
      [number],
    )
  )[0];

/** What the trail says of it. */
export const trailOf = (db: TestDb, number: string) =>
  db.rows<{
    action: string;
    before: Record<string, unknown> | null;
    after: Record<string, unknown> | null;
    target_code: string;
  }>(
    "select action, before, after, target_code from app.audit_events where entity_key = $1 and action like 'CREDIT%'",
    [number],
  );

/** An admin's decision about the credit of one order. */
export const decide = "select app.decide_credit($1, $2, $3, $4)";

/** The same, done by somebody. */
export const decideAs = (db: TestDb, who: string, ...values: [string, string, string, number | null]) =>
  db.as(who, () => db.sql.query(decide, values));

/** A store with nothing owed, and its order of one piece that is over a limit of nothing: AMBER. */
export async function amberOrder(db: TestDb, pieces = 1): Promise<{ number: string; total: number; sku: string }> {
  const [sku] = await plenty(db);
  await db.sql.query("update app.orders set status = 'COMPLETED' where partner_id = $1", [stores.budi]);
  await db.sql.query("update app.invoices set status = 'CANCELLED' where partner_id = $1", [stores.budi]);
  await setLimit(db, 0);
  const number = await db.buy(people.budi, [sku, pieces]);
  return { number, total: await totalOf(db, number), sku };
}
