-- What the office and the ERP say about an order is not for its store, nor for the salesman who placed it. Pages that do not show it are
-- not enough: whoever reads an order by its data reads the row. So the words lie in a table that only staff read, whoever writes them.

create table app.order_event_notes (
  -- Written before its event is, by the trigger below; whether it is there is asked at the end.
  event_id bigint primary key references app.order_events on delete cascade deferrable initially deferred,
  detail   jsonb not null check (detail <> '{}')
);
comment on table app.order_event_notes is 'The part of an order''s history that only the office reads: its notes, and what the ERP said.';

alter table app.order_event_notes enable row level security;
create policy live_session on app.order_event_notes as restrictive to authenticated using ((select private.live_session()) is not null);
create policy staff_reads on app.order_event_notes for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.order_event_notes to authenticated;

-- The keys of an event's detail that its store may read. What is not named here is the office's.
create function private.told_to_store(p_kind text, p_detail jsonb) returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case
    when p_kind = 'PLACED' then array['shadow', 'light']
    when p_kind = 'SYNCED' then array['document']
    when p_kind = 'RECONCILED' then array['resolution', 'lines', 'total']
    -- The owner's own words, and what he was written about them. Salesmen do not read these events at all.
    when p_kind = 'OWNER_DISPUTED' then array['via', 'note']
    when p_kind = 'DISPUTE_RESOLVED' then array['outcome', 'note']
    when p_kind in ('APPROVED', 'REJECTED') and p_detail -> 'forStore' = 'true' then array['note', 'forStore']
    else '{}' end
$$;

create function private.keep_office_words() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_told text[] := private.told_to_store(new.kind, new.detail); v_office jsonb := new.detail - v_told;
begin
  if v_office = '{}' then return new; end if;
  insert into app.order_event_notes as n (event_id, detail) values (new.id, v_office)
    on conflict (event_id) do update set detail = n.detail || excluded.detail;
  new.detail := new.detail - array(select jsonb_object_keys(v_office));
  return new;
end $$;
create trigger office_words before insert or update of kind, detail on app.order_events
  for each row when (new.detail <> '{}') execute function private.keep_office_words();

comment on table app.order_events is 'The history of an order as its store may read it. What only the office reads of it: order_event_notes.';

-- The office reads it at the push, which only staff see.
revoke select (sync_error) on app.orders from authenticated;
update app.erp_pushes u set last_error = o.sync_error from app.orders o
 where o.id = u.order_id and o.sync_status = 'FAILED' and o.sync_error is not null and u.last_error is null;

-- What was written so far.
update app.order_events set detail = detail where detail <> '{}';
set constraints all immediate;
