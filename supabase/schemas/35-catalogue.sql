-- The catalogue: everyone sees goods, only a signed-in store sees prices.
--
-- An article has a brand, a shelf (its category) and a price for each tier of stores. Everybody sees what is active; a
-- store sees the prices of its own tier, staff all of them, a guest none.
--
-- What a page would have to work out for each row is kept by triggers and stands ready: the words by which an article
-- is found (private.search_terms and what is around it), the SILVER price beside each price, the number of articles on
-- each shelf. Only the counting takes a lock, of app.shelf_counts as a whole, and no reader waits for it.

create table app.brands (
  id   bigint generated always as identity primary key,
  slug text not null unique check (slug ~ '^[a-z0-9-]{1,60}$'),
  name text not null check (length(name) between 1 and 80)
);
comment on table app.brands is 'A brand we distribute.';

alter table app.brands enable row level security;
create policy live_session on app.brands as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy anyone_reads on app.brands for select to anon, authenticated using (true);
grant select on app.brands to anon, authenticated;

-- A shelf or a brand has another name: its articles are written anew, so that they are found by it.
create function private.keep_shelf_searchable() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update app.products p set name = p.name
   where case tg_table_name when 'brands' then p.brand_id = new.id else p.category_id = new.id end;
  return null;
end $$;
create trigger _100_keep_searchable after update of name on app.brands
  for each row execute function private.keep_shelf_searchable();

create table app.categories (
  id      bigint generated always as identity primary key,
  slug    text not null unique check (slug ~ '^[a-z0-9-]{1,60}$'),
  name_id text not null check (length(name_id) between 1 and 80),
  name_en text not null check (length(name_en) between 1 and 80)
);
comment on table app.categories is 'A shelf of the catalogue, named in both languages.';

alter table app.categories enable row level security;
create policy live_session on app.categories as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy anyone_reads on app.categories for select to anon, authenticated using (true);
grant select on app.categories to anon, authenticated;

create trigger _100_keep_searchable after update of name_id, name_en on app.categories
  for each row execute function private.keep_shelf_searchable();

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
  active         boolean not null default true,
  sku_key        text generated always as (replace(sku, '-', '')) stored,
  name_key       text not null default '',
  search         tsvector not null default ''
);
comment on table app.products is 'An article. `picture` names a drawing of ours.';
comment on column app.products.sku_key is 'The SKU without hyphens.';
comment on column app.products.name_key is 'The words of its name (private.search_terms).';
create index on app.products (name, id) where active;
create index on app.products (brand_id, name, id) where active;
create index on app.products (category_id, name, id) where active;
create index products_exact_sku_idx on app.products (sku_key) where active;
-- Written at once: a list of what is still to be written makes the planner prefer to read the whole table, and articles
-- change seldom.
create index products_search_idx on app.products using gin (search) with (fastupdate = off) where active;
create index products_sku_key_idx on app.products using gin (sku_key extensions.gin_trgm_ops) with (fastupdate = off)
  where active;

alter table app.products enable row level security;
create policy live_session on app.products as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy anyone_reads on app.products for select to anon, authenticated using (active);
grant select on app.products to anon, authenticated;

-- The words by which an article is found: first those of its name and SKU, then those of its brand and shelf. Those
-- that are no numbers are also what a wrongly spelt word is compared with.
create function private.keep_searchable() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_shelves text := (
    select b.name || ' ' || c.name_id || ' ' || c.name_en
      from app.brands b, app.categories c
     where b.id = new.brand_id and c.id = new.category_id);
begin
  new.name_key := array_to_string(private.search_terms(new.name), ' ');
  new.search := private.search_lexemes(new.name, 'A')
    || private.search_lexemes(new.sku, 'A')
    || private.search_lexemes(v_shelves, 'C');
  insert into private.search_vocabulary
    select word
      from unnest(private.search_terms(new.name || ' ' || coalesce(v_shelves, ''))) word
     where word ~ '^[^0-9]{3,40}$'
     group by word
     order by word
    on conflict do nothing;
  return new;
end $$;
create trigger _100_keep_searchable before insert or update of sku, name, brand_id, category_id on app.products
  for each row execute function private.keep_searchable();

-- Every article has its row of stock from birth: a checkout locks it, whether the ERP ever spoke of the article or not.
create function private.open_stock() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.product_stock (product_id) values (new.id);
  return null;
end $$;
create trigger _110_open_stock after insert on app.products
  for each row execute function private.open_stock();

-- What each shelf holds is counted anew whenever articles or prices come, go or move (app.shelf_counts).
create function private.count_shelves() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- One at a time, so that each sees what the one before committed. Readers do not wait.
  lock table app.shelf_counts in share row exclusive mode;
  delete from app.shelf_counts;
  insert into app.shelf_counts
    select '', brand_id, category_id, count(*)
      from app.products
     where active
     group by brand_id, category_id
    union all
    select c.tier, p.brand_id, p.category_id, count(*)
      from app.products p
      join app.prices c on c.product_id = p.id
     where p.active
     group by c.tier, p.brand_id, p.category_id;
  return null;
end $$;
create trigger _120_count_shelves after insert or delete or update of active, brand_id, category_id on app.products
  for each statement execute function private.count_shelves();

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
comment on table app.prices is
  'The price of an article for a tier, and from a quantity on the volume price. `market_price` is the SILVER '
  'price, kept by trigger. Whole rupiah.';
create index on app.prices (tier, price, product_id);

alter table app.prices enable row level security;
create policy live_session on app.prices as restrictive to authenticated
  using ((select private.live_session()) is not null);
-- A store sees the prices of its own tier and no other's; staff sees all; anybody else, nothing. anon has no
-- grant: a guest sees no price.
create policy store_reads_own_tier on app.prices for select to authenticated
  using (tier = (select private.viewer_tier()));
create policy staff_reads on app.prices for select to authenticated
  using ((select private.viewer_is_staff()));
grant select on app.prices to authenticated;

-- What a saving is measured against stands beside each price, so that a page reads one row and no store needs to see
-- another tier's row.
create function private.carry_market_price() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- Its own update fires it too, and ends here.
  if not exists (select from changed) then return null; end if;
  update app.prices own set market_price = market.price
    from app.prices market
   where market.product_id = own.product_id
     and market.tier = 'SILVER'
     and own.market_price <> market.price
     and own.product_id in (select changed.product_id from changed);
  return null;
end $$;
create trigger _100_carry_market_price_on_insert after insert on app.prices
  referencing new table as changed
  for each statement execute function private.carry_market_price();
create trigger _110_carry_market_price_on_update after update on app.prices
  referencing new table as changed
  for each statement execute function private.carry_market_price();

create trigger _120_count_shelves after insert or delete or update of tier, product_id on app.prices
  for each statement execute function private.count_shelves();

-- How many articles a list holds, told beside each page of it: to count them anew costs more than the page. `tier` ''
-- is everybody's list, without prices.
create table app.shelf_counts (
  tier        text not null,
  brand_id    bigint not null,
  category_id bigint not null,
  articles    integer not null check (articles > 0),
  primary key (tier, brand_id, category_id)
);
comment on table app.shelf_counts is 'Articles on offer by tier (none: all), brand and category. Kept by triggers.';

alter table app.shelf_counts enable row level security;
create policy live_session on app.shelf_counts as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy anyone_reads on app.shelf_counts for select to anon, authenticated using (true);
grant select on app.shelf_counts to anon, authenticated;

-- The price of one piece when so many are taken.
create function private.unit_price(p app.prices, p_quantity integer) returns bigint
language sql immutable parallel safe
return case when p_quantity >= p.volume_minimum then p.volume_price else p.price end;
grant execute on function private.unit_price to authenticated;
