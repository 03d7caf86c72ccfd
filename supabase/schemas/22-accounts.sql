-- Accounts: who signs in, how guessing is slowed, how somebody is shut out, and what is told of logins and passwords.
--
-- Somebody is shut out of all his logins at once, or of the account itself until two admins let him back in. What a
-- person does takes a share of his account's row (assert_alive), and whoever shuts him out takes the whole row first.
-- So an act of his is either committed before, or it waits, asks again whether its login is alive, and is refused.
-- Nothing of his is committed after, however long it had been under way. The locks of a suspension, in this order: the
-- account, its user at Auth, a share of another admin's row, the orders.
--
-- What happens at the auth server itself, past our pages, is told like what happens on them. Whoever knows a password
-- or holds a token can ask Auth directly; only its tables see all of it. Auth (Supabase's GoTrue, and the embedded one)
-- writes as supabase_auth_admin. A trigger function runs as its owner, so that login needs no right of ours. No trigger
-- that tells stops what Auth is about: when one fails, that is written down apart and told by the worker.

create table app.accounts (
  id         uuid primary key references auth.users (id) on delete restrict,
  code       text not null unique check (code ~ '^[A-Z]{2,4}-[0-9]{3,6}$'),
  role       text not null check (role in ('PARTNER', 'SALESMAN', 'ADMIN', 'AUDITOR')),
  status     text not null default 'ACTIVE' check (status in ('ACTIVE', 'SUSPENDED')),
  name       text not null check (length(name) between 1 and 120),
  language   text not null default 'id' check (language in ('id', 'en')),
  created_at timestamptz not null default now()
);
comment on table app.accounts is 'Who signs in. The role lives here, never in a token.';
comment on column app.accounts.language is
  'As the person chose with the language switch; his letters are written in it.';
create index on app.accounts (role, code);
create index accounts_suspended on app.accounts (code) where status = 'SUSPENDED';

alter table app.accounts enable row level security;
create policy live_session on app.accounts as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy person_reads_self on app.accounts for select to authenticated
  using (id = (select private.viewer_id()));
create policy staff_reads on app.accounts for select to authenticated
  using ((select private.viewer_is_staff()));
-- Reading only: people are made by the office.
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

create constraint trigger _110_account_needs_audit after update of status, role, code on app.accounts
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

create table app.suspensions (
  id                bigint generated always as identity primary key,
  account_id        uuid not null references app.accounts on delete restrict,
  suspended_at      timestamptz not null default now(),
  suspended_by      text not null,
  reason            text not null check (length(btrim(reason)) between 3 and 200),
  lift_requested_at timestamptz,
  lift_requested_by text,
  lift_reason       text check (length(btrim(lift_reason)) between 3 and 200),
  lifted_at         timestamptz,
  lifted_by         text,
  check ((lift_requested_at is null) = (lift_requested_by is null)
    and (lift_requested_at is null) = (lift_reason is null)),
  check ((lifted_at is null) = (lifted_by is null)),
  check (lifted_at is null or lift_requested_at is not null),
  -- Four eyes, whatever code path lifts it.
  check (lifted_by <> lift_requested_by)
);
comment on table app.suspensions is
  'Who was shut out, by whom and why; one admin asks to lift it and another one does.';
create unique index suspensions_one_open on app.suspensions (account_id) where lifted_at is null;
create index on app.suspensions (account_id, id desc);

alter table app.suspensions enable row level security;
create policy live_session on app.suspensions as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy staff_reads on app.suspensions for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.suspensions to authenticated;

create trigger _030_not_deleted before delete on app.suspensions for each statement execute function private.keep();
alter table app.suspensions enable always trigger _030_not_deleted;
create trigger _040_not_truncated before truncate on app.suspensions for each statement execute function private.keep();
alter table app.suspensions enable always trigger _040_not_truncated;

-- Four eyes and an unbroken history, whatever code path writes it: nobody judges himself, and what is over stays as it
-- was.
create function private.keep_suspension() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_subject text;
begin
  if tg_op = 'DELETE' or (tg_op = 'UPDATE' and (
       old.lifted_at is not null
       or (old.account_id, old.suspended_at, old.suspended_by, old.reason)
          is distinct from (new.account_id, new.suspended_at, new.suspended_by, new.reason)
       or old.lift_requested_at is not null
          and (old.lift_requested_at, old.lift_requested_by, old.lift_reason)
              is distinct from (new.lift_requested_at, new.lift_requested_by, new.lift_reason))) then
    perform private.refuse('DENIED', 'the history of suspensions is kept');
  end if;
  select code into v_subject from app.accounts where id = new.account_id;
  if v_subject in (new.suspended_by, new.lift_requested_by, new.lifted_by) then
    raise exception 'nobody judges himself' using errcode = '23514';
  end if;
  return new;
end $$;
create trigger _100_kept before insert or update or delete on app.suspensions
  for each row execute function private.keep_suspension();

create constraint trigger _110_agrees_with_account after insert or update of lifted_at on app.suspensions
  deferrable initially deferred for each row execute function private.require_suspension('account_id');

-- Whoever is being shut out while connections of his hold his row (private.end_holders): nothing new of his begins.
-- Many commands that overlap would otherwise keep the whole row from everybody for ever, since a share never waits for
-- whoever wants all of it.
create table private.shut_outs (account_id uuid primary key, until timestamptz not null);
comment on table private.shut_outs is 'Accounts that are being shut out right now, for a few seconds.';

alter table private.shut_outs enable row level security;

-- Why a login is no more, kept for as long as an access token of it may still be shown to us, and then some.
create table private.ended_logins (
  session_id uuid primary key,
  account_id uuid not null references app.accounts on delete cascade,
  why        text not null check (why in ('FORCED', 'SUSPENDED')),
  at         timestamptz not null default now()
);
comment on table private.ended_logins is 'Logins that the office ended, so that the page which comes next can say so.';
create index on private.ended_logins (at);

alter table private.ended_logins enable row level security;

-- What a trigger on Auth's tables could not tell.
create table private.untold_acts (
  id         bigint generated always as identity primary key,
  at         timestamptz not null default clock_timestamp(),
  what       text not null check (what ~ '^[A-Z_]{3,40}$'),
  account_id uuid,
  code       text not null,
  told_at    timestamptz
);
comment on table private.untold_acts is
  'Sign-ins and new passwords whose consequences failed, with the SQLSTATE. The worker makes an incident of them.';
create index on private.untold_acts (id) where told_at is null;

alter table private.untold_acts enable row level security;

-- Sign-in: guessing is slowed by account and by address.

-- Counts one more try; the seconds to wait when that is beyond the limit, or 0.
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

-- Whether a link to choose a new password is one that Auth knows: what somebody made up is not worth a question to it.
create function app.is_reset_link(p_token_hash text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select length(p_token_hash) >= 8 and exists (select from auth.users where recovery_token = p_token_hash)
$$;
grant execute on function app.is_reset_link to anon, authenticated;

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

-- The language in which the viewer reads pages and letters from now on. A salesman who acts as a store chooses for
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
  v_key text := case when p_key ~ '^[A-Z]{3}-[0-9A-Z-]{1,24}$' then p_key end;
  -- Nobody writes words of his own into the trail this way.
  v_page text := case when p_page = any (array[
    'acting', 'bukan-saya', 'cart', 'checkout', 'clients', 'dashboard', 'orders', 'products', 'shadow',
    'admin', 'admin/accounts', 'admin/alerts', 'admin/approvals', 'admin/audit', 'admin/cases', 'admin/disputes',
    'admin/erp', 'admin/exports', 'admin/incidents', 'admin/orders', 'admin/reconcile', 'admin/reviews',
    'admin/settings', 'admin/tasks']) then p_page end;
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

-- Shutting out: the whole row of the account is taken first, and connections that keep it from us are ended.

-- Locks an account against everything that its holder does, and against the auth server, which writes a login and its
-- user. An act of his that goes on and on is ended after two seconds, from another connection (private.end_holders);
-- what cannot be ended is told: IN_USE.
create function private.lock_account(p_account uuid) returns app.accounts
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '5s' as $$
declare v app.accounts;
begin
  select * into v from app.accounts where id = p_account for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  perform from auth.users where id = p_account for no key update;
  delete from private.shut_outs where account_id = p_account;
  return v;
-- Two admins at each other, or a recovery link at this very moment.
exception when deadlock_detected or lock_not_available then
  perform private.refuse('IN_USE');
end $$;

-- The account rows that somebody waits for as a whole, which only lock_account does, and their waiting backends.
create function private.waited_accounts() returns table (account_id uuid, waiter integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.id, l.pid
    from pg_locks l join app.accounts a on a.ctid = format('(%s,%s)', l.page, l.tuple)::tid
   where l.locktype = 'tuple' and l.mode = 'AccessExclusiveLock' and l.relation = 'app.accounts'::regclass
     and l.database = (select oid from pg_database where datname = current_database()) and l.pid <> pg_backend_pid()
$$;

-- Ends the connections of `web` that hold an account's row while somebody waits to shut its holder out, and keeps new
-- commands of his from beginning; without anybody who waits it does nothing. Called again and again until the waiting
-- is over: who held the row next shows only then. {"ended", "others": the logins of holders that are not ours to end}.
create function private.end_holders(p_account uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v record; v_ended integer[] := '{}'; v_others text[] := '{}';
begin
  if not exists (select from private.waited_accounts() w where w.account_id = p_account) then
    return '{"ended": 0, "others": []}';
  end if;
  insert into private.shut_outs (account_id, until) values (p_account, clock_timestamp() + interval '3 seconds')
    on conflict (account_id) do update set until = excluded.until;
  for i in 1 .. 50 loop
    perform pg_stat_clear_snapshot();
    for v in
      select h.pid, s.usename
        from private.waited_accounts() w
        join pg_locks n on n.pid = w.waiter and n.locktype = 'transactionid' and not n.granted
        -- Whose transaction it is. Whoever waited for its end is granted a share of the same lock for a moment.
        join pg_locks h on h.locktype = 'transactionid' and h.transactionid = n.transactionid and h.granted
         and h.mode = 'ExclusiveLock'
        left join pg_stat_activity s on s.pid = h.pid
       where w.account_id = p_account and h.pid <> pg_backend_pid()
    loop
      if v.usename is distinct from 'web' then
        v_others := array_remove(v_others, coalesce(v.usename, '?')::text) || coalesce(v.usename, '?')::text;
      elsif pg_terminate_backend(v.pid) then
        v_ended := array_remove(v_ended, v.pid) || v.pid;
      end if;
    end loop;
    exit when not found or v_others <> '{}';
    perform pg_sleep(0.01);
  end loop;
  -- Over: from here on he is let in again, or not, by what was decided.
  delete from private.shut_outs s
   where s.account_id = p_account
     and not exists (select from private.waited_accounts() w where w.account_id = p_account);
  return jsonb_build_object('ended', cardinality(v_ended), 'others', to_jsonb(v_others));
end $$;

-- Ends every login of an account whose row is locked; its refresh tokens go with it. How many there were.
create function private.end_logins(p_account uuid, p_why text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_ended integer;
begin
  delete from private.ended_logins where at < now() - interval '1 day';
  with gone as (delete from auth.sessions where user_id = p_account returning id)
    insert into private.ended_logins (session_id, account_id, why) select id, p_account, p_why from gone
      on conflict (session_id) do update set why = excluded.why, at = now();
  get diagnostics v_ended = row_count;
  return v_ended;
end $$;

-- Tells the auth server, where it has a word for it: hosted Supabase then refuses password, link and renewal by itself.
create function private.ban(p_account uuid, p_until timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from pg_catalog.pg_attribute
              where attrelid = 'auth.users'::pg_catalog.regclass
                and attname = 'banned_until' and not attisdropped) then
    execute 'update auth.users set banned_until = $2 where id = $1' using p_account, p_until;
  end if;
end $$;

-- A suspended account gets no login at all, by whatever way: password, link or renewal. One that is being made while
-- the account is being suspended waits here for the outcome.
create function private.refuse_suspended_login() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_status text;
begin
  if exists (select from private.shut_outs where account_id = new.user_id and until > clock_timestamp()) then
    raise exception 'account_suspended' using errcode = '28000';
  end if;
  select status into v_status from app.accounts where id = new.user_id for key share;
  if v_status = 'SUSPENDED' then
    raise exception 'account_suspended' using errcode = '28000';
  end if;
  return new;
end $$;
do $$ begin
  create trigger refuse_suspended_login before insert on auth.sessions
    for each row execute function private.refuse_suspended_login();
exception when insufficient_privilege then
  -- Where the platform keeps its tables to itself, banned_until does this; and a login that slips in is not alive
  -- (live_session).
  raise notice 'no trigger on auth.sessions: suspended accounts are kept out by banned_until alone';
end $$;

-- Another active admin has to be left, and stays while this transaction lasts: a share of his row, so that two
-- suspensions at once do not count on each other's. Errors: LAST_ADMIN, IN_USE both at once.
create function private.keep_an_admin(p_account uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '3s' as $$
begin
  perform from app.accounts where role = 'ADMIN' and status = 'ACTIVE' and id <> p_account
    order by id limit 1 for key share;
  if not found then perform private.refuse('LAST_ADMIN'); end if;
exception when deadlock_detected or lock_not_available then
  perform private.refuse('IN_USE');
end $$;

-- Shuts an account out, from the commit on: acting, logins and what he ordered in other people's names. p_by: an
-- admin's code, or SYSTEM. Returns the suspension; the open one if there is one already. Errors: NOT_FOUND, IN_USE,
-- LAST_ADMIN (nobody could let anybody back in).
create function private.suspend(p_account uuid, p_reason text, p_by text) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.accounts := private.lock_account(p_account); -- Waits for what he has under way, a checkout for example.
  v_id bigint; v_acting integer; v_logins integer; v_held integer := 0; v_order bigint;
begin
  select id into v_id from app.suspensions where account_id = p_account and lifted_at is null;
  if found then return v_id; end if;
  if v.role = 'ADMIN' then perform private.keep_an_admin(p_account); end if;
  insert into app.suspensions (account_id, suspended_by, reason) values (p_account, p_by, p_reason)
    returning id into v_id;
  update app.accounts set status = 'SUSPENDED' where id = p_account;
  perform private.ban(p_account, now() + interval '100 years');
  v_acting := private.close_acting(p_account, 'SUSPENDED');
  v_logins := private.end_logins(p_account, 'SUSPENDED');
  for v_order in
    select o.id from app.orders o
     where o.placed_by = p_account and o.acting_session_id is not null and o.created_at > now() - interval '24 hours'
       and o.status in ('SUBMITTED', 'PROCESSING', 'APPROVED')
     order by o.id
  loop
    if private.hold_order(v_order, 'AGENT_SUSPENDED', p_by) then v_held := v_held + 1; end if;
  end loop;
  v_held := v_held + (
    select count(*) from app.order_holds h
      join app.orders o on o.id = h.order_id
      join app.partners s on s.id = o.partner_id
     where s.account_id = p_account and h.reason = 'STORE_SUSPENDED' and h.released_at is null);
  perform private.audit('ACCOUNT_SUSPENDED', 'account', v.code,
    jsonb_build_object('by', p_by, 'suspension', v_id, 'logins', v_logins, 'acting', v_acting, 'held', v_held),
    v.code, jsonb_build_object('status', v.status), jsonb_build_object('status', 'SUSPENDED'));
  perform private.notify_role('ADMIN', 'ACCOUNT_SUSPENDED', 'account-suspended/' || v_id,
    jsonb_build_object('code', v.code, 'name', v.name, 'reason', p_reason, 'by', p_by, 'held', v_held));
  return v_id;
end $$;

-- The office: one admin shuts out, two let back in.

-- The open logins of an account, newest first, 20 at most, for staff: when they began and when their token was last
-- renewed, which happens every quarter of an hour while somebody is at work. [{since, seen}]. Errors: 28000, DENIED.
create function app.account_logins(p_code text) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v_account uuid := (select id from app.accounts where code = p_code);
begin
  perform private.assert_alive();
  if not private.viewer_is_staff() then perform private.refuse('DENIED', 'for the office'); end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
        'since', l.created_at, 'seen', greatest(l.created_at, l.refreshed_at at time zone 'UTC'))
        order by l.created_at desc), '[]')
      from (select s.created_at, s.refreshed_at from auth.sessions s
             where s.user_id = v_account and coalesce(s.not_after > now(), true)
             order by s.created_at desc limit 20) l);
end $$;
grant execute on function app.account_logins to authenticated;

-- Whom an admin is about to shut out or let in. Errors: DENIED for all but admins, NOT_FOUND, OWN_ACCOUNT himself,
-- REASON_REQUIRED.
create function private.account_to_judge(p_code text, p_reason text) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_id uuid;
begin
  if private.viewer_role() is distinct from 'ADMIN' then
    perform private.refuse('DENIED', 'only an admin decides');
  end if;
  select id into v_id from app.accounts where code = p_code;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if v_id = private.viewer_id() then perform private.refuse('OWN_ACCOUNT'); end if;
  if length(btrim(coalesce(p_reason, ''))) not between 3 and 200 then
    perform private.refuse('REASON_REQUIRED', field => 'reason');
  end if;
  return v_id;
end $$;

-- Anybody but oneself and the last admin. Auditors too: they only read, and nobody is so needed that a stolen login of
-- his may go on. Returns the suspension. Errors: 28000, DENIED, NOT_FOUND, OWN_ACCOUNT, LAST_ADMIN, IN_USE,
-- REASON_REQUIRED, STALE when somebody else did it already, or for another reason.
create function app.suspend_account(p_code text, p_reason text) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_account uuid; v_id bigint; v app.suspensions;
  v_me text := (select code from app.accounts where id = private.viewer_id());
begin
  perform private.assert_alive();
  v_account := private.account_to_judge(p_code, p_reason);
  v_id := private.suspend(v_account, btrim(p_reason), v_me);
  -- It may have been open already. A second click is the same; another's, or another reason, is not this one.
  select * into v from app.suspensions where id = v_id;
  if v.suspended_by <> v_me or v.reason <> btrim(p_reason) then
    perform private.refuse('STALE', 'suspended already', facts => jsonb_build_object('by', v.suspended_by));
  end if;
  return v_id;
end $$;
grant execute on function app.suspend_account to authenticated;

-- Ends all logins of somebody, and with them Shadow Mode; he may sign in again. Returns how many there were. Errors:
-- 28000, DENIED, NOT_FOUND, OWN_ACCOUNT, IN_USE, REASON_REQUIRED.
create function app.force_logout(p_code text, p_reason text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_account uuid; v_acting integer; v_logins integer;
begin
  perform private.assert_alive();
  v_account := private.account_to_judge(p_code, p_reason);
  perform private.lock_account(v_account);
  v_acting := private.close_acting(v_account, 'SIGNED_OUT');
  v_logins := private.end_logins(v_account, 'FORCED');
  perform private.audit('FORCED_LOGOUT', 'account', p_code, jsonb_build_object('acting', v_acting), p_code,
    jsonb_build_object('logins', v_logins), jsonb_build_object('logins', 0),
    p_words => jsonb_build_object('reason', btrim(p_reason)));
  return v_logins;
end $$;
grant execute on function app.force_logout to authenticated;

-- For a second connection of the admin whose suspension, forced logout or lifting has waited long enough: see
-- private.end_holders. Errors: 28000, DENIED, NOT_FOUND, OWN_ACCOUNT.
create function app.end_holders(p_code text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  return private.end_holders(private.account_to_judge(p_code, 'under way'));
end $$;
grant execute on function app.end_holders to authenticated;

-- For the worker, which sees to it that whoever waits without such a connection does not wait for ever either.
create function jobs.waited_accounts() returns table (account_id uuid, waiter integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select * from private.waited_accounts()
$$;
grant execute on function jobs.waited_accounts to worker;

create function jobs.end_holders(p_account uuid) returns jsonb
language sql security definer set search_path = pg_catalog, pg_temp as $$ select private.end_holders(p_account) $$;
grant execute on function jobs.end_holders to worker;

-- One admin asks to let somebody back in. Errors: 28000, DENIED, NOT_FOUND, OWN_ACCOUNT, REASON_REQUIRED, STALE without
-- an open suspension, or when somebody has asked already.
create function app.request_lift(p_code text, p_reason text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_account uuid; v app.suspensions; v_me text := (select code from app.accounts where id = private.viewer_id());
begin
  perform private.assert_alive();
  v_account := private.account_to_judge(p_code, p_reason);
  select * into v from app.suspensions where account_id = v_account and lifted_at is null for update;
  if not found or v.lift_requested_at is not null then
    perform private.refuse('STALE', 'nothing to ask for', facts => jsonb_build_object('by', v.lift_requested_by));
  end if;
  update app.suspensions set lift_requested_at = now(), lift_requested_by = v_me, lift_reason = btrim(p_reason)
   where id = v.id;
  perform private.audit('LIFT_REQUESTED', 'account', p_code, jsonb_build_object('suspension', v.id), p_code);
  perform private.notify_role('ADMIN', 'LIFT_REQUESTED', 'lift-requested/' || v.id,
    jsonb_build_object('code', p_code, 'name', (select name from app.accounts where id = v_account),
      'reason', btrim(p_reason), 'by', v_me, 'path', '/admin/accounts/' || p_code));
end $$;
grant execute on function app.request_lift to authenticated;

-- Another admin does it. The account may sign in again; his orders stay held until each is released: that he may work
-- again does not say that a store wanted what he ordered in its name. Errors: 28000, DENIED, NOT_FOUND, OWN_ACCOUNT,
-- IN_USE, STALE nobody asked or it is over, ANOTHER_ADMIN it was he himself who asked.
create function app.lift_suspension(p_code text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_account uuid; v app.suspensions; v_me text := (select code from app.accounts where id = private.viewer_id());
begin
  perform private.assert_alive();
  v_account := private.account_to_judge(p_code, 'as asked for');
  perform private.lock_account(v_account);
  select * into v from app.suspensions where account_id = v_account and lifted_at is null for update;
  if not found or v.lift_requested_at is null then perform private.refuse('STALE', 'nobody has asked for it'); end if;
  if v.lift_requested_by = v_me then perform private.refuse('ANOTHER_ADMIN'); end if;
  update app.suspensions set lifted_at = now(), lifted_by = v_me where id = v.id;
  update app.accounts set status = 'ACTIVE' where id = v_account;
  perform private.ban(v_account, null);
  perform private.audit('SUSPENSION_LIFTED', 'account', p_code,
    jsonb_build_object('requestedBy', v.lift_requested_by, 'suspension', v.id), p_code,
    jsonb_build_object('status', 'SUSPENDED'), jsonb_build_object('status', 'ACTIVE'));
end $$;
grant execute on function app.lift_suspension to authenticated;

-- Auth: what is done there is told, past our pages too.

-- A line of the trail about what somebody did at Auth. There he has no claims; his address and program are what Auth
-- noted of them.
create function private.audit_at_auth(p_account uuid, p_action text, p_detail jsonb,
  p_ip text default null, p_agent text default null) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into app.audit_events (actor_id, actor_code, action, entity, entity_key, detail, ip, user_agent)
    select a.id, a.code, p_action, 'account', a.code, p_detail, left(p_ip, 60), left(p_agent, 200)
      from app.accounts a where a.id = p_account
$$;

-- Writes down that a trigger failed; when that fails too, Auth goes on all the same.
create function private.note_untold(p_what text, p_account uuid, p_code text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  raise warning '% of account % was not told: %', p_what, p_account, p_code;
  insert into private.untold_acts (what, account_id, code) values (p_what, p_account, p_code);
exception when others then
  raise warning 'and that was not written down: %', sqlstate;
end $$;

-- The one writer of SIGNED_IN, whatever way somebody came in by: password, link, an Auth of another version.
create function private.tell_login() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.audit_at_auth(new.user_id, 'SIGNED_IN', jsonb_build_object('login', private.login_mark(new.id)),
    to_jsonb(new) ->> 'ip', to_jsonb(new) ->> 'user_agent'); -- Not every Auth has these columns.
  return null;
exception when others then
  perform private.note_untold('SIGNED_IN', new.user_id, sqlstate);
  return null;
end $$;

-- Whether Auth only wrapped the same hash in another key of its own, which happens at a sign-in when it encrypts what
-- it stores. It names its key in what it stores.
create function private.is_wrapped_anew(p_old text, p_new text) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select coalesce(substring(p_new from '^\{.*"key_id" *: *"([^"]*)"')
                  is distinct from substring(p_old from '^\{.*"key_id" *: *"([^"]*)"')
              and p_new ~ '^\{.*"key_id" *: *"', false)
$$;

-- A new password ends every login of the account, the one that set it too, and its owner is told wherever he can be
-- reached: by the address he signs in with, and by that of the store, which no login can change. His waiting time is
-- over.
create function private.tell_new_password() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.accounts; v_ended integer; v_to text;
begin
  select * into v from app.accounts where id = new.id;
  -- Where the same statement takes the recovery link away it was a new password even so; that trigger fires then.
  if v.id is null
     or private.is_wrapped_anew(old.encrypted_password, new.encrypted_password) <> (tg_argv[0] = 'with its key') then
    return null;
  end if;
  delete from auth.sessions where user_id = v.id;
  get diagnostics v_ended = row_count;
  delete from private.sign_in_tries
   where key in (private.try_key('in', 'a', lower(new.email)), private.try_key('reset', 'a', lower(new.email)));
  perform private.audit_at_auth(v.id, 'PASSWORD_CHANGED', jsonb_build_object('logins', v_ended));
  -- His first one: an invitation, of which he knows.
  if coalesce(old.encrypted_password, '') = '' then return null; end if;
  for v_to in
    select lower(new.email)
    union
    select lower(c.owner_email) from app.partners p join app.partner_contacts c on c.partner_id = p.id
     where p.account_id = v.id
  loop
    perform private.notify('PASSWORD_CHANGED',
      'password/' || v.code || '/' || pg_current_xact_id() || '/'
        || left(encode(sha256(convert_to(v_to, 'UTF8')), 'hex'), 12),
      v_to, v.language,
      jsonb_build_object('name', v.name, 'at', to_char(now() at time zone 'Asia/Jakarta', 'YYYY-MM-DD HH24.MI')));
  end loop;
  return null;
exception when others then
  perform private.note_untold('PASSWORD_CHANGED', new.id, sqlstate);
  return null;
end $$;

do $$ begin
  create trigger tell_login after insert on auth.sessions for each row execute function private.tell_login();
  create trigger tell_new_password after update of encrypted_password on auth.users
    for each row when (old.encrypted_password is distinct from new.encrypted_password)
      execute function private.tell_new_password('');
  create trigger tell_new_password_with_its_key after update of recovery_token on auth.users
    for each row when (old.encrypted_password is distinct from new.encrypted_password)
      execute function private.tell_new_password('with its key');
exception when insufficient_privilege then
  raise notice 'no triggers on Auth''s tables: what is done at Auth directly is not in our trail';
end $$;

-- Called by the worker's sweep: what was not told becomes an incident, which is.
create function private.tell_untold() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v record;
begin
  for v in
    select u.id, u.what, u.code, a.code as subject
      from private.untold_acts u left join app.accounts a on a.id = u.account_id
     where u.told_at is null
     order by u.id limit 100 for update of u skip locked
  loop
    perform private.open_incident(2, 'AUTH_UNTOLD', 'auth-untold/' || v.what, v.subject,
      jsonb_build_object('what', v.what, 'code', v.code));
    update private.untold_acts set told_at = now() where id = v.id;
  end loop;
end $$;
