-- What anybody who may log in can do to the whole server, and no login of ours needs. Only a superuser can take it
-- away: run by the embedded stack, and to be run once as superuser where the server is ours. Hosted Supabase gives
-- nobody that power; what then remains, and who sees it, is in docs/security.md. Run after the schema, which makes the
-- logins. Safe to repeat.
do $$
declare v regprocedure;
begin
  for v in
    select p.oid::regprocedure from pg_proc p
     where p.pronamespace = 'pg_catalog'::regnamespace
       and (p.proname ~ '^(lo_|lowrite$|loread$)'       -- large objects: fill the disk, owned by a login of ours
            or p.proname ~ '^pg_(try_)?advisory_'       -- fill the lock table, which everybody's locks share
            -- end the connections of all others of the same login
            or p.proname in ('pg_terminate_backend', 'pg_cancel_backend')
            or p.proname = 'pg_logical_emit_message')   -- fill the write-ahead log
  loop
    execute format('revoke execute on function %s from public', v);
    -- The owner of our functions, who ends connections in them, migrates and seeds.
    execute format('grant execute on function %s to postgres', v);
  end loop;
end $$;

-- The rights above are those of this database alone, while locks, the disk and connections are the whole server's: in
-- any other database a login would still have them. Those that come with every server are closed here; one that
-- somebody else uses is his to close, and named.
do $$
declare v record;
begin
  for v in
    select d.datname, d.datname in ('template1', 'postgres') as ours from pg_database d
     where d.datallowconn and d.datname <> current_database() and exists (
       select from pg_roles r where r.rolname in ('web', 'worker', 'supabase_auth_admin')
         and has_database_privilege(r.oid, d.oid, 'connect'))
  loop
    if v.ours then
      execute format('revoke connect on database %I from public', v.datname);
    else
      raise warning 'our logins may connect to database %, and take locks and make large objects there: '
        'revoke connect on it from public', v.datname;
    end if;
  end loop;
end $$;

-- Files that a statement makes on the disk, per connection: without a limit a login could fill it, and with it stop
-- the database. A page of the site makes none; fixing an export of years of one salesman joins his acts to the trail's
-- chain in some.
do $$
declare v record;
begin
  for v in
    select r.rolname, l.most from pg_roles r
      join (values ('web', '256MB'), ('worker', '512MB'), ('supabase_auth_admin', '64MB'))
        l (name, most) on l.name = r.rolname
  loop
    execute format('alter role %I set temp_file_limit = %L', v.rolname, v.most);
  end loop;
end $$;
