-- The catalogue: everyone sees goods, only a signed-in store sees prices.

create table app.brands (
  id   bigint generated always as identity primary key,
  slug text not null unique check (slug ~ '^[a-z0-9-]{1,60}$'),
  name text not null check (length(name) between 1 and 80)
);
comment on table app.brands is 'A brand we distribute.';

create table app.categories (
  id      bigint generated always as identity primary key,
  slug    text not null unique check (slug ~ '^[a-z0-9-]{1,60}$'),
  name_id text not null check (length(name_id) between 1 and 80),
  name_en text not null check (length(name_en) between 1 and 80)
);
comment on table app.categories is 'A shelf of the catalogue, named in both languages.';

create table app.products (
  id             bigint generated always as identity primary key,
  sku            text not null unique check (sku ~ '^[A-Z0-9-]{3,32}$'),
  brand_id       bigint not null references app.brands,
  category_id    bigint not null references app.categories,
  name           text not null check (length(name) between 1 and 160),
  description_id text not null default '' check (length(description_id) <= 2000),
  description_en text not null default '' check (length(description_en) <= 2000),
  unit           text not null default 'pcs' check (length(unit) between 1 and 20),
  picture        text not null check (picture ~ '^[a-z0-9-]{1,80}$'),
  active         boolean not null default true
);
comment on table app.products is 'An article. `picture` names a drawing of ours.';
create index on app.products (name, id) where active;
create index on app.products (brand_id, name, id) where active;
create index on app.products (category_id, name, id) where active;

create table app.prices (
  product_id     bigint not null references app.products on delete cascade,
  tier           text not null check (tier in ('SILVER', 'GOLD', 'PLATINUM')),
  price          bigint not null check (price > 0),
  market_price   bigint not null default 0 check (market_price >= 0),
  volume_minimum integer check (volume_minimum between 2 and 9999),
  volume_price   bigint check (volume_price > 0),
  primary key (product_id, tier),
  check ((volume_minimum is null) = (volume_price is null)),
  check (volume_price < price)
);
create index on app.prices (tier, price, product_id);
comment on table app.prices is
  'The price of an article for a tier, and from a quantity on the volume price. `market_price` is the SILVER price, kept by trigger. Whole rupiah.';

-- What a saving is measured against stands beside each price, so that a page reads one row
-- and no store needs to see another tier's row.
create function private.carry_market_price() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from changed) then return null; end if; -- Its own update fires it too, and ends here.
  update app.prices own set market_price = market.price
    from app.prices market
   where market.product_id = own.product_id and market.tier = 'SILVER' and own.market_price <> market.price
     and own.product_id in (select changed.product_id from changed);
  return null;
end $$;
create trigger carry_market_price_on_insert after insert on app.prices
  referencing new table as changed for each statement execute function private.carry_market_price();
create trigger carry_market_price_on_update after update on app.prices
  referencing new table as changed for each statement execute function private.carry_market_price();

alter table app.brands enable row level security;
alter table app.categories enable row level security;
alter table app.products enable row level security;
alter table app.prices enable row level security;

create policy live_session on app.brands as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.categories as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.products as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.prices as restrictive to authenticated using ((select private.live_session()) is not null);

create policy anyone_reads on app.brands for select to anon, authenticated using (true);
create policy anyone_reads on app.categories for select to anon, authenticated using (true);
create policy anyone_reads on app.products for select to anon, authenticated using (active);

-- A store sees the prices of its own tier and no other's; the office sees all; anybody
-- else, nothing. anon has no grant: a guest sees no price.
create policy store_reads_own_tier on app.prices for select to authenticated
  using (tier = (select private.viewer_tier()));
create policy staff_reads on app.prices for select to authenticated
  using ((select private.viewer_is_staff()));

grant select on app.brands, app.categories, app.products to anon, authenticated;
grant select on app.prices to authenticated;

-- The price of one piece when so many are taken.
create function private.unit_price(p app.prices, p_quantity integer) returns bigint
language sql immutable parallel safe
return case when p_quantity >= p.volume_minimum then p.volume_price else p.price end;
grant execute on function private.unit_price to authenticated;
