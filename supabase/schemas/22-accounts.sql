-- Accounts: who signs in, and how guessing is slowed. How somebody is shut out: 23-accounts-suspension.sql; what is
-- told of logins and passwords: 24-accounts-auth.sql.

create table app.accounts (
  id         uuid primary key references auth.users (id) on delete restrict,
  code       text not null unique check (code ~ '^[A-Z]{2,4}-[0-9]{3,6}$'),
  role       text not null check (role in ('PARTNER', 'SALESMAN', 'ADMIN', 'AUDITOR')),
  status     text not null default 'ACTIVE' check (status in ('ACTIVE', 'SUSPENDED')),
  name       text not null check (length(name) between 1 and 120),
  language   text not null default 'id' check (language in ('id', 'en')),
  created_at timestamptz not null default now(),
  -- Of staff: may take the leads away as a file (app.allow_lead_export).
  may_export_leads boolean not null default false check (not may_export_leads or role in ('ADMIN', 'AUDITOR'))
);
comment on table app.accounts is 'Who signs in. The role lives here, never in a token.';
comment on column app.accounts.language is
  'As the person chose with the language switch; his mails are written in it.';
create index on app.accounts (role, code);
create index accounts_suspended on app.accounts (code) where status = 'SUSPENDED';

alter table app.accounts enable row level security;
create policy live_session on app.accounts as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy person_reads_self on app.accounts for select to authenticated
  using (id = (select private.viewer_id()));
create policy staff_reads on app.accounts for select to authenticated
  using ((select private.viewer_is_staff()));
-- Reading only: people are made by staff.
grant select on app.accounts to authenticated;

create trigger _030_not_deleted before delete on app.accounts for each statement execute function private.keep();
alter table app.accounts enable always trigger _030_not_deleted;
create trigger _040_not_truncated before truncate on app.accounts for each statement execute function private.keep();
alter table app.accounts enable always trigger _040_not_truncated;

-- A store that is shut out: its open orders stop where they stand until an admin has decided about each, whoever shut
-- it out and by whatever path. A second suspension asks anew about what was let go during the first.
create function private.hold_orders_of_store() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_order bigint; v_by text := coalesce((select code from app.accounts where id = private.viewer_id()), 'SYSTEM');
begin
  for v_order in
    select o.id from app.orders o join app.partners p on p.id = o.partner_id
     where p.account_id = new.id and o.status in ('SUBMITTED', 'PROCESSING', 'APPROVED')
     order by o.id
  loop
    perform private.hold_order(v_order, 'STORE_SUSPENDED', v_by);
  end loop;
  return null;
end $$;
create trigger _100_store_suspended after update of status on app.accounts
  for each row when (new.status = 'SUSPENDED' and old.status <> 'SUSPENDED' and new.role = 'PARTNER')
    execute function private.hold_orders_of_store();

create constraint trigger _110_account_needs_audit after update of status, role, code, may_export_leads on app.accounts
  deferrable initially deferred for each row execute function private.require_audit('account', 'code');

-- An account is suspended exactly while it has an open suspension: neither is changed without the other.
create function private.require_suspension() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_account uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
begin
  if (select status = 'SUSPENDED' from app.accounts where id = v_account)
     is distinct from exists (select from app.suspensions where account_id = v_account and lifted_at is null) then
    raise exception 'an account is suspended and let back in by a row in app.suspensions' using errcode = '23514';
  end if;
  return null;
end $$;
create constraint trigger _120_agrees_with_suspension after update of status on app.accounts
  deferrable initially deferred for each row when (old.status is distinct from new.status)
    execute function private.require_suspension('id');

create table private.sign_in_tries (
  key      text not null,
  started  timestamptz not null default now(),
  tries    integer not null default 0,
  primary key (key)
);
comment on table private.sign_in_tries is 'Tries per hashed account or address in the running quarter of an hour.';

alter table private.sign_in_tries enable row level security;

-- Browsers that an account has come in with: the hash of browser and account, so that two accounts of one browser have
-- nothing in common here.
create table private.known_devices (
  account_id uuid not null references app.accounts on delete cascade,
  device     bytea not null,
  seen_at    timestamptz not null default clock_timestamp(),
  primary key (account_id, device)
);
comment on table private.known_devices is
'With which browsers somebody has given the right password: others who guess from his address do not keep him waiting.';

alter table private.known_devices enable row level security;

-- Which browser a salesman's login was made with. Afterwards he may drop the cookie: his orders carry the number of the
-- login all the same.
create table private.login_devices (
  session_id uuid primary key,
  account_id uuid not null references app.accounts on delete cascade,
  device     text not null,
  at         timestamptz not null default now()
);
comment on table private.login_devices is
  'The number of the browser that a salesman signed in with, for as long as the login lasts.';

alter table private.login_devices enable row level security;

-- Who asked for what is not his: a row of the trail, at most five a person and minute, so that nobody fills the trail
-- by knocking.
create table private.refusals_noted (
  account_id uuid primary key references app.accounts on delete cascade,
  -- The last five, newest first.
  moments    timestamptz[] not null
);

alter table private.refusals_noted enable row level security;

-- Sign-in: guessing is slowed by account and by address.

-- Counts one more try; the seconds to wait when that is beyond the limit, or 0.
-- A quarter of an hour that begins more than a minute from now began before our clock was set back, and is over.
create function private.count_try(p_key text, p_limit integer) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_tries integer; v_started timestamptz;
begin
  insert into private.sign_in_tries as t (key, tries) values (p_key, 1)
    on conflict (key) do update
      set tries = case when t.started between now() - interval '15 minutes' and now() + interval '1 minute'
                       then t.tries + 1 else 1 end,
          started = case when t.started between now() - interval '15 minutes' and now() + interval '1 minute'
                         then t.started else now() end
    returning tries, started into v_tries, v_started;
  return case when v_tries > p_limit
    then greatest(1, ceil(extract(epoch from v_started + interval '15 minutes' - now()))::integer) else 0 end;
end $$;

-- What is counted as one address: one v4 address, or the /64 of a v6 one, all of which is one household's
-- (app/network.ts for what processes count by themselves).
create function private.network(p_address text) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when p_address like '%:%' and pg_input_is_valid(p_address, 'inet')
              then network(set_masklen(p_address::inet, 64))::text else p_address end
$$;

-- Who tries is counted by hash: neither addresses (kind i) nor e-mails stand here in clear.
create function private.try_key(p_purpose text, p_kind text, p_value text) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select p_purpose || ':' || p_kind || ':' || encode(sha256(convert_to(
    coalesce(case p_kind when 'i' then private.network(p_value) else p_value end, ''), 'UTF8')), 'hex')
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
  return v_device is not null and exists (
    select from auth.users u join private.known_devices d on d.account_id = u.id
     where u.email = p_email and d.device = private.device_mark(u.id, v_device));
end $$;

-- Takes one try, before the password is looked at, so that parallel guesses count too. Returns the seconds to wait, 0
-- to go on. In 15 minutes: 50 from an address; 10 from an address on one account; 60 on an account from everywhere,
-- which is what a crowd of addresses can guess, and what it takes to keep its owner waiting. An address that has to
-- wait uses up nobody's tries. A browser that has come in with this account before is counted by itself (10) instead of
-- by its address, which it may share with a town. p_purpose keeps sign-in and password reset apart.
create function app.take_sign_in_try(p_purpose text, p_email text, p_address text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_email text := lower(btrim(p_email)); v_wait integer;
begin
  if p_purpose is null or p_email is null or p_address is null then
    perform private.refuse('BAD_INPUT', field => 'email');
  end if;
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
grant execute on function app.take_sign_in_try to anon;

-- A refused password, without the address that was typed: it may be anybody's.
create function app.note_refused_sign_in(p_email text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.audit('SIGN_IN_REFUSED', 'account',
    (select a.code from auth.users u join app.accounts a on a.id = u.id where u.email = lower(btrim(p_email))));
end $$;
grant execute on function app.note_refused_sign_in to anon;

-- To whom Auth sent this link to choose a new password, where it still takes it: for as long as it is set to
-- (otp_expiry). What is made up, spent or too old is nobody's, and not worth a question to it. To ask spends nothing.
create function app.reset_link_address(p_token_hash text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select email from auth.users
   where length(p_token_hash) >= 8 and recovery_token = p_token_hash
     and recovery_sent_at > now() - interval '3600 seconds'
$$;
grant execute on function app.reset_link_address to anon, authenticated;

-- An account's tries from everywhere, forgotten: its owner has shown that it is he.
create function private.forget_tries(p_email text, p_address text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from private.sign_in_tries
   where key in (private.try_key('in', 'a', p_email),
                 private.try_key('reset', 'a', p_email),
                 private.try_key('in', 'p', p_address || ' ' || p_email),
                 private.try_key('in', 'd', private.request('device') || ' ' || p_email))
$$;

-- A login as it may stand in the trail: whoever reads it cannot become it.
create function private.login_mark(p_session uuid) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select left(encode(sha256(convert_to(p_session::text, 'UTF8')), 'hex'), 12)
$$;

-- As the person who came in by our form: his tries are given back (a shop behind one address is not locked out by
-- signing in often), and the browser is noted. That SIGNED_IN has no DEVICE_NOTED of its login tells who came in past
-- our form.
create function app.note_sign_in(p_email text, p_address text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_email text := lower(btrim(p_email));
  v_viewer uuid := private.viewer_id();
  v_session uuid := (private.claim('session_id'))::uuid;
  v_device text := left(private.request('device'), 60);
  v_known boolean := private.knows_device(v_email);
begin
  perform private.assert_alive();
  if exists (select from auth.users u where u.id = v_viewer and u.email = v_email) then
    perform private.forget_tries(v_email, p_address);
  end if;
  if not v_known then -- Otherwise none was taken from the address.
    update private.sign_in_tries set tries = greatest(tries - 1, 0) where key = private.try_key('in', 'i', p_address);
  end if;
  if v_device is not null then
    -- Of a salesman the login keeps its browser: the first word counts, what is said later in the same login changes
    -- nothing.
    insert into private.login_devices (session_id, account_id, device)
      select v_session, a.id, v_device from app.accounts a where a.id = v_viewer and a.role = 'SALESMAN'
      on conflict do nothing;
    insert into private.known_devices (account_id, device) values (v_viewer, private.device_mark(v_viewer, v_device))
      on conflict (account_id, device) do update set seen_at = clock_timestamp();
    delete from private.known_devices where account_id = v_viewer and device in (
      select device from private.known_devices where account_id = v_viewer order by seen_at desc offset 20);
  end if;
  perform private.audit('DEVICE_NOTED', 'account', (select code from app.accounts where id = v_viewer),
    jsonb_build_object('login', private.login_mark(v_session), 'known', v_known));
end $$;
grant execute on function app.note_sign_in to authenticated;

-- While somebody is signed in: his language, what he is refused, and that he leaves.

-- The language in which the viewer reads pages and mails from now on. A salesman who acts as a store chooses for
-- himself.
create function app.choose_language(p_language text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  if p_language is null or p_language not in ('id', 'en') then
    perform private.refuse('BAD_INPUT', field => 'lang');
  end if;
  update app.accounts set language = p_language where id = private.viewer_id() and language <> p_language;
end $$;
grant execute on function app.choose_language to authenticated;

-- Called by the web in a transaction of its own after the reading that was refused: that one may not write, and a
-- change that was refused took its own rows with it. p_status: 404 (not there, or not his: the web cannot tell, and the
-- work here is the same) or 403 (another role's page). p_page: the page without its variable parts. p_key: the number
-- or code that was asked for, null for none. True when noted.
create function app.note_refusal(p_status integer, p_page text, p_key text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  -- Nobody writes words of his own into the trail this way: numbers and codes in the shapes of ours.
  v_key text := case when p_key ~ '^((ORD|INC|EXP|LEAD|PRV)-[0-9]{4}-[0-9]{5,9}|[A-Z]{2,4}-[0-9]{3,6})$' then p_key end;
  v_page text := case when private.is_page(p_page) then p_page end;
  v_now timestamptz := clock_timestamp();
  v_target text;
begin
  perform private.assert_alive();
  if p_status is null or p_status not in (403, 404) then
    perform private.refuse('BAD_INPUT', field => 'status');
  end if;
  -- The row is also the lock: pages asked for at the same time count one after another.
  insert into private.refusals_noted as n values (private.viewer_id(), array[v_now])
    on conflict (account_id) do update set moments = (v_now || n.moments)[1:5]
      where cardinality(n.moments) < 5 or n.moments[5] < v_now - interval '1 minute';
  if not found then return false; end if;
  select coalesce(
      (select p.code from app.orders o join app.partners p on p.id = o.partner_id where o.number = v_key),
      (select p.code from app.partners p where p.code = v_key),
      (select a.code from app.accounts a where a.code = v_key))
    into v_target;
  perform private.audit('ACCESS_REFUSED', 'page', coalesce(v_key, v_page),
    jsonb_build_object('status', p_status, 'page', v_page), v_target);
  return true;
end $$;
grant execute on function app.note_refusal to authenticated;

create function app.note_sign_out() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  perform app.end_acting('SIGNED_OUT');
  perform private.audit('SIGNED_OUT', 'account', (select code from app.accounts where id = private.viewer_id()));
end $$;
grant execute on function app.note_sign_out to authenticated;
