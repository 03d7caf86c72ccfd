-- The viewer: who the person behind this transaction is, whether his login still counts, and which store he is.
--
-- The questions here are asked once per table and statement by the policies, and by nearly every command, so they are
-- written to be cheap: the claims are read into variables (inside a query they would be read again for each row of a
-- scan), and a row is looked up by its key: without enable_seqscan = off a table of a few hundred rows tempts the
-- planner to read all of it each time.
--
-- A salesman who acts for a store stays himself; only private.viewer_partner and what rests on it answer for the store.
--
-- Every command begins with private.assert_alive, which takes a share of the viewer's account row. Whoever shuts him
-- out takes the whole row first: an act of his is committed before, or waits and is refused.

-- What policies ask.

-- The login behind this transaction, if it is still alive: a restrictive policy on every table asks, and every command
-- first of all. The policies say "is not null" because the planner takes that for nearly always true; a boolean it
-- takes for a coin toss, and five tables of coin tosses make it scan where it should look up.
create function private.live_session() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off parallel safe as $$
declare
  v_session uuid := (private.claim('session_id'))::uuid;
  v_viewer uuid := private.viewer_id();
begin
  return (
    select s.id from auth.sessions s join app.accounts a on a.id = s.user_id
     where s.id = v_session and a.id = v_viewer and a.status = 'ACTIVE' and coalesce(s.not_after > now(), true));
end $$;
grant execute on function private.live_session to anon, authenticated;

create function private.viewer_role() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off parallel safe as $$
declare v_viewer uuid := private.viewer_id();
begin
  return (select a.role from app.accounts a where a.id = v_viewer);
end $$;
grant execute on function private.viewer_role to anon, authenticated;

create function private.viewer_is_staff() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off parallel safe as $$
declare v_viewer uuid := private.viewer_id();
begin
  return exists (select from app.accounts a where a.id = v_viewer and a.role in ('ADMIN', 'AUDITOR'));
end $$;
grant execute on function private.viewer_is_staff to anon, authenticated;

-- The acting session that holds right now: of this very login, not ended, not expired, the store still his, still
-- willing and not suspended.
create function private.viewer_acting() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off parallel safe as $$
declare
  v_viewer uuid := private.viewer_id();
  v_session uuid := (private.claim('session_id'))::uuid;
  v_acting app.acting_sessions;
begin
  select * into v_acting from app.acting_sessions s
   where s.salesman_id = v_viewer and s.ended_at is null and s.session_id = v_session and s.expires_at > now();
  if not found then return null; end if;
  return (
    select v_acting.id from app.partners p
      join app.accounts owner on owner.id = p.account_id and owner.status = 'ACTIVE'
     where p.id = v_acting.partner_id and p.shadow_allowed
       and exists (select from app.assignments g
                    where g.salesman_id = v_viewer and g.partner_id = v_acting.partner_id));
end $$;
grant execute on function private.viewer_acting to anon, authenticated;

-- Which store am I? The partner himself, or the store a salesman acts for.
create function private.viewer_partner() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off parallel safe as $$
declare
  v_viewer uuid := private.viewer_id();
  v_partner uuid;
  v_acting uuid;
begin
  select p.id into v_partner from app.partners p where p.account_id = v_viewer;
  if found then return v_partner; end if;
  v_acting := private.viewer_acting();
  return (select s.partner_id from app.acting_sessions s where s.id = v_acting);
end $$;
grant execute on function private.viewer_partner to anon, authenticated;

create function private.viewer_tier() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off parallel safe as $$
declare
  v_viewer uuid := private.viewer_id();
  v_tier text;
  v_partner uuid;
begin
  select p.tier into v_tier from app.partners p where p.account_id = v_viewer;
  if found then return v_tier; end if;
  v_partner := private.viewer_partner();
  return (select p.tier from app.partners p where p.id = v_partner);
end $$;
grant execute on function private.viewer_tier to anon, authenticated;

create function private.viewer_region() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off parallel safe as $$
declare v_partner uuid := private.viewer_partner();
begin
  return (select p.region_code from app.partners p where p.id = v_partner);
end $$;
grant execute on function private.viewer_region to anon, authenticated;

-- What commands ask first.

-- A form says whom it was shown to: p_shown {"account", and for what is done as a store "store" and "acting" (null:
-- none)}, codes and an id. Another tab of the same browser may have changed the person or the store since: then nothing
-- is done. Null asks nothing, as scripts do. Errors: SHOWN_TO_ANOTHER, with who and which store it is now {account,
-- person, store, storeName}.
create function private.assert_shown_for(p_shown jsonb) returns void
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v_me app.accounts; v_store app.partners;
begin
  if jsonb_typeof(p_shown) is distinct from 'object' then return; end if;
  select * into v_me from app.accounts where id = private.viewer_id();
  if v_me.code is not distinct from p_shown ->> 'account' and not p_shown ? 'store' then return; end if;
  select * into v_store from app.partners where id = private.viewer_partner();
  if v_me.code is not distinct from p_shown ->> 'account'
     and v_store.code is not distinct from p_shown ->> 'store'
     and private.viewer_acting()::text is not distinct from p_shown ->> 'acting' then return; end if;
  perform private.refuse('SHOWN_TO_ANOTHER', facts => jsonb_build_object(
    'account', v_me.code, 'person', v_me.name, 'store', v_store.code, 'storeName', v_store.name));
end $$;

-- Asked first by every command, and with it whether the form was shown to this viewer. What only reads, in a
-- transaction that can only read, has nothing to wait for. Errors: 28000 the login is over, STALE the account is being
-- shut out, SHOWN_TO_ANOTHER, DENIED another isolation level.
create function private.assert_alive() returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare v_viewer uuid := private.viewer_id();
begin
  if current_setting('transaction_read_only') = 'off' then
    -- A snapshot of its own would go on seeing a login that is gone, however long ago.
    if current_setting('transaction_isolation') <> 'read committed' then
      perform private.refuse('DENIED', 'commands run at read committed');
    end if;
    if exists (select from private.shut_outs where account_id = v_viewer and until > clock_timestamp()) then
      -- The mark may outlive what it was made for by a moment.
      if private.live_session() is null then raise exception 'the session has ended' using errcode = '28000'; end if;
      perform private.refuse('STALE', 'the account is being shut out');
    end if;
    perform from app.accounts where id = v_viewer for key share;
  end if;
  if private.live_session() is null then
    raise exception 'the session has ended' using errcode = '28000';
  end if;
  perform private.assert_shown_for(nullif(current_setting('app.request', true), '')::jsonb -> 'shown');
end $$;

-- The command is of this role alone. p_why is for the log. Errors: DENIED.
create function private.assert_role(p_role text, p_why text) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if private.viewer_role() is distinct from p_role then perform private.refuse('DENIED', p_why); end if;
end $$;

-- The same as private.assert_shown_for as a question, for a form that is handed back before anything was tried. Errors:
-- 28000, SHOWN.
create function app.assert_shown_for(p_shown jsonb) returns void
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  perform private.assert_shown_for(p_shown);
end $$;
grant execute on function app.assert_shown_for to authenticated;

-- What every page asks.

-- Who the viewer is and what hangs over the shop, in one answer for every page. For a guest, or a login that has ended,
-- `account` is null and `ended` says why, which is looked up only then.
create function app.viewer_context() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_alive boolean := private.live_session() is not null;
  v_account app.accounts; v_store app.partners; v_acting app.acting_sessions; v_stock timestamptz;
begin
  if not v_alive then
    return jsonb_build_object(
      'account', null,
      'degraded', private.is_degraded(),
      'ended', case
        when private.viewer_id() is null then null
        when (select status from app.accounts where id = private.viewer_id()) = 'SUSPENDED' then 'SUSPENDED'
        when exists (select from private.ended_logins e
                      where e.session_id = (private.claim('session_id'))::uuid and e.account_id = private.viewer_id()
                        and e.why = 'FORCED') then 'FORCED'
        else 'EXPIRED' end);
  end if;
  select * into v_account from app.accounts where id = private.viewer_id();
  select * into v_store from app.partners where id = private.viewer_partner();
  if v_account.role = 'SALESMAN' and v_store.id is not null then
    select * into v_acting from app.acting_sessions where id = private.viewer_acting();
  end if;
  select as_of into v_stock from app.feeds where name = 'stock';
  return jsonb_build_object(
    'account', jsonb_build_object(
      'id', v_account.id, 'code', v_account.code, 'role', v_account.role, 'name', v_account.name,
      'language', v_account.language),
    'store', case when v_store.id is not null then jsonb_build_object(
      'id', v_store.id, 'code', v_store.code, 'name', v_store.name, 'tier', v_store.tier, 'city', v_store.city,
      'region', v_store.region_code) end,
    'acting', case when v_acting.id is not null then jsonb_build_object(
      'id', v_acting.id, 'until', v_acting.expires_at,
      'minutes', ceil(extract(epoch from v_acting.expires_at - now()) / 60)) end,
    'cartLines', (select count(*) from app.cart_items where partner_id = v_store.id and author_id = v_account.id),
    'degraded', private.is_degraded(),
    'stockAsOf', v_stock,
    'stockAgeMinutes', floor(extract(epoch from now() - v_stock) / 60),
    -- For staff: a store sees what comes of it, not why.
    'bypassUntil', (select expires_at from app.settings
                     where v_account.role in ('ADMIN', 'AUDITOR') and key = 'CREDIT_CHECK_BYPASS'
                       and value = 'true'::jsonb and expires_at > now()),
    'work', case when v_account.role in ('ADMIN', 'AUDITOR') then private.work_waiting(v_account.role) end,
    -- So that staff, which reads of people by their codes, reads their names with them. Stores get none.
    'names', case when v_account.role in ('ADMIN', 'AUDITOR') then (
      select jsonb_object_agg(code, name) from app.accounts where role in ('SALESMAN', 'ADMIN', 'AUDITOR')) end);
end $$;
grant execute on function app.viewer_context to anon, authenticated;
