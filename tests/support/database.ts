import { randomUUID } from "node:crypto";
import pg from "pg";
import { expect } from "vitest";
import { log } from "#jobs/log.ts";
import type { ThrowAwayDatabase } from "#supabase/local/throw-away-database.ts";
import { several, type Several } from "#supabase/local/several.ts";
import { emptyServer, seededServer } from "./server.ts";
import { whileFileRuns } from "./while-file-runs.ts";

/**
 * Money is whole rupiah, so an int8 is a number to a test. For its own connections alone: the worker's code, in the
 * same process, reads int8 as it does in production.
 */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format),
};

declare module "pg" {
  interface ClientBase {
    /** The process that serves it: it is there once it is connected, though the driver's types do not tell. */
    readonly processID: number;
  }
}

const connections: pg.Client[] = [];

/** A connection; the owner's to this test file's copy of the seeded database unless another is named. */
export async function connect(connectionString = process.env.ADMIN_DATABASE_URL): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, types });
  client.on("error", () => undefined); // Some are ended from outside; the next query says so.
  await client.connect();
  connections.push(client);
  return client;
}

/** A live login of this account, under this id if it matters. Asked as the owner. */
export async function openLogin(owner: pg.ClientBase, userId: string, sessionId: string = randomUUID()) {
  await owner.query("insert into auth.sessions (id, user_id, created_at, updated_at) values ($1, $2, now(), now())", [
    sessionId,
    userId,
  ]);
  return sessionId;
}

/** A connection, or a pool of them. */
type Asked = { query<Row extends unknown[]>(question: pg.QueryArrayConfig): Promise<pg.QueryArrayResult<Row>> };

/** The first column of the first row, or undefined when there is no row. */
export async function maybeValueOf<T>(asked: Asked, text: string, values: unknown[] = []): Promise<T | undefined> {
  return (await asked.query<[T]>({ text, values, rowMode: "array" })).rows[0]?.[0];
}

/** The first column of the first row. @throws when there is no row. */
export async function valueOf<T>(asked: Asked, text: string, values: unknown[] = []): Promise<T> {
  const { rows } = await asked.query<[T]>({ text, values, rowMode: "array" });
  if (!rows[0]) throw new Error(`No row: ${text}`);
  return rows[0][0];
}

/** Does this connection wait for somebody else's lock? Asked on another one. */
export async function waitsForLock(client: pg.ClientBase, asking: pg.ClientBase): Promise<boolean> {
  const { rows } = await asking.query("select from pg_locks where pid = $1 and not granted", [client.processID]);
  return rows.length > 0;
}

/** Resolves once this connection waits for somebody else's lock. */
export const untilItWaits = (client: pg.ClientBase, asking: pg.ClientBase) =>
  expect.poll(() => waitsForLock(client, asking)).toBe(true);

/**
 * A seeded database on a server of this test file's own, while the file runs: for what is committed for good, or
 * belongs to a whole server. `settings`: of Postgres. Its fields are there from the first hook on.
 */
export function seededDatabase(settings?: Record<string, string>): ThrowAwayDatabase {
  const database = whileFileRuns(
    () => seededServer(settings),
    async ({ remove }) => {
      await Promise.allSettled(connections.map((client) => client.end()));
      await remove();
    },
  );
  return database;
}

export type Database = Awaited<ReturnType<typeof openDatabase>>;

/** Resolves once nobody is connected as the worker: what a killed process had asked for last is over as well. */
export const untilWorkerIsGone = (database: Pick<Database, "one">) =>
  expect
    .poll(() => database.one("select count(*)::int as n from pg_stat_activity where usename = 'worker'"))
    .toEqual({ n: 0 });

/** The small database of the worker's tests (openDatabase), while the file runs. */
export const freshDatabase = (): Database => whileFileRuns(openDatabase, ({ remove }) => remove());

/**
 * A fresh database with one store, its owner, its salesman and two articles; orders are written as a checkout would.
 */
async function openDatabase() {
  log.level = "silent";
  const database = await emptyServer();
  const admin = new pg.Pool({ connectionString: database.adminUrl, max: 2 });
  admin.on("error", () => undefined); // tests stop the database on purpose
  const one = async <Row extends pg.QueryResultRow = Record<string, unknown>>(text: string, values: unknown[] = []) =>
    (await admin.query<Row>(text, values)).rows[0];
  const value = <T>(text: string, values?: unknown[]) => valueOf<T>(admin, text, values);
  const store = randomUUID();
  const owner = randomUUID();
  const salesman = randomUUID();
  await admin.query(`
    insert into auth.users (id, aud, role, email) values
      ('${owner}', 'authenticated', 'authenticated', 'budi@demo.test'),
        ('${salesman}', 'authenticated', 'authenticated', 'sari@demo.test');
    insert into app.regions values ('SBY', 'Surabaya');
    insert into app.accounts (id, code, role, name) values ('${owner}', 'OWN-001', 'PARTNER', 'Budi'),
      ('${salesman}', 'AGT-001', 'SALESMAN', 'Sari');
    insert into app.partners (id, account_id, code, name, tier, region_code)
      values ('${store}', '${owner}', 'PTR-0001', 'Salon Budi Surabaya', 'GOLD', 'SBY');
    insert into app.partner_contacts values ('${store}', 'budi@demo.test', '628123456789');
    insert into app.brands (slug, name) values ('alfa', 'Alfa');
    insert into app.categories (slug, name_id, name_en) values ('sampo', 'Sampo', 'Shampoo');
    insert into app.products (sku, brand_id, category_id, name, picture)
      select 'AB-00' || n, (select id from app.brands), (select id from app.categories), 'Sampo ' || n, 'bottle'
        from generate_series(1, 2) n;
  `);

  /** One order of Rp 1.350.000; `shadow` writes the acting session and the alert too. Returns its number. */
  async function placeOrder({ shadow = false } = {}): Promise<string> {
    const acting = shadow
      ? await value<string>(
          `insert into app.acting_sessions (salesman_id, partner_id, session_id, reason, ended_at, ended_reason)
           values ($1, $2, gen_random_uuid(), 'telepon toko', now(), 'BY_HAND') returning id`,
          [salesman, store],
        )
      : null;
    return value<string>(
      `with o as (
         insert into app.orders (number, partner_id, placed_by, placed_by_name, acting_session_id, credit_light,
           credit_inputs,
           tier, market_total, total, checkout_key, cart_digest)
         values (private.next_order_number(), $1, $2, $3, $4, 'GREEN', '{}', 'GOLD', 1500000, 1350000,
           gen_random_uuid(), 'x')
         returning id, number, partner_id),
       lines as (
         insert into app.order_lines (order_id, line_no, partner_id, product_id, sku, name, unit, quantity,
           unit_price, market_price)
         select o.id, 1, o.partner_id, p.id, p.sku, p.name, p.unit, 3, 450000, 500000 from o, app.products p
           where p.sku = 'AB-001'),
       syncs as (insert into app.erp_syncs (order_id) select id from o),
       alerts as (insert into app.shadow_alerts (order_id, recipient) select id, 'budi@demo.test' from o
         where $4 is not null),
       woken as (select private.enqueue('order.placed.sync', jsonb_build_object('orderId', id)),
                        private.enqueue('order.shadow-placed.alert', jsonb_build_object('orderId', id)),
                        private.audit('ORDER_PLACED', 'order', number) from o)
       select o.number from o, woken`,
      [store, shadow ? salesman : owner, shadow ? "Sari" : "Budi", acting],
    );
  }

  return {
    ...database,
    one,
    value,
    placeOrder,
    /** So many of them, one after another; their numbers. */
    async placeOrders<Count extends number>(count: Count): Promise<Several<string, Count>> {
      const numbers: string[] = [];
      while (numbers.length < count) numbers.push(await placeOrder());
      return several(count, numbers);
    },
    order: (number: string) =>
      one("select sync_status, erp_document, sync_error from app.orders where number = $1", [number]),
    alert: (number: string, channel = "EMAIL") =>
      one(
        `
          select a.state, a.attempts, a.generation, a.recipient, a.provider_id, a.reference, a.last_error,
            a.uncertain_since
           from app.shadow_alerts a join app.orders o on o.id = a.order_id where o.number = $1 and a.channel = $2`,
        [number, channel],
      ),
    /** Every try for an order, oldest first: «EMAIL ACCEPTED». */
    attempts: (number: string) =>
      value<string[] | null>(
        `
          select array_agg(t.channel || ' ' || t.outcome order by t.id) from app.alert_attempts t
            join app.orders o on o.id = t.order_id where o.number = $1`,
        [number],
      ),
    circuit: async () => (await one("select state from app.erp_circuit"))?.state,
    feed: (name: string) =>
      one("select row_count, last_error, as_of is not null as live from app.feeds where name = $1", [name]),
    async remove() {
      await admin.end();
      await database.remove();
    },
  };
}
