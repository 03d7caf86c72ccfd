-- Carts: what somebody is putting together for a store, and what it would be if it were ordered at this moment.
--
-- One open cart per store and author, so that a salesman's shadow cart and the owner's own never mix. The pair is the
-- key; no id to guess. Its author reads it as long as he is at this store; nobody inserts or updates here, the commands
-- do. What a salesman changes in one is written to the audit trail.
--
-- The row of the cart is its lock: whoever changes a line takes it first, and so does the checkout
-- (app.place_order), which empties it.
--
-- What is withdrawn, or has no price for the store's tier, stays in its cart until its author takes it out: it is
-- shown and named, counted nowhere, and nothing is ordered as long as it is there.

create table app.carts (
  partner_id uuid not null references app.partners on delete cascade,
  author_id  uuid not null references app.accounts on delete cascade,
  updated_at timestamptz not null default now(),
  note       text not null default '' check (length(note) <= 500),
  preorder   boolean not null default false,
  primary key (partner_id, author_id)
);
comment on table app.carts is
  'What somebody is putting together for a store, with what was written at its checkout before it was sent. Also '
  'the lock of its own checkout.';
create index on app.carts (updated_at);

alter table app.carts enable row level security;
create policy live_session on app.carts as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy author_reads on app.carts for select to authenticated
  using (author_id = (select private.viewer_id()) and partner_id = (select private.viewer_partner()));
grant select on app.carts to authenticated;

create table app.cart_items (
  partner_id uuid not null,
  author_id  uuid not null,
  product_id bigint not null references app.products on delete restrict,
  quantity   integer not null check (quantity between 1 and 9999),
  primary key (partner_id, author_id, product_id),
  foreign key (partner_id, author_id) references app.carts on delete cascade
);
comment on table app.cart_items is
  'An article and how many of it. It stays when the article is withdrawn: its author is told, and takes it out.';

alter table app.cart_items enable row level security;
create policy live_session on app.cart_items as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy author_reads on app.cart_items for select to authenticated
  using (author_id = (select private.viewer_id()) and partner_id = (select private.viewer_partner()));
grant select on app.cart_items to authenticated;

-- What a salesman puts into a store's cart stands in the audit trail at the commit, whatever path wrote it: any row of
-- the trail will do that he wrote in this transaction.
create function private.require_cart_audit() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from app.partners p where p.id = new.partner_id and p.account_id = new.author_id)
     and not exists (select from app.audit_events e
                      where e.actor_id = new.author_id and e.acting_session_id is not null
                        and e.xid = pg_current_xact_id()
                        and e.at >= transaction_timestamp()) then
    raise exception 'a cart was changed in Shadow Mode without a row in the audit trail' using errcode = '23514';
  end if;
  return null;
end $$;
create constraint trigger _100_shadow_cart_needs_audit after insert or update on app.cart_items
  deferrable initially deferred for each row execute function private.require_cart_audit();

-- Filling a cart.

-- Why an article cannot be ordered by a store of this tier: WITHDRAWN, or UNPRICED as long as it has no price. Null: it
-- can.
create function private.not_for_sale(p_product bigint, p_tier text) returns text
language sql stable
begin atomic
  select case when not p.active then 'WITHDRAWN' when r.product_id is null then 'UNPRICED' end
    from app.products p
    left join app.prices r on r.product_id = p.id and r.tier = p_tier
   where p.id = p_product;
end;

-- Puts a quantity of an article into the viewer's cart: `add` to what is there or `set` it, where 0 takes it out, also
-- what is no longer sold. Errors: DENIED without a store, NOT_FOUND unknown SKU, QUANTITY when the sum leaves 1..9999,
-- CART_FULL when the cart would hold more than 200 lines, WITHDRAWN with {lines:[{sku, name, reason}]} for what cannot
-- be ordered.
create function app.put_in_cart(p_sku text, p_quantity integer, p_mode text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_partner uuid := private.viewer_partner();
  v_author uuid := private.viewer_id();
  v_product app.products; v_quantity integer; v_before integer; v_why text;
begin
  perform private.assert_alive();
  if v_partner is null then perform private.refuse('DENIED', 'only a store has a cart'); end if;
  select * into v_product from app.products where sku = p_sku;
  if not found then perform private.refuse('NOT_FOUND'); end if;

  insert into app.carts (partner_id, author_id) values (v_partner, v_author)
    on conflict (partner_id, author_id) do update set updated_at = now();
  select quantity into v_before from app.cart_items
   where partner_id = v_partner and author_id = v_author and product_id = v_product.id;
  v_quantity := case when p_mode = 'add' then coalesce(v_before, 0)::bigint + p_quantity else p_quantity end;
  if p_quantity is null
     or v_quantity not between (case when p_mode = 'add' then 1 else 0 end) and 9999
     or p_quantity < 0 then
    perform private.refuse('QUANTITY', field => 'quantity');
  end if;

  if v_quantity = 0 then
    delete from app.cart_items where partner_id = v_partner and author_id = v_author and product_id = v_product.id;
  else
    v_why := private.not_for_sale(v_product.id, (select tier from app.partners where id = v_partner));
    -- A stranger to the shelf is told no more than that it is not there.
    if v_why = 'WITHDRAWN' and v_before is null then perform private.refuse('NOT_FOUND'); end if;
    if v_why is not null then
      perform private.refuse('WITHDRAWN', facts => jsonb_build_object('lines', jsonb_build_array(
        jsonb_build_object('sku', p_sku, 'name', v_product.name, 'reason', v_why))));
    end if;
    insert into app.cart_items values (v_partner, v_author, v_product.id, v_quantity)
      on conflict (partner_id, author_id, product_id) do update set quantity = excluded.quantity;
    if (select count(*) from app.cart_items where partner_id = v_partner and author_id = v_author) > 200 then
      perform private.refuse('CART_FULL', field => 'sku');
    end if;
  end if;

  if private.viewer_acting() is not null then
    perform private.audit('CART_CHANGED', 'product', p_sku, '{}', null,
      jsonb_build_object('quantity', coalesce(v_before, 0)), jsonb_build_object('quantity', v_quantity));
  end if;
  return v_quantity;
end $$;
grant execute on function app.put_in_cart to authenticated;

-- What a page of quantities asks for: all of its lines, or none. p_lines: [{sku, quantity, shown}] sets a line to
-- `quantity`, 0 takes it out; `shown` is what the page showed, and a line that somebody changed since is not
-- overwritten (left out: whatever is there). [{sku, add}] adds. Lines that ask for nothing else than what was shown are
-- left alone. Gives how many lines changed. Errors: DENIED, CART_FULL (more than 200 lines), CART_LINES with
-- {lines:[{sku, name, reason, there}]}, all that stand in the way: CHANGED meanwhile, WITHDRAWN, UNPRICED, RANGE (not
-- 0..9999) or UNKNOWN; `there`: how many are in the cart.
create function app.set_cart(p_lines jsonb) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_partner uuid := private.viewer_partner();
  v_author uuid := private.viewer_id();
  v_tier text; v_wrong jsonb; v_changes jsonb; v_changed integer := 0; v_line record;
begin
  perform private.assert_alive();
  if v_partner is null then perform private.refuse('DENIED', 'only a store has a cart'); end if;
  select tier into v_tier from app.partners where id = v_partner;
  -- Nobody changes a line between the comparison and the writing.
  insert into app.carts (partner_id, author_id) values (v_partner, v_author)
    on conflict (partner_id, author_id) do update set updated_at = now();

  with asked as (
    select a.sku, a.shown, p.id, p.name, coalesce(i.quantity, 0) as there,
           i.quantity is not null or coalesce(p.active, false) as known,
           case when a.add is null then a.quantity else coalesce(i.quantity, 0) + a.add end as wanted
      from jsonb_to_recordset(p_lines) as a (sku text, quantity bigint, shown bigint, add bigint)
      left join app.products p on p.sku = a.sku
      left join app.cart_items i on i.product_id = p.id and i.partner_id = v_partner and i.author_id = v_author
     where a.add is not null or a.quantity is distinct from a.shown),
  judged as (
    select a.*, case
             when wanted is null or wanted not between 0 and 9999 then 'RANGE'
             when not known and (id is null or wanted > 0) then 'UNKNOWN'
             when wanted = there then null
             when shown <> there then 'CHANGED'
             when wanted > 0 then private.not_for_sale(id, v_tier) end as reason
      from asked a)
  select jsonb_agg(jsonb_build_object('sku', sku, 'name', case when known then name end,
                                      'reason', reason, 'there', there)
                   order by name, sku) filter (where reason is not null),
         jsonb_agg(jsonb_build_object('sku', sku, 'wanted', wanted)
                   order by wanted, id) filter (where reason is null and wanted <> there)
    into v_wrong, v_changes
    from judged;
  if v_wrong is not null then
    perform private.refuse('CART_LINES', facts => jsonb_build_object('lines', v_wrong));
  end if;

  -- What is taken out goes first: it makes room.
  for v_line in select * from jsonb_to_recordset(v_changes) as c (sku text, wanted integer) loop
    perform app.put_in_cart(v_line.sku, v_line.wanted, 'set');
    v_changed := v_changed + 1;
  end loop;
  return v_changed;
end $$;
grant execute on function app.set_cart to authenticated;

-- What was written at the checkout, kept with the cart until the order is sent. Errors: DENIED without a store,
-- TOO_LONG the note.
create function app.keep_checkout(p_note text, p_preorder boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_partner uuid := private.viewer_partner();
begin
  perform private.assert_alive();
  if v_partner is null then perform private.refuse('DENIED', 'only a store has a cart'); end if;
  if length(p_note) > 500 then perform private.refuse('TOO_LONG', field => 'note'); end if;
  update app.carts c set note = coalesce(p_note, ''), preorder = coalesce(p_preorder, false),
         -- Words alone are no cart: one that an order emptied still says which.
         updated_at = case when exists (select from app.cart_items i
                                         where i.partner_id = c.partner_id and i.author_id = c.author_id)
                           then now() else c.updated_at end
   where partner_id = v_partner and author_id = private.viewer_id();
  if private.viewer_acting() is not null then
    perform private.audit('CART_CHANGED', 'partner', (select code from app.partners where id = v_partner));
  end if;
end $$;
grant execute on function app.keep_checkout to authenticated;

-- What a cart is worth at this moment.

-- What can be ordered of a cart, at this moment's prices and stock. Bound at creation and without a search_path of its
-- own, so that it dissolves into the caller's plan. Before the first pull nobody knows any stock. «None» would stop
-- every checkout because of the ERP, or make a pre-order of goods that lie in the warehouse; so what can be had is
-- unknown then (null): an order is taken as it is, its lines say that nothing was known, and staff compares when
-- the ERP answers.
create function private.price_cart(p_partner uuid, p_author uuid)
returns table (product_id bigint, sku text, name text, picture text, unit text, quantity integer, unit_price bigint,
               market_price bigint, volume_minimum integer, volume_price bigint, available integer, badge text)
language sql stable
begin atomic
  select i.product_id, p.sku, p.name, p.picture, p.unit, i.quantity,
         private.unit_price(own, i.quantity), own.market_price, own.volume_minimum, own.volume_price,
         case when (select f.as_of from app.feeds f where f.name = 'stock') is not null
              then greatest(coalesce(s.display - s.held, 0), 0) end,
         coalesce(s.badge, 'ZERO')
    from app.cart_items i
    join app.partners store on store.id = i.partner_id
    join app.products p on p.id = i.product_id and p.active
    join app.prices own on own.product_id = p.id and own.tier = store.tier
    left join app.product_stock s on s.product_id = p.id
   where i.partner_id = p_partner and i.author_id = p_author
   order by i.product_id;
end;

-- The rest of the cart: what its author chose and cannot order. Shown, named, and counted nowhere; back for sale, it is
-- a line like any other.
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

-- The order that emptied a cart, while nothing was put in since and for a day: {number, at}. Another tab of the same
-- person, or the same page once more, is told that it went out, and as what. Null otherwise.
create function private.just_ordered(p_partner uuid, p_author uuid) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('number', o.number, 'at', o.created_at)
    from app.carts c
    join app.orders o on o.partner_id = c.partner_id and o.placed_by = c.author_id and o.created_at >= c.updated_at
   where c.partner_id = p_partner and c.author_id = p_author and o.created_at > now() - interval '1 day'
     and not exists (select from app.cart_items i where i.partner_id = p_partner and i.author_id = p_author)
   order by o.id desc limit 1
$$;

-- The cart as it would be ordered at this moment, in one answer: lines, totals, light, and a digest of what the buyer
-- is shown. How many pieces are left is told only for a line that asks for more. `withdrawn`: what stands in the cart
-- and cannot be ordered. `ordered`: what an empty one was just ordered as. Null for a viewer without a store.
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
         coalesce(sum(c.unit_price * c.quantity), 0),
         coalesce(sum(c.market_price * c.quantity), 0),
         md5(coalesce(string_agg(c.product_id || ':' || c.quantity || ':' || c.unit_price, ','
                                 order by c.product_id), '')),
         coalesce(sum(c.quantity), 0)
    into v_lines, v_total, v_market, v_digest, v_pieces
    from private.price_cart(v_partner, private.viewer_id()) c;
  return jsonb_build_object(
    'lines', v_lines, 'total', v_total, 'marketTotal', v_market, 'digest', v_digest, 'pieces', v_pieces,
    'withdrawn', (
      select coalesce(jsonb_agg(jsonb_build_object(
               'sku', w.sku, 'name', w.name, 'picture', w.picture, 'quantity', w.quantity, 'reason', w.reason)
               order by w.name, w.product_id), '[]')
        from private.withdrawn_lines(v_partner, private.viewer_id()) w),
    'note', coalesce(v_cart.note, ''), 'preorder', coalesce(v_cart.preorder, false),
    'credit', private.credit_decision(v_partner, v_total),
    'ordered', case when v_pieces = 0 then private.just_ordered(v_partner, private.viewer_id()) end,
    'tier', (select tier from app.partners where id = v_partner),
    'region', (select region_code from app.partners where id = v_partner));
end $$;
grant execute on function app.quote to authenticated;

-- For the checkout, which reads a cart once and holds on to what it read.

-- A cart as price_cart() read it, kept as one value.
create function private.cart_rows(p_cart jsonb)
returns table (product_id bigint, sku text, name text, unit text, quantity integer, unit_price bigint,
               market_price bigint, available integer)
language sql immutable
begin atomic
  select r.product_id, r.sku, r.name, r.unit, r.quantity, r.unit_price, r.market_price, r.available
    from jsonb_to_recordset(p_cart) as r (product_id bigint, sku text, name text, unit text, quantity integer,
                                          unit_price bigint, market_price bigint, available integer);
end;

-- What a cart comes to. digest: of what a buyer is shown (app.quote); short: {sku, name, asked, left} of each line of
-- which too few are left. All null for a cart without lines.
create type private.cart_sums as (total bigint, market bigint, digest text, short jsonb);

create function private.sum_cart(p_cart jsonb) returns setof private.cart_sums
language sql stable
begin atomic
  select sum(c.unit_price * c.quantity)::bigint, sum(c.market_price * c.quantity)::bigint,
         md5(string_agg(c.product_id || ':' || c.quantity || ':' || c.unit_price, ',' order by c.product_id)),
         jsonb_agg(jsonb_build_object('sku', c.sku, 'name', c.name, 'asked', c.quantity, 'left', c.available)
           order by c.name)
           filter (where c.quantity > c.available)
    from private.cart_rows(p_cart) c;
end;

-- Stops what would order less than is in the cart: WITHDRAWN with {lines:[{sku, name, reason}]}. p_cart: the cart as
-- price_cart() read it; what is not in it cannot be ordered, whenever that happened.
create function private.refuse_withdrawn(p_partner uuid, p_author uuid, p_cart jsonb) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_lines jsonb;
begin
  select jsonb_agg(jsonb_build_object('sku', p.sku, 'name', p.name,
                                      'reason', coalesce(private.not_for_sale(p.id, store.tier), 'WITHDRAWN'))
                   order by p.name)
    into v_lines
    from app.cart_items i
    join app.products p on p.id = i.product_id
    join app.partners store on store.id = i.partner_id
   where i.partner_id = p_partner and i.author_id = p_author
     and not exists (select from jsonb_array_elements(coalesce(p_cart, '[]')) c
                      where (c ->> 'product_id')::bigint = i.product_id);
  if v_lines is not null then
    perform private.refuse('WITHDRAWN', facts => jsonb_build_object('lines', v_lines));
  end if;
end $$;
