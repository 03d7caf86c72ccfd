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

-- As before, and calls of more than 90 days ago.
create or replace function jobs.sweep_leftovers() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from private.sign_in_tries where started < now() - interval '1 day';
  delete from private.login_devices where session_id = any (array(
    select d.session_id from private.login_devices d where not exists (select from auth.sessions s where s.id = d.session_id) limit 500));
  delete from app.carts where ctid = any (array(
    select ctid from app.carts where updated_at < now() - interval '30 days' limit 500 for update skip locked));
  delete from app.erp_call_stats where hour < now() - interval '90 days';
  delete from private.known_devices where seen_at < now() - interval '1 year';
  select private.tell_untold();
$$;

-- Up to where the weekly duties have been seen to: whoever comes late finds what is due here. Weeks begin on Monday, Jakarta's time.
create table app.erp_watch (
  one            boolean primary key default true check (one),
  since          date not null,
  asked_week     date not null,
  checked_week   date not null,
  check_wanted   boolean not null default false,
  check_asked_by text,
  check_error    text
);
comment on table app.erp_watch is 'Weekly duties about the ERP: checkpoints count from `since` on, those of weeks before `asked_week` have been asked for, stock was compared up to `checked_week`.';
alter table app.erp_watch enable row level security;
create policy live_session on app.erp_watch as restrictive to authenticated using ((select private.live_session()) is not null);
create policy staff_reads on app.erp_watch for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.erp_watch to authenticated;

-- The last week whose stock should have been compared by p_now: each on its Sunday, 22:00 WIB.
create function private.stock_week(p_now timestamptz) returns date
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select date_trunc('week', (p_now at time zone 'Asia/Jakarta') + interval '2 hours')::date - 7
$$;
insert into app.erp_watch (since, asked_week, checked_week)
  select w.monday, w.monday, private.stock_week(now()) from (select date_trunc('week', now() at time zone 'Asia/Jakarta')::date as monday) w;

-- The weekly talk with the people who run the ERP. Several in a week are several rows; nothing is overwritten.
create table app.erp_checkpoints (
  id         bigint generated always as identity primary key,
  week       date not null check (extract(isodow from week) = 1),
  attended   text not null check (length(attended) between 3 and 200),
  notes      text not null check (length(notes) between 3 and 2000),
  points     text not null default '' check (length(points) <= 1000),
  written_by text not null,
  written_at timestamptz not null default now()
);
comment on table app.erp_checkpoints is 'Weekly checkpoints with the IT team about access to the ERP: who took part, what was said, what is open.';
create index on app.erp_checkpoints (week desc, id);
alter table app.erp_checkpoints enable row level security;
create policy live_session on app.erp_checkpoints as restrictive to authenticated using ((select private.live_session()) is not null);
create policy staff_reads on app.erp_checkpoints for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.erp_checkpoints to authenticated;

alter table app.tasks drop constraint tasks_kind_check;
alter table app.tasks add constraint tasks_kind_check
  check (kind in ('PHONE_OWNER', 'RESOLVE_DISPUTE', 'REVIEW_AGENT', 'STOP_ORDER_IN_ERP', 'CORRECT_IN_ERP', 'SIGN_REVIEW', 'ERP_CHECKPOINT'));

-- A task for each week without a checkpoint, from Monday 07:00 WIB after it; four weeks back at most, and each week once. Returns how many.
create function private.ask_erp_checkpoints(p_now timestamptz) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_from date; v_week date; v_asked integer := 0;
  v_this date := date_trunc('week', (p_now at time zone 'Asia/Jakarta') - interval '7 hours')::date;
begin
  select asked_week into v_from from app.erp_watch for update;
  for v_week in select d::date from generate_series(greatest(v_from, v_this - 28), v_this - 7, interval '7 days') d loop
    continue when exists (select from app.erp_checkpoints c where c.week = v_week);
    perform private.open_task('ERP_CHECKPOINT', 'erp-checkpoint/' || v_week, v_week::text, null, null, private.end_of_working_day(p_now, 1) - now());
    v_asked := v_asked + 1;
  end loop;
  update app.erp_watch set asked_week = v_this where asked_week < v_this;
  return v_asked;
end $$;
create function jobs.ask_erp_checkpoints() returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$ select private.ask_erp_checkpoints(now()) $$;

-- Writes a checkpoint down, for this week or one of the twelve before, and does its task. Errors: 28000, DNIED for all but admins, INVAL week,
-- attended, notes or points.
create function app.write_erp_checkpoint(p_week date, p_attended text, p_notes text, p_points text) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_id bigint; v_this date := date_trunc('week', now() at time zone 'Asia/Jakarta')::date;
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'ADMIN' then perform private.refuse('DNIED', 'only an admin writes checkpoints'); end if;
  if p_week is null or extract(isodow from p_week) <> 1 or p_week not between v_this - 84 and v_this then
    perform private.refuse('INVAL', 'a week is needed', '{"field":"week"}');
  end if;
  if length(btrim(coalesce(p_attended, ''))) not between 3 and 200 then perform private.refuse('INVAL', 'who took part', '{"field":"attended"}'); end if;
  if length(btrim(coalesce(p_notes, ''))) not between 3 and 2000 then perform private.refuse('INVAL', 'notes are needed', '{"field":"notes"}'); end if;
  if length(btrim(coalesce(p_points, ''))) > 1000 then perform private.refuse('INVAL', 'too long', '{"field":"points"}'); end if;
  -- The turn of whoever asks for checkpoints, so that he does not ask for this one meanwhile.
  perform from app.erp_watch for update;
  insert into app.erp_checkpoints (week, attended, notes, points, written_by)
    select p_week, btrim(p_attended), btrim(p_notes), btrim(coalesce(p_points, '')), code from app.accounts where id = private.viewer_id() returning id into v_id;
  perform private.audit('ERP_CHECKPOINT_WRITTEN', 'erp_checkpoint', p_week::text, jsonb_build_object('checkpoint', v_id));
  perform private.finish_task('erp-checkpoint/' || p_week, 'written');
  return v_id;
end $$;
grant execute on function jobs.ask_erp_checkpoints to worker;
grant execute on function app.write_erp_checkpoint to authenticated;

-- Our stock against the ERP's.
create table app.stock_checks (
  id           bigint generated always as identity primary key,
  week         date unique,
  asked_by     text,
  at           timestamptz not null default now(),
  old_snapshot bigint not null,
  new_snapshot bigint not null,
  articles     integer not null check (articles >= 0),
  differing    integer not null check (differing between 0 and articles),
  pieces_erp   bigint not null,
  pieces_ours  bigint not null,
  explained    bigint not null check (explained >= 0),
  unexplained  bigint not null check (unexplained >= 0),
  percent      numeric not null check (percent >= 0),
  level        text not null check (level in ('GOOD', 'WATCH', 'BAD')),
  worst        jsonb not null default '[]'
);
comment on table app.stock_checks is 'Each comparison of the stock that we showed with what the ERP then said. `week`: the weekly one; without: asked for by hand.';
alter table app.stock_checks enable row level security;
create policy live_session on app.stock_checks as restrictive to authenticated using ((select private.live_session()) is not null);
create policy staff_reads on app.stock_checks for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.stock_checks to authenticated;

-- Below 1 % is the target, above 5 % an alarm.
create function private.drift_level(p_percent numeric) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case when p_percent < 1 then 'GOOD' when p_percent > 5 then 'BAD' else 'WATCH' end
$$;

-- Compares two snapshots, article by article over all warehouses. What the ERP is short of counts as explained as far as orders of ours explain it: those
-- that it got after the old snapshot and before the new one, without pre-ordered pieces. They explain nothing where its stock did not go down.
create function private.check_stock(p_old bigint, p_new bigint, p_week date, p_asked_by text) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.stock_checks; v_incident bigint;
begin
  with levels as (
    select l.product_id, l.warehouse, coalesce(sum(l.quantity) filter (where l.snapshot_id = p_old), 0)::bigint as ours,
           coalesce(sum(l.quantity) filter (where l.snapshot_id = p_new), 0)::bigint as erp
      from app.stock_levels l where l.snapshot_id in (p_old, p_new) group by l.product_id, l.warehouse),
  sold as (
    select l.product_id, sum(l.quantity - l.preorder)::bigint as pieces
      from app.orders o join app.order_lines l on l.order_id = o.id
     where o.synced_at >= (select r.as_of from app.feed_runs r where r.id = p_old) and o.synced_at < (select r.as_of from app.feed_runs r where r.id = p_new)
       and o.status not in ('REJECTED', 'CANCELLED') group by l.product_id),
  sums as (
    select l.product_id, sum(l.ours)::bigint as ours, sum(l.erp)::bigint as erp,
           jsonb_agg(jsonb_build_object('warehouse', l.warehouse, 'ours', l.ours, 'erp', l.erp) order by l.warehouse) as warehouses
      from levels l group by l.product_id),
  judged as (
    select s.*, least(greatest(s.ours - s.erp, 0), coalesce(o.pieces, 0)) as explained from sums s left join sold o on o.product_id = s.product_id),
  differences as (select j.*, abs(j.ours - j.erp) - j.explained as gap from judged j),
  worst as (
    select d.*, p.sku, p.name from differences d join app.products p on p.id = d.product_id where d.gap > 0 order by d.gap desc, p.sku limit 20),
  totals as (
    select count(*) as articles, count(*) filter (where d.gap > 0) as differing, coalesce(sum(d.erp), 0) as erp, coalesce(sum(d.ours), 0) as ours,
           coalesce(sum(d.explained), 0) as explained, coalesce(sum(d.gap), 0) as gap from differences d)
  insert into app.stock_checks (week, asked_by, old_snapshot, new_snapshot, articles, differing, pieces_erp, pieces_ours, explained, unexplained, percent, level, worst)
    select p_week, p_asked_by, p_old, p_new, t.articles, t.differing, t.erp, t.ours, t.explained, t.gap, r.percent, private.drift_level(r.percent),
           coalesce((select jsonb_agg(jsonb_build_object('sku', w.sku, 'name', w.name, 'ours', w.ours, 'erp', w.erp, 'explained', w.explained, 'gap', w.gap,
                                                         'warehouses', w.warehouses) order by w.gap desc, w.sku) from worst w), '[]')
      from totals t, lateral (select t.gap * 100.0 / greatest(t.erp, 1) as percent) r
    returning * into v;
  if v.level = 'BAD' then
    v_incident := private.open_incident(2, 'STOCK_DRIFT', 'stock-drift', null, jsonb_build_object('percent', round(v.percent, 2), 'articles', v.differing));
    perform private.notify_role('ADMIN', 'STOCK_DRIFT', 'stock-drift/' || v.id, jsonb_build_object(
      'week', (v.at at time zone 'Asia/Jakarta')::date, 'percent', round(v.percent, 2), 'articles', v.differing, 'path', '/admin/erp/stock',
      'incident', (select ref from app.incidents where id = v_incident)));
  else
    insert into app.incident_events (incident_id, kind, actor, detail)
      select id, 'NOTE', 'SYSTEM', jsonb_build_object('percent', round(v.percent, 2)) from app.incidents where dedup_key = 'stock-drift' and state <> 'CLOSED';
  end if;
  return v.id;
end $$;

-- A stock snapshot has just gone live: the one before it is what people saw until now. A comparison that fails never stops the snapshot.
create function private.check_stock_when_due() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.erp_watch; v_week date := private.stock_week(now());
begin
  select * into v from app.erp_watch for update;
  if not v.check_wanted and v.checked_week >= v_week then return null; end if;
  begin
    perform private.check_stock(old.snapshot_id, new.snapshot_id, case when v.checked_week < v_week then v_week end, v.check_asked_by);
    update app.erp_watch set checked_week = greatest(checked_week, v_week), check_wanted = false, check_asked_by = null, check_error = null;
  exception when others then
    update app.erp_watch set check_error = left(sqlstate || ': ' || sqlerrm, 300);
  end;
  return null;
end $$;
create trigger stock_checked after update of snapshot_id on app.feeds for each row
  when (new.name = 'stock' and old.snapshot_id is not null and new.snapshot_id is distinct from old.snapshot_id)
  execute function private.check_stock_when_due();

-- Is the weekly comparison due? Then stock is pulled now, whatever its age. Returns whether it was.
create function jobs.want_stock_check() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if (select w.checked_week >= private.stock_week(now()) from app.erp_watch w) then return false; end if;
  update app.feeds set wanted = true where name = 'stock' and not wanted;
  return true;
end $$;
grant execute on function jobs.want_stock_check to worker;

-- The same by hand: with the next snapshot, which is asked for at once. Errors: 28000, DNIED for all but admins.
create function app.request_stock_check() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'ADMIN' then perform private.refuse('DNIED', 'only an admin asks'); end if;
  -- The feed first, as whoever brings a snapshot takes them.
  update app.feeds set wanted = true, next_try_at = now() where name = 'stock';
  update app.erp_watch w set check_wanted = true, check_asked_by = a.code from app.accounts a where a.id = private.viewer_id() and not w.check_wanted;
  if found then perform private.audit('STOCK_CHECK_ASKED', 'erp', 'stock'); end if;
  perform private.enqueue('feed.grown-stale.pull', '{}');
end $$;

-- The ERP has really changed: what was refused as p_seen is what the next pull may look like too, its warehouses and about its rows, and it is
-- pulled at once. What was seen has to be what was refused last, or its like. Errors: 28000, DNIED for all but admins, INVAL reason, NTFND, STALE
-- when the last pull was not refused, for nothing that can be accepted, or as something else than p_seen.
create function app.accept_refused_feed(p_feed text, p_seen bigint, p_reason text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.feeds; v_last app.feed_runs;
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'ADMIN' then perform private.refuse('DNIED', 'only an admin accepts what a feed became'); end if;
  if length(btrim(coalesce(p_reason, ''))) not between 5 and 200 then perform private.refuse('INVAL', 'a reason is needed', '{"field":"reason"}'); end if;
  select * into v from app.feeds where name = p_feed for update;
  if not found then perform private.refuse('NTFND', 'no such feed'); end if;
  select * into v_last from app.feed_runs r where r.feed = p_feed order by r.id desc limit 1;
  if v.last_error is null or v_last.accepted or v_last.reason_code is null then perform private.refuse('STALE', 'nothing refused that can be accepted'); end if;
  if not exists (select from app.feed_runs r where r.id = p_seen and r.feed = p_feed and not r.accepted and r.reason_code = v_last.reason_code
                    and r.rows = v_last.rows and r.warehouses is not distinct from v_last.warehouses) then
    perform private.refuse('STALE', 'refused as something else meanwhile');
  end if;
  update app.feeds set accepted_run = v_last.id, wanted = true, tries = 0, next_try_at = now(), last_error = null where name = p_feed;
  perform private.audit('FEED_SIZE_ACCEPTED', 'feed', p_feed, jsonb_build_object('code', v_last.reason_code), null,
    -- What warehouses the ERP named is in the runs.
    jsonb_build_object('rows', v.row_count, 'run', v.snapshot_id), jsonb_build_object('rows', v_last.rows, 'run', v_last.id), p_words => jsonb_build_object('reason', btrim(p_reason)));
  perform private.enqueue('feed.grown-stale.pull', '{}');
end $$;
grant execute on function app.request_stock_check, app.accept_refused_feed to authenticated;
