-- Reconciliation: what we assumed of an order, what the ERP said, and what a person made of the difference.
--
-- A run (Reconcile_Orders) is a mark on the orders that waited; its progress is the number of them that are settled,
-- so it goes on wherever it stopped. The breaker begins it when the ERP is back, or a command, or an admin on its
-- page. What came out of the comparison waits (app.reconcile_results) until a person has decided what becomes of an
-- order of which the ERP says something else than we assumed.
--
-- A result is written where the worker settles an order (73-erp-queue.sql), by staff (76-reconcile-decisions.sql), and
-- when an order ends (55-orders.sql). Staff reads, admins decide.
-- Locks: the order, its sync, stock rows by product id, the run last; a decision that touches stock touches no run.

create sequence app.reconcile_numbers;

create table app.reconcile_runs (
  id          bigint generated always as identity primary key,
  ref         text not null unique check (ref ~ '^REC-[0-9]{4}-[0-9]{5,9}$'),
  started_by  text not null check (started_by in ('BREAKER', 'COMMAND', 'ADMIN')),
  actor       text not null,
  started_at  timestamptz not null default now(),
  total       integer not null default 0 check (total >= 0),
  finished_at timestamptz
);
comment on table app.reconcile_runs is
  'Each run of Reconcile_Orders. One at a time; what is added while it runs joins it.';
create unique index reconcile_one_open on app.reconcile_runs ((true)) where finished_at is null;

call private.for_staff(array['reconcile_runs']);

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
  'What we assumed of an order, what the ERP said, the difference, and what a person made of it. '
  'The latest comparison of each order; CONFIRMED needs nobody.';
create index reconcile_open on app.reconcile_results (checked_at, order_id)
  where resolved_at is null and result <> 'CONFIRMED';
create index on app.reconcile_results (run_id, result);
create index reconcile_open_by_result on app.reconcile_results (result, checked_at, order_id)
  where resolved_at is null and result <> 'CONFIRMED';
create index reconcile_decided on app.reconcile_results (resolved_at desc, order_id desc)
  where resolved_at is not null;
create index reconcile_confirmed on app.reconcile_results (checked_at desc, order_id desc)
  where resolved_at is null and result = 'CONFIRMED';

call private.for_staff(array['reconcile_results']);

-- A run: what waits is marked, and the run is over when none of it is under way any more.

-- Begins Reconcile_Orders, or adds what waits now to the run under way: every order that the ERP has not got, and those
-- that it could not take for reasons that pass. Held orders wait for their release. Returns the run; null when nothing
-- waited and nobody asked.
create function private.begin_reconcile(p_by text, p_actor text) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_run bigint; v_count integer; v_order bigint;
begin
  loop
    select id into v_run from app.reconcile_runs where finished_at is null for no key update;
    exit when found;
    if p_by = 'BREAKER' and not exists (select from app.erp_syncs where done_at is null)
       and not exists (select from app.reconcile_results where retriable and resolved_at is null) then
      return null;
    end if;
    insert into app.reconcile_runs (ref, started_by, actor)
      select 'REC-' || to_char(now() at time zone 'Asia/Jakarta', 'YYYY') || '-'
               || lpad(n::text, greatest(5, length(n::text)), '0'),
             p_by, p_actor
        from nextval('app.reconcile_numbers') as n
      on conflict ((true)) where finished_at is null do nothing
      returning id into v_run;
    exit when found;
  end loop;
  -- Nothing is waited for under the run's lock: what is locked is being settled this very moment.
  for v_order in
    select o.id from app.reconcile_results r join app.orders o on o.id = r.order_id
     where r.retriable and r.resolved_at is null
     order by o.id for update of o skip locked
  loop
    perform private.retry_order(v_order);
  end loop;
  with waiting as (
    select u.order_id, u.run_id is distinct from v_run as joins
      from app.erp_syncs u join app.orders o on o.id = u.order_id
     where u.done_at is null and (u.look_up_only or not o.held)
     order by u.order_id for update of u skip locked),
  joined as (
    update app.erp_syncs u set run_id = v_run, next_attempt_at = least(u.next_attempt_at, now())
      from waiting w
     where u.order_id = w.order_id
    returning w.joins)
  select count(*) filter (where joins) into v_count from joined;
  update app.reconcile_runs set total = total + v_count where id = v_run;
  perform private.finish_reconcile(v_run);
  perform private.enqueue('order.placed.sync', '{"orderId": 1}');
  return v_run;
end $$;

-- A run is over when none of its orders is under way any more. Its row is the last lock of all: a transaction that goes
-- on to other orders does not call this, and the next claim that finds nothing due does it instead.
create function private.finish_reconcile(p_run bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- The lock first, so that of two last ones the second sees the first. Not the key: each result that names the run
  -- holds that.
  perform from app.reconcile_runs where id = p_run and finished_at is null for no key update;
  if not found then return; end if;
  if not exists (
    select from app.erp_syncs u join app.orders o on o.id = u.order_id
     where u.run_id = p_run and u.done_at is null and (u.look_up_only or not o.held)) then
    update app.reconcile_runs set finished_at = now() where id = p_run;
  end if;
end $$;

-- Reconcile_Orders by command: what waits becomes a run. Returns {ref, total}.
create function jobs.begin_reconcile(p_actor text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_run bigint := private.begin_reconcile('COMMAND', p_actor);
begin
  perform private.audit('RECONCILE_STARTED', 'reconcile', ref, jsonb_build_object('total', total))
    from app.reconcile_runs where id = v_run;
  return (select jsonb_build_object('ref', ref, 'total', total) from app.reconcile_runs where id = v_run);
end $$;
grant execute on function jobs.begin_reconcile to worker;

-- The same by an admin on its page. Returns the run's ref. Errors: 28000, DENIED for all but admins.
create function app.begin_reconcile() returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_run bigint; v_ref text;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin reconciles');
  v_run := private.begin_reconcile('ADMIN', (select code from app.accounts where id = private.viewer_id()));
  select ref into v_ref from app.reconcile_runs where id = v_run;
  perform private.audit('RECONCILE_STARTED', 'reconcile', v_ref);
  return v_ref;
end $$;
grant execute on function app.begin_reconcile to authenticated;

-- What Reconcile_Orders would work on now, by order after p_after: `order` as jobs.claim_sync gives it, `ended` for
-- one that is only looked up, `error` for one that was put back by staff because its reason may have passed,
-- `gap_ms` the pace. Changes nothing.
create function jobs.list_waiting(p_after bigint, p_limit integer)
returns table (order_id bigint, ended boolean, gap_ms integer, error text, "order" jsonb)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.id, u.look_up_only, (1000 / private.number_setting('erp.sync_per_second'))::integer, r.error,
         private.order_to_sync(o.id)
    from app.erp_syncs u join app.orders o on o.id = u.order_id
    left join app.reconcile_results r
      on r.order_id = o.id and r.retriable and r.resolved_at is null and u.done_at is not null
   where u.order_id > p_after and (u.done_at is null and (u.look_up_only or not o.held) or r.order_id is not null)
   order by u.order_id limit least(p_limit, 200)
$$;
grant execute on function jobs.list_waiting to worker;

-- How far a run is: {total, left, finished, circuit, results: {RESULT: n},
-- open: [{number, result, error, difference}]}, of `open` the first 50.
create function jobs.read_reconcile(p_ref text) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object(
           'total', r.total,
           'finished', r.finished_at is not null,
           'circuit', (select state from app.erp_circuit),
           'left', (
             select count(*) from app.erp_syncs u join app.orders o on o.id = u.order_id
              where u.run_id = r.id and u.done_at is null and (u.look_up_only or not o.held)),
           'results', (
             select coalesce(jsonb_object_agg(g.result, g.n), '{}')
               from (select x.result, count(*) as n from app.reconcile_results x
                      where x.run_id = r.id group by x.result) g),
           'open', (
             select coalesce(jsonb_agg(to_jsonb(f)), '[]')
               from (select o.number, x.result, x.error, x.difference
                       from app.reconcile_results x join app.orders o on o.id = x.order_id
                      where x.run_id = r.id and x.result <> 'CONFIRMED' and x.resolved_at is null
                      order by x.checked_at, x.order_id limit 50) f))
    from app.reconcile_runs r where r.ref = p_ref
$$;
grant execute on function jobs.read_reconcile to worker;

-- What a comparison leaves behind: its record, a task in the ERP, word to the store.

-- Does a result wait for a person? Not where there is none.
create function private.is_undecided(p_result app.reconcile_results) returns boolean
language sql immutable
return coalesce(p_result.resolved_at is null and p_result.result <> 'CONFIRMED', false);

-- The documents that an ERP's answer names.
create function private.erp_documents(p_erp jsonb) returns text[]
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  return array(select jsonb_array_elements_text(coalesce(p_erp -> 'documents', '[]')));
end $$;

-- What an order assumed when it was placed, as its page shows it.
create function private.assumed(p_order bigint) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object(
           'total', o.total, 'light', o.credit_light, 'credit', o.credit_inputs, 'degraded', o.degraded,
           'stockSnapshot', o.stock_snapshot_id,
           'stockAsOf', (select r.as_of from app.feed_runs r where r.id = o.stock_snapshot_id),
           'lines', (
             select coalesce(jsonb_agg(jsonb_build_object(
                      'sku', l.sku, 'name', l.name, 'quantity', l.quantity, 'preorder', l.preorder,
                      'available', l.available, 'unitPrice', l.unit_price) order by l.line_no), '[]')
               from app.order_lines l where l.order_id = o.id))
    from app.orders o where o.id = p_order
$$;

-- A person has to stop it in the ERP.
create function private.stop_in_erp(p_order bigint, p_documents text[]) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select private.open_task('STOP_ORDER_IN_ERP', 'stop-in-erp/' || o.number, o.number, o.id, null, interval '1 hour',
           jsonb_build_object('document', coalesce(nullif(array_to_string(p_documents, ', '), ''), '?')))
    from app.orders o where o.id = p_order
$$;

-- Tells the store's owner what became of an order that waited, once: p_outcome CONFIRMED or a resolution.
create function private.tell_reconciled(p_order bigint, p_outcome text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select private.notify_owner(o.partner_id, 'ORDER_RECONCILED', 'reconciled/' || o.number, jsonb_build_object(
           'store', p.name, 'order', o.number, 'outcome', p_outcome, 'total', o.total, 'path', '/orders/' || o.number,
           -- That the goods are there is not yet that staff lets it go.
           'approval', case
             when o.credit_light = 'AMBER' and o.status in ('SUBMITTED', 'PROCESSING') then 'waits'
             else 'none' end), o.id)
    from app.orders o join app.partners p on p.id = o.partner_id where o.id = p_order
$$;
