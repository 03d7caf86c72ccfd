-- The journey: each minute the worker does what a store does (it signs in, looks at articles and cart, and sends an
-- order), by the real pages and commands, to know that it works before a store finds out that it does not.
--
-- It does so as one marked store. What that store sends runs to the end, all constraints included, and is rolled back
-- (app.place_order): it cannot have an order, so no report, exposure, alert or rule of abuse knows of it; and nobody
-- but itself reads its rows among stores and accounts.

create table private.journey (
  one        boolean primary key default true check (one),
  partner_id uuid not null references app.partners,
  account_id uuid not null references app.accounts,
  tried_at   timestamptz not null default '-infinity'
);
comment on table private.journey is 'The store that only tries, and when the last try began.';
alter table private.journey enable row level security;

create function private.journey_partner() returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select partner_id from private.journey
$$;
grant execute on function private.journey_partner to authenticated;
create function private.journey_account() returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select account_id from private.journey
$$;
grant execute on function private.journey_account to authenticated;
create policy journey_is_no_store on app.partners as restrictive for select to authenticated
  using (id is distinct from (select private.journey_partner()) or id = (select private.viewer_partner()));
create policy journey_is_nobody on app.accounts as restrictive for select to authenticated
  using (id is distinct from (select private.journey_account()) or id = (select private.viewer_id()));

-- Makes that store of a login that Auth has already, for the owner's hand alone. Made once.
create function private.make_journey(p_user uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_partner uuid;
begin
  if exists (select from private.journey) then return; end if;
  insert into app.accounts (id, code, role, name) values (p_user, 'PTR-0000', 'PARTNER', 'Pemeriksaan otomatis');
  insert into app.partners (account_id, code, name, region_code, credit_limit, shadow_allowed)
    select p_user, 'PTR-0000', 'Pemeriksaan otomatis', (select min(code) from app.regions), 1000000000, false
    returning id into v_partner;
  insert into private.journey (partner_id, account_id) values (v_partner, p_user);
end $$;

-- Whose turn it is to try: one worker's, once a minute, and nobody's while the shop is closed. A last time that is
-- still to come is from before our clock was set back.
create function jobs.claim_journey() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update private.journey set tried_at = now()
   where (tried_at < now() - interval '50 seconds' or tried_at > now() + interval '1 minute')
     and private.maintenance_mode() = 'OFF';
  return found;
end $$;
grant execute on function jobs.claim_journey to worker;
