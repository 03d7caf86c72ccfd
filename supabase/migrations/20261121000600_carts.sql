-- Carts: one open cart per store and author, so that a salesman's shadow cart
-- and the owner's own never mix. The pair is the key; no id to guess.

create table app.carts (
  partner_id uuid not null references app.partners on delete cascade,
  author_id  uuid not null references app.accounts on delete cascade,
  updated_at timestamptz not null default now(),
  note       text not null default '' check (length(note) <= 500),
  preorder   boolean not null default false,
  primary key (partner_id, author_id)
);
comment on table app.carts is
  'What somebody is putting together for a store, with what was written at its checkout before it was sent. Also the lock of its own checkout.';
create index on app.carts (updated_at);

create table app.cart_items (
  partner_id uuid not null,
  author_id  uuid not null,
  product_id bigint not null references app.products on delete restrict,
  quantity   integer not null check (quantity between 1 and 9999),
  primary key (partner_id, author_id, product_id),
  foreign key (partner_id, author_id) references app.carts on delete cascade
);
comment on table app.cart_items is 'An article and how many of it. It stays when the article is withdrawn: its author is told, and takes it out.';

alter table app.carts enable row level security;
alter table app.cart_items enable row level security;
create policy live_session on app.carts as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.cart_items as restrictive to authenticated using ((select private.live_session()) is not null);

create policy author_reads on app.carts for select to authenticated
  using (author_id = (select private.viewer_id()) and partner_id = (select private.viewer_partner()));
create policy author_reads on app.cart_items for select to authenticated
  using (author_id = (select private.viewer_id()) and partner_id = (select private.viewer_partner()));
grant select on app.carts, app.cart_items to authenticated;

-- Why an article cannot be ordered by a store of this tier: WITHDRAWN, or UNPRICED as long as it has no price. Null: it can.
create function private.not_for_sale(p_product bigint, p_tier text) returns text
language sql stable
begin atomic
  select case when not p.active then 'WITHDRAWN' when r.product_id is null then 'UNPRICED' end
    from app.products p left join app.prices r on r.product_id = p.id and r.tier = p_tier
   where p.id = p_product;
end;

-- Puts a quantity of an article into the viewer's cart: `add` to what is there or `set` it, where 0 takes it out, also what is no longer sold.
-- Errors: DNIED without a store, NTFND unknown SKU, INVAL when the sum leaves 1..9999 or the cart would hold more than 200 lines,
-- WITHD with {lines:[{sku, name, reason}]} for what cannot be ordered.
create function app.put_in_cart(p_sku text, p_quantity integer, p_mode text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_partner uuid := private.viewer_partner();
  v_author uuid := private.viewer_id();
  v_product app.products; v_quantity integer; v_before integer; v_why text;
begin
  perform private.assert_alive();
  if v_partner is null then perform private.refuse('DNIED', 'only a store has a cart'); end if;
  select * into v_product from app.products where sku = p_sku;
  if not found then perform private.refuse('NTFND', 'no such article'); end if;

  insert into app.carts (partner_id, author_id) values (v_partner, v_author)
    on conflict (partner_id, author_id) do update set updated_at = now();
  select quantity into v_before from app.cart_items
   where partner_id = v_partner and author_id = v_author and product_id = v_product.id;
  v_quantity := case when p_mode = 'add' then coalesce(v_before, 0)::bigint + p_quantity else p_quantity end;
  if p_quantity is null or v_quantity not between (case when p_mode = 'add' then 1 else 0 end) and 9999 or p_quantity < 0 then
    perform private.refuse('INVAL', 'between 1 and 9999', '{"field":"quantity"}');
  end if;

  if v_quantity = 0 then
    delete from app.cart_items where partner_id = v_partner and author_id = v_author and product_id = v_product.id;
  else
    v_why := private.not_for_sale(v_product.id, (select tier from app.partners where id = v_partner));
    -- A stranger to the shelf is told no more than that it is not there.
    if v_why = 'WITHDRAWN' and v_before is null then perform private.refuse('NTFND', 'no such article'); end if;
    if v_why is not null then
      perform private.refuse('WITHD', 'not for sale', jsonb_build_object('lines', jsonb_build_array(
        jsonb_build_object('sku', p_sku, 'name', v_product.name, 'reason', v_why))));
    end if;
    insert into app.cart_items values (v_partner, v_author, v_product.id, v_quantity)
      on conflict (partner_id, author_id, product_id) do update set quantity = excluded.quantity;
    if (select count(*) from app.cart_items where partner_id = v_partner and author_id = v_author) > 200 then
      perform private.refuse('INVAL', 'a cart holds 200 lines', '{"field":"sku"}');
    end if;
  end if;
  if private.viewer_acting() is not null then
    perform private.audit('CART_CHANGED', 'product', p_sku, '{}', null,
      jsonb_build_object('quantity', coalesce(v_before, 0)), jsonb_build_object('quantity', v_quantity));
  end if;
  return v_quantity;
end $$;

-- What a page of quantities asks for: all of its lines, or none. p_lines: [{sku, quantity, shown}] sets a line to `quantity`, 0 takes it out;
-- `shown` is what the page showed, and a line that somebody changed since is not overwritten (left out: whatever is there). [{sku, add}]
-- adds. Lines that ask for nothing else than what was shown are left alone. Gives how many lines changed. Errors: DNIED, INVAL (sku: more than
-- 200 lines), LINES with {lines:[{sku, name, reason, there}]}, all that stand in the way: CHANGED meanwhile, WITHDRAWN, UNPRICED,
-- RANGE (not 0..9999) or UNKNOWN; `there`: how many are in the cart.
create function app.set_cart(p_lines jsonb) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_partner uuid := private.viewer_partner();
  v_author uuid := private.viewer_id();
  v_tier text; v_wrong jsonb; v_changes jsonb; v_changed integer := 0; v_line record;
begin
  perform private.assert_alive();
  if v_partner is null then perform private.refuse('DNIED', 'only a store has a cart'); end if;
  select tier into v_tier from app.partners where id = v_partner;
  insert into app.carts (partner_id, author_id) values (v_partner, v_author)
    on conflict (partner_id, author_id) do update set updated_at = now(); -- Nobody changes a line between the comparison and the writing.

  with asked as (
    select a.sku, a.shown, p.id, p.name, coalesce(i.quantity, 0) as there, i.quantity is not null or coalesce(p.active, false) as known,
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
  select jsonb_agg(jsonb_build_object('sku', sku, 'name', case when known then name end, 'reason', reason, 'there', there) order by name, sku) filter (where reason is not null),
         jsonb_agg(jsonb_build_object('sku', sku, 'wanted', wanted) order by wanted, id) filter (where reason is null and wanted <> there)
    into v_wrong, v_changes from judged;
  if v_wrong is not null then perform private.refuse('LINES', 'some lines cannot be', jsonb_build_object('lines', v_wrong)); end if;
  -- What is taken out goes first: it makes room.
  for v_line in select * from jsonb_to_recordset(v_changes) as c (sku text, wanted integer) loop
    perform app.put_in_cart(v_line.sku, v_line.wanted, 'set');
    v_changed := v_changed + 1;
  end loop;
  return v_changed;
end $$;

-- What was written at the checkout, kept with the cart until the order is sent. Errors: DNIED without a store, INVAL note.
create function app.keep_checkout(p_note text, p_preorder boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_partner uuid := private.viewer_partner();
begin
  perform private.assert_alive();
  if v_partner is null then perform private.refuse('DNIED', 'only a store has a cart'); end if;
  if length(p_note) > 500 then perform private.refuse('INVAL', 'at most 500 characters', '{"field":"note"}'); end if;
  update app.carts c set note = coalesce(p_note, ''), preorder = coalesce(p_preorder, false),
         -- Words alone are no cart: one that an order emptied still says which.
         updated_at = case when exists (select from app.cart_items i where i.partner_id = c.partner_id and i.author_id = c.author_id) then now() else c.updated_at end
   where partner_id = v_partner and author_id = private.viewer_id();
  if private.viewer_acting() is not null then
    perform private.audit('CART_CHANGED', 'partner', (select code from app.partners where id = v_partner));
  end if;
end $$;
grant execute on function app.put_in_cart, app.set_cart, app.keep_checkout to authenticated;
