-- The ERP's breaker: may the ERP be called, and who asks whether it is back? How an order gets there: 73-erp-queue.sql;
-- what staff watches it by: 74-erp-watch.sql.
--
-- One breaker for all processes says whether the ERP is called at all (app.erp_circuit). A lease and a ticket say whose
-- turn it is to probe: whoever has lost his has no say any more. The worker writes, by the functions of `jobs`; admins
-- test the connection; staff reads. Locks: the breaker before the tests.

-- Each process has a fuse of its own (jobs/erp/breaker.ts); what all of them obey is this row: its version counts the
-- changes of state, so that news of an earlier state is known as such, and one lease lets one probe of the whole
-- cluster through at a time. Only the functions of this file change it.
--
-- CLOSED: a heartbeat every `beat`, sooner in doubt. Five failures in a row, wherever they happened: OPEN. Then a probe
-- after first_pause, twice as long after each bad one, longest_pause at most; a good one: HALF_OPEN; three in a row:
-- CLOSED. An ERP that comes and goes has to be good for longer each time: `flaps` doubles the pauses. Between good
-- probes four times at most: three samples far apart could all meet the good moments of an ERP that is up for seven
-- seconds and down for seven. A probe asks what failed: good pings would close it on an ERP that pings well and answers
-- orders with a web page, again and again.
create table app.erp_circuit (
  name          text primary key default 'erp' check (name = 'erp'),
  state         text not null default 'CLOSED' check (state in ('CLOSED', 'OPEN', 'HALF_OPEN')),
  since         timestamptz not null default now(),
  failures      integer not null default 0,
  last_error    text,
  last_ok_at    timestamptz,
  version       bigint not null default 1,
  next_probe_at timestamptz not null default now(),
  probed_at     timestamptz,
  probe_owner   uuid,
  probe_ticket  bigint not null default 0,
  probe_with    text not null default 'ping' check (probe_with in ('ping', 'find', 'stock', 'credit')),
  probe_until   timestamptz,
  good_probes   integer not null default 0,
  bad_probes    integer not null default 0,
  flaps         integer not null default 0,
  beat          interval not null default '2.5 seconds' check (beat > '0'),
  first_pause   interval not null default '5 seconds' check (first_pause > '0'),
  longest_pause interval not null default '60 seconds' check (longest_pause >= first_pause)
);
comment on table app.erp_circuit is 'Is the ERP reachable? Anything but CLOSED is degraded mode.';

call private.for_staff(array['erp_circuit'], p_kept => false);
insert into app.erp_circuit default values;

create table app.erp_circuit_events (
  id    bigint generated always as identity primary key,
  at    timestamptz not null default clock_timestamp(),
  state text not null,
  error text
);
comment on table app.erp_circuit_events is 'History of the breaker.';
create index on app.erp_circuit_events (at desc);

call private.for_staff(array['erp_circuit_events'], p_kept => false);

-- Somebody of staff asks whether the ERP answers: the next probe or heartbeat, brought forward, tells him.
create table app.erp_tests (
  id          bigint generated always as identity primary key,
  asked_at    timestamptz not null default now(),
  asked_by    text not null,
  answered_at timestamptz,
  ok          boolean,
  ms          integer check (ms >= 0),
  error       text,
  check ((answered_at is null) = (ok is null))
);
comment on table app.erp_tests is 'Tests of the connection that people asked for, and what came of them.';
create index erp_tests_open on app.erp_tests (id) where answered_at is null;

call private.for_staff(array['erp_tests'], p_kept => false);

-- Degraded: the breaker is not closed, nobody has heard the ERP for two minutes (the worker, who listens every `beat`,
-- may be dead), or an admin says so.
create function private.is_degraded() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select state <> 'CLOSED' or coalesce(last_ok_at < now() - interval '2 minutes', false) from app.erp_circuit)
    or private.setting('erp.force_degraded') = 'true'::jsonb;
end $$;

-- Pause before the next probe after `p_bad` bad ones, for an ERP that came and went `p_flaps` times.
create function private.probe_pause(p_bad integer, p_flaps integer) returns interval
language sql stable set search_path = pg_catalog, pg_temp as $$
  select least(longest_pause, first_pause * power(2, least(p_bad + p_flaps, 20))) from app.erp_circuit
$$;

-- Every change of state goes through here, under the lock of the row. p_operation: whose failure opens it. Nothing is
-- created to find out whether something can be: for that an order is looked up.
create function private.turn_circuit(p_state text, p_error text, p_operation text default 'ping') returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.erp_circuit; v_flaps integer; v_incident bigint; v_error text := left(p_error, 300);
begin
  select * into v from app.erp_circuit for update;
  if v.state = p_state then return; end if;
  -- Out again within ten minutes of having come back: it flaps.
  v_flaps := case
    when p_state = 'OPEN' and v.state = 'CLOSED' then case
      when v.since > now() - interval '10 minutes' and exists (select from app.erp_circuit_events where state = 'OPEN')
        then least(v.flaps + 1, 10)
      else 0 end
    else v.flaps end;
  update app.erp_circuit set state = p_state, since = now(), version = version + 1, flaps = v_flaps,
         failures = case when p_state = 'CLOSED' then 0 else failures end,
         last_error = case when p_state = 'CLOSED' then null else coalesce(v_error, last_error) end,
         good_probes = case when p_state = 'HALF_OPEN' then good_probes else 0 end,
         bad_probes = case when v.state = 'CLOSED' or p_state = 'CLOSED' then 0 else bad_probes end,
         probe_owner = null, probe_until = null,
         probe_with = case
           when p_state = 'CLOSED' then 'ping'
           when v.state <> 'CLOSED' then v.probe_with
           when p_operation = 'create' then 'find'
           else p_operation end,
         next_probe_at = now() + case p_state
           when 'CLOSED' then v.beat
           when 'HALF_OPEN' then private.probe_pause(0, least(v_flaps, 2))
           else private.probe_pause(case when v.state = 'CLOSED' then 0 else v.bad_probes end, v_flaps) end;
  insert into app.erp_circuit_events (state, error) values (p_state, v_error);
  if p_state = 'OPEN' and v.state = 'CLOSED' then
    v_incident := private.open_incident(2, 'ERP_DOWN', 'erp-down', null, jsonb_build_object('error', v_error));
    perform private.notify_role('ADMIN', 'ERP_DOWN', 'erp-down/' || v_incident, (
      select jsonb_build_object('incident', ref, 'error', coalesce(v_error, ''), 'path', '/admin/erp')
        from app.incidents where id = v_incident));
  elsif p_state = 'CLOSED' then
    perform private.resolve_incident('erp-down', jsonb_build_object('erp', 'CLOSED'));
    update app.feeds set wanted = true, tries = 0, next_try_at = now();
    perform private.begin_reconcile('BREAKER', 'SYSTEM');
    perform private.enqueue('order.placed.sync', '{"orderId": 1}');
  end if;
end $$;

-- What a process asks before each call: may it, and of which state will its news be?
create function jobs.read_circuit() returns table (state text, version bigint, failures integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select state, version, failures from app.erp_circuit
$$;
grant execute on function jobs.read_circuit to worker;

-- A call failed that began under p_version. The fifth in a row opens for all. News of an earlier state changes nothing.
create function jobs.erp_failed(p_version bigint, p_operation text, p_error text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.erp_circuit;
begin
  update app.erp_circuit set failures = failures + 1, last_error = left(p_error, 300),
         next_probe_at = least(next_probe_at, now() + beat / 5)
   where state = 'CLOSED' and version = p_version
  returning * into v;
  if found and v.failures >= 5 then perform private.turn_circuit('OPEN', p_error, p_operation); end if;
  return (select state from app.erp_circuit);
end $$;
grant execute on function jobs.erp_failed to worker;

-- A fuse went in one process: open for all.
create function jobs.erp_fused(p_version bigint, p_operation text, p_error text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from app.erp_circuit where state = 'CLOSED' and version = p_version for update;
  if found then perform private.turn_circuit('OPEN', p_error, p_operation); end if;
  return (select state from app.erp_circuit);
end $$;
grant execute on function jobs.erp_fused to worker;

-- A call under p_version was answered: the row of failures is broken, and the heartbeat may wait.
create function jobs.erp_answered(p_version bigint) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update app.erp_circuit set failures = 0, last_ok_at = now(), last_error = null, next_probe_at = now() + beat
   where state = 'CLOSED' and version = p_version
$$;
grant execute on function jobs.erp_answered to worker;

-- The lease of the one probe (or heartbeat) that may be under way, when one is due. No ticket: not now, but in
-- `wait_ms` unless somebody's call fails meanwhile. The lease outlives a whole exchange, and runs out by itself when
-- its owner dies. An answer that takes longer than `doubt_ms` is a reason to ask again beside it. A probe by 'find' is
-- for probe_number: of the order that the ERP took last, so its document was sound; one that waits may have none, and
-- shows less, or a broken one for good. Without any order: a ping.
create function jobs.take_probe(p_owner uuid)
returns table (ticket bigint, state text, version bigint, failures integer, wait_ms integer, doubt_ms integer,
  probe_with text, probe_number text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.erp_circuit; v_taken boolean; v_number text;
begin
  update app.erp_circuit c set probe_owner = p_owner, probe_ticket = c.probe_ticket + 1,
         probe_until = now() + interval '10 seconds'
   -- Further ahead than any pause: our clock was set back. By a minute more than it could be, since a lease that
   -- somebody took while we waited for the row is a little later than ours would be.
   where (c.next_probe_at <= now() or c.next_probe_at > now() + greatest(c.longest_pause, c.beat) + interval '1 minute')
     and (c.probe_until is null or c.probe_until <= now() or c.probe_until > now() + interval '1 minute')
  returning * into v;
  v_taken := found;
  if not v_taken then select * into v from app.erp_circuit; end if;
  if v_taken and v.probe_with = 'find' then
    v_number := coalesce(
      (select o.number from app.orders o where o.synced_at is not null order by o.synced_at desc limit 1),
      (select o.number from app.erp_syncs p join app.orders o on o.id = p.order_id
        where p.done_at is null order by p.order_id limit 1));
  end if;
  return query
    select case when v_taken then v.probe_ticket end, v.state, v.version, v.failures,
           case when v_taken then 0
             else ceil(extract(epoch from greatest(v.next_probe_at, v.probe_until, now()) - now()) * 1000)::integer end,
           ceil(extract(epoch from v.beat) * 200)::integer,
           case when v_taken and v.probe_with = 'find' and v_number is null then 'ping' else v.probe_with end,
           v_number;
end $$;
grant execute on function jobs.take_probe to worker;

-- What became of a probe, in milliseconds and the failure's words. A lease that ran out has no say any more.
create function jobs.settle_probe(p_owner uuid, p_ticket bigint, p_ok boolean, p_ms integer, p_error text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.erp_circuit;
begin
  select * into v from app.erp_circuit
   where probe_owner = p_owner and probe_ticket = p_ticket and probe_until > now() for update;
  if not found then return (select state from app.erp_circuit); end if;
  update app.erp_tests set answered_at = now(), ok = p_ok, ms = p_ms, error = left(p_error, 300)
   where answered_at is null;
  update app.erp_circuit set probe_owner = null, probe_until = null, probed_at = now(),
         last_ok_at = case when p_ok then now() else last_ok_at end,
         last_error = case when p_ok then last_error else left(p_error, 300) end,
         good_probes = case when p_ok then good_probes + 1 else 0 end,
         bad_probes = case when p_ok then bad_probes else bad_probes + 1 end,
         next_probe_at = case
           when v.state = 'CLOSED' then now() + case when p_ok then beat else beat / 5 end
           when p_ok then now() + private.probe_pause(0, least(flaps, 2))
           else now() + private.probe_pause(v.bad_probes + 1, flaps) end
  returning * into v;
  if v.state = 'OPEN' and p_ok then perform private.turn_circuit('HALF_OPEN', null);
  elsif v.state = 'HALF_OPEN' and not p_ok then perform private.turn_circuit('OPEN', p_error);
  elsif v.state = 'HALF_OPEN' and v.good_probes >= 3 then perform private.turn_circuit('CLOSED', null);
  end if;
  return (select state from app.erp_circuit);
end $$;
grant execute on function jobs.settle_probe to worker;

-- Asks whether the ERP answers, now; while the breaker is open no sooner than a first pause after the last probe, while
-- it is half open at the next one. One question at a time: who asks while one is open gets that one's answer. Returns
-- its id. Errors: 28000, DENIED for all but admins.
create function app.test_erp() returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_id bigint;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin tests');
  perform from app.erp_circuit for update;
  select id into v_id from app.erp_tests where answered_at is null order by id desc limit 1;
  if v_id is null then
    insert into app.erp_tests (asked_by)
      select code from app.accounts where id = private.viewer_id()
    returning id into v_id;
    perform private.audit('ERP_TESTED', 'erp', 'erp');
  end if;
  -- Between the good probes that close it the pauses stay even: the reason stands at app.erp_circuit.
  update app.erp_circuit set next_probe_at = least(next_probe_at,
           greatest(now(), coalesce(probed_at, '-infinity') + case when state = 'CLOSED' then '0' else first_pause end))
   where state <> 'HALF_OPEN';
  return v_id;
end $$;
grant execute on function app.test_erp to authenticated;
