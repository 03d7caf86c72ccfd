-- What a salesman chooses his next store by: its number, who was there last, when it ordered, how much still fits.
--
-- He reads none of the tables behind it. Both functions answer for the stores that he looks after, and for no others.

-- His stores' facts; the address that the owner's mails go to is not among them, nor the number of a store that is
-- suspended. p_codes: of these alone.
create function app.client_facts(p_codes text[] default null)
returns table (code text, whatsapp text, last_acting timestamptz, last_order timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  return query
    select p.code,
           case when exists (select from app.accounts a where a.id = p.account_id and a.status = 'ACTIVE')
             then c.owner_whatsapp end,
           (select max(s.started_at) from app.acting_sessions s
             where s.salesman_id = g.salesman_id and s.partner_id = p.id),
           (select o.created_at from app.orders o where o.partner_id = p.id order by o.id desc limit 1)
      from app.assignments g
      join app.partners p on p.id = g.partner_id
      left join app.partner_contacts c on c.partner_id = p.id
     where g.salesman_id = private.viewer_id() and (p_codes is null or p.code = any (p_codes));
end $$;
grant execute on function app.client_facts to authenticated;

-- How much more each of his stores may order before a person has to decide; below zero: it is over its limit. Not what
-- it owes, nor its limit.
create function app.client_rooms(p_codes text[] default null) returns table (code text, room bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  return query
    select p.code, (private.credit_decision(p.id, 0) ->> 'room')::bigint
      from app.assignments g
      join app.partners p on p.id = g.partner_id
     where g.salesman_id = private.viewer_id() and (p_codes is null or p.code = any (p_codes));
end $$;
grant execute on function app.client_rooms to authenticated;
