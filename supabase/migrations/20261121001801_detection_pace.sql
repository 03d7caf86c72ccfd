-- Abuse of Shadow Mode: how fast, from where and with what. Every sign is judged as of the moment of the order, so a late
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
alter table private.abuse_habits enable row level security;

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
    -- The way from his order before, which the verdict is about. How far the store is, is another matter.
    inputs := coalesce((select jsonb_strip_nulls(jsonb_build_object('from', w -> 'order', 'distanceKm', w -> 'distanceKm', 'leastKm', w -> 'leastKm',
                                                                    'minutes', w -> 'minutes', 'kmh', w -> 'kmh'))
                          from (select t.verdict_why -> 'travel' as w) way where jsonb_typeof(w) = 'object'), '{}');
    return next;
  end if;
  -- None, where there were some before, is as strange as another one.
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
