import { setTimeout as pause } from "node:timers/promises";
import { accounts, demoPassword } from "#supabase/seed/people.ts";
import { hiddenFields, Visitor } from "../clients.ts";
import type { System } from "../system.ts";
import { type Line, median, quantile } from "../table.ts";

const limitSeconds = 60;
/** The four ways in which an order fails, by the incident that tells of each. */
const keys = ["orders-failing", "order-not-synced", "order-waiting", "owner-not-told"] as const;
type Key = (typeof keys)[number];

/**
 * From an order that fails, in each of the four ways, to the message about it that Slack has taken: by the web's own
 * sums, the worker's looks and its outbox, all real. Rounds begin at any moment of those.
 */
export async function measureKnown(system: System, { rounds = 26 } = {}): Promise<Line[]> {
  await system.whole();
  await system.firstPull();
  const visitor = new Visitor(system.stack.at.app);
  try {
    await visitor.signIn(accounts.find(({ code }) => code === "PTR-0001")!.email, demoPassword);
    const form = await checkoutForm(system, visitor);
    const seconds: Array<{ key: Key; value: number }> = [];
    for (let round = 0; round < rounds; round += 1) {
      await allWell(system);
      await pause(Math.random() * 10_000);
      const failedAt = new Map<Key, number>();
      const fail = async (key: Key, work: () => Promise<unknown>) => {
        await work();
        failedAt.set(key, await now(system));
      };
      await fail("orders-failing", () => failCheckout(system, visitor, form));
      await fail("order-not-synced", () => system.admin.query(changes.notSynced));
      await fail("order-waiting", () => system.admin.query(changes.waiting));
      await fail("owner-not-told", () => system.admin.query(changes.notTold));
      const told = await untilTold(system);
      for (const key of keys) seconds.push({ key, value: told.get(key)! - failedAt.get(key)! });
    }
    const all = seconds.map(({ value }) => value);
    const one = (key: Key) => {
      const own = seconds.flatMap((line) => (line.key === key ? [line.value] : []));
      return `${key} ${median(own).toFixed(1)}, at most ${Math.max(...own).toFixed(1)}`;
    };
    return [
      {
        what: `An order fails, to its message at Slack, p99 of ${all.length}`,
        figure: `${quantile(all, 0.99).toFixed(1)} s (median ${median(all).toFixed(1)} s)`,
        limit: `<= ${limitSeconds} s`,
        floor: keys.map(one).join("; "),
        meets: quantile(all, 0.99) <= limitSeconds && all.length === rounds * keys.length,
      },
    ];
  } finally {
    visitor.close();
    await allWell(system);
  }
}

async function checkoutForm(system: System, visitor: Visitor): Promise<Record<string, string>> {
  const { rows } = await system.admin.query<{ sku: string }>(
    `select p.sku from app.products p join app.prices r on r.product_id = p.id
      where p.active and r.tier = 'GOLD' order by p.id limit 1`,
  );
  const sku = rows[0]!.sku;
  const page = `/products/${sku}`;
  await visitor.post(page, { ...hiddenFields(await visitor.get(page), page), [`quantity-${sku}`]: "1", add: sku });
  return hiddenFields(await visitor.get("/checkout"), "/checkout");
}

async function failCheckout({ admin }: System, visitor: Visitor, form: Record<string, string>) {
  const move = (from: string, to: string) =>
    admin.query(`alter function private.${from}(uuid, text, text, boolean) rename to ${to}`);
  await move("place_order", "place_order_away");
  const { status } = await visitor.post("/checkout", { ...form, note: "", preorder: "yes" });
  await move("place_order_away", "place_order");
  if (status < 500) throw new Error(`A checkout that cannot work was answered ${status}.`);
}

const some = "(select id from app.orders where status not in ('REJECTED', 'CANCELLED') order by id desc limit 1)";
const other = some.replace("limit 1", "offset 1 limit 1");
const changes = {
  notSynced: `update app.orders set sync_status = 'FAILED', synced_at = null where id = ${some}`,
  // So old that it has just become too old, and due so late that no worker takes it meanwhile.
  waiting: `with late as (
      update app.orders set sync_status = 'PENDING_SYNC', synced_at = null, held = false,
             created_at = now() - interval '15 minutes' where id = ${other} returning id)
    update app.erp_syncs s set done_at = null, next_attempt_at = now() + interval '1 hour', lease_until = null
      from late where s.order_id = late.id`,
  notTold: `select private.open_task('PHONE_OWNER', 'phone-owner/' || number, null, id, null, interval '4 hours')
      from app.orders where id = ${some}`,
};

/** Nothing is wrong any more, and what was told is long ago. */
async function allWell({ admin }: System) {
  await admin.query(`
    begin;
    update app.orders set sync_status = 'SYNCED', synced_at = now() where sync_status <> 'SYNCED';
    update app.erp_syncs set done_at = now() where done_at is null;
    update app.tasks set done_at = now(), done_by = 'SYSTEM' where kind = 'PHONE_OWNER' and done_at is null;
    update app.erp_circuit set since = now() - interval '1 day' where state = 'CLOSED';
    delete from app.http_minutes;
    update app.notifications set created_at = created_at - interval '1 hour';
    update app.incidents set dedup_key = 'known/' || id where dedup_key not like 'known/%';
    update app.detector_states set broken_since = null, recent = '', calm = '0', value = null;
    commit`);
}

const now = async ({ admin }: System) =>
  Number((await admin.query<{ at: string }>("select extract(epoch from clock_timestamp()) as at")).rows[0]!.at);

async function untilTold({ admin }: System): Promise<Map<Key, number>> {
  for (let tries = 0; tries < 900; tries += 1) {
    const { rows } = await admin.query<{ key: Key; at: string }>(
      `select i.dedup_key as key, extract(epoch from min(n.sent_at)) as at
         from app.incidents i join app.notifications n on n.incident_id = i.id
        where i.dedup_key = any ($1) and n.channel = 'SLACK' and n.state = 'SENT' group by 1`,
      [keys],
    );
    if (rows.length === keys.length) return new Map(rows.map(({ key, at }) => [key, Number(at)]));
    await pause(100);
  }
  throw new Error("A failed order was not told of within 90 seconds.");
}
