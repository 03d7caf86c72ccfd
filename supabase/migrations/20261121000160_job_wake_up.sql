-- Waking the worker from SQL. The row in our own table is the record; a job is only the knock on the door, so a missing queue is not an
-- error: the sweep will find the row. A plain insert into pgboss.job would not take over the queue's retry settings; this does.
--
-- Nobody is notified here. NOTIFY fails at COMMIT, where nothing can catch it, when the queue of notifications is full, and one listener in
-- an open transaction keeps it full: no order may hang on that. Which queues got a job is left in `app.ring` until the transaction ends;
-- whoever commits reads it there and rings afterwards, in a transaction of its own (jobs/queues.ts).
create function private.enqueue(p_queue text, p_data jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare q pgboss.queue; v_ring text := coalesce(current_setting('app.ring', true), '');
begin
  select * into q from pgboss.queue where name = p_queue;
  if not found then return; end if;
  insert into pgboss.job (name, data, expire_seconds, deletion_seconds, keep_until, retry_limit, retry_delay,
      retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds)
    values (p_queue, p_data, q.expire_seconds, q.deletion_seconds, now() + q.retention_seconds * interval '1 second',
      q.retry_limit, q.retry_delay, q.retry_backoff, q.retry_delay_max, q.policy, q.dead_letter, q.heartbeat_seconds)
    on conflict do nothing;
  if not p_queue = any (string_to_array(v_ring, ',')) then
    perform set_config('app.ring', concat_ws(',', nullif(v_ring, ''), p_queue), true);
  end if;
end $$;
