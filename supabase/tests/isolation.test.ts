import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { matrix, type Persona, personas } from "./matrix.ts";
import { rowsOfEverybody } from "./rows-of-everybody.ts";
import { people, stores } from "#tests/support/cast.ts";
import { connect } from "#tests/support/database.ts";
import { TestDb } from "#tests/support/rolled-back.ts";

// One transaction for the whole matrix: data in which every table has rows of everybody, built by the commands
// themselves.
let sql: pg.Client;
let db: TestDb;
const logins: Partial<Record<Persona, string>> = {};

beforeAll(async () => {
  sql = await connect();
  await sql.query("begin");
  db = new TestDb(sql);
  await rowsOfEverybody(db);
  // Sari acts in one login, and has another in which she does not.
  logins.acting = await db.login(people.sari);
  logins.sari = await db.login(people.sari, true);
  for (const [persona, name] of [
    ["budi", "budi"],
    ["maya", "maya"],
    ["agus", "agus"],
    ["admin", "admin"],
    ["auditor", "auditor"],
  ] as const) {
    logins[persona] = await db.login(people[name]);
  }
  logins.suspended = logins.budi;
  logins.revoked = crypto.randomUUID();
});
afterAll(() => sql.end());

const userOf = (persona: Persona) =>
  persona === "anon"
    ? null
    : {
        acting: people.sari,
        suspended: people.budi,
        revoked: people.budi,
        admin: people.admin,
        auditor: people.auditor,
        budi: people.budi,
        maya: people.maya,
        sari: people.sari,
        agus: people.agus,
      }[persona];

async function whileItIs<T>(persona: Persona, work: () => Promise<T>): Promise<T> {
  await sql.query("savepoint filled");
  if (persona === "suspended")
    await sql.query("update app.accounts set status = 'SUSPENDED' where id = $1", [people.budi]);
  try {
    return await work();
  } finally {
    await sql.query("rollback to savepoint filled");
  }
}

const tablesOf = (schema: string) =>
  db.rows<{ name: string }>(
    `
      select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1
        and c.relkind in ('r', 'p', 'v', 'm') order by 1`,
    [schema],
  );

test("the matrix names every table, and no other", async () => {
  expect(Object.keys(matrix).sort()).toEqual((await tablesOf("app")).map(({ name }) => name));
});

test("every table has row-level security and, for the signed-in, the live-session policy", async () => {
  const loose = await db.rows(`
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('app', 'private', 'audit') and c.relkind in ('r', 'p')
       and (not c.relrowsecurity or (n.nspname = 'app' and not exists (
         select from pg_policies p where p.schemaname = 'app' and p.tablename = c.relname
           and p.policyname = 'live_session'
            and p.permissive = 'RESTRICTIVE' and p.cmd = 'ALL' and p.roles = '{authenticated}'
            and p.qual = '(( SELECT private.live_session() AS live_session) IS NOT NULL)')))`);
  expect(loose).toEqual([]);
});

describe.each(Object.entries(matrix))("%s", (table, { key, sees }) => {
  test("has rows that would be seen if nothing hid them", async () => {
    expect(await db.value<number>(`select count(*)::int from app.${table}`)).toBeGreaterThan(0);
  });

  test.each(personas)("as %s: the rows of the matrix and no others", async (persona) => {
    const expected = sees[persona];
    const user = userOf(persona);
    await whileItIs(persona, async () => {
      const question = `select ${key} as key from app.${table} order by 1`;
      if (expected === "no grant") {
        expect(await db.stopped(user, question, [], logins[persona])).toBe("42501");
        return;
      }
      const truth = await db.rows(`select ${key} as key from app.${table} where ${expected} order by 1`);
      const seen = await db.as(user, () => db.rows(question), logins[persona]);
      expect(seen).toEqual(truth);
    });
  });

  test.each(personas)("as %s: nothing can be inserted, changed or deleted", async (persona) => {
    const column = await db.value<string>(
      `
        select attname from pg_attribute where attrelid = $1::regclass and attnum > 0 and attgenerated = ''
          and attidentity = '' order by attnum limit 1`,
      [`app.${table}`],
    );
    const attempts = [
      `insert into app.${table} default values`,
      `update app.${table} set ${column} = ${column}`,
      `delete from app.${table}`,
      `truncate app.${table} cascade`,
    ];
    await whileItIs(persona, async () => {
      for (const attempt of attempts)
        expect([attempt, await db.stopped(userOf(persona), attempt, [], logins[persona])]).toEqual([attempt, "42501"]);
    });
  });

  test("the owner could: the statements above are sound", async () => {
    expect(
      await db.value<boolean>(
        `
          select bool_and(has_table_privilege('postgres', 'app.${table}', p))
            from unnest(array['INSERT', 'UPDATE', 'DELETE']) p`,
      ),
    ).toBe(true);
  });
});

describe("the logins", () => {
  const asWeb = async (work: (web: pg.Client) => Promise<void>, url = process.env.DATABASE_URL) => {
    const web = new pg.Client({ connectionString: url });
    await web.connect();
    try {
      await work(web);
    } finally {
      await web.end();
    }
  };

  test("web that forgets to become somebody is refused everywhere", () =>
    asWeb(async (web) => {
      for (const { name } of await tablesOf("app"))
        await expect(web.query(`select from app.${name}`)).rejects.toMatchObject({ code: "42501" });
      await expect(web.query("select app.viewer_context()")).rejects.toMatchObject({ code: "42501" });
    }));

  test("web cannot become more than anon and authenticated, owns nothing and cannot bypass RLS", () =>
    asWeb(async (web) => {
      for (const role of ["postgres", "service_role", "worker", "supabase_auth_admin", "supabase_admin"]) {
        await expect(web.query(`set role ${role}`)).rejects.toMatchObject({ code: "42501" });
      }
      await web.query("set role authenticated");
      expect(
        await db.rows(
          `
            select rolname from pg_roles where rolname in ('web', 'worker', 'anon', 'authenticated')
              and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`,
        ),
      ).toEqual([]);
      expect(
        await db.rows(
          `
            select relname from pg_class where relowner in ('web'::regrole, 'worker'::regrole, 'anon'::regrole,
              'authenticated'::regrole)`,
        ),
      ).toEqual([]);
    }));

  test("the worker reads no table of the business: only its functions", () =>
    asWeb(async (worker) => {
      for (const { name } of await tablesOf("app"))
        await expect(worker.query(`select from app.${name}`)).rejects.toMatchObject({ code: "42501" });
      await expect(worker.query("select * from auth.users")).rejects.toMatchObject({ code: "42501" });
      await worker.query("select * from jobs.pending_counts()");
    }, process.env.WORKER_DATABASE_URL));

  test("a login that puts its own types or tables before ours gets nothing for it", () =>
    asWeb(async (web) => {
      await expect(web.query("create domain pg_temp.jsonb as pg_catalog.jsonb")).rejects.toMatchObject({
        code: "42501",
      });
      await expect(web.query("create temporary table incoming_stock (sku text)")).rejects.toMatchObject({
        code: "42501",
      });
    }));

  test("somebody else's store cannot be claimed: its id in the claims changes nothing", async () => {
    const claims = {
      sub: people.maya,
      session_id: logins.maya,
      role: "authenticated",
      partner_id: stores.budi,
      app_metadata: { role: "ADMIN" },
    };
    await sql.query("savepoint forged");
    await sql.query("select set_config('request.jwt.claims', $1, true)", [JSON.stringify(claims)]);
    await sql.query("set local role authenticated");
    expect(await db.rows("select partner_id from app.orders where partner_id <> $1", [stores.maya])).toEqual([]);
    await sql.query("rollback to savepoint forged");
  });
});
