import type pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { checkDatabase } from "#scripts/doctor/database.ts";
import { exitOf, type Finding } from "#scripts/doctor/finding.ts";
import { checkPath } from "#scripts/doctor/path.ts";
import { databaseUrl } from "#supabase/local/platform.ts";
import { readSteps } from "#supabase/local/schema.ts";
import { connect, seededDatabase } from "#tests/support/database.ts";
import { findPgbouncer, startPgbouncer } from "#tests/support/pgbouncer.ts";

// Everything is well at first; then each thing is broken once, is named, and is told how to be mended.
const pgbouncer = findPgbouncer();
if (!pgbouncer) console.warn("PgBouncer is not installed and cannot be: the test through it is not run.");
const database = seededDatabase();
let owner: pg.Client;

beforeAll(async () => {
  owner = await connect(database.adminUrl);
  await owner.query("update app.erp_circuit set last_ok_at = now()");
});

const wrong = (found: Finding[]) => found.filter(({ state }) => state !== "OK");
const look = () => checkDatabase(database.adminUrl);

test("a sound database: every power is the one that the schema gives, and nothing is wrong", async () => {
  const found = await look();
  expect(wrong(found)).toEqual([]);
  expect(found.map(({ area }) => area)).toEqual(["schema", "roles", "rows", "grants", "blocks", "clock", "worker"]);
  expect(exitOf(found)).toBe(0);
});

type Case = { name: string; breaks: string; says: [area: string, what: RegExp, todo: RegExp] };
const cases: Case[] = [
  {
    name: "a login that may more than it should",
    breaks: "alter role worker createdb",
    says: ["roles", /^worker: POWER createdb$/, /^alter role worker nocreatedb;$/],
  },
  {
    name: "a login without its time limit",
    breaks: "alter role web reset statement_timeout",
    says: ["roles", /SETTING_MISSING statement_timeout=8s/, /^alter role web set statement_timeout = '8s';$/],
  },
  {
    name: "a login that owns a table",
    breaks:
      "create table app.mine (); alter table app.mine enable row level security; " +
      "grant create on schema app to worker; grant worker to current_user; alter table app.mine owner to worker; " +
      "revoke worker from current_user",
    says: ["roles", /^worker: OWNS 1$/, /^reassign owned by worker to postgres;$/],
  },
  {
    name: "row-level security that is off",
    breaks: "alter table app.orders disable row level security",
    says: ["rows", /off on app\.orders$/, /^alter table app\.orders enable row level security;$/],
  },
  {
    name: "a table that does not ask for a live login",
    breaks: "drop policy live_session on app.invoices",
    says: ["rows", /app\.invoices is shown to logins that have ended/, /live_session/],
  },
  {
    name: "a missing power",
    breaks: "revoke execute on function app.place_order from authenticated",
    says: [
      "grants",
      /^authenticated may not call app\.place_order$/,
      /^grant execute on function app\.place_order to authenticated;$/,
    ],
  },
  {
    name: "a power that nobody gave",
    breaks: "grant execute on function private.suspend to authenticated",
    says: ["grants", /^authenticated may call private\.suspend, which nobody/, /^revoke execute on function private/],
  },
  {
    name: "rows that may be changed past the commands",
    breaks: "grant update on app.invoices to authenticated",
    says: ["grants", /^authenticated may update app\.invoices$/, /^revoke update on app\.invoices/],
  },
  {
    name: "one column that may be changed past the commands",
    breaks: "grant update (due_on) on app.invoices to authenticated",
    says: ["grants", /^authenticated may update app\.invoices$/, /^revoke update on app\.invoices/],
  },
  {
    name: "rows that guests may read",
    breaks: "grant select on app.invoices to anon",
    says: ["grants", /^anon may select app\.invoices$/, /^revoke select on app\.invoices from anon, public;$/],
  },
  {
    name: "rows for the platform's key that passes every policy by",
    breaks: "grant select on app.invoices to service_role",
    says: ["grants", /^service_role may select app\.invoices$/, /^revoke select/],
  },
  {
    name: "a function given in a block",
    breaks: "do $$ begin execute format('grant execute on function private.suspend to %I', 'anon'); end $$",
    says: ["grants", /^anon may call private\.suspend, which nobody/, /^revoke execute/],
  },
  {
    name: "whoever shuts people out may not end their connections",
    breaks: "revoke web from postgres",
    says: ["blocks", /^postgres may not end connections of web/, /^grant web to postgres with inherit true/],
  },
  {
    name: "a table that nobody may read",
    breaks: "revoke select on app.invoices from authenticated",
    says: ["grants", /nobody may read app\.invoices/, /^grant select on app\.invoices to authenticated;$/],
  },
  {
    name: "another schema",
    breaks: "update supabase_migrations.checksums set sha256 = repeat('0', 64)",
    says: ["schema", /made of other files/, /db:migrate/],
  },
  {
    name: "a worker that is silent",
    breaks:
      "update app.erp_circuit set last_ok_at = now() - interval '5 minutes', probed_at = null, " +
      "since = now() - interval '1 day'",
    says: ["worker", /last heard of 30\d s ago/, /npm run worker/],
  },
];

test.each(cases)("$name", async ({ breaks, says: [area, what, todo] }) => {
  try {
    await owner.query(breaks);
    const found = wrong(await look());
    expect(found).toEqual([
      { area, state: "BAD", what: expect.stringMatching(what), todo: expect.stringMatching(todo) },
    ]);
    expect(exitOf(found)).toBe(1);
  } finally {
    await mend();
  }
  expect(wrong(await look()), "control: it is well again").toEqual([]);
});

/** All that the cases break, as it was. */
async function mend() {
  await owner.query(`
    alter role worker nocreatedb;
    alter role web set statement_timeout = '8s';
    alter table app.orders enable row level security;
    revoke execute on function private.suspend from authenticated, anon;
    revoke update on app.invoices from authenticated;
    revoke update (due_on) on app.invoices from authenticated;
    revoke select on app.invoices from anon, service_role;
    grant web to postgres with inherit true, set false;
    grant select on app.invoices to authenticated;
    grant execute on function app.place_order to authenticated;
    drop policy if exists live_session on app.invoices;
    create policy live_session on app.invoices as restrictive to authenticated
      using ((select private.live_session()) is not null);
    update supabase_migrations.checksums set sha256 = '${readSteps().at(-1)!.checksum}';
    update app.erp_circuit set last_ok_at = now();
    revoke create on schema app from worker;
    grant worker to current_user;
    drop table if exists app.mine;
    revoke worker from current_user;`);
}

test("Auth's tables without a trigger of ours, which their owner alone takes away", async () => {
  const superuser = await connect(databaseUrl(database.port, "supabase_admin", database.credentials.supabaseAdmin));
  try {
    await superuser.query("alter table auth.sessions disable trigger tell_login");
    expect(wrong(await look())).toEqual([
      {
        area: "blocks",
        state: "BAD",
        what: expect.stringMatching(/^trigger tell_login is not on/),
        todo: expect.stringMatching(/tell_login/),
      },
    ]);
  } finally {
    await superuser.query("alter table auth.sessions enable trigger tell_login");
    await superuser.end();
  }
  expect(wrong(await look()), "control: it is well again").toEqual([]);
});

test("a clock that is a minute off, and a database that is not there", async () => {
  const [clock, ...rest] = wrong(await checkDatabase(database.adminUrl, () => Date.now() + 60_000));
  expect([clock, rest]).toEqual([
    {
      area: "clock",
      state: "BAD",
      what: expect.stringMatching(/60\.\d s behind this machine/),
      todo: expect.stringMatching(/NTP/),
    },
    [],
  ]);
  const away = await checkDatabase("postgres://postgres:geheim-9x@127.0.0.1:1/postgres");
  expect([exitOf(away), JSON.stringify(away)]).toEqual([2, expect.not.stringContaining("geheim")]);
});

test("the way to the database: direct, with a wrong password", async () => {
  expect((await checkPath("web", database.webUrl, false)).state).toBe("OK");
  expect((await checkPath("worker", database.workerUrl, false)).state).toBe("OK");
  const url = new URL(database.webUrl);
  url.password = "geheim-salah";
  const found = await checkPath("web", url.href, false);
  expect(found).toMatchObject({ state: "BAD", what: "does not get in (28P01)" });
  expect(JSON.stringify(found)).not.toContain("geheim");
});

test.runIf(pgbouncer)("the way to the database through a pooler in transaction mode", async () => {
  const [web, worker] = [
    await startPgbouncer(pgbouncer!, database.webUrl),
    await startPgbouncer(pgbouncer!, database.workerUrl),
  ];
  try {
    expect(await checkPath("web", web.url, false)).toMatchObject({
      state: "BAD",
      todo: expect.stringMatching(/unnamed/),
    });
    expect((await checkPath("web", web.url, true)).state).toBe("OK");
    expect(await checkPath("worker", worker.url, false)).toMatchObject({
      state: "BAD",
      todo: expect.stringMatching(/5432/),
    });
  } finally {
    await Promise.all([web.stop(), worker.stop()]);
  }
});
