-- Abuse of Shadow Mode: what was ordered, for whom, and whether it comes again and again.

-- Shadow orders of a day that is over, by region, and how many of them were very large: what the others' trade is like just now.
-- Counted when it is first asked for. An aid, not a record: a hit keeps what it used.
create table private.abuse_trade (
  day         date not null,
  region_code text not null,
  orders      integer not null,
  large       integer not null,
  primary key (day, region_code)
);
alter table private.abuse_trade enable row level security;

-- Shadow orders of a region between two moments, by all, by one salesman, or by all but him; and how many of them were very large.
create function private.count_trade(p_region text, p_from timestamptz, p_until timestamptz, p_only uuid, p_but uuid, orders out bigint, large out bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (select count(*) from app.shadow_traces x join app.partners p on p.id = x.partner_id
           where x.at >= p_from and x.at <= p_until and p.region_code = p_region
             and (p_only is null or x.salesman_id = p_only) and (p_but is null or x.salesman_id <> p_but)),
         (select count(*) from app.abuse_hits h join app.shadow_traces x on x.order_id = h.order_id join app.partners p on p.id = x.partner_id
           where h.at >= p_from and h.at <= p_until and h.rule in ('ORDER_VALUE', 'SEASON_VALUE') and p.region_code = p_region
             and (p_only is null or h.salesman_id = p_only) and (p_but is null or h.salesman_id <> p_but))
$$;

-- What the other salesmen of a region ordered on these calendar days, the last of which is not over yet. Whole days are read from their
-- sums, since a season makes this question frequent.
create function private.trade_of_others(p_salesman uuid, p_region text, p_days integer, p_at timestamptz, orders out bigint, large out bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_today date := private.wib_day(p_at); v_day date;
  v_start timestamptz := v_today::timestamp at time zone 'Asia/Jakarta';
  v_from timestamptz := (v_today - p_days + 1)::timestamp at time zone 'Asia/Jakarta';
begin
  for v_day in select d::date from generate_series(v_today - p_days + 1, v_today - 1, interval '1 day') d
                where not exists (select from private.abuse_trade c where c.day = d::date) loop
    insert into private.abuse_trade (day, region_code, orders, large)
      select v_day, r.code, c.orders, c.large
        from app.regions r, private.count_trade(r.code, v_day::timestamp at time zone 'Asia/Jakarta',
               (v_day + 1)::timestamp at time zone 'Asia/Jakarta' - interval '1 microsecond', null, null) c
      on conflict do nothing;
  end loop;
  select past.orders + today.orders - his.orders, past.large + today.large - his.large into orders, large
    from (select coalesce(sum(c.orders), 0) as orders, coalesce(sum(c.large), 0) as large from private.abuse_trade c
           where c.region_code = p_region and c.day >= v_today - p_days + 1 and c.day < v_today) past,
         private.count_trade(p_region, v_start, p_at, null, p_salesman) today,
         private.count_trade(p_region, v_from, v_start - interval '1 microsecond', p_salesman, null) his;
end $$;

-- How many other salesmen sold this very basket within 7 days.
create function private.other_sellers(t app.shadow_traces) returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(distinct x.salesman_id) from app.shadow_traces x
   where x.basket = t.basket and x.at > t.at - interval '7 days' and x.at <= t.at and x.salesman_id <> t.salesman_id
$$;

-- An order many times larger than the store's own. A package that others sell too is the office's doing. Where many of the others' orders of
-- today and yesterday are as large, it is the season, unless he is well ahead of it.
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
  if v_count < (v_rule ->> 'historyOrders')::integer or v_total <= v_median * (s ->> 'order_value_factor')::numeric then return; end if;
  inputs := jsonb_build_object('total', v_total, 'median', round(v_median), 'orders', v_count, 'factor', s -> 'order_value_factor',
                               'floor', s -> 'order_value_floor');
  v_sellers := private.other_sellers(t);
  if v_sellers >= (s ->> 'promotion_salesmen')::numeric then
    rule := 'PROMOTED_VALUE';
    inputs := inputs || jsonb_build_object('sellers', v_sellers);
    return next;
    return;
  end if;
  select p.region_code into v_region from app.partners p where p.id = t.partner_id;
  select o.orders, o.large into v_orders, v_large from private.trade_of_others(t.salesman_id, v_region, (v_season ->> 'days')::integer, t.at) o;
  if v_orders < (v_season ->> 'leastOrders')::integer then
    select o.orders, o.large into v_orders, v_large from private.trade_of_others(t.salesman_id, v_region, (v_season ->> 'daysWhenFew')::integer, t.at) o;
  end if;
  rule := case when v_orders >= (v_season ->> 'leastOrders')::integer and v_large >= v_orders * (v_season ->> 'commonFrom')::numeric
                and private.ahead_of_season(t.salesman_id, v_region, t.at) is null
    then 'SEASON_VALUE' else 'ORDER_VALUE' end;
  inputs := inputs || jsonb_build_object('othersLarge', v_large, 'othersOrders', v_orders);
  return next;
end $$;

-- What was ordered, and for whom.
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

-- How often certain rules fired for him since then, and on how many days; from his last review on at the earliest.
create function private.count_hits(p_salesman uuid, p_rules text[], p_days integer, p_at timestamptz, days out bigint, orders out bigint, since out timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  since := greatest(p_at - make_interval(days => p_days), private.abuse_reviewed_at(p_salesman));
  select count(distinct private.wib_day(h.at)), count(*) into days, orders from app.abuse_hits h
   where h.salesman_id = p_salesman and h.rule = any (p_rules) and h.at > since and h.at <= p_at;
end $$;

-- Has he had far more very large orders than a season explains? As many as the others' share of them leads to expect, times a factor, and
-- some beyond. Null, or what was counted.
create function private.ahead_of_season(p_salesman uuid, p_region text, p_at timestamptz) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v jsonb; n record; v_mine bigint; v_expected numeric;
begin
  select r.parameters -> 'SEASON_VALUE' into v from app.abuse_rules r where r.version = private.abuse_version() and r.rule = 'REPEATED';
  n := private.count_hits(p_salesman, array['ORDER_VALUE', 'SEASON_VALUE'], (v ->> 'within')::integer, p_at);
  if n.days < (v ->> 'days')::integer or n.orders < (v ->> 'orders')::integer then return null; end if;
  select count(*) into v_mine from app.shadow_traces x where x.salesman_id = p_salesman and x.at > n.since and x.at <= p_at;
  select v_mine * o.large::numeric / greatest(o.orders, 1) into v_expected
    from private.trade_of_others(p_salesman, p_region, (v ->> 'within')::integer, p_at) o;
  if n.orders <= (v ->> 'beyond')::numeric + v_expected * (v ->> 'timesTrade')::numeric then return null; end if;
  return jsonb_build_object('of', 'ORDER_VALUE', 'days', n.days, 'orders', n.orders, 'expected', round(v_expected, 1));
end $$;

-- Has this sign come often enough in these weeks to be more than chance? Null, or what was counted. What was put down to the season
-- does not count, unless he is well ahead of the season.
create function private.repeated_sign(p_salesman uuid, p_partner uuid, p_rule text, p_inputs jsonb, p_at timestamptz) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v jsonb; n record;
begin
  select r.parameters -> p_rule into v from app.abuse_rules r where r.version = private.abuse_version() and r.rule = 'REPEATED';
  if v is null then return null; end if;
  if v ? 'handoverDays' then
    return case when (p_inputs ->> 'handoverDays')::integer >= (v ->> 'handoverDays')::integer
      then jsonb_build_object('of', p_rule, 'handovers', p_inputs -> 'handovers', 'days', p_inputs -> 'handoverDays') end;
  end if;
  if p_rule <> 'SEASON_VALUE' then
    n := private.count_hits(p_salesman, array[p_rule], (v ->> 'within')::integer, p_at);
    if n.days >= (v ->> 'days')::integer and n.orders >= (v ->> 'orders')::integer then
      return jsonb_build_object('of', p_rule, 'days', n.days, 'orders', n.orders);
    end if;
  end if;
  return case when p_rule in ('ORDER_VALUE', 'SEASON_VALUE')
    then private.ahead_of_season(p_salesman, (select p.region_code from app.partners p where p.id = p_partner), p_at) end;
end $$;
