-- Foundation: who may enter, and from nothing.
--
-- Four schemas, none exposed to the REST API: `app` holds the business, `private` holds the helpers that policies and
-- commands lean on, `audit` holds the trail's months and seals, `jobs` holds the functions that the worker may call,
-- which is all that it may. The web process logs in as `web`, which owns nothing, inherits nothing and has to become
-- anon or authenticated for each transaction; a query that forgets it fails.
--
-- After the roles and the schemas come the few things that every other file leans on: who is asking, how a command
-- refuses, and the two trigger functions that keep what was promised.

-- Functions and tables of different files name each other: bodies are looked at when they run, and by the tests.
set check_function_bodies = off;

-- Logins and what their connections may.

do $$ begin
  if not exists (select from pg_roles where rolname = 'web') then
    create role web login noinherit;
  end if;
  if not exists (select from pg_roles where rolname = 'worker') then
    create role worker login;
  end if;
end $$;
grant anon, authenticated to web;

-- Settings of a connection stand on its login: a pooler hands on, or refuses, what a client asks for when it connects.
-- A statement of `web` is planned once per connection: filters change the text of a query there, not only its values,
-- so that the one plan fits; left to itself, the planner plans again for each page of a search. Transactions that their
-- process forgot are ended. The limits leave room for the platform's own logins and for people (max_connections is 100
-- where nobody says otherwise). What stands here stands again in private.login_faults, which the worker asks every ten
-- seconds: a login may change its own settings.
alter role web connection limit 40;
alter role web set statement_timeout = '8s';
alter role web set idle_in_transaction_session_timeout = '10s';
alter role web set plan_cache_mode = 'force_generic_plan';
alter role worker connection limit 40;
alter role worker set statement_timeout = '60s';
alter role worker set idle_in_transaction_session_timeout = '60s';

-- So that a function of ours may end a connection of `web` that keeps somebody from being shut out
-- (private.end_holders).
do $$ begin
  execute format('grant web to %I with inherit true, set false', current_user);
end $$;

-- Schemas, and who may look into them.

create schema app;
create schema private;
create schema jobs;
create schema audit;
comment on schema app is 'The business: tables and the commands that change them.';
comment on schema private is 'What policies and commands ask. Nobody reads tables here.';
comment on schema jobs is 'What the worker may do, function by function.';
comment on schema audit is 'Months of the trail, its chain and its seals. No run-time role has any right here.';

-- Whoever may make temporary objects can put his own type or table before ours: Postgres looks into pg_temp first
-- unless a search_path names it last, and an empty one does not. So every function says `pg_catalog, pg_temp`, and
-- nobody but the owner may make temporary objects at all (where the database is not ours to say so, the platform has
-- to).
do $$ begin
  execute format('revoke temporary on database %I from public', current_database());
exception when insufficient_privilege then null;
end $$;

-- Functions are executable by everyone unless we say otherwise: say so first.
alter default privileges revoke execute on functions from public;
grant usage on schema app to anon, authenticated;
grant usage on schema private to anon, authenticated;
grant usage on schema jobs to worker;

-- On hosted Supabase extensions live in this schema, and both of these may be made by its role postgres.
create extension if not exists unaccent with schema extensions;
create extension if not exists pg_trgm with schema extensions;

-- Who is asking.

-- The claims of the person that this transaction has become, one by one or as JSON: the platform knows both ways, and
-- to parse JSON for each question costs. No search_path on these three: a `return` body is bound when it is created,
-- and without one the planner can dissolve them into their caller.
create function private.claim(p_name text) returns text
language sql stable parallel safe
return coalesce(nullif(current_setting('request.jwt.claim.' || p_name, true), ''),
                nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> p_name);
grant execute on function private.claim to anon, authenticated, worker;

create function private.viewer_id() returns uuid
language sql stable parallel safe
return (private.claim('sub'))::uuid;
grant execute on function private.viewer_id to anon, authenticated, worker;

-- Where the request came from, for the audit trail: {"ip", "ua", "id", "device"}.
create function private.request(p_name text) returns text
language sql stable parallel safe
return nullif(current_setting('app.request', true), '')::jsonb ->> p_name;
grant execute on function private.request to anon, authenticated, worker;

-- The number of the request that this transaction is for: 32 hexadecimal digits, as in W3C Trace Context. Rows that
-- somebody works on later keep it (request_id), so that logs, mails and calls of the ERP say for which request they
-- were. What is written for nobody's request has one of its own.
create function private.request_id() returns text
language sql volatile set search_path = pg_catalog, pg_temp as $$
  select case when r.id ~ '^[0-9a-f]{32}$' then r.id else replace(gen_random_uuid()::text, '-', '') end
    from (select replace(private.request('id'), '-', '') as id) r
$$;

-- From here on this transaction acts for that request: what it writes is told to be of it.
create function private.go_on_for(p_request text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if p_request is null then return; end if;
  perform set_config('app.request', (coalesce(nullif(current_setting('app.request', true), '')::jsonb, '{}')
    || jsonb_build_object('id', p_request))::text, true);
end $$;

-- How a command refuses, and how rows do.

-- The one way to say no. `reason` is a word that names its sentence in both languages, and that
-- tests/app/refusals.test.ts looks for there: NOT_FOUND (for a stranger somebody else's row is not there either),
-- DENIED, STALE (decided or changed meanwhile), or one of a single subject, such as LAST_ADMIN. `field`: what was typed
-- is at fault, in this field. `facts`: what the sentence needs, or the page. `why` is for the log, where many things
-- have the same reason. What Postgres itself refuses keeps its SQLSTATE, and so does a login that is over: 28000.
create function private.refuse(reason text, why text default '', field text default null, facts jsonb default '{}')
returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception using errcode = 'REFUS', message = reason, hint = why,
    detail = facts || jsonb_strip_nulls(jsonb_build_object('reason', reason, 'field', field));
end $$;

-- What somebody has to write down, a note or a reason, has five letters at least: here, in the tables and in the forms.
create function private.is_note(p_note text, p_most integer) returns boolean
language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp
return length(btrim(p_note)) between 5 and p_most;

-- What a command asks of its note first: REASON_REQUIRED without one, unless it may be left out; TOO_LONG, which the
-- commands do not list beside it.
create function private.assert_note(p_note text, p_most integer, p_field text default 'note',
  p_needed boolean default true) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if length(btrim(p_note)) > p_most then perform private.refuse('TOO_LONG', field => p_field); end if;
  if p_needed and private.is_note(p_note, p_most) is not true then
    perform private.refuse('REASON_REQUIRED', field => p_field);
  end if;
end $$;

-- For tables that are only ever added to: a row, once written, is not edited.
create function private.refuse_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform private.refuse('DENIED', 'the audit trail is append-only');
end $$;

-- What has been promised is kept: rows of such a table are not deleted and it is not emptied, whoever tries, its owner
-- too. A table that is a promise has two triggers that call this, not_deleted and not_truncated: by statement, so that
-- an attempt is refused before it has found a row, by cascade from another table as well, and enabled `always`, so that
-- they hold whatever session_replication_role says. supabase/tests/kept.test.ts asks of each table whether it is one of
-- these.
--
-- Arguments are names of functions that may: of a table of its own those given to its trigger, of all tables retention.
-- Asked of the call stack, since a setting or a mark could be put there by anybody. It stops mistakes, the owner's too;
-- no login at run time may delete anyway. An owner who means it can write a statement whose text looks like the name of
-- such a function, as he can drop a trigger.
create function private.keep() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_stack text; v_may text;
begin
  get diagnostics v_stack = pg_context;
  foreach v_may in array array['private.retire'] || tg_argv loop
    if v_stack ~ ('\nPL/pgSQL function ' || replace(v_may, '.', '\.') || '\(') then return null; end if;
  end loop;
  perform private.refuse('DENIED', format('rows of %s.%s are kept', tg_table_schema, tg_table_name));
end $$;

-- How a table is that staff read and only commands write: who reads it has a live session, and its rows are kept,
-- unless p_kept says that they may go.
create procedure private.for_staff(p_tables text[], p_kept boolean default true)
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v text;
begin
  foreach v in array p_tables loop
    execute format('alter table app.%I enable row level security', v);
    execute format('create policy live_session on app.%I as restrictive to authenticated
      using ((select private.live_session()) is not null)', v);
    execute format('create policy staff_reads on app.%I for select to authenticated
      using ((select private.viewer_is_staff()))', v);
    execute format('grant select on app.%I to authenticated', v);
    continue when not p_kept;
    execute format('create trigger _030_not_deleted before delete on app.%I
      for each statement execute function private.keep()', v);
    execute format('create trigger _040_not_truncated before truncate on app.%I
      for each statement execute function private.keep()', v);
    execute format('alter table app.%I enable always trigger _030_not_deleted', v);
    execute format('alter table app.%I enable always trigger _040_not_truncated', v);
  end loop;
end $$;
