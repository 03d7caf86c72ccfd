-- How an order gets to the ERP: claimed in turn at the set rate, looked up by our number, created if absent, compared, settled. A
-- run (Reconcile_Orders) is a mark on the orders that waited; its progress is the number of them that are settled, so it goes on
-- wherever it stopped. What came out of the comparison waits on the desk (app.reconcile_results) until a person has decided.

create sequence app.reconcile_numbers;
create table app.reconcile_runs (
  id          bigint generated always as identity primary key,
  ref         text not null unique check (ref ~ '^REC-[0-9]{4}-[0-9]{5,9}$'),
  started_by  text not null check (started_by in ('BREAKER', 'COMMAND', 'DESK')),
  actor       text not null,
  started_at  timestamptz not null default now(),
  total       integer not null default 0 check (total >= 0),
  finished_at timestamptz
);
comment on table app.reconcile_runs is 'Each run of Reconcile_Orders. One at a time; what is added while it runs joins it.';
create unique index reconcile_one_open on app.reconcile_runs ((true)) where finished_at is null;

create table app.reconcile_results (
  order_id    bigint primary key references app.orders on delete restrict,
  run_id      bigint references app.reconcile_runs on delete restrict,
  result      text not null check (result in ('CONFIRMED', 'SHORT', 'CREDIT_FAILED', 'DUPLICATE', 'ERROR')),
  assumed     jsonb not null,
  erp         jsonb not null,
  difference  jsonb not null,
  error       text,
  retriable   boolean not null default false,
  checked_at  timestamptz not null default now(),
  resolution  text check (resolution in ('ACCEPT', 'CUT', 'PREORDER', 'CANCEL', 'RETRY', 'KEYED')),
  resolved_at timestamptz,
  resolved_by text,
  note        text check (length(note) <= 500),
  check ((resolution is null) = (resolved_at is null) and (resolution is null) = (resolved_by is null))
);
comment on table app.reconcile_results is
  'What we assumed of an order, what the ERP said, the difference, and what a person made of it. The latest comparison of each order; CONFIRMED needs nobody.';
create index reconcile_open on app.reconcile_results (checked_at, order_id) where resolved_at is null and result <> 'CONFIRMED';
create index on app.reconcile_results (run_id, result);

alter table app.reconcile_runs enable row level security;
alter table app.reconcile_results enable row level security;
create policy live_session on app.reconcile_runs as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.reconcile_results as restrictive to authenticated using ((select private.live_session()) is not null);
create policy staff_reads on app.reconcile_runs for select to authenticated using ((select private.viewer_is_staff()));
create policy staff_reads on app.reconcile_results for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.reconcile_runs, app.reconcile_results to authenticated;

alter table app.erp_pushes
  add column ticket       bigint not null default 0,
  add column lease_until  timestamptz,
  add column posted_at    timestamptz,
  add column unsure_until timestamptz,
  add column keyed_by     text,
  add column keyed_ticket bigint,
  add column keyed_at     timestamptz,
  add column look_up_only boolean not null default false,
  add column strikes      integer not null default 0,
  add column run_id       bigint references app.reconcile_runs on delete restrict;
comment on column app.erp_pushes.posted_at is 'We began to send it then; whether it arrived, only a look-up by its number can tell. Null again when surely nothing of it was sent.';
comment on column app.erp_pushes.unsure_until is 'Until then what we sent may still arrive there: that it is not found says nothing yet, and it is not sent again.';
comment on column app.erp_pushes.keyed_ticket is 'keyed_by took it out of the queue to key it in by hand; so while the ticket is still this one and its lease lasts.';
comment on column app.erp_pushes.keyed_at is 'A person took it to key it in by hand; whether he did, only a look-up can tell. Never cleared: not by its half hour, nor by giving it back.';
comment on column app.erp_pushes.look_up_only is 'The order ended while it may have been on its way: see whether the ERP has it, never create it.';
create index erp_pushes_run on app.erp_pushes (run_id) where done_at is null;

create table private.erp_pace (
  one       boolean primary key default true check (one),
  next_slot timestamptz not null default now()
);
comment on table private.erp_pace is 'When the next order may go to the ERP: one rate for all processes.';
insert into private.erp_pace default values;
alter table private.erp_pace enable row level security;

-- What an order assumed when it was placed, as the desk shows it.
create function private.assumed(p_order bigint) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('total', o.total, 'light', o.credit_light, 'credit', o.credit_inputs, 'degraded', o.degraded, 'stockSnapshot', o.stock_snapshot_id,
           'stockAsOf', (select r.as_of from app.feed_runs r where r.id = o.stock_snapshot_id),
           'lines', (select coalesce(jsonb_agg(jsonb_build_object('sku', l.sku, 'name', l.name, 'quantity', l.quantity, 'preorder', l.preorder,
                            'available', l.available, 'unitPrice', l.unit_price) order by l.line_no), '[]') from app.order_lines l where l.order_id = o.id))
    from app.orders o where o.id = p_order
$$;

-- Begins Reconcile_Orders, or adds what waits now to the run under way: every order that the ERP has not got, and those that it
-- could not take for reasons that pass. Held orders wait for their release. Returns the run; null when nothing waited and nobody asked.
create function private.begin_reconcile(p_by text, p_actor text) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_run bigint; v_count integer; v_order bigint;
begin
  loop
    select id into v_run from app.reconcile_runs where finished_at is null for no key update;
    exit when found;
    if p_by = 'BREAKER' and not exists (select from app.erp_pushes where done_at is null)
       and not exists (select from app.reconcile_results where retriable and resolved_at is null) then return null; end if;
    insert into app.reconcile_runs (ref, started_by, actor)
      select 'REC-' || to_char(now() at time zone 'Asia/Jakarta', 'YYYY') || '-' || lpad(n::text, greatest(5, length(n::text)), '0'), p_by, p_actor
        from nextval('app.reconcile_numbers') as n
      on conflict ((true)) where finished_at is null do nothing returning id into v_run;
    exit when found;
  end loop;
  -- Nothing is waited for under the run's lock: what is locked is being settled this very moment.
  for v_order in select o.id from app.reconcile_results r join app.orders o on o.id = r.order_id
                  where r.retriable and r.resolved_at is null order by o.id for update of o skip locked loop
    perform private.retry_order(v_order);
  end loop;
  with waiting as (
    select u.order_id, u.run_id is distinct from v_run as joins from app.erp_pushes u join app.orders o on o.id = u.order_id
     where u.done_at is null and (u.look_up_only or not o.held) order by u.order_id for update of u skip locked),
  joined as (
    update app.erp_pushes u set run_id = v_run, next_attempt_at = least(u.next_attempt_at, now()) from waiting w where u.order_id = w.order_id returning w.joins)
  select count(*) filter (where joins) into v_count from joined;
  update app.reconcile_runs set total = total + v_count where id = v_run;
  perform private.finish_reconcile(v_run);
  perform private.enqueue('order.placed.push', '{"orderId": 1}');
  return v_run;
end $$;

-- A run is over when none of its orders is under way any more. Its row is the last lock of all: a transaction that goes on to
-- other orders does not call this, and the next claim that finds nothing due does it instead.
create function private.finish_reconcile(p_run bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- The lock first, so that of two last ones the second sees the first. Not the key: each result that names the run holds that.
  perform from app.reconcile_runs where id = p_run and finished_at is null for no key update;
  if not found then return; end if;
  if not exists (select from app.erp_pushes u join app.orders o on o.id = u.order_id where u.run_id = p_run and u.done_at is null and (u.look_up_only or not o.held)) then
    update app.reconcile_runs set finished_at = now() where id = p_run;
  end if;
end $$;

-- Back into the queue, from the first try on. Locks: the order, then its push, as everywhere.
create function private.retry_order(p_order bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from app.orders where id = p_order and status not in ('REJECTED', 'CANCELLED') and sync_status <> 'SYNCED' for update;
  if not found then return; end if;
  update app.erp_pushes set done_at = null, next_attempt_at = now(), lease_until = null, ticket = ticket + 1, strikes = 0, last_error = null
   where order_id = p_order and done_at is not null;
  update app.orders set sync_status = 'PENDING_SYNC', sync_error = null where id = p_order and sync_status = 'FAILED';
end $$;

-- An order as it goes to the ERP; `preorder` pieces of a line need not be there yet.
create function private.sync_document(p_order bigint) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('reference', o.number, 'partner', s.code, 'placed_at', o.created_at, 'total', o.total, 'credit', o.credit_light,
           'lines', (select jsonb_agg(jsonb_build_object('sku', l.sku, 'quantity', l.quantity, 'preorder', l.preorder, 'unit_price', l.unit_price) order by l.line_no)
                       from app.order_lines l where l.order_id = o.id))
    from app.orders o join app.partners s on s.id = o.partner_id where o.id = p_order
$$;

-- Orders whose turn it is, the longest waiting first, each with its moment in the pace of all processes (`wait_ms` from now) and a lease of a minute.
-- None while the breaker is not closed, and none further ahead than a second. p_paced false: as fast as it goes, by a person's wish.
-- `look_up`: it may be there already, by us or by hand; only what is new and was never sent goes without.
create function jobs.claim_sync(p_limit integer, p_paced boolean default true)
returns table (order_id bigint, ticket bigint, attempts integer, look_up boolean, may_create boolean, wait_ms integer, document jsonb)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare v_gap interval; v_next timestamptz; v_now timestamptz; v_room integer := p_limit; v_count integer;
begin
  perform from app.erp_circuit where state = 'CLOSED';
  if not found then return; end if;
  select next_slot into v_next from private.erp_pace for update;
  v_now := clock_timestamp();
  -- Slots are handed out a second ahead, two at the slowest rate: one further off was written before our clock was set back.
  v_next := case when v_next > v_now + interval '10 seconds' then v_now else greatest(v_next, v_now) end;
  if p_paced then
    v_gap := interval '1 second' / (private.setting('erp.push_per_second') #>> '{}')::double precision;
    v_room := least(p_limit, floor(extract(epoch from v_now + interval '1 second' - v_next) / extract(epoch from v_gap))::integer + 1);
    if v_next > v_now + interval '1 second' then return; end if;
  end if;
  return query
    with due as (
      select u.order_id from app.erp_pushes u
       where u.done_at is null and u.next_attempt_at <= v_now and (u.lease_until is null or u.lease_until <= v_now)
         and (u.look_up_only or not (select h.held from app.orders h where h.id = u.order_id))
       order by u.next_attempt_at, u.order_id limit v_room for update skip locked),
    taken as (
      update app.erp_pushes u set attempts = u.attempts + 1, ticket = u.ticket + 1, lease_until = v_now + interval '1 minute'
        from due where u.order_id = due.order_id returning u.*)
    select o.id, t.ticket, t.attempts, t.attempts > 1 or t.posted_at is not null or t.keyed_at is not null or t.run_id is not null or t.look_up_only or o.degraded, not t.look_up_only,
           case when p_paced then (extract(epoch from v_next - v_now + v_gap * (row_number() over (order by o.id) - 1)) * 1000)::integer else 0 end,
           private.sync_document(o.id)
      from taken t join app.orders o on o.id = t.order_id order by o.id;
  get diagnostics v_count = row_count;
  if p_paced and v_count > 0 then update private.erp_pace set next_slot = v_next + v_gap * v_count; end if;
  if v_count = 0 then perform private.finish_reconcile(id) from app.reconcile_runs where finished_at is null; end if;
end $$;

-- When an order was claimed: what a look-up under that claim said is no older.
create function private.claimed_at(p_push app.erp_pushes) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(p_push.lease_until - interval '1 minute', '-infinity')
$$;

-- The last question before the order is sent: is it still ours to send (lease, breaker, the order itself), and is what was sent before
-- surely over, and was so already when this claim looked it up? From true on it may arrive for twenty seconds: five times the patience of
-- one call.
create function jobs.begin_post(p_order bigint, p_ticket bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.erp_pushes; v_now timestamptz; v_free boolean;
begin
  perform from app.orders where id = p_order and not held and status not in ('REJECTED', 'CANCELLED') for share;
  v_free := found;
  select * into v from app.erp_pushes where order_id = p_order and ticket = p_ticket and done_at is null for update;
  v_now := clock_timestamp();
  if not found or coalesce(v.lease_until <= v_now, true) then return false; end if;
  if not v_free or v.look_up_only or v.unsure_until > private.claimed_at(v) or (select state from app.erp_circuit) <> 'CLOSED' then
    update app.erp_pushes set lease_until = null, next_attempt_at = greatest(next_attempt_at, unsure_until) where order_id = p_order;
    return false;
  end if;
  update app.erp_pushes set posted_at = v_now, unsure_until = v_now + interval '20 seconds', lease_until = v_now + interval '1 minute' where order_id = p_order;
  return true;
end $$;

-- The ERP has spoken about an order. p_result as in reconcile_results, or ABSENT for one that has ended and never arrived.
-- p_erp: {documents: [text], total, lines: [{sku, confirmed, unitPrice}], credit: {ok, message}, message}; p_difference: see jobs/erp/compare.ts.
-- p_retriable: the ERP said nothing about it in the end, so what was sent may still arrive there. The words of an ERP are the office's: they
-- stay at the push and on the desk, and out of what stores read.
-- False: the lease was lost, and somebody else's word counts; or what was sent may still arrive, and it is looked up once more.
create function jobs.settle_sync(p_order bigint, p_ticket bigint, p_result text, p_erp jsonb, p_difference jsonb, p_error text, p_retriable boolean default false) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.orders; v_push app.erp_pushes; v_documents text[]; v_ended boolean; v_settled boolean; v_other text; v_error text := left(p_error, 300);
begin
  select * into v from app.orders where id = p_order for update;
  select * into v_push from app.erp_pushes where order_id = p_order and ticket = p_ticket and done_at is null for update;
  if not found then return false; end if;
  if p_result = 'ABSENT' and v_push.unsure_until > private.claimed_at(v_push) then
    update app.erp_pushes set lease_until = null, next_attempt_at = unsure_until where order_id = p_order;
    return false;
  end if;
  v_documents := array(select jsonb_array_elements_text(coalesce(p_erp -> 'documents', '[]')));
  v_ended := v.status in ('REJECTED', 'CANCELLED');
  select o.number into v_other from app.orders o where upper(o.erp_document) = upper(v_documents[1]) and o.id <> p_order;
  if found and p_result <> 'DUPLICATE' then
    p_result := 'ERROR';
    v_error := format('dokumen %s di ERP sudah milik order %s', v_documents[1], v_other);
  end if;
  update app.erp_pushes set done_at = now(), last_error = v_error, lease_until = null, unsure_until = case when p_retriable then unsure_until end where order_id = p_order;
  v_settled := v_other is null and (p_result in ('CONFIRMED', 'SHORT', 'CREDIT_FAILED') or v_ended and cardinality(v_documents) = 1);
  if v_settled then
    update app.orders set sync_status = 'SYNCED', synced_at = now(), sync_error = null, erp_document = v_documents[1] where id = p_order and sync_status <> 'SYNCED';
    insert into app.order_events (order_id, kind, actor, detail) values (p_order, 'SYNCED', 'sistem', jsonb_build_object('document', v_documents[1]));
  else
    update app.orders set sync_status = 'FAILED', sync_error = case p_result when 'ABSENT' then 'dibatalkan, tidak ada di ERP' else p_result end
     where id = p_order and sync_status <> 'SYNCED';
    if p_result <> 'ABSENT' then
      insert into app.order_events (order_id, kind, actor) values (p_order, 'SYNC_FAILED', 'sistem');
    end if;
  end if;
  if v_ended then
    -- Not told in the end whether it is there: somebody has to look.
    if cardinality(v_documents) > 0 or p_retriable then perform private.stop_in_erp(p_order, v_documents); end if;
  elsif p_result <> 'CONFIRMED' or v_push.run_id is not null or v.degraded then
    insert into app.reconcile_results as r (order_id, run_id, result, assumed, erp, difference, error, retriable)
      values (p_order, v_push.run_id, p_result, private.assumed(p_order), p_erp, p_difference, v_error, p_retriable)
      on conflict (order_id) do update set run_id = excluded.run_id, result = excluded.result, assumed = excluded.assumed, erp = excluded.erp, difference = excluded.difference,
        error = excluded.error, retriable = excluded.retriable, checked_at = now(), resolution = null, resolved_at = null, resolved_by = null, note = null;
    perform private.audit('ORDER_RECONCILED', 'order', v.number, jsonb_build_object('result', p_result, 'documents', to_jsonb(v_documents)));
    if p_result = 'CONFIRMED' then
      if v.degraded then perform private.tell_reconciled(p_order, 'CONFIRMED'); end if;
    else
      insert into app.order_events (order_id, kind, actor, detail) values (p_order, 'RECONCILE_OPEN', 'sistem', jsonb_build_object('result', p_result));
    end if;
  end if;
  perform private.finish_reconcile(v_push.run_id);
  return true;
end $$;

-- The ERP did not answer about this order: again after p_seconds. Six times, while it answers about others: it is this order, and the
-- desk's. p_unsent: surely nothing of what this claim began to send was taken there. What an earlier one sent was looked up before.
create function jobs.defer_sync(p_order bigint, p_ticket bigint, p_error text, p_seconds integer, p_unsent boolean default false) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.erp_pushes; v_settled boolean;
begin
  select * into v from app.erp_pushes where order_id = p_order and ticket = p_ticket and done_at is null;
  if not found then return false; end if;
  if v.strikes >= 5 and exists (select from app.erp_circuit where state = 'CLOSED' and last_ok_at >= v.next_attempt_at) then
    v_settled := jobs.settle_sync(p_order, p_ticket, 'ERROR', '{"documents": [], "total": null, "lines": [], "credit": null, "message": null}',
      '{"total": 0, "lines": [], "credit": null}', p_error, true);
    update app.erp_pushes set posted_at = null, unsure_until = null where order_id = p_order and p_unsent and v_settled;
    return v_settled;
  end if;
  update app.erp_pushes set last_error = left(p_error, 300), strikes = strikes + 1, lease_until = null, next_attempt_at = now() + make_interval(secs => p_seconds),
    unsure_until = case when not p_unsent then unsure_until end, posted_at = case when not p_unsent then posted_at end
   where order_id = p_order and ticket = p_ticket and done_at is null;
  return found;
end $$;

-- A claim given back: the breaker opened, or the process stops, before anything was asked or sent.
create function jobs.release_sync(p_order bigint, p_ticket bigint, p_unsent boolean default false) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update app.erp_pushes set attempts = attempts - 1, lease_until = null,
         unsure_until = case when not p_unsent then unsure_until end, posted_at = case when not p_unsent then posted_at end
   where order_id = p_order and ticket = p_ticket and done_at is null
$$;

-- A person has to stop it in the ERP.
create function private.stop_in_erp(p_order bigint, p_documents text[]) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select private.open_task('STOP_ORDER_IN_ERP', 'stop-in-erp/' || o.number, o.number, o.id, null, interval '1 hour', jsonb_build_object('document', coalesce(nullif(array_to_string(p_documents, ', '), ''), '?')))
    from app.orders o where o.id = p_order
$$;

-- Tells the store's owner what became of an order that waited, once: p_outcome CONFIRMED or a resolution.
create function private.tell_reconciled(p_order bigint, p_outcome text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select private.notify_owner(o.partner_id, 'ORDER_RECONCILED', 'reconciled/' || o.number, jsonb_build_object(
           'store', p.name, 'order', o.number, 'outcome', p_outcome, 'total', o.total, 'path', '/orders/' || o.number))
    from app.orders o join app.partners p on p.id = o.partner_id where o.id = p_order
$$;

-- What ends before it got to the ERP never gets there, whoever ends it; what may have got there, by us or by hand, is looked up, and what is
-- there has to be stopped there. Who is keying it in this moment has his half hour: it is looked up at once, and not called absent before that.
create function private.end_sync() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.erp_pushes; v_keying boolean;
begin
  select * into v from app.erp_pushes where order_id = new.id for update;
  if not found then return null; end if;
  v_keying := coalesce(v.keyed_ticket = v.ticket and v.lease_until > now(), false);
  if new.sync_status = 'SYNCED' then
    perform private.stop_in_erp(new.id, array[new.erp_document]);
  elsif v.done_at is null and v.posted_at is null and v.keyed_at is null then
    update app.erp_pushes set done_at = now(), ticket = ticket + 1, lease_until = null, last_error = 'dibatalkan sebelum dikirim ke ERP' where order_id = new.id;
    update app.orders set sync_status = 'FAILED', sync_error = 'dibatalkan sebelum dikirim ke ERP' where id = new.id;
  elsif v.done_at is null or new.sync_status = 'FAILED' then
    update app.erp_pushes set look_up_only = true, done_at = null, next_attempt_at = now(), lease_until = case when not v_keying then lease_until end,
           unsure_until = case when v_keying then greatest(unsure_until, lease_until) else unsure_until end where order_id = new.id;
  end if;
  update app.reconcile_results set resolution = 'CANCEL', resolved_at = now(), resolved_by = coalesce((select code from app.accounts where id = private.viewer_id()), 'SYSTEM')
   where order_id = new.id and resolved_at is null and result <> 'CONFIRMED';
  return null;
end $$;
create trigger ended_sync after update of status on app.orders
  for each row when (new.status in ('REJECTED', 'CANCELLED') and old.status is distinct from new.status) execute function private.end_sync();

-- Nothing leaves the house before the desk has decided about it.
create function private.desk_first() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from app.reconcile_results where order_id = new.id and resolved_at is null and result <> 'CONFIRMED') then
    perform private.refuse('STALE', 'the reconciliation desk has not decided', jsonb_build_object('status', old.status, 'desk', true));
  end if;
  return new;
end $$;
create trigger desk_first before update of status on app.orders
  for each row when (new.status = 'SHIPPED' and old.status is distinct from new.status) execute function private.desk_first();

grant execute on function jobs.claim_sync, jobs.begin_post, jobs.settle_sync, jobs.defer_sync, jobs.release_sync to worker;

-- Reconcile_Orders by command or from the desk: what waits now becomes a run. Returns {ref, total}.
create function jobs.begin_reconcile(p_actor text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_run bigint := private.begin_reconcile('COMMAND', p_actor);
begin
  perform private.audit('RECONCILE_STARTED', 'reconcile', ref, jsonb_build_object('total', total)) from app.reconcile_runs where id = v_run;
  return (select jsonb_build_object('ref', ref, 'total', total) from app.reconcile_runs where id = v_run);
end $$;
grant execute on function jobs.begin_reconcile to worker;

-- Errors: 28000, DNIED for all but admins.
create function app.begin_reconcile() returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_ref text;
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'ADMIN' then perform private.refuse('DNIED', 'only an admin reconciles'); end if;
  select r.ref into v_ref from app.reconcile_runs r
   where r.id = private.begin_reconcile('DESK', (select code from app.accounts where id = private.viewer_id()));
  perform private.audit('RECONCILE_STARTED', 'reconcile', v_ref);
  return v_ref;
end $$;
grant execute on function app.begin_reconcile to authenticated;

-- As before; what becomes of its way to the ERP is said above, for whatever ends an order.
create or replace function app.resolve_dispute(p_number text, p_outcome text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.orders; v_dispute app.disputes; v_me app.accounts; v_salesman text; v_note text := btrim(coalesce(p_note, ''));
begin
  perform private.assert_alive();
  select * into v_me from app.accounts where id = private.viewer_id();
  if v_me.role is distinct from 'ADMIN' then perform private.refuse('DNIED', 'only an admin decides'); end if;
  if p_outcome is null or p_outcome not in ('OWNER_AGREES', 'MISTAKE', 'ABUSE') then
    perform private.refuse('INVAL', 'no such outcome', '{"field":"outcome"}');
  end if;
  if length(v_note) not between 3 and 300 then perform private.refuse('INVAL', 'a note is needed', '{"field":"note"}'); end if;
  select a.code into v_salesman from app.orders o join app.disputes d on d.order_id = o.id join app.accounts a on a.id = d.salesman_id
   where o.number = p_number for no key update of a;
  if not found then perform private.refuse('NTFND', 'no such dispute'); end if;
  select * into v from app.orders where number = p_number for update;
  select * into v_dispute from app.disputes where order_id = v.id;
  if v_dispute.outcome = p_outcome then return; end if;
  if v_dispute.outcome is not null then
    perform private.refuse('STALE', 'already decided', jsonb_build_object('outcome', v_dispute.outcome));
  end if;

  update app.disputes set outcome = p_outcome, resolution_note = v_note, resolved_at = now(), resolved_by = v_me.code where order_id = v.id;
  if p_outcome = 'OWNER_AGREES' then
    perform private.release_order(v.id, 'DISPUTED', v_me.name, v_note);
  elsif 'CANCELLED' = any (private.next_statuses(v.status)) then
    -- It stays held, so that a task to stop it in the ERP goes on.
    perform app.move_order(v.number, 'CANCELLED', v_note);
  end if;
  insert into app.order_events (order_id, kind, actor, detail)
    values (v.id, 'DISPUTE_RESOLVED', v_me.name, jsonb_build_object('outcome', p_outcome, 'note', v_note));
  perform private.finish_task('dispute/' || v.number, v_note);
  perform private.audit('DISPUTE_RESOLVED', 'order', v.number, jsonb_build_object('outcome', p_outcome), v_salesman,
    jsonb_build_object('status', v.status, 'held', v.held),
    (select jsonb_build_object('status', o.status, 'held', o.held) from app.orders o where o.id = v.id));
  perform private.settle_incident(v_dispute.incident_id, v_me.code, jsonb_build_object('order', v.number, 'outcome', p_outcome), v_note);
  perform private.notify_owner(v.partner_id, 'DISPUTE_RESOLVED', 'dispute-resolved/' || v.number, jsonb_build_object(
    'store', (select name from app.partners where id = v.partner_id), 'order', v.number, 'outcome', p_outcome, 'note', v_note,
    'cancelled', case when (select status from app.orders where id = v.id) = 'CANCELLED' then 'yes' else 'no' end));
end $$;
