-- Deciding about AMBER orders: one by one or several at once after a look at their credit figures, which are written down with the
-- decision. There is no other way: the order desk refuses, and the table too.
--
-- The store's credit row is not locked for it: an open order counts as owed already and its invoice takes its place with the same
-- amount, so an approval takes no room that a checkout beside it could spend twice, and a rejection only gives some back.
-- Locks: the order (several by their ids), then stock rows, as everywhere.

-- The credit figures of a waiting order as they are now, the order itself not counted twice: open, it is part of what we and (by then or
-- by its snapshot) the ERP say is owed, so it is taken out there and compared as the total. Whether the bypass is on does not matter
-- here: it says that figures were not compared at checkout, and these are for a person to look at.
create function private.credit_now(p_order bigint) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders; v_credit jsonb; v_ours bigint; v_erp bigint; v_room bigint; v_as_of timestamptz; v_reason text; v_deposit bigint;
begin
  select * into v from app.orders where id = p_order;
  v_credit := private.credit_decision(v.partner_id, 0);
  v_ours := (v_credit ->> 'ours')::bigint - v.total;
  v_erp := (v_credit ->> 'erp')::bigint;
  v_deposit := coalesce((v_credit ->> 'deposit')::bigint, 0);
  -- A held document may be missing from what the ERP says is owed: then there is less to take out.
  if v_erp is not null then v_erp := greatest(v_erp - v.total, -v_deposit); end if;
  v_as_of := (v_credit ->> 'asOf')::timestamptz;
  v_room := (v_credit ->> 'limit')::bigint - greatest(v_ours - v_deposit, v_erp);
  v_reason := case
    when v_erp is null or v_as_of is null then 'NO_DATA'
    when v_as_of < now() - interval '1 hour' then 'OLD_DATA'
    when v_room < v.total then 'OVER_LIMIT'
    else 'WITHIN_LIMIT' end;
  return v_credit || jsonb_build_object(
    'light', case when v_reason = 'WITHIN_LIMIT' then 'GREEN' else 'AMBER' end, 'reason', v_reason, 'ours', v_ours, 'erp', v_erp,
    'room', v_room, 'total', v.total, 'over', greatest(v.total - v_room, 0), 'bypass', v_credit ->> 'reason' = 'BYPASS');
end $$;

-- The same for a page of waiting orders; others have no row. Errors: 28000, DNIED for all but the office.
create function app.approval_figures(p_orders bigint[]) returns table (order_id bigint, figures jsonb)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  if not private.viewer_is_staff() then perform private.refuse('DNIED', 'credit figures are the office''s'); end if;
  return query
    select o.id, private.credit_now(o.id) from app.orders o
     where o.id = any (p_orders[1:100]) and o.credit_light = 'AMBER' and o.status in ('SUBMITTED', 'PROCESSING');
end $$;
grant execute on function app.approval_figures to authenticated;

-- Writes a decision down and into the trail: before as at checkout, after as now, without the note, which may speak of people. The order
-- must not have moved yet: the figures are those of one that is still open.
create function private.note_credit_decision(p_order app.orders, p_outcome text, p_note text, p_bulk boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_now jsonb := private.credit_now(p_order.id);
begin
  insert into app.credit_approvals (order_id, partner_id, outcome, decided_by, bulk, note, total, inputs)
    select p_order.id, p_order.partner_id, p_outcome, code, p_bulk, p_note, p_order.total, v_now from app.accounts where id = private.viewer_id();
  perform private.audit('CREDIT_' || p_outcome, 'order', p_order.number, jsonb_build_object('total', p_order.total, 'bulk', p_bulk),
    (select code from app.partners where id = p_order.partner_id),
    jsonb_build_object('status', p_order.status, 'reason', p_order.credit_inputs ->> 'reason', 'over', p_order.credit_inputs -> 'over'),
    jsonb_build_object('status', p_outcome, 'reason', v_now ->> 'reason', 'over', v_now -> 'over'));
end $$;

-- An AMBER order becomes APPROVED or REJECTED only where that decision stands already, whoever moves it: what writes it has looked.
create function private.demand_credit_decision() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from app.credit_approvals c where c.order_id = new.id and c.outcome = new.status) then
    perform private.refuse('AMBER', 'its credit is decided on the page of approvals', jsonb_build_object('number', new.number));
  end if;
  return new;
end $$;
create trigger credit_decided before update of status on app.orders
  for each row when (old.credit_light = 'AMBER' and old.status in ('SUBMITTED', 'PROCESSING') and new.status in ('APPROVED', 'REJECTED'))
  execute function private.demand_credit_decision();

-- Moves a locked order along: the one way for the order desk and for credit decisions. p_for_store: the note is meant for the store,
-- which reads it on its order.
create function private.put_order_status(p_order app.orders, p_status text, p_note text, p_for_store boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_note text := left(btrim(coalesce(p_note, '')), 300);
begin
  update app.orders set status = p_status where id = p_order.id;
  -- Pieces of an order that will never ship are free again.
  if p_status in ('REJECTED', 'CANCELLED') then
    perform from app.product_stock s where s.product_id in (select product_id from app.order_lines where order_id = p_order.id)
      order by s.product_id for update;
    update app.product_stock s set held = greatest(s.held - (l.quantity - l.preorder), 0)
      from app.order_lines l where l.order_id = p_order.id and l.product_id = s.product_id
        and private.holds_stock(p_order.synced_at, s.figure_as_of);
    update app.invoices set status = 'CANCELLED' where order_id = p_order.id and status = 'UNPAID';
  end if;
  insert into app.order_events (order_id, kind, actor, detail)
    select p_order.id, p_status, coalesce((select name from app.accounts where id = private.viewer_id()), 'sistem'),
           jsonb_build_object('note', v_note) || case when p_for_store then '{"forStore": true}'::jsonb else '{}' end;
  perform private.audit('ORDER_MOVED', 'order', p_order.number, '{}', (select code from app.partners where id = p_order.partner_id),
    jsonb_build_object('status', p_order.status), jsonb_build_object('status', p_status));
end $$;

-- Where an order may go from the order desk: one that waits for its credit decision is approved or rejected on the page of approvals,
-- a held one may only end. Asked by the page (to show the button) and by the command (to obey it).
create function private.desk_moves(p_status text, p_light text, p_held boolean) returns text[]
language sql immutable security definer set search_path = pg_catalog, pg_temp as $$
  select array(select s from unnest(private.next_statuses(p_status)) s
    where not (p_light = 'AMBER' and p_status in ('SUBMITTED', 'PROCESSING') and s in ('APPROVED', 'REJECTED'))
      and (not p_held or s in ('REJECTED', 'CANCELLED')))
$$;
grant execute on function private.desk_moves to authenticated;

-- The order desk: an admin moves an order along. Errors: 28000, DNIED for all but admins, NTFND, STALE {status} when somebody moved it
-- meanwhile or it is held, AMBER {number} when its credit has to be decided first, INVAL note.
create function app.move_order(p_number text, p_status text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders;
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'ADMIN' then perform private.refuse('DNIED', 'only an admin decides'); end if;
  select * into v from app.orders where number = p_number for update;
  if not found then perform private.refuse('NTFND', 'no such order'); end if;
  if p_status is null or not p_status = any (private.next_statuses(v.status)) then
    perform private.refuse('STALE', 'the order is already ' || v.status, jsonb_build_object('status', v.status));
  end if;
  if not p_status = any (private.desk_moves(v.status, v.credit_light, false)) then
    perform private.refuse('AMBER', 'its credit is decided on the page of approvals', jsonb_build_object('number', v.number));
  end if;
  if p_status in ('REJECTED', 'CANCELLED') and length(btrim(coalesce(p_note, ''))) < 3 then
    perform private.refuse('INVAL', 'a reason is needed', '{"field":"note"}');
  end if;
  perform private.put_order_status(v, p_status, p_note, false);
end $$;
grant execute on function app.move_order to authenticated;

-- Why a locked order cannot be decided so, or null: GONE unknown or never AMBER, DECIDED it has moved on, TOTAL it is no longer worth
-- what was seen, HELD it cannot be approved while it is held. MINE: the viewer himself decided just this, with this note: a second click of his.
create function private.credit_hurdle(p_order app.orders, p_outcome text, p_note text, p_seen bigint) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case
    when p_order.id is null or p_order.credit_light <> 'AMBER' then 'GONE'
    when exists (select from app.credit_approvals c join app.accounts a on a.code = c.decided_by
                  where c.order_id = p_order.id and a.id = private.viewer_id() and c.outcome = p_outcome and c.note = p_note and c.total = p_seen) then 'MINE'
    when p_order.status not in ('SUBMITTED', 'PROCESSING') then 'DECIDED'
    when p_order.total is distinct from p_seen then 'TOTAL'
    when p_order.held and p_outcome = 'APPROVED' then 'HELD' end
$$;

-- Decides about one. p_seen: the total as the admin saw it. p_note is for the store. The same decision with the same note once more by the
-- same admin is the same. Errors: 28000, DNIED for all but admins, NTFND no AMBER order, STALE decided or changed meanwhile {why, status, by}, ORDHD
-- held, INVAL outcome or note (needed to reject).
create function app.decide_credit(p_number text, p_outcome text, p_note text, p_seen bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders; v_why text; v_note text := btrim(coalesce(p_note, ''));
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'ADMIN' then perform private.refuse('DNIED', 'only an admin decides'); end if;
  if p_outcome is null or p_outcome not in ('APPROVED', 'REJECTED') then
    perform private.refuse('INVAL', 'no such outcome', '{"field":"outcome"}');
  end if;
  if length(v_note) > 300 or p_outcome = 'REJECTED' and length(v_note) < 3 then
    perform private.refuse('INVAL', 'a reason is needed', '{"field":"note"}');
  end if;
  select * into v from app.orders where number = p_number for update;
  v_why := private.credit_hurdle(v, p_outcome, v_note, p_seen);
  if v_why = 'MINE' then return; end if;
  if v_why = 'GONE' then perform private.refuse('NTFND', 'no such decision waits'); end if;
  if v_why = 'HELD' then perform private.refuse('ORDHD', 'the order is held'); end if;
  if v_why is not null then
    perform private.refuse('STALE', 'decided or changed meanwhile', jsonb_build_object('why', v_why, 'status', v.status, 'total', v.total,
      'by', (select decided_by from app.credit_approvals where order_id = v.id)));
  end if;
  perform private.note_credit_decision(v, p_outcome, v_note, false);
  perform private.put_order_status(v, p_outcome, v_note, true);
end $$;

-- Approves several, each as it was seen: p_items [{number, total}], 50 at most. What changed meanwhile is left out and named, the rest goes
-- through: {approved: [number], left: [{number, why}]}. Errors: 28000, DNIED for all but admins, LIMIT more than 50, INVAL items or note.
create function app.decide_credits(p_items jsonb, p_note text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.orders; v_item record; v_why text; v_note text := btrim(coalesce(p_note, ''));
  v_approved jsonb := '[]'; v_left jsonb := '[]';
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'ADMIN' then perform private.refuse('DNIED', 'only an admin decides'); end if;
  if jsonb_typeof(p_items) is distinct from 'array' or jsonb_array_length(p_items) = 0 then
    perform private.refuse('INVAL', 'no orders', '{"field":"items"}');
  end if;
  if jsonb_array_length(p_items) > 50 then perform private.refuse('LIMIT', 'fifty at once', '{"most":50}'); end if;
  if length(v_note) > 300 then perform private.refuse('INVAL', 'the note is too long', '{"field":"note"}'); end if;
  perform from app.orders o where o.number in (select i ->> 'number' from jsonb_array_elements(p_items) i) order by o.id for update;
  for v_item in select distinct on (i.number) i.number, i.total from jsonb_to_recordset(p_items) as i (number text, total bigint) order by i.number loop
    select * into v from app.orders where number = v_item.number;
    v_why := private.credit_hurdle(v, 'APPROVED', v_note, v_item.total);
    if v_why is null then
      perform private.note_credit_decision(v, 'APPROVED', v_note, true);
      perform private.put_order_status(v, 'APPROVED', v_note, true);
    end if;
    if coalesce(v_why, 'MINE') = 'MINE' then
      v_approved := v_approved || to_jsonb(v_item.number);
    else
      v_left := v_left || jsonb_build_object('number', v_item.number, 'why', v_why);
    end if;
  end loop;
  return jsonb_build_object('approved', v_approved, 'left', v_left);
end $$;
grant execute on function app.decide_credit, app.decide_credits to authenticated;
