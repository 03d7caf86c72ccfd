import { abuseInputs, isAbuseRule } from "#app/abuse/abuse.ts";
import { people } from "#tests/support/cast.ts";
import { reasonOf, rolledBack, type TestDb } from "#tests/support/rolled-back.ts";

type Wish = {
  store: number;
  minute?: number;
  salesman?: string;
  total?: number;
  quantity?: number;
  assigned?: boolean;
  device?: string;
  verdict?: "PLAUSIBLE" | "IMPLAUSIBLE" | "INDETERMINATE";
  travel?: object;
};
export type Hit = {
  rule: string;
  rule_version: number;
  weight: number;
  geographic: boolean;
  inputs: Record<string, unknown>;
};
export type Beat = Awaited<ReturnType<typeof openBeat>>;

const storeId = (n: number) => `b0000000-0000-4000-8000-${String(n + 1).padStart(12, "0")}`;
const orderRow = `
  insert into app.orders (number, partner_id, placed_by, placed_by_name, status, credit_light, credit_inputs, tier,
    market_total, total, checkout_key, cart_digest, created_at)
  values ('ORD-2020-' || lpad($1::text, 6, '0'), $2, $3, 'Sari', 'COMPLETED', 'GREEN', '{}', 'GOLD', $4, $4,
    gen_random_uuid(), '', $5) returning id`;

/**
 * Sari at work five days ago: shadow orders as the database holds them, at any minute, ready to be inspected. Baskets
 * differ unless asked for.
 */
export async function openBeat(db: TestDb) {
  const base = (
    await db.value<Date>(
      `
        select date_trunc('day', now() at time zone 'Asia/Jakarta' - interval '5 days') at time zone 'Asia/Jakarta'
          + interval '10 hours'`,
    )
  ).getTime();
  const product = await db.value<number>("select min(id) from app.products");
  await db.sql.query("select private.retire('app.shadow_traces', 'true', 'TEST')");
  let made = 0;
  const at = (minute: number) => new Date(base + minute * 60_000);

  async function placed(store: number, salesman: string, total: number, when: Date): Promise<number> {
    made += 1;
    return db.value<number>(orderRow, [made, storeId(store), salesman, total, when]);
  }
  async function order({
    store,
    minute = 0,
    salesman = people.sari,
    total = 1_000_000,
    quantity = 100 + made,
    assigned = true,
    device,
    verdict,
    travel,
  }: Wish): Promise<number> {
    const id = await placed(store, salesman, total, at(minute));
    await db.sql.query(
      `
        insert into app.order_lines (order_id, line_no, partner_id, product_id, sku, name, unit, quantity,
          unit_price, market_price)
      values ($1, 1, $2, $3, 'X', 'X', 'pcs', $4, 1, 1)`,
      [id, storeId(store), product, quantity],
    );
    await db.sql.query(
      `
        insert into app.shadow_traces (order_id, salesman_id, partner_id, at, assigned, device, verdict, verdict_why)
          values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, salesman, storeId(store), at(minute), assigned, device ?? null, verdict ?? null, travel ? { travel } : null],
    );
    return id;
  }
  async function inspect(id: number): Promise<Hit[]> {
    await db.sql.query("select jobs.inspect_order($1)", [id]);
    const hits = await db.rows<Hit>(
      "select rule, rule_version, weight, geographic, inputs from app.abuse_hits where order_id = $1 order by id",
      [id],
    );
    // What the pages can explain.
    for (const { rule, inputs } of hits) if (isAbuseRule(rule)) abuseInputs[rule].parse(inputs);
    return hits;
  }

  return {
    db,
    at,
    order,
    inspect,
    /** Every order that was not looked at yet, in the order of time. */
    async inspectAll(): Promise<Hit[]> {
      const due = await db.rows<{ order_id: number }>(
        "select order_id from app.shadow_traces where inspected_at is null order by at, order_id",
      );
      const hits: Hit[] = [];
      for (const { order_id } of due) hits.push(...(await inspect(order_id)));
      return hits;
    },
    /** Ordinary days before this one, in the first store. */
    async history({ days, perDay, everyMinutes }: { days: number; perDay: number; everyMinutes: number }) {
      for (let day = 1; day <= days; day += 1) {
        for (let n = 0; n < perDay; n += 1) await order({ store: 0, minute: n * everyMinutes - day * 1440 });
      }
      await db.sql.query("update app.shadow_traces set inspected_at = at where inspected_at is null and at < $1", [
        at(-60),
      ]);
    },
    /** What a store ordered by itself in the weeks before. */
    async storeHistory(store: number, totals: number[]) {
      for (const [day, total] of totals.entries()) await placed(store, people.sari, total, at(-1440 * (day + 10)));
    },
    /** Orders of Agus in the days before, some of them found to be very large. */
    async others({ orders, large, store }: { orders: number; large: number; store: number }) {
      for (let n = 0; n < orders; n += 1) {
        const id = await order({ store, salesman: people.agus, minute: -1440 - n * 60 });
        if (n < large)
          await db.sql.query("select private.add_abuse_hit($1, $2, 'ORDER_VALUE', '{}', $3)", [
            people.agus,
            id,
            at(-1440 - n * 60),
          ]);
      }
      await db.sql.query("update app.shadow_traces set inspected_at = at where inspected_at is null");
      await db.sql.query("delete from private.abuse_trade"); // Days that are over get no more orders in life.
    },
    /** Forgets the orders, and what was learnt from them. */
    async startAfresh() {
      await db.sql.query("select private.retire('app.shadow_traces', 'true', 'TEST')");
      await db.sql.query("delete from private.abuse_habits");
      await db.sql.query("delete from private.abuse_trade");
    },
    async setting(name: string, value: number) {
      await db.as(people.admin, () =>
        db.sql.query("select app.change_setting($1, $2, 'uji coba')", [`abuse.${name}`, JSON.stringify(value)]),
      );
    },
    score: (minute: number) =>
      db.value<Record<string, unknown>>("select private.abuse_score($1, $2)", [people.sari, at(minute)]),
    scoreNow: () => db.value<Record<string, unknown>>("select private.abuse_score($1)", [people.sari]),
    /** A sign of right now, without an order. */
    async sign(...rules: string[]) {
      for (const rule of rules)
        await db.sql.query("select private.add_abuse_hit($1, null, $2, '{}')", [people.sari, rule]);
    },
    sweep: () => db.value<number>("select jobs.sweep_abuse()"),
    async refused(text: string): Promise<string | undefined> {
      await db.sql.query("savepoint attempt");
      const code = await db.sql.query(text).then(() => undefined, reasonOf);
      await db.sql.query("rollback to savepoint attempt");
      return code;
    },
  };
}

/** A test with her at work, which is taken back whatever it did. */
export const beat = (play: (beat: Beat) => Promise<void>) => rolledBack(async (db) => play(await openBeat(db)));
