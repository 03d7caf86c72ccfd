-- The order desk: an admin moves an order along. Which move is possible is asked
-- here by the page (to show the button) and by the command (to obey it).

create function private.next_statuses(p_status text) returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case p_status
    when 'SUBMITTED' then array['PROCESSING', 'APPROVED', 'REJECTED', 'CANCELLED']
    when 'PROCESSING' then array['APPROVED', 'REJECTED', 'CANCELLED']
    when 'APPROVED' then array['SHIPPED', 'CANCELLED']
    when 'SHIPPED' then array['COMPLETED']
    else array[]::text[] end
$$;
grant execute on function private.next_statuses to authenticated;

-- Errors: 28000, DNIED for all but admins, NTFND, STALE when somebody moved it meanwhile.
create function app.move_order(p_number text, p_status text, p_note text) returns void
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
  perform private.audit('ORDER_MOVED', 'order', v.number, jsonb_build_object('from', v.status, 'to', p_status));
end $$;
grant execute on function app.move_order to authenticated;

-- Does an order synced then still hold pieces that an article's figure does not know of? p_figure: when that was the ERP's, null with the live snapshot.
create function private.holds_stock(p_synced_at timestamptz, p_figure timestamptz) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select p_synced_at is null or p_synced_at >= coalesce(p_figure, (select as_of from app.feeds where name = 'stock'), '-infinity')
$$;

-- «WhatsApp dibuka»: the person's device opened the hand-off. Whether he sent it, nobody
-- can know, so nothing here says so. Once in five minutes per reader; NTFND for a stranger.
create function app.note_whatsapp_opened(p_number text) returns void
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
  end if;
end $$;
grant execute on function app.note_whatsapp_opened to authenticated;
