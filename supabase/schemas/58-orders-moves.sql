-- What becomes of an order: it is held back and let go on, it is moved along, and its store is told.
--
-- Locks: the order, its sync, stock rows by product id.

-- Holding an order back, and letting it go on.

-- Stops an order where it stands. True when it is held; what has been shipped or has ended cannot be. An order that the
-- ERP has already becomes a task: somebody has to stop it there.
create function private.hold_order(p_order bigint, p_reason text, p_actor text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders;
begin
  select * into v from app.orders where id = p_order for update;
  if v.status not in ('SUBMITTED', 'PROCESSING', 'APPROVED') then return false; end if;
  insert into app.order_holds (order_id, reason, placed_by) values (p_order, p_reason, p_actor)
    on conflict (order_id, reason) where released_at is null do nothing;
  if not found then return true; end if;
  update app.orders set held = true where id = p_order and not held;
  -- Why stands in order_holds: this history is read by the salesman too.
  insert into app.order_events (order_id, kind, actor) values (p_order, 'HELD', p_actor);
  perform private.audit('ORDER_HELD', 'order', v.number, jsonb_build_object('reason', p_reason), null,
    jsonb_build_object('held', v.held), jsonb_build_object('held', true));
  if v.sync_status = 'SYNCED' then
    perform private.open_task('STOP_ORDER_IN_ERP', 'stop-in-erp/' || v.number, v.number, v.id, null,
      interval '1 hour', jsonb_build_object('document', v.erp_document));
  end if;
  return true;
end $$;

-- Takes one hold away; the order goes on when it was the last.
create function private.release_order(p_order bigint, p_reason text, p_actor text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders;
begin
  select * into v from app.orders where id = p_order for update;
  update app.order_holds set released_at = now(), released_by = p_actor, note = left(p_note, 500)
   where order_id = p_order and reason = p_reason and released_at is null;
  if not found then return; end if;
  update app.orders set held = exists (select from app.order_holds where order_id = p_order and released_at is null)
   where id = p_order
  returning held into v.held;
  insert into app.order_events (order_id, kind, actor) values (p_order, 'RELEASED', p_actor);
  perform private.audit('ORDER_RELEASED', 'order', v.number, jsonb_build_object('reason', p_reason), null,
    jsonb_build_object('held', true), jsonb_build_object('held', v.held));
  if not v.held then
    perform private.finish_task('stop-in-erp/' || v.number, 'RELEASED');
    perform private.enqueue('order.placed.sync', jsonb_build_object('orderId', p_order));
  end if;
end $$;

-- Lets an order go on that was stopped because its salesman was suspended, or (STORE_SUSPENDED) its store; what the
-- owner disputes is resolved elsewhere. True when nothing holds it any more. Errors: 28000, DENIED, NOT_FOUND, STALE
-- not held for this, REASON_REQUIRED.
create function app.release_held_order(p_number text, p_note text,
                                       p_reason text default 'SALESMAN_SUSPENDED') returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_order bigint;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin decides');
  select id into v_order from app.orders where number = p_number for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if p_reason is null or p_reason not in ('SALESMAN_SUSPENDED', 'STORE_SUSPENDED')
     or not exists (select from app.order_holds
                     where order_id = v_order and reason = p_reason and released_at is null) then
    perform private.refuse('STALE', 'not held for this');
  end if;
  perform private.assert_note(p_note, 500);
  perform private.release_order(v_order, p_reason,
    (select code from app.accounts where id = private.viewer_id()), btrim(p_note));
  return (select not held from app.orders where id = v_order);
end $$;
grant execute on function app.release_held_order to authenticated;

-- Moving an order along.

-- The moves that there are, whoever makes them. Which of them staff may make: private.staff_moves.
create function private.next_statuses(p_status text) returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case p_status
    when 'SUBMITTED' then array['PROCESSING', 'APPROVED', 'REJECTED', 'CANCELLED']
    when 'PROCESSING' then array['APPROVED', 'REJECTED', 'CANCELLED']
    when 'APPROVED' then array['SHIPPED', 'CANCELLED']
    when 'SHIPPED' then array['COMPLETED']
    else array[]::text[] end
$$;

-- Where staff may move an order: one that waits for its credit decision is approved or rejected on the page
-- of approvals, a held one may only end. Asked by the page (to show the button) and by the command (to obey it).
create function private.staff_moves(p_status text, p_light text, p_held boolean) returns text[]
language sql immutable security definer set search_path = pg_catalog, pg_temp as $$
  select array(
    select s from unnest(private.next_statuses(p_status)) s
     where not (p_light = 'AMBER' and p_status in ('SUBMITTED', 'PROCESSING') and s in ('APPROVED', 'REJECTED'))
       and (not p_held or s in ('REJECTED', 'CANCELLED')))
$$;
grant execute on function private.staff_moves to authenticated;

-- Moves a locked order along: the one way for staff and for credit decisions. p_for_store: the note is meant
-- for the store, which reads it on its order.
create function private.put_order_status(p_order app.orders, p_status text, p_note text,
                                         p_for_store boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_note text := left(btrim(coalesce(p_note, '')), 300);
begin
  update app.orders set status = p_status where id = p_order.id;
  -- Pieces of an order that will never ship are free again.
  if p_status in ('REJECTED', 'CANCELLED') then
    perform from app.product_stock s
      where s.product_id in (select product_id from app.order_lines where order_id = p_order.id)
      order by s.product_id for update;
    update app.product_stock s set held = greatest(s.held - (l.quantity - l.preorder), 0)
      from app.order_lines l
     where l.order_id = p_order.id and l.product_id = s.product_id
       and private.holds_stock(p_order.synced_at, s.figure_as_of);
    update app.invoices set status = 'CANCELLED' where order_id = p_order.id and status = 'UNPAID';
  end if;
  insert into app.order_events (order_id, kind, actor, detail)
    select p_order.id, p_status, coalesce((select name from app.accounts where id = private.viewer_id()), 'SYSTEM'),
           jsonb_build_object('note', v_note) || case when p_for_store then '{"forStore": true}'::jsonb else '{}' end;
  perform private.audit('ORDER_MOVED', 'order', p_order.number, '{}',
    (select code from app.partners where id = p_order.partner_id),
    jsonb_build_object('status', p_order.status), jsonb_build_object('status', p_status));
end $$;

-- Several orders that are decided about together: a list, fifty at most. Errors: BAD_INPUT, TOO_MANY.
create function private.assert_items(p_items jsonb) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if jsonb_typeof(p_items) is distinct from 'array' or jsonb_array_length(p_items) = 0 then
    perform private.refuse('BAD_INPUT', field => 'items');
  end if;
  if jsonb_array_length(p_items) > 50 then perform private.refuse('TOO_MANY', facts => '{"most":50}'); end if;
end $$;

-- Why staff cannot move an order so, or null: GONE unknown, MINE the viewer himself moved it there already (a second
-- click of his), STATUS it stands where this is no move, CHANGED it is not as it was seen (null: whatever was seen),
-- CREDIT its credit is decided first, HELD, UNDECIDED staff has not said what becomes of the ERP's answer. The one list
-- of hurdles: asked by the look before several are moved, and by both commands.
create function private.move_hurdle(p_order app.orders, p_status text, p_seen text, p_total bigint) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return case
    when p_order.id is null then 'GONE'
    when p_order.status = p_status and p_seen is not null and exists (
           select from app.order_events e join app.accounts a on a.name = e.actor
            where e.order_id = p_order.id and e.kind = p_status and a.id = private.viewer_id()) then 'MINE'
    when p_status is null or not p_status = any (private.next_statuses(p_order.status)) then 'STATUS'
    when p_seen is not null and (p_seen, p_total) is distinct from (p_order.status, p_order.total) then 'CHANGED'
    when not p_status = any (private.staff_moves(p_order.status, p_order.credit_light, false)) then 'CREDIT'
    when not p_status = any (private.staff_moves(p_order.status, p_order.credit_light, p_order.held)) then 'HELD'
    when p_status = 'SHIPPED' and exists (
           select from app.reconcile_results r where r.order_id = p_order.id and private.is_undecided(r))
      then 'UNDECIDED' end;
end $$;

-- Staff: an admin moves an order along. Errors: 28000, DENIED for all but admins, NOT_FOUND, STALE {status}
-- when somebody moved it meanwhile or it is held, CREDIT_FIRST {number} when its credit has to be decided first,
-- REASON_REQUIRED.
create function app.move_order(p_number text, p_status text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders; v_why text;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin decides');
  select * into v from app.orders where number = p_number for update;
  v_why := private.move_hurdle(v, p_status, null, null);
  if v_why = 'GONE' then perform private.refuse('NOT_FOUND'); end if;
  if v_why = 'STATUS' then
    perform private.refuse('STALE', 'the order is already ' || v.status,
      facts => jsonb_build_object('status', v.status));
  end if;
  if v_why = 'CREDIT' then
    perform private.refuse('CREDIT_FIRST', facts => jsonb_build_object('number', v.number));
  end if;
  perform private.assert_note(p_note, 300, p_needed => p_status in ('REJECTED', 'CANCELLED'));
  -- What else is in the way the table itself refuses, whoever moves it.
  perform private.put_order_status(v, p_status, p_note, false);
end $$;
grant execute on function app.move_order to authenticated;

-- The steps that several orders may take together; ending them is asked one by one.
create function private.steps_together() returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select array['PROCESSING', 'APPROVED', 'SHIPPED', 'COMPLETED']
$$;

-- The look before several are moved, fifty at most: where each stands, who put it there, and what is in the way of each
-- step (hurdles: {STEP: why or null}). Errors: 28000, DENIED for all but admins.
create function app.look_at_moves(p_numbers text[])
returns table (number text, status text, total bigint, hurdles jsonb, by text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin decides');
  return query
    select o.number, o.status, o.total,
           (select jsonb_object_agg(step, private.move_hurdle(o, step, null, null))
              from unnest(private.steps_together()) step),
           (select e.actor from app.order_events e
             where e.order_id = o.id and e.kind = o.status order by e.id desc limit 1)
      from app.orders o where o.number = any (p_numbers[1:50]);
end $$;
grant execute on function app.look_at_moves to authenticated;

-- Moves several along, each as it was seen: p_items [{number, status, total}], 50 at most, one row of the trail for
-- each as if it were moved alone. What changed meanwhile or cannot be moved is left alone and named, the others go:
-- {moved: [number], left: [{number, why}]}. Ending orders is done one by one. Errors: 28000, DENIED for all but admins,
-- TOO_MANY more than 50, BAD_INPUT no items or no such move, TOO_LONG the note.
create function app.move_orders(p_items jsonb, p_status text, p_note text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.orders; v_item record; v_why text; v_moved jsonb := '[]'; v_left jsonb := '[]';
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin decides');
  perform private.assert_items(p_items);
  if p_status is null or not p_status = any (private.steps_together()) then
    perform private.refuse('BAD_INPUT', field => 'to');
  end if;
  perform private.assert_note(p_note, 300, p_needed => false);
  perform from app.orders o where o.number in (select i ->> 'number' from jsonb_array_elements(p_items) i)
    order by o.id for update;
  for v_item in
    select distinct on (i.number) i.number, coalesce(i.status, '') as status, i.total
      from jsonb_to_recordset(p_items) as i (number text, status text, total bigint) order by i.number loop
    select * into v from app.orders where number = v_item.number;
    v_why := private.move_hurdle(v, p_status, v_item.status, v_item.total);
    if v_why is null then perform private.put_order_status(v, p_status, p_note, false); end if;
    if coalesce(v_why, 'MINE') = 'MINE' then
      v_moved := v_moved || to_jsonb(v_item.number);
    else
      v_left := v_left || jsonb_build_object('number', v_item.number, 'why', v_why);
    end if;
  end loop;
  return jsonb_build_object('moved', v_moved, 'left', v_left);
end $$;
grant execute on function app.move_orders to authenticated;

-- Telling the store. Some changes have a mail of their own that says more (a dispute, staff): what
-- such a mail of the same transaction tells is not told again.

-- What a mail about an order tells already, in the words of private.tell_order.
create function private.mail_tells(p_kind text, p_props jsonb) returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case
    when p_kind = 'DISPUTE_RECEIVED' and p_props ->> 'held' = 'yes' then array['HELD']
    when p_kind = 'DISPUTE_RESOLVED' and p_props ->> 'cancelled' = 'yes' then array['CANCELLED']
    when p_kind = 'DISPUTE_RESOLVED' and p_props ->> 'held' = 'no' then array['RELEASED']
    when p_kind = 'ORDER_RECONCILED' and p_props ->> 'outcome' = 'CANCEL' then array['CANCELLED']
    when p_kind = 'ORDER_RECONCILED' and p_props ->> 'outcome' = 'CUT' then array['CUT']
    else '{}' end
$$;

-- Writes to an order's owner what happened: APPROVED, REJECTED, SHIPPED, CANCELLED, HELD, RELEASED, CUT. Once per
-- transaction, also where another kind of mail of it says so already: the key has now(), which stands still in one. Why
-- an order is held is said only where the owner can do something about it: BECAUSE ACCOUNT, his own account is
-- suspended. `note` is the one meant for him.
create function private.tell_order(p_order bigint, p_what text, p_before bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders;
begin
  if exists (select from app.mails n
              where n.order_id = p_order and n.xid = pg_current_xact_id()
                and p_what = any (private.mail_tells(n.kind, n.props))) then
    return;
  end if;
  select * into v from app.orders where id = p_order;
  -- Held or let go is news of an order that could still go on.
  if p_what in ('HELD', 'RELEASED') and v.status not in ('SUBMITTED', 'PROCESSING', 'APPROVED') then return; end if;
  perform private.notify_owner(v.partner_id, 'ORDER_CHANGED',
    'order/' || v.number || '/' || p_what || '/' || to_char(now() at time zone 'UTC', 'YYYYMMDDHH24MISSUS'),
    jsonb_build_object(
      'store', (select name from app.partners where id = v.partner_id),
      'order', v.number, 'what', p_what, 'total', v.total, 'before', p_before,
      'because', case when p_what = 'HELD' and exists (
                        select from app.order_holds h
                         where h.order_id = p_order and h.reason = 'STORE_SUSPENDED' and h.released_at is null)
                      then 'ACCOUNT' else '' end,
      'waits', case when v.credit_light = 'AMBER' and v.status in ('SUBMITTED', 'PROCESSING') then 'yes' else 'no' end,
      'note', coalesce((select e.detail ->> 'note' from app.order_events e
                         where e.order_id = p_order and e.kind = p_what and e.detail -> 'forStore' = 'true'
                         order by e.id desc limit 1), ''),
      'path', '/orders/' || v.number), p_order);
end $$;

-- An admin opened WhatsApp with a message for an order's store. Whether he sent it, nobody can know, and nothing here
-- says so; opening it is the last that can be known, so it does the duty to tell. Once in five minutes per admin.
-- Returns the owner's number. Errors: 28000, DENIED for all but admins, NOT_FOUND.
create function app.tell_store(p_number text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders; v_me app.accounts; v_whatsapp text;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin tells stores');
  select * into v_me from app.accounts where id = private.viewer_id();
  select o.* into v from app.orders o where o.number = p_number;
  select c.owner_whatsapp into v_whatsapp from app.partner_contacts c where c.partner_id = v.partner_id;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if not exists (select from app.order_events e
                  where e.order_id = v.id and e.kind = 'STORE_WHATSAPP_OPENED' and e.actor = v_me.name
                    and e.at > now() - interval '5 minutes') then
    insert into app.order_events (order_id, kind, actor) values (v.id, 'STORE_WHATSAPP_OPENED', v_me.name);
    perform private.audit('WHATSAPP_OPENED', 'order', v.number, '{"to": "store"}',
      (select code from app.partners where id = v.partner_id));
  end if;
  perform private.finish_task('tell-store/' || v.number, 'WHATSAPP_OPENED');
  return v_whatsapp;
end $$;
grant execute on function app.tell_store to authenticated;

-- That somebody of staff took the list of orders away as a file: how many orders, whether there were more, and by what
-- they were filtered, in codes. Errors: 28000, DENIED for all but staff.
create function app.note_orders_exported(p_format text, p_rows integer, p_cut boolean, p_filter jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  if not private.viewer_is_staff() then perform private.refuse('DENIED', 'only staff exports orders'); end if;
  perform private.audit('ORDERS_EXPORTED', 'orders', null, jsonb_strip_nulls(
    jsonb_build_object('format', p_format, 'rows', p_rows, 'cut', p_cut)
    || coalesce((select jsonb_object_agg(f.key, f.value) from jsonb_each(p_filter) f
                  where f.key in ('search', 'status', 'sync', 'shadow', 'held', 'from', 'to', 'sort')), '{}')));
end $$;
grant execute on function app.note_orders_exported to authenticated;

-- «WhatsApp dibuka»: a reader's device opened the hand-off. Whether he sent it, nobody can know, so nothing here says
-- so. Once in five minutes per reader, in Shadow Mode with a line of the trail; NOT_FOUND for a stranger, and for
-- staff, who have a hand-off of their own (app.tell_store).
create function app.note_whatsapp_opened(p_number text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_order bigint; v_actor text;
begin
  perform private.assert_alive();
  select o.id into v_order
    from app.orders o
   where o.number = p_number
     and (o.partner_id = private.viewer_partner()
       or o.placed_by = private.viewer_id() and exists (
         select from app.assignments g where g.salesman_id = o.placed_by and g.partner_id = o.partner_id));
  if not found then perform private.refuse('NOT_FOUND'); end if;
  select name into v_actor from app.accounts where id = private.viewer_id();
  if not exists (select from app.order_events e
                  where e.order_id = v_order and e.kind = 'WHATSAPP_OPENED' and e.actor = v_actor
                    and e.at > now() - interval '5 minutes') then
    insert into app.order_events (order_id, kind, actor) values (v_order, 'WHATSAPP_OPENED', v_actor);
    if private.viewer_acting() is not null then
      perform private.audit('WHATSAPP_OPENED', 'order', p_number);
    end if;
  end if;
end $$;
grant execute on function app.note_whatsapp_opened to authenticated;
