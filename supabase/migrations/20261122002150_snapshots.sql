-- A pull is written beside what is live, under a snapshot id of its own (its row in feed_runs), and the pointer in app.feeds moves in the same
-- transaction: only when the whole is complete and sane, and never back to an older one. What the desk still has to compare with is kept.

alter table app.feed_runs
  add column erp_taken_at timestamptz,
  add column kept         boolean not null default false,
  add column reason_code  text check (reason_code in ('ROW_COUNT', 'NEW_WAREHOUSE', 'MISSING_WAREHOUSE', 'SAME_SNAPSHOT')),
  add column warehouses   jsonb,
  add column aside        jsonb not null default '[]';
alter table app.feeds add column accepted_run bigint references app.feed_runs on delete restrict;
comment on column app.feed_runs.erp_taken_at is 'What the clock of the ERP said: shown beside ours, never used for an age.';
comment on column app.feed_runs.kept is 'Its rows are still here.';
comment on column app.feed_runs.reason_code is 'The first three: refused, and an admin may accept it. The fourth: sound, and nothing new.';
comment on column app.feed_runs.warehouses is 'How many rows each warehouse had: {"SBY": 300}.';
comment on column app.feed_runs.aside is 'Rows that could not be used: [{key, sent, why (FIGURE, UNKNOWN), figure and asOf that hold instead, null where there are none}].';
comment on column app.feeds.accepted_run is 'A refused run that an admin accepted: a pull with its warehouses and about its rows may go live too.';
create index feed_runs_kept on app.feed_runs (feed, id) where kept;

alter table app.stock_levels add column snapshot_id bigint references app.feed_runs on delete restrict;
update app.stock_levels set snapshot_id = (select f.snapshot_id from app.feeds f where f.name = 'stock');
delete from app.stock_levels where snapshot_id is null;
alter table app.stock_levels
  add column as_of timestamptz,
  drop constraint stock_levels_pkey,
  alter column snapshot_id set not null,
  add primary key (snapshot_id, product_id, warehouse);
create index on app.stock_levels (product_id);
comment on column app.stock_levels.as_of is 'When it was the ERP''s figure, where it was carried on from an earlier snapshot.';
comment on table app.stock_levels is 'ERP stock per warehouse in each snapshot that is kept; the live one is the one of app.feeds. For staff.';

create table app.credit_levels (
  snapshot_id bigint not null references app.feed_runs on delete restrict,
  partner_id  uuid not null references app.partners on delete cascade,
  outstanding bigint not null,
  as_of       timestamptz,
  primary key (snapshot_id, partner_id)
);
comment on column app.credit_levels.as_of is 'When it was the ERP''s figure, where it was carried on from an earlier snapshot.';
comment on table app.credit_levels is 'What the ERP said that each store owes, in each snapshot that is kept. For staff; what is live stands in app.partner_credit.';
create index on app.credit_levels (partner_id);
insert into app.credit_levels
  select f.snapshot_id, c.partner_id, c.outstanding from app.feeds f join app.feed_runs r on r.id = f.snapshot_id cross join app.partner_credit c
   where f.name = 'credit' and c.outstanding is not null;
update app.feed_runs set kept = true where id in (select snapshot_id from app.feeds);
update app.feed_runs r set warehouses = l.rows
  from (select w.snapshot_id, jsonb_object_agg(w.warehouse, w.n) as rows
          from (select snapshot_id, warehouse, count(*) as n from app.stock_levels group by 1, 2) w group by 1) l where r.id = l.snapshot_id;
alter table app.credit_levels enable row level security;
create policy live_session on app.credit_levels as restrictive to authenticated using ((select private.live_session()) is not null);
create policy staff_reads on app.credit_levels for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.credit_levels to authenticated;

drop function jobs.reject_feed(text, text, text);
drop function private.accept_feed(text, text, timestamptz, integer);
drop function jobs.apply_stock(text, timestamptz, jsonb);
drop function jobs.apply_credit(text, timestamptz, jsonb);
drop function jobs.record_circuit(text, integer, text);
drop function jobs.note_erp_ok();
drop function jobs.feed_ages();

-- A pull that came to nothing, with all that is known of it. p_code: what an admin could accept.
create function private.refuse_feed(p_feed text, p_snapshot text, p_reason text, p_rows integer, p_taken timestamptz, p_code text default null, p_warehouses jsonb default null)
returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into app.feed_runs (feed, accepted, snapshot, reason, rows, erp_taken_at, reason_code, warehouses)
    values (p_feed, false, left(p_snapshot, 200), left(p_reason, 300), p_rows, p_taken, p_code, p_warehouses);
  update app.feeds set last_tried_at = now(), last_error = left(p_reason, 300) where name = p_feed
$$;

-- The same in the worker's own words, which nobody can accept.
create function jobs.reject_feed(p_feed text, p_snapshot text, p_reason text, p_rows integer default null, p_taken timestamptz default null) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select private.refuse_feed(p_feed, p_snapshot, p_reason, p_rows, p_taken)
$$;

-- Why a pull may not go live whatever its rows say, or null. Takes the feed's row: one at a time. A live one of a time that is still to
-- come was taken before our clock was set back: it stops nobody.
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

-- Is it the snapshot that is live already? Then nothing is written: its age is that of the first time, it knows no order that it did not
-- know then, and neither does its credit. On record as a pull that brought nothing new.
create function private.is_same_snapshot(p_feed text, p_snapshot text, p_rows integer, p_taken timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.feed_runs;
begin
  select r.* into v from app.feeds f join app.feed_runs r on r.id = f.snapshot_id where f.name = p_feed and r.snapshot = left(p_snapshot, 200);
  if not found then return false; end if;
  insert into app.feed_runs (feed, accepted, snapshot, as_of, rows, erp_taken_at, reason, reason_code)
    values (p_feed, true, v.snapshot, v.as_of, p_rows, p_taken, 'the same snapshot as the live one', 'SAME_SNAPSHOT');
  update app.feeds set last_tried_at = now(), last_error = null where name = p_feed;
  return true;
end $$;

-- How a pull differs too much from one before: other warehouses, or 30 % more or fewer rows, in all or in one of them.
create function private.feed_change(p_rows integer, p_warehouses jsonb, p_before integer, p_warehouses_before jsonb, out code text, out reason text)
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select c.code, c.reason from (
    select 1 as rank, 'NEW_WAREHOUSE' as code, 'a warehouse that was not there before: ' || string_agg(w.name, ', ' order by w.name) as reason
      from jsonb_object_keys(p_warehouses) as w (name) where not p_warehouses_before ? w.name
    union all
    select 2, 'MISSING_WAREHOUSE', 'a warehouse is missing: ' || string_agg(w.name, ', ' order by w.name)
      from jsonb_object_keys(p_warehouses_before) as w (name) where not p_warehouses ? w.name
    union all
    select 3, 'ROW_COUNT', 'row count ' || p_rows || ' against ' || p_before || ' before' where abs(p_rows - p_before) > p_before * 0.3
    union all
    (select 4, 'ROW_COUNT', 'row count of ' || w.key || ' ' || w.value || ' against ' || (p_warehouses_before ->> w.key) || ' before'
       from jsonb_each_text(p_warehouses) w
      where abs(w.value::integer - (p_warehouses_before ->> w.key)::integer) > (p_warehouses_before ->> w.key)::integer * 0.3 order by w.key limit 1)) c
   where c.reason is not null order by c.rank limit 1
$$;

-- The same against the live snapshot, unless it is what an admin has accepted. Nulls: it fits. Before the first snapshot everything does.
create function private.feed_misfit(p_feed text, p_rows integer, p_warehouses jsonb, out code text, out reason text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v app.feeds; v_live jsonb; v_accepted app.feed_runs;
begin
  select * into v from app.feeds where name = p_feed;
  select r.warehouses into v_live from app.feed_runs r where r.id = v.snapshot_id;
  select * into code, reason from private.feed_change(p_rows, p_warehouses, v.row_count, v_live);
  if code is null or v.accepted_run is null then return; end if;
  select * into v_accepted from app.feed_runs r where r.id = v.accepted_run;
  if (select c.code is null from private.feed_change(p_rows, p_warehouses, v_accepted.rows, v_accepted.warehouses) c) then
    code := null; reason := null;
  end if;
end $$;

-- Of the rows that a pull set aside the first by name, as the record of the pull says it; null when there are none.
create function private.aside_words(p_aside jsonb) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select left(jsonb_array_length(p_aside) || ' set aside: ' || string_agg(a.value ->> 'key' || ' (' || case when a.value ->> 'why' = 'UNKNOWN' then 'unknown' else a.value ->> 'sent' end || ')', ', ' order by a.ordinality), 300)
    from jsonb_array_elements(p_aside) with ordinality a where a.ordinality <= 3
$$;

-- The run whose rows are written next.
create function private.begin_snapshot(p_feed text, p_snapshot text, p_as_of timestamptz, p_rows integer, p_taken timestamptz, p_warehouses jsonb, p_aside jsonb)
returns bigint
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into app.feed_runs (feed, accepted, snapshot, as_of, rows, erp_taken_at, kept, warehouses, aside, reason)
    values (p_feed, true, left(p_snapshot, 200), p_as_of, p_rows, p_taken, true, p_warehouses, p_aside, private.aside_words(p_aside)) returning id
$$;

-- Moves the pointer to it, and lets go of what nobody needs: kept are the live one, the one before it, and for thirty days those that
-- an order leaned on which has not reached the ERP or of which the desk has not decided. Four at most go at a time.
create function private.accept_feed(p_feed text, p_run bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_before bigint; v_gone bigint[];
begin
  select snapshot_id into v_before from app.feeds where name = p_feed for update;
  update app.feeds f set snapshot_id = r.id, as_of = r.as_of, row_count = r.rows, last_tried_at = now(), last_error = null, accepted_run = null
    from app.feed_runs r where f.name = p_feed and r.id = p_run;
  with leaned as (
    select o.stock_snapshot_id, o.credit_snapshot_id from app.orders o where o.sync_status = 'PENDING_SYNC'
    union
    select o.stock_snapshot_id, o.credit_snapshot_id from app.reconcile_results r join app.orders o on o.id = r.order_id
     where r.resolved_at is null and r.result <> 'CONFIRMED')
  select array(select r.id from app.feed_runs r
     where r.feed = p_feed and r.kept and r.id not in (p_run, coalesce(v_before, 0))
       and (r.at < now() - interval '30 days' or not exists (select from leaned l where r.id in (l.stock_snapshot_id, l.credit_snapshot_id)))
     order by r.id limit 4) into v_gone;
  if p_feed = 'stock' then delete from app.stock_levels where snapshot_id = any (v_gone);
  else delete from app.credit_levels where snapshot_id = any (v_gone); end if;
  update app.feed_runs set kept = false where id = any (v_gone);
end $$;

-- A number of JSON that is whole and within these. «NaN» in quotes, 1e309 and 1.5 are not.
create function private.is_whole(p_value jsonb, p_least numeric, p_most numeric) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case when jsonb_typeof(p_value) = 'number' then p_value::numeric between p_least and p_most and p_value::numeric = trunc(p_value::numeric) else false end
$$;
-- Stock is none or some; a debt below zero is a store's that has paid more than it owed.
create function private.is_pieces(p_value jsonb) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$ select private.is_whole(p_value, 0, 1000000000) $$;
create function private.is_debt(p_value jsonb) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$ select private.is_whole(p_value, -1000000000000000, 1000000000000000) $$;

-- Rows that cannot be used, because their figure is none or their article is not ours, with what holds instead: the figure before, and its time.
create function private.stock_aside(p_rows jsonb) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object('key', coalesce(r.sku, '?') || ' ' || coalesce(r.warehouse, '?'), 'sent', left(coalesce(r.quantity::text, 'null'), 40),
           'why', case when p.id is null then 'UNKNOWN' else 'FIGURE' end, 'figure', l.quantity, 'asOf', case when l.quantity is not null then coalesce(l.as_of, f.as_of) end)
           order by r.sku, r.warehouse), '[]')
    from jsonb_to_recordset(p_rows) as r (sku text, warehouse text, quantity jsonb)
    join app.feeds f on f.name = 'stock' left join app.products p on p.sku = r.sku
    left join app.stock_levels l on l.snapshot_id = f.snapshot_id and l.product_id = p.id and l.warehouse = r.warehouse
   where p.id is null or not private.is_pieces(r.quantity)
$$;
create function private.credit_aside(p_rows jsonb) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object('key', coalesce(r.partner, '?'), 'sent', left(coalesce(r.outstanding::text, 'null'), 40),
           'why', case when p.id is null then 'UNKNOWN' else 'FIGURE' end, 'figure', l.outstanding, 'asOf', case when l.outstanding is not null then coalesce(l.as_of, f.as_of) end)
           order by r.partner), '[]')
    from jsonb_to_recordset(p_rows) as r (partner text, outstanding jsonb)
    join app.feeds f on f.name = 'credit' left join app.partners p on p.code = r.partner
    left join app.credit_levels l on l.snapshot_id = f.snapshot_id and l.partner_id = p.id
   where p.id is null or not private.is_debt(r.outstanding)
$$;

-- Why a pull cannot go live with these set aside, or null: it lives while they stay under one in a hundred. What is not ours is set aside only beside
-- everything that is: when something of ours is missing at the same time, its name may have been broken. p_missing: such a key, or null.
create function private.aside_refusal(p_aside jsonb, p_rows integer, p_what text, p_missing text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case
    when p_missing is not null and u.key is not null then 'an unknown ' || p_what || ' (' || u.key || ') where ' || p_missing || ' is missing'
    when jsonb_array_length(p_aside) > 0 and jsonb_array_length(p_aside) * 100 >= p_rows and u.key is not null then 'an unknown ' || p_what || ', ' || private.aside_words(p_aside)
    when jsonb_array_length(p_aside) * 100 >= p_rows then 'not a whole number, ' || private.aside_words(p_aside) end
    from (select min(a ->> 'key') filter (where a ->> 'why' = 'UNKNOWN') as key from jsonb_array_elements(p_aside) a) u
$$;

-- What the rows of a stock pull are refused for, as a whole, or null.
create function private.stock_refusal(p_rows jsonb, p_aside jsonb) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with sent as materialized (select r.* from jsonb_to_recordset(p_rows) as r (sku text, warehouse text, quantity jsonb))
  select case
    when exists (select from sent where warehouse is null or warehouse !~ '^[A-Z]{2,5}$') then 'a warehouse without a name of ours'
    when exists (select from sent group by sku, warehouse having count(*) > 1) then 'an article twice'
    when exists (select from sent group by sku having sum(case when private.is_pieces(quantity) then quantity::numeric end) > 1000000000) then 'the pieces of an article are too large a number'
    when (select count(distinct warehouse) > 50 from sent) then 'more than 50 warehouses'
    else private.aside_refusal(p_aside, jsonb_array_length(p_rows), 'article', case when p_aside @> '[{"why": "UNKNOWN"}]' then (
      select min(p.sku || ' ' || l.warehouse) from app.feeds f join app.stock_levels l on l.snapshot_id = f.snapshot_id join app.products p on p.id = l.product_id
       where f.name = 'stock' and not exists (select from sent s where s.sku = p.sku and s.warehouse = l.warehouse)) end)
    end
$$;
create function private.credit_refusal(p_rows jsonb, p_aside jsonb) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with sent as materialized (select r.* from jsonb_to_recordset(p_rows) as r (partner text, outstanding jsonb))
  select case
    when exists (select from sent group by partner having count(*) > 1) then 'a store twice'
    else private.aside_refusal(p_aside, jsonb_array_length(p_rows), 'store', case when p_aside @> '[{"why": "UNKNOWN"}]' then (
      select min(p.code) from app.feeds f join app.credit_levels l on l.snapshot_id = f.snapshot_id join app.partners p on p.id = l.partner_id
       where f.name = 'credit' and not exists (select from sent s where s.partner = p.code)) end)
    end
$$;

-- A stock snapshot [{sku, warehouse, quantity}] goes live, or is refused whole, or is live already: returns null, or why not. Ages come from the database
-- clock: as_of is when the pull began, and never later than now. Few rows that cannot be used are set aside, and what held for them goes on to hold.
create function jobs.apply_stock(p_snapshot text, p_started timestamptz, p_rows jsonb, p_taken timestamptz default null) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_as_of timestamptz := least(p_started, now()); v_count integer := jsonb_array_length(p_rows); v_run bigint; v_reason text;
  v_code text; v_warehouses jsonb; v_aside jsonb; v_before app.feeds;
begin
  v_reason := private.feed_refusal('stock', p_started, v_count);
  if v_reason is null and private.is_same_snapshot('stock', p_snapshot, v_count, p_taken) then return 'the same snapshot as the live one'; end if;
  if v_reason is null then
    v_aside := private.stock_aside(p_rows);
    v_reason := private.stock_refusal(p_rows, v_aside);
  end if;
  if v_reason is null then
    select jsonb_object_agg(w.warehouse, w.n) into v_warehouses
      from (select r.warehouse, count(*) as n from jsonb_to_recordset(p_rows) as r (warehouse text) group by 1) w;
    select m.code, m.reason into v_code, v_reason from private.feed_misfit('stock', v_count, v_warehouses) m;
  end if;
  if v_reason is not null then
    perform private.refuse_feed('stock', p_snapshot, v_reason, v_count, p_taken, v_code, v_warehouses);
    return v_reason;
  end if;
  select * into v_before from app.feeds where name = 'stock';
  v_run := private.begin_snapshot('stock', p_snapshot, v_as_of, v_count, p_taken, v_warehouses, v_aside);
  insert into app.stock_levels (snapshot_id, product_id, warehouse, quantity)
    select v_run, p.id, r.warehouse, r.quantity::numeric from jsonb_to_recordset(p_rows) as r (sku text, warehouse text, quantity jsonb) join app.products p on p.sku = r.sku
     where private.is_pieces(r.quantity);
  insert into app.stock_levels (snapshot_id, product_id, warehouse, quantity, as_of)
    select v_run, l.product_id, l.warehouse, l.quantity, coalesce(l.as_of, v_before.as_of)
      from jsonb_to_recordset(p_rows) as r (sku text, warehouse text, quantity jsonb) join app.products p on p.sku = r.sku
      join app.stock_levels l on l.snapshot_id = v_before.snapshot_id and l.product_id = p.id and l.warehouse = r.warehouse
     where not private.is_pieces(r.quantity);
  perform private.accept_feed('stock', v_run);
  perform private.show_stock(v_run, v_as_of);
  return null;
end $$;

-- What stores see of a snapshot, and what is held of it by orders that its figures do not know.
create function private.show_stock(p_run bigint, p_as_of timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- All stock rows, in the order in which a checkout takes them; after this no checkout is half-way.
  perform from app.product_stock order by product_id for update;
  update app.product_stock s set quantity = coalesce(n.quantity, 0), buffer = n.buffer, held = coalesce(n.held, 0), figure_as_of = n.figure_as_of
    from (select b.product_id, b.buffer, q.quantity, q.figure_as_of, h.pieces as held
            from private.stock_buffers() b
            left join (select l.product_id, sum(l.quantity)::integer as quantity, min(l.as_of) as figure_as_of
                         from app.stock_levels l where l.snapshot_id = p_run group by l.product_id) q on q.product_id = b.product_id
            left join (select l.product_id, sum(l.quantity - l.preorder)::integer as pieces
                         from app.orders o join app.order_lines l on l.order_id = o.id
                         left join (select c.product_id, min(c.as_of) as as_of from app.stock_levels c where c.snapshot_id = p_run and c.as_of is not null group by 1) c
                           on c.product_id = l.product_id
                        where o.status not in ('REJECTED', 'CANCELLED')
                          and (o.sync_status <> 'SYNCED' or o.synced_at >= coalesce(c.as_of, p_as_of))
                        group by l.product_id) h on h.product_id = b.product_id) n
   where s.product_id = n.product_id
     and (s.quantity, s.buffer, s.held, s.figure_as_of) is distinct from (coalesce(n.quantity, 0), n.buffer, coalesce(n.held, 0), n.figure_as_of);
end $$;

-- The same for credit: [{partner, outstanding}], whole rupiah.
create function jobs.apply_credit(p_snapshot text, p_started timestamptz, p_rows jsonb, p_taken timestamptz default null) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_as_of timestamptz := least(p_started, now()); v_count integer := jsonb_array_length(p_rows); v_run bigint; v_reason text; v_code text;
  v_aside jsonb; v_before app.feeds;
begin
  v_reason := private.feed_refusal('credit', p_started, v_count);
  if v_reason is null and private.is_same_snapshot('credit', p_snapshot, v_count, p_taken) then return 'the same snapshot as the live one'; end if;
  if v_reason is null then
    v_aside := private.credit_aside(p_rows);
    v_reason := private.credit_refusal(p_rows, v_aside);
  end if;
  if v_reason is null then select m.code, m.reason into v_code, v_reason from private.feed_misfit('credit', v_count, null) m; end if;
  if v_reason is not null then
    perform private.refuse_feed('credit', p_snapshot, v_reason, v_count, p_taken, v_code);
    return v_reason;
  end if;
  select * into v_before from app.feeds where name = 'credit';
  v_run := private.begin_snapshot('credit', p_snapshot, v_as_of, v_count, p_taken, null, v_aside);
  insert into app.credit_levels (snapshot_id, partner_id, outstanding)
    select v_run, p.id, r.outstanding::numeric from jsonb_to_recordset(p_rows) as r (partner text, outstanding jsonb) join app.partners p on p.code = r.partner
     where private.is_debt(r.outstanding);
  insert into app.credit_levels (snapshot_id, partner_id, outstanding, as_of)
    select v_run, l.partner_id, l.outstanding, coalesce(l.as_of, v_before.as_of)
      from jsonb_to_recordset(p_rows) as r (partner text, outstanding jsonb) join app.partners p on p.code = r.partner
      join app.credit_levels l on l.snapshot_id = v_before.snapshot_id and l.partner_id = p.id
     where not private.is_debt(r.outstanding);
  perform private.accept_feed('credit', v_run);
  -- Each store's lock, in the order in which two pulls or a report would take them.
  perform from app.partner_credit order by partner_id for update;
  update app.partner_credit c set outstanding = n.outstanding, figure_as_of = n.as_of
    from (select p.id, l.outstanding, l.as_of from app.partners p left join app.credit_levels l on l.snapshot_id = v_run and l.partner_id = p.id) n
   where c.partner_id = n.id and (c.outstanding, c.figure_as_of) is distinct from (n.outstanding, n.as_of);
  return null;
end $$;
grant execute on function jobs.reject_feed, jobs.apply_stock, jobs.apply_credit to worker;
