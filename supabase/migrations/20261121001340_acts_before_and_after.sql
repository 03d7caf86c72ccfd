-- As before, with what was and what is in columns of their own.
create or replace function app.move_order(p_number text, p_status text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders;
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'ADMIN' then perform private.refuse('DNIED', 'only an admin decides'); end if;
  select * into v from app.orders where number = p_number for update;
  if not found then perform private.refuse('NTFND', 'no such order'); end if;
  if not p_status = any (private.next_statuses(v.status)) then
    perform private.refuse('STALE', 'the order is already ' || v.status, jsonb_build_object('status', v.status));
  end if;
  if p_status in ('REJECTED', 'CANCELLED') and length(btrim(coalesce(p_note, ''))) < 3 then
    perform private.refuse('INVAL', 'a reason is needed', '{"field":"note"}');
  end if;
  update app.orders set status = p_status where id = v.id;
  -- Pieces of an order that will never ship are free again.
  if p_status in ('REJECTED', 'CANCELLED') then
    perform from app.product_stock s where s.product_id in (select product_id from app.order_lines where order_id = v.id)
      order by s.product_id for update;
    update app.product_stock s set held = greatest(s.held - (l.quantity - l.preorder), 0)
      from app.order_lines l where l.order_id = v.id and l.product_id = s.product_id
        and private.holds_stock(v.synced_at, s.figure_as_of);
    update app.invoices set status = 'CANCELLED' where order_id = v.id and status = 'UNPAID';
  end if;
  insert into app.order_events (order_id, kind, actor, detail)
    select v.id, p_status, name, jsonb_build_object('note', left(btrim(coalesce(p_note, '')), 300))
      from app.accounts where id = private.viewer_id();
  perform private.audit('ORDER_MOVED', 'order', v.number, '{}', (select code from app.partners where id = v.partner_id),
    jsonb_build_object('status', v.status), jsonb_build_object('status', p_status));
end $$;

-- As before; in Shadow Mode a line of the trail too.
create or replace function app.note_whatsapp_opened(p_number text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_order bigint; v_actor text;
begin
  perform private.assert_alive();
  select o.id into v_order from app.orders o
   where o.number = p_number
     and (o.partner_id = private.viewer_partner() or private.viewer_is_staff()
       or o.placed_by = private.viewer_id() and exists (
         select from app.assignments g where g.salesman_id = o.placed_by and g.partner_id = o.partner_id));
  if not found then perform private.refuse('NTFND', 'no such order'); end if;
  select name into v_actor from app.accounts where id = private.viewer_id();
  if not exists (select from app.order_events e where e.order_id = v_order and e.kind = 'WHATSAPP_OPENED'
                    and e.actor = v_actor and e.at > now() - interval '5 minutes') then
    insert into app.order_events (order_id, kind, actor) values (v_order, 'WHATSAPP_OPENED', v_actor);
    if private.viewer_acting() is not null then
      perform private.audit('WHATSAPP_OPENED', 'order', p_number);
    end if;
  end if;
end $$;
