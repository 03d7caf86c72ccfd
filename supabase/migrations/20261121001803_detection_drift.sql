-- Abuse of Shadow Mode: weeks instead of moments.

-- On which days slow changes were looked for.
create table private.abuse_days (day date primary key, measured_at timestamptz not null default now());
alter table private.abuse_days enable row level security;

-- Whose orders grow, over his stores, by more than orders in the same region do. Each recent order is compared with what this
-- salesman took from the same store some weeks before (mean of the logarithms), and with what such orders of the region were in the same days
-- (median), so that leave, new stores and seasons cancel out; packages that many sell are left out. No order and no store counts for more than a
-- bound. Row counts cannot be guessed here, and every join is of many with many: hence hashes. excess: the mean over his stores, weighed by how many orders it rests on; error: its standard error.
create function private.drift_until(p_until timestamptz)
returns table (salesman_id uuid, stores bigint, excess double precision, error double precision, trade double precision)
language sql stable security definer set search_path = pg_catalog, pg_temp set enable_nestloop = off as $$
  with r as (
    select p_until - make_interval(days => (p ->> 'recentDays')::integer) as recent,
           p_until - make_interval(days => (p ->> 'recentDays')::integer + (p ->> 'gapDays')::integer) as before,
           p_until - make_interval(days => (p ->> 'recentDays')::integer + (p ->> 'gapDays')::integer + (p ->> 'baseDays')::integer) as base,
           make_interval(days => (p ->> 'leastBaseDays')::integer) as least_base, (p ->> 'leastStores')::integer as least_stores,
           (p ->> 'seasonDays')::integer as season_days, (p ->> 'orderBound')::double precision as order_bound,
           (p ->> 'storeBound')::double precision as store_bound,
           private.number_setting('abuse.promotion_salesmen') as sellers
      from (select a.parameters as p from app.abuse_rules a where a.version = private.abuse_version() and a.rule = 'SLOW_DRIFT') one),
  sold as materialized (
    select t.salesman_id, t.partner_id, t.at, t.basket, t.at >= r.recent as is_recent, ln(greatest(o.total, 1)::double precision) as size
      from r, app.shadow_traces t join app.orders o on o.id = t.order_id
     where (t.at >= r.base and t.at < r.before or t.at >= r.recent and t.at < p_until) and o.status not in ('REJECTED', 'CANCELLED')),
  known as (
    select s.salesman_id from r, sold s group by s.salesman_id having min(s.at) < max(r.before - r.least_base)),
  packages as (
    select s.basket from r, sold s where s.basket is not null group by s.basket having count(distinct s.salesman_id) > max(r.sellers)),
  own as materialized (
    select s.* from sold s join known using (salesman_id) where not exists (select from packages k where k.basket = s.basket)),
  bases as (
    select s.salesman_id, s.partner_id, avg(s.size) as size, count(*) as orders from own s where not s.is_recent
     group by s.salesman_id, s.partner_id having count(*) > 1),
  changes as materialized (
    select s.salesman_id, s.partner_id, p.region_code, floor(extract(epoch from p_until - s.at) / 86400 / r.season_days) as days,
           s.size - b.size as change, b.orders as base
      from r, own s join bases b using (salesman_id, partner_id) join app.partners p on p.id = s.partner_id where s.is_recent),
  everywhere as (
    select days, percentile_cont(0.5) within group (order by change) as change from changes group by days),
  regions as (
    select days, region_code, percentile_cont(0.5) within group (order by change) as change from changes
     group by days, region_code having count(distinct salesman_id) >= 5),
  by_store as (
    select c.salesman_id, c.partner_id, avg(coalesce(g.change, e.change)) as trade, 1 / (1.0 / count(*) + 1.0 / max(c.base)) as weight,
           greatest(-max(r.store_bound), least(max(r.store_bound),
             avg(greatest(-r.order_bound, least(r.order_bound, c.change - coalesce(g.change, e.change)))))) as change
      from r, changes c join everywhere e using (days) left join regions g on g.days = c.days and g.region_code = c.region_code
     group by c.salesman_id, c.partner_id),
  means as (
    select b.*, sum(b.weight * b.change) over mine / sum(b.weight) over mine as excess
      from by_store b window mine as (partition by b.salesman_id))
  select m.salesman_id, count(*), max(m.excess), sqrt(sum((m.weight * (m.change - m.excess)) ^ 2)) / sum(m.weight), avg(m.trade)
    from r, means m group by m.salesman_id having count(*) >= max(r.least_stores)
$$;

-- Once a day: whose growth beyond the region's is almost certainly more than the limit, that is, still above it less some standard errors.
-- The weeks that follow tell the same story, so a hit once a week is enough; and weeks that a person has judged are not held against
-- anybody again.
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
       and not exists (select from app.abuse_hits h where h.salesman_id = d.salesman_id and h.rule = 'SLOW_DRIFT'
                          and h.at > v_until - case when private.abuse_reviewed_at(d.salesman_id) > h.at then interval '42 days' else interval '7 days' end
                          and h.at <= v_until)
     order by d.salesman_id
  loop
    perform private.add_abuse_hit(v.salesman_id, null, 'SLOW_DRIFT', jsonb_build_object('stores', v.stores, 'days', s #> '{rules,SLOW_DRIFT,recentDays}',
      'percent', private.as_percent(v.excess), 'leastPercent', private.as_percent(v.least), 'tradePercent', private.as_percent(v.trade),
      'errors', s -> 'drift_score', 'limitPercent', s -> 'drift_percent'), v_until);
    perform private.act_on_score(v.salesman_id, null, v_until);
    v_new := v_new + 1;
  end loop;
  return v_new;
end $$;

-- Growth in the logarithm as people say it.
create function private.as_percent(p_growth double precision) returns numeric
language sql immutable set search_path = pg_catalog, pg_temp as $$ select round(((exp(p_growth) - 1) * 100)::numeric) $$;
