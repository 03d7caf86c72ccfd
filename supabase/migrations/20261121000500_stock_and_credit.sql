-- What the ERP last told us, and when. A snapshot goes live whole or not at all.

create table app.feeds (
  name          text primary key check (name in ('stock', 'credit')),
  snapshot_id   bigint,
  as_of         timestamptz,
  row_count     integer,
  last_tried_at timestamptz,
  last_error    text
);
comment on table app.feeds is 'The last good snapshot of each feed, and what the latest try said.';
insert into app.feeds (name) values ('stock'), ('credit');

create table app.feed_runs (
  id       bigint generated always as identity primary key,
  feed     text not null references app.feeds,
  at       timestamptz not null default now(),
  accepted boolean not null,
  snapshot text,
  as_of    timestamptz,
  rows     integer,
  reason   text
);
comment on table app.feed_runs is 'Every pull, taken or refused; a refused one says why.';
create index on app.feed_runs (feed, id desc);

create table app.stock_levels (
  product_id bigint not null references app.products on delete cascade,
  warehouse  text not null check (warehouse ~ '^[A-Z]{2,5}$'),
  quantity   integer not null check (quantity >= 0),
  primary key (product_id, warehouse)
);
comment on table app.stock_levels is 'ERP stock per warehouse in the live snapshot. For staff.';

create table app.product_stock (
  product_id bigint primary key references app.products on delete cascade,
  quantity   integer not null default 0 check (quantity >= 0),
  buffer     integer not null default 0 check (buffer >= 0),
  held       integer not null default 0 check (held >= 0),
  figure_as_of timestamptz,
  display    integer generated always as (greatest(quantity - buffer, 0)) stored,
  badge      text generated always as (
    case when quantity - buffer > 10 then 'HIGH' when quantity - buffer >= 1 then 'LOW' else 'ZERO' end) stored
);
comment on table app.product_stock is
  'Display stock is ERP stock less the safety buffer; `held` is what orders unknown to the snapshot already took.';
comment on column app.product_stock.figure_as_of is 'When the figure was the ERP''s, where that is longer ago than the live snapshot: its row there could not be used.';

create table app.partner_credit (
  partner_id  uuid primary key references app.partners on delete cascade,
  outstanding bigint,
  figure_as_of timestamptz
);
comment on table app.partner_credit is
  'What the ERP says a store owes; below zero it has paid more than it owed. The row is also the lock under which one store spends its room.';
comment on column app.partner_credit.figure_as_of is 'When the figure was the ERP''s, where that is longer ago than the live snapshot: its row there could not be used.';

-- Every store has its lock row from birth; null means the ERP never spoke of it.
create function private.open_credit() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.partner_credit (partner_id) values (new.id);
  return null;
end $$;
create trigger open_credit after insert on app.partners for each row execute function private.open_credit();

create function private.open_stock() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.product_stock (product_id) values (new.id);
  return null;
end $$;
create trigger open_stock after insert on app.products for each row execute function private.open_stock();

alter table app.feeds enable row level security;
alter table app.feed_runs enable row level security;
alter table app.stock_levels enable row level security;
alter table app.product_stock enable row level security;
alter table app.partner_credit enable row level security;

create policy live_session on app.feeds as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.feed_runs as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.stock_levels as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.product_stock as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.partner_credit as restrictive to authenticated using ((select private.live_session()) is not null);

create policy staff_reads on app.feeds for select to authenticated using ((select private.viewer_is_staff()));
create policy staff_reads on app.feed_runs for select to authenticated using ((select private.viewer_is_staff()));
create policy staff_reads on app.stock_levels for select to authenticated using ((select private.viewer_is_staff()));
create policy person_reads on app.product_stock for select to authenticated using (true);
create policy partner_reads on app.partner_credit for select to authenticated
  using (partner_id = (select private.viewer_partner()));
create policy staff_reads on app.partner_credit for select to authenticated
  using ((select private.viewer_is_staff()));

-- The badge and nothing else: how many there are is not a browser's to know.
grant select (product_id, badge) on app.product_stock to authenticated;
grant select on app.feeds, app.feed_runs, app.stock_levels, app.partner_credit to authenticated;

-- The ERP breaker as everyone sees it. One row, changed only by jobs.record_circuit.
create table app.erp_circuit (
  name       text primary key default 'erp' check (name = 'erp'),
  state      text not null default 'CLOSED' check (state in ('CLOSED', 'OPEN', 'HALF_OPEN')),
  since      timestamptz not null default now(),
  failures   integer not null default 0,
  last_error text,
  last_ok_at timestamptz
);
comment on table app.erp_circuit is 'Is the ERP reachable? Anything but CLOSED is degraded mode.';
insert into app.erp_circuit default values;
create table app.erp_circuit_events (
  id    bigint generated always as identity primary key,
  at    timestamptz not null default clock_timestamp(),
  state text not null,
  error text
);
comment on table app.erp_circuit_events is 'History of the breaker.';

alter table app.erp_circuit enable row level security;
alter table app.erp_circuit_events enable row level security;
create policy live_session on app.erp_circuit as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.erp_circuit_events as restrictive to authenticated using ((select private.live_session()) is not null);
create policy staff_reads on app.erp_circuit for select to authenticated using ((select private.viewer_is_staff()));
create policy staff_reads on app.erp_circuit_events for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.erp_circuit, app.erp_circuit_events to authenticated;

-- Degraded: the breaker is not closed, nobody has heard the ERP for two minutes (the
-- worker, who listens every five seconds, may be dead), or an admin says so.
create function private.is_degraded() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select state <> 'CLOSED' or coalesce(last_ok_at < now() - interval '2 minutes', false) from app.erp_circuit) or private.setting('erp.force_degraded') = 'true'::jsonb;
end $$;
