-- No code path skips the trail: what matters cannot be committed without its row, written by whichever function or by hand. (By hand:
-- `select private.audit('ORDER_MOVED', 'order', 'ORD-…')` in the same transaction.)

-- Was something about this entity written to the trail by this very transaction? A change that is
-- rolled back to a savepoint takes its row with it.
create function private.require_audit() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_key text := to_jsonb(new) ->> tg_argv[1];
begin
  if not exists (select from app.audit_events e
                  where e.entity_key = v_key and e.entity = tg_argv[0] and e.xid = pg_current_xact_id()
                    and e.at >= transaction_timestamp()) then
    raise exception '% % was changed without a row in the audit trail', tg_argv[0], v_key using errcode = '23514';
  end if;
  return null;
end $$;
create constraint trigger order_needs_audit after insert or update of status, total, partner_id, placed_by on app.orders
  deferrable initially deferred for each row execute function private.require_audit('order', 'number');
create constraint trigger setting_needs_audit after insert or update of value, expires_at on app.settings
  deferrable initially deferred for each row execute function private.require_audit('setting', 'key');
create constraint trigger account_needs_audit after update of status, role, code on app.accounts
  deferrable initially deferred for each row execute function private.require_audit('account', 'code');
create constraint trigger store_needs_audit after update of shadow_allowed, credit_limit, tier, region_code on app.partners
  deferrable initially deferred for each row execute function private.require_audit('partner', 'code');

-- What a salesman puts into a store's cart: any row of the trail that he wrote in this transaction.
create function private.require_cart_audit() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from app.partners p where p.id = new.partner_id and p.account_id = new.author_id)
     and not exists (select from app.audit_events e
                      where e.actor_id = new.author_id and e.acting_session_id is not null and e.xid = pg_current_xact_id()
                        and e.at >= transaction_timestamp()) then
    raise exception 'a cart was changed in Shadow Mode without a row in the audit trail' using errcode = '23514';
  end if;
  return null;
end $$;
create constraint trigger shadow_cart_needs_audit after insert or update on app.cart_items
  deferrable initially deferred for each row execute function private.require_cart_audit();

-- Acting begins and ends in more ways than one (by hand, by the next beginning, by suspension), so its rows are written
-- where all of them pass.
create function private.audit_acting() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_store text := (select code from app.partners where id = new.partner_id);
begin
  if tg_op = 'INSERT' then
    perform private.audit('ACTING_BEGUN', 'partner', v_store, jsonb_build_object('until', new.expires_at), v_store, p_acting => new.id);
  else
    perform private.audit('ACTING_ENDED', 'account', (select code from app.accounts where id = new.salesman_id),
      jsonb_build_object('reason', new.ended_reason), v_store, null, null, new.id);
  end if;
  return null;
end $$;
create trigger begun_audited after insert on app.acting_sessions for each row execute function private.audit_acting();
create trigger ended_audited after update of ended_at on app.acting_sessions
  for each row when (old.ended_at is null and new.ended_at is not null) execute function private.audit_acting();

-- As before, without rows of their own, and a store of his that is suspended is refused in words: STSUS.
create or replace function app.begin_acting(p_code text, p_reason text) returns timestamptz
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_me uuid := private.viewer_id();
  v_store app.partners; v_other text; v_until timestamptz;
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'SALESMAN' then perform private.refuse('DNIED', 'only a salesman acts'); end if;
  -- The account row is the lock: two tabs cannot both begin.
  perform from app.accounts where id = v_me for no key update;
  perform private.assert_alive(); -- Somebody may have shut him out while he waited.
  select p.* into v_store from app.partners p
    join app.assignments g on g.partner_id = p.id and g.salesman_id = v_me
   where p.code = p_code;
  if not found then perform private.refuse('NTFND', 'no such store'); end if;
  if (select status from app.accounts where id = v_store.account_id) <> 'ACTIVE' then
    perform private.refuse('STSUS', 'the account of the store is suspended');
  end if;
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
  return v_until;
end $$;

-- Ends the viewer's acting session, of whatever login; true when there was one. p_acting: the one that he was shown, null whichever it
-- is. That one being over already is what was asked for; another one in its place is not. Errors: 28000, SHOWN with {store, storeName}.
create function app.end_acting(p_reason text default 'BY_HAND', p_acting uuid default null) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_me uuid := private.viewer_id(); v_other app.partners;
begin
  perform private.assert_alive();
  perform from app.accounts where id = v_me for no key update; -- An order of his may be on its way in: it refers to this row.
  select p.* into v_other from app.acting_sessions s join app.partners p on p.id = s.partner_id
   where s.salesman_id = v_me and s.ended_at is null and s.expires_at > now() and s.id <> p_acting;
  if found then
    perform private.refuse('SHOWN', 'another acting session has begun', (select jsonb_build_object('account', a.code, 'person', a.name,
      'store', v_other.code, 'storeName', v_other.name) from app.accounts a where a.id = v_me));
  end if;
  return private.close_acting(v_me, case when p_reason = 'SIGNED_OUT' then 'SIGNED_OUT' else 'BY_HAND' end) > 0;
end $$;

-- An acting session of the viewer's that keeps him from beginning one, though he does not work in it here: of another browser mostly. Null,
-- or {id, code, store, since, until}.
create function app.acting_elsewhere() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  return (
    select jsonb_build_object('id', s.id, 'code', p.code, 'store', p.name, 'since', s.started_at, 'until', s.expires_at)
      from app.acting_sessions s join app.partners p on p.id = s.partner_id
     where s.salesman_id = private.viewer_id() and s.ended_at is null and s.expires_at > now()
       and s.id is distinct from private.viewer_acting() and exists (select from auth.sessions l where l.id = s.session_id));
end $$;
grant execute on function app.end_acting, app.acting_elsewhere to authenticated;
