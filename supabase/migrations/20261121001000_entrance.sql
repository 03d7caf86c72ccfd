-- The entrance: guessing is slowed by account and by address, and each page asks
-- once who the viewer is and what hangs over the shop.

create table private.sign_in_tries (
  key      text not null,
  started  timestamptz not null default now(),
  tries    integer not null default 0,
  primary key (key)
);
comment on table private.sign_in_tries is 'Tries per hashed account or address in the running quarter of an hour.';
alter table private.sign_in_tries enable row level security;

create function private.count_try(p_key text, p_limit integer) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_tries integer; v_started timestamptz;
begin
  insert into private.sign_in_tries as t (key, tries) values (p_key, 1)
    on conflict (key) do update
      set tries = case when t.started < now() - interval '15 minutes' then 1 else t.tries + 1 end,
          started = case when t.started < now() - interval '15 minutes' then now() else t.started end
    returning tries, started into v_tries, v_started;
  return case when v_tries > p_limit
    then greatest(1, ceil(extract(epoch from v_started + interval '15 minutes' - now()))::integer) else 0 end;
end $$;

-- Who tries is counted by hash: neither addresses nor e-mails stand here in clear.
create function private.try_key(p_purpose text, p_kind text, p_value text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select p_purpose || ':' || p_kind || ':' || encode(sha256(convert_to(coalesce(p_value, ''), 'UTF8')), 'hex')
$$;

-- Another account of the same browser has another mark.
create function private.device_mark(p_account uuid, p_device text) returns bytea
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select sha256(convert_to(p_account::text || ' ' || p_device, 'UTF8'))
$$;

-- Whether the browser that asks has come in with this account before: see note_sign_in.
create function private.knows_device(p_email text) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v_device text := left(private.request('device'), 60);
begin
  return v_device is not null and exists (select from auth.users u join private.known_devices d on d.account_id = u.id
    where u.email = p_email and d.device = private.device_mark(u.id, v_device));
end $$;

-- Takes one try, before the password is looked at, so that parallel guesses count too.
-- Returns the seconds to wait, 0 to go on. In 15 minutes: 50 from an address; 10 from an
-- address on one account; 60 on an account from everywhere, which is what a crowd of
-- addresses can guess, and what it takes to keep its owner waiting. An address that has to
-- wait uses up nobody's tries. A browser that has come in with this account before is counted
-- by itself (10) instead of by its address, which it may share with a town. p_purpose keeps
-- sign-in and password reset apart.
create function app.take_sign_in_try(p_purpose text, p_email text, p_address text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_email text := lower(btrim(p_email)); v_wait integer;
begin
  if p_purpose is null or p_email is null or p_address is null then perform private.refuse('INVAL', 'whose try, from where', '{"field":"email"}'); end if;
  if private.knows_device(v_email) then
    v_wait := private.count_try(private.try_key(p_purpose, 'd', private.request('device') || ' ' || v_email), 10);
    if v_wait > 0 then return v_wait; end if;
  else
    v_wait := private.count_try(private.try_key(p_purpose, 'i', p_address), 50);
    if v_wait > 0 then return v_wait; end if;
    v_wait := private.count_try(private.try_key(p_purpose, 'p', p_address || ' ' || v_email), 10);
    if v_wait > 0 then return v_wait; end if;
  end if;
  return private.count_try(private.try_key(p_purpose, 'a', v_email), 60);
end $$;

-- An account's tries from everywhere, forgotten: its owner has shown that it is he.
create function private.forget_tries(p_email text, p_address text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from private.sign_in_tries
   where key in (private.try_key('in', 'a', p_email), private.try_key('reset', 'a', p_email), private.try_key('in', 'p', p_address || ' ' || p_email),
                 private.try_key('in', 'd', private.request('device') || ' ' || p_email))
$$;

create function app.note_sign_out() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  perform app.end_acting('SIGNED_OUT');
  perform private.audit('SIGNED_OUT', 'account', (select code from app.accounts where id = private.viewer_id()));
end $$;

-- The language in which the viewer reads pages and letters from now on. A salesman who acts as a store chooses for himself.
create function app.choose_language(p_language text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  if p_language is null or p_language not in ('id', 'en') then perform private.refuse('INVAL', 'no such language', '{"field":"lang"}'); end if;
  update app.accounts set language = p_language where id = private.viewer_id() and language <> p_language;
end $$;

-- A refused password, without the address that was typed: it may be anybody's.
create function app.note_refused_sign_in(p_email text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.audit('SIGN_IN_REFUSED', 'account',
    (select a.code from auth.users u join app.accounts a on a.id = u.id where u.email = lower(btrim(p_email))));
end $$;
grant execute on function app.take_sign_in_try, app.note_refused_sign_in to anon;
grant execute on function app.note_sign_out, app.choose_language to authenticated;

-- Who the viewer is and what hangs over the shop, in one answer for every page.
-- For a guest, or a login that has ended, `account` is null and `ended` says why.
create function app.viewer_context() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_alive boolean := private.live_session() is not null;
  v_account app.accounts; v_store app.partners; v_acting app.acting_sessions; v_stock timestamptz;
begin
  if not v_alive then
    return jsonb_build_object('account', null, 'degraded', private.is_degraded(), 'ended',
      case when private.viewer_id() is null then null
           when (select status from app.accounts where id = private.viewer_id()) = 'SUSPENDED' then 'SUSPENDED'
           else 'EXPIRED' end);
  end if;
  select * into v_account from app.accounts where id = private.viewer_id();
  select * into v_store from app.partners where id = private.viewer_partner();
  if v_account.role = 'SALESMAN' and v_store.id is not null then
    select * into v_acting from app.acting_sessions where id = private.viewer_acting();
  end if;
  select as_of into v_stock from app.feeds where name = 'stock';
  return jsonb_build_object(
    'account', jsonb_build_object('id', v_account.id, 'code', v_account.code, 'role', v_account.role, 'name', v_account.name),
    'store', case when v_store.id is not null then jsonb_build_object(
      'id', v_store.id, 'code', v_store.code, 'name', v_store.name, 'tier', v_store.tier, 'city', v_store.city,
      'region', v_store.region_code) end,
    'acting', case when v_acting.id is not null then jsonb_build_object('id', v_acting.id, 'until', v_acting.expires_at,
      'minutes', ceil(extract(epoch from v_acting.expires_at - now()) / 60)) end,
    'cartLines', (select count(*) from app.cart_items where partner_id = v_store.id and author_id = v_account.id),
    'degraded', private.is_degraded(),
    'stockAsOf', v_stock,
    'stockAgeMinutes', floor(extract(epoch from now() - v_stock) / 60),
    -- For the office: a store sees what comes of it, not why.
    'bypassUntil', (select expires_at from app.settings
                     where v_account.role in ('ADMIN', 'AUDITOR') and key = 'CREDIT_CHECK_BYPASS' and value = 'true'::jsonb and expires_at > now()));
end $$;
grant execute on function app.viewer_context to anon, authenticated;
