-- «Bukan saya»: an owner says that an order in his name is not his. It stops where it stands, an incident opens, the salesman's
-- score takes it in and is acted on, the office is told, and an admin decides. Locks, always in this order: the judging of the salesman
-- (as an inspection of his orders takes it), his account (which whoever suspends him takes too), the order's push, the order, the incident.

create index disputes_by_time on app.disputes (disputed_at desc, order_id desc);
create index on app.disputes (incident_id) where outcome is null;

-- The owner and the office read why. The salesman sees that his order is held, and not who said what about it.
create policy not_for_salesmen on app.order_events as restrictive for select to authenticated
  using (kind not in ('OWNER_DISPUTED', 'DISPUTE_RESOLVED') or (select private.viewer_role()) <> 'SALESMAN');

-- A push that was on its way when the order was held: the ERP has it now, and somebody has to stop it there.
create function private.stop_in_erp() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.open_task('STOP_ORDER_IN_ERP', 'stop-in-erp/' || new.number, new.number, new.id, null, interval '1 hour',
    jsonb_build_object('document', new.erp_document));
  return null;
end $$;
create trigger held_order_synced after update of sync_status on app.orders
  for each row when (new.held and new.sync_status = 'SYNCED' and old.sync_status <> 'SYNCED') execute function private.stop_in_erp();

-- What an owner is shown of an order before and after he says «bukan saya»: no more than his letter told.
create function private.dispute_view(p_order bigint) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('number', o.number, 'store', p.name, 'salesman', o.placed_by_name, 'total', o.total,
      'placedAt', o.created_at, 'status', o.status, 'lines', (select count(*) from app.order_lines l where l.order_id = o.id),
      'dispute', (select jsonb_build_object('at', d.disputed_at, 'held', d.was_held, 'outcome', d.outcome)
                    from app.disputes d where d.order_id = o.id))
    from app.orders o join app.partners p on p.id = o.partner_id where o.id = p_order
$$;

-- The one way in, by link and by button. A second time changes nothing and gives the same answer; with other words it is refused, since
-- nobody would read them (SAIDB). What was said first is not told: whoever holds the link is not asked who he is.
create function private.raise_dispute(p_order bigint, p_via text, p_note text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.orders; v_store app.partners; v_salesman app.accounts; v_note text := btrim(coalesce(p_note, ''));
  v_judging boolean; v_held boolean; v_severity integer; v_incident bigint; v_about jsonb;
begin
  if length(v_note) > 500 then perform private.refuse('INVAL', 'the note is too long', '{"field":"note"}'); end if;
  -- Not while an inspection of his orders is under way: the owner hardly waits for it, and the sweep acts on both.
  select private.try_abuse_turn(o.placed_by) into v_judging
    from app.orders o where o.id = p_order and o.acting_session_id is not null;
  select a.* into v_salesman from app.orders o join app.accounts a on a.id = o.placed_by
   where o.id = p_order and o.acting_session_id is not null for no key update of a;
  if not found then perform private.refuse('NTFND', 'no such order'); end if;
  select * into v from app.orders where id = p_order for update;
  if exists (select from app.disputes where order_id = v.id) then
    if exists (select from app.disputes where order_id = v.id and v_note not in ('', note)) then
      perform private.refuse('SAIDB', 'said before, in other words');
    end if;
    return private.dispute_view(v.id);
  end if;
  select * into v_store from app.partners where id = v.partner_id;

  v_held := private.hold_order(v.id, 'DISPUTED', 'sistem');
  -- One owner may err. A second order within a day is a pattern.
  v_severity := case when exists (select from app.disputes d where d.salesman_id = v.placed_by
    and d.disputed_at > clock_timestamp() - interval '24 hours') then 2 else 3 end;
  v_incident := private.open_incident(v_severity, 'OWNER_DISPUTE', 'owner-dispute/' || v_salesman.code, v_salesman.code,
    jsonb_build_object('order', v.number, 'store', v_store.code, 'held', v_held));
  insert into app.disputes (order_id, partner_id, salesman_id, via, note, disputed_at, incident_id, was_held)
    values (v.id, v.partner_id, v.placed_by, p_via, v_note, clock_timestamp(), v_incident, v_held);
  perform private.add_abuse_hit(v.placed_by, v.id, 'OWNER_DISPUTED',
    jsonb_build_object('order', v.number, 'store', v_store.code, 'total', v.total, 'via', p_via));
  perform private.open_task('RESOLVE_DISPUTE', 'dispute/' || v.number, v_salesman.code, v.id, v_incident,
    case v_severity when 2 then interval '4 hours' else interval '1 day' end, jsonb_build_object('order', v.number, 'store', v_store.name));
  insert into app.order_events (order_id, kind, actor, detail)
    values (v.id, 'OWNER_DISPUTED', v_store.name, jsonb_build_object('via', p_via, 'note', v_note));
  perform private.audit('ORDER_DISPUTED', 'order', v.number,
    jsonb_build_object('via', p_via, 'held', v_held, 'severity', v_severity), v_salesman.code);
  v_about := jsonb_build_object('order', v.number, 'store', v_store.name, 'total', v.total, 'held', case when v_held then 'yes' else 'no' end);
  perform private.notify_role('ADMIN', 'DISPUTE_RAISED', 'dispute/' || v.number, v_about || jsonb_build_object(
    'salesman', v_salesman.name, 'severity', v_severity, 'incident', (select ref from app.incidents where id = v_incident),
    'path', '/admin/disputes/' || v.number));
  perform private.notify_owner(v.partner_id, 'DISPUTE_RECEIVED', 'dispute-received/' || v.number, v_about, v.id);
  if v_judging then perform private.act_on_dispute(v.id); end if;
  return private.dispute_view(v.id);
end $$;

-- What the salesman's score leads to now. What an owner says is taken down in any case: where his account cannot be locked at
-- this moment, the sweep acts on the score within five minutes.
create function private.act_on_dispute(p_order bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare d app.disputes;
begin
  select * into d from app.disputes where order_id = p_order;
  perform private.add_repeated_dispute(d);
  perform private.act_on_score(d.salesman_id, d.order_id, clock_timestamp());
exception when others then
  raise warning 'the score after the dispute of order % was not acted on: %', p_order, sqlerrm;
end $$;

-- What a link is about. Null: no link of ours. {"state":"EXPIRED"}: it was one. Reading changes nothing, since mail
-- scanners open every link of a letter before its reader does.
create function app.read_dispute(p_token text) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v record;
begin
  select * into v from private.read_dispute_token(p_token);
  if v.order_id is null then return null; end if;
  if v.expired then return '{"state": "EXPIRED"}'; end if;
  return private.dispute_view(v.order_id);
end $$;

-- Counts a link that was none of ours, by address: 30 in a quarter of an hour. Returns the seconds to wait, 0 to go on. A sound
-- link is never counted nor kept waiting: whole towns share an address.
create function app.take_link_try() returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select private.count_try(private.try_key('link', 'i', private.request('ip')), 30)
$$;

-- Acts on a link, for whoever holds it. Like read_dispute where the link is not sound. Errors: INVAL note, SAIDB.
create function app.dispute_by_link(p_token text, p_note text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v record;
begin
  select * into v from private.read_dispute_token(p_token);
  if v.order_id is null then return null; end if;
  if v.expired then return '{"state": "EXPIRED"}'; end if;
  return private.raise_dispute(v.order_id, 'LINK', p_note);
end $$;
grant execute on function app.read_dispute, app.take_link_try, app.dispute_by_link to anon, authenticated;

-- The same for the owner himself, on his order's page. Errors: 28000, DNIED for all but owners, NTFND for an order that is not his or that
-- he placed himself, INVAL note, SAIDB.
create function app.dispute_order(p_number text, p_note text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_order bigint;
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'PARTNER' then perform private.refuse('DNIED', 'only the owner himself'); end if;
  select o.id into v_order from app.orders o join app.partners p on p.id = o.partner_id
   where o.number = p_number and p.account_id = private.viewer_id() and o.acting_session_id is not null;
  if not found then perform private.refuse('NTFND', 'no such order'); end if;
  return private.raise_dispute(v_order, 'ORDER_PAGE', p_note);
end $$;
grant execute on function app.dispute_order to authenticated;

-- A decided dispute in the story of its incident, which is over with the last one.
create function private.settle_incident(p_incident bigint, p_actor text, p_detail jsonb, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents;
begin
  select * into v from app.incidents where id = p_incident for update;
  if not found then return; end if;
  insert into app.incident_events (incident_id, kind, actor, detail) values (v.id, 'NOTE', p_actor, p_detail);
  if not exists (select from app.disputes where incident_id = v.id and outcome is null) then
    perform private.close_incident(v.id, p_note);
  end if;
end $$;
