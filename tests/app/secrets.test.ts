import fs from "node:fs";
import type pg from "pg";
import sql from "sql-template-tag";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loggedError } from "#app/http/logged-error.ts";
import { ofDatabase } from "#supabase/local/clone-database.ts";
import { connect, openLogin, seededDatabase } from "#tests/support/database.ts";
import { people } from "#tests/support/cast.ts";

// Whoever may run SQL as `web` may watch the statements of all its connections, and logs are read by more people than
// the database is. A live session's id is as good as a sign-in. On a database of its own: its log has every statement
// of this file.
const database = seededDatabase();
let transactions: typeof import("#app/db/transaction.server.ts");
let watcher: pg.Client;
const session = crypto.randomUUID();
const origin = { ip: "203.0.113.77", userAgent: "secret-agent", requestId: "r-secret", device: "device-secret" };
const email = "somebody.secret@example.test";
const budi = { userId: people.budi, sessionId: session };
/** What must stand in no statement. */
const secrets = [session, people.budi, email, origin.ip, origin.userAgent, origin.device, "catatan rahasia"];

beforeAll(async () => {
  const superuser = await connect(ofDatabase(database.superuserUrl, "postgres"));
  await superuser.query("alter role web set log_statement = 'all'; alter role web set log_parameter_max_length = 0");
  await openLogin(superuser, budi.userId, budi.sessionId);
  await superuser.end();
  process.env.DATABASE_URL = database.webUrl;
  transactions = await import("#app/db/transaction.server.ts");
  watcher = await connect(database.webUrl);
});
afterAll(async () => {
  await transactions?.closePool();
});

/** Everything that another connection of `web` shows while `work` goes on. */
async function watched(work: Promise<unknown>): Promise<Set<string>> {
  const seen = new Set<string>();
  const looking = new AbortController();
  void work.finally(() => looking.abort()).catch(() => undefined);
  while (!looking.signal.aborted) {
    const { rows } = await watcher.query<{ query: string }>(
      "select query from pg_stat_activity where usename = 'web' and pid <> pg_backend_pid()",
    );
    for (const { query } of rows) seen.add(query);
  }
  await work;
  return seen;
}
const leaks = (texts: Iterable<string>, words = secrets) =>
  [...texts].filter((text) => words.some((word) => text.includes(word)));
const statements = () => fs.readFileSync(database.logFile, "utf8");

test("pages and changes of a person show nothing by which somebody else could become him", async () => {
  const reading = async () => {
    const [viewer] = await transactions.readTogether(budi, [
      (db) => db.one<{ viewer: { account: { id: string } } }>(sql`select app.viewer_context() as viewer`),
    ]);
    expect(viewer).toMatchObject({ status: "fulfilled", value: { viewer: { account: { id: people.budi } } } });
  };
  const work = (async () => {
    for (let round = 0; round < 30; round += 1) {
      await Promise.all(Array.from({ length: 10 }, reading));
      await transactions.writeAs(budi, origin, (db) =>
        db.one(sql`select app.put_in_cart((select min(sku) from app.products where active), ${round + 1}, 'set')`),
      );
      await transactions.writeAs(null, origin, (db) => db.one(sql`select app.note_refused_sign_in(${email})`));
    }
    await expect(
      transactions.writeAs(budi, origin, (db) =>
        db.one(sql`select app.place_order('no uuid', null, ${"catatan rahasia"}, true)`),
      ),
    ).rejects.toThrow();
  })();
  const seen = await watched(work);
  expect(seen.size, "statements were seen at all").toBeGreaterThan(3);
  expect(leaks(seen)).toEqual([]);
  expect(statements().match(/set_config/g)?.length, "and all of them are in the log").toBeGreaterThan(300);
  expect(leaks(statements().split("\n"))).toEqual([]);
});

test("control: a session that stands in the statement is seen by whoever watches, and is in the log", async () => {
  const careless = await connect(database.webUrl);
  const secret = crypto.randomUUID();
  const seen = await watched(
    careless.query(`begin; set local request.jwt.claim.session_id = '${secret}'; select pg_sleep(0.3)`),
  );
  await careless.end();
  expect(leaks(seen, [secret])).toHaveLength(1);
  expect(leaks([statements()], [secret])).toHaveLength(1);
});

test("passwords of the logins are set as what Postgres keeps of them", async () => {
  const superuser = await connect(ofDatabase(database.superuserUrl, "postgres"));
  await superuser.query("set log_statement = 'all'");
  const { openLogins } = await import("#supabase/local/platform.ts");
  await superuser.query("alter role supabase_admin set log_statement = 'all'");
  await openLogins(database.port, database.credentials);
  await superuser.query("alter role supabase_admin reset log_statement");
  await superuser.end();
  const log = statements();
  expect(log).toContain('alter role "web" login password \'SCRAM-SHA-256$4096:');
  expect(leaks([log], [database.credentials.web, database.credentials.worker])).toEqual([]);
  await (await connect(database.webUrl)).end(); // It opens all the same.
});

test("an error of the database is logged without the rows and values that it quotes", async () => {
  const owner = await connect(database.adminUrl);
  const failed = async (text: string, values: unknown[]) =>
    JSON.stringify(loggedError(await owner.query(text, values).catch((error: unknown) => error)));
  const row = await failed(
    "insert into app.partner_contacts (partner_id, owner_email, owner_whatsapp) values (gen_random_uuid(), $1, 'x')",
    [email],
  );
  const value = await failed("select $1::text::uuid", [`x ${session}`]);
  await owner.end();
  expect(row).toContain("partner_contacts_owner_whatsapp_check");
  expect(value).toContain("22P02");
  expect(value).toMatch(/secrets\.test\.ts/);
  expect(leaks([row, value])).toEqual([]);
});
