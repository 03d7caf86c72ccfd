-- Staff: what can be decided about an order of which the ERP says something else than we assumed, and
-- what a decision does.
--
-- Which decisions are possible is asked of one function, private.reconcile_outlook, by the page (to offer them) and by
-- the command (to obey them). Locks: see 70-reconcile.sql.

-- What an order comes to without the pieces that are missing, or with them on pre-order. p_said: the lines of a
-- difference; null when nothing is missing. `cut` and `preorder`: lines as private.reconcile_outlook gives them. It
-- dissolves into the query that asks (a body bound at creation, no search_path of its own).
create function private.without_missing(p_order bigint, p_said jsonb)
returns table (missing bigint, pieces bigint, total bigint, market bigint, cut jsonb, preorder jsonb)
language sql stable
begin atomic
  with said as (
    select d ->> 'sku' as sku, max((d ->> 'missing')::numeric)::integer as missing
      from jsonb_array_elements(coalesce(p_said, '[]')) d
     group by 1),
  lines as (
    select l.*, least(greatest(coalesce(s.missing, 0), 0), l.quantity - l.preorder) as missing
      from app.order_lines l left join said s on s.sku = l.sku
     where l.order_id = p_order)
  select sum(missing), sum(quantity - missing), sum(unit_price * (quantity - missing))::bigint,
         sum(market_price * (quantity - missing))::bigint,
         coalesce(jsonb_agg(
           jsonb_build_object('sku', sku, 'name', name, 'from', quantity, 'to', quantity - missing) order by line_no)
           filter (where missing > 0), '[]'),
         coalesce(jsonb_agg(
           jsonb_build_object('sku', sku, 'name', name, 'from', preorder, 'to', preorder + missing) order by line_no)
           filter (where missing > 0), '[]')
    from lines;
end;

-- The decisions that are possible. p_missing, p_pieces, p_total: pieces that are missing, and what a cut leaves of the
-- order; p_paid: of its invoice.
create function private.reconcile_choices(p_order app.orders, p_sync app.erp_syncs, p_result app.reconcile_results,
  p_missing bigint, p_pieces bigint, p_total bigint, p_paid bigint) returns text[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_open boolean := private.is_undecided(p_result);
  v_waiting boolean := p_sync.order_id is not null and p_sync.done_at is null;
  v_documents integer := cardinality(private.erp_documents(p_result.erp));
  -- Settled in the ERP or not yet, and this very store's: of one document, or of several.
  v_ours boolean := v_open and not v_waiting and coalesce(p_result.difference ->> 'partner', '') = '';
  v_several boolean := v_ours and p_result.result = 'DUPLICATE' and v_documents > 0;
  v_one boolean := v_ours and p_result.result <> 'DUPLICATE' and (p_order.sync_status = 'SYNCED' or v_documents = 1);
  v_short boolean := v_one and p_order.status in ('SUBMITTED', 'PROCESSING', 'APPROVED') and p_missing > 0;
begin
  if p_order.status in ('REJECTED', 'CANCELLED') then return '{}'; end if;
  return array_remove(array[
    case when v_one or v_several then 'ACCEPT' end,
    -- A cut below what has been paid would leave an invoice that owes the store money.
    case when v_short and p_pieces > 0 and (p_paid = 0 or p_paid < p_total) then 'CUT' end,
    case when v_short then 'PREORDER' end,
    case when v_open and not v_waiting and p_order.sync_status = 'FAILED' then 'RETRY' end,
    -- What was sent may have arrived, or still arrive: it is looked up, and not keyed in beside itself.
    case when p_order.sync_status <> 'SYNCED' and not p_order.held and coalesce(p_sync.unsure_until <= now(), true)
          and (v_waiting and p_sync.posted_at is null
            or not v_waiting and v_open and p_result.result <> 'DUPLICATE') then 'KEYED' end,
    case when v_open and 'CANCELLED' = any (private.next_statuses(p_order.status)) then 'CANCEL' end], null);
end $$;

-- What can be done about an order, and what would come of it. Null for whoever is not staff.
-- {choices, notes (those that need a note), waiting, postedAt, keyedBy, keyedUntil (who keys it in this moment),
-- missing, cut: {total, market, points, paid, lines}, preorder: lines}; a line is {sku, name, from, to}: pieces ordered
-- before and after, or put on pre-order before and after.
create function private.reconcile_outlook(p_order bigint) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.orders; v_sync app.erp_syncs; v_result app.reconcile_results; v_rest record; v_paid bigint;
  v_open boolean; v_waiting boolean; v_grave boolean; v_keying boolean;
begin
  if not private.viewer_is_staff() or private.live_session() is null then return null; end if;
  select * into v from app.orders where id = p_order;
  select * into v_sync from app.erp_syncs where order_id = p_order;
  select * into v_result from app.reconcile_results where order_id = p_order;
  v_open := private.is_undecided(v_result);
  v_waiting := v_sync.order_id is not null and v_sync.done_at is null;
  v_keying := v_waiting and v_sync.keyed_ticket = v_sync.ticket and v_sync.lease_until > now();
  v_grave := v_open and (v_result.result in ('CREDIT_FAILED', 'ERROR') or v_result.difference ->> 'credit' is not null);
  select * into v_rest from private.without_missing(p_order, case when v_open then v_result.difference -> 'lines' end);
  v_paid := coalesce((select i.paid from app.invoices i where i.order_id = p_order and i.status <> 'CANCELLED'), 0);
  return jsonb_build_object(
    'choices', to_jsonb(private.reconcile_choices(v, v_sync, v_result, v_rest.missing, v_rest.pieces, v_rest.total,
                                                  v_paid)),
    'notes', to_jsonb(array['CANCEL', 'KEYED']
      || case when v_grave then array['ACCEPT', 'CUT', 'PREORDER'] else '{}' end),
    'waiting', v_waiting, 'postedAt', case when v_waiting then v_sync.posted_at end,
    'missing', coalesce(v_rest.missing, 0), 'preorder', v_rest.preorder,
    'keyedBy', case when v_keying then v_sync.keyed_by end,
    'keyedUntil', case when v_keying then v_sync.lease_until end,
    'cut', jsonb_build_object(
      'total', coalesce(v_rest.total, 0), 'market', coalesce(v_rest.market, 0),
      'points', case when v_rest.total > 0 then private.points_for(v.tier, v_rest.total) else 0 end,
      'paid', v_paid, 'lines', v_rest.cut));
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
    values (p_order, 'SYNCED', 'SYSTEM', jsonb_build_object('document', p_document));
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

-- Stops a decision about what has been compared or decided meanwhile, or is on its way.
create function private.refuse_overtaken(p_sync app.erp_syncs, p_result app.reconcile_results, p_resolution text,
  p_checked_at timestamptz) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_open boolean := private.is_undecided(p_result);
begin
  if v_open and p_result.checked_at is distinct from p_checked_at or not v_open and p_sync.done_at is not null then
    perform private.refuse('STALE', 'compared or decided meanwhile',
      facts => jsonb_build_object('resolution', p_result.resolution, 'by', p_result.resolved_by));
  end if;
  if p_resolution = 'KEYED' and p_sync.posted_at is not null
     and (p_sync.done_at is null or p_sync.unsure_until > now()) then
    perform private.refuse('ON_ITS_WAY', facts => jsonb_build_object('at', p_sync.posted_at));
  end if;
end $$;

-- Stops a decision that the order does not allow as it stands, or that lacks its note or its document.
create function private.refuse_impossible(p_result app.reconcile_results, p_outlook jsonb, p_resolution text,
  p_document text, p_note text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if p_resolution = 'CUT'
     and (p_outlook #>> '{cut,paid}')::bigint >= greatest((p_outlook #>> '{cut,total}')::bigint, 1) then
    perform private.refuse('PAID_BEYOND', facts => p_outlook -> 'cut');
  end if;
  if not (p_outlook -> 'choices') ? p_resolution then
    perform private.refuse('STALE', 'not possible as the order stands',
      facts => jsonb_build_object('choices', p_outlook -> 'choices'));
  end if;
  perform private.assert_note(p_note, 300, p_needed => (p_outlook -> 'notes') ? p_resolution);
  if p_resolution = 'KEYED' and p_document !~ '^[A-Za-z0-9][A-Za-z0-9./_-]{1,39}$'
     or p_resolution = 'ACCEPT' and p_result.result = 'DUPLICATE'
       and not p_document = any (private.erp_documents(p_result.erp)) then
    perform private.refuse('ERP_NUMBER', field => 'document');
  end if;
end $$;

-- Somebody has keyed the order in: the ERP has it under this number, and nothing is sent any more. What the ERP named
-- before stands beside it there, and is stopped; what is another order's own stays.
create function private.take_keyed(p_order bigint, p_document text, p_named text[]) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_beside text[];
begin
  perform private.take_document(p_order, p_document);
  v_beside := array(
    select d from unnest(p_named) d
     where not exists (select from app.orders o where upper(o.erp_document) = upper(d)));
  if cardinality(v_beside) > 0 then perform private.stop_in_erp(p_order, v_beside); end if;
  update app.erp_syncs set done_at = coalesce(done_at, now()), ticket = ticket + 1, lease_until = null,
         last_error = null
   where order_id = p_order;
end $$;

-- What the ERP has is the order, as it is, cut, or with what is missing on pre-order. p_document: chosen among several,
-- of which the others are stopped. p_before: the order before the decision.
create function private.take_compared(p_order app.orders, p_result app.reconcile_results, p_resolution text,
  p_document text, p_outlook jsonb, p_before jsonb) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_documents text[] := private.erp_documents(p_result.erp); v_several boolean := p_result.result = 'DUPLICATE';
begin
  if p_order.sync_status <> 'SYNCED' then
    perform private.take_document(p_order.id, case when v_several then p_document else v_documents[1] end);
  end if;
  if v_several and cardinality(v_documents) > 1 then
    perform private.stop_in_erp(p_order.id, array_remove(v_documents, p_document));
  end if;
  if p_resolution in ('CUT', 'PREORDER') then
    perform private.give_up_missing(p_order.id, p_outlook, p_resolution = 'CUT');
  end if;
  -- Of several documents the first was compared: nothing is known of the others.
  if not v_several or p_document = v_documents[1] then
    perform private.correct_in_erp(p_order.id, p_before, p_result.difference);
  end if;
end $$;

-- Keeps a decision: on the result, in the order's history and in the trail. p_order, p_result, p_before: as they were
-- before it.
create function private.note_decision(p_order app.orders, p_sync app.erp_syncs, p_result app.reconcile_results,
  p_by app.accounts, p_resolution text, p_document text, p_note text, p_outlook jsonb, p_before jsonb) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.reconcile_results as r (order_id, run_id, result, assumed, erp, difference, resolution, resolved_at,
      resolved_by, note)
    values (p_order.id, p_sync.run_id, 'CONFIRMED', private.assumed(p_order.id),
      jsonb_build_object('documents', jsonb_build_array(p_document)), '{}', p_resolution, now(), p_by.code,
      nullif(p_note, ''))
    on conflict (order_id) do update set resolution = excluded.resolution, resolved_at = excluded.resolved_at,
      resolved_by = excluded.resolved_by, note = excluded.note;
  insert into app.order_events (order_id, kind, actor, detail)
    values (p_order.id, 'RECONCILED', p_by.name, jsonb_strip_nulls(jsonb_build_object(
      'resolution', p_resolution,
      'lines', case p_resolution
        when 'CUT' then p_outlook #> '{cut,lines}'
        when 'PREORDER' then p_outlook -> 'preorder' end,
      'total', case p_resolution
        when 'CUT' then jsonb_build_object('from', p_order.total, 'to', p_outlook #> '{cut,total}') end)));
  perform private.audit('RECONCILE_DECIDED', 'order', p_order.number,
    jsonb_strip_nulls(jsonb_build_object('resolution', p_resolution, 'result', p_result.result)),
    (select code from app.partners where id = p_order.partner_id), p_before, private.reconcile_state(p_order.id),
    -- The next comparison takes the note off its result: here it stays.
    p_words => jsonb_build_object('note', nullif(p_note, '')));
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
  v app.orders; v_sync app.erp_syncs; v_result app.reconcile_results; v_me app.accounts;
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
  select * into v_sync from app.erp_syncs where order_id = v.id for update;
  select * into v_result from app.reconcile_results where order_id = v.id for update;
  v_open := private.is_undecided(v_result);

  if not v_open and v_result.resolution = p_resolution and v_result.resolved_by = v_me.code
     and (v_result.checked_at = p_checked_at or p_resolution = 'KEYED') and coalesce(v_result.note, '') = v_note
     and (v_document in ('', v.erp_document) or p_resolution not in ('ACCEPT', 'KEYED')) then return; end if;
  perform private.refuse_overtaken(v_sync, v_result, p_resolution, p_checked_at);
  v_outlook := private.reconcile_outlook(v.id);
  perform private.refuse_impossible(v_result, v_outlook, p_resolution, v_document, v_note);

  v_before := private.reconcile_state(v.id);
  v_documents := private.erp_documents(v_result.erp);
  if p_resolution = 'CANCEL' then
    perform app.move_order(v.number, 'CANCELLED', v_note);
    -- What it never counted as its own has to be stopped there all the same.
    if v.sync_status <> 'SYNCED' and cardinality(v_documents) > 0 then
      perform private.stop_in_erp(v.id, v_documents);
    end if;
  elsif p_resolution = 'RETRY' then
    perform private.retry_order(v.id);
    perform private.enqueue('order.placed.sync', jsonb_build_object('orderId', v.id));
  elsif p_resolution = 'KEYED' then
    perform private.take_keyed(v.id, v_document, v_documents);
  else
    perform private.take_compared(v, v_result, p_resolution, v_document, v_outlook, v_before);
  end if;

  perform private.note_decision(v, v_sync, v_result, v_me, p_resolution, v_document, v_note, v_outlook, v_before);
  -- Whoever was told to wait for word (by the banner, or by the order's page while it was up for a decision), and
  -- whoever's order is another one now.
  if p_resolution in ('CUT', 'PREORDER', 'CANCEL')
     or (v.degraded or v_open) and p_resolution in ('ACCEPT', 'KEYED') then
    perform private.tell_reconciled(v.id, p_resolution);
  end if;
  if p_resolution = 'KEYED' then perform private.finish_reconcile(v_sync.run_id); end if;
end $$;
grant execute on function app.resolve_reconciliation to authenticated;

-- Takes an order that waits out of the queue for half an hour, to key it in by hand: nothing sends it meanwhile. Again:
-- half an hour more. p_release gives it back. Errors: 28000, DENIED for all but admins, NOT_FOUND, ON_ITS_WAY (may have
-- arrived in the ERP), STALE (waits no longer, or another's).
create function app.take_to_key(p_number text, p_release boolean default false) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders; v_sync app.erp_syncs; v_code text; v_mine boolean;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin keys orders in');
  select code into v_code from app.accounts where id = private.viewer_id();
  select * into v from app.orders where number = p_number for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  select * into v_sync from app.erp_syncs where order_id = v.id for update;
  if v_sync.done_at is not null or v.held or v.status in ('REJECTED', 'CANCELLED') then
    perform private.refuse('STALE', 'it waits no longer');
  end if;
  if v_sync.posted_at is not null then
    perform private.refuse('ON_ITS_WAY', facts => jsonb_build_object('at', v_sync.posted_at));
  end if;
  v_mine := v_sync.keyed_ticket = v_sync.ticket and v_sync.lease_until > now();
  if v_mine and v_sync.keyed_by <> v_code then
    perform private.refuse('STALE', 'another keys it in', facts => jsonb_build_object('by', v_sync.keyed_by));
  end if;
  if p_release and not coalesce(v_mine, false) then return; end if;
  -- Another ticket: whoever was about to look it up or send it has lost it, before it was sent.
  update app.erp_syncs set ticket = ticket + 1, keyed_ticket = ticket + 1, keyed_by = v_code,
         keyed_at = coalesce(keyed_at, now()),
         lease_until = case when p_release then null else now() + interval '30 minutes' end
   where order_id = v.id;
  perform private.audit(case when p_release then 'KEYING_RELEASED' else 'KEYING_TAKEN' end, 'order', v.number, '{}',
    (select code from app.partners where id = v.partner_id));
end $$;
grant execute on function app.take_to_key to authenticated;
