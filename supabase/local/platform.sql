-- What hosted Supabase gives to every project and plain PostgreSQL does not have.
--
-- Run by the superuser supabase_admin on the embedded database only, before our schema; it may run
-- again at any time. On hosted Supabase all of this exists already, so our schema does not repeat it.
-- Passwords are not here: each data folder makes its own (data-dir.ts), set after this file has run.

-- The three roles a request can have, and the two logins of the platform.
do $$
begin
  if not exists (select from pg_roles where rolname = 'anon') then
    create role anon nologin noinherit;
  end if;
  if not exists (select from pg_roles where rolname = 'authenticated') then
    create role authenticated nologin noinherit;
  end if;
  if not exists (select from pg_roles where rolname = 'service_role') then
    create role service_role nologin noinherit bypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'authenticator') then
    create role authenticator login noinherit;
  end if;
  if not exists (select from pg_roles where rolname = 'supabase_auth_admin') then
    create role supabase_auth_admin login noinherit;
  end if;
  -- Not a superuser, as on hosted: a schema that needs more than this would fail there, so it fails here.
  if not exists (select from pg_roles where rolname = 'postgres') then
    create role postgres login createrole createdb replication bypassrls;
  end if;
end
$$;

grant anon, authenticated, service_role to authenticator;
-- With admin option, so that the schema can make the login "web" a member of anon and authenticated.
grant anon, authenticated, service_role to postgres with admin option;

do $$
begin
  execute format('grant create, connect, temporary on database %I to postgres', current_database());
  -- Temporary objects are a way into definer functions; run-time logins need none.
  execute format('revoke temporary on database %I from public', current_database());
  -- The auth server keeps its own schema up to date.
  execute format('grant create on database %I to supabase_auth_admin', current_database());
end
$$;

grant all on schema public to postgres;
revoke create on schema public from public;
grant usage on schema public to anon, authenticated, service_role;

create schema if not exists extensions;
grant usage on schema extensions to public;
grant all on schema extensions to postgres;
create extension if not exists pgcrypto with schema extensions;
create extension if not exists "uuid-ossp" with schema extensions;

-- Tables in it are made by the auth server, as supabase_auth_admin.
create schema if not exists auth authorization supabase_auth_admin;
grant usage on schema auth to anon, authenticated, service_role, postgres;

-- Owned by the superuser: the auth server would like to replace auth.uid() by one that reads only
-- the older setting request.jwt.claim.sub, and must not be able to.
create or replace function auth.uid() returns uuid
language sql stable
as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
  )::uuid
$$;

create or replace function auth.role() returns text
language sql stable
as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.role', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
  )
$$;

create or replace function auth.email() returns text
language sql stable
as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.email', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email'
  )
$$;

create or replace function auth.jwt() returns jsonb
language sql stable
as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')
  )::jsonb
$$;

-- Hosted lets its postgres role read and write the auth tables; seeds and schema rely on it.
alter default privileges for role supabase_auth_admin in schema auth grant all on tables to postgres;
alter default privileges for role supabase_auth_admin in schema auth grant select on tables to service_role;
