-- What waits for a person of staff, by the list that has it: counted to 100 each along an index, for the menu of every
-- page. Reviews wait for auditors alone, who sign them.
create function private.work_waiting(p_role text) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object(
    'orders', (select count(*) from (select from app.orders where status = 'SUBMITTED' limit 100) c),
    'approvals', (
      select count(*) from (
        select from app.orders where credit_light = 'AMBER' and status in ('SUBMITTED', 'PROCESSING') limit 100) c),
    'reconcile', (
      select count(*) from (
        select from app.reconcile_results where resolved_at is null and result <> 'CONFIRMED' limit 100) c),
    'tasks', (select count(*) from (select from app.tasks where done_at is null limit 100) c),
    'incidents', (select count(*) from (select from app.incidents where state <> 'CLOSED' limit 100) c),
    'disputes', (select count(*) from (select from app.disputes where outcome is null limit 100) c),
    'alerts', (select count(*) from (
      select from app.tasks where kind = 'PHONE_OWNER' and done_at is null limit 100) c),
    'leads', (select count(*) from (select from app.leads where state = 'NEW' and restricted_at is null limit 100) c),
    'accounts', (select count(*) from (
      select from app.suspensions where lifted_at is null and lift_requested_at is not null limit 100) c),
    'reviews', case when p_role = 'AUDITOR' then (
      select least(coalesce(sum(salesmen - signed), 0), 100) from app.review_months where done_at is null) else 0 end)
$$;
