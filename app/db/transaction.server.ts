import { randomUUID } from "node:crypto";
import pg from "pg";
import sql, { type Sql } from "sql-template-tag";
import { env } from "#app/env.server.ts";
import { spanned } from "#app/trace.ts";
import { wakeText, toWake } from "#jobs/queues.ts";
import { provenApart } from "./apart.server.ts";
import { AnswersMixed, become, expectViewer, type Login, openReading, type Origin, readAs } from "./batch.server.ts";
import { connectPatience, leaseFrom } from "./connections.server.ts";
import { fromPostgres, isLost, NotFound, Unavailable } from "./errors.server.ts";
import { ask, Batch } from "./statement.server.ts";

export type { Login, Origin };
export type Work<T> = (db: Db) => Promise<T>;

// Money is whole rupiah far below 2^53, so an int8 is a number here.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

// Timeouts and the one plan per statement are settings of the login: a pooler passes on none from here.
const settings = {
  connectionString: env.DATABASE_URL,
  max: 10,
  connectionTimeoutMillis: connectPatience,
  idleTimeoutMillis: 30_000,
  pipeline: true,
};
const pool = new pg.Pool(settings);
const take = leaseFrom(pool);

/** One transaction, seen through one person's eyes. */
export class Db {
  readonly #ask: Batch["ask"];
  #closed = false;
  #sent: Array<Promise<unknown>> = [];

  constructor(ask: Batch["ask"]) {
    this.#ask = ask;
  }

  /** All rows. Refusals of our own functions arrive as the classes of errors.server.ts. */
  async many<Row extends pg.QueryResultRow>(query: Sql): Promise<Row[]> {
    if (this.#closed)
      throw new Error("A page reads in one round trip: all its queries are sent before the first answer.");
    const answer = this.#ask<Row>(query.text, query.values);
    this.#sent.push(answer.catch(() => undefined));
    try {
      return (await answer).rows;
    } catch (error) {
      throw fromPostgres(error);
    }
  }

  /** Exactly one row. RLS hides rows in silence; here the silence becomes an answer. */
  async one<Row extends pg.QueryResultRow>(query: Sql): Promise<Row> {
    const [row, ...rest] = await this.many<Row>(query);
    if (!row || rest.length > 0) throw new NotFound();
    return row;
  }

  async maybe<Row extends pg.QueryResultRow>(query: Sql): Promise<Row | null> {
    return (await this.many<Row>(query))[0] ?? null;
  }

  /** No further queries. Resolves when those under way are answered. */
  close() {
    this.#closed = true;
    return Promise.all(this.#sent);
  }
}

/** What became of each work, in their order. */
type Outcomes<Works extends ReadonlyArray<Work<unknown>>> = {
  -readonly [Index in keyof Works]: Works[Index] extends Work<infer Value> ? PromiseSettledResult<Value> : never;
};

const here = randomUUID().slice(0, 8);
let readings = 0;

/**
 * Several readings in one read-only transaction and one round trip: the claims and every query leave in one batch. So a
 * work must send all its queries at once (Promise.all), not one after an answer to another.
 * Each work gets its own outcome. `patience`: milliseconds, for what rightly takes longer than a page.
 *
 * @throws Unavailable when the database does not answer in time.
 */
export function readTogether<Works extends ReadonlyArray<Work<unknown>>>(
  login: Login,
  works: readonly [...Works],
  patience?: number,
): Promise<Outcomes<Works>> {
  return spanned("read", "transaction", {}, () => readInOne(login, works, patience));
}

async function readInOne<Works extends ReadonlyArray<Work<unknown>>>(
  login: Login,
  works: readonly [...Works],
  patience?: number,
): Promise<Outcomes<Works>> {
  await proven();
  const { client, end } = await take(patience);
  let broken: unknown;
  try {
    const mark = `${here}-${(readings += 1)}`;
    const batch = new Batch();
    const opened = openReading(batch, login, mark);
    const dbs = works.map(() => new Db(batch.ask));
    const outcomes = works.map((work, index) => work(dbs[index]!));
    for (const outcome of outcomes) outcome.catch(() => undefined);
    const closed = dbs.map((db) => db.close());
    // After a query that failed nothing is answered any more; then what the opening said has to do.
    const seen = readAs(batch).catch(() => null);
    batch.send(client);
    await Promise.all([opened, ...closed]);
    expectViewer((await seen) ?? (await opened), login, mark);
    return (await Promise.allSettled(outcomes)) as Outcomes<Works>;
  } catch (error) {
    broken = error;
    if (error instanceof AnswersMixed) void tellMixed();
    throw fromPostgres(error);
  } finally {
    end(broken);
  }
}

/** One reading on its own. @throws what it threw; Unavailable as above. */
export async function readOne<T>(login: Login, work: Work<T>): Promise<T> {
  const [outcome] = await readTogether(login, [work]);
  if (outcome.status === "rejected") throw outcome.reason;
  return outcome.value;
}

// Until it is proven that answers are kept apart, nobody is let in; that is no page's fault.
async function proven(): Promise<void> {
  await provenApart().catch((error: unknown) => {
    throw error instanceof Unavailable ? error : new Unavailable("AWAY", error);
  });
}

let toldAt = -Infinity;
/** Opens an incident, over another connection and at most once a minute. */
async function tellMixed() {
  if (performance.now() - toldAt < 60_000) return;
  toldAt = performance.now();
  await writeAs(null, { ip: "", userAgent: "", requestId: "" }, (db) =>
    db.many(sql`select app.note_mixed_answers()`),
  ).catch(() => undefined);
}

/**
 * A transaction that may write. The claims ride along with the first statement. The worker is woken for what it queued
 * when it is over. `patience`: milliseconds, for what may rightly take longer than a form does, or wait for others.
 *
 * @throws Unavailable when the database does not answer in time.
 */
export async function writeAs<T>(login: Login, origin: Origin, work: Work<T>, patience?: number): Promise<T> {
  const { result, queues } = await spanned("write", "transaction", {}, () => commitAs(login, origin, work, patience));
  // Nobody waits for it, and nothing hangs on it: a worker that hears nothing looks within seconds.
  if (queues) {
    void wake(queues);
    whenCommitted(queues);
  }
  return result;
}

let whenCommitted: (queues: string) => void = () => undefined;
/** Who else is told, after each commit, what was put into which queues (names, separated by commas). One listener. */
export function onQueued(listener: (queues: string) => void): void {
  whenCommitted = listener;
}

async function wake(queues: string): Promise<void> {
  const lease = await take().catch(() => null);
  await lease?.client.query(wakeText, [queues]).then(() => lease.end(), lease.end);
}

async function commitAs<T>(
  login: Login,
  origin: Origin,
  work: Work<T>,
  patience?: number,
): Promise<{ result: T; queues: string | null }> {
  await proven();
  const { client, end } = await take(patience);
  let broken: unknown;
  let committing = false;
  const db = new Db((text, values) => ask(client, text, values));
  try {
    const opened = Promise.all([client.query("begin"), become(client, login, origin)]);
    opened.catch(() => undefined);
    const result = await work(db);
    await opened;
    const queued = client.query<{ queues: string | null }>(`select ${toWake} as queues`).catch(() => null);
    committing = true;
    // A commit after a failed statement succeeds as a rollback, in silence.
    const { command } = await client.query("commit");
    if (command !== "COMMIT") throw new Error("The transaction was rolled back.");
    return { result, queues: (await queued)?.rows[0]?.queues ?? null };
  } catch (error) {
    broken = error;
    await client.query("rollback").catch((lostToo: Error) => (broken = lostToo));
    const refused = fromPostgres(error);
    throw committing && isLost(refused) ? new Unavailable("AWAY", error, true) : refused;
  } finally {
    end(broken);
  }
}

export { longPatience } from "./connections.server.ts";

/** Connections: how many there are, do nothing, are waited for. */
export const poolFigures = () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount });

/** Ends the pool: for a graceful stop. */
export const closePool = () => pool.end();
