-- What staff watches the ERP by: how its calls went, the weekly talk with the people who run it, and up to where
-- its stock was compared with ours (the comparison stands in 42-stock.sql).

-- One row for each operation and hour. Latency in buckets (app/erp/latency.ts): sums from all processes add up,
-- and an hour costs 50 numbers.
create table app.erp_call_stats (
  hour      timestamptz not null check (hour = date_trunc('hour', hour)),
  operation text not null check (operation ~ '^[a-z_]{2,20}$'),
  ok        bigint not null default 0 check (ok >= 0),
  refused   bigint not null default 0 check (refused >= 0),
  failed    bigint not null default 0 check (failed >= 0),
  histogram bigint[] not null check (cardinality(histogram) = 50),
  primary key (hour, operation)
);
comment on table app.erp_call_stats is
  'Calls to the ERP per hour: how many, what came of them, how fast the answered ones were. Kept for 90 days.';

call private.for_staff(array['erp_call_stats'], p_kept => false);

-- Up to where the weekly duties have been seen to: whoever comes late finds what is due here. Weeks begin on Monday,
-- Jakarta's time.
create table app.erp_watch (
  one            boolean primary key default true check (one),
  since          date not null,
  asked_week     date not null,
  checked_week   date not null,
  check_wanted   boolean not null default false,
  check_asked_by text,
  check_error    text
);
comment on table app.erp_watch is
  'Weekly duties about the ERP: checkpoints count from `since` on, those of weeks before `asked_week` have been asked '
  'for, stock was compared up to `checked_week`.';

call private.for_staff(array['erp_watch'], p_kept => false);
insert into app.erp_watch (since, asked_week, checked_week)
  select w.monday, w.monday, private.stock_week(now())
    from (select date_trunc('week', now() at time zone 'Asia/Jakarta')::date as monday) w;

-- The weekly talk with the people who run the ERP. Several in a week are several rows; nothing is overwritten.
create table app.erp_checkpoints (
  id         bigint generated always as identity primary key,
  week       date not null check (extract(isodow from week) = 1),
  -- Names, not a note: three letters may be one.
  attended   text not null check (length(attended) between 3 and 200),
  notes      text not null check (private.is_note(notes, 2000)),
  points     text not null default '' check (length(points) <= 1000),
  -- As the company's playbook has them: how great the risk of the integration is, how many of the five man-days that
  -- were set aside for mending gaps are used up, and in which of its weeks it is watched intensively.
  risk       text not null default 'HIGH' check (risk in ('HIGH', 'MEDIUM', 'LOW')),
  buffer     numeric(3, 1) not null default 2 check (buffer between 0 and 5),
  watch_from smallint not null default 3 check (watch_from between 1 and 52),
  watch_to   smallint not null default 7 check (watch_to between watch_from and 52),
  written_by text not null,
  written_at timestamptz not null default now()
);
comment on table app.erp_checkpoints is
  'Weekly checkpoints with the IT team about access to the ERP: who took part, what was said, what is open, the risk.';
create index on app.erp_checkpoints (week desc, id);

call private.for_staff(array['erp_checkpoints']);

-- Sums of one process: [{operation, ago (seconds since they began), ok, refused, failed, histogram}]. What lies further
-- back than is kept is dropped.
create function jobs.note_erp_calls(p_sums jsonb) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with sums as (
    select date_trunc('hour', now() - make_interval(secs => s.ago)) as hour, s.operation, s.ok, s.refused, s.failed,
           s.histogram
      from jsonb_to_recordset(p_sums) as s(operation text, ago double precision, ok bigint, refused bigint,
             failed bigint, histogram bigint[])
     where s.ago between 0 and 90 * 86400),
  hours as (
    select s.hour, s.operation, sum(s.ok)::bigint as ok, sum(s.refused)::bigint as refused,
           sum(s.failed)::bigint as failed,
           (select array_agg(b.n order by b.i) from (
              select u.i, sum(u.n)::bigint as n from sums t cross join unnest(t.histogram) with ordinality u(n, i)
               where t.hour = s.hour and t.operation = s.operation group by u.i) b) as histogram
      from sums s group by s.hour, s.operation)
  -- In one order, so that two processes never wait for each other crosswise.
  insert into app.erp_call_stats as c (hour, operation, ok, refused, failed, histogram)
    select h.hour, h.operation, h.ok, h.refused, h.failed, h.histogram from hours h order by h.hour, h.operation
    on conflict (hour, operation) do update set ok = c.ok + excluded.ok, refused = c.refused + excluded.refused,
      failed = c.failed + excluded.failed,
      histogram = (
        select array_agg(a + b order by i)
          from unnest(c.histogram, excluded.histogram) with ordinality u(a, b, i))
$$;
grant execute on function jobs.note_erp_calls to worker;

-- A task for each week without a checkpoint, from Monday 07:00 WIB after it; four weeks back at most, and each week
-- once. Returns how many.
create function private.ask_erp_checkpoints(p_now timestamptz) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_from date; v_week date; v_asked integer := 0;
  v_this date := date_trunc('week', (p_now at time zone 'Asia/Jakarta') - interval '7 hours')::date;
begin
  select asked_week into v_from from app.erp_watch for update;
  for v_week in select d::date from generate_series(greatest(v_from, v_this - 28), v_this - 7, interval '7 days') d loop
    continue when exists (select from app.erp_checkpoints c where c.week = v_week);
    perform private.open_task('ERP_CHECKPOINT', 'erp-checkpoint/' || v_week, v_week::text, null, null,
      private.end_of_working_day(p_now, 1) - now());
    v_asked := v_asked + 1;
  end loop;
  update app.erp_watch set asked_week = v_this where asked_week < v_this;
  return v_asked;
end $$;

create function jobs.ask_erp_checkpoints() returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$ select private.ask_erp_checkpoints(now()) $$;
grant execute on function jobs.ask_erp_checkpoints to worker;

-- The figures of a checkpoint, as its table takes them.
create function private.assert_figures(p_risk text, p_buffer numeric, p_from integer, p_to integer) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if coalesce(p_risk, '') not in ('HIGH', 'MEDIUM', 'LOW') then perform private.refuse('RISK', field => 'risk'); end if;
  if (p_buffer between 0 and 5 and p_buffer = round(p_buffer, 1)) is not true then
    perform private.refuse('BUFFER', field => 'buffer');
  end if;
  if (p_from between 1 and 52) is not true then perform private.refuse('WATCH', field => 'watchFrom'); end if;
  if (p_to between p_from and 52) is not true then perform private.refuse('WATCH', field => 'watchTo'); end if;
end $$;

-- Writes a checkpoint down, for this week or one of the twelve before, and does its task. Errors: 28000, DENIED for all
-- but admins, WEEK, ATTENDED, NOTES, TOO_LONG, and RISK, BUFFER, WATCH of figures that are none.
create function app.write_erp_checkpoint(p_week date, p_attended text, p_notes text, p_points text,
  p_risk text default 'HIGH', p_buffer numeric default 2, p_watch_from integer default 3, p_watch_to integer default 7)
returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_id bigint; v_this date := date_trunc('week', now() at time zone 'Asia/Jakarta')::date;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin writes checkpoints');
  if p_week is null or extract(isodow from p_week) <> 1 or p_week not between v_this - 84 and v_this then
    perform private.refuse('WEEK', field => 'week');
  end if;
  if length(btrim(coalesce(p_attended, ''))) not between 3 and 200 then
    perform private.refuse('ATTENDED', field => 'attended');
  end if;
  perform private.assert_note(p_notes, 2000, 'notes', p_needed => false);
  if private.is_note(p_notes, 2000) is not true then
    perform private.refuse('NOTES', field => 'notes');
  end if;
  perform private.assert_note(p_points, 1000, 'points', p_needed => false);
  perform private.assert_figures(p_risk, p_buffer, p_watch_from, p_watch_to);
  -- The turn of whoever asks for checkpoints, so that he does not ask for this one meanwhile.
  perform from app.erp_watch for update;
  insert into app.erp_checkpoints (week, attended, notes, points, risk, buffer, watch_from, watch_to, written_by)
    select p_week, btrim(p_attended), btrim(p_notes), btrim(coalesce(p_points, '')), p_risk, p_buffer, p_watch_from,
           p_watch_to, code
      from app.accounts where id = private.viewer_id()
  returning id into v_id;
  perform private.audit('ERP_CHECKPOINT_WRITTEN', 'erp_checkpoint', p_week::text,
    jsonb_build_object('checkpoint', v_id));
  perform private.finish_task('erp-checkpoint/' || p_week, 'WRITTEN');
  return v_id;
end $$;
grant execute on function app.write_erp_checkpoint to authenticated;
