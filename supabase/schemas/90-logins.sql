-- Logins: what the logins of our processes are, and whether they still are it.
--
-- A login could change some of that itself: its settings, and its password. Nothing keeps it from that (`alter role web
-- set ...`), nor from holding a transaction open, so the worker looks every ten seconds, and staff is told. What a
-- login should be is laid down in 00-foundation.sql and stands here again.

-- What is not as it should be: {login, what, is}. Limits are whatever the deployment gives, as long as there are any,
-- and room beside them.
create function private.login_faults() returns table (login text, what text, "is" text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with ours as (
    select r.rolname::text as name, r.* from pg_roles r
     where r.rolname in ('web', 'worker', 'anon', 'authenticated')),
  should (name, setting) as (values
    ('web', 'statement_timeout=8s'),
    ('web', 'idle_in_transaction_session_timeout=10s'),
    ('web', 'plan_cache_mode=force_generic_plan'),
    ('worker', 'statement_timeout=60s'),
    ('worker', 'idle_in_transaction_session_timeout=60s')),
  are as (
    select o.name, unnest(s.setconfig) as setting, s.setdatabase
      from pg_db_role_setting s join ours o on o.oid = s.setrole
     where o.name in ('web', 'worker')
       and (s.setdatabase = 0
            or s.setdatabase = (select d.oid from pg_database d where d.datname = current_database())))
  select a.name, 'SETTING', a.setting from are a
   -- The limit of temporary files is a superuser's to give and to take (supabase/local/harden.sql): there or not, no
   -- login of ours did it.
   where a.setting not like 'temp\_file\_limit=%'
     and (a.setdatabase <> 0 or not exists (select from should s where s.name = a.name and s.setting = a.setting))
  union all
  select s.name, 'SETTING_MISSING', s.setting from should s
   where not exists (select from are a where a.name = s.name and a.setting = s.setting and a.setdatabase = 0)
  union all
  select o.name, 'POWER',
         concat_ws(' ', case when o.rolsuper then 'superuser' end, case when o.rolcreaterole then 'createrole' end,
           case when o.rolcreatedb then 'createdb' end, case when o.rolreplication then 'replication' end,
           case when o.rolbypassrls then 'bypassrls' end,
           case when o.rolinherit and o.name = 'web' then 'inherit' end)
    from ours o
   where o.rolsuper or o.rolcreaterole or o.rolcreatedb or o.rolreplication or o.rolbypassrls
      or (o.rolinherit and o.name = 'web')
  union all
  select o.name, 'UNLIMITED', o.rolconnlimit::text from ours o where o.name in ('web', 'worker') and o.rolconnlimit < 0
  union all
  select 'web, worker', 'LIMITS_TOO_HIGH', sum(o.rolconnlimit)::text from ours o
   where o.name in ('web', 'worker')
  having sum(o.rolconnlimit) > current_setting('max_connections')::integer - 10
  union all
  select o.name, 'MEMBER_OF', g.rolname
    from pg_auth_members m join ours o on o.oid = m.member join pg_roles g on g.oid = m.roleid
   where not (o.name = 'web' and g.rolname in ('anon', 'authenticated') and not m.admin_option)
  union all
  -- Large objects, tables, functions: run-time logins own nothing.
  select o.name, 'OWNS', count(*)::text
    from pg_shdepend d join ours o on o.oid = d.refobjid and d.refclassid = 'pg_authid'::regclass
   where d.deptype = 'o' group by o.name
  order by 1, 2, 3
$$;

-- Ends the transactions of `web` that have been open for longer than p_after, with their connections. The rows that one
-- holds keep others waiting, and a login may turn its own timeouts off; nothing of the site's takes longer than nine
-- seconds. One row for each: {login, what: HELD, is: how long}.
create function private.end_held_transactions(p_after interval) returns table (login text, what text, "is" text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v record;
begin
  for v in
    select s.pid, s.usename, clock_timestamp() - s.xact_start as held from pg_stat_activity s
     where s.usename = 'web' and s.datname = current_database() and s.xact_start < clock_timestamp() - p_after
  loop
    if pg_terminate_backend(v.pid) then
      login := v.usename; what := 'HELD'; "is" := floor(extract(epoch from v.held)) || ' s';
      return next;
    end if;
  end loop;
end $$;

-- Looks, mends what it can, and tells: an incident, and a mail to admins and auditors for each. The incident says
-- what was found last. p_after: for how long `web` may hold a transaction. Returns what is or was wrong.
create function private.watch_logins(p_after interval) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_faults jsonb; v_id bigint; v_ref text;
begin
  select jsonb_agg(to_jsonb(f)) into v_faults
    from (select * from private.end_held_transactions(p_after) union all select * from private.login_faults()) f;
  if v_faults is null then return '[]'; end if;
  -- The same is said once; the same in other figures, after five minutes.
  if exists (
    select from app.incidents i
     where i.dedup_key = 'login-changed' and i.state <> 'CLOSED'
       and (i.detail -> 'faults' = v_faults
            or i.last_seen_at > now() - interval '5 minutes'
               and not exists (select f ->> 'login', f ->> 'what' from jsonb_array_elements(v_faults) f
                               except
                               select f ->> 'login', f ->> 'what' from jsonb_array_elements(i.detail -> 'faults') f)))
  then
    return v_faults;
  end if;
  v_id := private.open_incident(2, 'LOGIN_CHANGED', 'login-changed', null, jsonb_build_object('faults', v_faults));
  update app.incidents set detail = jsonb_build_object('faults', v_faults) where id = v_id returning ref into v_ref;
  perform private.notify_role(r, 'LOGIN_CHANGED', 'login-changed/' || v_ref,
    jsonb_build_object('incident', v_ref, 'what',
      (select string_agg(format('%s: %s %s', f ->> 'login', f ->> 'what', f ->> 'is'), '; ')
         from jsonb_array_elements(v_faults) f)))
    from unnest(array['ADMIN', 'AUDITOR']) r;
  return v_faults;
end $$;

create function jobs.watch_logins() returns jsonb
language sql security definer set search_path = pg_catalog, pg_temp as $$ select private.watch_logins('30 seconds') $$;
grant execute on function jobs.watch_logins to worker;
