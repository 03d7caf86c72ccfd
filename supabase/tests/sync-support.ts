import type pg from "pg";
import { afterAll, afterEach, beforeAll } from "vitest";
import { connect, type Database, freshDatabase } from "#tests/support/database.ts";

export type Claimed = {
  order_id: string;
  ticket: string;
  attempts: number;
  look_up: boolean;
  may_create: boolean;
  wait_ms: number;
  order: { number: string };
};

type Run = { id: string; ref: string; total: number; started_by: string; finished: boolean };

const fine = { lines: [], credit: { ok: true, message: null }, message: null };

/** What a worker says to the database about the orders it brings to the ERP, on a connection of its own. */
export class SyncWorker {
  sql!: pg.Client;

  static async of(connectionString: string): Promise<SyncWorker> {
    return new SyncWorker().open(connectionString);
  }
  async open(connectionString: string): Promise<this> {
    this.sql = await connect(connectionString);
    return this;
  }

  /** Does this connection wait for somebody else's lock? */
  waits = (database: Database) =>
    database.value<boolean>("select exists (select from pg_locks where pid = $1 and not granted)", [
      this.sql.processID,
    ]);

  claim = async (limit = 5, paced = false) =>
    (await this.sql.query<Claimed>("select * from jobs.claim_sync($1, $2)", [limit, paced])).rows;

  /** Claims everything and gives the one of this order; the others stay in its hands. */
  async claimOne(number: string): Promise<Claimed> {
    const found = (await this.claim(100)).find(({ order }) => order.number === number);
    if (!found) throw new Error(`${number} was not to be had`);
    return found;
  }

  #bool = async (text: string, values: unknown[]) =>
    (await this.sql.query<{ b: boolean }>(`select ${text} as b`, values)).rows[0]!.b;
  post = ({ order_id, ticket }: Claimed) => this.#bool("jobs.begin_post($1, $2)", [order_id, ticket]);
  settle = (
    { order_id, ticket }: Claimed,
    result = "CONFIRMED",
    documents = [`SO-${order_id}`],
    error: string | null = null,
  ) =>
    this.#bool("jobs.settle_sync($1, $2, $3, $4, '{}', $5)", [
      order_id,
      ticket,
      result,
      JSON.stringify({ ...fine, documents, total: 1 }),
      error,
    ]);
  defer = ({ order_id, ticket }: Claimed, seconds = 0, unsent = false) =>
    this.#bool("jobs.defer_sync($1, $2, 'status: status 500', $3, $4)", [order_id, ticket, seconds, unsent]);
  release = async ({ order_id, ticket }: Claimed, unsent = false) =>
    void (await this.sql.query("select jobs.release_sync($1, $2, $3)", [order_id, ticket, unsent]));
}

/** A fresh database and two workers at it, while the file runs; no test leaves anything over for the next. */
export function twoWorkers() {
  const database = freshDatabase();
  const [a, b] = [new SyncWorker(), new SyncWorker()];
  const it = syncFixture(database);
  beforeAll(() => Promise.all([a, b].map((worker) => worker.open(database.workerUrl))));
  afterAll(() => Promise.all([a, b].map(({ sql }) => sql.end())));
  afterEach(() => it.clear());
  return { database, it, a, b };
}

/** The owner's hand: changes to orders and time that passes. */
export function syncFixture(database: Database) {
  const one = <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => database.one<Row>(text, values);
  const value = <T>(text: string, values?: unknown[]) => database.value<T>(text, values);
  return {
    syncOf: (number: string) =>
      one(
        `
          select u.attempts, u.strikes, u.done_at is not null as done, u.posted_at is not null as posted,
            u.look_up_only, u.lease_until > now() as leased, u.run_id, u.last_error
             from app.erp_syncs u join app.orders o on o.id = u.order_id where o.number = $1`,
        [number],
      ),
    order: (number: string) =>
      one("select status, sync_status, erp_document, sync_error from app.orders where number = $1", [number]),
    result: (number: string) =>
      one(
        `
          select r.result, r.retriable, r.resolution, r.error from app.reconcile_results r
            join app.orders o on o.id = r.order_id where o.number = $1`,
        [number],
      ),
    task: (number: string) =>
      one("select detail ->> 'document' as document, done_at is not null as done from app.tasks where dedup_key = $1", [
        `stop-in-erp/${number}`,
      ]),
    mails: (number: string) =>
      value<number>("select count(*)::int from app.mails where dedup_key = $1", [`reconciled/${number}`]),
    end: (number: string, status = "CANCELLED") => one(endOrder, [number, status]),
    hold: (number: string, held = true) => one("update app.orders set held = $2 where number = $1", [number, held]),
    /** Time passes for an order: its lease, its pause, and what was sent. */
    pass: (number: string, seconds: number) =>
      one(
        `
          update app.erp_syncs set lease_until = lease_until - make_interval(secs => $2),
            next_attempt_at = next_attempt_at - make_interval(secs => $2),
             posted_at = posted_at - make_interval(secs => $2), unsure_until = unsure_until - make_interval(secs => $2)
             where order_id = (select id from app.orders where number = $1)`,
        [number, seconds],
      ),
    circuit: (state: string) => one("update app.erp_circuit set state = $1, version = version + 1", [state]),
    run: () =>
      one<Run>(
        `
          select id, ref, total, started_by, finished_at is not null as finished from app.reconcile_runs
            order by id desc limit 1`,
      ),
    begin: (by = "BREAKER") => value<string | null>("select private.begin_reconcile($1, 'SYSTEM')", [by]),
    /** Nothing is left over for the next test. */
    clear: async () => {
      await one("update app.erp_circuit set state = 'CLOSED', last_ok_at = now()");
      await one("update app.erp_syncs set done_at = now(), lease_until = null where done_at is null");
      await one("update app.reconcile_results set retriable = false");
      await one("update app.reconcile_runs set finished_at = now() where finished_at is null");
      await one("update private.erp_pace set next_slot = now()");
    },
  };
}

/** Ends an order as an admin would: by whatever path. */
export const endOrder = `
    with noted as (select private.audit('ORDER_MOVED', 'order', $1)) update app.orders set status = $2 from noted
      where number = $1`;
