-- Checkout: a cart becomes an order, in one function and one transaction, idempotent (app.place_order).
--
-- Locks, always in this order: the store's credit row (so two checkouts never spend the same room), the acting session,
-- the cart, then stock rows by product id (so two never take the same piece, and no two wait for each other).

-- The next number. A store that only tries takes none: what it sends is rolled back, and numbers are not.
create function private.next_order_number(p_partner uuid default null) returns text
language sql volatile set search_path = pg_catalog, pg_temp as $$
  select 'ORD-' || to_char(now() at time zone 'Asia/Jakarta', 'YYYY') || '-'
           || lpad(n::text, greatest(6, length(n::text)), '0')
    from (select case when p_partner = private.journey_partner() then 0
                      else nextval('app.order_numbers') end) as s (n)
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
create function private.lock_and_price_cart(p_partner uuid, p_author uuid) returns jsonb
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
    select private.next_order_number(p_store.id), p_store.id, p_author, v_name, p_acting, v_credit ->> 'light',
           v_credit,
           private.is_degraded(), (select snapshot_id from app.feeds where name = 'stock'),
           (select snapshot_id from app.feeds where name = 'credit'), p_store.tier, p_sums.market, p_sums.total,
           private.points_for(p_store.tier, p_sums.total), coalesce(p_note, ''), coalesce(p_preorder, false), d.id,
           case when d.id is not null then now() end, p_key, p_sums.digest
      from (select 1) one
      left join app.sub_distributors d on d.region_code = p_store.region_code and d.active
    returning * into v;
  insert into app.order_lines (order_id, line_no, partner_id, product_id, sku, name, unit, quantity, preorder,
    available, unit_price, market_price)
    select v.id, row_number() over (order by c.name, c.product_id), p_store.id, c.product_id, c.sku, c.name, c.unit,
           c.quantity, greatest(c.quantity - c.available, 0), c.available, c.unit_price, c.market_price
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
  insert into app.erp_syncs (order_id) values (p_order.id);
  if v_shadow then
    insert into app.shadow_alerts (order_id, recipient)
      select p_order.id, owner_email from app.partner_contacts where partner_id = p_order.partner_id;
    perform private.enqueue('order.shadow-placed.alert', jsonb_build_object('orderId', p_order.id));
  end if;
  perform private.audit('ORDER_PLACED', 'order', p_order.number,
    jsonb_build_object('total', p_order.total, 'light', p_order.credit_light, 'shadow', v_shadow));
  perform private.enqueue('order.placed.sync', jsonb_build_object('orderId', p_order.id));
end $$;

-- Places the viewer's cart as an order. p_key: minted with the form; the same key again gives the same order. p_digest:
-- what the buyer was shown, null if unknown. Returns {number, light, repeated}. Errors: 28000, DENIED, EMPTY_CART
-- {number} of the order that just emptied it, if one did, NO_REGION, KEY_REUSED: the key was used for other content
-- {number, differs: [cart, note, preorder]}, WITHDRAWN with detail {lines:[{sku,name,reason}]} (in the cart, but not
-- for sale), STALE (prices or cart changed since shown), STOCK_SHORT with detail {lines:[{sku,name,asked,left}]}.
create function private.place_order(p_key uuid, p_digest text, p_note text, p_preorder boolean) returns jsonb
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
  v_cart := private.lock_and_price_cart(v_partner, v_author);
  perform private.refuse_withdrawn(v_partner, v_author, v_cart);
  select * into v_sums from private.sum_cart(v_cart);
  perform private.refuse_unagreed(v_sums, p_digest, p_preorder);

  v_order := private.write_order(v_store, v_author, v_acting, v_cart, v_sums, p_key, p_note, p_preorder);
  perform private.announce_order(v_order);
  return jsonb_build_object('number', v_order.number, 'light', v_order.credit_light, 'repeated', false);
end $$;

-- The same for the viewer. Of the store that only tries, all of it is done, whatever waits for the commit too, and
-- rolled back: {tried: true} beside the rest.
create function app.place_order(p_key uuid, p_digest text, p_note text, p_preorder boolean) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_placed jsonb;
begin
  perform private.assert_alive();
  if private.viewer_partner() is distinct from private.journey_partner() or private.journey_partner() is null then
    return private.place_order(p_key, p_digest, p_note, p_preorder);
  end if;
  begin
    v_placed := private.place_order(p_key, p_digest, p_note, p_preorder);
    set constraints all immediate;
    raise exception using errcode = 'TRIED';
  exception when sqlstate 'TRIED' then
    return v_placed || '{"tried": true}';
  end;
end $$;
grant execute on function app.place_order to authenticated;
