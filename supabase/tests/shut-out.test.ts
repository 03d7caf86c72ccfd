import type pg from "pg";
import sql from "sql-template-tag";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Visit } from "#app/http/visit.server.ts";
import { openQueries } from "#jobs/queries.ts";
import { openShutOuts } from "#jobs/shut-outs.ts";
import { ofDatabase } from "#supabase/local/clone-database.ts";
import { migrate } from "#supabase/local/migrations.ts";
import { connect as connectTo, openLogin, seededDatabase } from "#tests/support/database.ts";
import { people } from "#tests/support/cast.ts";
import { liftSuspensions, reasonOf, refusedFor } from "#tests/support/rolled-back.ts";
import { intrude, timed } from "./shut-out-support.ts";

// Nobody keeps himself from being shut out, whatever he can do with SQL as `web`: connections stay open, loop, hold
// locks. Real connections, on a server of its own.
const database = seededDatabase();
let owner: pg.Client;
let admin: Visit;
let newVisit: () => Visit;
let shutOut: typeof import("#app/http/shut-out.server.ts").shutOut;
let closePool: () => Promise<void>;
let longPatience: number;
const open: pg.Client[] = [];

beforeAll(async () => {
  owner = await connect(database.adminUrl);
  process.env.DATABASE_URL = database.webUrl;
  ({ shutOut } = await import("#app/http/shut-out.server.ts"));
  const { Visit } = await import("#app/http/visit.server.ts");
  ({ closePool, longPatience } = await import("#app/db/transaction.server.ts"));
  const sessionId = await login(people.admin);
  // A visit is of one request: each test makes one.
  newVisit = () =>
    new Visit({
      login: { userId: people.admin, sessionId },
      lang: "id",
      origin: { ip: "127.0.0.1", userAgent: "test", requestId: "r-1", device: null },
      outgoing: { cookies: [] },
      path: "/admin",
    });
});
afterAll(() => closePool());
beforeEach(() => {
  admin = newVisit();
});
afterEach(async () => {
  await Promise.allSettled(open.splice(1).map((client) => client.end()));
  await letAllIn();
});

/** As if nobody had been suspended. */
async function letAllIn() {
  await liftSuspensions(owner);
  await owner.query("delete from private.shut_outs");
}

async function connect(connectionString: string) {
  const client = await connectTo(connectionString);
  open.push(client);
  return client;
}
const login = (user: string) => openLogin(owner, user);
const intruder = async (user: string, session: string) => intrude(await connect(database.webUrl), user, session);
const alive = (client: pg.Client) =>
  client.query("select 1").then(
    () => true,
    () => false,
  );
const status = async (code = "SLS-001") =>
  (await owner.query<{ status: string }>("select status from app.accounts where code = $1", [code])).rows[0]!.status;
const suspend = (code = "SLS-001") => sql`select app.suspend_account(${code}, 'Keluhan pemilik toko')`;
const logout = sql`select app.force_logout('SLS-001', 'Keluhan pemilik toko')`;
test.each([
  ["a suspension", suspend()],
  ["a forced logout", logout],
])("%s ends what of his stays open, after two seconds, and nothing of others", async (_, command) => {
  const session = await login(people.sari);
  const his = [
    await intruder(people.sari, session),
    await intruder(people.sari, session),
    await intruder(people.sari, session),
  ];
  const bystander = await intruder(people.agus, await login(people.agus));
  for (const each of [...his, bystander]) await each.begin();
  const { outcome, seconds } = await timed(shutOut(admin, "SLS-001", (db) => db.one(command)));
  expect(outcome).toBeNull();
  expect(seconds).toBeGreaterThan(1.9);
  expect(seconds).toBeLessThan(5);
  expect(await Promise.all(his.map(({ client }) => alive(client)))).toEqual([false, false, false]);
  expect(await alive(bystander.client)).toBe(true);
  expect((await owner.query("select from auth.sessions where user_id = $1", [people.sari])).rowCount).toBe(0);
  expect((await owner.query("select from private.shut_outs where until > now() + interval '4 seconds'")).rowCount).toBe(
    0,
  );
});

test("control: with no second connection it does not happen while his transaction is open, then it does", async () => {
  const his = await intruder(people.sari, await login(people.sari));
  await his.begin();
  expect(await timed(admin.write((db) => db.one(suspend()), longPatience))).toMatchObject({ outcome: "IN_USE" });
  expect(await alive(his.client)).toBe(true);
  expect(await status()).toBe("ACTIVE");
  await his.client.query("rollback");
  await admin.write((db) => db.one(suspend()));
  expect(await status()).toBe("SUSPENDED");
});

/** Sixteen connections that do one command of his after the other, and come back when they are cut. Ends by `stop`. */
async function hammer() {
  const session = await login(people.sari);
  let stopped = false;
  const reasons: string[] = [];
  let done = 0;
  const loops = Array.from({ length: 16 }, async () => {
    while (!stopped) {
      const each = await intruder(people.sari, session).catch(() => null);
      for (let failed = false; each && !stopped && !failed;) {
        await each
          .begin()
          .then(() => each.client.query("select pg_sleep(0.2); commit"))
          .then(
            () => (done += 1),
            async (error: unknown) => {
              reasons.push(reasonOf(error));
              failed = (await each.client.query("rollback").catch(() => null)) === null;
            },
          );
      }
    }
  });
  await expect.poll(() => done).toBeGreaterThan(50);
  return { reasons, done: () => done, stop: async () => ((stopped = true), Promise.all(loops)) };
}

test("sixteen connections that keep doing commands of his do not keep him in", async () => {
  const loops = await hammer();
  const { outcome, seconds } = await timed(shutOut(admin, "SLS-001", (db) => db.one(suspend())));
  expect(outcome).toBeNull();
  const after = loops.done();
  const since = loops.reasons.length;
  await expect.poll(() => loops.reasons.length).toBeGreaterThan(since + 32);
  await loops.stop();
  expect(seconds).toBeLessThan(5);
  expect(await status()).toBe("SUSPENDED");
  expect(loops.done(), "no command of his after it").toBe(after);
  expect(loops.reasons.slice(since + 16).every((reason) => reason === "28000" || reason === "STALE")).toBe(true);
});

test("an ended login is told so also while the mark of a shut-out stands; a live one is asked to wait", async () => {
  const his = await intruder(people.sari, await login(people.sari));
  const mark = () =>
    owner.query(
      `
        insert into private.shut_outs values ($1, now() + interval '1 minute') on conflict (account_id)
          do update set until = excluded.until`,
      [people.sari],
    );
  const tries = () =>
    his
      .begin()
      .then(() => null, reasonOf)
      .finally(() => his.client.query("rollback"));
  await mark();
  expect(await tries()).toBe("STALE");
  await admin.write((db) => db.one(suspend()));
  await mark();
  expect(await tries()).toBe("28000");
});

test("control: without the second connection two that relieve each other keep him in", async () => {
  const session = await login(people.sari);
  const pair = [await intruder(people.sari, session), await intruder(people.sari, session)] as const;
  await pair[0].begin();
  let over = false;
  // One is always at work: it ends when the next one has begun.
  const relay = (async () => {
    for (let turn = 0; !over; turn += 1) {
      await pair[(turn + 1) % 2]!.begin();
      await pair[turn % 2]!.client.query("commit");
    }
  })();
  const { outcome } = await timed(admin.write((db) => db.one(suspend()), longPatience));
  over = true;
  await relay;
  expect(["IN_USE", "SLOW"]).toContain(outcome);
  expect(await status()).toBe("ACTIVE");
});

test("a connection of a superuser is told of and left alone", async () => {
  const superuser = await connect(ofDatabase(database.superuserUrl, "postgres"));
  await superuser.query("begin");
  await superuser.query("select from app.accounts where code = 'SLS-001' for key share");
  const attempt = shutOut(admin, "SLS-001", (db) => db.one(suspend()));
  await expect(attempt).rejects.toMatchObject({ reason: "HELD_BY_LOGIN", detail: { logins: "supabase_admin" } });
  expect(await alive(superuser)).toBe(true);
  await superuser.query("rollback");
  await owner.query("delete from private.shut_outs");
  await shutOut(admin, "SLS-001", (db) => db.one(suspend()));
  expect(await status()).toBe("SUSPENDED");
});

test("the worker sees to those that wait without such a connection: a rule's suspension, SQL by hand", async () => {
  const queries = openQueries(database.workerUrl);
  const pass = openShutOuts(queries);
  const his = await intruder(people.sari, await login(people.sari));
  await his.begin();
  const byRule = timed(
    owner.query("select private.suspend(id, 'Skor 95', 'SYSTEM') from app.accounts where code = 'SLS-001'"),
  );
  let waiting = true;
  void byRule.finally(() => (waiting = false));
  for (let pause = 0; waiting; pause = await pass()) await new Promise((resolve) => setTimeout(resolve, pause));
  await queries.close();
  const { outcome, seconds } = await byRule;
  expect(outcome).toBeNull();
  expect(seconds).toBeGreaterThan(1.9);
  expect(seconds).toBeLessThan(5);
  expect(await alive(his.client)).toBe(false);
  expect(await status()).toBe("SUSPENDED");
});

test("while nobody waits, nothing is ended, nobody kept out; only an admin may ask, never about himself", async () => {
  const his = await intruder(people.sari, await login(people.sari));
  await his.begin();
  const ask = (visit: Visit, code: string) =>
    visit.write((db) => db.one<{ held: unknown }>(sql`select app.end_holders(${code}) as held`));
  expect(await ask(admin, "SLS-001")).toEqual({ held: { waited: false, ended: 0, others: [] } });
  expect(await alive(his.client)).toBe(true);
  expect((await owner.query("select from private.shut_outs")).rowCount).toBe(0);
  await expect(ask(admin, "ADM-001")).rejects.toMatchObject({ reason: "OWN_ACCOUNT" });
  await expect(his.client.query("select app.end_holders('SLS-001')")).rejects.toMatchObject(refusedFor("DENIED"));
});

/** A login that may take them, as every one may where nobody is superuser who could forbid it. */
async function withAdvisoryLocks() {
  const superuser = await connect(ofDatabase(database.superuserUrl, "postgres"));
  await superuser.query("grant execute on function pg_catalog.pg_advisory_lock(bigint) to web");
  return connect(database.webUrl);
}

test("locks that any login can take stop nothing of ours", async () => {
  const web = await withAdvisoryLocks();
  await web.query(
    `
      select pg_advisory_lock(20260101), pg_advisory_lock(20260102),
        pg_advisory_lock(hashtextextended('app.last_admin', 0))`,
  );
  const { rows: used } = await owner.query(`
    select n.nspname, p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname in ('app', 'private', 'jobs', 'audit', 'pgboss') and p.prosrc ~ 'advisory'`);
  expect(used).toEqual([]);
  expect((await timed(shutOut(admin, "ADM-002", (db) => db.one(suspend("ADM-002"))))).seconds).toBeLessThan(1);
  expect(await status("ADM-002")).toBe("SUSPENDED");
  expect(await migrate(database.adminUrl)).toEqual([]);
  await expect(admin.write((db) => db.one(suspend("ADM-001")))).rejects.toMatchObject({ reason: "OWN_ACCOUNT" });
});

test("two admins suspended at once by others than each other: one stays", async () => {
  const [first, second] = [await connect(database.adminUrl), await connect(database.adminUrl)];
  const byHand = (code: string) =>
    `select private.suspend(id, 'Skor 95', 'SYSTEM') from app.accounts where code = '${code}'`;
  await first.query("begin");
  await first.query(byHand("ADM-001"));
  const late = timed(second.query(byHand("ADM-002")));
  await first.query("commit");
  expect((await late).outcome).toBe("LAST_ADMIN");
  expect(await status("ADM-002")).toBe("ACTIVE");
  expect(await status("ADM-001")).toBe("SUSPENDED");
});

test("queues are opened while somebody holds every lock that pg-boss would ask for", async () => {
  const web = await withAdvisoryLocks();
  const keys = [
    "",
    "create-queue",
    "queue-stats-insert",
    "job_commonfailJobsByTimeout",
    "job_commonfailJobsByHeartbeat",
    "job_commondeletion",
    "bamClaim",
  ];
  for (const key of keys)
    await web.query(
      `
        select pg_advisory_lock(('x' || encode(sha224((current_database() || '.pgboss.pgboss' || $1)::bytea),
          'hex'))::bit(64)::bigint)`,
      [key],
    );
  const { openBoss } = await import("#jobs/boss.ts");
  const boss = openBoss(database.workerUrl);
  await boss.start();
  const { seconds } = await timed(boss.createQueue("order.placed.sync", {}));
  await boss.supervise();
  await boss.stop({ graceful: false });
  expect(seconds).toBeLessThan(5);
});
