-- What a store allows its salesmen: to work in its name at all, and for how much a month. The owner alone says so, and
-- the database holds every order to it, whatever code path writes one.

alter table app.partners add column shadow_cap bigint check (shadow_cap between 1 and 1000000000000);
comment on column app.partners.shadow_cap is 'Rupiah a month that salesmen may order in the store''s name; null: no cap.';
drop trigger store_needs_audit on app.partners;
create constraint trigger store_needs_audit after update of shadow_allowed, shadow_cap, credit_limit, tier, region_code on app.partners
  deferrable initially deferred for each row execute function private.require_audit('partner', 'code');

alter table app.acting_sessions drop constraint acting_sessions_ended_reason_check;
alter table app.acting_sessions add constraint acting_sessions_ended_reason_check
  check (ended_reason in ('BY_HAND', 'EXPIRED', 'SIGNED_OUT', 'SUSPENDED', 'REPLACED', 'SWITCHED_OFF'));

create index orders_shadow_by_month on app.orders (partner_id, created_at) include (total, status) where acting_session_id is not null;

-- The months of the business are Jakarta's.
create function private.shadow_month(p_at timestamptz) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
  select date_trunc('month', p_at, 'Asia/Jakarta')
$$;

-- What salesmen ordered in a store's name in the month of a moment. An order that was refused or cancelled gives its amount back.
create function private.shadow_used(p_partner uuid, p_at timestamptz default now()) returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(sum(o.total), 0)::bigint from app.orders o
   where o.partner_id = p_partner and o.acting_session_id is not null and o.status not in ('REJECTED', 'CANCELLED')
     and o.created_at >= private.shadow_month(p_at) and o.created_at < private.shadow_month(private.shadow_month(p_at) + interval '32 days')
$$;

-- Takes the lock that every checkout of the store takes first, so that two orders never spend the same room, and none
-- slips past an owner who is just switching off.
create function private.keep_shadow_consent() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_allowed boolean; v_cap bigint; v_used bigint;
begin
  -- A snapshot of its own would neither see the month's other orders nor that the owner has just switched off.
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'shadow orders are placed at read committed' using errcode = 'DNIED';
  end if;
  perform from app.partner_credit where partner_id = new.partner_id for update;
  select shadow_allowed, shadow_cap into v_allowed, v_cap from app.partners where id = new.partner_id;
  if not v_allowed then perform private.refuse('SHOFF', 'the store has switched Shadow Mode off'); end if;
  if v_cap is null then return new; end if;
  v_used := private.shadow_used(new.partner_id, new.created_at);
  if tg_op = 'UPDATE' and old.partner_id = new.partner_id and old.acting_session_id is not null then v_used := v_used - old.total; end if;
  if v_used + new.total > v_cap then
    perform private.refuse('SHCAP', 'above what the store allows its salesmen this month',
      jsonb_build_object('cap', v_cap, 'used', v_used, 'left', greatest(v_cap - v_used, 0), 'total', new.total));
  end if;
  return new;
end $$;
create trigger shadow_consent before insert on app.orders
  for each row when (new.acting_session_id is not null) execute function private.keep_shadow_consent();
create trigger shadow_consent_kept before update of total, partner_id, acting_session_id on app.orders
  for each row when (new.acting_session_id is not null and (new.total > old.total or new.partner_id <> old.partner_id or old.acting_session_id is null))
  execute function private.keep_shadow_consent();

-- An acting session does not begin while its store is switching off: one of the two waits, and sees what the other did.
create function private.keep_switched_off() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from app.partners where id = new.partner_id and shadow_allowed for share;
  if not found then perform private.refuse('SHOFF', 'the store has switched Shadow Mode off'); end if;
  return new;
end $$;
create trigger store_allows before insert on app.acting_sessions for each row execute function private.keep_switched_off();

-- Ends whatever acting sessions for a store are still open.
create function private.close_acting_for(p_partner uuid, p_reason text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_ended integer;
begin
  update app.acting_sessions
     set ended_at = least(now(), expires_at), ended_reason = case when expires_at <= now() then 'EXPIRED' else p_reason end
   where partner_id = p_partner and ended_at is null;
  get diagnostics v_ended = row_count;
  return v_ended;
end $$;

-- The owner says whether salesmen may order in his store's name, and for how much a month (null: no cap). Off ends their acting sessions at
-- once; an order that is just being placed is in before, or refused after. Returns how many sessions ended. Errors: 28000, DNIED for all
-- but the owner himself, INVAL cap.
create function app.set_shadow_consent(p_allowed boolean, p_cap bigint) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.partners; v_ended integer := 0;
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'PARTNER' then perform private.refuse('DNIED', 'only the owner himself'); end if;
  if p_allowed is null then perform private.refuse('INVAL', 'on or off', '{"field":"allowed"}'); end if;
  if p_cap not between 1 and 1000000000000 then perform private.refuse('INVAL', 'the cap is out of range', '{"field":"cap"}'); end if;
  select * into v from app.partners where account_id = private.viewer_id();
  if not found then perform private.refuse('DNIED', 'only the owner himself'); end if;
  perform from app.partner_credit where partner_id = v.id for update;
  select * into v from app.partners where id = v.id for no key update;
  if v.shadow_allowed = p_allowed and v.shadow_cap is not distinct from p_cap then return 0; end if;
  update app.partners set shadow_allowed = p_allowed, shadow_cap = p_cap where id = v.id;
  if not p_allowed then v_ended := private.close_acting_for(v.id, 'SWITCHED_OFF'); end if;
  perform private.audit('SHADOW_CONSENT_CHANGED', 'partner', v.code, jsonb_build_object('sessionsEnded', v_ended), v.code,
    jsonb_build_object('allowed', v.shadow_allowed, 'cap', v.shadow_cap), jsonb_build_object('allowed', p_allowed, 'cap', p_cap));
  return v_ended;
end $$;
grant execute on function app.set_shadow_consent to authenticated;

create function private.shadow_allowance(p_partner uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('allowed', p.shadow_allowed, 'cap', p.shadow_cap, 'used', u.used,
                            'left', case when p.shadow_cap is not null then greatest(p.shadow_cap - u.used, 0) end,
                            'month', to_char(private.shadow_month(now()) at time zone 'Asia/Jakarta', 'YYYY-MM'))
    from app.partners p cross join lateral (select private.shadow_used(p.id) as used) u where p.id = p_partner
$$;

-- What is left this month, for the store and for whoever acts for it: {allowed, cap, used, left, month}; cap and left are null without a cap. Null
-- for a viewer without a store.
create function app.shadow_allowance() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  return private.shadow_allowance(private.viewer_partner());
end $$;

-- The same for a salesman's stores that have a cap.
create function app.client_allowances() returns table (code text, allowance jsonb)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  return query select p.code, private.shadow_allowance(p.id) from app.assignments g join app.partners p on p.id = g.partner_id
    where g.salesman_id = private.viewer_id() and p.shadow_cap is not null limit 200;
end $$;

-- Those of a salesman's stores that cannot be acted for because their account is suspended; not why.
create function app.suspended_clients() returns setof text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  return query select p.code from app.assignments g join app.partners p on p.id = g.partner_id join app.accounts a on a.id = p.account_id
    where g.salesman_id = private.viewer_id() and a.status = 'SUSPENDED';
end $$;

-- Who worked in the store's name and when, newest first, for its owner alone: he may not read accounts, and here he reads names. p_before: the
-- start of the last session that he has seen.
create function app.shadow_sessions(p_before timestamptz, p_limit integer)
returns table (salesman text, reason text, started_at timestamptz, expires_at timestamptz, ended_at timestamptz, ended_reason text, orders integer, total bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v_partner uuid;
begin
  perform private.assert_alive();
  select p.id into v_partner from app.partners p where p.account_id = private.viewer_id();
  return query
    select a.name, s.reason, s.started_at, s.expires_at, s.ended_at, s.ended_reason, o.orders, o.total
      from (select * from app.acting_sessions t where t.partner_id = v_partner and (p_before is null or t.started_at < p_before)
             order by t.started_at desc limit least(p_limit, 50)) s
      join app.accounts a on a.id = s.salesman_id
      cross join lateral (select count(*)::integer as orders, coalesce(sum(x.total), 0)::bigint as total from app.orders x
                           where x.partner_id = v_partner and x.acting_session_id = s.id and x.created_at >= s.started_at) o
     order by s.started_at desc;
end $$;
grant execute on function app.shadow_allowance, app.client_allowances, app.suspended_clients, app.shadow_sessions to authenticated;
