import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";

const slowest = 250;
/**
 * More than this waiting, most of them in the lease of a dead worker, and no more are placed: there is always one that
 * is due.
 */
const enough = 100;

const place = `
  with acting as (
    insert into app.acting_sessions (salesman_id, partner_id, session_id, reason, ended_at, ended_reason)
      select a.id, p.id, gen_random_uuid(), 'telepon toko', now(), 'BY_HAND'
        from app.accounts a, app.partners p where a.code = 'SLS-001' and p.code = 'PTR-0001' returning id, salesman_id,
          partner_id),
  placed as (
    insert into app.orders (number, partner_id, placed_by, placed_by_name, acting_session_id, credit_light,
      credit_inputs, tier, market_total, total, checkout_key, cart_digest)
      select private.next_order_number(), partner_id, salesman_id, 'Sari', id, 'GREEN', '{}', 'GOLD', 1500000, 1350000,
        gen_random_uuid(), 'x' from acting
      returning id, number, partner_id),
  lines as (
    insert into app.order_lines (order_id, line_no, partner_id, product_id, sku, name, unit, quantity,
      unit_price, market_price)
      select o.id, 1, o.partner_id, p.id, p.sku, p.name, p.unit, 3, 450000, 500000 from placed o, app.products p
        where p.sku = 'ALF-0001'),
  alerts as (
    insert into app.shadow_alerts (order_id, recipient)
      select o.id, c.owner_email from placed o join app.partner_contacts c on c.partner_id = o.partner_id)
  select o.number, private.audit('ORDER_PLACED', 'order', o.number),
         private.enqueue('order.shadow-placed.alert', jsonb_build_object('orderId', o.id)) from placed o`;

export type Placer = { acknowledged: string[]; stop: () => Promise<void> };

/**
 * Places shadow orders as a checkout writes them, one after the other, whatever dies meanwhile. What was committed to
 * our knowledge is kept.
 */
export function placeOrders(adminUrl: string): Placer {
  const acknowledged: string[] = [];
  let stopped = false;
  let client: pg.Client | undefined;

  const once = async () => {
    if (!client) {
      client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 2_000 });
      client.on("error", () => undefined);
      await client.connect();
    }
    const {
      rows: [waiting],
    } = await client.query<{ n: number }>(
      "select count(*)::int as n from app.shadow_alerts where channel = 'EMAIL' and state = 'PENDING'",
    );
    if (waiting!.n >= enough) return;
    const {
      rows: [order],
    } = await client.query<{ number: string }>(place);
    acknowledged.push(order!.number);
  };
  const running = (async () => {
    while (!stopped) {
      await once().catch(() => {
        void client?.end().catch(() => undefined);
        client = undefined;
      });
      await pause(Math.random() * slowest);
    }
    await client?.end().catch(() => undefined);
  })();

  return {
    acknowledged,
    async stop() {
      stopped = true;
      await running;
    },
  };
}
