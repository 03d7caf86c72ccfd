-- Who asked for what is not his: a row of the trail, at most five a person and minute, so that nobody fills the trail by knocking.

create table private.refusals_noted (
  account_id uuid primary key references app.accounts on delete cascade,
  -- The last five, newest first.
  moments    timestamptz[] not null
);
alter table private.refusals_noted enable row level security;

-- Called by the web in a transaction of its own after the reading that was refused: that one may not write, and a change that was refused
-- took its own rows with it. p_status: 404 (not there, or not his: the web cannot tell, and the work here is the same) or 403 (another role's page).
-- p_page: the page without its variable parts. p_key: the number or code that was asked for, null for none. True when noted.
create function app.note_refusal(p_status integer, p_page text, p_key text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_key text := case when p_key ~ '^[A-Z]{3}-[0-9A-Z-]{1,24}$' then p_key end;
  -- Nobody writes words of his own into the trail this way.
  v_page text := case when p_page = any (array['acting', 'bukan-saya', 'cart', 'checkout', 'clients', 'dashboard', 'orders', 'products', 'shadow', 'admin',
    'admin/accounts', 'admin/alerts', 'admin/approvals', 'admin/audit', 'admin/cases', 'admin/disputes', 'admin/erp', 'admin/exports', 'admin/incidents',
    'admin/orders', 'admin/reconcile', 'admin/reviews', 'admin/settings', 'admin/tasks']) then p_page end;
  v_now timestamptz := clock_timestamp();
  v_target text;
begin
  perform private.assert_alive();
  if p_status is null or p_status not in (403, 404) then perform private.refuse('INVAL', 'no refusal', '{"field":"status"}'); end if;
  -- The row is also the lock: pages asked for at the same time count one after another.
  insert into private.refusals_noted as n values (private.viewer_id(), array[v_now])
    on conflict (account_id) do update set moments = (v_now || n.moments)[1:5]
    where cardinality(n.moments) < 5 or n.moments[5] < v_now - interval '1 minute';
  if not found then return false; end if;
  select coalesce((select p.code from app.orders o join app.partners p on p.id = o.partner_id where o.number = v_key),
                  (select p.code from app.partners p where p.code = v_key), (select a.code from app.accounts a where a.code = v_key)) into v_target;
  perform private.audit('ACCESS_REFUSED', 'page', coalesce(v_key, v_page), jsonb_build_object('status', p_status, 'page', v_page), v_target);
  return true;
end $$;
grant execute on function app.note_refusal to authenticated;
