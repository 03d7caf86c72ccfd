-- Which browser a salesman's login was made with. Afterwards he may drop the cookie: his orders carry the number of the login all the same.

create table private.login_devices (
  session_id uuid primary key,
  account_id uuid not null references app.accounts on delete cascade,
  device     text not null,
  at         timestamptz not null default now()
);
comment on table private.login_devices is 'The number of the browser that a salesman signed in with, for as long as the login lasts.';
alter table private.login_devices enable row level security;

-- As before, and keeps the browser.
create or replace function app.note_sign_in(p_email text, p_address text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_email text := lower(btrim(p_email));
begin
  perform private.assert_alive();
  if exists (select from auth.users u where u.id = private.viewer_id() and u.email = v_email) then
    perform private.forget_tries(v_email, p_address);
  end if;
  update private.sign_in_tries set tries = greatest(tries - 1, 0) where key = private.try_key('in', 'i', p_address);
  -- The first word counts: what is said later in the same login changes nothing.
  insert into private.login_devices (session_id, account_id, device)
    select (private.claim('session_id'))::uuid, a.id, left(private.request('device'), 60)
      from app.accounts a where a.id = private.viewer_id() and a.role = 'SALESMAN' and private.request('device') is not null
    on conflict do nothing;
  perform private.audit('SIGNED_IN', 'account', (select code from app.accounts where id = private.viewer_id()));
end $$;

-- As before, and forgets the browsers of logins that are over.
create or replace function jobs.sweep_leftovers() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from private.sign_in_tries where started < now() - interval '1 day';
  delete from private.login_devices where session_id = any (array(
    select d.session_id from private.login_devices d where not exists (select from auth.sessions s where s.id = d.session_id) limit 500));
  delete from app.carts where ctid = any (array(
    select ctid from app.carts where updated_at < now() - interval '30 days' limit 500 for update skip locked));
$$;
