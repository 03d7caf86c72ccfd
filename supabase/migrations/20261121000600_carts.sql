-- Carts: one open cart per store and author, so that a salesman's shadow cart
-- and the owner's own never mix. The pair is the key; no id to guess.

create table app.carts (
  partner_id uuid not null references app.partners on delete cascade,
  author_id  uuid not null references app.accounts on delete cascade,
  updated_at timestamptz not null default now(),
  primary key (partner_id, author_id)
);
comment on table app.carts is 'What somebody is putting together for a store. Also the lock of its own checkout.';
create index on app.carts (updated_at);

create table app.cart_items (
  partner_id uuid not null,
  author_id  uuid not null,
  product_id bigint not null references app.products on delete cascade,
  quantity   integer not null check (quantity between 1 and 9999),
  primary key (partner_id, author_id, product_id),
  foreign key (partner_id, author_id) references app.carts on delete cascade
);
comment on table app.cart_items is 'An article and how many of it.';

alter table app.carts enable row level security;
alter table app.cart_items enable row level security;
create policy live_session on app.carts as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.cart_items as restrictive to authenticated using ((select private.live_session()) is not null);

create policy author_reads on app.carts for select to authenticated
  using (author_id = (select private.viewer_id()) and partner_id = (select private.viewer_partner()));
create policy author_reads on app.cart_items for select to authenticated
  using (author_id = (select private.viewer_id()) and partner_id = (select private.viewer_partner()));
grant select on app.carts, app.cart_items to authenticated;

-- Puts a quantity of an article into the viewer's cart: `add` to what is there or
-- `set` it, where 0 takes it out. Errors: DNIED without a store, NTFND unknown SKU,
-- INVAL when the sum leaves 1..9999 or the cart would hold more than 200 lines.
create function app.put_in_cart(p_sku text, p_quantity integer, p_mode text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_partner uuid := private.viewer_partner();
  v_author uuid := private.viewer_id();
  v_product bigint;
  v_quantity integer;
begin
  perform private.assert_alive();
  if v_partner is null then perform private.refuse('DNIED', 'only a store has a cart'); end if;
  select id into v_product from app.products where sku = p_sku and active;
  if not found then perform private.refuse('NTFND', 'no such article'); end if;

  insert into app.carts (partner_id, author_id) values (v_partner, v_author)
    on conflict (partner_id, author_id) do update set updated_at = now();
  select quantity into v_quantity from app.cart_items
   where partner_id = v_partner and author_id = v_author and product_id = v_product;
  v_quantity := case when p_mode = 'add' then coalesce(v_quantity, 0)::bigint + p_quantity else p_quantity end;
  if v_quantity not between (case when p_mode = 'add' then 1 else 0 end) and 9999 or p_quantity < 0 then
    perform private.refuse('INVAL', 'between 1 and 9999', '{"field":"quantity"}');
  end if;

  if v_quantity = 0 then
    delete from app.cart_items where partner_id = v_partner and author_id = v_author and product_id = v_product;
  else
    insert into app.cart_items values (v_partner, v_author, v_product, v_quantity)
      on conflict (partner_id, author_id, product_id) do update set quantity = excluded.quantity;
    if (select count(*) from app.cart_items where partner_id = v_partner and author_id = v_author) > 200 then
      perform private.refuse('INVAL', 'a cart holds 200 lines', '{"field":"sku"}');
    end if;
  end if;
  if private.viewer_acting() is not null then
    perform private.audit('CART_CHANGED', 'product', p_sku, jsonb_build_object('quantity', v_quantity));
  end if;
  return v_quantity;
end $$;
grant execute on function app.put_in_cart to authenticated;
