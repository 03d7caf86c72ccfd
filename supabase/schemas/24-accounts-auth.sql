-- What happens at the auth server itself, past our pages, is told like what happens on them.
--
-- Whoever knows a password or holds a token can ask Auth directly; only its tables see all of it. Auth (Supabase's
-- GoTrue, and the embedded one) writes as supabase_auth_admin. A trigger function runs as its owner, so that login
-- needs no right of ours. No trigger that tells stops what Auth is about: when one fails, that is written down apart
-- and told by the worker.

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

-- A line of the trail about what somebody did at Auth. There he has no claims; his address and program are what Auth
-- noted of them.
create function private.audit_at_auth(p_account uuid, p_action text, p_detail jsonb,
  p_ip text default null, p_user_agent text default null) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into app.audit_events (actor_id, actor_code, action, entity, entity_key, detail, ip, user_agent)
    select a.id, a.code, p_action, 'account', a.code, p_detail, left(p_ip, 60), left(p_user_agent, 200)
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
