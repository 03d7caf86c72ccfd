-- Foundation: who may enter, and from nothing.
--
-- Two schemas, neither exposed to the REST API: `app` holds the business,
-- `private` holds the helpers that policies lean on. `jobs` is the worker's
-- counter: the functions it may call, and nothing else. The web process logs
-- in as `web`, which owns nothing, inherits nothing and has to become anon or
-- authenticated for each transaction; a query that forgets it fails.

do $$ begin
  if not exists (select from pg_roles where rolname = 'web') then
    create role web login noinherit;
  end if;
  if not exists (select from pg_roles where rolname = 'worker') then
    create role worker login;
  end if;
end $$;
grant anon, authenticated to web;

-- Settings of a connection stand on its login: a pooler hands on, or refuses, what a client asks for when it connects. A statement of
-- `web` is planned once per connection: filters change the text of a query there, not only its values, so that the one plan fits; left to
-- itself, the planner plans again for each page of a search. Transactions that their process forgot are ended.
-- The limits leave room for the platform's own logins and for people (max_connections is 100 where nobody says otherwise). What stands
-- here stands again in private.login_faults, which the worker asks every minute: a login may change its own settings.
alter role web connection limit 40;
alter role web set statement_timeout = '8s';
alter role web set idle_in_transaction_session_timeout = '10s';
alter role web set plan_cache_mode = 'force_generic_plan';
alter role worker connection limit 40;
alter role worker set statement_timeout = '60s';
alter role worker set idle_in_transaction_session_timeout = '60s';

-- So that a function of ours may end a connection of `web` that keeps somebody from being shut out (private.end_holders).
do $$ begin
  execute format('grant web to %I with inherit true, set false', current_user);
end $$;

create schema app;
create schema private;
create schema jobs;
comment on schema app is 'The business: tables and the commands that change them.';
comment on schema private is 'What policies and commands ask. Nobody reads tables here.';
comment on schema jobs is 'What the worker may do, function by function.';

-- Whoever may make temporary objects can put his own type or table before ours: Postgres looks
-- into pg_temp first unless a search_path names it last, and an empty one does not. So every
-- function says `pg_catalog, pg_temp`, and nobody but the owner may make temporary objects at
-- all (where the database is not ours to say so, the platform has to).
do $$ begin
  execute format('revoke temporary on database %I from public', current_database());
exception when insufficient_privilege then null;
end $$;

-- Functions are executable by everyone unless we say otherwise: say so first.
alter default privileges revoke execute on functions from public;

grant usage on schema app to anon, authenticated;
grant usage on schema private to anon, authenticated;
grant usage on schema jobs to worker;

-- The claims of the person that this transaction has become, one by one or as JSON: the
-- platform knows both ways, and to parse JSON for each question costs. No search_path on these: a `return`
-- body is bound when it is created, and without one the planner can dissolve them into their caller.
create function private.claim(p_name text) returns text
language sql stable parallel safe
return coalesce(nullif(current_setting('request.jwt.claim.' || p_name, true), ''),
                nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> p_name);

create function private.viewer_id() returns uuid
language sql stable parallel safe
return (private.claim('sub'))::uuid;

-- Where the request came from, for the audit trail: {"ip","ua","id"}.
create function private.request(p_name text) returns text
language sql stable parallel safe
return nullif(current_setting('app.request', true), '')::jsonb ->> p_name;

grant execute on function private.claim, private.viewer_id, private.request to anon, authenticated, worker;

-- Refusals travel as short SQLSTATEs that the web layer maps once:
-- NTFND not found (also for a stranger), DNIED not allowed, STALE decided or changed
-- meanwhile, INVAL bad input, LIMIT too often, and for checkout EMPTY, NOREG, STOCK, KEYED.
create function private.refuse(p_code text, p_message text, p_detail jsonb default '{}') returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception using errcode = p_code, message = p_message, detail = p_detail::text;
end $$;
