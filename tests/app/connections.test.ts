import { once } from "node:events";
import pg from "pg";
import sql from "sql-template-tag";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { until } from "#tests/support/until.ts";
import { openProxy, type NetworkProxy } from "#tests/support/proxy.ts";

type Transactions = typeof import("#app/db/transaction.server.ts");
type Errors = typeof import("#app/db/errors.server.ts");

const origin = { ip: "127.0.0.1", userAgent: "test", requestId: "r-1" };

let proxy: NetworkProxy;
let proxyUrl: string;
/** The web's own login, past the proxy: it sees what its connections do. */
let web: pg.Pool;
let owner: pg.Pool;
let transactions: Transactions;
let errors: Errors;

beforeAll(async () => {
  const url = new URL(process.env.DATABASE_URL!);
  proxy = await openProxy(Number(url.port));
  url.port = String(proxy.port);
  url.searchParams.set("application_name", `proxy-${proxy.port}`);
  proxyUrl = url.href;
  web = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 1 });
  vi.stubEnv("DATABASE_URL", proxyUrl);
  // Loaded only now: the pool is made when the module is.
  transactions = await import("#app/db/transaction.server.ts");
  errors = await import("#app/db/errors.server.ts");
  owner = new pg.Pool({ connectionString: process.env.ADMIN_DATABASE_URL, max: 2 });
  for (const pool of [web, owner]) pool.on("error", () => undefined); // The database goes away at the end of the file.
});
afterEach(async () => {
  proxy.silence(false);
  proxy.refuse(false);
  proxy.loseAnswerTo(null);
  await until(async () => expect(await reads()).toBe("1"));
});
afterAll(async () => {
  await transactions.closePool();
  await Promise.all([owner.end(), web.end()]);
  await proxy.close();
});

/** One reading; its value, or what it met. */
async function read(text: string): Promise<string> {
  try {
    const answer = await transactions.readOne(null, (db) =>
      db.one<{ v: string }>(sql([`select (${text})::text as v`])),
    );
    return answer.v;
  } catch (error) {
    return error instanceof errors.Unavailable
      ? `${error.reason}${error.uncertain ? " uncertain" : ""}`
      : String(error);
  }
}
const reads = () => read("1");
/** Holds a connection. `name` tells its server process apart from what earlier tests have left sleeping. */
const slowly = (seconds: number, name = "") => read(`select 'slept${name}' from pg_sleep(${seconds})`);

/** A change: `of` gets the number of its transaction before the words that are said last in it. */
const change = (words: string, of: { id?: string } = {}) =>
  transactions.writeAs(null, origin, async (db) => {
    of.id = (await db.one<{ id: string }>(sql`select pg_current_xact_id()::text as id`)).id;
    await db.many(sql([`select '${words}'`]));
  });
const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) =>
      error instanceof errors.Unavailable ? `${error.reason}${error.uncertain ? " uncertain" : ""}` : String(error),
  );
const fateOf = async ({ id }: { id?: string }) =>
  (await owner.query<{ fate: string }>("select pg_xact_status($1::text::xid8) as fate", [id])).rows[0]!.fate;

/** The server's own processes of the readings of this name, once `count` of them are at work. */
async function backends(count: number, name: string): Promise<number[]> {
  return until(async () => {
    const { rows } = await web.query<{ pid: number }>(
      "select pid from pg_stat_activity where application_name = $1 and state = 'active' and query like $2",
      [`proxy-${proxy.port}`, `%slept${name}%`],
    );
    expect(rows).toHaveLength(count);
    return rows.map(({ pid }) => pid);
  });
}

/** What pg_terminate_backend sends. */
const terminate = (pids: number[]) => pids.forEach((pid) => process.kill(pid, "SIGTERM"));

test("eight readings whose connections the server ends are told so, and the process lives", async () => {
  const held = Array.from({ length: 8 }, () => slowly(30, " ended"));
  terminate(await backends(8, " ended"));
  expect(await Promise.all(held)).toEqual(Array(8).fill("AWAY"));
  expect(await reads()).toBe("1");
});

test("connections cut by the network, held and idle alike, are made anew by whoever comes next", async () => {
  const held = [slowly(30, " cut"), slowly(30, " cut")];
  await backends(2, " cut");
  proxy.cut();
  expect(await Promise.all(held)).toEqual(["AWAY", "AWAY"]);
  expect(await reads()).toBe("1");
});

test("the control: a connection that breaks while it is held ends a process that does not listen", async () => {
  const client = new pg.Client({ connectionString: proxyUrl });
  await client.connect();
  client.on("error", () => undefined); // It says so twice.
  const broke = once(client, "error"); // With nobody listening this event is an uncaught exception.
  const query = client.query("select pg_sleep(30)").catch(() => "failed");
  proxy.cut();
  expect((await broke)[0]).toBeInstanceOf(Error);
  expect(await query).toBe("failed");
});

test("a silent server is given up after two seconds, and all opened before it fell silent is left", async () => {
  await Promise.all(Array.from({ length: 6 }, () => slowly(0.1))); // Six idle connections.
  expect(proxy.connections).toBeGreaterThanOrEqual(6);
  proxy.silence(true);
  const started = performance.now();
  expect(await Promise.all(Array.from({ length: 4 }, reads))).toEqual(Array(4).fill("AWAY"));
  expect(performance.now() - started).toBeLessThan(3_900);
  // What the proxy swallowed never comes: the idle connections look sound and are not.
  proxy.silence(false);
  const again = performance.now();
  expect(await Promise.all(Array.from({ length: 10 }, reads))).toEqual(Array(10).fill("1"));
  expect(performance.now() - again).toBeLessThan(5_000);
});

test("a frozen server process holds one reading for two seconds and no other", async () => {
  const held = slowly(30, " frozen");
  const [pid] = await backends(1, " frozen");
  process.kill(pid!, "SIGSTOP");
  try {
    expect(await Promise.all([held, reads(), reads()])).toEqual(["AWAY", "1", "1"]);
  } finally {
    process.kill(pid!, "SIGCONT");
  }
});

test("one that waits too long for a lock costs its own connection: those others are answered over stay", async () => {
  const pids = () => Promise.all(Array.from({ length: 5 }, () => read("select pg_backend_pid() from pg_sleep(0.1)")));
  const before = new Set(await pids());
  expect(before.size).toBe(5);
  const holder = new pg.Client({ connectionString: process.env.ADMIN_DATABASE_URL });
  await holder.connect();
  try {
    await holder.query("begin; lock table app.products in access exclusive mode");
    let over = false;
    const waited = read("select count(*) from app.products").finally(() => (over = true));
    while (!over) await reads();
    expect(await waited).toBe("AWAY");
  } finally {
    await holder.end();
  }
  const after = new Set(await pids());
  expect([...after].filter((pid) => before.has(pid)).length).toBeGreaterThanOrEqual(4);
});

test("with every connection in use the next wait a second; with too many waiting they do not wait at all", async () => {
  await Promise.all(Array.from({ length: 10 }, () => slowly(0.2))); // Ten connections, opened.
  const hogs = Array.from({ length: 10 }, () =>
    transactions.writeAs(null, origin, (db) => db.many(sql`select 'slept hog' from pg_sleep(5)`), 30_000),
  );
  await backends(10, " hog");
  const started = performance.now();
  const crowd = await Promise.all(
    Array.from({ length: 400 }, () => reads().then((what) => ({ what, ms: performance.now() - started }))),
  );
  expect(new Set(crowd.map(({ what }) => what))).toEqual(new Set(["BUSY"]));
  const atOnce = crowd.filter(({ ms }) => ms < 950).length;
  expect(atOnce).toBe(400 - 100);
  expect(Math.max(...crowd.map(({ ms }) => ms))).toBeLessThan(3_000);
  expect(await Promise.all(hogs)).toHaveLength(10);
  expect(await reads()).toBe("1");
});

test("a name with several addresses, none of which answers, is away too", () => {
  const refused = Object.assign(new Error("connect ECONNREFUSED ::1:5432"), {
    code: "ECONNREFUSED",
    syscall: "connect",
  });
  expect(errors.isLost(new AggregateError([refused, refused]))).toBe(true);
  expect(errors.isLost(new AggregateError([new TypeError("ours")]))).toBe(false);
});

test("the proof that answers stay apart is given up if none come, with no longer a wait than for a page", async () => {
  const apart = await import("#app/db/apart.server.ts");
  proxy.silence(true);
  const started = performance.now();
  await expect(apart.proveApart({ url: proxyUrl, clients: 3, batches: 3, patience: 500 })).rejects.toMatchObject({
    reason: "AWAY",
  });
  expect(performance.now() - started).toBeLessThan(1_500);
  proxy.silence(false);
  proxy.cut();

  // The first answers come, and then none do.
  const silent = apart.proveApart({ url: proxyUrl, clients: 3, batches: 3_000, patience: 1_000 });
  const told: unknown[] = [];
  await until(() => expect(proxy.connections).toBeGreaterThanOrEqual(3));
  proxy.silence(true);
  await expect(silent).rejects.toMatchObject({ reason: "AWAY" });

  const open = apart.keepOutUntilApart(
    (error) => told.push(error),
    () => apart.proveApart({ url: proxyUrl, patience: 5_000 }),
  );
  const asked = performance.now();
  expect(await reads()).toBe("AWAY");
  expect(performance.now() - asked).toBeLessThan(2_600);
  proxy.silence(false);
  proxy.cut();
  await open;
  expect(await reads()).toBe("1");
});

test("a server that refuses is said at once", async () => {
  proxy.refuse(true);
  proxy.cut();
  const started = performance.now();
  expect(await Promise.all([reads(), outcomeOf(change("refused"))])).toEqual(["AWAY", "AWAY"]);
  expect(performance.now() - started).toBeLessThan(1_000);
});

test("a change whose commit got no answer may have been made, and says so; one cut before it was not", async () => {
  const [before, after]: Array<{ id?: string }> = [{}, {}];
  proxy.loseAnswerTo("spoken into the void");
  expect(await outcomeOf(change("spoken into the void", before))).toBe("AWAY");
  proxy.loseAnswerTo("commit\0");
  expect(await outcomeOf(change("heard", after))).toBe("AWAY uncertain");
  proxy.loseAnswerTo(null);
  await until(async () => expect([await fateOf(before!), await fateOf(after!)]).toEqual(["aborted", "committed"]));
});

test("what takes its time by right is waited for", async () => {
  expect(await outcomeOf(transactions.writeAs(null, origin, (db) => db.many(sql`select pg_sleep(2.3)`), 5_000))).toBe(
    "done",
  );
  expect(await outcomeOf(transactions.writeAs(null, origin, (db) => db.many(sql`select pg_sleep(2.3)`)))).toBe("AWAY");
});

test("what takes its time by right waits for a busy server, and for none that has fallen silent", async () => {
  const long = (words: string) =>
    transactions.writeAs(null, origin, (db) => db.many(sql([`select '${words}' from pg_sleep(30)`])), 9_000);
  const held = outcomeOf(long("slept silent"));
  await backends(1, " silent");
  const silentAt = performance.now();
  proxy.silence(true);
  expect(await held).toBe("AWAY");
  expect(performance.now() - silentAt).toBeLessThan(2_600);
  proxy.silence(false);
  await until(async () => expect(await reads()).toBe("1"));

  const waits = outcomeOf(
    transactions.writeAs(null, origin, (db) => db.many(sql`select 'slept busy' from pg_sleep(3)`), 9_000),
  );
  expect(await waits).toBe("done");
});
