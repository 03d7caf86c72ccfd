-- What is told from outside: by the watcher (jobs/watcher), which saw what nobody here could, and by a service that
-- looks at the site from another network. The web takes it by a secret (/webhooks/uptime) and asks here as a guest.
--
-- An outage has an id of its teller's and is written once, however often it is told; its end resolves the incident, and
-- where two tell of the same thing the last end does.

-- One outage, with how many seconds ago it began and ended (null: it goes on). p_told: people have heard of it from its
-- teller, and need not hear it again. Errors: BAD_INPUT.
create function app.note_outage(p_id uuid, p_source text, p_what text, p_began_ago double precision,
  p_ended_ago double precision, p_told boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.outages; v_rule app.detectors;
  v_began timestamptz := now() - make_interval(secs => p_began_ago);
  v_ended timestamptz := now() - make_interval(secs => p_ended_ago);
begin
  select * into v_rule from app.detectors where name = lower(p_what) || '-down' and seen_by = 'WATCHER';
  if not found or p_id is null or coalesce(p_source, '') not in ('WATCHER', 'OUTSIDE')
     or p_began_ago is null or p_began_ago < 0 or p_ended_ago < 0 or p_ended_ago > p_began_ago then
    perform private.refuse('BAD_INPUT');
  end if;
  -- One teller at a time.
  perform from private.detector_looks for update;
  select * into v from app.outages where id = p_id;
  if not found then
    insert into app.outages (id, source, what, began_at, incident_id)
      values (p_id, p_source, p_what, v_began, private.open_incident(v_rule.severity, v_rule.cause, v_rule.key, null,
        jsonb_build_object('detector', v_rule.name, 'since', v_began), v_began))
    returning * into v;
    update app.detector_states set broken_since = coalesce(broken_since, v_began), set_off_at = now(), times = times + 1
     where detector = v_rule.name;
  end if;
  if v_ended is not null and v.ended_at is null then
    update app.outages set ended_at = v_ended where id = p_id;
    if not exists (select from app.outages where what = p_what and ended_at is null) then
      update app.detector_states set broken_since = null where detector = v_rule.name;
      perform private.resolve_incident(v_rule.key, jsonb_build_object('since', v_began, 'ended', v_ended));
    end if;
  end if;
  if p_told then
    update app.notifications set state = 'SENT', sent_at = clock_timestamp(), provider_id = 'watcher'
     where incident_id = v.incident_id and state = 'PENDING' and channel = 'SLACK' and attempts = 0
       and kind in ('OPENED', 'REOPENED', 'RESOLVED');
  end if;
end $$;
grant execute on function app.note_outage to anon;

-- A service outside says that the site is down, or up again. Said twice is said once.
create function app.note_uptime(p_down boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_id uuid;
begin
  if p_down is null then perform private.refuse('BAD_INPUT'); end if;
  perform from private.detector_looks for update;
  insert into private.watch_reports (source) values ('OUTSIDE') on conflict (source) do update set at = now();
  select id into v_id from app.outages where source = 'OUTSIDE' and ended_at is null;
  if p_down and v_id is null then
    perform app.note_outage(gen_random_uuid(), 'OUTSIDE', 'SITE', 0, null, false);
  elsif not p_down and v_id is not null then
    perform app.note_outage(v_id, 'OUTSIDE', 'SITE', 0, 0, false);
  end if;
end $$;
grant execute on function app.note_uptime to anon;

-- The watcher is there, and sees a database.
create function app.note_watcher() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into private.watch_reports (source) values ('WATCHER') on conflict (source) do update set at = now()
$$;
grant execute on function app.note_watcher to anon;

-- What a detector's rule names is what its incident offers, where nobody has said otherwise.
insert into app.playbook_causes (cause, playbook)
  select distinct on (d.cause) d.cause, d.playbook from app.detectors d
   where not exists (select from app.playbook_causes c where c.cause = d.cause) order by d.cause, d.position;
