-- How somebody is shut out: of all his logins at once, or of the account itself until two admins let him back in.
--
-- What a person does takes a share of his account's row (assert_alive), and whoever shuts him out takes the whole row
-- first. So an act of his is either committed before, or it waits, asks again whether its login is alive, and is
-- refused. Nothing of his is committed after, however long it had been under way. The locks of a suspension, in this
-- order: the account, its user at Auth, a share of another admin's row, the orders.

create table app.suspensions (
  id                bigint generated always as identity primary key,
  account_id        uuid not null references app.accounts on delete restrict,
  suspended_at      timestamptz not null default now(),
  suspended_by      text not null,
  -- What an admin typed, or what the rules of 82-abuse.sql went by: {score, rules: their codes, the heaviest first}.
  reason            text check (private.is_note(reason, 200)),
  score             jsonb check (score ?& array['score', 'rules']),
  lift_requested_at timestamptz,
  lift_requested_by text,
  lift_reason       text check (private.is_note(lift_reason, 200)),
  lifted_at         timestamptz,
  lifted_by         text,
  check (num_nonnulls(reason, score) = 1),
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

call private.for_staff(array['suspensions']);

-- Four eyes and an unbroken history, whatever code path writes it: nobody judges himself, and what is over stays as it
-- was.
create function private.keep_suspension() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_subject text;
begin
  if tg_op = 'DELETE' or (tg_op = 'UPDATE' and (
       old.lifted_at is not null
       or (old.account_id, old.suspended_at, old.suspended_by, old.reason, old.score)
          is distinct from (new.account_id, new.suspended_at, new.suspended_by, new.reason, new.score)
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
comment on table private.ended_logins is 'Logins that staff ended, so that the page which comes next can say so.';
create index on private.ended_logins (at);

alter table private.ended_logins enable row level security;

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
-- is over: who held the row next shows only then. {"waited": somebody was still waiting, "ended", "others": the logins
-- of holders that are not ours to end}.
create function private.end_holders(p_account uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v record; v_ended integer[] := '{}'; v_others text[] := '{}';
begin
  if not exists (select from private.waited_accounts() w where w.account_id = p_account) then
    return '{"waited": false, "ended": 0, "others": []}';
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
  return jsonb_build_object('ended', cardinality(v_ended), 'others', to_jsonb(v_others), 'waited',
    v_ended <> '{}' or v_others <> '{}'
      or exists (select from private.waited_accounts() w where w.account_id = p_account));
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
-- admin's code, or SYSTEM, which has a score in place of a reason. Returns the suspension; the open one if there is one
-- already. Errors: NOT_FOUND, IN_USE, LAST_ADMIN (nobody could let anybody back in).
create function private.suspend(p_account uuid, p_reason text, p_by text, p_score jsonb default null) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.accounts := private.lock_account(p_account); -- Waits for what he has under way, a checkout for example.
  v_id bigint; v_acting integer; v_logins integer; v_held integer := 0; v_order bigint;
begin
  select id into v_id from app.suspensions where account_id = p_account and lifted_at is null;
  if found then return v_id; end if;
  if v.role = 'ADMIN' then perform private.keep_an_admin(p_account); end if;
  insert into app.suspensions (account_id, suspended_by, reason, score)
    values (p_account, p_by, p_reason, p_score) returning id into v_id;
  update app.accounts set status = 'SUSPENDED' where id = p_account;
  perform private.ban(p_account, now() + interval '100 years');
  v_acting := private.close_acting('SUSPENDED', p_account);
  v_logins := private.end_logins(p_account, 'SUSPENDED');
  for v_order in
    select o.id from app.orders o
     where o.placed_by = p_account and o.acting_session_id is not null and o.created_at > now() - interval '24 hours'
       and o.status in ('SUBMITTED', 'PROCESSING', 'APPROVED')
     order by o.id
  loop
    if private.hold_order(v_order, 'SALESMAN_SUSPENDED', p_by) then v_held := v_held + 1; end if;
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
    jsonb_strip_nulls(jsonb_build_object('code', v.code, 'name', v.name, 'reason', p_reason,
      'score', p_score -> 'score',
      'rules', (select jsonb_agg(jsonb_build_object('rule', r)) from jsonb_array_elements(p_score -> 'rules') r),
      'by', p_by, 'held', v_held)));
  return v_id;
end $$;

-- Staff: one admin shuts out, two let back in.

-- The open logins of an account, newest first, 20 at most, for staff: when they began and when their token was last
-- renewed, which happens every quarter of an hour while somebody is at work. [{since, seen}]. Errors: 28000, DENIED.
create function app.account_logins(p_code text) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v_account uuid := (select id from app.accounts where code = p_code);
begin
  perform private.assert_alive();
  if not private.viewer_is_staff() then perform private.refuse('DENIED', 'for staff'); end if;
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
  perform private.assert_role('ADMIN', 'only an admin decides');
  select id into v_id from app.accounts where code = p_code;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if v_id = private.viewer_id() then perform private.refuse('OWN_ACCOUNT'); end if;
  perform private.assert_note(p_reason, 200, 'reason');
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
  if v.suspended_by <> v_me or v.reason is distinct from btrim(p_reason) then
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
  v_acting := private.close_acting('SIGNED_OUT', v_account);
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

-- Tells whoever was let in again that he was, and how many of the orders that were held with him still are: a store's
-- owner at the address among its contacts, anybody else at the one that he signs in with. By whom and why stays with
-- staff.
create function private.tell_let_in(p_account uuid, p_suspension bigint) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select private.notify('SUSPENSION_LIFTED', 'suspension-lifted/' || p_suspension, coalesce(c.owner_email, u.email),
      a.language, jsonb_build_object('name', a.name, 'code', a.code, 'role', a.role, 'held', (
        select count(distinct o.id)
          from app.orders o join app.order_holds h on h.order_id = o.id and h.released_at is null
         where o.held and o.status in ('SUBMITTED', 'PROCESSING', 'APPROVED')
           and (h.reason = 'SALESMAN_SUSPENDED' and o.placed_by = a.id or h.reason = 'STORE_SUSPENDED'
             and o.partner_id = p.id))))
    from app.accounts a
    join auth.users u on u.id = a.id
    left join app.partners p on p.account_id = a.id
    left join app.partner_contacts c on c.partner_id = p.id
   where a.id = p_account
$$;

-- Another admin does it. The account may sign in again; his orders stay held until each is released: that he may work
-- again does not say that a store wanted what he ordered in its name. He gets a mail. Errors: 28000, DENIED, NOT_FOUND,
-- OWN_ACCOUNT, IN_USE, STALE nobody asked or it is over, ANOTHER_ADMIN it was he himself who asked.
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
  perform private.tell_let_in(v_account, v.id);
end $$;
grant execute on function app.lift_suspension to authenticated;
