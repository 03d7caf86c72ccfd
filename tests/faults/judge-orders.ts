import type { System } from "./system.ts";

/** Orders that the site acknowledged while the fault lasted, and how many documents the ERP has of them. */
export type OrdersFound = { placed: number; documents: number };

type Row = { number: string; sync_status: string; erp_document: string | null; result: string | null };

/**
 * Each acknowledged order exists once here and once in the ERP, under the number that we know it by; nothing else was
 * written.
 */
export async function judgeOrders(
  system: System,
  broken: number,
  must: (so: boolean, words: string) => void,
): Promise<OrdersFound> {
  const orders = await system.rows<Row>(`
    select o.number, o.sync_status, o.erp_document, r.result from app.orders o
      left join app.reconcile_results r on r.order_id = o.id order by o.id`);
  const byNumber = Map.groupBy(orders, ({ number }) => number);
  const mine = system.crowd.ordered.filter(({ at }) => at >= broken);
  const documentsOf = (number: string) => system.state.find(number);
  const list = (numbers: string[]) => `${numbers.length}: ${numbers.slice(0, 3).join(", ")}`;
  const amiss = (words: string, numbers: string[]) => must(numbers.length === 0, `${words} (${list(numbers)})`);

  const numbers = mine.map(({ number }) => number);
  must(numbers.length > 0, "nobody could order");
  must(new Set(numbers).size === numbers.length, "a number was given twice");
  amiss(
    "orders acknowledged and not here",
    numbers.filter((number) => byNumber.get(number)?.length !== 1),
  );
  amiss(
    "orders not in the ERP",
    numbers.filter((number) => documentsOf(number).length === 0),
  );
  const row = (number: string) => byNumber.get(number)?.[0];
  amiss(
    "orders with more than one document",
    numbers.filter((number) => documentsOf(number).length > 1),
  );
  amiss(
    "orders not synced",
    numbers.filter((number) => row(number)?.sync_status !== "SYNCED"),
  );
  amiss(
    "orders under another document",
    numbers.filter((number) => row(number)?.erp_document !== documentsOf(number)[0]?.document),
  );
  amiss(
    "orders that somebody has to decide about",
    numbers.filter((number) => !["CONFIRMED", null, undefined].includes(row(number)?.result)),
  );
  // What was acknowledged is all there is: a form whose answer came is one order and not two.
  const known = new Set(system.crowd.ordered.map(({ number }) => number));
  amiss(
    "orders that nobody was told of",
    orders.map(({ number }) => number).filter((number) => !known.has(number) && !system.seeded.has(number)),
  );
  return { placed: numbers.length, documents: numbers.reduce((sum, number) => sum + documentsOf(number).length, 0) };
}
