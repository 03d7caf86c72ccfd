-- Waking the worker from SQL. The row in our own table is the record; a job is only
-- the knock on the door, so a missing queue is not an error: the sweep will find the row.
-- A plain insert into pgboss.job would not take over the queue's retry settings; this does.

create function private.enqueue(p_queue text, p_data jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare q pgboss.queue;
begin
  select * into q from pgboss.queue where name = p_queue;
  if not found then return; end if;
  insert into pgboss.job (name, data, expire_seconds, deletion_seconds, keep_until, retry_limit, retry_delay,
      retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds)
    values (p_queue, p_data, q.expire_seconds, q.deletion_seconds, now() + q.retention_seconds * interval '1 second',
      q.retry_limit, q.retry_delay, q.retry_backoff, q.retry_delay_max, q.policy, q.dead_letter, q.heartbeat_seconds)
    on conflict do nothing;
  if q.notify then
    perform pg_notify('pgboss_' || left(encode(sha224('pgboss'::bytea), 'hex'), 24), p_queue);
  end if;
end $$;
