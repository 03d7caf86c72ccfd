-- Reconcile_Orders by command: what it would work on, and how far it is. The queue's former functions go.
drop function jobs.claim_pushes(integer);
drop function jobs.settle_push_done(bigint, text);
drop function jobs.settle_push_failed(bigint, text, boolean, integer);
drop function jobs.push_rate();

-- What Reconcile_Orders would work on now, by order after p_after: `document` as jobs.claim_sync gives it, `ended` for one that is
-- only looked up, `error` for one that comes back from the desk because its reason may have passed, `gap_ms` the pace. Changes nothing.
create function jobs.list_waiting(p_after bigint, p_limit integer)
returns table (order_id bigint, ended boolean, gap_ms integer, error text, document jsonb)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.id, u.look_up_only, (1000 / private.number_setting('erp.push_per_second'))::integer, r.error, private.sync_document(o.id)
    from app.erp_pushes u join app.orders o on o.id = u.order_id
    left join app.reconcile_results r on r.order_id = o.id and r.retriable and r.resolved_at is null and u.done_at is not null
   where u.order_id > p_after and (u.done_at is null and (u.look_up_only or not o.held) or r.order_id is not null)
   order by u.order_id limit least(p_limit, 200)
$$;

-- How far a run is: {total, left, finished, circuit, results: {RESULT: n}, open: [{number, result, error, difference}]}, of `open` the first 50.
create function jobs.read_reconcile(p_ref text) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('total', r.total, 'finished', r.finished_at is not null, 'circuit', (select state from app.erp_circuit),
      'left', (select count(*) from app.erp_pushes u join app.orders o on o.id = u.order_id where u.run_id = r.id and u.done_at is null and (u.look_up_only or not o.held)),
      'results', (select coalesce(jsonb_object_agg(g.result, g.n), '{}') from (select x.result, count(*) as n from app.reconcile_results x where x.run_id = r.id group by x.result) g),
      'open', (select coalesce(jsonb_agg(to_jsonb(f)), '[]') from (
        select o.number, x.result, x.error, x.difference from app.reconcile_results x join app.orders o on o.id = x.order_id
         where x.run_id = r.id and x.result <> 'CONFIRMED' and x.resolved_at is null order by x.checked_at, x.order_id limit 50) f))
    from app.reconcile_runs r where r.ref = p_ref
$$;
grant execute on function jobs.list_waiting, jobs.read_reconcile to worker;
