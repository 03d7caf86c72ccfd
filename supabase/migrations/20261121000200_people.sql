-- People: accounts, stores, who looks after whom, and acting for a store.

create table app.regions (
  code text primary key check (code ~ '^[A-Z]{2,4}$'),
  name text not null check (length(name) between 1 and 80)
);
comment on table app.regions is 'A sales region. A store without one cannot order.';

create table app.sub_distributors (
  id          bigint generated always as identity primary key,
  region_code text not null references app.regions,
  name        text not null check (length(name) between 1 and 120),
  whatsapp    text not null check (whatsapp ~ '^62[0-9]{8,13}$'),
  active      boolean not null default true
);
comment on table app.sub_distributors is 'Never signs in: a name, a region and a number that orders are handed to.';
create unique index sub_distributors_one_active on app.sub_distributors (region_code) where active;

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
comment on column app.accounts.language is 'As the person chose with the language switch; his letters are written in it.';

create table app.partners (
  id             uuid primary key default gen_random_uuid(),
  account_id     uuid not null unique references app.accounts on delete restrict,
  code           text not null unique check (code ~ '^PTR-[0-9]{4,6}$'),
  name           text not null check (length(name) between 1 and 120),
  tier           text not null default 'SILVER' check (tier in ('SILVER', 'GOLD', 'PLATINUM')),
  region_code    text references app.regions,
  city           text not null default '' check (length(city) <= 80),
  salon_type     text not null default 'OTHER' check (salon_type in ('BARBER', 'BRIDAL', 'UNISEX', 'OTHER')),
  chairs         smallint not null default 1 check (chairs between 1 and 50),
  specialisation text not null default '' check (length(specialisation) <= 120),
  latitude       double precision check (latitude between -90 and 90),
  longitude      double precision check (longitude between -180 and 180),
  credit_limit   bigint not null default 0 check (credit_limit >= 0),
  shadow_allowed boolean not null default true,
  created_at     timestamptz not null default now()
);
comment on table app.partners is 'A store. Money is whole rupiah.';
create index on app.partners (region_code);

-- Apart from the store, because a salesman may see the store and not these:
-- whoever could read or change the owner's address could silence the alert.
create table app.partner_contacts (
  partner_id     uuid primary key references app.partners on delete cascade,
  owner_email    text not null check (owner_email ~ '^[^@\s]+@[^@\s]+$' and length(owner_email) <= 254),
  owner_whatsapp text not null check (owner_whatsapp ~ '^62[0-9]{8,13}$')
);
comment on table app.partner_contacts is 'Where the owner is told. Not for salesmen.';

create table app.assignments (
  salesman_id uuid not null references app.accounts on delete cascade,
  partner_id  uuid not null references app.partners on delete cascade,
  since       timestamptz not null default now(),
  primary key (salesman_id, partner_id)
);
comment on table app.assignments is 'Which stores a salesman looks after.';
create index on app.assignments (partner_id);

create table app.acting_sessions (
  id           uuid primary key default gen_random_uuid(),
  salesman_id  uuid not null references app.accounts on delete restrict,
  partner_id   uuid not null references app.partners on delete restrict,
  session_id   uuid not null,
  reason       text not null check (length(reason) between 3 and 200),
  started_at   timestamptz not null default now(),
  expires_at   timestamptz not null default now() + interval '60 minutes',
  ended_at     timestamptz,
  ended_reason text check (ended_reason in ('BY_HAND', 'EXPIRED', 'SIGNED_OUT', 'SUSPENDED', 'REPLACED')),
  unique (id, salesman_id, partner_id),
  check (expires_at <= started_at + interval '60 minutes'),
  check ((ended_at is null) = (ended_reason is null))
);
comment on table app.acting_sessions is 'Shadow Mode: a salesman working as one of his stores, for at most an hour.';
create unique index acting_sessions_one_at_a_time on app.acting_sessions (salesman_id) where ended_at is null;
create index on app.acting_sessions (partner_id, started_at desc);

-- The helpers below are asked once per table and statement, so they are written to be cheap:
-- the claims are read into variables (inside a query they would be read again for each row
-- of a scan), and a row is looked up by its key: without enable_seqscan = off a table of a
-- few hundred rows tempts the planner to read all of it each time.

-- The login behind this transaction, if it is still alive: a restrictive policy on every
-- table asks, and every command first of all. The policies say "is not null" because the
-- planner takes that for nearly always true; a boolean it takes for a coin toss, and five
-- tables of coin tosses make it scan where it should look up.
create function private.live_session() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off parallel safe as $$
declare
  v_session uuid := (private.claim('session_id'))::uuid;
  v_viewer uuid := private.viewer_id();
begin
  return (
    select s.id from auth.sessions s join app.accounts a on a.id = s.user_id
     where s.id = v_session and a.id = v_viewer and a.status = 'ACTIVE' and coalesce(s.not_after > now(), true));
end $$;

create function private.viewer_role() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off parallel safe as $$
declare v_viewer uuid := private.viewer_id();
begin
  return (select a.role from app.accounts a where a.id = v_viewer);
end $$;

create function private.viewer_is_staff() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off parallel safe as $$
declare v_viewer uuid := private.viewer_id();
begin
  return exists (select from app.accounts a where a.id = v_viewer and a.role in ('ADMIN', 'AUDITOR'));
end $$;

-- The acting session that holds right now: of this very login, not ended, not
-- expired, the store still his, still willing and not suspended.
create function private.viewer_acting() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off parallel safe as $$
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
       and exists (select from app.assignments g where g.salesman_id = v_viewer and g.partner_id = v_acting.partner_id));
end $$;

-- Which store am I? The partner himself, or the store a salesman acts for.
create function private.viewer_partner() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off parallel safe as $$
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

create function private.viewer_tier() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off parallel safe as $$
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

create function private.viewer_region() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off parallel safe as $$
declare v_partner uuid := private.viewer_partner();
begin
  return (select p.region_code from app.partners p where p.id = v_partner);
end $$;

create function private.assert_alive() returns void
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if private.live_session() is null then
    perform private.refuse('28000', 'the session has ended');
  end if;
end $$;

grant execute on function private.live_session, private.viewer_role, private.viewer_is_staff,
  private.viewer_acting, private.viewer_partner, private.viewer_tier, private.viewer_region
  to anon, authenticated;

alter table app.regions enable row level security;
alter table app.sub_distributors enable row level security;
alter table app.accounts enable row level security;
alter table app.partners enable row level security;
alter table app.partner_contacts enable row level security;
alter table app.assignments enable row level security;
alter table app.acting_sessions enable row level security;

create policy live_session on app.regions as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.sub_distributors as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.accounts as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.partners as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.partner_contacts as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.assignments as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.acting_sessions as restrictive to authenticated using ((select private.live_session()) is not null);

create policy person_reads on app.regions for select to authenticated using (true);

create policy partner_reads on app.sub_distributors for select to authenticated
  using (region_code = (select private.viewer_region()));
create policy staff_reads on app.sub_distributors for select to authenticated
  using ((select private.viewer_is_staff()));

create policy person_reads_self on app.accounts for select to authenticated
  using (id = (select private.viewer_id()));
create policy staff_reads on app.accounts for select to authenticated
  using ((select private.viewer_is_staff()));

create policy partner_reads on app.partners for select to authenticated
  using (id = (select private.viewer_partner()));
create policy salesman_reads on app.partners for select to authenticated
  using (id = any (array(select g.partner_id from app.assignments g where g.salesman_id = (select private.viewer_id()))));
create policy staff_reads on app.partners for select to authenticated
  using ((select private.viewer_is_staff()));

-- The owner himself, not the salesman who acts as him: hence by account.
create policy owner_reads on app.partner_contacts for select to authenticated
  using (partner_id = (select p.id from app.partners p where p.account_id = (select private.viewer_id())));
create policy staff_reads on app.partner_contacts for select to authenticated
  using ((select private.viewer_is_staff()));

create policy salesman_reads on app.assignments for select to authenticated
  using (salesman_id = (select private.viewer_id()));
create policy staff_reads on app.assignments for select to authenticated
  using ((select private.viewer_is_staff()));

create policy salesman_reads on app.acting_sessions for select to authenticated
  using (salesman_id = (select private.viewer_id()));
create policy owner_reads on app.acting_sessions for select to authenticated
  using (partner_id = (select p.id from app.partners p where p.account_id = (select private.viewer_id())));
create policy staff_reads on app.acting_sessions for select to authenticated
  using ((select private.viewer_is_staff()));

-- Reading only. People are made by the office, acting begins and ends by command.
-- acting_sessions.session_id is nobody's to read: it names a login.
grant select on app.regions, app.sub_distributors, app.accounts, app.partners, app.partner_contacts, app.assignments
  to authenticated;
grant select (id, salesman_id, partner_id, reason, started_at, expires_at, ended_at, ended_reason)
  on app.acting_sessions to authenticated;
