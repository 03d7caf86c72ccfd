import type pg from "pg";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { connect, openLogin, seededDatabase, untilItWaits } from "#tests/support/database.ts";
import { people } from "#tests/support/cast.ts";
import { liftSuspensions, reasonOf } from "#tests/support/rolled-back.ts";

// Somebody is shut out while something of his is under way. Committed, so on a database of its own. Whatever is told
// here about a suspension holds for a forced logout: both take the account's row first.
const database = seededDatabase();
let owner: pg.Client;
const opened: pg.Client[] = [];

beforeAll(async () => {
  owner = await open();
  await owner.query(
    `
      with noted as (select private.audit('LIMIT_CHANGED', 'partner', 'PTR-0001')) update app.partners set credit_limit
        = 1000000000 from noted where code = 'PTR-0001'`,
  );
});
beforeEach(async () => {
  for (const client of opened) await client.query("rollback");
  await liftSuspensions(owner);
  await owner.query("delete from auth.sessions");
});

async function open() {
  const client = await connect(database.adminUrl);
  opened.push(client);
  return client;
}

type Person = { user: string; session: string; sql: pg.Client };
/** A person with a login of his own, on a connection of his own. */
async function person(user: string): Promise<Person> {
  return { user, session: await openLogin(owner, user), sql: await open() };
}
/** Does something in a transaction of his, which stays open. */
async function begin({ user, session, sql }: Person, ...statements: string[]) {
  await sql.query("begin");
  await sql.query("select set_config('request.jwt.claims', $1, true), set_config('role', 'authenticated', true)", [
    JSON.stringify({ sub: user, session_id: session }),
  ]);
  for (const statement of statements) await sql.query(statement);
}
async function does(who: Person, ...statements: string[]) {
  await begin(who, ...statements);
  await who.sql.query("commit");
}
const codeOf = (attempt: Promise<unknown>) => attempt.then(() => null, reasonOf);
/** Resolves once the connection waits for a lock. */
const waiting = ({ sql }: { sql: pg.Client }) => untilItWaits(sql, owner);

const act = "select app.begin_acting('PTR-0001', 'kunjungan toko')";
const fill = "select app.put_in_cart((select min(sku) from app.products where active), 1, 'set')";
const order = "select app.place_order(gen_random_uuid(), null, '', true)";
const suspend = "select app.suspend_account('SLS-001', 'Keluhan pemilik toko')";
const logout = "select app.force_logout('SLS-001', 'Keluhan pemilik toko')";

test.each([
  ["a suspension", suspend],
  ["a forced logout", logout],
])("%s waits for a checkout under way; what comes after it is refused", async (_, command) => {
  const [sari, tab, admin] = [await person(people.sari), await person(people.sari), await person(people.admin)];
  await does(sari, act, fill);
  await begin(sari, order);
  const shut = begin(admin, command);
  await waiting(admin);
  await sari.sql.query("commit");
  await shut;
  const late = codeOf(begin(tab, "select app.put_in_cart((select min(sku) from app.products where active), 1, 'set')"));
  await waiting(tab);
  await admin.sql.query("commit");
  expect(await late).toBe("28000");
  expect(await codeOf(begin(sari, fill))).toBe("28000");
  const { rows } = await owner.query("select held from app.orders where placed_by = $1 order by id desc limit 1", [
    people.sari,
  ]);
  expect(rows, "committed before it, so held by it").toEqual([{ held: command === suspend }]);
});

test.each([
  "select app.quote(), app.end_acting()",
  act,
  fill,
  order,
  "select app.note_sign_out()",
  "select app.note_whatsapp_opened('ORD-2020-000001')",
  "select app.note_sign_in('sari@demo.test', '127.0.0.1')",
])("%s: begun before the suspension's commit, its locks not yet taken, it is refused after it", async (command) => {
  const [sari, admin] = [await person(people.sari), await person(people.admin)];
  if (command !== act) await does(sari, act);
  if (command === order) await does(sari, fill);
  await begin(sari);
  await begin(admin, suspend);
  const attempt = codeOf(sari.sql.query(command));
  await waiting(sari);
  await admin.sql.query("commit");
  expect(await attempt).toBe("28000");
});

test("a reading that spans the commit sees nothing from there on", async () => {
  const [sari, admin] = [await person(people.sari), await person(people.admin)];
  await begin(sari, "set transaction read only");
  expect((await sari.sql.query("select from app.partners")).rowCount).toBeGreaterThan(0);
  await does(admin, suspend);
  expect((await sari.sql.query("select from app.partners")).rowCount).toBe(0);
  expect(await codeOf(sari.sql.query("select app.quote()"))).toBe("28000");
});

test("an older snapshot does not outlive a forced logout", async () => {
  const agus = await person(people.agus);
  const admin = await person(people.admin);
  const old = async (level: string) => {
    await agus.sql.query(`begin isolation level ${level}`);
    await agus.sql.query(
      "select set_config('request.jwt.claims', $1, true), set_config('role', 'authenticated', true)",
      [JSON.stringify({ sub: agus.user, session_id: agus.session })],
    );
    await agus.sql.query("select count(*) from app.products");
  };
  const actFor = () => agus.sql.query("select app.begin_acting('PTR-0002', 'kunjungan toko')");
  await old("read committed");
  await actFor(); // That he may at all.
  await agus.sql.query("rollback");

  await old("repeatable read");
  await does(admin, "select app.force_logout('SLS-002', 'telepon hilang')");
  expect(await codeOf(actFor())).toBe("DENIED");
});

test("an admin is told when somebody's open transaction keeps him from suspending", async () => {
  const sari = await person(people.sari);
  const admin = await person(people.admin);
  await begin(sari, "select app.begin_acting('PTR-0001', 'kunjungan toko')");
  expect(await codeOf(does(admin, "select app.suspend_account('SLS-001', 'keluhan toko')"))).toBe("IN_USE");
  await admin.sql.query("rollback");
  await sari.sql.query("rollback");
  await does(admin, "select app.suspend_account('SLS-001', 'keluhan toko')");
  expect((await owner.query("select status from app.accounts where code = 'SLS-001'")).rows).toEqual([
    { status: "SUSPENDED" },
  ]);
});

const signIn = `
  insert into auth.sessions (id, user_id, created_at, updated_at)
    values (gen_random_uuid(), '${people.sari}', now(), now())`;

test("a login being made while the account is being suspended is not made; one made just before is ended", async () => {
  const admin = await person(people.admin);
  const auth = await open();
  await begin(admin, suspend);
  const attempt = codeOf(auth.query(signIn));
  await waiting({ sql: auth });
  await admin.sql.query("rollback");
  expect(await attempt, "control: nothing else was in its way").toBeNull();

  await auth.query("begin");
  await auth.query(signIn);
  const shut = begin(admin, suspend);
  await waiting(admin);
  await auth.query("commit");
  await shut;
  const late = codeOf(auth.query(signIn));
  await waiting({ sql: auth });
  await admin.sql.query("commit");
  expect(await late).toBe("28000");
  expect((await owner.query("select from auth.sessions where user_id = $1", [people.sari])).rowCount).toBe(0);
});

test("two admins who suspend each other at once: one of them does, and one admin is left", async () => {
  const [first, second] = [await person(people.admin), await person(people.admin2)];
  await begin(first);
  await begin(second);
  const outcomes = [
    codeOf(
      first.sql.query("select app.suspend_account('ADM-002', 'Keluhan pemilik toko')").then(
        () => first.sql.query("commit"),
        async (error) => {
          await first.sql.query("rollback");
          throw error;
        },
      ),
    ),
    codeOf(
      second.sql.query("select app.suspend_account('ADM-001', 'Keluhan pemilik toko')").then(
        () => second.sql.query("commit"),
        async (error) => {
          await second.sql.query("rollback");
          throw error;
        },
      ),
    ),
  ];
  const codes = (await Promise.all(outcomes)).sort();
  expect(codes.filter((code) => code === null)).toHaveLength(1);
  expect(["28000", "IN_USE"]).toContain(codes.find((code) => code !== null));
  expect((await owner.query("select from app.accounts where role = 'ADMIN' and status = 'ACTIVE'")).rowCount).toBe(1);
});
