-- The feeds: what the ERP last told us of stock and credit, and when. A snapshot goes live whole or not at all.
--
-- A pull is written beside what is live, under a snapshot id of its own (its row in app.feed_runs), and the pointer in
-- app.feeds moves in the same transaction: only when the whole is complete and sane, and never back to an older one.
-- What orders and open comparisons still lean on is kept. The rows themselves are in app.stock_levels and
-- app.credit_levels, and jobs.apply_stock and jobs.apply_credit bring them there with what stands here.
--
-- Who writes: the worker, through schema jobs, one process at a time (a lease on the feed), and an admin who accepts
-- what was refused or asks for a pull. Only staff read. Ages are told by the database clock alone; it may be set back,
-- and then a time that is still to come stops nobody.
--
-- Locks: the feed's row first, then app.erp_watch (the comparison of stock), then the rows of stock or credit that
-- stores see.

create table app.feeds (
  name          text primary key check (name in ('stock', 'credit')),
  snapshot_id   bigint,
  as_of         timestamptz,
  row_count     integer,
  last_tried_at timestamptz,
  last_error    text,
  wanted        boolean not null default false,
  tries         integer not null default 0,
  next_try_at   timestamptz not null default now(),
  -- Who pulls it: a lease, so that one process of all does, and what it brings is applied once.
  pull_owner    uuid,
  pull_until    timestamptz,
  accepted_run  bigint
);
comment on table app.feeds is 'The last good snapshot of each feed, and what the latest try said.';
comment on column app.feeds.wanted is 'To be pulled whatever its age: the ERP has just come back, or somebody asked.';
comment on column app.feeds.accepted_run is
  'A refused run that an admin accepted: a pull with its warehouses and about its rows may go live too.';

call private.for_staff(array['feeds'], p_kept => false);

insert into app.feeds (name) values ('stock'), ('credit');

-- A stock snapshot has just gone live: the one before it is what people saw until now. A comparison that fails never
-- stops the snapshot.
create function private.check_stock_when_due() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.erp_watch; v_week date := private.stock_week(now());
begin
  select * into v from app.erp_watch for update;
  if not v.check_wanted and v.checked_week >= v_week then return null; end if;
  begin
    perform private.check_stock(old.snapshot_id, new.snapshot_id,
      case when v.checked_week < v_week then v_week end, v.check_asked_by);
    update app.erp_watch set checked_week = greatest(checked_week, v_week),
      check_wanted = false, check_asked_by = null, check_error = null;
  exception when others then
    update app.erp_watch set check_error = left(sqlstate || ': ' || sqlerrm, 300);
  end;
  return null;
end $$;
create trigger _100_stock_checked after update of snapshot_id on app.feeds for each row
  when (new.name = 'stock' and old.snapshot_id is not null and new.snapshot_id is distinct from old.snapshot_id)
  execute function private.check_stock_when_due();

create table app.feed_runs (
  id           bigint generated always as identity primary key,
  feed         text not null references app.feeds,
  at           timestamptz not null default now(),
  accepted     boolean not null,
  snapshot     text,
  as_of        timestamptz,
  rows         integer,
  reason       text,
  erp_taken_at timestamptz,
  kept         boolean not null default false,
  reason_code  text check (reason_code in ('ROW_COUNT', 'NEW_WAREHOUSE', 'MISSING_WAREHOUSE', 'SAME_SNAPSHOT')),
  warehouses   jsonb,
  aside        jsonb not null default '[]'
);
comment on table app.feed_runs is 'Every pull, taken or refused; a refused one says why.';
comment on column app.feed_runs.erp_taken_at is
  'What the clock of the ERP said: shown beside ours, never used for an age.';
comment on column app.feed_runs.kept is 'Its rows are still here.';
comment on column app.feed_runs.reason_code is
  'The first three: refused, and an admin may accept it. The fourth: sound, and nothing new.';
comment on column app.feed_runs.warehouses is 'How many rows each warehouse had: {"SBY": 300}.';
comment on column app.feed_runs.aside is
  'Rows that could not be used: [{key, sent, why (FIGURE, UNKNOWN), figure and asOf that hold instead, null where '
  'there are none}].';
create index on app.feed_runs (feed, id desc);
create index feed_runs_kept on app.feed_runs (feed, id) where kept;

call private.for_staff(array['feed_runs']);

-- Feeds and runs name each other, so this key comes after both.
alter table app.feeds add foreign key (accepted_run) references app.feed_runs on delete restrict;

-- A pull is leased, and settled when it is over.

-- One feed that is due, leased for five minutes; the moment is its beginning by the database clock. No row: nothing
-- due, or not CLOSED. What lies much further ahead than we ever set it was written before our clock was set back (a
-- little: by whoever had the row before us).
create function jobs.claim_pull(p_owner uuid) returns table (feed text, started timestamptz)
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update app.feeds f set pull_owner = p_owner, pull_until = now() + interval '5 minutes', last_tried_at = now()
   where f.name = (
     select d.name from app.feeds d
      where (d.wanted or d.as_of is null or d.as_of > now() + interval '1 minute'
        or d.as_of <= now() - make_interval(mins => private.number_setting('stock.sync_interval_minutes')::integer))
        and (d.next_try_at <= now() or d.next_try_at > now() + interval '15 minutes')
        and (d.pull_until is null or d.pull_until <= now() or d.pull_until > now() + interval '10 minutes')
        and (select state from app.erp_circuit) = 'CLOSED'
      order by d.as_of nulls first, d.name desc limit 1 for update skip locked)
  returning f.name, now()
$$;
grant execute on function jobs.claim_pull to worker;

-- The pull is over. Failed or refused: again after a pause that doubles from five seconds to a minute.
create function jobs.settle_pull(p_owner uuid, p_feed text, p_ok boolean) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update app.feeds set pull_owner = null, pull_until = null, wanted = wanted and not p_ok,
    tries = case when p_ok then 0 else tries + 1 end,
    next_try_at = case when p_ok then now()
      else now() + least(interval '1 minute', interval '5 seconds' * power(2, least(tries, 10))) end
   where name = p_feed and pull_owner = p_owner
$$;
grant execute on function jobs.settle_pull to worker;

-- Whether a pull may go live is asked of when it began, of its snapshot, of its size and of what it cannot use.

-- Why a pull may not go live whatever its rows say, or null. Takes the feed's row: one at a time. A live one of a time
-- that is still to come was taken before our clock was set back: it stops nobody.
create function private.feed_refusal(p_feed text, p_started timestamptz, p_rows integer) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.feeds;
begin
  select * into v from app.feeds where name = p_feed for update;
  return case
    when p_started < v.as_of and v.as_of <= clock_timestamp() then 'begun before the live one was'
    when p_rows = 0 then 'empty'
  end;
end $$;

-- Is it the snapshot that is live already? Then nothing is written: its age is that of the first time, it knows no
-- order that it did not know then, and neither does its credit. On record as a pull that brought nothing new.
create function private.is_same_snapshot(p_feed text, p_snapshot text, p_rows integer, p_taken timestamptz)
returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.feed_runs;
begin
  select r.* into v
    from app.feeds f
    join app.feed_runs r on r.id = f.snapshot_id
   where f.name = p_feed and r.snapshot = left(p_snapshot, 200);
  if not found then return false; end if;
  insert into app.feed_runs (feed, accepted, snapshot, as_of, rows, erp_taken_at, reason, reason_code)
    values (p_feed, true, v.snapshot, v.as_of, p_rows, p_taken, 'the same snapshot as the live one', 'SAME_SNAPSHOT');
  update app.feeds set last_tried_at = now(), last_error = null where name = p_feed;
  return true;
end $$;

-- How a pull differs too much from one before: other warehouses, or 30 % more or fewer rows, in all or in one of them.
create function private.feed_change(p_rows integer, p_warehouses jsonb, p_before integer, p_warehouses_before jsonb,
  out code text, out reason text)
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select c.code, c.reason from (
    select 1 as rank, 'NEW_WAREHOUSE' as code,
           'a warehouse that was not there before: ' || string_agg(w.name, ', ' order by w.name) as reason
      from jsonb_object_keys(p_warehouses) as w (name)
     where not p_warehouses_before ? w.name
    union all
    select 2, 'MISSING_WAREHOUSE', 'a warehouse is missing: ' || string_agg(w.name, ', ' order by w.name)
      from jsonb_object_keys(p_warehouses_before) as w (name)
     where not p_warehouses ? w.name
    union all
    select 3, 'ROW_COUNT', 'row count ' || p_rows || ' against ' || p_before || ' before'
     where abs(p_rows - p_before) > p_before * 0.3
    union all
    (select 4, 'ROW_COUNT',
            'row count of ' || w.key || ' ' || w.value || ' against ' || (p_warehouses_before ->> w.key) || ' before'
       from jsonb_each_text(p_warehouses) w
      where abs(w.value::integer - (p_warehouses_before ->> w.key)::integer)
              > (p_warehouses_before ->> w.key)::integer * 0.3
      order by w.key
      limit 1)) c
   where c.reason is not null
   order by c.rank
   limit 1
$$;

-- How a pull differs too much from the live snapshot, unless it is what an admin has accepted. Nulls: it fits. Before
-- the first snapshot everything does.
create function private.feed_misfit(p_feed text, p_rows integer, p_warehouses jsonb, out code text, out reason text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v app.feeds; v_live jsonb; v_accepted app.feed_runs;
begin
  select * into v from app.feeds where name = p_feed;
  select r.warehouses into v_live from app.feed_runs r where r.id = v.snapshot_id;
  select * into code, reason from private.feed_change(p_rows, p_warehouses, v.row_count, v_live);
  if code is null or v.accepted_run is null then return; end if;
  select * into v_accepted from app.feed_runs r where r.id = v.accepted_run;
  if (select c.code is null
        from private.feed_change(p_rows, p_warehouses, v_accepted.rows, v_accepted.warehouses) c) then
    code := null; reason := null;
  end if;
end $$;

-- Of the rows that a pull set aside the first by name, as the record of the pull says it; null when there are none.
create function private.aside_words(p_aside jsonb) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select left(jsonb_array_length(p_aside) || ' set aside: ' || string_agg(
           a.value ->> 'key' || ' ('
             || case when a.value ->> 'why' = 'UNKNOWN' then 'unknown' else a.value ->> 'sent' end || ')',
           ', ' order by a.ordinality), 300)
    from jsonb_array_elements(p_aside) with ordinality a
   where a.ordinality <= 3
$$;

-- Why a pull cannot go live with these rows set aside, or null: it lives while they stay under one in a hundred. What
-- is not ours is set aside only beside everything that is: when something of ours is missing at the same time, its
-- name may have been broken. p_missing: such a key, or null.
create function private.aside_refusal(p_aside jsonb, p_rows integer, p_what text, p_missing text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case
    when p_missing is not null and u.key is not null
      then 'an unknown ' || p_what || ' (' || u.key || ') where ' || p_missing || ' is missing'
    when jsonb_array_length(p_aside) > 0 and jsonb_array_length(p_aside) * 100 >= p_rows and u.key is not null
      then 'an unknown ' || p_what || ', ' || private.aside_words(p_aside)
    when jsonb_array_length(p_aside) * 100 >= p_rows
      then 'not a whole number, ' || private.aside_words(p_aside) end
    from (select min(a ->> 'key') filter (where a ->> 'why' = 'UNKNOWN') as key
            from jsonb_array_elements(p_aside) a) u
$$;

-- A pull is refused whole, or goes live whole.

-- A pull that came to nothing, with all that is known of it. p_code: what an admin could accept.
create function private.refuse_feed(p_feed text, p_snapshot text, p_reason text, p_rows integer, p_taken timestamptz,
  p_code text default null, p_warehouses jsonb default null)
returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into app.feed_runs (feed, accepted, snapshot, reason, rows, erp_taken_at, reason_code, warehouses)
    values (p_feed, false, left(p_snapshot, 200), left(p_reason, 300), p_rows, p_taken, p_code, p_warehouses);
  update app.feeds set last_tried_at = now(), last_error = left(p_reason, 300) where name = p_feed
$$;

-- What a snapshot has to pass before it goes live. `reason`: why it does not, which is written down unless it is live
-- already; null when it may. aside: its rows that cannot be used; warehouses: of stock, how many rows are of each.
create function private.judge_snapshot(p_feed text, p_snapshot text, p_started timestamptz, p_rows jsonb,
  p_taken timestamptz, reason out text, aside out jsonb, warehouses out jsonb)
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_count integer := jsonb_array_length(p_rows); v_code text;
begin
  reason := private.feed_refusal(p_feed, p_started, v_count);
  if reason is null and private.is_same_snapshot(p_feed, p_snapshot, v_count, p_taken) then
    reason := 'the same snapshot as the live one';
    return;
  end if;
  if reason is null and p_feed = 'stock' then
    aside := private.stock_aside(p_rows);
    reason := private.stock_refusal(p_rows, aside);
  elsif reason is null then
    aside := private.credit_aside(p_rows);
    reason := private.credit_refusal(p_rows, aside);
  end if;
  if reason is null then
    if p_feed = 'stock' then
      select jsonb_object_agg(w.warehouse, w.n) into warehouses
        from (select r.warehouse, count(*) as n from jsonb_to_recordset(p_rows) as r (warehouse text) group by 1) w;
    end if;
    select m.code, m.reason into v_code, reason from private.feed_misfit(p_feed, v_count, warehouses) m;
  end if;
  if reason is not null then
    perform private.refuse_feed(p_feed, p_snapshot, reason, v_count, p_taken, v_code, warehouses);
  end if;
end $$;

-- A pull that came to nothing, in the worker's own words, which nobody can accept.
create function jobs.reject_feed(p_feed text, p_snapshot text, p_reason text, p_rows integer default null,
  p_taken timestamptz default null) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select private.refuse_feed(p_feed, p_snapshot, p_reason, p_rows, p_taken)
$$;
grant execute on function jobs.reject_feed to worker;

-- The run whose rows are written next.
create function private.begin_snapshot(p_feed text, p_snapshot text, p_as_of timestamptz, p_rows integer,
  p_taken timestamptz, p_warehouses jsonb, p_aside jsonb)
returns bigint
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into app.feed_runs (feed, accepted, snapshot, as_of, rows, erp_taken_at, kept, warehouses, aside, reason)
    values (p_feed, true, left(p_snapshot, 200), p_as_of, p_rows, p_taken, true, p_warehouses, p_aside,
      private.aside_words(p_aside))
    returning id
$$;

-- Moves the pointer to a run, and lets go of what nobody needs: kept are the live one, the one before it, and for
-- thirty days those that an order leaned on which has not reached the ERP or of which staff has not decided. Four at
-- most go at a time.
create function private.accept_feed(p_feed text, p_run bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_before bigint; v_gone bigint[];
begin
  select snapshot_id into v_before from app.feeds where name = p_feed for update;
  update app.feeds f set snapshot_id = r.id, as_of = r.as_of, row_count = r.rows,
    last_tried_at = now(), last_error = null, accepted_run = null
    from app.feed_runs r
   where f.name = p_feed and r.id = p_run;
  with leaned as (
    select o.stock_snapshot_id, o.credit_snapshot_id
      from app.orders o
     where o.sync_status = 'PENDING_SYNC'
    union
    select o.stock_snapshot_id, o.credit_snapshot_id
      from app.reconcile_results r
      join app.orders o on o.id = r.order_id
     where r.resolved_at is null and r.result <> 'CONFIRMED')
  select array(
    select r.id
      from app.feed_runs r
     where r.feed = p_feed and r.kept and r.id not in (p_run, coalesce(v_before, 0))
       and (r.at < now() - interval '30 days'
         or not exists (select from leaned l where r.id in (l.stock_snapshot_id, l.credit_snapshot_id)))
     order by r.id
     limit 4) into v_gone;
  if p_feed = 'stock' then
    delete from app.stock_levels where snapshot_id = any (v_gone);
  else
    delete from app.credit_levels where snapshot_id = any (v_gone);
  end if;
  update app.feed_runs set kept = false where id = any (v_gone);
end $$;

-- What was refused for its size or its warehouses, an admin may accept.

-- The ERP has really changed: what was refused as p_seen is what the next pull may look like too, its warehouses and
-- about its rows, and it is pulled at once. What was seen has to be what was refused last, or its like. Errors: 28000,
-- DENIED for all but admins, REASON_REQUIRED, NOT_FOUND, STALE when the last pull was not refused, for nothing that can
-- be accepted, or as something else than p_seen.
create function app.accept_refused_feed(p_feed text, p_seen bigint, p_reason text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.feeds; v_last app.feed_runs;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin accepts what a feed became');
  perform private.assert_note(p_reason, 200, 'reason');
  select * into v from app.feeds where name = p_feed for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  select * into v_last from app.feed_runs r where r.feed = p_feed order by r.id desc limit 1;
  if v.last_error is null or v_last.accepted or v_last.reason_code is null then
    perform private.refuse('STALE', 'nothing refused that can be accepted');
  end if;
  if not exists (select from app.feed_runs r
                  where r.id = p_seen and r.feed = p_feed and not r.accepted
                    and r.reason_code = v_last.reason_code and r.rows = v_last.rows
                    and r.warehouses is not distinct from v_last.warehouses) then
    perform private.refuse('STALE', 'refused as something else meanwhile');
  end if;
  update app.feeds set accepted_run = v_last.id, wanted = true, tries = 0, next_try_at = now(), last_error = null
    where name = p_feed;
  -- What warehouses the ERP named is in the runs.
  perform private.audit('FEED_SIZE_ACCEPTED', 'feed', p_feed, jsonb_build_object('code', v_last.reason_code), null,
    jsonb_build_object('rows', v.row_count, 'run', v.snapshot_id),
    jsonb_build_object('rows', v_last.rows, 'run', v_last.id),
    p_words => jsonb_build_object('reason', btrim(p_reason)));
  perform private.enqueue('feed.grown-stale.pull', '{}');
end $$;
grant execute on function app.accept_refused_feed to authenticated;
