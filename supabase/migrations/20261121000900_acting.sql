-- Shadow Mode begins and ends by command only. A salesman never gets the store's
-- password or token: he stays himself, and private.viewer_partner() answers for the store.

-- Ends whatever acting sessions of a salesman are still open, saying why.
create function private.close_acting(p_salesman uuid, p_reason text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_ended integer;
begin
  update app.acting_sessions
     set ended_at = least(now(), expires_at), ended_reason = case when expires_at <= now() then 'EXPIRED' else p_reason end
   where salesman_id = p_salesman and ended_at is null;
  get diagnostics v_ended = row_count;
  return v_ended;
end $$;

-- Errors: 28000, DNIED for all but salesmen, NTFND a store that is not his, INVAL the
-- reason, STALE already acting (one at a time, no nesting), with the store's name in
-- detail, SHOFF the store has switched Shadow Mode off.
create function app.begin_acting(p_code text, p_reason text) returns timestamptz
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_me uuid := private.viewer_id();
  v_store app.partners; v_other text; v_until timestamptz;
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'SALESMAN' then perform private.refuse('DNIED', 'only a salesman acts'); end if;
  -- The account row is the lock: two tabs cannot both begin.
  perform from app.accounts where id = v_me for no key update;
  select p.* into v_store from app.partners p
    join app.assignments g on g.partner_id = p.id and g.salesman_id = v_me
    join app.accounts o on o.id = p.account_id and o.status = 'ACTIVE'
   where p.code = p_code;
  if not found then perform private.refuse('NTFND', 'no such store'); end if;
  if not v_store.shadow_allowed then perform private.refuse('SHOFF', 'the store has switched Shadow Mode off'); end if;
  if length(btrim(coalesce(p_reason, ''))) not between 3 and 200 then
    perform private.refuse('INVAL', 'a reason is needed', '{"field":"reason"}');
  end if;
  select p.name into v_other from app.acting_sessions s join app.partners p on p.id = s.partner_id
   where s.salesman_id = v_me and s.ended_at is null and s.expires_at > now()
     and exists (select from auth.sessions l where l.id = s.session_id);
  if found then
    perform private.refuse('STALE', 'already acting for a store', jsonb_build_object('store', v_other));
  end if;
  -- What is left open is over: past its hour, or of a login that no longer exists.
  perform private.close_acting(v_me, 'SIGNED_OUT');
  insert into app.acting_sessions (salesman_id, partner_id, session_id, reason)
    values (v_me, v_store.id, (private.claim('session_id'))::uuid, btrim(p_reason))
    returning expires_at into v_until;
  perform private.audit('ACTING_BEGUN', 'partner', v_store.code, jsonb_build_object('reason', btrim(p_reason)));
  return v_until;
end $$;
grant execute on function app.begin_acting to authenticated;
