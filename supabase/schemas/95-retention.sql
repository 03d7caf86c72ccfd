-- Retention: what goes, and by whose hand.
--
-- Rows of a table that is a promise do not go at all (private.keep, which each of them calls by two triggers), but for
-- one way: private.retire, when their term has ended. Working memory is another matter: the worker sweeps it.

-- The one way in which rows go whose term has ended. For the owner's hand alone. p_which: a condition on the table's
-- own columns; p_why: a code. Which table and how many, and why, stand in the trail. Returns how many.
create function private.retire(p_table regclass, p_which text, p_why text) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_rows bigint;
begin
  execute format('delete from %s where %s', p_table, p_which);
  get diagnostics v_rows = row_count;
  perform private.audit('ROWS_RETIRED', 'table', p_table::text, jsonb_build_object('rows', v_rows, 'why', p_why));
  return v_rows;
end $$;

-- Housekeeping, by the worker: tries of yesterday, browsers of logins that are gone, carts untouched for 30 days,
-- figures of requests, objectives, pages and ERP calls of more than 90 days ago, browsers not seen for a year, leads
-- whose term is over, words of requests about data that were answered 90 days ago, what the status page is done with,
-- answers to programs of more than 7 days ago. And it tells
-- what was not told.
create function jobs.sweep_leftovers() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from private.sign_in_tries where started < now() - interval '1 day';
  delete from private.login_devices where session_id = any (array(
    select d.session_id from private.login_devices d
     where not exists (select from auth.sessions s where s.id = d.session_id) limit 500));
  delete from app.carts where ctid = any (array(
    select ctid from app.carts where updated_at < now() - interval '30 days' limit 500 for update skip locked));
  delete from app.erp_call_stats where hour < now() - interval '90 days';
  delete from app.http_minutes where minute < now() - interval '90 days';
  delete from app.journey_runs where at < now() - interval '90 days';
  delete from app.vital_days where day < (now() at time zone 'Asia/Jakarta')::date - 90;
  delete from private.known_devices where seen_at < now() - interval '1 year';
  select private.erase_old_leads();
  select private.forget_privacy_cases();
  select private.sweep_status();
  select private.sweep_posted_keys();
  select private.sweep_objectives();
  select private.tell_untold();
$$;
grant execute on function jobs.sweep_leftovers to worker;
