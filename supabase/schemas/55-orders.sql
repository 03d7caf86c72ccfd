-- Orders and what hangs on them: lines, history, invoice, points, holds. A store reads its own, a salesman what he
-- placed for stores that are his, staff all of it. Nobody inserts or updates here; the commands do.
--
-- Several paths change an order: the checkout, staff, credit approvals, disputes, reconciliation, the worker.
-- What has to be true whichever path it was stands on the table, as triggers.

create sequence app.order_numbers;

-- It remembers which snapshots it leaned on, and each line how much was left when it was taken: afterwards staff
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
create index on app.orders (status, created_at, id);
create index on app.orders (created_at, id) where acting_session_id is not null;
create index orders_sync on app.orders (sync_status, created_at, id) where sync_status <> 'SYNCED';
create index orders_open_by_partner on app.orders (partner_id) where status in ('SUBMITTED', 'PROCESSING');
create index orders_synced_at on app.orders (synced_at);
-- What the ERP cannot know yet of a store's debts (private.credit_decision). The web's plans know no values, and
-- without this one they read all orders that a store ever placed.
create index orders_unsettled on app.orders (partner_id, synced_at);
create index on app.orders (created_at, id);
create index on app.orders (total, id);
create index orders_held on app.orders (created_at, id) where held;
create index orders_shadow_by_month on app.orders (partner_id, created_at) include (total, status)
  where acting_session_id is not null;
-- A decision moves the order on, so what waits is told by its light and status alone.
create index orders_awaiting_approval on app.orders (id)
  where credit_light = 'AMBER' and status in ('SUBMITTED', 'PROCESSING');
create index orders_awaiting_by_reason on app.orders ((credit_inputs ->> 'reason'), id)
  where credit_light = 'AMBER' and status in ('SUBMITTED', 'PROCESSING');
-- What a sub-distributor, or head office, has to do something about.
create index orders_to_be_shipped on app.orders (id)
  where not held and (status = 'APPROVED' or credit_light = 'GREEN' and status in ('SUBMITTED', 'PROCESSING'));
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
-- staff reads at the sync, where only staff see it.
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

-- Nothing leaves the house before staff has decided about it.
create function private.decided_first() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from app.reconcile_results
              where order_id = new.id and resolved_at is null and result <> 'CONFIRMED') then
    perform private.refuse('STALE', 'staff has not decided',
      facts => jsonb_build_object('status', old.status, 'undecided', true));
  end if;
  return new;
end $$;
create trigger _110_decided_first before update of status on app.orders
  for each row when (new.status = 'SHIPPED' and old.status is distinct from new.status)
  execute function private.decided_first();

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
  update app.tasks set done_at = now(), done_by = 'SYSTEM', note = 'ORDER_ENDED'
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
declare v app.erp_syncs; v_keying boolean;
begin
  select * into v from app.erp_syncs where order_id = new.id for update;
  if not found then return null; end if;
  v_keying := coalesce(v.keyed_ticket = v.ticket and v.lease_until > now(), false);
  if new.sync_status = 'SYNCED' then
    perform private.stop_in_erp(new.id, array[new.erp_document]);
  elsif v.done_at is null and v.posted_at is null and v.keyed_at is null then
    update app.erp_syncs set done_at = now(), ticket = ticket + 1, lease_until = null,
           last_error = 'CANCELLED_BEFORE_SENT'
     where order_id = new.id;
    update app.orders set sync_status = 'FAILED', sync_error = 'CANCELLED_BEFORE_SENT' where id = new.id;
  elsif v.done_at is null or new.sync_status = 'FAILED' then
    update app.erp_syncs set look_up_only = true, done_at = null, next_attempt_at = now(),
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

-- A sync that was on its way when the order was held: the ERP has it, and somebody has to stop it there.
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

-- An order that comes in beside the suspension: a salesman's, which was under way, or staff's. It waits for the
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

-- What becomes of an order is told to its store: by a mail for each thing that happened, and by WhatsApp where the
-- page promised that. The mails are written here, where the order changes, at the commit, whatever path changed it.
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
  unit         text not null check (length(unit) between 1 and 20),
  quantity     integer not null check (quantity between 1 and 9999),
  preorder     integer not null default 0 check (preorder between 0 and quantity),
  unit_price   bigint not null check (unit_price > 0),
  market_price bigint not null check (market_price > 0),
  available    integer check (available >= 0),
  primary key (order_id, line_no),
  foreign key (order_id, partner_id) references app.orders (id, partner_id) on delete cascade
);
comment on table app.order_lines is
  'Article, unit, quantity and the prices as they were. `preorder` pieces wait for stock.';
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

-- A line leaves its order when staff cuts it.
create trigger _030_not_deleted before delete on app.order_lines for each statement
  execute function private.keep('private.give_up_missing');
alter table app.order_lines enable always trigger _030_not_deleted;
create trigger _040_not_truncated before truncate on app.order_lines for each statement execute function private.keep();
alter table app.order_lines enable always trigger _040_not_truncated;

-- The names of an order's articles that are no longer sold; none of an order that the viewer may not read.
create function private.withdrawn_of(p_order bigint) returns setof text
language sql stable
begin atomic
  select l.name from app.order_lines l left join app.products a on a.id = l.product_id and a.active
   where l.order_id = p_order and a.id is null order by l.line_no;
end;
grant execute on function private.withdrawn_of to authenticated;

create table app.order_events (
  id       bigint generated always as identity primary key,
  order_id bigint not null references app.orders on delete cascade,
  at       timestamptz not null default clock_timestamp(),
  kind     text not null check (kind ~ '^[A-Z_]{3,40}$'),
  actor    text not null,
  detail   jsonb not null default '{}'
);
comment on table app.order_events is
  'The history of an order as its store may read it. What only staff reads of it: order_event_notes.';
create index on app.order_events (order_id, id);

alter table app.order_events enable row level security;
create policy live_session on app.order_events as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy order_reader_reads on app.order_events for select to authenticated
  using (exists (select from app.orders o where o.id = order_id));
-- The owner and staff read why. The salesman sees that his order is held, and not who said what about it.
create policy not_for_salesmen on app.order_events as restrictive for select to authenticated
  using (kind not in ('OWNER_DISPUTED', 'DISPUTE_RESOLVED') or (select private.viewer_role()) <> 'SALESMAN');
grant select on app.order_events to authenticated;

-- The keys of an event's detail that its store may read. What is not named here is staff's.
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

-- Takes staff's words out of an event before it is written, whoever writes it, and lays them in order_event_notes.
create function private.keep_staff_words() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_told text[] := private.told_to_store(new.kind, new.detail); v_staff jsonb := new.detail - v_told;
begin
  if v_staff = '{}' then return new; end if;
  insert into app.order_event_notes as n (event_id, detail) values (new.id, v_staff)
    on conflict (event_id) do update set detail = n.detail || excluded.detail;
  new.detail := new.detail - array(select jsonb_object_keys(v_staff));
  return new;
end $$;
create trigger _100_staff_words before insert or update of kind, detail on app.order_events
  for each row when (new.detail <> '{}') execute function private.keep_staff_words();

-- What staff and the ERP say about an order is not for its store, nor for the salesman who placed it. Pages that
-- do not show it are not enough: whoever reads an order by its data reads the row. So the words lie in a table that
-- only staff read, whoever writes them.
create table app.order_event_notes (
  -- Written before its event is, by the trigger _100_staff_words; whether it is there is asked at the end.
  event_id bigint primary key references app.order_events on delete cascade deferrable initially deferred,
  detail   jsonb not null check (detail <> '{}')
);
comment on table app.order_event_notes is
  'The part of an order''s history that only staff reads: its notes, and what the ERP said.';

call private.for_staff(array['order_event_notes']);

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
  reason      text not null check (reason in ('DISPUTED', 'SALESMAN_SUSPENDED', 'STORE_SUSPENDED')),
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
-- That an order is held is a column of the order; who said why is staff's.
create policy staff_reads on app.order_holds for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.order_holds to authenticated;

create trigger _030_not_deleted before delete on app.order_holds for each statement execute function private.keep();
create trigger _040_not_truncated before truncate on app.order_holds for each statement execute function private.keep();
alter table app.order_holds enable always trigger _030_not_deleted;
alter table app.order_holds enable always trigger _040_not_truncated;
