-- What has been promised is kept: rows of these tables are not deleted and no such table is emptied, whoever tries, its owner too. By statement,
-- so that an attempt is refused before it has found a row, by cascade from another table as well, and whatever session_replication_role says.
-- After all migrations that make tables. One that comes later gives its table the two triggers itself, as the block at the end does;
-- supabase/tests/kept.test.ts asks of each table whether it is one of these.

-- Names of functions that may: of a table of its own those given to its trigger, of all tables retention. Asked of the call stack, since a
-- setting or a mark could be put there by anybody.
create function private.keep() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_stack text; v_may text;
begin
  get diagnostics v_stack = pg_context;
  foreach v_may in array array['private.retire'] || tg_argv loop
    if v_stack ~ ('\nPL/pgSQL function ' || replace(v_may, '.', '\.') || '\(') then return null; end if;
  end loop;
  raise exception 'rows of %.% are kept', tg_table_schema, tg_table_name using errcode = 'DNIED';
end $$;

-- Retention: the one way in which rows go whose term has ended. For the owner's hand alone. p_which: a condition on the table's own columns;
-- p_why: a code. Which table and how many, and why, stand in the trail. Returns how many.
create function private.retire(p_table regclass, p_which text, p_why text) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_rows bigint;
begin
  execute format('delete from %s where %s', p_table, p_which);
  get diagnostics v_rows = row_count;
  perform private.audit('ROWS_RETIRED', 'table', p_table::text, jsonb_build_object('rows', v_rows, 'why', p_why));
  return v_rows;
end $$;

do $$
declare v_table text;
begin
  foreach v_table in array array[
    -- orders, and what hangs on them
    'orders', 'order_events', 'order_event_notes', 'order_holds', 'invoices', 'points_ledger', 'credit_approvals', 'erp_pushes', 'reconcile_runs', 'reconcile_results',
    -- what an owner was told and said, and who is told
    'shadow_alerts', 'alert_attempts', 'disputes', 'notices', 'partner_contacts',
    -- who did what in whose name, and what came of it
    'acting_sessions', 'shadow_traces', 'abuse_hits', 'abuse_rules', 'case_notes', 'agent_reviews', 'review_months', 'suspensions', 'evidence_exports',
    -- what people have to do and have decided
    'incidents', 'incident_events', 'tasks', 'settings', 'erp_checkpoints', 'stock_checks',
    -- what all of it refers to
    'accounts', 'partners', 'feed_runs'
  ] loop
    execute format('create trigger not_deleted before delete on app.%I for each statement execute function private.keep()', v_table);
    execute format('create trigger not_truncated before truncate on app.%I for each statement execute function private.keep()', v_table);
    execute format('alter table app.%I enable always trigger not_deleted', v_table);
    execute format('alter table app.%I enable always trigger not_truncated', v_table);
  end loop;
end $$;
-- Words to the trail go by retention; the row that they belong to stays as it was sealed.
create trigger not_deleted before delete on audit.words for each statement execute function private.keep();
create trigger not_truncated before truncate on audit.words for each statement execute function private.keep();
alter table audit.words enable always trigger not_deleted;
alter table audit.words enable always trigger not_truncated;
create trigger not_rewritten before update on audit.words for each row execute function private.refuse_change();
-- A line leaves its order when the reconciliation desk cuts it.
create trigger not_deleted before delete on app.order_lines for each statement execute function private.keep('private.give_up_missing');
create trigger not_truncated before truncate on app.order_lines for each statement execute function private.keep();
alter table app.order_lines enable always trigger not_deleted;
alter table app.order_lines enable always trigger not_truncated;
