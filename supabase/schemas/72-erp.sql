-- The ERP: whether it can be reached, how an order gets there, and what the office watches it by.
--
-- One breaker for all processes says whether the ERP is called at all (app.erp_circuit). An order is claimed in turn at
-- the set rate, looked up by our number, created if absent, compared, settled (app.erp_pushes); what came out of the
-- comparison waits on the desk (70-reconcile.sql). A lease and a ticket say whose turn it is, for probes and for
-- orders: whoever has lost his has no say any more. Once an order may have been sent, only a look-up tells whether it
-- arrived.
--
-- The worker writes, by the functions of `jobs`; admins test the connection and write checkpoints; staff reads.
-- Locks: an order, then its push, as everywhere, and a run of Reconcile_Orders last; the breaker before the tests.

-- The breaker: may the ERP be called, and who asks whether it is back?

-- Each process has a fuse of its own (jobs/erp/breaker.ts); what all of them obey is this row: its version counts the
-- changes of state, so that news of an earlier state is known as such, and one lease lets one probe of the whole
-- cluster through at a time. Only the functions of this part change it.
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

alter table app.erp_circuit enable row level security;
create policy live_session on app.erp_circuit as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy staff_reads on app.erp_circuit for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.erp_circuit to authenticated;
insert into app.erp_circuit default values;

create table app.erp_circuit_events (
  id    bigint generated always as identity primary key,
  at    timestamptz not null default clock_timestamp(),
  state text not null,
  error text
);
comment on table app.erp_circuit_events is 'History of the breaker.';
create index on app.erp_circuit_events (at desc);

alter table app.erp_circuit_events enable row level security;
create policy live_session on app.erp_circuit_events as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy staff_reads on app.erp_circuit_events for select to authenticated
  using ((select private.viewer_is_staff()));
grant select on app.erp_circuit_events to authenticated;

-- Somebody of the office asks whether the ERP answers: the next probe or heartbeat, brought forward, tells him.
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

alter table app.erp_tests enable row level security;
create policy live_session on app.erp_tests as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy staff_reads on app.erp_tests for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.erp_tests to authenticated;

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
    insert into app.incident_events (incident_id, kind, actor, detail)
      select id, 'NOTE', 'SYSTEM', jsonb_build_object('erp', 'CLOSED')
        from app.incidents where dedup_key = 'erp-down' and state <> 'CLOSED';
    update app.feeds set wanted = true, tries = 0, next_try_at = now();
    perform private.begin_reconcile('BREAKER', 'SYSTEM');
    perform private.enqueue('order.placed.push', '{"orderId": 1}');
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
      (select o.number from app.erp_pushes p join app.orders o on o.id = p.order_id
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
  if private.viewer_role() is distinct from 'ADMIN' then
    perform private.refuse('DENIED', 'only an admin tests');
  end if;
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

-- The queue: an order's way to the ERP, in five steps: claim, begin to send, settle, defer, give back.

create table app.erp_pushes (
  order_id        bigint primary key references app.orders on delete restrict,
  attempts        integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_error      text,
  done_at         timestamptz,
  ticket          bigint not null default 0,
  lease_until     timestamptz,
  posted_at       timestamptz,
  unsure_until    timestamptz,
  keyed_by        text,
  keyed_ticket    bigint,
  keyed_at        timestamptz,
  look_up_only    boolean not null default false,
  strikes         integer not null default 0,
  run_id          bigint references app.reconcile_runs on delete restrict
);
comment on table app.erp_pushes is
  'An order on its way to the ERP. Apart from the order, so that a retry never touches what people read.';
comment on column app.erp_pushes.posted_at is
  'We began to send it then; whether it arrived, only a look-up by its number can tell. '
  'Null again when surely nothing of it was sent.';
comment on column app.erp_pushes.unsure_until is
  'Until then what we sent may still arrive there: that it is not found says nothing yet, and it is not sent again.';
comment on column app.erp_pushes.keyed_ticket is
  'keyed_by took it out of the queue to key it in by hand; so while the ticket is still this one and its lease lasts.';
comment on column app.erp_pushes.keyed_at is
  'A person took it to key it in by hand; whether he did, only a look-up can tell. '
  'Never cleared: not by its half hour, nor by giving it back.';
comment on column app.erp_pushes.look_up_only is
  'The order ended while it may have been on its way: see whether the ERP has it, never create it.';
create index erp_pushes_due on app.erp_pushes (next_attempt_at) where done_at is null;
create index erp_pushes_run on app.erp_pushes (run_id) where done_at is null;

alter table app.erp_pushes enable row level security;
create policy live_session on app.erp_pushes as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy staff_reads on app.erp_pushes for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.erp_pushes to authenticated;

create trigger _030_not_deleted before delete on app.erp_pushes for each statement execute function private.keep();
create trigger _040_not_truncated before truncate on app.erp_pushes for each statement execute function private.keep();
alter table app.erp_pushes enable always trigger _030_not_deleted;
alter table app.erp_pushes enable always trigger _040_not_truncated;

create table private.erp_pace (
  one       boolean primary key default true check (one),
  next_slot timestamptz not null default now()
);
comment on table private.erp_pace is 'When the next order may go to the ERP: one rate for all processes.';

alter table private.erp_pace enable row level security;
insert into private.erp_pace default values;

-- Back into the queue, from the first try on. Locks: the order, then its push, as everywhere.
create function private.retry_order(p_order bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from app.orders
    where id = p_order and status not in ('REJECTED', 'CANCELLED') and sync_status <> 'SYNCED' for update;
  if not found then return; end if;
  update app.erp_pushes set done_at = null, next_attempt_at = now(), lease_until = null, ticket = ticket + 1,
         strikes = 0, last_error = null
   where order_id = p_order and done_at is not null;
  update app.orders set sync_status = 'PENDING_SYNC', sync_error = null where id = p_order and sync_status = 'FAILED';
end $$;

-- An order as it goes to the ERP; `preorder` pieces of a line need not be there yet.
create function private.sync_document(p_order bigint) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object(
           'reference', o.number, 'partner', s.code, 'placed_at', o.created_at, 'total', o.total,
           'credit', o.credit_light,
           'lines', (
             select jsonb_agg(jsonb_build_object(
                      'sku', l.sku, 'quantity', l.quantity, 'preorder', l.preorder, 'unit_price', l.unit_price)
                      order by l.line_no)
               from app.order_lines l where l.order_id = o.id))
    from app.orders o join app.partners s on s.id = o.partner_id where o.id = p_order
$$;

-- Orders whose turn it is, the longest waiting first, each with its moment in the pace of all processes (`wait_ms` from
-- now) and a lease of a minute. None while the breaker is not closed, and none further ahead than a second. p_paced
-- false: as fast as it goes, by a person's wish. `look_up`: it may be there already, by us or by hand; only what is new
-- and was never sent goes without.
create function jobs.claim_sync(p_limit integer, p_paced boolean default true)
returns table (order_id bigint, ticket bigint, attempts integer, look_up boolean, may_create boolean, wait_ms integer,
  document jsonb)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare v_gap interval; v_next timestamptz; v_now timestamptz; v_room integer := p_limit; v_count integer;
begin
  perform from app.erp_circuit where state = 'CLOSED';
  if not found then return; end if;
  select next_slot into v_next from private.erp_pace for update;
  v_now := clock_timestamp();
  -- Slots are handed out a second ahead, two at the slowest rate: one further off was written before our clock was set
  -- back.
  v_next := case when v_next > v_now + interval '10 seconds' then v_now else greatest(v_next, v_now) end;
  if p_paced then
    v_gap := interval '1 second' / private.number_setting('erp.push_per_second')::double precision;
    v_room := least(p_limit,
      floor(extract(epoch from v_now + interval '1 second' - v_next) / extract(epoch from v_gap))::integer + 1);
    if v_next > v_now + interval '1 second' then return; end if;
  end if;
  return query
    with due as (
      select u.order_id from app.erp_pushes u
       where u.done_at is null and u.next_attempt_at <= v_now and (u.lease_until is null or u.lease_until <= v_now)
         and (u.look_up_only or not (select h.held from app.orders h where h.id = u.order_id))
       order by u.next_attempt_at, u.order_id limit v_room for update skip locked),
    taken as (
      update app.erp_pushes u set attempts = u.attempts + 1, ticket = u.ticket + 1,
             lease_until = v_now + interval '1 minute'
        from due where u.order_id = due.order_id
      returning u.*)
    select o.id, t.ticket, t.attempts,
           t.attempts > 1 or t.posted_at is not null or t.keyed_at is not null or t.run_id is not null
             or t.look_up_only or o.degraded,
           not t.look_up_only,
           case
             when p_paced then
               (extract(epoch from v_next - v_now + v_gap * (row_number() over (order by o.id) - 1)) * 1000)::integer
             else 0 end,
           private.sync_document(o.id)
      from taken t join app.orders o on o.id = t.order_id
     order by o.id;
  get diagnostics v_count = row_count;
  if p_paced and v_count > 0 then update private.erp_pace set next_slot = v_next + v_gap * v_count; end if;
  if v_count = 0 then perform private.finish_reconcile(id) from app.reconcile_runs where finished_at is null; end if;
end $$;
grant execute on function jobs.claim_sync to worker;

-- When an order was claimed: what a look-up under that claim said is no older.
create function private.claimed_at(p_push app.erp_pushes) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(p_push.lease_until - interval '1 minute', '-infinity')
$$;

-- The last question before the order is sent: is it still ours to send (lease, breaker, the order itself), and is what
-- was sent before surely over, and was so already when this claim looked it up? From true on it may arrive for twenty
-- seconds: five times the patience of one call.
create function jobs.begin_post(p_order bigint, p_ticket bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.erp_pushes; v_now timestamptz; v_free boolean;
begin
  perform from app.orders where id = p_order and not held and status not in ('REJECTED', 'CANCELLED') for share;
  v_free := found;
  select * into v from app.erp_pushes where order_id = p_order and ticket = p_ticket and done_at is null for update;
  v_now := clock_timestamp();
  if not found or coalesce(v.lease_until <= v_now, true) then return false; end if;
  if not v_free or v.look_up_only or v.unsure_until > private.claimed_at(v)
     or (select state from app.erp_circuit) <> 'CLOSED' then
    update app.erp_pushes set lease_until = null, next_attempt_at = greatest(next_attempt_at, unsure_until)
     where order_id = p_order;
    return false;
  end if;
  update app.erp_pushes set posted_at = v_now, unsure_until = v_now + interval '20 seconds',
         lease_until = v_now + interval '1 minute'
   where order_id = p_order;
  return true;
end $$;
grant execute on function jobs.begin_post to worker;

-- Marks an order by the ERP's word: there under this document, or not settled by p_result.
create function private.mark_synced(p_order bigint, p_settled boolean, p_document text, p_result text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if p_settled then
    update app.orders set sync_status = 'SYNCED', synced_at = now(), sync_error = null, erp_document = p_document
     where id = p_order and sync_status <> 'SYNCED';
    insert into app.order_events (order_id, kind, actor, detail)
      values (p_order, 'SYNCED', 'sistem', jsonb_build_object('document', p_document));
    return;
  end if;
  update app.orders set sync_status = 'FAILED',
         sync_error = case p_result when 'ABSENT' then 'dibatalkan, tidak ada di ERP' else p_result end
   where id = p_order and sync_status <> 'SYNCED';
  if p_result <> 'ABSENT' then
    insert into app.order_events (order_id, kind, actor) values (p_order, 'SYNC_FAILED', 'sistem');
  end if;
end $$;

-- Keeps a comparison, in place of the one before it; what is not confirmed by it is on the desk.
create function private.note_comparison(p_order app.orders, p_run bigint, p_result text, p_erp jsonb,
  p_difference jsonb, p_error text, p_retriable boolean) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.reconcile_results as r (order_id, run_id, result, assumed, erp, difference, error, retriable)
    values (p_order.id, p_run, p_result, private.assumed(p_order.id), p_erp, p_difference, p_error, p_retriable)
    on conflict (order_id) do update set run_id = excluded.run_id, result = excluded.result,
      assumed = excluded.assumed, erp = excluded.erp, difference = excluded.difference, error = excluded.error,
      retriable = excluded.retriable, checked_at = now(),
      resolution = null, resolved_at = null, resolved_by = null, note = null;
  perform private.audit('ORDER_RECONCILED', 'order', p_order.number, jsonb_build_object('result', p_result,
    'documents', to_jsonb(array(select private.as_code(d) from unnest(private.erp_documents(p_erp)) d))));
  if p_result <> 'CONFIRMED' then
    insert into app.order_events (order_id, kind, actor, detail)
      values (p_order.id, 'RECONCILE_OPEN', 'sistem', jsonb_build_object('result', p_result));
  end if;
end $$;

-- The ERP has spoken about an order. p_result as in reconcile_results, or ABSENT for one that has ended and never
-- arrived. p_erp: {documents: [text], total, lines: [{sku, confirmed, unitPrice}], credit: {ok, message}, message};
-- p_difference: see jobs/erp/compare.ts. p_retriable: the ERP said nothing about it in the end, so what was sent may
-- still arrive there. The words of an ERP are the office's: they stay at the push and on the desk, and out of what
-- stores read. False: the lease was lost, and somebody else's word counts; or what was sent may still arrive, and it is
-- looked up once more.
create function jobs.settle_sync(p_order bigint, p_ticket bigint, p_result text, p_erp jsonb, p_difference jsonb,
  p_error text, p_retriable boolean default false) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.orders; v_push app.erp_pushes; v_documents text[]; v_ended boolean; v_settled boolean; v_other text;
  v_error text := left(p_error, 300);
begin
  select * into v from app.orders where id = p_order for update;
  select * into v_push from app.erp_pushes
   where order_id = p_order and ticket = p_ticket and done_at is null for update;
  if not found then return false; end if;
  if p_result = 'ABSENT' and v_push.unsure_until > private.claimed_at(v_push) then
    update app.erp_pushes set lease_until = null, next_attempt_at = unsure_until where order_id = p_order;
    return false;
  end if;
  v_documents := private.erp_documents(p_erp);
  v_ended := v.status in ('REJECTED', 'CANCELLED');
  select o.number into v_other from app.orders o
   where upper(o.erp_document) = upper(v_documents[1]) and o.id <> p_order;
  if found and p_result <> 'DUPLICATE' then
    p_result := 'ERROR';
    v_error := format('dokumen %s di ERP sudah milik order %s', v_documents[1], v_other);
  end if;
  update app.erp_pushes set done_at = now(), last_error = v_error, lease_until = null,
         unsure_until = case when p_retriable then unsure_until end
   where order_id = p_order;
  v_settled := v_other is null
    and (p_result in ('CONFIRMED', 'SHORT', 'CREDIT_FAILED') or v_ended and cardinality(v_documents) = 1);
  perform private.mark_synced(p_order, v_settled, v_documents[1], p_result);
  if v_ended then
    -- Not told in the end whether it is there: somebody has to look.
    if cardinality(v_documents) > 0 or p_retriable then perform private.stop_in_erp(p_order, v_documents); end if;
  elsif p_result <> 'CONFIRMED' or v_push.run_id is not null or v.degraded then
    perform private.note_comparison(v, v_push.run_id, p_result, p_erp, p_difference, v_error, p_retriable);
  end if;
  -- Its page promised word: to whoever ordered under the banner, and while it was on the desk.
  if p_result = 'CONFIRMED' and not v_ended and (v.degraded or exists (
       select from app.order_events e where e.order_id = p_order and e.kind = 'RECONCILE_OPEN')) then
    perform private.tell_reconciled(p_order, 'CONFIRMED');
  end if;
  perform private.finish_reconcile(v_push.run_id);
  return true;
end $$;
grant execute on function jobs.settle_sync to worker;

-- The ERP did not answer about this order: again after p_seconds. Six times, while it answers about others: it is this
-- order, and the desk's. p_unsent: surely nothing of what this claim began to send was taken there. What an earlier one
-- sent was looked up before.
create function jobs.defer_sync(p_order bigint, p_ticket bigint, p_error text, p_seconds integer,
  p_unsent boolean default false) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.erp_pushes; v_settled boolean;
begin
  select * into v from app.erp_pushes where order_id = p_order and ticket = p_ticket and done_at is null;
  if not found then return false; end if;
  if v.strikes >= 5
     and exists (select from app.erp_circuit where state = 'CLOSED' and last_ok_at >= v.next_attempt_at) then
    v_settled := jobs.settle_sync(p_order, p_ticket, 'ERROR',
      '{"documents": [], "total": null, "lines": [], "credit": null, "message": null}',
      '{"total": 0, "lines": [], "credit": null}', p_error, true);
    update app.erp_pushes set posted_at = null, unsure_until = null where order_id = p_order and p_unsent and v_settled;
    return v_settled;
  end if;
  update app.erp_pushes set last_error = left(p_error, 300), strikes = strikes + 1, lease_until = null,
         next_attempt_at = now() + make_interval(secs => p_seconds),
         unsure_until = case when not p_unsent then unsure_until end,
         posted_at = case when not p_unsent then posted_at end
   where order_id = p_order and ticket = p_ticket and done_at is null;
  return found;
end $$;
grant execute on function jobs.defer_sync to worker;

-- A claim given back: the breaker opened, or the process stops, before anything was asked or sent.
create function jobs.release_sync(p_order bigint, p_ticket bigint, p_unsent boolean default false) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update app.erp_pushes set attempts = attempts - 1, lease_until = null,
         unsure_until = case when not p_unsent then unsure_until end,
         posted_at = case when not p_unsent then posted_at end
   where order_id = p_order and ticket = p_ticket and done_at is null
$$;
grant execute on function jobs.release_sync to worker;

-- Letters and orders not delivered yet: for whoever watches (docs/operations.md).
create function jobs.pending_counts() returns table (alerts bigint, pushes bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (select count(*) from app.shadow_alerts where state = 'PENDING'),
         (select count(*) from app.erp_pushes where done_at is null)
$$;
grant execute on function jobs.pending_counts to worker;

-- What the office watches the ERP by: how its calls went, the weekly talk with the people who run it, and up to where
-- its stock was compared with ours (the comparison stands in 42-stock.sql).

-- One row for each operation and hour. Latency in buckets (app/erp/latency.ts): sums from all processes add up,
-- and an hour costs 50 numbers.
create table app.erp_call_stats (
  hour      timestamptz not null check (hour = date_trunc('hour', hour)),
  operation text not null check (operation ~ '^[a-z_]{2,20}$'),
  ok        bigint not null default 0 check (ok >= 0),
  refused   bigint not null default 0 check (refused >= 0),
  failed    bigint not null default 0 check (failed >= 0),
  histogram bigint[] not null check (cardinality(histogram) = 50),
  primary key (hour, operation)
);
comment on table app.erp_call_stats is
  'Calls to the ERP per hour: how many, what came of them, how fast the answered ones were. Kept for 90 days.';

alter table app.erp_call_stats enable row level security;
create policy live_session on app.erp_call_stats as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy staff_reads on app.erp_call_stats for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.erp_call_stats to authenticated;

-- Up to where the weekly duties have been seen to: whoever comes late finds what is due here. Weeks begin on Monday,
-- Jakarta's time.
create table app.erp_watch (
  one            boolean primary key default true check (one),
  since          date not null,
  asked_week     date not null,
  checked_week   date not null,
  check_wanted   boolean not null default false,
  check_asked_by text,
  check_error    text
);
comment on table app.erp_watch is
  'Weekly duties about the ERP: checkpoints count from `since` on, those of weeks before `asked_week` have been asked '
  'for, stock was compared up to `checked_week`.';

alter table app.erp_watch enable row level security;
create policy live_session on app.erp_watch as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy staff_reads on app.erp_watch for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.erp_watch to authenticated;
insert into app.erp_watch (since, asked_week, checked_week)
  select w.monday, w.monday, private.stock_week(now())
    from (select date_trunc('week', now() at time zone 'Asia/Jakarta')::date as monday) w;

-- The weekly talk with the people who run the ERP. Several in a week are several rows; nothing is overwritten.
create table app.erp_checkpoints (
  id         bigint generated always as identity primary key,
  week       date not null check (extract(isodow from week) = 1),
  attended   text not null check (length(attended) between 3 and 200),
  notes      text not null check (length(notes) between 3 and 2000),
  points     text not null default '' check (length(points) <= 1000),
  written_by text not null,
  written_at timestamptz not null default now()
);
comment on table app.erp_checkpoints is
  'Weekly checkpoints with the IT team about access to the ERP: who took part, what was said, what is open.';
create index on app.erp_checkpoints (week desc, id);

alter table app.erp_checkpoints enable row level security;
create policy live_session on app.erp_checkpoints as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy staff_reads on app.erp_checkpoints for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.erp_checkpoints to authenticated;

create trigger _030_not_deleted before delete on app.erp_checkpoints for each statement execute function private.keep();
create trigger _040_not_truncated before truncate on app.erp_checkpoints for each statement
  execute function private.keep();
alter table app.erp_checkpoints enable always trigger _030_not_deleted;
alter table app.erp_checkpoints enable always trigger _040_not_truncated;

-- Sums of one process: [{operation, ago (seconds since they began), ok, refused, failed, histogram}]. What lies further
-- back than is kept is dropped.
create function jobs.note_erp_calls(p_sums jsonb) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with sums as (
    select date_trunc('hour', now() - make_interval(secs => s.ago)) as hour, s.operation, s.ok, s.refused, s.failed,
           s.histogram
      from jsonb_to_recordset(p_sums) as s(operation text, ago double precision, ok bigint, refused bigint,
             failed bigint, histogram bigint[])
     where s.ago between 0 and 90 * 86400),
  hours as (
    select s.hour, s.operation, sum(s.ok)::bigint as ok, sum(s.refused)::bigint as refused,
           sum(s.failed)::bigint as failed,
           (select array_agg(b.n order by b.i) from (
              select u.i, sum(u.n)::bigint as n from sums t cross join unnest(t.histogram) with ordinality u(n, i)
               where t.hour = s.hour and t.operation = s.operation group by u.i) b) as histogram
      from sums s group by s.hour, s.operation)
  -- In one order, so that two processes never wait for each other crosswise.
  insert into app.erp_call_stats as c (hour, operation, ok, refused, failed, histogram)
    select h.hour, h.operation, h.ok, h.refused, h.failed, h.histogram from hours h order by h.hour, h.operation
    on conflict (hour, operation) do update set ok = c.ok + excluded.ok, refused = c.refused + excluded.refused,
      failed = c.failed + excluded.failed,
      histogram = (
        select array_agg(a + b order by i)
          from unnest(c.histogram, excluded.histogram) with ordinality u(a, b, i))
$$;
grant execute on function jobs.note_erp_calls to worker;

-- A task for each week without a checkpoint, from Monday 07:00 WIB after it; four weeks back at most, and each week
-- once. Returns how many.
create function private.ask_erp_checkpoints(p_now timestamptz) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_from date; v_week date; v_asked integer := 0;
  v_this date := date_trunc('week', (p_now at time zone 'Asia/Jakarta') - interval '7 hours')::date;
begin
  select asked_week into v_from from app.erp_watch for update;
  for v_week in select d::date from generate_series(greatest(v_from, v_this - 28), v_this - 7, interval '7 days') d loop
    continue when exists (select from app.erp_checkpoints c where c.week = v_week);
    perform private.open_task('ERP_CHECKPOINT', 'erp-checkpoint/' || v_week, v_week::text, null, null,
      private.end_of_working_day(p_now, 1) - now());
    v_asked := v_asked + 1;
  end loop;
  update app.erp_watch set asked_week = v_this where asked_week < v_this;
  return v_asked;
end $$;

create function jobs.ask_erp_checkpoints() returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$ select private.ask_erp_checkpoints(now()) $$;
grant execute on function jobs.ask_erp_checkpoints to worker;

-- Writes a checkpoint down, for this week or one of the twelve before, and does its task. Errors: 28000, DENIED for all
-- but admins, WEEK, ATTENDED, NOTES, TOO_LONG the points.
create function app.write_erp_checkpoint(p_week date, p_attended text, p_notes text, p_points text) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_id bigint; v_this date := date_trunc('week', now() at time zone 'Asia/Jakarta')::date;
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'ADMIN' then
    perform private.refuse('DENIED', 'only an admin writes checkpoints');
  end if;
  if p_week is null or extract(isodow from p_week) <> 1 or p_week not between v_this - 84 and v_this then
    perform private.refuse('WEEK', field => 'week');
  end if;
  if length(btrim(coalesce(p_attended, ''))) not between 3 and 200 then
    perform private.refuse('ATTENDED', field => 'attended');
  end if;
  if length(btrim(coalesce(p_notes, ''))) not between 3 and 2000 then
    perform private.refuse('NOTES', field => 'notes');
  end if;
  if length(btrim(coalesce(p_points, ''))) > 1000 then
    perform private.refuse('TOO_LONG', field => 'points');
  end if;
  -- The turn of whoever asks for checkpoints, so that he does not ask for this one meanwhile.
  perform from app.erp_watch for update;
  insert into app.erp_checkpoints (week, attended, notes, points, written_by)
    select p_week, btrim(p_attended), btrim(p_notes), btrim(coalesce(p_points, '')), code
      from app.accounts where id = private.viewer_id()
  returning id into v_id;
  perform private.audit('ERP_CHECKPOINT_WRITTEN', 'erp_checkpoint', p_week::text,
    jsonb_build_object('checkpoint', v_id));
  perform private.finish_task('erp-checkpoint/' || p_week, 'written');
  return v_id;
end $$;
grant execute on function app.write_erp_checkpoint to authenticated;
