import { createHash } from "node:crypto";
import type { Duplex } from "node:stream";
import pg from "pg";
import type { Sql } from "sql-template-tag";
import { env } from "#app/env.server.ts";
import { ringText, toRing } from "#jobs/queues.ts";
import { fromPostgres, NotFound } from "./errors.server.ts";

/** Who a transaction becomes. Null is a guest: the role anon. */
export type Person = { userId: string; sessionId: string } | null;
/** Where the request came from, for the audit trail. `device`: the browser's own number, null before its first sign-in. */
export type Origin = { ip: string; userAgent: string; requestId: string; device?: string | null };
export type Work<T> = (db: Db) => Promise<T>;

// Money is whole rupiah far below 2^53, so an int8 is a number here.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

const settings = {
  connectionString: env.DATABASE_URL,
  max: 10,
  connectionTimeoutMillis: 4000,
  idleTimeoutMillis: 30_000,
  pipeline: true,
  statement_timeout: 8_000,
  // A statement is planned once per connection. Filters change the text of a query here, not only its values, so that
  // the one plan fits; left to itself, the planner plans again for each page of a search.
  options: "-c plan_cache_mode=force_generic_plan",
};
const pool = new pg.Pool(settings);
pool.on("error", () => undefined); // An idle connection died with its server; the next checkout makes a new one.

/** One transaction, seen through one person's eyes. */
export class Db {
  #closed = false;
  #sent: Array<Promise<unknown>> = [];

  constructor(private readonly client: pg.PoolClient) {}

  /** All rows. Refusals of our own functions arrive as the classes of errors.server.ts. */
  async many<Row extends pg.QueryResultRow>(query: Sql): Promise<Row[]> {
    if (this.#closed) throw new Error("A page reads in one round trip: all its queries are sent before the first answer.");
    const { text, values } = query;
    const answer = this.client.query<Row>({ name: nameOf(text), text, values });
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

/**
 * Several readings in one read-only transaction and one round trip: `begin`, the claims, every query and `commit` leave
 * in one flush. So a work must send all its queries at once (Promise.all), not one after an answer to another.
 * Each work gets its own outcome.
 */
export async function readTogether(person: Person, works: Array<Work<unknown>>): Promise<Array<PromiseSettledResult<unknown>>> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const { opened, outcomes, closed, commit } = inOneWrite(client, () => {
      const opened = openReading(client, person);
      const dbs = works.map(() => new Db(client));
      const outcomes = works.map((work, index) => work(dbs[index]!));
      for (const outcome of outcomes) outcome.catch(() => undefined);
      return { opened, outcomes, closed: dbs.map((db) => db.close()), commit: client.query("commit") };
    });
    await Promise.all([opened, commit, ...closed]);
    return await Promise.allSettled(outcomes);
  } catch (error) {
    broken = error as Error;
    throw fromPostgres(error);
  } finally {
    client.release(lost(broken));
  }
}

/** A transaction that may write. The claims ride along with the first statement. What it queued for the worker is rung for when it is over. */
export async function writeAs<T>(person: Person, origin: Origin, work: Work<T>): Promise<T> {
  const { result, queues } = await commitAs(person, origin, work);
  // Nobody waits for it, and nothing hangs on it: a worker that hears nothing looks within seconds.
  if (queues) pool.query(ringText, [queues]).catch(() => undefined);
  return result;
}

async function commitAs<T>(person: Person, origin: Origin, work: Work<T>): Promise<{ result: T; queues: string | null }> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const db = new Db(client);
  try {
    const opened = Promise.all([client.query("begin"), become(client, person, origin)]);
    opened.catch(() => undefined);
    const result = await work(db);
    await opened;
    const queued = client.query<{ queues: string | null }>(`select ${toRing} as queues`).catch(() => null);
    // A commit after a failed statement succeeds as a rollback, in silence.
    const { command } = await client.query("commit");
    if (command !== "COMMIT") throw new Error("The transaction was rolled back.");
    return { result, queues: (await queued)?.rows[0]?.queues ?? null };
  } catch (error) {
    broken = error as Error;
    await client.query("rollback").catch((lostToo: Error) => (broken = lostToo));
    throw fromPostgres(error);
  } finally {
    client.release(lost(broken));
  }
}

/** Ends the pool: for a graceful stop. */
export const closePool = () => pool.end();

// What is sent in between leaves as one packet, which wakes the server once. The pipeline works without; this spares both sides.
function inOneWrite<T>(client: pg.PoolClient, send: () => T): T {
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}

// Begin and become in one plain message, since a page costs little more than this. A reading is told who reads and no more.
function openReading(client: pg.PoolClient, person: Person) {
  const { role, sub, session } = settingsOf(person);
  return client.query(`begin read only; set local role ${role}; set local request.jwt.claim.sub = ${pg.escapeLiteral(sub)}; set local request.jwt.claim.session_id = ${pg.escapeLiteral(session)}`);
}

// A change also says where the request came from, for the audit trail.
function become(client: pg.PoolClient, person: Person, { ip, userAgent, requestId, device }: Origin) {
  const { role, sub, session } = settingsOf(person);
  return client.query({
    name: "become",
    text: `select set_config('request.jwt.claim.sub', $1, true), set_config('request.jwt.claim.session_id', $2, true),
                  set_config('app.request', $3, true), set_config('role', $4, true)`,
    values: [sub, session, JSON.stringify({ ip, ua: userAgent, id: requestId, device }), role],
  });
}

const settingsOf = (person: Person) =>
  person ? { role: "authenticated", sub: person.userId, session: person.sessionId } : { role: "anon", sub: "", session: "" };

// A refusal by SQL leaves the connection usable; anything without a SQLSTATE, or a
// server going down (57P..), does not.
function lost(error: Error | undefined): Error | undefined {
  const code = (error as { code?: string } | undefined)?.code;
  return error && (!code || code.length !== 5 || code.startsWith("57P") || code.startsWith("08")) ? error : undefined;
}

// Statements are prepared once per connection, under a name made of their text.
const names = new Map<string, string>();
function nameOf(text: string): string {
  let name = names.get(text);
  if (!name) {
    name = createHash("sha1").update(text).digest("base64url");
    names.set(text, name);
  }
  return name;
}
