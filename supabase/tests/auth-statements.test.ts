import fs from "node:fs";
import type pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { connect } from "#tests/support/database.ts";

// Supabase Auth as it is in production: its tables are given the shapes of its own migrations (to 20260625), and its
// statements are sent in the order in which its code sends them, by the login that it has.
let owner: pg.Client;
let auth: pg.Client;

const shapes = `
  create type auth.aal_level as enum ('aal1', 'aal2', 'aal3');
  alter table auth.sessions drop constraint if exists sessions_aal_check, alter column aal drop default,
    alter column created_at drop default, alter column updated_at drop default,
    alter column aal type auth.aal_level using aal::text::auth.aal_level, add column if not exists oauth_client_id uuid;
  drop table auth.refresh_tokens;
  create table auth.refresh_tokens (instance_id uuid, id bigserial primary key, token varchar(255) unique,
    user_id varchar(255), revoked bool, created_at timestamptz, updated_at timestamptz,
    parent varchar(255), session_id uuid references auth.sessions (id) on delete cascade);
  alter table auth.users add column if not exists instance_id uuid,
    add column if not exists email_change_token_current varchar(255),
    add column if not exists email_change_token_new varchar(255),
    add column if not exists phone_change_token varchar(255),
      add column if not exists phone_change_sent_at timestamptz,
      add column if not exists reauthentication_token varchar(255),
      add column if not exists reauthentication_sent_at timestamptz;
  create table if not exists auth.mfa_amr_claims (session_id uuid not null references auth.sessions (id)
    on delete cascade, created_at timestamptz not null, updated_at timestamptz not null,
    authentication_method text not null, id uuid not null,
      constraint mfa_amr_claims_session_id_authentication_method_pkey unique (session_id, authentication_method));
  alter table auth.users enable row level security;
  alter table auth.sessions enable row level security;
  alter table auth.refresh_tokens enable row level security`;

beforeAll(async () => {
  const superuser = new URL(inject("seeded").superuserUrl);
  superuser.pathname = new URL(process.env.ADMIN_DATABASE_URL!).pathname;
  [owner, auth] = await Promise.all([connect(), connect(superuser.href)]);
  await auth.query("set session authorization supabase_auth_admin");
  await auth.query(shapes);
});
afterAll(() => Promise.all([owner.end(), auth.end()]));

/** An account that nobody else uses. */
async function account(password = "$2a$10$lama"): Promise<string> {
  const id = crypto.randomUUID();
  const n = Math.floor(Math.random() * 900_000) + 100_000;
  await owner.query(
    `
      insert into auth.users (id, aud, role, email, encrypted_password, is_sso_user, is_anonymous, created_at,
        updated_at) values ($1, 'authenticated', 'authenticated', $2, $3, false, false, now(), now())`,
    [id, `pintu-${n}@demo.test`, password],
  );
  await owner.query("begin");
  await owner.query(
    "insert into app.accounts (id, code, role, name, language) values ($1, $2, 'ADMIN', 'Uji Pintu', 'en')",
    [id, `ADM-${n}`],
  );
  await owner.query("select private.audit('ACCOUNT_MADE', 'account', $1)", [`ADM-${n}`]);
  await owner.query("commit");
  return id;
}
const trail = async (id: string) =>
  (
    await owner.query<{
      action: string;
      actor: string;
      ip: string | null;
      agent: string | null;
      detail: Record<string, unknown>;
    }>(
      `
        select e.action, e.actor_code as actor, e.ip, e.user_agent as agent, e.detail from app.audit_events e
          where e.actor_id = $1 order by e.id`,
      [id],
    )
  ).rows;
const one = async <T>(text: string, values: unknown[]) =>
  (await owner.query<{ value: T }>(text, values)).rows[0]?.value;
const sessions = (id: string) =>
  one<number>("select count(*)::int as value from auth.sessions where user_id = $1", [id]);
const mails = async (id: string) =>
  (
    await owner.query(
      `
        select n.kind, n.language, n.recipient = u.email as his from app.mails n join auth.users u on u.id = $1
          join app.accounts a on a.id = u.id where n.dedup_key like 'password/' || a.code || '/%'`,
      [id],
    )
  ).rows;

// models.NewSession and createRefreshToken, AddClaimToSession, UpdateLastSignInAt: tokens/service.go,
// IssueRefreshToken.
async function signIn(
  id: string,
  { ip = "203.0.113.7", agent = "curl/8" }: { ip?: string; agent?: string } = {},
): Promise<string> {
  const session = crypto.randomUUID();
  await auth.query("begin");
  await auth.query(
    `
      insert into auth.sessions (id, user_id, not_after, created_at, updated_at, factor_id, aal, refreshed_at,
        user_agent, ip, tag, scopes, refresh_token_hmac_key, refresh_token_counter)
        values ($1, $2, null, now(), now(), null, 'aal1', null, $3, $4, null, null, null, null)`,
    [session, id, agent, ip],
  );
  await auth.query(
    `
      insert into auth.refresh_tokens (instance_id, token, user_id, parent, session_id, revoked, created_at,
        updated_at) values ('00000000-0000-0000-0000-000000000000', $1, $2, null, $3, false, now(), now())`,
    [session.slice(0, 12), id, session],
  );
  await auth.query(
    `
      insert into auth.mfa_amr_claims (id, session_id, created_at, updated_at, authentication_method)
        values ($1, $2, now(), now(), 'password')
        on conflict on constraint mfa_amr_claims_session_id_authentication_method_pkey
        do update set updated_at = now()`,
    [crypto.randomUUID(), session],
  );
  await auth.query("update auth.users set last_sign_in_at = now(), updated_at = now() where id = $1", [id]);
  await auth.query("commit");
  return session;
}

// models/user.go, UpdatePassword: one statement with these columns, then the other logins.
async function setPassword(id: string, hash: string, session: string | null) {
  await auth.query("begin");
  await auth.query(
    `
      update auth.users set encrypted_password = $2, confirmation_token = '', confirmation_sent_at = null,
        recovery_token = '', recovery_sent_at = null, email_change_token_current = '', email_change_token_new = '',
        email_change_sent_at = null, phone_change_token = '', phone_change_sent_at = null, reauthentication_token = '',
        reauthentication_sent_at = null, updated_at = now() where id = $1`,
    [id, hash],
  );
  if (session === null) await auth.query("delete from auth.sessions where user_id = $1", [id]);
  else await auth.query("delete from auth.sessions where id <> $1 and user_id = $2", [session, id]);
  await auth.query("update auth.users set raw_user_meta_data = raw_user_meta_data, updated_at = now() where id = $1", [
    id,
  ]);
  await auth.query("commit");
}

test("control: Auth writes as itself, without a right to any function or table of ours", async () => {
  expect((await auth.query("select current_user as who")).rows[0]).toEqual({ who: "supabase_auth_admin" });
  for (const text of [
    "select private.audit('X_X_X', 'a', 'b')",
    "select from app.audit_events",
    "select private.tell_login()",
    "insert into private.untold_acts (what, code) values ('XXX', 'x')",
  ]) {
    await expect(auth.query(text)).rejects.toMatchObject({ code: "42501" });
  }
});

test("a login made at Auth is in the trail, as his, with the address Auth saw; renewing it adds nothing", async () => {
  const id = await account();
  const session = await signIn(id);
  await auth.query("update auth.sessions set refreshed_at = now(), updated_at = now() where id = $1", [session]);
  const lines = await trail(id);
  expect(lines).toMatchObject([{ action: "SIGNED_IN", ip: "203.0.113.7", agent: "curl/8" }]);
  expect(lines[0]!.actor).toMatch(/^ADM-/);
  expect(JSON.stringify(lines)).not.toContain(session); // Whoever knew it could be him.
  await signIn(id, { ip: "2001:db8::1" });
  expect((await trail(id)).map(({ ip }) => ip)).toEqual(["203.0.113.7", "2001:db8::1"]);
  expect(new Set((await trail(id)).map(({ detail }) => detail.login)).size).toBe(2);
});

test.each([
  ["by its own login", true],
  ["by an admin, a recovery or SQL", false],
])(
  "a password that is changed at Auth %s ends every login, is in the trail and tells him in his language",
  async (_, own) => {
    const id = await account();
    const mine = await signIn(id);
    await signIn(id);
    await setPassword(id, "$2a$10$baru", own ? mine : null);
    expect(await sessions(id)).toBe(0);
    expect(
      await one("select count(*)::int as value from auth.refresh_tokens where user_id::text = $1", [id]),
      "their renewal tokens went with them",
    ).toBe(0);
    expect((await trail(id)).map(({ action, detail }) => [action, detail.logins])).toEqual([
      ["SIGNED_IN", undefined],
      ["SIGNED_IN", undefined],
      ["PASSWORD_CHANGED", 2],
    ]);
    expect(await mails(id)).toEqual([{ kind: "PASSWORD_CHANGED", language: "en", his: true }]);
    await signIn(id);
    expect(await sessions(id), "by the new one he comes in").toBe(1);
  },
);

test("a store's owner is told at the store's address too, which no login can change", async () => {
  const before = await one<number>("select count(*)::int as value from app.mails where kind = 'PASSWORD_CHANGED'", []);
  const {
    rows: [store],
  } = await owner.query<{ id: string; email: string }>(
    `
      select p.account_id as id, u.email from app.partners p join auth.users u on u.id = p.account_id
        where p.account_id <> all ($1) order by p.code desc limit 1`,
    [Object.values(people)],
  );
  await owner.query(
    `
      update app.partner_contacts set owner_email = 'pemilik@demo.test' where partner_id = (select id from app.partners
        where account_id = $1)`,
    [store!.id],
  );
  await setPassword(store!.id, "$2a$10$baru", null);
  const { rows } = await owner.query<{ recipient: string }>(
    "select recipient from app.mails where kind = 'PASSWORD_CHANGED' order by id offset $1",
    [before],
  );
  expect(rows.map(({ recipient }) => recipient).sort()).toEqual([store!.email, "pemilik@demo.test"].sort());
});

test("with no new password nothing ends: the same hash, other columns, the same password in another key", async () => {
  const id = await account();
  const wrapped = (key: string, data: string) =>
    JSON.stringify({ key_id: key, alg: "aes-gcm-hkdf", data, nonce: "AAAA" });
  await signIn(id);
  await setPassword(
    id,
    "$2a$10$lama",
    (await owner.query<{ id: string }>("select id from auth.sessions where user_id = $1", [id])).rows[0]!.id,
  );
  // token.go, ResourceOwnerPasswordGrant: "this is not a password change, just encryption change in the database".
  for (const hash of [wrapped("satu", "a"), wrapped("dua", "b")])
    await auth.query("update auth.users set encrypted_password = $2, updated_at = now() where id = $1", [id, hash]);
  expect(await sessions(id)).toBe(1);
  expect(await mails(id)).toEqual([]);
  await setPassword(id, wrapped("dua", "c"), null);
  expect(await sessions(id), "another password under the same key").toBe(0);
  await signIn(id);
  await setPassword(id, wrapped("tiga", "d"), null);
  expect(await sessions(id), "another password and another key at once").toBe(0);
  await signIn(id);
  await owner.query("update auth.users set encrypted_password = null where id = $1", [id]);
  expect(await sessions(id), "no password any more").toBe(0);
  expect((await mails(id)).length).toBe(3);
});

test("the first password, by invitation, ends logins without a mail; who has no account is left alone", async () => {
  const id = await account("");
  await setPassword(id, "$2a$10$baru", null);
  expect(await mails(id)).toEqual([]);
  const stranger = crypto.randomUUID();
  await owner.query(
    `
      insert into auth.users (id, aud, role, email, encrypted_password, is_sso_user, is_anonymous, created_at,
        updated_at) values ($1, 'authenticated', 'authenticated', $2, 'x', false, false, now(), now())`,
    [stranger, `${stranger}@demo.test`],
  );
  await signIn(stranger);
  await setPassword(stranger, "y", null);
  expect(await trail(stranger)).toEqual([]);
});

test("a trigger that fails stops nobody, and becomes an incident", async () => {
  const id = await account();
  const key = async (what: string) =>
    one<string>(
      `
        select state || ' ' || (detail ->> 'code') as value from app.incidents where dedup_key = 'auth-untold/' || $1
          and state <> 'CLOSED'`,
      [what],
    );
  await owner.query(`
    create function private.fail_for_test() returns trigger language plpgsql set search_path = pg_catalog,
      pg_temp as $$ begin
    if new.actor_id = '${id}' then raise exception 'gone' using errcode = 'XX000'; end if; return new; end $$`);
  await owner.query(
    `
      create trigger fail_for_test before insert on app.audit_events for each row
        execute function private.fail_for_test()`,
  );
  try {
    await signIn(id);
    expect(await sessions(id)).toBe(1);
    await setPassword(id, "$2a$10$baru", null);
    expect(await one("select encrypted_password as value from auth.users where id = $1", [id])).toBe("$2a$10$baru");
    expect(await trail(id)).toEqual([]);
  } finally {
    await owner.query("drop trigger fail_for_test on app.audit_events");
    await owner.query("drop function private.fail_for_test()");
  }
  await owner.query("select jobs.sweep_leftovers()");
  expect([await key("SIGNED_IN"), await key("PASSWORD_CHANGED")]).toEqual(["DETECTED XX000", "DETECTED XX000"]);
  await owner.query("select jobs.sweep_leftovers()");
  expect(await one("select count(*)::int as value from private.untold_acts where told_at is null", [])).toBe(0);
});

test("a link to choose a password is somebody's or nobody's, for as long as Auth is told to take it", async () => {
  const id = await account();
  const email = await one<string>("select email as value from auth.users where id = $1", [id]);
  const hash = crypto.randomUUID().replaceAll("-", "");
  await auth.query("update auth.users set recovery_token = $2, recovery_sent_at = now() where id = $1", [id, hash]);
  const asked = async (text: string) => one<string | null>("select app.reset_link_address($1) as value", [text]);
  expect([await asked(hash), await asked(`${hash}0`), await asked(""), await asked("%")]).toEqual([
    email,
    null,
    null,
    null,
  ]);
  const told = {
    "supabase/config.toml": /^otp_expiry = (\d+)$/m,
    "supabase/local/auth-app.ts": /^\s+otp_expiry: (\d+),$/m,
    "docs/deploy.md": /GOTRUE_MAILER_OTP_EXP=(\d+)/,
  };
  const aged = async (seconds: number) => {
    await auth.query("update auth.users set recovery_sent_at = now() - $2 * interval '1 s' where id = $1", [
      id,
      seconds,
    ]);
    return asked(hash);
  };
  for (const [file, setting] of Object.entries(told)) {
    const seconds = Number(setting.exec(fs.readFileSync(file, "utf8"))![1]);
    expect([file, await aged(seconds - 30), await aged(seconds)]).toEqual([file, email, null]);
  }
});
