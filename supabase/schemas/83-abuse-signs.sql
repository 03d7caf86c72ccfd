-- Signs of abuse: of a moment (how fast, from where and with what; what was ordered, for whom, and whether it comes
-- again and again) or of weeks (orders that grow slowly). What they add up to: 82-abuse.sql.

-- Signs of a moment: how fast, from where and with what.

-- Days are those of Jakarta's calendar, whatever zone the server keeps.
create function private.wib_day(p_at timestamptz) returns date
language sql stable set search_path = pg_catalog, pg_temp as $$ select (p_at at time zone 'Asia/Jakarta')::date $$;

-- How a salesman worked in the 90 days before a day; reckoned when it is first asked for. An aid, not a record: a hit
-- keeps what it used.
create table private.abuse_habits (
  salesman_id uuid not null references app.accounts on delete cascade,
  day         date not null,
  orders      integer not null,
  stores_p99  numeric,
  hours       integer not null,
  median      numeric,
  spread      numeric,
  primary key (salesman_id, day)
);

alter table private.abuse_habits enable row level security;

-- stores_p99: 99th percentile of the distinct stores in the 60 minutes up to each order; median and spread (median
-- absolute deviation) of the orders in those hours of the clock that had any.
create function private.habits_of(p_salesman uuid, p_day date) returns private.abuse_habits
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v private.abuse_habits; v_until timestamptz := p_day::timestamp at time zone 'Asia/Jakarta';
begin
  select * into v from private.abuse_habits where salesman_id = p_salesman and day = p_day;
  if found then return v; end if;
  insert into private.abuse_habits
    with mine as (
      select at, array_agg(partner_id) over (order by at range between '60 minutes' preceding and current row) as near
        from app.shadow_traces where salesman_id = p_salesman and at >= v_until - interval '90 days' and at < v_until),
    paces as (select (select count(distinct p) from unnest(near) p) as stores from mine),
    hours as (select count(*) as n from mine group by date_trunc('hour', at)),
    middle as (
      select percentile_cont(0.5) within group (order by n)::numeric as median, count(*)::integer as hours
        from hours)
    select p_salesman, p_day, (select count(*) from mine),
           (select percentile_disc(0.99) within group (order by stores) from paces),
           m.hours, m.median,
           (select percentile_cont(0.5) within group (order by abs(n - m.median))::numeric from hours)
      from middle m
    on conflict do nothing;
  select * into v from private.abuse_habits where salesman_id = p_salesman and day = p_day;
  return v;
end $$;

-- Too many stores, or orders, in 60 minutes. His habits are asked for only when they could matter.
create function private.pace_signs(t app.shadow_traces, s jsonb) returns table (rule text, inputs jsonb)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_stores integer; v_orders integer; v_z numeric; v private.abuse_habits;
  v_store_rule jsonb := s #> '{rules,STORES_PER_HOUR}';
  v_order_rule jsonb := s #> '{rules,ORDERS_PER_HOUR}';
  v_least numeric := (v_order_rule ->> 'smallestSpread')::numeric;
begin
  select count(distinct x.partner_id), count(*) into v_stores, v_orders from app.shadow_traces x
   where x.salesman_id = t.salesman_id and x.at > t.at - interval '60 minutes' and x.at <= t.at;
  if v_stores > (s ->> 'stores_own_factor')::numeric
     or v_orders > 1 + (s ->> 'orders_robust_z')::numeric * v_least / 0.6745 then
    v := private.habits_of(t.salesman_id, private.wib_day(t.at));
  end if;
  if v_stores >= (s ->> 'stores_per_hour')::numeric
     or v.orders >= (v_store_rule ->> 'historyOrders')::integer
        and v_stores > (s ->> 'stores_own_factor')::numeric * v.stores_p99 then
    rule := 'STORES_PER_HOUR';
    inputs := jsonb_strip_nulls(jsonb_build_object('stores', v_stores, 'limit', s -> 'stores_per_hour',
      'p99', v.stores_p99, 'factor', s -> 'stores_own_factor'));
    return next;
  end if;
  v_z := 0.6745 * (v_orders - v.median) / greatest(v.spread, v_least);
  if v.hours >= (v_order_rule ->> 'historyHours')::integer and v_z > (s ->> 'orders_robust_z')::numeric then
    rule := 'ORDERS_PER_HOUR';
    inputs := jsonb_build_object('orders', v_orders, 'median', v.median, 'spread', v.spread, 'z', round(v_z, 1),
      'limit', s -> 'orders_robust_z');
    return next;
  end if;
end $$;

-- A way that nobody travels that fast, a browser that is new to him, a browser that others use.
create function private.device_signs(t app.shadow_traces, s jsonb) returns table (rule text, inputs jsonb)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_others integer; v_handovers integer; v_days integer;
  v_rule jsonb := s #> '{rules,SHARED_DEVICE}';
  v_office_rule jsonb := s #> '{rules,OFFICE_DEVICE}';
begin
  if t.verdict = 'IMPLAUSIBLE' then
    rule := 'IMPLAUSIBLE_TRAVEL';
    -- The way from his order before, which the verdict is about. How far the store is, is another matter.
    inputs := coalesce((
      select jsonb_strip_nulls(jsonb_build_object('from', w -> 'order', 'distanceKm', w -> 'distanceKm',
               'leastKm', w -> 'leastKm', 'minutes', w -> 'minutes', 'kmh', w -> 'kmh'))
        from (select t.verdict_why -> 'travel' as w) way where jsonb_typeof(w) = 'object'), '{}');
    return next;
  end if;
  -- None, where there were some before, is as strange as another one.
  if not exists (select from app.shadow_traces x
                  where x.device = t.device and x.salesman_id = t.salesman_id
                    and x.at < t.at and x.at >= t.at - interval '90 days')
     and exists (select from app.shadow_traces x
                  where x.salesman_id = t.salesman_id
                    and x.at < t.at and x.at >= t.at - interval '90 days' and x.device is not null) then
    rule := 'NEW_DEVICE';
    inputs := '{}';
    return next;
  end if;

  with used as (
    select x.salesman_id, x.at, x.order_id from app.shadow_traces x
     where x.device = t.device and x.at > t.at - interval '30 days' and x.at <= t.at
     order by x.at desc limit (v_rule ->> 'readAtMost')::integer),
  passed as (select salesman_id, at, salesman_id <> lag(salesman_id) over (order by at, order_id) as handover from used)
  select count(distinct salesman_id) - 1, count(*) filter (where handover),
         count(distinct private.wib_day(at)) filter (where handover)
    into v_others, v_handovers, v_days from passed;
  if v_others > 0 then
    rule := case when v_others >= (v_office_rule ->> 'others')::integer then 'OFFICE_DEVICE' else 'SHARED_DEVICE' end;
    inputs := jsonb_build_object('others', v_others, 'handovers', v_handovers, 'handoverDays', v_days, 'days', 30);
    return next;
  end if;
end $$;

-- Seasons: what the others of the region order, and whether he is well ahead of them.

-- Shadow orders of a day that is over, by region, and how many of them were very large: what the others' trade is like
-- just now. Counted when it is first asked for. An aid, not a record: a hit keeps what it used.
create table private.abuse_trade (
  day         date not null,
  region_code text not null,
  orders      integer not null,
  large       integer not null,
  primary key (day, region_code)
);

alter table private.abuse_trade enable row level security;

-- Shadow orders of a region between two moments, by all, by one salesman, or by all but him; and how many of them were
-- very large.
create function private.count_trade(p_region text, p_from timestamptz, p_until timestamptz, p_only uuid, p_but uuid,
  orders out bigint, large out bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (select count(*) from app.shadow_traces x join app.partners p on p.id = x.partner_id
           where x.at >= p_from and x.at <= p_until and p.region_code = p_region
             and (p_only is null or x.salesman_id = p_only) and (p_but is null or x.salesman_id <> p_but)),
         (select count(*)
            from app.abuse_hits h join app.shadow_traces x on x.order_id = h.order_id
            join app.partners p on p.id = x.partner_id
           where h.at >= p_from and h.at <= p_until and h.rule in ('ORDER_VALUE', 'SEASON_VALUE')
             and p.region_code = p_region
             and (p_only is null or h.salesman_id = p_only) and (p_but is null or h.salesman_id <> p_but))
$$;

-- What the other salesmen of a region ordered on these calendar days, the last of which is not over yet. Whole days are
-- read from their sums, since a season makes this question frequent.
create function private.trade_of_others(p_salesman uuid, p_region text, p_days integer, p_at timestamptz,
  orders out bigint, large out bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_today date := private.wib_day(p_at); v_day date;
  v_start timestamptz := v_today::timestamp at time zone 'Asia/Jakarta';
  v_from timestamptz := (v_today - p_days + 1)::timestamp at time zone 'Asia/Jakarta';
begin
  for v_day in
    select d::date from generate_series(v_today - p_days + 1, v_today - 1, interval '1 day') d
     where not exists (select from private.abuse_trade c where c.day = d::date)
  loop
    insert into private.abuse_trade (day, region_code, orders, large)
      select v_day, r.code, c.orders, c.large
        from app.regions r,
             private.count_trade(r.code, v_day::timestamp at time zone 'Asia/Jakarta',
               (v_day + 1)::timestamp at time zone 'Asia/Jakarta' - interval '1 microsecond', null, null) c
      on conflict do nothing;
  end loop;
  select past.orders + today.orders - his.orders, past.large + today.large - his.large into orders, large
    from (select coalesce(sum(c.orders), 0) as orders, coalesce(sum(c.large), 0) as large from private.abuse_trade c
           where c.region_code = p_region and c.day >= v_today - p_days + 1 and c.day < v_today) past,
         private.count_trade(p_region, v_start, p_at, null, p_salesman) today,
         private.count_trade(p_region, v_from, v_start - interval '1 microsecond', p_salesman, null) his;
end $$;

-- How often certain rules fired for him within so many days, and on how many of them; from his last review on at the
-- earliest.
create function private.count_hits(p_salesman uuid, p_rules text[], p_days integer, p_at timestamptz,
  days out bigint, orders out bigint, since out timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  since := greatest(p_at - make_interval(days => p_days), private.abuse_reviewed_at(p_salesman));
  select count(distinct private.wib_day(h.at)), count(*) into days, orders from app.abuse_hits h
   where h.salesman_id = p_salesman and h.rule = any (p_rules) and h.at > since and h.at <= p_at;
end $$;

-- Has he had far more very large orders than a season explains? As many as the others' share of them leads to expect,
-- times a factor, and some beyond. Null, or what was counted.
create function private.ahead_of_season(p_salesman uuid, p_region text, p_at timestamptz) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v jsonb; n record; v_mine bigint; v_expected numeric;
begin
  select r.parameters -> 'SEASON_VALUE' into v from app.abuse_rules r
   where r.version = private.abuse_version() and r.rule = 'REPEATED';
  n := private.count_hits(p_salesman, array['ORDER_VALUE', 'SEASON_VALUE'], (v ->> 'within')::integer, p_at);
  if n.days < (v ->> 'days')::integer or n.orders < (v ->> 'orders')::integer then return null; end if;
  select count(*) into v_mine from app.shadow_traces x
   where x.salesman_id = p_salesman and x.at > n.since and x.at <= p_at;
  select v_mine * o.large::numeric / greatest(o.orders, 1) into v_expected
    from private.trade_of_others(p_salesman, p_region, (v ->> 'within')::integer, p_at) o;
  if n.orders <= (v ->> 'beyond')::numeric + v_expected * (v ->> 'timesTrade')::numeric then return null; end if;
  return jsonb_build_object('of', 'ORDER_VALUE', 'days', n.days, 'orders', n.orders, 'expected', round(v_expected, 1));
end $$;

-- Signs of a moment: what was ordered, and for whom.

-- How many other salesmen sold this very basket within 7 days.
create function private.other_sellers(t app.shadow_traces) returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(distinct x.salesman_id) from app.shadow_traces x
   where x.basket = t.basket and x.at > t.at - interval '7 days' and x.at <= t.at and x.salesman_id <> t.salesman_id
$$;

-- An order many times larger than the store's own. A package that others sell too is staff's doing. Where many of
-- the others' orders of today and yesterday are as large, it is the season, unless he is well ahead of it.
create function private.value_sign(t app.shadow_traces, s jsonb) returns table (rule text, inputs jsonb)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_total bigint; v_median numeric; v_count integer; v_region text; v_sellers bigint; v_orders bigint; v_large bigint;
  v_rule jsonb := s #> '{rules,ORDER_VALUE}'; v_season jsonb := s #> '{rules,SEASON_VALUE}';
begin
  select o.total into v_total from app.orders o where o.id = t.order_id;
  if v_total <= (s ->> 'order_value_floor')::numeric then return; end if;
  select percentile_cont(0.5) within group (order by b.total), count(*) into v_median, v_count
    from (select o.total from app.orders o
           where o.partner_id = t.partner_id and o.id < t.order_id and o.created_at >= t.at - interval '90 days'
             and o.status not in ('REJECTED', 'CANCELLED')
           order by o.id desc limit (v_rule ->> 'readAtMost')::integer) b;
  if v_count < (v_rule ->> 'historyOrders')::integer
     or v_total <= v_median * (s ->> 'order_value_factor')::numeric then
    return;
  end if;
  inputs := jsonb_build_object('total', v_total, 'median', round(v_median), 'orders', v_count,
    'factor', s -> 'order_value_factor', 'floor', s -> 'order_value_floor');
  v_sellers := private.other_sellers(t);
  if v_sellers >= (s ->> 'promotion_salesmen')::numeric then
    rule := 'PROMOTED_VALUE';
    inputs := inputs || jsonb_build_object('sellers', v_sellers);
    return next;
    return;
  end if;
  select p.region_code into v_region from app.partners p where p.id = t.partner_id;
  select o.orders, o.large into v_orders, v_large
    from private.trade_of_others(t.salesman_id, v_region, (v_season ->> 'days')::integer, t.at) o;
  if v_orders < (v_season ->> 'leastOrders')::integer then
    select o.orders, o.large into v_orders, v_large
      from private.trade_of_others(t.salesman_id, v_region, (v_season ->> 'daysWhenFew')::integer, t.at) o;
  end if;
  rule := case
    when v_orders >= (v_season ->> 'leastOrders')::integer
      and v_large >= v_orders * (v_season ->> 'commonFrom')::numeric
      and private.ahead_of_season(t.salesman_id, v_region, t.at) is null
    then 'SEASON_VALUE' else 'ORDER_VALUE' end;
  inputs := inputs || jsonb_build_object('othersLarge', v_large, 'othersOrders', v_orders);
  return next;
end $$;

-- A store that is not his, an order that is too large, the same basket in many stores.
create function private.order_signs(t app.shadow_traces, s jsonb) returns table (rule text, inputs jsonb)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_stores bigint; v_sellers bigint;
begin
  if not t.assigned then
    rule := 'OUTSIDE_ASSIGNMENT';
    inputs := (select jsonb_build_object('store', p.code) from app.partners p where p.id = t.partner_id);
    return next;
  end if;

  return query select v.rule, v.inputs from private.value_sign(t, s) v;

  select count(distinct x.partner_id) into v_stores from app.shadow_traces x
   where x.salesman_id = t.salesman_id and x.at > t.at - interval '24 hours' and x.at <= t.at and x.basket = t.basket;
  if v_stores >= (s ->> 'same_basket_stores')::numeric then
    v_sellers := private.other_sellers(t);
    rule := case when v_sellers >= (s ->> 'promotion_salesmen')::numeric then 'PROMOTED_BASKET' else 'SAME_BASKET' end;
    inputs := jsonb_build_object('stores', v_stores, 'limit', s -> 'same_basket_stores', 'sellers', v_sellers,
      'lines', (select count(*) from app.order_lines l where l.order_id = t.order_id));
    return next;
  end if;
end $$;

-- The same sign again and again.

-- Has this sign come often enough in these weeks to be more than chance? Null, or what was counted. What was put down
-- to the season does not count, unless he is well ahead of the season.
create function private.repeated_sign(p_salesman uuid, p_partner uuid, p_rule text, p_inputs jsonb,
  p_at timestamptz) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v jsonb; n record;
begin
  select r.parameters -> p_rule into v from app.abuse_rules r
   where r.version = private.abuse_version() and r.rule = 'REPEATED';
  if v is null then return null; end if;
  if v ? 'handoverDays' then
    return case when (p_inputs ->> 'handoverDays')::integer >= (v ->> 'handoverDays')::integer
      then jsonb_build_object('of', p_rule, 'handovers', p_inputs -> 'handovers',
        'days', p_inputs -> 'handoverDays') end;
  end if;
  if p_rule <> 'SEASON_VALUE' then
    n := private.count_hits(p_salesman, array[p_rule], (v ->> 'within')::integer, p_at);
    if n.days >= (v ->> 'days')::integer and n.orders >= (v ->> 'orders')::integer then
      return jsonb_build_object('of', p_rule, 'days', n.days, 'orders', n.orders);
    end if;
  end if;
  return case when p_rule in ('ORDER_VALUE', 'SEASON_VALUE')
    then private.ahead_of_season(p_salesman,
      (select p.region_code from app.partners p where p.id = p_partner), p_at) end;
end $$;

-- Owners' «Bukan saya» again and again.
create function private.add_repeated_dispute(d app.disputes) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_again jsonb := private.repeated_sign(d.salesman_id, d.partner_id, 'OWNER_DISPUTED', '{}', clock_timestamp());
begin
  if v_again is not null then
    perform private.add_abuse_hit(d.salesman_id, d.order_id, 'REPEATED', v_again, d.disputed_at);
  end if;
end $$;

-- Weeks instead of moments: orders that grow slowly.

-- On which days slow changes were looked for.
create table private.abuse_days (day date primary key, measured_at timestamptz not null default now());

alter table private.abuse_days enable row level security;

-- Whose orders grow, over his stores, by more than orders in the same region do. Each recent order is compared with
-- what this salesman took from the same store some weeks before (mean of the logarithms), and with what such orders of
-- the region were in the same days (median), so that leave, new stores and seasons cancel out; packages that many sell
-- are left out. No order and no store counts for more than a bound. Row counts cannot be guessed here, and every join
-- is of many with many: hence hashes. excess: the mean over his stores, weighed by how many orders it rests on; error:
-- its standard error.
create function private.drift_until(p_until timestamptz)
returns table (salesman_id uuid, stores bigint, excess double precision, error double precision, trade double precision)
language sql stable security definer set search_path = pg_catalog, pg_temp set enable_nestloop = off as $$
  with r as (
    select p_until - make_interval(days => (p ->> 'recentDays')::integer) as recent,
           p_until - make_interval(days => (p ->> 'recentDays')::integer + (p ->> 'gapDays')::integer) as before,
           p_until - make_interval(days => (p ->> 'recentDays')::integer + (p ->> 'gapDays')::integer
                                           + (p ->> 'baseDays')::integer) as base,
           make_interval(days => (p ->> 'leastBaseDays')::integer) as least_base,
           (p ->> 'leastStores')::integer as least_stores, (p ->> 'seasonDays')::integer as season_days,
           (p ->> 'orderBound')::double precision as order_bound, (p ->> 'storeBound')::double precision as store_bound,
           private.number_setting('abuse.promotion_salesmen') as sellers
      from (select a.parameters as p from app.abuse_rules a
             where a.version = private.abuse_version() and a.rule = 'SLOW_DRIFT') one),
  sold as materialized (
    select t.salesman_id, t.partner_id, t.at, t.basket, t.at >= r.recent as is_recent,
           ln(greatest(o.total, 1)::double precision) as size
      from r, app.shadow_traces t join app.orders o on o.id = t.order_id
     where (t.at >= r.base and t.at < r.before or t.at >= r.recent and t.at < p_until)
       and o.status not in ('REJECTED', 'CANCELLED')),
  known as (
    select s.salesman_id from r, sold s group by s.salesman_id having min(s.at) < max(r.before - r.least_base)),
  packages as (
    select s.basket from r, sold s where s.basket is not null
     group by s.basket having count(distinct s.salesman_id) > max(r.sellers)),
  own as materialized (
    select s.* from sold s join known using (salesman_id)
     where not exists (select from packages k where k.basket = s.basket)),
  bases as (
    select s.salesman_id, s.partner_id, avg(s.size) as size, count(*) as orders from own s where not s.is_recent
     group by s.salesman_id, s.partner_id having count(*) > 1),
  changes as materialized (
    select s.salesman_id, s.partner_id, p.region_code,
           floor(extract(epoch from p_until - s.at) / 86400 / r.season_days) as days,
           s.size - b.size as change, b.orders as base
      from r, own s join bases b using (salesman_id, partner_id) join app.partners p on p.id = s.partner_id
     where s.is_recent),
  everywhere as (
    select days, percentile_cont(0.5) within group (order by change) as change from changes group by days),
  regions as (
    select days, region_code, percentile_cont(0.5) within group (order by change) as change from changes
     group by days, region_code having count(distinct salesman_id) >= 5),
  by_store as (
    select c.salesman_id, c.partner_id, avg(coalesce(g.change, e.change)) as trade,
           1 / (1.0 / count(*) + 1.0 / max(c.base)) as weight,
           greatest(-max(r.store_bound), least(max(r.store_bound),
             avg(greatest(-r.order_bound, least(r.order_bound, c.change - coalesce(g.change, e.change)))))) as change
      from r, changes c join everywhere e using (days)
      left join regions g on g.days = c.days and g.region_code = c.region_code
     group by c.salesman_id, c.partner_id),
  means as (
    select b.*, sum(b.weight * b.change) over mine / sum(b.weight) over mine as excess
      from by_store b window mine as (partition by b.salesman_id))
  select m.salesman_id, count(*), max(m.excess),
         sqrt(sum((m.weight * (m.change - m.excess)) ^ 2)) / sum(m.weight), avg(m.trade)
    from r, means m group by m.salesman_id having count(*) >= max(r.least_stores)
$$;

-- Growth in the logarithm as people say it.
create function private.as_percent(p_growth double precision) returns numeric
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select round(((exp(p_growth) - 1) * 100)::numeric)
$$;

-- Once a day: whose growth beyond the region's is almost certainly more than the limit, that is, still above it less
-- some standard errors. The weeks that follow tell the same story, so a hit once a week is enough; and weeks that a
-- person has judged are not held against anybody again.
create function private.measure_drift(p_day date) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  s jsonb := private.abuse_settings(); v record; v_new integer := 0;
  v_until timestamptz := p_day::timestamp at time zone 'Asia/Jakarta';
  v_errors double precision := (s ->> 'drift_score')::double precision;
begin
  insert into private.abuse_days (day) values (p_day) on conflict do nothing;
  for v in
    select d.*, d.excess - v_errors * d.error as least from private.drift_until(v_until) d
     where d.excess - v_errors * d.error > ln(1 + (s ->> 'drift_percent')::numeric / 100)
       and not exists (select from app.abuse_hits h
                        where h.salesman_id = d.salesman_id and h.rule = 'SLOW_DRIFT'
                          and h.at > v_until - case when private.abuse_reviewed_at(d.salesman_id) > h.at
                                                 then interval '42 days' else interval '7 days' end
                          and h.at <= v_until)
     order by d.salesman_id
  loop
    perform private.add_abuse_hit(v.salesman_id, null, 'SLOW_DRIFT', jsonb_build_object(
      'stores', v.stores, 'days', s #> '{rules,SLOW_DRIFT,recentDays}', 'percent', private.as_percent(v.excess),
      'leastPercent', private.as_percent(v.least), 'tradePercent', private.as_percent(v.trade),
      'errors', s -> 'drift_score', 'limitPercent', s -> 'drift_percent'), v_until);
    perform private.act_on_score(v.salesman_id, null, v_until);
    v_new := v_new + 1;
  end loop;
  return v_new;
end $$;
