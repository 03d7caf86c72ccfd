-- When the clock of the database is set back: what waits until a moment of the wrong time waits as much less. Orders,
-- mails, alerts and notifications that were written meanwhile go out now and not when that hour comes round again; who
-- has one in his hands keeps it as long as he was promised. Times of the business (when an order was placed, when an
-- incident began, by when it has to be answered) stay as they were written down.
--
-- What is being worked on in a transaction just now is left to it: it is about to be written with the new time.
create function private.wait_less(p_by interval) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update app.mails set next_attempt_at = greatest(now(), next_attempt_at - p_by)
   where id in (select id from app.mails where state = 'PENDING' and next_attempt_at > now() for update skip locked);
  -- By its age it is told when a channel has had its time.
  update app.notifications set next_attempt_at = greatest(now(), next_attempt_at - p_by),
         created_at = case when created_at > now() then created_at - p_by else created_at end
   where id in (select id from app.notifications
                 where state = 'PENDING' and greatest(next_attempt_at, created_at) > now() for update skip locked);
  update app.shadow_alerts set next_attempt_at = greatest(now(), next_attempt_at - p_by)
   where (order_id, channel) in (select order_id, channel from app.shadow_alerts
                                  where state = 'PENDING' and next_attempt_at > now() for update skip locked);
  update app.shadow_traces set next_try_at = greatest(now(), next_try_at - p_by)
   where order_id in (select order_id from app.shadow_traces
                       where (verdict is null or inspected_at is null) and next_try_at > now() for update skip locked);
  update app.erp_syncs set next_attempt_at = least(next_attempt_at, greatest(now(), next_attempt_at - p_by)),
         lease_until = least(lease_until, greatest(now(), lease_until - p_by)),
         unsure_until = least(unsure_until, greatest(now(), unsure_until - p_by))
   where order_id in (select order_id from app.erp_syncs
                       where done_at is null and greatest(next_attempt_at, lease_until, unsure_until) > now()
                         for update skip locked);
$$;
