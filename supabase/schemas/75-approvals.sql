-- Deciding about AMBER orders: one by one or several at once after a look at their credit figures, which are written
-- down with the decision. There is no other way: app.move_order refuses such an order, and so does the table of orders
-- (private.demand_credit_decision). An admin decides; staff reads.
--
-- The store's credit row is not locked for it: an open order counts as owed already and its invoice takes its place
-- with the same amount, so an approval takes no room that a checkout beside it could spend twice, and a rejection only
-- gives some back. Locks, as everywhere: the order (several by their ids), its sync where it ends, then stock rows.

-- What a person decided about the credit of an AMBER order, and what he saw when he did.
create table app.credit_approvals (
  order_id   bigint primary key,
  partner_id uuid not null,
  outcome    text not null check (outcome in ('APPROVED', 'REJECTED')),
  decided_at timestamptz not null default now(),
  decided_by text not null,
  bulk       boolean not null default false,
  note       text not null default '' check (length(note) <= 300),
  total      bigint not null check (total > 0),
  inputs     jsonb not null,
  foreign key (order_id, partner_id) references app.orders (id, partner_id) on delete restrict
);
comment on table app.credit_approvals is
  'The decision on an AMBER order, with the credit figures of that moment; those of the order''s own moment are in '
  'orders.credit_inputs.';
create index on app.credit_approvals (partner_id, decided_at desc);

call private.for_staff(array['credit_approvals']);

-- The credit figures of this moment (private.credit_now) for a page of waiting orders, a hundred at most; others have
-- no row. Errors: 28000, DENIED for all but staff.
create function app.approval_figures(p_orders bigint[]) returns table (order_id bigint, figures jsonb)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  if not private.viewer_is_staff() then perform private.refuse('DENIED', 'credit figures are staff''s'); end if;
  return query
    select o.id, private.credit_now(o.id) from app.orders o
     where o.id = any (p_orders[1:100]) and o.credit_light = 'AMBER' and o.status in ('SUBMITTED', 'PROCESSING');
end $$;
grant execute on function app.approval_figures to authenticated;

-- Why a locked order cannot be decided so, or null: GONE unknown or never AMBER, DECIDED it has moved on, TOTAL it is
-- no longer worth what was seen, HELD it cannot be approved while it is held. MINE: the viewer himself decided just
-- this, with this note: a second click of his.
create function private.credit_hurdle(p_order app.orders, p_outcome text, p_note text, p_seen bigint) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case
    when p_order.id is null or p_order.credit_light <> 'AMBER' then 'GONE'
    when exists (select from app.credit_approvals c join app.accounts a on a.code = c.decided_by
                  where c.order_id = p_order.id and a.id = private.viewer_id()
                    and c.outcome = p_outcome and c.note = p_note and c.total = p_seen) then 'MINE'
    when p_order.status not in ('SUBMITTED', 'PROCESSING') then 'DECIDED'
    when p_order.total is distinct from p_seen then 'TOTAL'
    when p_order.held and p_outcome = 'APPROVED' then 'HELD' end
$$;

-- Writes a decision down and into the trail: before as at checkout, after as now, without the note, which may speak of
-- people. The order must not have moved yet: the figures are those of one that is still open.
create function private.note_credit_decision(p_order app.orders, p_outcome text, p_note text, p_bulk boolean)
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_now jsonb := private.credit_now(p_order.id);
begin
  insert into app.credit_approvals (order_id, partner_id, outcome, decided_by, bulk, note, total, inputs)
    select p_order.id, p_order.partner_id, p_outcome, code, p_bulk, p_note, p_order.total, v_now
      from app.accounts where id = private.viewer_id();
  perform private.audit('CREDIT_' || p_outcome, 'order', p_order.number,
    jsonb_build_object('total', p_order.total, 'bulk', p_bulk),
    (select code from app.partners where id = p_order.partner_id),
    jsonb_build_object('status', p_order.status, 'reason', p_order.credit_inputs ->> 'reason',
      'over', p_order.credit_inputs -> 'over'),
    jsonb_build_object('status', p_outcome, 'reason', v_now ->> 'reason', 'over', v_now -> 'over'));
end $$;

-- Decides about one. p_seen: the total as the admin saw it. p_note is for the store. The same decision with the same
-- note once more by the same admin is the same. Errors: 28000, DENIED for all but admins, NOT_FOUND no AMBER order,
-- STALE decided or changed meanwhile {why, status, total, by}, ORDER_HELD held, REQUIRED the outcome, REASON_REQUIRED
-- (to reject).
create function app.decide_credit(p_number text, p_outcome text, p_note text, p_seen bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders; v_why text; v_note text := btrim(coalesce(p_note, ''));
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin decides');
  if p_outcome is null or p_outcome not in ('APPROVED', 'REJECTED') then
    perform private.refuse('REQUIRED', field => 'outcome');
  end if;
  perform private.assert_note(v_note, 300, p_needed => p_outcome = 'REJECTED');
  select * into v from app.orders where number = p_number for update;
  v_why := private.credit_hurdle(v, p_outcome, v_note, p_seen);
  if v_why = 'MINE' then return; end if;
  if v_why = 'GONE' then perform private.refuse('NOT_FOUND'); end if;
  if v_why = 'HELD' then perform private.refuse('ORDER_HELD'); end if;
  if v_why is not null then
    perform private.refuse('STALE', 'decided or changed meanwhile',
      facts => jsonb_build_object('why', v_why, 'status', v.status, 'total', v.total,
        'by', (select decided_by from app.credit_approvals where order_id = v.id)));
  end if;
  perform private.note_credit_decision(v, p_outcome, v_note, false);
  perform private.put_order_status(v, p_outcome, v_note, true);
end $$;
grant execute on function app.decide_credit to authenticated;

-- Approves several, each as it was seen: p_items [{number, total}], 50 at most. What changed meanwhile is left out and
-- named, the rest goes through: {approved: [number], left: [{number, why}]}. Errors: 28000, DENIED for all but admins,
-- TOO_MANY more than 50, BAD_INPUT no items, TOO_LONG the note.
create function app.decide_credits(p_items jsonb, p_note text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.orders; v_item record; v_why text; v_note text := btrim(coalesce(p_note, ''));
  v_approved jsonb := '[]'; v_left jsonb := '[]';
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin decides');
  perform private.assert_items(p_items);
  perform private.assert_note(v_note, 300, p_needed => false);
  perform from app.orders o where o.number in (select i ->> 'number' from jsonb_array_elements(p_items) i)
    order by o.id for update;
  for v_item in
    select distinct on (i.number) i.number, i.total
      from jsonb_to_recordset(p_items) as i (number text, total bigint) order by i.number loop
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
grant execute on function app.decide_credits to authenticated;
