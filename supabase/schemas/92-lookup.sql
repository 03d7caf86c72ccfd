-- Looking things up, for staff alone: what a store's credit is made of, what there is of an article, and what somebody
-- means by what he typed into the one field that stands on every page of theirs.
--
-- As the owner, each after asking who it is: behind policies an index on parts of names cannot be used, and buffer and
-- held pieces of an article are no browser's to read. Nothing here is written.

-- What a store owes, what is left and what both are made of, and what its salesmen may still order: {credit,
-- allowance}. `credit` is the credit decision about nothing (private.credit_decision with a total of 0) with `open`
-- (our open orders that have no invoice yet) and `outstanding` (what the ERP said); the rest of `ours` are unpaid
-- invoices, the rest of `erp` orders that the ERP's figure cannot know. Null for a code that no store has. Errors:
-- 28000, DENIED for all but staff.
create function app.store_figures(p_code text) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v_store uuid := (select id from app.partners where code = p_code);
begin
  perform private.assert_alive();
  if not private.viewer_is_staff() then perform private.refuse('DENIED', 'credit figures are staff''s'); end if;
  if v_store is null then return null; end if;
  return jsonb_build_object(
    'credit', private.credit_decision(v_store, 0) - array['total', 'over'] || jsonb_build_object(
      'open', (select coalesce(sum(o.total), 0) from app.orders o
                where o.partner_id = v_store and o.status in ('SUBMITTED', 'PROCESSING')),
      'outstanding', (select c.outstanding from app.partner_credit c where c.partner_id = v_store)),
    'allowance', private.shadow_allowance(v_store) - 'month');
end $$;
grant execute on function app.store_figures to authenticated;

-- An article with all that the office knows of it: {sku, name, brand, category {id, en}, unit, picture, active, prices,
-- stock, warehouses, buyers}, withdrawn or not. `stock` is what the ERP said, the buffer, what stores are shown of it,
-- and what orders took that the figure does not know of; `asOf`: when it was the ERP's. The ten newest orders with it.
-- Null for an SKU that is none. Errors: 28000, DENIED for all but staff.
create function app.read_article(p_sku text) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  if not private.viewer_is_staff() then perform private.refuse('DENIED', 'stock is staff''s'); end if;
  return (
    select jsonb_build_object(
        'sku', p.sku, 'name', p.name, 'brand', b.name, 'category', jsonb_build_object('id', c.name_id, 'en', c.name_en),
        'unit', p.unit, 'picture', p.picture, 'active', p.active,
        'stock', jsonb_build_object('erp', s.quantity, 'buffer', s.buffer, 'display', s.display, 'held', s.held,
          'badge', s.badge, 'asOf', coalesce(s.figure_as_of, f.as_of)),
        'warehouses', (
          select coalesce(jsonb_agg(jsonb_build_object('name', l.warehouse, 'pieces', l.quantity) order by l.warehouse),
                          '[]')
            from app.stock_levels l where l.snapshot_id = f.snapshot_id and l.product_id = p.id),
        'prices', (
          select coalesce(jsonb_agg(jsonb_build_object('tier', r.tier, 'price', r.price, 'minimum', r.volume_minimum,
                    'volume', r.volume_price) order by r.price desc, r.tier), '[]')
            from app.prices r where r.product_id = p.id),
        'buyers', private.buyers_of(p.id))
      from app.products p
      join app.brands b on b.id = p.brand_id
      join app.categories c on c.id = p.category_id
      join app.product_stock s on s.product_id = p.id
      join app.feeds f on f.name = 'stock'
     where p.sku = p_sku);
end $$;
grant execute on function app.read_article to authenticated;

-- The ten newest orders with an article, newest first.
create function private.buyers_of(p_product bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object('number', o.number, 'at', o.created_at, 'status', o.status,
            'held', o.held, 'storeCode', p.code, 'storeName', p.name, 'quantity', l.quantity, 'price', l.unit_price)
            order by o.id desc), '[]')
    from (select order_id, sum(quantity) as quantity, min(unit_price) as unit_price
            from app.order_lines where product_id = p_product
           group by order_id order by order_id desc limit 10) l
    join app.orders o on o.id = l.order_id
    join app.partners p on p.id = o.partner_id
$$;

-- What somebody means by what he typed.

-- A store is found by a part of its name as well, an order by its document in the ERP, an owner by the beginning of his
-- address or number. Who wants to become a partner is found like a store.
create index partners_name_idx on app.partners using gin (name extensions.gin_trgm_ops) with (fastupdate = off);
create index partner_contacts_email_idx on app.partner_contacts (lower(owner_email) text_pattern_ops);
create index partner_contacts_whatsapp_idx on app.partner_contacts (owner_whatsapp text_pattern_ops);
create index leads_names on app.leads
  using gin (business_name extensions.gin_trgm_ops, contact_name extensions.gin_trgm_ops) with (fastupdate = off);
create index products_withdrawn_idx on app.products (sku_key) where not active;

-- Codes as they may have been typed, in the form that ours have: «ptr 1», «PTR-001» and «ptr0001» are PTR-0001.
create function private.codes_meant(p_typed text) returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(m[1] || '-' || lpad(m[2], n, '0')), '{}')
    from regexp_match(upper(p_typed), '^([A-Z]{2,4})[- ]?([0-9]{1,6})$') m, generate_series(length(m[2]), 6) n
$$;

-- A mobile number (private.phone), or the beginning of one, six digits at least, as ours are kept: 62... Null for
-- anything else.
create function private.phone_meant(p_typed text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select coalesce(private.phone(p_typed), '62' || (regexp_match(
    regexp_replace(p_typed, '[\s().-]', '', 'g'), '^(?:\+62|0062|62)?0?(8[1-9][0-9]{3,10})$'))[1])
$$;

-- Whose a lead is: the person and his town; nothing of one that is erased.
create function private.who_leads(p_lead app.leads) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select concat_ws(', ', (p_lead).contact_name, (p_lead).city)
$$;

-- What is known by exactly this number, code, address or SKU, or by the beginning of a telephone number or address:
-- kind, key (of its page), name, and what says whose it is. p_orders and p_invoices: the numbers that were meant.
-- Ranges and not LIKE: of a pattern that is not known when a plan is made no index helps.
create function private.known_as(p_typed text, p_orders text[], p_invoices text[])
returns table (kind text, key text, name text, about text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select 'order', o.number, o.number, p.name
    from app.orders o join app.partners p on p.id = o.partner_id
   where o.number = any (p_orders[1:3]) or upper(o.erp_document) = upper(p_typed)
  union
  select 'invoice', o.number, i.number, p.name
    from app.invoices i join app.orders o on o.id = i.order_id join app.partners p on p.id = o.partner_id
   where i.number = any (p_invoices[1:3])
  union
  select 'incident', i.ref, i.ref, 'SEV-' || i.severity from app.incidents i where i.ref = upper(p_typed)
  union
  select 'privacy', c.ref, c.ref, '' from app.privacy_cases c where c.ref = upper(p_typed)
  union
  select 'privacy', r.ref, r.ref, '' from app.privacy_requests r where r.ref = upper(p_typed)
  union
  select 'lead', l.ref, coalesce(l.business_name, l.ref), private.who_leads(l)
    from app.leads l where l.ref = upper(p_typed)
  union
  select 'lead', l.ref, l.business_name, private.who_leads(l)
    from (select l.* from app.leads l
           where l.phone ~>=~ private.phone_meant(p_typed) and l.phone ~<~ (private.phone_meant(p_typed) || ':')
           order by l.id desc limit 11) l
  union
  select 'lead', l.ref, l.business_name, private.who_leads(l)
    from (select l.* from app.leads l
           where p_typed like '%_@%' and lower(l.email) ~>=~ lower(p_typed)
             and lower(l.email) ~<~ (lower(p_typed) || U&'\FFFF') order by l.id desc limit 11) l
  union
  select 'store', p.code, p.name, p.city from app.partners p where p.code = any (private.codes_meant(p_typed))
  union
  select 'store', p.code, p.name, p.city
    from (select c.partner_id from app.partner_contacts c
           where c.owner_whatsapp ~>=~ private.phone_meant(p_typed)
             and c.owner_whatsapp ~<~ (private.phone_meant(p_typed) || ':') limit 11) c
    join app.partners p on p.id = c.partner_id
  union
  select 'store', p.code, p.name, p.city
    from (select c.partner_id from app.partner_contacts c
           where p_typed like '%_@%' and lower(c.owner_email) ~>=~ lower(p_typed)
             and lower(c.owner_email) ~<~ (lower(p_typed) || U&'\FFFF') limit 11) c
    join app.partners p on p.id = c.partner_id
  union
  select case a.role when 'PARTNER' then 'store' else 'person' end, coalesce(p.code, a.code), coalesce(p.name, a.name),
      coalesce(p.city, a.role)
    from auth.users u join app.accounts a on a.id = u.id left join app.partners p on p.account_id = a.id
   where u.email = lower(p_typed) and not u.is_sso_user
  union
  select 'person', a.code, a.name, a.role
    from app.accounts a where a.code = any (private.codes_meant(p_typed)) and a.role <> 'PARTNER'
  union
  select 'article', p.sku, p.name, b.name
    from app.products p join app.brands b on b.id = p.brand_id
   where p.id in (select f.id from private.find_products(p_typed) f where f.rank = 0)
      or not p.active and p.sku_key = upper(regexp_replace(p_typed, '[ -]', '', 'g'))
$$;

-- What a few digits can be a part of beside the number of an order or an invoice: a store's code, the telephone of its
-- owner or of a lead (from 08 on), a SKU. One or two are the whole of a code's number, or any code would hold them.
create function private.holding_digits(p_digits text)
returns table (kind text, key text, name text, about text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v_like text := '%' || case when length(p_digits) < 3 then lpad(p_digits, 4, '0') else p_digits end || '%';
begin
  return query
    (select 'store', p.code, p.name, p.city from app.partners p where p.code like v_like order by p.code limit 11)
    union
    (select 'store', p.code, p.name, p.city
       from app.partner_contacts c join app.partners p on p.id = c.partner_id
      where p_digits ~ '^08[1-9]' and c.owner_whatsapp ~>=~ ('62' || substr(p_digits, 2))
        and c.owner_whatsapp ~<~ ('62' || substr(p_digits, 2) || ':') limit 11)
    union all
    (select 'lead', l.ref, l.business_name, private.who_leads(l) from app.leads l
      where p_digits ~ '^08[1-9]' and l.phone ~>=~ ('62' || substr(p_digits, 2))
        and l.phone ~<~ ('62' || substr(p_digits, 2) || ':') order by l.id desc limit 11)
    union all
    (select 'article', p.sku, p.name, b.name
       from app.products p join app.brands b on b.id = p.brand_id
      where p.active and p.sku_key like v_like order by p.sku limit 11);
end $$;

-- What was typed, and what it can mean: by what it is known by exactly, a few digits also by what holds them, and only
-- when that is nothing by words of names. Eleven of each kind at most, so that who reads ten knows that there are more.
-- Errors: 28000, DENIED for all but staff.
create function app.look_up(p_typed text, p_orders text[], p_invoices text[])
returns table (kind text, key text, name text, about text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_typed text := btrim(left(p_typed, 80));
  v_like text := '%' || regexp_replace(regexp_replace(v_typed, '([\\%_])', '\\\1', 'g'), '\s+', '%', 'g') || '%';
begin
  perform private.assert_alive();
  if not private.viewer_is_staff() then perform private.refuse('DENIED', 'for staff'); end if;
  if coalesce(v_typed, '') = '' then return; end if;
  return query
    select * from private.known_as(v_typed, p_orders, p_invoices)
    union select d.* from private.holding_digits(v_typed) d where v_typed ~ '^[0-9]{1,5}$'
    limit 60;
  if found or length(v_typed) < 2 then return; end if;
  return query
    (select 'store', p.code, p.name, p.city from app.partners p
      where p.name ilike v_like order by p.name, p.code limit 11)
    union all
    (select 'lead', l.ref, l.business_name, private.who_leads(l) from app.leads l
      where l.business_name ilike v_like or l.contact_name ilike v_like order by l.id desc limit 11)
    union all
    (select 'person', a.code, a.name, a.role from app.accounts a
      where a.role in ('SALESMAN', 'ADMIN', 'AUDITOR') and a.name ilike v_like order by a.name, a.code limit 11)
    union all
    (select 'article', p.sku, p.name, b.name
       from private.find_products(v_typed) f join app.products p on p.id = f.id join app.brands b on b.id = p.brand_id
      order by f.rank, p.name limit 11);
end $$;
grant execute on function app.look_up to authenticated;
