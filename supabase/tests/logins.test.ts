import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { openQueries } from "#jobs/queries.ts";
import { watchLogins } from "#jobs/logins.ts";
import { ofDatabase } from "#supabase/local/clone-database.ts";
import { connect, seededDatabase } from "#tests/support/database.ts";
import { fieldOf } from "#app/db/thrown.ts";

// What a login of ours may do to itself and to the server, and who sees it. On a server of its own: roles belong to all
// of it.
const database = seededDatabase();
let owner: pg.Client;
let web: pg.Client;
let superuser: pg.Client;

beforeAll(async () => {
  owner = await connect(database.adminUrl);
  web = await connect(database.webUrl);
  superuser = await connect(ofDatabase(database.superuserUrl, "postgres"));
});
const faults = async () =>
  (await owner.query<{ login: string; what: string; is: string }>("select * from private.login_faults()")).rows.map(
    ({ login, what, is }) => `${login} ${what} ${is}`,
  );
const refusal = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    (error: { code: string }) => error.code,
  );

test("as made, nothing is wrong with them; settings hold whatever a connection asks for when it connects", async () => {
  expect(await faults()).toEqual([]);
  const { rows } = await web.query(
    `
      select current_setting('statement_timeout') as statement, current_setting('plan_cache_mode') as plan,
        current_setting('idle_in_transaction_session_timeout') as idle`,
  );
  expect(rows).toEqual([{ statement: "8s", plan: "force_generic_plan", idle: "10s" }]);
});

test.each([
  ["alter role web set statement_timeout = 0", "web SETTING statement_timeout=0"],
  ["alter role web reset plan_cache_mode", "web SETTING_MISSING plan_cache_mode=force_generic_plan"],
  ["alter role web in database postgres set search_path = evil", "web SETTING search_path=evil"],
])("%s, by `web` itself: told", async (statement, told) => {
  await web.query(statement);
  expect(await faults()).toContain(told);
  await owner.query("alter role web reset all; alter role web in database postgres reset all");
  await owner.query(
    `
      alter role web set statement_timeout = '8s'; alter role web set idle_in_transaction_session_timeout
        = '10s'; alter role web set plan_cache_mode = 'force_generic_plan'`,
  );
  expect(await faults()).toEqual([]);
});

test.each([
  ["alter role web connection limit -1", "web UNLIMITED -1", "alter role web connection limit 40"],
  [
    "alter role worker connection limit 200",
    "web, worker LIMITS_TOO_HIGH 240",
    "alter role worker connection limit 40",
  ],
  ["alter role web bypassrls", "web POWER bypassrls", "alter role web nobypassrls"],
  ["grant service_role to web", "web MEMBER_OF service_role", "revoke service_role from web"],
  [
    "grant pg_read_all_data to authenticated",
    "authenticated MEMBER_OF pg_read_all_data",
    "revoke pg_read_all_data from authenticated",
  ],
])("%s: no login of ours can, and it is told", async (statement, told, back) => {
  expect(await refusal(web.query(statement))).not.toBeNull();
  expect(await faults()).toEqual([]);
  await superuser.query(statement);
  expect(await faults()).toContain(told);
  await superuser.query(back);
  expect(await faults()).toEqual([]);
});

test("the worker tells staff, once", async () => {
  const queries = openQueries(database.workerUrl);
  await watchLogins(queries);
  const incidents = async () =>
    (
      await owner.query(
        `
          select severity, detail -> 'faults' -> 0 ->> 'is' as found, repeats from app.incidents
            where dedup_key = 'login-changed'`,
      )
    ).rows;
  expect(await incidents()).toEqual([]);
  await web.query("alter role web set statement_timeout = 0");
  await watchLogins(queries);
  await watchLogins(queries);
  await queries.close();
  expect(await incidents()).toEqual([{ severity: 2, found: "statement_timeout=0", repeats: 0 }]);
  const { rows } = await owner.query(
    "select recipient, props ->> 'what' as what from app.mails where kind = 'LOGIN_CHANGED' order by 1",
  );
  expect(rows.map(({ recipient }: { recipient: string }) => recipient)).toEqual([
    "admin2@demo.test",
    "admin@demo.test",
    "cio@demo.test",
  ]);
  expect(rows[0]).toMatchObject({ what: expect.stringContaining("web: SETTING statement_timeout=0") });
  await owner.query("alter role web set statement_timeout = '8s'");
});

test("no login takes all connections: the worker and people still get in", async () => {
  const taken: pg.Client[] = [];
  let refused: unknown;
  while (!refused && taken.length < 100) {
    const client = new pg.Client({ connectionString: database.webUrl });
    await client.connect().then(
      () => taken.push(client),
      (error: { code: string }) => (refused = error.code),
    );
  }
  expect(refused).toBe("53300");
  expect(taken.length).toBeLessThanOrEqual(40);
  await (await connect(database.workerUrl)).end();
  await (await connect(database.adminUrl)).end();
  await Promise.all(taken.map((client) => client.end()));
});

test("a login's large object is told where it can be made; where the superuser took that away, it cannot", async () => {
  await superuser.query("grant execute on function pg_catalog.lo_create(oid) to web");
  const {
    rows: [made],
  } = await web.query<{ oid: string }>("select lo_create(0) as oid");
  expect(await faults()).toContain("web OWNS 1");
  await superuser.query("select lo_unlink($1)", [made!.oid]);
  await superuser.query("revoke execute on function pg_catalog.lo_create(oid) from web");
  expect(await faults()).toEqual([]);
  for (const attempt of [
    "select lo_create(0)",
    "select lo_from_bytea(0, 'x')",
    "select lo_creat(-1)",
    "select pg_advisory_lock(1)",
    "select pg_try_advisory_xact_lock(1, 2)",
    "select pg_terminate_backend(1)",
    "select pg_cancel_backend(1)",
    "select pg_logical_emit_message(false, 'x', 'x')",
  ])
    expect([attempt, await refusal(web.query(attempt))]).toEqual([attempt, "42501"]);
  expect(
    await refusal(owner.query("select pg_advisory_lock(1), pg_advisory_unlock(1)")),
    "the owner of the functions may",
  ).toBeNull();
});

test("other databases are closed to them: function rights are per database, locks and disk are shared", async () => {
  const elsewhere = (url: string) => connect(ofDatabase(url, "template1")).then((client) => client.end());
  await elsewhere(database.superuserUrl);
  for (const url of [database.webUrl, database.workerUrl]) expect(await refusal(elsewhere(url))).toBe("42501");
  const { rows } = await superuser.query(
    `
      select r as login from unnest(array['web', 'worker', 'anon', 'authenticated', 'supabase_auth_admin']) r,
        pg_database d where d.datallowconn and d.datname <> current_database()
        and has_database_privilege(r, d.oid, 'connect')`,
  );
  expect(rows).toEqual([]);
});

test("an old transaction of `web` is ended despite its timeouts: others get the rows, staff is told", async () => {
  const holder = await connect(database.webUrl);
  const gone = new Promise<unknown>((resolve) => holder.on("error", (error) => resolve(fieldOf(error, "code"))));
  await holder.query(
    `
      set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set transaction_timeout = 0; begin;
        set local role anon`,
  );
  await holder.query("select app.take_sign_in_try('in', 'budi@demo.test', '192.0.2.1')");
  const waits = () =>
    refusal(
      web
        .query(
          "begin; set local role anon; set local lock_timeout = '50ms'; select app.take_sign_in_try('in', " +
            "'budi@demo.test', '192.0.2.2')",
        )
        .finally(() => web.query("rollback")),
    );
  expect(await waits(), "somebody else who signs in").toBe("55P03");
  const look = async (after: string) =>
    (
      await owner.query<{ told: Array<{ login: string; what: string }> }>("select private.watch_logins($1) as told", [
        after,
      ])
    ).rows[0]!.told;
  expect(await look("30 seconds"), "not old yet").toEqual([]);
  expect(await waits()).toBe("55P03");
  await expect.poll(() => look("200 milliseconds")).toMatchObject([{ login: "web", what: "HELD" }]);
  expect(await gone).toBe("57P01");
  await expect.poll(waits).toBeNull();
  expect(await look("200 milliseconds")).toEqual([]);
  const { rows } = await owner.query<{ detail: object }>(
    "select detail from app.incidents where dedup_key = 'login-changed' order by id desc limit 1",
  );
  expect(rows[0]!.detail).toMatchObject({ faults: [{ login: "web", what: "HELD" }] });
});

test("temporary files end at a limit that no login of ours can lift", async () => {
  const client = await connect(database.webUrl);
  const keep = (rows: number) =>
    refusal(
      client
        .query(
          `begin; declare c cursor with hold for select repeat('x', 1000) from generate_series(1, ${rows}); commit; ` +
            "close c",
        )
        .finally(() => client.query("rollback")),
    );
  expect(await keep(30_000), "30 MB").toBeNull();
  for (const attempt of [
    "set temp_file_limit = -1",
    "alter role web set temp_file_limit = -1",
    "alter role web reset temp_file_limit",
  ])
    expect([attempt, await refusal(client.query(attempt))]).toEqual([attempt, "42501"]);
  expect(await keep(280_000), "280 MB").toBe("53400");
  // What a login may take back of its own are its other settings; the limit stands.
  await client.query("alter role web reset all");
  await owner.query(
    `
      alter role web set statement_timeout = '8s'; alter role web set idle_in_transaction_session_timeout
        = '10s'; alter role web set plan_cache_mode = 'force_generic_plan'`,
  );
  await client.end();
  const fresh = await connect(database.webUrl);
  expect((await fresh.query("show temp_file_limit")).rows).toEqual([{ temp_file_limit: "256MB" }]);
  expect(await faults()).toEqual([]);
  await fresh.end();
});
