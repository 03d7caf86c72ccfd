-- The moves that there are, whoever makes them. Which of them the order desk may make: private.desk_moves.

create function private.next_statuses(p_status text) returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case p_status
    when 'SUBMITTED' then array['PROCESSING', 'APPROVED', 'REJECTED', 'CANCELLED']
    when 'PROCESSING' then array['APPROVED', 'REJECTED', 'CANCELLED']
    when 'APPROVED' then array['SHIPPED', 'CANCELLED']
    when 'SHIPPED' then array['COMPLETED']
    else array[]::text[] end
$$;

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
