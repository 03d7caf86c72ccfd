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
