-- Before the first pull nobody knows any stock. «None» would stop every checkout because of the ERP, or make a pre-order of goods that lie
-- in the warehouse; so what can be had is unknown then (null): an order is taken as it is, its lines say that nothing was known, and
-- the desk compares when the ERP answers. From the first snapshot on, as before.
create or replace function private.price_cart(p_partner uuid, p_author uuid)
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
