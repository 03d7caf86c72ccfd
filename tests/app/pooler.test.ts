import net from "node:net";
import type pg from "pg";
import sql from "sql-template-tag";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { connect, openLogin, seededDatabase } from "#tests/support/database.ts";
import { findPgbouncer, startPgbouncer } from "#tests/support/pgbouncer.ts";
import { portOf } from "#supabase/local/ports.ts";

// A pooler in transaction mode hands each transaction another connection: with statements unnamed that is fine. And
// whatever stands between us and Postgres, one reader's answers never become another's page.
const pgbouncer = findPgbouncer();
if (!pgbouncer) console.warn("PgBouncer is not installed and cannot be: the tests through it are not run.");

const database = seededDatabase();
let owner: pg.Client;
const persons = {
  budi: { userId: people.budi, sessionId: crypto.randomUUID() },
  maya: { userId: people.maya, sessionId: crypto.randomUUID() },
};
const origin = { ip: "127.0.0.1", userAgent: "test", requestId: "r-1" };
const stops: Array<() => unknown> = [];

beforeAll(async () => {
  owner = await connect(database.adminUrl);
  for (const { userId, sessionId } of Object.values(persons)) await openLogin(owner, userId, sessionId);
  await owner.query("update app.product_stock set quantity = 1000, buffer = 0, held = 0");
  await owner.query(
    `
      with noted as (select private.audit('LIMIT_CHANGED', 'partner', code) from app.partners) update app.partners
        set credit_limit = 1000000000 where (select count(*) from noted) > 0`,
  );
});
afterAll(async () => {
  for (const stop of stops) await stop();
});

/** The web's transactions with settings of its own, as another process would have it. */
async function transactionsOf(url: string, statements: "named" | "unnamed") {
  vi.resetModules();
  Object.assign(process.env, { DATABASE_URL: url, DB_STATEMENTS: statements });
  const transactions = await import("#app/db/transaction.server.ts");
  const apart = await import("#app/db/apart.server.ts");
  const { findViewer } = await import("#app/accounts/viewer.server.ts");
  const { listOrders } = await import("#app/orders/orders.server.ts");
  return { ...transactions, ...apart, findViewer, listOrders };
}

test.runIf(pgbouncer)(
  "through PgBouncer in transaction mode, statements unnamed: 20 orders and 1,000 pages of two stores in turn",
  async () => {
    const bouncer = await startPgbouncer(pgbouncer!, database.webUrl);
    stops.push(bouncer.stop);
    const web = await transactionsOf(bouncer.url, "unnamed");
    await web.proveApart();
    const turns = [
      ["budi", persons.budi, stores.budi, "GOLD"],
      ["maya", persons.maya, stores.maya, "SILVER"],
    ] as const;
    for (let n = 0; n < 20; n += 1) {
      const [, person] = turns[n % 2]!;
      await web.writeAs(person, origin, (db) =>
        db.one(sql`select app.put_in_cart((select min(sku) from app.products where active), 1, 'set')`),
      );
      await web.writeAs(person, origin, (db) =>
        db.one(sql`select app.place_order(${crypto.randomUUID()}, null, '', false)`),
      );
    }
    const { rows } = await owner.query<{ partner_id: string; n: number }>(
      `
        select partner_id, count(*)::int as n from app.orders where placed_by = any ($1)
          and created_at > now() - interval '10 minutes' group by 1`,
      [[people.budi, people.maya]],
    );
    expect(rows.toSorted((a, b) => a.n - b.n)).toEqual(
      expect.arrayContaining([
        { partner_id: stores.budi, n: 10 },
        { partner_id: stores.maya, n: 10 },
      ]),
    );

    let errors = 0;
    let foreign = 0;
    let read = 0;
    const page = async (index: number) => {
      const [, person, store, tier] = turns[index % 2]!;
      const outcomes = await web
        .readTogether(person, [
          web.findViewer,
          (db) => db.many<{ store: string }>(sql`select distinct partner_id as store from app.orders`),
          (db) => db.many<{ tier: string }>(sql`select distinct tier from app.prices`),
        ])
        .catch(() => null);
      read += 1;
      if (!outcomes) return (errors += 1);
      const [viewer, orders, prices] = outcomes;
      if (viewer.status === "rejected" || orders.status === "rejected" || prices.status === "rejected")
        return (errors += 1);
      if (
        viewer.value.account?.id !== person.userId ||
        orders.value.length !== 1 ||
        orders.value[0]!.store !== store ||
        prices.value.length !== 1 ||
        prices.value[0]!.tier !== tier
      )
        foreign += 1;
    };
    for (let round = 0; round < 50; round += 1)
      await Promise.all(Array.from({ length: 20 }, (_, index) => page(index)));
    await web.closePool();
    expect({ read, errors, foreign }).toEqual({ read: 1000, errors: 0, foreign: 0 });
  },
);

test.runIf(pgbouncer)("control: with named statements it does not work, and the start says so", async () => {
  const bouncer = await startPgbouncer(pgbouncer!, database.webUrl);
  stops.push(bouncer.stop);
  const web = await transactionsOf(bouncer.url, "named");
  await expect(web.proveApart()).rejects.toThrow();
  await web.closePool();
});

/** Passes everything on, and puts other words of the same length into what Postgres says. */
async function mixer() {
  const words = new Map<string, string>();
  const { port } = new URL(database.webUrl);
  const server = net.createServer((near) => {
    const far = net.connect(Number(port), "127.0.0.1");
    near.on("data", (chunk) => far.write(chunk));
    far.on("data", (chunk) => {
      let text = chunk.toString("latin1");
      for (const [from, to] of words) text = text.replaceAll(from, to);
      near.write(Buffer.from(text, "latin1"));
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const)
      one.on("error", () => undefined).on("close", () => other.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => server.close());
  const url = new URL(database.webUrl);
  url.port = String(portOf(server));
  return { url: url.href, words };
}

test("batches that are mixed up are found at the start, and nobody is let in until they are not", async () => {
  const { url, words } = await mixer();
  const web = await transactionsOf(url, "named");
  await web.proveApart(); // Control: what only passes on passes.
  words.set("proof-7-3", "proof-3-3");
  await expect(web.proveApart()).rejects.toThrow(/another batch|somebody else/);

  const told: unknown[] = [];
  const open = web.keepOutUntilApart((error) => told.push(error));
  await expect.poll(() => told.length).toBe(1);
  await expect(web.readTogether(persons.budi, [web.findViewer])).rejects.toMatchObject({ name: "AnswersMixed" });
  await expect(web.writeAs(persons.budi, origin, web.findViewer)).rejects.toMatchObject({ name: "AnswersMixed" });
  words.clear();
  await open;
  expect(await web.readTogether(persons.budi, [web.findViewer])).toMatchObject([
    { status: "fulfilled", value: { account: { id: people.budi } } },
  ]);
  await web.closePool();
});

test("a page read as somebody else is not shown: its connection is dropped, and an incident opens", async () => {
  const { url, words } = await mixer();
  const web = await transactionsOf(url, "named");
  const connections = async () =>
    new Set(
      (await owner.query<{ pid: number }>("select pid from pg_stat_activity where usename = 'web'")).rows.map(
        ({ pid }) => pid,
      ),
    );
  const { pid } = await web.readOne(persons.budi, (db) => db.one<{ pid: number }>(sql`select pg_backend_pid() as pid`));
  words.set(persons.budi.sessionId, persons.maya.sessionId);
  await expect(web.readTogether(persons.budi, [web.findViewer])).rejects.toMatchObject({ name: "AnswersMixed" });
  words.clear();
  await expect.poll(async () => (await connections()).has(pid)).toBe(false);
  await expect
    .poll(
      async () =>
        (await owner.query("select severity, cause, detail from app.incidents where dedup_key = 'answers-mixed'")).rows,
    )
    .toEqual([{ severity: 1, cause: "ANSWERS_MIXED", detail: {} }]);
  expect(await web.readTogether(persons.budi, [web.findViewer])).toMatchObject([
    { status: "fulfilled", value: { account: { id: people.budi } } },
  ]);
  await web.closePool();
});
