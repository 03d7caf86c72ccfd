-- What becomes of an order is told to its store: by a letter for each thing that happened, and by WhatsApp where the page promised that.
--
-- The letters are written where the order changes, at the commit, whatever path changed it. Some changes have a letter of their own
-- that says more (a dispute, the reconciliation desk): what such a letter of the same transaction tells is not told again.

-- What a letter about an order tells already, in the words of private.tell_order.
create function private.letter_tells(p_kind text, p_props jsonb) returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case
    when p_kind = 'DISPUTE_RECEIVED' and p_props ->> 'held' = 'yes' then array['HELD']
    when p_kind = 'DISPUTE_RESOLVED' and p_props ->> 'cancelled' = 'yes' then array['CANCELLED']
    when p_kind = 'DISPUTE_RESOLVED' and p_props ->> 'held' = 'no' then array['RELEASED']
    when p_kind = 'ORDER_RECONCILED' and p_props ->> 'outcome' = 'CANCEL' then array['CANCELLED']
    when p_kind = 'ORDER_RECONCILED' and p_props ->> 'outcome' = 'CUT' then array['CUT']
    else '{}' end
$$;

-- Writes to an order's owner what happened: APPROVED, REJECTED, SHIPPED, CANCELLED, HELD, RELEASED, CUT. Once per transaction. Why an order is
-- held is said only where the owner can do something about it: BECAUSE ACCOUNT, his own account is suspended. `note` is the one meant for him.
create function private.tell_order(p_order bigint, p_what text, p_before bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders;
begin
  if exists (select from app.notices n where n.order_id = p_order and n.xid = pg_current_xact_id() and p_what = any (private.letter_tells(n.kind, n.props))) then
    return;
  end if;
  select * into v from app.orders where id = p_order;
  -- Held or let go is news of an order that could still go on.
  if p_what in ('HELD', 'RELEASED') and v.status not in ('SUBMITTED', 'PROCESSING', 'APPROVED') then return; end if;
  perform private.notify_owner(v.partner_id, 'ORDER_CHANGED', 'order/' || v.number || '/' || p_what || '/' || to_char(now() at time zone 'UTC', 'YYYYMMDDHH24MISSUS'),
    jsonb_build_object('store', (select name from app.partners where id = v.partner_id), 'order', v.number, 'what', p_what, 'total', v.total, 'before', p_before,
      'because', case when p_what = 'HELD' and exists (select from app.order_holds h where h.order_id = p_order and h.reason = 'STORE_SUSPENDED' and h.released_at is null)
                      then 'ACCOUNT' else '' end,
      'waits', case when v.credit_light = 'AMBER' and v.status in ('SUBMITTED', 'PROCESSING') then 'yes' else 'no' end,
      'note', coalesce((select e.detail ->> 'note' from app.order_events e
                         where e.order_id = p_order and e.kind = p_what and e.detail -> 'forStore' = 'true' order by e.id desc limit 1), ''),
      'path', '/orders/' || v.number), p_order);
end $$;

create function private.owner_told() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.status <> old.status and new.status in ('APPROVED', 'REJECTED', 'SHIPPED', 'CANCELLED') then
    perform private.tell_order(new.id, new.status, old.total);
  end if;
  if new.held <> old.held then
    perform private.tell_order(new.id, case when new.held then 'HELD' else 'RELEASED' end, old.total);
  end if;
  if new.total <> old.total then perform private.tell_order(new.id, 'CUT', old.total); end if;
  return null;
end $$;
create constraint trigger owner_told after update of status, held, total on app.orders
  deferrable initially deferred for each row
  when (new.status <> old.status or new.held <> old.held or new.total <> old.total) execute function private.owner_told();

-- A store's own order is confirmed to it. What a salesman placed in its name is told by the alert.
create function private.order_confirmed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.notify_owner(new.partner_id, 'ORDER_RECEIVED', 'order/' || new.number || '/RECEIVED', jsonb_build_object(
      'store', (select name from app.partners where id = new.partner_id), 'order', new.number, 'total', new.total, 'light', new.credit_light,
      'degraded', case when new.degraded then 'yes' else 'no' end, 'placedAt', to_char(new.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      'lines', (select coalesce(jsonb_agg(jsonb_build_object('name', l.name, 'quantity', l.quantity, 'preorder', l.preorder, 'price', l.unit_price) order by l.line_no), '[]')
                  from app.order_lines l where l.order_id = new.id),
      'path', '/orders/' || new.number), new.id);
  return null;
end $$;
create constraint trigger owner_confirmed after insert on app.orders
  deferrable initially deferred for each row when (new.acting_session_id is null) execute function private.order_confirmed();

-- «Mohon tunggu konfirmasi WA» is what people read while the ERP is away. So each order that is taken then is somebody's duty, in four hours.
alter table app.tasks drop constraint tasks_kind_check;
alter table app.tasks add constraint tasks_kind_check
  check (kind in ('PHONE_OWNER', 'RESOLVE_DISPUTE', 'REVIEW_AGENT', 'STOP_ORDER_IN_ERP', 'CORRECT_IN_ERP', 'SIGN_REVIEW', 'ERP_CHECKPOINT', 'TELL_STORE'));
create function private.store_to_tell() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.open_task('TELL_STORE', 'tell-store/' || new.number, (select code from app.partners where id = new.partner_id), new.id, null, interval '4 hours');
  return null;
end $$;
create trigger store_to_tell after insert on app.orders
  for each row when (new.degraded) execute function private.store_to_tell();

-- An admin opened WhatsApp with a message for an order's store. Whether he sent it, nobody can know, and nothing here says so; opening it is
-- the last that can be known, so it does the duty to tell. Once in five minutes per admin. Returns the owner's number.
-- Errors: 28000, DNIED for all but admins, NTFND.
create function app.tell_store(p_number text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders; v_me app.accounts; v_whatsapp text;
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'ADMIN' then perform private.refuse('DNIED', 'only an admin tells stores'); end if;
  select * into v_me from app.accounts where id = private.viewer_id();
  select o.* into v from app.orders o where o.number = p_number;
  select c.owner_whatsapp into v_whatsapp from app.partner_contacts c where c.partner_id = v.partner_id;
  if not found then perform private.refuse('NTFND', 'no such order, or no number'); end if;
  if not exists (select from app.order_events e where e.order_id = v.id and e.kind = 'STORE_WHATSAPP_OPENED' and e.actor = v_me.name
                    and e.at > now() - interval '5 minutes') then
    insert into app.order_events (order_id, kind, actor) values (v.id, 'STORE_WHATSAPP_OPENED', v_me.name);
    perform private.audit('WHATSAPP_OPENED', 'order', v.number, '{"to": "store"}', (select code from app.partners where id = v.partner_id));
  end if;
  perform private.finish_task('tell-store/' || v.number, 'WhatsApp dibuka');
  return v_whatsapp;
end $$;
grant execute on function app.tell_store to authenticated;
