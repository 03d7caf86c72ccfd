-- Reconciliation: what we assumed of an order, what the ERP said, and what a person made of the difference.
--
-- A run (Reconcile_Orders) is a mark on the orders that waited; its progress is the number of them that are settled,
-- so it goes on wherever it stopped. The breaker begins it when the ERP is back, or a command, or an admin at the desk.
-- What came out of the comparison waits on the desk (app.reconcile_results) until a person has decided what becomes of
-- an order of which the ERP says something else than we assumed. Which decisions are possible is asked of one function,
-- private.reconcile_outlook, by the page (to offer them) and by the command (to obey them).
--
-- A result is written where the worker settles an order (72-erp.sql), by the desk, and when an order ends
-- (55-orders.sql). Staff reads, admins decide.
-- Locks: the order, its push, stock rows by product id, the run last; a decision that touches stock touches no run.

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
comment on table app.reconcile_runs is
  'Each run of Reconcile_Orders. One at a time; what is added while it runs joins it.';
create unique index reconcile_one_open on app.reconcile_runs ((true)) where finished_at is null;

alter table app.reconcile_runs enable row level security;
create policy live_session on app.reconcile_runs as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy staff_reads on app.reconcile_runs for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.reconcile_runs to authenticated;

create trigger _030_not_deleted before delete on app.reconcile_runs for each statement execute function private.keep();
create trigger _040_not_truncated before truncate on app.reconcile_runs for each statement
  execute function private.keep();
alter table app.reconcile_runs enable always trigger _030_not_deleted;
alter table app.reconcile_runs enable always trigger _040_not_truncated;

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

alter table app.reconcile_results enable row level security;
create policy live_session on app.reconcile_results as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy staff_reads on app.reconcile_results for select to authenticated
  using ((select private.viewer_is_staff()));
grant select on app.reconcile_results to authenticated;

create trigger _030_not_deleted before delete on app.reconcile_results for each statement
  execute function private.keep();
create trigger _040_not_truncated before truncate on app.reconcile_results for each statement
  execute function private.keep();
alter table app.reconcile_results enable always trigger _030_not_deleted;
alter table app.reconcile_results enable always trigger _040_not_truncated;

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
    if p_by = 'BREAKER' and not exists (select from app.erp_pushes where done_at is null)
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
      from app.erp_pushes u join app.orders o on o.id = u.order_id
     where u.done_at is null and (u.look_up_only or not o.held)
     order by u.order_id for update of u skip locked),
  joined as (
    update app.erp_pushes u set run_id = v_run, next_attempt_at = least(u.next_attempt_at, now())
      from waiting w
     where u.order_id = w.order_id
    returning w.joins)
  select count(*) filter (where joins) into v_count from joined;
  update app.reconcile_runs set total = total + v_count where id = v_run;
  perform private.finish_reconcile(v_run);
  perform private.enqueue('order.placed.push', '{"orderId": 1}');
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
    select from app.erp_pushes u join app.orders o on o.id = u.order_id
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

-- The same from the desk. Returns the run's ref. Errors: 28000, DENIED for all but admins.
create function app.begin_reconcile() returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_ref text;
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'ADMIN' then
    perform private.refuse('DENIED', 'only an admin reconciles');
  end if;
  select r.ref into v_ref from app.reconcile_runs r
   where r.id = private.begin_reconcile('DESK', (select code from app.accounts where id = private.viewer_id()));
  perform private.audit('RECONCILE_STARTED', 'reconcile', v_ref);
  return v_ref;
end $$;
grant execute on function app.begin_reconcile to authenticated;

-- What Reconcile_Orders would work on now, by order after p_after: `document` as jobs.claim_sync gives it, `ended` for
-- one that is only looked up, `error` for one that comes back from the desk because its reason may have passed,
-- `gap_ms` the pace. Changes nothing.
create function jobs.list_waiting(p_after bigint, p_limit integer)
returns table (order_id bigint, ended boolean, gap_ms integer, error text, document jsonb)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.id, u.look_up_only, (1000 / private.number_setting('erp.push_per_second'))::integer, r.error,
         private.sync_document(o.id)
    from app.erp_pushes u join app.orders o on o.id = u.order_id
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
             select count(*) from app.erp_pushes u join app.orders o on o.id = u.order_id
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

-- What an order assumed when it was placed, as the desk shows it.
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
           -- That the goods are there is not yet that the office lets it go.
           'approval', case
             when o.credit_light = 'AMBER' and o.status in ('SUBMITTED', 'PROCESSING') then 'waits'
             else 'none' end), o.id)
    from app.orders o join app.partners p on p.id = o.partner_id where o.id = p_order
$$;

-- The desk: what can be decided about an order, and what a decision does.

-- What can be done about an order, and what would come of it. Null for whoever is not staff.
-- {choices, notes (those that need a note), waiting, postedAt, keyedBy, keyedUntil (who keys it in this moment),
-- missing, cut: {total, market, points, paid, lines}, preorder: lines}; a line is {sku, name, from, to}: pieces ordered
-- before and after, or put on pre-order before and after.
create function private.reconcile_outlook(p_order bigint) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.orders; v_push app.erp_pushes; v_result app.reconcile_results; v_documents text[];
  v_open boolean; v_waiting boolean; v_one boolean; v_alterable boolean; v_foreign boolean; v_grave boolean;
  v_choices text[] := '{}';
  v_missing bigint; v_left bigint; v_total bigint; v_market bigint; v_paid bigint; v_cut jsonb; v_preorder jsonb;
begin
  if not private.viewer_is_staff() or private.live_session() is null then return null; end if;
  select * into v from app.orders where id = p_order;
  select * into v_push from app.erp_pushes where order_id = p_order;
  select * into v_result from app.reconcile_results where order_id = p_order;
  v_documents := array(select jsonb_array_elements_text(coalesce(v_result.erp -> 'documents', '[]')));
  v_open := coalesce(v_result.resolved_at is null and v_result.result <> 'CONFIRMED', false);
  v_waiting := v_push.order_id is not null and v_push.done_at is null;
  v_grave := v_open and (v_result.result in ('CREDIT_FAILED', 'ERROR') or v_result.difference ->> 'credit' is not null);
  v_foreign := coalesce(v_result.difference ->> 'partner', '') <> '';
  v_alterable := v.status in ('SUBMITTED', 'PROCESSING', 'APPROVED');
  v_one := v_open and not v_waiting and v_result.result <> 'DUPLICATE' and not v_foreign
    and (v.sync_status = 'SYNCED' or cardinality(v_documents) = 1);

  with said as (
    select d ->> 'sku' as sku, max((d ->> 'missing')::numeric)::integer as missing
      from jsonb_array_elements(coalesce(v_result.difference -> 'lines', '[]')) d
     group by 1),
  lines as (
    select l.*, case
             when v_open then least(greatest(coalesce(s.missing, 0), 0), l.quantity - l.preorder)
             else 0 end as missing
      from app.order_lines l left join said s on s.sku = l.sku
     where l.order_id = p_order)
  select sum(missing), sum(quantity - missing), sum(unit_price * (quantity - missing)),
         sum(market_price * (quantity - missing)),
         coalesce(jsonb_agg(
           jsonb_build_object('sku', sku, 'name', name, 'from', quantity, 'to', quantity - missing) order by line_no)
           filter (where missing > 0), '[]'),
         coalesce(jsonb_agg(
           jsonb_build_object('sku', sku, 'name', name, 'from', preorder, 'to', preorder + missing) order by line_no)
           filter (where missing > 0), '[]')
    into v_missing, v_left, v_total, v_market, v_cut, v_preorder
    from lines;
  v_paid := coalesce((select i.paid from app.invoices i where i.order_id = p_order and i.status <> 'CANCELLED'), 0);

  if v.status not in ('REJECTED', 'CANCELLED') then
    if v_one or v_open and not v_waiting and not v_foreign
       and v_result.result = 'DUPLICATE' and cardinality(v_documents) > 0 then
      v_choices := v_choices || 'ACCEPT'::text;
    end if;
    -- A cut below what has been paid would leave an invoice that owes the store money.
    if v_one and v_alterable and v_missing > 0 and v_left > 0 and (v_paid = 0 or v_paid < v_total) then
      v_choices := v_choices || 'CUT'::text;
    end if;
    if v_one and v_alterable and v_missing > 0 then v_choices := v_choices || 'PREORDER'::text; end if;
    if v_open and not v_waiting and v.sync_status = 'FAILED' then v_choices := v_choices || 'RETRY'::text; end if;
    -- What was sent may have arrived, or still arrive: it is looked up, and not keyed in beside itself.
    if v.sync_status <> 'SYNCED' and not v.held and coalesce(v_push.unsure_until <= now(), true)
       and (v_waiting and v_push.posted_at is null or not v_waiting and v_open and v_result.result <> 'DUPLICATE') then
      v_choices := v_choices || 'KEYED'::text;
    end if;
    if v_open and 'CANCELLED' = any (private.next_statuses(v.status)) then
      v_choices := v_choices || 'CANCEL'::text;
    end if;
  end if;
  return jsonb_build_object(
    'choices', to_jsonb(v_choices),
    'notes', to_jsonb(array['CANCEL', 'KEYED']
      || case when v_grave then array['ACCEPT', 'CUT', 'PREORDER'] else '{}' end),
    'waiting', v_waiting, 'postedAt', case when v_waiting then v_push.posted_at end,
    'missing', coalesce(v_missing, 0), 'preorder', v_preorder,
    'keyedBy', case
      when v_waiting and v_push.keyed_ticket = v_push.ticket and v_push.lease_until > now() then v_push.keyed_by end,
    'keyedUntil', case
      when v_waiting and v_push.keyed_ticket = v_push.ticket and v_push.lease_until > now() then v_push.lease_until end,
    'cut', jsonb_build_object(
      'total', coalesce(v_total, 0), 'market', coalesce(v_market, 0),
      'points', case when v_total > 0 then private.points_for(v.tier, v_total) else 0 end,
      'paid', v_paid, 'lines', v_cut));
end $$;
grant execute on function private.reconcile_outlook to authenticated;

-- An order as the trail keeps it before and after a decision.
create function private.reconcile_state(p_order bigint) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object(
           'status', o.status, 'total', o.total, 'points', o.points, 'sync', o.sync_status,
           'document', private.as_code(o.erp_document),
           'invoice', (select i.amount from app.invoices i where i.order_id = o.id and i.status <> 'CANCELLED'),
           'lines', (
             select jsonb_object_agg(l.sku, jsonb_build_array(l.quantity, l.preorder))
               from app.order_lines l where l.order_id = o.id))
    from app.orders o where o.id = p_order
$$;

-- The order is in the ERP under this number. NUMBER_TAKEN: another order has the number.
create function private.take_document(p_order bigint, p_document text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_other text;
begin
  begin
    update app.orders set sync_status = 'SYNCED', synced_at = coalesce(synced_at, now()), sync_error = null,
           erp_document = p_document
     where id = p_order;
  exception when unique_violation then
    select number into v_other from app.orders where upper(erp_document) = upper(p_document);
    perform private.refuse('NUMBER_TAKEN', facts => jsonb_build_object('number', v_other));
  end;
  insert into app.order_events (order_id, kind, actor, detail)
    values (p_order, 'SYNCED', 'sistem', jsonb_build_object('document', p_document));
end $$;

-- What is missing leaves the order (p_cut) or waits for stock. Held pieces follow, where the live snapshot does not
-- know the order yet.
create function private.give_up_missing(p_order bigint, p_outlook jsonb, p_cut boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from app.product_stock s
    where s.product_id in (select product_id from app.order_lines where order_id = p_order)
    order by s.product_id for update;
  -- Whether the live snapshot knows the order is asked under the lock: a pull that was waited for has changed that.
  update app.product_stock s set held = greatest(s.held - g.pieces, 0)
    from (select l.product_id, (d ->> 'to')::integer - (d ->> 'from')::integer as pieces
            from jsonb_array_elements(p_outlook -> 'preorder') d
            join app.order_lines l on l.order_id = p_order and l.sku = d ->> 'sku') g
   where s.product_id = g.product_id
     and private.holds_stock((select o.synced_at from app.orders o where o.id = p_order), s.figure_as_of);
  if not p_cut then
    update app.order_lines l set preorder = (d ->> 'to')::integer
      from jsonb_array_elements(p_outlook -> 'preorder') d
     where l.order_id = p_order and l.sku = d ->> 'sku';
    return;
  end if;
  delete from app.order_lines l using jsonb_array_elements(p_outlook #> '{cut,lines}') d
    where l.order_id = p_order and l.sku = d ->> 'sku' and (d ->> 'to')::integer = 0;
  update app.order_lines l set quantity = (d ->> 'to')::integer
    from jsonb_array_elements(p_outlook #> '{cut,lines}') d
   where l.order_id = p_order and l.sku = d ->> 'sku';
  update app.orders set total = (p_outlook #>> '{cut,total}')::bigint,
         market_total = (p_outlook #>> '{cut,market}')::bigint,
         points = (p_outlook #>> '{cut,points}')::bigint
   where id = p_order;
  update app.invoices set amount = (p_outlook #>> '{cut,total}')::bigint
   where order_id = p_order and status in ('UNPAID', 'PARTIAL');
end $$;

-- What the ERP's document says otherwise than the order does once it is decided, and nobody but a person can change
-- there, becomes a task: {document, lines: [{sku, name, pieces: {from, to}, price: {from, to}}], total: {from, to},
-- credit: why the ERP refuses it}, each only where it differs; from: as the ERP has it. p_before: the order before the
-- decision, which the comparison was about.
create function private.correct_in_erp(p_order bigint, p_before jsonb, p_difference jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders; v_lines jsonb; v_total bigint;
begin
  select * into v from app.orders where id = p_order;
  v_total := (p_before ->> 'total')::bigint + coalesce((p_difference ->> 'total')::bigint, 0);
  with said as (
    select d ->> 'sku' as sku, coalesce((d ->> 'quantity')::bigint, 0) as more,
           coalesce((d ->> 'price')::bigint, 0) as dearer
      from jsonb_array_elements(coalesce(p_difference -> 'lines', '[]')) d),
  articles as (
    select k.sku, coalesce(l.name, p.name, k.sku) as name,
           l.unit_price as price, l.unit_price + coalesce(s.dearer, 0) as erp_price,
           coalesce(l.quantity, 0) as pieces,
           greatest(coalesce((p_before #>> array['lines', k.sku, '0'])::bigint, 0) + coalesce(s.more, 0), 0)
             as erp_pieces
      from (select jsonb_object_keys(p_before -> 'lines') as sku union select sku from said) k
      left join said s on s.sku = k.sku
      left join app.order_lines l on l.order_id = p_order and l.sku = k.sku
      left join app.products p on p.sku = k.sku)
  select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
           'sku', sku, 'name', name,
           'pieces', case when pieces <> erp_pieces then jsonb_build_object('from', erp_pieces, 'to', pieces) end,
           'price', case when price <> erp_price then jsonb_build_object('from', erp_price, 'to', price) end))
           order by sku), '[]')
    into v_lines
    from articles where pieces <> erp_pieces or price <> erp_price;
  if v_lines = '[]' and v_total = v.total and p_difference ->> 'credit' is null then return; end if;
  perform private.open_task('CORRECT_IN_ERP', 'correct-in-erp/' || v.number, v.number, v.id, null, interval '4 hours',
    jsonb_strip_nulls(jsonb_build_object(
      'document', v.erp_document, 'lines', nullif(v_lines, '[]'), 'credit', p_difference ->> 'credit',
      'total', case when v_total <> v.total then jsonb_build_object('from', v_total, 'to', v.total) end)));
end $$;

-- Decides. p_document: the ERP's number, for KEYED and to choose among several; p_checked_at: the comparison that was
-- looked at, null for an order that still waits. The same decision with the same note and document, by the same admin,
-- changes nothing. Errors: 28000, DENIED for all but admins, NOT_FOUND, RESOLUTION, ERP_NUMBER, REASON_REQUIRED, STALE
-- (compared again, or decided, meanwhile), ON_ITS_WAY (may have arrived in the ERP), NUMBER_TAKEN, PAID_BEYOND (paid
-- beyond the cut).
create function app.resolve_reconciliation(p_number text, p_resolution text, p_document text, p_note text,
  p_checked_at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.orders; v_push app.erp_pushes; v_result app.reconcile_results; v_me app.accounts;
  v_outlook jsonb; v_documents text[]; v_open boolean; v_before jsonb;
  v_note text := btrim(coalesce(p_note, '')); v_document text := btrim(coalesce(p_document, ''));
begin
  perform private.assert_alive();
  select * into v_me from app.accounts where id = private.viewer_id();
  if v_me.role is distinct from 'ADMIN' then perform private.refuse('DENIED', 'only an admin decides'); end if;
  if p_resolution is null or p_resolution not in ('ACCEPT', 'CUT', 'PREORDER', 'CANCEL', 'RETRY', 'KEYED') then
    perform private.refuse('RESOLUTION', field => 'resolution');
  end if;
  select * into v from app.orders where number = p_number for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  select * into v_push from app.erp_pushes where order_id = v.id for update;
  select * into v_result from app.reconcile_results where order_id = v.id for update;
  v_open := coalesce(v_result.resolved_at is null and v_result.result <> 'CONFIRMED', false);

  if not v_open and v_result.resolution = p_resolution and v_result.resolved_by = v_me.code
     and (v_result.checked_at = p_checked_at or p_resolution = 'KEYED') and coalesce(v_result.note, '') = v_note
     and (v_document in ('', v.erp_document) or p_resolution not in ('ACCEPT', 'KEYED')) then return; end if;
  if v_open and v_result.checked_at is distinct from p_checked_at or not v_open and v_push.done_at is not null then
    perform private.refuse('STALE', 'compared or decided meanwhile',
      facts => jsonb_build_object('resolution', v_result.resolution, 'by', v_result.resolved_by));
  end if;
  if p_resolution = 'KEYED' and v_push.posted_at is not null
     and (v_push.done_at is null or v_push.unsure_until > now()) then
    perform private.refuse('ON_ITS_WAY', facts => jsonb_build_object('at', v_push.posted_at));
  end if;
  v_outlook := private.reconcile_outlook(v.id);
  if p_resolution = 'CUT'
     and (v_outlook #>> '{cut,paid}')::bigint >= greatest((v_outlook #>> '{cut,total}')::bigint, 1) then
    perform private.refuse('PAID_BEYOND', facts => v_outlook -> 'cut');
  end if;
  if not (v_outlook -> 'choices') ? p_resolution then
    perform private.refuse('STALE', 'not possible as the order stands',
      facts => jsonb_build_object('choices', v_outlook -> 'choices'));
  end if;
  if length(v_note) > 300 or (v_outlook -> 'notes') ? p_resolution and length(v_note) < 3 then
    perform private.refuse('REASON_REQUIRED', field => 'note');
  end if;
  v_documents := array(select jsonb_array_elements_text(coalesce(v_result.erp -> 'documents', '[]')));
  if p_resolution = 'KEYED' and v_document !~ '^[A-Za-z0-9][A-Za-z0-9./_-]{1,39}$'
     or p_resolution = 'ACCEPT' and v_result.result = 'DUPLICATE' and not v_document = any (v_documents) then
    perform private.refuse('ERP_NUMBER', field => 'document');
  end if;

  v_before := private.reconcile_state(v.id);
  if p_resolution = 'CANCEL' then
    perform app.move_order(v.number, 'CANCELLED', v_note);
    -- What it never counted as its own has to be stopped there all the same.
    if v.sync_status <> 'SYNCED' and cardinality(v_documents) > 0 then
      perform private.stop_in_erp(v.id, v_documents);
    end if;
  elsif p_resolution = 'RETRY' then
    perform private.retry_order(v.id);
    perform private.enqueue('order.placed.push', jsonb_build_object('orderId', v.id));
  elsif p_resolution = 'KEYED' then
    perform private.take_document(v.id, v_document);
    -- What the ERP named before stands beside it there. What is another order's own stays.
    v_documents := array(
      select d from unnest(v_documents) d
       where not exists (select from app.orders o where upper(o.erp_document) = upper(d)));
    if cardinality(v_documents) > 0 then perform private.stop_in_erp(v.id, v_documents); end if;
    update app.erp_pushes set done_at = coalesce(done_at, now()), ticket = ticket + 1, lease_until = null,
           last_error = null
     where order_id = v.id;
  else
    if v.sync_status <> 'SYNCED' then
      perform private.take_document(v.id,
        case when v_result.result = 'DUPLICATE' then v_document else v_documents[1] end);
    end if;
    if v_result.result = 'DUPLICATE' and cardinality(v_documents) > 1 then
      perform private.stop_in_erp(v.id, array_remove(v_documents, v_document));
    end if;
    if p_resolution in ('CUT', 'PREORDER') then
      perform private.give_up_missing(v.id, v_outlook, p_resolution = 'CUT');
    end if;
    -- Of several documents the first was compared: nothing is known of the others.
    if v_result.result <> 'DUPLICATE' or v_document = v_documents[1] then
      perform private.correct_in_erp(v.id, v_before, v_result.difference);
    end if;
  end if;

  insert into app.reconcile_results as r (order_id, run_id, result, assumed, erp, difference, resolution, resolved_at,
      resolved_by, note)
    values (v.id, v_push.run_id, 'CONFIRMED', private.assumed(v.id),
      jsonb_build_object('documents', jsonb_build_array(v_document)), '{}', p_resolution, now(), v_me.code,
      nullif(v_note, ''))
    on conflict (order_id) do update set resolution = excluded.resolution, resolved_at = excluded.resolved_at,
      resolved_by = excluded.resolved_by, note = excluded.note;
  insert into app.order_events (order_id, kind, actor, detail)
    values (v.id, 'RECONCILED', v_me.name, jsonb_strip_nulls(jsonb_build_object(
      'resolution', p_resolution,
      'lines', case p_resolution
        when 'CUT' then v_outlook #> '{cut,lines}'
        when 'PREORDER' then v_outlook -> 'preorder' end,
      'total', case p_resolution
        when 'CUT' then jsonb_build_object('from', v.total, 'to', v_outlook #> '{cut,total}') end)));
  perform private.audit('RECONCILE_DECIDED', 'order', v.number,
    jsonb_strip_nulls(jsonb_build_object('resolution', p_resolution, 'result', v_result.result)),
    (select code from app.partners where id = v.partner_id), v_before, private.reconcile_state(v.id),
    -- The next comparison takes the note off its result: here it stays.
    p_words => jsonb_build_object('note', nullif(v_note, '')));
  -- Whoever was told to wait for word (by the banner, or by the order's page while it was on this desk), and whoever's
  -- order is another one now.
  if p_resolution in ('CUT', 'PREORDER', 'CANCEL')
     or (v.degraded or v_open) and p_resolution in ('ACCEPT', 'KEYED') then
    perform private.tell_reconciled(v.id, p_resolution);
  end if;
  if p_resolution = 'KEYED' then perform private.finish_reconcile(v_push.run_id); end if;
end $$;
grant execute on function app.resolve_reconciliation to authenticated;

-- Takes an order that waits out of the queue for half an hour, to key it in by hand: nothing sends it meanwhile. Again:
-- half an hour more. p_release gives it back. Errors: 28000, DENIED for all but admins, NOT_FOUND, ON_ITS_WAY (may have
-- arrived in the ERP), STALE (waits no longer, or another's).
create function app.take_to_key(p_number text, p_release boolean default false) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders; v_push app.erp_pushes; v_code text; v_mine boolean;
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'ADMIN' then
    perform private.refuse('DENIED', 'only an admin keys orders in');
  end if;
  select code into v_code from app.accounts where id = private.viewer_id();
  select * into v from app.orders where number = p_number for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  select * into v_push from app.erp_pushes where order_id = v.id for update;
  if v_push.done_at is not null or v.held or v.status in ('REJECTED', 'CANCELLED') then
    perform private.refuse('STALE', 'it waits no longer');
  end if;
  if v_push.posted_at is not null then
    perform private.refuse('ON_ITS_WAY', facts => jsonb_build_object('at', v_push.posted_at));
  end if;
  v_mine := v_push.keyed_ticket = v_push.ticket and v_push.lease_until > now();
  if v_mine and v_push.keyed_by <> v_code then
    perform private.refuse('STALE', 'another keys it in', facts => jsonb_build_object('by', v_push.keyed_by));
  end if;
  if p_release and not coalesce(v_mine, false) then return; end if;
  -- Another ticket: whoever was about to look it up or send it has lost it, before it was sent.
  update app.erp_pushes set ticket = ticket + 1, keyed_ticket = ticket + 1, keyed_by = v_code,
         keyed_at = coalesce(keyed_at, now()),
         lease_until = case when p_release then null else now() + interval '30 minutes' end
   where order_id = v.id;
  perform private.audit(case when p_release then 'KEYING_RELEASED' else 'KEYING_TAKEN' end, 'order', v.number, '{}',
    (select code from app.partners where id = v.partner_id));
end $$;
grant execute on function app.take_to_key to authenticated;
