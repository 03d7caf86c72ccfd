-- Credit: what a store owes, and whether one more order still fits.
--
-- Two books are kept of it. The ERP's comes as a snapshot (app.credit_levels, for staff) and stands live, one row per
-- store, in app.partner_credit; ours is added up from orders and invoices whenever it is asked for. Room is the limit
-- less the larger of both. The answer is a light: GREEN, or AMBER, which a person has to decide about. Whole rupiah.
--
-- A row that cannot be used does not stop a snapshot: few of them are set aside, and the figure before goes on to hold
-- with its own time. Who writes: the worker alone (jobs.apply_credit). A store reads its own row, staff all.
--
-- Locks: the row of app.partner_credit is the lock under which one store spends its room, and every store has one from
-- birth. A pull takes the feed's row first, then these by partner id; a checkout takes its own before any row of stock.

create table app.partner_credit (
  partner_id   uuid primary key references app.partners on delete cascade,
  outstanding  bigint,
  figure_as_of timestamptz
);
comment on table app.partner_credit is
  'What the ERP says a store owes; below zero it has paid more than it owed. The row is also the lock under which '
  'one store spends its room.';
comment on column app.partner_credit.figure_as_of is
  'When the figure was the ERP''s, where that is longer ago than the live snapshot: its row there could not be used.';

alter table app.partner_credit enable row level security;
create policy live_session on app.partner_credit as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy partner_reads on app.partner_credit for select to authenticated
  using (partner_id = (select private.viewer_partner()));
create policy staff_reads on app.partner_credit for select to authenticated
  using ((select private.viewer_is_staff()));
grant select on app.partner_credit to authenticated;

create table app.credit_levels (
  snapshot_id bigint not null references app.feed_runs on delete restrict,
  partner_id  uuid not null references app.partners on delete cascade,
  outstanding bigint not null,
  as_of       timestamptz,
  primary key (snapshot_id, partner_id)
);
comment on table app.credit_levels is
  'What the ERP said that each store owes, in each snapshot that is kept. For staff; what is live stands in '
  'app.partner_credit.';
comment on column app.credit_levels.as_of is
  'When it was the ERP''s figure, where it was carried on from an earlier snapshot.';
create index on app.credit_levels (partner_id);

call private.for_staff(array['credit_levels'], p_kept => false);

-- A pull of credit goes live.

-- A debt may be below zero: it is a store's that has paid more than it owed.
create function private.is_debt(p_value jsonb) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select private.is_whole(p_value, -1000000000000000, 1000000000000000)
$$;

-- Rows that cannot be used, because their figure is none or their store is not ours, with what holds instead: the
-- figure before, and its time.
create function private.credit_aside(p_rows jsonb) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object(
             'key', coalesce(r.partner, '?'),
             'sent', left(coalesce(r.outstanding::text, 'null'), 40),
             'why', case when p.id is null then 'UNKNOWN' else 'FIGURE' end,
             'figure', l.outstanding,
             'asOf', case when l.outstanding is not null then coalesce(l.as_of, f.as_of) end)
           order by r.partner), '[]')
    from jsonb_to_recordset(p_rows) as r (partner text, outstanding jsonb)
    join app.feeds f on f.name = 'credit'
    left join app.partners p on p.code = r.partner
    left join app.credit_levels l on l.snapshot_id = f.snapshot_id and l.partner_id = p.id
   where p.id is null or not private.is_debt(r.outstanding)
$$;

-- What the rows of a credit pull are refused for, as a whole, or null.
create function private.credit_refusal(p_rows jsonb, p_aside jsonb) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with sent as materialized (
    select r.* from jsonb_to_recordset(p_rows) as r (partner text, outstanding jsonb))
  select case
    when exists (select from sent group by partner having count(*) > 1)
      then 'a store twice'
    else private.aside_refusal(p_aside, jsonb_array_length(p_rows), 'store',
      case when p_aside @> '[{"why": "UNKNOWN"}]' then (
        select min(p.code)
          from app.feeds f
          join app.credit_levels l on l.snapshot_id = f.snapshot_id
          join app.partners p on p.id = l.partner_id
         where f.name = 'credit'
           and not exists (select from sent s where s.partner = p.code)) end)
    end
$$;

-- A credit snapshot [{partner, outstanding}], whole rupiah, goes live, or is refused whole, or is live already: returns
-- null, or why not. As with stock (jobs.apply_stock), as_of is when the pull began, and never later than now, and what
-- held for the few rows that cannot be used goes on to hold.
create function jobs.apply_credit(p_snapshot text, p_started timestamptz, p_rows jsonb,
  p_taken timestamptz default null)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_as_of timestamptz := least(p_started, now());
  v record; v_run bigint; v_before app.feeds;
begin
  select * into v from private.judge_snapshot('credit', p_snapshot, p_started, p_rows, p_taken);
  if v.reason is not null then return v.reason; end if;
  select * into v_before from app.feeds where name = 'credit';
  v_run := private.begin_snapshot('credit', p_snapshot, v_as_of, jsonb_array_length(p_rows), p_taken, v.warehouses,
    v.aside);
  insert into app.credit_levels (snapshot_id, partner_id, outstanding)
    select v_run, p.id, r.outstanding::numeric
      from jsonb_to_recordset(p_rows) as r (partner text, outstanding jsonb)
      join app.partners p on p.code = r.partner
     where private.is_debt(r.outstanding);
  insert into app.credit_levels (snapshot_id, partner_id, outstanding, as_of)
    select v_run, l.partner_id, l.outstanding, coalesce(l.as_of, v_before.as_of)
      from jsonb_to_recordset(p_rows) as r (partner text, outstanding jsonb)
      join app.partners p on p.code = r.partner
      join app.credit_levels l on l.snapshot_id = v_before.snapshot_id and l.partner_id = p.id
     where not private.is_debt(r.outstanding);
  perform private.accept_feed('credit', v_run);
  -- Each store's lock, in the order in which two pulls or a report would take them.
  perform from app.partner_credit order by partner_id for update;
  update app.partner_credit c set outstanding = n.outstanding, figure_as_of = n.as_of
    from (select p.id, l.outstanding, l.as_of
            from app.partners p
            left join app.credit_levels l on l.snapshot_id = v_run and l.partner_id = p.id) n
   where c.partner_id = n.id and (c.outstanding, c.figure_as_of) is distinct from (n.outstanding, n.as_of);
  return null;
end $$;
grant execute on function jobs.apply_credit to worker;

-- The light: of an order that is being placed, of a store, of an order that waits.

-- Would this total still fit? Room is the limit less the larger of what we and what the ERP believe the store owes.
-- Ours: unpaid invoices, and open orders that have none yet (an order gets its invoice when it is approved). The ERP's:
-- what it said last, and of our orders that its figure cannot know (not there yet, or there since) what is not paid,
-- whatever their status, COMPLETED too: only rejected and cancelled ones are owed by nobody. Paid more than owed there
-- (below zero), the store has a deposit, of which our book does not know: it lowers both. AMBER: the room would be
-- below zero, figures unusable, or bypass. Returned whole, because the inputs are stored with the order; `deposit` only
-- where there is one.
create function private.credit_decision(p_partner uuid, p_total bigint) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_limit bigint; v_ours bigint; v_erp bigint; v_outstanding bigint; v_as_of timestamptz;
  v_reason text; v_room bigint; v_deposit bigint;
begin
  select p.credit_limit, c.outstanding, coalesce(c.figure_as_of, f.as_of), greatest(-c.outstanding, 0)
    into v_limit, v_outstanding, v_as_of, v_deposit
    from app.partners p
    join app.partner_credit c on c.partner_id = p.id
    cross join app.feeds f
   where p.id = p_partner and f.name = 'credit';
  select coalesce(sum(o.total), 0) into v_ours
    from app.orders o
   where o.partner_id = p_partner and o.status in ('SUBMITTED', 'PROCESSING');
  v_ours := v_ours + (
    select coalesce(sum(i.amount - i.paid), 0)
      from app.invoices i
     where i.partner_id = p_partner and i.status in ('UNPAID', 'PARTIAL'));
  v_erp := v_outstanding + (
    select coalesce(sum(greatest(o.total - coalesce(i.paid, 0), 0)), 0)
      from app.orders o
      left join app.invoices i on i.order_id = o.id
     where o.partner_id = p_partner and o.status not in ('REJECTED', 'CANCELLED')
       and (o.synced_at is null or o.synced_at >= v_as_of));
  v_room := v_limit - greatest(v_ours - v_deposit, v_erp);
  v_reason := case
    when private.setting('CREDIT_CHECK_BYPASS') = 'true'::jsonb then 'BYPASS'
    when v_outstanding is null or v_as_of is null then 'NO_DATA'
    when v_as_of < now() - interval '1 hour' then 'OLD_DATA'
    when v_room - p_total < 0 then 'OVER_LIMIT'
    else 'WITHIN_LIMIT' end;
  return jsonb_build_object(
      'light', case when v_reason = 'WITHIN_LIMIT' then 'GREEN' else 'AMBER' end, 'reason', v_reason,
      'limit', v_limit, 'ours', v_ours, 'erp', v_erp, 'room', v_room, 'total', p_total,
      'over', greatest(p_total - v_room, 0), 'asOf', v_as_of)
    || case when v_deposit > 0 then jsonb_build_object('deposit', v_deposit) else '{}' end;
end $$;

-- The credit light of the viewer's store, with nothing in the cart.
create function app.viewer_credit() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  return case
    when private.viewer_partner() is not null then private.credit_decision(private.viewer_partner(), 0) end;
end $$;
grant execute on function app.viewer_credit to authenticated;

-- The credit figures of a waiting order as they are now, the order itself not counted twice: open, it is part of what
-- we and (by then or by its snapshot) the ERP say is owed, so it is taken out there and compared as the total. Whether
-- the bypass is on does not matter here: it says that figures were not compared at checkout, and these are for a person
-- to look at.
create function private.credit_now(p_order bigint) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.orders; v_credit jsonb; v_ours bigint; v_erp bigint; v_room bigint; v_as_of timestamptz;
  v_reason text; v_deposit bigint;
begin
  select * into v from app.orders where id = p_order;
  v_credit := private.credit_decision(v.partner_id, 0);
  v_ours := (v_credit ->> 'ours')::bigint - v.total;
  v_erp := (v_credit ->> 'erp')::bigint;
  v_deposit := coalesce((v_credit ->> 'deposit')::bigint, 0);
  -- A held document may be missing from what the ERP says is owed: then there is less to take out.
  if v_erp is not null then v_erp := greatest(v_erp - v.total, -v_deposit); end if;
  v_as_of := (v_credit ->> 'asOf')::timestamptz;
  v_room := (v_credit ->> 'limit')::bigint - greatest(v_ours - v_deposit, v_erp);
  v_reason := case
    when v_erp is null or v_as_of is null then 'NO_DATA'
    when v_as_of < now() - interval '1 hour' then 'OLD_DATA'
    when v_room < v.total then 'OVER_LIMIT'
    else 'WITHIN_LIMIT' end;
  return v_credit || jsonb_build_object(
    'light', case when v_reason = 'WITHIN_LIMIT' then 'GREEN' else 'AMBER' end, 'reason', v_reason,
    'ours', v_ours, 'erp', v_erp, 'room', v_room, 'total', v.total,
    'over', greatest(v.total - v_room, 0), 'bypass', v_credit ->> 'reason' = 'BYPASS');
end $$;
