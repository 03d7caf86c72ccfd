-- Abuse of Shadow Mode, second half: what each rule looks at. Everything is judged as of the moment of the order, so a late
-- inspection sees what a prompt one would have seen, and nothing here locks what a checkout needs.

create index on app.shadow_traces (at);

-- How a salesman worked in the 90 days before a day; reckoned when it is first asked for. An aid, not a record: a hit keeps what it used.
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
-- On which days slow changes were looked for.
create table private.abuse_days (day date primary key, measured_at timestamptz not null default now());
alter table private.abuse_habits enable row level security;
alter table private.abuse_days enable row level security;

create function private.wib_day(p_at timestamptz) returns date
language sql stable set search_path = pg_catalog, pg_temp as $$ select (p_at at time zone 'Asia/Jakarta')::date $$;

-- stores_p99: 99th percentile of the distinct stores in the 60 minutes up to each order; median and spread (median absolute deviation) of
-- the orders in those hours of the clock that had any.
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
    middle as (select percentile_cont(0.5) within group (order by n)::numeric as median, count(*)::integer as hours from hours)
    select p_salesman, p_day, (select count(*) from mine), (select percentile_disc(0.99) within group (order by stores) from paces),
           m.hours, m.median, (select percentile_cont(0.5) within group (order by abs(n - m.median))::numeric from hours)
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
  if v_stores > (s ->> 'stores_own_factor')::numeric or v_orders > 1 + (s ->> 'orders_robust_z')::numeric * v_least / 0.6745 then
    v := private.habits_of(t.salesman_id, private.wib_day(t.at));
  end if;
  if v_stores >= (s ->> 'stores_per_hour')::numeric
     or v.orders >= (v_store_rule ->> 'historyOrders')::integer and v_stores > (s ->> 'stores_own_factor')::numeric * v.stores_p99 then
    rule := 'STORES_PER_HOUR';
    inputs := jsonb_strip_nulls(jsonb_build_object('stores', v_stores, 'limit', s -> 'stores_per_hour', 'p99', v.stores_p99, 'factor', s -> 'stores_own_factor'));
    return next;
  end if;
  v_z := 0.6745 * (v_orders - v.median) / greatest(v.spread, v_least);
  if v.hours >= (v_order_rule ->> 'historyHours')::integer and v_z > (s ->> 'orders_robust_z')::numeric then
    rule := 'ORDERS_PER_HOUR';
    inputs := jsonb_build_object('orders', v_orders, 'median', v.median, 'spread', v.spread, 'z', round(v_z, 1), 'limit', s -> 'orders_robust_z');
    return next;
  end if;
end $$;

-- How many shadow orders the others placed in a region since then, and how many of them were very large.
create function private.large_orders_of_others(p_salesman uuid, p_partner uuid, p_from timestamptz, p_at timestamptz, orders out bigint, large out bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (select count(*) from app.shadow_traces x join app.partners p on p.id = x.partner_id
           where x.at > p_from and x.at <= p_at and x.salesman_id <> p_salesman and p.region_code = here.region_code),
         (select count(*) from app.abuse_hits h join app.shadow_traces x on x.order_id = h.order_id join app.partners p on p.id = x.partner_id
           where h.rule in ('ORDER_VALUE', 'SEASON_VALUE') and h.at > p_from and h.at <= p_at and h.salesman_id <> p_salesman
             and p.region_code = here.region_code)
    from app.partners here where here.id = p_partner
$$;

-- What was ordered, and for whom.
create function private.order_signs(t app.shadow_traces, s jsonb) returns table (rule text, inputs jsonb)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_total bigint; v_median numeric; v_count integer; v_stores integer; v_sellers integer; v_orders bigint; v_large bigint;
  v_season jsonb := s #> '{rules,SEASON_VALUE}';
  v_rule jsonb := s #> '{rules,ORDER_VALUE}';
begin
  if not t.assigned then
    rule := 'OUTSIDE_ASSIGNMENT';
    inputs := (select jsonb_build_object('store', p.code) from app.partners p where p.id = t.partner_id);
    return next;
  end if;

  select o.total into v_total from app.orders o where o.id = t.order_id;
  if v_total > (s ->> 'order_value_floor')::numeric then
    select percentile_cont(0.5) within group (order by b.total), count(*) into v_median, v_count
      from (select o.total from app.orders o
             where o.partner_id = t.partner_id and o.id < t.order_id and o.created_at >= t.at - interval '90 days'
               and o.status not in ('REJECTED', 'CANCELLED')
             order by o.id desc limit (v_rule ->> 'readAtMost')::integer) b;
    if v_count >= (v_rule ->> 'historyOrders')::integer and v_total > v_median * (s ->> 'order_value_factor')::numeric then
      select o.orders, o.large into v_orders, v_large
        from private.large_orders_of_others(t.salesman_id, t.partner_id, t.at - make_interval(days => (v_season ->> 'days')::integer), t.at) o;
      rule := case when v_orders >= (v_season ->> 'leastOrders')::integer and v_large >= v_orders * (v_season ->> 'commonFrom')::numeric
                    and private.repeated_sign(t.salesman_id, t.partner_id, 'ORDER_VALUE', '{}', t.at) is null -- Nor is he ahead of the season.
        then 'SEASON_VALUE' else 'ORDER_VALUE' end;
      inputs := jsonb_build_object('total', v_total, 'median', round(v_median), 'orders', v_count, 'factor', s -> 'order_value_factor',
                                   'floor', s -> 'order_value_floor', 'othersLarge', v_large, 'othersOrders', v_orders);
      return next;
    end if;
  end if;

  select count(distinct x.partner_id) into v_stores from app.shadow_traces x
   where x.salesman_id = t.salesman_id and x.at > t.at - interval '24 hours' and x.at <= t.at and x.basket = t.basket;
  if v_stores >= (s ->> 'same_basket_stores')::numeric then
    select count(distinct x.salesman_id) into v_sellers from app.shadow_traces x
     where x.basket = t.basket and x.at > t.at - interval '7 days' and x.at <= t.at and x.salesman_id <> t.salesman_id;
    rule := case when v_sellers >= (s ->> 'promotion_salesmen')::numeric then 'PROMOTED_BASKET' else 'SAME_BASKET' end;
    inputs := jsonb_build_object('stores', v_stores, 'limit', s -> 'same_basket_stores', 'sellers', v_sellers,
                'lines', (select count(*) from app.order_lines l where l.order_id = t.order_id));
    return next;
  end if;
end $$;

-- From where and with what.
create function private.device_signs(t app.shadow_traces, s jsonb) returns table (rule text, inputs jsonb)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_others integer; v_handovers integer; v_days integer;
  v_rule jsonb := s #> '{rules,SHARED_DEVICE}';
  v_office jsonb := s #> '{rules,OFFICE_DEVICE}';
begin
  if t.verdict = 'IMPLAUSIBLE' then
    rule := 'IMPLAUSIBLE_TRAVEL';
    inputs := jsonb_build_object('distanceKm', round(t.distance_km));
    return next;
  end if;
  if t.device is null then return; end if;

  if not exists (select from app.shadow_traces x
                  where x.device = t.device and x.salesman_id = t.salesman_id and x.at < t.at and x.at >= t.at - interval '90 days')
     and exists (select from app.shadow_traces x
                  where x.salesman_id = t.salesman_id and x.at < t.at and x.at >= t.at - interval '90 days' and x.device is not null) then
    rule := 'NEW_DEVICE';
    inputs := '{}';
    return next;
  end if;

  with used as (
    select x.salesman_id, x.at, x.order_id from app.shadow_traces x
     where x.device = t.device and x.at > t.at - interval '30 days' and x.at <= t.at
     order by x.at desc limit (v_rule ->> 'readAtMost')::integer),
  passed as (select salesman_id, at, salesman_id <> lag(salesman_id) over (order by at, order_id) as handover from used)
  select count(distinct salesman_id) - 1, count(*) filter (where handover), count(distinct private.wib_day(at)) filter (where handover)
    into v_others, v_handovers, v_days from passed;
  if v_others > 0 then
    rule := case when v_others >= (v_office ->> 'others')::integer then 'OFFICE_DEVICE' else 'SHARED_DEVICE' end;
    inputs := jsonb_build_object('others', v_others, 'handovers', v_handovers, 'handoverDays', v_days, 'days', 30);
    return next;
  end if;
end $$;

-- Has this sign come often enough in these weeks to be more than chance? Null, or what was counted. Large orders are compared with
-- how common they are among the others of the region just now.
create function private.repeated_sign(p_salesman uuid, p_partner uuid, p_rule text, p_inputs jsonb, p_at timestamptz) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_rule app.abuse_rules; v jsonb; v_of text; v_from timestamptz; v_days integer; v_orders integer; v_mine integer; v_expected numeric;
begin
  select * into v_rule from app.abuse_rules r where r.version = private.abuse_version() and r.rule = 'REPEATED';
  select key, value into v_of, v from jsonb_each(v_rule.parameters) where key = p_rule or value ->> 'also' = p_rule;
  if v is null then return null; end if;
  if v ? 'handoverDays' then
    return case when (p_inputs ->> 'handoverDays')::integer >= (v ->> 'handoverDays')::integer
      then jsonb_build_object('of', v_of, 'handovers', p_inputs -> 'handovers', 'days', p_inputs -> 'handoverDays') end;
  end if;
  v_from := greatest(p_at - v_rule.counts_for, private.abuse_reviewed_at(p_salesman));
  select count(distinct private.wib_day(h.at)), count(*) into v_days, v_orders from app.abuse_hits h
   where h.salesman_id = p_salesman and h.rule in (v_of, v ->> 'also') and h.at > v_from and h.at <= p_at;
  if v_days < (v ->> 'days')::integer or v_orders < (v ->> 'orders')::integer then return null; end if;
  if v ? 'timesTrade' then
    select count(*) into v_mine from app.shadow_traces x where x.salesman_id = p_salesman and x.at > v_from and x.at <= p_at;
    select v_mine * o.large::numeric / greatest(o.orders, 1) into v_expected from private.large_orders_of_others(p_salesman, p_partner, v_from, p_at) o;
    if v_orders <= (v ->> 'beyond')::numeric + v_expected * (v ->> 'timesTrade')::numeric then return null; end if;
  end if;
  return jsonb_strip_nulls(jsonb_build_object('of', v_of, 'days', v_days, 'orders', v_orders, 'expected', round(v_expected, 1)));
end $$;

-- Looks at one shadow order: what was in it, which rules fire, and what follows. Safe to repeat. Returns how many hits are new.
create function jobs.inspect_order(p_order bigint) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  t app.shadow_traces; s jsonb := private.abuse_settings(); v record; v_again jsonb; v_new integer := 0;
begin
  select * into t from app.shadow_traces where order_id = p_order;
  if not found then return 0; end if;
  -- Two orders of one salesman are judged one after the other, or neither would see the sum.
  perform pg_advisory_xact_lock(hashtextextended('abuse/' || t.salesman_id, 0));
  update app.shadow_traces x set inspected_at = coalesce(x.inspected_at, clock_timestamp()),
      basket = coalesce(x.basket, (select md5(string_agg(l.product_id || ':' || l.quantity, ',' order by l.product_id, l.quantity))
                                     from app.order_lines l where l.order_id = p_order))
   where x.order_id = p_order returning x.* into t;
  for v in select * from private.pace_signs(t, s) union all select * from private.order_signs(t, s) union all select * from private.device_signs(t, s) loop
    continue when not private.add_abuse_hit(t.salesman_id, p_order, v.rule, v.inputs, t.at);
    v_new := v_new + 1;
    v_again := private.repeated_sign(t.salesman_id, t.partner_id, v.rule, v.inputs, t.at);
    if v_again is not null and private.add_abuse_hit(t.salesman_id, p_order, 'REPEATED', v_again, t.at) then v_new := v_new + 1; end if;
  end loop;
  if v_new > 0 then perform private.act_on_score(t.salesman_id, p_order, t.at); end if;
  return v_new;
end $$;

-- Whose orders grow, in most of his stores, by more than orders in the same region do. Per store the mean logarithm of its recent orders less
-- that of its orders some weeks before (at most one either way: a feast is no drift), less the region's median; then how far the mean over his stores,
-- weighed by how many orders it rests on, lies above zero, in standard errors. Leave, new stores and seasons cancel out.
create function private.drift_until(p_until timestamptz)
returns table (salesman_id uuid, stores bigint, excess double precision, trade double precision, score double precision)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with r as (
    select p_until - make_interval(days => (p ->> 'recentDays')::integer) as recent,
           p_until - make_interval(days => (p ->> 'recentDays')::integer + (p ->> 'gapDays')::integer) as before,
           p_until - make_interval(days => (p ->> 'recentDays')::integer + (p ->> 'gapDays')::integer + (p ->> 'baseDays')::integer) as base,
           make_interval(days => (p ->> 'leastBaseDays')::integer) as least_base, (p ->> 'leastStores')::integer as least_stores
      from (select a.parameters as p from app.abuse_rules a where a.version = private.abuse_version() and a.rule = 'SLOW_DRIFT') one),
  sold as (
    select t.salesman_id, t.partner_id, t.at, t.at >= r.recent as is_recent, ln(o.total::double precision) as size
      from r, app.shadow_traces t join app.orders o on o.id = t.order_id
     where (t.at >= r.base and t.at < r.before or t.at >= r.recent and t.at < p_until) and o.status not in ('REJECTED', 'CANCELLED')),
  known as (
    select s.salesman_id from r, sold s group by s.salesman_id having min(s.at) < max(r.before - r.least_base)),
  counted as (
    select s.salesman_id, s.partner_id, p.region_code, avg(s.size) filter (where s.is_recent) - avg(s.size) filter (where not s.is_recent) as change,
           count(*) filter (where s.is_recent) as recent, count(*) filter (where not s.is_recent) as base
      from sold s join known using (salesman_id) join app.partners p on p.id = s.partner_id
     group by s.salesman_id, s.partner_id, p.region_code),
  changes as (
    select salesman_id, region_code, least(greatest(change, -1), 1) as change, 1 / (1.0 / recent + 1.0 / base) as weight
      from counted where recent > 0 and base > 1),
  all_trade as (select percentile_cont(0.5) within group (order by change) as change from changes),
  trade as (
    select region_code, percentile_cont(0.5) within group (order by change) as change from changes
     group by region_code having count(distinct salesman_id) >= 5),
  beyond as (
    select x.salesman_id, x.weight, coalesce(g.change, a.change) as trade, x.change - coalesce(g.change, a.change) as change,
           sum(x.weight * (x.change - coalesce(g.change, a.change))) over mine / sum(x.weight) over mine as excess
      from changes x cross join all_trade a left join trade g on g.region_code = x.region_code
    window mine as (partition by x.salesman_id))
  select b.salesman_id, count(*), max(b.excess), avg(b.trade), max(b.excess) * sum(b.weight) / nullif(sqrt(sum((b.weight * (b.change - b.excess)) ^ 2)), 0)
    from r, beyond b group by b.salesman_id having count(*) >= max(r.least_stores)
$$;

-- Once a day. The weeks that follow tell the same story, so a hit once a week is enough; and weeks that a person has judged
-- are not held against anybody again.
create function private.measure_drift(p_day date) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  s jsonb := private.abuse_settings(); v record; v_new integer := 0;
  v_until timestamptz := p_day::timestamp at time zone 'Asia/Jakarta';
begin
  insert into private.abuse_days (day) values (p_day) on conflict do nothing;
  for v in
    select d.* from private.drift_until(v_until) d
     where d.excess > ln(1 + (s ->> 'drift_percent')::numeric / 100) and d.score > (s ->> 'drift_score')::numeric
       and not exists (select from app.abuse_hits h where h.salesman_id = d.salesman_id and h.rule = 'SLOW_DRIFT'
                          and h.at > v_until - case when private.abuse_reviewed_at(d.salesman_id) > h.at then interval '42 days' else interval '7 days' end
                          and h.at <= v_until)
     order by d.salesman_id
  loop
    perform private.add_abuse_hit(v.salesman_id, null, 'SLOW_DRIFT', jsonb_build_object('stores', v.stores, 'days', 28,
      'percent', round(((exp(v.excess) - 1) * 100)::numeric), 'tradePercent', round(((exp(v.trade) - 1) * 100)::numeric),
      'score', round(v.score::numeric, 1), 'limitPercent', s -> 'drift_percent', 'limitScore', s -> 'drift_score'), v_until);
    perform private.act_on_score(v.salesman_id, null, v_until);
    v_new := v_new + 1;
  end loop;
  return v_new;
end $$;

-- Every 5 minutes, and when the worker starts: orders whose wake-up was lost, what owners said, slow changes once a day, and whoever is
-- above the line with nobody looking. It takes nothing back: only a person does.
create function jobs.sweep_abuse() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v record; v_again jsonb; v_done integer := 0; v_today date := private.wib_day(now());
begin
  for v in select order_id from app.shadow_traces where inspected_at is null and at < now() - interval '2 minutes' order by order_id limit 500 loop
    begin
      perform jobs.inspect_order(v.order_id);
      v_done := v_done + 1;
    exception when others then
      raise warning 'shadow order % was not inspected: %', v.order_id, sqlerrm; -- The others are not to wait for it.
    end;
  end loop;

  for v in select d.order_id, d.salesman_id, d.partner_id, d.disputed_at from app.disputes d
            where d.disputed_at > now() - interval '30 days' and d.outcome is distinct from 'OWNER_AGREES' and d.outcome is distinct from 'MISTAKE' loop
    perform private.add_abuse_hit(v.salesman_id, v.order_id, 'OWNER_DISPUTED', '{}', v.disputed_at);
    v_again := private.repeated_sign(v.salesman_id, v.partner_id, 'OWNER_DISPUTED', '{}', now());
    if v_again is not null then perform private.add_abuse_hit(v.salesman_id, v.order_id, 'REPEATED', v_again, v.disputed_at); end if;
  end loop;

  if not exists (select from private.abuse_days where day = v_today) then
    perform private.measure_drift(v_today);
    delete from private.abuse_habits where day < v_today - 100;
    delete from private.abuse_days where day < v_today - 400;
  end if;

  for v in select distinct h.salesman_id from app.abuse_hits h join app.accounts a on a.id = h.salesman_id and a.status = 'ACTIVE'
            where h.at > now() - interval '30 days'
              and not exists (select from app.tasks k where k.dedup_key = 'review-agent/' || a.code and k.done_at is null) loop
    perform pg_advisory_xact_lock(hashtextextended('abuse/' || v.salesman_id, 0));
    perform private.act_on_score(v.salesman_id, null, now());
  end loop;
  return v_done;
end $$;
grant execute on function jobs.inspect_order, jobs.sweep_abuse to worker;
