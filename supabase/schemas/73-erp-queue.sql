-- The queue: an order's way to the ERP, in five steps: claim, begin to send, settle, defer, give back.
--
-- An order is claimed in turn at the set rate, looked up by our number, created if absent, compared, settled
-- (app.erp_syncs); what came out of the comparison waits for a decision of staff (76-reconcile-decisions.sql). A lease
-- and a ticket say whose turn it is: whoever has lost his has no say any more. Once an order may have been sent, only a
-- look-up tells whether it arrived. The worker writes, by the functions of `jobs`; staff reads.
-- Locks: an order, then its sync, as everywhere, and a run of Reconcile_Orders last.

create table app.erp_syncs (
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
  run_id          bigint references app.reconcile_runs on delete restrict,
  -- The request that it comes of: private.request_id.
  request_id      text not null default private.request_id() check (request_id ~ '^[0-9a-f]{32}$')
);
comment on table app.erp_syncs is
  'An order on its way to the ERP. Apart from the order, so that a retry never touches what people read.';
comment on column app.erp_syncs.posted_at is
  'We began to send it then; whether it arrived, only a look-up by its number can tell. '
  'Null again when surely nothing of it was sent.';
comment on column app.erp_syncs.unsure_until is
  'Until then what we sent may still arrive there: that it is not found says nothing yet, and it is not sent again.';
comment on column app.erp_syncs.keyed_ticket is
  'keyed_by took it out of the queue to key it in by hand; so while the ticket is still this one and its lease lasts.';
comment on column app.erp_syncs.keyed_at is
  'A person took it to key it in by hand; whether he did, only a look-up can tell. '
  'Never cleared: not by its half hour, nor by giving it back.';
comment on column app.erp_syncs.look_up_only is
  'The order ended while it may have been on its way: see whether the ERP has it, never create it.';
create index erp_syncs_due on app.erp_syncs (next_attempt_at) where done_at is null;
create index erp_syncs_run on app.erp_syncs (run_id) where done_at is null;

call private.for_staff(array['erp_syncs']);

create table private.erp_pace (
  one       boolean primary key default true check (one),
  next_slot timestamptz not null default now()
);
comment on table private.erp_pace is 'When the next order may go to the ERP: one rate for all processes.';

alter table private.erp_pace enable row level security;
insert into private.erp_pace default values;

-- Back into the queue, from the first try on. Locks: the order, then its sync, as everywhere.
create function private.retry_order(p_order bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from app.orders
    where id = p_order and status not in ('REJECTED', 'CANCELLED') and sync_status <> 'SYNCED' for update;
  if not found then return; end if;
  update app.erp_syncs set done_at = null, next_attempt_at = now(), lease_until = null, ticket = ticket + 1,
         strikes = 0, last_error = null
   where order_id = p_order and done_at is not null;
  update app.orders set sync_status = 'PENDING_SYNC', sync_error = null where id = p_order and sync_status = 'FAILED';
end $$;

-- An order that is to go to the ERP; `preorder` pieces of a line need not be there yet. Its names in the ERP are
-- jobs/erp/mapper.ts's to know.
create function private.order_to_sync(p_order bigint) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object(
           'number', o.number, 'partner', s.code, 'placedAt', o.created_at, 'total', o.total,
           'credit', o.credit_light,
           'lines', (
             select jsonb_agg(jsonb_build_object(
                      'sku', l.sku, 'quantity', l.quantity, 'preorder', l.preorder, 'unitPrice', l.unit_price)
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
  "order" jsonb, request_id text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare v_gap interval; v_next timestamptz; v_now timestamptz; v_room integer := p_limit; v_count integer;
begin
  perform from app.erp_circuit where state = 'CLOSED';
  if not found or private.maintenance_mode() <> 'OFF' then return; end if;
  select next_slot into v_next from private.erp_pace for update;
  v_now := clock_timestamp();
  -- Slots are handed out a second ahead, two at the slowest rate: one further off was written before our clock was set
  -- back.
  v_next := case when v_next > v_now + interval '10 seconds' then v_now else greatest(v_next, v_now) end;
  if p_paced then
    v_gap := interval '1 second' / private.number_setting('erp.sync_per_second')::double precision;
    v_room := least(p_limit,
      floor(extract(epoch from v_now + interval '1 second' - v_next) / extract(epoch from v_gap))::integer + 1);
    if v_next > v_now + interval '1 second' then return; end if;
  end if;
  return query
    with due as (
      select u.order_id from app.erp_syncs u
       where u.done_at is null and u.next_attempt_at <= v_now and (u.lease_until is null or u.lease_until <= v_now)
         and (u.look_up_only or not (select h.held from app.orders h where h.id = u.order_id))
       order by u.next_attempt_at, u.order_id limit v_room for update skip locked),
    taken as (
      update app.erp_syncs u set attempts = u.attempts + 1, ticket = u.ticket + 1,
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
           private.order_to_sync(o.id), t.request_id
      from taken t join app.orders o on o.id = t.order_id
     order by o.id;
  get diagnostics v_count = row_count;
  if p_paced and v_count > 0 then update private.erp_pace set next_slot = v_next + v_gap * v_count; end if;
  if v_count = 0 then perform private.finish_reconcile(id) from app.reconcile_runs where finished_at is null; end if;
end $$;
grant execute on function jobs.claim_sync to worker;

-- When an order was claimed: what a look-up under that claim said is no older.
create function private.claimed_at(p_sync app.erp_syncs) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(p_sync.lease_until - interval '1 minute', '-infinity')
$$;

-- The last question before the order is sent: is it still ours to send (lease, breaker, the order itself), and is what
-- was sent before surely over, and was so already when this claim looked it up? From true on it may arrive for twenty
-- seconds: five times the patience of one call.
create function jobs.begin_post(p_order bigint, p_ticket bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.erp_syncs; v_now timestamptz; v_free boolean;
begin
  perform from app.orders where id = p_order and not held and status not in ('REJECTED', 'CANCELLED') for share;
  v_free := found;
  select * into v from app.erp_syncs where order_id = p_order and ticket = p_ticket and done_at is null for update;
  v_now := clock_timestamp();
  if not found or coalesce(v.lease_until <= v_now, true) then return false; end if;
  if not v_free or v.look_up_only or v.unsure_until > private.claimed_at(v)
     or (select state from app.erp_circuit) <> 'CLOSED' then
    update app.erp_syncs set lease_until = null, next_attempt_at = greatest(next_attempt_at, unsure_until)
     where order_id = p_order;
    return false;
  end if;
  update app.erp_syncs set posted_at = v_now, unsure_until = v_now + interval '20 seconds',
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
      values (p_order, 'SYNCED', 'SYSTEM', jsonb_build_object('document', p_document));
    return;
  end if;
  update app.orders set sync_status = 'FAILED',
         sync_error = case p_result when 'ABSENT' then 'CANCELLED_ABSENT' else p_result end
   where id = p_order and sync_status <> 'SYNCED';
  if p_result <> 'ABSENT' then
    insert into app.order_events (order_id, kind, actor) values (p_order, 'SYNC_FAILED', 'SYSTEM');
  end if;
end $$;

-- Keeps a comparison, in place of the one before it; what is not confirmed by it is up for a decision.
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
      values (p_order.id, 'RECONCILE_OPEN', 'SYSTEM', jsonb_build_object('result', p_result));
  end if;
end $$;

-- The ERP has spoken about an order. p_result as in reconcile_results, or ABSENT for one that has ended and never
-- arrived. p_erp: {documents: [text], total, lines: [{sku, confirmed, unitPrice}], credit: {ok, message}, message};
-- p_difference: see jobs/erp/compare.ts. p_retriable: the ERP said nothing about it in the end, so what was sent may
-- still arrive there. The words of an ERP are staff's: they stay at the sync and at the decision, and out of what
-- stores read. False: the lease was lost, and somebody else's word counts; or what was sent may still arrive, and it is
-- looked up once more.
create function jobs.settle_sync(p_order bigint, p_ticket bigint, p_result text, p_erp jsonb, p_difference jsonb,
  p_error text, p_retriable boolean default false) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.orders; v_sync app.erp_syncs; v_documents text[]; v_ended boolean; v_settled boolean; v_other text;
  v_error text := left(p_error, 300);
begin
  select * into v from app.orders where id = p_order for update;
  select * into v_sync from app.erp_syncs
   where order_id = p_order and ticket = p_ticket and done_at is null for update;
  if not found then return false; end if;
  perform private.go_on_for(v_sync.request_id);
  if p_result = 'ABSENT' and v_sync.unsure_until > private.claimed_at(v_sync) then
    update app.erp_syncs set lease_until = null, next_attempt_at = unsure_until where order_id = p_order;
    return false;
  end if;
  v_documents := private.erp_documents(p_erp);
  v_ended := v.status in ('REJECTED', 'CANCELLED');
  select o.number into v_other from app.orders o
   where upper(o.erp_document) = upper(v_documents[1]) and o.id <> p_order;
  if found and p_result <> 'DUPLICATE' then
    p_result := 'ERROR';
    v_error := format('DOCUMENT_TAKEN %s %s', v_documents[1], v_other);
  end if;
  update app.erp_syncs set done_at = now(), last_error = v_error, lease_until = null,
         unsure_until = case when p_retriable then unsure_until end
   where order_id = p_order;
  v_settled := v_other is null
    and (p_result in ('CONFIRMED', 'SHORT', 'CREDIT_FAILED') or v_ended and cardinality(v_documents) = 1);
  perform private.mark_synced(p_order, v_settled, v_documents[1], p_result);
  if v_ended then
    -- Not told in the end whether it is there: somebody has to look.
    if cardinality(v_documents) > 0 or p_retriable then perform private.stop_in_erp(p_order, v_documents); end if;
  elsif p_result <> 'CONFIRMED' or v_sync.run_id is not null or v.degraded then
    perform private.note_comparison(v, v_sync.run_id, p_result, p_erp, p_difference, v_error, p_retriable);
  end if;
  -- Its page promised word: to whoever ordered under the banner, and while it was up for a decision.
  if p_result = 'CONFIRMED' and not v_ended and (v.degraded or exists (
       select from app.order_events e where e.order_id = p_order and e.kind = 'RECONCILE_OPEN')) then
    perform private.tell_reconciled(p_order, 'CONFIRMED');
  end if;
  perform private.finish_reconcile(v_sync.run_id);
  return true;
end $$;
grant execute on function jobs.settle_sync to worker;

-- The ERP did not answer about this order: again after p_seconds. Six times, while it answers about others: it is this
-- order, and a person decides. p_unsent: surely nothing of what this claim began to send was taken there. What an
-- earlier one sent was looked up before.
create function jobs.defer_sync(p_order bigint, p_ticket bigint, p_error text, p_seconds integer,
  p_unsent boolean default false) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.erp_syncs; v_settled boolean;
begin
  select * into v from app.erp_syncs where order_id = p_order and ticket = p_ticket and done_at is null;
  if not found then return false; end if;
  if v.strikes >= 5
     and exists (select from app.erp_circuit where state = 'CLOSED' and last_ok_at >= v.next_attempt_at) then
    v_settled := jobs.settle_sync(p_order, p_ticket, 'ERROR',
      '{"documents": [], "total": null, "lines": [], "credit": null, "message": null}',
      '{"total": 0, "lines": [], "credit": null}', p_error, true);
    update app.erp_syncs set posted_at = null, unsure_until = null where order_id = p_order and p_unsent and v_settled;
    return v_settled;
  end if;
  update app.erp_syncs set last_error = left(p_error, 300), strikes = strikes + 1, lease_until = null,
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
  update app.erp_syncs set attempts = attempts - 1, lease_until = null,
         unsure_until = case when not p_unsent then unsure_until end,
         posted_at = case when not p_unsent then posted_at end
   where order_id = p_order and ticket = p_ticket and done_at is null
$$;
grant execute on function jobs.release_sync to worker;

-- Mails and orders not delivered yet: for whoever watches (docs/operations.md).
create function jobs.pending_counts() returns table (alerts bigint, syncs bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (select count(*) from app.shadow_alerts where state = 'PENDING'),
         (select count(*) from app.erp_syncs where done_at is null)
$$;
grant execute on function jobs.pending_counts to worker;
