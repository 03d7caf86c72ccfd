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
language plpgsql security definer set search_path = '' as $$
declare v app.accounts; v_tries integer; v_started timestamptz;
begin
  insert into private.sign_in_tries as t (key, tries) values (p_key, 1)
    on conflict (key) do update
      set tries = case when t.started < now() - interval '15 minutes' then 1 else t.tries + 1 end,
          started = case when t.started < now() - interval '15 minutes' then now() else t.started end
    returning tries, started into v_tries, v_started;
  return case when v_tries > p_limit
    then greatest(1, ceil(extract(epoch from v_started + interval '15 minutes' - now()))::integer) else 0 end;
end $$;

-- Takes one try, before the password is looked at, so that parallel guesses count
-- too. Returns the seconds to wait, 0 to go on. 10 per account and 50 per address
-- in 15 minutes; p_purpose keeps sign-in and password reset apart.
create function app.take_sign_in_try(p_purpose text, p_email text, p_address text) returns integer
language plpgsql security definer set search_path = '' as $$
begin
  return greatest(
    private.count_try(p_purpose || ':a:' || encode(sha256(convert_to(lower(btrim(p_email)), 'UTF8')), 'hex'), 10),
    private.count_try(p_purpose || ':i:' || encode(sha256(convert_to(coalesce(p_address, ''), 'UTF8')), 'hex'), 50));
end $$;

-- A right password gives the tries back: a shop behind one address is not locked out
-- by signing in often. Called as the person who just came in.
create function app.note_sign_in(p_email text, p_address text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.assert_alive();
  delete from private.sign_in_tries
   where key = 'in:a:' || encode(sha256(convert_to(lower(btrim(p_email)), 'UTF8')), 'hex')
     and exists (select from auth.users u where u.id = private.viewer_id() and u.email = lower(btrim(p_email)));
  update private.sign_in_tries set tries = greatest(tries - 1, 0)
   where key = 'in:i:' || encode(sha256(convert_to(coalesce(p_address, ''), 'UTF8')), 'hex');
  perform private.audit('SIGNED_IN', 'account', (select code from app.accounts where id = private.viewer_id()));
end $$;

create function app.note_sign_out() returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.assert_alive();
  perform app.end_acting('SIGNED_OUT');
  perform private.audit('SIGNED_OUT', 'account', (select code from app.accounts where id = private.viewer_id()));
end $$;

-- A new password: every other login of the account is over.
create function app.note_password_change() returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.assert_alive();
  delete from auth.sessions where user_id = private.viewer_id() and id <> (private.claim('session_id'))::uuid;
  perform private.audit('PASSWORD_CHANGED', 'account', (select code from app.accounts where id = private.viewer_id()));
end $$;

-- A refused password, without the address that was typed: it may be anybody's.
create function app.note_refused_sign_in(p_email text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.audit('SIGN_IN_REFUSED', 'account',
    (select a.code from auth.users u join app.accounts a on a.id = u.id where u.email = lower(btrim(p_email))));
end $$;
grant execute on function app.take_sign_in_try, app.note_refused_sign_in to anon;
grant execute on function app.note_sign_in, app.note_sign_out, app.note_password_change to authenticated;

-- Who the viewer is and what hangs over the shop, in one answer for every page.
-- For a guest, or a login that has ended, `account` is null and `ended` says why.
create function app.viewer_context() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
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
