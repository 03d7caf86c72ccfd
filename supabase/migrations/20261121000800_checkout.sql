-- Checkout: one function, one transaction, idempotent.
--
-- Locks, always in this order: the store's credit row (so two checkouts never
-- spend the same room), then stock rows by product id (so two never take the same
-- piece, and no two wait for each other).

-- What can be ordered of the viewer's cart, at this moment's prices and stock. Bound at creation and
-- without a search_path of its own, so that it dissolves into the caller's plan.
-- Before the first pull nobody knows any stock. «None» would stop every checkout because of the ERP, or make a pre-order of goods that lie
-- in the warehouse; so what can be had is unknown then (null): an order is taken as it is, its lines say that nothing was known, and
-- the desk compares when the ERP answers.
create function private.price_cart(p_partner uuid, p_author uuid)
returns table (product_id bigint, sku text, name text, picture text, unit text, quantity integer, unit_price bigint,
               market_price bigint, volume_minimum integer, volume_price bigint, available integer, badge text)
language sql stable
begin atomic
  select i.product_id, p.sku, p.name, p.picture, p.unit, i.quantity,
         private.unit_price(own, i.quantity), own.market_price, own.volume_minimum, own.volume_price,
         case when (select f.as_of from app.feeds f where f.name = 'stock') is not null then greatest(coalesce(s.display - s.held, 0), 0) end,
         coalesce(s.badge, 'ZERO')
    from app.cart_items i
    join app.partners store on store.id = i.partner_id
    join app.products p on p.id = i.product_id and p.active
    join app.prices own on own.product_id = p.id and own.tier = store.tier
    left join app.product_stock s on s.product_id = p.id
   where i.partner_id = p_partner and i.author_id = p_author
   order by i.product_id;
end;

-- The rest of the cart: what its author chose and cannot order now. Shown, named, and counted nowhere; back for sale, it is a line like any other.
create function private.withdrawn_lines(p_partner uuid, p_author uuid)
returns table (product_id bigint, sku text, name text, picture text, quantity integer, reason text)
language sql stable
begin atomic
  select * from (
    select i.product_id, p.sku, p.name, p.picture, i.quantity, private.not_for_sale(i.product_id, store.tier) as reason
      from app.cart_items i
      join app.partners store on store.id = i.partner_id
      join app.products p on p.id = i.product_id
     where i.partner_id = p_partner and i.author_id = p_author) lines
   where reason is not null;
end;

-- Stops what would order less than is in the cart: WITHD with {lines:[{sku, name, reason}]}. p_cart: the cart as price_cart() read it; what is
-- not in it cannot be ordered, whenever that happened.
create function private.refuse_withdrawn(p_partner uuid, p_author uuid, p_cart jsonb) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_lines jsonb;
begin
  select jsonb_agg(jsonb_build_object('sku', p.sku, 'name', p.name, 'reason', coalesce(private.not_for_sale(p.id, store.tier), 'WITHDRAWN')) order by p.name)
    into v_lines
    from app.cart_items i join app.products p on p.id = i.product_id join app.partners store on store.id = i.partner_id
   where i.partner_id = p_partner and i.author_id = p_author
     and not exists (select from jsonb_array_elements(coalesce(p_cart, '[]')) c where (c ->> 'product_id')::bigint = i.product_id);
  if v_lines is not null then perform private.refuse('WITHD', 'not for sale', jsonb_build_object('lines', v_lines)); end if;
end $$;

-- Would this total still fit? Room is the limit less the larger of what we and what the ERP believe the store owes.
-- Ours: unpaid invoices, and open orders that have none yet (an order gets its invoice when it is approved). The ERP's: what it said last, and of our
-- orders that its figure cannot know (not there yet, or there since) what is not paid, whatever their status, COMPLETED too: only rejected and cancelled
-- ones are owed by nobody. Paid more than owed there (below zero), the store has a deposit, of which our book does not know: it lowers both.
-- AMBER: below zero, figures unusable, or bypass. Returned whole, because the inputs are stored with the order; `deposit` only where there is one.
create function private.credit_decision(p_partner uuid, p_total bigint) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_limit bigint; v_ours bigint; v_erp bigint; v_outstanding bigint; v_as_of timestamptz; v_reason text; v_room bigint; v_deposit bigint;
begin
  select p.credit_limit, c.outstanding, coalesce(c.figure_as_of, f.as_of), greatest(-c.outstanding, 0) into v_limit, v_outstanding, v_as_of, v_deposit
    from app.partners p join app.partner_credit c on c.partner_id = p.id cross join app.feeds f
   where p.id = p_partner and f.name = 'credit';
  select coalesce(sum(o.total), 0) into v_ours from app.orders o
   where o.partner_id = p_partner and o.status in ('SUBMITTED', 'PROCESSING');
  v_ours := v_ours + (select coalesce(sum(i.amount - i.paid), 0) from app.invoices i
   where i.partner_id = p_partner and i.status in ('UNPAID', 'PARTIAL'));
  v_erp := v_outstanding + (select coalesce(sum(greatest(o.total - coalesce(i.paid, 0), 0)), 0)
    from app.orders o left join app.invoices i on i.order_id = o.id
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

-- The order that emptied a cart, while nothing was put in since and for a day: {number, at}. Another tab of the same person, or the same
-- page once more, is told that it went out, and as what. Null otherwise.
create function private.just_ordered(p_partner uuid, p_author uuid) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('number', o.number, 'at', o.created_at)
    from app.carts c join app.orders o on o.partner_id = c.partner_id and o.placed_by = c.author_id and o.created_at >= c.updated_at
   where c.partner_id = p_partner and c.author_id = p_author and o.created_at > now() - interval '1 day'
     and not exists (select from app.cart_items i where i.partner_id = p_partner and i.author_id = p_author)
   order by o.id desc limit 1
$$;

-- The cart as it would be ordered now, in one answer: lines, totals, light, and a
-- digest of what the buyer is shown. How many pieces are left is told only for a
-- line that asks for more. `withdrawn`: what stands in the cart and cannot be ordered.
-- `ordered`: what an empty one was just ordered as. Null for a viewer without a store.
create function app.quote() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_partner uuid := private.viewer_partner();
  v_lines jsonb; v_total bigint; v_market bigint; v_digest text; v_pieces bigint; v_cart app.carts;
begin
  perform private.assert_alive();
  if v_partner is null then return null; end if;
  select * into v_cart from app.carts where partner_id = v_partner and author_id = private.viewer_id();
  select coalesce(jsonb_agg(jsonb_build_object(
           'sku', c.sku, 'name', c.name, 'picture', c.picture, 'unit', c.unit, 'quantity', c.quantity,
           'unitPrice', c.unit_price, 'marketPrice', c.market_price, 'total', c.unit_price * c.quantity,
           'volumeMinimum', c.volume_minimum, 'volumePrice', c.volume_price, 'badge', c.badge,
           'left', case when c.quantity > c.available then c.available end)
           order by c.name, c.product_id), '[]'),
         coalesce(sum(c.unit_price * c.quantity), 0), coalesce(sum(c.market_price * c.quantity), 0),
         md5(coalesce(string_agg(c.product_id || ':' || c.quantity || ':' || c.unit_price, ',' order by c.product_id), '')),
         coalesce(sum(c.quantity), 0)
    into v_lines, v_total, v_market, v_digest, v_pieces
    from private.price_cart(v_partner, private.viewer_id()) c;
  return jsonb_build_object(
    'lines', v_lines, 'total', v_total, 'marketTotal', v_market, 'digest', v_digest, 'pieces', v_pieces,
    'withdrawn', (select coalesce(jsonb_agg(jsonb_build_object('sku', w.sku, 'name', w.name, 'picture', w.picture, 'quantity', w.quantity, 'reason', w.reason)
                           order by w.name, w.product_id), '[]') from private.withdrawn_lines(v_partner, private.viewer_id()) w),
    'note', coalesce(v_cart.note, ''), 'preorder', coalesce(v_cart.preorder, false),
    'credit', private.credit_decision(v_partner, v_total),
    'ordered', case when v_pieces = 0 then private.just_ordered(v_partner, private.viewer_id()) end,
    'tier', (select tier from app.partners where id = v_partner),
    'region', (select region_code from app.partners where id = v_partner));
end $$;

-- The credit light of the viewer's store, with nothing in the cart.
create function app.credit_standing() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  return case when private.viewer_partner() is not null
    then private.credit_decision(private.viewer_partner(), 0) end;
end $$;

create function private.next_order_number() returns text
language sql volatile set search_path = pg_catalog, pg_temp as $$
  select 'ORD-' || to_char(now() at time zone 'Asia/Jakarta', 'YYYY') || '-' ||
         lpad(n::text, greatest(6, length(n::text)), '0')
    from nextval('app.order_numbers') as n
$$;

-- Points of an order: total x multiplier / rate, multiplied before it is divided and exact, then rounded half up, or down by `loyalty.rounding`.
-- From the least total on. div() is whole and exact; a quotient of numerics has a last digit that is rounded already.
create function private.points_for(p_tier text, p_total bigint) returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when p_total < private.number_setting('order.minimum_threshold') then 0
              when private.setting('loyalty.rounding') = '"down"'::jsonb then div(p_total * s.multiplier, s.rate)
              else div(2 * p_total * s.multiplier + s.rate, 2 * s.rate) end::bigint
    from (select private.number_setting('loyalty.multiplier.' || lower(p_tier)) as multiplier, private.number_setting('loyalty.point_rate') as rate) s
$$;

-- A cart as price_cart() read it, kept as one value.
create function private.cart_rows(p_cart jsonb)
returns table (product_id bigint, sku text, name text, quantity integer, unit_price bigint, market_price bigint, available integer)
language sql immutable
begin atomic
  select r.product_id, r.sku, r.name, r.quantity, r.unit_price, r.market_price, r.available
    from jsonb_to_recordset(p_cart) as r (product_id bigint, sku text, name text, quantity integer, unit_price bigint,
                                          market_price bigint, available integer);
end;

-- Places the viewer's cart as an order. p_key: minted with the form; the same key
-- again gives the same order. p_digest: what the buyer was shown, null if unknown.
-- Returns {number, light, repeated}. Errors: 28000, DNIED, EMPTY, NOREG, KEYED (key
-- used for another cart), STALE (prices or cart changed since shown), STOCK with
-- detail {lines:[{sku,name,asked,left}]}.
create function app.place_order(p_key uuid, p_digest text, p_note text, p_preorder boolean) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_author uuid := private.viewer_id();
  v_partner uuid := private.viewer_partner();
  v_acting uuid := private.viewer_acting();
  v_store app.partners; v_done app.orders; v_order app.orders; v_credit jsonb; v_short jsonb; v_cart jsonb;
  v_digest text; v_total bigint; v_market bigint; v_lines integer; v_author_account app.accounts;
begin
  perform private.assert_alive();
  if v_partner is null then perform private.refuse('DNIED', 'only a store orders'); end if;
  perform from app.partner_credit where partner_id = v_partner for update;
  -- While it waited, the acting session may have ended, or the login: asked again, and held until the order is in.
  perform from app.acting_sessions where id = v_acting for share;
  perform private.assert_alive();
  if private.viewer_partner() is distinct from v_partner or private.viewer_acting() is distinct from v_acting then
    perform private.refuse('DNIED', 'no longer acting for this store');
  end if;
  perform from app.carts where partner_id = v_partner and author_id = v_author for update;

  select count(*), md5(string_agg(c.product_id || ':' || c.quantity || ':' || c.unit_price, ',' order by c.product_id))
    into v_lines, v_digest from private.price_cart(v_partner, v_author) c;
  select * into v_done from app.orders
   where partner_id = v_partner and placed_by = v_author and checkout_key = p_key;
  if found then
    if v_lines > 0 and v_digest <> v_done.cart_digest or p_digest <> v_done.cart_digest then
      perform private.refuse('KEYED', 'this key belongs to another cart');
    end if;
    return jsonb_build_object('number', v_done.number, 'light', v_done.credit_light, 'repeated', true);
  end if;
  if v_lines = 0 then perform private.refuse('EMPTY', 'the cart is empty'); end if;
  select * into v_store from app.partners where id = v_partner;
  if v_store.region_code is null then perform private.refuse('NOREG', 'the store has no region'); end if;

  perform from app.product_stock s
    where s.product_id in (select i.product_id from app.cart_items i where i.partner_id = v_partner and i.author_id = v_author)
    order by s.product_id for update;
  -- Read once, after the locks: total and lines are of one moment, whatever happens to prices meanwhile.
  select jsonb_agg(to_jsonb(c)) into v_cart from private.price_cart(v_partner, v_author) c;
  select sum(c.unit_price * c.quantity), sum(c.market_price * c.quantity),
         md5(string_agg(c.product_id || ':' || c.quantity || ':' || c.unit_price, ',' order by c.product_id)),
         jsonb_agg(jsonb_build_object('sku', c.sku, 'name', c.name, 'asked', c.quantity, 'left', c.available) order by c.name)
           filter (where c.quantity > c.available)
    into v_total, v_market, v_digest, v_short from private.cart_rows(v_cart) c;
  if v_total is null then perform private.refuse('EMPTY', 'the cart is empty'); end if;
  if p_digest <> v_digest then
    perform private.refuse('STALE', 'prices or cart changed since they were shown', jsonb_build_object('total', v_total));
  end if;
  if v_short is not null and p_preorder is not true then
    perform private.refuse('STOCK', 'not enough stock', jsonb_build_object('lines', v_short));
  end if;

  v_credit := private.credit_decision(v_partner, v_total);
  select * into v_author_account from app.accounts where id = v_author;
  insert into app.orders (number, partner_id, placed_by, placed_by_name, acting_session_id, credit_light, credit_inputs,
      degraded, stock_snapshot_id, tier, market_total, total, points, note, routed_to, routed_at, checkout_key, cart_digest)
    select private.next_order_number(), v_partner, v_author, v_author_account.name, v_acting, v_credit ->> 'light', v_credit,
           private.is_degraded(), (select snapshot_id from app.feeds where name = 'stock'), v_store.tier, v_market, v_total,
           private.points_for(v_store.tier, v_total), coalesce(p_note, ''), d.id, case when d.id is not null then now() end,
           p_key, v_digest
      from (select 1) one
      left join app.sub_distributors d on d.region_code = v_store.region_code and d.active
    returning * into v_order;
  insert into app.order_lines (order_id, line_no, partner_id, product_id, sku, name, quantity, preorder, unit_price, market_price)
    select v_order.id, row_number() over (order by c.name, c.product_id), v_partner, c.product_id, c.sku, c.name, c.quantity,
           greatest(c.quantity - c.available, 0), c.unit_price, c.market_price
      from private.cart_rows(v_cart) c;
  update app.product_stock s set held = s.held + l.quantity - l.preorder
    from app.order_lines l where l.order_id = v_order.id and l.product_id = s.product_id and l.quantity > l.preorder;
  delete from app.cart_items where partner_id = v_partner and author_id = v_author;

  insert into app.order_events (order_id, kind, actor, detail)
    values (v_order.id, 'PLACED', v_author_account.name, jsonb_build_object('shadow', v_acting is not null, 'light', v_order.credit_light));
  insert into app.erp_pushes (order_id) values (v_order.id);
  if v_acting is not null then
    insert into app.shadow_alerts (order_id, recipient)
      select v_order.id, owner_email from app.partner_contacts where partner_id = v_partner;
    perform private.enqueue('order.shadow-placed.alert', jsonb_build_object('orderId', v_order.id));
  end if;
  perform private.audit('ORDER_PLACED', 'order', v_order.number,
    jsonb_build_object('total', v_total, 'light', v_order.credit_light, 'shadow', v_acting is not null));
  perform private.enqueue('order.placed.push', jsonb_build_object('orderId', v_order.id));
  return jsonb_build_object('number', v_order.number, 'light', v_order.credit_light, 'repeated', false);
end $$;
grant execute on function app.quote, app.credit_standing, app.place_order to authenticated;

-- What follows an approval, whichever path approved: the invoice, due by tier.
create function private.invoice_approved() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.invoices (number, order_id, partner_id, amount, due_on)
    select 'INV-' || to_char(now() at time zone 'Asia/Jakarta', 'YYYY') || '-' || lpad(n::text, greatest(6, length(n::text)), '0'),
           new.id, new.partner_id, new.total,
           (now() at time zone 'Asia/Jakarta')::date + case new.tier when 'GOLD' then 14 when 'PLATINUM' then 30 else 0 end
      from nextval('app.invoice_numbers') as n
    on conflict (order_id) do nothing;
  return null;
end $$;
create trigger invoice_approved after update of status on app.orders
  for each row when (new.status = 'APPROVED' and old.status is distinct from 'APPROVED')
  execute function private.invoice_approved();
