-- An order remembers which snapshots it leaned on, and each line how much was left when it was taken: afterwards the desk
-- compares that with what the ERP says.
alter table app.orders add column credit_snapshot_id bigint;
grant select (credit_snapshot_id) on app.orders to authenticated;
-- What the form of an order said beside its cart and its note: the same key with something else is another form.
alter table app.orders add column preorder_agreed boolean not null default false;
comment on column app.orders.preorder_agreed is 'The buyer agreed to wait for what was short.';
alter table app.order_lines add column available integer check (available >= 0);
comment on column app.order_lines.available is 'Pieces that could be had when the order was placed: display stock less what was held.';

-- As before, with both.
-- Places the viewer's cart as an order. p_key: minted with the form; the same key
-- again gives the same order. p_digest: what the buyer was shown, null if unknown.
-- Returns {number, light, repeated}. Errors: 28000, DNIED, EMPTY {number} of the order that just emptied it, if one did, NOREG, KEYED: the key was
-- used for other content {number, differs: [cart, note, preorder]}, WITHD with detail {lines:[{sku,name,reason}]} (in the cart, but
-- not for sale), STALE (prices or cart changed since shown), STOCK with detail
-- {lines:[{sku,name,asked,left}]}.
create or replace function app.place_order(p_key uuid, p_digest text, p_note text, p_preorder boolean) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_author uuid := private.viewer_id();
  v_partner uuid := private.viewer_partner();
  v_acting uuid := private.viewer_acting();
  v_store app.partners; v_done app.orders; v_order app.orders; v_credit jsonb; v_short jsonb; v_cart jsonb;
  v_digest text; v_total bigint; v_market bigint; v_lines integer; v_author_account app.accounts; v_differs text[];
begin
  perform private.assert_alive();
  if v_partner is null then perform private.refuse('DNIED', 'only a store orders'); end if;
  if p_key is null then perform private.refuse('INVAL', 'a checkout has a key', '{"field":"checkout_key"}'); end if;
  perform from app.partner_credit where partner_id = v_partner for update;
  -- While it waited, the acting session may have ended, or the login: asked again, and held until the order is in.
  perform from app.acting_sessions where id = v_acting for share;
  perform private.assert_alive();
  if private.viewer_partner() is distinct from v_partner or private.viewer_acting() is distinct from v_acting then
    perform private.refuse('DNIED', 'no longer acting for this store');
  end if;
  perform from app.carts where partner_id = v_partner and author_id = v_author for update;

  select count(*), md5(string_agg(c.product_id || ':' || c.quantity || ':' || c.unit_price, ',' order by c.product_id)), jsonb_agg(to_jsonb(c))
    into v_lines, v_digest, v_cart from private.price_cart(v_partner, v_author) c;
  select * into v_done from app.orders
   where partner_id = v_partner and placed_by = v_author and checkout_key = p_key;
  if found then
    v_differs := array_remove(array[
      case when v_lines > 0 and v_digest <> v_done.cart_digest or p_digest <> v_done.cart_digest then 'cart' end,
      case when coalesce(p_note, '') <> v_done.note then 'note' end,
      case when coalesce(p_preorder, false) <> v_done.preorder_agreed then 'preorder' end], null);
    if cardinality(v_differs) > 0 then
      perform private.refuse('KEYED', 'this key was used for other content', jsonb_build_object('number', v_done.number, 'differs', to_jsonb(v_differs)));
    end if;
    return jsonb_build_object('number', v_done.number, 'light', v_done.credit_light, 'repeated', true);
  end if;
  perform private.refuse_withdrawn(v_partner, v_author, v_cart);
  if v_lines = 0 then perform private.refuse('EMPTY', 'the cart is empty', coalesce(private.just_ordered(v_partner, v_author) - 'at', '{}')); end if;
  select * into v_store from app.partners where id = v_partner;
  if v_store.region_code is null then perform private.refuse('NOREG', 'the store has no region'); end if;

  perform from app.product_stock s
    where s.product_id in (select i.product_id from app.cart_items i where i.partner_id = v_partner and i.author_id = v_author)
    order by s.product_id for update;
  -- Read once, after the locks: total and lines are of one moment, whatever happens to prices meanwhile.
  select jsonb_agg(to_jsonb(c)) into v_cart from private.price_cart(v_partner, v_author) c;
  perform private.refuse_withdrawn(v_partner, v_author, v_cart);
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
      degraded, stock_snapshot_id, credit_snapshot_id, tier, market_total, total, points, note, preorder_agreed, routed_to, routed_at,
      checkout_key, cart_digest)
    select private.next_order_number(), v_partner, v_author, v_author_account.name, v_acting, v_credit ->> 'light', v_credit,
           private.is_degraded(), (select snapshot_id from app.feeds where name = 'stock'),
           (select snapshot_id from app.feeds where name = 'credit'), v_store.tier, v_market, v_total,
           private.points_for(v_store.tier, v_total), coalesce(p_note, ''), coalesce(p_preorder, false), d.id, case when d.id is not null then now() end,
           p_key, v_digest
      from (select 1) one
      left join app.sub_distributors d on d.region_code = v_store.region_code and d.active
    returning * into v_order;
  insert into app.order_lines (order_id, line_no, partner_id, product_id, sku, name, quantity, preorder, available, unit_price, market_price)
    select v_order.id, row_number() over (order by c.name, c.product_id), v_partner, c.product_id, c.sku, c.name, c.quantity,
           greatest(c.quantity - c.available, 0), c.available, c.unit_price, c.market_price
      from private.cart_rows(v_cart) c;
  update app.product_stock s set held = s.held + l.quantity - l.preorder
    from app.order_lines l where l.order_id = v_order.id and l.product_id = s.product_id and l.quantity > l.preorder;
  delete from app.cart_items where partner_id = v_partner and author_id = v_author;
  update app.carts set note = '', preorder = false where partner_id = v_partner and author_id = v_author;

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
