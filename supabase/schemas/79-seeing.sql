-- Seeing what the system does: how requests were answered minute by minute, what the processes logged, and how fast
-- pages were on the phones that opened them. Written in batches by the processes themselves, after the answer; what
-- cannot be written is kept for a while there, and then counted as lost. Nothing here names a person: routes are
-- patterns (`/orders/:number`), facts of a line are those that app/vitals/log-facts.ts allows.

-- How requests were answered.

-- One row for each route, method and minute in which there was one. Latency in buckets as of ERP calls
-- (app/erp/latency.ts): sums of all processes add up. `failed`: 5xx. `slow`: over five seconds. `cut`: whoever asked
-- was gone before the answer was out. `other`: an address of nobody. `files`: styles, scripts, pictures.
create table app.http_minutes (
  minute    timestamptz not null check (minute = date_trunc('minute', minute)),
  route     text not null check (route ~ '^[A-Za-z0-9/:*?._-]{1,100}$'),
  method    text not null check (method in ('GET', 'HEAD', 'POST', 'OTHER')),
  requests  integer not null check (requests > 0),
  failed    integer not null check (failed between 0 and requests),
  slow      integer not null check (slow between 0 and requests),
  cut       integer not null default 0 check (cut between 0 and requests),
  histogram integer[] not null check (cardinality(histogram) = 50),
  primary key (minute, route, method)
);
comment on table app.http_minutes is
  'Requests per minute, route pattern and method: how many, how many failed (5xx) or took over 5 s, how fast. Kept for '
  '90 days. What watches the system reads this.';

call private.for_staff(array['http_minutes'], p_kept => false);

-- Somebody waits for such an answer: no file, nobody's address, and none of what watches us and what we are told by.
-- Its body is bound when it is made, so that it costs a row nothing.
create function private.is_waited_for(p_route text) returns boolean
language sql immutable parallel safe
return p_route not in ('files', 'other', '/api/health', '/api/ready', '/api/rum', '/webhooks/uptime');
grant execute on function private.is_waited_for to authenticated;

-- Two rows of buckets as one.
create function private.add_buckets(a integer[], b integer[]) returns integer[]
language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
  select array_agg(x + y order by i) from unnest(a, b) with ordinality u(x, y, i)
$$;

-- When a web process last told how it answered, be it that nobody asked.
create table private.web_reported (
  one boolean primary key default true check (one),
  at  timestamptz not null
);
alter table private.web_reported enable row level security;

-- Sums of one process: [{route, method, ago (seconds since they began), requests, failed, slow, cut, histogram}]; none
-- says that it is there. What lies further back than is kept is dropped.
create function app.note_requests(p_sums jsonb) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with sums as (
    select date_trunc('minute', now() - make_interval(secs => s.ago)) as minute, s.*
      from jsonb_to_recordset(p_sums) as s(route text, method text, ago double precision, requests integer,
             failed integer, slow integer, cut integer, histogram integer[])
     where s.ago between 0 and 90 * 86400),
  minutes as (
    select s.minute, s.route, s.method, sum(s.requests)::integer as requests, sum(s.failed)::integer as failed,
           sum(s.slow)::integer as slow, coalesce(sum(s.cut), 0)::integer as cut,
           (select array_agg(b.n order by b.i) from (
              select u.i, sum(u.n)::integer as n from sums t cross join unnest(t.histogram) with ordinality u(n, i)
               where t.minute = s.minute and t.route = s.route and t.method = s.method group by u.i) b) as histogram
      from sums s group by s.minute, s.route, s.method)
  -- In one order, so that two processes never wait for each other crosswise.
  insert into app.http_minutes as h (minute, route, method, requests, failed, slow, cut, histogram)
    select m.* from minutes m order by m.minute, m.route, m.method
    on conflict (minute, route, method) do update set requests = h.requests + excluded.requests,
      failed = h.failed + excluded.failed, slow = h.slow + excluded.slow, cut = h.cut + excluded.cut,
      histogram = private.add_buckets(h.histogram, excluded.histogram);
  insert into private.web_reported as w (at) values (now()) on conflict (one) do update set at = excluded.at
$$;
grant execute on function app.note_requests to anon;

-- What the processes logged.

-- Levels as pino counts them: 20 debug, 30 info, 40 warn, 50 error, 60 fatal.
create table app.operational_logs (
  id         bigint generated always as identity,
  at         timestamptz not null,
  process    text not null check (process in ('web', 'worker')),
  level      smallint not null check (level in (20, 30, 40, 50, 60)),
  message    text not null check (length(message) <= 300),
  request_id text check (length(request_id) <= 60),
  facts      jsonb not null check (jsonb_typeof(facts) = 'object' and length(facts::text) <= 8000),
  primary key (id, at)
) partition by range (at);
comment on table app.operational_logs is
  'What web and worker logged, by day; without names, addresses, keys and cookies. A day goes as a whole, when its '
  'archive has been written.';
create index on app.operational_logs (at desc, id desc);
create index on app.operational_logs (at desc, id desc) where level >= 40;
create index on app.operational_logs (request_id, at desc) where request_id is not null;

call private.for_staff(array['operational_logs']);

create trigger _010_append_only before update on app.operational_logs
  for each row execute function private.refuse_change();
alter table app.operational_logs enable always trigger _010_append_only;

-- Makes the days from p_from on, by the calendar of the business, each on its own and then attached, as the trail's
-- months are (private.ensure_audit_months). No default partition: what falls into one never expires.
create function private.ensure_log_days(p_from date, p_days integer) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_day date; v_name text; v_made integer := 0;
begin
  for v_day in select generate_series(p_from, p_from + p_days - 1, interval '1 day') loop
    v_name := 'logs_' || to_char(v_day, 'YYYY_MM_DD');
    continue when to_regclass('private.' || v_name) is not null;
    execute format('create table private.%I (like app.operational_logs including defaults including constraints)',
      v_name);
    execute format('alter table private.%I enable row level security', v_name);
    execute format('alter table app.operational_logs attach partition private.%I for values from (%L) to (%L)', v_name,
      v_day::text || ' 00:00+07', (v_day + 1)::text || ' 00:00+07');
    execute format('alter table private.%I enable always trigger _010_append_only', v_name);
    execute format('create trigger _030_not_deleted before delete on private.%I for each statement '
      'execute function private.keep()', v_name);
    execute format('alter table private.%I enable always trigger _030_not_deleted', v_name);
    execute format('create trigger _040_not_truncated before truncate on private.%I for each statement '
      'execute function private.keep()', v_name);
    execute format('alter table private.%I enable always trigger _040_not_truncated', v_name);
    v_made := v_made + 1;
  end loop;
  return v_made;
end $$;

-- Called each hour: from yesterday to two weeks ahead, so that a worker which is away for days loses no line.
create function jobs.ensure_log_days() returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select private.ensure_log_days((now() at time zone 'Asia/Jakarta')::date - 1, 16)
$$;
alter function jobs.ensure_log_days() set lock_timeout = '2s';
grant execute on function jobs.ensure_log_days to worker;
select private.ensure_log_days((now() at time zone 'Asia/Jakarta')::date - 1, 16);

-- Lines of one process: [{ago (seconds), level, message, request, facts}]; those of more than a day ago are dropped.
-- Returns how many were written.
create function private.write_logs(p_process text, p_lines jsonb) returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with written as (
    insert into app.operational_logs (at, process, level, message, request_id, facts)
      select now() - make_interval(secs => l.ago), p_process, l.level, l.message, l.request, l.facts
        from jsonb_to_recordset(p_lines) as l(ago double precision, level smallint, message text, request text,
               facts jsonb)
       where l.ago between 0 and 86400 order by l.ago desc
      returning 1)
  select count(*)::integer from written
$$;
create function app.note_logs(p_lines jsonb) returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$ select private.write_logs('web', p_lines) $$;
grant execute on function app.note_logs to anon;
create function jobs.note_logs(p_lines jsonb) returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select private.write_logs('worker', p_lines)
$$;
grant execute on function jobs.note_logs to worker;

-- How fast pages were on the phones that opened them.

-- One row for each day (Jakarta's), route and metric. PAGE counts pages that were sent: beside it stands how many of
-- them were measured. Buckets as above, each metric in its unit (app/vitals/vital.ts). `targets`: which elements they
-- were about, by tag and class, the twenty most frequent ones.
create table app.vital_days (
  day       date not null,
  route     text not null check (route ~ '^[A-Za-z0-9/:*?._-]{1,100}$'),
  metric    text not null check (metric in ('PAGE', 'LCP', 'CLS', 'INP', 'TTFB')),
  samples   integer not null check (samples > 0),
  histogram integer[] not null check (cardinality(histogram) = 50),
  targets   jsonb not null default '{}' check (jsonb_typeof(targets) = 'object' and length(targets::text) < 8000),
  primary key (day, route, metric)
);
comment on table app.vital_days is
  'Web vitals per day, route pattern and metric, as phones reported them: how many, how they spread, about which '
  'elements. Kept for 90 days.';

call private.for_staff(array['vital_days'], p_kept => false);

-- The most frequent of two sets of elements, {element: how often}.
create function private.add_targets(a jsonb, b jsonb) returns jsonb
language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_object_agg(t.key, t.n), '{}') from (
    select e.key, sum(e.value::integer) as n
      from (select * from jsonb_each_text(a) union all select * from jsonb_each_text(b)) e
     group by e.key order by n desc, e.key limit 20) t
$$;

-- Sums of one process: [{route, metric, ago (seconds since they began), samples, histogram, targets}], each route and
-- metric at most once for each `ago`.
create function app.note_vitals(p_sums jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_sum record;
begin
  for v_sum in
    select ((now() - make_interval(secs => s.ago)) at time zone 'Asia/Jakarta')::date as day, s.*
      from jsonb_to_recordset(p_sums) as s(route text, metric text, ago double precision, samples integer,
             histogram integer[], targets jsonb)
     where s.ago between 0 and 90 * 86400 order by day, s.route, s.metric
  loop
    insert into app.vital_days as v (day, route, metric, samples, histogram, targets)
      values (v_sum.day, v_sum.route, v_sum.metric, v_sum.samples, v_sum.histogram,
              private.add_targets(v_sum.targets, '{}'))
      on conflict (day, route, metric) do update set samples = v.samples + excluded.samples,
        histogram = private.add_buckets(v.histogram, excluded.histogram),
        targets = private.add_targets(v.targets, excluded.targets);
  end loop;
end $$;
grant execute on function app.note_vitals to anon;

-- What waits, for whoever measures the system from outside: numbers alone.
create function app.operation_figures() returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object(
    'mails', (select count(*) from app.mails where state = 'PENDING'),
    'alerts', (select count(*) from app.shadow_alerts where state = 'PENDING'),
    'notifications', (select count(*) from app.notifications where state = 'PENDING'),
    'orders', (select count(*) from app.erp_syncs where done_at is null),
    'audit', (select count(*) from audit.unsealed),
    'breakerOpen', (select count(*) from app.erp_circuit where state <> 'CLOSED'),
    'lateTimers', (
      select count(*) from app.timers
       where fired_at is null and met_at is null and void_at is null and rings_at < now() - interval '1 minute'))
$$;
grant execute on function app.operation_figures to anon;
