-- Stock: what the ERP says lies in its warehouses, and what stores see of it.
--
-- The figures of a snapshot (app.stock_levels) are for staff. From them, less a safety buffer, comes one row per
-- article (app.product_stock), and a browser is given nothing of it but a badge. `held` are the pieces of orders that
-- the live figures do not know of yet; a checkout takes from what is left.
--
-- A row that cannot be used does not stop a snapshot: few of them are set aside, and the figure before goes on to hold
-- with its own time. Once a week, and when an admin asks, what we showed is compared with what the ERP then says.
--
-- Who writes: the worker (jobs.apply_stock), and checkouts and decisions about orders, which hold pieces and let go of
-- them. Locks: the feed's row, app.erp_watch, then rows of app.product_stock by product id, as everybody takes them.

create table app.stock_levels (
  product_id  bigint not null references app.products on delete cascade,
  warehouse   text not null check (warehouse ~ '^[A-Z]{2,5}$'),
  quantity    integer not null check (quantity >= 0),
  snapshot_id bigint not null references app.feed_runs on delete restrict,
  as_of       timestamptz,
  primary key (snapshot_id, product_id, warehouse)
);
comment on column app.stock_levels.as_of is
  'When it was the ERP''s figure, where it was carried on from an earlier snapshot.';
comment on table app.stock_levels is
  'ERP stock per warehouse in each snapshot that is kept; the live one is the one of app.feeds. For staff.';
create index on app.stock_levels (product_id);

call private.for_staff(array['stock_levels'], p_kept => false);

create table app.product_stock (
  product_id   bigint primary key references app.products on delete cascade,
  quantity     integer not null default 0 check (quantity >= 0),
  buffer       integer not null default 0 check (buffer >= 0),
  held         integer not null default 0 check (held >= 0),
  figure_as_of timestamptz,
  display      integer generated always as (greatest(quantity - buffer, 0)) stored,
  badge        text generated always as (
    case when quantity - buffer > 10 then 'HIGH' when quantity - buffer >= 1 then 'LOW' else 'ZERO' end) stored
);
comment on table app.product_stock is
  'Display stock is ERP stock less the safety buffer; `held` is what orders unknown to the snapshot already took.';
comment on column app.product_stock.figure_as_of is
  'When the figure was the ERP''s, where that is longer ago than the live snapshot: its row there could not be used.';

alter table app.product_stock enable row level security;
create policy live_session on app.product_stock as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy person_reads on app.product_stock for select to authenticated using (true);
-- The badge and nothing else: how many there are is not a browser's to know.
grant select (product_id, badge) on app.product_stock to authenticated;

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
comment on table app.stock_checks is
  'Each comparison of the stock that we showed with what the ERP then said. `week`: the weekly one; without: asked '
  'for by hand.';

call private.for_staff(array['stock_checks']);

-- The rows of a pull: which of them can be used, and what they are refused for.

-- A number of JSON that is whole and within these. «NaN» in quotes, 1e309 and 1.5 are not.
create function private.is_whole(p_value jsonb, p_least numeric, p_most numeric) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case
    when jsonb_typeof(p_value) = 'number'
      then p_value::numeric between p_least and p_most and p_value::numeric = trunc(p_value::numeric)
    else false end
$$;

-- Stock is none or some.
create function private.is_pieces(p_value jsonb) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select private.is_whole(p_value, 0, 1000000000)
$$;

-- Rows that cannot be used, because their figure is none or their article is not ours, with what holds instead: the
-- figure before, and its time.
create function private.stock_aside(p_rows jsonb) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object(
             'key', coalesce(r.sku, '?') || ' ' || coalesce(r.warehouse, '?'),
             'sent', left(coalesce(r.quantity::text, 'null'), 40),
             'why', case when p.id is null then 'UNKNOWN' else 'FIGURE' end,
             'figure', l.quantity,
             'asOf', case when l.quantity is not null then coalesce(l.as_of, f.as_of) end)
           order by r.sku, r.warehouse), '[]')
    from jsonb_to_recordset(p_rows) as r (sku text, warehouse text, quantity jsonb)
    join app.feeds f on f.name = 'stock'
    left join app.products p on p.sku = r.sku
    left join app.stock_levels l
      on l.snapshot_id = f.snapshot_id and l.product_id = p.id and l.warehouse = r.warehouse
   where p.id is null or not private.is_pieces(r.quantity)
$$;

-- What the rows of a stock pull are refused for, as a whole, or null.
create function private.stock_refusal(p_rows jsonb, p_aside jsonb) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with sent as materialized (
    select r.* from jsonb_to_recordset(p_rows) as r (sku text, warehouse text, quantity jsonb))
  select case
    when exists (select from sent where warehouse is null or warehouse !~ '^[A-Z]{2,5}$')
      then 'a warehouse without a name of ours'
    when exists (select from sent group by sku, warehouse having count(*) > 1)
      then 'an article twice'
    when exists (select from sent group by sku
                 having sum(case when private.is_pieces(quantity) then quantity::numeric end) > 1000000000)
      then 'the pieces of an article are too large a number'
    when (select count(distinct warehouse) > 50 from sent)
      then 'more than 50 warehouses'
    else private.aside_refusal(p_aside, jsonb_array_length(p_rows), 'article',
      case when p_aside @> '[{"why": "UNKNOWN"}]' then (
        select min(p.sku || ' ' || l.warehouse)
          from app.feeds f
          join app.stock_levels l on l.snapshot_id = f.snapshot_id
          join app.products p on p.id = l.product_id
         where f.name = 'stock'
           and not exists (select from sent s where s.sku = p.sku and s.warehouse = l.warehouse)) end)
    end
$$;

-- What stores see: the ERP's figure less a buffer, and what is held of it.

-- The safety buffer of an article: by how many orders wanted the article in 30 days.
create function private.stock_buffers() returns table (product_id bigint, buffer integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id, case
           when coalesce(s.orders, 0) > 50 then ceil(s.pieces / 30.0 * 3)::integer
           when coalesce(s.orders, 0) < 10 then 2
           else private.number_setting('stock.buffer.default')::integer end
    from app.products p
    left join (select l.product_id, count(*) as orders, sum(l.quantity) as pieces
                 from app.order_lines l
                 join app.orders o on o.id = l.order_id
                where o.created_at >= now() - interval '30 days' and o.status not in ('REJECTED', 'CANCELLED')
                group by l.product_id) s on s.product_id = p.id
$$;

-- Does an order synced then still hold pieces that an article's figure does not know of? p_figure: when that was the
-- ERP's, null with the live snapshot.
create function private.holds_stock(p_synced_at timestamptz, p_figure timestamptz) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select p_synced_at is null
      or p_synced_at >= coalesce(p_figure, (select as_of from app.feeds where name = 'stock'), '-infinity')
$$;

-- What stores see of a snapshot, and what is held of it by orders that its figures do not know.
create function private.show_stock(p_run bigint, p_as_of timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- All stock rows, in the order in which a checkout takes them; after this no checkout is half-way.
  perform from app.product_stock order by product_id for update;
  update app.product_stock s set quantity = coalesce(n.quantity, 0), buffer = n.buffer, held = coalesce(n.held, 0),
    figure_as_of = n.figure_as_of
    from (select b.product_id, b.buffer, q.quantity, q.figure_as_of, h.pieces as held
            from private.stock_buffers() b
            left join (select l.product_id, sum(l.quantity)::integer as quantity, min(l.as_of) as figure_as_of
                         from app.stock_levels l
                        where l.snapshot_id = p_run
                        group by l.product_id) q on q.product_id = b.product_id
            left join (select l.product_id, sum(l.quantity - l.preorder)::integer as pieces
                         from app.orders o
                         join app.order_lines l on l.order_id = o.id
                         left join (select c.product_id, min(c.as_of) as as_of
                                      from app.stock_levels c
                                     where c.snapshot_id = p_run and c.as_of is not null
                                     group by 1) c on c.product_id = l.product_id
                        where o.status not in ('REJECTED', 'CANCELLED')
                          and (o.sync_status <> 'SYNCED' or o.synced_at >= coalesce(c.as_of, p_as_of))
                        group by l.product_id) h on h.product_id = b.product_id) n
   where s.product_id = n.product_id
     and (s.quantity, s.buffer, s.held, s.figure_as_of)
       is distinct from (coalesce(n.quantity, 0), n.buffer, coalesce(n.held, 0), n.figure_as_of);
end $$;

-- A stock snapshot [{sku, warehouse, quantity}] goes live, or is refused whole, or is live already: returns null, or
-- why not. Ages come from the database clock: as_of is when the pull began, and never later than now. Few rows that
-- cannot be used are set aside, and what held for them goes on to hold.
create function jobs.apply_stock(p_snapshot text, p_started timestamptz, p_rows jsonb,
  p_taken timestamptz default null)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_as_of timestamptz := least(p_started, now());
  v record; v_run bigint; v_before app.feeds;
begin
  select * into v from private.judge_snapshot('stock', p_snapshot, p_started, p_rows, p_taken);
  if v.reason is not null then return v.reason; end if;
  select * into v_before from app.feeds where name = 'stock';
  v_run := private.begin_snapshot('stock', p_snapshot, v_as_of, jsonb_array_length(p_rows), p_taken, v.warehouses,
    v.aside);
  insert into app.stock_levels (snapshot_id, product_id, warehouse, quantity)
    select v_run, p.id, r.warehouse, r.quantity::numeric
      from jsonb_to_recordset(p_rows) as r (sku text, warehouse text, quantity jsonb)
      join app.products p on p.sku = r.sku
     where private.is_pieces(r.quantity);
  insert into app.stock_levels (snapshot_id, product_id, warehouse, quantity, as_of)
    select v_run, l.product_id, l.warehouse, l.quantity, coalesce(l.as_of, v_before.as_of)
      from jsonb_to_recordset(p_rows) as r (sku text, warehouse text, quantity jsonb)
      join app.products p on p.sku = r.sku
      join app.stock_levels l
        on l.snapshot_id = v_before.snapshot_id and l.product_id = p.id and l.warehouse = r.warehouse
     where not private.is_pieces(r.quantity);
  perform private.accept_feed('stock', v_run);
  perform private.show_stock(v_run, v_as_of);
  return null;
end $$;
grant execute on function jobs.apply_stock to worker;

-- The comparison of what we showed with what the ERP says: weekly, or by hand.

-- The last week whose stock should have been compared by p_now: each on its Sunday, 22:00 WIB.
create function private.stock_week(p_now timestamptz) returns date
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select date_trunc('week', (p_now at time zone 'Asia/Jakarta') + interval '2 hours')::date - 7
$$;

-- Below 1 % is the target, above 5 % an alarm.
create function private.drift_level(p_percent numeric) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case when p_percent < 1 then 'GOOD' when p_percent > 5 then 'BAD' else 'WATCH' end
$$;

-- Compares two snapshots, article by article over all warehouses. What the ERP is short of counts as explained as far
-- as orders of ours explain it: those that it got after the old snapshot and before the new one, without pre-ordered
-- pieces. They explain nothing where its stock did not go down.
create function private.check_stock(p_old bigint, p_new bigint, p_week date, p_asked_by text) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.stock_checks; v_incident bigint;
begin
  with levels as (
    select l.product_id, l.warehouse,
           coalesce(sum(l.quantity) filter (where l.snapshot_id = p_old), 0)::bigint as ours,
           coalesce(sum(l.quantity) filter (where l.snapshot_id = p_new), 0)::bigint as erp
      from app.stock_levels l
     where l.snapshot_id in (p_old, p_new)
     group by l.product_id, l.warehouse),
  sold as (
    select l.product_id, sum(l.quantity - l.preorder)::bigint as pieces
      from app.orders o join app.order_lines l on l.order_id = o.id
     where o.synced_at >= (select r.as_of from app.feed_runs r where r.id = p_old)
       and o.synced_at < (select r.as_of from app.feed_runs r where r.id = p_new)
       and o.status not in ('REJECTED', 'CANCELLED')
     group by l.product_id),
  sums as (
    select l.product_id, sum(l.ours)::bigint as ours, sum(l.erp)::bigint as erp,
           jsonb_agg(jsonb_build_object('warehouse', l.warehouse, 'ours', l.ours, 'erp', l.erp)
             order by l.warehouse) as warehouses
      from levels l group by l.product_id),
  judged as (
    select s.*, least(greatest(s.ours - s.erp, 0), coalesce(o.pieces, 0)) as explained
      from sums s left join sold o on o.product_id = s.product_id),
  differences as (select j.*, abs(j.ours - j.erp) - j.explained as gap from judged j),
  worst as (
    select d.*, p.sku, p.name from differences d join app.products p on p.id = d.product_id
     where d.gap > 0 order by d.gap desc, p.sku limit 20),
  totals as (
    select count(*) as articles, count(*) filter (where d.gap > 0) as differing,
           coalesce(sum(d.erp), 0) as erp, coalesce(sum(d.ours), 0) as ours,
           coalesce(sum(d.explained), 0) as explained, coalesce(sum(d.gap), 0) as gap
      from differences d)
  insert into app.stock_checks (week, asked_by, old_snapshot, new_snapshot, articles, differing, pieces_erp,
    pieces_ours, explained, unexplained, percent, level, worst)
    select p_week, p_asked_by, p_old, p_new, t.articles, t.differing, t.erp, t.ours, t.explained, t.gap, r.percent,
           private.drift_level(r.percent),
           coalesce((select jsonb_agg(jsonb_build_object('sku', w.sku, 'name', w.name, 'ours', w.ours, 'erp', w.erp,
                              'explained', w.explained, 'gap', w.gap, 'warehouses', w.warehouses)
                              order by w.gap desc, w.sku)
                       from worst w), '[]')
      from totals t, lateral (select t.gap * 100.0 / greatest(t.erp, 1) as percent) r
    returning * into v;
  if v.level = 'BAD' then
    v_incident := private.open_incident(2, 'STOCK_DRIFT', 'stock-drift', null,
      jsonb_build_object('percent', round(v.percent, 2), 'articles', v.differing));
    perform private.notify_role('ADMIN', 'STOCK_DRIFT', 'stock-drift/' || v.id, jsonb_build_object(
      'week', (v.at at time zone 'Asia/Jakarta')::date, 'percent', round(v.percent, 2), 'articles', v.differing,
      'path', '/admin/erp/stock', 'incident', (select ref from app.incidents where id = v_incident)));
  else
    perform private.resolve_incident('stock-drift', jsonb_build_object('percent', round(v.percent, 2)));
  end if;
  return v.id;
end $$;

-- Is the weekly comparison due? Then stock is pulled now, whatever its age. Returns whether it was.
create function jobs.want_stock_check() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if (select w.checked_week >= private.stock_week(now()) from app.erp_watch w) then return false; end if;
  update app.feeds set wanted = true where name = 'stock' and not wanted;
  return true;
end $$;
grant execute on function jobs.want_stock_check to worker;

-- A comparison asked for by hand: with the next snapshot, which is pulled at once. Errors: 28000, DENIED for all but
-- admins.
create function app.request_stock_check() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin asks');
  -- The feed first, as whoever brings a snapshot takes them.
  update app.feeds set wanted = true, next_try_at = now() where name = 'stock';
  update app.erp_watch w set check_wanted = true, check_asked_by = a.code
    from app.accounts a
   where a.id = private.viewer_id() and not w.check_wanted;
  if found then perform private.audit('STOCK_CHECK_ASKED', 'erp', 'stock'); end if;
  perform private.enqueue('feed.grown-stale.pull', '{}');
end $$;
grant execute on function app.request_stock_check to authenticated;
