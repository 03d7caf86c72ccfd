import { beforeAll, expect, test } from "vitest";
import { listWaitingOrders } from "#app/routing/waiting.server.ts";
import type { WaitingOrder } from "#app/routing/waiting.ts";
import { people, stores } from "#tests/support/cast.ts";
import { read, signedIn } from "#tests/support/signed-in.ts";

// For how long orders have been with whoever ships them.
const { owner, persons } = signedIn("admin", "auditor", "budi", "agus");
const number = (name: string) => `ORD-2018-${name}`;

type Kind = { ago: number; light?: "GREEN" | "AMBER"; status?: string; held?: boolean; count?: number };
/** Orders of their own, told by their year; so many hours ago. */
async function place(first: number, { ago, light = "GREEN", status = "SUBMITTED", held = false, count = 1 }: Kind) {
  await owner.query("begin");
  await owner.query(
    `insert into app.orders (number, partner_id, placed_by, placed_by_name, credit_light, credit_inputs, tier,
       market_total, total, checkout_key, cart_digest, status, held, created_at, routed_at)
     select 'ORD-2018-' || lpad(($1 + n)::text, 6, '0'), $2, $3, 'Salon Budi', $4,
            '{"light": "GREEN", "reason": "WITHIN_LIMIT"}', 'GOLD', 1000, 1000, gen_random_uuid(), 'x', $5, $6,
            now() - make_interval(hours => $7), now() - make_interval(hours => $7)
       from generate_series(0, $8 - 1) n`,
    [first, stores.budi, people.budi, light, status, held, ago, count],
  );
  await owner.query(
    "select private.audit('ORDER_PLACED', 'order', number) from app.orders where number like 'ORD-2018-%'",
  );
  await owner.query("commit");
}
const idOf = (name: string) => `(select id from app.orders where number = '${number(name)}')`;
const happened = (name: string, kind: string, ago: number) =>
  owner.query(
    `insert into app.order_events (order_id, kind, actor, at)
       values (${idOf(name)}, $1, 'Admin Alfa', now() - make_interval(hours => $2))`,
    [kind, ago],
  );
/** A hold from so many hours ago to so many hours ago. */
const stood = (name: string, reason: string, from: number, to: number) =>
  owner.query(
    `insert into app.order_holds (order_id, reason, placed_by, placed_at, released_by, released_at)
       values (${idOf(name)}, $1, 'ADM-001', now() - make_interval(hours => $2), 'ADM-001',
               now() - make_interval(hours => $3))`,
    [reason, from, to],
  );

async function all(): Promise<WaitingOrder[]> {
  const seen: WaitingOrder[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listWaitingOrders>> = await read(persons.admin, (db) =>
      listWaitingOrders(db, after),
    );
    seen.push(...page.orders);
    after = page.next;
  } while (after);
  return seen.filter((order) => order.number.startsWith("ORD-2018-"));
}
const told = async (name: string) => {
  const order = (await all()).find((one) => one.number === number(name));
  return order && [Math.round(order.waited / 60), order.level];
};

beforeAll(async () => {
  await place(0, { ago: 1, count: 60 });
  for (const [i, ago] of [17, 18, 24, 48].entries()) await place(100 + i, { ago });
  await place(200, { ago: 50, light: "AMBER" });
  await place(201, { ago: 50, held: true });
  for (const [i, status] of ["SHIPPED", "COMPLETED", "CANCELLED"].entries()) await place(202 + i, { ago: 50, status });
});

test("what waits comes oldest first, each once, page by page; what is held, undecided or gone does not", async () => {
  const numbers = (await all()).map((order) => order.number);
  expect(numbers).toEqual([
    ...Array.from({ length: 60 }, (_, n) => number(String(n).padStart(6, "0"))),
    ...[100, 101, 102, 103].map((n) => number(`000${n}`)),
  ]);
});

test("how late it is goes by the hours of the settings, as they are now", async () => {
  expect(await told("000000")).toEqual([1, "ON_TIME"]);
  expect(await told("000100")).toEqual([17, "ON_TIME"]);
  expect(await told("000101")).toEqual([18, "REMINDER"]);
  expect(await told("000102")).toEqual([24, "HQ_INTERVENTION"]);
  expect(await told("000103")).toEqual([48, "TIMEOUT"]);
  const set = (hours: number) =>
    owner.query(`begin; select private.audit('SETTING_CHANGED', 'setting', 'sla.reminder_hours');
      update app.settings set value = '${hours}' where key = 'sla.reminder_hours'; commit`);
  await set(17);
  expect(await told("000100")).toEqual([17, "REMINDER"]);
  await set(18);
});

test("a move begins it anew, what only tells does not; it stands still while the order is held", async () => {
  await happened("000103", "PROCESSING", 20);
  await happened("000103", "WHATSAPP_OPENED", 1);
  expect(await told("000103")).toEqual([20, "REMINDER"]);
  // Two reasons that overlap, and what was before the move: four of the twenty hours.
  await stood("000103", "DISPUTED", 19, 16);
  await stood("000103", "SALESMAN_SUSPENDED", 18, 15);
  await stood("000103", "STORE_SUSPENDED", 30, 20);
  expect(await told("000103")).toEqual([16, "ON_TIME"]);
});

test("it is read by staff alone", async () => {
  expect((await read(persons.auditor, (db) => listWaitingOrders(db, null))).orders.length).toBe(50);
  for (const who of [persons.budi, persons.agus])
    expect((await read(who, (db) => listWaitingOrders(db, null))).orders).toEqual([]);
});
