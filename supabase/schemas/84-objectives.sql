-- Objectives: what the company's sheet promises of our services, how much of it has been kept in the last 30 days, and
-- how fast what may go wrong is being used up.
--
-- An objective is a share of good events (`target`); what may be bad beside it is its budget. Events are requests
-- (app.http_minutes), minutes (uptime), or failed orders (known in time). They are added up in slots of five minutes by
-- a loop of the worker (jobs.count_objectives), the last quarter of an hour each minute and the last day each hour,
-- because a process that could not reach the database tells later. One that cannot be measured says so, and never
-- counts as kept. What burns too fast is found by detectors (81-detectors.sql) whose rules stand here.

create table app.objectives (
  name      text primary key check (name ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  position  smallint not null unique,
  -- FAILED: answered 5xx. UNSENT: that, or whoever asked was gone before. SLOWER: not within so many milliseconds.
  -- DOWN: minutes in which the site or the database did not answer, as seen from outside. UNKNOWN: minutes with failed
  -- orders of which nobody was told within five minutes. NONE: it cannot be measured yet.
  kind      text not null check (kind in ('FAILED', 'UNSENT', 'SLOWER', 'DOWN', 'UNKNOWN', 'NONE')),
  method    text,
  -- Null: all pages.
  routes    text[],
  within_ms integer,
  target    numeric not null check (target > 0 and target <= 1),
  check ((kind = 'SLOWER') = (within_ms is not null))
);
comment on table app.objectives is 'What the sheet promises of our services: which share of what is good.';
call private.for_staff(array['objectives']);
insert into app.objectives (position, name, kind, method, routes, within_ms, target) values
  (1, 'uptime', 'DOWN', null, null, null, 0.999),
  (2, 'answers', 'FAILED', null, null, null, 0.999),
  (3, 'order-success', 'UNSENT', 'POST', '{/checkout,/api/orders}', null, 0.95),
  (4, 'routing', 'NONE', null, null, null, 0.99),
  (5, 'credit-accuracy', 'NONE', null, null, null, 1),
  (6, 'failed-order-known', 'UNKNOWN', null, null, null, 1);
insert into app.objectives (position, name, kind, method, routes, within_ms, target)
  select 10 * s.n + p.n, s.name || '-p' || p.percent, 'SLOWER', s.method, s.routes, s.ms[p.n], p.percent / 100.0
    from (values
      (1, 'health', 'GET', '{/api/health}'::text[], '{5,20,50}'::integer[]),
      (2, 'login', 'POST', '{/login}', '{100,300,500}'),
      (3, 'credit', 'GET', '{/api/credit/status}', '{50,150,300}'),
      (4, 'products', 'GET', '{/products,/api/products}', '{100,300,500}'),
      (5, 'order', 'POST', '{/checkout,/api/orders}', '{200,500,1000}')) s (n, name, method, routes, ms)
   cross join (values (1, 50), (2, 95), (3, 99)) p (n, percent);

create table app.objective_slots (
  objective text not null references app.objectives,
  slot      timestamptz not null check (slot = date_bin('5 minutes', slot, '2000-01-01 00:00Z')),
  total     integer not null check (total >= 0),
  bad       integer not null check (bad between 0 and total),
  primary key (objective, slot)
);
comment on table app.objective_slots is
  'Events of each objective in five minutes, and how many were bad. Kept for 90 days.';
create index on app.objective_slots (slot);
call private.for_staff(array['objective_slots'], p_kept => false);

create table private.objective_counts (
  one        boolean primary key default true check (one),
  counted_at timestamptz not null default '-infinity',
  whole_at   timestamptz not null default '-infinity'
);
alter table private.objective_counts enable row level security;
insert into private.objective_counts default values;

-- Counting.

-- The bucket in which a time of so many milliseconds falls (app/erp/latency.ts), counted from one. What lies above it
-- is slower; its own upper bound is at most 19 % more.
create function private.bucket_of(p_ms integer) returns integer
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case when p_ms <= 1 then 1 else least(50, ceil(4 * log(2, p_ms::numeric) - 1e-9)::integer + 1) end
$$;

create function private.slot_of(p_at timestamptz) returns timestamptz
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select date_bin('5 minutes', p_at, '2000-01-01 00:00Z')
$$;

-- Requests, as objectives see them. An order that only tried (app.journey_runs) was answered by the same address and is
-- no order: it is taken off. Its own row may stand in the slot after.
create function private.count_requests(p_from timestamptz)
returns table (objective text, slot timestamptz, total bigint, bad bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with seen as (
    select o.name, private.slot_of(h.minute) as slot, h.requests as total, case o.kind
             when 'FAILED' then h.failed
             when 'UNSENT' then least(h.requests, h.failed + h.cut)
             else (select coalesce(sum(u.n), 0) from unnest(h.histogram) with ordinality u(n, i)
                    where u.i > private.bucket_of(o.within_ms)) end as bad
      from app.http_minutes h
      join app.objectives o on (o.method is null or o.method = h.method)
       and case when o.routes is null
                then private.is_waited_for(h.route)
                else h.route = any (o.routes) end
     where h.minute >= p_from and o.kind in ('FAILED', 'UNSENT', 'SLOWER')
    union all
    select o.name, private.slot_of(r.at), -1, -(not r.ok)::integer
      from app.journey_runs r join app.objectives o on o.kind = 'UNSENT' and '/checkout' = any (o.routes)
     where r.at >= p_from and r.kind = 'ORDER' and r.step = 'SEND')
  select name, slot, greatest(sum(total), 0), least(greatest(sum(bad), 0), greatest(sum(total), 0))
    from seen group by 1, 2
$$;

-- Minutes that nobody could come in, and minutes in which orders failed and nobody was told.
create function private.count_minutes(p_from timestamptz, p_now timestamptz)
returns table (objective text, slot timestamptz, total bigint, bad bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with minutes as (
    select m, exists (select from app.outages o
                       where o.what in ('DATABASE', 'SITE') and o.began_at < m + interval '1 minute'
                         and coalesce(o.ended_at, p_now) > m) as down
      from generate_series(p_from, p_now - interval '1 minute', interval '1 minute') m),
  -- That somebody watches is known of now alone; of then only where it was counted then.
  watched as (
    select exists (select from private.watch_reports
                    where source = 'WATCHER' and at > p_now - interval '3 minutes') as now)
  select o.name, private.slot_of(m.m),
         greatest(count(*) filter (where m.down or w.now and m.m > p_now - interval '10 minutes'),
                  max(coalesce(s.total, 0))),
         count(*) filter (where m.down)
    from app.objectives o cross join watched w cross join minutes m
    left join app.objective_slots s on s.objective = o.name and s.slot = private.slot_of(m.m)
   where o.kind = 'DOWN' group by 1, 2
  union all
  select o.name, private.slot_of(h.minute), count(*), count(*) filter (where not exists (
           select from app.incidents i
            where i.dedup_key = 'orders-failing' and least(i.opened_at, i.reopened_at) < h.minute + interval '6 minutes'
              and (i.resolved_at is null or i.resolved_at >= h.minute)))
    from app.objectives o
    join (select minute from app.http_minutes
           where minute >= p_from and minute < p_now - interval '6 minutes' and method = 'POST'
             and route in ('/checkout', '/api/orders') and failed > 0 group by 1) h on true
   where o.kind = 'UNKNOWN' group by 1, 2
$$;

-- Adds up from a moment on, as it stands now.
create function private.count_objectives(p_from timestamptz, p_now timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into app.objective_slots as s (objective, slot, total, bad)
    select c.objective, c.slot, c.total, c.bad
      from (select * from private.count_requests(private.slot_of(p_from))
            union all select * from private.count_minutes(private.slot_of(p_from), p_now)) c
     where c.total > 0 or exists (select from app.objective_slots o where (o.objective, o.slot) = (c.objective, c.slot))
    on conflict (objective, slot) do update set total = excluded.total, bad = excluded.bad
     where (s.total, s.bad) is distinct from (excluded.total, excluded.bad)
$$;

-- The worker's count, each minute; one at a time.
create function jobs.count_objectives() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v private.objective_counts; v_now timestamptz := clock_timestamp();
begin
  select * into v from private.objective_counts for update skip locked;
  if not found then return; end if;
  if v.whole_at < v_now - interval '1 hour' or v.whole_at > v_now then
    -- The first time all that is kept.
    perform private.count_objectives(
      v_now - case when v.whole_at = '-infinity' then interval '30 days' else interval '26 hours' end, v_now);
    update private.objective_counts set counted_at = v_now, whole_at = v_now;
  else
    perform private.count_objectives(v_now - interval '15 minutes', v_now);
    update private.objective_counts set counted_at = v_now;
  end if;
end $$;
grant execute on function jobs.count_objectives to worker;

create function private.sweep_objectives() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from app.objective_slots where slot < now() - interval '90 days'
$$;

-- Judging.

-- Events of a stretch of time.
create function private.objective_events(p_from timestamptz, p_to timestamptz)
returns table (objective text, total bigint, bad bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.name, coalesce(sum(s.total), 0)::bigint, coalesce(sum(s.bad), 0)::bigint
    from app.objectives o
    left join app.objective_slots s on s.objective = o.name and s.slot >= p_from and s.slot < p_to
   group by o.name
$$;

-- Which share of the budget is used. Of so few events that the budget is less than one, only what is sure counts.
create function private.budget_used(p_total bigint, p_bad bigint, p_target numeric) returns numeric
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select round(case when p_total = 0 then null
    when p_target = 1 then least(p_bad, 1)
    when p_total * (1 - p_target) >= 1 then p_bad / (p_total * (1 - p_target))
    else private.surely_at_least(p_bad, p_total) / (1 - p_target) end, 4)
$$;

-- How each objective stands after the last 30 days. `state`: NONE, it cannot be measured; NOTHING, nothing went on that
-- could be; FEW, too little to say that it is kept; KEPT; BROKEN.
create function private.budgets(p_now timestamptz)
returns table (name text, kind text, target numeric, within_ms integer, total bigint, bad bigint, used numeric,
               state text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.name, o.kind, o.target, o.within_ms, e.total, e.bad, u.used,
         case when o.kind = 'NONE' then 'NONE'
              when e.total = 0 then 'NOTHING'
              when u.used >= 1 then 'BROKEN'
              when o.target < 1 and e.total * (1 - o.target) < 1 then 'FEW'
              else 'KEPT' end
    from app.objectives o
    join private.objective_events(p_now - interval '30 days', p_now) e on e.objective = o.name
   cross join lateral (select private.budget_used(e.total, e.bad, o.target) as used) u
   order by o.position
$$;

-- How many times as fast as it may the budget of each objective burns, in a long and in a short window, whichever is
-- less: something that is over burns no more. Judged from twenty events and three bad ones on; null: too few.
create function private.burn_rates(p_now timestamptz, p_long interval, p_short interval)
returns table (objective text, rate numeric)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select l.objective, case when l.total >= 20 then round(
           case when l.bad < 3 or s.total = 0 then 0
                else least(l.bad::numeric / l.total, s.bad::numeric / s.total) / (1 - o.target) end, 2) end
    from app.objectives o
    join private.objective_events(private.slot_of(p_now - p_long), p_now) l on l.objective = o.name
    join private.objective_events(private.slot_of(p_now - p_short), p_now) s on s.objective = o.name
   where o.kind <> 'NONE' and o.target < 1
$$;

-- The rules: long and short window of each.
create function private.burn_windows() returns table (detector text, long interval, short interval)
language sql immutable set search_path = pg_catalog, pg_temp as $$
  values ('budget-burning-fast', interval '1 hour', interval '5 minutes'),
         ('budget-burning', interval '6 hours', interval '30 minutes'),
         ('budget-burning-slowly', interval '3 days', interval '6 hours')
$$;

-- What the detectors see of it. Nothing while nobody counts.
create function private.measure_budgets(p_now timestamptz) returns setof private.measure
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (w.detector, case when max(b.rate) is null then 'FEW' else 'SEEN' end, max(b.rate),
          jsonb_build_object('objective', (array_agg(b.objective order by b.rate desc nulls last, b.objective))[1])
         )::private.measure
    from private.burn_windows() w cross join lateral private.burn_rates(p_now, w.long, w.short) b
   where exists (select from private.objective_counts where counted_at > p_now - interval '3 minutes')
   group by w.detector
$$;

insert into app.detectors (position, name, severity, cause, key, playbook, unit, threshold, calm) values
  (31, 'budget-burning-fast', 2, 'BUDGET_BURNING', 'error-budget', 'rollback', 'TIMES', 14.4, '10 minutes'),
  (32, 'budget-burning', 2, 'BUDGET_BURNING', 'error-budget', 'rollback', 'TIMES', 6, '10 minutes'),
  (33, 'budget-burning-slowly', 3, 'BUDGET_BURNING', 'error-budget', 'rollback', 'TIMES', 1, '10 minutes');
insert into app.detector_states (detector) select name from app.detectors where cause = 'BUDGET_BURNING';

-- For the page of staff: how each objective stands and how fast it burns. Errors: 28000, DENIED for all but staff.
create function app.error_budgets() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  if not private.viewer_is_staff() then perform private.refuse('DENIED'); end if;
  return jsonb_build_object(
    'countedAt', (select nullif(counted_at, '-infinity') from private.objective_counts),
    'budgets', (select jsonb_agg(to_jsonb(b)) from private.budgets(now()) b),
    'burns', (select coalesce(jsonb_agg(jsonb_build_object('detector', w.detector, 'threshold', d.threshold,
        'objective', b.objective, 'rate', b.rate) order by d.position, b.rate desc), '[]')
      from private.burn_windows() w join app.detectors d on d.name = w.detector
      cross join lateral private.burn_rates(now(), w.long, w.short) b where b.rate > 0),
    'incident', (select ref from app.incidents where dedup_key = 'error-budget' and state <> 'CLOSED'));
end $$;
grant execute on function app.error_budgets to authenticated;
