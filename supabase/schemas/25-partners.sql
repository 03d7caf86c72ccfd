-- Partners: the stores, the regions they lie in, and which salesman looks after which.
--
-- These tables are for reading only: stores and their people are made by staff, and what an owner may change of
-- his store he changes by command. A store reads its own row, also by way of a salesman who acts for it; a salesman
-- reads the stores that he looks after; staff reads all of it. Where the owner is told stands apart, for him and
-- staff alone.
--
-- A store cannot change in what counts (consent, cap, credit limit, tier, region) without a row in the audit trail. Its
-- lock is not here: that is its row in app.partner_credit, which is born with it.

create table app.regions (
  code text primary key check (code ~ '^[A-Z]{2,4}$'),
  name text not null check (length(name) between 1 and 80)
);
comment on table app.regions is 'A sales region. A store without one cannot order.';

alter table app.regions enable row level security;
create policy live_session on app.regions as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy person_reads on app.regions for select to authenticated using (true);
grant select on app.regions to authenticated;

-- An Indonesian mobile number however it is typed, as it is kept: 0812..., +62 812..., +62 (0)812... all become
-- 62812.... Null for anything else. What phoneNumber of app/ui/phone.ts says; tests/support/phones.ts is tried in both.
create function private.phone(p_typed text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select '62' || (regexp_match(
    regexp_replace(normalize(p_typed, nfkc),
      '[\s().\u00ad\u2010-\u2015\u2212\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff-]', '', 'g'),
    '^(?:\+62|0062|62)?0?(8[1-9][0-9]{7,10})$'))[1]
$$;

create table app.sub_distributors (
  id          bigint generated always as identity primary key,
  region_code text not null references app.regions,
  name        text not null check (length(name) between 1 and 120),
  whatsapp    text not null check (whatsapp ~ '^628[1-9][0-9]{7,10}$'),
  active      boolean not null default true
);
comment on table app.sub_distributors is 'Never signs in: a name, a region and a number that orders are handed to.';
create unique index sub_distributors_one_active on app.sub_distributors (region_code) where active;

alter table app.sub_distributors enable row level security;
create policy live_session on app.sub_distributors as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy partner_reads on app.sub_distributors for select to authenticated
  using (region_code = (select private.viewer_region()));
create policy staff_reads on app.sub_distributors for select to authenticated
  using ((select private.viewer_is_staff()));
grant select on app.sub_distributors to authenticated;

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
  created_at     timestamptz not null default now(),
  -- What the store allows its salesmen a month. The owner alone says so, and the database holds every order to it,
  -- whatever code path writes one.
  shadow_cap     bigint check (shadow_cap between 1 and 1000000000000)
);
comment on table app.partners is 'A store. Money is whole rupiah.';
comment on column app.partners.shadow_cap is
  'Rupiah a month that salesmen may order in the store''s name; null: no cap.';
create index on app.partners (region_code);

alter table app.partners enable row level security;
create policy live_session on app.partners as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy partner_reads on app.partners for select to authenticated
  using (id = (select private.viewer_partner()));
create policy staff_reads on app.partners for select to authenticated
  using ((select private.viewer_is_staff()));
grant select on app.partners to authenticated;

create trigger _030_not_deleted before delete on app.partners for each statement execute function private.keep();
alter table app.partners enable always trigger _030_not_deleted;
create trigger _040_not_truncated before truncate on app.partners for each statement execute function private.keep();
alter table app.partners enable always trigger _040_not_truncated;

-- Every store has its lock row from birth; null there means the ERP never spoke of it.
create function private.open_credit() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.partner_credit (partner_id) values (new.id);
  return null;
end $$;
create trigger _100_open_credit after insert on app.partners for each row execute function private.open_credit();

create constraint trigger _110_store_needs_audit
  after update of shadow_allowed, shadow_cap, credit_limit, tier, region_code on app.partners
  deferrable initially deferred for each row execute function private.require_audit('partner', 'code');

-- Apart from the store, because a salesman may see the store and not these: whoever could read or change the owner's
-- address could silence the alert. The number alone he is told, of his own active stores (app.client_facts), which he
-- calls.
create table app.partner_contacts (
  partner_id     uuid primary key references app.partners on delete cascade,
  owner_email    text not null check (owner_email ~ '^[^@\s]+@[^@\s]+$' and length(owner_email) <= 254),
  owner_whatsapp text not null check (owner_whatsapp ~ '^628[1-9][0-9]{7,10}$')
);
comment on table app.partner_contacts is
  'Where the owner is told. A salesman reads of his active stores the number alone (app.client_facts).';

alter table app.partner_contacts enable row level security;
create policy live_session on app.partner_contacts as restrictive to authenticated
  using ((select private.live_session()) is not null);
-- The owner himself, not the salesman who acts as him: hence by account.
create policy owner_reads on app.partner_contacts for select to authenticated
  using (partner_id = (select p.id from app.partners p where p.account_id = (select private.viewer_id())));
create policy staff_reads on app.partner_contacts for select to authenticated
  using ((select private.viewer_is_staff()));
grant select on app.partner_contacts to authenticated;

create trigger _030_not_deleted before delete on app.partner_contacts for each statement
  execute function private.keep();
create trigger _040_not_truncated before truncate on app.partner_contacts for each statement
  execute function private.keep();
alter table app.partner_contacts enable always trigger _030_not_deleted;
alter table app.partner_contacts enable always trigger _040_not_truncated;

create table app.assignments (
  salesman_id uuid not null references app.accounts on delete cascade,
  partner_id  uuid not null references app.partners on delete cascade,
  since       timestamptz not null default now(),
  primary key (salesman_id, partner_id)
);
comment on table app.assignments is 'Which stores a salesman looks after.';
create index on app.assignments (partner_id);

alter table app.assignments enable row level security;
create policy live_session on app.assignments as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy salesman_reads on app.assignments for select to authenticated
  using (salesman_id = (select private.viewer_id()));
create policy staff_reads on app.assignments for select to authenticated
  using ((select private.viewer_is_staff()));
grant select on app.assignments to authenticated;

-- A salesman reads the stores that he looks after. It asks app.assignments, hence after them.
create policy salesman_reads on app.partners for select to authenticated
  using (id = any (array(
    select g.partner_id from app.assignments g where g.salesman_id = (select private.viewer_id()))));
-- Whom the orders that he placed for his stores are handed to; while he acts, the store's alone.
create policy salesman_reads on app.sub_distributors for select to authenticated
  using ((select private.viewer_acting()) is null and region_code = any (array(
    select p.region_code from app.assignments g join app.partners p on p.id = g.partner_id
     where g.salesman_id = (select private.viewer_id()))));
