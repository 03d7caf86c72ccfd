-- The life of an incident: what opens it, raises it, leads it on and ends it, and the tasks that come of it. Its tables
-- and what holds of them whoever writes are in 60-incidents.sql.

-- What commands open and end: incidents and tasks, by their key.

-- Who is at work: the viewer's code, SYSTEM for the machinery.
create function private.actor() returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce((select code from app.accounts where id = private.viewer_id()), 'SYSTEM')
$$;

create function private.tell_incident(p_incident bigint, p_kind text, p_actor text, p_detail jsonb default '{}')
returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into app.incident_events (incident_id, kind, actor, detail) values (p_incident, p_kind, p_actor, p_detail)
$$;

-- Does its story end with having been seen again, less than a minute ago? A flood is a count, not a story.
create function private.told_just_now(p_incident bigint) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce((select kind = 'SEEN_AGAIN' and at > clock_timestamp() - interval '1 minute'
                     from app.incident_events where incident_id = p_incident order by id desc limit 1), false)
$$;

-- Opens an incident, or adds to the one that is open under this key; a graver level raises it, and one that had been
-- resolved goes on. Starts its timers and tells whom it concerns. p_since: when it began, where that was not now.
-- Returns its id.
create function private.open_incident(p_severity integer, p_cause text, p_key text, p_subject text,
                                      p_detail jsonb default '{}', p_since timestamptz default now()) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents; v_actor text := private.actor();
begin
  loop
    select * into v from app.incidents where dedup_key = p_key and state <> 'CLOSED' for update;
    exit when found;
    insert into app.incidents (ref, severity, peak_severity, cause, dedup_key, subject_code, detail, opened_at)
      select 'INC-' || to_char(now() at time zone 'Asia/Jakarta', 'YYYY') || '-'
               || lpad(n::text, greatest(5, length(n::text)), '0'),
             p_severity, p_severity, p_cause, p_key, p_subject, p_detail, p_since
        from nextval('app.incident_numbers') as n
      on conflict (dedup_key) where state <> 'CLOSED' do nothing
      returning * into v;
    if found then
      perform private.tell_incident(v.id, 'OPENED', v_actor, p_detail);
      perform private.audit('INCIDENT_OPENED', 'incident', v.ref,
        jsonb_build_object('severity', p_severity, 'cause', p_cause), p_subject);
      perform private.start_timers(v);
      perform private.notify_incident(v, 'OPENED');
      return v.id;
    end if;
  end loop;
  update app.incidents set repeats = repeats + 1, last_seen_at = now() where id = v.id;
  if v.state = 'RESOLVED' then
    perform private.move_incident(v.id, 'REOPEN', v_actor, p_detail);
  elsif p_severity >= v.severity and not private.told_just_now(v.id) then
    perform private.tell_incident(v.id, 'SEEN_AGAIN', v_actor, p_detail || jsonb_build_object('severity', p_severity));
  end if;
  if p_severity < v.severity then perform private.set_severity(v.id, p_severity, v_actor, p_detail); end if;
  return v.id;
end $$;

-- Another level: what is graver wakes whoever answers for it, its time counted from the opening; what is lower stops
-- the timers of the graver one, and what was breached stays so. Nothing when it is that level already.
create function private.set_severity(p_incident bigint, p_severity integer, p_actor text, p_detail jsonb)
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_old integer; v app.incidents;
begin
  select severity into v_old from app.incidents where id = p_incident for update;
  if v_old = p_severity then return; end if;
  update app.incidents set severity = p_severity, peak_severity = least(peak_severity, p_severity)
   where id = p_incident
  returning * into v;
  perform private.tell_incident(v.id, case when p_severity < v_old then 'RAISED' else 'LOWERED' end, p_actor,
    p_detail || jsonb_build_object('severity', p_severity));
  perform private.audit('INCIDENT_CLASSIFIED', 'incident', v.ref,
    jsonb_build_object('severity', p_severity, 'cause', v.cause), v.subject_code);
  if v.state in ('RESOLVED', 'CLOSED') then return; end if;
  perform private.start_timers(v);
  if p_severity < v_old then perform private.notify_incident(v, 'RAISED'); end if;
end $$;

-- One step of its life, by whoever may. Errors: STALE when this act does not lead on from where it is, POST_MORTEM.
create function private.move_incident(p_incident bigint, p_act text, p_actor text, p_detail jsonb default '{}')
returns app.incidents
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents; v_to text; v_kind text;
begin
  select * into v from app.incidents where id = p_incident for update;
  select to_state into v_to from app.incident_moves
   where act = p_act and from_state = v.state and (by_itself or p_actor <> 'SYSTEM');
  if not found then
    perform private.refuse('STALE', format('%s does not lead on from %s', p_act, v.state),
      facts => jsonb_build_object('state', v.state));
  end if;
  update app.incidents set state = v_to,
      contained_at = case p_act when 'CONTAIN' then now() when 'REOPEN' then null else contained_at end,
      resolved_at = case p_act when 'RESOLVE' then now() when 'REOPEN' then null else resolved_at end,
      resolved_by = case p_act when 'RESOLVE' then p_actor when 'REOPEN' then null else resolved_by end,
      closed_at = case p_act when 'CLOSE' then now() end,
      round = round + (p_act = 'REOPEN')::integer,
      reopened_at = case p_act when 'REOPEN' then now() else reopened_at end,
      acknowledged_at = case p_act when 'REOPEN' then null else acknowledged_at end,
      acknowledged_by = case p_act when 'REOPEN' then null else acknowledged_by end
   where id = v.id
  returning * into v;
  v_kind := case p_act when 'CLASSIFY' then 'CLASSIFIED' when 'CONTAIN' then 'CONTAINED' when 'RESOLVE' then 'RESOLVED'
                       when 'CLOSE' then 'CLOSED' else 'REOPENED' end;
  perform private.tell_incident(v.id, v_kind, p_actor, p_detail);
  perform private.audit(
    case p_act when 'CLASSIFY' then 'INCIDENT_CLASSIFIED' when 'CONTAIN' then 'INCIDENT_CONTAINED'
               when 'RESOLVE' then 'INCIDENT_RESOLVED' when 'CLOSE' then 'INCIDENT_CLOSED'
               else 'INCIDENT_REOPENED' end,
    'incident', v.ref, jsonb_build_object('cause', v.cause), v.subject_code);
  if p_act = 'REOPEN' then
    perform private.review_again(v.id);
    perform private.start_timers(v);
    perform private.notify_incident(v, 'REOPENED');
  elsif p_act = 'RESOLVE' then
    perform private.stop_timers(v, array['RESPOND', 'ESCALATE', 'MEND', 'BLACKOUT']);
    perform private.start_review(v);
    perform private.notify_incident(v, 'RESOLVED');
  end if;
  return v;
end $$;

-- What it was about has ended by itself: resolved, never closed. False when none is open under the key, or it is
-- resolved already.
create function private.resolve_incident(p_key text, p_detail jsonb default '{}') returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_id bigint;
begin
  select id into v_id from app.incidents where dedup_key = p_key and state not in ('RESOLVED', 'CLOSED') for update;
  if not found then return false; end if;
  perform private.move_incident(v_id, 'RESOLVE', 'SYSTEM', p_detail);
  return true;
end $$;

-- For commands with which a person ends what it was about: resolved, and closed with his word, but for one that needs a
-- post-mortem first. False when it was over already.
create function private.close_incident(p_incident bigint, p_note text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents; v_detail jsonb := jsonb_build_object('note', left(p_note, 500));
begin
  select * into v from app.incidents where id = p_incident for update;
  if not found or v.state = 'CLOSED' then return false; end if;
  if v.state <> 'RESOLVED' then
    v := private.move_incident(v.id, 'RESOLVE', private.actor(), v_detail);
  end if;
  if v.peak_severity = 1 then return true; end if;
  perform private.move_incident(v.id, 'CLOSE', private.actor(), v_detail);
  return true;
end $$;

-- A decided dispute in the story of its incident, which is over with the last one.
create function private.settle_incident(p_incident bigint, p_actor text, p_detail jsonb, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents;
begin
  select * into v from app.incidents where id = p_incident for update;
  if not found then return; end if;
  perform private.tell_incident(v.id, 'NOTE', p_actor, p_detail);
  if not exists (select from app.disputes where incident_id = v.id and outcome is null) then
    perform private.close_incident(v.id, p_note);
  end if;
end $$;

-- A task, once while one under this key is open. Returns the open one's id.
create function private.open_task(p_kind text, p_key text, p_subject text, p_order bigint, p_incident bigint,
                                  p_due interval, p_detail jsonb default '{}') returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_id bigint;
begin
  insert into app.tasks (kind, dedup_key, subject_code, order_id, incident_id, due_at, detail)
    values (p_kind, p_key, p_subject, p_order, p_incident, now() + p_due, p_detail)
    on conflict (dedup_key) where done_at is null do nothing
    returning id into v_id;
  return coalesce(v_id, (select id from app.tasks where dedup_key = p_key and done_at is null));
end $$;

-- For commands that do what a task asked for: whoever is at work has done it. p_note: what he wrote, or a code for what
-- he did.
create function private.finish_task(p_key text, p_note text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update app.tasks set done_at = now(), note = left(p_note, 500),
         done_by = coalesce((select code from app.accounts where id = private.viewer_id()), 'SYSTEM')
   where dedup_key = p_key and done_at is null
$$;

-- What the machinery reports about itself.

-- The queue of notifications, filled to p_usage (0 to 1). One listener in an open transaction keeps everything that was
-- sent since from being let go; full, nobody can notify any more. From a twentieth on that is an incident, once while
-- it is open.
create function private.note_notifications(p_usage double precision) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_usage < 0.05
     or exists (select from app.incidents where dedup_key = 'notifications' and state <> 'CLOSED') then
    return;
  end if;
  perform private.open_incident(3, 'NOTIFICATIONS_FULL', 'notifications', null,
    jsonb_build_object('full', round(p_usage::numeric * 100)));
end $$;

-- Says how full it is. To ask is also to let go of what everybody has heard, which nobody else does while it is full.
create function jobs.watch_notifications() returns double precision
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_usage double precision := pg_notification_queue_usage();
begin
  perform private.note_notifications(v_usage);
  return v_usage;
end $$;
grant execute on function jobs.watch_notifications to worker;

-- The web was answered as somebody else than it had asked as: something between it and Postgres mixes up whose answers
-- are whose. Once a minute is enough.
create function app.note_mixed_answers() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from app.incidents
              where dedup_key = 'answers-mixed' and state <> 'CLOSED'
                and last_seen_at > now() - interval '1 minute') then
    return;
  end if;
  perform private.open_incident(1, 'ANSWERS_MIXED', 'answers-mixed', null);
end $$;
grant execute on function app.note_mixed_answers to anon;

-- What admins say: a task is done, a word about an incident, an incident is over.

-- Does a task that is done by saying so, also what was corrected in the ERP, and a store that was told otherwise than
-- by WhatsApp. Errors: 28000, DENIED for all but admins, NOT_FOUND, STALE when it is done, TASK_ELSEWHERE when it is
-- done on a page of its own, REASON_REQUIRED, or DECISION (NO_ABUSE, WATCH, ABUSE: needed for REVIEW_SALESMAN).
create function app.close_task(p_id bigint, p_note text, p_decision text default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.tasks; v_me text; v_decision text;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin does tasks');
  -- The call about an alert is noted where alerts are, which does the task; it locks the alert before the task, so
  -- nothing is locked here.
  if exists (select from app.tasks t join app.orders o on o.id = t.order_id
              where t.id = p_id and t.done_at is null and t.kind = 'PHONE_OWNER'
                and t.dedup_key = 'phone-owner/' || o.number) then
    perform app.note_owner_phoned(
      (select o.number from app.tasks t join app.orders o on o.id = t.order_id where t.id = p_id), p_note);
    return;
  end if;

  select * into v from app.tasks where id = p_id for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if v.done_at is not null then
    perform private.refuse('STALE', 'the task is done', facts => jsonb_build_object('by', v.done_by));
  end if;
  if v.kind not in ('PHONE_OWNER', 'REVIEW_SALESMAN', 'STOP_ORDER_IN_ERP', 'CORRECT_IN_ERP', 'TELL_STORE',
                    'OPEN_ACCOUNT') then
    perform private.refuse('TASK_ELSEWHERE');
  end if;
  if v.kind = 'REVIEW_SALESMAN' then
    if coalesce(p_decision, '') not in ('NO_ABUSE', 'WATCH', 'ABUSE') then
      perform private.refuse('DECISION', field => 'decision');
    end if;
    v_decision := p_decision;
  end if;
  perform private.assert_note(p_note, 500);

  select code into v_me from app.accounts where id = private.viewer_id();
  update app.tasks set done_at = now(), done_by = v_me, note = btrim(p_note), decision = v_decision where id = p_id;
  if v.incident_id is not null then
    insert into app.incident_events (incident_id, kind, actor, detail)
      values (v.incident_id, 'NOTE', v_me,
              jsonb_strip_nulls(jsonb_build_object('task', v.kind, 'decision', v_decision, 'note', btrim(p_note))));
  end if;
  if v.kind = 'PHONE_OWNER' and v.order_id is not null then
    insert into app.order_events (order_id, kind, actor)
      select v.order_id, 'OWNER_PHONED', name from app.accounts where id = private.viewer_id();
  end if;
  perform private.audit('TASK_DONE', 'task', p_id::text,
    jsonb_strip_nulls(jsonb_build_object('kind', v.kind, 'decision', v_decision)), v.subject_code);
end $$;
grant execute on function app.close_task to authenticated;

-- The incident that an admin is at, locked. Errors: DENIED for all but admins, NOT_FOUND, STALE when it is closed and
-- may not be, REASON_REQUIRED.
create function private.admins_incident(p_ref text, p_note text, p_closed boolean default false) returns app.incidents
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents;
begin
  perform private.assert_role('ADMIN', 'only an admin acts on incidents');
  select * into v from app.incidents where ref = p_ref for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if v.state = 'CLOSED' and not p_closed then
    perform private.refuse('STALE', 'the incident is closed', facts => jsonb_build_object('state', v.state));
  end if;
  perform private.assert_note(p_note, 500);
  return v;
end $$;

-- A word in its story. Sent twice, by whoever goes back and on again, it stands there once. Errors of this and the next
-- ones: 28000, and those of private.admins_incident.
create function app.note_incident(p_ref text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents;
begin
  perform private.assert_alive();
  v := private.admins_incident(p_ref, p_note);
  if exists (
    select from (select * from app.incident_events where incident_id = v.id order by id desc limit 1) e
     where e.kind = 'NOTE' and e.actor = private.actor() and e.detail ->> 'note' = btrim(p_note))
  then
    return;
  end if;
  perform private.tell_incident(v.id, 'NOTE', private.actor(), jsonb_build_object('note', btrim(p_note)));
  perform private.audit('INCIDENT_NOTED', 'incident', p_ref, '{}', v.subject_code);
end $$;
grant execute on function app.note_incident to authenticated;

-- «Saya tangani»: nobody further is woken, and whoever said so leads it while nobody else does. Errors: 28000, DENIED
-- for all but admins, NOT_FOUND, STALE {by} when somebody has it already, or it is over.
create function app.acknowledge_incident(p_ref text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents; v_me text := private.actor();
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin acts on incidents');
  select * into v from app.incidents where ref = p_ref for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if v.acknowledged_at is not null or v.state in ('RESOLVED', 'CLOSED') then
    perform private.refuse('STALE', 'somebody has it, or it is over',
      facts => jsonb_build_object('by', v.acknowledged_by, 'state', v.state));
  end if;
  perform private.acknowledged(v, v_me);
  insert into app.incident_roles (incident_id, role, code) values (v.id, 'COMMANDER', v_me) on conflict do nothing;
  perform private.audit('INCIDENT_ACKNOWLEDGED', 'incident', p_ref, '{}', v.subject_code);
end $$;
grant execute on function app.acknowledge_incident to authenticated;

-- Whoever acts on it has answered, whether he said so or not.
create function private.acknowledged(p_incident app.incidents, p_actor text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_incident.acknowledged_at is not null then return; end if;
  update app.incidents set acknowledged_at = now(), acknowledged_by = p_actor where id = p_incident.id;
  perform private.tell_incident(p_incident.id, 'ACKNOWLEDGED', p_actor);
  perform private.stop_timers(p_incident, array['RESPOND', 'ESCALATE']);
end $$;

-- Says how grave it is. Also OUT_OF_RANGE of severity.
create function app.classify_incident(p_ref text, p_severity integer, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents; v_detail jsonb := jsonb_build_object('note', btrim(p_note));
begin
  perform private.assert_alive();
  v := private.admins_incident(p_ref, p_note);
  if p_severity is null or p_severity not between 1 and 4 then
    perform private.refuse('OUT_OF_RANGE', field => 'severity');
  end if;
  perform private.acknowledged(v, private.actor());
  perform private.move_incident(v.id, 'CLASSIFY', private.actor(), v_detail);
  perform private.set_severity(v.id, p_severity, private.actor(), '{}');
end $$;
grant execute on function app.classify_incident to authenticated;

-- What an admin says has come about, with his note; he has it in hand by that.
create function private.step_incident(p_ref text, p_act text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents;
begin
  v := private.admins_incident(p_ref, p_note);
  perform private.acknowledged(v, private.actor());
  perform private.move_incident(v.id, p_act, private.actor(), jsonb_build_object('note', btrim(p_note)));
end $$;

-- It does no more harm, though its cause is still there. Also STALE {state}.
create function app.contain_incident(p_ref text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  perform private.step_incident(p_ref, 'CONTAIN', p_note);
end $$;
grant execute on function app.contain_incident to authenticated;

-- The cause is gone. Also STALE {state}.
create function app.resolve_incident(p_ref text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  perform private.step_incident(p_ref, 'RESOLVE', p_note);
end $$;
grant execute on function app.resolve_incident to authenticated;

-- It was not over, or it has come again. Also STALE {state}, and STALE when another one of its cause is open.
create function app.reopen_incident(p_ref text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents;
begin
  perform private.assert_alive();
  v := private.admins_incident(p_ref, p_note, p_closed => true);
  if v.state = 'CLOSED' and exists (
    select from app.incidents where dedup_key = v.dedup_key and state <> 'CLOSED')
  then
    perform private.refuse('ANOTHER_OPEN', facts => (
      select jsonb_build_object('ref', ref) from app.incidents where dedup_key = v.dedup_key and state <> 'CLOSED'));
  end if;
  perform private.move_incident(v.id, 'REOPEN', private.actor(), jsonb_build_object('note', btrim(p_note)));
end $$;
grant execute on function app.reopen_incident to authenticated;

-- «Sudah dilihat»: it is over, and a person has seen it; one that still lasts is resolved by this too. Also
-- POST_MORTEM: it was SEV-1 at its worst, and its post-mortem is not approved; TASKS_OPEN: something that it asked for
-- is not done.
create function app.close_incident(p_ref text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents; v_detail jsonb := jsonb_build_object('note', btrim(p_note));
begin
  perform private.assert_alive();
  v := private.admins_incident(p_ref, p_note);
  if exists (select from app.tasks where incident_id = v.id and done_at is null and kind <> 'POST_MORTEM_ACTION') then
    perform private.refuse('TASKS_OPEN');
  end if;
  perform private.acknowledged(v, private.actor());
  if v.state <> 'RESOLVED' then v := private.move_incident(v.id, 'RESOLVE', private.actor(), v_detail); end if;
  perform private.move_incident(v.id, 'CLOSE', private.actor(), v_detail);
end $$;
grant execute on function app.close_incident to authenticated;

-- Gives somebody a role, by an admin. Also ROLE of what is none, NO_SUCH_ADMIN of a code that is no active admin's.
create function app.give_incident_role(p_ref text, p_role text, p_code text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents;
begin
  perform private.assert_alive();
  v := private.admins_incident(p_ref, 'a role', p_closed => false);
  if coalesce(p_role, '') not in ('COMMANDER', 'SCRIBE', 'LIAISON') then
    perform private.refuse('ROLE', field => 'role');
  end if;
  if not exists (select from app.accounts where code = p_code and role = 'ADMIN' and status = 'ACTIVE') then
    perform private.refuse('NO_SUCH_ADMIN', field => 'code');
  end if;
  insert into app.incident_roles (incident_id, role, code) values (v.id, p_role, p_code)
    on conflict (incident_id, role) do update set code = excluded.code, since = now();
  perform private.tell_incident(v.id, 'ROLE', private.actor(), jsonb_build_object('role', p_role, 'code', p_code));
  perform private.audit('INCIDENT_ROLE_GIVEN', 'incident', p_ref, jsonb_build_object('role', p_role), p_code);
end $$;
grant execute on function app.give_incident_role to authenticated;

-- What it touched. Linked twice is linked once. Also NO_SUCH_LINK of what there is not.
create function private.link_incident(p_incident bigint, p_kind text, p_key text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.incident_links (incident_id, kind, key, linked_by)
    values (p_incident, p_kind, p_key, private.actor()) on conflict do nothing;
  return found;
end $$;

create function app.link_incident(p_ref text, p_kind text, p_key text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents; v_key text := upper(btrim(coalesce(p_key, '')));
begin
  perform private.assert_alive();
  v := private.admins_incident(p_ref, 'a link', p_closed => true);
  if not (case p_kind
    when 'order' then exists (select from app.orders where number = v_key)
    when 'account' then exists (select from app.accounts where code = v_key)
    when 'store' then exists (select from app.partners where code = v_key)
    when 'article' then exists (select from app.products where sku = v_key)
    when 'incident' then exists (select from app.incidents where ref = v_key)
    else false end)
  then
    perform private.refuse('NO_SUCH_LINK', field => 'key');
  end if;
  if private.link_incident(v.id, p_kind, v_key) then
    perform private.tell_incident(v.id, 'LINKED', private.actor(), jsonb_build_object('kind', p_kind, 'key', v_key));
    perform private.audit('INCIDENT_LINKED', 'incident', p_ref, jsonb_build_object('kind', p_kind), v_key);
  end if;
end $$;
grant execute on function app.link_incident to authenticated;
