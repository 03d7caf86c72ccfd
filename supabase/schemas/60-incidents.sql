-- When something goes wrong: an incident, its story, and the tasks that people of staff get out of it. The mails
-- that tell them are app.mails.
--
-- Both go by a key: of an incident and of a task one is open per key, and whoever reports the same thing again adds to
-- the incident and finds the task that is there. So callers need not look first.
--
-- SEV-1 is the gravest, SEV-4 the least. An incident only rises; what was ever SEV-1 stays open.
--
-- Staff read all of it. Admins close it, or the command that ends what it was about; nobody inserts or updates here,
-- the functions do. Where an order is locked too, it is locked before its incident.

create sequence app.incident_numbers;

create table app.incidents (
  id            bigint generated always as identity primary key,
  ref           text not null unique check (ref ~ '^INC-[0-9]{4}-[0-9]{5,9}$'),
  severity      smallint not null check (severity between 1 and 4),
  peak_severity smallint not null check (peak_severity between 1 and severity),
  state         text not null default 'DETECTED'
    check (state in ('DETECTED', 'CLASSIFIED', 'CONTAINED', 'RESOLVED', 'CLOSED')),
  cause         text not null check (cause ~ '^[A-Z_]{3,40}$'),
  dedup_key     text not null,
  subject_code  text,
  detail        jsonb not null default '{}',
  repeats       integer not null default 0,
  opened_at     timestamptz not null default now(),
  last_seen_at  timestamptz not null default now(),
  closed_at     timestamptz,
  check ((state = 'CLOSED') = (closed_at is not null)),
  -- What was ever SEV-1 needs a post-mortem before it is closed, and there is none yet.
  constraint sev1_stays_open check (peak_severity > 1 or state <> 'CLOSED')
);
comment on table app.incidents is 'SEV-1 to SEV-4. One open incident per cause (dedup_key); repeats add to it.';
create unique index incidents_one_open on app.incidents (dedup_key) where state <> 'CLOSED';
create index on app.incidents (state, id desc);
create index on app.incidents (subject_code, id desc);
create index incidents_open on app.incidents (severity, id desc) where state <> 'CLOSED';

alter table app.incidents enable row level security;
create policy live_session on app.incidents as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy staff_reads on app.incidents for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.incidents to authenticated;

create trigger _030_not_deleted before delete on app.incidents for each statement execute function private.keep();
create trigger _040_not_truncated before truncate on app.incidents for each statement execute function private.keep();
alter table app.incidents enable always trigger _030_not_deleted;
alter table app.incidents enable always trigger _040_not_truncated;

create table app.incident_events (
  id          bigint generated always as identity primary key,
  incident_id bigint not null references app.incidents on delete restrict,
  at          timestamptz not null default clock_timestamp(),
  kind        text not null check (kind in ('OPENED', 'SEEN_AGAIN', 'RAISED', 'NOTE', 'CLOSED')),
  actor       text not null,
  detail      jsonb not null default '{}'
);
comment on table app.incident_events is 'What happened to an incident, in order.';
create index on app.incident_events (incident_id, id);

alter table app.incident_events enable row level security;
create policy live_session on app.incident_events as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy staff_reads on app.incident_events for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.incident_events to authenticated;

create trigger _030_not_deleted before delete on app.incident_events for each statement execute function private.keep();
create trigger _040_not_truncated before truncate on app.incident_events for each statement
  execute function private.keep();
alter table app.incident_events enable always trigger _030_not_deleted;
alter table app.incident_events enable always trigger _040_not_truncated;

create table app.tasks (
  id           bigint generated always as identity primary key,
  kind         text not null
    check (kind in ('PHONE_OWNER', 'RESOLVE_DISPUTE', 'REVIEW_SALESMAN', 'STOP_ORDER_IN_ERP', 'CORRECT_IN_ERP',
                    'SIGN_REVIEW', 'ERP_CHECKPOINT', 'TELL_STORE')),
  dedup_key    text not null,
  subject_code text,
  order_id     bigint references app.orders on delete restrict,
  incident_id  bigint references app.incidents on delete restrict,
  detail       jsonb not null default '{}',
  opened_at    timestamptz not null default now(),
  due_at       timestamptz not null,
  done_at      timestamptz,
  done_by      text,
  note         text check (length(note) <= 500),
  -- What was found about a salesman's work is an answer to a task.
  decision     text check (decision in ('NO_ABUSE', 'WATCH', 'ABUSE')),
  check ((done_at is null) = (done_by is null)),
  check (decision is null or (kind = 'REVIEW_SALESMAN' and done_at is not null))
);
comment on table app.tasks is 'Something that a person of staff has to do. Done once, with a note.';
create unique index tasks_one_open on app.tasks (dedup_key) where done_at is null;
create index tasks_open on app.tasks (due_at, id) where done_at is null;
create index on app.tasks (subject_code, id desc);
create index on app.tasks (order_id) where order_id is not null;
create index tasks_to_phone on app.tasks (order_id) where kind = 'PHONE_OWNER' and done_at is null;
create index on app.tasks (incident_id) where incident_id is not null;
create index tasks_done on app.tasks (id desc) where done_at is not null;

alter table app.tasks enable row level security;
create policy live_session on app.tasks as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy staff_reads on app.tasks for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.tasks to authenticated;

create trigger _030_not_deleted before delete on app.tasks for each statement execute function private.keep();
create trigger _040_not_truncated before truncate on app.tasks for each statement execute function private.keep();
alter table app.tasks enable always trigger _030_not_deleted;
alter table app.tasks enable always trigger _040_not_truncated;

-- What commands open and end: incidents and tasks, by their key.

-- Opens an incident, or adds to the one that is open under this key; a graver level raises it. Returns its id.
create function private.open_incident(p_severity integer, p_cause text, p_key text, p_subject text,
                                      p_detail jsonb default '{}') returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents; v_actor text;
begin
  v_actor := coalesce((select code from app.accounts where id = private.viewer_id()), 'SYSTEM');
  loop
    select * into v from app.incidents where dedup_key = p_key and state <> 'CLOSED' for update;
    exit when found;
    insert into app.incidents (ref, severity, peak_severity, cause, dedup_key, subject_code, detail)
      select 'INC-' || to_char(now() at time zone 'Asia/Jakarta', 'YYYY') || '-'
               || lpad(n::text, greatest(5, length(n::text)), '0'),
             p_severity, p_severity, p_cause, p_key, p_subject, p_detail
        from nextval('app.incident_numbers') as n
      on conflict (dedup_key) where state <> 'CLOSED' do nothing
      returning * into v;
    if found then
      insert into app.incident_events (incident_id, kind, actor, detail) values (v.id, 'OPENED', v_actor, p_detail);
      perform private.audit('INCIDENT_OPENED', 'incident', v.ref,
        jsonb_build_object('severity', p_severity, 'cause', p_cause), p_subject);
      return v.id;
    end if;
  end loop;
  update app.incidents set repeats = repeats + 1, last_seen_at = now(),
         severity = least(severity, p_severity), peak_severity = least(peak_severity, p_severity)
   where id = v.id;
  insert into app.incident_events (incident_id, kind, actor, detail)
    values (v.id, case when p_severity < v.severity then 'RAISED' else 'SEEN_AGAIN' end, v_actor,
            p_detail || jsonb_build_object('severity', p_severity));
  return v.id;
end $$;

-- Closes an incident, for commands that end what it was about. False when it was closed already.
create function private.close_incident(p_incident bigint, p_note text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents;
begin
  update app.incidents set state = 'CLOSED', closed_at = now()
   where id = p_incident and state <> 'CLOSED'
  returning * into v;
  if not found then return false; end if;
  insert into app.incident_events (incident_id, kind, actor, detail)
    values (v.id, 'CLOSED', coalesce((select code from app.accounts where id = private.viewer_id()), 'SYSTEM'),
            jsonb_build_object('note', left(p_note, 500)));
  perform private.audit('INCIDENT_CLOSED', 'incident', v.ref, jsonb_build_object('cause', v.cause), v.subject_code);
  return true;
end $$;

-- A decided dispute in the story of its incident, which is over with the last one.
create function private.settle_incident(p_incident bigint, p_actor text, p_detail jsonb, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents;
begin
  select * into v from app.incidents where id = p_incident for update;
  if not found then return; end if;
  insert into app.incident_events (incident_id, kind, actor, detail) values (v.id, 'NOTE', p_actor, p_detail);
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
  if v.kind not in ('PHONE_OWNER', 'REVIEW_SALESMAN', 'STOP_ORDER_IN_ERP', 'CORRECT_IN_ERP', 'TELL_STORE') then
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

-- The incident that an admin writes about, locked. Errors of app.note_incident and app.close_incident: 28000, DENIED
-- for all but admins, NOT_FOUND, STALE when it is closed, REASON_REQUIRED.
create function private.admins_incident(p_ref text, p_note text) returns app.incidents
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents;
begin
  perform private.assert_role('ADMIN', 'only an admin writes about incidents');
  select * into v from app.incidents where ref = p_ref for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if v.state = 'CLOSED' then perform private.refuse('STALE', 'the incident is closed'); end if;
  perform private.assert_note(p_note, 500);
  return v;
end $$;

create function app.note_incident(p_ref text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents;
begin
  perform private.assert_alive();
  v := private.admins_incident(p_ref, p_note);
  insert into app.incident_events (incident_id, kind, actor, detail)
    select v.id, 'NOTE', code, jsonb_build_object('note', btrim(p_note))
      from app.accounts where id = private.viewer_id();
  perform private.audit('INCIDENT_NOTED', 'incident', p_ref, '{}', v.subject_code);
end $$;
grant execute on function app.note_incident to authenticated;

-- Also POST_MORTEM: it was SEV-1 at its worst, which takes a post-mortem; TASKS_OPEN: something that it asked for is
-- not done.
create function app.close_incident(p_ref text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents;
begin
  perform private.assert_alive();
  v := private.admins_incident(p_ref, p_note);
  if v.peak_severity = 1 then perform private.refuse('POST_MORTEM'); end if;
  if exists (select from app.tasks where incident_id = v.id and done_at is null) then
    perform private.refuse('TASKS_OPEN');
  end if;
  perform private.close_incident(v.id, btrim(p_note));
end $$;
grant execute on function app.close_incident to authenticated;
