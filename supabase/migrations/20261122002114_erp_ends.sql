-- What ends or stops an order on its way to the ERP, who is told, and how a run of Reconcile_Orders begins.

-- A person has to stop it in the ERP.
create function private.stop_in_erp(p_order bigint, p_documents text[]) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select private.open_task('STOP_ORDER_IN_ERP', 'stop-in-erp/' || o.number, o.number, o.id, null, interval '1 hour', jsonb_build_object('document', coalesce(nullif(array_to_string(p_documents, ', '), ''), '?')))
    from app.orders o where o.id = p_order
$$;

-- Tells the store's owner what became of an order that waited, once: p_outcome CONFIRMED or a resolution.
create function private.tell_reconciled(p_order bigint, p_outcome text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select private.notify_owner(o.partner_id, 'ORDER_RECONCILED', 'reconciled/' || o.number, jsonb_build_object(
           'store', p.name, 'order', o.number, 'outcome', p_outcome, 'total', o.total, 'path', '/orders/' || o.number,
           -- That the goods are there is not yet that the office lets it go.
           'approval', case when o.credit_light = 'AMBER' and o.status in ('SUBMITTED', 'PROCESSING') then 'waits' else 'none' end), o.id)
    from app.orders o join app.partners p on p.id = o.partner_id where o.id = p_order
$$;

-- What ends before it got to the ERP never gets there, whoever ends it; what may have got there, by us or by hand, is looked up, and what is
-- there has to be stopped there. Who is keying it in this moment has his half hour: it is looked up at once, and not called absent before that.
create function private.end_sync() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.erp_pushes; v_keying boolean;
begin
  select * into v from app.erp_pushes where order_id = new.id for update;
  if not found then return null; end if;
  v_keying := coalesce(v.keyed_ticket = v.ticket and v.lease_until > now(), false);
  if new.sync_status = 'SYNCED' then
    perform private.stop_in_erp(new.id, array[new.erp_document]);
  elsif v.done_at is null and v.posted_at is null and v.keyed_at is null then
    update app.erp_pushes set done_at = now(), ticket = ticket + 1, lease_until = null, last_error = 'dibatalkan sebelum dikirim ke ERP' where order_id = new.id;
    update app.orders set sync_status = 'FAILED', sync_error = 'dibatalkan sebelum dikirim ke ERP' where id = new.id;
  elsif v.done_at is null or new.sync_status = 'FAILED' then
    update app.erp_pushes set look_up_only = true, done_at = null, next_attempt_at = now(), lease_until = case when not v_keying then lease_until end,
           unsure_until = case when v_keying then greatest(unsure_until, lease_until) else unsure_until end where order_id = new.id;
  end if;
  update app.reconcile_results set resolution = 'CANCEL', resolved_at = now(), resolved_by = coalesce((select code from app.accounts where id = private.viewer_id()), 'SYSTEM')
   where order_id = new.id and resolved_at is null and result <> 'CONFIRMED';
  return null;
end $$;
create trigger ended_sync after update of status on app.orders
  for each row when (new.status in ('REJECTED', 'CANCELLED') and old.status is distinct from new.status) execute function private.end_sync();

-- Nothing leaves the house before the desk has decided about it.
create function private.desk_first() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from app.reconcile_results where order_id = new.id and resolved_at is null and result <> 'CONFIRMED') then
    perform private.refuse('STALE', 'the reconciliation desk has not decided', jsonb_build_object('status', old.status, 'desk', true));
  end if;
  return new;
end $$;
create trigger desk_first before update of status on app.orders
  for each row when (new.status = 'SHIPPED' and old.status is distinct from new.status) execute function private.desk_first();

-- Reconcile_Orders by command or from the desk: what waits now becomes a run. Returns {ref, total}.
create function jobs.begin_reconcile(p_actor text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_run bigint := private.begin_reconcile('COMMAND', p_actor);
begin
  perform private.audit('RECONCILE_STARTED', 'reconcile', ref, jsonb_build_object('total', total)) from app.reconcile_runs where id = v_run;
  return (select jsonb_build_object('ref', ref, 'total', total) from app.reconcile_runs where id = v_run);
end $$;
grant execute on function jobs.begin_reconcile to worker;

-- Errors: 28000, DNIED for all but admins.
create function app.begin_reconcile() returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_ref text;
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'ADMIN' then perform private.refuse('DNIED', 'only an admin reconciles'); end if;
  select r.ref into v_ref from app.reconcile_runs r
   where r.id = private.begin_reconcile('DESK', (select code from app.accounts where id = private.viewer_id()));
  perform private.audit('RECONCILE_STARTED', 'reconcile', v_ref);
  return v_ref;
end $$;
grant execute on function app.begin_reconcile to authenticated;

-- An admin decides. OWNER_AGREES: the order goes on. MISTAKE, ABUSE: it is cancelled by the rules of the order desk, unless it has left; what becomes
-- of its way to the ERP is said above, for whatever ends an order. The same decision with the same note once more by the same admin changes nothing.
-- Errors: 28000, DNIED for all but admins, NTFND, INVAL (outcome, note), STALE {outcome, by} decided already.
create function app.resolve_dispute(p_number text, p_outcome text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.orders; v_dispute app.disputes; v_me app.accounts; v_salesman text; v_note text := btrim(coalesce(p_note, ''));
begin
  perform private.assert_alive();
  select * into v_me from app.accounts where id = private.viewer_id();
  if v_me.role is distinct from 'ADMIN' then perform private.refuse('DNIED', 'only an admin decides'); end if;
  if p_outcome is null or p_outcome not in ('OWNER_AGREES', 'MISTAKE', 'ABUSE') then
    perform private.refuse('INVAL', 'no such outcome', '{"field":"outcome"}');
  end if;
  if length(v_note) not between 3 and 300 then perform private.refuse('INVAL', 'a note is needed', '{"field":"note"}'); end if;
  select a.code into v_salesman from app.orders o join app.disputes d on d.order_id = o.id join app.accounts a on a.id = d.salesman_id
   where o.number = p_number for no key update of a;
  if not found then perform private.refuse('NTFND', 'no such dispute'); end if;
  select * into v from app.orders where number = p_number for update;
  select * into v_dispute from app.disputes where order_id = v.id;
  if v_dispute.outcome = p_outcome and v_dispute.resolution_note = v_note and v_dispute.resolved_by = v_me.code then return; end if;
  if v_dispute.outcome is not null then
    perform private.refuse('STALE', 'already decided', jsonb_build_object('outcome', v_dispute.outcome, 'by', v_dispute.resolved_by));
  end if;

  update app.disputes set outcome = p_outcome, resolution_note = v_note, resolved_at = now(), resolved_by = v_me.code where order_id = v.id;
  if p_outcome = 'OWNER_AGREES' then
    perform private.release_order(v.id, 'DISPUTED', v_me.name, v_note);
  elsif 'CANCELLED' = any (private.next_statuses(v.status)) then
    -- It stays held, so that a task to stop it in the ERP goes on.
    perform app.move_order(v.number, 'CANCELLED', v_note);
  end if;
  insert into app.order_events (order_id, kind, actor, detail)
    values (v.id, 'DISPUTE_RESOLVED', v_me.name, jsonb_build_object('outcome', p_outcome, 'note', v_note));
  perform private.finish_task('dispute/' || v.number, v_note);
  perform private.audit('DISPUTE_RESOLVED', 'order', v.number, jsonb_build_object('outcome', p_outcome), v_salesman,
    jsonb_build_object('status', v.status, 'held', v.held),
    (select jsonb_build_object('status', o.status, 'held', o.held) from app.orders o where o.id = v.id));
  perform private.settle_incident(v_dispute.incident_id, v_me.code, jsonb_build_object('order', v.number, 'outcome', p_outcome), v_note);
  perform private.notify_owner(v.partner_id, 'DISPUTE_RESOLVED', 'dispute-resolved/' || v.number, jsonb_build_object(
    'store', (select name from app.partners where id = v.partner_id), 'order', v.number, 'outcome', p_outcome, 'note', v_note,
    'cancelled', case when (select status from app.orders where id = v.id) = 'CANCELLED' then 'yes' else 'no' end,
    -- Something else may hold it still.
    'held', case when (select held from app.orders where id = v.id) then 'yes' else 'no' end), v.id);
end $$;
grant execute on function app.resolve_dispute to authenticated;

-- Orders that the ERP refused before there was a desk: on it now, for a person to decide.
create function private.put_refused_on_desk() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into app.reconcile_results (order_id, result, assumed, erp, difference, error, checked_at)
    select o.id, 'ERROR', private.assumed(o.id), '{"documents": [], "total": null, "lines": [], "credit": null, "message": null}', '{"total": 0, "lines": [], "credit": null}',
           u.last_error, coalesce(u.done_at, now())
      from app.orders o join app.erp_pushes u on u.order_id = o.id
     where o.sync_status = 'FAILED' and o.status in ('SUBMITTED', 'PROCESSING', 'APPROVED') and u.done_at is not null
    on conflict (order_id) do nothing
$$;
select private.put_refused_on_desk();
