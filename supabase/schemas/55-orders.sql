-- Orders and what hangs on them: lines, history, invoice, points, holds. A store reads its own, a salesman what he
-- placed for stores that are his, staff all of it. Nobody inserts or updates here; the commands do.
--
-- Checkout is one function, one transaction, idempotent (app.place_order). Locks, always in this order: the store's
-- credit row (so two checkouts never spend the same room), the acting session, the cart, then stock rows by product id
-- (so two never take the same piece, and no two wait for each other). Later on: the order, its push, stock rows by
-- product id.
--
-- Several paths change an order: the order desk, credit approvals, disputes, reconciliation, the worker. What has to be
-- true whichever path it was stands on the table, as triggers.

create sequence app.order_numbers;

-- It remembers which snapshots it leaned on, and each line how much was left when it was taken: afterwards the desk
-- compares that with what the ERP says.
create table app.orders (
  id                 bigint generated always as identity primary key,
  number             text not null unique check (number ~ '^ORD-[0-9]{4}-[0-9]{6,9}$'),
  partner_id         uuid not null references app.partners on delete restrict,
  placed_by          uuid not null references app.accounts on delete restrict,
  placed_by_name     text not null,
  acting_session_id  uuid,
  source             text not null default 'WEB' check (source in ('WEB', 'MANUAL_NOTE')),
  status             text not null default 'SUBMITTED' check (status in
    ('SUBMITTED', 'PROCESSING', 'APPROVED', 'SHIPPED', 'COMPLETED', 'REJECTED', 'CANCELLED')),
  sync_status        text not null default 'PENDING_SYNC' check (sync_status in ('PENDING_SYNC', 'SYNCED', 'FAILED')),
  sync_error         text,
  synced_at          timestamptz,
  erp_document       text unique,
  credit_light       text not null check (credit_light in ('GREEN', 'AMBER')),
  credit_inputs      jsonb not null,
  degraded           boolean not null default false,
  stock_snapshot_id  bigint,
  tier               text not null,
  market_total       bigint not null check (market_total > 0),
  total              bigint not null check (total > 0),
  points             bigint not null default 0 check (points >= 0),
  note               text not null default '' check (length(note) <= 500),
  routed_to          bigint references app.sub_distributors,
  routed_at          timestamptz,
  held               boolean not null default false,
  credit_snapshot_id bigint,
  -- The form said so: the same key with something else is another form.
  preorder_agreed    boolean not null default false,
  checkout_key       uuid not null,
  cart_digest        text not null,
  created_at         timestamptz not null default now(),
  unique (id, partner_id),
  unique (partner_id, placed_by, checkout_key),
  -- The acting session must be of this very salesman for this very store.
  foreign key (acting_session_id, placed_by, partner_id) references app.acting_sessions (id, salesman_id, partner_id),
  check ((sync_status = 'SYNCED') = (synced_at is not null))
);
comment on table app.orders is 'What a store asked for, with the inputs of every decision that was taken.';
comment on column app.orders.preorder_agreed is 'The buyer agreed to wait for what was short.';
create index on app.orders (partner_id, id desc);
create index on app.orders (placed_by, id desc) where acting_session_id is not null;
create index on app.orders (status, id desc);
create index on app.orders (id desc) where acting_session_id is not null;
create index orders_sync_id on app.orders (sync_status, id desc) where sync_status <> 'SYNCED';
create index orders_open_by_partner on app.orders (partner_id) where status in ('SUBMITTED', 'PROCESSING');
create index orders_synced_at on app.orders (synced_at);
create index on app.orders (created_at);
create index orders_held on app.orders (id desc) where held;
create index orders_shadow_by_month on app.orders (partner_id, created_at) include (total, status)
  where acting_session_id is not null;
-- A decision moves the order on, so what waits is told by its light and status alone.
create index orders_awaiting_approval on app.orders (id)
  where credit_light = 'AMBER' and status in ('SUBMITTED', 'PROCESSING');
create index orders_awaiting_by_reason on app.orders ((credit_inputs ->> 'reason'), id)
  where credit_light = 'AMBER' and status in ('SUBMITTED', 'PROCESSING');
-- A document is one order's alone, however its number is written.
create unique index orders_document on app.orders (upper(erp_document)) where erp_document is not null;

alter table app.orders enable row level security;
create policy live_session on app.orders as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy partner_reads on app.orders for select to authenticated
  using (partner_id = (select private.viewer_partner()));
-- What he placed himself, for stores that are still his.
create policy salesman_reads on app.orders for select to authenticated
  using (placed_by = (select private.viewer_id())
     and partner_id = any (array(
       select g.partner_id from app.assignments g where g.salesman_id = (select private.viewer_id()))));
create policy staff_reads on app.orders for select to authenticated
  using ((select private.viewer_is_staff()));
-- Not granted: checkout_key, cart_digest and preorder_agreed, which only the command compares, and sync_error, which
-- the office reads at the push, where only staff see it.
grant select (id, number, partner_id, placed_by, placed_by_name, acting_session_id, source, status, sync_status,
  synced_at, erp_document, credit_light, credit_inputs, degraded, stock_snapshot_id, tier, market_total, total, points,
  note, routed_to, routed_at, created_at, held, credit_snapshot_id) on app.orders to authenticated;

create trigger _030_not_deleted before delete on app.orders for each statement execute function private.keep();
alter table app.orders enable always trigger _030_not_deleted;
create trigger _040_not_truncated before truncate on app.orders for each statement execute function private.keep();
alter table app.orders enable always trigger _040_not_truncated;

-- An AMBER order becomes APPROVED or REJECTED only where that decision stands already, whoever moves it: what writes it
-- has looked.
create function private.demand_credit_decision() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from app.credit_approvals c where c.order_id = new.id and c.outcome = new.status) then
    perform private.refuse('CREDIT_FIRST', facts => jsonb_build_object('number', new.number));
  end if;
  return new;
end $$;
create trigger _100_credit_decided before update of status on app.orders
  for each row when (old.credit_light = 'AMBER' and old.status in ('SUBMITTED', 'PROCESSING')
    and new.status in ('APPROVED', 'REJECTED'))
  execute function private.demand_credit_decision();

-- Nothing leaves the house before the desk has decided about it.
create function private.desk_first() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from app.reconcile_results
              where order_id = new.id and resolved_at is null and result <> 'CONFIRMED') then
    perform private.refuse('STALE', 'the reconciliation desk has not decided',
      facts => jsonb_build_object('status', old.status, 'desk', true));
  end if;
  return new;
end $$;
create trigger _110_desk_first before update of status on app.orders
  for each row when (new.status = 'SHIPPED' and old.status is distinct from new.status)
  execute function private.desk_first();

-- A held order is refused or cancelled, and otherwise stays: whichever path moves it.
create function private.keep_held() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.status not in ('REJECTED', 'CANCELLED') then
    perform private.refuse('STALE', 'the order is held',
      facts => jsonb_build_object('status', old.status, 'held', true));
  end if;
  return new;
end $$;
create trigger _120_held_stays before update of status on app.orders
  for each row when (old.held and new.status is distinct from old.status)
  execute function private.keep_held();

-- What is placed in Shadow Mode is placed within the owner's consent; so is what grows, goes to another store, or
-- becomes such an order afterwards.
create trigger _130_shadow_consent before insert on app.orders
  for each row when (new.acting_session_id is not null)
  execute function private.keep_shadow_consent();
create trigger _140_shadow_consent_kept before update of total, partner_id, acting_session_id on app.orders
  for each row when (new.acting_session_id is not null
    and (new.total > old.total or new.partner_id <> old.partner_id or old.acting_session_id is null))
  execute function private.keep_shadow_consent();

-- Of an order that ends its document is stopped there, and no more corrected.
create function private.end_correction() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update app.tasks set done_at = now(), done_by = 'SYSTEM', note = 'order berakhir, dokumennya dihentikan di ERP'
   where dedup_key = 'correct-in-erp/' || new.number and done_at is null;
  return null;
end $$;
create trigger _150_ended_correction after update of status on app.orders
  for each row when (new.status in ('REJECTED', 'CANCELLED') and old.status is distinct from new.status)
  execute function private.end_correction();

-- What ends before it got to the ERP never gets there, whoever ends it; what may have got there, by us or by hand, is
-- looked up, and what is there has to be stopped there. Who is keying it in this moment has his half hour: it is looked
-- up at once, and not called absent before that.
create function private.end_sync() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.erp_pushes; v_keying boolean;
begin
  select * into v from app.erp_pushes where order_id = new.id for update;
  if not found then return null; end if;
  v_keying := coalesce(v.keyed_ticket = v.ticket and v.lease_until > now(), false);
  if new.sync_status = 'SYNCED' then
    perform private.stop_in_erp(new.id, array[new.erp_document]);
  elsif v.done_at is null and v.posted_at is null and v.keyed_at is null then
    update app.erp_pushes set done_at = now(), ticket = ticket + 1, lease_until = null,
           last_error = 'dibatalkan sebelum dikirim ke ERP'
     where order_id = new.id;
    update app.orders set sync_status = 'FAILED', sync_error = 'dibatalkan sebelum dikirim ke ERP' where id = new.id;
  elsif v.done_at is null or new.sync_status = 'FAILED' then
    update app.erp_pushes set look_up_only = true, done_at = null, next_attempt_at = now(),
           lease_until = case when not v_keying then lease_until end,
           unsure_until = case when v_keying then greatest(unsure_until, lease_until) else unsure_until end
     where order_id = new.id;
  end if;
  update app.reconcile_results set resolution = 'CANCEL', resolved_at = now(),
         resolved_by = coalesce((select code from app.accounts where id = private.viewer_id()), 'SYSTEM')
   where order_id = new.id and resolved_at is null and result <> 'CONFIRMED';
  return null;
end $$;
create trigger _160_ended_sync after update of status on app.orders
  for each row when (new.status in ('REJECTED', 'CANCELLED') and old.status is distinct from new.status)
  execute function private.end_sync();

-- A push that was on its way when the order was held: the ERP has it, and somebody has to stop it there.
create function private.stop_in_erp() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.open_task('STOP_ORDER_IN_ERP', 'stop-in-erp/' || new.number, new.number, new.id, null,
    interval '1 hour', jsonb_build_object('document', new.erp_document));
  return null;
end $$;
create trigger _170_held_order_synced after update of sync_status on app.orders
  for each row when (new.held and new.sync_status = 'SYNCED' and old.sync_status <> 'SYNCED')
  execute function private.stop_in_erp();

-- What follows an approval, whichever path approved: the invoice, due by tier.
create function private.invoice_approved() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.invoices (number, order_id, partner_id, amount, due_on)
    select 'INV-' || to_char(now() at time zone 'Asia/Jakarta', 'YYYY') || '-'
             || lpad(n::text, greatest(6, length(n::text)), '0'),
           new.id, new.partner_id, new.total,
           (now() at time zone 'Asia/Jakarta')::date
             + case new.tier when 'GOLD' then 14 when 'PLATINUM' then 30 else 0 end
      from nextval('app.invoice_numbers') as n
    on conflict (order_id) do nothing;
  return null;
end $$;
create trigger _180_invoice_approved after update of status on app.orders
  for each row when (new.status = 'APPROVED' and old.status is distinct from 'APPROVED')
  execute function private.invoice_approved();

-- An order that comes in beside the suspension: a salesman's, which was under way, or the office's. It waits for the
-- outcome here, or is waited for.
create function private.hold_order_of_suspended() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_status text;
begin
  select a.status into v_status
    from app.partners p
    join app.accounts a on a.id = p.account_id
   where p.id = new.partner_id for share of a;
  if v_status = 'SUSPENDED' then perform private.hold_order(new.id, 'STORE_SUSPENDED', 'SYSTEM'); end if;
  return null;
end $$;
create trigger _190_store_suspended after insert on app.orders
  for each row execute function private.hold_order_of_suspended();

-- «Mohon tunggu konfirmasi WA» is what people read while the ERP is away. So each order that is taken then is
-- somebody's duty, in four hours.
create function private.store_to_tell() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.open_task('TELL_STORE', 'tell-store/' || new.number,
    (select code from app.partners where id = new.partner_id), new.id, null, interval '4 hours');
  return null;
end $$;
create trigger _200_store_to_tell after insert on app.orders
  for each row when (new.degraded) execute function private.store_to_tell();

-- Where a shadow order came from, whatever code path wrote it. What was bought and where the address lies is added by
-- inspection. The browser is that of the login: a cookie is its holder's to drop. What the request itself said stands
-- beside it.
create function private.trace_shadow_order() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.shadow_traces (order_id, salesman_id, partner_id, at, assigned, ip, user_agent, device, sent_device)
    values (new.id, new.placed_by, new.partner_id, new.created_at,
            exists (select from app.assignments g
                     where g.salesman_id = new.placed_by and g.partner_id = new.partner_id),
            left(private.request('ip'), 60), left(private.request('ua'), 200),
            coalesce((select d.device from private.login_devices d
                       where d.session_id = (private.claim('session_id'))::uuid and d.account_id = new.placed_by),
                     left(private.request('device'), 60)),
            left(private.request('device'), 60));
  perform private.enqueue('order.shadow-placed.inspect', jsonb_build_object('orderId', new.id));
  return null;
end $$;
create trigger _210_trace_shadow_order after insert on app.orders
  for each row when (new.acting_session_id is not null)
  execute function private.trace_shadow_order();

-- No order comes or moves without a row of the audit trail in the same transaction.
create constraint trigger _220_order_needs_audit after insert or update of status, total, partner_id,
  placed_by on app.orders
  deferrable initially deferred for each row execute function private.require_audit('order', 'number');

-- A store's own order is confirmed to it. What a salesman placed in its name is told by the alert.
create function private.order_confirmed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.notify_owner(new.partner_id, 'ORDER_RECEIVED', 'order/' || new.number || '/RECEIVED',
    jsonb_build_object(
      'store', (select name from app.partners where id = new.partner_id),
      'order', new.number, 'total', new.total, 'light', new.credit_light,
      'degraded', case when new.degraded then 'yes' else 'no' end,
      'placedAt', to_char(new.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      'lines', (
        select coalesce(jsonb_agg(jsonb_build_object('name', l.name, 'quantity', l.quantity, 'preorder', l.preorder,
                                                     'price', l.unit_price)
                                  order by l.line_no), '[]')
          from app.order_lines l where l.order_id = new.id),
      'path', '/orders/' || new.number), new.id);
  return null;
end $$;
create constraint trigger _230_owner_confirmed after insert on app.orders
  deferrable initially deferred for each row when (new.acting_session_id is null)
  execute function private.order_confirmed();

-- What becomes of an order is told to its store: by a letter for each thing that happened, and by WhatsApp where the
-- page promised that. The letters are written here, where the order changes, at the commit, whatever path changed it.
create function private.owner_told() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.status <> old.status and new.status in ('APPROVED', 'REJECTED', 'SHIPPED', 'CANCELLED') then
    perform private.tell_order(new.id, new.status, old.total);
  end if;
  if new.held <> old.held then
    perform private.tell_order(new.id, case when new.held then 'HELD' else 'RELEASED' end, old.total);
  end if;
  if new.total <> old.total then perform private.tell_order(new.id, 'CUT', old.total); end if;
  return null;
end $$;
create constraint trigger _240_owner_told after update of status, held, total on app.orders
  deferrable initially deferred for each row
  when (new.status <> old.status or new.held <> old.held or new.total <> old.total)
  execute function private.owner_told();

-- An order placed in Shadow Mode cannot be committed without its alert, the e-mail, whatever code path wrote it; and
-- only the store itself orders without an acting session.
create function private.require_alert() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.acting_session_id is null then
    if new.source = 'WEB' and not exists (
      select from app.partners p where p.id = new.partner_id and p.account_id = new.placed_by) then
      raise exception 'order % was placed by a stranger without an acting session', new.number using errcode = '23514';
    end if;
  elsif not exists (select from app.shadow_alerts a where a.order_id = new.id and a.channel = 'EMAIL') then
    raise exception 'shadow order % has no alert for the owner', new.number using errcode = '23514';
  end if;
  return null;
end $$;
create constraint trigger _250_shadow_order_needs_alert after insert or update of acting_session_id,
  placed_by on app.orders
  deferrable initially deferred for each row execute function private.require_alert();

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
  available    integer check (available >= 0),
  primary key (order_id, line_no),
  foreign key (order_id, partner_id) references app.orders (id, partner_id) on delete cascade
);
comment on table app.order_lines is 'Article, quantity and the prices as they were. `preorder` pieces wait for stock.';
comment on column app.order_lines.available is
  'Pieces that could be had when the order was placed: display stock less what was held.';
create index on app.order_lines (product_id, order_id);

alter table app.order_lines enable row level security;
create policy live_session on app.order_lines as restrictive to authenticated
  using ((select private.live_session()) is not null);
-- Whoever sees the order sees its parts.
create policy order_reader_reads on app.order_lines for select to authenticated
  using (exists (select from app.orders o where o.id = order_id));
grant select on app.order_lines to authenticated;

-- A line leaves its order when the reconciliation desk cuts it.
create trigger _030_not_deleted before delete on app.order_lines for each statement
  execute function private.keep('private.give_up_missing');
alter table app.order_lines enable always trigger _030_not_deleted;
create trigger _040_not_truncated before truncate on app.order_lines for each statement execute function private.keep();
alter table app.order_lines enable always trigger _040_not_truncated;

create table app.order_events (
  id       bigint generated always as identity primary key,
  order_id bigint not null references app.orders on delete cascade,
  at       timestamptz not null default clock_timestamp(),
  kind     text not null check (kind ~ '^[A-Z_]{3,40}$'),
  actor    text not null,
  detail   jsonb not null default '{}'
);
comment on table app.order_events is
  'The history of an order as its store may read it. What only the office reads of it: order_event_notes.';
create index on app.order_events (order_id, id);

alter table app.order_events enable row level security;
create policy live_session on app.order_events as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy order_reader_reads on app.order_events for select to authenticated
  using (exists (select from app.orders o where o.id = order_id));
-- The owner and the office read why. The salesman sees that his order is held, and not who said what about it.
create policy not_for_salesmen on app.order_events as restrictive for select to authenticated
  using (kind not in ('OWNER_DISPUTED', 'DISPUTE_RESOLVED') or (select private.viewer_role()) <> 'SALESMAN');
grant select on app.order_events to authenticated;

-- The keys of an event's detail that its store may read. What is not named here is the office's.
create function private.told_to_store(p_kind text, p_detail jsonb) returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case
    when p_kind = 'PLACED' then array['shadow', 'light']
    when p_kind = 'SYNCED' then array['document']
    when p_kind = 'RECONCILED' then array['resolution', 'lines', 'total']
    -- The owner's own words, and what he was written about them. Salesmen do not read these events at all.
    when p_kind = 'OWNER_DISPUTED' then array['via', 'note']
    when p_kind = 'DISPUTE_RESOLVED' then array['outcome', 'note']
    when p_kind in ('APPROVED', 'REJECTED') and p_detail -> 'forStore' = 'true' then array['note', 'forStore']
    else '{}' end
$$;

create trigger _030_not_deleted before delete on app.order_events for each statement execute function private.keep();
alter table app.order_events enable always trigger _030_not_deleted;
create trigger _040_not_truncated before truncate on app.order_events for each statement
  execute function private.keep();
alter table app.order_events enable always trigger _040_not_truncated;

-- Takes the office's words out of an event before it is written, whoever writes it, and lays them in order_event_notes.
create function private.keep_office_words() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_told text[] := private.told_to_store(new.kind, new.detail); v_office jsonb := new.detail - v_told;
begin
  if v_office = '{}' then return new; end if;
  insert into app.order_event_notes as n (event_id, detail) values (new.id, v_office)
    on conflict (event_id) do update set detail = n.detail || excluded.detail;
  new.detail := new.detail - array(select jsonb_object_keys(v_office));
  return new;
end $$;
create trigger _100_office_words before insert or update of kind, detail on app.order_events
  for each row when (new.detail <> '{}') execute function private.keep_office_words();

-- What the office and the ERP say about an order is not for its store, nor for the salesman who placed it. Pages that
-- do not show it are not enough: whoever reads an order by its data reads the row. So the words lie in a table that
-- only staff read, whoever writes them.
create table app.order_event_notes (
  -- Written before its event is, by the trigger office_words; whether it is there is asked at the end.
  event_id bigint primary key references app.order_events on delete cascade deferrable initially deferred,
  detail   jsonb not null check (detail <> '{}')
);
comment on table app.order_event_notes is
  'The part of an order''s history that only the office reads: its notes, and what the ERP said.';

alter table app.order_event_notes enable row level security;
create policy live_session on app.order_event_notes as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy staff_reads on app.order_event_notes for select to authenticated
  using ((select private.viewer_is_staff()));
grant select on app.order_event_notes to authenticated;

create trigger _030_not_deleted before delete on app.order_event_notes for each statement
  execute function private.keep();
create trigger _040_not_truncated before truncate on app.order_event_notes for each statement
  execute function private.keep();
alter table app.order_event_notes enable always trigger _030_not_deleted;
alter table app.order_event_notes enable always trigger _040_not_truncated;

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

alter table app.invoices enable row level security;
create policy live_session on app.invoices as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy partner_reads on app.invoices for select to authenticated
  using (partner_id = (select private.viewer_partner()));
create policy staff_reads on app.invoices for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.invoices to authenticated;

create trigger _030_not_deleted before delete on app.invoices for each statement execute function private.keep();
create trigger _040_not_truncated before truncate on app.invoices for each statement execute function private.keep();
alter table app.invoices enable always trigger _030_not_deleted;
alter table app.invoices enable always trigger _040_not_truncated;

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

alter table app.points_ledger enable row level security;
create policy live_session on app.points_ledger as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy partner_reads on app.points_ledger for select to authenticated
  using (partner_id = (select private.viewer_partner()));
create policy staff_reads on app.points_ledger for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.points_ledger to authenticated;

create trigger _030_not_deleted before delete on app.points_ledger for each statement execute function private.keep();
create trigger _040_not_truncated before truncate on app.points_ledger for each statement
  execute function private.keep();
alter table app.points_ledger enable always trigger _030_not_deleted;
alter table app.points_ledger enable always trigger _040_not_truncated;

create table app.order_holds (
  id          bigint generated always as identity primary key,
  order_id    bigint not null references app.orders on delete restrict,
  reason      text not null check (reason in ('DISPUTED', 'AGENT_SUSPENDED', 'STORE_SUSPENDED')),
  placed_at   timestamptz not null default now(),
  placed_by   text not null,
  released_at timestamptz,
  released_by text,
  note        text check (length(note) <= 500),
  check ((released_at is null) = (released_by is null))
);
comment on table app.order_holds is 'Why an order does not go on. It goes on when every hold is released.';
create unique index order_holds_one_open on app.order_holds (order_id, reason) where released_at is null;
create index on app.order_holds (order_id);

alter table app.order_holds enable row level security;
create policy live_session on app.order_holds as restrictive to authenticated
  using ((select private.live_session()) is not null);
-- That an order is held is a column of the order; who said why is the office's.
create policy staff_reads on app.order_holds for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.order_holds to authenticated;

create trigger _030_not_deleted before delete on app.order_holds for each statement execute function private.keep();
create trigger _040_not_truncated before truncate on app.order_holds for each statement execute function private.keep();
alter table app.order_holds enable always trigger _030_not_deleted;
alter table app.order_holds enable always trigger _040_not_truncated;

-- Checkout: a cart becomes an order.

create function private.next_order_number() returns text
language sql volatile set search_path = pg_catalog, pg_temp as $$
  select 'ORD-' || to_char(now() at time zone 'Asia/Jakarta', 'YYYY') || '-'
           || lpad(n::text, greatest(6, length(n::text)), '0')
    from nextval('app.order_numbers') as n
$$;

-- Points of an order: total x multiplier / rate, multiplied before it is divided and exact, then rounded half up, or
-- down by `loyalty.rounding`. From the least total on. div() is whole and exact; a quotient of numerics has a last
-- digit that is rounded already.
create function private.points_for(p_tier text, p_total bigint) returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when p_total < private.number_setting('order.minimum_threshold') then 0
              when private.setting('loyalty.rounding') = '"down"'::jsonb then div(p_total * s.multiplier, s.rate)
              else div(2 * p_total * s.multiplier + s.rate, 2 * s.rate) end::bigint
    from (select private.number_setting('loyalty.multiplier.' || lower(p_tier)) as multiplier,
                 private.number_setting('loyalty.point_rate') as rate) s
$$;

-- What a key has given already: the answer to the same form sent once more, null for a key that is new. KEY_REUSED when
-- the key was used for other content. p_cart: the cart as price_cart() reads it.
create function private.placed_before(p_partner uuid, p_author uuid, p_key uuid, p_cart jsonb, p_digest text,
  p_note text, p_preorder boolean) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v app.orders; v_differs text[];
begin
  select * into v from app.orders where partner_id = p_partner and placed_by = p_author and checkout_key = p_key;
  if not found then return null; end if;
  v_differs := array_remove(array[
    case when (select s.digest from private.sum_cart(p_cart) s) <> v.cart_digest
           or p_digest <> v.cart_digest then 'cart' end,
    case when coalesce(p_note, '') <> v.note then 'note' end,
    case when coalesce(p_preorder, false) <> v.preorder_agreed then 'preorder' end], null);
  if cardinality(v_differs) > 0 then
    perform private.refuse('KEY_REUSED',
      facts => jsonb_build_object('number', v.number, 'differs', to_jsonb(v_differs)));
  end if;
  return jsonb_build_object('number', v.number, 'light', v.credit_light, 'repeated', true);
end $$;

-- Locks the stock of what is in a cart, then prices it: the cart as price_cart() reads it, null when nothing is in it.
create function private.hold_cart_prices(p_partner uuid, p_author uuid) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform from app.product_stock s
    where s.product_id in (select i.product_id from app.cart_items i where i.partner_id = p_partner
      and i.author_id = p_author)
    order by s.product_id for update;
  return (select jsonb_agg(to_jsonb(c)) from private.price_cart(p_partner, p_author) c);
end $$;

-- Stops what is not what the buyer was shown, or agreed to wait for. p_digest: null if nobody knows what was shown.
create function private.refuse_unagreed(p_sums private.cart_sums, p_digest text, p_preorder boolean) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if p_sums.total is null then perform private.refuse('EMPTY_CART'); end if;
  if p_digest <> p_sums.digest then
    perform private.refuse('STALE', 'prices or cart changed since they were shown',
      facts => jsonb_build_object('total', p_sums.total));
  end if;
  if p_sums.short is not null and p_preorder is not true then
    perform private.refuse('STOCK_SHORT', facts => jsonb_build_object('lines', p_sums.short));
  end if;
end $$;

-- Writes the order, its lines and the pieces it holds, and empties the cart.
create function private.write_order(p_store app.partners, p_author uuid, p_acting uuid, p_cart jsonb,
  p_sums private.cart_sums, p_key uuid, p_note text, p_preorder boolean) returns app.orders
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v app.orders; v_name text; v_credit jsonb := private.credit_decision(p_store.id, p_sums.total);
begin
  select name into v_name from app.accounts where id = p_author;
  insert into app.orders (number, partner_id, placed_by, placed_by_name, acting_session_id, credit_light, credit_inputs,
      degraded, stock_snapshot_id, credit_snapshot_id, tier, market_total, total, points, note, preorder_agreed,
      routed_to, routed_at, checkout_key, cart_digest)
    select private.next_order_number(), p_store.id, p_author, v_name, p_acting, v_credit ->> 'light', v_credit,
           private.is_degraded(), (select snapshot_id from app.feeds where name = 'stock'),
           (select snapshot_id from app.feeds where name = 'credit'), p_store.tier, p_sums.market, p_sums.total,
           private.points_for(p_store.tier, p_sums.total), coalesce(p_note, ''), coalesce(p_preorder, false), d.id,
           case when d.id is not null then now() end, p_key, p_sums.digest
      from (select 1) one
      left join app.sub_distributors d on d.region_code = p_store.region_code and d.active
    returning * into v;
  insert into app.order_lines (order_id, line_no, partner_id, product_id, sku, name, quantity, preorder, available,
    unit_price, market_price)
    select v.id, row_number() over (order by c.name, c.product_id), p_store.id, c.product_id, c.sku, c.name, c.quantity,
           greatest(c.quantity - c.available, 0), c.available, c.unit_price, c.market_price
      from private.cart_rows(p_cart) c;
  update app.product_stock s set held = s.held + l.quantity - l.preorder
    from app.order_lines l where l.order_id = v.id and l.product_id = s.product_id and l.quantity > l.preorder;
  delete from app.cart_items where partner_id = p_store.id and author_id = p_author;
  update app.carts set note = '', preorder = false where partner_id = p_store.id and author_id = p_author;
  return v;
end $$;

-- Tells of a new order whoever has to know: its history, the trail, the ERP, and the owner when a salesman placed it.
create function private.announce_order(p_order app.orders) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_shadow boolean := p_order.acting_session_id is not null;
begin
  insert into app.order_events (order_id, kind, actor, detail)
    values (p_order.id, 'PLACED', p_order.placed_by_name,
      jsonb_build_object('shadow', v_shadow, 'light', p_order.credit_light));
  insert into app.erp_pushes (order_id) values (p_order.id);
  if v_shadow then
    insert into app.shadow_alerts (order_id, recipient)
      select p_order.id, owner_email from app.partner_contacts where partner_id = p_order.partner_id;
    perform private.enqueue('order.shadow-placed.alert', jsonb_build_object('orderId', p_order.id));
  end if;
  perform private.audit('ORDER_PLACED', 'order', p_order.number,
    jsonb_build_object('total', p_order.total, 'light', p_order.credit_light, 'shadow', v_shadow));
  perform private.enqueue('order.placed.push', jsonb_build_object('orderId', p_order.id));
end $$;

-- Places the viewer's cart as an order. p_key: minted with the form; the same key again gives the same order. p_digest:
-- what the buyer was shown, null if unknown. Returns {number, light, repeated}. Errors: 28000, DENIED, EMPTY_CART
-- {number} of the order that just emptied it, if one did, NO_REGION, KEY_REUSED: the key was used for other content
-- {number, differs: [cart, note, preorder]}, WITHDRAWN with detail {lines:[{sku,name,reason}]} (in the cart, but not
-- for sale), STALE (prices or cart changed since shown), STOCK_SHORT with detail {lines:[{sku,name,asked,left}]}.
create function app.place_order(p_key uuid, p_digest text, p_note text, p_preorder boolean) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_author uuid := private.viewer_id();
  v_partner uuid := private.viewer_partner();
  v_acting uuid := private.viewer_acting();
  v_store app.partners; v_done jsonb; v_cart jsonb; v_sums private.cart_sums; v_order app.orders;
begin
  perform private.assert_alive();
  if v_partner is null then perform private.refuse('DENIED', 'only a store orders'); end if;
  if p_key is null then perform private.refuse('CHECKOUT_KEY', field => 'checkout_key'); end if;
  perform from app.partner_credit where partner_id = v_partner for update;
  -- While it waited, the acting session may have ended, or the login: asked again, and held until the order is in.
  perform from app.acting_sessions where id = v_acting for share;
  perform private.assert_alive();
  if private.viewer_partner() is distinct from v_partner or private.viewer_acting() is distinct from v_acting then
    perform private.refuse('DENIED', 'no longer acting for this store');
  end if;
  perform from app.carts where partner_id = v_partner and author_id = v_author for update;

  select jsonb_agg(to_jsonb(c)) into v_cart from private.price_cart(v_partner, v_author) c;
  v_done := private.placed_before(v_partner, v_author, p_key, v_cart, p_digest, p_note, p_preorder);
  if v_done is not null then return v_done; end if;
  perform private.refuse_withdrawn(v_partner, v_author, v_cart);
  if v_cart is null then
    perform private.refuse('EMPTY_CART', facts => coalesce(private.just_ordered(v_partner, v_author) - 'at', '{}'));
  end if;
  select * into v_store from app.partners where id = v_partner;
  if v_store.region_code is null then perform private.refuse('NO_REGION'); end if;

  -- Read once, after the locks: total and lines are of one moment, whatever happens to prices meanwhile.
  v_cart := private.hold_cart_prices(v_partner, v_author);
  perform private.refuse_withdrawn(v_partner, v_author, v_cart);
  select * into v_sums from private.sum_cart(v_cart);
  perform private.refuse_unagreed(v_sums, p_digest, p_preorder);

  v_order := private.write_order(v_store, v_author, v_acting, v_cart, v_sums, p_key, p_note, p_preorder);
  perform private.announce_order(v_order);
  return jsonb_build_object('number', v_order.number, 'light', v_order.credit_light, 'repeated', false);
end $$;
grant execute on function app.place_order to authenticated;

-- Holding an order back, and letting it go on.

-- Stops an order where it stands. True when it is held; what has been shipped or has ended cannot be. An order that the
-- ERP has already becomes a task: somebody has to stop it there.
create function private.hold_order(p_order bigint, p_reason text, p_actor text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders;
begin
  select * into v from app.orders where id = p_order for update;
  if v.status not in ('SUBMITTED', 'PROCESSING', 'APPROVED') then return false; end if;
  insert into app.order_holds (order_id, reason, placed_by) values (p_order, p_reason, p_actor)
    on conflict (order_id, reason) where released_at is null do nothing;
  if not found then return true; end if;
  update app.orders set held = true where id = p_order and not held;
  -- Why stands in order_holds: this history is read by the salesman too.
  insert into app.order_events (order_id, kind, actor) values (p_order, 'HELD', p_actor);
  perform private.audit('ORDER_HELD', 'order', v.number, jsonb_build_object('reason', p_reason), null,
    jsonb_build_object('held', v.held), jsonb_build_object('held', true));
  if v.sync_status = 'SYNCED' then
    perform private.open_task('STOP_ORDER_IN_ERP', 'stop-in-erp/' || v.number, v.number, v.id, null,
      interval '1 hour', jsonb_build_object('document', v.erp_document));
  end if;
  return true;
end $$;

-- Takes one hold away; the order goes on when it was the last.
create function private.release_order(p_order bigint, p_reason text, p_actor text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders;
begin
  select * into v from app.orders where id = p_order for update;
  update app.order_holds set released_at = now(), released_by = p_actor, note = left(p_note, 500)
   where order_id = p_order and reason = p_reason and released_at is null;
  if not found then return; end if;
  update app.orders set held = exists (select from app.order_holds where order_id = p_order and released_at is null)
   where id = p_order
  returning held into v.held;
  insert into app.order_events (order_id, kind, actor) values (p_order, 'RELEASED', p_actor);
  perform private.audit('ORDER_RELEASED', 'order', v.number, jsonb_build_object('reason', p_reason), null,
    jsonb_build_object('held', true), jsonb_build_object('held', v.held));
  if not v.held then
    perform private.finish_task('stop-in-erp/' || v.number, 'released');
    perform private.enqueue('order.placed.push', jsonb_build_object('orderId', p_order));
  end if;
end $$;

-- Lets an order go on that was stopped because its salesman was suspended, or (STORE_SUSPENDED) its store; what the
-- owner disputes is resolved elsewhere. True when nothing holds it any more. Errors: 28000, DENIED, NOT_FOUND, STALE
-- not held for this, REASON_REQUIRED.
create function app.release_held_order(p_number text, p_note text,
                                       p_reason text default 'AGENT_SUSPENDED') returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_order bigint;
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'ADMIN' then
    perform private.refuse('DENIED', 'only an admin decides');
  end if;
  select id into v_order from app.orders where number = p_number for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if p_reason is null or p_reason not in ('AGENT_SUSPENDED', 'STORE_SUSPENDED')
     or not exists (select from app.order_holds
                     where order_id = v_order and reason = p_reason and released_at is null) then
    perform private.refuse('STALE', 'not held for this');
  end if;
  if length(btrim(coalesce(p_note, ''))) not between 3 and 500 then
    perform private.refuse('REASON_REQUIRED', field => 'note');
  end if;
  perform private.release_order(v_order, p_reason,
    (select code from app.accounts where id = private.viewer_id()), btrim(p_note));
  return (select not held from app.orders where id = v_order);
end $$;
grant execute on function app.release_held_order to authenticated;

-- Moving an order along.

-- The moves that there are, whoever makes them. Which of them the order desk may make: private.desk_moves.
create function private.next_statuses(p_status text) returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case p_status
    when 'SUBMITTED' then array['PROCESSING', 'APPROVED', 'REJECTED', 'CANCELLED']
    when 'PROCESSING' then array['APPROVED', 'REJECTED', 'CANCELLED']
    when 'APPROVED' then array['SHIPPED', 'CANCELLED']
    when 'SHIPPED' then array['COMPLETED']
    else array[]::text[] end
$$;

-- Where an order may go from the order desk: one that waits for its credit decision is approved or rejected on the page
-- of approvals, a held one may only end. Asked by the page (to show the button) and by the command (to obey it).
create function private.desk_moves(p_status text, p_light text, p_held boolean) returns text[]
language sql immutable security definer set search_path = pg_catalog, pg_temp as $$
  select array(
    select s from unnest(private.next_statuses(p_status)) s
     where not (p_light = 'AMBER' and p_status in ('SUBMITTED', 'PROCESSING') and s in ('APPROVED', 'REJECTED'))
       and (not p_held or s in ('REJECTED', 'CANCELLED')))
$$;
grant execute on function private.desk_moves to authenticated;

-- Moves a locked order along: the one way for the order desk and for credit decisions. p_for_store: the note is meant
-- for the store, which reads it on its order.
create function private.put_order_status(p_order app.orders, p_status text, p_note text,
                                         p_for_store boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_note text := left(btrim(coalesce(p_note, '')), 300);
begin
  update app.orders set status = p_status where id = p_order.id;
  -- Pieces of an order that will never ship are free again.
  if p_status in ('REJECTED', 'CANCELLED') then
    perform from app.product_stock s
      where s.product_id in (select product_id from app.order_lines where order_id = p_order.id)
      order by s.product_id for update;
    update app.product_stock s set held = greatest(s.held - (l.quantity - l.preorder), 0)
      from app.order_lines l
     where l.order_id = p_order.id and l.product_id = s.product_id
       and private.holds_stock(p_order.synced_at, s.figure_as_of);
    update app.invoices set status = 'CANCELLED' where order_id = p_order.id and status = 'UNPAID';
  end if;
  insert into app.order_events (order_id, kind, actor, detail)
    select p_order.id, p_status, coalesce((select name from app.accounts where id = private.viewer_id()), 'sistem'),
           jsonb_build_object('note', v_note) || case when p_for_store then '{"forStore": true}'::jsonb else '{}' end;
  perform private.audit('ORDER_MOVED', 'order', p_order.number, '{}',
    (select code from app.partners where id = p_order.partner_id),
    jsonb_build_object('status', p_order.status), jsonb_build_object('status', p_status));
end $$;

-- The order desk: an admin moves an order along. Errors: 28000, DENIED for all but admins, NOT_FOUND, STALE {status}
-- when somebody moved it meanwhile or it is held, CREDIT_FIRST {number} when its credit has to be decided first,
-- REASON_REQUIRED.
create function app.move_order(p_number text, p_status text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders;
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'ADMIN' then
    perform private.refuse('DENIED', 'only an admin decides');
  end if;
  select * into v from app.orders where number = p_number for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if p_status is null or not p_status = any (private.next_statuses(v.status)) then
    perform private.refuse('STALE', 'the order is already ' || v.status,
      facts => jsonb_build_object('status', v.status));
  end if;
  if not p_status = any (private.desk_moves(v.status, v.credit_light, false)) then
    perform private.refuse('CREDIT_FIRST', facts => jsonb_build_object('number', v.number));
  end if;
  if p_status in ('REJECTED', 'CANCELLED') and length(btrim(coalesce(p_note, ''))) < 3 then
    perform private.refuse('REASON_REQUIRED', field => 'note');
  end if;
  perform private.put_order_status(v, p_status, p_note, false);
end $$;
grant execute on function app.move_order to authenticated;

-- Telling the store. Some changes have a letter of their own that says more (a dispute, the reconciliation desk): what
-- such a letter of the same transaction tells is not told again.

-- What a letter about an order tells already, in the words of private.tell_order.
create function private.letter_tells(p_kind text, p_props jsonb) returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case
    when p_kind = 'DISPUTE_RECEIVED' and p_props ->> 'held' = 'yes' then array['HELD']
    when p_kind = 'DISPUTE_RESOLVED' and p_props ->> 'cancelled' = 'yes' then array['CANCELLED']
    when p_kind = 'DISPUTE_RESOLVED' and p_props ->> 'held' = 'no' then array['RELEASED']
    when p_kind = 'ORDER_RECONCILED' and p_props ->> 'outcome' = 'CANCEL' then array['CANCELLED']
    when p_kind = 'ORDER_RECONCILED' and p_props ->> 'outcome' = 'CUT' then array['CUT']
    else '{}' end
$$;

-- Writes to an order's owner what happened: APPROVED, REJECTED, SHIPPED, CANCELLED, HELD, RELEASED, CUT. Once per
-- transaction. Why an order is held is said only where the owner can do something about it: BECAUSE ACCOUNT, his own
-- account is suspended. `note` is the one meant for him.
create function private.tell_order(p_order bigint, p_what text, p_before bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders;
begin
  if exists (select from app.notices n
              where n.order_id = p_order and n.xid = pg_current_xact_id()
                and p_what = any (private.letter_tells(n.kind, n.props))) then
    return;
  end if;
  select * into v from app.orders where id = p_order;
  -- Held or let go is news of an order that could still go on.
  if p_what in ('HELD', 'RELEASED') and v.status not in ('SUBMITTED', 'PROCESSING', 'APPROVED') then return; end if;
  perform private.notify_owner(v.partner_id, 'ORDER_CHANGED',
    'order/' || v.number || '/' || p_what || '/' || to_char(now() at time zone 'UTC', 'YYYYMMDDHH24MISSUS'),
    jsonb_build_object(
      'store', (select name from app.partners where id = v.partner_id),
      'order', v.number, 'what', p_what, 'total', v.total, 'before', p_before,
      'because', case when p_what = 'HELD' and exists (
                        select from app.order_holds h
                         where h.order_id = p_order and h.reason = 'STORE_SUSPENDED' and h.released_at is null)
                      then 'ACCOUNT' else '' end,
      'waits', case when v.credit_light = 'AMBER' and v.status in ('SUBMITTED', 'PROCESSING') then 'yes' else 'no' end,
      'note', coalesce((select e.detail ->> 'note' from app.order_events e
                         where e.order_id = p_order and e.kind = p_what and e.detail -> 'forStore' = 'true'
                         order by e.id desc limit 1), ''),
      'path', '/orders/' || v.number), p_order);
end $$;

-- An admin opened WhatsApp with a message for an order's store. Whether he sent it, nobody can know, and nothing here
-- says so; opening it is the last that can be known, so it does the duty to tell. Once in five minutes per admin.
-- Returns the owner's number. Errors: 28000, DENIED for all but admins, NOT_FOUND.
create function app.tell_store(p_number text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders; v_me app.accounts; v_whatsapp text;
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'ADMIN' then
    perform private.refuse('DENIED', 'only an admin tells stores');
  end if;
  select * into v_me from app.accounts where id = private.viewer_id();
  select o.* into v from app.orders o where o.number = p_number;
  select c.owner_whatsapp into v_whatsapp from app.partner_contacts c where c.partner_id = v.partner_id;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if not exists (select from app.order_events e
                  where e.order_id = v.id and e.kind = 'STORE_WHATSAPP_OPENED' and e.actor = v_me.name
                    and e.at > now() - interval '5 minutes') then
    insert into app.order_events (order_id, kind, actor) values (v.id, 'STORE_WHATSAPP_OPENED', v_me.name);
    perform private.audit('WHATSAPP_OPENED', 'order', v.number, '{"to": "store"}',
      (select code from app.partners where id = v.partner_id));
  end if;
  perform private.finish_task('tell-store/' || v.number, 'WhatsApp dibuka');
  return v_whatsapp;
end $$;
grant execute on function app.tell_store to authenticated;

-- «WhatsApp dibuka»: a reader's device opened the hand-off. Whether he sent it, nobody can know, so nothing here says
-- so. Once in five minutes per reader, in Shadow Mode with a line of the trail; NOT_FOUND for a stranger.
create function app.note_whatsapp_opened(p_number text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_order bigint; v_actor text;
begin
  perform private.assert_alive();
  select o.id into v_order
    from app.orders o
   where o.number = p_number
     and (o.partner_id = private.viewer_partner() or private.viewer_is_staff()
       or o.placed_by = private.viewer_id() and exists (
         select from app.assignments g where g.salesman_id = o.placed_by and g.partner_id = o.partner_id));
  if not found then perform private.refuse('NOT_FOUND'); end if;
  select name into v_actor from app.accounts where id = private.viewer_id();
  if not exists (select from app.order_events e
                  where e.order_id = v_order and e.kind = 'WHATSAPP_OPENED' and e.actor = v_actor
                    and e.at > now() - interval '5 minutes') then
    insert into app.order_events (order_id, kind, actor) values (v_order, 'WHATSAPP_OPENED', v_actor);
    if private.viewer_acting() is not null then
      perform private.audit('WHATSAPP_OPENED', 'order', p_number);
    end if;
  end if;
end $$;
grant execute on function app.note_whatsapp_opened to authenticated;
