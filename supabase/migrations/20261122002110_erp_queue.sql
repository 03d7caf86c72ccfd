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
