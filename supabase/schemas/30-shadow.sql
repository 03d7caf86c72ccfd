-- Shadow Mode: a salesman works in the name of one of his stores, for at most an hour.
--
-- It begins and ends by command only. A salesman never gets the store's password or token: he stays himself, and
-- private.viewer_partner() answers for the store. Whether salesmen may do so at all, and for how much a month, the
-- owner alone says, and the database holds every order to it, whatever code path writes one.
--
-- Locks: the salesman's account row is the lock under which his acting sessions begin and end. The store's credit row,
-- which every checkout of the store takes first, is the one for its consent; then its own row, of which every beginning
-- takes a share.

create table app.acting_sessions (
  id           uuid primary key default gen_random_uuid(),
  salesman_id  uuid not null references app.accounts on delete restrict,
  partner_id   uuid not null references app.partners on delete restrict,
  session_id   uuid not null,
  reason       text not null check (private.is_note(reason, 200)),
  started_at   timestamptz not null default now(),
  expires_at   timestamptz not null default now() + interval '60 minutes',
  ended_at     timestamptz,
  ended_reason text
    check (ended_reason in ('BY_HAND', 'EXPIRED', 'SIGNED_OUT', 'SUSPENDED', 'REPLACED', 'SWITCHED_OFF')),
  unique (id, salesman_id, partner_id),
  check (expires_at <= started_at + interval '60 minutes'),
  check ((ended_at is null) = (ended_reason is null))
);
comment on table app.acting_sessions is 'Shadow Mode: a salesman working as one of his stores, for at most an hour.';
create unique index acting_sessions_one_at_a_time on app.acting_sessions (salesman_id) where ended_at is null;
create index on app.acting_sessions (partner_id, started_at desc);
create index on app.acting_sessions (salesman_id, started_at desc);
create index on app.acting_sessions (salesman_id, partner_id, started_at desc);
create index on app.acting_sessions (started_at);

alter table app.acting_sessions enable row level security;
create policy live_session on app.acting_sessions as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy salesman_reads on app.acting_sessions for select to authenticated
  using (salesman_id = (select private.viewer_id()));
create policy owner_reads on app.acting_sessions for select to authenticated
  using (partner_id = (select p.id from app.partners p where p.account_id = (select private.viewer_id())));
create policy staff_reads on app.acting_sessions for select to authenticated
  using ((select private.viewer_is_staff()));
-- Reading only, and session_id is nobody's to read: it names a login.
grant select (id, salesman_id, partner_id, reason, started_at, expires_at, ended_at, ended_reason)
  on app.acting_sessions to authenticated;

create trigger _030_not_deleted before delete on app.acting_sessions for each statement execute function private.keep();
alter table app.acting_sessions enable always trigger _030_not_deleted;
create trigger _040_not_truncated before truncate on app.acting_sessions for each statement
  execute function private.keep();
alter table app.acting_sessions enable always trigger _040_not_truncated;

-- An acting session does not begin while its store is switching off: one of the two waits, and sees what the other did.
create function private.keep_switched_off() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from app.partners where id = new.partner_id and shadow_allowed for share;
  if not found then perform private.refuse('ACTING_OFF'); end if;
  return new;
end $$;
create trigger _100_store_allows before insert on app.acting_sessions
  for each row execute function private.keep_switched_off();

-- Acting begins and ends in more ways than one (by hand, by the next beginning, by suspension), so its rows of the
-- trail are written where all of them pass.
create function private.audit_acting() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_store text := (select code from app.partners where id = new.partner_id);
begin
  if tg_op = 'INSERT' then
    perform private.audit('ACTING_BEGUN', 'partner', v_store, jsonb_build_object('until', new.expires_at), v_store,
      p_acting => new.id);
  else
    perform private.audit('ACTING_ENDED', 'account', (select code from app.accounts where id = new.salesman_id),
      jsonb_build_object('reason', new.ended_reason), v_store, null, null, new.id);
  end if;
  return null;
end $$;
create trigger _110_begun_audited after insert on app.acting_sessions for each row
  execute function private.audit_acting();

create trigger _120_ended_audited after update of ended_at on app.acting_sessions
  for each row when (old.ended_at is null and new.ended_at is not null) execute function private.audit_acting();

-- A salesman begins and ends.

-- Ends whatever acting sessions of a salesman, or for a store, are still open, saying why. Returns how many.
create function private.close_acting(p_reason text, p_salesman uuid default null, p_partner uuid default null)
returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_ended integer;
begin
  update app.acting_sessions
     set ended_at = least(now(), expires_at),
         ended_reason = case when expires_at <= now() then 'EXPIRED' else p_reason end
   where (salesman_id = p_salesman or partner_id = p_partner) and ended_at is null;
  get diagnostics v_ended = row_count;
  return v_ended;
end $$;

-- Returns until when. Errors: 28000, DENIED for all but salesmen, NOT_FOUND a store that is not his, STORE_SUSPENDED
-- the store's account is suspended, ACTING_OFF the store has switched Shadow Mode off, REASON_REQUIRED, STALE already
-- acting (one at a time, no nesting), with the store's name {store}. p_end: a session that ends for this one, in the
-- same moment or not at all.
create function app.begin_acting(p_code text, p_reason text, p_end uuid default null) returns timestamptz
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_me uuid := private.viewer_id();
  v_store app.partners; v_other text; v_until timestamptz;
begin
  perform private.assert_alive();
  perform private.assert_role('SALESMAN', 'only a salesman acts');
  -- The account row is the lock: two tabs cannot both begin.
  perform from app.accounts where id = v_me for no key update;
  perform private.assert_alive(); -- Somebody may have shut him out while he waited.
  select p.* into v_store from app.partners p
    join app.assignments g on g.partner_id = p.id and g.salesman_id = v_me
   where p.code = p_code;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if (select status from app.accounts where id = v_store.account_id) <> 'ACTIVE' then
    perform private.refuse('STORE_SUSPENDED');
  end if;
  if not v_store.shadow_allowed then perform private.refuse('ACTING_OFF'); end if;
  perform private.assert_note(p_reason, 200, 'reason');
  select p.name into v_other from app.acting_sessions s join app.partners p on p.id = s.partner_id
   where s.salesman_id = v_me and s.ended_at is null and s.expires_at > now() and s.id is distinct from p_end
     and exists (select from auth.sessions l where l.id = s.session_id);
  if found then
    perform private.refuse('STALE', 'already acting for a store', facts => jsonb_build_object('store', v_other));
  end if;
  -- What is left open is replaced, or over: past its hour, or of a login that no longer exists.
  perform private.close_acting(
    case when exists (select from app.acting_sessions where id = p_end and salesman_id = v_me) then 'REPLACED'
         else 'SIGNED_OUT' end, v_me);
  insert into app.acting_sessions (salesman_id, partner_id, session_id, reason)
    values (v_me, v_store.id, (private.claim('session_id'))::uuid, btrim(p_reason))
    returning expires_at into v_until;
  return v_until;
end $$;
grant execute on function app.begin_acting to authenticated;

-- Ends the viewer's acting session, of whatever login; true when there was one. p_acting: the one that he was shown,
-- null whichever it is. That one being over already is what was asked for; another one in its place is not. Errors:
-- 28000, SHOWN with {account, person, store, storeName}.
create function app.end_acting(p_reason text default 'BY_HAND', p_acting uuid default null) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_me uuid := private.viewer_id(); v_other app.partners;
begin
  perform private.assert_alive();
  -- An order of his may be on its way in: it refers to this row.
  perform from app.accounts where id = v_me for no key update;
  select p.* into v_other from app.acting_sessions s join app.partners p on p.id = s.partner_id
   where s.salesman_id = v_me and s.ended_at is null and s.expires_at > now() and s.id <> p_acting;
  if found then
    perform private.refuse('SHOWN_TO_ANOTHER', facts => (
      select jsonb_build_object('account', a.code, 'person', a.name, 'store', v_other.code, 'storeName', v_other.name)
        from app.accounts a where a.id = v_me));
  end if;
  return private.close_acting(case when p_reason = 'SIGNED_OUT' then 'SIGNED_OUT' else 'BY_HAND' end, v_me) > 0;
end $$;
grant execute on function app.end_acting to authenticated;

-- An acting session of the viewer's that keeps him from beginning one, though he does not work in it here: of another
-- browser mostly. Null, or {id, code, store, since, until}.
create function app.acting_elsewhere() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  return (
    select jsonb_build_object('id', s.id, 'code', p.code, 'store', p.name, 'since', s.started_at, 'until', s.expires_at)
      from app.acting_sessions s join app.partners p on p.id = s.partner_id
     where s.salesman_id = private.viewer_id() and s.ended_at is null and s.expires_at > now()
       and s.id is distinct from private.viewer_acting()
       and exists (select from auth.sessions l where l.id = s.session_id));
end $$;
grant execute on function app.acting_elsewhere to authenticated;

-- Those of a salesman's stores that cannot be acted for because their account is suspended; not why.
create function app.suspended_clients() returns setof text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  return query
    select p.code from app.assignments g
      join app.partners p on p.id = g.partner_id
      join app.accounts a on a.id = p.account_id
     where g.salesman_id = private.viewer_id() and a.status = 'SUSPENDED';
end $$;
grant execute on function app.suspended_clients to authenticated;

-- What a store allows its salesmen: to work in its name at all, and for how much a month.

-- The months of the business are Jakarta's.
create function private.shadow_month(p_at timestamptz) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
  select date_trunc('month', p_at, 'Asia/Jakarta')
$$;

-- What salesmen ordered in a store's name in the month of a moment. An order that was refused or cancelled gives its
-- amount back.
create function private.shadow_used(p_partner uuid, p_at timestamptz default now()) returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(sum(o.total), 0)::bigint from app.orders o
   where o.partner_id = p_partner and o.acting_session_id is not null and o.status not in ('REJECTED', 'CANCELLED')
     and o.created_at >= private.shadow_month(p_at)
     and o.created_at < private.shadow_month(private.shadow_month(p_at) + interval '32 days')
$$;

-- Called by the triggers of app.orders for every order of an acting session, when it is written and when it grows.
-- Takes the lock that every checkout of the store takes first, so that two orders never spend the same room, and none
-- slips past an owner who is just switching off. Errors: DENIED another isolation level, ACTING_OFF, CAP_REACHED {cap,
-- used, left, total}.
create function private.keep_shadow_consent() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_allowed boolean; v_cap bigint; v_used bigint;
begin
  -- A snapshot of its own would neither see the month's other orders nor that the owner has just switched off.
  if current_setting('transaction_isolation') <> 'read committed' then
    perform private.refuse('DENIED', 'shadow orders are placed at read committed');
  end if;
  perform from app.partner_credit where partner_id = new.partner_id for update;
  select shadow_allowed, shadow_cap into v_allowed, v_cap from app.partners where id = new.partner_id;
  if not v_allowed then perform private.refuse('ACTING_OFF'); end if;
  if v_cap is null then return new; end if;
  v_used := private.shadow_used(new.partner_id, new.created_at);
  if tg_op = 'UPDATE' and old.partner_id = new.partner_id and old.acting_session_id is not null then
    v_used := v_used - old.total;
  end if;
  if v_used + new.total > v_cap then
    perform private.refuse('CAP_REACHED',
      facts => jsonb_build_object(
        'cap', v_cap, 'used', v_used, 'left', greatest(v_cap - v_used, 0), 'total', new.total));
  end if;
  return new;
end $$;

-- The owner says whether salesmen may order in his store's name, and for how much a month (null: no cap). Off ends
-- their acting sessions at once; an order that is just being placed is in before, or refused after. Returns how many
-- sessions ended. Errors: 28000, DENIED for all but the owner himself, REQUIRED on or off, CAP_RANGE.
create function app.set_shadow_consent(p_allowed boolean, p_cap bigint) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.partners; v_ended integer := 0;
begin
  perform private.assert_alive();
  perform private.assert_role('PARTNER', 'only the owner himself');
  if p_allowed is null then perform private.refuse('REQUIRED', field => 'allowed'); end if;
  if p_cap not between 1 and 1000000000000 then
    perform private.refuse('CAP_RANGE', field => 'cap');
  end if;
  select * into v from app.partners where account_id = private.viewer_id();
  if not found then perform private.refuse('DENIED', 'only the owner himself'); end if;
  perform from app.partner_credit where partner_id = v.id for update;
  select * into v from app.partners where id = v.id for no key update;
  if v.shadow_allowed = p_allowed and v.shadow_cap is not distinct from p_cap then return 0; end if;
  update app.partners set shadow_allowed = p_allowed, shadow_cap = p_cap where id = v.id;
  if not p_allowed then v_ended := private.close_acting('SWITCHED_OFF', p_partner => v.id); end if;
  perform private.audit('SHADOW_CONSENT_CHANGED', 'partner', v.code, jsonb_build_object('sessionsEnded', v_ended),
    v.code,
    jsonb_build_object('allowed', v.shadow_allowed, 'cap', v.shadow_cap),
    jsonb_build_object('allowed', p_allowed, 'cap', p_cap));
  return v_ended;
end $$;
grant execute on function app.set_shadow_consent to authenticated;

-- What is left this month: {allowed, cap, used, left, month}; cap and left are null without a cap.
create function private.shadow_allowance(p_partner uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('allowed', p.shadow_allowed, 'cap', p.shadow_cap, 'used', u.used,
                            'left', case when p.shadow_cap is not null then greatest(p.shadow_cap - u.used, 0) end,
                            'month', to_char(private.shadow_month(now()) at time zone 'Asia/Jakarta', 'YYYY-MM'))
    from app.partners p cross join lateral (select private.shadow_used(p.id) as used) u
   where p.id = p_partner
$$;

-- The same for the store that the viewer is, and for whoever acts for it. Null for a viewer without a store.
create function app.shadow_allowance() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  return private.shadow_allowance(private.viewer_partner());
end $$;
grant execute on function app.shadow_allowance to authenticated;

-- The same for a salesman's stores that have a cap.
create function app.client_allowances() returns table (code text, allowance jsonb)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  return query
    select p.code, private.shadow_allowance(p.id) from app.assignments g join app.partners p on p.id = g.partner_id
     where g.salesman_id = private.viewer_id() and p.shadow_cap is not null limit 200;
end $$;
grant execute on function app.client_allowances to authenticated;

-- Who worked in the store's name and when, newest first, for its owner alone: he may not read accounts, and here he
-- reads names. p_before: the start of the last session that he has seen.
create function app.shadow_sessions(p_before timestamptz, p_limit integer)
returns table (salesman text, reason text, started_at timestamptz, expires_at timestamptz, ended_at timestamptz,
  ended_reason text, orders integer, total bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v_partner uuid;
begin
  perform private.assert_alive();
  select p.id into v_partner from app.partners p where p.account_id = private.viewer_id();
  return query
    select a.name, s.reason, s.started_at, s.expires_at, s.ended_at, s.ended_reason, o.orders, o.total
      from (select * from app.acting_sessions t
             where t.partner_id = v_partner and (p_before is null or t.started_at < p_before)
             order by t.started_at desc limit least(p_limit, 50)) s
      join app.accounts a on a.id = s.salesman_id
      cross join lateral (
        select count(*)::integer as orders, coalesce(sum(x.total), 0)::bigint as total from app.orders x
         where x.partner_id = v_partner and x.acting_session_id = s.id and x.created_at >= s.started_at) o
     order by s.started_at desc;
end $$;
grant execute on function app.shadow_sessions to authenticated;
