-- Orders and what hangs on them: lines, history, invoice, points, the owner's
-- alert and the push to the ERP. Nobody inserts or updates here; the commands do.

create sequence app.order_numbers;

create table app.orders (
  id                bigint generated always as identity primary key,
  number            text not null unique check (number ~ '^ORD-[0-9]{4}-[0-9]{6,9}$'),
  partner_id        uuid not null references app.partners on delete restrict,
  placed_by         uuid not null references app.accounts on delete restrict,
  placed_by_name    text not null,
  acting_session_id uuid,
  source            text not null default 'WEB' check (source in ('WEB', 'MANUAL_NOTE')),
  status            text not null default 'SUBMITTED' check (status in
    ('SUBMITTED', 'PROCESSING', 'APPROVED', 'SHIPPED', 'COMPLETED', 'REJECTED', 'CANCELLED')),
  sync_status       text not null default 'PENDING_SYNC' check (sync_status in ('PENDING_SYNC', 'SYNCED', 'FAILED')),
  sync_error        text,
  synced_at         timestamptz,
  erp_document      text unique,
  credit_light      text not null check (credit_light in ('GREEN', 'AMBER')),
  credit_inputs     jsonb not null,
  degraded          boolean not null default false,
  stock_snapshot_id bigint,
  tier              text not null,
  market_total      bigint not null check (market_total > 0),
  total             bigint not null check (total > 0),
  points            bigint not null default 0 check (points >= 0),
  note              text not null default '' check (length(note) <= 500),
  routed_to         bigint references app.sub_distributors,
  routed_at         timestamptz,
  checkout_key      uuid not null,
  cart_digest       text not null,
  created_at        timestamptz not null default now(),
  unique (id, partner_id),
  unique (partner_id, placed_by, checkout_key),
  -- The acting session must be of this very salesman for this very store.
  foreign key (acting_session_id, placed_by, partner_id) references app.acting_sessions (id, salesman_id, partner_id),
  check ((sync_status = 'SYNCED') = (synced_at is not null))
);
comment on table app.orders is 'What a store asked for, with the inputs of every decision that was taken.';
create index on app.orders (partner_id, id desc);
create index on app.orders (placed_by, id desc) where acting_session_id is not null;
create index on app.orders (status, id desc);
create index on app.orders (id desc) where acting_session_id is not null;
create index orders_sync_id on app.orders (sync_status, id desc) where sync_status <> 'SYNCED';
create index orders_open_by_partner on app.orders (partner_id) where status in ('SUBMITTED', 'PROCESSING');
create index orders_synced_at on app.orders (synced_at);
create index on app.orders (created_at);

create table app.order_lines (
  order_id     bigint not null,
  line_no      smallint not null check (line_no between 1 and 200),
  partner_id   uuid not null,
  product_id   bigint not null references app.products on delete restrict,
  sku          text not null,
  name         text not null,
  quantity     integer not null check (quantity between 1 and 9999),
  preorder     integer not null default 0 check (preorder between 0 and quantity),
  unit_price   bigint not null check (unit_price > 0),
  market_price bigint not null check (market_price > 0),
  primary key (order_id, line_no),
  foreign key (order_id, partner_id) references app.orders (id, partner_id) on delete cascade
);
comment on table app.order_lines is 'Article, quantity and the prices as they were. `preorder` pieces wait for stock.';
create index on app.order_lines (product_id, order_id);

create table app.order_events (
  id       bigint generated always as identity primary key,
  order_id bigint not null references app.orders on delete cascade,
  at       timestamptz not null default clock_timestamp(),
  kind     text not null check (kind ~ '^[A-Z_]{3,40}$'),
  actor    text not null,
  detail   jsonb not null default '{}'
);
comment on table app.order_events is 'The history that its readers see on the order page.';
create index on app.order_events (order_id, id);

create sequence app.invoice_numbers;
create table app.invoices (
  id         bigint generated always as identity primary key,
  number     text not null unique,
  order_id   bigint not null unique,
  partner_id uuid not null,
  amount     bigint not null check (amount > 0),
  paid       bigint not null default 0 check (paid between 0 and amount),
  status     text not null default 'UNPAID' check (status in ('UNPAID', 'PARTIAL', 'PAID', 'CANCELLED')),
  issued_at  timestamptz not null default now(),
  due_on     date not null,
  foreign key (order_id, partner_id) references app.orders (id, partner_id)
);
comment on table app.invoices is 'Made when an order is approved, due by tier.';
create index invoices_unpaid on app.invoices (partner_id) where status in ('UNPAID', 'PARTIAL');
create index on app.invoices (partner_id, id desc);

create table app.points_ledger (
  id         bigint generated always as identity primary key,
  partner_id uuid not null references app.partners on delete restrict,
  order_id   bigint references app.orders,
  kind       text not null check (kind in ('EARNED', 'REDEEMED')),
  points     bigint not null check (points <> 0 and (points > 0) = (kind = 'EARNED')),
  at         timestamptz not null default now()
);
comment on table app.points_ledger is 'Points, in and out. A balance is the sum; rows are never changed.';
create index on app.points_ledger (partner_id);
create unique index points_earned_once on app.points_ledger (order_id) where kind = 'EARNED';

create table app.shadow_alerts (
  order_id        bigint primary key references app.orders on delete restrict,
  recipient       text not null,
  state           text not null default 'PENDING' check (state in ('PENDING', 'SENT', 'FAILED')),
  attempts        integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_error      text,
  provider_id     text,
  created_at      timestamptz not null default now(),
  sent_at         timestamptz,
  check ((state = 'SENT') = (sent_at is not null))
);
comment on table app.shadow_alerts is 'The mail that tells the owner of an order placed in his name. The record; a job only wakes the sender.';
create index shadow_alerts_due on app.shadow_alerts (next_attempt_at) where state = 'PENDING';
create index on app.shadow_alerts (state, order_id desc);

create table app.erp_pushes (
  order_id        bigint primary key references app.orders on delete restrict,
  attempts        integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_error      text,
  done_at         timestamptz
);
comment on table app.erp_pushes is 'An order on its way to the ERP. Apart from the order, so that a retry never touches what people read.';
create index erp_pushes_due on app.erp_pushes (next_attempt_at) where done_at is null;

-- An order placed in Shadow Mode cannot be committed without its alert, whatever
-- code path wrote it; and only the store itself orders without an acting session.
create function private.require_alert() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.acting_session_id is null then
    if new.source = 'WEB' and not exists (
      select from app.partners p where p.id = new.partner_id and p.account_id = new.placed_by) then
      raise exception 'order % was placed by a stranger without an acting session', new.number using errcode = '23514';
    end if;
  elsif not exists (select from app.shadow_alerts a where a.order_id = new.id) then
    raise exception 'shadow order % has no alert for the owner', new.number using errcode = '23514';
  end if;
  return null;
end $$;
create constraint trigger shadow_order_needs_alert after insert or update of acting_session_id, placed_by on app.orders
  deferrable initially deferred for each row execute function private.require_alert();

alter table app.orders enable row level security;
alter table app.order_lines enable row level security;
alter table app.order_events enable row level security;
alter table app.invoices enable row level security;
alter table app.points_ledger enable row level security;
alter table app.shadow_alerts enable row level security;
alter table app.erp_pushes enable row level security;
create policy live_session on app.orders as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.order_lines as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.order_events as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.invoices as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.points_ledger as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.shadow_alerts as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.erp_pushes as restrictive to authenticated using ((select private.live_session()) is not null);

create policy partner_reads on app.orders for select to authenticated
  using (partner_id = (select private.viewer_partner()));
-- What he placed himself, for stores that are still his.
create policy salesman_reads on app.orders for select to authenticated
  using (placed_by = (select private.viewer_id())
     and partner_id = any (array(select g.partner_id from app.assignments g where g.salesman_id = (select private.viewer_id()))));
create policy staff_reads on app.orders for select to authenticated
  using ((select private.viewer_is_staff()));

-- Whoever sees the order sees its parts.
create policy order_reader_reads on app.order_lines for select to authenticated
  using (exists (select from app.orders o where o.id = order_id));
create policy order_reader_reads on app.order_events for select to authenticated
  using (exists (select from app.orders o where o.id = order_id));
create policy partner_reads on app.invoices for select to authenticated
  using (partner_id = (select private.viewer_partner()));
create policy staff_reads on app.invoices for select to authenticated using ((select private.viewer_is_staff()));
create policy partner_reads on app.points_ledger for select to authenticated
  using (partner_id = (select private.viewer_partner()));
create policy staff_reads on app.points_ledger for select to authenticated using ((select private.viewer_is_staff()));
create policy staff_reads on app.shadow_alerts for select to authenticated using ((select private.viewer_is_staff()));
create policy staff_reads on app.erp_pushes for select to authenticated using ((select private.viewer_is_staff()));

-- Not granted on orders: checkout_key and cart_digest, which only the command compares.
grant select (id, number, partner_id, placed_by, placed_by_name, acting_session_id, source, status, sync_status, sync_error,
  synced_at, erp_document, credit_light, credit_inputs, degraded, stock_snapshot_id, tier, market_total, total, points,
  note, routed_to, routed_at, created_at) on app.orders to authenticated;
grant select on app.order_lines, app.order_events, app.invoices, app.points_ledger, app.shadow_alerts, app.erp_pushes
  to authenticated;
