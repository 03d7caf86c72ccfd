-- What the office watches the ERP by: how its calls went, the weekly talk with the people who run it, the weekly comparison of its stock with ours.

-- One row for each operation and hour. Latency in buckets (app/models/erp-latency.ts): sums from all processes add up, and an hour costs 50 numbers.
create table app.erp_call_stats (
  hour      timestamptz not null check (hour = date_trunc('hour', hour)),
  operation text not null check (operation ~ '^[a-z_]{2,20}$'),
  ok        bigint not null default 0 check (ok >= 0),
  refused   bigint not null default 0 check (refused >= 0),
  failed    bigint not null default 0 check (failed >= 0),
  histogram bigint[] not null check (cardinality(histogram) = 50),
  primary key (hour, operation)
);
comment on table app.erp_call_stats is 'Calls to the ERP per hour: how many, what came of them, how fast the answered ones were. Kept for 90 days.';
alter table app.erp_call_stats enable row level security;
create policy live_session on app.erp_call_stats as restrictive to authenticated using ((select private.live_session()) is not null);
create policy staff_reads on app.erp_call_stats for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.erp_call_stats to authenticated;

-- Sums of one process: [{operation, ago (seconds since they began), ok, refused, failed, histogram}]. What lies further back than is kept is dropped.
create function jobs.note_erp_calls(p_sums jsonb) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with sums as (
    select date_trunc('hour', now() - make_interval(secs => s.ago)) as hour, s.operation, s.ok, s.refused, s.failed, s.histogram
      from jsonb_to_recordset(p_sums) as s(operation text, ago double precision, ok bigint, refused bigint, failed bigint, histogram bigint[])
     where s.ago between 0 and 90 * 86400),
  hours as (
    select s.hour, s.operation, sum(s.ok)::bigint as ok, sum(s.refused)::bigint as refused, sum(s.failed)::bigint as failed,
           (select array_agg(b.n order by b.i) from (
              select u.i, sum(u.n)::bigint as n from sums t cross join unnest(t.histogram) with ordinality u(n, i)
               where t.hour = s.hour and t.operation = s.operation group by u.i) b) as histogram
      from sums s group by s.hour, s.operation)
  -- In one order, so that two processes never wait for each other crosswise.
  insert into app.erp_call_stats as c (hour, operation, ok, refused, failed, histogram)
    select h.hour, h.operation, h.ok, h.refused, h.failed, h.histogram from hours h order by h.hour, h.operation
    on conflict (hour, operation) do update set ok = c.ok + excluded.ok, refused = c.refused + excluded.refused, failed = c.failed + excluded.failed,
      histogram = (select array_agg(a + b order by i) from unnest(c.histogram, excluded.histogram) with ordinality u(a, b, i))
$$;
grant execute on function jobs.note_erp_calls to worker;
