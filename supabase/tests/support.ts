import pg from "pg";

pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** The demo cast, by the fixed ids of the seed. */
const account = (n: number) => `a0000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const store = (n: number) => `b0000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
export const people = {
  budi: account(1),
  maya: account(2),
  admin: account(9001),
  auditor: account(9002),
  sari: account(9003),
  agus: account(9004),
  admin2: account(9005),
};
export const stores = { budi: store(1), maya: store(2) };
export type Name = keyof typeof people;

/** Why the database said no: the reason of a refusal, or the SQLSTATE of what Postgres itself refuses. */
export function reasonOf(error: unknown): string {
  const { code, message, reason } = error as { code?: string; message?: string; reason?: string };
  return reason ?? (code === "REFUS" ? message : code) ?? String(error);
}
/** Everything that a refusal says: {reason, field?, ...facts}. */
export function refusalOf(error: unknown): Record<string, unknown> {
  const { code, detail } = error as { code?: string; detail?: string };
  return code === "REFUS" ? (JSON.parse(detail!) as Record<string, unknown>) : { reason: reasonOf(error) };
}
/** What an error of Postgres is like that refuses for this reason. */
export const refusedFor = (reason: string) => ({ code: "REFUS", message: reason });

/** A transaction of the owner that is always rolled back, and can be anybody for a while. */
export class Stage {
  #logins = new Map<string, string>();
  constructor(readonly sql: pg.Client) {}

  async rows<Row extends pg.QueryResultRow = Record<string, unknown>>(
    text: string,
    values: unknown[] = [],
  ): Promise<Row[]> {
    return (await this.sql.query<Row>(text, values)).rows;
  }

  /** The first column of the first row. */
  async value<T>(text: string, values: unknown[] = []): Promise<T> {
    return Object.values((await this.rows(text, values))[0] ?? {})[0] as T;
  }

  /** The live login of a person; made when he has none. `another` makes one more. */
  async login(userId: string, another = false): Promise<string> {
    const known = this.#logins.get(userId);
    if (known && !another) return known;
    const session = crypto.randomUUID();
    const columns = await this.rows<{ name: string }>(
      `
        select column_name as name from information_schema.columns where table_schema = 'auth'
          and table_name = 'sessions'`,
    );
    const has = (name: string) => columns.some((column) => column.name === name);
    await this.sql.query(
      `
        insert into auth.sessions (id,
          user_id${has("created_at") ? ", created_at" : ""}${has("updated_at") ? ", updated_at" : ""})
       values ($1, $2${has("created_at") ? ", now()" : ""}${has("updated_at") ? ", now()" : ""})`,
      [session, userId],
    );
    this.#logins.set(userId, session);
    return session;
  }

  /** Does something as a person (null: a guest) and is the owner again afterwards, whatever happened. Changes stay. */
  async as<T>(userId: string | null, work: () => Promise<T>, session?: string): Promise<T> {
    const claims = userId
      ? { sub: userId, session_id: session ?? (await this.login(userId)), role: "authenticated" }
      : { role: "anon" };
    await this.sql.query("savepoint persona");
    await this.sql.query("select set_config('request.jwt.claims', $1, true)", [JSON.stringify(claims)]);
    await this.sql.query(`set local role ${userId ? "authenticated" : "anon"}`);
    try {
      const result = await work();
      await this.sql.query("reset role");
      await this.sql.query("select set_config('request.jwt.claims', '', true)");
      await this.sql.query("release savepoint persona");
      return result;
    } catch (error) {
      await this.sql.query("rollback to savepoint persona");
      throw error;
    }
  }

  /** Why a person is stopped (reasonOf), or null when nothing stopped him. Undone either way. */
  async stopped(userId: string | null, text: string, values: unknown[] = [], session?: string): Promise<string | null> {
    const passed = new Error("passed");
    try {
      await this.as(
        userId,
        async () => {
          await this.sql.query(text, values);
          throw passed;
        },
        session,
      );
      return null;
    } catch (error) {
      return error === passed ? null : reasonOf(error);
    }
  }

  /** Puts articles into a cart: [sku, quantity]. */
  async fill(userId: string, ...items: Array<[string, number]>) {
    await this.as(userId, async () => {
      for (const [sku, quantity] of items)
        await this.sql.query("select app.put_in_cart($1, $2, 'set')", [sku, quantity]);
    });
  }

  /** Places the cart; gives the order's number. */
  async order(userId: string, key: string = crypto.randomUUID(), preorder = false): Promise<string> {
    const placed = await this.as(userId, () =>
      this.value<{ number: string }>("select app.place_order($1, null, '', $2)", [key, preorder]),
    );
    return placed.number;
  }

  /** An admin approves: by way of the approval page what is AMBER, on the order desk the rest. */
  async approve(number: string, who: string = people.admin) {
    const { light, total } = (
      await this.rows<{ light: string; total: number }>(
        "select credit_light as light, total from app.orders where number = $1",
        [number],
      )
    )[0]!;
    await this.as(who, () =>
      light === "AMBER"
        ? this.sql.query("select app.decide_credit($1, 'APPROVED', '', $2)", [number, total])
        : this.sql.query("select app.move_order($1, 'APPROVED', '')", [number]),
    );
  }

  async actFor(salesman: string, storeCode: string) {
    await this.as(salesman, () => this.sql.query("select app.begin_acting($1, 'kunjungan toko')", [storeCode]));
  }
}

/** A test on a stage of its own. */
export function onStage(play: (stage: Stage) => Promise<void>) {
  return async () => {
    const sql = new pg.Client({ connectionString: process.env.ADMIN_DATABASE_URL });
    await sql.connect();
    try {
      await sql.query("begin");
      await play(new Stage(sql));
    } finally {
      await sql.end();
    }
  };
}

/** A store far from any limit and an article with plenty of stock, so that a test is about what it says. */
export async function plenty(stage: Stage): Promise<{ skus: string[] }> {
  await stage.sql.query("update app.partners set credit_limit = 1000000000 where id = any ($1)", [
    [stores.budi, stores.maya],
  ]);
  await stage.sql.query(
    "select private.audit('LIMIT_CHANGED', 'partner', code) from app.partners where id = any ($1)",
    [[stores.budi, stores.maya]],
  );
  await stage.sql.query("update app.partner_credit set outstanding = 0");
  await stage.sql.query("update app.feeds set as_of = now(), snapshot_id = coalesce(snapshot_id, 1)");
  const skus = (await stage.rows<{ sku: string }>("select sku from app.products where active order by id limit 5")).map(
    ({ sku }) => sku,
  );
  await stage.sql.query(
    `
      update app.product_stock s set quantity = 1000, buffer = 0, held = 0 from app.products p
        where p.id = s.product_id and p.sku = any ($1)`,
    [skus],
  );
  return { skus };
}
