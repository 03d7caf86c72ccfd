import type pg from "pg";
import { z } from "zod";
import { fieldOf } from "#app/db/thrown.ts";
import { several, type Several } from "#supabase/local/several.ts";
import { people, stores } from "./cast.ts";
import { connect, maybeValueOf, valueOf } from "./database.ts";

/** Why the database said no: the reason of a refusal, or the SQLSTATE of what Postgres itself refuses. */
export function reasonOf(error: unknown): string {
  const code = fieldOf(error, "code");
  return String(fieldOf(error, "reason") ?? (code === "REFUS" ? fieldOf(error, "message") : code) ?? error);
}
/** Everything that a refusal says: {reason, field?, ...facts}. */
export const refusalOf = (error: unknown): Record<string, unknown> =>
  fieldOf(error, "code") === "REFUS"
    ? z.looseObject({ reason: z.string() }).parse(JSON.parse(String(fieldOf(error, "detail"))))
    : { reason: reasonOf(error) };
/** What an error of Postgres is like that refuses for this reason. */
export const refusedFor = (reason: string) => ({ code: "REFUS", message: reason });

/** A connection of the owner in a transaction, which can be anybody for a while. */
export class TestDb {
  #logins = new Map<string, string>();
  readonly sql: pg.Client;

  constructor(sql: pg.Client) {
    this.sql = sql;
  }

  async rows<Row extends pg.QueryResultRow = Record<string, unknown>>(
    text: string,
    values: unknown[] = [],
  ): Promise<Row[]> {
    return (await this.sql.query<Row>(text, values)).rows;
  }

  /** The first row. @throws when there is none. */
  async row<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row> {
    const [row] = await this.rows<Row>(text, values);
    if (!row) throw new Error(`No row: ${text}`);
    return row;
  }

  /** The first column of the first row. @throws when there is no row. */
  value = <T>(text: string, values?: unknown[]): Promise<T> => valueOf<T>(this.sql, text, values);

  /** The same, or undefined when there is no row. */
  maybeValue = <T>(text: string, values?: unknown[]): Promise<T | undefined> => maybeValueOf<T>(this.sql, text, values);

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

  /** Why the owner himself is stopped (reasonOf), or null when nothing stopped him. Undone either way. */
  async ownerStopped(text: string, values: unknown[] = []): Promise<string | null> {
    await this.sql.query("savepoint owner");
    try {
      await this.sql.query(text, values);
      return null;
    } catch (error) {
      return reasonOf(error);
    } finally {
      await this.sql.query("rollback to savepoint owner");
    }
  }

  /** Does now what waits for the commit: triggers that write then, and constraints. */
  async atCommit() {
    await this.sql.query("set constraints all immediate; set constraints all deferred");
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

  /** Fills a cart with articles ([sku, quantity]) and places it; gives the order's number. */
  async buy(userId: string, ...items: Array<[string, number]>): Promise<string> {
    await this.fill(userId, ...items);
    return this.order(userId);
  }

  /** A salesman begins to act for a store and orders for it; he acts for it still. Gives the order's number. */
  async buyFor(salesman: string, storeCode: string, ...items: Array<[string, number]>): Promise<string> {
    await this.actFor(salesman, storeCode);
    return this.buy(salesman, ...items);
  }

  /** An admin approves: by way of the approval page what is AMBER, on staff the rest. */
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

/** A test in a transaction of its own, which is taken back whatever it did. */
export function rolledBack(play: (db: TestDb) => Promise<void>) {
  return async () => {
    const sql = await connect();
    try {
      await sql.query("begin");
      await play(new TestDb(sql));
    } finally {
      await sql.end();
    }
  };
}

type Articles = Several<string, 5>;
/** Stores far from any limit and five articles with plenty of stock, so that a test is about what it says. */
export async function plenty(db: TestDb): Promise<Articles> {
  await db.sql.query("update app.partners set credit_limit = 1000000000 where id = any ($1)", [
    [stores.budi, stores.maya],
  ]);
  await db.sql.query("select private.audit('LIMIT_CHANGED', 'partner', code) from app.partners where id = any ($1)", [
    [stores.budi, stores.maya],
  ]);
  await db.sql.query("update app.partner_credit set outstanding = 0");
  await db.sql.query("update app.feeds set as_of = now(), snapshot_id = coalesce(snapshot_id, 1)");
  const articles = await db.rows<{ sku: string }>("select sku from app.products where active order by id limit 5");
  const skus = several(
    5,
    articles.map(({ sku }) => sku),
  );
  await db.sql.query(
    `
      update app.product_stock s set quantity = 1000, buffer = 0, held = 0 from app.products p
        where p.id = s.product_id and p.sku = any ($1)`,
    [skus],
  );
  return skus;
}

/** A store that may owe nothing, so that every order of its waits for an approval. */
export async function noCredit(db: TestDb, store: string) {
  await db.sql.query("select private.audit('LIMIT_CHANGED', 'partner', code) from app.partners where id = $1", [store]);
  await db.sql.query("update app.partners set credit_limit = 0 where id = $1", [store]);
}

/** As if nobody had been suspended. Asked as the owner, and committed. */
export async function liftSuspensions(owner: pg.ClientBase) {
  await owner.query("begin");
  await owner.query(
    `
      update app.suspensions set lift_requested_at = now(), lift_requested_by = 'ADM-008', lift_reason = 'uji coba',
        lifted_at = now(), lifted_by = 'ADM-009' where lifted_at is null`,
  );
  await owner.query(
    "select private.audit('SUSPENSION_LIFTED', 'account', code) from app.accounts where status = 'SUSPENDED'",
  );
  await owner.query("update app.accounts set status = 'ACTIVE' where status = 'SUSPENDED'");
  await owner.query("commit");
}
